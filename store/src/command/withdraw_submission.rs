//! Takes a submission back before a gate is convened on it.

use domain::access::Operation;
use domain::id::{MilestoneId, SubmissionId};
use domain::milestone::{Step, SubmissionState};
use domain::{Coded, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, place_of};
use crate::entity::{award, submission};
use crate::error::Error;
use crate::persist::milestone as milestones;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes the sealed version back; the milestone is open again, in the same round.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawSubmission {
    /// The milestone.
    pub milestone: MilestoneId,
    /// Why.
    pub reason: String,
}

/// A submission was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionWithdrawn {
    /// The milestone.
    pub milestone: MilestoneId,
    /// The submission.
    pub submission: SubmissionId,
}

impl Command for WithdrawSubmission {
    const OPERATION: Operation = Operation::WithdrawSubmission;
    type Root = award::Model;
    type Outcome = SubmissionWithdrawn;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.milestone).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<SubmissionWithdrawn, Error> {
        Refusal::require_reason(&self.reason)?;
        let mut dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let id = self.milestone;
        let submission = dossier.milestone(id)?.state.submission();
        let step = Step::WithdrawSubmission;
        milestones::take_step(work, &award, &mut dossier, id, &step).await?;
        let submission = submission.ok_or(Refusal::NothingSubmitted {})?;
        submission::Entity::update_many()
            .col_expr(
                submission::Column::State,
                Expr::value(SubmissionState::Withdrawn.code()),
            )
            .col_expr(
                submission::Column::Revision,
                Expr::col(submission::Column::Revision).add(1),
            )
            .filter(submission::Column::Id.eq(submission.uuid()))
            .exec(work.tx())
            .await?;
        work.record(
            "SUBMISSION_WITHDRAWN",
            serde_json::json!({ "id": submission, "reason": self.reason }),
        );
        Ok(SubmissionWithdrawn {
            milestone: id,
            submission,
        })
    }
}
