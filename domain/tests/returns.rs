//! Orders to return: their receipts, their payments, and what the days cost.

use domain::calculation::CalculationSheet;
use domain::closing::{
    ChargeKind, DatedAmount, Movement, Receipt, Received, Reduction, ReductionCause, ReturnKind,
    ReturnOrder, ReturnRequest, ReturnState, charge_to_receipts,
};
use domain::ledger::AccountKind;
use domain::tranche::PaymentBasis;
use domain::{Coded, Policy, Refusal};
use proptest::prelude::*;

use crate::support::{account, date, post_all, uuid, yen};

fn on(day: &str, amount: i64) -> DatedAmount {
    DatedAmount {
        on: date(day),
        amount: yen(amount),
    }
}

/// 30,000,000 received on 1 June 2025 and 20,000,000 on 15 January 2026.
fn receipts() -> Vec<DatedAmount> {
    vec![on("2025-06-01", 30_000_000), on("2026-01-15", 20_000_000)]
}

fn request(amount: i64) -> ReturnRequest<'static> {
    ReturnRequest {
        kind: ReturnKind::Cancellation,
        amount: yen(amount),
        ordered_on: date("2026-06-30"),
        due_on: date("2026-09-30"),
        reason: "used for another purpose",
    }
}

/// 35,000,000 ordered back on 30 June 2026 and due on 30 September.
fn order() -> ReturnOrder {
    ReturnOrder::order(request(35_000_000), &receipts(), yen(0)).expect("an order")
}

fn pay(order: ReturnOrder, payment: DatedAmount) -> Received {
    order
        .repay(payment, &Policy::default(), 1)
        .expect("a payment")
}

/// The surcharge and the late charge levied when `payments` were made, in this order.
fn levied(order: ReturnOrder, payments: &[DatedAmount]) -> (i64, i64) {
    let paid = payments
        .iter()
        .fold(order, |order, payment| pay(order, *payment).order);
    (
        paid.surcharge.levied.minor(),
        paid.late_charge.levied.minor(),
    )
}

/// The surcharge on `amount` received on `from` and repaid on `until`.
fn surcharge(amount: i64, from: &str, until: &str) -> i64 {
    let request = ReturnRequest {
        ordered_on: date(until),
        due_on: date(until),
        ..request(amount)
    };
    let order = ReturnOrder::order(request, &[on(from, amount)], yen(0)).expect("an order");
    levied(order, &[on(until, amount)]).0
}

#[test]
fn a_return_is_charged_to_the_latest_receipt_first() {
    let charged = [on("2026-01-15", 20_000_000), on("2025-06-01", 15_000_000)];
    assert_eq!(order().receipts, charged);
    assert_eq!(surcharge(20_000_000, "2026-01-15", "2026-09-30"), 1_554_000);
    assert_eq!(surcharge(15_000_000, "2025-06-01", "2026-09-30"), 2_191_500);
    assert_eq!(
        levied(order(), &[on("2026-09-30", 35_000_000)]),
        (3_745_500, 0)
    );
}

#[test]
fn whether_the_first_day_counts_is_policy() {
    let policy = Policy {
        surcharge_counts_both_ends: false,
        ..Policy::default()
    };
    let payment = on("2026-09-30", 35_000_000);
    let received = order().repay(payment, &policy, 1);
    assert_eq!(received.unwrap().order.surcharge.levied, yen(3_735_000));
}

#[test]
fn a_year_of_366_days_costs_366_days() {
    assert_eq!(surcharge(10_000_000, "2027-06-01", "2028-05-31"), 1_098_000);
}

#[test]
fn after_a_part_payment_the_base_falls_from_the_next_day() {
    let payments = [on("2026-07-31", 10_000_000), on("2026-09-30", 25_000_000)];
    assert_eq!(levied(order(), &payments), (3_562_500, 0));
}

#[test]
fn a_late_charge_runs_from_the_day_after_the_due_date_together_with_the_surcharge() {
    assert_eq!(
        levied(order(), &[on("2026-10-20", 35_000_000)]),
        (3_955_500, 210_000)
    );
    assert_eq!(levied(order(), &[on("2026-10-01", 35_000_000)]).1, 10_500);
}

#[test]
fn one_day_of_3333_and_6667_is_three_yen_however_it_is_received_or_paid() {
    let day = "2026-06-30";
    let request = ReturnRequest {
        due_on: date(day),
        ..request(10_000)
    };
    let receipts = [on(day, 3_333), on(day, 6_667)];
    let order = || ReturnOrder::order(request, &receipts, yen(0)).unwrap();
    assert_eq!(levied(order(), &[on(day, 10_000)]), (3, 0));
    assert_eq!(levied(order(), &[on(day, 3_333), on(day, 6_667)]), (3, 0));
}

#[test]
fn only_a_cancellation_bears_a_surcharge_and_every_return_a_late_charge() {
    for kind in ReturnKind::ALL {
        let request = ReturnRequest {
            kind: *kind,
            ..request(35_000_000)
        };
        let order = ReturnOrder::order(request, &receipts(), yen(0)).unwrap();
        let (surcharge, late_charge) = levied(order, &[on("2026-10-20", 35_000_000)]);
        let cancelled = *kind == ReturnKind::Cancellation;
        assert_eq!(surcharge, if cancelled { 3_955_500 } else { 0 }, "{kind}");
        assert_eq!(late_charge, 210_000, "{kind}");
    }
}

#[test]
fn a_payment_covers_the_principal_then_the_surcharge_then_the_late_charge() {
    let received = pay(order(), on("2026-10-20", 36_000_000));
    assert_eq!(
        (received.principal, received.charges, received.unapplied),
        (yen(35_000_000), yen(1_000_000), yen(0))
    );
    assert_eq!(received.order.state(), Ok(ReturnState::Repaid));
    assert_eq!(received.order.surcharge.outstanding(), Ok(yen(2_955_500)));
    let rest = pay(received.order, on("2026-11-01", 4_000_000));
    assert!(rest.levies.is_empty());
    assert_eq!(
        (rest.charges, rest.unapplied),
        (yen(3_165_500), yen(834_500))
    );
    assert_eq!(rest.order.owed(), Ok(yen(0)));
}

#[test]
fn a_payment_posts_what_it_levies_what_it_pays_and_what_is_left_over() {
    let (award, programme, payer) = (uuid(7).into(), uuid(7).into(), uuid(7).into());
    let receipt = Receipt {
        programme,
        payer,
        amount: yen(40_000_000),
    };
    let received = pay(order(), on("2026-10-20", 40_000_000));
    let by_hand = receipt.received().into_iter();
    let by_hand = by_hand.chain(received.application_movements(award, payer));
    assert_is_paid(&received, by_hand.collect());
    assert_is_paid(&received, received.repayment_movements(award, &receipt));
}

/// The 40,000,000 that `paid` moves cover the order and what it was charged with.
fn assert_is_paid(received: &Received, paid: Vec<Movement>) {
    let (award, programme) = (uuid(7).into(), uuid(7).into());
    let ordered = order().movements(award, yen(5_000_000));
    let mut movements = ordered.expect("movements");
    movements.extend(received.levy_movements(award, programme));
    movements.extend(paid);
    let opening = [
        (AccountKind::Advanced, 30_000_000),
        (AccountKind::Granted, 5_000_000),
    ];
    let balances = post_all(opening, &movements);
    let holds = |kind| balances.balance(account(kind)).minor();
    assert_eq!(holds(AccountKind::Treasury), 40_000_000);
    assert_eq!(holds(AccountKind::Unapplied), -834_500);
    assert_eq!(holds(AccountKind::ChargesLevied), -4_165_500);
    for empty in [
        AccountKind::Advanced,
        AccountKind::Granted,
        AccountKind::Returnable,
        AccountKind::ChargesReceivable,
    ] {
        assert_eq!(holds(empty), 0, "{empty}");
    }
}

/// Nothing is owed before the order: the surcharge runs until its day, and nothing is late.
#[test]
fn what_came_before_the_order_pays_on_its_day() {
    let counts = |day| order().counts_from(date(day));
    assert_eq!(counts("2026-06-01"), date("2026-06-30"));
    assert_eq!(counts("2026-07-01"), date("2026-07-01"));
    let early = DatedAmount {
        on: counts("2026-06-01"),
        amount: yen(35_000_000),
    };
    let until_the_order = surcharge(15_000_000, "2025-06-01", "2026-06-30")
        + surcharge(20_000_000, "2026-01-15", "2026-06-30");
    assert_eq!(levied(order(), &[early]), (until_the_order, 0));
}

#[test]
fn an_earlier_order_has_its_part_of_the_receipts_already() {
    let charged = charge_to_receipts(&receipts(), yen(35_000_000), yen(10_000_000));
    assert_eq!(charged, Ok(vec![on("2025-06-01", 10_000_000)]));
    let above = Refusal::ReturnAboveReceipts {
        received: "15000000".to_owned(),
    };
    let charged = charge_to_receipts(&receipts(), yen(35_000_000), yen(15_000_001));
    assert_eq!(charged, Err(above));
}

#[test]
fn an_order_is_refused_by_name() {
    let refused =
        |request: ReturnRequest<'_>| ReturnOrder::order(request, &receipts(), yen(0)).map(drop);
    assert_eq!(refused(request(0)), Err(Refusal::AmountNotPositive {}));
    let silent = ReturnRequest {
        reason: "\n",
        ..request(1)
    };
    assert_eq!(refused(silent), Err(Refusal::ReasonRequired {}));
    let due_before = ReturnRequest {
        due_on: date("2026-06-29"),
        ..request(1)
    };
    let past = Refusal::DateInPast {
        date: date("2026-06-29"),
    };
    assert_eq!(refused(due_before), Err(past));
    let early = on("2026-06-29", 1);
    let received = order().repay(early, &Policy::default(), 1);
    let ordered_on = date("2026-06-30");
    assert_eq!(received, Err(Refusal::ReturnNotOrderedYet { ordered_on }));
}

#[test]
fn a_charge_is_waived_with_a_reason_and_the_reference_of_the_consultation() {
    let charge = pay(order(), on("2026-10-20", 35_000_000)).order.surcharge;
    let waived = charge
        .waive(yen(955_500), "財計第2号", "flood at the site")
        .unwrap();
    assert_eq!(waived.outstanding(), Ok(yen(3_000_000)));
    assert_eq!(waived.levied, charge.levied);
    let refused =
        |amount, reference, reason| charge.waive(yen(amount), reference, reason).unwrap_err();
    assert_eq!(refused(0, "a", "b"), Refusal::AmountNotPositive {});
    assert_eq!(refused(1, " ", "b"), Refusal::WaiverReferenceRequired {});
    assert_eq!(refused(1, "a", ""), Refusal::ReasonRequired {});
    let above = Refusal::AboveOutstanding {
        outstanding: "3955500".to_owned(),
    };
    assert_eq!(refused(3_955_501, "a", "b"), above);
}

#[test]
fn what_was_rescinded_bears_no_charge_for_any_day() {
    let mut part_rescinded = order();
    part_rescinded.reductions.push(Reduction {
        reduced: on("2026-10-05", 5_000_000),
        cause: ReductionCause::Rescinded,
    });
    assert_eq!(part_rescinded.stands(), Ok(yen(30_000_000)));
    // 20 M for 279 days and 10 M for 507; 30 M for 20 days after the due date.
    let charges = levied(part_rescinded, &[on("2026-10-20", 30_000_000)]);
    assert_eq!(charges, (3_195_000, 180_000));
}

#[test]
fn the_rest_of_a_return_is_given_up_or_rescinded_with_a_reason() {
    let award = uuid(7).into();
    let part_paid = pay(order(), on("2026-07-31", 10_000_000)).order;
    assert_eq!(part_paid.state(), Ok(ReturnState::Open));
    let (given_up, rest) = part_paid
        .clone()
        .write_off(date("2027-04-01"), "the body is dissolved")
        .unwrap();
    assert_eq!(
        (given_up.state(), rest),
        (Ok(ReturnState::WrittenOff), yen(25_000_000))
    );
    let (rescinded, rest) = part_paid
        .clone()
        .rescind(date("2026-08-01"), "ordered on a wrong figure")
        .unwrap();
    assert_eq!(
        (rescinded.state(), rest),
        (Ok(ReturnState::Rescinded), yen(25_000_000))
    );
    for movement in [
        ReturnOrder::written_off(award, rest),
        ReturnOrder::rescinded(award, PaymentBasis::Estimate, rest),
        ReturnOrder::rescinded(award, PaymentBasis::Settlement, rest),
    ] {
        let balances = post_all(
            [(AccountKind::Returnable, rest.minor())],
            &[movement.unwrap()],
        );
        assert!(balances.balance(account(AccountKind::Returnable)).is_zero());
    }
    let day = date("2026-08-02");
    assert_eq!(
        part_paid.write_off(day, ""),
        Err(Refusal::ReasonRequired {})
    );
    let twice = rescinded.write_off(day, "again");
    assert_eq!(twice, Err(Refusal::NothingOutstanding {}));
}

#[test]
fn a_payment_that_becomes_known_late_takes_back_what_was_levied_too_much() {
    let (early, late) = (on("2026-07-31", 10_000_000), on("2026-09-30", 25_000_000));
    let first = pay(order(), late);
    assert_eq!(first.order.surcharge.levied, yen(3_745_500));
    let second = pay(first.order, early);
    assert_eq!(second.order.surcharge.levied, yen(3_562_500));
    let (kind, levy) = &second.levies[0];
    assert_eq!(
        (*kind, levy.taken_back),
        (ChargeKind::Surcharge, yen(183_000))
    );
    assert!(levy.sheet.replays());
    // The sheet tells the parts as they were paid, whenever that became known.
    let in_time = pay(pay(order(), early).order, late);
    assert_eq!(levy.sheet.steps, in_time.levies[0].1.sheet.steps);
}

#[test]
fn the_sheet_of_a_surcharge_tells_every_part_and_survives_storage() {
    let received = pay(order(), on("2026-09-30", 35_000_000));
    let (_, levy) = &received.levies[0];
    let steps: Vec<_> = levy
        .sheet
        .steps
        .iter()
        .map(|step| {
            format!(
                "{} {:?} -> {}",
                step.step,
                step.inputs,
                step.result.amount()
            )
        })
        .collect();
    insta::assert_snapshot!(steps.join("\n"));
    let json = serde_json::to_string(&levy.sheet).unwrap();
    assert_eq!(serde_json::from_str(&json).ok(), Some(levy.sheet.clone()));
    let doctored = CalculationSheet {
        result: yen(3_745_501),
        ..levy.sheet.clone()
    };
    assert!(!doctored.replays());
}

/// Receipts of up to a hundred million yen within some two years before the order.
fn any_receipts() -> impl Strategy<Value = Vec<DatedAmount>> {
    let receipt = (0_i64..700, 1_i64..100_000_000).prop_map(|(days_before, amount)| DatedAmount {
        on: date("2026-06-30") - chrono::TimeDelta::days(days_before),
        amount: yen(amount),
    });
    proptest::collection::vec(receipt, 1..6)
}

/// Payments of some parts of the order within a year after it.
fn any_payments() -> impl Strategy<Value = Vec<DatedAmount>> {
    let payment = (0_i64..365, 1_i64..50_000_000).prop_map(|(days_after, amount)| DatedAmount {
        on: date("2026-06-30") + chrono::TimeDelta::days(days_after),
        amount: yen(amount),
    });
    proptest::collection::vec(payment, 1..6)
}

fn total(parts: &[DatedAmount]) -> i64 {
    parts.iter().map(|part| part.amount.minor()).sum()
}

/// An order for as much of the receipts as the payments cover.
fn ordered(receipts: &[DatedAmount], payments: &[DatedAmount]) -> (ReturnOrder, Vec<DatedAmount>) {
    let amount = total(receipts).min(total(payments));
    let order = ReturnOrder::order(request(amount), receipts, yen(0)).expect("an order");
    let mut left = amount;
    let mut within = Vec::new();
    for payment in payments {
        let part = payment.amount.minor().min(left);
        left -= part;
        if part > 0 {
            within.push(DatedAmount {
                amount: yen(part),
                ..*payment
            });
        }
    }
    (order, within)
}

fn accrued(order: &ReturnOrder, kind: ChargeKind, days_after: i64) -> i64 {
    let until = date("2026-06-30") + chrono::TimeDelta::days(days_after);
    let accrual = order
        .accrual(kind, until, &Policy::default())
        .expect("figures that fit");
    CalculationSheet::of(1, accrual)
        .expect("figures that fit")
        .result
        .minor()
}

proptest! {
    #[test]
    fn charging_to_receipts_loses_and_makes_no_yen(
        receipts in any_receipts(),
        before in 0_i64..100_000_000,
        amount in 1_i64..100_000_000,
    ) {
        let left = (total(&receipts) - before).max(0);
        match charge_to_receipts(&receipts, yen(before), yen(amount)) {
            Ok(charged) => {
                prop_assert_eq!(total(&charged), amount);
                prop_assert!(charged.windows(2).all(|pair| pair[0].on >= pair[1].on));
            }
            Err(_) => prop_assert!(amount > left),
        }
    }

    /// Payments of the same days cost the same in whatever order they become known, and what is
    /// levied on the way is in the end the exact charge cut off once.
    #[test]
    fn the_order_in_which_payments_become_known_costs_nothing(
        (known, shuffled) in any_payments()
            .prop_flat_map(|payments| (Just(payments.clone()), Just(payments).prop_shuffle())),
        receipts in any_receipts(),
    ) {
        let amount = total(&receipts).min(total(&known));
        prop_assume!(amount == total(&known));
        let order = ReturnOrder::order(request(amount), &receipts, yen(0)).unwrap();
        prop_assert_eq!(levied(order.clone(), &known), levied(order, &shuffled));
    }

    #[test]
    fn what_is_levied_at_each_payment_adds_up_to_one_floor(
        receipts in any_receipts(),
        payments in any_payments(),
    ) {
        let (order, mut payments) = ordered(&receipts, &payments);
        payments.sort_by_key(|payment| payment.on);
        let mut paid = order;
        let mut levied = [0, 0];
        for payment in &payments {
            let received = pay(paid, *payment);
            for (kind, levy) in &received.levies {
                prop_assert!(levy.taken_back.is_zero());
                levied[usize::from(*kind == ChargeKind::LateCharge)] += levy.levied.minor();
            }
            paid = received.order;
        }
        let exact = |kind: ChargeKind| {
            // Every payment uses up the latest receipt: the same sum, added up day by day.
            let mut days = 0_i128;
            let mut lots = paid.receipts.clone();
            for payment in &payments {
                let mut left = payment.amount.minor();
                for lot in &mut lots {
                    let part = lot.amount.minor().min(left);
                    left -= part;
                    lot.amount = yen(lot.amount.minor() - part);
                    let bearing = match kind {
                        ChargeKind::Surcharge => (payment.on - lot.on).num_days() + 1,
                        ChargeKind::LateCharge => (payment.on - paid.due_on).num_days().max(0),
                    };
                    days += i128::from(part) * i128::from(bearing);
                }
            }
            days * 3 / 10_000
        };
        prop_assert_eq!(i128::from(levied[0]), exact(ChargeKind::Surcharge));
        prop_assert_eq!(i128::from(levied[1]), exact(ChargeKind::LateCharge));
        prop_assert_eq!(paid.outstanding(), Ok(yen(0)));
    }

    #[test]
    fn charges_grow_with_the_principal_and_with_the_days(
        receipts in any_receipts(),
        payments in any_payments(),
        days_after in 0_i64..500,
        more_days in 0_i64..100,
        less in 0_i64..1_000_000,
    ) {
        let (order, payments) = ordered(&receipts, &payments);
        // The last payment stays out, so that principal is outstanding.
        let paid = payments[..payments.len() - 1]
            .iter()
            .fold(order.clone(), |order, payment| pay(order, *payment).order);
        let smaller_amount = (order.ordered.minor() - less).max(1);
        let smaller = ReturnOrder::order(request(smaller_amount), &receipts, yen(0)).unwrap();
        for kind in ChargeKind::ALL {
            let to_date = accrued(&paid, *kind, days_after);
            prop_assert!(accrued(&paid, *kind, days_after + more_days) >= to_date);
            prop_assert!(accrued(&order, *kind, days_after) >= to_date);
            prop_assert!(accrued(&smaller, *kind, days_after) <= accrued(&order, *kind, days_after));
        }
    }

    /// Of any money that is paid, every yen goes to the principal, to a charge, or stays the payer's.
    #[test]
    fn a_payment_loses_and_makes_no_yen(receipts in any_receipts(), payments in any_payments()) {
        let amount = total(&receipts);
        let mut order = ReturnOrder::order(request(amount), &receipts, yen(0)).unwrap();
        let mut payments = payments;
        payments.sort_by_key(|payment| payment.on);
        for payment in payments {
            let before = order.clone();
            let received = pay(order, payment);
            let parts = [received.principal, received.charges, received.unapplied];
            let paid: i64 = parts.iter().map(|part| part.minor()).sum();
            prop_assert_eq!(paid, payment.amount.minor());
            let levied: i64 = received.levies.iter().map(|(_, levy)| levy.levied.minor()).sum();
            prop_assert_eq!(
                received.order.owed().unwrap().minor(),
                before.owed().unwrap().minor() + levied + received.unapplied.minor() - paid
            );
            prop_assert!(received.unapplied.is_zero() || received.order.owed().unwrap().is_zero());
            order = received.order;
        }
    }
}
