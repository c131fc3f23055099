//! What the bank answers, more than once, too early, or when the money has gone on.

use domain::closing::CostCategory;
use domain::id::{PaymentInstructionId, SettlementLineId};
use domain::payment::{ReturnReason, UnmatchedReason};
use domain::{Coded, Refusal};
use sea_orm::{EntityTrait, QueryOrder};
use store::command::{
    BankLine, DetermineAmount, ImportSettlement, RecordSettlement, ResolveSettlementLine,
};
use store::entity::{payment_instruction, settlement_line};

use super::{WHY, assert_in_order, held, payable_award, reference_of};
use crate::builders::{World, date, year};
use crate::stories::closing;

/// What a smudged reference says.
const SMUDGED: &str = "SMUDGED";

/// The lines on record, in their order.
async fn lines(world: &World) -> Vec<settlement_line::Model> {
    settlement_line::Entity::find()
        .order_by_asc(settlement_line::Column::Id)
        .all(world.store.reads())
        .await
        .expect("lines")
}

/// A file of these lines, another one by its `name`.
fn file(world: &World, name: &str, lines: Vec<BankLine>) -> ImportSettlement {
    ImportSettlement {
        programme: world.programme,
        name: name.to_owned(),
        part: None,
        lines,
    }
}

fn resolution(line: &settlement_line::Model, to: PaymentInstructionId) -> ResolveSettlementLine {
    ResolveSettlementLine {
        settlement_line: SettlementLineId::new(line.id),
        payment_instruction: Some(to),
        reason: WHY.to_owned(),
    }
}

/// Two payments of ten millions each with the bank, whose answers are smudged.
pub(super) async fn two_payments(world: &World) -> [PaymentInstructionId; 2] {
    let first = payable_award(world).await;
    let second = world.award().active().await;
    world.pass(second.milestones[0]).await;
    let releases = [
        world.release(first.tranches[0]).await,
        world.release(second.tranches[0]).await,
    ];
    let batch = world.sent(&releases).await;
    world.clock.pass_days(5);
    let rows = world.payments(batch).await;
    [rows[0].id.into(), rows[1].id.into()]
}

pub(super) async fn payment_row(
    world: &World,
    payment: PaymentInstructionId,
) -> payment_instruction::Model {
    let found = payment_instruction::Entity::find_by_id(payment.uuid()).one(world.store.reads());
    found.await.expect("an answer").expect("a payment")
}

pub(super) async fn state_of(world: &World, payment: PaymentInstructionId) -> String {
    payment_row(world, payment).await.state
}

on_both! {
    /// Banks send their answers again with the next ones: the same answer pays nobody twice.
    async fn an_answer_that_comes_again_speaks_of_one_payment_only(db: TestDatabase) {
        let world = World::new(&db).await;
        let [first, second] = two_payments(&world).await;
        let preparer = world.people.preparer;
        let smudged = world.bank_line(SMUDGED, 10, None);
        // Both files come before anybody looks.
        world.run(preparer, &file(&world, "monday", vec![smudged.clone()])).await;
        let another = world.bank_line("ANOTHER", 10, None);
        let tuesday = file(&world, "tuesday", vec![smudged.clone(), another]);
        world.run(preparer, &tuesday).await;
        let waiting = lines(&world).await;
        world.run(preparer, &resolution(&waiting[0], first)).await;
        let again = world.refusal(preparer, &resolution(&waiting[1], second)).await;
        assert_eq!(again, Refusal::SettlementRepeated {});
        // A file that comes after is known at once.
        let yet_another = world.bank_line("YET-ANOTHER", 10, None);
        let wednesday = file(&world, "wednesday", vec![smudged, yet_another]);
        let known = world.run(preparer, &wednesday).await;
        assert_eq!((known.known, known.repeated, known.unmatched), (false, 1, 1));
        assert_eq!(lines(&world).await[3].instruction_id, Some(first.uuid()));
        assert_eq!(state_of(&world, second).await, "SENT");
        assert_in_order(&world).await;
    }

    /// Two lines of one file are two answers, however alike.
    async fn two_answers_of_one_file_speak_of_two_payments(db: TestDatabase) {
        let world = World::new(&db).await;
        let [first, second] = two_payments(&world).await;
        let preparer = world.people.preparer;
        let smudged = world.bank_line(SMUDGED, 10, None);
        let both = vec![smudged.clone(), smudged];
        world.run(preparer, &file(&world, "monday", both.clone())).await;
        let waiting = lines(&world).await;
        world.run(preparer, &resolution(&waiting[1], second)).await;
        world.run(preparer, &resolution(&waiting[0], first)).await;
        let another = world.bank_line("ANOTHER", 10, None);
        let tuesday = file(&world, "tuesday", [both, vec![another]].concat());
        let known = world.run(preparer, &tuesday).await;
        assert_eq!((known.known, known.repeated, known.unmatched), (false, 2, 1));
        assert_in_order(&world).await;
    }

    /// The bank cannot have booked it yet: by hand it is a slip, in a file it waits for its day.
    async fn an_answer_of_tomorrow_waits(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        world.clock.pass_days(5);
        let mut line = world.bank_line(&reference_of(&world, batch).await, 10, None);
        let day = world.clock.today().succ_opt().expect("a day");
        line.value_date = day;
        let preparer = world.people.preparer;
        let record = RecordSettlement { programme: world.programme, line: line.clone() };
        assert_eq!(world.refusal(preparer, &record).await, Refusal::DateInFuture { date: day });
        world.run(preparer, &file(&world, "early", vec![line])).await;
        let waiting = lines(&world).await.remove(0);
        let why = UnmatchedReason::DatedInFuture;
        assert_eq!(waiting.unmatched_reason.as_deref(), Some(why.code()));
        let to = world.payments(batch).await[0].id.into();
        let early = world.refusal(preparer, &resolution(&waiting, to)).await;
        assert_eq!(early, Refusal::SettlementUnmatched { why });
        world.clock.pass_days(1);
        world.run(preparer, &resolution(&waiting, to)).await;
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);
        assert_in_order(&world).await;
    }

    /// Once its year is determined, what was paid on estimate is granted; what of it was ordered back
    /// cannot come back from the bank as well.
    async fn a_late_return_comes_out_of_where_the_money_is_now(db: TestDatabase) {
        let world = World::new(&db).await;
        for (spent, moved_on) in [(30, false), (6, true)] {
            let award = world.award().milestone(10, 2026).active().await;
            world.pass(award.milestones[0]).await;
            let release = world.release(award.tranches[0]).await;
            let batch = world.sent(&[release]).await;
            world.clock.pass_days(5);
            let reference = reference_of(&world, batch).await;
            world.answered(world.bank_line(&reference, 10, None)).await;
            let costs = [(CostCategory::Personnel, spent)];
            closing::budgeted(&world, &award, &costs).await;
            closing::result_accepted(&world, &award, &costs).await;
            let determine = DetermineAmount {
                award: award.id,
                budget_year: year(2026),
                return_due_on: moved_on.then(|| date("2027-03-01")),
                reason: WHY.to_owned(),
            };
            world.run(world.people.director, &determine).await;
            world.clock.pass_days(1);
            let returned = world.bank_line(&reference, 10, Some(ReturnReason::CalledBack));
            let another = world.bank_line("ANOTHER", spent, None);
            let import = file(&world, &format!("after {spent}"), vec![returned, another]);
            let brought = world.run(world.people.preparer, &import).await;
            if moved_on {
                assert_eq!((brought.matched, brought.unmatched), (0, 2));
                let reasons: Vec<_> = lines(&world)
                    .await
                    .into_iter()
                    .filter(|line| line.reference == reference)
                    .filter_map(|line| line.unmatched_reason)
                    .collect();
                assert_eq!(reasons, [UnmatchedReason::MoneyMovedOn.code()]);
                assert_eq!(held(&world, &award).await, [0, 0, 0, 4]);
            } else {
                assert_eq!((brought.matched, brought.unmatched), (1, 1));
                assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
            }
        }
        assert_in_order(&world).await;
    }
}
