//! What was paid out of which year's money: the disbursement report and the envelopes.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::SecondsFormat;
use domain::FaultCode;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, OrganizationId, ThemeId};
use domain::report::{DisbursementKey, DisbursementLine as Line};
use domain::tranche::{TrancheKind, TrancheState};
use store::read::disbursement::{self, Compared, LineChange, LineKey};
use store::read::envelope;

use super::books::{closed, earlier};
use crate::coded::Coded;
use crate::connection::{Connection, Cursor, asked, page, with_fields};
use crate::fault::coded;
use crate::node_id::Id;
use crate::object::{DisbursementChange, DisbursementLine, DisbursementReport, Envelope, Reading};
use crate::scalar::{Date, Instant};
use crate::session::Session;

/// The code of the one order of lines.
const BY_RELEASE: &str = "DISBURSEMENTS_BY_RELEASE";

/// Which lines a disbursement report has. Budget year and value date are different things: whose
/// money it is, and when it moved.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct DisbursementFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those out of this fiscal year's budget, by the calendar year in which it begins (April).
    budget_year: Option<i32>,
    /// Only those of this award.
    award: Option<Id<AwardId>>,
    /// Only those of this body.
    organization: Option<Id<OrganizationId>>,
    /// Only those of this kind.
    kind: Option<Coded<TrancheKind>>,
    /// Only those whose money has come this far.
    state: Option<Coded<TrancheState>>,
    /// Only those with a value date on this day or later.
    value_from: Option<Date>,
    /// Only those with a value date on this day or earlier.
    value_until: Option<Date>,
}

impl From<DisbursementFilter> for disbursement::DisbursementFilter {
    fn from(filter: DisbursementFilter) -> Self {
        Self {
            theme: filter.theme.map(|theme| theme.0),
            budget_year: filter.budget_year.map(FiscalYear::new),
            award: filter.award.map(|award| award.0),
            organization: filter.organization.map(|body| body.0),
            kind: filter.kind.map(|kind| kind.0),
            state: filter.state.map(|state| state.0),
            value_from: filter.value_from.map(|day| day.0),
            value_until: filter.value_until.map(|day| day.0),
            as_of: None,
        }
    }
}

/// Changes of which lines are shown. Not by state or value date: a line whose money moved on would leave the
/// report, and could not be told from a revoked one.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct DisbursementChangeFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those out of this fiscal year's budget, by the calendar year in which it begins (April).
    budget_year: Option<i32>,
    /// Only those of this award.
    award: Option<Id<AwardId>>,
    /// Only those of this body.
    organization: Option<Id<OrganizationId>>,
    /// Only those of this kind.
    kind: Option<Coded<TrancheKind>>,
}

impl From<DisbursementChangeFilter> for disbursement::DisbursementFilter {
    fn from(filter: DisbursementChangeFilter) -> Self {
        let DisbursementChangeFilter {
            theme,
            budget_year,
            award,
            organization,
            kind,
        } = filter;
        let lines = DisbursementFilter {
            theme,
            budget_year,
            award,
            organization,
            kind,
            ..DisbursementFilter::default()
        };
        lines.into()
    }
}

/// Which envelopes a list shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
struct EnvelopeFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those of this fiscal year, by the calendar year in which it begins (April).
    fiscal_year: Option<i32>,
}

/// The place of a release, out of a cursor.
fn release_key(parts: &[String]) -> Option<LineKey> {
    match parts {
        [at, id] => Some((at.parse().ok()?, id.parse().ok()?)),
        _ => None,
    }
}

/// The cursor of a release at this place.
fn release_cursor((at, release): LineKey) -> Cursor {
    let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    Cursor::new(BY_RELEASE, [at, release.to_string()])
}

/// The money of the root.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MoneyQuery;

#[Object]
impl MoneyQuery {
    /// What was released and stands, line by line, in the order of the releases: of the awards that
    /// the viewer sees whole.
    async fn disbursements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "Which lines.", default)] filter: DisbursementFilter,
        #[graphql(
            desc = "As the books stood at this instant, by the time of recording, the same for \
                    ever; at least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Connection<DisbursementLine, Reading>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let filter = disbursement::DisbursementFilter {
            as_of: closed(session, as_of)?,
            ..filter.into()
        };
        let (first, after) = asked::<LineKey>(first, after.as_deref(), BY_RELEASE, release_key)?;
        let has_previous = after.is_some();
        let page_of = (first, after);
        let rows = session
            .read(|store| disbursement::lines(store.reads(), &sight, &filter, page_of))
            .await?;
        let cursor = |line: &Line| release_cursor((line.released_at, line.release.uuid()));
        let page = page(rows, first, has_previous, cursor, DisbursementLine);
        Ok(with_fields(page, Reading::of(filter.as_of)))
    }

    /// What became of the lines of the disbursement report since an instant, in the order of the releases: of
    /// the awards that the viewer sees whole.
    async fn disbursement_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
        #[graphql(desc = "The earlier instant, by the time of recording.")] since: Instant,
        #[graphql(desc = "Changes of which lines.", default)] filter: DisbursementChangeFilter,
        #[graphql(
            desc = "The later instant, by the time of recording: at least 30 seconds ago, and then the \
                    changes are the same for ever. As the books are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Connection<DisbursementChange, Reading>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let as_of = closed(session, as_of)?;
        let compared = Compared {
            filter: filter.into(),
            since: earlier(session, since, as_of)?,
            as_of,
        };
        let (first, after) = asked::<LineKey>(first, after.as_deref(), BY_RELEASE, release_key)?;
        let has_previous = after.is_some();
        let page_of = (first, after);
        let rows = session
            .read(|store| disbursement::changes(store.reads(), &sight, &compared, page_of))
            .await?;
        let cursor = |change: &LineChange| release_cursor(change.key);
        let page = page(rows, first, has_previous, cursor, DisbursementChange);
        Ok(with_fields(page, Reading::of(as_of)))
    }

    /// What was released and stands, gathered by any of theme, budget year, award, body, kind and
    /// state: of the awards that the viewer sees whole.
    async fn disbursement_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what the lines are gathered; with nothing, all of them together.")]
        by: Vec<Coded<DisbursementKey>>,
        #[graphql(desc = "Which lines.", default)] filter: DisbursementFilter,
        #[graphql(
            desc = "As the books stood at this instant, by the time of recording, the same for \
                    ever; at least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<DisbursementReport> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let as_of = closed(session, as_of)?;
        let filter = disbursement::DisbursementFilter {
            as_of,
            ..filter.into()
        };
        let by: Vec<DisbursementKey> = by.into_iter().map(|key| key.0).collect();
        let report = session
            .read(|store| disbursement::report(store.reads(), &sight, &by, &filter))
            .await?;
        let report = report.ok_or_else(|| coded(FaultCode::ReportTooWide))?;
        Ok(DisbursementReport { report, as_of })
    }

    /// The envelopes of the themes whose books the viewer works with, by fiscal year and theme.
    async fn envelopes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which envelopes.", default)] filter: EnvelopeFilter,
        #[graphql(
            desc = "As the books stood at this instant, by the time of recording, the same for \
                    ever; at least 30 seconds ago. As they are now when absent."
        )]
        as_of: Option<Instant>,
    ) -> Result<Vec<Envelope>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let as_of = closed(session, as_of)?;
        let filter = envelope::EnvelopeFilter {
            theme: filter.theme.map(|theme| theme.0),
            fiscal_year: filter.fiscal_year.map(FiscalYear::new),
            as_of,
        };
        let lines = session
            .read(|store| envelope::list(store.reads(), &sight, &filter))
            .await?;
        Ok(lines
            .into_iter()
            .map(|line| Envelope { line, as_of })
            .collect())
    }
}
