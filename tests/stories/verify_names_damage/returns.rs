//! Damage to what came back.

use domain::finding::FindingCode::{
    AccountOverdrawn, AmountsDisagree, PaymentTransferWrong, ReturnOrderWrong,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{ledger_transfer, receipt, return_charge, return_order, set_off};

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let receipt = history.first(receipt::Entity::find()).await;
    let order = history.first(return_order::Entity::find()).await;
    let set_off = history.first(set_off::Entity::find()).await;
    let levied = return_charge::Entity::find().filter(return_charge::Column::Entry.eq("LEVIED"));
    let levied = history.first(levied).await;
    let wrong = |place: String| (ReturnOrderWrong, place);
    let row = history.returned.row(&history.world).await;
    let paid = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::Kind.eq("SETTLE_ESTIMATE"))
        .filter(ledger_transfer::Column::ToOwner.eq(row.id));
    let paid = history.first(paid).await;
    vec![
        damage(
            "UPDATE receipt SET amount_minor = amount_minor + 1".to_owned(),
            [wrong(format!("receipt {}", receipt.id))],
        ),
        // A slip that paid nothing.
        damage(
            format!("UPDATE receipt SET return_order_id = {}", db.id(order.id)),
            [wrong(format!("receipt {}", receipt.id))],
        ),
        // Money that is still there, of a receipt that was taken back.
        damage(
            "UPDATE receipt SET taken_back_at = recorded_at, taken_back_reason = ''".to_owned(),
            [
                wrong(format!("receipt {}", receipt.id)),
                wrong(format!("return charge {}", levied.id)),
            ],
        ),
        // Principal that went back into no envelope.
        damage(
            format!(
                "UPDATE return_reduction SET reinstated_year = 2026 WHERE receipt_id = {}",
                db.id(receipt.id)
            ),
            [wrong(format!("receipt {}", receipt.id))],
        ),
        damage(
            "UPDATE set_off SET kept_minor = kept_minor - 1".to_owned(),
            [wrong(format!("set-off {}", set_off.id))],
        ),
        damage(
            format!(
                "UPDATE return_charge SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(levied.id)
            ),
            [wrong(format!("return charge {}", levied.id))],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(paid.id)
            ),
            [
                (AmountsDisagree, format!("award {}", row.number)),
                (PaymentTransferWrong, format!("answer {}", paid.record_id)),
                (AccountOverdrawn, format!("in_transit:{}:2026", row.id)),
            ],
        ),
    ]
}
