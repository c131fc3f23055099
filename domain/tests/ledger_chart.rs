//! The chart of the ledger: what may move money from where to where, written down a second time.

use std::collections::BTreeSet;

use domain::ledger::{AccountKind, Balances, DecommitReason, Transfer, TransferKind};
use domain::{Coded, Currency, FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{account, transfer, uuid, yen};

/// The chart of `domain.md`, section 3, line by line: from, kind, to. It is compared with the
/// closed table in the code, so it must not be made from it.
const CHART: &str = "
    APPROPRIATION APPROPRIATE ENVELOPE
    ENVELOPE COMMIT COMMITTED
    COMMITTED RELEASE PAYABLE
    PAYABLE SEND IN_TRANSIT
    IN_TRANSIT SETTLE_ESTIMATE ADVANCED
    ADVANCED FIX GRANTED
    IN_TRANSIT SETTLE_FINAL GRANTED
    IN_TRANSIT BOUNCE PAYABLE
    PAYABLE REVOKE COMMITTED
    PAYABLE REVOKE RETAINED
    ADVANCED BANK_RETURN PAYABLE
    GRANTED BANK_RETURN PAYABLE
    COMMITTED RETAIN RETAINED
    RETAINED RELEASE_RETENTION PAYABLE
    COMMITTED DECOMMIT ENVELOPE
    RETAINED DECOMMIT ENVELOPE
    ENVELOPE CARRY_OVER ENVELOPE
    COMMITTED CARRY_OVER COMMITTED
    RETAINED CARRY_OVER RETAINED
    ENVELOPE LAPSE APPROPRIATION
    ADVANCED ORDER_RETURN RETURNABLE
    GRANTED ORDER_RETURN RETURNABLE
    RETURNABLE REPAY TREASURY
    RETURNABLE RESCIND ADVANCED
    RETURNABLE RESCIND GRANTED
    RETURNABLE WRITE_OFF WRITTEN_OFF
    CHARGES_LEVIED LEVY CHARGES_RECEIVABLE
    CHARGES_RECEIVABLE COLLECT TREASURY
    CHARGES_RECEIVABLE WAIVE CHARGES_LEVIED
    PAYABLE SET_OFF_PAY TREASURY
    RETURNABLE SET_OFF_APPLY ADVANCED
    RETURNABLE SET_OFF_APPLY GRANTED
    CHARGES_RECEIVABLE SET_OFF_APPLY ADVANCED
    CHARGES_RECEIVABLE SET_OFF_APPLY GRANTED
    UNAPPLIED RECEIVE TREASURY
    RETURNABLE APPLY UNAPPLIED
    CHARGES_RECEIVABLE APPLY UNAPPLIED
    TREASURY REFUND UNAPPLIED
    TREASURY REINSTATE ENVELOPE
";

fn chart() -> BTreeSet<(TransferKind, AccountKind, AccountKind)> {
    let line = |line: &str| {
        let [from, kind, to] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        (
            TransferKind::from_code(kind).expect(kind),
            AccountKind::from_code(from).expect(from),
            AccountKind::from_code(to).expect(to),
        )
    };
    CHART.trim().lines().map(line).collect()
}

/// Every combination of kind, from and to, with whether the chart has it.
fn combinations() -> Vec<(TransferKind, AccountKind, AccountKind, bool)> {
    let chart = chart();
    let mut all = Vec::new();
    for kind in TransferKind::ALL {
        for from in AccountKind::ALL {
            for to in AccountKind::ALL {
                all.push((*kind, *from, *to, chart.contains(&(*kind, *from, *to))));
            }
        }
    }
    all
}

/// The same transfer as its own reversal: sides swapped, pointing at the reversed one.
fn reversal(of: &Transfer) -> Transfer {
    Transfer {
        id: uuid(11).into(),
        from: of.to,
        to: of.from,
        reverses: Some(of.id),
        ..of.clone()
    }
}

#[test]
fn a_transfer_is_allowed_exactly_when_the_chart_has_it() {
    let mut allowed = 0;
    for (kind, from, to, in_chart) in combinations() {
        let answer = transfer(kind, from, to, 1).ensure_allowed();
        if in_chart {
            allowed += 1;
            assert_eq!(answer, Ok(()), "{from} --{kind}--> {to}");
        } else {
            assert_eq!(answer, Err(Refusal::TransferNotAllowed { kind, from, to }));
        }
    }
    assert_eq!(allowed, 39);
}

#[test]
fn a_reversal_is_the_same_kind_with_its_sides_swapped() {
    for (kind, from, to, in_chart) in combinations() {
        let reversal = reversal(&transfer(kind, from, to, 1));
        assert_eq!(reversal.ensure_allowed().is_ok(), in_chart, "{kind}");
        // What is not swapped is a reversal only where the chart has the way back too.
        let back = chart().contains(&(kind, to, from));
        let unswapped = Transfer {
            reverses: Some(uuid(8).into()),
            ..transfer(kind, from, to, 1)
        };
        if !back {
            assert!(unswapped.ensure_allowed().is_err(), "{kind}");
        }
    }
}

#[test]
fn nothing_enters_payable_but_by_a_release_or_from_the_bank() {
    let into_payable: BTreeSet<TransferKind> = chart()
        .into_iter()
        .filter_map(|(kind, _, to)| (to == AccountKind::Payable).then_some(kind))
        .collect();
    assert_eq!(
        into_payable,
        BTreeSet::from([
            TransferKind::Release,
            TransferKind::ReleaseRetention,
            TransferKind::Bounce,
            TransferKind::BankReturn,
        ])
    );
}

#[test]
fn amounts_are_above_zero_and_in_one_currency() {
    let sound = transfer(
        TransferKind::Release,
        AccountKind::Committed,
        AccountKind::Payable,
        1,
    );
    for amount in [0, -1] {
        let empty = Transfer {
            amount: yen(amount),
            ..sound.clone()
        };
        assert!(empty.ensure_allowed().is_err());
    }
    let mut mixed = sound.clone();
    mixed.to.currency = Currency::USD;
    assert!(mixed.ensure_allowed().is_err());
    let mut foreign = sound;
    foreign.from.currency = Currency::USD;
    foreign.to.currency = Currency::USD;
    assert!(foreign.ensure_allowed().is_err());
}

#[test]
fn a_decommitment_says_why_and_nothing_else_does() {
    let mut decommit = transfer(
        TransferKind::Decommit,
        AccountKind::Committed,
        AccountKind::Envelope,
        1,
    );
    decommit.reason = None;
    assert!(decommit.ensure_allowed().is_err());
    let mut release = transfer(
        TransferKind::Release,
        AccountKind::Committed,
        AccountKind::Payable,
        1,
    );
    release.reason = Some(DecommitReason::Partial);
    assert!(release.ensure_allowed().is_err());
}

#[test]
fn money_stays_in_its_year_but_for_a_carry_over_to_the_next() {
    let mut release = transfer(
        TransferKind::Release,
        AccountKind::Committed,
        AccountKind::Payable,
        1,
    );
    release.to.budget_year = Some(FiscalYear::new(2027));
    assert!(release.ensure_allowed().is_err());
    let carry = transfer(
        TransferKind::CarryOver,
        AccountKind::Committed,
        AccountKind::Committed,
        1,
    );
    assert_eq!(carry.ensure_allowed(), Ok(()));
    for year in [2025, 2026, 2028] {
        let mut elsewhere = carry.clone();
        elsewhere.to.budget_year = Some(FiscalYear::new(year));
        assert!(elsewhere.ensure_allowed().is_err(), "{year}");
    }
    let mut yearless = release;
    yearless.to.budget_year = None;
    assert!(yearless.ensure_allowed().is_err());
}

#[test]
fn money_of_one_award_reaches_another_only_by_a_set_off() {
    for (kind, from, to) in chart() {
        let mut across = transfer(kind, from, to, 1);
        across.to.owner = uuid(77);
        let between_awards = from.is_an_awards() && to.is_an_awards();
        let stays =
            kind == TransferKind::CarryOver || between_awards && kind != TransferKind::SetOffApply;
        assert_eq!(
            across.ensure_allowed().is_err(),
            stays,
            "{from} --{kind}--> {to}"
        );
    }
}

#[test]
fn only_the_three_contra_accounts_may_be_below_zero() {
    for kind in AccountKind::ALL {
        let contra = matches!(
            kind,
            AccountKind::Appropriation | AccountKind::ChargesLevied | AccountKind::Unapplied
        );
        let mut balances = Balances::default();
        let mut taken = transfer(TransferKind::Commit, *kind, *kind, 5);
        taken.to = account(AccountKind::Treasury);
        taken.to.owner = uuid(12);
        balances.post(&taken).unwrap();
        let overdrawn: Vec<_> = balances
            .overdrawn()
            .map(|found| found.account.kind)
            .collect();
        assert_eq!(overdrawn.is_empty(), contra, "{kind}");
    }
}

#[test]
fn a_reversal_puts_every_balance_back() {
    for (kind, from, to, in_chart) in combinations() {
        if in_chart {
            let transfer = transfer(kind, from, to, 7);
            let reversed = reversal(&transfer);
            let balances = Balances::of([&transfer, &reversed]).unwrap();
            assert!(
                balances.iter().all(|(_, balance)| balance.is_zero()),
                "{kind}"
            );
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_posted_the_sum_is_zero(
        moves in proptest::collection::vec((0_usize..38, 1_i64..1_000_000_000), 0..40),
    ) {
        let chart: Vec<_> = chart().into_iter().collect();
        let transfers: Vec<Transfer> = moves
            .into_iter()
            .map(|(line, amount)| {
                let (kind, from, to) = chart[line];
                transfer(kind, from, to, amount)
            })
            .collect();
        let balances = Balances::of(&transfers).unwrap();
        prop_assert!(balances.sum(Currency::JPY).unwrap().is_zero());
    }
}
