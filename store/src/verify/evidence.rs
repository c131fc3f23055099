//! Hashes all stored evidence again.

use std::collections::BTreeMap;

use domain::finding::FindingCode;
use sea_orm::ConnectionTrait;

use super::Verification;
use super::page::for_each_row;
use crate::entity::evidence;
use crate::error::Error;
use crate::vault::{Fingerprint, Vault, VaultError};

pub(super) async fn check(
    db: &impl ConnectionTrait,
    vault: &Vault,
    verification: &mut Verification,
) -> Result<(), Error> {
    // The same file attached twice is one object, and read once.
    let mut found: BTreeMap<String, Option<Fingerprint>> = BTreeMap::new();
    for_each_row!(db, evidence, |row| {
        verification.count("evidence");
        if !found.contains_key(&row.sha256) {
            let fingerprint = match vault.rehash(&row.sha256).await {
                Ok(fingerprint) => Some(fingerprint),
                Err(VaultError::Missing { .. }) => None,
                Err(fault) => return Err(fault.into()),
            };
            found.insert(row.sha256.clone(), fingerprint);
        }
        let place = format!("evidence {}", row.id);
        match found.get(&row.sha256).and_then(Option::as_ref) {
            None => verification.find(FindingCode::EvidenceMissing, place, row.sha256),
            Some(found) if !is_whole(&row, found) => {
                let detail = format!("{} bytes with hash {}", found.size_bytes, found.sha256);
                verification.find(FindingCode::EvidenceAltered, place, detail);
            }
            Some(_) => {}
        }
    });
    Ok(())
}

fn is_whole(row: &evidence::Model, found: &Fingerprint) -> bool {
    found.sha256 == row.sha256 && i64::try_from(found.size_bytes) == Ok(row.size_bytes)
}
