//! Counts the votes of every decided gate again, and looks for people who took two parts.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::jst_date;
use domain::finding::FindingCode;
use domain::gate::GateState;
use domain::id::PersonId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::{GateDossier, deciders, recommendation as read};
use crate::entity::{gate, gate_decision, recommendation, tranche_release};
use crate::error::Error;
use crate::mapping;

/// What became of a gate after its votes.
#[derive(Default)]
struct Sequel {
    recommended: Option<recommendation::Model>,
    decisions: Vec<gate_decision::Model>,
    releasers: BTreeSet<PersonId>,
}

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, gate, |rows| {
        let mut sequels = sequels(db, &rows).await?;
        for gate in load(db, rows, verification).await? {
            verification.count("gates");
            let place = format!("gate {}", gate.row.id);
            let sequel = sequels.remove(&gate.row.id).unwrap_or_default();
            if matches!(gate.state, GateState::Recommended | GateState::Decided) {
                check_votes(&gate, &sequel, &place, verification)?;
            }
            check_people(&gate, &sequel, &place, verification);
        }
    });
    Ok(())
}

/// The gates that can be read; those that cannot are named.
async fn load(
    db: &impl ConnectionTrait,
    rows: Vec<gate::Model>,
    verification: &mut Verification,
) -> Result<Vec<GateDossier>, Error> {
    match GateDossier::load_many(db, rows.clone()).await {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {}
        all => return all,
    }
    let mut readable = Vec::with_capacity(rows.len());
    for row in rows {
        let place = format!("gate {}", row.id);
        let gate = GateDossier::load(db, row.id.into()).await;
        readable.extend(verification.readable(&place, gate)?);
    }
    Ok(readable)
}

/// What became of each of these gates.
async fn sequels(
    db: &impl ConnectionTrait,
    rows: &[gate::Model],
) -> Result<BTreeMap<Uuid, Sequel>, Error> {
    let ids = || rows.iter().map(|row| row.id);
    let recommended = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.is_in(ids()))
        .all(db)
        .await?;
    let decided = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(ids()))
        .order_by_asc(gate_decision::Column::Ordinal)
        .all(db)
        .await?;
    let released = tranche_release::Entity::find()
        .filter(tranche_release::Column::GateId.is_in(ids()))
        .filter(tranche_release::Column::RevokedAt.is_null())
        .all(db)
        .await?;
    let mut sequels: BTreeMap<Uuid, Sequel> = BTreeMap::new();
    for row in recommended {
        let sequel = sequels.entry(row.gate_id).or_default();
        sequel.recommended = Some(row);
    }
    for row in decided {
        let sequel = sequels.entry(row.gate_id).or_default();
        sequel.decisions.push(row);
    }
    for row in released {
        let Some(gate) = row.gate_id else { continue };
        let releasers = &mut sequels.entry(gate).or_default().releasers;
        releasers.extend(row.released_by.map(PersonId::new));
    }
    Ok(sequels)
}

/// The votes make the quorum, and what was recommended is what they carry.
fn check_votes(
    gate: &GateDossier,
    sequel: &Sequel,
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let Some(row) = &sequel.recommended else {
        let detail = "no recommendation is on record";
        verification.find(FindingCode::GateWithoutQuorum, place, detail);
        return Ok(());
    };
    let Some(recommended) = verification.readable(place, read(row))? else {
        return Ok(());
    };
    let outcome = match sequel.decisions.last() {
        Some(decision) => mapping::code(&decision.outcome),
        None => Ok(recommended.outcome),
    };
    let Some(outcome) = verification.readable(place, outcome)? else {
        return Ok(());
    };
    let policy = &gate.sealed.policy.parameters;
    let day = jst_date(row.occurred_at);
    if !recommended.is_still_carried(&gate.panel, policy, &gate.sealed.criteria, outcome, day) {
        let quorum = gate.panel.quorum(policy);
        let detail = format!(
            "{} votes of {} needed, from {} bodies of {}, for {}",
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

/// Panel, recommender, decider and releaser are different people.
fn check_people(gate: &GateDossier, sequel: &Sequel, place: &str, verification: &mut Verification) {
    let recommended = sequel.recommended.as_ref();
    let recommender = recommended.and_then(|row| row.recommended_by.map(PersonId::new));
    let judged = |person: PersonId| recommender == Some(person) || gate.panel.took_part(person);
    let deciders = deciders(&sequel.decisions);
    for decider in deciders.iter().filter(|person| judged(**person)) {
        let detail = format!("decided by {decider}");
        verification.find(FindingCode::SecondPersonMissing, place, detail);
    }
    let released = sequel.releasers.iter();
    for releaser in released.filter(|person| judged(**person) || deciders.contains(person)) {
        let detail = format!("released by {releaser}");
        verification.find(FindingCode::SecondPersonMissing, place, detail);
    }
}
