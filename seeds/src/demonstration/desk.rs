//! The steps of an award's life as its people take them: each is the command that they would send.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::gate::{ConflictKind, Finding, Score, Seat, Terms};
use domain::id::{AwardId, GateId, MilestoneId, PersonId, SubmissionId, TrancheId};
use domain::milestone::Outcome;
use domain::template::Stage;
use domain::tranche::TrancheKind;
use domain::{Coded, Currency, FiscalYear, KpiValue, LocalizedText, Money, Seal};
use futures_util::stream;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::{
    AcceptAward, AttachEvidence, ConveneGate, DecideGate, DeclareConflict, DraftSubmission,
    OfferAward, RecommendGate, ReleaseTranche, RosterSeat, SignGate, SubmitMilestone,
};
use store::entity::{milestone, tranche};
use store::vault::Vault;
use store::{Command, Error, Store};

use super::evidence;
use super::people::Applicant;
use super::setting::{Setting, Theme};
use crate::act::act;

/// More than any made-up file has, in bytes.
const EVIDENCE_BYTES_MAX: u64 = 100_000;

/// Where the demonstration's work is done.
pub(super) struct Desk<'a> {
    pub(super) store: &'a Store,
    pub(super) vault: &'a Vault,
    pub(super) setting: &'a Setting,
}

/// An award at work.
pub(super) struct Case<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) award: AwardId,
    /// Its first milestone.
    pub(super) milestone: MilestoneId,
    title: &'static str,
    applicant: Applicant,
    stage: &'a Stage,
}

/// What is applied for, by whom, and how much.
pub(super) struct Proposal<'a> {
    pub(super) theme: &'a Theme,
    pub(super) applicant: Applicant,
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
    /// In yen.
    pub(super) decided: i64,
}

impl Desk<'_> {
    /// Runs `command` in the name of `person`, `offset` days from the seeding.
    pub(super) async fn act<C: Command>(
        &self,
        person: PersonId,
        offset: i64,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let at = self.setting.at(offset);
        act(self.store, Some(person), at, None, command).await
    }

    /// The director offers.
    pub(super) async fn offer<'a>(
        &'a self,
        proposal: Proposal<'a>,
        offset: i64,
    ) -> Result<Case<'a>, Error> {
        let template = proposal.theme.own_template()?;
        let stage = template
            .document
            .stages
            .first()
            .ok_or_else(|| Error::not_found("MILESTONE"))?;
        let applicant = proposal.applicant;
        let decided = Money::of_minor(proposal.decided, Currency::JPY);
        let decided_on = self.setting.day(offset);
        let mut plan = template.document.plan(decided, decided_on)?;
        // The programme is shown at work on the day of the seeding, whichever it is: no milestone is
        // paid out of a year that has closed since its award was decided.
        let this_year = FiscalYear::of(self.setting.day(0));
        for milestone in &mut plan.milestones {
            let year = &mut milestone.tranche.budget_year;
            *year = (*year).max(this_year);
        }
        let offer = OfferAward {
            theme: proposal.theme.id,
            organization: applicant.organization,
            title: LocalizedText::new(proposal.ja, proposal.en),
            application_reference: None,
            applied: decided,
            decided,
            decided_on,
            participants: vec![applicant.representative, applicant.researcher],
            gate_template: Some(template.id),
            plan: Some(plan),
            number: None,
        };
        let director = self.setting.cast.director;
        let award = self.act(director, offset, &offer).await?.award;
        let first = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(award.uuid()))
            .filter(milestone::Column::Ordinal.eq(1))
            .one(self.store.reads())
            .await?
            .ok_or_else(|| Error::not_found("MILESTONE"))?;
        Ok(Case {
            desk: self,
            award,
            milestone: first.id.into(),
            title: proposal.en,
            applicant,
            stage,
        })
    }
}

impl Case<'_> {
    /// The representative accepts, on the day on which the notice came.
    pub(super) async fn accept(&self, offset: i64) -> Result<(), Error> {
        let accept = AcceptAward {
            award: self.award,
            notice_received_on: self.desk.setting.day(offset),
        };
        let representative = self.applicant.representative;
        self.desk.act(representative, offset, &accept).await?;
        Ok(())
    }

    /// The researcher drafts and attaches every kind of evidence that the criteria ask for.
    pub(super) async fn draft(&self, offset: i64, narrative: &str) -> Result<SubmissionId, Error> {
        let figures = self.stage.criteria.iter().filter_map(|criterion| {
            let target = &criterion.kpi.as_ref()?.target;
            Some((criterion.code.clone(), *target))
        });
        let draft = DraftSubmission {
            milestone: self.milestone,
            narrative: narrative.to_owned(),
            kpi_values: figures.collect::<BTreeMap<String, KpiValue>>(),
            expected_version: None,
        };
        let researcher = self.applicant.researcher;
        let submission = self.desk.act(researcher, offset, &draft).await?.submission;
        let kinds: BTreeSet<_> = self
            .stage
            .criteria
            .iter()
            .flat_map(|criterion| criterion.evidence_kinds.iter().copied())
            .collect();
        for kind in kinds {
            let file = evidence::file(kind, self.title);
            let bytes = Ok::<_, core::convert::Infallible>(Bytes::from(file.bytes));
            let stored = self
                .desk
                .vault
                .store(
                    self.desk.store.entropy().uuid(),
                    stream::iter([bytes]),
                    EVIDENCE_BYTES_MAX,
                )
                .await?;
            let attach = AttachEvidence {
                submission,
                sha256: stored.sha256,
                size_bytes: stored.size_bytes,
                media_type: stored.media_type.as_str().to_owned(),
                kind,
                file_name: file.name,
            };
            self.desk.act(researcher, offset, &attach).await?;
        }
        Ok(submission)
    }

    /// The researcher drafts and the representative submits.
    pub(super) async fn submit(&self, offset: i64, narrative: &str) -> Result<Seal, Error> {
        self.draft(offset, narrative).await?;
        let submit = SubmitMilestone {
            milestone: self.milestone,
        };
        let representative = self.applicant.representative;
        Ok(self.desk.act(representative, offset, &submit).await?.seal)
    }

    /// The officer convenes the panel; the day after, everybody declares that nothing connects them.
    pub(super) async fn convene(&self, offset: i64) -> Result<GateId, Error> {
        let cast = &self.desk.setting.cast;
        let seat = |person, seat| RosterSeat {
            person,
            seat,
            votes: None,
        };
        let mut roster = vec![
            seat(cast.chair, Seat::Chair),
            seat(cast.deputy, Seat::Deputy),
        ];
        roster.extend(cast.reviewers.map(|person| seat(person, Seat::Member)));
        let convene = ConveneGate {
            milestone: self.milestone,
            roster: roster.clone(),
        };
        let gate = self.desk.act(cast.officer, offset, &convene).await?.gate;
        for seat in roster {
            let declare = DeclareConflict {
                gate,
                conflict: ConflictKind::None,
                note: None,
            };
            self.desk.act(seat.person, offset + 1, &declare).await?;
        }
        Ok(gate)
    }

    /// The first `votes` reviewers sign for `outcome`, a day apart.
    pub(super) async fn sign(
        &self,
        gate: GateId,
        seal: Seal,
        offset: i64,
        votes: usize,
        outcome: Outcome,
    ) -> Result<(), Error> {
        let met = matches!(outcome, Outcome::Go | Outcome::ConditionalGo);
        let score = Score::try_from(if met { 8 } else { 4 })?;
        let findings = self.stage.criteria.iter().map(|criterion| {
            let finding = Finding {
                met,
                score,
                finding: format!("架空の所見 / made-up finding on {}", criterion.code),
            };
            (criterion.code.clone(), finding)
        });
        let sign = SignGate {
            gate,
            seal,
            outcome,
            findings: findings.collect(),
            reason: format!("架空の理由 / made-up reason for {}", outcome.code()),
        };
        let reviewers = self.desk.setting.cast.reviewers.into_iter().take(votes);
        for (later, reviewer) in (0_i64..).zip(reviewers) {
            self.desk.act(reviewer, offset + later, &sign).await?;
        }
        Ok(())
    }

    /// The chair recommends what the panel voted for; five days on the director decides so.
    pub(super) async fn decide(
        &self,
        gate: GateId,
        offset: i64,
        outcome: Outcome,
        terms: Terms,
    ) -> Result<(), Error> {
        let cast = &self.desk.setting.cast;
        let recommend = RecommendGate {
            gate,
            pick: None,
            reason: "審査員の一致した意見 / the reviewers agree".to_owned(),
            terms,
        };
        self.desk.act(cast.chair, offset, &recommend).await?;
        let decide = DecideGate {
            gate,
            outcome,
            terms: None,
            remainder: None,
            reason: "答申のとおり / as recommended".to_owned(),
        };
        self.desk.act(cast.director, offset + 5, &decide).await?;
        Ok(())
    }

    /// The whole sitting: convened at `offset`, signed by all ten days on, recommended after
    /// fifteen, decided after twenty.
    pub(super) async fn sit(
        &self,
        seal: Seal,
        offset: i64,
        outcome: Outcome,
        terms: Terms,
    ) -> Result<(), Error> {
        let gate = self.convene(offset).await?;
        self.sign(gate, seal, offset + 10, 3, outcome).await?;
        self.decide(gate, offset + 15, outcome, terms).await
    }

    /// The finance preparer releases the advance.
    pub(super) async fn release_advance(&self, offset: i64) -> Result<(), Error> {
        let advance = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(self.award.uuid()))
            .filter(tranche::Column::Kind.eq(TrancheKind::Advance.code()))
            .one(self.desk.store.reads())
            .await?
            .ok_or_else(|| Error::not_found("TRANCHE"))?;
        let release = ReleaseTranche {
            tranche: TrancheId::new(advance.id),
        };
        let preparer = self.desk.setting.cast.finance_preparer;
        self.desk.act(preparer, offset, &release).await?;
        Ok(())
    }
}
