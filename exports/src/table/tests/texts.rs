//! Whatever people write into the fields of a report, it comes out as that text and never runs.

use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::ledger::Account;
use domain::report::{EnvelopeFigures, NamedAccount};
use proptest::prelude::*;

use super::*;
use crate::fixtures::any_text;
use crate::text_cell;

/// Asks that every text of `row` stands in every form, and begins no formula where one would run.
fn ensure_held<R: Reported>(row: R) -> Result<(), TestCaseError> {
    let rows = [row];
    let (csv, _) = written(TableFormat::Csv, &rows).expect("a file");
    let records = records(&csv);
    let (json, _) = written(TableFormat::JsonLines, &rows).expect("a file");
    prop_assert_eq!(records.len(), 1);
    prop_assert_eq!(json.split(|byte| *byte == b'\n').count(), 2);
    let object: Value = serde_json::from_slice(&json).expect("JSON");
    for (column, cell) in R::COLUMNS.iter().zip(&records[0]) {
        if let Cell::Text(text) = column.cell(&rows[0]) {
            prop_assert_eq!(cell, &text_cell(&text));
            let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
            prop_assert!(!cell.trim_start().starts_with(signs), "{:?}", cell);
            let member = &object[column.key().code().to_ascii_lowercase()];
            prop_assert_eq!(member.as_str(), Some(&*text));
        }
    }
    prop_assert!(written(TableFormat::Xlsx, &rows).is_ok());
    Ok(())
}

fn award(number: &str, theme: &str, body: &ReportedBody) -> AwardStatementLine {
    let zero = yen(0);
    AwardStatementLine {
        award_number: number.to_owned(),
        theme_code: theme.to_owned(),
        body: body.clone(),
        state: AwardStateCode::Active,
        amounts: FiveAmounts {
            applied: zero,
            decided: zero,
            paid: zero,
            fixed: zero,
            returned: zero,
            written_off: zero,
        },
        advanced: zero,
        granted: zero,
        returnable: zero,
    }
}

fn calendar(number: &str, theme: &str, body: &ReportedBody) -> PaymentCalendarLine {
    PaymentCalendarLine {
        award_number: number.to_owned(),
        theme_code: theme.to_owned(),
        body: body.clone(),
        ordinal: 1,
        kind: TrancheKind::Final,
        budget_year: FiscalYear::new(2025),
        state: TrancheState::Planned,
        planned_on: None,
        amount: yen(1),
        paid: yen(0),
        value_on: None,
    }
}

fn envelope(theme: &str) -> EnvelopeLine {
    EnvelopeLine {
        envelope: Uuid::from_u128(1).into(),
        theme: Uuid::from_u128(2).into(),
        theme_code: theme.to_owned(),
        fiscal_year: FiscalYear::new(2025),
        closed_on: None,
        figures: EnvelopeFigures::zero(Currency::JPY),
    }
}

fn balance(owner: &str) -> TrialBalanceLine {
    let payer = Uuid::from_u128(1).into();
    TrialBalanceLine {
        account: NamedAccount {
            account: Account::unapplied(payer, Currency::JPY),
            owner: owner.to_owned(),
        },
        debits: yen(0),
        credits: yen(7),
        balance: yen(-7),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_text_of_every_report_is_held_and_none_runs(
        (number, theme, identifier, name) in (any_text(), any_text(), any_text(), any_text()),
    ) {
        let mut paid = line(&name, TrancheState::Settled, yen(1));
        paid.line.award_number.clone_from(&number);
        paid.line.theme_code.clone_from(&theme);
        paid.body.identifier.clone_from(&identifier);
        let body = ReportedBody { identifier, name };
        ensure_held(award(&number, &theme, &body))?;
        ensure_held(calendar(&number, &theme, &body))?;
        ensure_held(envelope(&theme))?;
        ensure_held(balance(&number))?;
        ensure_held(paid)?;
    }
}
