//! What a panel is made of and what it says. None of it is a node: a vote, a declaration or a
//! recusal has no id, no cursor and, but for its author and the auditor, no time.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::ConditionFacts;
use domain::gate::{
    ConditionDraft, ConflictKind, Member, Quorum as Counted, RecusalGround, Seat as SeatKind,
    SignOff, Terms as Laid, Verifier,
};
use domain::id::PersonId;
use domain::milestone::Outcome;
use store::read::gate::{ConditionView, DecisionView, RecommendationView};

use super::Person;
use super::action::{Action, Sitting, actions};
use crate::coded::Coded;
use crate::loader::{PlanOf, load};
use crate::scalar::{Date, Instant};
use crate::session::Session;

/// Somebody on the roster of a gate.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct PanelMember {
    #[graphql(skip)]
    person: PersonId,
    /// Which seat.
    seat: Coded<SeatKind>,
    /// Whether a vote goes with it; by policy a chair's does not.
    has_vote: bool,
    /// Whether the vote is cast; null where the viewer may not know.
    has_voted: Option<bool>,
    /// The conflict declared last for this gate; null while nothing is declared.
    declared: Option<Coded<ConflictKind>>,
    /// How it is known that the member must not judge.
    recused: Option<Coded<RecusalGround>>,
    /// Which conflict that is.
    conflict: Option<Coded<ConflictKind>>,
    /// Whether somebody took the member's place.
    replaced: bool,
}

#[ComplexObject]
impl PanelMember {
    /// Who sits.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.person)).await
    }
}

impl PanelMember {
    pub(super) fn of(member: &Member, has_voted: Option<bool>) -> Self {
        Self {
            person: member.person,
            seat: Coded(member.seat),
            has_vote: member.votes,
            has_voted,
            declared: member.declared.map(Coded),
            recused: member.recused.map(|(ground, _)| Coded(ground)),
            conflict: member.recused.map(|(_, conflict)| Coded(conflict)),
            replaced: member.replaced,
        }
    }
}

/// What connects the viewer with the applicant, as a member of a gate's panel.
#[derive(Debug, Clone, SimpleObject)]
pub struct OwnConflict {
    /// What the viewer declared last for this gate; null while nothing is declared.
    declared: Option<Coded<ConflictKind>>,
    /// What the record shows today, whatever is declared; null where it shows nothing.
    computed: Option<Coded<ConflictKind>>,
    /// How it is known that the viewer must not judge; null for whoever may.
    recused: Option<Coded<RecusalGround>>,
}

impl OwnConflict {
    pub(super) fn of(member: &Member, computed: Option<ConflictKind>) -> Self {
        Self {
            declared: member.declared.map(Coded),
            computed: computed.map(Coded),
            recused: member.recused.map(|(ground, _)| Coded(ground)),
        }
    }
}

/// One panel member's vote (審査員の判定), bound to the seal.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Vote {
    #[graphql(skip)]
    person: PersonId,
    /// What it is for.
    outcome: Coded<Outcome>,
    /// Why.
    reason: String,
    /// What was found, by criterion.
    findings: Vec<VoteFinding>,
    /// When it was signed; only for its author and the auditor.
    signed_at: Option<Instant>,
}

#[ComplexObject]
impl Vote {
    /// Whose it is.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, Some(self.person)).await
    }
}

/// What one member found on one criterion.
#[derive(Debug, Clone, SimpleObject)]
pub struct VoteFinding {
    /// The criterion's code.
    criterion: String,
    /// Whether it is met.
    met: bool,
    /// How well, from 1 to 10; it decides nothing by itself.
    score: u8,
    /// What was found.
    finding: String,
}

impl Vote {
    pub(super) fn of(vote: &SignOff, signed_at: Option<DateTime<Utc>>) -> Self {
        // The map of findings is sorted by criterion, so their order tells nothing.
        let findings = vote
            .findings
            .iter()
            .map(|(criterion, finding)| VoteFinding {
                criterion: criterion.clone(),
                met: finding.met,
                score: finding.score.value(),
                finding: finding.finding.clone(),
            });
        Self {
            person: vote.person,
            outcome: Coded(vote.outcome),
            reason: vote.reason.clone(),
            findings: findings.collect(),
            signed_at: signed_at.map(Instant),
        }
    }
}

/// Where a panel stands towards its quorum, counted after recusals.
#[derive(Debug, Clone, SimpleObject)]
pub struct Quorum {
    /// Members whose votes count.
    eligible: usize,
    /// Votes cast.
    votes: usize,
    /// Votes needed.
    votes_needed: usize,
    /// Different bodies that the voters come from.
    bodies: usize,
    /// Different bodies needed.
    bodies_needed: usize,
    /// Whether enough have voted.
    is_met: bool,
    /// Whether it can still be met, and somebody is left to recommend.
    is_reachable: bool,
}

impl Quorum {
    pub(super) const fn of(counted: &Counted) -> Self {
        Self {
            eligible: counted.eligible,
            votes: counted.votes,
            votes_needed: counted.votes_needed,
            bodies: counted.bodies,
            bodies_needed: counted.bodies_needed,
            is_met: counted.is_met(),
            is_reachable: counted.is_reachable(),
        }
    }
}

/// What a panel recommends (答申).
#[derive(Debug, Clone, SimpleObject)]
pub struct Recommendation {
    /// What.
    outcome: Coded<Outcome>,
    /// Whether the chair picked it among several with most votes.
    picked: bool,
    /// Why.
    reason: String,
    /// The votes, counted by outcome.
    tally: Vec<OutcomeVotes>,
    /// What it lays down.
    terms: Terms,
    /// When it was recommended.
    recommended_at: Instant,
}

/// The votes for one outcome.
#[derive(Debug, Clone, SimpleObject)]
pub struct OutcomeVotes {
    /// The outcome.
    outcome: Coded<Outcome>,
    /// How many voted for it.
    votes: usize,
}

impl Recommendation {
    pub(super) fn of(view: &RecommendationView) -> Self {
        let tally = view.recommended.tally.by_outcome.iter();
        Self {
            outcome: Coded(view.recommended.outcome),
            picked: view.recommended.picked,
            reason: view.reason.clone(),
            tally: tally
                .map(|(outcome, votes)| OutcomeVotes {
                    outcome: Coded(*outcome),
                    votes: *votes,
                })
                .collect(),
            terms: Terms::of(&view.recommended.terms),
            recommended_at: Instant(view.at),
        }
    }
}

/// What the panel agreed on about one criterion.
#[derive(Debug, Clone, SimpleObject)]
pub struct Finding {
    /// The criterion's code.
    criterion: String,
    /// Whether the majority found it met; a tie is not met.
    met: bool,
}

impl Finding {
    pub(super) fn of(criterion: &str, met: bool) -> Self {
        Self {
            criterion: criterion.to_owned(),
            met,
        }
    }
}

/// What the authority decided on a gate (決定).
#[derive(Debug, Clone, SimpleObject)]
pub struct Decision {
    /// The outcome.
    outcome: Coded<Outcome>,
    /// Whether it departs from the recommendation; null for whoever may not see that.
    departs: Option<bool>,
    /// Why; always given for a refusal, a hold or an order (Act 21-2).
    reason: Option<String>,
    /// What it lays down.
    terms: Terms,
    /// When it was decided.
    decided_at: Instant,
}

impl Decision {
    pub(super) fn of(view: &DecisionView, shows_departure: bool) -> Self {
        Self {
            outcome: Coded(view.outcome),
            departs: shows_departure.then_some(view.departs),
            reason: view.reason.clone(),
            terms: Terms::of(&view.terms),
            decided_at: Instant(view.at),
        }
    }
}

/// What an outcome lays down beside itself.
#[derive(Debug, Clone, SimpleObject)]
pub struct Terms {
    /// The conditions of a `CONDITIONAL_GO`, as they were laid down.
    conditions: Vec<LaidCondition>,
    /// Whether the next milestone may open before they are discharged.
    may_proceed: bool,
    /// Last day of a `HOLD` (Act 13).
    hold_until: Option<Date>,
    /// Day by which the change of plan of a `REDIRECT` is to be proposed (Act 7).
    redirect_due: Option<Date>,
}

/// A condition as it was laid down; `Condition` says where it stands.
#[derive(Debug, Clone, SimpleObject)]
pub struct LaidCondition {
    /// What must be done.
    text: String,
    /// By when.
    due_on: Date,
    /// Whether nothing is payable before it is discharged.
    blocking: bool,
    /// Whether the panel's chair confirms it; otherwise a named person does.
    chair_confirms: bool,
}

impl Terms {
    fn of(laid: &Laid) -> Self {
        let condition = |draft: &ConditionDraft| LaidCondition {
            text: draft.text.clone(),
            due_on: Date(draft.due_on),
            blocking: draft.blocking,
            chair_confirms: draft.verifier == Verifier::Chair,
        };
        Self {
            conditions: laid.conditions.iter().map(condition).collect(),
            may_proceed: laid.may_proceed,
            hold_until: laid.hold_until.map(Date),
            redirect_due: laid.redirect_due.map(Date),
        }
    }
}

/// A condition.
#[derive(Debug, Clone)]
pub struct Condition(pub ConditionView);

/// A condition of a conditional pass, with where it stands.
#[async_graphql::Object]
impl Condition {
    /// The condition's id.
    pub async fn id(&self) -> async_graphql::ID {
        crate::node_id::Id(self.0.id).shown()
    }

    /// Its place in the decision, from 1.
    async fn ordinal(&self) -> u16 {
        self.0.ordinal
    }

    /// What must be done.
    async fn text(&self) -> &str {
        &self.0.condition.terms.text
    }

    /// By when, as extended. A passed day is work for somebody, never an automatic step.
    async fn due_on(&self) -> Date {
        Date(self.0.condition.terms.due_on)
    }

    /// Whether nothing is payable before it is discharged.
    async fn blocking(&self) -> bool {
        self.0.condition.terms.blocking
    }

    /// Who confirms that it is met; null where the panel's chair does.
    async fn verifier(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.condition.terms.verifier {
            Verifier::Named(person) => Person::met(ctx, Some(person)).await,
            Verifier::Chair => Ok(None),
        }
    }

    /// Where it stands.
    async fn state(&self) -> Coded<domain::gate::ConditionState> {
        Coded(self.0.condition.state)
    }

    /// Why it was answered so (Act 21-2).
    async fn answer_reason(&self) -> Option<&str> {
        self.0.answer_reason.as_deref()
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        let milestone = plan
            .as_ref()
            .and_then(|plan| plan.milestone(self.0.milestone));
        let sitting = Sitting::find(ctx, self.0.gate).await?;
        let (Some(milestone), Some(sitting)) = (milestone, sitting) else {
            return Ok(Vec::new());
        };
        let gate = sitting.facts();
        let facts = ConditionFacts {
            condition: &self.0.condition,
            gate: self.0.gate,
            facts: &gate,
            milestone: &milestone.state,
        };
        actions(Session::of(ctx)?, sitting.scope(), |asker| {
            asker.on_condition(&facts)
        })
    }
}
