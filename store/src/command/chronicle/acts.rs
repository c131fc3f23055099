//! The acts of a history, each by the command of its kind: asked whether its person may, decided,
//! and chained as an event of its own.

use std::collections::BTreeSet;

use domain::InputRule;
use domain::access::Operation;
use domain::id::{GateId, MilestoneId, PersonId};
use domain::milestone::Step;
use domain::payment::Standing;

use super::super::release_tranche::Judges;
use super::super::roster::Call;
use super::super::{
    AcceptAward, AttachEvidence, ConveneGate, DecideGate, DeclareConflict, DraftSubmission,
    EvidenceAttached, GateConvened, GateRecommended, MilestoneSubmitted, RecommendGate,
    ReleaseTranche, SignGate, SubmissionDrafted, SubmitMilestone, SuspendAward,
};
use super::Chronicle;
use crate::dossier::{ClosingFacts, Found, GateDossier, PAID_OR_PAYABLE, SealedDossier, scope_of};
use crate::error::Error;
use crate::input::invalid;
use crate::persist::{ledger, tranche as tranches};
use crate::root::RootKind;
use crate::wrapper::Command;
use crate::{audit, idempotency};

impl Chronicle<'_> {
    /// Whether whoever acts may.
    fn ensure_may(&self, operation: Operation) -> Result<(), Error> {
        let scope = scope_of(&self.dossier.row);
        Ok(self.work.authority().may_run(operation, &scope)?)
    }

    /// Chains what `command` did to the award.
    pub(super) async fn chain<C: Command>(
        &mut self,
        command: &C,
        outcome: &C::Outcome,
    ) -> Result<(), Error> {
        let input = serde_json::to_value(command).map_err(Error::corrupt)?;
        let chain = (RootKind::Award, self.award.id);
        let programme = self.award.programme_id.into();
        let input_hash = idempotency::input_hash(&input);
        audit::append::<C>(&mut self.work, chain, programme, &input_hash, outcome).await
    }

    pub(super) async fn accept(&mut self, accept: &AcceptAward) -> Result<(), Error> {
        self.ensure_may(AcceptAward::OPERATION)?;
        let outcome = accept
            .accept(&mut self.work, &self.award, &mut self.dossier)
            .await?;
        self.chain(accept, &outcome).await
    }

    pub(super) async fn suspend(&mut self, suspend: &SuspendAward) -> Result<(), Error> {
        self.ensure_may(SuspendAward::OPERATION)?;
        let outcome = suspend
            .suspend(&mut self.work, &self.award, &mut self.dossier)
            .await?;
        self.chain(suspend, &outcome).await
    }

    pub(super) async fn draft(&mut self, draft: &DraftSubmission) -> Result<(), Error> {
        self.ensure_may(DraftSubmission::OPERATION)?;
        let case = self.cases.entry(draft.milestone).or_default();
        let last = case.submission.as_ref();
        let row = draft
            .write(&mut self.work, &self.award, &mut self.dossier, last)
            .await?;
        if last.is_none_or(|last| last.id != row.id) {
            case.pieces.clear();
        }
        let outcome = SubmissionDrafted::of(&row)?;
        case.submission = Some(row);
        self.chain(draft, &outcome).await
    }

    pub(super) async fn attach(
        &mut self,
        milestone: MilestoneId,
        attach: &AttachEvidence,
    ) -> Result<(), Error> {
        self.ensure_may(AttachEvidence::OPERATION)?;
        let case = self.cases.entry(milestone).or_default();
        let submission = case.submission.as_ref();
        let submission = submission.ok_or_else(|| Error::not_found("SUBMISSION"))?;
        let draft = (submission, case.pieces.as_slice());
        let row = attach
            .attach(&mut self.work, &self.award, &mut self.dossier, draft)
            .await?;
        let outcome = EvidenceAttached {
            evidence: row.id.into(),
        };
        case.pieces.push(row);
        self.chain(attach, &outcome).await
    }

    pub(super) async fn submit(&mut self, submit: &SubmitMilestone) -> Result<(), Error> {
        self.ensure_may(SubmitMilestone::OPERATION)?;
        let draft = self.submission(submit.milestone)?.clone();
        let policy = self.dossier.policy.clone();
        let case = self.cases.entry(submit.milestone).or_default();
        let draft = (draft, case.pieces.as_slice());
        let (row, seal) = submit
            .submit(
                &mut self.work,
                &self.award,
                &mut self.dossier,
                draft,
                &policy,
            )
            .await?;
        let outcome = MilestoneSubmitted {
            milestone: submit.milestone,
            submission: row.id.into(),
            seal,
        };
        case.submission = Some(row);
        self.chain(submit, &outcome).await
    }

    pub(super) async fn convene(&mut self, convene: &ConveneGate) -> Result<(), Error> {
        self.ensure_may(ConveneGate::OPERATION)?;
        self.dossier.ensure_allows(ConveneGate::OPERATION)?;
        let milestone = convene.milestone;
        let sealed = self.sealed(milestone)?;
        let gates = self.work.gathered.iter();
        let gates = gates.flat_map(|gathered| gathered.gate.iter());
        let earlier = gates.filter(|row| row.submission_id == sealed.submission.id);
        let gate: GateId = self.work.ids.next();
        let call = Call {
            gate,
            milestone,
            step: Step::Convene(gate),
            roster: &convene.roster,
            earlier: u64::try_from(earlier.count()).map_err(Error::corrupt)?,
            sealed: &sealed,
            on_record: &self.on_record,
        };
        let sitting = call
            .sit(&mut self.work, &self.award, &mut self.dossier)
            .await?;
        let case = self.cases.entry(milestone).or_default();
        case.gate = Some(GateDossier::convened(sitting.gate, sitting.panel, sealed));
        case.recommended = None;
        case.decided_by.clear();
        let outcome = GateConvened {
            gate,
            quorum_reachable: sitting.quorum_reachable,
        };
        self.chain(convene, &outcome).await
    }

    /// What the milestone's last submission is sealed with.
    fn sealed(&self, milestone: MilestoneId) -> Result<SealedDossier, Error> {
        let case = self.cases.get(&milestone);
        let pieces = case.map(|case| case.pieces.clone()).unwrap_or_default();
        SealedDossier::of(
            self.submission(milestone)?.clone(),
            pieces,
            &self.dossier.milestone(milestone)?.version,
            &self.dossier.tranche_of(milestone)?.row,
            self.dossier.policy.clone(),
        )
    }

    pub(super) async fn declare(
        &mut self,
        milestone: MilestoneId,
        declare: &DeclareConflict,
        by: PersonId,
    ) -> Result<(), Error> {
        self.ensure_may(DeclareConflict::OPERATION)?;
        let case = self.cases.entry(milestone).or_default();
        let gate = case.gate.as_mut().ok_or_else(|| Error::not_found("GATE"))?;
        if gate.panel.sign_offs.contains_key(&by) {
            // It would void a vote that is not stored yet.
            return Err(invalid("acts", InputRule::DeclareBeforeSigning).into());
        }
        let outcome = declare
            .declare(
                &mut self.work,
                &self.award,
                &self.dossier,
                gate,
                &self.on_record,
            )
            .await?;
        self.chain(declare, &outcome).await
    }

    pub(super) async fn sign(
        &mut self,
        milestone: MilestoneId,
        sign: &SignGate,
        by: PersonId,
    ) -> Result<(), Error> {
        self.ensure_may(SignGate::OPERATION)?;
        let votes = self.work.gathered.iter();
        let votes = votes.flat_map(|gathered| gathered.sign_off.iter());
        let earlier = votes
            .filter(|row| row.gate_id == sign.gate.uuid() && row.person_id == by.uuid())
            .count();
        let seen = (
            &self.on_record,
            u64::try_from(earlier).map_err(Error::corrupt)?,
        );
        let case = self.cases.entry(milestone).or_default();
        let gate = case.gate.as_mut().ok_or_else(|| Error::not_found("GATE"))?;
        let outcome = sign
            .sign(&mut self.work, &self.award, &self.dossier, gate, seen)
            .await?;
        self.chain(sign, &outcome).await
    }

    pub(super) async fn recommend(
        &mut self,
        milestone: MilestoneId,
        recommend: &RecommendGate,
        by: PersonId,
    ) -> Result<(), Error> {
        self.ensure_may(RecommendGate::OPERATION)?;
        let case = self.cases.entry(milestone).or_default();
        let gate = case.gate.as_mut().ok_or_else(|| Error::not_found("GATE"))?;
        let recommended = recommend
            .recommend(
                &mut self.work,
                &self.award,
                &self.dossier,
                gate,
                &self.on_record,
            )
            .await?;
        let outcome = GateRecommended {
            gate: recommend.gate,
            outcome: recommended.outcome,
        };
        case.recommended = Some((recommended, by));
        self.chain(recommend, &outcome).await
    }

    pub(super) async fn decide(
        &mut self,
        milestone: MilestoneId,
        decide: &DecideGate,
        by: PersonId,
    ) -> Result<(), Error> {
        self.ensure_may(DecideGate::OPERATION)?;
        let case = self.cases.entry(milestone).or_default();
        let gate = case.gate.as_mut().ok_or_else(|| Error::not_found("GATE"))?;
        let seen = (&self.on_record, case.recommended.as_ref());
        let outcome = decide
            .decide(&mut self.work, &self.award, &mut self.dossier, gate, seen)
            .await?;
        case.decided_by.insert(by);
        self.chain(decide, &outcome).await
    }

    pub(super) async fn release(&mut self, release: &ReleaseTranche) -> Result<(), Error> {
        self.ensure_may(ReleaseTranche::OPERATION)?;
        let entry = self.dossier.tranche(release.tranche)?.clone();
        let milestone = entry.row.milestone_id.map(MilestoneId::new);
        let case = milestone.and_then(|milestone| self.cases.get(&milestone));
        let gate = case.and_then(|case| case.gate.as_ref());
        let judges = case.and_then(|case| {
            let (gate, (_, by)) = (case.gate.as_ref()?, case.recommended.as_ref()?);
            Some(Judges {
                panel: gate.panel.clone(),
                recommended_by: *by,
                decided_by: BTreeSet::clone(&case.decided_by),
            })
        });
        let source = tranches::source_account(&self.dossier, &entry);
        let (owner, currency) = (self.award.id, self.dossier.currency);
        let gathered = self.work.gathered.iter();
        let mut paid = gathered.map(|it| it.moved_into(owner, &PAID_OR_PAYABLE, currency));
        let nothing = || Ok(domain::Money::zero(currency));
        let envelope = self.envelopes.iter();
        let mut envelope = envelope.filter(|row| row.fiscal_year == entry.row.budget_year);
        let found = Found {
            seal_intact: gate.is_none_or(|gate| gate.ensure_intact().is_ok()),
            // A chronicle knows no conflict that was learned late.
            unfounded_since: None,
            paid_or_payable: paid.next().unwrap_or_else(nothing)?,
            consultation_reference: envelope
                .next()
                .and_then(|row| row.consultation_reference.clone()),
            // Nor does it tell of what follows an ending.
            wind_down: None,
            committed: ledger::balance(&mut self.work, &source).await?,
            // A history ends before anything of it is paid or closed, and names no account.
            settled: domain::Money::zero(currency),
            settled_on: None,
            closing: ClosingFacts::default(),
            account: Standing::Ready,
        };
        let facts = found.facts(&self.dossier, &entry, self.work.today())?;
        let seen = (facts, judges.as_ref());
        let outcome = release
            .release(&mut self.work, &self.award, &mut self.dossier, seen)
            .await?;
        self.chain(release, &outcome).await
    }
}
