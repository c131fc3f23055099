//! The root of the queries.

use async_graphql::{Context, Object, Result};
use store::read::programme;

use crate::fault::fault;
use crate::object::{Programme, PublicTotal, Theme, ViewerObject};
use crate::session::Session;

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
}
