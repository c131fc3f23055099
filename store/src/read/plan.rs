//! What belongs to an award: its milestones and tranches, and what stands against a release.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::LocalizedText;
use domain::Money;
use domain::calendar::{FiscalYear, jst_date};
use domain::criterion::Criterion;
use domain::id::{AwardId, MilestoneId, TrancheId};
use domain::milestone::MilestoneState;
use domain::tranche::{ReleaseFacts, TrancheKind, TrancheState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::Sight;
use crate::dossier::{AwardDossier, TrancheEntry, release_facts_of};
use crate::entity::{award, milestone, tranche};
use crate::error::Error;
use crate::mapping;

/// What belongs to one award.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// The decided amount in force.
    pub decided: Money,
    /// The number of the policy version in force at the offer.
    pub policy_version: u32,
    /// The milestones, in order.
    pub milestones: Vec<MilestoneView>,
    /// The tranches, in order.
    pub tranches: Vec<TrancheView>,
}

impl PlanView {
    /// The milestone with this id.
    #[must_use]
    pub fn milestone(&self, id: MilestoneId) -> Option<&MilestoneView> {
        self.milestones.iter().find(|milestone| milestone.id == id)
    }

    /// The milestone that a tranche hangs on.
    #[must_use]
    pub fn milestone_of(&self, tranche: &TrancheView) -> Option<&MilestoneView> {
        tranche.milestone.and_then(|id| self.milestone(id))
    }

    /// The tranche that hangs on a milestone.
    #[must_use]
    pub fn tranche_of(&self, milestone: MilestoneId) -> Option<&TrancheView> {
        let mut tranches = self.tranches.iter();
        tranches.find(|tranche| tranche.milestone == Some(milestone))
    }
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneView {
    /// Names it.
    pub id: MilestoneId,
    /// Its award.
    pub award: AwardId,
    /// Its place, from 1.
    pub ordinal: u16,
    /// What it is called.
    pub title: LocalizedText,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What it must show.
    pub criteria: Vec<Criterion>,
    /// Its state.
    pub state: MilestoneState,
    /// Since when it is in that state.
    pub state_since: DateTime<Utc>,
}

/// A tranche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrancheView {
    /// Names it.
    pub id: TrancheId,
    /// Its award.
    pub award: AwardId,
    /// The milestone it hangs on.
    pub milestone: Option<MilestoneId>,
    /// Its place, from 1.
    pub ordinal: u16,
    /// What it is paid for.
    pub kind: TrancheKind,
    /// Its amount.
    pub amount: Money,
    /// The fiscal year whose budget pays it.
    pub budget_year: FiscalYear,
    /// Its state.
    pub state: TrancheState,
    /// Since when it is in that state.
    pub state_since: DateTime<Utc>,
    /// Why it is withheld or lapsed.
    pub state_reason: Option<String>,
}

/// What belongs to each of these awards.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn plans(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    today: NaiveDate,
) -> Result<HashMap<AwardId, Arc<PlanView>>, Error> {
    let dossiers = dossiers(db, sight.awards(), awards, today).await?;
    dossiers
        .into_iter()
        .map(|dossier| Ok((dossier.row.id.into(), Arc::new(plan_view(&dossier)?))))
        .collect()
}

/// The facts on which the release of each tranche of these awards would be decided at `now`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn release_facts(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    now: DateTime<Utc>,
) -> Result<HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>, Error> {
    let dossiers = dossiers(db, sight.awards_whole(), awards, jst_date(now)).await?;
    facts_of(db, &dossiers, now).await
}

/// The same for each tranche of these dossiers.
pub(super) async fn facts_of(
    db: &impl ConnectionTrait,
    dossiers: &[AwardDossier],
    now: DateTime<Utc>,
) -> Result<HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>, Error> {
    let all: Vec<&AwardDossier> = dossiers.iter().collect();
    let mut facts = release_facts_of(db, &all, now).await?;
    let mut of_award = |dossier: &AwardDossier| {
        let tranches = dossier.tranches.iter();
        let tranches = tranches.filter_map(|tranche| {
            let id = tranche.row.id.into();
            Some((id, facts.remove(&id)?))
        });
        (dossier.row.id.into(), Arc::new(tranches.collect()))
    };
    Ok(dossiers.iter().map(&mut of_award).collect())
}

/// The dossiers of those of these awards that are seen.
pub(super) async fn dossiers(
    db: &impl ConnectionTrait,
    seen: Condition,
    awards: &[AwardId],
    today: NaiveDate,
) -> Result<Vec<AwardDossier>, Error> {
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(awards.iter().map(|id| id.uuid())))
        .filter(seen)
        .all(db)
        .await?;
    AwardDossier::load_many(db, &rows, today).await
}

fn plan_view(dossier: &AwardDossier) -> Result<PlanView, Error> {
    let award = AwardId::new(dossier.row.id);
    let milestones = dossier.milestones.iter().map(|entry| {
        Ok(MilestoneView {
            id: entry.row.id.into(),
            award,
            ordinal: mapping::ordinal(entry.row.ordinal)?,
            title: LocalizedText::new(&entry.version.title_ja, &entry.version.title_en),
            due_on: entry.version.due_on,
            criteria: mapping::criteria(&entry.version)?,
            state: entry.state.clone(),
            state_since: entry.row.state_since,
        })
    });
    let tranches = dossier.tranches.iter().map(tranche_view);
    Ok(PlanView {
        decided: dossier.decided.amount,
        policy_version: dossier.policy.version,
        milestones: milestones.collect::<Result<_, Error>>()?,
        tranches: tranches.collect::<Result<_, Error>>()?,
    })
}

/// A tranche as its row has it.
pub(super) fn tranche_view(entry: &TrancheEntry) -> Result<TrancheView, Error> {
    Ok(TrancheView {
        id: entry.row.id.into(),
        award: entry.row.award_id.into(),
        milestone: entry.row.milestone_id.map(Into::into),
        ordinal: mapping::ordinal(entry.row.ordinal)?,
        kind: entry.kind,
        amount: entry.amount,
        budget_year: entry.budget_year,
        state: entry.state,
        state_since: entry.row.state_since,
        state_reason: entry.row.state_reason.clone(),
    })
}

/// The award of a milestone, where the asker sees it.
///
/// # Errors
/// When the database does not answer.
pub async fn award_of_milestone(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: MilestoneId,
) -> Result<Option<AwardId>, Error> {
    let row = milestone::Entity::find_by_id(id.uuid())
        .filter(sight.of_award(milestone::Column::AwardId))
        .one(db)
        .await?;
    Ok(row.map(|row| row.award_id.into()))
}

/// The award of a tranche, where the asker sees it whole.
///
/// # Errors
/// When the database does not answer.
pub async fn award_of_tranche(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: TrancheId,
) -> Result<Option<AwardId>, Error> {
    let row = tranche::Entity::find_by_id(id.uuid())
        .filter(sight.of_award_whole(tranche::Column::AwardId))
        .one(db)
        .await?;
    Ok(row.map(|row| row.award_id.into()))
}
