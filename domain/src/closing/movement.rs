//! What a decision asks the ledger to post.

use serde::{Deserialize, Serialize};

use crate::code::coded;
use crate::ledger::{Account, DecommitReason, TransferKind};
use crate::money::Money;

coded! {
    /// The kind of business record that a movement of closing belongs to.
    pub enum ClosingRecord {
        /// The determination of the amount (Act 15).
        Determination = "DETERMINATION",
        /// The order to return (Act 18).
        ReturnOrder = "RETURN_ORDER",
        /// The surcharge or late charge (Act 19).
        Charge = "CHARGE",
        /// The set-off (Act 20).
        SetOff = "SET_OFF",
        /// The carry-over of an item (Public Finance Act 43).
        CarryOver = "CARRY_OVER",
        /// The money that a payer sent.
        Receipt = "RECEIPT",
        /// The envelope whose year was closed.
        Envelope = "ENVELOPE",
    }
}

/// A transfer that a decision asks for; the command that posts it adds its id, times and record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The kind of record it belongs to.
    pub record: ClosingRecord,
    /// What it does.
    pub kind: TransferKind,
    /// Why, for a decommitment.
    pub reason: Option<DecommitReason>,
    /// Where the money is.
    pub from: Account,
    /// Where it goes.
    pub to: Account,
    /// How much; above zero.
    pub amount: Money,
}

impl Movement {
    /// A movement that needs no reason; none when there is nothing to move.
    pub(super) fn of(
        record: ClosingRecord,
        kind: TransferKind,
        (from, to): (Account, Account),
        amount: Money,
    ) -> Option<Self> {
        amount.is_positive().then_some(Self {
            record,
            kind,
            reason: None,
            from,
            to,
            amount,
        })
    }

    /// A decommitment; none when there is nothing to move.
    pub(super) fn decommit(
        record: ClosingRecord,
        reason: DecommitReason,
        sides: (Account, Account),
        amount: Money,
    ) -> Option<Self> {
        let movement = Self::of(record, TransferKind::Decommit, sides, amount)?;
        Some(Self {
            reason: Some(reason),
            ..movement
        })
    }
}
