//! What belongs to an award: its milestones and tranches, and what stands against a release.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::LocalizedText;
use domain::Money;
use domain::calendar::FiscalYear;
use domain::criterion::Criterion;
use domain::id::{AwardId, MilestoneId, TrancheId};
use domain::ledger::AccountKind;
use domain::milestone::MilestoneState;
use domain::tranche::{ReleaseFacts, TrancheKind, TrancheState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Sight, ledger};
use crate::dossier::{
    AwardDossier, Found, PAID_OR_PAYABLE, SealedDossier, TrancheEntry, closing_facts, gate_of,
    unfounded_since,
};
use crate::entity::{award, envelope, milestone, tranche};
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

/// The facts on which the release of each tranche of these awards would be decided today.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn release_facts(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    today: NaiveDate,
) -> Result<HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>, Error> {
    let dossiers = dossiers(db, sight.awards_whole(), awards, today).await?;
    facts_of(db, &dossiers, today).await
}

/// The facts on which the release of each tranche of these dossiers would be decided today.
pub(super) async fn facts_of(
    db: &impl ConnectionTrait,
    dossiers: &[AwardDossier],
    today: NaiveDate,
) -> Result<HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>, Error> {
    let sealed: Vec<Uuid> = dossiers
        .iter()
        .flat_map(|dossier| &dossier.milestones)
        .filter_map(|entry| entry.state.submission().map(Into::into))
        .collect();
    let sealed = SealedDossier::load_many(db, &sealed).await?;
    let mut passed = Vec::new();
    for dossier in dossiers {
        for tranche in &dossier.tranches {
            passed.extend(gate_of(dossier, tranche)?);
        }
    }
    let unfounded = unfounded_since(db, &passed).await?;
    let themes = dossiers.iter().map(|dossier| dossier.row.theme_id);
    let envelopes = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.is_in(themes))
        .all(db)
        .await?;
    let owners: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.row.id).collect();
    let closing = closing_facts(db, &owners).await?;
    let mut balances: BTreeMap<Uuid, Vec<ledger::Balance>> = BTreeMap::new();
    for balance in ledger::of_owners(db, &owners).await? {
        let of_owner = balances.entry(balance.account.owner).or_default();
        of_owner.push(balance);
    }
    let found = |dossier: &AwardDossier, tranche: &TrancheEntry| -> Result<Found, Error> {
        let source = match tranche.kind {
            TrancheKind::Retention => AccountKind::Retained,
            _ => AccountKind::Committed,
        };
        let sum = |admits: &dyn Fn(&ledger::Balance) -> bool| {
            let theirs = balances.get(&dossier.row.id).into_iter().flatten();
            let theirs = theirs.filter(|balance| admits(balance));
            Money::sum(dossier.currency, theirs.map(|balance| balance.balance))
                .map_err(Error::corrupt)
        };
        let envelope = envelopes.iter().find(|row| {
            row.theme_id == dossier.row.theme_id && row.fiscal_year == tranche.row.budget_year
        });
        Ok(Found {
            seal_intact: is_intact(&sealed, dossier, tranche),
            unfounded_since: gate_of(dossier, tranche)?
                .and_then(|gate| unfounded.get(&gate).copied()),
            committed: sum(&|balance| {
                balance.account.kind == source
                    && balance.account.budget_year == Some(tranche.budget_year)
            })?,
            paid_or_payable: sum(&|balance| PAID_OR_PAYABLE.contains(&balance.account.kind))?,
            consultation_reference: envelope.and_then(|row| row.consultation_reference.clone()),
            closing: closing.get(&dossier.row.id).cloned().unwrap_or_default(),
        })
    };
    dossiers
        .iter()
        .map(|dossier| {
            let facts = dossier
                .tranches
                .iter()
                .map(|tranche| {
                    let facts = found(dossier, tranche)?.facts(dossier, tranche, today)?;
                    Ok((tranche.row.id.into(), facts))
                })
                .collect::<Result<_, Error>>()?;
            Ok((dossier.row.id.into(), Arc::new(facts)))
        })
        .collect()
}

fn is_intact(
    sealed: &BTreeMap<Uuid, SealedDossier>,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
) -> bool {
    let milestone = tranche
        .row
        .milestone_id
        .and_then(|id| dossier.milestone(id.into()).ok());
    let Some(state) = milestone.map(|entry| &entry.state) else {
        return true;
    };
    match (state.submission(), state.seal()) {
        (Some(submission), Some(seal)) => sealed
            .get(&submission.uuid())
            .is_some_and(|sealed| sealed.is_intact(seal)),
        _ => true,
    }
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
