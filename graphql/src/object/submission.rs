//! What applicants show.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::KpiValue;
use domain::criterion::{EvidenceKind, KpiTarget as Target};
use domain::milestone::SubmissionState;
use store::read::submission::{EvidenceView, SubmissionView};

use super::KpiTarget;
use super::action::{Action, actions};
use crate::coded::Coded;
use crate::loader::{CriteriaOf, EvidenceOf, PlanOf, load};
use crate::node_id::Id;
use crate::scalar::{Decimal, Instant};
use crate::session::Session;

/// A version of a submission.
#[derive(Debug, Clone)]
pub struct Submission(pub SubmissionView);

/// One version of what the applicant shows for a milestone (達成報告).
#[Object]
impl Submission {
    /// The version's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its number within the milestone, over all rounds, from 1.
    async fn number(&self) -> u32 {
        self.0.version
    }

    /// The round it belongs to, from 1.
    async fn round(&self) -> u16 {
        self.0.round
    }

    /// Where it stands.
    async fn state(&self) -> Coded<SubmissionState> {
        Coded(self.0.state)
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let award = load(ctx, self.0.award).await?;
        let plan = load(ctx, PlanOf(self.0.award)).await?;
        let milestone = plan
            .as_ref()
            .and_then(|plan| plan.milestone(self.0.milestone));
        let (Some(award), Some(milestone)) = (award, milestone) else {
            return Ok(Vec::new());
        };
        actions(Session::of(ctx)?, award.scope, |asker| {
            let is_draft = self.0.state == SubmissionState::Draft;
            asker.on_submission(&award.life, &milestone.state, is_draft)
        })
    }

    /// What the applicant tells.
    async fn narrative(&self) -> &str {
        &self.0.narrative
    }

    /// The figures reached, by criterion, against their targets: those under the seal, or for a
    /// draft those of the plan in force.
    async fn kpi_values(&self, ctx: &Context<'_>) -> Result<Vec<KpiReached>> {
        let criteria = load(ctx, CriteriaOf(self.0.id)).await?.unwrap_or_default();
        let reached = |(code, value): (&String, &KpiValue)| {
            let criterion = criteria.iter().find(|criterion| criterion.code == *code);
            KpiReached::of(code, value, criterion.and_then(|found| found.kpi.as_ref()))
        };
        Ok(self.0.kpi_values.iter().map(reached).collect())
    }

    /// The evidence, in the order of attaching.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let found = load(ctx, EvidenceOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Evidence).collect())
    }

    /// The seal (封印): SHA-256 over everything that a vote speaks of, 64 lower-case hex digits. Null
    /// while it is a draft.
    async fn seal(&self) -> Option<String> {
        self.0.seal.map(|seal| seal.to_string())
    }

    /// When the server received it, which is its legal time.
    async fn submitted_at(&self) -> Option<Instant> {
        self.0.submitted_at.map(Instant)
    }

    /// The version of the row for optimistic edits of a draft, from 1.
    async fn version(&self) -> i64 {
        self.0.revision
    }
}

/// A figure that was reached.
#[derive(Debug, Clone, SimpleObject)]
pub struct KpiReached {
    /// The criterion's code.
    criterion: String,
    /// The value, in the criterion's unit.
    value: Decimal,
    /// What was to be reached; null where the criterion has no figure.
    target: Option<KpiTarget>,
    /// Whether the value meets the target, compared exactly; null where there is none.
    met: Option<bool>,
}

impl KpiReached {
    fn of(criterion: &str, value: &KpiValue, target: Option<&Target>) -> Self {
        Self {
            criterion: criterion.to_owned(),
            value: Decimal(value.to_string()),
            target: target.map(KpiTarget::of),
            met: target.map(|target| target.is_met_by(value)),
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone)]
pub struct Evidence(pub EvidenceView);

/// A stored piece of evidence. Its bytes always hash to what the seal covers.
#[Object]
impl Evidence {
    /// The piece's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// What it is.
    async fn kind(&self) -> Coded<EvidenceKind> {
        Coded(self.0.kind)
    }

    /// The name under which it was sent.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// Its media type, as found in its content.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// Its size in bytes.
    async fn size_bytes(&self) -> i64 {
        self.0.size_bytes
    }

    /// SHA-256 of its bytes, 64 lower-case hex digits.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// When it was attached.
    async fn attached_at(&self) -> Instant {
        Instant(self.0.attached_at)
    }
}
