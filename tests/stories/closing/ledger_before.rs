//! A ledger of before is taken to the chart that knows what goes back into an envelope.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use store::entity::ledger_transfer::{Entity, Model};

use crate::harness::before::before;
use crate::harness::refused;
use crate::harness::rows::{id, insert, one_of_each};

/// SQLite cannot widen a CHECK: the ledger is built again, with the transfers that it has and with
/// everything that guards them.
#[tokio::test]
async fn the_ledger_of_before_stands_in_the_wider_chart() {
    let (_folder, db) = before("reinstatement").await;
    let made = one_of_each().ledger_transfer;
    let reversal = |number| Model {
        id: id(number),
        from_account: made.to_account.clone(),
        from_owner: made.to_owner,
        from_budget_year: made.to_budget_year,
        to_account: made.from_account.clone(),
        to_owner: made.from_owner,
        to_budget_year: made.from_budget_year,
        reverses_id: Some(made.id),
        ..made.clone()
    };
    let reinstated = |number| Model {
        id: id(number),
        kind: "REINSTATE".to_owned(),
        from_account: "TREASURY".to_owned(),
        from_budget_year: None,
        to_account: "ENVELOPE".to_owned(),
        to_budget_year: Some(2026),
        amount_minor: 1,
        ..made.clone()
    };
    insert(&db, made.clone()).await.expect("a transfer");
    insert(&db, reversal(201)).await.expect("its reversal");
    assert_eq!(
        refused::by(insert(&db, reinstated(202)).await),
        "ledger_transfer_kind"
    );

    migrations::migrate(&db).await.expect("the newest schema");
    let kept = Entity::find().all(&db).await.expect("transfers");
    assert_eq!(kept.len(), 2);
    assert!(
        kept.contains(&made) && kept.contains(&reversal(201)),
        "{kept:?}"
    );
    insert(&db, reinstated(202)).await.expect("the new kind");
    // Every guard stands again: nothing changes, and nothing is reversed twice or otherwise than it was.
    for change in [
        "DELETE FROM ledger_transfer",
        "UPDATE ledger_transfer SET amount_minor = 2",
    ] {
        db.execute_unprepared(change)
            .await
            .expect_err("append only");
    }
    let otherwise = Model {
        amount_minor: 2,
        ..reversal(203)
    };
    assert_eq!(
        refused::by(insert(&db, otherwise).await),
        "ledger_transfer_reversal"
    );
    insert(&db, reversal(204))
        .await
        .expect_err("reversed twice");
    let left =
        "SELECT 1 FROM sqlite_master WHERE name LIKE '%of_before%' OR sql LIKE '%of_before%'";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, left);
    assert!(
        db.query_one_raw(statement)
            .await
            .expect("an answer")
            .is_none()
    );
    assert_eq!(Entity::find().count(&db).await.expect("a count"), 3);
}
