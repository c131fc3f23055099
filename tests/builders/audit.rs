//! Following the audit chains.

use std::collections::BTreeMap;

use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};
use store::audit::hash_of;
use store::entity::audit_event;

/// Every event names the hash of the one before it on its chain, and its own is what its members
/// make.
pub(crate) async fn assert_chained(db: &DatabaseConnection) {
    let events = audit_event::Entity::find()
        .order_by_asc(audit_event::Column::Sequence)
        .all(db)
        .await
        .expect("the audit");
    let mut heads = BTreeMap::new();
    for event in &events {
        let chain = (event.chain_kind.clone(), event.chain_id);
        let (sequence, hash) = heads.get(&chain).cloned().unwrap_or((0, None));
        assert_eq!(event.sequence, sequence + 1, "{event:?}");
        assert_eq!(event.prev_hash, hash, "{event:?}");
        assert_eq!(event.hash, hash_of(event), "{event:?}");
        heads.insert(chain, (event.sequence, Some(event.hash.clone())));
    }
    assert!(!events.is_empty(), "nothing was audited");
}
