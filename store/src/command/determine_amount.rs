//! Determines the amount of a budget year (Act 15).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::access::Operation;
use domain::award::PlannedTranche;
use domain::calendar::FiscalYear;
use domain::closing::{Determination, ReturnKind, ReturnOrder, ReturnRequest, Settlement};
use domain::id::{AwardId, DeterminationId, ReturnOrderId};
use domain::ledger::{Account, RecordKind, Transfer, TransferKind};
use domain::tranche::{PaymentBasis, TrancheKind};
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{
    AwardDossier, ReturnEntry, TrancheEntry, YearDossier, place_of, received, transfers_of,
};
use crate::entity::{award, determination};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::return_order::Cause;
use crate::persist::{commitment, ledger, plan as plans, return_order, tranche as tranches};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Determines what an award may keep of a budget year, out of its budget and of what its accepted
/// report states. What was paid below that is covered, what was paid above it is ordered back in the
/// same act (Act 18, paragraph 2), and what will not be paid goes back to the envelope. A later
/// determination of the same year is its next version, and in force from then on: what it fixes of an
/// outstanding order for overpayment is rescinded in the same act.
#[derive(Debug, Clone, Serialize)]
pub struct DetermineAmount {
    /// The award.
    pub award: AwardId,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// The last day on which a return is paid in time, in Japan; needed where one is due.
    pub return_due_on: Option<NaiveDate>,
    /// Why it is determined so (Act 21-2).
    pub reason: String,
}

/// The amount was determined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountDetermined {
    /// The determination.
    pub determination: DeterminationId,
    /// The award.
    pub award: AwardId,
    /// Which determination of the year it is, from 1.
    pub version: u32,
    /// The fixed amount.
    pub fixed: Money,
    /// What is still to be paid.
    pub payable: Money,
    /// The order to return what was paid above it.
    pub return_order: Option<ReturnOrderId>,
}

impl Command for DetermineAmount {
    const OPERATION: Operation = Operation::DetermineAmount;
    type Root = award::Model;
    type Outcome = AmountDetermined;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<AmountDetermined, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        dossier.ensure_paid_out(self.budget_year)?;
        let transfers = transfers_of(work.tx(), award.id).await?;
        let year = YearDossier::load(work.tx(), &dossier, self.budget_year, &transfers).await?;
        let determined = year.determine(dossier.policy.version)?;
        let (id, version) = self.insert(work, &year, &determined).await?;
        let payable = self
            .plan_the_rest(work, &award, &mut dossier, &determined)
            .await?;
        self.post(work, &dossier, id, (&determined, &year.ledger.carried))
            .await?;
        self.rescind(work, &year.overpaid, &determined).await?;
        let return_order = self
            .order_back(work, &award, id, &determined, &transfers)
            .await?;
        Ok(AmountDetermined {
            determination: id,
            award: self.award,
            version,
            fixed: determined.fixed(),
            payable,
            return_order,
        })
    }
}

impl DetermineAmount {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        year: &YearDossier,
        determined: &Determination,
    ) -> Result<(DeterminationId, u32), Error> {
        let award = self.award.uuid();
        let last = determination::Entity::find()
            .filter(determination::Column::AwardId.eq(award))
            .filter(determination::Column::BudgetYear.eq(i64::from(self.budget_year.get())))
            .order_by_desc(determination::Column::Version)
            .one(work.tx())
            .await?;
        let version = mapping::version_after(last.map(|row| row.version))?;
        let id: DeterminationId = work.ids.next();
        let fixed = determined.fixed();
        determination::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(year.programme),
            award_id: Set(award),
            budget_year: Set(i64::from(self.budget_year.get())),
            version: Set(i64::from(version)),
            budget_id: Set(year.budget),
            report_version_id: Set(year.report_version),
            fixed_minor: Set(fixed.minor()),
            currency: Set(fixed.currency().code().to_owned()),
            calculation: Set(mapping::json(&determined.sheet)?),
            reason: Set(self.reason.clone()),
            determined_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok((id, version))
    }

    /// Plans what is still to be paid: out of the retention by its tranche, out of committed money by
    /// a final one. Every other tranche of the year that was not released is paid no more. What was
    /// carried over stays where it is paid.
    async fn plan_the_rest(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        dossier: &mut AwardDossier,
        determined: &Determination,
    ) -> Result<Money, Error> {
        let (from_retained, from_committed) = determined.settlement.to_release(dossier.currency);
        let payable = from_retained.plus(from_committed).map_err(Refusal::from)?;
        let none = Money::zero(dossier.currency);
        let mut to_plan = from_committed;
        let unreleased: Vec<TrancheEntry> = dossier
            .tranches
            .iter()
            .filter(|entry| entry.settles == self.budget_year && entry.state.is_unreleased())
            .cloned()
            .collect();
        for entry in unreleased {
            let (id, budget_year) = (entry.row.id.into(), entry.budget_year);
            let amount = match entry.kind {
                TrancheKind::Retention => from_retained,
                TrancheKind::Final if entry.years().is_late() => {
                    std::mem::replace(&mut to_plan, none)
                }
                _ => none,
            };
            if amount.is_positive() {
                let planned = PlannedTranche {
                    amount,
                    budget_year,
                };
                tranches::store_plan(work, award, dossier, id, &planned).await?;
            } else {
                plans::lapse(work, award, dossier, id).await?;
            }
        }
        if to_plan.is_positive() {
            let planned = PlannedTranche {
                amount: to_plan,
                budget_year: self.budget_year,
            };
            let kind = TrancheKind::Final;
            plans::add_tranche(work, award, dossier, kind, None, &planned).await?;
        }
        Ok(payable)
    }

    /// Covers what was paid and gives back what will not be.
    async fn post(
        &self,
        work: &mut Work<'_>,
        dossier: &AwardDossier,
        id: DeterminationId,
        (determined, carried): (&Determination, &BTreeMap<Account, Money>),
    ) -> Result<(), Error> {
        let theme = dossier.row.theme_id.into();
        let movements = determined.movements(self.award, theme, carried);
        let movements = movements.map_err(Refusal::from)?;
        ledger::post_movements(work, dossier.row.programme_id, &movements, id.uuid()).await?;
        let record = (RecordKind::Determination, id.uuid());
        for back in &movements {
            if let (TransferKind::Decommit, Some(year)) = (back.kind, back.to.budget_year) {
                commitment::lapse_if_closed(work, dossier, year, back.amount, record).await?;
            }
        }
        Ok(())
    }

    /// Rescinds what earlier determinations ordered back and this one fixes.
    async fn rescind(
        &self,
        work: &mut Work<'_>,
        overpaid: &[ReturnEntry],
        determined: &Determination,
    ) -> Result<(), Error> {
        let cause = Cause::rescinded(&self.reason);
        for (entry, kept) in overpaid.iter().zip(&determined.to_rescind) {
            if kept.is_positive() {
                let basis = PaymentBasis::Settlement;
                let movement = ReturnOrder::rescinded(self.award, basis, *kept);
                return_order::end(work, &entry.row, *kept, (cause, movement)).await?;
            }
        }
        Ok(())
    }

    /// Orders back what was paid above the fixed amount.
    async fn order_back(
        &self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
        id: DeterminationId,
        determined: &Determination,
        transfers: &[Transfer],
    ) -> Result<Option<ReturnOrderId>, Error> {
        let Settlement::ReturnDue {
            from_advanced,
            from_granted,
        } = determined.settlement
        else {
            return Ok(None);
        };
        let request = ReturnRequest {
            kind: ReturnKind::Overpayment,
            amount: from_advanced.plus(from_granted).map_err(Refusal::from)?,
            ordered_on: work.today(),
            due_on: self.return_due_on.ok_or(Refusal::DateRequired {})?,
            reason: &self.reason,
        };
        let receipts = received(work.tx(), self.award, transfers).await?;
        let currency = request.amount.currency();
        let before = return_order::charged_before(work, self.award, currency).await?;
        let order = ReturnOrder::order(request, &receipts, before)?;
        let kept = return_order::Kept {
            budget_year: self.budget_year,
            determination: Some(id),
            from_granted,
            reason: &self.reason,
        };
        Ok(Some(return_order::store(work, award, &order, kept).await?))
    }
}
