//! The books: balances, and the trial balance that is made of them.

use chrono::{DateTime, Utc};
use domain::calendar::FiscalYear;
use domain::ledger::{Account, AccountKind};
use domain::{Coded, Currency, Money};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::Sight;
use crate::entity::award;
use crate::entity::ledger_transfer::{Column, Entity};
use crate::error::Error;
use crate::mapping::{code, money};

/// One account with what went in and out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// Everything that went in.
    pub debits: Money,
    /// Everything that went out.
    pub credits: Money,
    /// What is in it: debits less credits.
    pub balance: Money,
}

/// Which accounts are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Of one kind.
    pub kind: Option<AccountKind>,
    /// Of one programme, theme, award or payer.
    pub owner: Option<Uuid>,
    /// Of one budget year.
    pub budget_year: Option<FiscalYear>,
    /// As they stood at an instant, by the time of recording.
    pub as_of: Option<DateTime<Utc>>,
}

/// The balances of all accounts that the asker may see, in the accounts' order, from one statement.
/// Whoever works with the books of a theme sees its transfers: the programme's accounts as far as
/// the theme moved them.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn balances(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &LedgerFilter,
) -> Result<Vec<Balance>, Error> {
    let mut seen = Condition::all().add(sight.transfers());
    if let Some(as_of) = filter.as_of {
        seen = seen.add(Column::RecordedAt.lte(as_of));
    }
    let side = |kind: Column, owner: Column, year: Column| {
        let mut side = seen.clone();
        if let Some(asked) = filter.kind {
            side = side.add(kind.eq(asked.code()));
        }
        if let Some(asked) = filter.owner {
            side = side.add(owner.eq(asked));
        }
        if let Some(asked) = filter.budget_year {
            side = side.add(year.eq(i64::from(asked.get())));
        }
        side
    };
    let into = side(Column::ToAccount, Column::ToOwner, Column::ToBudgetYear);
    let out_of = side(
        Column::FromAccount,
        Column::FromOwner,
        Column::FromBudgetYear,
    );
    sums(db, into, out_of).await
}

/// The balances of all accounts of these owners, which the asker was found to see.
pub(crate) async fn of_owners(
    db: &impl ConnectionTrait,
    owners: &[Uuid],
) -> Result<Vec<Balance>, Error> {
    of_owners_moved_by(db, owners, &Condition::all()).await
}

/// The same, as far as these transfers moved them.
pub(crate) async fn of_owners_moved_by(
    db: &impl ConnectionTrait,
    owners: &[Uuid],
    transfers: &Condition,
) -> Result<Vec<Balance>, Error> {
    let side = |owner: Column| transfers.clone().add(owner.is_in(owners.iter().copied()));
    sums(db, side(Column::ToOwner), side(Column::FromOwner)).await
}

/// The balances of the accounts of each theme and its awards in the budget year that is named with it.
pub(crate) async fn of_themes(
    db: &impl ConnectionTrait,
    asked: &[(Uuid, FiscalYear)],
) -> Result<Vec<Balance>, Error> {
    let side = |columns: (Column, Column)| {
        let sides = asked.iter().map(|(theme, year)| {
            let year = i64::from(year.get());
            side_of_theme(columns, *theme, year)
        });
        sides.fold(Condition::any(), Condition::add)
    };
    let into = side((Column::ToOwner, Column::ToBudgetYear));
    let out_of = side((Column::FromOwner, Column::FromBudgetYear));
    sums(db, into, out_of).await
}

/// Whether a transfer moves money of `theme` or its awards in one budget year.
pub(crate) fn is_of_theme(theme: Uuid, year: i64) -> Condition {
    let into = side_of_theme((Column::ToOwner, Column::ToBudgetYear), theme, year);
    let out_of = side_of_theme((Column::FromOwner, Column::FromBudgetYear), theme, year);
    Condition::any().add(into).add(out_of)
}

fn side_of_theme((owner, of_year): (Column, Column), theme: Uuid, year: i64) -> Condition {
    let awards = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .cond_where(award::Column::ThemeId.eq(theme))
        .to_owned();
    let theirs = owner.eq(theme).or(owner.in_subquery(awards));
    Condition::all().add(theirs).add(of_year.eq(year))
}

/// Adds up what went into accounts and what went out of them. The casts make the sums of integers
/// integers on both databases.
async fn sums(
    db: &impl ConnectionTrait,
    into: Condition,
    out_of: Condition,
) -> Result<Vec<Balance>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        account: String,
        owner: Uuid,
        budget_year: Option<i64>,
        currency: String,
        debits: i64,
        credits: i64,
    }
    let nothing = || Expr::value(0_i64);
    let amount = || Expr::col(Column::AmountMinor);
    let to = [Column::ToAccount, Column::ToOwner, Column::ToBudgetYear];
    let from = [
        Column::FromAccount,
        Column::FromOwner,
        Column::FromBudgetYear,
    ];
    let mut sides = side(to, into, amount(), nothing());
    sides.union(UnionType::All, side(from, out_of, nothing(), amount()));
    let names = ["account", "owner", "budget_year", "currency"];
    let sum = |name: &'static str| {
        Expr::col(Alias::new(name))
            .sum()
            .cast_as(Alias::new("BIGINT"))
    };
    let mut statement = Query::select();
    for name in names {
        statement
            .column(Alias::new(name))
            .add_group_by([Expr::col(Alias::new(name))])
            .order_by(Alias::new(name), sea_orm::Order::Asc);
    }
    statement
        .expr_as(sum("debits"), "debits")
        .expr_as(sum("credits"), "credits")
        .from_subquery(sides, Alias::new("sides"));
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    let mut balances = rows
        .into_iter()
        .map(|row| {
            let debits = money(row.debits, &row.currency)?;
            let credits = money(row.credits, &row.currency)?;
            let account = Account {
                kind: code(&row.account)?,
                owner: row.owner,
                budget_year: row.budget_year.map(super::fiscal_year).transpose()?,
                currency: Currency::from_code(&row.currency).map_err(Error::corrupt)?,
            };
            Ok(Balance {
                account,
                debits,
                credits,
                balance: debits.minus(credits).map_err(Error::corrupt)?,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    balances.sort_unstable_by_key(|balance| balance.account);
    Ok(balances)
}

fn side(
    [account, owner, year]: [Column; 3],
    condition: Condition,
    debits: Expr,
    credits: Expr,
) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col(account), "account")
        .expr_as(Expr::col(owner), "owner")
        .expr_as(Expr::col(year), "budget_year")
        .expr_as(Expr::col(Column::Currency), "currency")
        .expr_as(debits, "debits")
        .expr_as(credits, "credits")
        .from(Entity)
        .cond_where(condition)
        .to_owned()
}
