//! Replaying a history: what can be applied is applied once, what cannot is named, and nothing is
//! forced.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::milestone::Outcome;
use domain::{Currency, Money};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, Statement,
};
use seeds::replay::{ReplayError, ReplayOptions, ReplaySummary, replay};
use store::Store;
use store::entity::{award, milestone, submission, tranche_release};
use store::vault::{Vault, VaultSettings};

use crate::builders::{Counter, TestClock};
use crate::harness::database::{Backend, TestDatabase};

/// Every mess that a real history has: each fault by its code, next to what is applied.
const HISTORY: &str = include_str!("../data/history.csv");

/// The rows that are not applied.
const REPORTED: [(u64, &str); 17] = [
    (11, "ALREADY_SUBMITTED"),
    (12, "APPLICATION_MISSING"),
    (13, "TIME_MISSING"),
    (14, "NOTHING_SUBMITTED"),
    (15, "MILESTONE_LOCKED"),
    (16, "MILESTONE_UNREADABLE"),
    (19, "MILESTONE_NOT_READY"),
    (20, "MILESTONE_LOCKED"),
    (21, "STATUS_UNKNOWN"),
    (22, "EVALUATOR_MISSING"),
    (23, "KIND_UNKNOWN"),
    (24, "TIME_UNREADABLE"),
    (25, "TIME_IN_FUTURE"),
    (26, "ROW_UNREADABLE"),
    (32, "ROUNDS_EXHAUSTED"),
    (33, "GATE_ALREADY_CONVENED"),
    (36, "AWARD_NOT_READY"),
];

async fn store(db: &TestDatabase) -> Store {
    Store::new(
        db.connect().await,
        Arc::new(TestClock::at("2026-06-01")),
        Arc::new(Counter::default()),
    )
}

fn options() -> ReplayOptions {
    ReplayOptions {
        nominal_amount: Money::of_minor(1_000_000, Currency::JPY),
        source: "OLD".to_owned(),
    }
}

async fn run(store: &Store, history: &str) -> ReplaySummary {
    let mut last = None;
    let summary = replay(store, history.as_bytes(), options(), |progress| {
        last = Some(progress);
    })
    .await
    .expect("a replay");
    let last = last.expect("progress");
    assert_eq!(
        (last.rows_done, last.rows),
        (summary.rows_read, summary.rows_read)
    );
    summary
}

/// How many rows every table has.
async fn row_counts(db: &DatabaseConnection, backend: Backend) -> BTreeMap<String, i64> {
    let tables = match backend {
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Backend::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let statement = |text: &str| Statement::from_string(db.get_database_backend(), text);
    let mut counts = BTreeMap::new();
    for row in db.query_all_raw(statement(tables)).await.expect("tables") {
        let table: String = row.try_get("", "name").expect("a name");
        let count = format!("SELECT COUNT(*) AS count FROM {table}");
        let row = db.query_one_raw(statement(&count)).await.expect("a count");
        let count = row.expect("a row").try_get("", "count").expect("a number");
        counts.insert(table, count);
    }
    counts
}

async fn award_of(store: &Store, application: &str) -> award::Model {
    award::Entity::find()
        .filter(award::Column::ApplicationReference.eq(application))
        .one(store.reads())
        .await
        .expect("an answer")
        .expect(application)
}

async fn states_of(store: &Store, application: &str) -> Vec<(i64, String)> {
    let award = award_of(store, application).await;
    let rows = milestone::Entity::find()
        .filter(milestone::Column::AwardId.eq(award.id))
        .all(store.reads())
        .await
        .expect("milestones");
    let mut states: Vec<_> = rows
        .into_iter()
        .map(|row| (row.ordinal, row.state))
        .collect();
    states.sort_unstable();
    states
}

fn states(states: &[&str]) -> Vec<(i64, String)> {
    (1..).zip(states.iter().map(ToString::to_string)).collect()
}

on_both! {
    /// The summary adds up, names every row that was not applied, and says what the books say.
    async fn every_row_is_applied_or_named(db: TestDatabase) {
        let store = store(&db).await;
        let summary = run(&store, HISTORY).await;
        let reported: Vec<_> = summary.reported.iter().map(|row| (row.line, row.code.as_str())).collect();
        assert_eq!(reported, REPORTED);
        assert_eq!((summary.rows_read, summary.applied), (36, 19));
        assert_eq!(summary.differences, []);
        assert!(summary.is_in_order() && summary.refused_after.is_empty());
        let decisions = [(Outcome::Go, 3), (Outcome::Rework, 3), (Outcome::NoGo, 2)];
        assert_eq!(summary.told.decisions, BTreeMap::from(decisions));
        assert_eq!(summary.told.submissions, 11);
        assert_eq!(summary.told.released.minor(), 3_000_000);
        let text = summary.to_string();
        let share = text.lines().find(|line| line.contains("applied share")).expect(&text);
        assert!(share.ends_with(" 52.7 %"), "{share}");
        let vault = tempfile::tempdir().expect("a folder");
        let vault = Vault::open(&VaultSettings::at(vault.path().display().to_string()));
        let vault = vault.expect("a vault");
        let verified = store::verify::verify(store.reads(), &vault, |_| {}).await;
        assert_eq!(verified.expect("a verification").findings, []);
    }

    /// What the history tells is where the awards stand.
    async fn the_awards_stand_where_the_history_leaves_them(db: TestDatabase) {
        let store = store(&db).await;
        run(&store, HISTORY).await;
        assert_eq!(states_of(&store, "alpha").await, states(&["PASSED", "PASSED"]));
        assert_eq!(states_of(&store, "beta").await, states(&["PASSED", "SUBMITTED"]));
        assert_eq!(states_of(&store, "gamma").await, states(&["OPEN", "LOCKED"]));
        assert_eq!(states_of(&store, "delta").await, states(&["FAILED", "LOCKED"]));
        assert_eq!(states_of(&store, "epsilon").await, states(&["IN_REVIEW"]));
        assert_eq!(states_of(&store, "zeta").await, states(&["FAILED", "CANCELLED"]));
        assert_eq!(award_of(&store, "zeta").await.state, "ENDED");
        let long = "=an-application-with-a-name-that-is-longer-than-a-number";
        assert_eq!(award_of(&store, long).await.number.chars().count(), 40);
    }

    /// An evaluation stamped before its delivery happens when the delivery does; its own time is
    /// kept beside it. The notice lies sixteen days before the first delivery.
    async fn what_is_evaluated_was_delivered_before(db: TestDatabase) {
        let store = store(&db).await;
        run(&store, HISTORY).await;
        let beta = award_of(&store, "beta").await;
        assert_eq!(beta.notice_received_on, "2024-04-15".parse().ok());
        let delivered = submission::Entity::find()
            .filter(submission::Column::AwardId.eq(beta.id))
            .filter(submission::Column::Version.eq(1))
            .all(store.reads())
            .await
            .expect("submissions");
        let first = delivered.iter().filter_map(|row| row.submitted_at).min();
        assert_eq!(first, "2024-05-01T10:00:00Z".parse().ok());
        let release = tranche_release::Entity::find()
            .filter(tranche_release::Column::AwardId.eq(beta.id))
            .one(store.reads())
            .await
            .expect("an answer")
            .expect("a release");
        assert_eq!(Some(release.occurred_at), first);
        let signed = store::entity::sign_off::Entity::find()
            .all(store.reads())
            .await
            .expect("votes");
        let own_time = "committed_at: 2024-04-01T10:00:00Z";
        assert_eq!(signed.iter().filter(|vote| vote.reason.contains(own_time)).count(), 1);
    }

    /// The second run changes no row and says the same, also of the rows that the rules refused in a
    /// state that is long past: line 11 would be accepted now.
    async fn a_second_run_changes_nothing(db: TestDatabase) {
        let store = store(&db).await;
        let first = run(&store, HISTORY).await;
        let before = row_counts(store.reads(), db.backend).await;
        let second = run(&store, HISTORY).await;
        assert_eq!(second.to_string(), first.to_string());
        assert_eq!(second, first);
        assert_eq!(row_counts(store.reads(), db.backend).await, before);
    }

    /// A run that broke off is finished by the next one.
    async fn half_a_history_is_finished_later(db: TestDatabase) {
        let store = store(&db).await;
        // The same awards and plans: the first half ends within alpha's second milestone.
        let whole: Vec<&str> = HISTORY.lines().take(7).collect();
        let planned = [&whole[..4], &["delivery,alpha,2,,3,,,"]].concat().join("\n");
        let first = run(&store, &planned).await;
        assert_eq!((first.rows_read, first.applied), (4, 3));
        let second = run(&store, &whole.join("\n")).await;
        assert_eq!((second.rows_read, second.applied), (6, 6));
        assert!(second.is_in_order(), "{second}");
        assert_eq!(states_of(&store, "alpha").await, states(&["PASSED", "PASSED"]));
    }
}

/// A file of another kind is refused before anything is written.
#[tokio::test]
async fn another_file_is_refused() {
    let db = TestDatabase::sqlite();
    let store = store(&db).await;
    let error = replay(&store, &b"kind,application\n"[..], options(), |_| {}).await;
    assert!(matches!(
        error,
        Err(ReplayError::ColumnMissing {
            column: "milestone"
        })
    ));
    let counts = row_counts(store.reads(), db.backend).await;
    assert_eq!(counts.get("programme"), Some(&0));
}
