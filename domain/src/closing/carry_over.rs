//! A carry-over (繰越): what lets money of one budget year be spent in the next.

use serde::{Deserialize, Serialize};

use super::Movement;
use crate::calendar::FiscalYear;
use crate::id::TrancheId;
use crate::ledger::{Account, RecordKind, TransferKind};
use crate::money::Money;
use crate::refusal::Refusal;

/// What an approved carry-over rests on (Public Finance Act 14-3, 42 and 43).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarryOverGrounds {
    /// The budget item (事項).
    pub item: String,
    /// Why it could not be spent in the year.
    pub reason: String,
    /// The reference of the approval.
    pub reference: String,
}

impl CarryOverGrounds {
    /// Whether everything is said.
    ///
    /// # Errors
    /// [`Refusal::CarryOverUnfounded`].
    pub fn ensure_founded(&self) -> Result<(), Refusal> {
        let texts = [&self.item, &self.reason, &self.reference];
        if texts.iter().any(|text| text.trim().is_empty()) {
            Err(Refusal::CarryOverUnfounded {})
        } else {
            Ok(())
        }
    }
}

/// A carry-over as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarryOver {
    /// The tranche that is to be paid in the next year; none for what the envelope has left.
    pub tranche: Option<TrancheId>,
    /// How much.
    pub amount: Money,
    /// What it rests on.
    pub grounds: CarryOverGrounds,
}

impl CarryOver {
    /// The transfer that takes the money from the account `from` to the same account of the next
    /// year, where at most `most` can be carried over.
    ///
    /// # Errors
    /// [`Refusal::CarryOverUnfounded`], [`Refusal::CarryOverAboveBalance`] or
    /// [`Refusal::AmountNotPositive`]; otherwise when currencies are mixed.
    pub fn movement(&self, from: Account, most: Money) -> Result<Movement, Refusal> {
        self.grounds.ensure_founded()?;
        if self.amount.excess_over(most)?.is_positive() {
            return Err(Refusal::CarryOverAboveBalance {
                account: from.kind,
                balance: most.amount(),
            });
        }
        let to = Account {
            budget_year: from.budget_year.map(FiscalYear::next),
            ..from
        };
        let (record, kind) = (RecordKind::CarryOver, TransferKind::CarryOver);
        Movement::of(record, kind, (from, to), self.amount).ok_or(Refusal::AmountNotPositive {})
    }
}
