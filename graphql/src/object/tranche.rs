//! Tranches, what stands against their release, and their releases.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::{Operation, Role};
use domain::calculation::CalculationSheet as Sheet;
use domain::gate::Hands;
use domain::id::{AwardId, TrancheId};
use domain::tranche::{
    Blocker as Rule, BlockerCode, PaymentBasis, ReleaseFacts, TrancheKind, TrancheShare,
    TrancheState,
};
use domain::wording;
use store::read::plan::TrancheView;
use store::read::release::ReleaseView;
use store::read::wind_down::WindDownView;

use super::action::{Action, actions, opens};
use super::forecast::PaymentForecast;
use super::milestone::sitting;
use super::{Award, Milestone, Person};
use crate::coded::Coded;
use crate::loader::{ForecastsOf, PlanOf, ReleaseFactsOf, ReleasesOf, SittingOf, WindDownOf, load};
use crate::node_id::Id;
use crate::scalar::{Date, Instant, LocalizedText, Money};
use crate::session::Session;

/// A tranche.
#[derive(Debug, Clone)]
pub struct Tranche(pub TrancheView);

impl Tranche {
    /// The tranche `id` of `award`, where the viewer sees the award.
    pub(crate) async fn find(
        ctx: &Context<'_>,
        award: AwardId,
        id: TrancheId,
    ) -> Result<Option<Self>> {
        let plan = load(ctx, PlanOf(award)).await?;
        Ok(plan.and_then(|plan| {
            let mut tranches = plan.tranches.iter();
            tranches.find(|view| view.id == id).cloned().map(Self)
        }))
    }

    async fn facts(&self, ctx: &Context<'_>) -> Result<Option<ReleaseFacts>> {
        let facts = load(ctx, ReleaseFactsOf(self.0.award)).await?;
        Ok(facts.and_then(|facts| facts.get(&self.0.id).cloned()))
    }

    async fn every_release(&self, ctx: &Context<'_>) -> Result<Vec<ReleaseView>> {
        Ok(load(ctx, ReleasesOf(self.0.id)).await?.unwrap_or_default())
    }
}

/// A part of an award (交付区分).
#[Object]
impl Tranche {
    /// The tranche's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award that it belongs to.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The milestone that it hangs on; only a milestone tranche has one.
    async fn milestone(&self, ctx: &Context<'_>) -> Result<Option<Milestone>> {
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        Ok(plan.and_then(|plan| plan.milestone_of(&self.0).cloned().map(Milestone)))
    }

    /// Its place in the award, from 1.
    async fn ordinal(&self) -> u16 {
        self.0.ordinal
    }

    /// What it is paid for.
    async fn kind(&self) -> Coded<TrancheKind> {
        Coded(self.0.kind)
    }

    /// Its amount.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// The fiscal year whose budget pays it, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// Its state. Sent is not yet paid: only a settlement is.
    async fn state(&self) -> Coded<TrancheState> {
        Coded(self.0.state)
    }

    /// Since when it is in that state.
    async fn state_since(&self) -> Instant {
        Instant(self.0.state_since)
    }

    /// Why it is withheld or lapsed, or why its release was revoked (Act 21-2).
    async fn state_reason(&self) -> Option<&str> {
        self.0.state_reason.as_deref()
    }

    /// What would be released today: the part that was earned, cut below the currency's unit.
    async fn payable(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        Ok(self.facts(ctx).await?.map(|facts| Money(facts.payable())))
    }

    /// How that amount comes about: the sheet that a release today would keep.
    async fn payable_calculation(&self, ctx: &Context<'_>) -> Result<Option<CalculationSheet>> {
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        let (Some(plan), Some(facts)) = (plan, self.facts(ctx).await?) else {
            return Ok(None);
        };
        let sheet = facts.sheet(plan.policy_version).ok();
        Ok(sheet.as_ref().map(CalculationSheet::of))
    }

    /// What stands between it and its release, the same for applicant and finance; empty when it may
    /// be released, or is.
    async fn blockers(&self, ctx: &Context<'_>) -> Result<Vec<Blocker>> {
        let facts = self.facts(ctx).await?;
        let facts = facts.filter(|facts| facts.state.is_unreleased());
        let blockers = facts.map(|facts| facts.blockers()).unwrap_or_default();
        Ok(blockers.into_iter().map(Blocker::of).collect())
    }

    /// When it will be paid, the same for applicant and finance; null for what is paid, will not be, or
    /// waits for an act that has no usual time.
    async fn forecast(&self, ctx: &Context<'_>) -> Result<Option<PaymentForecast>> {
        let found = load(ctx, ForecastsOf(self.0.award)).await?;
        Ok(found.and_then(|found| found.get(&self.0.id).map(PaymentForecast::of)))
    }

    /// The decision that it stands on; only a tranche of the costs of winding down has one.
    async fn wind_down(&self, ctx: &Context<'_>) -> Result<Option<WindDown>> {
        if self.0.kind != TrancheKind::WindDown {
            return Ok(None);
        }
        Ok(load(ctx, WindDownOf(self.0.id)).await?.map(WindDown))
    }

    /// Its release, unless it was revoked; what was kept of one for a debt stands.
    async fn release(&self, ctx: &Context<'_>) -> Result<Option<Release>> {
        let mut releases = self.every_release(ctx).await?.into_iter();
        Ok(releases.find(ReleaseView::stands).map(Release))
    }

    /// All its releases in the order in which they were made, revoked ones among them.
    async fn releases(&self, ctx: &Context<'_>) -> Result<Vec<Release>> {
        let releases = self.every_release(ctx).await?.into_iter();
        Ok(releases.map(Release).collect())
    }

    /// The roles whose move it is before it is released: those that clear what stands against it, those
    /// that hold its milestone, or those that release it; empty once it is released.
    async fn held_by(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Role>>> {
        let Some(facts) = self.facts(ctx).await? else {
            return Ok(Vec::new());
        };
        let sitting = match &facts.gate {
            Some(gate) => sitting(ctx, &gate.milestone).await?,
            None => None,
        };
        Ok(facts.held_by(sitting).into_iter().map(Coded).collect())
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let award = load(ctx, self.0.award).await?;
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        let (Some(award), Some(plan), Some(facts)) = (award, plan, self.facts(ctx).await?) else {
            return Ok(Vec::new());
        };
        let session = Session::of(ctx)?;
        let milestone = plan.milestone_of(&self.0);
        let sitting = match milestone.and_then(|milestone| milestone.state.review()) {
            Some(review) if opens(session, &award.scope, &[Operation::ReleaseTranche])? => {
                load(ctx, SittingOf(review.gate)).await?
            }
            _ => None,
        };
        let decided_by = sitting.iter().flat_map(|sitting| &sitting.decisions);
        let decided_by = decided_by.filter_map(|decision| decision.by).collect();
        let hands = sitting.as_ref().map(|sitting| Hands {
            panel: &sitting.panel,
            recommended_by: sitting.recommendation.as_ref().and_then(|view| view.by),
            decided_by: &decided_by,
        });
        actions(session, award.scope, |asker| {
            asker.on_tranche(&facts, plan.policy_version, hands.as_ref())
        })
    }
}

/// A decision on the costs of winding down.
#[derive(Debug, Clone)]
pub struct WindDown(pub WindDownView);

/// What is granted for winding an ended award down (Act 10).
#[Object]
impl WindDown {
    /// The most that is paid.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// Why so much (Act 21-2).
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who decided it.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.by).await
    }

    /// When.
    async fn decided_at(&self) -> Instant {
        Instant(self.0.decided_at)
    }
}

/// An unmet condition of a release.
#[derive(Debug, Clone, SimpleObject)]
pub struct Blocker {
    /// Which condition.
    code: Coded<BlockerCode>,
    /// The same for people.
    title: LocalizedText,
    /// Who can clear it; null for what only time clears.
    cleared_by: Option<Coded<Role>>,
    /// The day since which it stands, where one is on record.
    since: Option<Date>,
    /// The day on which time clears it, where it does.
    until: Option<Date>,
}

impl Blocker {
    fn of(rule: Rule) -> Self {
        Self {
            code: Coded(rule.code),
            title: LocalizedText(wording::localized(rule.code)),
            cleared_by: rule.cleared_by.map(Coded),
            since: rule.since.map(Date),
            until: rule.until.map(Date),
        }
    }
}

/// A release.
#[derive(Debug, Clone)]
pub struct Release(pub ReleaseView);

/// The release of a tranche: its money is payable, unless it was revoked. A release is not yet a
/// payment.
#[Object]
impl Release {
    /// The release's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The tranche.
    async fn tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        Tranche::find(ctx, self.0.award, self.0.tranche).await
    }

    /// The amount released.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// What of it was kept for what the body owes (Act 20); the rest is paid.
    async fn kept(&self) -> Money {
        Money(self.0.kept)
    }

    /// How the amount came about; computing it again gives the same figure.
    async fn calculation(&self) -> CalculationSheet {
        CalculationSheet::of(&self.0.calculation)
    }

    /// Whether it is paid before or after its year's determination (Accounts Act 22).
    async fn payment_basis(&self) -> Coded<PaymentBasis> {
        Coded(self.0.payment_basis)
    }

    /// The reference of the consultation, where it is paid on estimate (Accounts Act 22).
    async fn consultation_reference(&self) -> Option<&str> {
        self.0.consultation_reference.as_deref()
    }

    /// When it was released.
    async fn released_at(&self) -> Instant {
        Instant(self.0.released_at)
    }

    /// When it was revoked, all of it or what was not kept of it; null before.
    async fn revoked_at(&self) -> Option<Instant> {
        self.0.revoked_at.map(Instant)
    }

    /// Why it was revoked (Act 21-2).
    async fn revoke_reason(&self) -> Option<&str> {
        self.0.revoke_reason.as_deref()
    }
}

/// How an amount came about.
#[derive(Debug, Clone, SimpleObject)]
pub struct CalculationSheet {
    /// The number of the policy version under which it was computed.
    policy_version: u32,
    /// The tranche's amount.
    tranche_amount: Money,
    /// The share that was earned, in basis points.
    share_bp: u16,
    /// The steps, in order.
    steps: Vec<CalculationStep>,
    /// The amount released.
    result: Money,
}

/// One step of a calculation; a fraction below the unit is cut off (Act 61 of 1950, art. 2).
#[derive(Debug, Clone, SimpleObject)]
pub struct CalculationStep {
    /// What is computed, as a stable code.
    step: String,
    /// The figures that go in.
    inputs: Vec<String>,
    /// The figure that comes out.
    result: Money,
}

impl CalculationStep {
    pub(super) fn of(step: &domain::calculation::CalculationStep) -> Self {
        Self {
            step: step.step.to_string(),
            inputs: step.inputs.clone(),
            result: Money(step.result),
        }
    }
}

impl CalculationSheet {
    fn of(sheet: &Sheet<TrancheShare>) -> Self {
        let steps = sheet.steps.iter().map(CalculationStep::of);
        Self {
            policy_version: sheet.policy_version,
            tranche_amount: Money(sheet.basis.tranche_amount),
            share_bp: sheet.basis.share.get(),
            steps: steps.collect(),
            result: Money(sheet.result),
        }
    }
}
