//! Receipts of before, with what they paid, are taken to the schema in which they can be taken back.

use sea_orm::ActiveValue::NotSet;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use store::entity::{receipt, receipt_refund, return_reduction};

use crate::harness::before::before;
use crate::harness::refused;
use crate::harness::rows::{insert, one_of_each};

const TAKEN_BACK: &str =
    "UPDATE receipt SET taken_back_at = recorded_at, taken_back_reason = 'wrong body'";

/// SQLite cannot take a constraint away: the table is built again under the rows that point at it.
#[tokio::test]
async fn what_names_a_receipt_of_before_still_names_it() {
    let (_folder, db) = before("receipts_taken_back").await;
    let rows = one_of_each();
    let set = |on: bool| format!("PRAGMA foreign_keys = {}", if on { "ON" } else { "OFF" });
    // Only the receipt with whom it is of, and what names it: nothing else is touched.
    db.execute_unprepared(&set(false)).await.expect("set");
    insert(&db, rows.programme.clone())
        .await
        .expect("a programme");
    insert(&db, rows.organization.clone())
        .await
        .expect("a payer");
    let receipt = receipt::Model {
        recorded_by: None,
        ..rows.receipt.clone()
    };
    let mut paid = receipt.clone().into_active_model().reset_all();
    paid.taken_back_by = NotSet;
    paid.taken_back_at = NotSet;
    paid.taken_back_reason = NotSet;
    let entered = receipt::Entity::insert(paid).exec_without_returning(&db);
    entered.await.expect("a receipt of before");
    let mut reduced = rows
        .return_reduction
        .clone()
        .into_active_model()
        .reset_all();
    reduced.sequence = NotSet;
    let entered = return_reduction::Entity::insert(reduced).exec_without_returning(&db);
    entered.await.expect("what it paid");
    let refunded = rows.receipt_refund.clone().into_active_model().reset_all();
    let entered = receipt_refund::Entity::insert(refunded).exec_without_returning(&db);
    entered.await.expect("what of it went back");
    db.execute_unprepared(&set(true)).await.expect("set");

    migrations::migrate(&db).await.expect("the newest schema");
    let kept = receipt::Entity::find().one(&db).await.expect("an answer");
    assert_eq!(kept.as_ref(), Some(&receipt));
    let reduced = return_reduction::Entity::find().one(&db).await;
    let reduced = reduced.expect("an answer").expect("what it paid");
    assert_eq!(
        (reduced.receipt_id, reduced.sequence),
        (Some(receipt.id), None)
    );

    // It is guarded again, and by what is new.
    let refused_by = refused::by(db.execute_unprepared("DELETE FROM receipt").await);
    assert_eq!(refused_by, "receipt_taken_back_once");
    let refused_by = refused::by(db.execute_unprepared(TAKEN_BACK).await);
    assert_eq!(refused_by, "receipt_taken_back_not_refunded");
}
