//! The notice of the grant decision and of each change of it (Act 8): one for each value of the decided
//! amount.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::award::{DecisionDirection, Plan, PlanState, PlannedTranche};
use domain::report::{DecisionChange, DecisionNotice, NoticeKind, NoticedTranche};
use domain::tranche::TrancheKind;
use domain::{Coded, LocalizedText, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::export::Reader;
use super::super::export::history::{Told, told};
use super::{Act, Which};
use crate::dossier::pinned_policy;
use crate::entity::decided_amount::{Column, Entity, Model};
use crate::entity::{award, milestone, plan_version, tranche};
use crate::error::Error;
use crate::mapping;
use crate::persist::plan::PLAN_VERSION_MOVED;
use crate::root::RootKind;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    which: Which<'_>,
) -> Result<Vec<(Act, Model)>, Error> {
    let rows = which
        .seen_whole::<Entity>(db, reader, (Column::AwardId, Column::Id))
        .await?;
    let act = |row: &Model| Act {
        kind: NoticeKind::Decision,
        id: row.id,
        award: row.award_id,
        series: format!("交決{}", row.ordinal),
        dated_on: row.decided_on,
        recorded_at: row.recorded_at,
    };
    Ok(rows.into_iter().map(|row| (act(&row), row)).collect())
}

/// What was decided. An award has no conditions of its own besides those of the law and of its gates.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    award: &award::Model,
    row: &Model,
) -> Result<DecisionNotice, Error> {
    let plan = plan_in_force(db, row).await?;
    let due = plan.milestones.iter().map(|milestone| milestone.due_on);
    let policy = pinned_policy(db, award.policy_version_id.into()).await?;
    let (change, tranches) = (change(db, row).await?, tranches(db, row, &plan).await?);
    let decided = mapping::money(row.amount_minor, &row.currency)?;
    let planned = tranches.iter().map(|one| one.amount);
    let planned = Money::sum(decided.currency(), planned).map_err(Refusal::from)?;
    Ok(DecisionNotice {
        applied: mapping::money(award.applied_minor, &award.currency)?,
        decided,
        planned: (award.decided_on, due.fold(award.decided_on, Ord::max)),
        tranches,
        beside: decided.minus(planned).map_err(Refusal::from)?,
        conditions: Vec::new(),
        withdrawal_days: change
            .is_none()
            .then_some(policy.parameters.withdrawal_days.into()),
        change,
    })
}

/// What the act changed; nothing where it is the first decision.
async fn change(db: &impl ConnectionTrait, row: &Model) -> Result<Option<DecisionChange>, Error> {
    let direction = mapping::code(&row.direction)?;
    if direction == DecisionDirection::Initial {
        return Ok(None);
    }
    let before = Entity::find()
        .filter(Column::AwardId.eq(row.award_id))
        .filter(Column::Ordinal.lt(row.ordinal))
        .order_by_desc(Column::Ordinal)
        .one(db)
        .await?;
    let before = mapping::required(before, "the amount before")?;
    Ok(Some(DecisionChange {
        direction,
        article: mapping::code(&mapping::required(row.article.clone(), "article")?)?,
        before: mapping::money(before.amount_minor, &before.currency)?,
        reason: mapping::required(row.reason.clone(), "reason")?,
    }))
}

/// The plan in force when the amount was decided. The first one came with the first decision, and an import
/// records it together with those that followed.
async fn plan_in_force(db: &impl ConnectionTrait, row: &Model) -> Result<Plan, Error> {
    let versions = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.eq(row.award_id))
        .order_by_asc(plan_version::Column::Version)
        .all(db)
        .await?;
    let answered: BTreeMap<Uuid, Told> = told(
        db,
        (RootKind::Award, &[row.award_id]),
        &[PLAN_VERSION_MOVED],
        None,
    )
    .await?
    .into_iter()
    .map(|told| (told.id, told))
    .collect();
    let mut in_force: Option<(DateTime<Utc>, &plan_version::Model)> = None;
    for version in &versions {
        let Some(since) = in_force_since(version, answered.get(&version.id))? else {
            continue;
        };
        let later = in_force.is_none_or(|(last, _)| last <= since && row.ordinal > 1);
        if since <= row.recorded_at && later {
            in_force = Some((since, version));
        }
    }
    let (_, version) = mapping::required(in_force, "the plan of a decision")?;
    mapping::document(&version.document)
}

/// When a version of the plan came into force, by the time of recording: with its approval, or at once where
/// it answers no proposal.
fn in_force_since(
    version: &plan_version::Model,
    answered: Option<&Told>,
) -> Result<Option<DateTime<Utc>>, Error> {
    let (is_approved, since) = if let Some(told) = answered {
        let answer: PlanState = told.code("to")?;
        (answer == PlanState::Approved, told.recorded_at)
    } else {
        let is_approved = version.state == PlanState::Approved.code();
        (is_approved, version.recorded_at)
    };
    Ok(is_approved.then_some(since))
}

/// The tranches of `plan`, in their order.
async fn tranches(
    db: &impl ConnectionTrait,
    row: &Model,
    plan: &Plan,
) -> Result<Vec<NoticedTranche>, Error> {
    let rows = tranche::Entity::find()
        .filter(tranche::Column::AwardId.eq(row.award_id))
        .filter(tranche::Column::RecordedAt.lte(row.recorded_at))
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?;
    let milestones = milestone::Entity::find()
        .filter(milestone::Column::AwardId.eq(row.award_id))
        .all(db)
        .await?;
    // An advance or a retention that was dropped may have been planned again: the last one counts.
    let plain = |kind: TrancheKind| rows.iter().rfind(|one| one.kind == kind.code());
    let of_milestone = |ordinal: u16| {
        let mut milestones = milestones.iter();
        let milestone = milestones.find(|one| one.ordinal == i64::from(ordinal))?;
        rows.iter()
            .find(|one| one.milestone_id == Some(milestone.id))
    };
    let mut noticed = Vec::new();
    for (kind, planned) in [
        (TrancheKind::Advance, plan.advance.as_ref()),
        (TrancheKind::Retention, plan.retention.as_ref()),
    ] {
        if let Some(planned) = planned {
            noticed.push(noticed_tranche(plain(kind), (kind, planned), None)?);
        }
    }
    for one in &plan.milestones {
        let planned = (TrancheKind::Milestone, &one.tranche);
        let milestone = (one.title.clone(), one.due_on);
        let row = of_milestone(one.ordinal);
        noticed.push(noticed_tranche(row, planned, Some(milestone))?);
    }
    noticed.sort_by_key(|one| one.ordinal);
    Ok(noticed)
}

fn noticed_tranche(
    row: Option<&tranche::Model>,
    (kind, planned): (TrancheKind, &PlannedTranche),
    milestone: Option<(LocalizedText, chrono::NaiveDate)>,
) -> Result<NoticedTranche, Error> {
    let row = mapping::required(row, "the tranche of a plan")?;
    let (title, due_on) = milestone.unzip();
    Ok(NoticedTranche {
        ordinal: mapping::ordinal(row.ordinal)?,
        kind,
        milestone: title,
        due_on,
        budget_year: planned.budget_year,
        amount: planned.amount,
    })
}
