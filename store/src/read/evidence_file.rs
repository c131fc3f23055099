//! Evidence as a file that goes up or comes down: who may send it, and who may have it back. The
//! bytes themselves are the vault's.

use domain::access::Operation;
use domain::id::{EvidenceId, SubmissionId};
use domain::milestone::SubmissionState;
use domain::{Coded, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::Sight;
use crate::dossier::place_of;
use crate::entity::{award, evidence, gate, submission};
use crate::error::Error;

/// A piece of evidence to be fetched from the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// SHA-256 of its bytes: where the vault keeps them.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Media type, as found in the content.
    pub media_type: String,
    /// The name it was uploaded under.
    pub file_name: String,
}

/// Asks, before a file is taken in, whether its sender may attach it: a large file should not have
/// travelled for nothing. The command asks again.
///
/// # Errors
/// [`Refusal::NotFound`] for a submission that is not there or not for these eyes,
/// [`Refusal::RoleRequired`], [`Refusal::AlreadySubmitted`] when it is no draft.
pub async fn ensure_attachable(
    db: &impl ConnectionTrait,
    sight: &Sight,
    submission: SubmissionId,
) -> Result<(), Error> {
    let not_found = || Error::not_found("SUBMISSION");
    let scope = place_of(db, submission).await?.scope;
    sight
        .authority
        .may_run(Operation::AttachEvidence, &scope)
        .map_err(|refusal| {
            if sight.authority.sees(&scope) {
                refusal.into()
            } else {
                not_found()
            }
        })?;
    let row = submission::Entity::find_by_id(submission.uuid())
        .one(db)
        .await?
        .ok_or_else(not_found)?;
    if row.state == SubmissionState::Draft.code() {
        Ok(())
    } else {
        Err(Refusal::AlreadySubmitted {}.into())
    }
}

/// The file of a piece of evidence, if it is there and for these eyes: its body's, that of whoever
/// sees the award whole once it was submitted, and of the panel members who judge the submission.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: EvidenceId,
) -> Result<Option<EvidenceFile>, Error> {
    let row = evidence::Entity::find_by_id(id.uuid())
        .filter(visible(sight))
        .one(db)
        .await?;
    row.map(|row| {
        Ok(EvidenceFile {
            sha256: row.sha256,
            size_bytes: u64::try_from(row.size_bytes).map_err(Error::corrupt)?,
            media_type: row.media_type,
            file_name: row.file_name,
        })
    })
    .transpose()
}

/// Which rows of evidence are for these eyes. A draft is its own body's business.
fn visible(sight: &Sight) -> Condition {
    let submitted = Query::select()
        .column(submission::Column::Id)
        .from(submission::Entity)
        .cond_where(submission::Column::State.ne(SubmissionState::Draft.code()))
        .to_owned();
    let judged = Query::select()
        .column(gate::Column::SubmissionId)
        .from(gate::Entity)
        .cond_where(gate::Column::Id.in_subquery(sight.judged_gates()))
        .to_owned();
    let own = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .cond_where(award::Column::OrganizationId.is_in(sight.own_bodies()))
        .to_owned();
    Condition::any()
        .add(
            Condition::all()
                .add(sight.of_award_whole(evidence::Column::AwardId))
                .add(evidence::Column::SubmissionId.in_subquery(submitted)),
        )
        .add(evidence::Column::AwardId.in_subquery(own))
        .add(evidence::Column::SubmissionId.in_subquery(judged))
}
