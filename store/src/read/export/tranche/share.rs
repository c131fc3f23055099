//! With which shares the milestones of awards had passed at an instant.
//!
//! A milestone's row knows today's share. What was decided is never rewritten, and only a voided gate takes
//! it back; when that was recorded, the award's audit chain tells.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::gate::GateState;
use domain::milestone::Outcome;
use domain::{BasisPoints, Coded};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::super::history::told;
use crate::dossier::{SealedDossier, recommendation};
use crate::entity::{gate, gate_decision, recommendation as recommended};
use crate::error::Error;
use crate::persist::gate::GATE_MOVED;
use crate::root::RootKind;

/// A share with which a milestone had passed.
#[derive(Debug, Clone, Copy)]
pub(super) struct PassedShare {
    /// The share; the whole again once its gate was voided.
    pub(super) share: BasisPoints,
    /// When that was recorded.
    pub(super) recorded_at: DateTime<Utc>,
}

/// The milestones of `awards` that had passed in part by `as_of`, also those of which that was taken back.
/// Of every other milestone the whole is payable, or nothing yet.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(super) async fn passed_in_part(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, PassedShare>, Error> {
    let decided = decided_in_part(db, awards, as_of).await?;
    if decided.is_empty() {
        return Ok(BTreeMap::new());
    }
    let gates = gate::Entity::find()
        .filter(gate::Column::Id.is_in(decided.keys().copied()))
        .all(db)
        .await?;
    let voided = voided(db, &gates, as_of).await?;
    let submissions: Vec<Uuid> = gates.iter().map(|row| row.submission_id).collect();
    let sealed = SealedDossier::load_many(db, &submissions).await?;
    let recommended: BTreeMap<Uuid, recommended::Model> = recommended::Entity::find()
        .filter(recommended::Column::GateId.is_in(decided.keys().copied()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.gate_id, row))
        .collect();
    let mut shares: BTreeMap<Uuid, PassedShare> = BTreeMap::new();
    for row in gates {
        let missing = |what| Error::corrupt(format_args!("gate {} has no {what}", row.id));
        let passed = if let Some(recorded_at) = voided.get(&row.id) {
            PassedShare {
                share: BasisPoints::WHOLE,
                recorded_at: *recorded_at,
            }
        } else {
            let sealed = sealed.get(&row.submission_id);
            let criteria = &sealed.ok_or_else(|| missing("submission"))?.criteria;
            let found = recommended.get(&row.id);
            let found = found.ok_or_else(|| missing("recommendation"))?;
            let decided = decided.get(&row.id).copied();
            PassedShare {
                share: recommendation(found)?.tally.met_share(criteria),
                recorded_at: decided.ok_or_else(|| missing("decision"))?,
            }
        };
        // A milestone has another gate only after this one was voided.
        let known = shares.get(&row.milestone_id);
        if known.is_none_or(|known| known.recorded_at < passed.recorded_at) {
            shares.insert(row.milestone_id, passed);
        }
    }
    Ok(shares)
}

/// When each gate of `awards` was decided that passed its milestone in part by `as_of`.
async fn decided_in_part(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, DateTime<Utc>>, Error> {
    let of_awards = Query::select()
        .column(gate::Column::Id)
        .from(gate::Entity)
        .and_where(gate::Column::AwardId.is_in(awards.iter().copied()))
        .to_owned();
    let decisions = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.in_subquery(of_awards))
        .filter(gate_decision::Column::Outcome.eq(Outcome::Partial.code()))
        .filter(gate_decision::Column::RecordedAt.lte(as_of))
        .all(db)
        .await?;
    let decided = decisions.into_iter();
    Ok(decided.map(|row| (row.gate_id, row.recorded_at)).collect())
}

/// When each of `gates` was voided, of those that were by `as_of`. One that is not void was not then.
async fn voided(
    db: &impl ConnectionTrait,
    gates: &[gate::Model],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, DateTime<Utc>>, Error> {
    let void = GateState::Voided.code();
    let gone = gates.iter().filter(|row| row.state == void);
    let awards: Vec<Uuid> = gone.map(|row| row.award_id).collect();
    if awards.is_empty() {
        return Ok(BTreeMap::new());
    }
    let moves = told(db, (RootKind::Award, &awards), &[GATE_MOVED], Some(as_of)).await?;
    let moves = moves.into_iter().filter(|told| told.facts["to"] == void);
    Ok(moves.map(|told| (told.id, told.recorded_at)).collect())
}
