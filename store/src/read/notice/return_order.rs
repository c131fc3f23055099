//! The notice of an order to return money (Act 18).

use std::collections::BTreeMap;

use domain::award::AwardStateCode;
use domain::closing::{ChargeKind, ChargeTerms, ReductionCause, ReturnKind};
use domain::ledger::DecommitReason;
use domain::report::{NoticeKind, Rescission, ReturnOrderNotice};
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::super::export::Reader;
use super::super::export::history::told;
use super::{Act, Which};
use crate::dossier::pinned_policy;
use crate::entity::return_order::{Column, Entity, Model};
use crate::entity::{award, decided_amount, return_reduction};
use crate::error::Error;
use crate::mapping;
use crate::persist::award::AWARD_MOVED;
use crate::root::RootKind;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    which: Which<'_>,
) -> Result<Vec<(Act, Model)>, Error> {
    let rows = which
        .seen_whole::<Entity>(db, reader, (Column::AwardId, Column::Id))
        .await?;
    let places = places(db, rows.iter().map(|row| row.award_id)).await?;
    rows.into_iter()
        .map(|row| {
            let place = mapping::required(places.get(&row.id), "the place of an order")?;
            let act = Act {
                kind: NoticeKind::ReturnOrder,
                id: row.id,
                award: row.award_id,
                series: format!("返還{place}"),
                dated_on: row.ordered_on,
                recorded_at: row.recorded_at,
            };
            Ok((act, row))
        })
        .collect()
}

/// Which order of its award each order of these awards is, from 1.
async fn places(
    db: &impl ConnectionTrait,
    awards: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, u32>, Error> {
    let orders: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::AwardId])
        .filter(Column::AwardId.is_in(awards))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut counted: BTreeMap<Uuid, u32> = BTreeMap::new();
    let place = |(id, award)| {
        let nth = counted.entry(award).or_default();
        *nth = nth.saturating_add(1);
        (id, *nth)
    };
    Ok(orders.into_iter().map(place).collect())
}

/// What was ordered back, and the charges that it bears by the policy that the award is pinned to.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    award: &award::Model,
    row: &Model,
) -> Result<ReturnOrderNotice, Error> {
    let policy = pinned_policy(db, award.policy_version_id.into()).await?;
    let terms = |kind| ChargeTerms::of(kind, &policy.parameters);
    let kind: ReturnKind = mapping::code(&row.kind)?;
    let ordered = mapping::money(row.amount_minor, &row.currency)?;
    let rescissions = rescissions(db, row).await?;
    let rescinded = rescissions.iter().map(|part| part.amount);
    let rescinded = Money::sum(ordered.currency(), rescinded).map_err(Refusal::from)?;
    Ok(ReturnOrderNotice {
        kind,
        budget_year: mapping::fiscal_year(row.budget_year)?,
        ordered,
        after_act_10: after_act_10(db, row).await?,
        rescissions,
        stands: ordered.minus(rescinded).map_err(Refusal::from)?,
        due_on: row.due_on,
        reason: row.reason.clone(),
        receipts: mapping::document(&row.receipts)?,
        surcharge: kind.bears_surcharge().then(|| terms(ChargeKind::Surcharge)),
        late_charge: terms(ChargeKind::LateCharge),
    })
}

/// What was rescinded of the order, in the order of recording.
async fn rescissions(db: &impl ConnectionTrait, row: &Model) -> Result<Vec<Rescission>, Error> {
    let rows = return_reduction::Entity::find()
        .filter(return_reduction::Column::ReturnOrderId.eq(row.id))
        .filter(return_reduction::Column::Cause.eq(ReductionCause::Rescinded.code()))
        .order_by_asc(return_reduction::Column::Id)
        .all(db)
        .await?;
    let rescission = |row: return_reduction::Model| {
        Ok(Rescission {
            on: row.reduced_on,
            amount: mapping::money(row.amount_minor, &row.currency)?,
            reason: row.reason.unwrap_or_default(),
        })
    };
    rows.into_iter().map(rescission).collect()
}

/// Whether the decision was lowered, or the award ended, for a change of circumstances before the order: only
/// then is there a cancellation for it to name.
async fn after_act_10(db: &impl ConnectionTrait, row: &Model) -> Result<bool, Error> {
    let lowered = decided_amount::Entity::find()
        .filter(decided_amount::Column::AwardId.eq(row.award_id))
        .filter(decided_amount::Column::Article.eq(DecommitReason::Act10.code()))
        .filter(decided_amount::Column::RecordedAt.lte(row.recorded_at))
        .one(db)
        .await?;
    let (award, by_then) = (
        (RootKind::Award, &[row.award_id][..]),
        Some(row.recorded_at),
    );
    let moves = told(db, award, &[AWARD_MOVED], by_then).await?;
    let states = moves.iter().map(|told| told.code::<AwardStateCode>("to"));
    let states = states.collect::<Result<Vec<_>, Error>>()?;
    Ok(lowered.is_some() || states.contains(&AwardStateCode::Ended))
}
