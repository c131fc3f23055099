//! The panel of a gate, and what is on record of its people.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use domain::Coded;
use domain::access::ScopeKind;
use domain::gate::{Connections, Panel};
use domain::id::{GateId, PersonId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::{
    affiliation, award_participant, conflict_declaration, gate_member, recusal, role_grant,
    sign_off,
};
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
    let members = gate_member::Entity::find()
        .filter(gate_member::Column::GateId.is_in(gates.iter().copied()))
        .order_by_asc(gate_member::Column::JoinedAt)
        .order_by_asc(gate_member::Column::PersonId)
        .all(db)
        .await?;
    // The last declaration counts; its opaque id breaks no tie, so the time is precise enough.
    let declarations = conflict_declaration::Entity::find()
        .filter(conflict_declaration::Column::GateId.is_in(gates.iter().copied()))
        .order_by_desc(conflict_declaration::Column::RecordedAt)
        .all(db)
        .await?;
    let recusals = recusal::Entity::find()
        .filter(recusal::Column::GateId.is_in(gates.iter().copied()))
        .all(db)
        .await?;
    let votes = sign_off::Entity::find()
        .filter(sign_off::Column::GateId.is_in(gates.iter().copied()))
        .filter(sign_off::Column::VoidReason.is_null())
        .order_by_asc(sign_off::Column::Version)
        .all(db)
        .await?;
    let mut panels: BTreeMap<Uuid, Panel> = BTreeMap::new();
    for row in &members {
        let declared = declarations
            .iter()
            .find(|other| (other.gate_id, other.person_id) == (row.gate_id, row.person_id));
        let recused = recusals
            .iter()
            .find(|other| (other.gate_id, other.person_id) == (row.gate_id, row.person_id));
        let member = mapping::member(row, declared, recused)?;
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

/// What is on record of each of `people` on `today`, looking back `years`.
///
/// # Errors
/// When the database does not answer.
pub async fn connections(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    today: NaiveDate,
    years: u16,
) -> Result<Vec<(PersonId, Connections)>, Error> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.uuid()).collect();
    let since = today
        .checked_sub_months(Months::new(u32::from(years) * 12))
        .unwrap_or(today);
    let memberships = memberships(db, &ids, today).await?;
    let named = award_participant::Entity::find()
        .filter(award_participant::Column::PersonId.is_in(ids))
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(people.len());
    for person in people {
        let theirs = memberships
            .iter()
            .filter(|membership| membership.person == person.uuid());
        let ends_after = |day: NaiveDate| {
            move |membership: &&Membership| membership.until.is_none_or(|until| until >= day)
        };
        let bodies: BTreeSet<Uuid> = theirs
            .clone()
            .filter(ends_after(today))
            .map(|membership| membership.body)
            .collect();
        let recent = theirs
            .filter(ends_after(since))
            .map(|membership| membership.body);
        found.push((
            *person,
            Connections {
                bodies: bodies.into_iter().map(Into::into).collect(),
                recent_bodies: recent.map(Into::into).collect(),
                awards: named
                    .iter()
                    .filter(|row| row.person_id == person.uuid())
                    .map(|row| row.award_id.into())
                    .collect(),
            },
        ));
    }
    Ok(found)
}

/// That a person belongs, or belonged, to a body.
struct Membership {
    person: Uuid,
    body: Uuid,
    until: Option<NaiveDate>,
}

/// Where `people` belonged by `today`: by an affiliation, or by a role they hold for a body.
async fn memberships(
    db: &impl ConnectionTrait,
    people: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<Membership>, Error> {
    let affiliations = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.is_in(people.to_vec()))
        .filter(affiliation::Column::FromOn.lte(today))
        .all(db)
        .await?;
    let roles = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.is_in(people.to_vec()))
        .filter(role_grant::Column::ScopeKind.eq(ScopeKind::Organization.code()))
        .filter(role_grant::Column::FromOn.lte(today))
        .all(db)
        .await?;
    let affiliated = affiliations.into_iter().map(|row| Membership {
        person: row.person_id,
        body: row.organization_id,
        until: row.until_on,
    });
    let acting = roles.into_iter().map(|row| Membership {
        person: row.person_id,
        body: row.scope_id,
        until: row.until_on,
    });
    Ok(affiliated.chain(acting).collect())
}
