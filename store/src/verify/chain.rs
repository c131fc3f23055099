//! Follows every audit chain from its first event, and looks for rows that no audited command wrote.

use domain::access::RootKind;
use domain::finding::FindingCode;
use sea_orm::sea_query::Expr;
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::Verification;
use crate::audit::hash_of;
use crate::entity::audit_event;
use crate::error::Error;
use crate::mapping;

/// Tables whose every row was made by an audited command: all that have rows of their own, except
/// `programme`, which stands before any command can be run.
const AUDITED: [&str; 45] = [
    "affiliation",
    "award",
    "budget",
    "conflict_declaration",
    "decided_amount",
    "determination",
    "envelope",
    "evidence",
    "gate",
    "gate_condition",
    "gate_decision",
    "gate_member",
    "gate_template",
    "ledger_transfer",
    "milestone",
    "milestone_version",
    "organization",
    "organization_identifier",
    "payee_account",
    "payment_batch",
    "payment_instruction",
    "person",
    "plan_version",
    "policy_version",
    "receipt",
    "receipt_refund",
    "recommendation",
    "recusal",
    "report",
    "report_answer",
    "report_version",
    "return_charge",
    "return_order",
    "return_reduction",
    "role_grant",
    "service_token",
    "settlement_file",
    "settlement_line",
    "sign_off",
    "site_visit",
    "submission",
    "tax_credit_return",
    "theme",
    "tranche",
    "tranche_release",
];

/// Events a page.
const ROWS: u64 = 2_000;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    let mut last: Option<audit_event::Model> = None;
    loop {
        let page = page_after(db, Condition::all(), last.as_ref()).await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            verification.count("audit events");
            for fault in faults(last.as_ref(), &event) {
                let place = format!(
                    "{} {} event {}",
                    event.chain_kind, event.chain_id, event.sequence
                );
                verification.find(FindingCode::AuditChainBroken, place, fault);
            }
            last = Some(event);
        }
    }
    for table in AUDITED {
        check_audited(db, table, verification).await?;
    }
    Ok(())
}

/// One audit chain, computed again from its first event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// What it belongs to.
    pub root: (RootKind, Uuid),
    /// How many events it has.
    pub length: u64,
    /// The place of the first event that was altered or does not follow; none in an intact chain.
    pub broken_at: Option<i64>,
    /// The hash of its last event.
    pub head: String,
}

/// Follows the one chain whose events fulfil `chain`; none without an event.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn follow(
    db: &impl ConnectionTrait,
    chain: Condition,
) -> Result<Option<ChainReport>, Error> {
    let mut last: Option<audit_event::Model> = None;
    let (mut length, mut broken_at) = (0_u64, None);
    loop {
        let page = page_after(db, chain.clone(), last.as_ref()).await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            length = length.saturating_add(1);
            if broken_at.is_none() && !faults(last.as_ref(), &event).is_empty() {
                broken_at = Some(event.sequence);
            }
            last = Some(event);
        }
    }
    last.map(|last| {
        Ok(ChainReport {
            root: (mapping::code(&last.chain_kind)?, last.chain_id),
            length,
            broken_at,
            head: last.hash,
        })
    })
    .transpose()
}

/// The next events that fulfil `asked`, chain by chain, each chain from its beginning.
async fn page_after(
    db: &impl ConnectionTrait,
    asked: Condition,
    last: Option<&audit_event::Model>,
) -> Result<Vec<audit_event::Model>, Error> {
    use audit_event::Column::{ChainId, ChainKind, Sequence};
    let mut select = audit_event::Entity::find()
        .filter(asked)
        .order_by_asc(ChainKind)
        .order_by_asc(ChainId)
        .order_by_asc(Sequence)
        .limit(ROWS);
    if let Some(last) = last {
        // Compared as one: of comparisons joined by OR PostgreSQL makes no place to start from, and
        // every page would walk over all those before it.
        let place = [ChainKind, ChainId, Sequence].map(Expr::col);
        let known = [
            Expr::value(last.chain_kind.as_str()),
            Expr::value(last.chain_id),
            Expr::value(last.sequence),
        ];
        select = select.filter(Expr::tuple(place).gt(Expr::tuple(known)));
    }
    Ok(select.all(db).await?)
}

/// What is wrong with an event after the one before it in the order of chains.
fn faults(before: Option<&audit_event::Model>, event: &audit_event::Model) -> Vec<&'static str> {
    let chain = |event: &audit_event::Model| (event.chain_kind.clone(), event.chain_id);
    let follows = match before.filter(|before| chain(before) == chain(event)) {
        None => event.sequence == 1 && event.prev_hash.is_none(),
        Some(before) => {
            event.sequence == before.sequence + 1 && event.prev_hash.as_ref() == Some(&before.hash)
        }
    };
    let altered = event.hash != hash_of(event);
    [
        altered.then_some("the event was altered"),
        (!follows).then_some("it does not follow the event before it"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A row of a table, and the command that wrote it.
#[derive(FromQueryResult)]
struct Unaudited {
    id: Uuid,
    command_id: Uuid,
}

async fn check_audited(
    db: &impl ConnectionTrait,
    table: &'static str,
    verification: &mut Verification,
) -> Result<(), Error> {
    // The table's name is one of ours; nothing that anyone sent is in this text.
    let text = format!(
        "SELECT t.id, t.command_id FROM {table} t WHERE NOT EXISTS \
         (SELECT 1 FROM audit_event e WHERE e.command_id = t.command_id) ORDER BY t.id"
    );
    let backend: DbBackend = db.get_database_backend();
    let rows = Unaudited::find_by_statement(Statement::from_string(backend, text))
        .all(db)
        .await?;
    for row in rows {
        let detail = format!("command {} is in no audit chain", row.command_id);
        verification.find(
            FindingCode::CommandUnaudited,
            format!("{table} {}", row.id),
            detail,
        );
    }
    Ok(())
}
