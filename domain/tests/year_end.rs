//! The end of a budget year: what is carried over, what goes back and what lapses.

use domain::closing::{AwardYear, CarryOver, CarryOverFrom, YearEnd};
use domain::id::AwardId;
use domain::ledger::{Account, AccountKind, Balances, DecommitReason, TransferKind};
use domain::{Currency, FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{date, posted, uuid, yen};

const YEAR: FiscalYear = FiscalYear::new(2026);

fn award(number: u128) -> AwardId {
    AwardId::new(uuid(number))
}

fn year_end(envelope: i64, awards: &[(i64, i64)]) -> YearEnd {
    let awards = awards.iter().zip(1_u128..);
    YearEnd {
        programme: uuid(100).into(),
        theme: uuid(101).into(),
        budget_year: YEAR,
        envelope: yen(envelope),
        awards: awards
            .map(|((committed, retained), number)| {
                let held = AwardYear {
                    committed: yen(*committed),
                    retained: yen(*retained),
                };
                (award(number), held)
            })
            .collect(),
    }
}

fn carry(from: CarryOverFrom, amount: i64) -> CarryOver {
    CarryOver {
        from,
        amount: yen(amount),
        item: "ヘルステック開発支援".to_owned(),
        reason: "the trial was delayed".to_owned(),
        reference: "財計第3号".to_owned(),
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
    for movement in year_end.plan(requests).expect("a plan").movements {
        balances.post(&posted(&movement)).expect("sums fit");
        assert_eq!(balances.overdrawn().count(), 0, "after {movement:?}");
    }
    balances
}

#[test]
fn what_is_not_carried_over_goes_back_and_lapses() {
    let year_end = year_end(4_000_000, &[(17_000_000, 5_000_000), (3_000_000, 0)]);
    let requests = [
        carry(CarryOverFrom::Committed(award(1)), 10_000_000),
        carry(CarryOverFrom::Retained(award(1)), 5_000_000),
        carry(CarryOverFrom::Envelope, 1_000_000),
    ];
    let plan = year_end.plan(&requests).unwrap();
    assert_eq!(plan.carried_over, yen(16_000_000));
    assert_eq!(plan.decommitted, yen(10_000_000));
    assert_eq!(plan.lapsed, yen(13_000_000));
    assert_eq!(plan.total(), Ok(yen(29_000_000)));
    let told: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| {
            let (from, to) = (movement.from.kind, movement.to.kind);
            let (kind, amount) = (movement.kind, movement.amount.amount());
            format!("{} {from} --{kind}--> {to} {amount}", movement.record)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    let decommits = plan
        .movements
        .iter()
        .filter(|movement| movement.reason.is_some());
    assert!(decommits.clone().count() == 2);
    assert!(
        decommits
            .into_iter()
            .all(|one| one.reason == Some(DecommitReason::YearEnd))
    );
}

#[test]
fn a_carry_over_is_founded_and_within_what_there_is() {
    let year_end = year_end(4_000_000, &[(17_000_000, 0)]);
    let refused = |request: CarryOver| year_end.plan(&[request]).unwrap_err();
    let from = CarryOverFrom::Committed(award(1));
    assert_eq!(refused(carry(from, 0)), Refusal::AmountNotPositive {});
    for empty in 0..3 {
        let mut request = carry(from, 1);
        *[
            &mut request.item,
            &mut request.reason,
            &mut request.reference,
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
    let retained = carry(CarryOverFrom::Retained(award(1)), 1);
    assert_eq!(refused(retained), above(AccountKind::Retained, "0"));
    let stranger = carry(CarryOverFrom::Committed(award(9)), 1);
    assert_eq!(refused(stranger), above(AccountKind::Committed, "0"));
    let twice = [carry(from, 10_000_000), carry(from, 7_000_001)];
    assert_eq!(
        year_end.plan(&twice),
        Err(above(AccountKind::Committed, "7000000"))
    );
}

#[test]
fn a_year_is_closed_after_its_close_out_date() {
    let close_out = date("2027-04-30");
    let open = Refusal::YearStillOpen { until: close_out };
    assert_eq!(YearEnd::ensure_closable(close_out, close_out), Err(open));
    assert_eq!(
        YearEnd::ensure_closable(close_out, date("2027-05-01")),
        Ok(())
    );
}

#[test]
fn an_empty_year_closes_without_a_transfer() {
    let plan = year_end(0, &[(0, 0)]).plan(&[]).unwrap();
    assert_eq!(plan.movements, []);
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
        let held = year_end.awards.iter().flat_map(|(award, held)| [
            (CarryOverFrom::Committed(*award), held.committed),
            (CarryOverFrom::Retained(*award), held.retained),
        ]);
        let requests: Vec<CarryOver> = held
            .chain([(CarryOverFrom::Envelope, year_end.envelope)])
            .zip(parts)
            .map(|((from, amount), part)| carry(from, amount.minor() * part / 10_000))
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
    }
}
