//! A database of before, with events in its audit chains, is taken to the schema with payments.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use store::entity::audit_event;

use crate::builders::World;
use crate::harness::before::before;
use crate::harness::database::TestDatabase;

/// SQLite cannot widen a CHECK: the table of events is built again, and its chains stay as they were.
#[tokio::test]
async fn the_chains_of_before_hold_in_the_schema_with_payments() {
    let source = TestDatabase::sqlite();
    World::new(&source).await;
    let source = source.connect().await;
    let events = audit_event::Entity::find()
        .all(&source)
        .await
        .expect("events");
    assert!(events.len() > 20, "{}", events.len());

    let (_folder, before) = before("payments").await;
    let rows = events
        .iter()
        .map(|row| audit_event::ActiveModel::from(row.clone()));
    for row in rows {
        let row = sea_orm::IntoActiveModel::into_active_model(row);
        let row = sea_orm::ActiveModelTrait::reset_all(row);
        audit_event::Entity::insert(row)
            .exec_without_returning(&before)
            .await
            .expect("an event");
    }
    let batch = "UPDATE audit_event SET chain_kind = 'BATCH'";
    before
        .execute_unprepared(batch)
        .await
        .expect_err("append only");

    migrations::migrate(&before)
        .await
        .expect("the newest schema");
    let kept = audit_event::Entity::find()
        .all(&before)
        .await
        .expect("events");
    assert_eq!(kept.len(), events.len());
    crate::builders::assert_chained(&before).await;
    before
        .execute_unprepared("DELETE FROM audit_event")
        .await
        .expect_err("append only");
    let left = "SELECT 1 FROM sqlite_master WHERE name LIKE '%of_before%'";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, left);
    assert!(
        before
            .query_one_raw(statement)
            .await
            .expect("an answer")
            .is_none()
    );
    let mut first = kept[0].clone();
    first.id = uuid::Uuid::from_u128(1);
    first.chain_id = first.id;
    (first.sequence, first.prev_hash) = (1, None);
    "BATCH".clone_into(&mut first.chain_kind);
    let row = sea_orm::ActiveModelTrait::reset_all(audit_event::ActiveModel::from(first));
    audit_event::Entity::insert(row)
        .exec_without_returning(&before)
        .await
        .expect("a batch's event");
    let count = audit_event::Entity::find()
        .count(&before)
        .await
        .expect("a count");
    assert_eq!(usize::try_from(count).expect("a count"), events.len() + 1);
}
