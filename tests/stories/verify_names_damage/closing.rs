//! Damage to what is determined and ordered back.

use domain::finding::FindingCode::{DeterminationWrong, ReturnOrderWrong};
use sea_orm::EntityTrait;
use store::entity::determination;
use uuid::Uuid;

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let row = history.first(determination::Entity::find()).await;
    let order = Uuid::from_u128(8);
    vec![
        damage(
            "UPDATE determination SET fixed_minor = 1".to_owned(),
            [(DeterminationWrong, format!("determination {}", row.id))],
        ),
        damage(
            format!(
                "INSERT INTO return_order (id, programme_id, award_id, budget_year, kind, \
                 amount_minor, granted_minor, currency, receipts, ordered_on, due_on, reason, \
                 occurred_at, recorded_at, command_id) \
                 SELECT {}, programme_id, award_id, budget_year, 'GOOD_FAITH', 1, 0, currency, \
                 '[]', '2026-06-01', '2026-06-02', reason, occurred_at, recorded_at, \
                 command_id FROM determination",
                db.id(order)
            ),
            [(ReturnOrderWrong, format!("return order {order}"))],
        ),
    ]
}
