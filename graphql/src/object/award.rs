//! The grant decision.

use async_graphql::{Context, ID, Object, Result};
use domain::access::AwardFacts;
use domain::award::{AwardState, AwardStateCode};
use domain::id::AwardId;
use store::read::award::AwardView;

use super::action::{Action, actions};
use super::{
    Determination, FiveAmounts, Milestone, Notice, Organization, OwedReport, PaymentCalendar,
    Person, PlanVersion, Report, ReturnOrder, Theme, Tranche,
};
use crate::coded::Coded;
use crate::loader::{
    DeterminationsOf, FiveAmountsOf, NoticesOf, ParticipantsOf, PaymentCalendarOf, PlanOf,
    PlanVersionsOf, ReportsOf, ReportsOwedBy, ReturnOrdersOf, StandingOf, load,
};
use crate::node_id::Id;
use crate::query::closed;
use crate::scalar::{Date, Instant, LocalizedText, Money};
use crate::session::Session;

/// An award.
#[derive(Debug, Clone)]
pub struct Award(pub AwardView);

impl Award {
    /// The award with this id, as the viewer may see it.
    pub(crate) async fn find(ctx: &Context<'_>, id: AwardId) -> Result<Option<Self>> {
        Ok(load(ctx, id).await?.map(Self))
    }
}

/// A grant decision (交付決定, Act 6). Panel members see its heading and its milestones, not its
/// money.
#[Object]
impl Award {
    /// The award's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its number, such as `HTC-R08-SAMD-001`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// What is supported.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title.clone())
    }

    /// The theme under which it was made.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.theme).await?.map(Theme))
    }

    /// The applicant body.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::met(ctx, self.0.organization).await
    }

    /// The reference of the application that it answers (Act 5).
    async fn application_reference(&self) -> Option<&str> {
        self.0.application_reference.as_deref()
    }

    /// Where it stands today. An offer becomes active when its withdrawal term has passed.
    async fn state(&self) -> Coded<AwardStateCode> {
        Coded(self.0.life.state.code())
    }

    /// Why it was suspended, ended, withdrawn or resumed (Act 21-2).
    async fn state_reason(&self) -> Option<&str> {
        self.0.state_reason.as_deref().filter(|_| self.0.whole)
    }

    /// Until when the recipient of a suspended award has time (Act 13).
    async fn suspended_until(&self) -> Option<Date> {
        match self.0.life.state {
            AwardState::Suspended { until } => Some(Date(until)),
            _ => None,
        }
    }

    /// The day of the decision (Act 6).
    async fn decided_on(&self) -> Date {
        Date(self.0.life.decided_on)
    }

    /// The day on which the notice was received, once it is known (Act 8).
    async fn notice_received_on(&self) -> Option<Date> {
        self.0.life.notice_received_on.map(Date)
    }

    /// The last day on which it may be withdrawn (Act 9); unknown before the notice was received.
    async fn withdrawal_ends_on(&self) -> Option<Date> {
        self.0.life.withdrawal_ends_on().map(Date)
    }

    /// The amount that was applied for; null for panel members.
    async fn applied(&self) -> Option<Money> {
        self.0.whole.then_some(Money(self.0.applied))
    }

    /// The decided amount in force (Acts 6, 7 and 10); null for panel members.
    async fn decided(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        if !self.0.whole {
            return Ok(None);
        }
        let plan = load(ctx, PlanOf(self.0.id)).await?;
        Ok(plan.map(|plan| Money(plan.decided)))
    }

    /// Most rounds of a milestone.
    async fn rounds_max(&self) -> u16 {
        self.0.rounds_max
    }

    /// The milestones by the plan in force, in order; dropped ones among them.
    async fn milestones(&self, ctx: &Context<'_>) -> Result<Vec<Milestone>> {
        let plan = load(ctx, PlanOf(self.0.id)).await?;
        let milestones = plan.iter().flat_map(|plan| plan.milestones.iter().cloned());
        Ok(milestones.map(Milestone).collect())
    }

    /// When the milestone that is due next is due, by the plan in force; null when nothing more is
    /// expected.
    async fn next_due_on(&self) -> Option<Date> {
        self.0.next_due_on.map(Date)
    }

    /// The people named in it, by their English names.
    async fn participants(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let found = load(ctx, ParticipantsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Person).collect())
    }

    /// The parts in which it is paid, in order; null for panel members.
    async fn tranches(&self, ctx: &Context<'_>) -> Result<Option<Vec<Tranche>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let plan = load(ctx, PlanOf(self.0.id)).await?;
        Ok(plan.map(|plan| plan.tranches.iter().cloned().map(Tranche).collect()))
    }

    /// The first tranche, in order, that still waits for its release; null for panel members, and when
    /// none does. What is released already is on its way.
    async fn next_tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        if !self.0.whole {
            return Ok(None);
        }
        let plan = load(ctx, PlanOf(self.0.id)).await?;
        Ok(plan.and_then(|plan| {
            let mut tranches = plan.tranches.iter();
            let next = tranches.find(|tranche| tranche.state.is_unreleased());
            next.cloned().map(Tranche)
        }))
    }

    /// Every version of its plan, the decision's first; null for panel members.
    async fn plan_versions(&self, ctx: &Context<'_>) -> Result<Option<Vec<PlanVersion>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, PlanVersionsOf(self.0.id)).await?;
        Ok(found.map(|found| found.into_iter().map(PlanVersion).collect()))
    }

    /// The reports that were handed in or asked for, the first due one first; null for panel members.
    async fn reports(&self, ctx: &Context<'_>) -> Result<Option<Vec<Report>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, ReportsOf(self.0.id)).await?;
        Ok(found.map(|found| found.into_iter().map(Report).collect()))
    }

    /// The reports that the law asks for and of which nothing is on record yet, the first due one
    /// first; null for panel members.
    async fn reports_owed(&self, ctx: &Context<'_>) -> Result<Option<Vec<OwedReport>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, ReportsOwedBy(self.0.id)).await?;
        Ok(found.map(|found| found.iter().map(OwedReport::of).collect()))
    }

    /// What it may keep of each budget year (Act 15), by year and version; null for panel members.
    async fn determinations(&self, ctx: &Context<'_>) -> Result<Option<Vec<Determination>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, DeterminationsOf(self.0.id)).await?;
        Ok(found.map(|found| found.into_iter().map(Determination).collect()))
    }

    /// What was ordered back (Act 18), the first order first; null for panel members.
    async fn return_orders(&self, ctx: &Context<'_>) -> Result<Option<Vec<ReturnOrder>>> {
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, ReturnOrdersOf(self.0.id)).await?;
        Ok(found.map(|found| found.into_iter().map(ReturnOrder).collect()))
    }

    /// What the authority told the body in notices, and the records of its gates, the first act first; for
    /// panel members the records of the gates on which they sit.
    async fn notices(&self, ctx: &Context<'_>) -> Result<Vec<Notice>> {
        let found = load(ctx, NoticesOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Notice).collect())
    }

    /// The five amounts, added up from the ledger; null for panel members, and for an instant at which the
    /// award was not known.
    async fn five_amounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As they stood at this instant, by the time of recording, the same for ever; at \
                    least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Option<FiveAmounts>> {
        let as_of = closed(Session::of(ctx)?, as_of)?;
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, FiveAmountsOf(self.0.id, as_of)).await?;
        Ok(found.map(|amounts| FiveAmounts::of(amounts, as_of)))
    }

    /// When the payment of each tranche is planned, and how far its money has come; null for panel members,
    /// and for an instant at which the award was not known.
    async fn payment_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As it stood at this instant, by the time of recording, the same for ever; at \
                    least 30 seconds ago. As it is now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Option<PaymentCalendar>> {
        let as_of = closed(Session::of(ctx)?, as_of)?;
        if !self.0.whole {
            return Ok(None);
        }
        let found = load(ctx, PaymentCalendarOf(self.0.id, as_of)).await?;
        Ok(found.map(|lines| PaymentCalendar::of(&lines, as_of)))
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let plan = load(ctx, PlanOf(self.0.id)).await?;
        let standing = load(ctx, StandingOf(self.0.id)).await?;
        let (Some(plan), Some(standing)) = (plan, standing) else {
            return Ok(Vec::new());
        };
        let tranches: Vec<_> = plan
            .tranches
            .iter()
            .map(|tranche| (tranche.state, plan.milestone_of(tranche)))
            .map(|(state, milestone)| (state, milestone.map(|milestone| &milestone.state)))
            .collect();
        let facts = AwardFacts {
            award: &self.0.life,
            tranches: &tranches,
            years: &standing.years,
            wind_down: &standing.wind_down,
            plan_change_open: standing.plan_change_open,
        };
        actions(Session::of(ctx)?, self.0.scope, |asker| {
            asker.on_award(&facts)
        })
    }

    /// The version for optimistic edits, from 1.
    async fn version(&self) -> i64 {
        self.0.revision
    }
}
