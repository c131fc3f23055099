//! What a body is due meets what it owes.

use std::sync::LazyLock;

use domain::award::AwardStateCode;
use domain::closing::{
    DatedAmount, Debt, Due, ReturnKind, ReturnOrder, ReturnRequest, ReturnState, SetOff, hold,
    rest_goes_back, set_off,
};
use domain::id::{AwardId, ProgrammeId};
use domain::ledger::{Account, AccountKind, DecommitReason};
use domain::tranche::{BlockerCode, PaymentBasis};
use domain::{Currency, FiscalYear, Policy, Refusal};

use crate::support::{date, post_all, today, uuid, yen};

const YEAR: FiscalYear = FiscalYear::new(2026);

/// The law's own rates.
fn policy() -> &'static Policy {
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
    &POLICY
}

fn debt(number: u128, amount: i64, due_on: &str) -> Debt<'static> {
    let request = ReturnRequest {
        kind: ReturnKind::Overpayment,
        amount: yen(amount),
        ordered_on: date("2026-01-05"),
        due_on: date(due_on),
        reason: "paid above the fixed amount",
    };
    let receipt = DatedAmount {
        on: date("2025-06-01"),
        amount: yen(amount),
    };
    Debt {
        id: uuid(number).into(),
        award: uuid(number).into(),
        order: ReturnOrder::order(request, &[receipt], yen(0)).expect("an order"),
        policy: (policy(), 1),
    }
}

fn due(amount: i64) -> Due {
    Due {
        award: uuid(7).into(),
        budget_year: YEAR,
        basis: PaymentBasis::Estimate,
        amount: yen(amount),
    }
}

/// Sets off on 1 June 2026.
fn met(amount: i64, debts: Vec<Debt<'_>>) -> Result<SetOff, Refusal> {
    set_off(due(amount), debts, today())
}

#[test]
fn the_debt_that_was_due_first_is_met_first_with_its_charges() {
    // 61 days late at 3 in 10,000 a day: 18,300 on a million.
    let debts = vec![
        debt(2, 2_000_000, "2026-05-01"),
        debt(1, 1_000_000, "2026-04-01"),
    ];
    let set_off = met(2_500_000, debts).unwrap();
    let met: Vec<_> = set_off
        .met
        .iter()
        .map(|debt| (debt.id, debt.received.principal, debt.received.charges))
        .collect();
    assert_eq!(
        met,
        [
            (uuid(1).into(), yen(1_000_000), yen(18_300)),
            (uuid(2).into(), yen(1_481_700), yen(0)),
        ]
    );
    assert_eq!((set_off.kept, set_off.left), (yen(2_500_000), yen(0)));
    let states: Vec<_> = set_off
        .met
        .iter()
        .map(|debt| debt.received.order.state())
        .collect();
    assert_eq!(states, [Ok(ReturnState::Repaid), Ok(ReturnState::Open)]);
}

#[test]
fn what_is_not_owed_is_still_paid() {
    let set_off = met(5_000_000, vec![debt(1, 1_000_000, "2026-04-01")]).unwrap();
    assert_eq!(set_off.kept, yen(1_018_300));
    assert_eq!(set_off.left, yen(3_981_700));
}

#[test]
fn a_debt_that_is_not_overdue_is_not_set_off() {
    let not_yet = vec![debt(1, 1_000_000, "2026-06-01")];
    assert_eq!(met(5_000_000, not_yet), Err(Refusal::NothingOverdue {}));
    assert_eq!(met(5_000_000, vec![]), Err(Refusal::NothingOverdue {}));
}

#[test]
fn what_is_kept_goes_to_the_treasury_and_the_due_award_counts_as_paid() {
    let (debtor, programme) = (uuid(1), ProgrammeId::new(uuid(7)));
    let set_off = met(5_000_000, vec![debt(1, 1_000_000, "2026-04-01")]).unwrap();
    let mut movements = debt(1, 1_000_000, "2026-04-01")
        .order
        .movements(AwardId::new(debtor), yen(0))
        .unwrap();
    for met in &set_off.met {
        movements.extend(met.received.levy_movements(met.award, programme));
    }
    movements.extend(set_off.movements(programme));
    let balances = post_all([(AccountKind::Payable, 5_000_000)], &movements);
    let jpy = Currency::JPY;
    let holds = |account| balances.balance(account).minor();
    let due_award = set_off.due.award;
    assert_eq!(holds(Account::payable(due_award, YEAR, jpy)), 3_981_700);
    assert_eq!(holds(Account::treasury(programme, jpy)), 1_018_300);
    assert_eq!(holds(Account::advanced(due_award, jpy)), 1_018_300);
    assert_eq!(holds(Account::returnable(debtor.into(), jpy)), 0);
    assert_eq!(holds(Account::charges_receivable(debtor.into(), jpy)), 0);
}

#[test]
fn whoever_owes_anything_is_held_since_the_earliest_order() {
    let owing = debt(1, 1_000_000, "2026-04-01").order;
    let held = hold([&owing]).unwrap().unwrap();
    assert_eq!(held.code, BlockerCode::ReturnUnpaid);
    assert_eq!(held.since, Some(date("2026-01-05")));
    let all = met(5_000_000, vec![debt(1, 1_000_000, "2026-04-01")]).unwrap();
    assert_eq!(
        hold(all.met.iter().map(|debt| &debt.received.order)),
        Ok(None)
    );
    let only_charges = met(1_000_000, vec![debt(1, 1_000_000, "2026-04-01")]).unwrap();
    let order = &only_charges.met[0].received.order;
    assert_eq!(order.state(), Ok(ReturnState::Repaid));
    assert!(hold([order]).unwrap().is_some());
}

#[test]
fn why_a_rest_goes_back_is_said_by_what_ended_it() {
    use AwardStateCode::{Active, Cancelled, Ended};
    use DecommitReason::{Act10, Act17, Partial, YearEnd};
    let why = [
        (Cancelled, true),
        (Ended, false),
        (Active, true),
        (Active, false),
    ];
    let why = why.map(|(state, is_over)| rest_goes_back(state, is_over));
    assert_eq!(why, [Act17, Act10, YearEnd, Partial]);
}
