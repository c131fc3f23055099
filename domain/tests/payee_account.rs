//! The account a body is paid to: who may change it, when it counts, and how the swap is caught.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::payment::{
    Answer, CallBack, PayeeAccount, PayeeAccountState, Standing, in_force, standing,
};

use crate::support::{date, instant, person};

const THIEF: u128 = 1;
const FINANCE: u128 = 2;

fn proposed() -> PayeeAccount {
    PayeeAccount {
        version: 2,
        proposed_by: person(THIEF),
        proposed_at: at("2026-06-01T01:00:00Z"),
        answer: None,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    instant(text)
}

fn call_back() -> CallBack {
    CallBack {
        contact: "03-0000-0000, the head office".to_owned(),
        contact_known_since: Some(at("2025-04-01T00:00:00Z")),
        called_on: date("2026-06-02"),
        note: "the treasurer read the number out".to_owned(),
    }
}

fn confirm(call_back: &CallBack) -> Result<PayeeAccount, Refusal> {
    proposed().confirm(person(FINANCE), call_back, at("2026-06-02T03:00:00Z"))
}

fn version(version: u32, confirmed_at: &str) -> PayeeAccount {
    PayeeAccount {
        version,
        answer: Some(Answer {
            by: person(FINANCE),
            at: at(confirmed_at),
            state: PayeeAccountState::Confirmed,
        }),
        ..proposed()
    }
}

#[test]
fn another_person_confirms_after_a_call_back() {
    let confirmed = confirm(&call_back()).unwrap();
    assert_eq!(confirmed.state(), PayeeAccountState::Confirmed);
    let again = confirmed.confirm(person(3), &call_back(), at("2026-06-03T00:00:00Z"));
    let state = PayeeAccountState::Confirmed;
    assert_eq!(again, Err(Refusal::PayeeAccountAnswered { state }));
}

#[test]
fn nobody_confirms_their_own_change_but_may_take_it_back() {
    let now = at("2026-06-02T03:00:00Z");
    let own = proposed().confirm(person(THIEF), &call_back(), now);
    assert_eq!(own, Err(Refusal::SecondPersonRequired {}));
    let back = proposed()
        .reject(person(THIEF), "a typing error", now)
        .unwrap();
    assert_eq!(back.state(), PayeeAccountState::Rejected);
    let without = proposed().reject(person(FINANCE), " ", now);
    assert_eq!(without, Err(Refusal::ReasonRequired {}));
}

/// The thief's own telephone answers as the thief likes.
#[test]
fn a_contact_that_came_with_the_change_proves_nothing() {
    for known_since in [
        None,
        Some("2026-06-01T01:00:00Z"),
        Some("2026-06-01T02:00:00Z"),
    ] {
        let refused = confirm(&CallBack {
            contact_known_since: known_since.map(at),
            ..call_back()
        });
        assert_eq!(refused, Err(Refusal::CallBackContactNotKnown {}));
    }
    let just_before = confirm(&CallBack {
        contact_known_since: Some(at("2026-06-01T00:59:59Z")),
        ..call_back()
    });
    assert!(just_before.is_ok());
}

#[test]
fn the_call_is_made_between_the_change_and_now_and_says_something() {
    let on = |day| {
        confirm(&CallBack {
            called_on: date(day),
            ..call_back()
        })
    };
    let proposed_on = date("2026-06-01");
    let early = Err(Refusal::CallBackBeforeChange { proposed_on });
    assert_eq!(on("2026-05-31"), early);
    let date = date("2026-06-03");
    assert_eq!(on("2026-06-03"), Err(Refusal::DateInFuture { date }));
    assert!(on("2026-06-01").is_ok());
    for (contact, note) in [("", "said yes"), ("the head office", " ")] {
        let silent = CallBack {
            contact: contact.to_owned(),
            note: note.to_owned(),
            ..call_back()
        };
        assert_eq!(confirm(&silent), Err(Refusal::ReasonRequired {}));
    }
}

#[test]
fn the_version_before_stays_in_force_until_the_next_is_confirmed() {
    let accounts = [
        version(1, "2026-05-01T00:00:00Z"),
        version(2, "2026-06-02T00:00:00Z"),
        PayeeAccount {
            version: 3,
            ..proposed()
        },
    ];
    let in_force_at = |text| in_force(&accounts, at(text)).map(|account| account.version);
    assert_eq!(in_force_at("2026-04-30T00:00:00Z"), None);
    assert_eq!(in_force_at("2026-06-01T23:59:59Z"), Some(1));
    assert_eq!(in_force_at("2026-06-02T00:00:00Z"), Some(2));
    assert_eq!(in_force_at("2027-01-01T00:00:00Z"), Some(2));
}

#[test]
fn an_account_is_missing_unverified_cooling_down_or_ready() {
    let stands = |accounts: &[PayeeAccount], now| standing(accounts, at(now), 48);
    let now = "2026-06-04T02:59:59Z";
    assert_eq!(stands(&[], now), Standing::Missing);
    let rejected = proposed().reject(person(FINANCE), "no such contact", at(now));
    assert_eq!(stands(&[rejected.unwrap()], now), Standing::Missing);
    let since = date("2026-06-01");
    assert_eq!(stands(&[proposed()], now), Standing::Unverified { since });
    let confirmed = [version(1, "2026-06-02T03:00:00Z")];
    let cooling_down = Standing::CoolingDown {
        since: date("2026-06-02"),
        until: date("2026-06-04"),
    };
    assert_eq!(stands(&confirmed, now), cooling_down);
    assert_eq!(stands(&confirmed, "2026-06-04T03:00:00Z"), Standing::Ready);
}

/// Known failure 9: a confirmed change starts the cool-down again, whatever was in force before.
#[test]
fn a_swap_stops_payments_for_the_cool_down() {
    let accounts = [
        version(1, "2026-01-01T00:00:00Z"),
        version(2, "2026-06-02T00:00:00Z"),
    ];
    let stands = |now| standing(&accounts, at(now), 48);
    assert_eq!(stands("2026-06-01T23:00:00Z"), Standing::Ready);
    assert!(matches!(
        stands("2026-06-03T00:00:00Z"),
        Standing::CoolingDown { .. }
    ));
}
