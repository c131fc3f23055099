//! The books as text for beancount, a double-entry program that is not ours.
//!
//! Every account is opened, every transfer is a transaction with two postings, and the balances that
//! our ledger claims are asserted: at the end of each fiscal year and at the end of the books. So an
//! auditor's own tool adds the transfers up and compares, to the unit. What is debited is positive
//! there as here. Dates are value dates; when something was recorded stands beside it.
//!
//! Accounts, transfers and balances come from three reads of the same instant and are only passed
//! through: balances that were added up here would prove nothing.

#[cfg(test)]
mod tests;

use std::io::Write;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::ledger::AccountKind;
use domain::report::{ClosingBalance, NamedAccount, NamedTransfer};
use domain::wording::{self, Language};
use domain::{Coded, Currency, InputRule};

use crate::error::{ExportError, Unwritable};
use crate::tally::{Hashing, Sums, Tally};

/// Our accounts have no first day, and the format wants one.
const OPENED_ON: &str = "1900-01-01";

/// What stands in front of an owner's id where the owner's name cannot be part of an account's.
const ID_MARK: &str = "ID-";

/// Books that are being written.
pub struct Ledger<W: Write> {
    out: Hashing<W>,
    sums: Sums,
    /// The account that was opened last, by its name.
    opened: String,
}

impl<W: Write> Ledger<W> {
    /// Begins the books of a programme whose name is `title`, as they stood at `as_of`.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn begin(
        title: &str,
        currency: Currency,
        as_of: DateTime<Utc>,
        out: W,
    ) -> Result<Self, ExportError> {
        let mut out = Hashing::new(out);
        writeln!(out, "; as of {}", instant(as_of))?;
        writeln!(out, "option \"title\" {}", quoted(title))?;
        writeln!(out, "option \"operating_currency\" \"{currency}\"")?;
        writeln!(out)?;
        Ok(Self {
            out,
            sums: Sums::default(),
            opened: String::new(),
        })
    }

    /// Opens an account. Each account is opened once, in the accounts' order; one that differs in
    /// its currency only is the same here.
    ///
    /// # Errors
    /// When no more bytes are taken.
    pub fn open(&mut self, account: &NamedAccount) -> Result<(), ExportError> {
        let name = account_name(account);
        if name == self.opened {
            return Ok(());
        }
        writeln!(self.out, "{OPENED_ON} open {name}")?;
        writeln!(self.out, "  owner: {}", quoted(&account.owner))?;
        writeln!(self.out, "  owner-id: \"{}\"", account.account.owner)?;
        self.opened = name;
        Ok(())
    }

    /// Writes a transfer. A reversal carries the link of what it reverses.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] for a date outside the years 1 to 9999, or when no more bytes
    /// are taken.
    pub fn transfer(&mut self, named: &NamedTransfer) -> Result<(), ExportError> {
        let transfer = &named.transfer;
        let row = self.sums.next_row();
        let day = day(row, transfer.value_date)?;
        self.sums
            .add("AMOUNT", transfer.amount)
            .map_err(|error| Unwritable::new(row, "amount", error))?;
        let out = &mut self.out;
        let (kind, words) = (transfer.kind, wording::of(transfer.kind, Language::En));
        let link = transfer.reverses.unwrap_or(transfer.id);
        writeln!(out, "\n{day} * \"{kind}\" {} ^{link}", quoted(&words))?;
        writeln!(out, "  id: \"{}\"", transfer.id)?;
        if let Some(reversed) = transfer.reverses {
            writeln!(out, "  reverses: \"{reversed}\"")?;
        }
        if let Some(reason) = transfer.reason {
            writeln!(out, "  reason: \"{reason}\"")?;
        }
        writeln!(out, "  record-kind: \"{}\"", transfer.record_kind)?;
        writeln!(out, "  record: \"{}\"", transfer.record)?;
        writeln!(out, "  command: \"{}\"", transfer.command)?;
        writeln!(out, "  occurred-at: \"{}\"", instant(transfer.occurred_at))?;
        writeln!(out, "  recorded-at: \"{}\"", instant(transfer.recorded_at))?;
        let (amount, currency) = (transfer.amount.amount(), transfer.amount.currency());
        let (from, to) = (
            name_of(transfer.from, &named.from_owner),
            name_of(transfer.to, &named.to_owner),
        );
        writeln!(out, "  {from}  -{amount} {currency}")?;
        writeln!(out, "  {to}  {amount} {currency}")?;
        Ok(())
    }

    /// Asserts what an account holds at the end of a day.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] for a date outside the years 1 to 9999, or when no more bytes
    /// are taken.
    pub fn balance(&mut self, closing: &ClosingBalance) -> Result<(), ExportError> {
        // An assertion holds in the morning of its day.
        let morning = closing.on.succ_opt().unwrap_or(closing.on);
        let day = day(0, morning)?;
        let name = account_name(&closing.account);
        let (amount, currency) = (closing.balance.amount(), closing.balance.currency());
        writeln!(self.out, "\n{day} balance {name}  {amount} ~ 0 {currency}")?;
        Ok(())
    }

    /// Ends the books. Their rows are the transfers.
    ///
    /// # Errors
    /// When no more bytes are taken.
    pub fn finish(self) -> Result<Tally, ExportError> {
        Ok(self.out.finish(self.sums)?)
    }
}

/// The account's name: what it holds, whose it is, of which budget year
/// (`Assets:In-Transit:HTC-R07-SAMD-0001:2025`). Two accounts never share one, unless they differ
/// in the currency only.
pub(crate) fn account_name(named: &NamedAccount) -> String {
    name_of(named.account, &named.owner)
}

fn name_of(account: domain::ledger::Account, owner: &str) -> String {
    let kind = account.kind;
    let words = kind.code().split('_').map(capitalised).collect::<Vec<_>>();
    let owner = if is_component(owner) {
        owner.to_owned()
    } else {
        format!("{ID_MARK}{}", account.owner)
    };
    let name = format!("{}:{}:{owner}", root(kind), words.join("-"));
    match account.budget_year {
        Some(year) => format!("{name}:{:04}", year.get()),
        None => name,
    }
}

/// Where the format files it: where money lies, where it came from, or where it went for good.
const fn root(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Appropriation => "Equity",
        AccountKind::Envelope
        | AccountKind::Committed
        | AccountKind::Retained
        | AccountKind::Payable
        | AccountKind::InTransit
        | AccountKind::Advanced
        | AccountKind::Returnable
        | AccountKind::Treasury
        | AccountKind::ChargesReceivable => "Assets",
        AccountKind::Granted | AccountKind::WrittenOff => "Expenses",
        AccountKind::ChargesLevied => "Income",
        AccountKind::Unapplied => "Liabilities",
    }
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    format!("{first}{}", rest.to_ascii_lowercase())
}

/// Whether the name of an owner can be part of an account's name as it is.
fn is_component(owner: &str) -> bool {
    let begins = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let goes_on = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    owner.starts_with(begins) && owner.chars().all(goes_on) && !owner.starts_with(ID_MARK)
}

/// A text between quotation marks. Line ends and other control characters become blanks.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(if letter.is_control() { ' ' } else { letter });
    }
    quoted.push('"');
    quoted
}

fn day(row: usize, date: NaiveDate) -> Result<String, Unwritable> {
    use chrono::Datelike;
    if (1..=9_999).contains(&date.year()) {
        Ok(date.to_string())
    } else {
        Err(Unwritable::form(row, "value date", InputRule::Range))
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
