//! What forecasts of commands look at beyond what is shown: the facts of `domain::access::Asker`.
//!
//! Each is gathered for many things at once, by the same functions with which the commands gather
//! them for one.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::award::{Plan, PlanState, YearFacts};
use domain::calendar::FiscalYear;
use domain::gate::{ConflictKind, ensure_can_fall};
use domain::id::{AwardId, GateId, PlanVersionId};
use domain::ledger::{Account, AccountKind};
use domain::tranche::WindDownFacts;
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::gate::seen;
use super::{Sight, ledger, plan};
use crate::dossier::{
    AwardDossier, OnRecord, closings, determined_years, pinned_policies, wind_down_facts,
};
use crate::entity::{award, envelope, gate, gate_decision, plan_version, submission};
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment::{self, Known};
use crate::persist::{carried, plan as plans};

/// What commands on an award look at beyond its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The budget years of its plan, in order, and after them the others that are appropriated.
    pub years: Vec<YearFacts>,
    /// What the costs of winding it down may be.
    pub wind_down: WindDownFacts,
    /// Whether a change of plan is proposed and not answered.
    pub plan_change_open: bool,
}

/// Where each of these awards stands, as far as the asker sees it whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn standings(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    today: NaiveDate,
) -> Result<HashMap<AwardId, Arc<Standing>>, Error> {
    let dossiers = plan::dossiers(db, sight.awards_whole(), awards, today).await?;
    let ids: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.row.id).collect();
    let themes: BTreeSet<Uuid> = dossiers
        .iter()
        .map(|dossier| dossier.row.theme_id)
        .collect();
    let open: BTreeSet<Uuid> = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.is_in(ids.iter().copied()))
        .filter(plan_version::Column::State.eq(PlanState::Proposed.code()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.award_id)
        .collect();
    let envelopes = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.is_in(themes.iter().copied()))
        .all(db)
        .await?;
    let closed = closings(db, themes.iter().copied()).await?;
    let determined = determined_years(db, &ids).await?;
    let owners: Vec<Uuid> = ids.into_iter().chain(themes).collect();
    let balances = ledger::of_owners(db, &owners).await?;
    let years = |dossier: &AwardDossier| {
        let balance = |kind: AccountKind, owner: Uuid, year: FiscalYear| {
            let account = Account {
                kind,
                owner,
                budget_year: Some(year),
                currency: dossier.currency,
            };
            let found = balances.iter().find(|found| found.account == account);
            found.map_or(Money::zero(dossier.currency), |found| found.balance)
        };
        let facts = |year: FiscalYear| {
            let award = dossier.row.id;
            let theme = dossier.row.theme_id;
            let appropriated = envelopes
                .iter()
                .any(|row| row.theme_id == theme && row.fiscal_year == i64::from(year.get()));
            let held = [
                balance(AccountKind::Committed, award, year),
                balance(AccountKind::Retained, award, year),
                balance(AccountKind::Envelope, theme, year),
            ];
            let closed_on = closed.get(&(theme, year)).copied();
            let known = Known {
                appropriated,
                closed_on,
            };
            commitment::year_facts(dossier, (year, known), held)
        };
        let planned = commitment::years_of(dossier);
        let theirs = envelopes
            .iter()
            .filter(|row| row.theme_id == dossier.row.theme_id);
        let appropriated = theirs.map(|row| mapping::fiscal_year(row.fiscal_year));
        let mut others: BTreeSet<FiscalYear> = appropriated.collect::<Result<_, Error>>()?;
        others.retain(|year| !planned.contains(year));
        let years = planned.into_iter().chain(others);
        years.map(facts).collect::<Result<_, Error>>()
    };
    dossiers
        .iter()
        .map(|dossier| {
            let standing = Standing {
                years: years(dossier)?,
                wind_down: wind_down_facts(dossier, &balances, &determined)?,
                plan_change_open: open.contains(&dossier.row.id),
            };
            Ok((dossier.row.id.into(), Arc::new(standing)))
        })
        .collect()
}

/// What the record shows between the asker and the award of each of these gates.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn conflicts(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[GateId],
    today: NaiveDate,
) -> Result<HashMap<GateId, Option<ConflictKind>>, Error> {
    let gates = gates(db, sight, ids).await?;
    let awards = awards(db, &gates).await?;
    let submissions = submission::Entity::find()
        .filter(submission::Column::Id.is_in(gates.iter().map(|row| row.submission_id)))
        .all(db)
        .await?;
    let pinned = submissions.iter().filter_map(|row| row.policy_version_id);
    let policies = pinned_policies(db, pinned).await?;
    let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
    let on_record = OnRecord::beside_all(db, &ids, [sight.person]).await?;
    gates
        .iter()
        .map(|gate| {
            let missing = || Error::corrupt(format_args!("gate {} hangs in the air", gate.id));
            let award = awards.iter().find(|row| row.id == gate.award_id);
            let submission = submissions.iter().find(|row| row.id == gate.submission_id);
            let policy = submission
                .and_then(|row| row.policy_version_id)
                .and_then(|id| policies.get(&id))
                .ok_or_else(missing)?;
            let years = policy.parameters.conflict_years;
            let award = award.ok_or_else(missing)?;
            let conflict = on_record.conflict_with(award, sight.person, today, years);
            Ok((gate.id.into(), conflict))
        })
        .collect()
}

/// Whether what each of these gates made of its milestone can still be taken back.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn falls(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[GateId],
    today: NaiveDate,
) -> Result<HashMap<GateId, Result<(), Refusal>>, Error> {
    let gates = gates(db, sight, ids).await?;
    let awards = awards(db, &gates).await?;
    let dossiers = AwardDossier::load_many(db, &awards, today).await?;
    let decisions = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(gates.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let commands: Vec<Uuid> = decisions.iter().map(|row| row.command_id).collect();
    let carryings = carried::carryings(db, &commands).await?;
    let fall = |row: &gate::Model| {
        let dossier = dossiers
            .iter()
            .find(|dossier| dossier.row.id == row.award_id)
            .ok_or_else(|| Error::corrupt(format_args!("gate {} has no award", row.id)))?;
        let id = row.milestone_id.into();
        let milestone = &dossier.milestone(id)?.state;
        let stood = (row.id.into(), mapping::code(&row.state)?);
        let tranche = dossier.tranche_of(id)?.state;
        ensure_can_fall(&dossier.award, stood, milestone, tranche)?;
        let mut decided = decisions
            .iter()
            .filter(|decision| decision.gate_id == row.id);
        let carrying = decided.find_map(|decision| carryings.get(&decision.command_id));
        carried::carried(dossier, id, carrying)
    };
    gates
        .iter()
        .map(|row| Ok((row.id.into(), answer(fall(row))?)))
        .collect()
}

/// Whether each of these versions of a plan could be put in force as things stand, where the asker
/// sees its award whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn adoptable(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[PlanVersionId],
    today: NaiveDate,
) -> Result<HashMap<PlanVersionId, Result<(), Refusal>>, Error> {
    let versions = plan_version::Entity::find()
        .filter(plan_version::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    let awards: Vec<AwardId> = versions.iter().map(|row| row.award_id.into()).collect();
    let dossiers = plan::dossiers(db, sight.awards_whole(), &awards, today).await?;
    let themes = dossiers.iter().map(|dossier| dossier.row.theme_id);
    let closed = closings(db, themes).await?;
    let mut found = HashMap::new();
    for row in versions {
        let dossier = dossiers
            .iter()
            .find(|dossier| dossier.row.id == row.award_id);
        let Some(dossier) = dossier else { continue };
        let proposed: Plan = mapping::document(&row.document)?;
        let asked = plans::ensure_adoptable(dossier, &proposed, &closed, today);
        found.insert(row.id.into(), answer(asked)?);
    }
    Ok(found)
}

/// A refusal is what was asked for; anything else is a fault.
fn answer<T>(asked: Result<T, Error>) -> Result<Result<(), Refusal>, Error> {
    match asked {
        Ok(_) => Ok(Ok(())),
        Err(Error::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error),
    }
}

async fn gates(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[GateId],
) -> Result<Vec<gate::Model>, Error> {
    Ok(gate::Entity::find()
        .filter(seen(sight))
        .filter(gate::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?)
}

async fn awards(
    db: &impl ConnectionTrait,
    gates: &[gate::Model],
) -> Result<Vec<award::Model>, Error> {
    Ok(award::Entity::find()
        .filter(award::Column::Id.is_in(gates.iter().map(|row| row.award_id)))
        .all(db)
        .await?)
}
