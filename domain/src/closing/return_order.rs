//! Orders to return money (返還命令, Act 18), from the order to the last yen.

use chrono::NaiveDate;

use super::accrual::charge_to_receipts;
use super::{Accrual, Charge, ChargeKind, ChargeTerms, DatedAmount, Levy};
use crate::code::coded;
use crate::money::{Money, MoneyError};
use crate::policy::Policy;
use crate::refusal::Refusal;

coded! {
    /// Why money is to be returned.
    pub enum ReturnKind {
        /// The award was cancelled for misuse or breach (Act 17; Act 18, paragraph 1).
        Cancellation = "CANCELLATION",
        /// More was paid than is fixed (Act 18, paragraph 2).
        Overpayment = "OVERPAYMENT",
        /// Consumption tax that the subsidy had paid was credited to the recipient.
        ConsumptionTax = "CONSUMPTION_TAX",
        /// Circumstances changed and nobody is at fault: after a cancellation (Act 10; Act 18, paragraph 1), or
        /// under the conditions of the decision (Act 7), as after a gate that was not passed.
        GoodFaith = "GOOD_FAITH",
    }
}

impl ReturnKind {
    /// Whether it bears a surcharge: only after misuse or breach (Act 19, paragraph 1).
    #[must_use]
    pub const fn bears_surcharge(self) -> bool {
        matches!(self, Self::Cancellation)
    }
}

coded! {
    /// What reduced the principal of a return.
    pub enum ReductionCause {
        /// It was paid.
        Repaid = "REPAID",
        /// It was set off (Act 20).
        SetOff = "SET_OFF",
        /// It was given up as not recoverable.
        WrittenOff = "WRITTEN_OFF",
        /// The order was rescinded.
        Rescinded = "RESCINDED",
    }
}

coded! {
    /// How a return order stands.
    pub enum ReturnState {
        /// Principal is outstanding.
        Open = "OPEN",
        /// All of the principal came back, in money or by set-off.
        Repaid = "REPAID",
        /// The rest of the principal was given up.
        WrittenOff = "WRITTEN_OFF",
        /// The order was rescinded for the rest of the principal.
        Rescinded = "RESCINDED",
    }
}

/// What an order to return says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnRequest<'a> {
    /// Why.
    pub kind: ReturnKind,
    /// How much.
    pub amount: Money,
    /// The day of the order.
    pub ordered_on: NaiveDate,
    /// The last day on which it is paid in time.
    pub due_on: NaiveDate,
    /// The reason that is given to the recipient (Act 21-2).
    pub reason: &'a str,
}

/// What reduced the principal, on which day and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reduction {
    /// The day and the amount.
    pub reduced: DatedAmount,
    /// Why.
    pub cause: ReductionCause,
}

/// An order to return, with what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOrder {
    /// Why.
    pub kind: ReturnKind,
    /// The day of the order.
    pub ordered_on: NaiveDate,
    /// The last day on which it is paid in time.
    pub due_on: NaiveDate,
    /// The principal.
    pub ordered: Money,
    /// The receipts that the principal is charged to, the latest first.
    pub receipts: Vec<DatedAmount>,
    /// What reduced the principal.
    pub reductions: Vec<Reduction>,
    /// The surcharge, levied so far.
    pub surcharge: Charge,
    /// The late charge, levied so far.
    pub late_charge: Charge,
}

/// What came of money that was received for a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The order as it stands now.
    pub order: ReturnOrder,
    /// The part that went to the principal.
    pub principal: Money,
    /// What the payment of principal levies, by kind of charge.
    pub levies: Vec<(ChargeKind, Levy)>,
    /// The part that went to charges.
    pub charges: Money,
    /// The part that nothing was owed for.
    pub unapplied: Money,
}

impl ReturnOrder {
    /// Orders a return, charged to the latest of `receipts` first; earlier orders that stand were
    /// charged with `charged_before` of them.
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], [`Refusal::ReasonRequired`], [`Refusal::DateInPast`] when it
    /// would be due before the order, or [`Refusal::ReturnAboveReceipts`].
    pub fn order(
        request: ReturnRequest<'_>,
        receipts: &[DatedAmount],
        charged_before: Money,
    ) -> Result<Self, Refusal> {
        let ordered = request.amount;
        if !ordered.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        Refusal::require_reason(request.reason)?;
        if request.due_on < request.ordered_on {
            return Err(Refusal::DateInPast {
                date: request.due_on,
            });
        }
        Ok(Self {
            kind: request.kind,
            ordered_on: request.ordered_on,
            due_on: request.due_on,
            ordered,
            receipts: charge_to_receipts(receipts, charged_before, ordered)?,
            reductions: Vec::new(),
            surcharge: Charge::none(ordered.currency()),
            late_charge: Charge::none(ordered.currency()),
        })
    }

    /// The principal that was not rescinded.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn stands(&self) -> Result<Money, MoneyError> {
        let rescinded = self.reductions.iter();
        let rescinded = rescinded.filter(|part| part.cause == ReductionCause::Rescinded);
        let rescinded = rescinded.map(|part| part.reduced.amount);
        self.ordered
            .minus(Money::sum(self.ordered.currency(), rescinded)?)
    }

    /// The principal that is neither paid, given up nor rescinded.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn outstanding(&self) -> Result<Money, MoneyError> {
        let reduced = self.reductions.iter().map(|part| part.reduced.amount);
        self.ordered
            .minus(Money::sum(self.ordered.currency(), reduced)?)
    }

    /// The principal and the charges that are outstanding.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn owed(&self) -> Result<Money, MoneyError> {
        self.outstanding()?
            .plus(self.surcharge.outstanding()?)?
            .plus(self.late_charge.outstanding()?)
    }

    /// How it stands.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn state(&self) -> Result<ReturnState, MoneyError> {
        if self.outstanding()?.is_positive() {
            return Ok(ReturnState::Open);
        }
        Ok(match self.reductions.last().map(|last| last.cause) {
            Some(ReductionCause::Rescinded) => ReturnState::Rescinded,
            Some(ReductionCause::WrittenOff) => ReturnState::WrittenOff,
            Some(ReductionCause::Repaid | ReductionCause::SetOff) | None => ReturnState::Repaid,
        })
    }

    /// What a charge of this kind comes to until `until`, payments to that day taken into account.
    /// What was rescinded was never owed: it bears no charge for any day.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn accrual(
        &self,
        kind: ChargeKind,
        until: NaiveDate,
        policy: &Policy,
    ) -> Result<Accrual, MoneyError> {
        let parts = match kind {
            ChargeKind::Surcharge => self.standing_receipts()?,
            ChargeKind::LateCharge => vec![DatedAmount {
                on: self.due_on.succ_opt().unwrap_or(self.due_on),
                amount: self.stands()?,
            }],
        };
        let reductions = self.reductions.iter();
        let reductions = reductions.filter(|part| part.cause != ReductionCause::Rescinded);
        Ok(Accrual {
            parts,
            reductions: reductions.map(|part| part.reduced).collect(),
            until,
            terms: ChargeTerms::of(kind, policy),
        })
    }

    /// The receipts that it is charged to, the latest first, as far as it was not rescinded.
    fn standing_receipts(&self) -> Result<Vec<DatedAmount>, MoneyError> {
        let mut left = self.stands()?;
        let parts = self.receipts.iter().map(|part| {
            let amount = part.amount.lesser(left)?;
            left = left.minus(amount)?;
            Ok(DatedAmount { amount, ..*part })
        });
        parts.collect()
    }

    /// The day that counts of money that arrived on `received_on`. Nothing is owed before the order, so
    /// what came before it pays on its day: it is never late, and a surcharge runs until then.
    #[must_use]
    pub fn counts_from(&self, received_on: NaiveDate) -> NaiveDate {
        received_on.max(self.ordered_on)
    }

    /// Takes money in: first for the principal until it is covered (Order 10, paragraph 2), then for
    /// the surcharge, then for the late charge. A payment of principal levies what both come to until
    /// the latest such payment.
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`]; [`Refusal::ReturnNotOrderedYet`]; [`Refusal::AboveOutstanding`]
    /// when charges would have to be taken back that are collected; otherwise when the amounts do
    /// not fit.
    pub fn repay(
        self,
        received: DatedAmount,
        policy: &Policy,
        policy_version: u32,
    ) -> Result<Received, Refusal> {
        self.receive(received, ReductionCause::Repaid, policy, policy_version)
    }

    /// Takes in what was kept for it (Act 20), as [`repay`](Self::repay) takes money.
    ///
    /// # Errors
    /// As [`repay`](Self::repay).
    pub(super) fn set_off(
        self,
        kept: DatedAmount,
        policy: &Policy,
        policy_version: u32,
    ) -> Result<Received, Refusal> {
        self.receive(kept, ReductionCause::SetOff, policy, policy_version)
    }

    fn receive(
        mut self,
        received: DatedAmount,
        cause: ReductionCause,
        policy: &Policy,
        policy_version: u32,
    ) -> Result<Received, Refusal> {
        if !received.amount.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        if received.on < self.ordered_on {
            return Err(Refusal::ReturnNotOrderedYet {
                ordered_on: self.ordered_on,
            });
        }
        let principal = received.amount.lesser(self.outstanding()?)?;
        let levies = if principal.is_positive() {
            self.reduce(received.on, principal, cause);
            self.levy(policy, policy_version)?
        } else {
            Vec::new()
        };
        let rest = received.amount.minus(principal)?;
        let surcharge = self.surcharge.collect(rest)?;
        let late_charge = self.late_charge.collect(rest.minus(surcharge)?)?;
        let charges = surcharge.plus(late_charge)?;
        Ok(Received {
            order: self,
            principal,
            levies,
            charges,
            unapplied: rest.minus(charges)?,
        })
    }

    /// Gives the outstanding principal up as not recoverable, and says how much it was.
    ///
    /// # Errors
    /// [`Refusal::ReasonRequired`] or [`Refusal::NothingOutstanding`].
    pub fn write_off(self, on: NaiveDate, reason: &str) -> Result<(Self, Money), Refusal> {
        self.end(on, ReductionCause::WrittenOff, reason)
    }

    /// Rescinds the order as far as its principal is outstanding, and says how much that was. What
    /// was paid stays returned.
    ///
    /// # Errors
    /// [`Refusal::ReasonRequired`] or [`Refusal::NothingOutstanding`].
    pub fn rescind(self, on: NaiveDate, reason: &str) -> Result<(Self, Money), Refusal> {
        self.end(on, ReductionCause::Rescinded, reason)
    }

    /// A charge of this kind on it.
    #[must_use]
    pub const fn charge(&self, kind: ChargeKind) -> &Charge {
        match kind {
            ChargeKind::Surcharge => &self.surcharge,
            ChargeKind::LateCharge => &self.late_charge,
        }
    }

    fn end(
        mut self,
        on: NaiveDate,
        cause: ReductionCause,
        reason: &str,
    ) -> Result<(Self, Money), Refusal> {
        Refusal::require_reason(reason)?;
        let rest = self.outstanding()?;
        if !rest.is_positive() {
            return Err(Refusal::NothingOutstanding {});
        }
        self.reduce(on, rest, cause);
        Ok((self, rest))
    }

    fn reduce(&mut self, on: NaiveDate, amount: Money, cause: ReductionCause) {
        let reduced = DatedAmount { on, amount };
        self.reductions.push(Reduction { reduced, cause });
    }

    /// Levies what the charges come to until the latest reduction of the principal. Nothing is levied
    /// for a kind of charge that the return does not bear or that comes to nothing.
    fn levy(
        &mut self,
        policy: &Policy,
        policy_version: u32,
    ) -> Result<Vec<(ChargeKind, Levy)>, Refusal> {
        let last = self.reductions.iter().map(|part| part.reduced.on).max();
        let until = last.unwrap_or(self.ordered_on);
        let mut levies = Vec::new();
        if self.kind.bears_surcharge() {
            let accrual = self.accrual(ChargeKind::Surcharge, until, policy)?;
            levies.push((
                ChargeKind::Surcharge,
                self.surcharge.levy(accrual, policy_version)?,
            ));
        }
        let accrual = self.accrual(ChargeKind::LateCharge, until, policy)?;
        levies.push((
            ChargeKind::LateCharge,
            self.late_charge.levy(accrual, policy_version)?,
        ));
        levies.retain(|(_, levy)| levy.levied.is_positive() || levy.taken_back.is_positive());
        Ok(levies)
    }
}
