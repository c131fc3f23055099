//! Gates that a conflict of interest, learned late, left without their footing.
//!
//! Such a gate is voided where it can be. Where it cannot, because its money is in a batch or the award
//! is over, it stays decided, and what is computed here is what stands against paying on it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Coded;
use domain::calendar::jst_date;
use domain::gate::RecusalGround;
use domain::id::{GateId, PersonId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{GateDossier, recommendation};
use crate::entity::{gate, gate_decision, recommendation as recommended, recusal};
use crate::error::Error;
use crate::mapping;

/// The day since which each of `gates` lacks its quorum or its majority, or has a conflicted member's
/// recommendation; only those that do. One statement where nobody was recused late.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub(crate) async fn unfounded_since(
    db: &impl ConnectionTrait,
    gates: &[GateId],
) -> Result<BTreeMap<GateId, NaiveDate>, Error> {
    let late = recusal::Entity::find()
        .filter(recusal::Column::GateId.is_in(gates.iter().map(|id| id.uuid())))
        .filter(recusal::Column::Ground.eq(RecusalGround::Late.code()))
        .order_by_asc(recusal::Column::OccurredAt)
        .all(db)
        .await?;
    if late.is_empty() {
        return Ok(BTreeMap::new());
    }
    // In the order of time: the last of each gate stays.
    let since: BTreeMap<Uuid, NaiveDate> = late
        .iter()
        .map(|row| (row.gate_id, jst_date(row.occurred_at)))
        .collect();
    let rows = gate::Entity::find()
        .filter(gate::Column::Id.is_in(since.keys().copied()))
        .all(db)
        .await?;
    let gates = GateDossier::load_many(db, rows).await?;
    let recommended: BTreeMap<Uuid, recommended::Model> = recommended::Entity::find()
        .filter(recommended::Column::GateId.is_in(since.keys().copied()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.gate_id, row))
        .collect();
    // Ordinals ascend: the last of each gate stays.
    let decided: BTreeMap<Uuid, gate_decision::Model> = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(since.keys().copied()))
        .order_by_asc(gate_decision::Column::Ordinal)
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.gate_id, row))
        .collect();
    let mut unfounded = BTreeMap::new();
    for gate in gates {
        let id = gate.row.id;
        let (Some(row), Some(day)) = (recommended.get(&id), since.get(&id)) else {
            continue;
        };
        if !is_founded(&gate, row, decided.get(&id))? {
            unfounded.insert(id.into(), *day);
        }
    }
    Ok(unfounded)
}

/// Whether quorum and outcome hold by the votes that are left, and whoever recommended may judge.
fn is_founded(
    gate: &GateDossier,
    row: &recommended::Model,
    decided: Option<&gate_decision::Model>,
) -> Result<bool, Error> {
    let recommended = recommendation(row)?;
    let outcome = match decided {
        Some(decision) => mapping::code(&decision.outcome)?,
        None => recommended.outcome,
    };
    let leader = row.recommended_by.map(PersonId::new);
    Ok(
        leader.is_none_or(|leader| !gate.panel.is_recused_late(leader))
            && recommended.is_still_carried(
                &gate.panel,
                &gate.sealed.policy.parameters,
                &gate.sealed.criteria,
                outcome,
                jst_date(row.occurred_at),
            ),
    )
}
