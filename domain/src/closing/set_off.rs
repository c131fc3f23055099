//! Set-off and hold: what a body is due meets what it owes (Act 20).

use chrono::NaiveDate;

use super::return_movement::paid_account;
use super::{DatedAmount, Movement, Received, ReturnOrder};
use crate::award::AwardStateCode;
use crate::calendar::FiscalYear;
use crate::id::{AwardId, ProgrammeId, ReturnOrderId};
use crate::ledger::{Account, DecommitReason, RecordKind, TransferKind};
use crate::money::{Money, MoneyError};
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::tranche::{Blocker, BlockerCode, PaymentBasis};

/// What the body owes on one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt<'a> {
    /// The order.
    pub id: ReturnOrderId,
    /// The award that it was paid under.
    pub award: AwardId,
    /// How the order stands.
    pub order: ReturnOrder,
    /// The policy that the award is under, by which its charges are levied, and its version.
    pub policy: (&'a Policy, u32),
}

/// What the body is due and may be kept from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The award under which it is payable.
    pub award: AwardId,
    /// The budget year of the payable money.
    pub budget_year: FiscalYear,
    /// Whether it is paid before or after the determination of its year.
    pub basis: PaymentBasis,
    /// How much of it may be kept.
    pub amount: Money,
}

/// A debt that was met, in full or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetDebt {
    /// The order.
    pub id: ReturnOrderId,
    /// The award that it was paid under.
    pub award: AwardId,
    /// What came of it.
    pub received: Received,
}

/// A set-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOff {
    /// What the body was due.
    pub due: Due,
    /// The debts that were met, in their order.
    pub met: Vec<MetDebt>,
    /// What was kept.
    pub kept: Money,
    /// What is still to be paid to the body.
    pub left: Money,
}

/// The hold on whatever is to be paid to a body with these `orders`: none when nothing is owed.
///
/// # Errors
/// When the amounts do not fit.
pub fn hold<'a>(
    orders: impl IntoIterator<Item = &'a ReturnOrder>,
) -> Result<Option<Blocker>, MoneyError> {
    let mut since: Option<NaiveDate> = None;
    for order in orders {
        if order.owed()?.is_positive() {
            since = Some(since.map_or(order.ordered_on, |day| day.min(order.ordered_on)));
        }
    }
    Ok(since.map(|day| Blocker::since(BlockerCode::ReturnUnpaid, Some(day))))
}

/// Meets what the body owes out of what it is due.
///
/// Only debts whose due date has passed are met: before it, nobody has failed to pay. They are met in
/// the order of their due dates, then of their ids; each as a payment would: its principal, its
/// surcharge, its late charge.
///
/// # Errors
/// [`Refusal::NothingOverdue`]; otherwise as [`ReturnOrder::repay`].
pub fn set_off(due: Due, mut debts: Vec<Debt<'_>>, on: NaiveDate) -> Result<SetOff, Refusal> {
    debts.retain(|debt| debt.order.due_on < on);
    debts.sort_by_key(|debt| (debt.order.due_on, debt.id));
    let mut left = due.amount;
    let mut met = Vec::new();
    for debt in debts {
        if !left.is_positive() {
            break;
        }
        if debt.order.owed()?.is_zero() {
            continue;
        }
        let offered = DatedAmount { on, amount: left };
        let (policy, version) = debt.policy;
        let received = debt.order.set_off(offered, policy, version)?;
        left = received.unapplied;
        met.push(MetDebt {
            id: debt.id,
            award: debt.award,
            received,
        });
    }
    if met.is_empty() {
        return Err(Refusal::NothingOverdue {});
    }
    Ok(SetOff {
        kept: due.amount.minus(left)?,
        due,
        met,
        left,
    })
}

/// Why what was left of a release after a set-off, and was taken back, goes back to the envelope: the
/// award in `state` pays it no more, or its year `is_over`, or the gate that it rests on has fallen.
#[must_use]
pub const fn rest_goes_back(state: AwardStateCode, is_over: bool) -> DecommitReason {
    match state {
        AwardStateCode::Cancelled => DecommitReason::Act17,
        AwardStateCode::Ended => DecommitReason::Act10,
        _ if is_over => DecommitReason::YearEnd,
        _ => DecommitReason::Partial,
    }
}

impl SetOff {
    /// What it moves: the payable money to the treasury, and each debt to what the due award was
    /// paid. What is levied on a debt moves before, with the charge ([`Received::levy_movements`]).
    #[must_use]
    pub fn movements(&self, programme: ProgrammeId) -> Vec<Movement> {
        let Due {
            award,
            budget_year,
            basis,
            amount,
        } = self.due;
        let currency = amount.currency();
        let of = |kind, sides, amount| Movement::of(RecordKind::SetOff, kind, sides, amount);
        let kept = (
            Account::payable(award, budget_year, currency),
            Account::treasury(programme, currency),
        );
        let paid = paid_account(award, basis, currency);
        let mut movements = Vec::new();
        movements.extend(of(TransferKind::SetOffPay, kept, self.kept));
        for debt in &self.met {
            let received = &debt.received;
            let returnable = Account::returnable(debt.award, currency);
            let receivable = Account::charges_receivable(debt.award, currency);
            let apply = |from, amount| of(TransferKind::SetOffApply, (from, paid), amount);
            movements.extend(apply(returnable, received.principal));
            movements.extend(apply(receivable, received.charges));
        }
        movements
    }
}
