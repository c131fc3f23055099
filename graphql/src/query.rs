//! The root of the queries.

mod filter;
mod list;

use async_graphql::{Context, ID, Object, Result};
use chrono::TimeDelta;
use store::read::{award, ledger, programme};

pub(crate) use filter::{AwardFilter, AwardOrder, GateFilter};

use crate::connection::Connection;
use crate::fault::{coded, fault};
use crate::object::{AnyNode, Award, Gate, Ledger, Programme, PublicTotal, Theme, ViewerObject};
use crate::scalar::Instant;
use crate::session::Session;

/// Seconds after which the books of an instant are closed: a command is abandoned well before.
const CLOSED_AFTER_SECONDS: i64 = 30;

/// The root.
#[derive(Debug, Clone, Copy)]
pub struct Query;

/// Everything that can be asked. Without signing in: `programme`, `themes` and `publicTotals`.
#[Object]
impl Query {
    /// Whoever is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<ViewerObject> {
        Session::of(ctx)?.viewer().map(|_| ViewerObject)
    }

    /// The programme. Public.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Programme>> {
        let db = Session::of(ctx)?.store.reads();
        let programmes = programme::programmes(db)
            .await
            .map_err(|error| fault(&error))?;
        Ok(programmes.into_iter().next().map(Programme))
    }

    /// The published themes, by code. Public.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Theme>> {
        let db = Session::of(ctx)?.store.reads();
        let themes = programme::themes(db).await.map_err(|error| fault(&error))?;
        Ok(themes.into_iter().map(Theme).collect())
    }

    /// Awards and released amounts by theme and fiscal year, in that order. Public.
    async fn public_totals(&self, ctx: &Context<'_>) -> Result<Vec<PublicTotal>> {
        let db = Session::of(ctx)?.store.reads();
        let totals = programme::public_totals(db)
            .await
            .map_err(|error| fault(&error))?;
        Ok(totals.into_iter().map(PublicTotal).collect())
    }

    /// Whatever has this id; null alike for what does not exist and for what is not for these eyes.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that a field `id` answered.")] id: ID,
    ) -> Result<Option<AnyNode>> {
        AnyNode::find(ctx, &id).await
    }

    /// The award with this number.
    async fn award(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number, such as `HTC-R08-SAMD-001`.")] number: String,
    ) -> Result<Option<Award>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let found = award::by_number(session.store.reads(), &sight, &number, session.today()).await;
        Ok(found.map_err(|error| fault(&error))?.map(Award))
    }

    /// The awards that the viewer sees, page by page.
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page; of the same order only.")]
        after: Option<String>,
        #[graphql(desc = "Which awards.", default)] filter: AwardFilter,
        #[graphql(desc = "In which order.", default_with = "AwardOrder::Number")]
        order_by: AwardOrder,
    ) -> Result<Connection<Award>> {
        list::awards(ctx, (first, after), filter, order_by).await
    }

    /// The gates that the viewer sees, page by page, the oldest first.
    async fn gates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which gates.", default)] filter: GateFilter,
    ) -> Result<Connection<Gate>> {
        list::gates(ctx, (first, after), filter).await
    }

    /// The books; null for whoever does not work with them.
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As they stood at this instant, by the time of recording, the same for ever; at \
                    least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Option<Ledger>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let as_of = as_of.map(|instant| instant.0);
        let closed = session.now - TimeDelta::seconds(CLOSED_AFTER_SECONDS);
        if as_of.is_some_and(|instant| instant > closed) {
            return Err(coded(
                "AS_OF_NOT_CLOSED",
                "The books of that instant are not closed yet: it must be 30 seconds ago.",
            ));
        }
        Ok(ledger::is_open_to(&sight).then_some(Ledger { as_of }))
    }
}
