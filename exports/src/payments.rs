//! What every file for a bank says: who pays, from where, when, and to whom how much.
//!
//! The rows are those of a batch as it was approved ([`PaymentRow`]); nothing about them is decided
//! here. Each file is checked while it is written and once more as a whole: its rows and total are
//! the approved ones, or there is no file.

use chrono::{DateTime, NaiveDate, Utc};
use domain::bank::{BankCode, BranchCode, branch, is_business_day, on_or_after};
use domain::payment::{AccountUse, Originator, PaymentRow, ROWS_MAX, TOTAL_MAX};
use domain::{Currency, Money, MoneyError, Refusal};

use crate::error::{ExportError, Unwritable};
use crate::tally::Sums;
use crate::zengin::place_field;

/// The column whose total goes with the file.
const AMOUNT: &str = "AMOUNT";

/// The names of a bank and its branch as the records of a bulk transfer hold them. They are there for
/// people, and the numbers decide: what is too long is cut, what cannot be written is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    pub(crate) bank: String,
    pub(crate) branch: String,
}

impl PlaceName {
    /// Of names in katakana, full or half width.
    #[must_use]
    pub fn new(bank: &str, branch: &str) -> Self {
        Self {
            bank: place_field(bank),
            branch: place_field(branch),
        }
    }

    /// As the list of Japanese banks has them.
    ///
    /// # Errors
    /// [`Refusal::BankUnknown`] or [`Refusal::BranchUnknown`].
    pub fn listed(bank: BankCode, number: BranchCode) -> Result<Self, Refusal> {
        let (bank, branch) = (domain::bank::bank(bank)?, branch(bank, number)?);
        Ok(Self::new(bank.kana, branch.kana))
    }
}

/// A batch that goes to a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentOrder<'a> {
    /// Its number, which names the message.
    pub number: &'a str,
    /// When it was approved; the file tells this time and no other, so that it is always the same.
    pub approved_at: DateTime<Utc>,
    /// The day on which the payees are to have the money.
    pub value_date: NaiveDate,
    /// Who pays.
    pub originator: &'a Originator,
    /// The names of the paying bank and branch.
    pub place: &'a PlaceName,
    /// How many rows were approved.
    pub rows: usize,
    /// What they pay together, as approved.
    pub total: Money,
}

/// A payment of the batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLine<'a> {
    /// The payment as it was approved.
    pub payment: &'a PaymentRow,
    /// The names of the payee's bank and branch.
    pub place: &'a PlaceName,
    /// Whether the payee was paid before.
    pub account_use: AccountUse,
}

impl PaymentOrder<'_> {
    /// Refuses what no file for a bank can say about the whole.
    pub(crate) fn check(&self) -> Result<(), Unwritable> {
        let refuse = |field, refusal| Err(Unwritable::new(0, field, refusal));
        if self.rows == 0 {
            return refuse("rows", Refusal::BatchEmpty {});
        }
        if self.rows > ROWS_MAX || self.total.minor() > TOTAL_MAX {
            let (rows_max, total_max) = (ROWS_MAX, TOTAL_MAX);
            return refuse(
                "total",
                Refusal::BatchTooLarge {
                    rows_max,
                    total_max,
                },
            );
        }
        if !is_business_day(self.value_date) {
            let (date, next) = (self.value_date, on_or_after(self.value_date));
            return refuse("value date", Refusal::ValueDateNoBusinessDay { date, next });
        }
        Ok(())
    }

    /// Refuses to close a file that does not hold what was approved.
    pub(crate) fn check_written(&self, sums: &Sums) -> Result<(), Unwritable> {
        let written = sums.total(AMOUNT, Currency::JPY);
        if (sums.rows(), written) == (self.rows, self.total) {
            return Ok(());
        }
        Err(Unwritable::new(
            0,
            "total",
            Refusal::BatchDiffers { row: 0 },
        ))
    }
}

impl PaymentLine<'_> {
    /// The amount in whole yen, counted into `sums`; refused unless it is in yen, above zero and at
    /// most `yen_max`.
    pub(crate) fn yen(&self, sums: &mut Sums, yen_max: i64) -> Result<u64, ExportError> {
        let (row, amount) = (sums.rows(), self.payment.amount);
        let refuse = |refusal| Unwritable::new(row, "amount", refusal);
        if amount.currency() != Currency::JPY {
            let (expected, found) = (Currency::JPY, amount.currency());
            let mismatch = MoneyError::CurrencyMismatch { expected, found };
            return Err(refuse(mismatch.into()).into());
        }
        if !amount.is_positive() {
            return Err(refuse(Refusal::AmountNotPositive {}).into());
        }
        if amount.minor() > yen_max {
            let amount_max = yen_max;
            return Err(refuse(Refusal::PaymentTooLarge { amount_max }).into());
        }
        sums.add(AMOUNT, amount)
            .map_err(|error| refuse(error.into()))?;
        Ok(amount.minor().unsigned_abs())
    }
}
