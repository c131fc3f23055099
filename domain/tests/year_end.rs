//! The end of a budget year: what is carried over, what goes back and what lapses.

use domain::closing::{
    AwardYear, CarryOver, CarryOverGrounds, TrancheYear, YearEnd, YearEndBlockerCode,
};
use domain::id::{AwardId, TrancheId};
use domain::ledger::{Account, AccountKind, Balances, DecommitReason, TransferKind};
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Codes, Currency, FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{date, posted, uuid, yen};

const YEAR: FiscalYear = FiscalYear::new(2026);

fn award(number: u128) -> AwardId {
    AwardId::new(uuid(number))
}

/// The milestone tranche of award `number`, and its retention.
fn tranches(number: u128) -> [TrancheId; 2] {
    [10, 20].map(|tens| TrancheId::new(uuid(tens + number)))
}

fn held(number: u128, committed: i64, retained: i64) -> AwardYear {
    let [milestone, retention] = tranches(number);
    let waiting = |tranche, kind, need| TrancheYear {
        tranche,
        kind,
        state: TrancheState::Planned,
        need: yen(need),
    };
    AwardYear {
        committed: yen(committed),
        retained: yen(retained),
        tranches: vec![
            waiting(milestone, TrancheKind::Milestone, committed),
            waiting(retention, TrancheKind::Retention, retained),
        ],
        ..AwardYear::nothing(Currency::JPY)
    }
}

fn year_end(envelope: i64, awards: &[(i64, i64)]) -> YearEnd {
    let awards = awards.iter().zip(1_u128..);
    YearEnd {
        programme: uuid(100).into(),
        theme: uuid(101).into(),
        budget_year: YEAR,
        close_out: date("2027-04-30"),
        closed_on: None,
        earlier_open: None,
        has_next: true,
        envelope: yen(envelope),
        awards: awards
            .map(|((committed, retained), number)| {
                (award(number), held(number, *committed, *retained))
            })
            .collect(),
    }
}

fn carry(tranche: Option<TrancheId>, amount: i64) -> CarryOver {
    CarryOver {
        tranche,
        amount: yen(amount),
        grounds: CarryOverGrounds {
            item: "ヘルステック開発支援".to_owned(),
            reason: "the trial was delayed".to_owned(),
            reference: "財計第3号".to_owned(),
        },
    }
}

/// What every account holds once the year is closed, from nothing but the appropriation.
fn closed(year_end: &YearEnd, requests: &[CarryOver]) -> Balances {
    let jpy = Currency::JPY;
    let envelope = Account::envelope(year_end.theme, YEAR, jpy);
    let appropriation = Account::appropriation(year_end.programme, YEAR, jpy);
    let mut balances = Balances::default();
    let mut open = |to: Account, amount| {
        let mut given = crate::support::transfer(TransferKind::Commit, to.kind, to.kind, 1);
        (given.from, given.to, given.amount) = (appropriation, to, amount);
        balances.post(&given).expect("sums fit");
    };
    open(envelope, year_end.envelope);
    for (award, held) in &year_end.awards {
        open(Account::committed(*award, YEAR, jpy), held.committed);
        open(Account::retained(*award, YEAR, jpy), held.retained);
    }
    let plan = year_end.plan(requests).expect("a plan");
    for movement in plan.carry_overs.iter().chain(&plan.movements) {
        balances.post(&posted(movement)).expect("sums fit");
        assert_eq!(balances.overdrawn().count(), 0, "after {movement:?}");
    }
    balances
}

#[test]
fn what_is_not_carried_over_goes_back_and_lapses() {
    let year_end = year_end(4_000_000, &[(17_000_000, 5_000_000), (3_000_000, 0)]);
    let [milestone, retention] = tranches(1);
    let requests = [
        carry(Some(milestone), 10_000_000),
        carry(Some(retention), 5_000_000),
        carry(None, 1_000_000),
    ];
    let plan = year_end.plan(&requests).unwrap();
    assert_eq!(plan.carried_over, yen(16_000_000));
    assert_eq!(plan.decommitted, yen(10_000_000));
    assert_eq!(plan.lapsed, yen(13_000_000));
    assert_eq!(plan.total(), Ok(yen(29_000_000)));
    let movements = || plan.carry_overs.iter().chain(&plan.movements);
    let told: Vec<_> = movements()
        .map(|movement| {
            let (from, to) = (movement.from.kind, movement.to.kind);
            let (kind, amount) = (movement.kind, movement.amount.amount());
            format!("{} {from} --{kind}--> {to} {amount}", movement.record)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let reasons: Vec<_> = movements().filter_map(|movement| movement.reason).collect();
    assert_eq!(reasons, [DecommitReason::YearEnd; 2]);
}

#[test]
fn each_tranche_is_told_what_becomes_of_it() {
    let year_end = year_end(0, &[(17_000_000, 5_000_000), (3_000_000, 0)]);
    let [milestone, retention] = tranches(1);
    // Less than is needed may be approved: the rest goes back, and is committed anew next year.
    let plan = year_end
        .plan(&[carry(Some(milestone), 10_000_000)])
        .unwrap();
    let fate = &plan.awards[&award(1)];
    assert_eq!(
        (fate.carried_over, fate.decommitted),
        (yen(10_000_000), yen(12_000_000))
    );
    let told: Vec<_> = fate
        .tranches
        .iter()
        .map(|fate| (fate.before.tranche, fate.carried_over, fate.decommitted))
        .collect();
    let expected = [
        (milestone, yen(10_000_000), yen(7_000_000)),
        (retention, yen(0), yen(5_000_000)),
    ];
    assert_eq!(told, expected);
    let [other, its_retention] = tranches(2);
    let lapsing: Vec<_> = plan.lapsing().collect();
    assert_eq!(lapsing, [retention, other, its_retention]);
}

#[test]
fn a_carry_over_is_founded_and_within_what_there_is() {
    let year_end = year_end(4_000_000, &[(17_000_000, 0)]);
    let refused = |request: CarryOver| year_end.plan(&[request]).unwrap_err();
    let [milestone, retention] = tranches(1);
    let from = Some(milestone);
    assert_eq!(refused(carry(from, 0)), Refusal::AmountNotPositive {});
    for empty in 0..3 {
        let mut request = carry(from, 1);
        let grounds = &mut request.grounds;
        *[
            &mut grounds.item,
            &mut grounds.reason,
            &mut grounds.reference,
        ][empty] = " ".to_owned();
        assert_eq!(refused(request), Refusal::CarryOverUnfounded {});
    }
    let above = |account, balance: &str| Refusal::CarryOverAboveBalance {
        account,
        balance: balance.to_owned(),
    };
    assert_eq!(
        refused(carry(from, 17_000_001)),
        above(AccountKind::Committed, "17000000")
    );
    assert_eq!(
        refused(carry(Some(retention), 1)),
        above(AccountKind::Retained, "0")
    );
    assert_eq!(
        refused(carry(None, 4_000_001)),
        above(AccountKind::Envelope, "4000000")
    );
    let unknown = Refusal::NotFound {
        kind: "TRANCHE".to_owned(),
    };
    assert_eq!(refused(carry(Some(tranches(9)[0]), 1)), unknown);
    let twice = [carry(from, 10_000_000), carry(from, 7_000_001)];
    assert_eq!(
        year_end.plan(&twice),
        Err(above(AccountKind::Committed, "7000000"))
    );
}

#[test]
fn no_more_is_carried_over_for_a_tranche_than_it_can_take() {
    let mut year_end = year_end(0, &[(17_000_000, 0)]);
    let held = year_end.awards.get_mut(&award(1)).unwrap();
    held.tranches[0].need = yen(9_000_000);
    let [milestone, _] = tranches(1);
    let above = Refusal::CarryOverAboveBalance {
        account: AccountKind::Committed,
        balance: "9000000".to_owned(),
    };
    let request = carry(Some(milestone), 9_000_001);
    assert_eq!(year_end.plan(&[request]).unwrap_err(), above);
}

#[test]
fn nothing_is_carried_into_a_year_without_an_envelope() {
    let mut year_end = year_end(1_000_000, &[]);
    year_end.has_next = false;
    let missing = Refusal::EnvelopeMissing {
        budget_year: YEAR.next(),
    };
    assert_eq!(year_end.plan(&[carry(None, 1)]).unwrap_err(), missing);
    assert_eq!(year_end.plan(&[]).unwrap().lapsed, yen(1_000_000));
}

#[test]
fn what_stands_against_closing_is_named_with_who_can_clear_it() {
    use YearEndBlockerCode::{
        AlreadyClosed, CloseOutNotReached, EarlierYearOpen, MoneyInTransit, MoneyPayable,
    };
    let last_day = date("2027-04-30");
    let mut year_end = year_end(0, &[(0, 0), (0, 0)]);
    assert_eq!(year_end.ensure_closable(date("2027-05-01")), Ok(()));
    for number in [1, 2] {
        let held = year_end.awards.get_mut(&award(number)).unwrap();
        held.payable = yen(3_000_000);
    }
    let held = year_end.awards.get_mut(&award(2)).unwrap();
    held.in_transit = yen(4_000_000);
    year_end.earlier_open = Some(YEAR.previous());
    year_end.closed_on = Some(last_day);
    let told: Vec<_> = year_end
        .blockers(last_day)
        .into_iter()
        .map(|blocker| (blocker.code, blocker.until, blocker.held))
        .collect();
    let expected = [
        (AlreadyClosed, None, None),
        (CloseOutNotReached, Some(last_day), None),
        (EarlierYearOpen, None, None),
        (MoneyPayable, None, Some((award(1), yen(3_000_000)))),
        (MoneyPayable, None, Some((award(2), yen(3_000_000)))),
        (MoneyInTransit, None, Some((award(2), yen(4_000_000)))),
    ];
    assert_eq!(told, expected);
    let codes = expected.map(|(code, ..)| code);
    let blockers = Codes([&codes[..4], &codes[5..]].concat());
    let blocked = Refusal::YearEndBlocked { blockers };
    assert_eq!(year_end.ensure_closable(last_day), Err(blocked));
}

#[test]
fn an_empty_year_closes_without_a_transfer() {
    let plan = year_end(0, &[(0, 0)]).plan(&[]).unwrap();
    assert_eq!((plan.carry_overs, plan.movements), (vec![], vec![]));
    assert_eq!(plan.lapsed, yen(0));
}

proptest! {
    /// Whatever is carried over, the year ends with nothing and every yen is in the next year or
    /// lapsed; no account is below zero on the way.
    #[test]
    fn a_closed_year_is_empty_and_no_yen_is_lost(
        envelope in 0_i64..1_000_000_000,
        awards in proptest::collection::vec((0_i64..50_000_000, 0_i64..50_000_000), 0..5),
        parts in proptest::collection::vec(0_i64..=10_000, 11),
    ) {
        let year_end = year_end(envelope, &awards);
        let held = year_end.awards.values().flat_map(|held| &held.tranches);
        let requests: Vec<CarryOver> = held
            .map(|tranche| (Some(tranche.tranche), tranche.need))
            .chain([(None, year_end.envelope)])
            .zip(parts)
            .map(|((tranche, amount), part)| carry(tranche, amount.minor() * part / 10_000))
            .filter(|request| request.amount.is_positive())
            .collect();
        let balances = closed(&year_end, &requests);
        let mut next_year = 0;
        for (account, balance) in balances.iter() {
            if account.kind == AccountKind::Appropriation {
                continue;
            }
            if account.budget_year == Some(YEAR) {
                prop_assert!(balance.is_zero(), "{account}");
            } else {
                prop_assert_eq!(account.budget_year, Some(YEAR.next()));
                next_year += balance.minor();
            }
        }
        let plan = year_end.plan(&requests).unwrap();
        prop_assert_eq!(plan.carried_over.minor(), next_year);
        let all: i64 = awards.iter().map(|(committed, retained)| committed + retained).sum();
        prop_assert_eq!(plan.total().unwrap().minor(), envelope + all);
        let fates = plan.awards.values().flat_map(|fate| &fate.tranches);
        let by_tranche: i64 = fates.map(|fate| (fate.carried_over.minor(), fate.decommitted.minor()))
            .map(|(carried, back)| carried + back)
            .sum();
        prop_assert_eq!(by_tranche, all);
    }
}
