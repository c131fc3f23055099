//! Damage to the way of a milestone.

use domain::finding::FindingCode::{
    EvidenceAltered, GateWithoutQuorum, LockWrong, SealMismatch, SecondPersonMissing,
};
use sea_orm::EntityTrait;
use store::entity::evidence;

use super::history::History;
use super::unguarded::{Damage, Unguarded, damage};
use crate::builders::Granted;

pub(super) async fn damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History {
        world,
        award,
        conditional,
        fresh,
        ..
    } = history;
    let milestone =
        |award: &Granted, place: usize| format!("milestone {}", award.milestones[place]);
    let gate = format!("gate {}", history.gate);
    let sealed = history.submission(award.milestones[0]).await;
    let both = || {
        [
            (SealMismatch, milestone(award, 0)),
            (SealMismatch, format!("submission {}", sealed.id)),
        ]
    };
    let [seal_a, seal_b] = both();
    let piece = history.first(evidence::Entity::find()).await;
    let of_gate = format!("gate_id = {}", db.id(history.gate.uuid()));
    let reviewer = db.id(world.people.reviewers[0].uuid());
    let director = db.id(world.people.director.uuid());
    let moved = |award: &Granted, place: usize, state: &str| {
        let id = db.id(award.milestones[place].uuid());
        format!("UPDATE milestone SET state = '{state}' WHERE id = {id}")
    };
    vec![
        damage(
            moved(conditional, 1, "OPEN"),
            [(LockWrong, milestone(conditional, 1))],
        ),
        damage(
            moved(fresh, 0, "LOCKED"),
            [(LockWrong, milestone(fresh, 0))],
        ),
        damage(
            format!(
                "UPDATE submission SET narrative = 'ok' WHERE id = {}",
                db.id(sealed.id)
            ),
            both(),
        ),
        damage(
            "UPDATE evidence SET size_bytes = size_bytes + 1".to_owned(),
            [
                seal_a,
                seal_b,
                (EvidenceAltered, format!("evidence {}", piece.id)),
            ],
        ),
        damage(
            format!(
                "UPDATE tranche SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(award.tranches[2].uuid())
            ),
            [(SealMismatch, milestone(award, 2))],
        ),
        damage(
            format!(
                "UPDATE sign_off SET void_reason = 'x' WHERE person_id = {reviewer} AND {of_gate}"
            ),
            [(GateWithoutQuorum, gate.clone())],
        ),
        damage(
            format!("DELETE FROM recommendation WHERE {of_gate}"),
            [(GateWithoutQuorum, gate.clone())],
        ),
        damage(
            format!("UPDATE gate_decision SET decided_by = {reviewer} WHERE {of_gate}"),
            [(SecondPersonMissing, gate.clone())],
        ),
        damage(
            format!("UPDATE tranche_release SET released_by = {director} WHERE {of_gate}"),
            [(SecondPersonMissing, gate)],
        ),
    ]
}
