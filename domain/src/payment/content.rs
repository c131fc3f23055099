//! What a batch says, fixed when it is approved.
//!
//! Each row has a hash over its canonical form, and the batch one over its rows' hashes with count,
//! total and value date, so that what is sent is what was approved. The limits are those of the bulk
//! transfer of the Japanese Bankers Association (record formats of December 2019).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::AccountDetails;
use crate::id::{AwardId, PayeeAccountId, ReleaseId, TrancheId};
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::seal::{Seal, canonical};

/// The most that one row can pay, in yen: ten digits.
pub const AMOUNT_MAX: i64 = 9_999_999_999;

/// The most that one batch can pay, in yen: twelve digits.
pub const TOTAL_MAX: i64 = 999_999_999_999;

/// The most rows of a batch: six digits.
pub const ROWS_MAX: usize = 999_999;

/// One payment as it is approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// The award.
    pub award: AwardId,
    /// The tranche.
    pub tranche: TrancheId,
    /// The release that made it payable.
    pub release: ReleaseId,
    /// The version of the payee account.
    pub payee_account: PayeeAccountId,
    /// What that version says.
    pub account: AccountDetails,
    /// The amount.
    pub amount: Money,
    /// The reference by which the bank's answer names it.
    pub reference: String,
}

impl PaymentRow {
    /// The hash of its canonical form.
    #[must_use]
    pub fn hash(&self) -> Seal {
        hash(&self.members())
    }

    fn members(&self) -> Value {
        json!({
            "htc-payment-row": 1,
            "account": self.account,
            "amount": self.amount.amount(),
            "award": self.award,
            "currency": self.amount.currency(),
            "payee_account": self.payee_account,
            "reference": self.reference,
            "release": self.release,
            "tranche": self.tranche,
        })
    }

    /// Refuses what the bank's record has no room for. `row` counts from 1.
    fn ensure_fits(&self, row: usize) -> Result<(), Refusal> {
        ensure_yen(self.amount)?;
        let minor = self.amount.minor();
        if minor > AMOUNT_MAX {
            return Err(Refusal::PaymentTooLarge {
                row,
                amount_max: AMOUNT_MAX,
            });
        }
        if minor < 1 {
            return Err(Refusal::AmountNotPositive {});
        }
        self.account.ensure_exists()
    }
}

/// A batch before it is fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchContent<'a> {
    /// Its number.
    pub number: &'a str,
    /// The day on which the payees are to have the money.
    pub value_date: NaiveDate,
    /// Its rows, in their order.
    pub rows: &'a [PaymentRow],
}

/// What the approval fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedBatch {
    /// How many rows it has.
    pub count: usize,
    /// What they pay together.
    pub total: Money,
    /// The hash of each row, in their order.
    pub row_hashes: Vec<Seal>,
    /// The hash of the whole.
    pub digest: Seal,
}

impl BatchContent<'_> {
    /// Fixes count, total and hashes of a batch that a bank can take.
    ///
    /// # Errors
    /// [`Refusal::BatchEmpty`], [`Refusal::BatchTooLarge`], [`Refusal::PaymentTooLarge`] naming the
    /// row, [`Refusal::AmountNotPositive`], [`Refusal::CurrencyMismatch`], [`Refusal::BankUnknown`]
    /// or [`Refusal::BranchUnknown`].
    pub fn fix(&self) -> Result<FixedBatch, Refusal> {
        let count = self.rows.len();
        if count == 0 {
            return Err(Refusal::BatchEmpty {});
        }
        for (row, payment) in (1..).zip(self.rows) {
            payment.ensure_fits(row)?;
        }
        let total = Money::sum(Currency::JPY, self.rows.iter().map(|row| row.amount))?;
        if count > ROWS_MAX || total.minor() > TOTAL_MAX {
            return Err(Refusal::BatchTooLarge {
                rows_max: ROWS_MAX,
                total_max: TOTAL_MAX,
            });
        }
        let row_hashes: Vec<Seal> = self.rows.iter().map(PaymentRow::hash).collect();
        let digest = hash(&json!({
            "htc-payment-batch": 1,
            "count": count,
            "currency": total.currency(),
            "number": self.number,
            "rows": row_hashes,
            "total": total.amount(),
            "value_date": self.value_date,
        }));
        Ok(FixedBatch {
            count,
            total,
            row_hashes,
            digest,
        })
    }

    /// Everything that the batch says, its accounts in full, in canonical form: what is handed to the
    /// bank, in whatever format, is made from these bytes. They are read out only once it is exported
    /// ([`BatchState::ensure_exported`](super::BatchState::ensure_exported)) and stay the same.
    ///
    /// # Errors
    /// As [`fix`](Self::fix).
    pub fn canonical(&self) -> Result<String, Refusal> {
        let fixed = self.fix()?;
        let rows: Vec<Value> = self.rows.iter().map(PaymentRow::members).collect();
        Ok(canonical::to_string(&json!({
            "htc-payment-export": 1,
            "count": fixed.count,
            "currency": fixed.total.currency(),
            "digest": fixed.digest,
            "number": self.number,
            "rows": rows,
            "total": fixed.total.amount(),
            "value_date": self.value_date,
        })))
    }
}

/// Refuses when the rows no longer say what was approved; names the first that differs.
///
/// # Errors
/// [`Refusal::BatchDiffers`], `row` 0 when no single row does; or as [`BatchContent::fix`].
pub fn ensure_as_approved(now: &FixedBatch, approved: &FixedBatch) -> Result<(), Refusal> {
    if now == approved {
        return Ok(());
    }
    let differs = now
        .row_hashes
        .iter()
        .zip(&approved.row_hashes)
        .position(|(a, b)| a != b);
    Err(Refusal::BatchDiffers {
        row: differs.map_or(0, |index| index + 1),
    })
}

/// The bulk transfer knows only yen.
fn ensure_yen(amount: Money) -> Result<(), Refusal> {
    Ok(Money::zero(Currency::JPY).plus(amount).map(|_| ())?)
}

fn hash(members: &Value) -> Seal {
    Seal::over(&canonical::to_string(members))
}
