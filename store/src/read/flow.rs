//! What moved into and out of the accounts of a theme and its awards, by budget year: the one source
//! of everything that is said of envelopes.

use chrono::{DateTime, Utc};
use domain::calendar::FiscalYear;
use domain::id::ThemeId;
use domain::report::{EnvelopeFigures, Flow};
use domain::{Coded, Currency};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use crate::entity::award;
use crate::entity::ledger_transfer::{Column, Entity};
use crate::error::Error;
use crate::mapping::{code, money};

/// What the statement of flows is called where it is joined.
pub(super) const FLOW: &str = "flow";

/// The columns that name a flow, besides its theme and budget year.
const NAMES: [&str; 5] = [
    "flow_currency",
    "flow_kind",
    "flow_account",
    "flow_is_into",
    "flow_is_reversal",
];

/// Which flows are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FlowFilter {
    /// Of one theme.
    pub(super) theme: Option<ThemeId>,
    /// Of one budget year.
    pub(super) budget_year: Option<FiscalYear>,
    /// Recorded until an instant.
    pub(super) as_of: Option<DateTime<Utc>>,
}

/// A flow as it is joined from the left: without a match all of it is empty.
#[expect(
    clippy::struct_field_names,
    reason = "the columns stand beside those of what they are joined to"
)]
#[derive(Debug, FromQueryResult)]
pub(super) struct FlowRow {
    flow_currency: Option<String>,
    flow_kind: Option<String>,
    flow_account: Option<String>,
    flow_is_into: Option<bool>,
    flow_is_reversal: Option<bool>,
    flow_minor: Option<i64>,
}

impl FlowRow {
    fn flow(&self) -> Result<Option<Flow>, Error> {
        let (Some(kind), Some(account), Some(is_into), Some(is_reversal)) = (
            &self.flow_kind,
            &self.flow_account,
            self.flow_is_into,
            self.flow_is_reversal,
        ) else {
            return Ok(None);
        };
        let (Some(minor), Some(currency)) = (self.flow_minor, &self.flow_currency) else {
            return Ok(None);
        };
        Ok(Some(Flow {
            kind: code(kind)?,
            account: code(account)?,
            is_into,
            is_reversal,
            amount: money(minor, currency)?,
        }))
    }
}

/// What the flows of one theme and year come to.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself or a figure leaves the range of money.
pub(super) fn figures<'a>(
    currency: &str,
    rows: impl Iterator<Item = &'a FlowRow>,
) -> Result<EnvelopeFigures, Error> {
    let currency = Currency::from_code(currency).map_err(Error::corrupt)?;
    let mut figures = EnvelopeFigures::zero(currency);
    for row in rows {
        if let Some(flow) = row.flow()? {
            figures = figures.with(&flow).map_err(Error::corrupt)?;
        }
    }
    Ok(figures)
}

/// The flows by theme (`flow_theme`) and budget year (`flow_year`).
pub(super) fn flows(filter: FlowFilter) -> SelectStatement {
    let mut sides = side(
        [Column::ToAccount, Column::ToOwner, Column::ToBudgetYear],
        true,
        filter,
    );
    let from = [
        Column::FromAccount,
        Column::FromOwner,
        Column::FromBudgetYear,
    ];
    sides.union(UnionType::All, side(from, false, filter));
    let mut flows = Query::select();
    for name in ["flow_theme", "flow_year"].into_iter().chain(NAMES) {
        flows
            .column(Alias::new(name))
            .add_group_by([Expr::col(Alias::new(name))]);
    }
    let sum = Expr::col(Alias::new("minor")).sum();
    flows
        .expr_as(sum.cast_as(Alias::new("BIGINT")), "flow_minor")
        .from_subquery(sides, Alias::new("side"));
    flows
}

/// One side of every transfer, with the theme whose account it is, or whose award's.
fn side([account, owner, year]: [Column; 3], is_into: bool, filter: FlowFilter) -> SelectStatement {
    let theme = || {
        Func::coalesce([
            Expr::col((award::Entity, award::Column::ThemeId)),
            Expr::col((Entity, owner)),
        ])
    };
    let accounts = EnvelopeFigures::ACCOUNTS.iter().map(|kind| kind.code());
    let mut side = Query::select()
        .expr_as(theme(), "flow_theme")
        .expr_as(Expr::col((Entity, year)), "flow_year")
        .expr_as(Expr::col((Entity, Column::Currency)), "flow_currency")
        .expr_as(Expr::col((Entity, Column::Kind)), "flow_kind")
        .expr_as(Expr::col((Entity, account)), "flow_account")
        .expr_as(Expr::value(is_into), "flow_is_into")
        .expr_as(
            Expr::col((Entity, Column::ReversesId)).is_not_null(),
            "flow_is_reversal",
        )
        .expr_as(Expr::col((Entity, Column::AmountMinor)), "minor")
        .from(Entity)
        .left_join(
            award::Entity,
            Expr::col((award::Entity, award::Column::Id)).equals((Entity, owner)),
        )
        .and_where(account.is_in(accounts))
        .to_owned();
    if let Some(asked) = filter.theme {
        side.and_where(Expr::expr(theme()).eq(asked.uuid()));
    }
    if let Some(asked) = filter.budget_year {
        side.and_where(year.eq(i64::from(asked.get())));
    }
    if let Some(as_of) = filter.as_of {
        side.and_where(Column::RecordedAt.lte(as_of));
    }
    side
}

/// That a joined flow belongs to a theme and a budget year.
pub(super) fn is_of(theme: Expr, year: Expr) -> Condition {
    let flow = |name: &'static str| Expr::col((Alias::new(FLOW), Alias::new(name)));
    Condition::all()
        .add(flow("flow_theme").eq(theme))
        .add(flow("flow_year").eq(year))
}

/// Adds the columns of a joined flow to what `statement` selects.
pub(super) fn select(statement: &mut SelectStatement) {
    for name in NAMES.into_iter().chain(["flow_minor"]) {
        statement.column((Alias::new(FLOW), Alias::new(name)));
    }
}
