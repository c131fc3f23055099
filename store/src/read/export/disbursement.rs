//! The disbursement report, line by line in the order of the releases' ids.

use domain::report::DisbursementStatementLine;
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, Order};
use uuid::Uuid;

use super::body::bodies;
use super::{Books, Page, ROWS_MAX};
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
    let filter = DisbursementFilter {
        as_of: Some(books.as_of),
        ..*filter
    };
    // The key comes from every release, whether its line is asked for or not: else a page of which
    // nothing is asked for would end the file.
    let mut releases = disbursement::releases(&books.sight, &filter);
    releases
        .and_where_option(after.map(|last| tranche_release::Column::Id.gt(last)))
        .order_by_expr(tranche_release::Column::Id.into_expr(), Order::Asc)
        .limit(ROWS_MAX);
    let mut statement = Query::select();
    for name in RELEASE.into_iter().chain(passage::NAMES) {
        statement.column(Alias::new(name));
    }
    statement
        .from_subquery(
            passage::placed(releases, &RELEASE, filter.as_of),
            Alias::new("line"),
        )
        .order_by_expr(Expr::col(Alias::new("release_id")), Order::Asc);
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
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
