//! Computes every seal again.

use domain::finding::FindingCode;
use sea_orm::ConnectionTrait;

use super::Verification;
use super::page::for_each_row;
use crate::dossier::SealedDossier;
use crate::entity::{milestone, submission};
use crate::error::Error;
use crate::mapping;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, submission, |row| {
        if row.seal.is_none() {
            continue;
        }
        verification.count("seals");
        let place = format!("submission {}", row.id);
        let sealed = SealedDossier::load(db, row.id.into()).await;
        let Some(sealed) = verification.readable(&place, sealed)? else {
            continue;
        };
        if sealed.stored != sealed.recomputed {
            let detail = format!("sealed {}, computed {}", sealed.stored, sealed.recomputed);
            verification.find(FindingCode::SealMismatch, &place, detail);
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
    for_each_row!(db, milestone, |row| {
        let place = format!("milestone {}", row.id);
        let Some(state) = verification.readable(&place, mapping::milestone_state(&row))? else {
            continue;
        };
        let (true, Some(id), Some(seal)) =
            (state.is_under_seal(), state.submission(), state.seal())
        else {
            continue;
        };
        verification.count("live seals");
        let sealed = SealedDossier::load(db, id).await;
        let Some(sealed) = verification.readable(&place, sealed)? else {
            continue;
        };
        let intact = sealed.is_intact(seal);
        if !intact {
            let detail = "the milestone's seal, its submission and its tranche do not agree";
            verification.find(FindingCode::SealMismatch, &place, detail);
        }
    });
    Ok(())
}
