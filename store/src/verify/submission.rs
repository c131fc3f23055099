//! Computes every seal again.

use std::collections::BTreeMap;

use domain::Seal;
use domain::finding::FindingCode;
use domain::id::SubmissionId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::SealedDossier;
use crate::entity::{milestone, submission};
use crate::error::Error;
use crate::mapping;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, submission, |rows| {
        let sealed = rows.iter().filter(|row| row.seal.is_some());
        let places = sealed.map(|row| (row.id, format!("submission {}", row.id)));
        let places: BTreeMap<Uuid, String> = places.collect();
        let dossiers = load(db, &places, verification).await?;
        for (id, place) in &places {
            verification.count("seals");
            let Some(sealed) = dossiers.get(id) else {
                continue;
            };
            if sealed.stored != sealed.recomputed {
                let detail = format!("sealed {}, computed {}", sealed.stored, sealed.recomputed);
                verification.find(FindingCode::SealMismatch, place, detail);
            }
        }
    });
    check_live_seals(db, verification).await
}

/// A milestone under seal stands on a submission with that seal, and its tranche still has the
/// amount that was sealed.
async fn check_live_seals(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, milestone, |rows| {
        let mut live: Vec<(SubmissionId, Seal, String)> = Vec::new();
        for row in &rows {
            let place = format!("milestone {}", row.id);
            let Some(state) = verification.readable(&place, mapping::milestone_state(row))? else {
                continue;
            };
            if let (true, Some(submission), Some(seal)) =
                (state.is_under_seal(), state.submission(), state.seal())
            {
                live.push((submission, *seal, place));
            }
        }
        let places = live.iter().map(|(id, _, place)| (id.uuid(), place.clone()));
        let dossiers = load(db, &places.collect(), verification).await?;
        for (submission, seal, place) in &live {
            verification.count("live seals");
            let Some(sealed) = dossiers.get(&submission.uuid()) else {
                continue;
            };
            if !sealed.is_intact(seal) {
                let detail = "the milestone's seal, its submission and its tranche do not agree";
                verification.find(FindingCode::SealMismatch, place, detail);
            }
        }
    });
    Ok(())
}

/// The sealed submissions that can be read; those that cannot are named by their places.
async fn load(
    db: &impl ConnectionTrait,
    places: &BTreeMap<Uuid, String>,
    verification: &mut Verification,
) -> Result<BTreeMap<Uuid, SealedDossier>, Error> {
    let ids: Vec<Uuid> = places.keys().copied().collect();
    match SealedDossier::load_many(db, &ids).await {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {}
        Ok(all) if all.len() == ids.len() => return Ok(all),
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    let mut readable = BTreeMap::new();
    for (id, place) in places {
        let sealed = SealedDossier::load(db, (*id).into()).await;
        if let Some(sealed) = verification.readable(place, sealed)? {
            readable.insert(*id, sealed);
        }
    }
    Ok(readable)
}
