//! The portfolio: how far the awards are, how late, and what that does to a year's budget.

use async_graphql::{Context, InputObject, Object, Result};
use domain::calendar::FiscalYear;
use domain::id::ThemeId;
use store::read::portfolio::{self, PortfolioFilter as Filter};

use crate::node_id::Id;
use crate::object::PortfolioLine;
use crate::session::Session;

/// The portfolio of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PortfolioQuery;

/// Which part of the portfolio is shown.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct PortfolioFilter {
    /// Only this theme.
    theme: Option<Id<ThemeId>>,
    /// Only what the budget of this fiscal year pays, by the calendar year in which it begins
    /// (April).
    budget_year: Option<i32>,
}

#[Object]
impl PortfolioQuery {
    /// The portfolio by theme, stage and budget year, in that order: where the milestones stand, how
    /// late they run, and which money that takes past the end of its fiscal year. For officers,
    /// directors, finance and auditors, within their scope; empty for everybody else.
    async fn portfolio(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part; all of it when absent.")] filter: Option<PortfolioFilter>,
    ) -> Result<Vec<PortfolioLine>> {
        let session = Session::of(ctx)?;
        let filter = filter.unwrap_or_default();
        let filter = Filter {
            theme: filter.theme.map(|theme| theme.0),
            budget_year: filter.budget_year.map(FiscalYear::new),
        };
        let (sight, today) = (session.sight()?, session.today());
        let lines = session
            .read(|store| portfolio::lines(store.reads(), &sight, filter, today))
            .await?;
        Ok(lines.into_iter().map(PortfolioLine).collect())
    }
}
