//! The largest commands there are, measured against the ten seconds that a command has.
//!
//! Left out of the tests, because what they are about is time, and a test asserts none: what they
//! assert is that the whole of it was done. `cargo test --workspace --test stories -- --ignored
//! --nocapture large_commands` tells how long each took; with `--release`, as it is served.

use std::time::Instant;

use domain::id::PersonId;
use domain::payment::BatchState;
use sea_orm::{EntityTrait, PaginatorTrait};
use store::Command;
use store::command::{CloseYear, DefineEnvelope, ExportPaymentBatch, ImportSettlement};
use store::entity::settlement_line;

use crate::builders::{Verdict, World, millions, year};

/// The most rows that a batch and a file of answers have.
const ROWS: u16 = 200;

/// Awards of one theme that hold money of the year that closes, as in a programme of twenty thousand.
const AWARDS: u16 = 5_000;

/// What `command` answers; tells how long it took.
async fn timed<C: Command>(world: &World, person: PersonId, command: &C) -> C::Outcome {
    let before = Instant::now();
    let outcome = world.run(person, command).await;
    println!("{}: {:?}", C::OPERATION, before.elapsed());
    outcome
}

on_both! {
    #[ignore = "a measurement"]
    async fn a_batch_of_two_hundred_rows_from_its_preparation_to_the_answers(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(1, 2026).active().await;
        let gate = world.pass(award.milestones[0]).await;
        let mut releases = Vec::new();
        for copy in world.copies(&db, (&award, gate), ROWS).await {
            releases.push(world.release(copy.tranche).await);
        }
        let (preparer, approver) = (world.people.preparer, world.people.approver);
        let prepared = timed(&world, preparer, &world.preparing(&releases)).await;
        let payment_batch = prepared.payment_batch;
        let approval = world.approval(payment_batch).await;
        timed(&world, approver, &approval).await;
        let export = timed(&world, approver, &ExportPaymentBatch { payment_batch }).await;
        assert_eq!(export.state, BatchState::Exported);
        world.clock.pass_days(5);
        let payments = world.payments(payment_batch).await;
        let lines = payments.iter().map(|payment| world.bank_line(&payment.reference, 1, None));
        let import = ImportSettlement {
            programme: world.programme,
            name: "results.txt".to_owned(),
            part: None,
            lines: lines.collect(),
        };
        let imported = timed(&world, preparer, &import).await;
        assert_eq!((imported.matched, imported.unmatched), (i64::from(ROWS), 0));
        let lines = settlement_line::Entity::find().count(world.store.reads()).await;
        assert_eq!(lines.expect("lines"), u64::from(ROWS));
        world.assert_in_order().await;
    }

    #[ignore = "a measurement"]
    async fn a_year_in_which_thousands_of_awards_hold_money(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().milestone(1, 2026).active().await;
        let gate = world.recommended(award.milestones[0], &Verdict::go()).await;
        let supplement = DefineEnvelope {
            theme: world.theme,
            fiscal_year: year(2026),
            appropriated: millions(AWARDS.into()),
            consultation_reference: None,
        };
        world.run(world.people.director, &supplement).await;
        world.copies(&db, (&award, gate), AWARDS).await;
        world.clock.set_day("2027-05-01");
        let close = CloseYear {
            theme: world.theme,
            budget_year: year(2026),
            carry_overs: Vec::new(),
        };
        let closed = timed(&world, world.people.director, &close).await;
        let held = millions(i64::from(AWARDS) + 1);
        assert_eq!((closed.decommitted, closed.carried_over), (held, millions(0)));
        assert_eq!(world.envelope(2026).await, 0);
        world.assert_in_order().await;
    }
}
