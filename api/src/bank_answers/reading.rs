//! Reads the lines of a table of the bank's answers.
//!
//! Columns are found by name, in any order, by code or by what people call them, and those of other
//! names are left alone: a bank's own table may be sent as it is once its columns are named. Nothing is
//! guessed where money is meant: a row says itself whether it arrived or came back. Everything that is
//! wrong is named at once, by the row that a spreadsheet shows, the heading being row 1.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::payment::{AnswerColumn, BankResultCode, ReturnReason};
use domain::{Coded, Currency, InputRule, Money, MoneyError, Refusal, wording};
use encoding_rs::SHIFT_JIS;
use graphql::Refused;
use store::command::BankLine;

#[cfg(test)]
mod tests;

/// Cells that are wrong and named at most; who sent another file than they meant need not read them all.
const FAULTS_MAX: usize = 100;

/// Digits of a year.
const YEAR_DIGITS: usize = 4;

/// Forms in which days are written; spreadsheets in Japan write the second.
const DATES: [&str; 2] = ["%Y-%m-%d", "%Y/%m/%d"];

/// The lines of the table in `bytes`: CSV in UTF-8 or, as Japanese spreadsheets and banks write it, in
/// `Shift_JIS`. Amounts are in `currency` where the table does not say one.
///
/// # Errors
/// [`Refused::Fields`]: `file` in another form, `columns.NAME` missing or named twice, `rows[N].NAME`
/// with what is wrong in that cell.
pub fn read(bytes: &[u8], currency: Currency) -> Result<Vec<BankLine>, Refused> {
    let text = decoded(bytes)?;
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |_| Refused::field("file", InputRule::Form);
    let mut rows = table.records();
    let heading = rows.next().transpose().map_err(unreadable)?;
    let columns = Columns::of(&heading.unwrap_or_default())?;
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    for (number, row) in (2..).zip(rows) {
        let row = row.map_err(unreadable)?;
        let cells = Cells {
            columns: &columns,
            row: &row,
        };
        match cells.line(currency) {
            Ok(line) => lines.push(line),
            // What a spreadsheet leaves below its last row.
            Err(_) if row.iter().all(str::is_empty) => {}
            Err(Fault(column, rule)) => {
                faults.push((format!("rows[{number}].{}", column.code()), rule));
            }
        }
        if faults.len() == FAULTS_MAX {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Refused::Fields(faults));
    }
    if lines.is_empty() {
        return Err(Refused::field("rows", InputRule::Required));
    }
    Ok(lines)
}

fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Refused> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    core::str::from_utf8(text)
        .map(Cow::Borrowed)
        .ok()
        .or_else(|| SHIFT_JIS.decode_without_bom_handling_and_without_replacement(text))
        .ok_or_else(|| Refused::field("file", InputRule::Form))
}

/// Where in a row each column is that the table has.
struct Columns(BTreeMap<AnswerColumn, usize>);

impl Columns {
    fn of(heading: &csv::StringRecord) -> Result<Self, Refused> {
        let mut places = BTreeMap::new();
        let mut faults = Vec::new();
        let mut fault = |column: AnswerColumn, rule| {
            faults.push((format!("columns.{}", column.code()), rule));
        };
        for (place, name) in heading.iter().enumerate() {
            let Some(column) = wording::meant(name) else {
                continue;
            };
            if places.insert(column, place).is_some() {
                fault(column, InputRule::Duplicate);
            }
        }
        for column in AnswerColumn::ALL {
            if column.is_required() && !places.contains_key(column) {
                fault(*column, InputRule::Required);
            }
        }
        if faults.is_empty() {
            Ok(Self(places))
        } else {
            Err(Refused::Fields(faults))
        }
    }
}

/// What is wrong in the cell of this column.
struct Fault(AnswerColumn, InputRule);

/// A row by its columns.
struct Cells<'a> {
    columns: &'a Columns,
    row: &'a csv::StringRecord,
}

impl Cells<'_> {
    fn line(&self, currency: Currency) -> Result<BankLine, Fault> {
        let line = BankLine {
            reference: self.required(AnswerColumn::Reference)?.to_owned(),
            value_date: self.value_date()?,
            amount: self.amount(currency)?,
            returned: self.returned()?,
            return_text: self.text(AnswerColumn::ReturnText).map(str::to_owned),
        };
        line.ensure_sound().map_err(|refusal| match refusal {
            Refusal::InvalidInput { field, rule } => {
                let column = AnswerColumn::from_code(&field.to_ascii_uppercase());
                Fault(column.unwrap_or(AnswerColumn::Reference), rule)
            }
            _ => Fault(AnswerColumn::Amount, InputRule::Range),
        })?;
        Ok(line)
    }

    fn value_date(&self) -> Result<NaiveDate, Fault> {
        let column = AnswerColumn::ValueDate;
        let text = self.required(column)?;
        let read = |form: &&str| NaiveDate::parse_from_str(text, form).ok();
        // A year of two digits, of an era or not, would be one of the first century.
        let is_whole = text.find(['-', '/']) == Some(YEAR_DIGITS);
        let day = DATES.iter().find_map(read).filter(|_| is_whole);
        day.ok_or(Fault(column, InputRule::Form))
    }

    fn amount(&self, currency: Currency) -> Result<Money, Fault> {
        let column = AnswerColumn::Currency;
        let currency = self
            .text(column)
            .map_or(Ok(currency), Currency::from_code)
            .map_err(|_| Fault(column, InputRule::UnknownCode))?;
        let column = AnswerColumn::Amount;
        let text = ungrouped(self.required(column)?);
        Money::parse(&text, currency).map_err(|error| match error {
            MoneyError::NotANumber { .. } => Fault(column, InputRule::Decimal),
            _ => Fault(column, InputRule::Range),
        })
    }

    /// Why it came back; none where it arrived.
    fn returned(&self) -> Result<Option<ReturnReason>, Fault> {
        let reason = AnswerColumn::ReturnReason;
        match self.code(AnswerColumn::Result)? {
            BankResultCode::Returned => self.code(reason).map(Some),
            // It arrived, and there is a reason why it did not: one of the two is wrong.
            BankResultCode::Settled if self.text(reason).is_some() => {
                Err(Fault(reason, InputRule::Form))
            }
            BankResultCode::Settled => Ok(None),
        }
    }

    fn code<T: Coded>(&self, column: AnswerColumn) -> Result<T, Fault> {
        let text = self.required(column)?;
        wording::meant(text).ok_or(Fault(column, InputRule::UnknownCode))
    }

    fn required(&self, column: AnswerColumn) -> Result<&str, Fault> {
        self.text(column).ok_or(Fault(column, InputRule::Required))
    }

    /// What the cell says; nothing where it is empty.
    fn text(&self, column: AnswerColumn) -> Option<&str> {
        let place = self.columns.0.get(&column)?;
        self.row.get(*place).filter(|text| !text.is_empty())
    }
}

/// The number without the commas between its thousands. With any other comma it is left as it is, and
/// no number.
fn ungrouped(number: &str) -> Cow<'_, str> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let Some((first, groups)) = whole.split_once(',') else {
        return Cow::Borrowed(number);
    };
    let is_grouped = (1..=3).contains(&first.len())
        && groups.split(',').all(|group| group.len() == 3)
        && !decimals.contains(',');
    if is_grouped {
        Cow::Owned(number.replace(',', ""))
    } else {
        Cow::Borrowed(number)
    }
}
