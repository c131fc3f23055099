//! What the database refuses by itself, by name, should a rule above it ever fail.

use sea_orm::DbErr;
use store::entity::{
    gate, milestone, receipt, receipt_refund, return_charge, return_reduction, tranche,
    tranche_release, wind_down,
};

use crate::harness::database::Backend;
use crate::harness::refused;
use crate::harness::rows::{id, insert, one_of_each, opened, update_milestone};

fn refused_alike<T: std::fmt::Debug>(result: Result<T, DbErr>, name: &str) {
    assert_eq!(refused::by(result), name);
}

/// A unique constraint is known by its name on PostgreSQL and by its columns on SQLite.
fn refused_as_taken<T: std::fmt::Debug>(
    backend: Backend,
    result: Result<T, DbErr>,
    name: &str,
    columns: &str,
) {
    let expected = if backend == Backend::Sqlite {
        columns
    } else {
        name
    };
    assert_eq!(refused::by(result), expected);
}

on_both! {
    async fn what_was_taken_back_pays_nothing(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let gone = receipt::Model {
            id: id(901),
            reference: "R-2".to_owned(),
            taken_back_at: Some(rows.receipt.recorded_at),
            taken_back_reason: Some("wrong body".to_owned()),
            ..rows.receipt
        };
        insert(&db, gone).await.expect("a receipt that was taken back");
        let receipt_id = Some(id(901));
        let reduction = return_reduction::Model { id: id(902), receipt_id, ..rows.return_reduction };
        refused_alike(insert(&db, reduction).await, "return_reduction_of_standing_receipt");
        let charge = return_charge::Model { id: id(903), receipt_id, ..rows.return_charge };
        refused_alike(insert(&db, charge).await, "return_charge_of_standing_receipt");
        let refund = receipt_refund::Model { id: id(904), receipt_id: id(901), ..rows.receipt_refund };
        refused_alike(insert(&db, refund).await, "receipt_refund_of_standing_receipt");
    }

    async fn a_tranche_has_one_live_release(db: TestDatabase) {
        let backend = db.backend;
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let first = insert(&db, rows.tranche_release).await.expect("a release");
        let second = tranche_release::Model { id: id(501), ..first.clone() };
        let taken = insert(&db, second.clone()).await;
        refused_as_taken(backend, taken, "release_one_live", "tranche_release.tranche_id");
        let mut revoked = tranche_release::ActiveModel::from(first.clone());
        revoked.revoked_at = sea_orm::Set(Some(first.occurred_at));
        sea_orm::ActiveModelTrait::update(revoked, &db).await.expect("revoked");
        insert(&db, second).await.expect("a release after the revocation");
    }

    /// Elsewhere a rejected milestone was paid, because the payment never read the status.
    async fn no_release_without_the_gate_that_passed(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let release = rows.tranche_release;
        let passed = rows.milestone;
        let needs_gate = "release_needs_passed_gate";

        let without = tranche_release::Model { gate_id: None, ..release.clone() };
        refused_alike(insert(&db, without).await, needs_gate);

        let failed = milestone::Model {
            state: "FAILED".to_owned(),
            outcome: Some("NO_GO".to_owned()),
            share_bp: None,
            continued: Some(true),
            ..passed.clone()
        };
        update_milestone(&db, failed).await.expect("failed");
        refused_alike(insert(&db, release.clone()).await, needs_gate);

        update_milestone(&db, opened(passed.clone())).await.expect("open");
        refused_alike(insert(&db, release.clone()).await, needs_gate);

        let other_seal = milestone::Model { seal: Some("0".repeat(64)), ..passed.clone() };
        update_milestone(&db, other_seal).await.expect("another seal");
        refused_alike(insert(&db, release.clone()).await, needs_gate);

        update_milestone(&db, passed).await.expect("passed");
        insert(&db, release).await.expect("a release");
    }

    async fn no_costs_of_winding_down_without_the_decision_or_above_it(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let tranche = tranche::Model {
            id: id(508),
            milestone_id: None,
            ordinal: 2,
            kind: "WIND_DOWN".to_owned(),
            ..rows.tranche
        };
        insert(&db, tranche).await.expect("a tranche");
        let release = |row: u128, amount_minor: i64| tranche_release::Model {
            id: id(row),
            tranche_id: id(508),
            gate_id: None,
            amount_minor,
            ..rows.tranche_release.clone()
        };
        let needs_decision = "release_needs_wind_down";
        refused_alike(insert(&db, release(509, 5)).await, needs_decision);
        let decided = wind_down::Model {
            id: id(510),
            tranche_id: id(508),
            amount_minor: 5,
            ..rows.wind_down
        };
        insert(&db, decided).await.expect("a decision");
        refused_alike(insert(&db, release(509, 6)).await, needs_decision);
        insert(&db, release(509, 5)).await.expect("a release");
    }

    async fn a_milestone_has_one_live_gate(db: TestDatabase) {
        let backend = db.backend;
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let sitting = |row: u128, sitting: i64, state: &str| gate::Model {
            id: id(row),
            sitting,
            state: state.to_owned(),
            ..rows.gate.clone()
        };
        insert(&db, sitting(502, 2, "CONVENED")).await.expect("a live gate beside a decided one");
        for (row, state) in [(503, "CONVENED"), (504, "RECOMMENDED")] {
            let taken = insert(&db, sitting(row, 3, state)).await;
            refused_as_taken(backend, taken, "gate_one_live", "gate.milestone_id");
        }
        let same_sitting = insert(&db, sitting(505, 1, "DECIDED")).await;
        refused_as_taken(
            backend,
            same_sitting,
            "gate_sitting",
            "gate.submission_id, gate.sitting",
        );
    }

    async fn a_milestone_holds_what_its_state_knows_and_nothing_besides(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let passed = rows.milestone;
        let shape = "milestone_state_shape";
        let with = |state: &str| milestone::Model { state: state.to_owned(), ..passed.clone() };
        for state in ["LOCKED", "OPEN", "SUBMITTED", "IN_REVIEW", "HELD", "CANCELLED"] {
            refused_alike(update_milestone(&db, with(state)).await, shape);
        }
        let failed_with_go = milestone::Model {
            share_bp: None,
            continued: Some(false),
            ..with("FAILED")
        };
        refused_alike(update_milestone(&db, failed_with_go).await, shape);
        let without_gate = milestone::Model { gate_id: None, ..passed.clone() };
        refused_alike(update_milestone(&db, without_gate).await, shape);
        let more_than_whole = milestone::Model { share_bp: Some(10_001), ..passed.clone() };
        refused_alike(update_milestone(&db, more_than_whole).await, "milestone_share");
    }

    async fn codes_amounts_and_hashes_are_checked(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let tranche = store::entity::tranche::Model { id: id(506), ordinal: 2, ..rows.tranche };
        let mut unknown = tranche.clone();
        "PAID".clone_into(&mut unknown.state);
        refused_alike(insert(&db, unknown).await, "tranche_state_code");
        let mut negative = tranche.clone();
        negative.amount_minor = -1;
        refused_alike(insert(&db, negative).await, "tranche_amount_minor_whole");
        let mut foreign = tranche.clone();
        "yen".clone_into(&mut foreign.currency);
        refused_alike(insert(&db, foreign).await, "tranche_currency_iso");
        let mut retention = tranche;
        "RETENTION".clone_into(&mut retention.kind);
        refused_alike(insert(&db, retention).await, "tranche_milestone");
        let mut shouted = rows.evidence;
        (shouted.id, shouted.sha256) = (id(507), shouted.sha256.to_uppercase());
        refused_alike(insert(&db, shouted).await, "evidence_sha256_hex");
    }
}
