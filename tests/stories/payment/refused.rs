//! What the database refuses by itself about payments, by name.

use domain::access::{GrantScope, Role};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use store::command::{GrantRole, ReviewPaymentBatch};
use store::entity::payment_instruction;

use super::{payable_award, reference_of};
use crate::builders::World;
use crate::harness::refused;
use crate::harness::rows::{id, insert};

async fn refused_by(db: &DatabaseConnection, statement: &str) -> String {
    refused::by(db.execute_unprepared(statement).await)
}

on_both! {
    async fn nothing_is_instructed_without_a_live_release_and_a_confirmed_account(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let row = world.payments(batch).await[0].clone();
        let young = world.run(world.people.finance_contact, &world.proposal("7654321")).await;
        let db = world.store.reads();
        let another = payment_instruction::Model {
            id: id(900),
            ordinal: 2,
            reference: "ANOTHER".to_owned(),
            ..row.clone()
        };
        let more = payment_instruction::Model { amount_minor: row.amount_minor + 1, ..another.clone() };
        let refused = refused::by(insert(db, more).await);
        assert_eq!(refused, "payment_instruction_needs_live_release");
        let young = young.payee_account.uuid();
        let unconfirmed = payment_instruction::Model { payee_account_id: young, ..another.clone() };
        let refused = refused::by(insert(db, unconfirmed).await);
        assert_eq!(refused, "payment_instruction_needs_confirmed_account");
        let sent = payment_instruction::Model { state: "SENT".to_owned(), ..another.clone() };
        let refused = refused::by(insert(db, sent).await);
        assert_eq!(refused, "payment_instruction_needs_approval");
        // The same release twice.
        let twice = refused::by(insert(db, another).await);
        assert!(
            ["payment_instruction_one_live", "payment_instruction.release_id"].contains(&twice.as_str()),
            "{twice}"
        );
    }

    /// A guard that compared with an empty column compared with nothing.
    async fn the_reviewer_stays_on_record_and_is_nobody_else_of_the_batch(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let db = world.store.reads();
        let by_preparer = "UPDATE payment_batch SET state = 'REVIEWED', reviewed_by = prepared_by, \
             reviewed_at = occurred_at";
        assert_eq!(refused_by(db, by_preparer).await, "payment_batch_reviewer_apart");
        let grant = GrantRole {
            person: world.people.officer,
            role: Role::FinanceApprover,
            scope: GrantScope::Programme(world.programme),
            from: world.clock.today(),
            until: None,
        };
        world.run(world.people.administrator, &grant).await;
        let review = ReviewPaymentBatch { payment_batch: batch };
        world.run(world.people.officer, &review).await;
        let approved = "UPDATE payment_batch SET state = 'APPROVED', approved_at = occurred_at, \
             approved_by = ";
        for (columns, name) in [
            ("reviewed_by", "payment_batch_reviewer_apart"),
            ("proposed_by, reviewed_by = NULL, reviewed_at = NULL", "payment_batch_fixed"),
            ("proposed_by, reviewed_by = called_person_id", "payment_batch_fixed"),
            ("proposed_by, exported_by = proposed_by", "payment_batch_fixed"),
        ] {
            let somebody = |column| format!("(SELECT {column} FROM payee_account LIMIT 1)");
            let columns = columns.replace("proposed_by", &somebody("proposed_by"));
            let columns = columns.replace("called_person_id", &somebody("called_person_id"));
            assert_eq!(refused_by(db, &format!("{approved}{columns}")).await, name, "{columns}");
        }
    }

    async fn what_is_fixed_stays_fixed(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let db = world.store.reads();
        for (statement, name) in [
            ("UPDATE payment_instruction SET state = 'SENT'", "payment_instruction_needs_approval"),
            ("UPDATE payment_instruction SET amount_minor = 1", "payment_instruction_fixed"),
            ("UPDATE payment_batch SET total_minor = 1", "payment_batch_fixed"),
            ("DELETE FROM payment_instruction", "payment_instruction_fixed"),
            ("UPDATE tranche_release SET revoked_at = occurred_at", "tranche_release_instructed"),
            ("UPDATE payee_account SET number = '0000000'", "payee_account_answered_once"),
            (
                "UPDATE payment_batch SET state = 'APPROVED', approved_by = prepared_by, \
                 approved_at = occurred_at",
                "payment_batch_two_persons",
            ),
        ] {
            assert_eq!(refused_by(db, statement).await, name, "{statement}");
        }
        let approval = world.approval(batch).await;
        world.run(world.people.approver, &approval).await;
        world.exported(batch).await;
        for statement in [
            "UPDATE payment_batch SET exported_at = state_since",
            "UPDATE payment_batch SET state = 'APPROVED', exported_at = NULL, export_sha256 = NULL",
        ] {
            assert_eq!(refused_by(db, statement).await, "payment_batch_fixed", "{statement}");
        }
        world.clock.pass_days(5);
        let reference = reference_of(&world, batch).await;
        world.answered(world.bank_line(&reference, 10, None)).await;
        let line = "UPDATE settlement_line SET amount_minor = 1";
        assert_eq!(refused_by(db, line).await, "settlement_line_resolved_once");
    }
}
