//! Storing orders to return.

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::closing::{
    ChargeEntry, ChargeKind, DatedAmount, Movement, Received, ReductionCause, Reinstatement,
    ReturnOrder,
};
use domain::id::{AwardId, DeterminationId, ReturnOrderId};
use domain::{Coded, Currency, Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::ledger;
use crate::dossier::{ReturnEntry, closings, latest_policy, returns_where};
use crate::entity::{award, return_charge, return_order, return_reduction};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::Locked;
use crate::work::Work;

/// What is kept of an order beside what it says itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    /// The budget year out of which the money was paid.
    pub(crate) budget_year: FiscalYear,
    /// The determination that found the overpayment.
    pub(crate) determination: Option<DeterminationId>,
    /// The part of the principal that a determination had covered.
    pub(crate) from_granted: Money,
    /// Why (Act 21-2).
    pub(crate) reason: &'a str,
}

/// Stores a new order and moves its principal to what is to be returned.
///
/// # Errors
/// When the ledger refuses.
pub(crate) async fn store(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    order: &ReturnOrder,
    kept: Kept<'_>,
) -> Result<ReturnOrderId, Error> {
    let id: ReturnOrderId = work.ids.next();
    return_order::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        award_id: Set(award.id),
        budget_year: Set(i64::from(kept.budget_year.get())),
        kind: Set(order.kind.code().to_owned()),
        determination_id: Set(kept.determination.map(Into::into)),
        amount_minor: Set(order.ordered.minor()),
        granted_minor: Set(kept.from_granted.minor()),
        currency: Set(order.ordered.currency().code().to_owned()),
        receipts: Set(mapping::json(&order.receipts)?),
        ordered_on: Set(order.ordered_on),
        due_on: Set(order.due_on),
        reason: Set(kept.reason.to_owned()),
        ordered_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    let facts = json!({ "id": id, "kind": order.kind, "due": order.due_on });
    work.record("RETURN_ORDERED", facts);
    let movements = order.movements(award.id.into(), kept.from_granted)?;
    ledger::post_movements(work, award.programme_id, &movements, id.uuid()).await?;
    Ok(id)
}

/// What the orders of `award` that stand were charged to its receipts with.
///
/// # Errors
/// When the database does not answer or a sum leaves the range of money.
pub(crate) async fn charged_before(
    work: &Work<'_>,
    award: AwardId,
    currency: Currency,
) -> Result<Money, Error> {
    let asked = Condition::all().add(return_order::Column::AwardId.eq(award.uuid()));
    standing(work, asked, currency).await
}

/// What the orders that fulfil `asked` come to as far as they were not rescinded.
///
/// # Errors
/// When the database does not answer or a sum leaves the range of money.
pub(crate) async fn standing(
    work: &Work<'_>,
    asked: Condition,
    currency: Currency,
) -> Result<Money, Error> {
    let orders = returns_where(work.tx(), asked).await?;
    let parts = orders.iter().map(|entry| entry.order.stands());
    let parts = parts.collect::<Result<Vec<Money>, _>>();
    let sum = parts.and_then(|parts| Money::sum(currency, parts));
    Ok(sum.map_err(Refusal::from)?)
}

/// What pays a debt.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PaidBy {
    /// Money that came in.
    Receipt(Uuid),
    /// What was kept of a payment (Act 20).
    SetOff(Uuid),
}

impl PaidBy {
    const fn cause(self) -> ReductionCause {
        match self {
            Self::Receipt(_) => ReductionCause::Repaid,
            Self::SetOff(_) => ReductionCause::SetOff,
        }
    }

    const fn receipt(self) -> Option<Uuid> {
        match self {
            Self::Receipt(id) => Some(id),
            Self::SetOff(_) => None,
        }
    }

    const fn set_off(self) -> Option<Uuid> {
        match self {
            Self::Receipt(_) => None,
            Self::SetOff(id) => Some(id),
        }
    }
}

/// A payment of an order to return.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Payment {
    /// The day that counts.
    pub(crate) on: NaiveDate,
    /// What pays.
    pub(crate) by: PaidBy,
    /// The year into whose envelope the principal goes back.
    pub(crate) reinstated: Option<FiscalYear>,
}

/// What puts `principal`, which arrived for `order`, back into the envelope that had paid it; none where
/// it stays in the treasury.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn reinstatement(
    work: &Work<'_>,
    award: &Locked<award::Model>,
    order: &return_order::Model,
    principal: DatedAmount,
) -> Result<Option<Movement>, Error> {
    let programme = award.programme_id.into();
    let budget_year = mapping::fiscal_year(order.budget_year)?;
    let closed = closings(work.tx(), [award.theme_id]).await?;
    let reinstatement = Reinstatement {
        programme,
        theme: award.theme_id.into(),
        budget_year,
        is_closed: closed.contains_key(&(award.theme_id, budget_year)),
        received_on: principal.on,
        policy: &latest_policy(work.tx(), programme).await?.parameters,
    };
    Ok(reinstatement.movement(principal.amount))
}

/// What reduces the principal of an order, beside how much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    /// Why it is less.
    pub(crate) why: ReductionCause,
    /// What pays it.
    pub(crate) paid: Option<PaidBy>,
    /// The year into whose envelope it goes back.
    pub(crate) reinstated: Option<FiscalYear>,
    /// The reference of the consultation.
    pub(crate) reference: Option<&'a str>,
    /// Why (Act 21-2); nothing for a payment.
    pub(crate) reason: Option<&'a str>,
}

impl<'a> Cause<'a> {
    /// The order is rescinded for `reason`.
    pub(crate) const fn rescinded(reason: &'a str) -> Self {
        Self {
            why: ReductionCause::Rescinded,
            paid: None,
            reinstated: None,
            reference: None,
            reason: Some(reason),
        }
    }
}

/// Puts on record that the principal of `order` is less by `reduced`.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn reduce(
    work: &mut Work<'_>,
    order: &return_order::Model,
    reduced: DatedAmount,
    cause: Cause<'_>,
) -> Result<(), Error> {
    let id: Uuid = work.ids.next();
    return_reduction::ActiveModel {
        id: Set(id),
        programme_id: Set(order.programme_id),
        award_id: Set(order.award_id),
        return_order_id: Set(order.id),
        sequence: Set(Some(next_place(work, order).await?)),
        cause: Set(cause.why.code().to_owned()),
        reduced_on: Set(reduced.on),
        amount_minor: Set(reduced.amount.minor()),
        currency: Set(reduced.amount.currency().code().to_owned()),
        receipt_id: Set(cause.paid.and_then(PaidBy::receipt)),
        set_off_id: Set(cause.paid.and_then(PaidBy::set_off)),
        reinstated_year: Set(cause.reinstated.map(|year| i64::from(year.get()))),
        reference: Set(cause.reference.map(ToOwned::to_owned)),
        reason: Set(cause.reason.map(ToOwned::to_owned)),
        reduced_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    let amount = reduced.amount;
    let facts = json!({ "returnOrder": order.id, "cause": cause.why, "amount": amount });
    work.record("RETURN_REDUCED", facts);
    Ok(())
}

/// The place of what is entered next for `order`, from 1. Whoever enters something holds the lock of
/// its award; the times of two commands, and the ids made of them, do not tell which came first.
async fn next_place(work: &Work<'_>, order: &return_order::Model) -> Result<i64, Error> {
    let reduced: Option<Option<i64>> = return_reduction::Entity::find()
        .select_only()
        .column_as(return_reduction::Column::Sequence.max(), "last")
        .filter(return_reduction::Column::ReturnOrderId.eq(order.id))
        .into_tuple()
        .one(work.tx())
        .await?;
    let charged: Option<Option<i64>> = return_charge::Entity::find()
        .select_only()
        .column_as(return_charge::Column::Sequence.max(), "last")
        .filter(return_charge::Column::ReturnOrderId.eq(order.id))
        .into_tuple()
        .one(work.tx())
        .await?;
    let last = reduced.flatten().max(charged.flatten()).unwrap_or_default();
    Ok(last.saturating_add(1))
}

/// Puts on record that `rest` of `order` is not outstanding any more, because of `cause`, and moves it.
///
/// # Errors
/// When the ledger or the database refuses.
pub(crate) async fn end(
    work: &mut Work<'_>,
    order: &return_order::Model,
    rest: Money,
    (cause, movement): (Cause<'_>, Option<Movement>),
) -> Result<(), Error> {
    let reduced = DatedAmount {
        on: work.today(),
        amount: rest,
    };
    reduce(work, order, reduced, cause).await?;
    let movements: Vec<_> = movement.into_iter().collect();
    ledger::post_movements(work, order.programme_id, &movements, order.id).await
}

/// What is entered for a charge.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entered<'a> {
    /// How the charge to date came about.
    pub(crate) calculation: Option<Value>,
    /// What it came with.
    pub(crate) paid: Option<PaidBy>,
    /// The reference of the consultation and the reason, for a waiver.
    pub(crate) waiver: Option<(&'a str, &'a str)>,
}

/// Puts an entry for a charge on `order` on record. Answers its row's id.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn enter(
    work: &mut Work<'_>,
    order: &return_order::Model,
    (charge, entry): (ChargeKind, ChargeEntry),
    dated: DatedAmount,
    entered: Entered<'_>,
) -> Result<Uuid, Error> {
    let id: Uuid = work.ids.next();
    let (reference, reason) = entered.waiver.unzip();
    return_charge::ActiveModel {
        id: Set(id),
        programme_id: Set(order.programme_id),
        award_id: Set(order.award_id),
        return_order_id: Set(order.id),
        sequence: Set(Some(next_place(work, order).await?)),
        charge: Set(charge.code().to_owned()),
        entry: Set(entry.code().to_owned()),
        charged_on: Set(dated.on),
        amount_minor: Set(dated.amount.minor()),
        currency: Set(dated.amount.currency().code().to_owned()),
        calculation: Set(entered.calculation),
        receipt_id: Set(entered.paid.and_then(PaidBy::receipt)),
        set_off_id: Set(entered.paid.and_then(PaidBy::set_off)),
        reference: Set(reference.map(ToOwned::to_owned)),
        reason: Set(reason.map(ToOwned::to_owned)),
        charged_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    let amount = dated.amount;
    let facts =
        json!({ "returnOrder": order.id, "charge": charge, "entry": entry, "amount": amount });
    work.record("CHARGE_ENTERED", facts);
    Ok(id)
}

/// Puts on record what `received` makes of the order of `before`: the principal that it pays, what
/// that levies, which it moves, and the charges that it pays. What was owed is moved by the caller, who
/// knows from where the money came.
///
/// # Errors
/// When the ledger or the database refuses.
pub(crate) async fn store_received(
    work: &mut Work<'_>,
    before: &ReturnEntry,
    received: &Received,
    payment: Payment,
) -> Result<(), Error> {
    let (order, on, paid) = (&before.row, payment.on, payment.by);
    let dated = |amount| DatedAmount { on, amount };
    let cause = Cause {
        why: paid.cause(),
        paid: Some(paid),
        reinstated: payment.reinstated,
        reference: None,
        reason: None,
    };
    if received.principal.is_positive() {
        reduce(work, order, dated(received.principal), cause).await?;
    }
    // Each levy moves one sum, in the same order.
    let (award, programme) = (order.award_id.into(), order.programme_id.into());
    let movements = received.levy_movements(award, programme);
    for ((kind, levy), movement) in received.levies.iter().zip(&movements) {
        let entry = if levy.levied.is_positive() {
            ChargeEntry::Levied
        } else {
            ChargeEntry::TakenBack
        };
        let entered = Entered {
            calculation: Some(mapping::json(&levy.sheet)?),
            paid: Some(paid),
            waiver: None,
        };
        let id = enter(work, order, (*kind, entry), dated(movement.amount), entered).await?;
        ledger::post_movements(work, order.programme_id, &[*movement], id).await?;
    }
    for kind in ChargeKind::ALL {
        let was = before.order.charge(*kind).collected;
        let collected = received.order.charge(*kind).collected.minus(was);
        let collected = collected.map_err(Refusal::from)?;
        if collected.is_positive() {
            let entered = Entered {
                paid: Some(paid),
                ..Entered::default()
            };
            let what = (*kind, ChargeEntry::Collected);
            enter(work, order, what, dated(collected), entered).await?;
        }
    }
    Ok(())
}
