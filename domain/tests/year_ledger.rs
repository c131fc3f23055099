//! What of a budget year is where, also when a later year pays its settlement.

use std::collections::BTreeMap;

use domain::closing::{YearLedger, YearRecords};
use domain::ledger::{Account, AccountKind, Transfer, TransferKind};
use domain::tranche::{TrancheKind, TrancheYears};
use domain::{Coded, Currency, FiscalYear, Money};

use crate::support::{transfer, uuid};

use AccountKind::{Committed, Envelope, Granted, InTransit, Payable, Retained};

const FIRST: FiscalYear = FiscalYear::new(2026);
const NEXT: FiscalYear = FiscalYear::new(2027);

/// The records that are of the first year although the next one pays: the settlement's.
const SETTLEMENT: u128 = 50;
/// Any other.
const OTHER: u128 = 51;

fn account(kind: AccountKind, year: FiscalYear) -> Account {
    let plain = transfer(TransferKind::Commit, kind, kind, 1).from;
    Account {
        budget_year: plain.budget_year.map(|_| year),
        ..plain
    }
}

/// A transfer of millions for a record, between accounts of these years.
fn moved(
    kind: TransferKind,
    (from, of): (AccountKind, FiscalYear),
    (to, into): (AccountKind, FiscalYear),
    (amount, record): (i64, u128),
) -> Transfer {
    Transfer {
        from: account(from, of),
        to: account(to, into),
        record: uuid(record),
        ..transfer(kind, from, to, amount * 1_000_000)
    }
}

/// Of 50 millions of the first year 45 are granted and `carried` of the 5 retained are carried over.
fn carried(carried: i64) -> Vec<Transfer> {
    use TransferKind::{CarryOver, Commit, Decommit, Release, Retain, Send, SettleFinal};
    let first = |kind| (kind, FIRST);
    let mut all = vec![
        moved(Commit, first(Envelope), first(Committed), (50, OTHER)),
        moved(Retain, first(Committed), first(Retained), (5, OTHER)),
        moved(Release, first(Committed), first(Payable), (45, OTHER)),
        moved(Send, first(Payable), first(InTransit), (45, OTHER)),
        moved(SettleFinal, first(InTransit), first(Granted), (45, OTHER)),
        moved(
            CarryOver,
            first(Retained),
            (Retained, NEXT),
            (carried, SETTLEMENT),
        ),
    ];
    if carried < 5 {
        let back = (5 - carried, SETTLEMENT);
        all.push(moved(Decommit, first(Retained), first(Envelope), back));
    }
    all
}

/// The five are released, sent and settled out of the next year.
fn paid() -> [Transfer; 3] {
    use TransferKind::{ReleaseRetention, Send, SettleFinal};
    let next = |kind| (kind, NEXT);
    [
        moved(
            ReleaseRetention,
            next(Retained),
            next(Payable),
            (5, SETTLEMENT),
        ),
        moved(Send, next(Payable), next(InTransit), (5, SETTLEMENT)),
        moved(SettleFinal, next(InTransit), next(Granted), (5, SETTLEMENT)),
    ]
}

/// In millions: decided, decommitted, granted, retained.
fn figures(transfers: &[Transfer], of: FiscalYear, waits: bool) -> [i64; 4] {
    beside(transfers, of, waits, 0)
}

/// The same, where the next year's own tranches need so many millions in the same account.
fn beside(transfers: &[Transfer], of: FiscalYear, waits: bool, needed: i64) -> [i64; 4] {
    let at = account(Retained, NEXT);
    let waiting = waits.then_some(((FIRST, at), Money::of_minor(5_000_000, Currency::JPY)));
    let records = YearRecords {
        years: BTreeMap::from([(uuid(SETTLEMENT), FIRST)]),
        waiting: waiting.into_iter().collect(),
        needed: BTreeMap::from([(at, Money::of_minor(needed * 1_000_000, Currency::JPY))]),
    };
    let year = (at.owner.into(), of, Currency::JPY);
    let ledger = YearLedger::of(year, transfers, &records).expect("sums fit");
    if waits && of == FIRST {
        let carried: Vec<_> = ledger.carried.keys().copied().collect();
        assert_eq!(carried, [at]);
    } else {
        assert!(ledger.carried.is_empty());
    }
    let money = ledger.money;
    [
        ledger.decided,
        ledger.decommitted,
        money.granted,
        money.retained,
    ]
    .map(|amount| amount.minor() / 1_000_000)
}

/// What the next year commits to the award and holds back by itself.
fn committed_anew() -> [Transfer; 2] {
    let next = |kind| (kind, NEXT);
    let (envelope, committed, retained) = (next(Envelope), next(Committed), next(Retained));
    [
        moved(TransferKind::Commit, envelope, committed, (2, OTHER)),
        moved(TransferKind::Retain, committed, retained, (2, OTHER)),
    ]
}

#[test]
fn a_settlement_that_the_next_year_pays_is_money_of_its_own_year() {
    let mut transfers = carried(5);
    assert_eq!(figures(&transfers, FIRST, true), [50, 0, 45, 5]);
    assert_eq!(figures(&transfers, NEXT, true), [0, 0, 0, 0]);
    transfers.extend(paid());
    assert_eq!(figures(&transfers, FIRST, false), [50, 0, 50, 0]);
    assert_eq!(figures(&transfers, NEXT, false), [0, 0, 0, 0]);
}

#[test]
fn what_was_committed_anew_for_it_is_decided_of_the_year_that_it_settles() {
    let mut transfers = carried(3);
    assert_eq!(figures(&transfers, FIRST, true), [50, 2, 45, 3]);
    transfers.extend(committed_anew());
    // Already while it waits: a determination in between fixes the same.
    assert_eq!(figures(&transfers, FIRST, true), [52, 2, 45, 5]);
    assert_eq!(figures(&transfers, NEXT, true), [0, 0, 0, 0]);
    transfers.extend(paid());
    assert_eq!(figures(&transfers, FIRST, false), [52, 2, 50, 0]);
    assert_eq!(figures(&transfers, NEXT, false), [0, 0, 0, 0]);
}

#[test]
fn the_later_year_keeps_what_the_settlement_does_not_need() {
    let mut transfers = carried(4);
    transfers.extend(committed_anew());
    assert_eq!(figures(&transfers, FIRST, true), [51, 1, 45, 5]);
    assert_eq!(figures(&transfers, NEXT, true), [1, 0, 0, 1]);
}

#[test]
fn what_the_next_year_needs_itself_settles_nothing() {
    let mut transfers = carried(3);
    transfers.extend(committed_anew());
    // Nothing was committed for the settlement yet.
    assert_eq!(beside(&transfers, FIRST, true, 2), [50, 2, 45, 3]);
    assert_eq!(beside(&transfers, NEXT, true, 2), [2, 0, 0, 2]);
    // Half of it was.
    assert_eq!(beside(&transfers, FIRST, true, 1), [51, 2, 45, 4]);
    assert_eq!(beside(&transfers, NEXT, true, 1), [1, 0, 0, 1]);
}

#[test]
fn what_goes_back_with_the_rest_of_the_next_year_is_decommitted_of_the_year_that_it_settles() {
    let mut transfers = carried(5);
    // Two are the next year's own.
    transfers.extend(committed_anew());
    let back = ((Retained, NEXT), (Envelope, NEXT));
    transfers.push(moved(TransferKind::Decommit, back.0, back.1, (7, OTHER)));
    assert_eq!(figures(&transfers, FIRST, false), [50, 5, 45, 0]);
    assert_eq!(figures(&transfers, NEXT, false), [2, 2, 0, 0]);
}

#[test]
fn only_what_waited_for_a_determination_that_was_made_goes_on_settling_its_year() {
    let own = TrancheYears {
        paid_out_of: FIRST,
        settles: FIRST,
    };
    for kind in TrancheKind::ALL {
        let before = own.carried_over(*kind, false);
        assert_eq!((before.paid_out_of, before.settles), (NEXT, NEXT));
        let after = own.carried_over(*kind, true);
        let waits = kind.waits_for_determination();
        let settles = if waits { FIRST } else { NEXT };
        assert_eq!((after.paid_out_of, after.settles), (NEXT, settles));
        if waits {
            let again = after.carried_over(*kind, false);
            assert_eq!((again.paid_out_of, again.settles), (NEXT.next(), FIRST));
        }
    }
}
