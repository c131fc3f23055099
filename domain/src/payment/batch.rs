//! The life of a payment batch: prepared by one person, reviewed where somebody does, approved by
//! another, handed to the bank once.

use crate::code::coded;
use crate::refusal::Refusal;

coded! {
    /// The state of a payment batch.
    pub enum BatchState {
        /// Put together.
        Prepared = "PREPARED",
        /// Looked through by somebody who says that the papers are there.
        Reviewed = "REVIEWED",
        /// Approved: its rows, count and total are fixed.
        Approved = "APPROVED",
        /// Exported for the bank: what it says may be read out, and is sent.
        Exported = "EXPORTED",
        /// Cancelled before it was handed to the bank.
        Cancelled = "CANCELLED",
    }
}

/// What can be done with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchStep {
    /// Review it.
    Review,
    /// Approve it.
    Approve,
    /// Hand it to the bank.
    Export,
    /// Cancel it.
    Cancel,
}

impl BatchState {
    /// Refuses to read out what a batch says before it is exported: a file made earlier could be sent,
    /// and the batch be cancelled and its payments sent once more.
    ///
    /// # Errors
    /// [`Refusal::BatchNotExported`] or [`Refusal::BatchCancelled`].
    pub const fn ensure_exported(self) -> Result<(), Refusal> {
        match self {
            Self::Exported => Ok(()),
            Self::Cancelled => Err(Refusal::BatchCancelled {}),
            Self::Prepared | Self::Reviewed | Self::Approved => Err(Refusal::BatchNotExported {}),
        }
    }

    /// The state after `step`. A review is not needed for the approval.
    ///
    /// # Errors
    /// [`Refusal::BatchNotApproved`], [`Refusal::BatchAlreadyReviewed`],
    /// [`Refusal::BatchAlreadyApproved`], [`Refusal::BatchAlreadyExported`] or
    /// [`Refusal::BatchCancelled`].
    pub fn after(self, step: BatchStep) -> Result<Self, Refusal> {
        use BatchStep::{Approve, Cancel, Export, Review};
        match (self, step) {
            (Self::Prepared, Review) => Ok(Self::Reviewed),
            (Self::Reviewed, Review) => Err(Refusal::BatchAlreadyReviewed {}),
            (Self::Prepared | Self::Reviewed, Approve) => Ok(Self::Approved),
            (Self::Prepared | Self::Reviewed, Export) => Err(Refusal::BatchNotApproved {}),
            (Self::Approved, Review | Approve) => Err(Refusal::BatchAlreadyApproved {}),
            (Self::Approved, Export) => Ok(Self::Exported),
            (Self::Prepared | Self::Reviewed | Self::Approved, Cancel) => Ok(Self::Cancelled),
            (Self::Exported, _) => Err(Refusal::BatchAlreadyExported {}),
            (Self::Cancelled, _) => Err(Refusal::BatchCancelled {}),
        }
    }
}
