//! The audit trail: events, and the chains that they hang on.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::{Operation, RootKind};
use domain::id::{
    AwardId, EnvelopeId, OrganizationId, PaymentBatchId, PersonId, ProgrammeId, ThemeId,
};
use serde_json::Value;
use store::read::history::{EventView, Part, Subject};
use store::verify::ChainReport;
use uuid::Uuid;

use super::Person;
use crate::coded::Coded;
use crate::loader::load;
use crate::node_id::{Id, Node};
use crate::scalar::Instant;

/// An audit event.
#[derive(Debug, Clone)]
pub struct AuditEvent(pub EventView);

/// What one command did: an event of an audit chain, which nobody can change unseen.
#[Object]
impl AuditEvent {
    /// The kind of thing whose chain it is on.
    async fn root_kind(&self) -> Coded<RootKind> {
        Coded(self.0.root.0)
    }

    /// The id of the thing whose chain it is on.
    async fn root(&self) -> ID {
        root_id(self.0.root)
    }

    /// Its place in the chain, from 1.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }

    /// The command.
    async fn operation(&self) -> Coded<Operation> {
        Coded(self.0.operation)
    }

    /// Who ran it; null where the system acted in its own name.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.actor {
            Some(person) => Ok(load(ctx, person).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// Whether the system acted: an import, the seeds or a worker, in the actor's name or its own.
    async fn by_system(&self) -> bool {
        self.0.by_system
    }

    /// When it happened: what rules and deadlines go by.
    async fn occurred_at(&self) -> Instant {
        Instant(self.0.occurred_at)
    }

    /// When the server recorded it: what reports go by.
    async fn recorded_at(&self) -> Instant {
        Instant(self.0.recorded_at)
    }

    /// What happened, in order.
    async fn happened(&self) -> Vec<Happening> {
        let happened = self.0.event["happened"].as_array();
        happened.into_iter().flatten().map(Happening::of).collect()
    }

    /// What the command answered: ids and codes.
    async fn outcome(&self) -> Vec<Fact> {
        facts(&self.0.event["outcome"])
    }

    /// SHA-256 of the canonical request, 64 lower-case hex digits.
    async fn input_hash(&self) -> &str {
        &self.0.input_hash
    }

    /// The hash of the event before it; null for the first of a chain.
    async fn prev_hash(&self) -> Option<&str> {
        self.0.prev_hash.as_deref()
    }

    /// SHA-256 over this event and the hash before it, 64 lower-case hex digits.
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}

/// One thing that a command did.
#[derive(Debug, Clone, SimpleObject)]
pub struct Happening {
    /// What, as a stable code.
    event: String,
    /// To what and how.
    facts: Vec<Fact>,
}

impl Happening {
    fn of(recorded: &Value) -> Self {
        Self {
            event: text(&recorded["event"]),
            facts: facts(&recorded["facts"]),
        }
    }
}

/// A named fact, as it was recorded: ids as bare UUIDs, codes as codes.
#[derive(Debug, Clone, SimpleObject)]
pub struct Fact {
    /// What it is; `amount.currency` is a part of `amount`.
    name: String,
    /// Its value as text.
    value: String,
}

/// The leaves of a recorded document, in its order.
fn facts(recorded: &Value) -> Vec<Fact> {
    let mut found = Vec::new();
    gather(String::new(), recorded, &mut found);
    found
}

fn gather(name: String, value: &Value, found: &mut Vec<Fact>) {
    let within = |part: &str| match name.as_str() {
        "" => part.to_owned(),
        name => format!("{name}.{part}"),
    };
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (part, value) in members {
                gather(within(part), value, found);
            }
        }
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                gather(within(&place.to_string()), value, found);
            }
        }
        value => found.push(Fact {
            name,
            value: text(value),
        }),
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// An audit chain.
#[derive(Debug, Clone)]
pub struct AuditChain(pub ChainReport);

/// An audit chain whose hashes were computed again just now.
#[Object]
impl AuditChain {
    /// The kind of thing that it belongs to.
    async fn root_kind(&self) -> Coded<RootKind> {
        Coded(self.0.root.0)
    }

    /// The id of the thing that it belongs to.
    async fn root(&self) -> ID {
        root_id(self.0.root)
    }

    /// Number of its events.
    async fn length(&self) -> u64 {
        self.0.length
    }

    /// Whether every event has its hash and follows the one before it.
    async fn intact(&self) -> bool {
        self.0.broken_at.is_none()
    }

    /// The place of the first event that does not; null in an intact chain.
    async fn broken_at(&self) -> Option<i64> {
        self.0.broken_at
    }

    /// The hash of its last event: to be compared with one noted elsewhere, which shows a tail that
    /// was cut.
    async fn head(&self) -> &str {
        &self.0.head
    }
}

fn root_id((kind, id): (RootKind, Uuid)) -> ID {
    match kind {
        RootKind::Programme => Id(ProgrammeId::new(id)).shown(),
        RootKind::Theme => Id(ThemeId::new(id)).shown(),
        RootKind::Person => Id(PersonId::new(id)).shown(),
        RootKind::Organization => Id(OrganizationId::new(id)).shown(),
        RootKind::Envelope => Id(EnvelopeId::new(id)).shown(),
        RootKind::Award => Id(AwardId::new(id)).shown(),
        RootKind::Batch => Id(PaymentBatchId::new(id)).shown(),
    }
}

impl From<Node> for Subject {
    fn from(node: Node) -> Self {
        let root = |kind| Self::Root(kind, node.uuid());
        let part = |part| Self::Part(part, node.uuid());
        match node {
            Node::Programme(_) => root(RootKind::Programme),
            Node::Theme(_) => root(RootKind::Theme),
            Node::Person(_) => root(RootKind::Person),
            Node::Organization(_) => root(RootKind::Organization),
            Node::Award(_) => root(RootKind::Award),
            Node::Envelope(_) => part(Part::Envelope),
            Node::PolicyVersion(_) => part(Part::PolicyVersion),
            Node::GateTemplate(_) => part(Part::GateTemplate),
            Node::RoleGrant(_) => part(Part::RoleGrant),
            Node::ServiceToken(_) => part(Part::ServiceToken),
            Node::PlanVersion(_) => part(Part::PlanVersion),
            Node::Milestone(_) => part(Part::Milestone),
            Node::Submission(_) => part(Part::Submission),
            Node::Evidence(_) => part(Part::Evidence),
            Node::Gate(_) => part(Part::Gate),
            Node::Condition(_) => part(Part::Condition),
            Node::Tranche(_) => part(Part::Tranche),
            Node::Release(_) => part(Part::Release),
            Node::Report(_) => part(Part::Report),
            Node::Determination(_) => part(Part::Determination),
            Node::ReturnOrder(_) => part(Part::ReturnOrder),
            Node::Receipt(_) => part(Part::Receipt),
            Node::PaymentBatch(_) => root(RootKind::Batch),
            Node::Payment(_) => part(Part::Payment),
            Node::PayeeAccount(_) => part(Part::PayeeAccount),
            Node::SettlementLine(_) => part(Part::SettlementLine),
        }
    }
}
