//! Follows every audit chain from its first event, and looks for rows that no audited command wrote.

use domain::finding::FindingCode;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::Verification;
use crate::audit::hash_of;
use crate::entity::audit_event;
use crate::error::Error;

/// Tables whose every row was made by an audited command: all that have rows of their own, except
/// `programme`, which stands before any command can be run.
const AUDITED: [&str; 28] = [
    "affiliation",
    "award",
    "conflict_declaration",
    "decided_amount",
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
    "person",
    "plan_version",
    "policy_version",
    "recommendation",
    "recusal",
    "role_grant",
    "service_token",
    "sign_off",
    "submission",
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
        let page = page_after(db, last.as_ref()).await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            verification.count("audit events");
            check_event(last.as_ref(), &event, verification);
            last = Some(event);
        }
    }
    for table in AUDITED {
        check_audited(db, table, verification).await?;
    }
    Ok(())
}

/// The next events, chain by chain, each chain from its beginning.
async fn page_after(
    db: &impl ConnectionTrait,
    last: Option<&audit_event::Model>,
) -> Result<Vec<audit_event::Model>, Error> {
    use audit_event::Column::{ChainId, ChainKind, Sequence};
    let mut select = audit_event::Entity::find()
        .order_by_asc(ChainKind)
        .order_by_asc(ChainId)
        .order_by_asc(Sequence)
        .limit(ROWS);
    if let Some(last) = last {
        let same_kind = ChainKind.eq(&last.chain_kind);
        let same_chain = same_kind.clone().and(ChainId.eq(last.chain_id));
        select = select.filter(
            ChainKind
                .gt(&last.chain_kind)
                .or(same_kind.and(ChainId.gt(last.chain_id)))
                .or(same_chain.and(Sequence.gt(last.sequence))),
        );
    }
    Ok(select.all(db).await?)
}

fn check_event(
    before: Option<&audit_event::Model>,
    event: &audit_event::Model,
    verification: &mut Verification,
) {
    let chain = |event: &audit_event::Model| (event.chain_kind.clone(), event.chain_id);
    let before = before.filter(|before| chain(before) == chain(event));
    let place = format!(
        "{} {} event {}",
        event.chain_kind, event.chain_id, event.sequence
    );
    if event.hash != hash_of(event) {
        verification.find(
            FindingCode::AuditChainBroken,
            &place,
            "the event was altered",
        );
    }
    let follows = match before {
        None => event.sequence == 1 && event.prev_hash.is_none(),
        Some(before) => {
            event.sequence == before.sequence + 1 && event.prev_hash.as_ref() == Some(&before.hash)
        }
    };
    if !follows {
        verification.find(
            FindingCode::AuditChainBroken,
            &place,
            "it does not follow the event before it",
        );
    }
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
