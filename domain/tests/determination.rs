//! The determination of the amount: its figures, what follows from it, and its properties.

use std::collections::BTreeMap;

use domain::calculation::{CalculationSheet, CalculationStepCode};
use domain::closing::{
    Budget, CostCategory, Costs, DatedAmount, Determination, DeterminationBasis,
    ExpenditureStatement, ReturnKind, ReturnOrder, ReturnRequest, Settlement, YearMoney, determine,
};
use domain::ledger::{AccountKind, TransferKind};
use domain::money::GrantCosts;
use domain::{Coded, Currency, FiscalYear, Money, Policy, Rate, Refusal};
use proptest::prelude::*;

use crate::support::{date, post_all, uuid, yen};

const YEAR: FiscalYear = FiscalYear::new(2026);

fn costs(by_category: &[(CostCategory, i64)]) -> Costs {
    let eligible: BTreeMap<_, _> = by_category
        .iter()
        .map(|(category, amount)| (*category, yen(*amount)))
        .collect();
    let total = by_category.iter().map(|(_, amount)| amount).sum();
    Costs::new(eligible, yen(total), yen(0)).expect("sound costs")
}

fn two_thirds() -> Rate {
    Rate::new(2, 3).expect("a rate")
}

/// Two thirds of personnel 20 M and equipment 30 M approved, with `actual` spent; 50 M decided.
fn basis(actual: &[(CostCategory, i64)]) -> DeterminationBasis {
    DeterminationBasis {
        budget: Budget {
            budget_year: YEAR,
            approved: costs(&[
                (CostCategory::Personnel, 20_000_000),
                (CostCategory::Equipment, 30_000_000),
            ]),
            standard: yen(60_000_000),
            rate: two_thirds(),
        },
        spent: ExpenditureStatement {
            budget_year: YEAR,
            actual: costs(actual),
        },
        grant_unit: 1_000,
        decided: yen(50_000_000),
        decommitted: yen(0),
        left_in_force: None,
    }
}

/// Personnel 22 M and equipment 25 M: the worked example, which fixes 30 M.
fn worked() -> DeterminationBasis {
    basis(&[
        (CostCategory::Personnel, 22_000_000),
        (CostCategory::Equipment, 25_000_000),
    ])
}

fn money(advanced: i64, committed: i64, retained: i64) -> YearMoney {
    YearMoney {
        advanced: yen(advanced),
        granted: yen(0),
        under_way: yen(0),
        committed: yen(committed),
        retained: yen(retained),
        ordered_back: yen(0),
    }
}

#[test]
fn the_grant_is_two_thirds_of_the_least_of_standard_eligible_and_uncovered_cost() {
    let grant = |eligible| {
        let costs = GrantCosts {
            standard: yen(50_000_000),
            eligible: yen(eligible),
            total: yen(60_000_000),
            income: yen(15_000_000),
        };
        costs.grant_amount(two_thirds(), 1_000).unwrap()
    };
    assert_eq!(grant(48_765_432), yen(30_000_000));
    assert_eq!(grant(44_444_444), yen(29_629_000));
}

#[test]
fn eligible_is_the_sum_of_the_lesser_of_each_category_and_what_was_overpaid_is_due_back() {
    let determined = determine(worked(), &money(32_000_000, 0, 0), &[], 1).unwrap();
    assert_eq!(determined.fixed(), yen(30_000_000));
    assert_eq!(determined.to_fix, yen(30_000_000));
    let overpaid = Settlement::ReturnDue {
        from_advanced: yen(2_000_000),
        from_granted: yen(0),
    };
    assert_eq!(determined.settlement, overpaid);
}

#[test]
fn the_lesser_of_the_totals_would_have_been_wrong() {
    // 47 M spent of 50 M approved.
    let of_totals = GrantCosts {
        standard: yen(60_000_000),
        eligible: yen(47_000_000),
        total: yen(47_000_000),
        income: yen(0),
    };
    let wrong = of_totals.grant_amount(two_thirds(), 1_000).unwrap();
    assert_eq!(wrong, yen(31_333_000));
    assert!(
        wrong.minor()
            > determine(worked(), &money(32_000_000, 0, 0), &[], 1)
                .unwrap()
                .fixed()
                .minor()
    );
}

/// Advance 10 M, first milestone 18 M, second milestone 17 M passed at 60 %, retention 5 M.
fn partly_passed() -> Determination {
    let mut basis = basis(&[
        (CostCategory::Personnel, 20_000_000),
        (CostCategory::Equipment, 30_000_000),
    ]);
    basis.budget.rate = Rate::new(1, 1).expect("a rate");
    basis.decommitted = yen(6_800_000);
    determine(basis, &money(38_200_000, 0, 5_000_000), &[], 1).expect("a determination")
}

#[test]
fn costs_that_would_justify_everything_fix_no_more_than_was_not_decommitted() {
    let determined = partly_passed();
    assert_eq!(determined.fixed(), yen(43_200_000));
    let retention = Settlement::Payable {
        from_retained: yen(5_000_000),
        from_committed: yen(0),
    };
    assert_eq!(determined.settlement, retention);
    assert_eq!(determined.retained_to_decommit, yen(0));
}

#[test]
fn the_sheet_tells_every_step_and_replays_and_survives_storage() {
    let sheet = partly_passed().sheet;
    let steps: Vec<_> = sheet
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
    assert!(sheet.replays());
    let json = serde_json::to_string(&sheet).unwrap();
    let stored: CalculationSheet<DeterminationBasis> = serde_json::from_str(&json).unwrap();
    assert_eq!(stored, sheet);
    let doctored = CalculationSheet {
        result: yen(43_200_001),
        ..sheet.clone()
    };
    assert!(!doctored.replays());
    let mut retold = sheet.clone();
    retold.steps[0].step = CalculationStepCode::FixedAmount;
    assert!(!retold.replays());
    let mut other_costs = sheet;
    other_costs.basis.decommitted = yen(0);
    assert!(!other_costs.replays());
}

#[test]
fn a_category_that_was_not_approved_counts_nothing() {
    let mut basis = worked();
    basis.spent.actual = costs(&[(CostCategory::Travel, 40_000_000)]);
    assert_eq!(
        determine(basis, &money(0, 0, 0), &[], 1).unwrap().fixed(),
        yen(0)
    );
}

#[test]
fn an_ending_with_no_earned_cost_is_determined_as_nothing_and_all_of_it_comes_back() {
    let determined =
        determine(basis(&[]), &money(10_000_000, 3_000_000, 5_000_000), &[], 1).unwrap();
    assert_eq!(determined.fixed(), yen(0));
    let all = Settlement::ReturnDue {
        from_advanced: yen(10_000_000),
        from_granted: yen(0),
    };
    assert_eq!(determined.settlement, all);
    assert_eq!(determined.committed_to_decommit, yen(3_000_000));
    assert_eq!(determined.retained_to_decommit, yen(5_000_000));
}

#[test]
fn a_second_determination_of_a_year_moves_only_the_difference() {
    // 28 M was fixed and 2 M paid on it since; 30 M is fixed now.
    let mut known = money(2_000_000, 0, 0);
    known.granted = yen(28_000_000);
    let raised = determine(worked(), &known, &[], 1).unwrap();
    assert_eq!(
        (raised.settlement, raised.to_fix),
        (Settlement::Even, yen(2_000_000))
    );
    // 31 M had been fixed and paid.
    known = money(0, 0, 0);
    known.granted = yen(31_000_000);
    let lowered = determine(worked(), &known, &[], 1).unwrap();
    let back = Settlement::ReturnDue {
        from_advanced: yen(0),
        from_granted: yen(1_000_000),
    };
    assert_eq!((lowered.settlement, lowered.to_fix), (back, yen(0)));
}

/// An order to return `amount` for overpayment, of which `repaid` came back.
fn ordered_back(amount: i64, repaid: i64) -> ReturnOrder {
    let received = DatedAmount {
        on: date("2026-06-01"),
        amount: yen(amount),
    };
    let request = ReturnRequest {
        kind: ReturnKind::Overpayment,
        amount: yen(amount),
        ordered_on: date("2027-05-01"),
        due_on: date("2027-05-31"),
        reason: "more was paid than is fixed",
    };
    let order = ReturnOrder::order(request, &[received], yen(0)).expect("an order");
    if repaid == 0 {
        return order;
    }
    let payment = DatedAmount {
        on: date("2027-05-31"),
        amount: yen(repaid),
    };
    let received = order.repay(payment, &Policy::default(), 1);
    received.expect("a payment").order
}

/// A year of which `granted` is left of what was paid and the rest is ordered back by `orders`.
fn after_orders(granted: i64, orders: &[ReturnOrder]) -> YearMoney {
    let ordered = orders.iter().map(|order| order.ordered.minor()).sum();
    YearMoney {
        granted: yen(granted),
        ordered_back: yen(ordered),
        ..money(0, 0, 0)
    }
}

#[test]
fn what_is_fixed_after_all_is_not_due_back_any_more() {
    let orders = [ordered_back(2_000_000, 0), ordered_back(1_500_000, 0)];
    // 31.5 M was paid; 28 M of it had been fixed at last, 30 M is fixed now.
    let raised = determine(worked(), &after_orders(28_000_000, &orders), &orders, 1).unwrap();
    assert_eq!(raised.to_rescind, [yen(500_000), yen(1_500_000)]);
    assert_eq!(
        (raised.settlement, raised.to_fix),
        (Settlement::Even, yen(0))
    );
}

#[test]
fn what_was_returned_is_not_kept_by_silence() {
    let orders = [ordered_back(2_000_000, 1_200_000)];
    let refusal = Refusal::FixedAfterReturn {
        returned: "700000".to_owned(),
    };
    let refused = |granted| determine(worked(), &after_orders(granted, &orders), &orders, 1);
    assert_eq!(refused(28_500_000), Err(refusal));
    // As much as is outstanding is kept.
    let kept = refused(29_200_000).map(|determined| determined.to_rescind);
    assert_eq!(kept, Ok(vec![yen(800_000)]));
}

#[test]
fn what_was_ordered_back_for_another_reason_stays_so() {
    let mut known = after_orders(20_000_000, &[]);
    known.ordered_back = yen(12_000_000);
    let orders = [ordered_back(2_000_000, 2_000_000)];
    let determined = determine(worked(), &known, &orders, 1).unwrap();
    assert_eq!(determined.settlement, Settlement::Even);
    assert_eq!(determined.to_rescind, [yen(0)]);
}

#[test]
fn what_is_on_its_way_arrives_before_it_is_covered() {
    let mut known = money(20_000_000, 4_000_000, 0);
    known.under_way = yen(1);
    let refusal = Refusal::PaymentUnderWay {
        under_way: "1".to_owned(),
    };
    assert_eq!(determine(worked(), &known, &[], 1), Err(refusal));
}

#[test]
fn no_more_is_fixed_than_is_decided_in_force() {
    // 50 M was decided and 22 M of it cancelled; another year fixes 3 M.
    let mut basis = worked();
    basis.left_in_force = Some(yen(25_000_000));
    let determined = determine(basis, &money(32_000_000, 0, 0), &[], 1).unwrap();
    assert_eq!(determined.fixed(), yen(25_000_000));
    assert!(determined.sheet.replays());
}

#[test]
fn what_the_year_does_not_hold_is_not_promised() {
    let overdrawn = Refusal::AccountOverdrawn {
        account: AccountKind::Committed,
    };
    let known = money(20_000_000, 4_000_000, 5_000_000);
    assert_eq!(determine(worked(), &known, &[], 1), Err(overdrawn));
}

#[test]
fn budget_and_expenditure_are_of_one_year() {
    let mut basis = worked();
    basis.spent.budget_year = YEAR.next();
    let refusal = Refusal::BudgetYearDiffers {
        expected: YEAR,
        found: YEAR.next(),
    };
    assert_eq!(determine(basis, &money(0, 0, 0), &[], 1), Err(refusal));
}

#[test]
fn costs_are_sound_or_refused_by_name() {
    let of = |personnel: Money, total: i64, income: i64| {
        let eligible = BTreeMap::from([(CostCategory::Personnel, personnel)]);
        Costs::new(eligible, yen(total), yen(income)).map(drop)
    };
    assert_eq!(of(yen(5), 5, 7), Ok(()));
    for (personnel, total, income) in [(-1, 5, 0), (1, -1, 0), (1, 5, -1)] {
        let negative = Refusal::CostNegative {
            amount: "-1".to_owned(),
        };
        assert_eq!(of(yen(personnel), total, income), Err(negative));
    }
    let below = Refusal::TotalBelowEligible {
        total: "4".to_owned(),
        eligible: "5".to_owned(),
    };
    assert_eq!(of(yen(5), 4, 0), Err(below));
    let dollars = Money::of_minor(5, Currency::USD);
    assert!(matches!(
        of(dollars, 5, 0),
        Err(Refusal::CurrencyMismatch { .. })
    ));
    let stored = r#"{"eligible":{"PERSONNEL":{"amount":"-1","currency":"JPY"}},
        "total":{"amount":"1","currency":"JPY"},"income":{"amount":"0","currency":"JPY"}}"#;
    assert!(serde_json::from_str::<Costs>(stored).is_err());
}

fn any_costs(most: i64) -> impl Strategy<Value = Vec<(CostCategory, i64)>> {
    let category = proptest::sample::select(CostCategory::ALL);
    let costs = proptest::collection::btree_map(category, 0..most, 0..7);
    costs.prop_map(|by_category| by_category.into_iter().collect())
}

proptest! {
    /// Of a year that holds what is decided and not decommitted, every yen is fixed and paid, still
    /// to be paid, to be returned or given back; no account is overdrawn on the way.
    #[test]
    fn a_determination_loses_and_makes_no_yen(
        approved in any_costs(40_000_000),
        actual in any_costs(40_000_000),
        advanced in 0_i64..30_000_000,
        granted in 0_i64..30_000_000,
        committed in 0_i64..30_000_000,
        retained in 0_i64..30_000_000,
        decommitted in 0_i64..30_000_000,
    ) {
        let mut basis = basis(&actual);
        basis.budget.approved = costs(&approved);
        basis.decided = yen(advanced + granted + committed + retained + decommitted);
        basis.decommitted = yen(decommitted);
        let known = YearMoney { granted: yen(granted), ..money(advanced, committed, retained) };
        let determined = determine(basis, &known, &[], 1).unwrap();
        prop_assert!(determined.sheet.replays());
        let (payable, due_back, from_granted) = match determined.settlement {
            Settlement::Even => (0, 0, 0),
            Settlement::Payable { from_retained, from_committed } =>
                (from_retained.minor() + from_committed.minor(), 0, 0),
            Settlement::ReturnDue { from_advanced, from_granted } =>
                (0, from_advanced.minor() + from_granted.minor(), from_granted.minor()),
        };
        let fixed = determined.fixed().minor();
        prop_assert_eq!(advanced + granted + payable - due_back, fixed);
        prop_assert_eq!(granted + determined.to_fix.minor() + payable - from_granted, fixed);
        let given_back =
            determined.retained_to_decommit.minor() + determined.committed_to_decommit.minor();
        prop_assert_eq!(payable + given_back, committed + retained);

        let movements = determined.movements(uuid(7).into(), uuid(7).into(), &BTreeMap::new()).unwrap();
        let opening = [
            (AccountKind::Advanced, advanced),
            (AccountKind::Granted, granted),
            (AccountKind::Committed, committed),
            (AccountKind::Retained, retained),
        ];
        let balances = post_all(opening, &movements);
        prop_assert_eq!(balances.overdrawn().count(), 0);
        prop_assert!(movements.iter().all(|movement| movement.kind != TransferKind::OrderReturn));
    }

    /// After orders for overpayment, of which parts came back, a later determination leaves the award
    /// what it fixes, or is refused because it fixes more than the award holds and owes.
    #[test]
    fn a_later_determination_keeps_what_it_fixes(
        fixed in 0_i64..30_000,
        granted in 0_i64..30_000,
        parts in proptest::collection::vec((1_i64..10_000, 0_i64..10_000), 1..4),
    ) {
        let [fixed, granted] = [fixed, granted].map(|thousands| thousands * 1_000);
        let orders: Vec<ReturnOrder> = parts
            .iter()
            .map(|(ordered, repaid)| ordered_back(ordered * 1_000, repaid.min(ordered) * 1_000))
            .collect();
        let open: i64 = orders.iter().map(|order| order.outstanding().unwrap().minor()).sum();
        let mut basis = worked();
        basis.decided = yen(fixed);
        match determine(basis, &after_orders(granted, &orders), &orders, 1) {
            Ok(determined) => {
                let rescinded: i64 = determined.to_rescind.iter().map(|part| part.minor()).sum();
                let back = match determined.settlement {
                    Settlement::ReturnDue { from_granted, .. } => from_granted.minor(),
                    Settlement::Even | Settlement::Payable { .. } => 0,
                };
                prop_assert_eq!(granted + rescinded - back, determined.fixed().minor());
                prop_assert!(rescinded == 0 || back == 0);
                for (order, kept) in orders.iter().zip(&determined.to_rescind) {
                    prop_assert!(kept.minor() <= order.outstanding().unwrap().minor());
                }
            }
            Err(refusal) => prop_assert!(fixed > granted + open, "{refusal:?}"),
        }
    }

    /// More spent in a category never fixes less.
    #[test]
    fn a_determination_grows_with_the_costs(
        actual in any_costs(40_000_000),
        category in proptest::sample::select(CostCategory::ALL),
        more in 0_i64..10_000_000,
    ) {
        let fixed = |actual: &[(CostCategory, i64)]| {
            CalculationSheet::of(1, basis(actual)).unwrap().result.minor()
        };
        let mut raised: BTreeMap<_, _> = actual.iter().copied().collect();
        *raised.entry(category).or_default() += more;
        let raised: Vec<_> = raised.into_iter().collect();
        prop_assert!(fixed(&raised) >= fixed(&actual));
    }
}
