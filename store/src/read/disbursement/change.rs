//! Two disbursement reports compared, page by page: what became of each release between two instants.

use chrono::{DateTime, Utc};
use domain::report::{ChangeKind, DisbursementLine};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{Condition, ConnectionTrait, DbErr, FromQueryResult, JoinType, QueryResult};
use uuid::Uuid;

use super::{DisbursementFilter, LineKey, RELEASE, Row, line, paged, releases};
use crate::error::Error;
use crate::read::Sight;
use crate::read::passage::{self, AMOUNT, BUDGET_YEAR, CURRENCY};

/// The release as it is in the later report.
const NOW: &str = "now";
/// The release as it is in the earlier report, where it was released by then.
const BEFORE: &str = "before";
/// What the columns of the earlier report begin with.
const BEFORE_: &str = "before_";

/// A release of which two reports do not say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// What the earlier report says; nothing where it has no such line.
    pub before: Option<DisbursementLine>,
    /// What the later report says; nothing where it has no such line.
    pub after: Option<DisbursementLine>,
    /// Its place among the changes.
    pub key: LineKey,
}

/// Which changes are asked for: those of the lines of `filter`, whose state and value dates say nothing here,
/// because a line whose money moved on would leave a report and could not be told from a revoked one.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// The lines.
    pub filter: DisbursementFilter,
    /// The earlier instant.
    pub since: DateTime<Utc>,
    /// The later instant; none for now.
    pub as_of: Option<DateTime<Utc>>,
}

/// As many changes as a page has and one more, after its key, in the order of their releases.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn changes(
    db: &impl ConnectionTrait,
    sight: &Sight,
    compared: &Compared,
    page_of: (u64, Option<LineKey>),
) -> Result<Vec<LineChange>, Error> {
    let report = |as_of| {
        let filter = DisbursementFilter {
            as_of,
            ..compared.filter
        };
        passage::placed(releases(sight, &filter), &RELEASE, as_of)
    };
    let mut statement = Query::select();
    for name in RELEASE.into_iter().chain(passage::NAMES) {
        statement
            .expr_as(of(NOW, name), name)
            .expr_as(of(BEFORE, name), format!("{BEFORE_}{name}"));
    }
    let year = compared.filter.budget_year;
    statement
        .from_subquery(report(compared.as_of), Alias::new(NOW))
        .join_subquery(
            JoinType::LeftJoin,
            report(Some(compared.since)),
            Alias::new(BEFORE),
            of(BEFORE, "release_id").eq(of(NOW, "release_id")),
        )
        .and_where(of(NOW, AMOUNT).gt(0).or(of(BEFORE, AMOUNT).gt(0)))
        .and_where_option(year.map(|year| of(NOW, BUDGET_YEAR).eq(i64::from(year.get()))))
        .cond_where(differ());
    paged(&mut statement, |name| of(NOW, name), page_of);
    let rows = Pair::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    rows.into_iter().map(change).collect()
}

/// That the two reports do not say the same of a release.
fn differ() -> Condition {
    let said = passage::NAMES.into_iter().filter(|name| *name != CURRENCY);
    let new = Condition::any().add(of(BEFORE, "release_id").is_null());
    said.fold(new, |any, name| any.add(of(NOW, name).ne(of(BEFORE, name))))
}

fn of(report: &'static str, name: &'static str) -> Expr {
    Expr::col((Alias::new(report), Alias::new(name)))
}

/// A release in both reports.
struct Pair {
    now: Row,
    before: Option<Row>,
}

impl FromQueryResult for Pair {
    fn from_query_result(found: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let before: Option<Uuid> = found.try_get(BEFORE_, "release_id")?;
        let before = before.map(|_| Row::from_query_result(found, BEFORE_));
        Ok(Self {
            now: Row::from_query_result(found, prefix)?,
            before: before.transpose()?,
        })
    }
}

fn change(Pair { now, before }: Pair) -> Result<LineChange, Error> {
    // One that is revoked is in no report any more.
    let stands = |found: Row| {
        let line = line(found)?;
        Ok::<_, Error>(line.amount.is_positive().then_some(line))
    };
    let key = (now.released_at, now.release_id);
    let before = before.map(stands).transpose()?.flatten();
    let after = stands(now)?;
    let kind = ChangeKind::between(before.as_ref(), after.as_ref());
    let nothing = || Error::corrupt(format_args!("nothing became of release {}", key.1));
    Ok(LineChange {
        kind: kind.ok_or_else(nothing)?,
        before,
        after,
        key,
    })
}
