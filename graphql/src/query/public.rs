//! What anybody may ask: the programme, its themes, and totals in which no award is named.

use async_graphql::{Context, Object, Result};
use store::read::programme;

use crate::fault::fault;
use crate::object::{Programme, PublicTotal, Theme};
use crate::session::Session;

/// The public part of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PublicQuery;

#[Object]
impl PublicQuery {
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
}
