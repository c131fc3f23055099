//! The bank's answer to a payment, line by line.
//!
//! The same answer twice changes nothing, whatever came in between; two answers that cannot both be
//! true are shown to a person; a line that fits no payment waits in a queue with the reason why.

use chrono::NaiveDate;

use super::{InstructionState, InstructionStep};
use crate::code::coded;
use crate::id::PaymentInstructionId;
use crate::money::Money;
use crate::refusal::Refusal;

coded! {
    /// Why a bank returns a payment. Bulk transfers have no common list of codes, so these are the
    /// grounds that banks name to each other; the bank's own words are kept beside them.
    pub enum ReturnReason {
        /// No such account: bank, branch, kind or number differs.
        AccountNotFound = "ACCOUNT_NOT_FOUND",
        /// The holder's name differs.
        NameDiffers = "NAME_DIFFERS",
        /// The account was closed.
        AccountClosed = "ACCOUNT_CLOSED",
        /// The account takes no deposits.
        DepositsStopped = "DEPOSITS_STOPPED",
        /// Called back by whoever sent it (組戻).
        CalledBack = "CALLED_BACK",
        /// Another ground, or none given.
        Other = "OTHER",
    }
}

coded! {
    /// What the bank says of a payment, without its reason.
    pub enum BankResultCode {
        /// It arrived.
        Settled = "SETTLED",
        /// It came back.
        Returned = "RETURNED",
    }
}

/// What the bank says of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankResult {
    /// It arrived.
    Settled,
    /// It came back.
    Returned(ReturnReason),
}

impl BankResult {
    /// The result's code.
    #[must_use]
    pub const fn code(self) -> BankResultCode {
        match self {
            Self::Settled => BankResultCode::Settled,
            Self::Returned(_) => BankResultCode::Returned,
        }
    }
}

/// One line of the bank's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementLine {
    /// What it says.
    pub result: BankResult,
    /// The amount it speaks of.
    pub amount: Money,
    /// The day on which the bank booked it.
    pub value_date: NaiveDate,
}

impl SettlementLine {
    /// Refuses what the bank cannot have booked yet.
    ///
    /// # Errors
    /// [`Refusal::DateInFuture`].
    pub fn ensure_past(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.value_date > today {
            return Err(Refusal::DateInFuture {
                date: self.value_date,
            });
        }
        Ok(())
    }
}

/// A payment that a line's reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The instruction.
    pub instruction: PaymentInstructionId,
    /// Its state.
    pub state: InstructionState,
    /// Its amount.
    pub amount: Money,
    /// The day on which it was handed to the bank, once it was.
    pub sent_on: Option<NaiveDate>,
    /// The answers recorded for it already, in their order.
    pub recorded: Vec<SettlementLine>,
}

coded! {
    /// Why a line of the bank's answer fits no payment.
    pub enum UnmatchedReason {
        /// No payment has its reference.
        ReferenceUnknown = "REFERENCE_UNKNOWN",
        /// The payment of its reference has another amount or currency.
        AmountDiffers = "AMOUNT_DIFFERS",
        /// The payment of its reference was not sent.
        NotSent = "NOT_SENT",
        /// It is dated before the payment was sent.
        DatedBeforeSending = "DATED_BEFORE_SENDING",
        /// It is dated later than today.
        DatedInFuture = "DATED_IN_FUTURE",
        /// The money that it says came back is no longer where the payment brought it.
        MoneyMovedOn = "MONEY_MOVED_ON",
    }
}

coded! {
    /// How a line contradicts what is recorded.
    pub enum Contradiction {
        /// Settled already, on another day.
        SettledOnAnotherDay = "SETTLED_ON_ANOTHER_DAY",
        /// Returned already, for another reason or on another day.
        ReturnedOtherwise = "RETURNED_OTHERWISE",
        /// Returned already, and settled now.
        SettledAfterReturn = "SETTLED_AFTER_RETURN",
        /// Returned on a day before it settled.
        ReturnedBeforeSettling = "RETURNED_BEFORE_SETTLING",
    }
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// It moves the instruction on. A bounce of a settled one is a return after arrival.
    Matched {
        /// The instruction.
        instruction: PaymentInstructionId,
        /// What happens to it.
        step: InstructionStep,
        /// The state that it has then.
        after: InstructionState,
    },
    /// The same was recorded before: nothing changes.
    AlreadyRecorded {
        /// The instruction.
        instruction: PaymentInstructionId,
    },
    /// It cannot be true besides what is recorded.
    Contradicting {
        /// The instruction.
        instruction: PaymentInstructionId,
        /// How.
        why: Contradiction,
    },
    /// It fits no payment.
    Unmatched(UnmatchedReason),
}

coded! {
    /// What was made of a recorded line.
    pub enum LineState {
        /// It moved an instruction on.
        Matched = "MATCHED",
        /// The same was recorded before.
        Repeated = "REPEATED",
        /// It waits for a person.
        Unmatched = "UNMATCHED",
        /// A person found that it concerns no payment.
        Dismissed = "DISMISSED",
    }
}

impl LineState {
    /// Refuses a line that waits for nobody.
    ///
    /// # Errors
    /// [`Refusal::SettlementLineResolved`].
    pub const fn ensure_waiting(self) -> Result<(), Refusal> {
        match self {
            Self::Unmatched => Ok(()),
            Self::Matched | Self::Repeated | Self::Dismissed => {
                Err(Refusal::SettlementLineResolved { state: self })
            }
        }
    }
}

impl Matching {
    /// The state in which the line is recorded.
    #[must_use]
    pub const fn line_state(&self) -> LineState {
        match self {
            Self::Matched { .. } => LineState::Matched,
            Self::AlreadyRecorded { .. } => LineState::Repeated,
            Self::Contradicting { .. } | Self::Unmatched(_) => LineState::Unmatched,
        }
    }

    /// The step of the instruction that a person named for the line.
    ///
    /// # Errors
    /// [`Refusal::SettlementUnmatched`] or [`Refusal::SettlementContradicts`].
    pub const fn by_hand(self) -> Result<InstructionStep, Refusal> {
        match self {
            Self::Matched { step, .. } => Ok(step),
            Self::AlreadyRecorded { .. } => Err(Refusal::SettlementRepeated {}),
            Self::Contradicting { why, .. } => Err(Refusal::SettlementContradicts { why }),
            Self::Unmatched(why) => Err(Refusal::SettlementUnmatched { why }),
        }
    }
}

/// What becomes of `line` on `today`; its reference names the payment `known`, if any.
#[must_use]
pub fn judge(line: &SettlementLine, known: Option<&Known>, today: NaiveDate) -> Matching {
    let Some(known) = known else {
        return Matching::Unmatched(UnmatchedReason::ReferenceUnknown);
    };
    let instruction = known.instruction;
    if known.recorded.contains(line) {
        return Matching::AlreadyRecorded { instruction };
    }
    if line.ensure_past(today).is_err() {
        return Matching::Unmatched(UnmatchedReason::DatedInFuture);
    }
    if line.amount != known.amount {
        return Matching::Unmatched(UnmatchedReason::AmountDiffers);
    }
    if known
        .sent_on
        .is_some_and(|sent_on| line.value_date < sent_on)
    {
        return Matching::Unmatched(UnmatchedReason::DatedBeforeSending);
    }
    if let Some(why) = contradiction(line, known) {
        return Matching::Contradicting { instruction, why };
    }
    let step = match line.result {
        BankResult::Settled => InstructionStep::Settle,
        BankResult::Returned(_) => InstructionStep::Bounce,
    };
    match known.state.after(step) {
        Ok(after) => Matching::Matched {
            instruction,
            step,
            after,
        },
        Err(_) => Matching::Unmatched(UnmatchedReason::NotSent),
    }
}

fn contradiction(line: &SettlementLine, known: &Known) -> Option<Contradiction> {
    let is_settled = line.result == BankResult::Settled;
    match known.state {
        InstructionState::Settled if is_settled => Some(Contradiction::SettledOnAnotherDay),
        InstructionState::Bounced if is_settled => Some(Contradiction::SettledAfterReturn),
        InstructionState::Bounced => Some(Contradiction::ReturnedOtherwise),
        InstructionState::Settled => {
            let mut recorded = known.recorded.iter();
            recorded
                .any(|earlier| line.value_date < earlier.value_date)
                .then_some(Contradiction::ReturnedBeforeSettling)
        }
        InstructionState::Instructed | InstructionState::Sent | InstructionState::Withdrawn => None,
    }
}
