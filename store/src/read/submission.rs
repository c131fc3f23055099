//! What applicants show: drafts for themselves, sealed versions for those who judge them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::criterion::{Criterion, EvidenceKind};
use domain::id::{AwardId, EvidenceId, MilestoneId, SubmissionId};
use domain::milestone::SubmissionState;
use domain::{Coded, KpiValue, Seal};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::Sight;
use crate::entity::{award, evidence, gate, milestone, milestone_version, submission};
use crate::error::Error;
use crate::mapping;

/// One version of what an applicant shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionView {
    /// Names it.
    pub id: SubmissionId,
    /// Its award.
    pub award: AwardId,
    /// Its milestone.
    pub milestone: MilestoneId,
    /// Its number within the milestone, over all rounds, from 1.
    pub version: u32,
    /// The round, from 1.
    pub round: u16,
    /// Where it stands.
    pub state: SubmissionState,
    /// What the applicant tells.
    pub narrative: String,
    /// KPI values by the criterion's code.
    pub kpi_values: BTreeMap<String, KpiValue>,
    /// Its seal.
    pub seal: Option<Seal>,
    /// When it was received, which is its legal time.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Version of the row for optimistic edits, from 1.
    pub revision: i64,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    /// Names it.
    pub id: EvidenceId,
    /// What it is.
    pub kind: EvidenceKind,
    /// The name under which it was sent.
    pub file_name: String,
    /// Its media type, as found in its content.
    pub media_type: String,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// When it was attached.
    pub attached_at: DateTime<Utc>,
}

/// The versions of each of these milestones that the asker may see, the oldest first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_milestones(
    db: &impl ConnectionTrait,
    sight: &Sight,
    milestones: &[MilestoneId],
) -> Result<HashMap<MilestoneId, Vec<SubmissionView>>, Error> {
    let rows = submission::Entity::find()
        .filter(submission::Column::MilestoneId.is_in(milestones.iter().map(|id| id.uuid())))
        .filter(seen(sight))
        .order_by_asc(submission::Column::Version)
        .all(db)
        .await?;
    let mut found: HashMap<MilestoneId, Vec<SubmissionView>> = HashMap::new();
    for row in rows {
        found
            .entry(row.milestone_id.into())
            .or_default()
            .push(view(row)?);
    }
    Ok(found)
}

/// The versions with these ids that the asker may see.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[SubmissionId],
) -> Result<HashMap<SubmissionId, SubmissionView>, Error> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(seen(sight))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id.into(), view(row)?)))
        .collect()
}

/// The evidence of each of these versions, in the order of attaching.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn evidence_of(
    db: &impl ConnectionTrait,
    sight: &Sight,
    submissions: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Vec<EvidenceView>>, Error> {
    let rows = evidence::Entity::find()
        .filter(evidence::Column::SubmissionId.is_in(submissions.iter().map(|id| id.uuid())))
        .filter(evidence::Column::SubmissionId.in_subquery(ids_seen(sight)))
        .order_by_asc(evidence::Column::OccurredAt)
        .order_by_asc(evidence::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<SubmissionId, Vec<EvidenceView>> = HashMap::new();
    for row in rows {
        let submission = row.submission_id.into();
        found
            .entry(submission)
            .or_default()
            .push(evidence_view(row)?);
    }
    Ok(found)
}

/// A version of a milestone's plan, and a submission that is measured by it.
#[derive(FromQueryResult)]
struct Measured {
    #[sea_orm(nested)]
    plan: milestone_version::Model,
    submission_id: Uuid,
}

/// The criteria by which each of these versions is measured: those under its seal, or for a draft
/// those of the plan in force.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn criteria(
    db: &impl ConnectionTrait,
    sight: &Sight,
    submissions: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Vec<Criterion>>, Error> {
    let column = |column: milestone_version::Column| Expr::col((milestone_version::Entity, column));
    let of_milestone = column(milestone_version::Column::MilestoneId)
        .equals((milestone::Entity, milestone::Column::Id));
    let of_submission = Expr::col((milestone::Entity, milestone::Column::Id))
        .equals((submission::Entity, submission::Column::MilestoneId));
    let sealed = column(milestone_version::Column::Id)
        .equals((submission::Entity, submission::Column::MilestoneVersionId));
    let in_force = column(milestone_version::Column::PlanVersionId)
        .equals((milestone::Entity, milestone::Column::PlanVersionId))
        .and(submission::Column::MilestoneVersionId.is_null());
    let mut select = milestone_version::Entity::find();
    QueryTrait::query(&mut select)
        .inner_join(milestone::Entity, of_milestone)
        .inner_join(submission::Entity, of_submission.and(sealed.or(in_force)));
    let rows = select
        .column_as(submission::Column::Id, "submission_id")
        .filter(submission::Column::Id.is_in(submissions.iter().map(|id| id.uuid())))
        .filter(seen(sight))
        .into_model::<Measured>()
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((row.submission_id.into(), mapping::criteria(&row.plan)?)))
        .collect()
}

/// A piece of evidence that the asker may see; downloads ask for it as well.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn evidence(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: EvidenceId,
) -> Result<Option<EvidenceView>, Error> {
    let row = evidence::Entity::find_by_id(id.uuid())
        .filter(evidence::Column::SubmissionId.in_subquery(ids_seen(sight)))
        .one(db)
        .await?;
    row.map(evidence_view).transpose()
}

fn ids_seen(sight: &Sight) -> SelectStatement {
    Query::select()
        .column((submission::Entity, submission::Column::Id))
        .from(submission::Entity)
        .cond_where(seen(sight))
        .to_owned()
}

/// Drafts are their authors' own, and the auditor's; what was handed in is for whoever sees the
/// award whole; sealed versions are for those who judge the milestone, earlier rounds among them.
pub(crate) fn seen(sight: &Sight) -> Condition {
    let of_authors = Query::select()
        .column((award::Entity, award::Column::Id))
        .from(award::Entity)
        .cond_where(
            Condition::any()
                .add(award::Column::OrganizationId.is_in(sight.own_bodies()))
                .add(award::Column::ProgrammeId.is_in(sight.programmes(&[Role::Auditor]))),
        )
        .to_owned();
    let judged = Query::select()
        .column((gate::Entity, gate::Column::MilestoneId))
        .from(gate::Entity)
        .cond_where(gate::Column::Id.in_subquery(sight.judged_gates()))
        .to_owned();
    let handed_in = submission::Column::State.ne(SubmissionState::Draft.code());
    Condition::any()
        .add(submission::Column::AwardId.in_subquery(of_authors))
        .add(handed_in.and(sight.of_award_whole(submission::Column::AwardId)))
        .add(
            submission::Column::State
                .eq(SubmissionState::Sealed.code())
                .and(submission::Column::MilestoneId.in_subquery(judged)),
        )
}

fn view(row: submission::Model) -> Result<SubmissionView, Error> {
    Ok(SubmissionView {
        id: row.id.into(),
        award: row.award_id.into(),
        milestone: row.milestone_id.into(),
        version: mapping::version(row.version)?,
        round: mapping::ordinal(row.round)?,
        state: mapping::code(&row.state)?,
        narrative: row.narrative,
        kpi_values: mapping::document(&row.kpi_values)?,
        seal: row.seal.as_deref().map(mapping::seal).transpose()?,
        submitted_at: row.submitted_at,
        revision: row.revision,
    })
}

fn evidence_view(row: evidence::Model) -> Result<EvidenceView, Error> {
    Ok(EvidenceView {
        id: row.id.into(),
        kind: mapping::code(&row.kind)?,
        file_name: row.file_name,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        sha256: row.sha256,
        attached_at: row.occurred_at,
    })
}
