//! Awards and gates, one by one and as lists, and whatever has an id.

use async_graphql::{Context, ID, Object, Result};
use store::read::award;

use super::{AwardFilter, AwardOrder, GateFilter, list};
use crate::connection::Connection;
use crate::object::{AnyNode, Award, Gate, ViewerObject};
use crate::session::Session;

/// The casework of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CaseworkQuery;

#[Object]
impl CaseworkQuery {
    /// Whoever is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<ViewerObject> {
        Session::of(ctx)?.viewer().map(|_| ViewerObject)
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
        let today = session.today();
        let found = session
            .read(|store| award::by_number(store.reads(), &sight, &number, today))
            .await?;
        Ok(found.map(Award))
    }

    /// The awards that the viewer sees, page by page.
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page; of the same order only.")]
        after: Option<String>,
        #[graphql(desc = "Which awards; all of them when absent.")] filter: Option<AwardFilter>,
        #[graphql(desc = "In which order; by number when absent.")] order_by: Option<AwardOrder>,
    ) -> Result<Connection<Award>> {
        let filter = filter.unwrap_or_default();
        let order = order_by.unwrap_or(AwardOrder::Number);
        list::awards(ctx, (first, after), filter, order).await
    }

    /// The gates that the viewer sees, page by page, the oldest first.
    async fn gates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which gates; all of them when absent.")] filter: Option<GateFilter>,
    ) -> Result<Connection<Gate>> {
        list::gates(ctx, (first, after), filter.unwrap_or_default()).await
    }
}
