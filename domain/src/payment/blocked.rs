//! Rows of a batch that may not be paid: all of them at once, so that finance need not come back for
//! the next one.

use core::fmt;

use crate::code::Codes;
use crate::refusal::Refusal;
use crate::tranche::BlockerCode;

/// A row of a batch that may not be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedRow {
    /// Its place in the batch, from 1.
    pub row: i64,
    /// The number of the award that it pays.
    pub award: String,
    /// The place in that award of the tranche that it pays, from 1.
    pub tranche: i64,
    /// What stands against it.
    pub blockers: Codes<BlockerCode>,
}

impl fmt::Display for BlockedRow {
    /// `2 (HTC-R08-SAMD-0001/3): PAYEE_ACCOUNT_CHANGED, AWARD_STATE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            row,
            award,
            tranche,
            blockers,
        } = self;
        write!(f, "{row} ({award}/{tranche}): {blockers}")
    }
}

/// Every row of a batch that may not be paid, in their order, as a fact; written with semicolons
/// between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockedRows(pub Vec<BlockedRow>);

impl BlockedRows {
    /// Refuses a batch of which a row may not be paid.
    ///
    /// # Errors
    /// [`Refusal::PaymentBlocked`] with every such row.
    pub fn ensure_none(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::PaymentBlocked { rows: self })
        }
    }
}

impl fmt::Display for BlockedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&rows.join("; "))
    }
}
