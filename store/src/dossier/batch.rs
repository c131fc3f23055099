//! The dossier of a payment batch: its rows with the accounts that they are bound to, the awards that
//! they pay, and who took which part in them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::Refusal;
use domain::id::{OrganizationId, PersonId, ThemeId, TrancheId};
use domain::payment::{
    BatchContent, BatchState, BlockedRow, BlockedRows, Duty, PaymentRow, Taken, ensure_as_approved,
};
use domain::tranche::ReleaseFacts;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::payee::PayeeAccounts;
use super::{
    AwardDossier, deciders, load_panels, payee_accounts, release_facts_of, return_duties,
    wind_down_deciders,
};
use crate::entity::{
    award, gate_decision, payee_account, payment_batch, payment_instruction, recommendation,
    tranche_release,
};
use crate::error::Error;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// A batch with everything that a command on it decides about.
#[derive(Debug, Clone)]
pub(crate) struct BatchDossier {
    /// Its row.
    pub(crate) row: payment_batch::Model,
    /// Its state.
    pub(crate) state: BatchState,
    /// Its rows, in their order.
    pub(crate) rows: Vec<payment_instruction::Model>,
    /// What each row says, in their order.
    pub(crate) payments: Vec<PaymentRow>,
}

impl BatchDossier {
    /// Loads a batch.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        row: &payment_batch::Model,
    ) -> Result<Self, Error> {
        Self::load_many(db, vec![row.clone()])
            .await?
            .pop()
            .ok_or_else(|| Error::not_found("BATCH"))
    }

    /// Loads many batches, in the order of their rows.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn load_many(
        db: &impl ConnectionTrait,
        batches: Vec<payment_batch::Model>,
    ) -> Result<Vec<Self>, Error> {
        let rows = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::BatchId.is_in(batches.iter().map(|row| row.id)))
            .order_by_asc(payment_instruction::Column::Ordinal)
            .all(db)
            .await?;
        let mut payments: BTreeMap<Uuid, Vec<PaymentRow>> = BTreeMap::new();
        let mut rows_of: BTreeMap<Uuid, Vec<payment_instruction::Model>> = BTreeMap::new();
        for (payment, row) in payments_of(db, &rows).await?.into_iter().zip(rows) {
            payments.entry(row.batch_id).or_default().push(payment);
            rows_of.entry(row.batch_id).or_default().push(row);
        }
        batches
            .into_iter()
            .map(|row| {
                Ok(Self {
                    state: mapping::code(&row.state)?,
                    rows: rows_of.remove(&row.id).unwrap_or_default(),
                    payments: payments.remove(&row.id).unwrap_or_default(),
                    row,
                })
            })
            .collect()
    }

    fn content(&self) -> BatchContent<'_> {
        BatchContent {
            number: &self.row.number,
            value_date: self.row.value_date,
            rows: &self.payments,
        }
    }

    /// Everything that it says, in canonical form.
    ///
    /// # Errors
    /// What a bank cannot take.
    pub(crate) fn canonical(&self) -> Result<String, Refusal> {
        self.content().canonical()
    }

    /// Who took which part in it, from the gates of its rows to its approval.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn duties(&self, db: &impl ConnectionTrait) -> Result<Taken, Error> {
        let mut taken = duties_of(db, self.rows.iter().map(|row| row.release_id)).await?;
        taken.extend(return_duties(db, self.rows.iter().map(|row| row.tranche_id)).await?);
        let parts = [
            (Duty::Preparer, Some(self.row.prepared_by)),
            (Duty::Reviewer, self.row.reviewed_by),
            (Duty::Approver, self.row.approved_by),
        ];
        let of_batch = parts
            .into_iter()
            .filter_map(|(duty, person)| Some((duty, person?.into())));
        taken.extend(of_batch);
        Ok(taken)
    }

    /// Refuses a batch whose rows no longer say what they were fixed as.
    ///
    /// # Errors
    /// [`Refusal::BatchDiffers`].
    pub(crate) fn ensure_unaltered(&self) -> Result<(), Error> {
        let fixed = mapping::fixed_batch(&self.row, &self.rows)?;
        Ok(ensure_as_approved(&self.content().hashed()?, &fixed)?)
    }

    /// Refuses a batch that no longer says what it was fixed as, or that no bank takes.
    ///
    /// # Errors
    /// [`Refusal::BatchDiffers`], or what a bank cannot take, with every row that has such.
    pub(crate) fn ensure_sound(&self) -> Result<(), Error> {
        self.ensure_unaltered()?;
        self.content().fix()?;
        Ok(())
    }
}

/// The theme of all `awards`; none where they are of several.
pub(crate) fn theme_of<'a>(awards: impl Iterator<Item = &'a award::Model>) -> Option<ThemeId> {
    let themes: BTreeSet<Uuid> = awards.map(|row| row.theme_id).collect();
    match (themes.first(), themes.len()) {
        (Some(theme), 1) => Some(ThemeId::new(*theme)),
        _ => None,
    }
}

/// What each of `rows` says.
async fn payments_of(
    db: &impl ConnectionTrait,
    rows: &[payment_instruction::Model],
) -> Result<Vec<PaymentRow>, Error> {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.payee_account_id).collect();
    let accounts: BTreeMap<Uuid, payee_account::Model> = payee_account::Entity::find()
        .filter(payee_account::Column::Id.is_in(ids))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    rows.iter()
        .map(|row| {
            let account = accounts.get(&row.payee_account_id).ok_or_else(|| {
                Error::corrupt(format_args!("instruction {} has no account", row.id))
            })?;
            mapping::payment_row(row, account)
        })
        .collect()
}

/// The dossiers of awards that a command has locked beside its root.
#[derive(Debug, Default)]
pub(crate) struct MovedAwards(BTreeMap<Uuid, (Locked<award::Model>, AwardDossier)>);

impl MovedAwards {
    /// Opens those of `awards`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when one of them is not locked, or a row contradicts itself.
    pub(crate) async fn open(work: &mut Work<'_>, awards: BTreeSet<Uuid>) -> Result<Self, Error> {
        let locked = Locked::beside(work, &awards).await?;
        let rows: Vec<award::Model> = locked.iter().map(|award| (**award).clone()).collect();
        let dossiers = AwardDossier::load_many(work.tx(), &rows, work.today()).await?;
        let mut opened = BTreeMap::new();
        for (award, mut dossier) in locked.into_iter().zip(dossiers) {
            dossier.bring_to_today(work, &award).await?;
            opened.insert(award.id, (award, dossier));
        }
        Ok(Self(opened))
    }

    /// Opens those of a batch.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(crate) async fn of_batch(work: &mut Work<'_>, batch: &BatchDossier) -> Result<Self, Error> {
        Self::open(work, batch.rows.iter().map(|row| row.award_id).collect()).await
    }

    /// The theme of all of them; none where they are of several.
    pub(crate) fn theme(&self) -> Option<ThemeId> {
        theme_of(self.0.values().map(|(award, _)| &**award))
    }

    /// The award `id` with its dossier.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when it was not opened.
    pub(crate) fn of(
        &mut self,
        id: Uuid,
    ) -> Result<(&Locked<award::Model>, &mut AwardDossier), Error> {
        let (award, dossier) = self
            .0
            .get_mut(&id)
            .ok_or_else(|| Error::corrupt(format_args!("award {id} is not open")))?;
        Ok((award, dossier))
    }
}

/// Who took which part in what these releases pay, from the gates, or what else was decided on them, to
/// the releases.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub(crate) async fn duties_of(
    db: &impl ConnectionTrait,
    releases: impl IntoIterator<Item = Uuid>,
) -> Result<Taken, Error> {
    let releases = tranche_release::Entity::find()
        .filter(tranche_release::Column::Id.is_in(releases))
        .all(db)
        .await?;
    let mut taken = Taken::new();
    let releasers = releases.iter().filter_map(|row| row.released_by);
    taken.extend(releasers.map(|person| (Duty::Releaser, PersonId::new(person))));
    let gates: BTreeSet<Uuid> = releases.iter().filter_map(|row| row.gate_id).collect();
    let gates: Vec<Uuid> = gates.into_iter().collect();
    for panel in load_panels(db, &gates).await?.values() {
        let seated = panel.members.iter().map(|member| member.person);
        let judges = seated.chain(panel.sign_offs.keys().copied());
        let judges = judges.filter(|person| panel.took_part(*person));
        taken.extend(judges.map(|person| (Duty::Voter, person)));
    }
    let recommended = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.is_in(gates.iter().copied()))
        .all(db)
        .await?;
    let recommenders = recommended.iter().filter_map(|row| row.recommended_by);
    taken.extend(recommenders.map(|person| (Duty::Recommender, person.into())));
    let decided = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(gates))
        .all(db)
        .await?;
    let ungated = releases.iter().filter(|row| row.gate_id.is_none());
    let ungated = ungated.map(|row| row.tranche_id).collect();
    let mut deciders = deciders(&decided);
    deciders.extend(wind_down_deciders(db, ungated).await?);
    taken.extend(deciders.into_iter().map(|person| (Duty::Decider, person)));
    Ok(taken)
}

/// What stands against paying the tranches of opened awards on one day, with the accounts of their
/// bodies: the conditions of their releases, asked again.
pub(crate) struct Payables {
    facts: BTreeMap<TrancheId, ReleaseFacts>,
    accounts: BTreeMap<OrganizationId, PayeeAccounts>,
    now: DateTime<Utc>,
    pays_on: NaiveDate,
}

impl Payables {
    /// Those of `awards` for a payment on `pays_on`.
    ///
    /// # Errors
    /// When the database does not answer or a row contradicts itself.
    pub(crate) async fn load(
        work: &Work<'_>,
        awards: &MovedAwards,
        pays_on: NaiveDate,
    ) -> Result<Self, Error> {
        let now = work.occurred_at();
        let dossiers: Vec<&AwardDossier> = awards.0.values().map(|(_, dossier)| dossier).collect();
        let bodies = dossiers.iter().map(|dossier| dossier.row.organization_id);
        let accounts = payee_accounts(work.tx(), bodies.map(Into::into)).await?;
        Ok(Self {
            facts: release_facts_of(work.tx(), &dossiers, now).await?,
            accounts,
            now,
            pays_on,
        })
    }

    /// The accounts of the body of `dossier`.
    pub(crate) fn accounts(&self, dossier: &AwardDossier) -> Option<&PayeeAccounts> {
        self.accounts.get(&dossier.row.organization_id.into())
    }

    /// The account to which a tranche of `dossier` is paid that nothing stands against.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there is none.
    pub(crate) fn account_to_pay(
        &self,
        dossier: &AwardDossier,
        tranche: TrancheId,
    ) -> Result<&payee_account::Model, Error> {
        self.accounts(dossier)
            .and_then(|accounts| accounts.in_force(self.now))
            .ok_or_else(|| Error::corrupt(format_args!("{tranche} can be paid to no account")))
    }

    /// What stands against paying a tranche of `dossier` as the row `place` (from 1) of a new batch.
    ///
    /// # Errors
    /// The tranche's refusal.
    pub(crate) fn blocked(
        &self,
        dossier: &AwardDossier,
        tranche: TrancheId,
        place: i64,
    ) -> Result<Option<BlockedRow>, Error> {
        blocked_row(dossier, tranche, place, &self.facts(tranche)?)
    }

    /// The rows of `batch` of which a condition is not met any more, or for which another account than
    /// their own is in force.
    ///
    /// # Errors
    /// A tranche's refusal.
    pub(crate) fn blocked_rows(
        &self,
        awards: &mut MovedAwards,
        batch: &BatchDossier,
    ) -> Result<BlockedRows, Error> {
        let mut blocked = BlockedRows::default();
        for row in &batch.rows {
            let (_, dossier) = awards.of(row.award_id)?;
            let tranche = row.tranche_id.into();
            let mut facts = self.facts(tranche)?;
            let cool_down = dossier.policy.parameters.account_cool_down_hours;
            let accounts = self
                .accounts(dossier)
                .ok_or_else(|| Error::corrupt(format_args!("{} has no account", row.reference)))?;
            facts.payment.account =
                accounts.standing_of_bound(row.payee_account_id, self.now, cool_down)?;
            let found = blocked_row(dossier, tranche, row.ordinal, &facts)?;
            blocked.0.extend(found);
        }
        Ok(blocked)
    }

    fn facts(&self, tranche: TrancheId) -> Result<ReleaseFacts, Error> {
        let facts = self.facts.get(&tranche).cloned();
        let facts = facts.ok_or_else(|| Error::not_found("TRANCHE"))?;
        Ok(ReleaseFacts {
            pays_on: self.pays_on,
            ..facts
        })
    }
}

/// A tranche of `dossier` as the row `row` (from 1) of a batch, with what `facts` say against paying it;
/// none where that is nothing.
///
/// # Errors
/// The tranche's refusal.
pub(crate) fn blocked_row(
    dossier: &AwardDossier,
    tranche: TrancheId,
    row: i64,
    facts: &ReleaseFacts,
) -> Result<Option<BlockedRow>, Error> {
    let blockers = facts.payment_blockers()?;
    if blockers.0.is_empty() {
        return Ok(None);
    }
    Ok(Some(BlockedRow {
        row,
        award: dossier.row.number.clone(),
        tranche: dossier.tranche(tranche)?.row.ordinal,
        blockers,
    }))
}
