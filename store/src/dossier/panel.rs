//! The panel of a gate.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::gate::Panel;
use domain::id::GateId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryTrait};
use uuid::Uuid;

use crate::entity::{conflict_declaration, gate_member, recusal, sign_off};
use crate::error::Error;
use crate::mapping;

/// The panel of `gate`, with the votes in force.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub async fn load_panel(db: &impl ConnectionTrait, gate: GateId) -> Result<Panel, Error> {
    let mut panels = load_panels(db, &[gate.uuid()]).await?;
    Ok(panels.remove(&gate.uuid()).unwrap_or_default())
}

/// The panels of many gates, by gate.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub(crate) async fn load_panels(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
) -> Result<BTreeMap<Uuid, Panel>, Error> {
    panels(db, gates, None).await
}

/// The panel of `gate` as it stood at `as_of`, when its members had voted: what became of votes later is left
/// out.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub(crate) async fn panel_at(
    db: &impl ConnectionTrait,
    gate: Uuid,
    as_of: DateTime<Utc>,
) -> Result<Panel, Error> {
    let mut panels = panels(db, &[gate], Some(as_of)).await?;
    Ok(panels.remove(&gate).unwrap_or_default())
}

async fn panels(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
    as_of: Option<DateTime<Utc>>,
) -> Result<BTreeMap<Uuid, Panel>, Error> {
    let members = gate_member::Entity::find()
        .apply_if(as_of, |select, as_of| {
            select.filter(gate_member::Column::RecordedAt.lte(as_of))
        })
        .filter(gate_member::Column::GateId.is_in(gates.iter().copied()))
        .order_by_asc(gate_member::Column::JoinedAt)
        .order_by_asc(gate_member::Column::PersonId)
        .all(db)
        .await?;
    // The last declaration counts; its opaque id breaks no tie, so the time is precise enough.
    let declarations = conflict_declaration::Entity::find()
        .apply_if(as_of, |select, as_of| {
            select.filter(conflict_declaration::Column::RecordedAt.lte(as_of))
        })
        .filter(conflict_declaration::Column::GateId.is_in(gates.iter().copied()))
        .order_by_desc(conflict_declaration::Column::RecordedAt)
        .all(db)
        .await?;
    let recusals = recusal::Entity::find()
        .apply_if(as_of, |select, as_of| {
            select.filter(recusal::Column::RecordedAt.lte(as_of))
        })
        .filter(recusal::Column::GateId.is_in(gates.iter().copied()))
        .all(db)
        .await?;
    // A vote is void because its member judges no more, which their seat says too, or because the gate is.
    let in_force = match as_of {
        None => sign_off::Column::VoidReason.is_null(),
        Some(as_of) => sign_off::Column::RecordedAt.lte(as_of),
    };
    let votes = sign_off::Entity::find()
        .filter(sign_off::Column::GateId.is_in(gates.iter().copied()))
        .filter(in_force)
        .order_by_asc(sign_off::Column::Version)
        .all(db)
        .await?;
    let mut panels: BTreeMap<Uuid, Panel> = BTreeMap::new();
    // Latest first: the first of each person stays.
    let mut declared = BTreeMap::new();
    for row in &declarations {
        declared.entry((row.gate_id, row.person_id)).or_insert(row);
    }
    let recused: BTreeMap<_, _> = recusals
        .iter()
        .map(|row| ((row.gate_id, row.person_id), row))
        .collect();
    for row in &members {
        let seat = (row.gate_id, row.person_id);
        let (declared, recused) = (declared.get(&seat), recused.get(&seat));
        let member = mapping::member(row, declared.copied(), recused.copied())?;
        panels.entry(row.gate_id).or_default().members.push(member);
    }
    // Versions ascend: the last of each person stays.
    for row in &votes {
        let panel = panels.entry(row.gate_id).or_default();
        panel
            .sign_offs
            .insert(row.person_id.into(), mapping::sign_off(row)?);
    }
    Ok(panels)
}
