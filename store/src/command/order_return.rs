//! Orders money to be returned (Act 18).

use chrono::NaiveDate;
use domain::access::Operation;
use domain::award::AwardStateCode;
use domain::calculation::CalculationSheet;
use domain::calendar::FiscalYear;
use domain::closing::{ReturnKind, ReturnOrder, ReturnRequest, TaxCredit};
use domain::id::{AwardId, ReturnOrderId};
use domain::ledger::DecommitReason;
use domain::{Coded, InputRule, Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::{
    AwardDossier, credits_ordered, ensure_subsidy_rate, last_credits, place_of, received,
    reports_of, transfers_of, year_ledger,
};
use crate::entity::{award, decided_amount, return_order as orders, tax_credit_return};
use crate::error::Error;
use crate::input::invalid;
use crate::mapping;
use crate::persist::return_order;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Orders back what was paid of a budget year: after a cancellation (Act 17), for a change of
/// circumstances, or the subsidised part of a credited consumption tax. What was paid above the fixed
/// amount is ordered back by the determination itself.
#[derive(Debug, Clone, Serialize)]
pub struct OrderReturn {
    /// The award.
    pub award: AwardId,
    /// Why money is to be returned.
    pub kind: ReturnKind,
    /// The budget year out of which it was paid.
    pub budget_year: FiscalYear,
    /// How much; what the accepted report gives, for a credited consumption tax.
    pub amount: Option<Money>,
    /// The last day on which it is paid in time, in Japan.
    pub due_on: NaiveDate,
    /// Why (Act 21-2).
    pub reason: String,
}

/// A return was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnOrdered {
    /// The award.
    pub award: AwardId,
    /// The order.
    pub return_order: ReturnOrderId,
    /// The principal.
    pub amount: Money,
}

impl Command for OrderReturn {
    const OPERATION: Operation = Operation::OrderReturn;
    type Root = award::Model;
    type Outcome = ReturnOrdered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReturnOrdered, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let (amount, credit) = self.principal(work, &dossier).await?;
        let transfers = transfers_of(work.tx(), award.id).await?;
        let of = (award.id, self.budget_year, dossier.currency);
        let money = year_ledger(work.tx(), of, &transfers).await?.money;
        money.ensure_holds(amount)?;
        let request = ReturnRequest {
            kind: self.kind,
            amount,
            ordered_on: work.today(),
            due_on: self.due_on,
            reason: &self.reason,
        };
        let receipts = received(work.tx(), self.award, &transfers).await?;
        let before = return_order::charged_before(work, self.award, dossier.currency).await?;
        let order = ReturnOrder::order(request, &receipts, before)?;
        let kept = return_order::Kept {
            budget_year: self.budget_year,
            determination: None,
            // What a determination covers is taken last: the rest is not accounted for at all.
            from_granted: amount.excess_over(money.advanced).map_err(Refusal::from)?,
            reason: &self.reason,
        };
        let id = return_order::store(work, &award, &order, kept).await?;
        if let Some((version, sheet)) = credit {
            self.keep_credit(work, &award, id, (version, &sheet))
                .await?;
        }
        Ok(ReturnOrdered {
            award: self.award,
            return_order: id,
            amount,
        })
    }
}

type Credit = (Uuid, CalculationSheet<TaxCredit>);

impl OrderReturn {
    /// How much is ordered back, and from which report it follows.
    async fn principal(
        &self,
        work: &Work<'_>,
        dossier: &AwardDossier,
    ) -> Result<(Money, Option<Credit>), Error> {
        match (self.kind, self.amount) {
            (ReturnKind::Overpayment, _) => Err(invalid("kind", InputRule::ByDetermination).into()),
            (ReturnKind::ConsumptionTax, None) => {
                let (amount, credit) = self.credited(work, dossier).await?;
                Ok((amount, Some(credit)))
            }
            (ReturnKind::ConsumptionTax, Some(_)) => {
                Err(invalid("amount", InputRule::FromTheReport).into())
            }
            (_, None) => Err(invalid("amount", InputRule::Required).into()),
            (ReturnKind::Cancellation, Some(amount)) => {
                ensure_cancelled(work, dossier, amount).await?;
                Ok((amount, None))
            }
            (ReturnKind::GoodFaith, Some(amount)) => Ok((amount, None)),
        }
    }

    /// What the last accepted report on the year's credited consumption tax states, which is all of it: what
    /// an earlier one gave is ordered back already, and only what is above that is ordered now.
    async fn credited(
        &self,
        work: &Work<'_>,
        dossier: &AwardDossier,
    ) -> Result<(Money, Credit), Error> {
        let (award, budget_year) = (dossier.row.id, self.budget_year);
        let mut reports = reports_of(work.tx(), &[award]).await?;
        let reports = reports.remove(&award).unwrap_or_default();
        let last = last_credits(&reports)?.remove(&budget_year);
        let (version, credit) = last.ok_or(Refusal::TaxCreditNotAccepted { budget_year })?;
        ensure_not_ordered(work, version).await?;
        ensure_subsidy_rate(work.tx(), (award, budget_year), &credit).await?;
        let sheet = CalculationSheet::of(dossier.policy.version, credit);
        let sheet = sheet.map_err(Refusal::from)?;
        let ordered = credits_ordered(work.tx(), award, dossier.currency).await?;
        let left = match ordered.get(&budget_year) {
            Some(ordered) => sheet.result.excess_over(*ordered).map_err(Refusal::from)?,
            None => sheet.result,
        };
        Ok((left, (version, sheet)))
    }

    async fn keep_credit(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        order: ReturnOrderId,
        (version, sheet): (Uuid, &CalculationSheet<TaxCredit>),
    ) -> Result<(), Error> {
        let id: Uuid = work.ids.next();
        tax_credit_return::ActiveModel {
            id: Set(id),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            return_order_id: Set(order.uuid()),
            report_version_id: Set(version),
            calculation: Set(mapping::json(sheet)?),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(())
    }
}

/// Requires that nothing was ordered back yet by this version of a report.
async fn ensure_not_ordered(work: &Work<'_>, version: Uuid) -> Result<(), Error> {
    let ordered = tax_credit_return::Entity::find()
        .filter(tax_credit_return::Column::ReportVersionId.eq(version))
        .count(work.tx())
        .await?;
    if ordered == 0 {
        return Ok(());
    }
    Err(Error::already_exists("RETURN_ORDER"))
}

/// Requires that the award is cancelled, or a part of it that is not ordered back for it yet: only that
/// bears a surcharge.
async fn ensure_cancelled(
    work: &Work<'_>,
    dossier: &AwardDossier,
    amount: Money,
) -> Result<(), Error> {
    if dossier.award.state.code() == AwardStateCode::Cancelled {
        return Ok(());
    }
    let cancelled = cancelled_part(work, dossier).await?;
    if cancelled.is_zero() {
        return Err(Refusal::AwardNotCancelled {}.into());
    }
    let earlier = Condition::all()
        .add(orders::Column::AwardId.eq(dossier.row.id))
        .add(orders::Column::Kind.eq(ReturnKind::Cancellation.code()));
    let earlier = return_order::standing(work, earlier, dossier.currency).await?;
    let left = cancelled.excess_over(earlier).map_err(Refusal::from)?;
    if amount.compare(left).map_err(Refusal::from)?.is_gt() {
        let left = left.amount();
        return Err(Refusal::ReturnAboveCancelled { left }.into());
    }
    Ok(())
}

/// What of the decided amount was cancelled (Act 17).
async fn cancelled_part(work: &Work<'_>, dossier: &AwardDossier) -> Result<Money, Error> {
    let rows = decided_amount::Entity::find()
        .filter(decided_amount::Column::AwardId.eq(dossier.row.id))
        .order_by_asc(decided_amount::Column::Ordinal)
        .all(work.tx())
        .await?;
    let steps = rows.iter().zip(rows.iter().skip(1));
    let cancelled = steps
        .filter(|(_, after)| after.article.as_deref() == Some(DecommitReason::Act17.code()))
        .map(|(before, after)| {
            let before = mapping::money(before.amount_minor, &before.currency)?;
            let after = mapping::money(after.amount_minor, &after.currency)?;
            Ok(before.minus(after).map_err(Refusal::from)?)
        });
    let cancelled = cancelled.collect::<Result<Vec<Money>, Error>>()?;
    Ok(Money::sum(dossier.currency, cancelled).map_err(Refusal::from)?)
}
