//! Gates: the sittings themselves, and what a sitting holds.

mod filter;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::criterion::Criterion;
use domain::gate::{GateState, Panel, Recommendation, Terms, VoidCause};
use domain::id::{AwardId, ConditionId, GateId, MilestoneId, PersonId, SubmissionId};
use domain::milestone::Outcome;
use domain::{Money, Policy, Seal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};
use uuid::Uuid;

use super::{Sight, keyset};
use crate::dossier::{SealedDossier, load_panels};
use crate::entity::{gate, gate_condition, gate_decision, recommendation, sign_off};
use crate::error::Error;
use crate::mapping;

pub use filter::GateFilter;

/// A gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateView {
    /// Names it.
    pub id: GateId,
    /// Its award.
    pub award: AwardId,
    /// Its milestone.
    pub milestone: MilestoneId,
    /// The sealed version it sits on.
    pub submission: SubmissionId,
    /// Which sitting on that milestone it is, from 1.
    pub sitting: u16,
    /// The round, from 1.
    pub round: u16,
    /// Its state.
    pub state: GateState,
    /// The seal it was convened on.
    pub seal: Seal,
    /// When it was convened.
    pub convened_at: DateTime<Utc>,
    /// Until when members may vote.
    pub deadline_on: NaiveDate,
    /// Why it is void, and in which words.
    pub voided: Option<(VoidCause, Option<String>)>,
}

/// What a gate holds. Who may see which part is said by `domain::access::GateSight`.
#[derive(Debug, Clone)]
pub struct SittingView {
    /// The panel with the votes in force.
    pub panel: Panel,
    /// When each vote in force was signed.
    pub signed_at: BTreeMap<PersonId, DateTime<Utc>>,
    /// The policy pinned to what is judged.
    pub policy: Policy,
    /// The criteria of what is judged.
    pub criteria: Vec<Criterion>,
    /// The amount under the seal.
    pub amount: Option<Money>,
    /// Whether the rows still say what was sealed.
    pub seal_intact: bool,
    /// The recommendation.
    pub recommendation: Option<RecommendationView>,
    /// The decisions, in order; the last is in force.
    pub decisions: Vec<DecisionView>,
}

/// What a panel recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationView {
    /// What, with the votes behind it.
    pub recommended: Recommendation,
    /// Why.
    pub reason: String,
    /// Who recommended for the panel.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the authority decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionView {
    /// The outcome.
    pub outcome: Outcome,
    /// Who decided.
    pub by: Option<PersonId>,
    /// What it lays down.
    pub terms: Terms,
    /// Whether it departs from the recommendation.
    pub departs: bool,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A condition of a conditional pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionView {
    /// Names it.
    pub id: ConditionId,
    /// Its award.
    pub award: AwardId,
    /// Its milestone.
    pub milestone: MilestoneId,
    /// The gate that laid it down.
    pub gate: GateId,
    /// Its place in the decision, from 1.
    pub ordinal: u16,
    /// What was laid down, with where it stands.
    pub condition: domain::gate::Condition,
    /// Why it was answered so.
    pub answer_reason: Option<String>,
}

/// The place of a gate in the order of convening.
pub type GateKey = (DateTime<Utc>, Uuid);

/// At most `first` gates and one more, after `after`, the oldest first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: GateFilter,
    (first, after): (u64, Option<GateKey>),
    today: NaiveDate,
) -> Result<Vec<GateView>, Error> {
    let mut select = gate::Entity::find()
        .filter(seen(sight))
        .filter(filter.condition(sight, today))
        .order_by_asc(gate::Column::ConvenedAt)
        .order_by_asc(gate::Column::Id)
        .limit(first.saturating_add(1));
    if let Some(last) = after {
        let place = (
            gate::Column::ConvenedAt.into_expr(),
            gate::Column::Id.into_expr(),
        );
        select = select.filter(keyset::after(place, last));
    }
    select.all(db).await?.iter().map(view).collect()
}

/// The gates with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[GateId],
) -> Result<HashMap<GateId, GateView>, Error> {
    let rows = gate::Entity::find()
        .filter(seen(sight))
        .filter(gate::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((row.id.into(), view(row)?)))
        .collect()
}

/// The gates of each of these milestones, in the order of their sittings.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_milestones(
    db: &impl ConnectionTrait,
    sight: &Sight,
    milestones: &[MilestoneId],
) -> Result<HashMap<MilestoneId, Vec<GateView>>, Error> {
    let rows = gate::Entity::find()
        .filter(seen(sight))
        .filter(gate::Column::MilestoneId.is_in(milestones.iter().map(|id| id.uuid())))
        .order_by_asc(gate::Column::Sitting)
        .all(db)
        .await?;
    let mut gates: HashMap<MilestoneId, Vec<GateView>> = HashMap::new();
    for row in &rows {
        gates
            .entry(row.milestone_id.into())
            .or_default()
            .push(view(row)?);
    }
    Ok(gates)
}

/// What each of these gates holds.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn sittings(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[GateId],
) -> Result<HashMap<GateId, Arc<SittingView>>, Error> {
    let rows = gate::Entity::find()
        .filter(seen(sight))
        .filter(gate::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .all(db)
        .await?;
    let gates: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut panels = load_panels(db, &gates).await?;
    let submissions: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
    let sealed = SealedDossier::load_many(db, &submissions).await?;
    let mut recommendations = recommendations(db, &gates).await?;
    let mut decisions = decisions(db, &gates).await?;
    let mut times = signing_times(db, &gates).await?;
    let mut sittings = HashMap::new();
    for row in rows {
        let sealed = sealed
            .get(&row.submission_id)
            .ok_or_else(|| Error::corrupt(format_args!("gate {} has no submission", row.id)))?;
        let amount = sealed
            .submission
            .amount_minor
            .zip(sealed.submission.currency.as_deref())
            .map(|(minor, currency)| mapping::money(minor, currency))
            .transpose()?;
        let sitting = SittingView {
            panel: panels.remove(&row.id).unwrap_or_default(),
            signed_at: times.remove(&row.id).unwrap_or_default(),
            policy: sealed.policy.parameters.clone(),
            criteria: sealed.criteria.clone(),
            amount,
            seal_intact: sealed.is_intact(&mapping::seal(&row.seal)?),
            recommendation: recommendations.remove(&row.id),
            decisions: decisions.remove(&row.id).unwrap_or_default(),
        };
        sittings.insert(row.id.into(), Arc::new(sitting));
    }
    Ok(sittings)
}

/// The conditions of each of these milestones, the latest decision's last.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn conditions(
    db: &impl ConnectionTrait,
    sight: &Sight,
    milestones: &[MilestoneId],
) -> Result<HashMap<MilestoneId, Vec<ConditionView>>, Error> {
    let rows = gate_condition::Entity::find()
        .filter(gate_condition::Column::MilestoneId.is_in(milestones.iter().map(|id| id.uuid())))
        .filter(condition_seen(sight))
        .join(JoinType::InnerJoin, laid_down_by())
        .select_also(gate_decision::Entity)
        .order_by_asc(gate_condition::Column::GateDecisionId)
        .order_by_asc(gate_condition::Column::Ordinal)
        .all(db)
        .await?;
    let mut conditions: HashMap<MilestoneId, Vec<ConditionView>> = HashMap::new();
    for found in rows {
        let view = condition_view(found)?;
        conditions.entry(view.milestone).or_default().push(view);
    }
    Ok(conditions)
}

/// A condition.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn condition(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: ConditionId,
) -> Result<Option<ConditionView>, Error> {
    let row = gate_condition::Entity::find_by_id(id.uuid())
        .filter(condition_seen(sight))
        .join(JoinType::InnerJoin, laid_down_by())
        .select_also(gate_decision::Entity)
        .one(db)
        .await?;
    row.map(condition_view).transpose()
}

/// The decision of each condition.
fn laid_down_by() -> RelationDef {
    gate_condition::Entity::belongs_to(gate_decision::Entity)
        .from(gate_condition::Column::GateDecisionId)
        .to(gate_decision::Column::Id)
        .into()
}

/// A condition is part of a decision: it is seen with its gate.
fn condition_seen(sight: &Sight) -> Condition {
    let gate = gate_decision::Column::GateId;
    sight.of_gate(gate_condition::Column::AwardId, gate)
}

pub(super) fn seen(sight: &Sight) -> Condition {
    sight.of_gate(gate::Column::AwardId, gate::Column::Id)
}

async fn recommendations(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
) -> Result<BTreeMap<Uuid, RecommendationView>, Error> {
    let rows = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.is_in(gates.iter().copied()))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let recommended = Recommendation {
                outcome: mapping::code(&row.outcome)?,
                picked: row.picked,
                terms: mapping::document(&row.terms)?,
                tally: mapping::document(&row.tally)?,
            };
            let view = RecommendationView {
                recommended,
                reason: row.reason,
                by: row.recommended_by.map(Into::into),
                at: row.occurred_at,
            };
            Ok((row.gate_id, view))
        })
        .collect()
}

async fn decisions(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<DecisionView>>, Error> {
    let rows = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(gates.iter().copied()))
        .order_by_asc(gate_decision::Column::Ordinal)
        .all(db)
        .await?;
    let mut decisions: BTreeMap<Uuid, Vec<DecisionView>> = BTreeMap::new();
    for row in rows {
        let view = DecisionView {
            outcome: mapping::code(&row.outcome)?,
            by: row.decided_by.map(Into::into),
            terms: mapping::document(&row.terms)?,
            departs: row.departs,
            reason: row.reason,
            at: row.occurred_at,
        };
        decisions.entry(row.gate_id).or_default().push(view);
    }
    Ok(decisions)
}

/// When each member's vote in force was signed, by gate.
async fn signing_times(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeMap<PersonId, DateTime<Utc>>>, Error> {
    let rows = sign_off::Entity::find()
        .filter(sign_off::Column::GateId.is_in(gates.iter().copied()))
        .filter(sign_off::Column::VoidReason.is_null())
        .order_by_asc(sign_off::Column::Version)
        .all(db)
        .await?;
    let mut times: BTreeMap<Uuid, BTreeMap<PersonId, DateTime<Utc>>> = BTreeMap::new();
    for row in rows {
        let of_gate = times.entry(row.gate_id).or_default();
        of_gate.insert(row.person_id.into(), row.occurred_at);
    }
    Ok(times)
}

fn view(row: &gate::Model) -> Result<GateView, Error> {
    let voided = row
        .void_cause
        .as_deref()
        .map(|cause| Ok::<_, Error>((mapping::code(cause)?, row.void_reason.clone())))
        .transpose()?;
    Ok(GateView {
        id: row.id.into(),
        award: row.award_id.into(),
        milestone: row.milestone_id.into(),
        submission: row.submission_id.into(),
        sitting: mapping::ordinal(row.sitting)?,
        round: mapping::ordinal(row.round)?,
        state: mapping::code(&row.state)?,
        seal: mapping::seal(&row.seal)?,
        convened_at: row.convened_at,
        deadline_on: row.deadline_on,
        voided,
    })
}

fn condition_view(
    (row, decision): (gate_condition::Model, Option<gate_decision::Model>),
) -> Result<ConditionView, Error> {
    let decision = decision
        .ok_or_else(|| Error::corrupt(format_args!("condition {} has no decision", row.id)))?;
    Ok(ConditionView {
        id: row.id.into(),
        award: row.award_id.into(),
        milestone: row.milestone_id.into(),
        gate: decision.gate_id.into(),
        ordinal: mapping::ordinal(row.ordinal)?,
        condition: mapping::condition(&row)?,
        answer_reason: row.answer_reason,
    })
}
