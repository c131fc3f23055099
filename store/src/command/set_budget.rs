//! Sets the budget of an award for a budget year (Acts 6 and 7).

use domain::access::Operation;
use domain::award::PlanState;
use domain::calendar::FiscalYear;
use domain::closing::Costs;
use domain::id::AwardId;
use domain::{Coded, Money, Rate, Refusal};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::{AwardDossier, place_of};
use crate::entity::{award, budget, plan_version};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Sets what is approved for a budget year: its costs by category, with the standard amount and the
/// rate that the grant is computed by. The last version is in force.
#[derive(Debug, Clone, Serialize)]
pub struct SetBudget {
    /// The award.
    pub award: AwardId,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// The approved costs.
    pub approved: Costs,
    /// The standard amount (基準額).
    pub standard: Money,
    /// The subsidy rate (補助率), at most the whole.
    pub rate: Rate,
    /// Why it is set so.
    pub reason: String,
}

/// A budget was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetSet {
    /// Its number, from 1.
    pub version: u32,
    /// The award.
    pub award: AwardId,
}

impl Command for SetBudget {
    const OPERATION: Operation = Operation::SetBudget;
    type Root = award::Model;
    type Outcome = BudgetSet;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.award).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<BudgetSet, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        Refusal::require_reason(&self.reason)?;
        let budget = domain::closing::Budget {
            budget_year: self.budget_year,
            approved: self.approved.clone(),
            standard: self.standard,
            rate: self.rate,
        };
        budget.ensure_fits(dossier.currency)?;
        let last = budget::Entity::find()
            .filter(budget::Column::AwardId.eq(award.id))
            .filter(budget::Column::BudgetYear.eq(i64::from(self.budget_year.get())))
            .order_by_desc(budget::Column::Version)
            .one(work.tx())
            .await?;
        let version = mapping::version_after(last.map(|row| row.version))?;
        budget::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(award.programme_id),
            award_id: Set(award.id),
            budget_year: Set(i64::from(self.budget_year.get())),
            version: Set(i64::from(version)),
            plan_version_id: Set(plan_in_force(work, award.id).await?),
            approved: Set(mapping::json(&self.approved)?),
            standard_minor: Set(self.standard.minor()),
            currency: Set(dossier.currency.code().to_owned()),
            rate_numerator: Set(self.rate.numerator()),
            rate_denominator: Set(self.rate.denominator()),
            reason: Set(self.reason.clone()),
            set_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        Ok(BudgetSet {
            version,
            award: self.award,
        })
    }
}

/// The version of the plan in force.
async fn plan_in_force(work: &Work<'_>, award: Uuid) -> Result<Uuid, Error> {
    let row = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.eq(award))
        .filter(plan_version::Column::State.eq(PlanState::Approved.code()))
        .order_by_desc(plan_version::Column::Version)
        .one(work.tx())
        .await?;
    row.map(|row| row.id)
        .ok_or_else(|| Error::corrupt(format_args!("award {award} has no plan")))
}
