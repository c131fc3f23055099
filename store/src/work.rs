//! What a command works with while it runs: its transaction, its times, its ids and its actor.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Actor, Authority};
use domain::calendar::jst_date;
use domain::id::{CommandId, PersonId};
use domain::{Coded, Refusal};
use sea_orm::DatabaseTransaction;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::gathered::Gathered;
use crate::ids::Ids;
use crate::root::RootKind;

/// The hands of a running command.
#[derive(Debug)]
pub struct Work<'a> {
    tx: &'a DatabaseTransaction,
    actor: Actor,
    authority: Authority,
    command: CommandId,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    /// Makes the identifiers of what the command creates.
    pub ids: Ids,
    pub(crate) locked: Vec<Uuid>,
    pub(crate) chain: Option<(RootKind, Uuid)>,
    pub(crate) events: Vec<Value>,
    /// The rows that are to be written at the end, where not each is written at once.
    pub(crate) gathered: Option<Box<Gathered>>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        tx: &'a DatabaseTransaction,
        actor: Actor,
        authority: Authority,
        command: CommandId,
        occurred_at: DateTime<Utc>,
        recorded_at: DateTime<Utc>,
    ) -> Self {
        let ids = Ids::of(command, recorded_at);
        let events = Vec::new();
        Self {
            tx,
            actor,
            authority,
            command,
            occurred_at,
            recorded_at,
            ids,
            locked: Vec::new(),
            chain: None,
            events,
            gathered: None,
        }
    }

    /// The hands of a part of this command that writes nothing until [`Gathered::write`], and runs
    /// one command after the other: see [`Work::turn_to`].
    pub(crate) fn gathering(&mut self) -> Self {
        let (actor, authority) = (self.actor, Authority::default());
        let command = self.ids.next_opaque();
        let mut part = Self::new(
            self.tx,
            actor,
            authority,
            command,
            self.occurred_at,
            self.recorded_at,
        );
        part.locked.clone_from(&self.locked);
        part.gathered = Some(Box::default());
        part
    }

    /// Goes on as another command, run by `actor`, which happened at `occurred_at`. It has an id
    /// and events of its own; identifiers go on in one order through all of them.
    pub(crate) fn turn_to(
        &mut self,
        actor: Actor,
        authority: Authority,
        occurred_at: DateTime<Utc>,
    ) {
        self.command = self.ids.next_opaque();
        self.actor = actor;
        self.authority = authority;
        self.occurred_at = occurred_at;
        self.events.clear();
    }

    /// The command's transaction.
    #[must_use]
    pub const fn tx(&self) -> &'a DatabaseTransaction {
        self.tx
    }

    /// The command.
    #[must_use]
    pub const fn command(&self) -> CommandId {
        self.command
    }

    /// When it happened: what rules and deadlines go by. An import says so itself.
    #[must_use]
    pub const fn occurred_at(&self) -> DateTime<Utc> {
        self.occurred_at
    }

    /// When the server recorded it.
    #[must_use]
    pub const fn recorded_at(&self) -> DateTime<Utc> {
        self.recorded_at
    }

    /// The day on which it happened, in Japan.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        jst_date(self.occurred_at)
    }

    /// Who runs the command.
    pub(crate) const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person behind the command, if there is one.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        self.actor.person()
    }

    /// The person behind the command, as the database holds them.
    #[must_use]
    pub fn person_uuid(&self) -> Option<Uuid> {
        self.actor.person().map(PersonId::uuid)
    }

    /// The person behind a command that nobody can run anonymously.
    ///
    /// # Errors
    /// [`Refusal::PersonRequired`].
    pub fn natural_person(&self) -> Result<PersonId, Refusal> {
        self.actor.natural_person()
    }

    /// Whether the command holds the lock of the root with this id.
    #[must_use]
    pub fn holds(&self, root: Uuid) -> bool {
        self.locked.contains(&root)
    }

    /// The roles of the person behind the command.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Whether the system acts in its own name, as imports and seeds do in setting up.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        matches!(self.actor, Actor::System { on_behalf_of: None })
    }

    /// Tells the audit what happened: `what` is a code, `facts` are ids and values.
    pub fn record(&mut self, what: &str, facts: Value) {
        let mut event = Map::new();
        event.insert("event".to_owned(), Value::from(what));
        event.insert("facts".to_owned(), facts);
        self.events.push(Value::Object(event));
    }

    /// Tells the audit that something moved from one state to another.
    pub fn record_move<S: Coded>(&mut self, what: &str, id: Uuid, from: S, to: S) {
        self.record(
            what,
            serde_json::json!({ "id": id, "from": from.code(), "to": to.code() }),
        );
    }

    /// Chains the command's audit event to a root that it creates, instead of the one it locked.
    pub fn chain_to(&mut self, kind: RootKind, id: impl Into<Uuid>) {
        self.chain = Some((kind, id.into()));
    }
}
