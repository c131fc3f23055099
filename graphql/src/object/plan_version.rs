//! The history of an award's plan.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::{Operation, PlanVersionFacts};
use domain::award::{Plan as Complete, PlanState, PlannedTranche as Part};
use store::read::plan_version::PlanVersionView;

use super::action::{Action, actions, opens};
use super::{Award, Criterion, Person};
use crate::coded::Coded;
use crate::loader::{AdoptableOf, load};
use crate::node_id::Id;
use crate::scalar::{Date, Instant, LocalizedText, Money};
use crate::session::Session;

/// A plan version.
#[derive(Debug, Clone)]
pub struct PlanVersion(pub PlanVersionView);

/// One complete version of an award's plan (計画変更, Act 7): as it was proposed, and what became of it.
#[Object]
impl PlanVersion {
    /// The version's id, by which it is answered.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award that it belongs to.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// Its number within the award, from 1, which is the plan of the decision.
    async fn number(&self) -> u32 {
        self.0.version
    }

    /// Whether it waits for its answer, or how it was answered; the last approved one is in force.
    async fn state(&self) -> Coded<PlanState> {
        Coded(self.0.state)
    }

    /// The plan.
    async fn plan(&self) -> Plan {
        Plan::of(&self.0.plan)
    }

    /// Why it was proposed; null for the plan of the decision.
    async fn reason(&self) -> Option<&str> {
        Some(self.0.reason.as_str()).filter(|reason| !reason.is_empty())
    }

    /// Who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.proposed_by).await
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> Instant {
        Instant(self.0.proposed_at)
    }

    /// Who approved or refused it.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.answered_by).await
    }

    /// When it was approved or refused.
    async fn answered_at(&self) -> Option<Instant> {
        self.0.answered_at.map(Instant)
    }

    /// Why it was answered so (Act 21-2).
    async fn answer_reason(&self) -> Option<&str> {
        self.0.answer_reason.as_deref()
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let session = Session::of(ctx)?;
        let Some(award) = load(ctx, self.0.award).await? else {
            return Ok(Vec::new());
        };
        let adoptable = if opens(session, &award.scope, &[Operation::ApprovePlanChange])? {
            load(ctx, AdoptableOf(self.0.id)).await?.unwrap_or(Ok(()))
        } else {
            Ok(())
        };
        let facts = PlanVersionFacts {
            award: &award.life,
            state: self.0.state,
            proposed_by: self.0.proposed_by,
            adoptable,
        };
        actions(session, award.scope, |asker| asker.on_plan_version(&facts))
    }
}

/// A complete plan.
#[derive(Debug, Clone, SimpleObject)]
pub struct Plan {
    /// What is paid in advance.
    advance: Option<PlannedTranche>,
    /// The milestones, in order.
    milestones: Vec<PlannedMilestone>,
    /// What is held back until the determination.
    retention: Option<PlannedTranche>,
}

/// A tranche, as a plan has it.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct PlannedTranche {
    /// Its amount.
    amount: Money,
    /// The fiscal year whose budget pays it, by the calendar year in which it begins (April).
    budget_year: i32,
}

/// A milestone, as a plan has it.
#[derive(Debug, Clone, SimpleObject)]
pub struct PlannedMilestone {
    /// Its place, from 1; the same through all versions.
    ordinal: u16,
    /// What it is called.
    title: LocalizedText,
    /// When it is due.
    due_on: Date,
    /// What must be shown.
    criteria: Vec<Criterion>,
    /// What is paid for it.
    tranche: PlannedTranche,
}

impl Plan {
    fn of(plan: &Complete) -> Self {
        let milestones = plan.milestones.iter().map(|planned| PlannedMilestone {
            ordinal: planned.ordinal,
            title: LocalizedText(planned.title.clone()),
            due_on: Date(planned.due_on),
            criteria: planned.criteria.iter().map(Criterion::of).collect(),
            tranche: PlannedTranche::of(&planned.tranche),
        });
        Self {
            advance: plan.advance.as_ref().map(PlannedTranche::of),
            milestones: milestones.collect(),
            retention: plan.retention.as_ref().map(PlannedTranche::of),
        }
    }
}

impl PlannedTranche {
    fn of(part: &Part) -> Self {
        Self {
            amount: Money(part.amount),
            budget_year: part.budget_year.get(),
        }
    }
}
