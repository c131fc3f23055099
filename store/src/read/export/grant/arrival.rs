//! The payments that arrived, by the tranche that they pay.

use std::collections::BTreeMap;

use domain::closing::arrivals_of;
use domain::ledger::{RecordKind, Transfer};
use domain::report::PublishedPayment;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::dossier::payments_answered;
use crate::entity::{payment_instruction, set_off};
use crate::error::Error;

/// What arrived by the `transfers` of awards and stayed there: paid by a bank, or kept for a debt.
pub(super) async fn arrivals(
    db: &impl ConnectionTrait,
    transfers: &BTreeMap<Uuid, Vec<Transfer>>,
) -> Result<BTreeMap<Uuid, Vec<PublishedPayment>>, Error> {
    let instructions = payments_answered(db, transfers.values().flatten()).await?;
    let paid: BTreeMap<Uuid, Uuid> = payment_instruction::Entity::find()
        .filter(payment_instruction::Column::Id.is_in(instructions.values().copied()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.tranche_id))
        .collect();
    let kept = transfers.values().flatten();
    let kept = kept.filter(|one| one.record_kind == RecordKind::SetOff);
    let kept: BTreeMap<Uuid, Uuid> = set_off::Entity::find()
        .filter(set_off::Column::Id.is_in(kept.map(|one| one.record)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.tranche_id))
        .collect();
    let tranche_of = |record: &Uuid| {
        let instruction = instructions.get(record);
        let paid = instruction.and_then(|instruction| paid.get(instruction));
        paid.or_else(|| kept.get(record)).copied()
    };
    let mut arrived: BTreeMap<Uuid, Vec<PublishedPayment>> = BTreeMap::new();
    for (award, moved) in transfers {
        let payment_of = |record| instructions.get(&record).copied();
        for transfer in arrivals_of((*award).into(), moved, payment_of) {
            let nothing = || Error::corrupt(format_args!("transfer {} pays nothing", transfer.id));
            let tranche = tranche_of(&transfer.record).ok_or_else(nothing)?;
            arrived.entry(tranche).or_default().push(PublishedPayment {
                transfer: transfer.id,
                paid_on: transfer.value_date,
                amount: transfer.amount,
            });
        }
    }
    Ok(arrived)
}
