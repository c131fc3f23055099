//! Whatever people write into the fields of a report, it comes out as that text and never runs.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::ledger::Account;
use domain::report::{EnvelopeFigures, NamedAccount};
use proptest::prelude::*;

use super::*;
use crate::fixtures::any_text;
use crate::text_cell;

/// Asks that every text of `row` stands in every form, and begins no formula where one would run.
fn ensure_held<R: Tabular>(row: R) -> Result<(), TestCaseError> {
    let rows = [row];
    let (csv, _) = written(TableFormat::Csv, &rows).expect("a file");
    let records = records(&csv);
    let (json, _) = written(TableFormat::JsonLines, &rows).expect("a file");
    prop_assert_eq!(records.len(), 1);
    prop_assert_eq!(json.split(|byte| *byte == b'\n').count(), 2);
    let object: Value = serde_json::from_slice(&json).expect("JSON");
    let sheet = match written(TableFormat::Xlsx, &rows) {
        Ok((file, _)) => Some(cells::<R>(file)?),
        Err(cause) => {
            ensure_not_writable(&rows[0], &cause)?;
            None
        }
    };
    let [row] = &rows;
    let held = R::keys().into_iter().zip(row.cells());
    for (place, ((key, cell_of), cell)) in held.zip(&records[0]).enumerate() {
        if let Cell::Text(text) = cell_of {
            prop_assert_eq!(cell, &text_cell(&text));
            let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
            prop_assert!(!cell.trim_start().starts_with(signs), "{:?}", cell);
            let member = &object[key.code().to_ascii_lowercase()];
            prop_assert_eq!(member.as_str(), Some(&*text));
            let held = match &text_cell(&text) {
                empty if empty.is_empty() => Data::Empty,
                written => Data::String(written.to_string()),
            };
            if let Some(sheet) = &sheet {
                prop_assert_eq!(&sheet[place], &held);
            }
        }
    }
    Ok(())
}

/// The same of whatever may become of a line.
fn ensure_changes_held<L: Reported + Clone>(before: L, after: L) -> Result<(), TestCaseError> {
    ensure_held(Change::Added(after.clone()))?;
    ensure_held(Change::Reversed(before.clone()))?;
    let before = Box::new(before);
    ensure_held(Change::Changed { before, after })
}

/// The cells of a workbook's one row as an independent reader has them; none of them is a formula.
fn cells<R: Tabular>(file: Vec<u8>) -> Result<Vec<Data>, TestCaseError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file)).expect("a workbook");
    let formulas = workbook.worksheet_formula(&R::name()).expect("a sheet");
    prop_assert_eq!(formulas.used_cells().count(), 0);
    let sheet = workbook.worksheet_range(&R::name()).expect("a sheet");
    let cell = |column| sheet.get_value((1, column)).cloned().unwrap_or_default();
    Ok((0..)
        .zip(R::keys())
        .map(|(column, _)| cell(column))
        .collect())
}

/// Asks that the refusal names a text of `row` in which a character that XML does not know stands
/// behind what looks like its escape.
fn ensure_not_writable<R: Tabular>(row: &R, cause: &ExportError) -> Result<(), TestCaseError> {
    let named = R::keys().into_iter().zip(row.cells()).find(|(key, _)| {
        let refused = Unwritable::form(1, key.code(), InputRule::Form);
        matches!(cause, ExportError::Unwritable(cause) if *cause == refused)
    });
    let Some((_, Cell::Text(text))) = named else {
        return Err(TestCaseError::fail(cause.to_string()));
    };
    let unknown = |c: char| c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}');
    prop_assert!(text.contains("_x") && text.contains(unknown), "{:?}", text);
    Ok(())
}

fn paid(number: &str, theme: &str, body: &ReportedBody) -> DisbursementStatementLine {
    let line = line("", TrancheState::Settled, yen(1)).line;
    DisbursementStatementLine {
        line: DisbursementLine {
            release: line.release,
            award: line.award,
            award_number: number.to_owned(),
            organization: line.organization,
            theme: line.theme,
            theme_code: theme.to_owned(),
            tranche: line.tranche,
            ordinal: line.ordinal,
            kind: line.kind,
            budget_year: line.budget_year,
            state: line.state,
            amount: line.amount,
            payable: line.payable,
            in_transit: line.in_transit,
            value_date: line.value_date,
            released_at: line.released_at,
        },
        body: body.clone(),
    }
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

fn any_body() -> impl Strategy<Value = ReportedBody> {
    (any_text(), any_text()).prop_map(|(identifier, name)| ReportedBody { identifier, name })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_text_of_every_report_is_held_and_none_runs(
        (number, theme, body) in (any_text(), any_text(), any_body()),
    ) {
        ensure_held(award(&number, &theme, &body))?;
        ensure_held(calendar(&number, &theme, &body))?;
        ensure_held(envelope(&theme))?;
        ensure_held(balance(&number))?;
        ensure_held(paid(&number, &theme, &body))?;
    }

    #[test]
    fn every_text_of_a_change_is_held_and_none_runs(
        texts in proptest::array::uniform2((any_text(), any_text(), any_body())),
    ) {
        let all = texts.map(|(number, theme, body)| {
            (
                (paid(&number, &theme, &body), award(&number, &theme, &body)),
                (calendar(&number, &theme, &body), envelope(&theme), balance(&number)),
            )
        });
        let [before, after] = all;
        ensure_changes_held(before.0.0, after.0.0)?;
        ensure_changes_held(before.0.1, after.0.1)?;
        ensure_changes_held(before.1.0, after.1.0)?;
        ensure_changes_held(before.1.1, after.1.1)?;
        ensure_changes_held(before.1.2, after.1.2)?;
    }
}
