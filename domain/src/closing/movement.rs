//! What a decision asks the ledger to post.

use serde::{Deserialize, Serialize};

use crate::ledger::{Account, DecommitReason, RecordKind, TransferKind};
use crate::money::Money;

/// A transfer that a decision asks for; the command that posts it adds its id, times and record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The kind of record it belongs to.
    pub record: RecordKind,
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
        record: RecordKind,
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
        record: RecordKind,
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
