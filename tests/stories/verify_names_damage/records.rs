//! Damage to what is written about everything.

use domain::finding::FindingCode::{AuditChainBroken, CommandUnaudited, RowUnreadable};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{audit_event, gate_decision, role_grant};
use uuid::Uuid;

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History {
        world,
        award,
        conditional,
        ..
    } = history;
    let accepted = audit_event::Entity::find()
        .filter(audit_event::Column::ChainId.eq(award.id.uuid()))
        .filter(audit_event::Column::Sequence.eq(2));
    let accepted = history.first(accepted).await;
    assert_eq!(accepted.operation, "ACCEPT_AWARD");
    let event = |sequence: u32| format!("AWARD {} event {sequence}", award.id);
    let of_event = format!("WHERE id = {}", db.id(accepted.id));
    let grant = role_grant::Column::PersonId.eq(world.people.rival.uuid());
    let grant = history
        .first(role_grant::Entity::find().filter(grant))
        .await;
    let of_gate = gate_decision::Column::GateId.eq(history.gate.uuid());
    let decision = history
        .first(gate_decision::Entity::find().filter(of_gate))
        .await;
    let nobody = db.id(Uuid::from_u128(7));
    vec![
        damage(
            format!(
                "UPDATE award SET state = 'NOWHERE' WHERE id = {}",
                db.id(conditional.id.uuid())
            ),
            [(RowUnreadable, format!("award {}", conditional.number))],
        ),
        damage(
            format!("UPDATE audit_event SET actor_id = {nobody} {of_event}"),
            [(AuditChainBroken, event(2))],
        ),
        damage(
            format!("DELETE FROM audit_event {of_event}"),
            [(AuditChainBroken, event(3))],
        ),
        damage(
            format!(
                "UPDATE role_grant SET command_id = {nobody} WHERE id = {}",
                db.id(grant.id)
            ),
            [(CommandUnaudited, format!("role_grant {}", grant.id))],
        ),
        damage(
            format!(
                "UPDATE gate_decision SET command_id = {nobody} WHERE id = {}",
                db.id(decision.id)
            ),
            [(CommandUnaudited, format!("gate_decision {}", decision.id))],
        ),
    ]
}
