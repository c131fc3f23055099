//! The dossier of a payment batch: its rows with the accounts that they are bound to, the awards that
//! they pay, and who took which part in them.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::id::{GateId, OrganizationId, PersonId, ThemeId};
use domain::payment::{BatchContent, BatchState, Duty, PaymentRow, Taken, ensure_as_approved};
use domain::tranche::BlockerCode;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    AwardDossier, TrancheEntry, deciders, decisions_of, load_panel, payee_accounts,
    recommendation_of, release_facts, return_duties,
};
use crate::entity::{award, payee_account, payment_batch, payment_instruction, tranche_release};
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
    /// [`Refusal::BatchDiffers`], or what a bank cannot take.
    pub(crate) fn ensure_unaltered(&self) -> Result<(), Error> {
        let fixed = mapping::fixed_batch(&self.row, &self.rows)?;
        Ok(ensure_as_approved(&self.content().fix()?, &fixed)?)
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
        let mut opened = BTreeMap::new();
        for id in awards {
            let award = Locked::beside(work, id).await?;
            let dossier = AwardDossier::open(work, &award).await?;
            opened.insert(id, (award, dossier));
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

/// Who took which part in what these releases pay, from the gates to the releases.
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
    for gate in gates.into_iter().map(GateId::new) {
        let panel = load_panel(db, gate).await?;
        let seated = panel.members.iter().map(|member| member.person);
        let judges = seated.chain(panel.sign_offs.keys().copied());
        let judges = judges.filter(|person| panel.took_part(*person));
        taken.extend(judges.map(|person| (Duty::Voter, person)));
        if let Some((_, recommender)) = recommendation_of(db, gate).await? {
            taken.insert((Duty::Recommender, recommender));
        }
        let decided_by = deciders(&decisions_of(db, gate).await?);
        taken.extend(decided_by.into_iter().map(|person| (Duty::Decider, person)));
    }
    Ok(taken)
}

/// What stands against paying a tranche now: the conditions of its release, with how the account of the
/// body stands; and the account in force.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn payable_to(
    work: &Work<'_>,
    dossier: &AwardDossier,
    entry: &TrancheEntry,
) -> Result<(Vec<BlockerCode>, Option<payee_account::Model>), Error> {
    let now = work.occurred_at();
    let mut facts = release_facts(work.tx(), dossier, entry, now).await?;
    let body = OrganizationId::new(dossier.row.organization_id);
    let mut known = payee_accounts(work.tx(), [body]).await?;
    let accounts = known.remove(&body).unwrap_or_default();
    let cool_down = dossier.policy.parameters.account_cool_down_hours;
    facts.payment.account = accounts.standing(now, cool_down);
    let codes = facts.blockers().into_iter().map(|blocker| blocker.code);
    Ok((codes.collect(), accounts.in_force(now).cloned()))
}

/// What stands against paying `row` now, also that the account in force is not the one it is bound to.
///
/// # Errors
/// As [`payable_to`].
pub(crate) async fn blockers_of(
    work: &Work<'_>,
    dossier: &AwardDossier,
    row: &payment_instruction::Model,
) -> Result<Vec<BlockerCode>, Error> {
    let entry = dossier.tranche(row.tranche_id.into())?;
    let (mut blockers, in_force) = payable_to(work, dossier, entry).await?;
    if in_force.is_some_and(|account| account.id != row.payee_account_id) {
        blockers.push(BlockerCode::PayeeAccountChanged);
    }
    Ok(blockers)
}
