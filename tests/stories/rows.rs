//! A row written through its entity is the row that is read back, on both databases.

use sea_orm::prelude::*;
use store::entity;

use crate::harness::rows::{confirmed_account, insert, one_of_each};

macro_rules! reads_back {
    ($db:ident, $rows:ident, $($table:ident),+ $(,)?) => { $(
        let read = entity::$table::Entity::find().all(&$db).await.expect(stringify!($table));
        assert_eq!(read, [$rows.$table]);
    )+ };
}

on_both! {
    async fn every_table_gives_back_what_it_was_given(db: TestDatabase) {
        let db = db.connect().await;
        let rows = one_of_each();
        rows.insert(&db).await;
        insert(&db, rows.tranche_release.clone()).await.expect("a release");
        insert(&db, rows.set_off.clone()).await.expect("a set-off");
        reads_back!(
            db, rows, programme, organization, organization_identifier, person, affiliation,
            role_grant, service_token, policy_version, theme, gate_template, envelope, award,
            award_participant, plan_version, milestone, milestone_version, tranche, decided_amount,
            wind_down,
            submission, evidence, gate, gate_member, conflict_declaration, recusal, sign_off,
            recommendation, gate_decision, gate_condition, tranche_release,
            set_off, budget, report, report_version, report_answer, site_visit, determination,
            return_order, carry_over, year_closing, export, ledger_transfer, audit_event, idempotency_key,
            payee_account, payment_batch, settlement_file, receipt, receipt_refund,
            return_reduction, return_charge, tax_credit_return,
        );

        // A payment needs an account that a second person has confirmed.
        let (second, confirmed) = confirmed_account();
        insert(&db, second).await.expect("a second person");
        insert(&db, confirmed).await.expect("a confirmed account");
        insert(&db, rows.payment_instruction.clone()).await.expect("a payment");
        insert(&db, rows.settlement_line.clone()).await.expect("a line");
        reads_back!(db, rows, payment_instruction, settlement_line);
    }
}
