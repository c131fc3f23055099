//! Files that nobody takes to their end, over HTTP.

use std::time::Duration;

use reqwest::Response;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::Value;
use store::entity::ledger_transfer;
use uuid::Uuid;

use super::downloads::{get, taken};
use crate::builders::World;
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;

/// Transfers enough that their file is larger than everything between a server and a reader holds.
const TRANSFERS: u128 = 60_000;

/// Rows of one statement; SQLite takes some thirty thousand values.
const ROWS: usize = 1_000;

/// Many transfers that are all alike, past every rule but those of the database.
async fn many_transfers(db: &TestDatabase) {
    let db = &db.connect().await;
    let one = ledger_transfer::Entity::find().one(db).await;
    let one = one.expect("an answer").expect("the appropriation");
    let alike: Vec<_> = (1..=TRANSFERS)
        .map(|number| ledger_transfer::Model {
            id: Uuid::from_u128(number),
            amount_minor: 1,
            ..one.clone()
        })
        .collect();
    for some in alike.chunks(ROWS) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        let some = some.map(sea_orm::ActiveModelTrait::reset_all);
        let inserted = ledger_transfer::Entity::insert_many(some).exec_without_returning(db);
        inserted.await.expect("transfers");
    }
}

/// The beginning of the file of the books, and the address of what is on record of it.
async fn begun(server: &Server, token: &str) -> (Response, String) {
    let answer = get(server, Some(token), "/exports/ledger.beancount").await;
    let id = answer.headers()["htc-export-id"].to_str();
    let record = format!("/exports/{}", id.expect("an id"));
    (answer, record)
}

/// What became of a file, once something did.
async fn ended(server: &Server, token: &str, record: &str) -> Value {
    loop {
        let answer = get(server, Some(token), record).await;
        let mut answer: Value = answer.json().await.expect("JSON");
        if answer["export"]["state"] != "RUNNING" {
            return answer["export"].take();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

on_both! {
    /// Whoever goes away and whoever takes nothing any more has no file, the server says so, and the next
    /// one gets theirs.
    async fn a_file_that_its_reader_leaves_is_on_record_as_broken_off(db: TestDatabase) {
        let world = World::new(&db).await;
        many_transfers(&db).await;
        let auditor = world.token(world.people.auditor).await;
        let server = Server::on(&db, &[("HTC_LIMIT_TIME_SECONDS", "2")]).await;

        let (mut gone, record) = begun(&server, &auditor).await;
        gone.chunk().await.expect("a connection").expect("its first bytes");
        drop(gone);
        let left = ended(&server, &auditor, &record).await;
        assert_eq!((&left["state"], &left["sha256"]), (&"ABORTED".into(), &Value::Null));

        let (silent, record) = begun(&server, &auditor).await;
        let left = ended(&server, &auditor, &record).await;
        assert_eq!(left["state"], "ABORTED");
        silent.bytes().await.expect_err("not the whole file");

        let (bytes, record) = taken(&server, &auditor, "/exports/ledger.beancount").await;
        assert_eq!((&record["state"], &record["sizeBytes"]), (&"DONE".into(), &bytes.len().into()));
        assert!(record["rows"].as_u64() > Some(60_000), "{record}");
    }
}
