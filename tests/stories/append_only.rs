//! What was once recorded stays as it was, whoever asks.

use sea_orm::prelude::*;
use sea_orm::{DatabaseConnection, DbBackend, ExecResult};

use store::entity::receipt;

use crate::harness::refused;
use crate::harness::rows::{id, insert, one_of_each};

const APPEND_ONLY: &[&str] = &[
    "audit_event",
    "budget",
    "carry_over",
    "conflict_declaration",
    "decided_amount",
    "determination",
    "evidence",
    "gate_decision",
    "ledger_transfer",
    "receipt_refund",
    "recommendation",
    "recusal",
    "report",
    "report_answer",
    "report_version",
    "return_charge",
    "return_order",
    "return_reduction",
    "settlement_file",
    "sign_off",
    "site_visit",
    "year_closing",
    "tax_credit_return",
    "wind_down",
];

async fn run(db: &DatabaseConnection, statement: &str) -> Result<ExecResult, DbErr> {
    db.execute_unprepared(statement).await
}

on_both! {
    async fn append_only_tables_refuse_every_change(db: TestDatabase) {
        let db = db.connect().await;
        one_of_each().insert(&db).await;
        for table in APPEND_ONLY {
            let update = format!("UPDATE {table} SET command_id = command_id");
            assert_eq!(refused::by(run(&db, &update).await), "append_only", "{update}");
            let delete = format!("DELETE FROM {table}");
            assert_eq!(refused::by(run(&db, &delete).await), "append_only", "{delete}");
            if db.get_database_backend() == DbBackend::Postgres {
                let truncate = format!("TRUNCATE {table} CASCADE");
                    assert_eq!(refused::by(run(&db, &truncate).await), "append_only", "{truncate}");
            }
        }
    }

    async fn a_vote_is_marked_void_once_and_otherwise_never_changed(db: TestDatabase) {
        let db = db.connect().await;
        one_of_each().insert(&db).await;
        let both = "UPDATE sign_off SET void_reason = 'late', outcome = 'NO_GO'";
        assert_eq!(refused::by(run(&db, both).await), "append_only");
        run(&db, "UPDATE sign_off SET void_reason = 'late'").await.expect("void");
        let again = "UPDATE sign_off SET void_reason = 'later'";
        assert_eq!(refused::by(run(&db, again).await), "append_only");
        let back = "UPDATE sign_off SET void_reason = NULL";
        assert_eq!(refused::by(run(&db, back).await), "append_only");
    }

    async fn a_receipt_is_taken_back_once_and_otherwise_never_changed(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let other = receipt::Model { id: id(901), reference: "R-2".to_owned(), ..rows.receipt };
        insert(&db, other).await.expect("a receipt");
        let back = "taken_back_at = recorded_at, taken_back_reason = 'wrong body'";
        for change in ["amount_minor = 1", "reference = 'R-9'", "taken_back_at = recorded_at",
            &format!("{back}, amount_minor = 1")]
        {
            let update = format!("UPDATE receipt SET {change} WHERE reference = 'R-2'");
            assert_eq!(refused::by(run(&db, &update).await), "receipt_taken_back_once", "{update}");
        }
        let refunded = format!("UPDATE receipt SET {back} WHERE reference = 'R-1'");
        let refused_by = refused::by(run(&db, &refunded).await);
        assert_eq!(refused_by, "receipt_taken_back_not_refunded");
        let other = "WHERE reference = 'R-2'";
        run(&db, &format!("UPDATE receipt SET {back} {other}")).await.expect("taken back");
        let again = &format!("UPDATE receipt SET taken_back_reason = 'later' {other}");
        assert_eq!(refused::by(run(&db, again).await), "receipt_taken_back_once");
        let delete = run(&db, "DELETE FROM receipt").await;
        assert_eq!(refused::by(delete), "receipt_taken_back_once");
    }

    async fn a_sealed_submission_is_withdrawn_but_never_rewritten(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        for change in [
            "narrative = 'better'",
            "kpi_values = '{}'",
            "seal = NULL",
            "amount_minor = 1",
            "submitted_at = NULL",
            "round = 2",
            "state = 'DRAFT'",
            "state = 'WITHDRAWN', narrative = 'better'",
        ] {
            let change = format!("UPDATE submission SET {change}");
            assert_eq!(refused::by(run(&db, &change).await), "submission_sealed", "{change}");
        }
        run(&db, "UPDATE submission SET state = 'WITHDRAWN', revision = 2").await.expect("withdrawn");
        let sealed_again = "UPDATE submission SET state = 'SEALED'";
        assert_eq!(refused::by(run(&db, sealed_again).await), "submission_sealed");
        let deletion = run(&db, "DELETE FROM submission").await;
        assert_eq!(refused::by(deletion), "submission_sealed");
    }

    async fn a_draft_is_rewritten_freely(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        let mut draft = rows.submission;
        draft.id = crate::harness::rows::id(500);
        draft.version = 2;
        "DRAFT".clone_into(&mut draft.state);
        (draft.seal, draft.submitted_at, draft.submitted_by) = (None, None, None);
        (draft.policy_version_id, draft.milestone_version_id, draft.tranche_id) = (None, None, None);
        (draft.amount_minor, draft.currency) = (None, None);
        insert(&db, draft).await.expect("a draft");
        run(&db, "UPDATE submission SET narrative = 'better' WHERE state = 'DRAFT'")
            .await
            .expect("a better draft");
    }

    async fn a_release_is_revoked_once_and_otherwise_never_changed(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        insert(&db, rows.tranche_release).await.expect("a release");
        let more = "UPDATE tranche_release SET amount_minor = 2";
        assert_eq!(refused::by(run(&db, more).await), "tranche_release_revoked_once");
        let revoke = "UPDATE tranche_release SET revoked_at = occurred_at, revoke_reason = 'why'";
        run(&db, revoke).await.expect("revoked");
        assert_eq!(refused::by(run(&db, revoke).await), "tranche_release_revoked_once");
        let restore = "UPDATE tranche_release SET revoked_at = NULL, revoke_reason = NULL";
        assert_eq!(refused::by(run(&db, restore).await), "tranche_release_revoked_once");
        assert_eq!(
            refused::by(run(&db, "DELETE FROM tranche_release").await),
            "tranche_release_revoked_once"
        );
    }
}
