//! Tranches over all awards: what may be released, and what stands against the rest.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::SecondsFormat;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, ThemeId};
use domain::tranche::{BlockerCode, TrancheKind, TrancheState};
use store::read::tranche::{self, Judged, TrancheKey};

use crate::coded::Coded;
use crate::connection::{Cursor, Sifted, asked, page};
use crate::node_id::Id;
use crate::object::Tranche;
use crate::session::Session;

/// The code of the one order of tranches.
const BY_WAITING: &str = "TRANCHES_BY_WAITING";

/// Which releasable tranches a list shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct ReleasableTrancheFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those of this award.
    award: Option<Id<AwardId>>,
    /// Only those of this kind.
    kind: Option<Coded<TrancheKind>>,
    /// Only those out of this fiscal year's budget, by the calendar year in which it begins (April).
    budget_year: Option<i32>,
}

/// Which tranches a list shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct TrancheFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those of this award.
    award: Option<Id<AwardId>>,
    /// Only those of this kind.
    kind: Option<Coded<TrancheKind>>,
    /// Only those in this state.
    state: Option<Coded<TrancheState>>,
    /// Only those out of this fiscal year's budget, by the calendar year in which it begins (April).
    budget_year: Option<i32>,
    /// Only those not released against whose release this stands today.
    blocked_by: Option<Coded<BlockerCode>>,
}

impl From<ReleasableTrancheFilter> for tranche::TrancheFilter {
    fn from(filter: ReleasableTrancheFilter) -> Self {
        Self {
            theme: filter.theme.map(|theme| theme.0),
            award: filter.award.map(|award| award.0),
            kind: filter.kind.map(|kind| kind.0),
            state: None,
            budget_year: filter.budget_year.map(FiscalYear::new),
            judged: Some(Judged::Releasable),
        }
    }
}

impl From<TrancheFilter> for tranche::TrancheFilter {
    fn from(filter: TrancheFilter) -> Self {
        Self {
            theme: filter.theme.map(|theme| theme.0),
            award: filter.award.map(|award| award.0),
            kind: filter.kind.map(|kind| kind.0),
            state: filter.state.map(|state| state.0),
            budget_year: filter.budget_year.map(FiscalYear::new),
            judged: filter.blocked_by.map(|code| Judged::BlockedBy(code.0)),
        }
    }
}

/// The tranches of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TrancheQuery;

#[Object]
impl TrancheQuery {
    /// The tranches that could be released today, the longest waiting first; `payableCalculation`
    /// says what would be released. Whoever releases one must be another than its panel and its
    /// decider. A page may be short: go on while there is a next one.
    async fn releasable_tranches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which tranches.", default)] filter: ReleasableTrancheFilter,
    ) -> Result<Sifted<Tranche>> {
        tranches(ctx, (first, after), filter.into()).await
    }

    /// The tranches of the awards that the viewer sees whole, the longest waiting first. With
    /// `blockedBy` a page may be short: go on while there is a next one.
    async fn tranches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which tranches.", default)] filter: TrancheFilter,
    ) -> Result<Sifted<Tranche>> {
        tranches(ctx, (first, after), filter.into()).await
    }
}

async fn tranches(
    ctx: &Context<'_>,
    (first, after): (i32, Option<String>),
    filter: tranche::TrancheFilter,
) -> Result<Sifted<Tranche>> {
    let session = Session::of(ctx)?;
    let sight = session.sight()?;
    let key = |parts: &[String]| match parts {
        [at, id] => Some((at.parse().ok()?, id.parse().ok()?)),
        _ => None,
    };
    let (first, after) = asked::<TrancheKey>(first, after.as_deref(), BY_WAITING, key)?;
    let has_previous = after.is_some();
    let (page_of, now) = ((first, after), session.now);
    let found = session
        .read(|store| tranche::page(store.reads(), &sight, &filter, page_of, now))
        .await?;
    let cursor = |(at, id): &TrancheKey| {
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        Cursor::new(BY_WAITING, [at, id.to_string()])
    };
    let next = found.next.as_ref().map(cursor);
    let rows = page(
        found.rows,
        first,
        has_previous,
        |(place, _)| cursor(place),
        |(_, view)| Tranche(view),
    );
    Ok(Sifted::new(rows, next))
}
