//! The audit chain: every command's event, chained to the one before it on the same root.
//!
//! The chain is per root, because the root is locked anyway: one chain through everything would
//! make every command wait for every other.

use domain::Coded;
use domain::access::Actor;
use domain::id::{PersonId, ProgrammeId};
use domain::seal::canonical;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::entity::audit_event;
use crate::error::Error;
use crate::gathered::Written;
use crate::root::RootKind;
use crate::work::Work;
use crate::wrapper::Command;

/// The kind of actor that is a natural person.
const PERSON: &str = "PERSON";

/// The kind of actor that is the system, in somebody's name or in its own.
pub(crate) const SYSTEM: &str = "SYSTEM";

/// Appends the event of the command that `work` ran.
pub(crate) async fn append<C: Command>(
    work: &mut Work<'_>,
    (kind, root): (RootKind, Uuid),
    programme: ProgrammeId,
    input_hash: &str,
    outcome: &impl Serialize,
) -> Result<(), Error> {
    let last = last_event(work, kind, root).await?;
    let (actor_kind, actor_id) = match work.actor() {
        Actor::Person { person, .. } => (PERSON, Some(person.uuid())),
        Actor::System { on_behalf_of } => (SYSTEM, on_behalf_of.map(PersonId::uuid)),
    };
    let mut event = audit_event::Model {
        id: work.ids.next(),
        programme_id: programme.uuid(),
        chain_kind: kind.code().to_owned(),
        chain_id: root,
        sequence: last.as_ref().map_or(1, |last| last.sequence + 1),
        operation: C::OPERATION.code().to_owned(),
        command_id: work.command().uuid(),
        actor_kind: actor_kind.to_owned(),
        actor_id,
        occurred_at: work.occurred_at(),
        recorded_at: work.recorded_at(),
        input_hash: input_hash.to_owned(),
        event: json!({ "happened": work.events, "outcome": outcome }),
        prev_hash: last.map(|last| last.hash),
        hash: String::new(),
    };
    event.hash = hash_of(&event);
    audit_event::ActiveModel::from(event)
        .reset_all()
        .insert_in(work)
        .await?;
    Ok(())
}

/// The last event of a chain, gathered or stored.
async fn last_event(
    work: &Work<'_>,
    kind: RootKind,
    root: Uuid,
) -> Result<Option<audit_event::Model>, Error> {
    let kind = kind.code();
    let gathered = work.gathered.iter();
    let mut events = gathered.flat_map(|gathered| gathered.audit_event.iter().rev());
    match events.find(|event| event.chain_kind == kind && event.chain_id == root) {
        Some(event) => Ok(Some(event.clone())),
        None => last_of(work.tx(), kind, root).await,
    }
}

/// The last stored event of a chain.
pub(crate) async fn last_of(
    db: &impl ConnectionTrait,
    kind: &str,
    root: Uuid,
) -> Result<Option<audit_event::Model>, Error> {
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::ChainKind.eq(kind))
        .filter(audit_event::Column::ChainId.eq(root))
        .order_by_desc(audit_event::Column::Sequence)
        .one(db)
        .await?)
}

/// The hash of an event and of everything before it on its chain: SHA-256 over the canonical form.
#[must_use]
pub fn hash_of(event: &audit_event::Model) -> String {
    let instant = |time: &chrono::DateTime<chrono::Utc>| {
        time.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
    };
    let members: Value = json!({
        "actor_id": event.actor_id,
        "actor_kind": event.actor_kind,
        "chain_id": event.chain_id,
        "chain_kind": event.chain_kind,
        "command_id": event.command_id,
        "event": event.event,
        "id": event.id,
        "input_hash": event.input_hash,
        "occurred_at": instant(&event.occurred_at),
        "operation": event.operation,
        "prev_hash": event.prev_hash,
        "programme_id": event.programme_id,
        "recorded_at": instant(&event.recorded_at),
        "sequence": event.sequence,
    });
    hex::encode(Sha256::digest(canonical::to_string(&members)))
}
