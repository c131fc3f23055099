//! Taking back an answer of the bank that a person recorded by mistake.
//!
//! A line that came in a file is the bank's word and stays. What a person typed or matched can be wrong;
//! it is taken back as long as nothing stands on it, and the record of it stays.

use super::{BankResult, InstructionState, LineState};
use crate::refusal::Refusal;

/// A recorded line with what became of its payment since.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedLine {
    /// What was made of it.
    pub state: LineState,
    /// What it says.
    pub result: BankResult,
    /// Whether a person recorded or matched it.
    pub is_by_hand: bool,
    /// Whether it was taken back.
    pub is_taken_back: bool,
    /// The state of its payment now.
    pub payment: InstructionState,
    /// Whether the payment had arrived by another line.
    pub has_arrived: bool,
    /// Whether its cause was cleared, another payment of the tranche was made since, the release was
    /// revoked, or the budget year that it settles was determined since.
    pub is_followed: bool,
}

impl RecordedLine {
    /// The state of the payment without the line.
    ///
    /// # Errors
    /// [`Refusal::SettlementNotByHand`], [`Refusal::SettlementTakenBack`],
    /// [`Refusal::SettlementLineResolved`] when it moved no payment, or [`Refusal::SettlementFollowed`].
    pub fn take_back(&self) -> Result<InstructionState, Refusal> {
        if self.is_taken_back {
            return Err(Refusal::SettlementTakenBack {});
        }
        if self.state != LineState::Matched {
            let state = self.state;
            return Err(Refusal::SettlementLineResolved { state });
        }
        if !self.is_by_hand {
            return Err(Refusal::SettlementNotByHand {});
        }
        let (made, before) = match self.result {
            BankResult::Settled => (InstructionState::Settled, InstructionState::Sent),
            BankResult::Returned(_) if self.has_arrived => {
                (InstructionState::Bounced, InstructionState::Settled)
            }
            BankResult::Returned(_) => (InstructionState::Bounced, InstructionState::Sent),
        };
        if self.is_followed || self.payment != made {
            return Err(Refusal::SettlementFollowed {});
        }
        Ok(before)
    }
}
