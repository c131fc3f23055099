//! The notice of an order to return money (Act 18).

use std::collections::BTreeMap;

use domain::closing::{ChargeKind, ChargeTerms, ReturnKind};
use domain::report::{NoticeKind, ReturnOrderNotice};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::super::export::Reader;
use super::{Act, Which};
use crate::dossier::pinned_policy;
use crate::entity::award;
use crate::entity::return_order::{Column, Entity, Model};
use crate::error::Error;
use crate::mapping;

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
    Ok(ReturnOrderNotice {
        kind,
        budget_year: mapping::fiscal_year(row.budget_year)?,
        ordered: mapping::money(row.amount_minor, &row.currency)?,
        due_on: row.due_on,
        reason: row.reason.clone(),
        receipts: mapping::document(&row.receipts)?,
        surcharge: kind.bears_surcharge().then(|| terms(ChargeKind::Surcharge)),
        late_charge: terms(ChargeKind::LateCharge),
    })
}
