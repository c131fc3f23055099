//! Counts the votes of every decided gate again, and looks for people who took two parts.

use domain::finding::FindingCode;
use domain::gate::GateState;
use domain::milestone::Outcome;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Verification;
use super::page::for_each_row;
use crate::dossier::GateDossier;
use crate::entity::{gate, gate_decision, recommendation, tranche_release};
use crate::error::Error;
use crate::mapping;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, gate, |row| {
        verification.count("gates");
        let place = format!("gate {}", row.id);
        let gate = GateDossier::load(db, row.id.into()).await;
        let Some(gate) = verification.readable(&place, gate)? else {
            continue;
        };
        if matches!(gate.state, GateState::Recommended | GateState::Decided) {
            check_votes(db, &gate, &place, verification).await?;
        }
        check_people(db, &gate, &place, verification).await?;
    });
    Ok(())
}

/// The votes make the quorum, and the recommendation is theirs.
async fn check_votes(
    db: &impl ConnectionTrait,
    gate: &GateDossier,
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let quorum = gate.panel.quorum(&gate.sealed.policy.parameters);
    let tally = gate.panel.tally(&gate.sealed.criteria);
    let recommended = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.eq(gate.row.id))
        .one(db)
        .await?;
    let Some(recommended) = recommended else {
        verification.find(
            FindingCode::GateWithoutQuorum,
            place,
            "no recommendation is on record",
        );
        return Ok(());
    };
    let outcome = verification.readable(place, mapping::code::<Outcome>(&recommended.outcome))?;
    let fits = outcome.is_some_and(|outcome| match tally.majority() {
        Some(majority) => majority == outcome,
        None => recommended.picked && tally.leaders().contains(&outcome),
    });
    // A conflict learned late may have taken a vote away without changing the outcome; then the
    // recommendation still stands, and only its quorum is looked at.
    if !quorum.is_met() || !fits {
        let detail = format!(
            "{} votes of {} needed, from {} bodies of {}; recommended {}",
            quorum.votes,
            quorum.votes_needed,
            quorum.bodies,
            quorum.bodies_needed,
            recommended.outcome
        );
        verification.find(FindingCode::GateWithoutQuorum, place, detail);
    }
    Ok(())
}

/// Voter, recommender, decider and releaser are different people, except that the panel's chair may
/// vote where the policy says so.
async fn check_people(
    db: &impl ConnectionTrait,
    gate: &GateDossier,
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let id = gate.row.id;
    let recommended = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.eq(id))
        .one(db)
        .await?
        .and_then(|row| row.recommended_by);
    let decided = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.eq(id))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| row.decided_by);
    let released = tranche_release::Entity::find()
        .filter(tranche_release::Column::GateId.eq(id))
        .filter(tranche_release::Column::RevokedAt.is_null())
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| row.released_by);
    let decided: Vec<_> = decided.collect();
    for decider in &decided {
        if recommended == Some(*decider) || gate.panel.sign_offs.contains_key(&(*decider).into()) {
            verification.find(
                FindingCode::SecondPersonMissing,
                place,
                format!("decided by {decider}"),
            );
        }
    }
    for releaser in released {
        if decided.contains(&releaser)
            || recommended == Some(releaser)
            || gate.panel.sign_offs.contains_key(&releaser.into())
        {
            verification.find(
                FindingCode::SecondPersonMissing,
                place,
                format!("released by {releaser}"),
            );
        }
    }
    Ok(())
}
