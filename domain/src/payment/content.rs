//! What a batch says, fixed when it is approved.
//!
//! Each row has a hash over its canonical form, and the batch one over its rows' hashes with count,
//! total and value date, so that what is sent is what was approved. The limits are those of the bulk
//! transfer of the Japanese Bankers Association (record formats of December 2019).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{AccountDetails, RowFault, RowFaults};
use crate::bank::ensure_reference;
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

    /// Everything about it that not every file for a bank has room or letters for. The holder's name
    /// needs no look: it is in transfer letters, and a field cuts it.
    fn faults(&self) -> impl Iterator<Item = Refusal> {
        let looks = [
            self.ensure_amount(),
            self.account.ensure_exists(),
            ensure_reference(&self.reference),
        ];
        looks.into_iter().filter_map(Result::err)
    }

    fn ensure_amount(&self) -> Result<(), Refusal> {
        ensure_yen(self.amount)?;
        let minor = self.amount.minor();
        if minor > AMOUNT_MAX {
            let amount_max = AMOUNT_MAX;
            return Err(Refusal::PaymentTooLarge { amount_max });
        }
        if minor < 1 {
            return Err(Refusal::AmountNotPositive {});
        }
        Ok(())
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
    /// [`Refusal::BatchEmpty`], [`Refusal::BatchTooLarge`], or [`Refusal::BatchRowsUnfit`] with every
    /// row that a bank cannot take: because of its amount, its account or its reference.
    pub fn fix(&self) -> Result<FixedBatch, Refusal> {
        if self.rows.is_empty() {
            return Err(Refusal::BatchEmpty {});
        }
        self.ensure_rows_fit()?;
        let fixed = self.hashed()?;
        if fixed.count > ROWS_MAX || fixed.total.minor() > TOTAL_MAX {
            return Err(Refusal::BatchTooLarge {
                rows_max: ROWS_MAX,
                total_max: TOTAL_MAX,
            });
        }
        Ok(fixed)
    }

    /// Count, total and hashes as they are, also where no bank takes it any more.
    ///
    /// # Errors
    /// [`Refusal::CurrencyMismatch`] or [`Refusal::AmountOutOfRange`] where the rows have no total.
    pub fn hashed(&self) -> Result<FixedBatch, Refusal> {
        let count = self.rows.len();
        let total = Money::sum(Currency::JPY, self.rows.iter().map(|row| row.amount))?;
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

    fn ensure_rows_fit(&self) -> Result<(), Refusal> {
        let faults_of = |(row, payment): (usize, &PaymentRow)| {
            let fault = move |refusal| RowFault { row, refusal };
            payment.faults().map(fault).collect::<Vec<_>>()
        };
        let faults: Vec<RowFault> = (1..).zip(self.rows).flat_map(faults_of).collect();
        if faults.is_empty() {
            return Ok(());
        }
        let faults = RowFaults(faults);
        Err(Refusal::BatchRowsUnfit { faults })
    }

    /// Everything that the batch says, its accounts in full, in canonical form: what is handed to the
    /// bank, in whatever format, is made from these bytes. They are read out only once it is exported
    /// ([`BatchState::ensure_exported`](super::BatchState::ensure_exported)) and stay the same, also when
    /// a bank or branch has gone since.
    ///
    /// # Errors
    /// As [`hashed`](Self::hashed).
    pub fn canonical(&self) -> Result<String, Refusal> {
        let fixed = self.hashed()?;
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
