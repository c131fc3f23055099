//! Milestones, their criteria and their rounds.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::BasisPoints;
use domain::access::{MilestoneFacts, Operation, Role, Scope};
use domain::criterion::{Criterion as Rule, EvidenceKind, KpiDirection, KpiTarget as Target};
use domain::gate::GateState;
use domain::milestone::{
    Draft, MilestoneState, MilestoneStateCode, Missing as Lacking, Outcome, SubmissionState,
};
use store::read::plan::MilestoneView;

use super::action::{Action, Sitting, actions, opens};
use super::{Award, Condition, Gate, Submission, Tranche};
use crate::coded::Coded;
use crate::loader::{
    ConditionsOf, EvidenceOf, GatesOf, PlanOf, ReleaseFactsOf, SubmissionsOf, load,
};
use crate::node_id::Id;
use crate::scalar::{Date, Decimal, Instant, LocalizedText};
use crate::session::Session;

/// A milestone.
#[derive(Debug, Clone)]
pub struct Milestone(pub MilestoneView);

impl Milestone {
    async fn submissions(&self, ctx: &Context<'_>) -> Result<Vec<Submission>> {
        let found = load(ctx, SubmissionsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Submission).collect())
    }

    /// What its draft shows so far, for whoever may submit it.
    async fn draft_so_far(&self, ctx: &Context<'_>, scope: &Scope) -> Result<Option<Draft>> {
        if !opens(Session::of(ctx)?, scope, &[Operation::SubmitMilestone])? {
            return Ok(None);
        }
        self.draft_shown(ctx).await
    }

    /// What its draft shows so far, as far as the viewer sees drafts.
    async fn draft_shown(&self, ctx: &Context<'_>) -> Result<Option<Draft>> {
        let submissions = self.submissions(ctx).await?;
        let Some(draft) = submissions
            .into_iter()
            .find(|found| found.0.state == SubmissionState::Draft)
        else {
            return Ok(None);
        };
        let evidence = load(ctx, EvidenceOf(draft.0.id)).await?;
        Ok(Some(Draft {
            figures: draft.0.kpi_values.into_keys().collect(),
            evidence: evidence.iter().flatten().map(|piece| piece.kind).collect(),
        }))
    }

    /// Whether the rows still say what was sealed, for whoever may have a panel sit on it.
    async fn is_seal_intact(&self, ctx: &Context<'_>, scope: &Scope) -> Result<bool> {
        let convenes = [Operation::ConveneGate, Operation::ResumeHold];
        if !opens(Session::of(ctx)?, scope, &convenes)? {
            return Ok(true);
        }
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        let facts = load(ctx, ReleaseFactsOf(self.0.award)).await?;
        let (Some(plan), Some(facts)) = (plan, facts) else {
            return Ok(true);
        };
        let tranche = plan.tranche_of(self.0.id);
        let facts = tranche.and_then(|tranche| facts.get(&tranche.id));
        let gate = facts.and_then(|facts| facts.gate.as_ref());
        Ok(gate.is_none_or(|gate| gate.seal_intact))
    }

    async fn gates(&self, ctx: &Context<'_>) -> Result<Vec<Gate>> {
        let found = load(ctx, GatesOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Gate).collect())
    }
}

/// A staged target (マイルストーン): its criteria, its due date, and what hangs on it.
#[Object]
impl Milestone {
    /// The milestone's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award that it belongs to.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// Its place in the plan, from 1.
    async fn ordinal(&self) -> u16 {
        self.0.ordinal
    }

    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title.clone())
    }

    /// When it is due, by the plan in force.
    async fn due_on(&self) -> Date {
        Date(self.0.due_on)
    }

    /// Days past the due date today, in Japan; 0 while it is in time, null once nothing more is
    /// expected of it.
    async fn lateness_days(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        let late = (Session::of(ctx)?.today() - self.0.due_on)
            .num_days()
            .max(0);
        Ok((!self.0.state.is_final()).then_some(late))
    }

    /// Its state.
    async fn state(&self) -> Coded<MilestoneStateCode> {
        Coded(self.0.state.code())
    }

    /// Since when it is in that state.
    async fn state_since(&self) -> Instant {
        Instant(self.0.state_since)
    }

    /// The day on which the state asks for something: the last day of a hold, or the day by which a
    /// change of plan is to be proposed (Acts 7 and 13). A passed day is work for somebody, never an
    /// automatic step.
    async fn waits_until(&self) -> Option<Date> {
        match self.0.state {
            MilestoneState::Held { until, .. } => Some(Date(until)),
            MilestoneState::AwaitingPlanChange { due, .. } => Some(Date(due)),
            _ => None,
        }
    }

    /// The roles whose move it is; empty once it is final and while it waits for an earlier one.
    async fn held_by(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Role>>> {
        let sitting = sitting(ctx, &self.0.state).await?;
        Ok(self
            .0
            .state
            .held_by(sitting)
            .into_iter()
            .map(Coded)
            .collect())
    }

    /// How it passed or failed.
    async fn outcome(&self) -> Option<Coded<Outcome>> {
        match self.0.state {
            MilestoneState::Passed { outcome, .. } | MilestoneState::Failed { outcome, .. } => {
                Some(Coded(outcome))
            }
            _ => None,
        }
    }

    /// The share of its tranche that was earned, in basis points (10,000 is all).
    async fn earned_share_bp(&self) -> Option<u16> {
        match self.0.state {
            MilestoneState::Passed { share, .. } => Some(share.get()),
            _ => None,
        }
    }

    /// The round it is in, from 1; null once it is cancelled.
    async fn round(&self) -> Option<u16> {
        self.0.state.round()
    }

    /// What must be shown, in the plan's order.
    async fn criteria(&self) -> Vec<Criterion> {
        self.0.criteria.iter().map(Criterion::of).collect()
    }

    /// The rounds so far, the first first: what was handed in and what became of it. A rejection is
    /// never wiped.
    async fn rounds(&self, ctx: &Context<'_>) -> Result<Vec<Round>> {
        let mut rounds: BTreeMap<u16, Round> = BTreeMap::new();
        for submission in self.submissions(ctx).await? {
            if submission.0.state != SubmissionState::Draft {
                let round = rounds.entry(submission.0.round);
                round.or_default().submissions.push(submission);
            }
        }
        for gate in self.gates(ctx).await? {
            rounds.entry(gate.0.round).or_default().gates.push(gate);
        }
        let numbered = |(number, content): (u16, Round)| Round { number, ..content };
        Ok(rounds.into_iter().map(numbered).collect())
    }

    /// The draft being written; only for the applicant's own people and the auditor.
    async fn draft(&self, ctx: &Context<'_>) -> Result<Option<Submission>> {
        let submissions = self.submissions(ctx).await?;
        Ok(submissions
            .into_iter()
            .find(|submission| submission.0.state == SubmissionState::Draft))
    }

    /// What the criteria ask for and the draft does not show yet, in the plan's order; everything they
    /// ask for while there is no draft. Null where nothing may be submitted, and for those who see no
    /// drafts.
    async fn missing(&self, ctx: &Context<'_>) -> Result<Option<Vec<Missing>>> {
        let award = load(ctx, self.0.award).await?;
        let open = matches!(self.0.state, MilestoneState::Open { .. });
        if !open || !award.is_some_and(|award| award.drafts) {
            return Ok(None);
        }
        let draft = self.draft_shown(ctx).await?.unwrap_or_default();
        let missing = draft.missing(&self.0.criteria);
        Ok(Some(missing.into_iter().map(Missing::of).collect()))
    }

    /// The gate that sits, or sat last, on what the milestone stands on.
    async fn current_gate(&self, ctx: &Context<'_>) -> Result<Option<Gate>> {
        let Some(current) = self.0.state.review().map(|review| review.gate) else {
            return Ok(None);
        };
        let gates = self.gates(ctx).await?;
        Ok(gates.into_iter().find(|gate| gate.0.id == current))
    }

    /// The tranche that hangs on it; null for panel members.
    async fn tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        let Some(award) = load(ctx, self.0.award).await?.filter(|award| award.whole) else {
            return Ok(None);
        };
        let plan = load(ctx, PlanOf(award.id)).await?;
        Ok(plan.and_then(|plan| plan.tranche_of(self.0.id).cloned().map(Tranche)))
    }

    /// The conditions under which it passed.
    async fn conditions(&self, ctx: &Context<'_>) -> Result<Vec<Condition>> {
        let found = load(ctx, ConditionsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Condition).collect())
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let Some(award) = load(ctx, self.0.award).await? else {
            return Ok(Vec::new());
        };
        let session = Session::of(ctx)?;
        let draft = self.draft_so_far(ctx, &award.scope).await?;
        let sitting = match self.0.state.review() {
            Some(review) if opens(session, &award.scope, &[Operation::DecideFollowUp])? => {
                Sitting::find(ctx, review.gate).await?
            }
            _ => None,
        };
        let gate = sitting.as_ref().map(Sitting::facts);
        let facts = MilestoneFacts {
            award: &award.life,
            state: &self.0.state,
            rounds_max: award.rounds_max,
            criteria: &self.0.criteria,
            draft: draft.as_ref(),
            seal_intact: self.is_seal_intact(ctx, &award.scope).await?,
            gate: gate.as_ref(),
        };
        actions(session, award.scope, |asker| asker.on_milestone(&facts))
    }
}

/// The state of the gate that sits, or sat last, on a milestone in `state`.
pub(super) async fn sitting(
    ctx: &Context<'_>,
    state: &MilestoneState,
) -> Result<Option<GateState>> {
    match state.review() {
        Some(review) => Ok(load(ctx, review.gate).await?.map(|gate| gate.state)),
        None => Ok(None),
    }
}

/// One round of a milestone: what was handed in, and the gates that sat on it.
#[derive(Debug, Clone, Default, SimpleObject)]
pub struct Round {
    /// Its number, from 1.
    number: u16,
    /// The versions handed in, the oldest first; those taken back among them.
    submissions: Vec<Submission>,
    /// The gates, in the order of their sittings.
    gates: Vec<Gate>,
}

/// Something that the next submission still lacks.
#[derive(Debug, Clone, SimpleObject)]
pub struct Missing {
    /// The code of the criterion that asks for it.
    criterion: String,
    /// The kind of evidence; null where the criterion's figure is missing.
    evidence_kind: Option<Coded<EvidenceKind>>,
}

impl Missing {
    fn of(missing: Lacking) -> Self {
        let (criterion, kind) = match missing {
            Lacking::Figure { criterion } => (criterion, None),
            Lacking::Evidence { criterion, kind } => (criterion, Some(kind)),
        };
        Self {
            criterion,
            evidence_kind: kind.map(Coded),
        }
    }
}

/// What must be shown for a milestone (達成基準).
#[derive(Debug, Clone, SimpleObject)]
pub struct Criterion {
    /// Its code within the milestone.
    code: String,
    /// What must be shown.
    title: LocalizedText,
    /// Its weight in the judgement, in basis points.
    weight_bp: u16,
    /// The part of the tranche that it earns, in basis points; a milestone's sum to 10,000.
    payable_share_bp: u16,
    /// Whether no pass is possible without it.
    blocking: bool,
    /// The figure it is measured by.
    kpi: Option<KpiTarget>,
    /// Kinds of evidence that the submission must hold for it.
    evidence_kinds: Vec<Coded<EvidenceKind>>,
}

/// A figure that a criterion is measured by.
#[derive(Debug, Clone, SimpleObject)]
pub struct KpiTarget {
    /// The unit of value and target, for instance `patients`.
    unit: String,
    /// How they are compared.
    direction: Coded<KpiDirection>,
    /// What must be reached, in that unit.
    target: Decimal,
}

impl KpiTarget {
    pub(super) fn of(rule: &Target) -> Self {
        Self {
            unit: rule.unit.clone(),
            direction: Coded(rule.direction),
            target: Decimal(rule.target.to_string()),
        }
    }
}

impl Criterion {
    pub(super) fn of(rule: &Rule) -> Self {
        let share = |share: BasisPoints| share.get();
        Self {
            code: rule.code.clone(),
            title: LocalizedText(rule.title.clone()),
            weight_bp: share(rule.weight_bp),
            payable_share_bp: share(rule.payable_share_bp),
            blocking: rule.blocking,
            kpi: rule.kpi.as_ref().map(KpiTarget::of),
            evidence_kinds: rule.evidence_kinds.iter().copied().map(Coded).collect(),
        }
    }
}
