//! An evaluation is its evaluator's sign-off at a gate of its own, then the import persons'
//! recommendation, decision and release.

use std::collections::BTreeMap;

use domain::gate::{ConflictKind, Finding, Score, Seat, Terms};
use domain::id::{AwardId, GateId, PersonId};
use domain::milestone::Outcome;
use domain::{Refusal, Seal};
use store::Error;
use store::command::{
    ConveneGate, DecideGate, DeclareConflict, EndAward, RecommendGate, ReleaseTranche, RosterSeat,
    SignGate,
};

use super::{Milestone, Run, refused};
use crate::replay::ReplaySummary;
use crate::replay::history::Step;
use crate::replay::plan::CRITERION;
use crate::replay::row::{Cells, Verdict};

impl Run<'_> {
    /// Convenes, declares, signs, recommends and decides; the row counts when it is decided. What
    /// follows, a release or the award's end, is told apart from it.
    pub(super) async fn evaluate(
        &self,
        award: AwardId,
        milestone: &Milestone,
        step: &Step,
        (evaluator, verdict): (&str, Verdict),
        summary: &mut ReplaySummary,
    ) -> Result<(), Error> {
        let evaluator = *self
            .crew
            .evaluators
            .get(evaluator)
            .ok_or_else(|| Error::not_found("PERSON"))?;
        let gate = self.convene(milestone, step, evaluator).await?;
        let seal = milestone.seal.ok_or(Refusal::NothingSubmitted {})?;
        self.sign(gate, seal, step, evaluator, verdict).await?;
        self.recommend(gate, step).await?;
        self.decide(gate, step, verdict).await?;
        summary.told.decided(verdict.outcome);
        if verdict.outcome == Outcome::Go {
            let release = self.release(milestone, step, summary).await;
            summary.note(refused(release)?);
        }
        if verdict.ends_award {
            let end = self.end(award, step).await;
            summary.note(refused(end)?);
        }
        Ok(())
    }

    async fn convene(
        &self,
        milestone: &Milestone,
        step: &Step,
        evaluator: PersonId,
    ) -> Result<GateId, Error> {
        let seat = |person, seat, votes| RosterSeat {
            person,
            seat,
            votes: Some(votes),
        };
        let convene = ConveneGate {
            milestone: milestone.id,
            roster: vec![
                seat(self.crew.chair, Seat::Chair, false),
                seat(self.crew.deputy, Seat::Deputy, false),
                seat(evaluator, Seat::Member, true),
            ],
        };
        let chair = self.crew.chair;
        let gate = self
            .row(step, "convened", Some(chair), &convene)
            .await?
            .gate;
        for (what, person) in [("chair-declared", chair), ("declared", evaluator)] {
            let declare = DeclareConflict {
                gate,
                conflict: ConflictKind::None,
                note: None,
            };
            self.row(step, what, Some(person), &declare).await?;
        }
        Ok(gate)
    }

    async fn sign(
        &self,
        gate: GateId,
        seal: Seal,
        step: &Step,
        evaluator: PersonId,
        verdict: Verdict,
    ) -> Result<(), Error> {
        let cells = &step.row.cells;
        let finding = Finding {
            met: verdict.outcome == Outcome::Go,
            score: score(cells)?,
            finding: ticked(cells),
        };
        let sign = SignGate {
            gate,
            seal,
            outcome: verdict.outcome,
            findings: BTreeMap::from([(CRITERION.to_owned(), finding)]),
            reason: reason(cells),
        };
        self.row(step, "signed", Some(evaluator), &sign).await?;
        Ok(())
    }

    async fn recommend(&self, gate: GateId, step: &Step) -> Result<(), Error> {
        let recommend = RecommendGate {
            gate,
            pick: None,
            reason: reason(&step.row.cells),
            terms: Terms::default(),
        };
        let chair = Some(self.crew.chair);
        self.row(step, "recommended", chair, &recommend).await?;
        Ok(())
    }

    async fn decide(&self, gate: GateId, step: &Step, verdict: Verdict) -> Result<(), Error> {
        let decide = DecideGate {
            gate,
            outcome: verdict.outcome,
            terms: None,
            remainder: None,
            reason: reason(&step.row.cells),
        };
        let decider = Some(self.crew.decider);
        self.row(step, "decided", decider, &decide).await?;
        Ok(())
    }

    async fn release(
        &self,
        milestone: &Milestone,
        step: &Step,
        summary: &mut ReplaySummary,
    ) -> Result<(), Error> {
        let release = ReleaseTranche {
            tranche: milestone.tranche,
        };
        let by = Some(self.crew.releaser);
        let amount = self.row(step, "released", by, &release).await?.amount;
        summary.told.released(amount)?;
        Ok(())
    }

    async fn end(&self, award: AwardId, step: &Step) -> Result<(), Error> {
        let end = EndAward {
            award,
            reason: reason(&step.row.cells),
        };
        let decider = Some(self.crew.decider);
        self.row(step, "ended", decider, &end).await?;
        Ok(())
    }
}

/// What the history says of the evaluation, with its time as it stands there.
fn reason(cells: &Cells) -> String {
    format!(
        "Imported evaluation\nstatus: {}\ncommitted_at: {}",
        cells.status, cells.committed_at
    )
}

fn ticked(cells: &Cells) -> String {
    format!(
        "deliverables_ticked: {} of {}",
        cells.deliverables_ticked, cells.deliverable_rows
    )
}

/// The ticked part of the deliverables in tenths, at least 1. A vote must carry a score, the
/// history has none, and no score decides anything.
fn score(cells: &Cells) -> Result<Score, Refusal> {
    let count = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (ticked, rows) = (
        count(&cells.deliverables_ticked),
        count(&cells.deliverable_rows),
    );
    let tenths = (u64::from(ticked) * 10)
        .checked_div(u64::from(rows))
        .unwrap_or(0)
        .clamp(1, 10);
    Score::try_from(u8::try_from(tenths).unwrap_or(1))
}
