//! Damage to what was paid.

use domain::finding::FindingCode::{
    BatchAltered, PaymentStateWrong, PaymentTransferWrong, PaymentWithoutRelease,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{payment_batch, payment_instruction, settlement_line, tranche_release};

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let batch = history.first(payment_batch::Entity::find()).await;
    let payment = history.first(payment_instruction::Entity::find()).await;
    let answer = history.first(settlement_line::Entity::find()).await;
    let settled = history.transfer("SETTLE_ESTIMATE").await;
    let other =
        tranche_release::Entity::find().filter(tranche_release::Column::Id.ne(payment.release_id));
    let other = db.id(history.first(other).await.id);
    let hash = "0".repeat(64);
    let altered = || (BatchAltered, format!("batch {}", batch.number));
    let paid = format!("payment {}", payment.reference);
    let of_batch = |change: &str| {
        let id = db.id(batch.id);
        format!("UPDATE payment_batch SET {change} WHERE id = {id}")
    };
    let of_payment = |change: &str| {
        let id = db.id(payment.id);
        format!("UPDATE payment_instruction SET {change} WHERE id = {id}")
    };
    vec![
        damage(of_batch("total_minor = total_minor + 1"), [altered()]),
        damage(of_batch("rows_count = 2"), [altered()]),
        damage(of_batch(&format!("digest = '{hash}'")), [altered()]),
        damage(of_batch(&format!("export_sha256 = '{hash}'")), [altered()]),
        damage(of_payment(&format!("row_hash = '{hash}'")), [altered()]),
        damage(
            of_payment(&format!("release_id = {other}")),
            [(PaymentWithoutRelease, paid.clone()), altered()],
        ),
        damage(
            of_payment("state = 'SENT'"),
            [(PaymentStateWrong, paid.clone())],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET value_date = '2020-01-01' WHERE id = {}",
                db.id(settled.id)
            ),
            [(PaymentTransferWrong, format!("answer {}", answer.id))],
        ),
        damage(
            format!(
                "DELETE FROM settlement_line WHERE id = {}",
                db.id(answer.id)
            ),
            [
                (PaymentTransferWrong, format!("payment {}", answer.id)),
                (PaymentStateWrong, paid),
            ],
        ),
    ]
}
