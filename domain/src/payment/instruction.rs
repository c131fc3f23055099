//! One payment as the bank is asked for it.
//!
//! An instruction lives in one batch. When the bank returns the money, that instruction stays
//! bounced for ever; the tranche is paid by another one, once the cause is cleared.

use crate::code::coded;
use crate::refusal::Refusal;
use crate::tranche::TrancheState;

coded! {
    /// The state of a payment instruction.
    pub enum InstructionState {
        /// In a batch that is not sent.
        Instructed = "INSTRUCTED",
        /// Handed to the bank; not yet paid.
        Sent = "SENT",
        /// Arrived.
        Settled = "SETTLED",
        /// Returned by the bank, on the way or after it had arrived.
        Bounced = "BOUNCED",
        /// Its batch was cancelled before it was sent.
        Withdrawn = "WITHDRAWN",
    }
}

/// What can happen to an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstructionStep {
    /// Its batch is handed to the bank.
    Send,
    /// Its batch is cancelled.
    Withdraw,
    /// The bank says that it arrived.
    Settle,
    /// The bank returns it.
    Bounce,
}

impl InstructionState {
    /// The state after `step`.
    ///
    /// # Errors
    /// [`Refusal::PaymentNotSent`], [`Refusal::PaymentAlreadySent`],
    /// [`Refusal::PaymentAlreadySettled`], [`Refusal::PaymentBounced`] or
    /// [`Refusal::PaymentWithdrawn`].
    pub fn after(self, step: InstructionStep) -> Result<Self, Refusal> {
        use InstructionStep::{Bounce, Send, Settle, Withdraw};
        match (self, step) {
            (Self::Instructed, Send) => Ok(Self::Sent),
            (Self::Instructed, Withdraw) => Ok(Self::Withdrawn),
            (Self::Instructed, Settle | Bounce) => Err(Refusal::PaymentNotSent {}),
            (Self::Sent, Settle) => Ok(Self::Settled),
            (Self::Sent | Self::Settled, Bounce) => Ok(Self::Bounced),
            (Self::Sent | Self::Settled, Send | Withdraw) => Err(Refusal::PaymentAlreadySent {}),
            (Self::Settled, Settle) => Err(Refusal::PaymentAlreadySettled {}),
            (Self::Bounced, _) => Err(Refusal::PaymentBounced {}),
            (Self::Withdrawn, _) => Err(Refusal::PaymentWithdrawn {}),
        }
    }

    /// The state of the tranche that this instruction, its latest, is to pay.
    #[must_use]
    pub const fn tranche(self) -> TrancheState {
        match self {
            Self::Instructed => TrancheState::Instructed,
            Self::Sent => TrancheState::Sent,
            Self::Settled => TrancheState::Settled,
            Self::Bounced => TrancheState::Bounced,
            Self::Withdrawn => TrancheState::Released,
        }
    }
}

impl InstructionState {
    /// Refuses to clear the cause of a return that did not happen, or that `is_cleared`.
    ///
    /// # Errors
    /// [`Refusal::PaymentNotSent`], [`Refusal::PaymentAlreadySent`],
    /// [`Refusal::PaymentAlreadySettled`], [`Refusal::PaymentWithdrawn`] or
    /// [`Refusal::BounceAlreadyCleared`].
    pub const fn ensure_to_be_cleared(self, is_cleared: bool) -> Result<(), Refusal> {
        match self {
            Self::Bounced if is_cleared => Err(Refusal::BounceAlreadyCleared {}),
            Self::Bounced => Ok(()),
            Self::Instructed => Err(Refusal::PaymentNotSent {}),
            Self::Sent => Err(Refusal::PaymentAlreadySent {}),
            Self::Settled => Err(Refusal::PaymentAlreadySettled {}),
            Self::Withdrawn => Err(Refusal::PaymentWithdrawn {}),
        }
    }
}

/// How the cause of a bounce was cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearing<'a> {
    /// The version of the account that the bounced payment went to.
    pub bounced_version: u32,
    /// The version in force now.
    pub version_in_force: u32,
    /// What was done about it, where the account stays the same.
    pub reason: &'a str,
}

impl Clearing<'_> {
    /// Refuses to send the same payment to the same account again when nothing was done.
    ///
    /// # Errors
    /// [`Refusal::BounceNotCleared`].
    pub fn ensure_cleared(&self) -> Result<(), Refusal> {
        let changed = self.version_in_force != self.bounced_version;
        if changed || !self.reason.trim().is_empty() {
            Ok(())
        } else {
            Err(Refusal::BounceNotCleared {})
        }
    }
}
