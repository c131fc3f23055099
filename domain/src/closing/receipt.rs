//! Taking a receipt back that was recorded wrongly, or applied to the wrong order.
//!
//! It goes back with everything that it paid, by reversal, as long as nothing stands on that; the record of
//! it stays.

use chrono::NaiveDate;

use crate::award::AwardStateCode;
use crate::refusal::Refusal;

/// A receipt on record, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedReceipt {
    /// Whether it was taken back.
    pub is_taken_back: bool,
    /// Whether something of it was paid back.
    pub is_refunded: bool,
    /// The orders to return that it paid.
    pub paid: Vec<PaidOrder>,
}

/// An order to return that a receipt paid, with what became of it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidOrder {
    /// The state of its award.
    pub award: AwardStateCode,
    /// Whether it was given up or rescinded since.
    pub is_ended: bool,
    /// Whether it was paid, set off or waived in part since: what that came to counted on this payment.
    pub is_followed: bool,
    /// The day on which the year was closed into whose envelope the money had gone back.
    pub closed_on: Option<NaiveDate>,
}

impl RecordedReceipt {
    /// Whether it may be taken back, for `reason`.
    ///
    /// # Errors
    /// [`Refusal::ReasonRequired`], [`Refusal::ReceiptTakenBack`], [`Refusal::ReceiptRefunded`],
    /// [`Refusal::AwardClosed`], [`Refusal::ReturnEnded`], [`Refusal::ReceiptFollowed`] or
    /// [`Refusal::YearClosed`].
    pub fn ensure_can_be_taken_back(&self, reason: &str) -> Result<(), Refusal> {
        Refusal::require_reason(reason)?;
        if self.is_taken_back {
            return Err(Refusal::ReceiptTakenBack {});
        }
        if self.is_refunded {
            return Err(Refusal::ReceiptRefunded {});
        }
        self.paid
            .iter()
            .copied()
            .try_for_each(PaidOrder::ensure_stands)
    }
}

impl PaidOrder {
    /// Requires that it stands as the receipt left it.
    fn ensure_stands(self) -> Result<(), Refusal> {
        if self.award == AwardStateCode::Closed {
            return Err(Refusal::AwardClosed {});
        }
        if self.is_ended {
            return Err(Refusal::ReturnEnded {});
        }
        if self.is_followed {
            return Err(Refusal::ReceiptFollowed {});
        }
        match self.closed_on {
            Some(closed_on) => Err(Refusal::YearClosed { closed_on }),
            None => Ok(()),
        }
    }
}
