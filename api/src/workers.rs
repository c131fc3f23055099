//! What the server does while nobody asks: tasks that begin with it and end with it. They are repeated,
//! harmless when two servers do them at once, and nothing waits for them.

use chrono::TimeDelta;
use std::time::Duration;
use store::{Store, vault::Vault};
use tokio::{task::JoinSet, time::MissedTickBehavior};

const DAY: Duration = Duration::from_hours(24);

/// What is still growing after this time was given up by its sender.
const UPLOAD_AGE_MAX: TimeDelta = TimeDelta::hours(24);

/// Starts the tasks; they end when what is returned is dropped.
#[must_use]
pub fn start(store: &Store, vault: &Vault) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(sweep(store.clone(), vault.clone()));
    workers
}

/// No file of the books takes longer to write.
const DOWNLOAD_AGE_MAX: TimeDelta = TimeDelta::hours(24);

/// How long stored evidence may wait for the record that names it.
const ORPHAN_AGE_MAX: TimeDelta = TimeDelta::hours(24);

/// Removes once a day what broken uploads and refused attachments left in the vault, and once at the start: a server that is
/// restarted every night would otherwise never come to it. So with downloads whose server was ended.
async fn sweep(store: Store, vault: Vault) {
    let mut days = tokio::time::interval(DAY);
    days.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        days.tick().await;
        match vault.sweep_incoming(store.now() - UPLOAD_AGE_MAX).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "broken uploads were swept"),
            Err(error) => tracing::warn!(%error, "broken uploads could not be swept"),
        }
        let before = store.now() - DOWNLOAD_AGE_MAX;
        match crate::download::forsake(&store, before).await {
            Ok(0) => {}
            Ok(forsaken) => {
                tracing::info!(forsaken, "files that nobody writes any more were noted");
            }
            Err(error) => tracing::warn!(%error, "files that broke off could not be noted"),
        }
        let before = store.now() - ORPHAN_AGE_MAX;
        match store::sweep::orphans(store.reads(), &vault, before).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "evidence without a record was swept"),
            Err(error) => tracing::warn!(%error, "evidence without a record could not be swept"),
        }
    }
}
