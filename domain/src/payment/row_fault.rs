//! Rows of a batch that no bank could take: all of them, so that they are put right at once.

use core::fmt;

use crate::refusal::Refusal;

/// Why a row cannot be handed to a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The row, from 1.
    pub row: usize,
    /// Why.
    pub refusal: Refusal,
}

/// Every such row, in the order of the batch; a row with several faults has one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFaults(pub Vec<RowFault>);

/// For programs: `3: PAYMENT_TOO_LARGE, 7: NAME_TOO_LONG`.
impl fmt::Display for RowFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, RowFault { row, refusal }) in self.0.iter().enumerate() {
            let parted = if index == 0 { "" } else { ", " };
            write!(f, "{parted}{row}: {}", refusal.code())?;
        }
        Ok(())
    }
}
