//! The history of anything: the audit events that speak of it, for auditors. For everybody else
//! there is none, as there is none of what does not exist.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::access::{Operation, Role, RootKind};
use domain::id::PersonId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

use super::{Sight, keyset};
use crate::audit::SYSTEM;
use crate::entity::audit_event::{Column, Entity, Model};
use crate::entity::{
    determination, envelope, evidence, gate, gate_condition, gate_template, milestone,
    payee_account, payment_instruction, plan_version, policy_version, receipt, report,
    return_order, role_grant, service_token, settlement_line, submission, tranche, tranche_release,
};
use crate::error::Error;
use crate::mapping;
use crate::verify::{ChainReport, follow};

/// What the history is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Something with a chain of its own. A person's history is also what they did.
    Root(RootKind, Uuid),
    /// Something within it: the events of its root's chain that name it.
    Part(Part, Uuid),
}

/// The kinds of things whose events are on the chain of what they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is a thing of the glossary and an entity here"
)]
pub enum Part {
    Milestone,
    Submission,
    Evidence,
    Gate,
    Condition,
    Tranche,
    Release,
    Report,
    Determination,
    ReturnOrder,
    Receipt,
    Payment,
    PayeeAccount,
    SettlementLine,
    PlanVersion,
    GateTemplate,
    Envelope,
    PolicyVersion,
    RoleGrant,
    ServiceToken,
}

/// An audit event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventView {
    /// Names it; it breaks ties of the recorded time.
    pub id: Uuid,
    /// What its chain belongs to.
    pub root: (RootKind, Uuid),
    /// Its place in the chain, from 1.
    pub sequence: i64,
    /// The command.
    pub operation: Operation,
    /// Who ran it; nobody where the system acted in its own name.
    pub actor: Option<PersonId>,
    /// Whether the system acted, in the actor's name or in its own.
    pub by_system: bool,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When the server recorded it.
    pub recorded_at: DateTime<Utc>,
    /// What happened, as it was hashed: `happened`, a list of `event` and `facts`, and `outcome`.
    pub event: Value,
    /// SHA-256 of the canonical request.
    pub input_hash: String,
    /// Hash of the event before; none for the first of a chain.
    pub prev_hash: Option<String>,
    /// SHA-256 over this event and `prev_hash`.
    pub hash: String,
}

/// Which events are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Of one command.
    pub operation: Option<Operation>,
    /// Of one person.
    pub actor: Option<PersonId>,
    /// Recorded at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Recorded before this instant.
    pub until: Option<DateTime<Utc>>,
}

/// The place of an event: its recorded time and its id.
pub type EventKey = (DateTime<Utc>, Uuid);

/// At most `first` events and one more, after `after`, the latest recorded first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    subject: Subject,
    filter: HistoryFilter,
    (first, after): (u64, Option<EventKey>),
) -> Result<Vec<EventView>, Error> {
    let place = || (Column::RecordedAt.into_expr(), Column::Id.into_expr());
    let after = after.map(|last| keyset::before(place(), last));
    let rows = Entity::find()
        .filter(Column::ProgrammeId.is_in(sight.programmes(&[Role::Auditor])))
        .filter(subject.events())
        .filter(filter.condition())
        .filter(Condition::all().add_option(after))
        .order_by_desc(Column::RecordedAt)
        .order_by_desc(Column::Id)
        .limit(first.saturating_add(1))
        .all(db)
        .await?;
    rows.into_iter().map(view).collect()
}

/// The chain on which the events of `subject` are, computed again from its first event; none where
/// there is no event for the asker.
///
/// # Errors
/// When the database does not answer.
pub async fn chain(
    db: &impl ConnectionTrait,
    sight: &Sight,
    subject: Subject,
) -> Result<Option<ChainReport>, Error> {
    let seen = Condition::all()
        .add(Column::ProgrammeId.is_in(sight.programmes(&[Role::Auditor])))
        .add(subject.chain());
    follow(db, seen).await
}

impl Subject {
    /// The events of the chain that its events are on.
    fn chain(self) -> Condition {
        let (kind, root) = match self {
            Self::Root(kind, id) => (kind, Column::ChainId.eq(id)),
            Self::Part(part, id) => return chain_of(part.root(id)),
        };
        Condition::all()
            .add(Column::ChainKind.eq(kind.code()))
            .add(root)
    }

    /// The events that speak of it.
    fn events(self) -> Condition {
        match self {
            Self::Root(RootKind::Person, id) => Condition::any()
                .add(self.chain())
                .add(Column::ActorId.eq(id)),
            Self::Root(..) => self.chain(),
            Self::Part(part, id) => {
                // Ids are written in one way only, so the text tells which events name it.
                let text = Expr::col(Column::Event).cast_as(Alias::new("text"));
                let chains = part.further_roots(id).into_iter().map(chain_of);
                let chains = chains.fold(Condition::any().add(self.chain()), Condition::add);
                Condition::all()
                    .add(chains)
                    .add(text.like(format!("%{id}%")))
            }
        }
    }
}

/// The events of the chain of the root that the statement finds.
fn chain_of((kind, root): (RootKind, SelectStatement)) -> Condition {
    Condition::all()
        .add(Column::ChainKind.eq(kind.code()))
        .add(Column::ChainId.in_subquery(root))
}

impl Part {
    /// What else keeps events of the part `id`: a payment is in its batch until it is sent; the bank
    /// answers the programme, and what is done about a return is done on the award.
    fn further_roots(self, id: Uuid) -> Vec<(RootKind, SelectStatement)> {
        let parent = |column: payment_instruction::Column| {
            Query::select()
                .column(column)
                .from(payment_instruction::Entity)
                .cond_where(payment_instruction::Column::Id.eq(id))
                .to_owned()
        };
        match self {
            Self::Payment => vec![
                (
                    RootKind::Programme,
                    parent(payment_instruction::Column::ProgrammeId),
                ),
                (
                    RootKind::Award,
                    parent(payment_instruction::Column::AwardId),
                ),
            ],
            _ => Vec::new(),
        }
    }

    /// The kind of root that the part `id` belongs to, and the statement that finds that root.
    fn root(self, id: Uuid) -> (RootKind, SelectStatement) {
        /// The column `parent` of the row of `table` with this id.
        macro_rules! parent {
            ($table:ident, $parent:ident) => {
                Query::select()
                    .column($table::Column::$parent)
                    .from($table::Entity)
                    .cond_where($table::Column::Id.eq(id))
                    .to_owned()
            };
        }
        match self {
            Self::Milestone => (RootKind::Award, parent!(milestone, AwardId)),
            Self::Submission => (RootKind::Award, parent!(submission, AwardId)),
            Self::Evidence => (RootKind::Award, parent!(evidence, AwardId)),
            Self::Gate => (RootKind::Award, parent!(gate, AwardId)),
            Self::Condition => (RootKind::Award, parent!(gate_condition, AwardId)),
            Self::Tranche => (RootKind::Award, parent!(tranche, AwardId)),
            Self::Release => (RootKind::Award, parent!(tranche_release, AwardId)),
            Self::Report => (RootKind::Award, parent!(report, AwardId)),
            Self::Determination => (RootKind::Award, parent!(determination, AwardId)),
            Self::ReturnOrder => (RootKind::Award, parent!(return_order, AwardId)),
            Self::Receipt => (RootKind::Organization, parent!(receipt, OrganizationId)),
            Self::Payment => (RootKind::Batch, parent!(payment_instruction, BatchId)),
            Self::PayeeAccount => (
                RootKind::Organization,
                parent!(payee_account, OrganizationId),
            ),
            Self::SettlementLine => (RootKind::Programme, parent!(settlement_line, ProgrammeId)),
            Self::PlanVersion => (RootKind::Award, parent!(plan_version, AwardId)),
            Self::GateTemplate => (RootKind::Theme, parent!(gate_template, ThemeId)),
            Self::Envelope => (RootKind::Theme, parent!(envelope, ThemeId)),
            Self::PolicyVersion => (RootKind::Programme, parent!(policy_version, ProgrammeId)),
            Self::RoleGrant => (RootKind::Person, parent!(role_grant, PersonId)),
            Self::ServiceToken => (RootKind::Person, parent!(service_token, PersonId)),
        }
    }
}

impl HistoryFilter {
    fn condition(self) -> Condition {
        Condition::all()
            .add_option(
                self.operation
                    .map(|asked| Column::Operation.eq(asked.code())),
            )
            .add_option(self.actor.map(|asked| Column::ActorId.eq(asked.uuid())))
            .add_option(self.from.map(|asked| Column::RecordedAt.gte(asked)))
            .add_option(self.until.map(|asked| Column::RecordedAt.lt(asked)))
    }
}

fn view(row: Model) -> Result<EventView, Error> {
    Ok(EventView {
        id: row.id,
        root: (mapping::code(&row.chain_kind)?, row.chain_id),
        sequence: row.sequence,
        operation: mapping::code(&row.operation)?,
        actor: row.actor_id.map(Into::into),
        by_system: row.actor_kind == SYSTEM,
        occurred_at: row.occurred_at,
        recorded_at: row.recorded_at,
        event: row.event,
        input_hash: row.input_hash,
        prev_hash: row.prev_hash,
        hash: row.hash,
    })
}
