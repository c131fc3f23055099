//! Reports: figures that add up whatever was posted.

use std::collections::BTreeMap;

use domain::ledger::{AccountKind, Balances, Transfer, TransferKind};
use domain::report::{
    DisbursementGroup, DisbursementReport, DisbursementTotal, EnvelopeFigures, Flow, Passage,
};
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, Currency, FiscalYear, Money};
use proptest::prelude::*;

use crate::support::{transfer, yen};

/// Every way in which the chart moves money.
fn moves() -> Vec<(TransferKind, AccountKind, AccountKind)> {
    let kinds = TransferKind::ALL.iter();
    kinds
        .flat_map(|kind| kind.sides().iter().map(|(from, to)| (*kind, *from, *to)))
        .collect()
}

/// A transfer of the chart whose money leaves `year`, or its reversal.
fn posted(place: usize, amount: i64, year: i32, is_reversal: bool) -> Transfer {
    let moves = moves();
    let (kind, from, to) = moves[place % moves.len()];
    let mut transfer = transfer(kind, from, to, amount);
    let shift = |asked: FiscalYear| FiscalYear::new(asked.get() - 2026 + year);
    transfer.from.budget_year = transfer.from.budget_year.map(shift);
    transfer.to.budget_year = transfer.to.budget_year.map(shift);
    if is_reversal {
        core::mem::swap(&mut transfer.from, &mut transfer.to);
        transfer.reverses = Some(transfer.id);
    }
    transfer
}

/// What `transfers` make of a year.
fn figures(transfers: &[Transfer], year: FiscalYear) -> EnvelopeFigures {
    let sides = transfers.iter().flat_map(|transfer| {
        [(transfer.to, true), (transfer.from, false)].map(|(account, is_into)| {
            let flow = Flow {
                kind: transfer.kind,
                account: account.kind,
                is_into,
                is_reversal: transfer.reverses.is_some(),
                amount: transfer.amount,
            };
            (account.budget_year, flow)
        })
    });
    sides
        .filter(|(of, flow)| *of == Some(year) && EnvelopeFigures::ACCOUNTS.contains(&flow.account))
        .try_fold(
            EnvelopeFigures::zero(Currency::JPY),
            |figures, (_, flow)| figures.with(&flow),
        )
        .expect("figures in the range of money")
}

fn sum<const N: usize>(parts: [Money; N]) -> i64 {
    Money::sum(Currency::JPY, parts).expect("a sum").minor()
}

proptest! {
    #[test]
    fn what_came_into_a_year_is_still_there_or_was_released_or_left(
        moves in prop::collection::vec(
            (0_usize..39, 1_i64..1_000_000_000, 2025_i32..2027, any::<bool>()), 0..60,
        ),
    ) {
        let transfers: Vec<Transfer> = moves
            .into_iter()
            .map(|(place, amount, year, reversal)| posted(place, amount, year, reversal))
            .collect();
        let balances = Balances::of(&transfers).expect("balances");
        let years: BTreeMap<i32, EnvelopeFigures> = (2025..2028)
            .map(|year| (year, figures(&transfers, FiscalYear::new(year))))
            .collect();
        for (year, it) in &years {
            prop_assert_eq!(
                sum([it.appropriated, it.carried_in, it.reinstated]),
                sum([it.available, it.committed, it.retained, it.released, it.carried_out, it.lapsed])
            );
            let held = |kind: AccountKind| -> i64 {
                balances
                    .iter()
                    .filter(|(account, _)| account.kind == kind)
                    .filter(|(account, _)| account.budget_year == Some(FiscalYear::new(*year)))
                    .map(|(_, balance)| balance.minor())
                    .sum()
            };
            prop_assert_eq!(it.available.minor(), held(AccountKind::Envelope));
            prop_assert_eq!(it.committed.minor(), held(AccountKind::Committed));
            prop_assert_eq!(it.retained.minor(), held(AccountKind::Retained));
            let on_its_way = held(AccountKind::Payable) + held(AccountKind::InTransit);
            prop_assert_eq!(it.released.minor() - it.paid.minor(), on_its_way);
        }
        prop_assert_eq!(years[&2025].carried_out, years[&2026].carried_in);
        prop_assert_eq!(years[&2026].carried_out, years[&2027].carried_in);
    }
}

#[test]
fn each_figure_counts_its_own_kind_of_transfer() {
    use AccountKind::{Appropriation, Committed, Envelope, InTransit, Payable, Retained, Treasury};
    let year = FiscalYear::new(2026);
    let of = |kind, from, to| figures(&[transfer(kind, from, to, 7)], year);
    let zero = EnvelopeFigures::zero(Currency::JPY);
    let seven = yen(7);
    let minus = yen(-7);
    assert_eq!(
        of(TransferKind::Appropriate, Appropriation, Envelope),
        EnvelopeFigures {
            appropriated: seven,
            available: seven,
            ..zero
        }
    );
    assert_eq!(
        of(TransferKind::Reinstate, Treasury, Envelope),
        EnvelopeFigures {
            reinstated: seven,
            available: seven,
            ..zero
        }
    );
    assert_eq!(
        of(TransferKind::Decommit, Retained, Envelope),
        EnvelopeFigures {
            decommitted: seven,
            available: seven,
            retained: minus,
            ..zero
        }
    );
    assert_eq!(
        of(TransferKind::Revoke, Payable, Committed),
        EnvelopeFigures {
            committed: seven,
            released: minus,
            ..zero
        }
    );
    assert_eq!(
        of(TransferKind::Lapse, Envelope, Appropriation),
        EnvelopeFigures {
            lapsed: seven,
            available: minus,
            ..zero
        }
    );
    for (kind, from, to) in [
        (
            TransferKind::SettleEstimate,
            InTransit,
            AccountKind::Advanced,
        ),
        (TransferKind::SetOffPay, Payable, Treasury),
    ] {
        assert_eq!(
            of(kind, from, to),
            EnvelopeFigures {
                paid: seven,
                ..zero
            }
        );
    }
}

/// A release is where its money is: what becomes payable is released, what is handed over is sent,
/// what arrives is settled.
#[test]
fn a_release_is_in_the_state_to_which_its_money_came() {
    for kind in TransferKind::ALL {
        let into: Vec<AccountKind> = kind.sides().iter().map(|(_, to)| *to).collect();
        let passes = match kind.passage() {
            Passage::To(TrancheState::Released | TrancheState::Bounced) => {
                into.iter().all(|to| *to == AccountKind::Payable)
            }
            Passage::To(TrancheState::Sent) => into == [AccountKind::InTransit],
            Passage::To(TrancheState::Settled) => into.iter().all(|to| {
                matches!(
                    to,
                    AccountKind::Advanced | AccountKind::Granted | AccountKind::Treasury
                )
            }),
            Passage::Back => kind
                .sides()
                .iter()
                .all(|(from, _)| *from == AccountKind::Payable),
            Passage::Elsewhere => kind.sides().iter().all(|(from, to)| {
                let on_its_way = [AccountKind::Payable, AccountKind::InTransit];
                !on_its_way.contains(from) && !on_its_way.contains(to)
            }),
            Passage::To(_) => false,
        };
        assert!(passes, "{kind}");
    }
}

#[test]
fn the_totals_of_a_report_are_those_of_its_groups_in_each_currency() {
    let group = |year: i32, lines, amount| DisbursementGroup {
        theme: None,
        budget_year: Some(FiscalYear::new(year)),
        award: None,
        organization: None,
        kind: Some(TrancheKind::Advance),
        state: None,
        total: DisbursementTotal { lines, amount },
    };
    let dollars = Money::of_minor(50, Currency::USD);
    let groups = vec![
        group(2027, 1, yen(5)),
        group(2026, 2, dollars),
        group(2026, 3, yen(7)),
    ];
    let report = DisbursementReport::of(groups).expect("a report");
    let years: Vec<_> = report
        .groups
        .iter()
        .map(|group| group.budget_year)
        .collect();
    assert!(years.is_sorted(), "{years:?}");
    let total = |lines, amount| DisbursementTotal { lines, amount };
    assert_eq!(report.totals.len(), 2);
    assert!(report.totals.contains(&total(4, yen(12))));
    assert!(report.totals.contains(&total(2, dollars)));
}
