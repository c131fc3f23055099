//! Gates, from the submission to the decision.
//!
//! ```ignore
//! let seal = world.submit(milestone).await;              // drafted by the researcher, submitted
//! let gate = world.convene(milestone).await;             // chair, deputy, reviewers 0 to 2
//! world.declare_none(gate).await;                        // everybody on that roster
//! world.vote(gate, seal, reviewer, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
//! world.judge(milestone, Verdict::partial(&["SAFETY"], Remainder::Decommit)).await   // all at once
//! world.pass(milestone).await;                           // all at once, GO
//! ```

use std::collections::BTreeMap;

use domain::Seal;
use domain::award::Remainder;
use domain::gate::{ConflictKind, Finding, Score, Seat, Terms};
use domain::id::{GateId, MilestoneId, PersonId};
use domain::milestone::Outcome;
use store::command::{
    ConveneGate, DecideGate, DeclareConflict, DraftSubmission, RecommendGate, RosterSeat, SignGate,
    SubmitMilestone,
};

use super::World;

/// What a panel finds unanimously and the authority follows.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// The outcome.
    pub(crate) outcome: Outcome,
    /// The criteria that are met.
    pub(crate) met: Vec<&'static str>,
    /// What the outcome lays down.
    pub(crate) terms: Terms,
    /// What becomes of what was not earned.
    pub(crate) remainder: Option<Remainder>,
}

impl Verdict {
    /// `outcome` with these criteria met.
    pub(crate) fn of(outcome: Outcome, met: &[&'static str]) -> Self {
        Self {
            outcome,
            met: met.to_vec(),
            terms: Terms::default(),
            remainder: None,
        }
    }

    /// Passed in all criteria.
    pub(crate) fn go() -> Self {
        Self::of(Outcome::Go, &["SAFETY", "UPTAKE"])
    }

    /// Passed in part.
    pub(crate) fn partial(met: &[&'static str], remainder: Remainder) -> Self {
        Self {
            remainder: Some(remainder),
            ..Self::of(Outcome::Partial, met)
        }
    }

    /// Not passed.
    pub(crate) fn no_go() -> Self {
        Self::of(Outcome::NoGo, &[])
    }

    /// The same with `terms`.
    pub(crate) fn with(self, terms: Terms) -> Self {
        Self { terms, ..self }
    }
}

impl World {
    /// Drafts and submits a version of `milestone`.
    pub(crate) async fn submit(&self, milestone: MilestoneId) -> Seal {
        let draft = DraftSubmission {
            milestone,
            narrative: "達成した".to_owned(),
            kpi_values: BTreeMap::new(),
            expected_version: None,
        };
        self.run(self.people.researcher, &draft).await;
        self.run(self.people.representative, &SubmitMilestone { milestone })
            .await
            .seal
    }

    /// The usual roster: chair, deputy and the first three reviewers, from two bodies.
    pub(crate) fn roster(&self) -> Vec<RosterSeat> {
        let seat = |person, seat| RosterSeat {
            person,
            seat,
            votes: None,
        };
        let [a, b, c, _] = self.people.reviewers;
        vec![
            seat(self.people.chair, Seat::Chair),
            seat(self.people.deputy, Seat::Deputy),
            seat(a, Seat::Member),
            seat(b, Seat::Member),
            seat(c, Seat::Member),
        ]
    }

    /// Convenes the usual roster.
    pub(crate) async fn convene(&self, milestone: MilestoneId) -> GateId {
        let command = ConveneGate {
            milestone,
            roster: self.roster(),
        };
        self.run(self.people.officer, &command).await.gate
    }

    /// Everybody on the usual roster declares that nothing connects them with the applicant.
    pub(crate) async fn declare_none(&self, gate: GateId) {
        for seat in self.roster() {
            let command = DeclareConflict {
                gate,
                conflict: ConflictKind::None,
                note: None,
            };
            self.run(seat.person, &command).await;
        }
    }

    /// A vote that finds `met` met and nothing else.
    #[expect(clippy::unused_self, reason = "a step of the gate like the others")]
    pub(crate) fn ballot(
        &self,
        gate: GateId,
        seal: Seal,
        outcome: Outcome,
        met: &[&'static str],
    ) -> SignGate {
        let finding = |code: &'static str| Finding {
            met: met.contains(&code),
            score: Score::try_from(7).expect("a score"),
            finding: "所見".to_owned(),
        };
        SignGate {
            gate,
            seal,
            outcome,
            findings: ["SAFETY", "UPTAKE"]
                .map(|code| (code.to_owned(), finding(code)))
                .into(),
            reason: "妥当".to_owned(),
        }
    }

    /// `person` votes.
    pub(crate) async fn vote(
        &self,
        gate: GateId,
        seal: Seal,
        person: PersonId,
        outcome: Outcome,
        met: &[&'static str],
    ) {
        self.run(person, &self.ballot(gate, seal, outcome, met))
            .await;
    }

    /// The chair recommends what the majority voted for.
    pub(crate) async fn recommend(&self, gate: GateId, terms: Terms) {
        let command = RecommendGate {
            gate,
            pick: None,
            reason: String::new(),
            terms,
        };
        self.run(self.people.chair, &command).await;
    }

    /// Submits, convenes, declares, votes and recommends; the gate waits for the decision.
    pub(crate) async fn recommended(&self, milestone: MilestoneId, verdict: &Verdict) -> GateId {
        let seal = self.submit(milestone).await;
        let gate = self.convene(milestone).await;
        self.declare_none(gate).await;
        for reviewer in self.people.reviewers.into_iter().take(3) {
            self.vote(gate, seal, reviewer, verdict.outcome, &verdict.met)
                .await;
        }
        self.recommend(gate, verdict.terms.clone()).await;
        gate
    }

    /// The whole gate, from the submission to the director's decision.
    pub(crate) async fn judge(&self, milestone: MilestoneId, verdict: Verdict) -> GateId {
        let gate = self.recommended(milestone, &verdict).await;
        let command = DecideGate {
            gate,
            outcome: verdict.outcome,
            terms: None,
            remainder: verdict.remainder,
            reason: "答申のとおり".to_owned(),
        };
        self.run(self.people.director, &command).await;
        gate
    }

    /// The whole gate, passed.
    pub(crate) async fn pass(&self, milestone: MilestoneId) -> GateId {
        self.judge(milestone, Verdict::go()).await
    }
}
