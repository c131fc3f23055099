//! The account a body is paid to: who may change it, when it counts, and how the swap is caught.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::bank::{AccountNumber, BankCode, BranchCode, DepositKind, TransferKana};
use domain::payment::{
    AccountDetails, Answer, CallBack, Confirmer, PayeeAccount, PayeeAccountState, SealedAccount,
    SealedCallBack, Standing, in_force, standing,
};

use crate::support::{date, instant, person, uuid};

const THIEF: u128 = 1;
const FINANCE: u128 = 2;
const TREASURER: u128 = 4;

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
        called: person(TREASURER),
        contact_known_since: Some(at("2025-04-01T00:00:00Z")),
        called_on: date("2026-06-02"),
        note: "the treasurer read the number out".to_owned(),
    }
}

/// Somebody who does not belong to the body that is paid.
fn outsider(number: u128) -> Confirmer {
    Confirmer {
        person: person(number),
        is_of_body: false,
    }
}

fn confirm(call_back: &CallBack) -> Result<PayeeAccount, Refusal> {
    proposed().confirm(outsider(FINANCE), call_back, at("2026-06-02T03:00:00Z"))
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
    let again = confirmed.confirm(outsider(3), &call_back(), at("2026-06-03T00:00:00Z"));
    let state = PayeeAccountState::Confirmed;
    assert_eq!(again, Err(Refusal::PayeeAccountAnswered { state }));
}

#[test]
fn nobody_confirms_their_own_change_but_may_take_it_back() {
    let now = at("2026-06-02T03:00:00Z");
    let own = proposed().confirm(outsider(THIEF), &call_back(), now);
    assert_eq!(own, Err(Refusal::SecondPersonRequired {}));
    let back = proposed()
        .reject(person(THIEF), "a typing error", now)
        .unwrap();
    assert_eq!(back.state(), PayeeAccountState::Rejected);
    let without = proposed().reject(person(FINANCE), " ", now);
    assert_eq!(without, Err(Refusal::ReasonRequired {}));
}

/// Two persons of one body are one pair of eyes, and so is one who calls themself.
#[test]
fn nobody_of_the_body_confirms_and_nobody_calls_themself() {
    let now = at("2026-06-02T03:00:00Z");
    let of_body = Confirmer {
        is_of_body: true,
        ..outsider(FINANCE)
    };
    let accomplice = proposed().confirm(of_body, &call_back(), now);
    assert_eq!(accomplice, Err(Refusal::ConfirmerOfPayee {}));
    let oneself = confirm(&CallBack {
        called: person(FINANCE),
        ..call_back()
    });
    assert_eq!(oneself, Err(Refusal::CallBackToOneself {}));
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
    let silent = CallBack {
        note: " ".to_owned(),
        ..call_back()
    };
    assert_eq!(confirm(&silent), Err(Refusal::ReasonRequired {}));
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

/// The audit shows the seal and not the salt: nobody finds the number by trying all of them, and
/// whatever of the account is exchanged gives another seal.
#[test]
fn a_seal_covers_the_account_and_the_call_with_its_salt() {
    let details = |number: &str| AccountDetails {
        bank: BankCode::parse("0001").unwrap(),
        branch: BranchCode::parse("001").unwrap(),
        deposit_kind: DepositKind::Ordinary,
        number: AccountNumber::parse(number).unwrap(),
        holder: TransferKana::convert("ヤマダ").unwrap(),
    };
    let (own, other) = (details("1234567"), details("7654321"));
    let account = SealedAccount {
        salt: uuid(1),
        account: uuid(2).into(),
        organization: uuid(3).into(),
        version: 1,
        details: &own,
        holder: "山田",
        proposed_by: person(THIEF),
        proposed_at: at("2026-06-01T01:00:00Z"),
    };
    let call = SealedCallBack {
        account: account.clone(),
        confirmed_by: person(FINANCE),
        confirmed_at: at("2026-06-02T03:00:00Z"),
        called: person(TREASURER),
        called_on: date("2026-06-02"),
        note: "read out",
    };
    let swapped = SealedAccount {
        details: &other,
        ..account.clone()
    };
    let salted_anew = SealedAccount {
        salt: uuid(9),
        ..account.clone()
    };
    for altered in [&swapped, &salted_anew] {
        assert_ne!(altered.seal(), account.seal());
        let confirmed = SealedCallBack {
            account: altered.clone(),
            ..call.clone()
        };
        assert_ne!(confirmed.seal(), call.seal());
    }
    let another_call = SealedCallBack {
        called: person(THIEF),
        ..call.clone()
    };
    assert_ne!(another_call.seal(), call.seal());
}
