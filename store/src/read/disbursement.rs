//! The disbursement report, read from dated transfers only: the same statement answers what is and
//! what was.
//!
//! A release that stands is a line. In which state it is, the last of its transfers that stands
//! decides, by the domain's table ([`TransferKind::passage`]). Transfers of a release are those whose
//! record it is; the transfers of a payment join it here once there are payments.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, OrganizationId, ThemeId};
use domain::ledger::{RecordKind, TransferKind};
use domain::report::{
    DisbursementGroup, DisbursementKey, DisbursementLine, DisbursementReport, DisbursementTotal,
    Passage,
};
use domain::tranche::{TrancheKind, TrancheState};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult, JoinType, Order};
use uuid::Uuid;

use super::Sight;
use crate::entity::ledger_transfer::{Column, Entity};
use crate::entity::{award, theme, tranche, tranche_release};
use crate::error::Error;
use crate::mapping;

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

/// The place of a line: when it was released, and the release's id.
pub type LineKey = (DateTime<Utc>, Uuid);

#[derive(FromQueryResult)]
struct Row {
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
    let at = || tranche_release::Column::OccurredAt.into_expr();
    let id = || tranche_release::Column::Id.into_expr();
    let mut statement = standing(sight, filter);
    statement
        .order_by_expr(at(), Order::Asc)
        .order_by_expr(id(), Order::Asc)
        .limit(first.saturating_add(1));
    if let Some((last_at, last_id)) = after {
        let same = at().eq(last_at).and(id().gt(last_id));
        statement.and_where(at().gt(last_at).or(same));
    }
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

fn line(row: Row) -> Result<DisbursementLine, Error> {
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
    let mut statement = Query::select();
    for key in DisbursementKey::ALL {
        let name = key_column(*key);
        if by.contains(key) {
            statement
                .column(Alias::new(name))
                .add_group_by([Expr::col(Alias::new(name))]);
        }
    }
    let minor = Expr::col(Alias::new("amount_minor")).sum();
    statement
        .column(Alias::new("currency"))
        .add_group_by([Expr::col(Alias::new("currency"))])
        .expr_as(Expr::col(Alias::new("release_id")).count(), "lines")
        .expr_as(minor.cast_as(Alias::new("BIGINT")), "minor")
        .from_subquery(standing(sight, filter), Alias::new("line"))
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

/// The transfer that brought a release's money to where it is.
const MOVED: &str = "moved";
/// A transfer of the same release after that.
const LATER: &str = "later";
/// A transfer that reverses another.
const REVERSAL: &str = "reversal";

fn transfer(alias: &'static str, column: Column) -> Expr {
    Expr::col((Alias::new(alias), column))
}

/// The releases that stand, one row each, with the transfer that brought their money to where it is:
/// the last that stands.
fn standing(sight: &Sight, filter: &DisbursementFilter) -> SelectStatement {
    let release = |column: tranche_release::Column| column.into_expr();
    let year = SimpleExpr::from(Func::coalesce([
        transfer(MOVED, Column::ToBudgetYear),
        transfer(MOVED, Column::FromBudgetYear),
    ]));
    let mut statement = Query::select();
    statement
        .expr_as(release(tranche_release::Column::Id), "release_id")
        .expr_as(award::Column::Id.into_expr(), "award_id")
        .expr_as(award::Column::Number.into_expr(), "award_number")
        .expr_as(award::Column::OrganizationId.into_expr(), "organization_id")
        .expr_as(award::Column::ThemeId.into_expr(), "theme_id")
        .expr_as(theme::Column::Code.into_expr(), "theme_code")
        .expr_as(tranche::Column::Id.into_expr(), "tranche_id")
        .expr_as(tranche::Column::Ordinal.into_expr(), "ordinal")
        .expr_as(tranche::Column::Kind.into_expr(), "kind")
        .expr_as(year.clone(), "budget_year")
        .expr_as(state_moved_to(), "state")
        .expr_as(transfer(MOVED, Column::AmountMinor), "amount_minor")
        .expr_as(transfer(MOVED, Column::Currency), "currency")
        .expr_as(transfer(MOVED, Column::ValueDate), "value_date")
        .expr_as(release(tranche_release::Column::OccurredAt), "released_at")
        .from(tranche_release::Entity)
        .join_as(
            JoinType::InnerJoin,
            Entity,
            Alias::new(MOVED),
            transfer(MOVED, Column::RecordId).eq(release(tranche_release::Column::Id)),
        )
        .inner_join(
            tranche::Entity,
            tranche::Column::Id
                .into_expr()
                .eq(release(tranche_release::Column::TrancheId)),
        )
        .inner_join(
            award::Entity,
            award::Column::Id
                .into_expr()
                .eq(release(tranche_release::Column::AwardId)),
        )
        .inner_join(
            theme::Entity,
            theme::Column::Id
                .into_expr()
                .eq(award::Column::ThemeId.into_expr()),
        )
        .cond_where(sight.awards_whole())
        .cond_where(asked(filter, year))
        .cond_where(stands(MOVED, filter.as_of))
        .and_where(
            transfer(MOVED, Column::Kind).is_in(kinds_that(|to| matches!(to, Passage::To(_)))),
        )
        .and_where(Expr::exists(moved_later(filter.as_of)).not());
    statement
}

/// That a transfer of a release was recorded by then, reverses nothing, and was not reversed by then.
fn stands(alias: &'static str, as_of: Option<DateTime<Utc>>) -> Condition {
    let by_then = |alias| as_of.map(|instant| transfer(alias, Column::RecordedAt).lte(instant));
    let reversal = Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, Alias::new(REVERSAL))
        .and_where(transfer(REVERSAL, Column::ReversesId).eq(transfer(alias, Column::Id)))
        .and_where_option(by_then(REVERSAL))
        .to_owned();
    Condition::all()
        .add(transfer(alias, Column::RecordKind).eq(RecordKind::Release.code()))
        .add(transfer(alias, Column::ReversesId).is_null())
        .add_option(by_then(alias))
        .add(Expr::exists(reversal).not())
}

/// The transfers of the same release after `MOVED`, back or onward.
fn moved_later(as_of: Option<DateTime<Utc>>) -> SelectStatement {
    let (at, id) = (Column::RecordedAt, Column::Id);
    let same_time = transfer(LATER, at).eq(transfer(MOVED, at));
    let after = transfer(LATER, at)
        .gt(transfer(MOVED, at))
        .or(same_time.and(transfer(LATER, id).gt(transfer(MOVED, id))));
    Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, Alias::new(LATER))
        .and_where(transfer(LATER, Column::RecordId).eq(transfer(MOVED, Column::RecordId)))
        .and_where(transfer(LATER, Column::Kind).is_in(kinds_that(|to| to != Passage::Elsewhere)))
        .and_where(after)
        .cond_where(stands(LATER, as_of))
        .to_owned()
}

/// The kinds of transfers whose passage is so, by the domain's table.
fn kinds_that(admits: impl Fn(Passage) -> bool) -> Vec<&'static str> {
    let kinds = TransferKind::ALL.iter();
    kinds
        .filter(|kind| admits(kind.passage()))
        .map(|kind| kind.code())
        .collect()
}

/// The state to which `MOVED` brought the release, by the domain's table.
fn state_moved_to() -> CaseStatement {
    let mut case = CaseStatement::new();
    for kind in TransferKind::ALL {
        if let Passage::To(state) = kind.passage() {
            case = case.case(transfer(MOVED, Column::Kind).eq(kind.code()), state.code());
        }
    }
    case
}

fn asked(filter: &DisbursementFilter, year: SimpleExpr) -> Condition {
    let in_state = |state| move |passage| passage == Passage::To(state);
    let value_date = || transfer(MOVED, Column::ValueDate);
    Condition::all()
        .add_option(
            filter
                .theme
                .map(|theme| award::Column::ThemeId.eq(theme.uuid())),
        )
        .add_option(
            filter
                .budget_year
                .map(|asked| year.eq(i64::from(asked.get()))),
        )
        .add_option(filter.award.map(|award| award::Column::Id.eq(award.uuid())))
        .add_option(
            filter
                .organization
                .map(|body| award::Column::OrganizationId.eq(body.uuid())),
        )
        .add_option(
            filter
                .kind
                .map(|kind| tranche::Column::Kind.eq(kind.code())),
        )
        .add_option(
            filter
                .state
                .map(|state| transfer(MOVED, Column::Kind).is_in(kinds_that(in_state(state)))),
        )
        .add_option(filter.value_from.map(|day| value_date().gte(day)))
        .add_option(filter.value_until.map(|day| value_date().lte(day)))
}
