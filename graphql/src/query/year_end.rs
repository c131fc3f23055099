//! The end of a budget year, before it is closed.

use std::collections::BTreeMap;

use async_graphql::{Context, Object, Result};
use domain::calendar::FiscalYear;
use domain::closing::Slip;
use domain::id::ThemeId;
use store::read::{slip, year_end};

use crate::fault::refused;
use crate::mutation::{CarryOverInput, year_end as asked};
use crate::node_id::Id;
use crate::object::{SlipForecast, YearEndPreview};
use crate::refusal::Refused;
use crate::session::Session;

/// The year end of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct YearEndQuery;

#[Object]
impl YearEndQuery {
    /// What closing a budget year of a theme would do today, and what stands against it: the very plan
    /// that `closeYear` with the same input posts. Null for whoever does not work with the theme's
    /// books, and where the theme has no envelope of the year. An input that `closeYear` would refuse
    /// is an error here, with the refusal's code.
    async fn year_end_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The theme.")] theme: Id<ThemeId>,
        #[graphql(desc = "The fiscal year, by the calendar year in which it begins (April).")]
        budget_year: i32,
        #[graphql(desc = "What would be carried over; at most 200.", default)] carry_overs: Vec<
            CarryOverInput,
        >,
    ) -> Result<Option<YearEndPreview>> {
        let session = Session::of(ctx)?;
        let no = |because: Refused| refused(because, session.language);
        let (year, carry_overs) = asked(budget_year, carry_overs).map_err(no)?;
        let (sight, today) = (session.sight()?, session.today());
        let of = (theme.0, year);
        let previewed = session
            .read(|store| year_end::preview(store.reads(), &sight, of, &carry_overs, today))
            .await?;
        let previewed = previewed.transpose();
        let previewed = previewed.map_err(|rule| no(rule.into()))?;
        Ok(previewed.map(YearEndPreview))
    }

    /// Early warning: what of each budget year's money of a theme is still to be paid, and what of it
    /// will be paid too late for the year as things stand. Null for whoever does not work with the
    /// theme's books.
    async fn slip(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The theme.")] theme: Id<ThemeId>,
    ) -> Result<Option<Vec<SlipForecast>>> {
        let session = Session::of(ctx)?;
        let (sight, now) = (session.sight()?, session.now);
        let found = session
            .read(|store| slip::of_theme(store.reads(), &sight, theme.0, now))
            .await?;
        let years = |years: BTreeMap<FiscalYear, Slip>| {
            let years = years.iter();
            years
                .map(|(year, slip)| SlipForecast::of(*year, slip))
                .collect()
        };
        Ok(found.map(years))
    }
}
