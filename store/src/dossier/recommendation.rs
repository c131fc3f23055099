//! What a gate's panel recommended and what the authority decided on it, by whom.

use std::collections::BTreeSet;

use domain::gate::Recommendation;
use domain::id::{GateId, PersonId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{gate_decision, recommendation};
use crate::error::Error;
use crate::mapping;

/// The recommendation of a gate's panel, and who made it for the panel.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub async fn recommendation_of(
    db: &impl ConnectionTrait,
    gate: GateId,
) -> Result<Option<(Recommendation, PersonId)>, Error> {
    let Some(row) = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.eq(gate.uuid()))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let by = row
        .recommended_by
        .ok_or_else(|| Error::corrupt(format_args!("gate {gate} was recommended by nobody")))?;
    Ok(Some((recommendation(&row)?, by.into())))
}

/// The recommendation that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub(crate) fn recommendation(row: &recommendation::Model) -> Result<Recommendation, Error> {
    Ok(Recommendation {
        outcome: mapping::code(&row.outcome)?,
        picked: row.picked,
        terms: mapping::document(&row.terms)?,
        tally: mapping::document(&row.tally)?,
    })
}

/// The decisions on a gate, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn decisions_of(
    db: &impl ConnectionTrait,
    gate: GateId,
) -> Result<Vec<gate_decision::Model>, Error> {
    Ok(gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.eq(gate.uuid()))
        .order_by_asc(gate_decision::Column::Ordinal)
        .all(db)
        .await?)
}

/// Everybody who decided on a gate.
#[must_use]
pub fn deciders(decisions: &[gate_decision::Model]) -> BTreeSet<PersonId> {
    decisions
        .iter()
        .filter_map(|decision| decision.decided_by.map(PersonId::new))
        .collect()
}
