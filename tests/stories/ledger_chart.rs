//! The chart of the ledger, closed: of all thinkable transfers the database takes those that the
//! domain knows, and no other.

use domain::Coded;
use domain::ledger::{AccountKind, TransferKind};
use sea_orm::DatabaseConnection;
use store::entity::ledger_transfer::Model;
use uuid::Uuid;

use crate::harness::refused;
use crate::harness::rows::{id, insert, one_of_each};

/// A transfer that is right in all but, perhaps, its kind and sides.
fn transfer(row: u128, kind: TransferKind, from: AccountKind, to: AccountKind) -> Model {
    let year = |account: AccountKind, year| account.has_budget_year().then_some(year);
    let next = if kind == TransferKind::CarryOver {
        2027
    } else {
        2026
    };
    Model {
        id: id(row),
        kind: kind.code().to_owned(),
        reason: (kind == TransferKind::Decommit).then(|| "NO_GO".to_owned()),
        from_account: from.code().to_owned(),
        from_budget_year: year(from, 2026),
        to_account: to.code().to_owned(),
        to_budget_year: year(to, next),
        amount_minor: 1,
        ..one_of_each().ledger_transfer
    }
}

/// The transfer that reverses `transfer`.
fn reversal(row: u128, transfer: &Model) -> Model {
    Model {
        id: id(row),
        from_account: transfer.to_account.clone(),
        from_owner: transfer.to_owner,
        from_budget_year: transfer.to_budget_year,
        to_account: transfer.from_account.clone(),
        to_owner: transfer.from_owner,
        to_budget_year: transfer.from_budget_year,
        reverses_id: Some(transfer.id),
        ..transfer.clone()
    }
}

async fn refuses(db: &DatabaseConnection, wrong: Model, constraint: &str) {
    let shown = format!("{wrong:?}");
    assert_eq!(refused::by(insert(db, wrong).await), constraint, "{shown}");
}

on_both! {
    async fn every_kind_moves_money_as_the_chart_says_and_never_otherwise(db: TestDatabase) {
        let db = db.connect().await;
        let mut row = 0x1000;
        let mut taken = 0;
        for kind in TransferKind::ALL {
            for from in AccountKind::ALL {
                for to in AccountKind::ALL {
                    row += 2;
                    let transfer = transfer(row, *kind, *from, *to);
                    let reversal = reversal(row + 1, &transfer);
                    if !kind.sides().contains(&(*from, *to)) {
                        refuses(&db, transfer, "ledger_transfer_kind").await;
                        continue;
                    }
                    insert(&db, transfer).await.expect("a transfer of the chart");
                    insert(&db, reversal).await.expect("its reversal");
                    taken += 1;
                }
            }
        }
        let chart: usize = TransferKind::ALL.iter().map(|kind| kind.sides().len()).sum();
        assert_eq!(taken, chart);
    }

    async fn a_transfer_keeps_its_year_its_currency_and_its_reason(db: TestDatabase) {
        let db = db.connect().await;
        let sound = || {
            transfer(0x1000, TransferKind::Commit, AccountKind::Envelope, AccountKind::Committed)
        };
        let other_year = Model { to_budget_year: Some(2027), ..sound() };
        refuses(&db, other_year, "ledger_transfer_year").await;
        let no_year = Model { to_budget_year: None, ..sound() };
        refuses(&db, no_year, "ledger_transfer_account_year").await;
        let settled = transfer(
            0x1000,
            TransferKind::SettleFinal,
            AccountKind::InTransit,
            AccountKind::Granted,
        );
        let year_too_many = Model { to_budget_year: Some(2026), ..settled };
        refuses(&db, year_too_many, "ledger_transfer_account_year").await;
        let other_currency = Model { to_currency: "USD".to_owned(), ..sound() };
        refuses(&db, other_currency, "ledger_transfer_one_currency").await;
        let nothing = Model { amount_minor: 0, ..sound() };
        refuses(&db, nothing, "ledger_transfer_amount_minor_whole").await;
        let reason = Model { reason: Some("NO_GO".to_owned()), ..sound() };
        refuses(&db, reason, "ledger_transfer_reason").await;
        let skipped = Model {
            to_budget_year: Some(2028),
            ..transfer(
                0x1000,
                TransferKind::CarryOver,
                AccountKind::Committed,
                AccountKind::Committed,
            )
        };
        refuses(&db, skipped, "ledger_transfer_year").await;
        let unknown = Model { kind: "GIVE".to_owned(), ..sound() };
        refuses(&db, unknown, "ledger_transfer_kind").await;
        insert(&db, sound()).await.expect("a sound transfer");
    }

    async fn a_reversal_mirrors_one_transfer_exactly_and_once(db: TestDatabase) {
        let db = db.connect().await;
        let committed = insert(
            &db,
            transfer(0x1000, TransferKind::Commit, AccountKind::Envelope, AccountKind::Committed),
        )
        .await
        .expect("a transfer");
        let mirror = || reversal(0x1001, &committed);
        let mirrors = "ledger_transfer_reversal";
        refuses(&db, Model { amount_minor: 2, ..mirror() }, mirrors).await;
        refuses(&db, Model { to_owner: Uuid::nil(), ..mirror() }, mirrors).await;
        refuses(&db, Model { record_id: Uuid::nil(), ..mirror() }, mirrors).await;
        refuses(&db, Model { reverses_id: Some(Uuid::nil()), ..mirror() }, mirrors).await;
        let same_way = Model { id: id(0x1001), reverses_id: Some(committed.id), ..committed.clone() };
        refuses(&db, same_way, mirrors).await;

        let reversed = insert(&db, mirror()).await.expect("the reversal");
        refuses(&db, reversal(0x1002, &reversed), mirrors).await;
        let again = insert(&db, Model { id: id(0x1002), ..mirror() }).await;
        let refusal = refused::by(again);
        assert!(
            ["ledger_transfer_reverses", "ledger_transfer.reverses_id"].contains(&refusal.as_str()),
            "{refusal}"
        );
    }
}
