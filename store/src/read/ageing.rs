//! What was paid and is not fixed yet, by award and budget year: the longer it is open, the later
//! anybody knows what the State is owed back (Act 15).
//!
//! What was paid has no budget year of its own. It is of the year that it was paid out of, and what
//! takes it away names that year: a determination, an order to return, the payment that the bank
//! returned.

use chrono::NaiveDate;
use domain::access::Role;
use domain::calendar::FiscalYear;
use domain::id::{AwardId, ThemeId};
use domain::ledger::{AccountKind, TransferKind};
use domain::{Coded, Money};
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, IntoColumnRef, Query, SelectStatement, UnionType,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult, JoinType, Order};
use uuid::Uuid;

use super::Sight;
use crate::entity::ledger_transfer::{Column, Entity};
use crate::entity::{award, determination, return_order};
use crate::error::Error;
use crate::mapping::{fiscal_year, money};

/// What was paid to an award out of a budget year and is covered by no determination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidNotFixed {
    /// The award.
    pub award: AwardId,
    /// The budget year that paid.
    pub budget_year: FiscalYear,
    /// How much it is.
    pub amount: Money,
    /// The value date of the first payment of the year.
    pub since: NaiveDate,
}

/// The key of a line in the order of the list: since when, award, budget year.
pub type AgeingKey = (NaiveDate, Uuid, i64);

/// Which part of the list is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgeingFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Of one award.
    pub award: Option<AwardId>,
    /// Of one budget year.
    pub budget_year: Option<FiscalYear>,
}

/// The transfer that paid what a set-off kept.
const PAID: &str = "paid";

#[derive(FromQueryResult)]
struct Row {
    award_id: Uuid,
    budget_year: i64,
    currency: String,
    open_minor: i64,
    since: NaiveDate,
}

/// At most `first` lines and one more, after `after`, the oldest first: of the awards whose books the
/// asker works with, from one statement.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn paid_but_not_fixed(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &AgeingFilter,
    (first, after): (u64, Option<AgeingKey>),
) -> Result<Vec<PaidNotFixed>, Error> {
    let column = |name: &'static str| Expr::col(Alias::new(name));
    let names = ["since", "award_id", "budget_year"];
    let mut page = Query::select();
    for name in names {
        page.column(Alias::new(name))
            .order_by(Alias::new(name), Order::Asc);
    }
    page.column(Alias::new("currency"))
        .column(Alias::new("open_minor"))
        .from_subquery(by_year(sight, filter), Alias::new("by_year"))
        .and_where(column("open_minor").gt(0))
        .limit(first.saturating_add(1));
    if let Some(year) = filter.budget_year {
        page.and_where(column("budget_year").eq(i64::from(year.get())));
    }
    if let Some((since, award, year)) = after {
        let last = [since.into(), award.into(), year.into()].map(Expr::value::<sea_orm::Value>);
        page.and_where(Expr::tuple(names.map(column)).gt(Expr::tuple(last)));
    }
    let rows = Row::find_by_statement(db.get_database_backend().build(&page))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PaidNotFixed {
                award: row.award_id.into(),
                budget_year: fiscal_year(row.budget_year)?,
                amount: money(row.open_minor, &row.currency)?,
                since: row.since,
            })
        })
        .collect()
}

/// What came into and went out of the advances of each award, by budget year.
fn by_year(sight: &Sight, filter: &AgeingFilter) -> SelectStatement {
    let mut sides = side(Column::ToAccount, Column::ToOwner, true, (sight, filter));
    let out_of = side(
        Column::FromAccount,
        Column::FromOwner,
        false,
        (sight, filter),
    );
    sides.union(UnionType::All, out_of);
    let sum = Expr::col(Alias::new("minor")).sum();
    let mut by_year = Query::select();
    for name in ["award_id", "budget_year", "currency"] {
        by_year
            .column(Alias::new(name))
            .add_group_by([Expr::col(Alias::new(name))]);
    }
    by_year
        .expr_as(sum.cast_as(Alias::new("BIGINT")), "open_minor")
        .expr_as(Expr::col(Alias::new("paid_on")).min(), "since")
        .from_subquery(sides, Alias::new("side"));
    by_year
}

/// One side of every transfer of an advance, with its award and its budget year.
fn side(
    account: Column,
    owner: Column,
    is_into: bool,
    (sight, filter): (&Sight, &AgeingFilter),
) -> SelectStatement {
    let amount = Expr::col((Entity, Column::AmountMinor));
    let (minor, paid_on) = if is_into {
        (amount, Expr::col((Entity, Column::ValueDate)))
    } else {
        (amount.mul(-1), Expr::cust("NULL"))
    };
    let paid = |column: Column| (Alias::new(PAID), column);
    let kept = Condition::all()
        .add(of_record(paid(Column::RecordId)))
        .add(Expr::col(paid(Column::Kind)).eq(TransferKind::SetOffPay.code()))
        .add(Expr::col(paid(Column::FromOwner)).equals((Entity, owner)));
    let year = Func::coalesce([
        Expr::col((Entity, Column::FromBudgetYear)),
        Expr::col((Entity, Column::ToBudgetYear)),
        Expr::col((determination::Entity, determination::Column::BudgetYear)),
        Expr::col((return_order::Entity, return_order::Column::BudgetYear)),
        Expr::col(paid(Column::FromBudgetYear)),
    ]);
    let mut side = Query::select()
        .expr_as(Expr::col((Entity, owner)), "award_id")
        .expr_as(year, "budget_year")
        .expr_as(Expr::col((Entity, Column::Currency)), "currency")
        .expr_as(minor, "minor")
        .expr_as(paid_on, "paid_on")
        .from(Entity)
        .inner_join(
            award::Entity,
            Expr::col((award::Entity, award::Column::Id)).equals((Entity, owner)),
        )
        .left_join(
            determination::Entity,
            of_record((determination::Entity, determination::Column::Id)),
        )
        .left_join(
            return_order::Entity,
            of_record((return_order::Entity, return_order::Column::Id)),
        )
        .join_as(JoinType::LeftJoin, Entity, Alias::new(PAID), kept)
        .and_where(account.eq(AccountKind::Advanced.code()))
        .cond_where(sight.of_theme(
            Role::BOOKKEEPERS,
            award::Column::ProgrammeId,
            award::Column::ThemeId,
        ))
        .to_owned();
    if let Some(theme) = filter.theme {
        side.and_where(award::Column::ThemeId.eq(theme.uuid()));
    }
    if let Some(asked) = filter.award {
        side.and_where(award::Column::Id.eq(asked.uuid()));
    }
    side
}

fn of_record(column: impl IntoColumnRef) -> Expr {
    Expr::col((Entity, Column::RecordId)).equals(column)
}
