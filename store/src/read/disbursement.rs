//! The disbursement report, read from dated transfers only: the same statement answers what is and
//! what was.
//!
//! A release that stands is a line. Its transfers are its own, those of the payments that were
//! instructed for it, and those of the bank's answers to these. In which state it is, the account
//! decides that holds its money by the sum of them: not the last of them, because two commands on one
//! award may be recorded in one order and committed in the other.

mod change;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, OrganizationId, ThemeId};
use domain::report::{
    DisbursementGroup, DisbursementKey, DisbursementLine, DisbursementReport, DisbursementTotal,
};
use domain::tranche::{TrancheKind, TrancheState};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult, Order};
use uuid::Uuid;

use super::Sight;
use super::keyset;
use super::passage::{self, AMOUNT, BUDGET_YEAR, CURRENCY, STATE, VALUE_DATE};
use crate::entity::{award, theme, tranche, tranche_release};
use crate::error::Error;
use crate::mapping;

pub use change::{Compared, LineChange, changes};

/// Most groups of a report; whoever wants more asks for the lines.
pub const GROUPS_MAX: u64 = 1_000;

/// Which lines are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DisbursementFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Out of one year's budget.
    pub budget_year: Option<FiscalYear>,
    /// Of one award.
    pub award: Option<AwardId>,
    /// Of one body.
    pub organization: Option<OrganizationId>,
    /// Of one kind.
    pub kind: Option<TrancheKind>,
    /// In one state.
    pub state: Option<TrancheState>,
    /// With a value date on this day or later.
    pub value_from: Option<NaiveDate>,
    /// With a value date on this day or earlier.
    pub value_until: Option<NaiveDate>,
    /// As the books stood at an instant, by the time of recording.
    pub as_of: Option<DateTime<Utc>>,
}

impl DisbursementFilter {
    /// Whether `line` is in the year and state and has a value date of those that are asked for.
    pub(super) fn admits(&self, line: &DisbursementLine) -> bool {
        self.budget_year.is_none_or(|year| line.budget_year == year)
            && self.state.is_none_or(|state| line.state == state)
            && self.value_from.is_none_or(|day| line.value_date >= day)
            && self.value_until.is_none_or(|day| line.value_date <= day)
    }

    /// That an award is the one, and of the theme and the body, that are asked for.
    pub(super) fn awards(&self) -> Condition {
        use award::Column::{Id, OrganizationId, ThemeId};
        Condition::all()
            .add_option(self.theme.map(|theme| ThemeId.eq(theme.uuid())))
            .add_option(self.award.map(|award| Id.eq(award.uuid())))
            .add_option(self.organization.map(|body| OrganizationId.eq(body.uuid())))
    }
}

impl Row {
    /// The id of the release.
    pub(super) const fn release(&self) -> Uuid {
        self.release_id
    }
}

/// The place of a line: when it was released, and the release's id.
pub type LineKey = (DateTime<Utc>, Uuid);

/// A release with where its money is.
#[derive(FromQueryResult)]
pub(super) struct Row {
    release_id: Uuid,
    award_id: Uuid,
    award_number: String,
    organization_id: Uuid,
    theme_id: Uuid,
    theme_code: String,
    tranche_id: Uuid,
    ordinal: i64,
    kind: String,
    budget_year: i64,
    state: String,
    amount_minor: i64,
    payable: i64,
    in_transit: i64,
    currency: String,
    value_date: NaiveDate,
    released_at: DateTime<Utc>,
}

/// At most `first` lines and one more, after `after`, in the order of their releases.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn lines(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &DisbursementFilter,
    (first, after): (u64, Option<LineKey>),
) -> Result<Vec<DisbursementLine>, Error> {
    let mut statement = standing(sight, filter);
    for name in RELEASE.into_iter().chain(passage::NAMES) {
        statement.column(Alias::new(name));
    }
    paged(&mut statement, column, (first, after));
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

/// Begins after the release at `after`, in their order, and ends with one more than `first`; `column` is one
/// of the releases.
fn paged(
    statement: &mut SelectStatement,
    column: impl Fn(&'static str) -> Expr,
    (first, after): (u64, Option<LineKey>),
) {
    let (at, id) = (|| column("released_at"), || column("release_id"));
    statement
        .order_by_expr(at(), Order::Asc)
        .order_by_expr(id(), Order::Asc)
        .limit(first.saturating_add(1));
    statement.and_where_option(after.map(|last| keyset::after((at(), id()), last)));
}

/// The line of a release that stands.
pub(super) fn line(row: Row) -> Result<DisbursementLine, Error> {
    Ok(DisbursementLine {
        release: row.release_id.into(),
        award: row.award_id.into(),
        award_number: row.award_number,
        organization: row.organization_id.into(),
        theme: row.theme_id.into(),
        theme_code: row.theme_code,
        tranche: row.tranche_id.into(),
        ordinal: mapping::ordinal(row.ordinal)?,
        kind: mapping::code(&row.kind)?,
        budget_year: super::fiscal_year(row.budget_year)?,
        state: mapping::code(&row.state)?,
        amount: mapping::money(row.amount_minor, &row.currency)?,
        payable: mapping::money(row.payable, &row.currency)?,
        in_transit: mapping::money(row.in_transit, &row.currency)?,
        value_date: row.value_date,
        released_at: row.released_at,
    })
}

#[derive(FromQueryResult)]
struct GroupRow {
    theme_id: Option<Uuid>,
    budget_year: Option<i64>,
    award_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    kind: Option<String>,
    state: Option<String>,
    currency: String,
    lines: i64,
    minor: i64,
}

/// The lines gathered `by` these keys, groups and totals from one statement; nothing when there are
/// more than [`GROUPS_MAX`] groups.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn report(
    db: &impl ConnectionTrait,
    sight: &Sight,
    by: &[DisbursementKey],
    filter: &DisbursementFilter,
) -> Result<Option<DisbursementReport>, Error> {
    let mut statement = standing(sight, filter);
    for key in DisbursementKey::ALL {
        let name = key_column(*key);
        if by.contains(key) {
            statement
                .column(Alias::new(name))
                .add_group_by([Expr::col(Alias::new(name))]);
        }
    }
    let minor = column(AMOUNT).sum();
    statement
        .column(Alias::new(CURRENCY))
        .add_group_by([column(CURRENCY)])
        .expr_as(column("release_id").count(), "lines")
        .expr_as(minor.cast_as(Alias::new("BIGINT")), "minor")
        .limit(GROUPS_MAX + 1);
    let rows = GroupRow::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    if u64::try_from(rows.len()).is_ok_and(|groups| groups > GROUPS_MAX) {
        return Ok(None);
    }
    let groups = rows.iter().map(group).collect::<Result<_, Error>>()?;
    let report = DisbursementReport::of(groups).map_err(Error::corrupt)?;
    Ok(Some(report))
}

const fn key_column(key: DisbursementKey) -> &'static str {
    match key {
        DisbursementKey::Theme => "theme_id",
        DisbursementKey::BudgetYear => "budget_year",
        DisbursementKey::Award => "award_id",
        DisbursementKey::Organization => "organization_id",
        DisbursementKey::Kind => "kind",
        DisbursementKey::State => "state",
    }
}

fn group(row: &GroupRow) -> Result<DisbursementGroup, Error> {
    Ok(DisbursementGroup {
        theme: row.theme_id.map(Into::into),
        budget_year: row.budget_year.map(super::fiscal_year).transpose()?,
        award: row.award_id.map(Into::into),
        organization: row.organization_id.map(Into::into),
        kind: row.kind.as_deref().map(mapping::code).transpose()?,
        state: row.state.as_deref().map(mapping::code).transpose()?,
        total: DisbursementTotal {
            lines: row.lines,
            amount: mapping::money(row.minor, &row.currency)?,
        },
    })
}

/// What is said of a release itself.
pub(super) const RELEASE: [&str; 10] = [
    "release_id",
    "award_id",
    "award_number",
    "organization_id",
    "theme_id",
    "theme_code",
    "tranche_id",
    "ordinal",
    "kind",
    "released_at",
];

fn column(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

/// The releases that stand, as far as they are asked for, with where their money is; the caller says
/// what it selects of them.
fn standing(sight: &Sight, filter: &DisbursementFilter) -> SelectStatement {
    let placed = passage::placed(releases(sight, filter), &RELEASE, filter.as_of);
    let year = filter.budget_year.map(|year| i64::from(year.get()));
    let asked = Condition::all()
        .add(column(AMOUNT).gt(0))
        .add_option(year.map(|year| column(BUDGET_YEAR).eq(year)))
        .add_option(filter.state.map(|state| column(STATE).eq(state.code())))
        .add_option(filter.value_from.map(|day| column(VALUE_DATE).gte(day)))
        .add_option(filter.value_until.map(|day| column(VALUE_DATE).lte(day)));
    Query::select()
        .from_subquery(placed, Alias::new("line"))
        .cond_where(asked)
        .to_owned()
}

/// The releases of the awards that the asker sees whole, by what is known of them from the beginning.
pub(super) fn releases(sight: &Sight, filter: &DisbursementFilter) -> SelectStatement {
    let release = |column: tranche_release::Column| column.into_expr();
    let id_of = |column: Expr, release: tranche_release::Column| column.eq(release.into_expr());
    let asked = filter
        .awards()
        .add_option(
            filter
                .kind
                .map(|kind| tranche::Column::Kind.eq(kind.code())),
        )
        .add_option(
            filter
                .as_of
                .map(|as_of| tranche_release::Column::RecordedAt.lte(as_of)),
        );
    Query::select()
        .expr_as(release(tranche_release::Column::Id), "release_id")
        .expr_as(award::Column::Id.into_expr(), "award_id")
        .expr_as(award::Column::Number.into_expr(), "award_number")
        .expr_as(award::Column::OrganizationId.into_expr(), "organization_id")
        .expr_as(award::Column::ThemeId.into_expr(), "theme_id")
        .expr_as(theme::Column::Code.into_expr(), "theme_code")
        .expr_as(tranche::Column::Id.into_expr(), "tranche_id")
        .expr_as(tranche::Column::Ordinal.into_expr(), "ordinal")
        .expr_as(tranche::Column::Kind.into_expr(), "kind")
        .expr_as(release(tranche_release::Column::OccurredAt), "released_at")
        .from(tranche_release::Entity)
        .inner_join(
            tranche::Entity,
            id_of(
                tranche::Column::Id.into_expr(),
                tranche_release::Column::TrancheId,
            ),
        )
        .inner_join(
            award::Entity,
            id_of(
                award::Column::Id.into_expr(),
                tranche_release::Column::AwardId,
            ),
        )
        .inner_join(
            theme::Entity,
            theme::Column::Id
                .into_expr()
                .eq(award::Column::ThemeId.into_expr()),
        )
        .cond_where(sight.awards_whole())
        .cond_where(asked)
        .to_owned()
}
