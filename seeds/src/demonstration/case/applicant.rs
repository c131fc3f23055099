//! What the applicant's people do, and the receipt of the notice.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::KpiValue;
use domain::id::SubmissionId;
use futures_util::stream;
use store::command::{
    AcceptAward, AttachEvidence, DraftSubmission, ProposePlanChange, RecordNotice, SubmitMilestone,
    WithdrawAward, WithdrawSubmission,
};
use store::{Command, Error};

use super::super::story::PlanEdit;
use super::super::{evidence, figures};
use super::{Case, Shown, plan};

/// More than any made-up file has, in bytes.
const EVIDENCE_BYTES_MAX: u64 = 100_000;

impl Case<'_> {
    pub(super) async fn notice(&self, day: i64) -> Result<(), Error> {
        let notice = RecordNotice {
            award: self.award,
            notice_received_on: self.desk.clerk.day(day),
        };
        let officer = self.desk.setting.cast.officer;
        self.desk.clerk.act(officer, day, &notice).await?;
        Ok(())
    }

    pub(super) async fn accept(&self, day: i64) -> Result<(), Error> {
        let accept = AcceptAward {
            award: self.award,
            notice_received_on: self.desk.clerk.day(day),
        };
        self.represent(day, &accept).await?;
        Ok(())
    }

    pub(super) async fn withdraw(&self, day: i64) -> Result<(), Error> {
        let withdraw = WithdrawAward {
            award: self.award,
            reason: "自己資金で実施することとした / it is done with own money".to_owned(),
        };
        self.represent(day, &withdraw).await?;
        Ok(())
    }

    pub(super) async fn draft(
        &mut self,
        day: i64,
        ordinal: u16,
        shown: Shown,
    ) -> Result<(), Error> {
        let course = self.course_mut(ordinal)?;
        course.shown = shown;
        let (milestone, stage) = (course.milestone, course.stage);
        let figures = stage.criteria.iter().filter_map(|criterion| {
            let kpi = criterion.kpi.as_ref()?;
            let value = figures::measured(kpi, shown.meets(criterion));
            Some((criterion.code.clone(), value))
        });
        let title = &stage.title;
        let draft = DraftSubmission {
            milestone,
            narrative: format!(
                "「{}」の達成基準について、別添のとおり報告する。（架空） / \
                 Report on \"{}\", with the evidence attached (made up).",
                title.ja, title.en
            ),
            kpi_values: figures.collect::<BTreeMap<String, KpiValue>>(),
            expected_version: None,
        };
        let researcher = self.applicant.researcher;
        let drafted = self.desk.clerk.act(researcher, day, &draft).await?;
        self.attach(day, ordinal, drafted.submission).await
    }

    /// Attaches every kind of evidence that the criteria ask for.
    async fn attach(&self, day: i64, ordinal: u16, submission: SubmissionId) -> Result<(), Error> {
        let stage = self.course(ordinal)?.stage;
        let asked = stage.criteria.iter();
        let kinds: BTreeSet<_> = asked
            .flat_map(|criterion| criterion.evidence_kinds.iter().copied())
            .collect();
        for kind in kinds {
            let subject = format!("{}, {}", self.story.en, stage.title.en);
            let file = evidence::file(kind, &subject);
            let bytes = Ok::<_, core::convert::Infallible>(Bytes::from(file.bytes));
            let staged = self.desk.clerk.store.entropy().uuid();
            let stored = self
                .desk
                .vault
                .store(staged, stream::iter([bytes]), EVIDENCE_BYTES_MAX)
                .await?;
            let attach = AttachEvidence {
                submission,
                sha256: stored.sha256,
                size_bytes: stored.size_bytes,
                media_type: stored.media_type.as_str().to_owned(),
                kind,
                file_name: file.name,
            };
            let researcher = self.applicant.researcher;
            self.desk.clerk.act(researcher, day, &attach).await?;
        }
        Ok(())
    }

    pub(super) async fn submit(
        &mut self,
        day: i64,
        ordinal: u16,
        shown: Shown,
    ) -> Result<(), Error> {
        self.draft(day, ordinal, shown).await?;
        let milestone = self.course(ordinal)?.milestone;
        let submitted = self.represent(day, &SubmitMilestone { milestone }).await?;
        self.course_mut(ordinal)?.seal = Some(submitted.seal);
        Ok(())
    }

    pub(super) async fn withdraw_submission(&self, day: i64, ordinal: u16) -> Result<(), Error> {
        let withdraw = WithdrawSubmission {
            milestone: self.course(ordinal)?.milestone,
            reason: "数値に誤りがあった / a figure was wrong".to_owned(),
        };
        self.represent(day, &withdraw).await?;
        Ok(())
    }

    pub(super) async fn propose(&mut self, day: i64, edit: PlanEdit) -> Result<(), Error> {
        let plan = plan::edited(&self.plan, edit)?;
        let propose = ProposePlanChange {
            award: self.award,
            plan: plan.clone(),
            reason: "原材料の供給が遅れている / the supply of material is late".to_owned(),
        };
        let proposed = self.represent(day, &propose).await?;
        self.proposal = Some((proposed.plan_version, plan));
        Ok(())
    }

    async fn represent<C: Command>(&self, day: i64, command: &C) -> Result<C::Outcome, Error> {
        let representative = self.applicant.representative;
        self.desk.clerk.act(representative, day, command).await
    }
}
