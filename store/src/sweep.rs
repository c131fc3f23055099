//! Sweeping the vault: evidence that was stored and that no record came to name.
//!
//! Bytes are stored before a command speaks of them; when the command is refused, or never comes,
//! they stay behind as orphans. They are removed by their age, because an attachment under way has no
//! record yet. It comes with its upload, in one request, so a day is far more than it needs; and who
//! sends the same content again stores it again, which makes the orphan young. So the sweep of
//! what is older than a day takes nothing from an attachment of that day. An object is asked
//! for its age once more right before it goes.
//!
//! A vault therefore belongs to one database: what another's rows name would look like an orphan.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::evidence;
use crate::error::Error;
use crate::vault::Vault;

/// Hashes that the database is asked about at once.
const HASHES: usize = 500;

/// Removes what was stored last before `older_than` and no evidence row names, and counts it.
///
/// # Errors
/// When the database or the vault does not answer; what was removed until then is gone for good.
pub async fn orphans(
    db: &impl ConnectionTrait,
    vault: &Vault,
    older_than: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut pages = vault.stored_before(older_than).try_chunks(HASHES);
    let mut removed = 0_u64;
    while let Some(page) = pages.next().await {
        let page = page.map_err(|broken| broken.1)?;
        let named = named_among(db, &page).await?;
        for sha256 in page.iter().filter(|sha256| !named.contains(*sha256)) {
            let gone = vault.remove_stored_before(sha256, older_than).await?;
            removed = removed.saturating_add(u64::from(gone));
        }
    }
    Ok(removed)
}

/// Which of these hashes some evidence row names.
async fn named_among(
    db: &impl ConnectionTrait,
    hashes: &[String],
) -> Result<BTreeSet<String>, Error> {
    let named = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Sha256)
        .filter(evidence::Column::Sha256.is_in(hashes))
        .into_tuple::<String>()
        .all(db)
        .await?;
    Ok(named.into_iter().collect())
}
