//! Hashes all stored evidence again.

use std::collections::BTreeSet;

use domain::finding::FindingCode;
use sea_orm::ConnectionTrait;

use super::Verification;
use super::page::for_each_row;
use crate::entity::evidence;
use crate::error::Error;
use crate::vault::{Vault, VaultError};

pub(super) async fn check(
    db: &impl ConnectionTrait,
    vault: &Vault,
    verification: &mut Verification,
) -> Result<(), Error> {
    let mut hashed = BTreeSet::new();
    for_each_row!(db, evidence, |row| {
        verification.count("evidence");
        if !hashed.insert(row.sha256.clone()) {
            continue;
        }
        let place = format!("evidence {}", row.id);
        match vault.rehash(&row.sha256).await {
            Ok(found)
                if found.sha256 == row.sha256
                    && i64::try_from(found.size_bytes) == Ok(row.size_bytes) => {}
            Ok(found) => {
                let detail = format!("{} bytes with hash {}", found.size_bytes, found.sha256);
                verification.find(FindingCode::EvidenceAltered, place, detail);
            }
            Err(VaultError::Missing { .. }) => {
                verification.find(FindingCode::EvidenceMissing, place, row.sha256);
            }
            Err(fault) => return Err(fault.into()),
        }
    });
    Ok(())
}
