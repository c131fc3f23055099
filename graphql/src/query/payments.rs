//! Accounts, batches and answers of the bank, as lists.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::OrganizationId;
use domain::payment::{BatchState, PayeeAccountState};
use store::read::batch::{self, BatchView, InstructionView, SettlementLineView, TimeKey};
use store::read::payee::{self, AccountKey, PayeeAccountView};
use store::read::receipt;
use uuid::Uuid;

use crate::coded::Coded;
use crate::connection::{Connection, Cursor, asked, page};
use crate::node_id::Id;
use crate::object::{PayeeAccount, Payment, PaymentBatch, Receipt, SettlementLine};
use crate::session::Session;

/// The code of the order of accounts.
const ACCOUNTS_BY_BODY: &str = "ACCOUNTS_BY_BODY";

/// The code of the order of batches.
const BATCHES_BY_PREPARING: &str = "BATCHES_BY_PREPARING";

/// The code of the order of payments that wait for the bank.
const PAYMENTS_BY_SENDING: &str = "PAYMENTS_BY_SENDING";

/// The code of the order of answers that wait for a person.
const ANSWERS_BY_RECORDING: &str = "ANSWERS_BY_RECORDING";

/// The payments of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PaymentQuery;

#[Object]
impl PaymentQuery {
    /// The accounts of one's own body, and of all bodies for those who work with the books of the
    /// programme: every version, body by body, the latest of each first.
    async fn payee_accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Only those of this body.")] organization: Option<Id<OrganizationId>>,
        #[graphql(desc = "Only those in this state.")] state: Option<Coded<PayeeAccountState>>,
    ) -> Result<Connection<PayeeAccount>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), ACCOUNTS_BY_BODY, account_key)?;
        let has_previous = after.is_some();
        let (body, state) = (organization.map(|body| body.0), state.map(|state| state.0));
        let page_of = (first, after);
        let rows = session
            .read(|store| payee::page(store.reads(), &sight, body, state, page_of))
            .await?;
        let cursor = |view: &PayeeAccountView| {
            let key = [view.organization.to_string(), view.version.to_string()];
            Cursor::new(ACCOUNTS_BY_BODY, key)
        };
        Ok(page(rows, first, has_previous, cursor, PayeeAccount))
    }

    /// The money that came in from a body for returns, in the order of its recording.
    async fn receipts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The body.")] organization: Id<OrganizationId>,
    ) -> Result<Vec<Receipt>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let found = session
            .read(|store| receipt::of_body(store.reads(), &sight, organization.0))
            .await?;
        Ok(found.into_iter().map(Receipt).collect())
    }

    /// Payment batches, the latest first; those that wait for their approval with `state: PREPARED`.
    async fn payment_batches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Only those in this state.")] state: Option<Coded<BatchState>>,
    ) -> Result<Connection<PaymentBatch>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), BATCHES_BY_PREPARING, key)?;
        let has_previous = after.is_some();
        let (state, page_of) = (state.map(|state| state.0), (first, after));
        let rows = session
            .read(|store| batch::page(store.reads(), &sight, state, page_of))
            .await?;
        let cursor =
            |view: &BatchView| cursor(BATCHES_BY_PREPARING, view.prepared_at, view.id.uuid());
        Ok(page(rows, first, has_previous, cursor, PaymentBatch))
    }

    /// Payments that the bank has and of which it said nothing yet, the longest waiting first.
    async fn sent_unsettled(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
    ) -> Result<Connection<Payment>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), PAYMENTS_BY_SENDING, key)?;
        let has_previous = after.is_some();
        let page_of = (first, after);
        let rows = session
            .read(|store| batch::sent_unsettled(store.reads(), &sight, page_of))
            .await?;
        let cursor =
            |view: &InstructionView| cursor(PAYMENTS_BY_SENDING, view.state_since, view.id.uuid());
        Ok(page(rows, first, has_previous, cursor, Payment))
    }

    /// Answers of the bank that fit no payment, or contradict what is on record, the longest waiting
    /// first; for those who work with the books of the whole programme.
    async fn unmatched_settlements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
    ) -> Result<Connection<SettlementLine>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let (first, after) = asked(first, after.as_deref(), ANSWERS_BY_RECORDING, key)?;
        let has_previous = after.is_some();
        let page_of = (first, after);
        let rows = session
            .read(|store| batch::unmatched(store.reads(), &sight, page_of))
            .await?;
        let cursor = |view: &SettlementLineView| {
            cursor(ANSWERS_BY_RECORDING, view.recorded_at, view.id.uuid())
        };
        Ok(page(rows, first, has_previous, cursor, SettlementLine))
    }
}

fn account_key(parts: &[String]) -> Option<AccountKey> {
    match parts {
        [body, version] => Some((body.parse::<Uuid>().ok()?.into(), version.parse().ok()?)),
        _ => None,
    }
}

fn key(parts: &[String]) -> Option<TimeKey> {
    match parts {
        [at, id] => Some((at.parse().ok()?, id.parse().ok()?)),
        _ => None,
    }
}

fn cursor(order: &str, at: DateTime<Utc>, id: Uuid) -> Cursor {
    let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    Cursor::new(order, [at, id.to_string()])
}
