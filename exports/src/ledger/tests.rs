use domain::FiscalYear;
use domain::id::{AwardId, OrganizationId, ProgrammeId, ThemeId};
use domain::ledger::{Account, RecordKind, Transfer, TransferKind};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::fixtures::{any_text, date, instant as at, yen};

const YEAR: FiscalYear = FiscalYear::new(2025);

fn committed(award: u128) -> Account {
    Account::committed(AwardId::new(Uuid::from_u128(award)), YEAR, Currency::JPY)
}

fn named(account: Account, owner: &str) -> NamedAccount {
    let owner = owner.to_owned();
    NamedAccount { account, owner }
}

fn transfer() -> NamedTransfer {
    let theme = ThemeId::new(Uuid::from_u128(1));
    NamedTransfer {
        transfer: Transfer {
            id: Uuid::from_u128(10).into(),
            kind: TransferKind::Commit,
            reason: None,
            from: Account::envelope(theme, YEAR, Currency::JPY),
            to: committed(2),
            amount: yen(30_000_000),
            value_date: date("2025-06-01"),
            occurred_at: at("2025-06-01T00:00:00Z"),
            recorded_at: at("2025-06-01T00:00:01Z"),
            command: Uuid::from_u128(11).into(),
            record_kind: RecordKind::Award,
            record: Uuid::from_u128(2),
            reverses: None,
        },
        from_owner: "SAMD".to_owned(),
        to_owner: "HTC-R07-SAMD-0001".to_owned(),
    }
}

fn written(
    title: &str,
    write: impl FnOnce(&mut Ledger<&mut Vec<u8>>) -> Result<(), ExportError>,
) -> String {
    let mut file = Vec::new();
    let as_of = at("2026-01-01T00:00:00Z");
    let mut ledger =
        Ledger::begin(title, Currency::JPY, as_of, &mut file).expect("memory takes everything");
    write(&mut ledger).expect("written");
    let tally = ledger.finish().expect("flushed");
    assert_eq!(tally.bytes, file.len() as u64);
    String::from_utf8(file).expect("UTF-8")
}

#[test]
fn a_transfer_is_two_postings_and_a_reversal_is_linked_to_it() {
    let made = transfer();
    let mut reversal = made.clone();
    std::mem::swap(&mut reversal.from_owner, &mut reversal.to_owner);
    reversal.transfer = Transfer {
        id: Uuid::from_u128(12).into(),
        from: made.transfer.to,
        to: made.transfer.from,
        reverses: Some(made.transfer.id),
        ..made.transfer.clone()
    };
    let closing = ClosingBalance {
        account: named(committed(2), "HTC-R07-SAMD-0001"),
        on: date("2026-03-31"),
        balance: yen(0),
    };
    let file = written("Books", |ledger| {
        ledger.open(&closing.account)?;
        ledger.open(&closing.account)?;
        ledger.transfer(&made)?;
        ledger.transfer(&reversal)?;
        ledger.balance(&closing)
    });
    let link = "^00000000-0000-0000-0000-00000000000a";
    assert_eq!(file.matches(link).count(), 2);
    assert_eq!(file.matches(" open ").count(), 1);
    for line in [
        "1900-01-01 open Assets:Committed:HTC-R07-SAMD-0001:2025",
        "2025-06-01 * \"COMMIT\" \"Commitment\" ^00000000-0000-0000-0000-00000000000a",
        "  Assets:Envelope:SAMD:2025  -30000000 JPY",
        "  Assets:Committed:HTC-R07-SAMD-0001:2025  30000000 JPY",
        "  reverses: \"00000000-0000-0000-0000-00000000000a\"",
        "  Assets:Committed:HTC-R07-SAMD-0001:2025  -30000000 JPY",
        "  Assets:Envelope:SAMD:2025  30000000 JPY",
        "2026-04-01 balance Assets:Committed:HTC-R07-SAMD-0001:2025  0 ~ 0 JPY",
    ] {
        assert!(
            file.lines().any(|written| written == line),
            "{line} in\n{file}"
        );
    }
}

#[test]
fn an_account_of_every_kind_has_a_name_that_says_what_it_holds() {
    let uuid = Uuid::from_u128(5);
    let programme = ProgrammeId::new(uuid);
    for (account, owner, name) in [
        (
            Account::appropriation(programme, YEAR, Currency::JPY),
            "HTC",
            "Equity:Appropriation:HTC:2025",
        ),
        (
            Account::of_award(AccountKind::InTransit, uuid.into(), YEAR, Currency::JPY),
            "HTC-R07-SAMD-0001",
            "Assets:In-Transit:HTC-R07-SAMD-0001:2025",
        ),
        (
            Account::charges_levied(programme, Currency::JPY),
            "HTC",
            "Income:Charges-Levied:HTC",
        ),
        (
            Account::unapplied(OrganizationId::new(uuid), Currency::JPY),
            "株式会社見本",
            "Liabilities:Unapplied:ID-00000000-0000-0000-0000-000000000005",
        ),
    ] {
        assert_eq!(account_name(&named(account, owner)), name);
    }
}

#[test]
fn nobody_takes_the_account_of_another_by_being_called_like_its_id() {
    let unnamed = account_name(&named(committed(2), "見本"));
    let called = account_name(&named(
        committed(3),
        "ID-00000000-0000-0000-0000-000000000002",
    ));
    assert!(unnamed.contains("ID-00000000-0000-0000-0000-000000000002"));
    assert_ne!(unnamed, called);
}

#[test]
fn a_date_that_the_format_cannot_write_is_refused_with_its_row() {
    let mut far = transfer();
    far.transfer.value_date = NaiveDate::MAX;
    let mut ledger = Ledger::begin("", Currency::JPY, DateTime::UNIX_EPOCH, Vec::new())
        .expect("memory takes everything");
    ledger.transfer(&transfer()).expect("written");
    let refused = ledger.transfer(&far).expect_err("no such date");
    let expected = Unwritable::form(2, "value date", InputRule::Range);
    assert!(matches!(refused, ExportError::Unwritable(cause) if cause == expected));
}

/// Books in which every text is one of these.
fn books([title, opened, from, to, closed]: [&str; 5]) -> String {
    written(title, |ledger| {
        ledger.open(&named(committed(2), opened))?;
        ledger.transfer(&NamedTransfer {
            transfer: transfer().transfer,
            from_owner: from.to_owned(),
            to_owner: to.to_owned(),
        })?;
        ledger.balance(&ClosingBalance {
            account: named(committed(2), closed),
            on: date("2026-03-31"),
            balance: yen(0),
        })
    })
}

/// What stands between quotation marks, as the format reads it; none unless that is all.
fn unquoted(quoted: &str) -> Option<String> {
    let mut letters = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => letters.next()?,
            '"' => return None,
            _ => letter,
        });
    }
    Some(text)
}

/// Whether the format takes this for the name of an account.
fn is_account(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_uppercase() || first.is_ascii_digit())
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    name.contains(':') && name.split(':').all(part)
}

proptest! {
    #[test]
    fn two_owners_never_share_an_account(
        owners in proptest::collection::vec(
            prop_oneof!["[A-Z]{1,2}[a-z0-9-]{0,2}", "ID-[0-9-]{0,4}", any_text()],
            2,
        ),
    ) {
        let names: Vec<String> = (1..)
            .zip(&owners)
            .map(|(award, owner)| account_name(&named(committed(award), owner)))
            .collect();
        prop_assert_eq!(names[0] == names[1], owners[0] == owners[1] && is_component(&owners[0]));
    }

    #[test]
    fn whatever_the_texts_are_the_books_say_the_same_lines(
        texts in proptest::array::uniform5(any_text()),
    ) {
        let file = books(texts.each_ref().map(String::as_str));
        let plain = books(["Books", "A", "B", "C", "D"]);
        prop_assert!(!file.chars().any(|letter| letter.is_control() && letter != '\n'));
        prop_assert_eq!(file.lines().count(), plain.lines().count());
        for (line, plain) in file.lines().zip(plain.lines()) {
            // Of a control there is a blank left; all other characters are as they were.
            let ensure_said = |before: &str, text: &str| {
                let said = line.strip_prefix(before).and_then(unquoted);
                let text = text.replace(char::is_control, " ");
                prop_assert_eq!(said, Some(text));
                Ok(())
            };
            if plain.starts_with("option \"title\" ") {
                ensure_said("option \"title\" ", &texts[0])?;
            } else if plain.starts_with("  owner: ") {
                ensure_said("  owner: ", &texts[1])?;
            } else {
                let words = line.split(' ').zip(plain.split(' '));
                for (word, plain) in words {
                    prop_assert!(word == plain || is_account(word) && is_account(plain), "{}", line);
                }
                prop_assert_eq!(line.split(' ').count(), plain.split(' ').count());
            }
        }
    }
}
