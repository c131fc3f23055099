//! Gates: who sits, what was said, what was decided. What the viewer may see of each is said by
//! [`GateSight`], for every field alike.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::access::{GateSight, Operation};
use domain::gate::{GateState, Seat, VoidCause};
use domain::id::PersonId;
use store::read::gate::{GateView, SittingView};

use super::action::{Action, Sitting, actions, opens};
use super::panel::{Decision, Finding, OwnConflict, PanelMember, Quorum, Recommendation, Vote};
use super::{Award, Criterion, Milestone, Submission};
use crate::coded::Coded;
use crate::loader::{ConflictOf, FallOf, PlanOf, SittingOf, load};
use crate::node_id::Id;
use crate::scalar::{Date, Instant, Money};
use crate::session::Session;

/// A gate.
#[derive(Debug, Clone)]
pub struct Gate(pub GateView);

/// A gate with what it holds and what the viewer may see of it.
struct Seen {
    sitting: Arc<SittingView>,
    sight: GateSight,
    viewer: PersonId,
}

impl Gate {
    async fn seen(&self, ctx: &Context<'_>) -> Result<Option<Seen>> {
        let viewer = Session::of(ctx)?.viewer()?;
        let (sitting, award) = (
            load(ctx, SittingOf(self.0.id)).await?,
            load(ctx, self.0.award).await?,
        );
        let (Some(sitting), Some(award)) = (sitting, award) else {
            return Ok(None);
        };
        let so_far = (
            sitting.recommendation.is_some(),
            !sitting.decisions.is_empty(),
        );
        let sight = GateSight::of(
            viewer.person,
            &viewer.authority,
            &award.scope,
            &sitting.panel,
            so_far,
        );
        Ok(Some(Seen {
            sitting,
            sight,
            viewer: viewer.person,
        }))
    }
}

/// The sitting of a panel on one sealed submission (ゲート審査).
#[Object]
impl Gate {
    /// The gate's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award that it belongs to.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The milestone that it judges.
    async fn milestone(&self, ctx: &Context<'_>) -> Result<Option<Milestone>> {
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        Ok(plan.and_then(|plan| plan.milestone(self.0.milestone).cloned().map(Milestone)))
    }

    /// The sealed version that it judges; null for a member who must not judge it.
    async fn submission(&self, ctx: &Context<'_>) -> Result<Option<Submission>> {
        Ok(load(ctx, self.0.submission).await?.map(Submission))
    }

    /// Which sitting on its milestone it is, from 1.
    async fn sitting(&self) -> u16 {
        self.0.sitting
    }

    /// The round, from 1.
    async fn round(&self) -> u16 {
        self.0.round
    }

    /// Its state.
    async fn state(&self) -> Coded<GateState> {
        Coded(self.0.state)
    }

    /// The seal on which it was convened, 64 lower-case hex digits; a vote names it.
    async fn seal(&self) -> String {
        self.0.seal.to_string()
    }

    /// Whether the rows still say what was sealed. Where they do not, every step is refused until
    /// the gate is voided.
    async fn seal_intact(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        Ok(self.seen(ctx).await?.map(|seen| seen.sitting.seal_intact))
    }

    /// The amount under the seal: the tranche's at submission.
    async fn sealed_amount(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let seen = self.seen(ctx).await?;
        Ok(seen.and_then(|seen| seen.sitting.amount).map(Money))
    }

    /// The criteria under the seal.
    async fn criteria(&self, ctx: &Context<'_>) -> Result<Vec<Criterion>> {
        let seen = self.seen(ctx).await?;
        let criteria = seen.iter().flat_map(|seen| &seen.sitting.criteria);
        Ok(criteria.map(Criterion::of).collect())
    }

    /// When it was convened.
    async fn convened_at(&self) -> Instant {
        Instant(self.0.convened_at)
    }

    /// The last day on which members may vote, in Japan.
    async fn deadline_on(&self) -> Date {
        Date(self.0.deadline_on)
    }

    /// Why it is void.
    async fn void_cause(&self) -> Option<Coded<VoidCause>> {
        self.0.voided.as_ref().map(|(cause, _)| Coded(*cause))
    }

    /// The roster by seat. Members see their own seat, and the others once the panel has
    /// recommended; the chair, the office and the auditor see all; the applicant sees none.
    async fn roster(&self, ctx: &Context<'_>) -> Result<Vec<PanelMember>> {
        let Some(seen) = self.seen(ctx).await? else {
            return Ok(Vec::new());
        };
        let mut members: Vec<_> = seen
            .sitting
            .panel
            .members
            .iter()
            .filter(|member| seen.sight.roster.see(seen.viewer, member.person))
            .collect();
        // By seat and person: the order of joining is nobody's business.
        let place = |seat| match seat {
            Seat::Chair => 0,
            Seat::Deputy => 1,
            Seat::Member => 2,
        };
        members.sort_by_key(|member| (place(member.seat), member.person));
        let has_voted = |person| {
            let known = seen.sight.quorum || person == seen.viewer;
            known.then(|| seen.sitting.panel.sign_offs.contains_key(&person))
        };
        let seats = members
            .into_iter()
            .map(|member| PanelMember::of(member, has_voted(member.person)));
        Ok(seats.collect())
    }

    /// What connects the viewer with the applicant: declared for this gate, and computed from the
    /// record; null for whoever has no seat on it.
    async fn my_conflict(&self, ctx: &Context<'_>) -> Result<Option<OwnConflict>> {
        let Some(seen) = self.seen(ctx).await? else {
            return Ok(None);
        };
        let Ok(member) = seen.sitting.panel.member(seen.viewer) else {
            return Ok(None);
        };
        let computed = load(ctx, ConflictOf(self.0.id)).await?.flatten();
        Ok(Some(OwnConflict::of(member, computed)))
    }

    /// The viewer's own vote in force.
    async fn my_vote(&self, ctx: &Context<'_>) -> Result<Option<Vote>> {
        let Some(seen) = self.seen(ctx).await? else {
            return Ok(None);
        };
        let vote = seen.sitting.panel.sign_offs.get(&seen.viewer);
        let at = seen.sitting.signed_at.get(&seen.viewer).copied();
        Ok(vote.map(|vote| Vote::of(vote, at)))
    }

    /// The votes in force that the viewer may see, by person: their own until the panel has
    /// recommended, then everybody's for those who judge and for the office; none for the applicant.
    async fn votes(&self, ctx: &Context<'_>) -> Result<Vec<Vote>> {
        let Some(seen) = self.seen(ctx).await? else {
            return Ok(Vec::new());
        };
        let sitting = &seen.sitting;
        let votes = sitting.panel.sign_offs.values();
        let shown = votes.filter(|vote| seen.sight.votes.see(seen.viewer, vote.person));
        let votes = shown.map(|vote| {
            let at = sitting.signed_at.get(&vote.person).copied();
            let known = seen.sight.times || vote.person == seen.viewer;
            Vote::of(vote, at.filter(|_| known))
        });
        Ok(votes.collect())
    }

    /// Where the panel stands towards its quorum; only for the chair, the office and the auditor
    /// before the panel has recommended.
    async fn quorum(&self, ctx: &Context<'_>) -> Result<Option<Quorum>> {
        let seen = self.seen(ctx).await?.filter(|seen| seen.sight.quorum);
        Ok(seen.map(|seen| Quorum::of(&seen.sitting.panel.quorum(&seen.sitting.policy))))
    }

    /// What the panel recommends (答申), with the votes counted; not for the applicant.
    async fn recommendation(&self, ctx: &Context<'_>) -> Result<Option<Recommendation>> {
        let seen = self.seen(ctx).await?;
        let seen = seen.filter(|seen| seen.sight.recommendation);
        Ok(seen.and_then(|seen| seen.sitting.recommendation.as_ref().map(Recommendation::of)))
    }

    /// The findings that the panel agreed on, by criterion; for the applicant with the decision.
    async fn findings(&self, ctx: &Context<'_>) -> Result<Vec<Finding>> {
        let seen = self.seen(ctx).await?.filter(|seen| seen.sight.findings);
        Ok(seen.map_or_else(Vec::new, |seen| {
            let recommendation = seen.sitting.recommendation.iter();
            let findings = recommendation.flat_map(|view| &view.recommended.tally.findings);
            findings
                .map(|(criterion, met)| Finding::of(criterion, *met))
                .collect()
        }))
    }

    /// What the authority decided (決定), in force: the last of the decisions.
    async fn decision(&self, ctx: &Context<'_>) -> Result<Option<Decision>> {
        Ok(self.decisions_seen(ctx).await?.pop())
    }

    /// Every decision on it, the first first; a later one answers what an earlier one left waiting.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<Decision>> {
        self.decisions_seen(ctx).await
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let session = Session::of(ctx)?;
        let Some(sitting) = Sitting::find(ctx, self.0.id).await? else {
            return Ok(Vec::new());
        };
        let scope = sitting.scope();
        let fall = if opens(session, &scope, &[Operation::VoidGate])? {
            load(ctx, FallOf(self.0.id)).await?.unwrap_or(Ok(()))
        } else {
            Ok(())
        };
        actions(session, scope, |asker| {
            asker.on_gate(&sitting.facts(), &fall)
        })
    }
}

impl Gate {
    async fn decisions_seen(&self, ctx: &Context<'_>) -> Result<Vec<Decision>> {
        let seen = self.seen(ctx).await?;
        let decisions = seen.iter().flat_map(|seen| {
            let decisions = seen.sitting.decisions.iter();
            decisions.map(|view| Decision::of(view, seen.sight.recommendation))
        });
        Ok(decisions.collect())
    }
}
