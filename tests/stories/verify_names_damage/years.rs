//! Damage to a year that is closed.

use domain::finding::FindingCode::{CarryOverWrong, ClosedYearMoved, YearClosingWrong};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{carry_over, ledger_transfer, year_closing};

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let closing = history.first(year_closing::Entity::find()).await;
    let carried = history.first(carry_over::Entity::find()).await;
    let of_year = ledger_transfer::Column::ToBudgetYear.eq(2025);
    let appropriated = ledger_transfer::Entity::find()
        .filter(of_year)
        .filter(ledger_transfer::Column::Kind.eq("APPROPRIATE"));
    let appropriated = history.first(appropriated).await;
    let closed = || (YearClosingWrong, format!("year closing {}", closing.id));
    let carry_over = || (CarryOverWrong, format!("carry-over {}", carried.id));
    vec![
        damage(
            "UPDATE year_closing SET lapsed_minor = lapsed_minor + 1".to_owned(),
            [closed()],
        ),
        damage("DELETE FROM year_closing".to_owned(), [closed()]),
        damage(
            "UPDATE carry_over SET amount_minor = amount_minor + 1".to_owned(),
            [carry_over(), closed()],
        ),
        damage(
            "UPDATE carry_over SET budget_year = budget_year - 1".to_owned(),
            [carry_over()],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(appropriated.id)
            ),
            [closed()],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET recorded_at = \
                 (SELECT max(recorded_at) FROM ledger_transfer) WHERE id = {}",
                db.id(appropriated.id)
            ),
            [(ClosedYearMoved, format!("transfer {}", appropriated.id))],
        ),
    ]
}
