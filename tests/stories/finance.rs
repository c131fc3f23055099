//! What finance, auditors and the public ask of the money.

mod tranches;

use domain::id::TrancheId;
use store::command::{ReleaseTranche, RevokeRelease};

use crate::builders::World;

async fn release(world: &World, tranche: TrancheId) {
    let command = ReleaseTranche { tranche };
    world.run(world.people.preparer, &command).await;
}

async fn revoke(world: &World, tranche: TrancheId) {
    let reason = "請求書の誤り".to_owned();
    let command = RevokeRelease { tranche, reason };
    world.run(world.people.preparer, &command).await;
}
