//! Orders to return, with what is owed on them as of a day.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::calculation::CalculationSheet;
use domain::calendar::FiscalYear;
use domain::closing::{Charge, ChargeKind, DatedAmount, Reduction, ReturnKind, ReturnState};
use domain::id::{AwardId, DeterminationId, PersonId, ReturnOrderId};
use domain::{Coded, Money, Refusal};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Sight;
use crate::dossier::{PinnedPolicy, ReturnEntry, pinned_policies, returns_where};
use crate::entity::award;
use crate::entity::return_order::Column;
use crate::error::Error;
use crate::mapping;

/// An order to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOrderView {
    /// Names it.
    pub id: ReturnOrderId,
    /// Its award.
    pub award: AwardId,
    /// The budget year out of which it was paid.
    pub budget_year: FiscalYear,
    /// Why money is to be returned.
    pub kind: ReturnKind,
    /// The determination that found an overpayment.
    pub determination: Option<DeterminationId>,
    /// How it stands.
    pub state: ReturnState,
    /// The principal.
    pub ordered: Money,
    /// What of the principal is outstanding.
    pub outstanding: Money,
    /// The day of the order.
    pub ordered_on: NaiveDate,
    /// The last day on which it is paid in time.
    pub due_on: NaiveDate,
    /// Why (Act 21-2).
    pub reason: String,
    /// Who ordered it.
    pub ordered_by: Option<PersonId>,
    /// The receipts that it is charged to, the latest first.
    pub receipts: Vec<DatedAmount>,
    /// What reduced the principal, in the order of its recording.
    pub reductions: Vec<Reduction>,
    /// The charges that it bears.
    pub charges: Vec<ChargeView>,
}

/// A charge on a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargeView {
    /// Which one.
    pub kind: ChargeKind,
    /// What was levied of it and what became of that.
    pub charge: Charge,
    /// What it comes to until the day that is asked for, if nothing more is paid.
    pub accrued: Money,
    /// What of the levied charge is neither paid nor waived.
    pub outstanding: Money,
}

/// The orders of each of these awards, as they stand on `day`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    day: NaiveDate,
) -> Result<HashMap<AwardId, Vec<ReturnOrderView>>, Error> {
    let asked = Column::AwardId.is_in(awards.iter().map(|id| id.uuid()));
    let mut found: HashMap<AwardId, Vec<ReturnOrderView>> = HashMap::new();
    for view in find(db, sight, asked, day).await? {
        found.entry(view.award).or_default().push(view);
    }
    Ok(found)
}

/// The orders with these ids, as they stand on `day`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[ReturnOrderId],
    day: NaiveDate,
) -> Result<HashMap<ReturnOrderId, ReturnOrderView>, Error> {
    let asked = Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, sight, asked, day).await?;
    Ok(found.into_iter().map(|view| (view.id, view)).collect())
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: SimpleExpr,
    day: NaiveDate,
) -> Result<Vec<ReturnOrderView>, Error> {
    let seen = Condition::all()
        .add(asked)
        .add(sight.of_award_whole(Column::AwardId));
    let entries = returns_where(db, seen).await?;
    let awards = award::Entity::find()
        .filter(award::Column::Id.is_in(entries.iter().map(|entry| entry.row.award_id)))
        .all(db)
        .await?;
    let policies = pinned_policies(db, awards.iter().map(|row| row.policy_version_id)).await?;
    let of_award: BTreeMap<Uuid, &PinnedPolicy> = awards
        .iter()
        .filter_map(|row| Some((row.id, policies.get(&row.policy_version_id)?)))
        .collect();
    let policy_of = |entry: &ReturnEntry| {
        let id = entry.row.award_id;
        let policy = of_award.get(&id).copied();
        policy.ok_or_else(|| Error::corrupt(format_args!("award {id} has no policy")))
    };
    entries
        .iter()
        .map(|entry| view(entry, policy_of(entry)?, day))
        .collect()
}

fn view(
    entry: &ReturnEntry,
    policy: &PinnedPolicy,
    day: NaiveDate,
) -> Result<ReturnOrderView, Error> {
    let (row, order) = (&entry.row, &entry.order);
    let charges = ChargeKind::ALL
        .iter()
        .filter(|kind| **kind != ChargeKind::Surcharge || order.kind.bears_surcharge())
        .map(|kind| charge(entry, *kind, policy, day));
    Ok(ReturnOrderView {
        id: row.id.into(),
        award: row.award_id.into(),
        budget_year: mapping::fiscal_year(row.budget_year)?,
        kind: order.kind,
        determination: row.determination_id.map(Into::into),
        state: order.state().map_err(Refusal::from)?,
        ordered: order.ordered,
        outstanding: order.outstanding().map_err(Refusal::from)?,
        ordered_on: order.ordered_on,
        due_on: order.due_on,
        reason: row.reason.clone(),
        ordered_by: row.ordered_by.map(Into::into),
        receipts: order.receipts.clone(),
        charges: charges.collect::<Result<_, Error>>()?,
        reductions: order.reductions.clone(),
    })
}

fn charge(
    entry: &ReturnEntry,
    kind: ChargeKind,
    policy: &PinnedPolicy,
    day: NaiveDate,
) -> Result<ChargeView, Error> {
    let charge = *entry.order.charge(kind);
    let accrual = entry.order.accrual(kind, day, &policy.parameters);
    let sheet = accrual.and_then(|accrual| CalculationSheet::of(policy.version, accrual));
    let sheet = sheet.map_err(Refusal::from)?;
    Ok(ChargeView {
        kind,
        accrued: sheet.result,
        outstanding: charge.outstanding().map_err(Refusal::from)?,
        charge,
    })
}
