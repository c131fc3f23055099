//! The disbursement report, and two of them compared, line by line in the order of the releases' ids.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::TrancheId;
use domain::report::{DisbursementChange, DisbursementLine, DisbursementStatementLine};
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, Order};
use uuid::Uuid;

use super::body::bodies;
use super::compared::{Two, changes};
use super::{Books, Page, ROWS_MAX, Seen};
use crate::entity::tranche_release;
use crate::error::Error;
use crate::read::disbursement::{self, DisbursementFilter, RELEASE, Row};
use crate::read::passage;

/// The lines after the release `after` that `filter` asks for; its own instant is not looked at.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn disbursements(
    db: &impl ConnectionTrait,
    books: &Books,
    filter: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<DisbursementStatementLine, Uuid>, Error> {
    page(db, books, filter, (after, None)).await
}

/// What became of the releases after the release `after` from the books of `before` to those of `now`,
/// of the lines that `filter` asks for.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn disbursement_changes(
    db: &impl ConnectionTrait,
    (before, now): Two<'_>,
    filter: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<DisbursementChange, Uuid>, Error> {
    // What was released by then is released by now: the later books say which releases there are.
    let (lines, next) = page(db, now, filter, (after, None)).await?;
    if next.is_none() {
        return Ok((Vec::new(), None));
    }
    let earlier = page(db, before, filter, (after, next)).await?.0;
    let name = |line: &DisbursementStatementLine| line.line.release;
    Ok((changes(earlier, lines, name), next))
}

/// The lines after one release, and up to another one where it is named.
async fn page(
    db: &impl ConnectionTrait,
    books: &Books,
    filter: &DisbursementFilter,
    (after, until): (Option<Uuid>, Option<Uuid>),
) -> Result<Page<DisbursementStatementLine, Uuid>, Error> {
    let filter = DisbursementFilter {
        as_of: Some(books.as_of),
        ..*filter
    };
    // The key comes from every release, whether its line is asked for or not: else a page of which
    // nothing is asked for would end the file.
    let mut releases = disbursement::releases(&books.sight, &filter);
    releases
        .and_where_option(after.map(|last| tranche_release::Column::Id.gt(last)))
        .and_where_option(until.map(|last| tranche_release::Column::Id.lte(last)))
        .order_by_expr(tranche_release::Column::Id.into_expr(), Order::Asc)
        .limit(ROWS_MAX);
    let rows = placed(db, releases, filter.as_of).await?;
    let next = rows.last().map(Row::release);
    let mut lines = Vec::new();
    for row in rows {
        let line = disbursement::line(row)?;
        if line.amount.is_positive() && filter.admits(&line) {
            lines.push(line);
        }
    }
    let ids: Vec<Uuid> = lines.iter().map(|line| line.organization.uuid()).collect();
    let bodies = bodies(db, &ids).await?;
    let lines = lines.into_iter().map(|line| {
        let nobody = || Error::corrupt(format_args!("{} has no body", line.award_number));
        let body = bodies.get(&line.organization.uuid()).cloned();
        let body = body.ok_or_else(nobody)?;
        Ok(DisbursementStatementLine { line, body })
    });
    Ok((lines.collect::<Result<_, Error>>()?, next))
}

/// The lines of the releases of `awards` that stand, by their tranches.
pub(super) async fn by_tranche(
    db: &impl ConnectionTrait,
    (sight, as_of): Seen<'_>,
    awards: &[Uuid],
) -> Result<BTreeMap<TrancheId, DisbursementLine>, Error> {
    let filter = DisbursementFilter {
        as_of: Some(as_of),
        ..DisbursementFilter::default()
    };
    let of_awards = tranche_release::Column::AwardId.is_in(awards.iter().copied());
    let mut releases = disbursement::releases(sight, &filter);
    releases.and_where(of_awards);
    let mut lines = BTreeMap::new();
    for row in placed(db, releases, filter.as_of).await? {
        let line = disbursement::line(row)?;
        if line.amount.is_positive() {
            lines.insert(line.tranche, line);
        }
    }
    Ok(lines)
}

/// `releases` with where their money is, in the order of their ids.
async fn placed(
    db: &impl ConnectionTrait,
    releases: SelectStatement,
    as_of: Option<DateTime<Utc>>,
) -> Result<Vec<Row>, Error> {
    let mut statement = Query::select();
    for name in RELEASE.into_iter().chain(passage::NAMES) {
        statement.column(Alias::new(name));
    }
    statement
        .from_subquery(
            passage::placed(releases, &RELEASE, as_of),
            Alias::new("line"),
        )
        .order_by_expr(Expr::col(Alias::new("release_id")), Order::Asc);
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    Ok(rows)
}
