//! What is taken back: the worked figures of the rule, through the store, on both databases.

use chrono::{Days, NaiveDate};
use domain::award::{AwardStateCode, CancellationGround};
use domain::closing::{
    ChargeKind, CostCategory, DatedAmount, ReportContent, ReportKind, ReturnKind, TaxCredit,
};
use domain::id::{ReceiptId, ReturnOrderId};
use domain::ledger::{Account, Balances};
use domain::milestone::Outcome;
use domain::payment::ReturnReason;
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Money, Rate, Refusal};
use sea_orm::EntityTrait;
use serde_json::json;
use store::command::{
    AcceptReport, ApplyReceipt, CancelAward, CloseAward, DetermineAmount, OrderReturn,
    PrescribeReport, ReceiptApplied, RecordReceipt, RecordSettlement, RefundReceipt,
    ReleaseTranche, RescindReturn, SetBudget, SubmitReport, TakeBackSettlement, WaiveCharge,
    WriteOffReturn,
};
use store::entity::{return_charge, return_order};

use super::{costs, result_accepted};
use crate::builders::{Granted, Verdict, World, millions, year};

const WHY: &str = "記録のとおり";

pub(super) fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

/// An award of which 30 M was received, 20 M on the 228th day after, and that was cancelled for misuse;
/// with the day of the first receipt.
pub(super) async fn cancelled(world: &World) -> (Granted, NaiveDate) {
    let award = world.award().advance(30).milestone(20, 2026).active().await;
    // 228 days after a Monday is a Friday.
    world.clock.set_day("2026-07-12");
    world.pay(award.advance.expect("an advance")).await;
    let first = world.clock.today();
    world.clock.set_day("2027-02-25");
    world.pass(award.milestones[0]).await;
    world.reports_spending(award.id, 30).await;
    world.pay(award.tranches[0]).await;
    assert_eq!((world.clock.today() - first).num_days(), 228);
    cancel(world, &award, None).await;
    (award, first)
}

async fn cancel(world: &World, award: &Granted, part: Option<Money>) {
    let command = CancelAward {
        award: award.id,
        ground: CancellationGround::OtherUse,
        part,
        reason: WHY.to_owned(),
    };
    world.run(world.people.director, &command).await;
}

/// So many days after `first`.
pub(super) fn day(first: NaiveDate, days: u64) -> NaiveDate {
    first + Days::new(days)
}

pub(super) fn go_to(world: &World, day: NaiveDate) {
    world.clock.set_day(&day.to_string());
}

/// An order to return so many millions within 20 days.
fn ordering(world: &World, award: &Granted, amount: i64) -> OrderReturn {
    OrderReturn {
        award: award.id,
        kind: ReturnKind::Cancellation,
        budget_year: year(2026),
        amount: Some(millions(amount)),
        due_on: day(world.clock.today(), 20),
        reason: WHY.to_owned(),
    }
}

pub(super) async fn ordered(
    world: &World,
    award: &Granted,
    amount: i64,
    due_on: NaiveDate,
) -> ReturnOrderId {
    let command = OrderReturn {
        due_on,
        ..ordering(world, award, amount)
    };
    let director = world.people.director;
    world.run(director, &command).await.return_order
}

async fn received(world: &World, amount: Money, reference: &str) -> ReceiptId {
    let command = RecordReceipt {
        organization: world.bodies.applicant,
        amount,
        received_on: world.clock.today(),
        reference: reference.to_owned(),
    };
    world.run(world.people.preparer, &command).await.receipt
}

async fn paid(
    world: &World,
    order: ReturnOrderId,
    amount: Money,
    reference: &str,
) -> ReceiptApplied {
    let receipt = received(world, amount, reference).await;
    let apply = ApplyReceipt {
        receipt,
        return_order: order,
    };
    world.run(world.people.approver, &apply).await
}

/// What is in these accounts of the award, in yen.
pub(super) async fn held(world: &World, award: &Granted) -> [i64; 3] {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    let jpy = Currency::JPY;
    [
        Account::advanced(award.id, jpy),
        Account::returnable(award.id, jpy),
        Account::charges_receivable(award.id, jpy),
    ]
    .map(|account| balances.balance(account).minor())
}

on_both! {
    /// 35 M of 30 M and 20 M, returned on the 487th day of the first and the 259th of the second.
    async fn what_was_misused_comes_back_with_its_surcharge(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, first) = cancelled(&world).await;
        assert_eq!(held(&world, &award).await, [50_000_000, 0, 0]);
        let order = ordered(&world, &award, 35, day(first, 486)).await;
        assert_eq!(held(&world, &award).await, [15_000_000, 35_000_000, 0]);
        go_to(&world, day(first, 486));
        let paid = paid(&world, order, millions(35), "R-1").await;
        assert_eq!((paid.principal, paid.charges), (millions(35), yen(0)));
        assert_eq!(paid.owed, yen(3_745_500));
        assert_eq!(held(&world, &award).await, [15_000_000, 0, 3_745_500]);

        // The charges come with the next receipt, and what is too much is paid back.
        let receipt = received(&world, yen(3_746_000), "R-2").await;
        let apply = ApplyReceipt { receipt, return_order: order };
        let alone = world.refusal(world.people.preparer, &apply).await;
        assert_eq!(alone, Refusal::SecondPersonRequired {});
        let rest = world.run(world.people.approver, &apply).await;
        assert_eq!((rest.charges, rest.rest, rest.owed), (yen(3_745_500), yen(500), yen(0)));
        let again = world.refusal(world.people.approver, &apply).await;
        assert_eq!(again, Refusal::NothingOutstanding {});
        let refund = RefundReceipt { receipt, reference: "F-1".to_owned(), reason: WHY.to_owned() };
        assert_eq!(world.run(world.people.approver, &refund).await.amount, yen(500));
        let unapplied = Account::unapplied(world.bodies.applicant, Currency::JPY);
        let balances = Balances::of(&world.transfers().await).expect("balances");
        assert_eq!(balances.balance(unapplied).minor(), 0);
        world.assert_in_order().await;
    }

    /// The same, 10 M of it 61 days before: the base falls from the next day.
    async fn a_part_payment_lowers_what_the_days_cost(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, first) = cancelled(&world).await;
        let order = ordered(&world, &award, 35, day(first, 486)).await;
        go_to(&world, day(first, 425));
        paid(&world, order, millions(10), "R-1").await;
        go_to(&world, day(first, 486));
        let rest = paid(&world, order, millions(25), "R-2").await;
        assert_eq!(rest.owed, yen(3_562_500));
        world.assert_in_order().await;
    }

    /// The same, all of it 20 days late: both charges run together.
    async fn a_late_return_bears_both_charges(db: TestDatabase) {
        let world = World::new(&db).await;
        let (award, first) = cancelled(&world).await;
        let order = ordered(&world, &award, 35, day(first, 486)).await;
        go_to(&world, day(first, 506));
        let paid = paid(&world, order, millions(35), "R-1").await;
        assert_eq!(paid.owed, yen(3_955_500 + 210_000));
        let asked = "query($id: ID!) { node(id: $id) { ... on ReturnOrder { outstanding { amount }
            charges { kind accrued { amount } levied { amount } } } } }";
        let id = graphql::Id(order).text();
        let told = world.ask(world.people.representative, asked, json!({ "id": id })).await;
        let amount = |minor: &str| json!({ "amount": minor });
        assert_eq!(told["node"], json!({ "outstanding": amount("0"), "charges": [
            { "kind": "SURCHARGE", "accrued": amount("3955500"), "levied": amount("3955500") },
            { "kind": "LATE_CHARGE", "accrued": amount("210000"), "levied": amount("210000") },
        ] }));

        let waiver = WaiveCharge {
            return_order: order,
            charge: ChargeKind::LateCharge,
            amount: yen(210_000),
            reference: "財計第2号".to_owned(),
            reason: "災害".to_owned(),
        };
        assert_eq!(world.run(world.people.director, &waiver).await.amount, yen(0));
        assert_eq!(held(&world, &award).await[2], 3_955_500);
        let above = world.refusal(world.people.director, &waiver).await;
        assert_eq!(above, Refusal::AboveOutstanding { outstanding: "0".to_owned() });
        world.assert_in_order().await;
    }

    /// The same receipt told twice changes nothing; told otherwise it is refused.
    async fn a_receipt_is_recorded_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = received(&world, millions(1), "R-1").await;
        let posted = world.transfers().await.len();
        assert_eq!(received(&world, millions(1), "R-1").await, first);
        assert_eq!(world.transfers().await.len(), posted);
        let other = RecordReceipt {
            organization: world.bodies.applicant,
            amount: millions(2),
            received_on: world.clock.today(),
            reference: "R-1".to_owned(),
        };
        let refused = world.refusal(world.people.preparer, &other).await;
        assert!(matches!(refused, Refusal::AlreadyExists { .. }), "{refused:?}");
        world.assert_in_order().await;
    }

    /// While a body owes a return, nothing is released to it under any award (Act 20).
    async fn what_is_owed_holds_every_payment_to_the_body(db: TestDatabase) {
        let world = World::new(&db).await;
        let other = world.award().active().await;
        let (award, first) = cancelled(&world).await;
        let order = ordered(&world, &award, 50, day(first, 486)).await;
        let release = ReleaseTranche { tranche: other.advance.expect("an advance") };
        let held_back = world.refusal(world.people.preparer, &release).await;
        let blockers = Codes(vec![BlockerCode::ReturnUnpaid]);
        assert_eq!(held_back, Refusal::ReleaseBlocked { blockers });
        let write_off = WriteOffReturn {
            return_order: order,
            reference: "財計第3号".to_owned(),
            reason: "解散".to_owned(),
        };
        assert_eq!(world.run(world.people.director, &write_off).await.amount, millions(50));
        world.run(world.people.preparer, &release).await;
        let closed = world.run(world.people.director, &CloseAward { award: award.id }).await;
        assert_eq!(closed.state, AwardStateCode::Closed);
        world.assert_in_order().await;
    }

    /// A milestone that failed in good faith is no cancellation: its return bears no surcharge.
    async fn a_failure_in_good_faith_never_bears_a_surcharge(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        let failed = Verdict::of(Outcome::NoGo, &[]);
        world.judge(award.milestones[0], failed).await;
        let misuse = world.refusal(director, &ordering(&world, &award, 10)).await;
        assert_eq!(misuse, Refusal::AwardNotCancelled {});
        let good_faith = OrderReturn { kind: ReturnKind::GoodFaith, ..ordering(&world, &award, 10) };
        let order = world.run(director, &good_faith).await.return_order;
        world.clock.pass_days(40);
        let paid = paid(&world, order, millions(10), "R-1").await;
        assert_eq!(paid.owed, yen(10_000_000 * 20 * 3 / 10_000));
        let charges = return_charge::Entity::find().all(world.store.reads()).await.expect("rows");
        assert!(charges.iter().all(|row| row.charge == "LATE_CHARGE"), "{charges:?}");
        world.assert_in_order().await;
    }

    /// What the bank was said to have paid, and was then said not to have, bears no surcharge; what was
    /// said to have come back and had not, does.
    async fn an_answer_that_was_taken_back_is_no_receipt(db: TestDatabase) {
        let world = World::new(&db).await;
        let preparer = world.people.preparer;
        let award = world.award().advance(30).milestone(20, 2026).active().await;
        let release = world.release(award.advance.expect("an advance")).await;
        let batch = world.sent(&[release]).await;
        let reference = world.payments(batch).await[0].reference.clone();
        let record = async |returned| {
            let line = world.bank_line(&reference, 30, returned);
            let record = RecordSettlement { programme: world.programme, line };
            world.run(preparer, &record).await.settlement_line
        };
        let take_back = async |settlement_line| {
            let back = TakeBackSettlement { settlement_line, reason: WHY.to_owned() };
            world.run(preparer, &back).await;
        };
        world.clock.pass_days(5);
        take_back(record(None).await).await;
        world.clock.pass_days(5);
        record(None).await;
        let arrived = world.clock.today();
        world.clock.pass_days(5);
        take_back(record(Some(ReturnReason::CalledBack)).await).await;

        cancel(&world, &award, None).await;
        let due_on = day(world.clock.today(), 20);
        ordered(&world, &award, 30, due_on).await;
        let order = return_order::Entity::find().one(world.store.reads()).await.expect("an answer");
        let receipts: Vec<DatedAmount> =
            serde_json::from_value(order.expect("an order").receipts).expect("receipts");
        assert_eq!(receipts, [DatedAmount { on: arrived, amount: millions(30) }]);
        world.assert_in_order().await;
    }

    /// What one year paid is not ordered back under another, and nothing is paid back to a body that is
    /// late with what it owes.
    async fn what_is_owed_is_owed_under_its_year_and_before_any_refund(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        cancel(&world, &award, None).await;
        let elsewhere = OrderReturn { budget_year: year(2027), ..ordering(&world, &award, 4) };
        let refused = world.refusal(world.people.director, &elsewhere).await;
        assert_eq!(refused, Refusal::ReturnAboveReceipts { received: "0".to_owned() });
        let due_on = day(world.clock.today(), 20);
        let order = ordered(&world, &award, 4, due_on).await;
        let receipt = received(&world, millions(1), "R-1").await;
        go_to(&world, day(due_on, 1));
        let refund = RefundReceipt { receipt, reference: "F-1".to_owned(), reason: WHY.to_owned() };
        let overdue = Refusal::ReturnOverdue { owed: "4000000".to_owned(), due_on };
        assert_eq!(world.refusal(world.people.approver, &refund).await, overdue);
        let apply = ApplyReceipt { receipt, return_order: order };
        assert_eq!(world.run(world.people.approver, &apply).await.principal, millions(1));
        world.assert_in_order().await;
    }

    /// Cancelled in part, an award goes on with a lower decided amount.
    async fn a_part_cancellation_lowers_the_decided_amount(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        cancel(&world, &award, Some(millions(4))).await;
        world.pass(award.milestones[0]).await;
        world.reports_spending(award.id, 10).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let above = world.refusal(world.people.preparer, &release).await;
        assert_eq!(above, Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::DecidedLimit]) });
        let due_on = day(world.clock.today(), 20);
        let more = world.refusal(world.people.director, &ordering(&world, &award, 5)).await;
        assert_eq!(more, Refusal::ReturnAboveCancelled { left: "4000000".to_owned() });
        let order = ordered(&world, &award, 4, due_on).await;
        let rescind = RescindReturn { return_order: order, reason: WHY.to_owned() };
        assert_eq!(world.run(world.people.director, &rescind).await.amount, millions(4));
        assert_eq!(held(&world, &award).await, [10_000_000, 0, 0]);
        let order = ordered(&world, &award, 4, due_on).await;
        paid(&world, order, millions(6), "R-1").await;
        world.pay(award.tranches[0]).await;

        // The costs would justify 30: no more is fixed than is decided in force.
        world.budget(&award, 2026, &[(CostCategory::Personnel, 45_000_000)]).await;
        result_accepted(&world, &award, &[(CostCategory::Personnel, 45)]).await;
        let determine = DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: WHY.to_owned(),
        };
        let determined = world.run(world.people.director, &determine).await;
        assert_eq!((determined.fixed, determined.return_order), (millions(26), None));
        world.assert_in_order().await;
    }

    /// Eleven millions of purchases at a rate of one half: 500,000 of credited consumption tax come back,
    /// as much as the accepted report gives and not otherwise.
    async fn a_credited_consumption_tax_comes_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (officer, director) = (world.people.officer, world.people.director);
        let award = world.award().advance(10).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        let order = OrderReturn {
            kind: ReturnKind::ConsumptionTax,
            amount: None,
            ..ordering(&world, &award, 0)
        };
        let early = world.refusal(director, &order).await;
        assert_eq!(early, Refusal::TaxCreditNotAccepted { budget_year: year(2026) });
        let kind = ReportKind::TaxCredit;
        let prescribe = PrescribeReport {
            award: award.id,
            kind,
            budget_year: year(2026),
            due_on: day(world.clock.today(), 20),
            reason: WHY.to_owned(),
        };
        world.run(officer, &prescribe).await;
        let half = Rate::new(1, 2).expect("a rate");
        let submit = SubmitReport {
            award: award.id,
            kind,
            budget_year: year(2026),
            content: ReportContent {
                narrative: "仕入控除税額".to_owned(),
                expenditure: None,
                tax_credit: Some(TaxCredit::Credited {
                    taxable_purchases: millions(11),
                    tax_in_price: Rate::new(10, 110).expect("a rate"),
                    credited: Rate::new(1, 1).expect("a rate"),
                    subsidy_rate: half,
                }),
            },
        };
        world.budget(&award, 2026, &[(CostCategory::Personnel, 15_000_000)]).await;
        let other = world.refusal(world.people.representative, &submit).await;
        let differs = ("2/3".to_owned(), "1/2".to_owned());
        assert_eq!(other, Refusal::SubsidyRateDiffers { expected: differs.0, found: differs.1 });
        let budget = SetBudget {
            award: award.id,
            budget_year: year(2026),
            approved: costs(&[(CostCategory::Personnel, 15)]),
            standard: millions(15),
            rate: half,
            reason: WHY.to_owned(),
        };
        world.run(director, &budget).await;
        let report = world.run(world.people.representative, &submit).await.report;
        world.run(officer, &AcceptReport { report }).await;
        let told = OrderReturn { amount: Some(yen(400_000)), ..order.clone() };
        let own = world.refusal(director, &told).await;
        assert!(matches!(own, Refusal::InvalidInput { .. }), "{own:?}");
        let ordered = world.run(director, &order).await;
        assert_eq!(ordered.amount, yen(500_000));
        assert_eq!(held(&world, &award).await, [9_500_000, 500_000, 0]);
        let paid = paid(&world, ordered.return_order, yen(500_000), "R-1").await;
        assert_eq!((paid.principal, paid.owed), (yen(500_000), yen(0)));
        // The same report is not ordered back twice.
        let again = world.refusal(director, &order).await;
        assert!(matches!(again, Refusal::AlreadyExists { .. }), "{again:?}");

        // A later report states all of it again: only what is above the first is ordered back.
        let prescribe = PrescribeReport { due_on: day(world.clock.today(), 40), ..prescribe };
        world.run(officer, &prescribe).await;
        let more = SubmitReport {
            content: ReportContent {
                tax_credit: Some(TaxCredit::Credited {
                    taxable_purchases: yen(13_200_000),
                    tax_in_price: Rate::new(10, 110).expect("a rate"),
                    credited: Rate::new(1, 1).expect("a rate"),
                    subsidy_rate: half,
                }),
                ..submit.content
            },
            ..submit
        };
        let report = world.run(world.people.representative, &more).await.report;
        world.run(officer, &AcceptReport { report }).await;
        let rest = world.run(director, &order).await;
        assert_eq!(rest.amount, yen(100_000));
        assert_eq!(held(&world, &award).await, [9_400_000, 100_000, 0]);
        let again = world.refusal(director, &order).await;
        assert!(matches!(again, Refusal::AlreadyExists { .. }), "{again:?}");
        world.assert_in_order().await;
    }
}
