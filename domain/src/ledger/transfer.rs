//! One movement of money.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Account, DecommitReason, TransferKind};
use crate::code::coded;
use crate::id::{CommandId, TransferId};
use crate::money::Money;
use crate::refusal::Refusal;

coded! {
    /// The kind of business record that a transfer belongs to.
    pub enum RecordKind {
        /// The envelope that was appropriated.
        Envelope = "ENVELOPE",
        /// The award that was offered, withdrawn or ended.
        Award = "AWARD",
        /// The change of the decided amount.
        DecidedAmount = "DECIDED_AMOUNT",
        /// The plan version that was approved.
        PlanVersion = "PLAN_VERSION",
        /// The decision on a gate.
        GateDecision = "GATE_DECISION",
        /// The release of a tranche, made or revoked.
        Release = "RELEASE",
        /// The tranche that was committed, retained or lapsed.
        Tranche = "TRANCHE",
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
        /// The closing of the budget year.
        YearClosing = "YEAR_CLOSING",
        /// The money that a payer sent.
        Receipt = "RECEIPT",
        /// The payment instruction that was sent.
        PaymentInstruction = "PAYMENT_INSTRUCTION",
        /// The answer of the bank that settled or returned a payment.
        SettlementLine = "SETTLEMENT_LINE",
    }
}

/// An immutable transfer: `from` is credited, `to` is debited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Names it.
    pub id: TransferId,
    /// What it does.
    pub kind: TransferKind,
    /// Why, for a decommitment.
    pub reason: Option<DecommitReason>,
    /// Where the money was.
    pub from: Account,
    /// Where it is now.
    pub to: Account,
    /// How much; above zero.
    pub amount: Money,
    /// The day on which it counts as cash.
    pub value_date: NaiveDate,
    /// When it happened, for the rules.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded, for reports as of an instant.
    pub recorded_at: DateTime<Utc>,
    /// The command that made it.
    pub command: CommandId,
    /// The kind of record it belongs to.
    pub record_kind: RecordKind,
    /// That record.
    pub record: Uuid,
    /// The transfer that it reverses, if it is a reversal.
    pub reverses: Option<TransferId>,
}

impl Transfer {
    /// Whether the closed table knows a transfer of this shape, as itself or as a reversal.
    ///
    /// # Errors
    /// [`Refusal::TransferNotAllowed`].
    pub fn ensure_allowed(&self) -> Result<(), Refusal> {
        let (from, to) = (self.from.kind, self.to.kind);
        let shape = if self.reverses.is_some() {
            (to, from)
        } else {
            (from, to)
        };
        let known = self.kind.sides().contains(&shape)
            && self.amount.is_positive()
            && self.from.currency == self.to.currency
            && self.from.currency == self.amount.currency()
            && [self.from, self.to]
                .iter()
                .all(|account| account.kind.has_budget_year() == account.budget_year.is_some())
            && self.owners_fit()
            && self.years_fit()
            && (self.kind == TransferKind::Decommit) == self.reason.is_some();
        if known {
            Ok(())
        } else {
            Err(Refusal::TransferNotAllowed {
                kind: self.kind,
                from,
                to,
            })
        }
    }

    /// Money of one award stays that award's, save for a set-off; a carry-over stays in its account.
    fn owners_fit(&self) -> bool {
        let stays = self.kind == TransferKind::CarryOver
            || self.kind != TransferKind::SetOffApply
                && self.from.kind.is_an_awards()
                && self.to.kind.is_an_awards();
        !stays || self.from.owner == self.to.owner
    }

    /// Money of one budget year stays in it; only a carry-over takes it to the next.
    fn years_fit(&self) -> bool {
        let (Some(from), Some(to)) = (self.from.budget_year, self.to.budget_year) else {
            return true;
        };
        match (self.kind, self.reverses) {
            (TransferKind::CarryOver, None) => to == from.next(),
            (TransferKind::CarryOver, Some(_)) => from == to.next(),
            _ => from == to,
        }
    }
}
