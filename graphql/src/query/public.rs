//! What anybody may ask: the programme, its themes, and totals in which no award is named.

use async_graphql::{Context, Object, Result};
use store::read::programme;

use crate::object::{Programme, PublicTotal, Theme};
use crate::session::Session;

/// The public part of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PublicQuery;

#[Object]
impl PublicQuery {
    /// The programme. Public.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Programme>> {
        let programmes = Session::of(ctx)?
            .read(|store| programme::programmes(store.reads()))
            .await?;
        Ok(programmes.into_iter().next().map(Programme))
    }

    /// The published themes, by code. Public.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Theme>> {
        let themes = Session::of(ctx)?
            .read(|store| programme::themes(store.reads()))
            .await?;
        Ok(themes.into_iter().map(Theme).collect())
    }

    /// Awards, milestones passed, committed and released amounts by theme and fiscal year, in that order. Public.
    async fn public_totals(&self, ctx: &Context<'_>) -> Result<Vec<PublicTotal>> {
        let totals = Session::of(ctx)?
            .read(|store| programme::public_totals(store.reads()))
            .await?;
        Ok(totals.into_iter().map(PublicTotal).collect())
    }
}
