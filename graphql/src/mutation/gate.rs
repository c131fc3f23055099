//! A panel at its gate, from convening to the recommendation.

use domain::gate::{ConflictKind, Finding, GateState, Seat};
use domain::id::{GateId, MilestoneId, PersonId, ReleaseId};
use domain::milestone::{MilestoneStateCode, Outcome};
use store::command::RosterSeat;
use validator::Validate;

use super::reading::{Read, field};
use super::terms::TermsInput;
use super::{OptionalKey, REASON_MAX, RequiredKey, inputs, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;

mutations! {
    /// A panel at its gate, from convening to the recommendation.
    pub struct GateMutations;

    /// Convenes a gate on a sealed submission. Whoever has a computed conflict is seated and recused
    /// at once. For officers.
    fn convene_gate = ConveneGate;
    input ConveneGateInput (key: OptionalKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// Who is to sit, one chair and one deputy among them; at most 200.
        roster: Vec<RosterSeatInput>,
    }
    /// The gate was convened.
    payload ConveneGatePayload {
        /// The gate.
        gate: Ref<GateId>,
        /// Whether the quorum could be met, when this was done, by those who may judge.
        quorum_reachable: bool,
    }

    /// Replaces a member of a convened gate; the vote of whoever leaves is void. For officers.
    fn replace_member = ReplaceMember;
    input ReplaceMemberInput (key: OptionalKey) {
        /// The gate.
        gate: Id<GateId>,
        /// Who leaves.
        leaving: Id<PersonId>,
        /// Who takes a seat instead.
        joining: RosterSeatInput,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The member was replaced.
    payload ReplaceMemberPayload {
        /// The gate.
        gate: Ref<GateId>,
        /// Whether the quorum could be met, when this was done, by those who may judge.
        quorum_reachable: bool,
    }

    /// Declares one's own conflicts for a gate, which everybody does before they vote. Anything but
    /// `NONE` recuses. For reviewers and chairs on the roster.
    fn declare_conflict = DeclareConflict;
    input DeclareConflictInput (key: OptionalKey) {
        /// The gate.
        gate: Id<GateId>,
        /// What connects the member with the applicant.
        conflict: Coded<ConflictKind>,
        /// What the member adds; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        note: Option<String>,
    }
    /// The declaration was recorded.
    payload DeclareConflictPayload {
        /// The gate.
        gate: Ref<GateId>,
        /// Whether the member is recused now.
        recused: bool,
    }

    /// Recuses a member of the roster: oneself, or, by an officer, another. A vote that the member
    /// gave is void, and the panel is counted again.
    fn recuse_member = RecuseMember;
    input RecuseMemberInput (key: RequiredKey) {
        /// The gate.
        gate: Id<GateId>,
        /// Who is recused.
        person: Id<PersonId>,
        /// What connects them with the applicant; not `NONE`.
        conflict: Coded<ConflictKind>,
        /// What is added; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        note: Option<String>,
    }
    /// The member is recused.
    payload RecuseMemberPayload {
        /// The gate.
        gate: Ref<GateId>,
        /// Whether it was learned after the member had voted, or had recommended for the panel.
        late: bool,
        /// What the gate became by it.
        gate_state: Coded<GateState>,
        /// What the milestone became by it.
        milestone_state: Coded<MilestoneStateCode>,
        /// The id of the release that was revoked because of it.
        release_revoked_id: Option<Id<ReleaseId>> = release_revoked,
    }

    /// Signs one's own vote. It speaks of what was sealed, and of every criterion. For reviewers and
    /// chairs on the roster who have declared and may vote.
    fn sign_gate = SignGate;
    input SignGateInput (key: RequiredKey) {
        /// The gate.
        gate: Id<GateId>,
        /// The seal of what was judged, as the member saw it: 64 hex digits.
        seal: String,
        /// The outcome voted for.
        outcome: Coded<Outcome>,
        /// The findings, one on each criterion; at most 200.
        #[validate(nested)]
        findings: Vec<FindingInput>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The vote was signed. It has no id: nobody else learns who voted when.
    payload SignGatePayload {
        /// The gate.
        gate: Ref<GateId>,
        /// Which vote of this member on this gate it is, from 1.
        version: i64,
    }

    /// Recommends for the panel what its majority voted for. For the chair, or for the deputy where
    /// the chair may not judge.
    fn recommend_gate = RecommendGate;
    input RecommendGateInput (key: RequiredKey) {
        /// The gate.
        gate: Id<GateId>,
        /// The chair's pick, where no outcome has the majority, among those with most votes.
        pick: Option<Coded<Outcome>>,
        /// Why, at most 2,000 characters; may be empty unless the chair picks.
        #[validate(length(max = REASON_MAX))]
        #[graphql(default)]
        reason: String,
        /// What the outcome lays down.
        #[validate(nested)]
        #[graphql(default)]
        terms: TermsInput,
    }
    /// The panel has recommended.
    payload RecommendGatePayload {
        /// The gate.
        gate: Ref<GateId>,
        /// The outcome that is recommended.
        outcome: Coded<Outcome>,
    }
}

inputs! {
    /// A seat on a panel.
    RosterSeatInput => RosterSeat {
        /// Who.
        person: Id<PersonId>,
        /// In which seat.
        seat: Coded<Seat>,
        /// Whether they vote; when absent members do, and chair and deputy by the policy.
        votes: Option<bool>,
    }
}

/// What a member finds on one criterion.
#[derive(Debug, async_graphql::InputObject, Validate)]
pub(crate) struct FindingInput {
    /// The criterion's code; 1 to 40 characters.
    #[validate(length(min = 1, max = 40))]
    criterion: String,
    /// Whether it is met.
    met: bool,
    /// How well, from 1 to 10. It decides nothing by itself.
    score: i32,
    /// What was found; at most 2,000 characters.
    #[validate(length(max = REASON_MAX))]
    finding: String,
}

impl Read<(String, Finding)> for FindingInput {
    fn read(self) -> Result<(String, Finding), Refused> {
        let finding = Finding {
            met: self.met,
            score: field("score", self.score)?,
            finding: self.finding,
        };
        Ok((self.criterion, finding))
    }
}
