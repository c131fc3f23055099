//! Keeps what is payable to a body for what it owes (Act 20).

use domain::access::Operation;
use domain::closing::{self, Debt, Due};
use domain::id::{SetOffId, TrancheId};
use domain::payment::BlockedRows;
use domain::{Money, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::dossier::{
    AwardDossier, ReturnEntry, blocked_row, kept_of, left_of, pinned_policies, place_of,
    release_facts, returns_where,
};
use crate::entity::{award, return_order as orders, set_off, tranche_release};
use crate::error::Error;
use crate::mapping;
use crate::persist::return_order::{self, PaidBy, Payment};
use crate::persist::{ledger, tranche as tranches};
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Keeps what a released tranche still pays for the returns and charges of the same body whose due date
/// has passed, under whichever award, the earliest due first. What is left of it is still paid.
#[derive(Debug, Clone, Serialize)]
pub struct SetOff {
    /// The tranche.
    pub tranche: TrancheId,
    /// Why (Act 21-2).
    pub reason: String,
}

/// A payment was kept for debts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrancheSetOff {
    /// The tranche.
    pub tranche: TrancheId,
    /// The set-off.
    pub set_off: SetOffId,
    /// What was kept.
    pub kept: Money,
    /// What is still to be paid of the tranche.
    pub left: Money,
}

impl Command for SetOff {
    const OPERATION: Operation = Operation::SetOff;
    type Root = award::Model;
    type Outcome = TrancheSetOff;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let place = place_of(tx, self.tranche).await?;
        let due = award::Entity::find_by_id(place.root).one(tx).await?;
        let due = due.ok_or_else(|| Error::not_found("TRANCHE"))?;
        let place = place.writing(RootKind::Organization, due.organization_id);
        let debtors = debtors(tx, due.organization_id).await?;
        let others = debtors.iter().filter(|row| row.id != due.id);
        Ok(others.fold(place, |place, row| place.writing(RootKind::Award, row.id)))
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<TrancheSetOff, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let entry = dossier.tranche(self.tranche)?.clone();
        entry.state.set_off(false)?;
        let facts = release_facts(work.tx(), &dossier, &entry, work.occurred_at()).await?;
        let blocked = blocked_row(&dossier, self.tranche, 1, &facts.for_set_off()?)?;
        BlockedRows(blocked.into_iter().collect()).ensure_none()?;
        let release = tranches::live_release(work, self.tranche).await?;
        let release = release.ok_or(Refusal::TrancheNotReleased {})?;
        let kept = kept_of(work.tx(), [release.id]).await?;
        let due = Due {
            award: award.id.into(),
            budget_year: entry.budget_year,
            basis: mapping::code(&release.payment_basis)?,
            amount: left_of(&release, &kept)?,
        };
        let (set_off, entries) = against_debts(work, &award, due).await?;
        let id = self.insert(work, &release, &set_off).await?;
        for met in &set_off.met {
            let before = entries.iter().find(|entry| entry.row.id == met.id.uuid());
            let before =
                before.ok_or_else(|| Error::corrupt(format_args!("{} is lost", met.id)))?;
            let payment = Payment {
                on: work.today(),
                by: PaidBy::SetOff(id.uuid()),
                // What is kept never left the State.
                reinstated: None,
            };
            return_order::store_received(work, before, &met.received, payment).await?;
        }
        let movements = set_off.movements(award.programme_id.into());
        ledger::post_movements(work, award.programme_id, &movements, id.uuid()).await?;
        let after = entry.state.set_off(set_off.left.is_zero())?;
        if after != entry.state {
            let reason = Some(self.reason.clone());
            tranches::store_state(work, &award, &mut dossier, self.tranche, after, reason).await?;
        }
        Ok(TrancheSetOff {
            tranche: self.tranche,
            set_off: id,
            kept: set_off.kept,
            left: set_off.left,
        })
    }
}

impl SetOff {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        release: &tranche_release::Model,
        set_off: &closing::SetOff,
    ) -> Result<SetOffId, Error> {
        let id: SetOffId = work.ids.next();
        set_off::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(release.programme_id),
            award_id: Set(release.award_id),
            tranche_id: Set(release.tranche_id),
            release_id: Set(release.id),
            budget_year: Set(i64::from(set_off.due.budget_year.get())),
            kept_minor: Set(set_off.kept.minor()),
            currency: Set(release.currency.clone()),
            set_off_on: Set(work.today()),
            reason: Set(self.reason.clone()),
            set_off_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": id, "tranche": self.tranche, "kept": set_off.kept });
        work.record("SET_OFF", facts);
        Ok(id)
    }
}

/// The awards of the body under which it was ordered to return money.
async fn debtors(db: &impl ConnectionTrait, body: Uuid) -> Result<Vec<award::Model>, Error> {
    let ordered = Query::select()
        .column(orders::Column::AwardId)
        .from(orders::Entity)
        .to_owned();
    Ok(award::Entity::find()
        .filter(award::Column::OrganizationId.eq(body))
        .filter(award::Column::Id.in_subquery(ordered))
        .all(db)
        .await?)
}

/// What `due` meets of the debts of the award's body, and how these stand before.
async fn against_debts(
    work: &Work<'_>,
    award: &Locked<award::Model>,
    due: Due,
) -> Result<(closing::SetOff, Vec<ReturnEntry>), Error> {
    // One that came to owe since the place was looked up is not locked, and waits.
    let mut debtors = debtors(work.tx(), award.organization_id).await?;
    debtors.retain(|row| work.holds(row.id));
    let policies =
        pinned_policies(work.tx(), debtors.iter().map(|row| row.policy_version_id)).await?;
    let of_debtors = orders::Column::AwardId.is_in(debtors.iter().map(|row| row.id));
    let entries = returns_where(work.tx(), Condition::all().add(of_debtors)).await?;
    let mut debts = Vec::with_capacity(entries.len());
    for entry in &entries {
        let debtor = debtors.iter().find(|row| row.id == entry.row.award_id);
        let policy = debtor.and_then(|row| policies.get(&row.policy_version_id));
        let policy = policy.ok_or_else(|| Error::corrupt("an award has no policy"))?;
        debts.push(Debt {
            id: entry.row.id.into(),
            award: entry.row.award_id.into(),
            order: entry.order.clone(),
            policy: (&policy.parameters, policy.version),
        });
    }
    let set_off = closing::set_off(due, debts, work.today())?;
    Ok((set_off, entries))
}
