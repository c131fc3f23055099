//! When each tranche will be paid: the domain's forecast, from the programme's own past.
//!
//! The same for applicant and finance: whoever sees an award whole sees it.

mod closing;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::calendar::jst_date;
use domain::gate::ConditionState;
use domain::id::{AwardId, ProgrammeId, TrancheId};
use domain::payment::{Forecast, MilestoneOutlook, Outlook, StageTimes};
use domain::tranche::ReleaseFacts;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use self::closing::Closings;
use super::{Sight, past, plan};
use crate::dossier::{AwardDossier, MilestoneEntry, TrancheEntry};
use crate::entity::gate_condition;
use crate::error::Error;

/// The forecasts of an award, by tranche.
pub type Forecasts = Arc<BTreeMap<TrancheId, Forecast>>;

/// When the tranches of these awards will be paid, as seen at `now`. A tranche that is paid, will not
/// be, or waits for an act without a usual time has no forecast.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn forecasts(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    now: DateTime<Utc>,
) -> Result<HashMap<AwardId, Forecasts>, Error> {
    let today = jst_date(now);
    let dossiers = plan::dossiers(db, sight.awards_whole(), awards, today).await?;
    let facts = plan::facts_of(db, &dossiers, now).await?;
    let mut times = Times::new();
    let programmes: BTreeSet<Uuid> = dossiers.iter().map(|one| one.row.programme_id).collect();
    for programme in programmes {
        let past = past::stage_times(db, ProgrammeId::new(programme)).await?;
        times.insert(programme, past);
    }
    foreseen(db, (&dossiers, &facts), &times, today).await
}

/// The times of the stages, by programme.
pub(super) type Times = BTreeMap<Uuid, StageTimes>;

/// The facts of releases, by award.
pub(super) type Facts = HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>;

/// The same for awards that are loaded.
pub(super) async fn foreseen(
    db: &impl ConnectionTrait,
    (dossiers, facts): (&[AwardDossier], &Facts),
    times: &Times,
    today: NaiveDate,
) -> Result<HashMap<AwardId, Forecasts>, Error> {
    let conditions = open_conditions(db, dossiers).await?;
    let closings = Closings::load(db, dossiers).await?;
    let nothing = StageTimes::default();
    let forecasts = |dossier: &AwardDossier| {
        let award = AwardId::new(dossier.row.id);
        let facts = facts.get(&award);
        let times = times.get(&dossier.row.programme_id).unwrap_or(&nothing);
        let forecast = |entry: &TrancheEntry| {
            let id = TrancheId::new(entry.row.id);
            let facts = facts.and_then(|facts| facts.get(&id));
            let outlook = outlook((dossier, entry), facts, &conditions, &closings)?;
            let policy = &dossier.policy.parameters;
            Ok(outlook
                .forecast(times, policy, today)
                .map(|found| (id, found)))
        };
        let found = dossier.tranches.iter().map(forecast);
        let found: Vec<_> = found.collect::<Result<_, Error>>()?;
        Ok((award, Arc::new(found.into_iter().flatten().collect())))
    };
    dossiers.iter().map(forecasts).collect()
}

/// The last day of the open conditions that block, by milestone.
type Conditions = BTreeMap<Uuid, NaiveDate>;

fn outlook<'a>(
    (dossier, entry): (&'a AwardDossier, &TrancheEntry),
    facts: Option<&ReleaseFacts>,
    conditions: &Conditions,
    closings: &Closings,
) -> Result<Outlook<'a>, Error> {
    let facts = facts.filter(|facts| facts.state.is_unreleased());
    let blockers = facts.map(ReleaseFacts::blockers).unwrap_or_default();
    let milestones = awaited(dossier, entry)?.into_iter();
    Ok(Outlook {
        award: dossier.award.state.code(),
        kind: entry.kind,
        state: entry.state,
        since: jst_date(entry.row.state_since),
        milestones: milestones
            .map(|entry| milestone_outlook(entry, conditions))
            .collect(),
        closing: entry
            .kind
            .waits_for_determination()
            .then(|| closings.of(dossier, entry.settles)),
        blocked_until: blockers
            .into_iter()
            .filter_map(|blocker| blocker.until)
            .max(),
    })
}

/// The milestones that a tranche waits for: its own, or, where it waits for the determination of its
/// year, those that the work still consists of.
fn awaited<'a>(
    dossier: &'a AwardDossier,
    entry: &TrancheEntry,
) -> Result<Vec<&'a MilestoneEntry>, Error> {
    if let Some(id) = entry.row.milestone_id {
        return Ok(vec![dossier.milestone(id.into())?]);
    }
    if !entry.kind.waits_for_determination() || dossier.award.is_over() {
        return Ok(Vec::new());
    }
    let milestones = dossier.milestones.iter();
    Ok(milestones
        .filter(|milestone| !milestone.state.code().is_final())
        .collect())
}

fn milestone_outlook<'a>(
    entry: &'a MilestoneEntry,
    conditions: &Conditions,
) -> MilestoneOutlook<'a> {
    MilestoneOutlook {
        state: &entry.state,
        since: jst_date(entry.row.state_since),
        due_on: conditions
            .get(&entry.row.id)
            .copied()
            .unwrap_or(entry.version.due_on),
    }
}

async fn open_conditions(
    db: &impl ConnectionTrait,
    dossiers: &[AwardDossier],
) -> Result<Conditions, Error> {
    use gate_condition::Column::{AwardId, Blocking, State};
    let awards = dossiers.iter().map(|dossier| dossier.row.id);
    let rows = gate_condition::Entity::find()
        .filter(AwardId.is_in(awards))
        .filter(State.eq(ConditionState::Open.code()))
        .filter(Blocking.eq(true))
        .all(db)
        .await?;
    let mut last = Conditions::new();
    for row in rows {
        let day = last.entry(row.milestone_id).or_insert(row.due_on);
        *day = row.due_on.max(*day);
    }
    Ok(last)
}
