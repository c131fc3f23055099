//! The totals that are on record of a file are the balances of the ledger.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use store::command::RevokeRelease;
use store::entity::ledger_transfer;

use super::downloads::{AS_OF, taken, text};
use crate::builders::{TwoYears, World};
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;

/// The transfers of the ledger as of an instant.
struct Books(Vec<ledger_transfer::Model>);

impl Books {
    async fn of(world: &World, as_of: DateTime<Utc>) -> Self {
        let rows = ledger_transfer::Entity::find()
            .filter(ledger_transfer::Column::RecordedAt.lte(as_of))
            .all(world.store.reads());
        Self(rows.await.expect("transfers"))
    }

    fn sum(&self, is_meant: impl Fn(&ledger_transfer::Model) -> bool) -> i64 {
        let meant = self.0.iter().filter(|row| is_meant(row));
        meant.map(|row| row.amount_minor).sum()
    }

    /// What the transfers of these kinds come to.
    fn moved(&self, kinds: &[&str]) -> i64 {
        self.sum(|row| kinds.contains(&row.kind.as_str()))
    }

    /// What the accounts of this kind hold.
    fn held(&self, kind: &str) -> i64 {
        self.sum(|row| row.to_account == kind) - self.sum(|row| row.from_account == kind)
    }
}

/// Requires that what is on record of the files as of `as_of` is what the ledger says.
async fn assert_totals(db: &TestDatabase, world: &World, as_of: DateTime<Utc>) -> [i64; 2] {
    let books = Books::of(world, as_of).await;
    let auditor = world.token(world.people.auditor).await;
    let server = Server::on(db, &[]).await;
    let released = books.moved(&["RELEASE", "RELEASE_RETENTION"]) - books.moved(&["REVOKE"]);
    let settled = books.moved(&["SETTLE_ESTIMATE", "SETTLE_FINAL", "SET_OFF_PAY"]);
    let paid = settled - books.moved(&["BANK_RETURN"]);
    for (name, totals) in [
        (
            "disbursements",
            vec![
                ("AMOUNT", released),
                ("PAID", paid),
                ("PAYABLE", books.held("PAYABLE")),
                ("IN_TRANSIT", books.held("IN_TRANSIT")),
            ],
        ),
        ("payment-calendar", vec![("PAID", paid)]),
        (
            "awards",
            vec![
                ("PAID", paid),
                ("ADVANCED", books.held("ADVANCED")),
                ("GRANTED", books.held("GRANTED")),
                ("RETURNABLE", books.held("RETURNABLE")),
                ("WRITTEN_OFF", books.held("WRITTEN_OFF")),
            ],
        ),
        (
            "trial-balance",
            vec![
                ("DEBITS", books.sum(|_| true)),
                ("CREDITS", books.sum(|_| true)),
                ("BALANCE", 0),
            ],
        ),
        (
            "envelopes",
            vec![
                ("AVAILABLE", books.held("ENVELOPE")),
                ("COMMITTED", books.held("COMMITTED")),
                ("RETAINED", books.held("RETAINED")),
            ],
        ),
    ] {
        let path = format!("/exports/{name}.csv?asOf={}", text(as_of));
        let (_, record) = taken(&server, &auditor, &path).await;
        for (column, expected) in totals {
            assert_eq!(
                total(&record, column),
                expected,
                "{name}: {column}: {record}"
            );
        }
    }
    [released, paid]
}

/// The total of `column` that is on record, in yen.
fn total(record: &Value, column: &str) -> i64 {
    let parts = record["totals"].as_array().expect("totals").iter();
    let mut parts = parts.filter(|part| part["column"] == column);
    let part = parts
        .next()
        .unwrap_or_else(|| panic!("no {column}: {record}"));
    let amount = part["total"]["amount"].as_str().expect("an amount");
    amount.parse().expect("whole yen")
}

on_both! {
    async fn what_was_released_revoked_and_paid_is_what_the_ledger_says(db: TestDatabase) {
        let world = World::beginning(&db, "2025-06-02", &[(2025, 1_000)]).await;
        world.young_account("1234567").await;
        let mut advances = Vec::new();
        for millions in [5, 7, 11, 13] {
            let award = world.award().advance_of(millions, 2025).milestone(10, 2025);
            advances.push(award.active().await.advance.expect("an advance"));
        }
        world.pay(advances[0]).await;
        let sent = world.release(advances[1]).await;
        world.sent(&[sent]).await;
        world.release(advances[2]).await;
        world.release(advances[3]).await;
        let revoke = RevokeRelease { tranche: advances[3], reason: "請求書の誤り".to_owned() };
        world.run(world.people.preparer, &revoke).await;
        let as_of = world.store.now();
        assert_eq!(assert_totals(&db, &world, as_of).await, [23_000_000, 5_000_000]);
    }

    async fn the_totals_of_a_closed_year_are_what_the_ledger_says(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let as_of = AS_OF.parse().expect("an instant");
        let [released, paid] = assert_totals(&db, &years.world, as_of).await;
        assert!(released > 0 && paid > 0);
    }
}
