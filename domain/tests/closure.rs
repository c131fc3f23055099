//! The close of an award: every yen of it accounted for.

use std::collections::{BTreeMap, BTreeSet};

use domain::award::AwardStateCode;
use domain::closing::{ClosureFacts, FiveAmounts, balances_of};
use domain::ledger::{AccountKind, Balances, Transfer, TransferKind};
use domain::{Coded, Codes, FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{transfer, uuid, yen};

fn facts() -> ClosureFacts {
    ClosureFacts {
        state: AwardStateCode::Completed,
        undetermined: BTreeSet::new(),
        tax_credit_open: None,
        balances: BTreeMap::from([
            (AccountKind::Granted, yen(43_200_000)),
            (AccountKind::WrittenOff, yen(5)),
            (AccountKind::Committed, yen(0)),
        ]),
    }
}

#[test]
fn an_award_whose_accounts_are_empty_closes_when_it_is_over() {
    for state in AwardStateCode::ALL {
        let closable = ClosureFacts {
            state: *state,
            ..facts()
        };
        let over = matches!(
            state,
            AwardStateCode::Completed | AwardStateCode::Ended | AwardStateCode::Cancelled
        );
        let not_over = Refusal::AwardNotOver { state: *state };
        let expected = if over { Ok(()) } else { Err(not_over) };
        assert_eq!(closable.ensure_closable(), expected);
    }
}

#[test]
fn each_account_that_is_not_empty_stands_against_the_close_with_its_amount() {
    let empty_at_close = [
        AccountKind::Committed,
        AccountKind::Retained,
        AccountKind::Payable,
        AccountKind::InTransit,
        AccountKind::Advanced,
        AccountKind::Returnable,
        AccountKind::ChargesReceivable,
    ];
    for account in AccountKind::ALL {
        let mut facts = facts();
        facts.balances.insert(*account, yen(7));
        let blockers: Vec<_> = facts
            .blockers()
            .iter()
            .map(|held| (held.account, held.amount))
            .collect();
        if empty_at_close.contains(account) {
            assert_eq!(blockers, [(*account, yen(7))]);
            let accounts = Codes(vec![*account]);
            assert_eq!(
                facts.ensure_closable(),
                Err(Refusal::AccountsNotEmpty { accounts })
            );
        } else {
            assert_eq!((blockers, facts.ensure_closable()), (vec![], Ok(())));
        }
    }
}

#[test]
fn a_credited_tax_that_is_open_stands_against_the_close_unless_the_award_was_cancelled() {
    let budget_year = FiscalYear::new(2026);
    let mut facts = facts();
    facts.tax_credit_open = Some(budget_year);
    assert_eq!(
        facts.ensure_closable(),
        Err(Refusal::TaxCreditOpen { budget_year })
    );
    facts.state = AwardStateCode::Cancelled;
    assert_eq!(facts.ensure_closable(), Ok(()));
}

#[test]
fn a_year_without_a_determination_stands_against_the_close_unless_the_award_was_cancelled() {
    let mut facts = facts();
    let budget_year = FiscalYear::new(2026);
    facts.undetermined.insert(budget_year);
    let undetermined = Err(Refusal::YearNotDetermined { budget_year });
    assert_eq!(facts.ensure_closable(), undetermined);
    facts.state = AwardStateCode::Ended;
    assert_eq!(facts.ensure_closable(), undetermined);
    facts.state = AwardStateCode::Cancelled;
    assert_eq!(facts.ensure_closable(), Ok(()));
}

/// A transfer between accounts of the award 7, or of another where one side is told.
fn moved(kind: TransferKind, from: AccountKind, to: AccountKind, amount: i64) -> Transfer {
    let moved = transfer(kind, from, to, amount);
    moved.ensure_allowed().expect("the chart knows it");
    moved
}

fn reversal(of: &Transfer) -> Transfer {
    Transfer {
        from: of.to,
        to: of.from,
        reverses: Some(of.id),
        ..of.clone()
    }
}

fn amounts(transfers: &[Transfer]) -> FiveAmounts {
    let facts = (yen(60), yen(50));
    FiveAmounts::of(uuid(7).into(), facts, [yen(20), yen(23)], transfers).expect("sums fit")
}

#[test]
fn five_amounts_are_added_up_from_the_transfers() {
    use AccountKind::{Advanced, Granted, InTransit, Payable, Returnable, Treasury, WrittenOff};
    use TransferKind::{BankReturn, OrderReturn, Repay, SettleEstimate, SettleFinal, WriteOff};
    let mut transfers = vec![
        moved(SettleEstimate, InTransit, Advanced, 40),
        moved(SettleFinal, InTransit, Granted, 8),
        moved(BankReturn, Granted, Payable, 3),
        moved(OrderReturn, Advanced, Returnable, 10),
        moved(Repay, Returnable, Treasury, 6),
        moved(WriteOff, Returnable, WrittenOff, 4),
    ];
    let told = amounts(&transfers);
    let expected = FiveAmounts {
        applied: yen(60),
        decided: yen(50),
        paid: yen(45),
        fixed: yen(43),
        returned: yen(6),
        written_off: yen(4),
    };
    assert_eq!(told, expected);
    assert_eq!(told.agree_at_close(yen(35)), Ok(true));
    assert_eq!(told.agree_at_close(yen(36)), Ok(false));
    let reversals: Vec<_> = transfers.iter().map(reversal).collect();
    transfers.extend(reversals);
    let nothing = amounts(&transfers);
    assert_eq!(
        (nothing.paid, nothing.returned, nothing.written_off),
        (yen(0), yen(0), yen(0))
    );
}

#[test]
fn a_set_off_is_returned_by_one_award_and_paid_to_the_other() {
    let apply = |from| {
        let mut applied = moved(TransferKind::SetOffApply, from, AccountKind::Advanced, 5);
        applied.to.owner = uuid(8);
        applied
    };
    let principal = apply(AccountKind::Returnable);
    let charge = apply(AccountKind::ChargesReceivable);
    let of = |award: u128, transfer: &Transfer| {
        let told = FiveAmounts::of(uuid(award).into(), (yen(0), yen(0)), [], [transfer]).unwrap();
        (told.paid, told.returned)
    };
    assert_eq!(of(7, &principal), (yen(0), yen(5)));
    assert_eq!(of(8, &principal), (yen(5), yen(0)));
    assert_eq!(of(7, &charge), (yen(0), yen(0)));
    assert_eq!(of(8, &charge), (yen(5), yen(0)));
}

/// Every way in which money of a paid award moves on, and the payments themselves.
const HISTORY: [(TransferKind, AccountKind, AccountKind); 15] = {
    use AccountKind::{
        Advanced, Granted, InTransit, Payable, Returnable, Treasury, Unapplied, WrittenOff,
    };
    [
        (TransferKind::SettleEstimate, InTransit, Advanced),
        (TransferKind::SettleFinal, InTransit, Granted),
        (TransferKind::Fix, Advanced, Granted),
        (TransferKind::BankReturn, Advanced, Payable),
        (TransferKind::BankReturn, Granted, Payable),
        (TransferKind::Send, Payable, InTransit),
        (TransferKind::OrderReturn, Advanced, Returnable),
        (TransferKind::OrderReturn, Granted, Returnable),
        (TransferKind::Repay, Returnable, Treasury),
        (TransferKind::Apply, Returnable, Unapplied),
        (TransferKind::Rescind, Returnable, Advanced),
        (TransferKind::Rescind, Returnable, Granted),
        (TransferKind::WriteOff, Returnable, WrittenOff),
        (TransferKind::SetOffApply, Returnable, Granted),
        (
            TransferKind::SetOffApply,
            AccountKind::ChargesReceivable,
            Advanced,
        ),
    ]
};

proptest! {
    /// Random histories of a paid award that overdraw nothing, led to where it may be closed: what
    /// was paid and neither came back nor was given up is what it was granted.
    #[test]
    fn at_close_paid_less_returned_less_written_off_is_granted(
        steps in proptest::collection::vec((0_usize..15, 1_i64..1_000, any::<bool>()), 0..60),
        set_off_from_another in any::<bool>(),
    ) {
        let award = uuid(7).into();
        let mut transfers = vec![
            moved(TransferKind::Release, AccountKind::Committed, AccountKind::Payable, 5_000),
            moved(TransferKind::Send, AccountKind::Payable, AccountKind::InTransit, 4_000),
            moved(
                TransferKind::Levy,
                AccountKind::ChargesLevied,
                AccountKind::ChargesReceivable,
                500,
            ),
        ];
        let mut balances = Balances::of(&transfers).unwrap();
        let mut post = |balances: &mut Balances, transfer: Transfer| {
            let left = balances.balance(transfer.from).minor();
            let fits = transfer.from.kind.may_be_negative() || left >= transfer.amount.minor();
            if fits && transfer.amount.is_positive() {
                balances.post(&transfer).expect("sums fit");
                transfers.push(transfer);
            }
            fits
        };
        for (place, amount, reverse) in steps {
            let (kind, from, to) = HISTORY[place];
            let mut step = moved(kind, from, to, amount);
            if kind == TransferKind::SetOffApply && set_off_from_another {
                step.to.owner = uuid(8);
            }
            if post(&mut balances, step.clone()) && reverse {
                post(&mut balances, reversal(&step));
            }
        }
        for (kind, from, to) in [HISTORY[8], HISTORY[2]] {
            let left = balances.balance(crate::support::account(from));
            post(&mut balances, Transfer { amount: left, ..transfer(kind, from, to, 1) });
        }
        let held = balances_of(award, &balances).unwrap();
        let granted = held.get(&AccountKind::Granted).copied().unwrap_or(yen(0));
        let told = FiveAmounts::of(award, (yen(0), yen(0)), [], &transfers).unwrap();
        prop_assert_eq!(told.agree_at_close(granted), Ok(true));
    }
}
