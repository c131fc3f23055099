//! What was paid and is not fixed yet.

use async_graphql::{Context, InputObject, Object, Result};
use domain::calendar::FiscalYear;
use domain::id::{AwardId, ThemeId};
use store::read::ageing::{self, AgeingFilter as Filter, AgeingKey, PaidNotFixed as View};

use crate::connection::{Connection, Cursor, asked, page};
use crate::node_id::Id;
use crate::object::PaidNotFixed;
use crate::session::Session;

/// The code of the one order of lines.
const BY_AGE: &str = "PAID_NOT_FIXED_BY_AGE";

/// The ageing list of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AgeingQuery;

/// Which part of the ageing list is shown.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct AgeingFilter {
    /// Only this theme.
    theme: Option<Id<ThemeId>>,
    /// Only this award.
    award: Option<Id<AwardId>>,
    /// Only what this fiscal year paid, by the calendar year in which it begins (April).
    budget_year: Option<i32>,
}

#[Object]
impl AgeingQuery {
    /// What was paid and is not fixed yet (未確定額), by award and budget year, the oldest first: of the
    /// awards whose books the viewer works with.
    async fn paid_but_not_fixed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which part.", default)] filter: AgeingFilter,
    ) -> Result<Connection<PaidNotFixed>> {
        let session = Session::of(ctx)?;
        let (sight, today) = (session.sight()?, session.today());
        let filter = Filter {
            theme: filter.theme.map(|theme| theme.0),
            award: filter.award.map(|award| award.0),
            budget_year: filter.budget_year.map(FiscalYear::new),
        };
        let key = |parts: &[String]| match parts {
            [since, award, year] => {
                Some((since.parse().ok()?, award.parse().ok()?, year.parse().ok()?))
            }
            _ => None,
        };
        let (first, after) = asked::<AgeingKey>(first, after.as_deref(), BY_AGE, key)?;
        let page_of = (first, after);
        let rows = session
            .read(|store| ageing::paid_but_not_fixed(store.reads(), &sight, &filter, page_of))
            .await?;
        let cursor = |row: &View| {
            let (since, year) = (row.since.to_string(), row.budget_year.to_string());
            Cursor::new(BY_AGE, [since, row.award.to_string(), year])
        };
        let node = |view| PaidNotFixed { view, today };
        Ok(page(rows, first, after.is_some(), cursor, node))
    }
}
