//! The books themselves: who holds accounts, what each holds, and every transfer.
//!
//! Accounts are read owner by owner, so that they come in pages however many awards there are. The
//! balances are sums that the database makes, apart from the transfers: whoever adds these up compares
//! with figures that were made another way.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::FiscalYear;
use domain::report::{ClosingBalance, NamedAccount, NamedTransfer, TrialBalanceLine};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::body::{named, owners};
use super::{Books, Page, ROWS_MAX};
use crate::entity::ledger_transfer::{Column, Entity};
use crate::entity::{award, organization, theme};
use crate::error::Error;
use crate::mapping;
use crate::read::keyset;
use crate::read::ledger::{self, Balance};

/// Owners of a page at most; an award has a handful of accounts.
const OWNERS_MAX: u64 = 200;

/// The place of a transfer in the order of the ledger.
pub type TransferKey = (DateTime<Utc>, Uuid);

/// Which owners of accounts come next: the programme with its themes, then payers, then awards, each in
/// the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Holders {
    /// The programme and its themes.
    #[default]
    Programme,
    /// Payers after this one.
    Payers(Option<Uuid>),
    /// Awards after this one.
    Awards(Option<Uuid>),
}

impl Holders {
    /// These holders, and which come after them.
    async fn read(
        self,
        db: &impl ConnectionTrait,
        books: &Books,
    ) -> Result<(Vec<Uuid>, Option<Self>), Error> {
        let programme = books.programme.uuid();
        match self {
            Self::Programme => {
                let mut ids: Vec<Uuid> = theme::Entity::find()
                    .select_only()
                    .column(theme::Column::Id)
                    .filter(theme::Column::ProgrammeId.eq(programme))
                    .order_by_asc(theme::Column::Id)
                    .into_tuple()
                    .all(db)
                    .await?;
                ids.insert(0, programme);
                Ok((ids, Some(Self::Payers(None))))
            }
            Self::Payers(after) => {
                let ids: Vec<Uuid> = organization::Entity::find()
                    .select_only()
                    .column(organization::Column::Id)
                    .filter(organization::Column::ProgrammeId.eq(programme))
                    .apply_if(after, |select, last| {
                        select.filter(organization::Column::Id.gt(last))
                    })
                    .order_by_asc(organization::Column::Id)
                    .limit(OWNERS_MAX)
                    .into_tuple()
                    .all(db)
                    .await?;
                let next = ids.last().map(|last| Self::Payers(Some(*last)));
                Ok((ids, next.or(Some(Self::Awards(None)))))
            }
            Self::Awards(after) => {
                let ids: Vec<Uuid> = award::Entity::find()
                    .select_only()
                    .column(award::Column::Id)
                    .filter(award::Column::ProgrammeId.eq(programme))
                    .apply_if(after, |select, last| {
                        select.filter(award::Column::Id.gt(last))
                    })
                    .order_by_asc(award::Column::Id)
                    .limit(OWNERS_MAX)
                    .into_tuple()
                    .all(db)
                    .await?;
                let next = ids.last().map(|last| Self::Awards(Some(*last)));
                Ok((ids, next))
            }
        }
    }
}

impl Books {
    /// The transfers that are in the books.
    fn transfers(&self) -> Condition {
        Condition::all()
            .add(self.sight.transfers())
            .add(Column::RecordedAt.lte(self.as_of))
    }
}

/// The accounts of `holders` with what came in and went out, by the transfers that `moved` admits.
async fn accounts(
    db: &impl ConnectionTrait,
    books: &Books,
    holders: Holders,
    moved: Condition,
) -> Result<Page<(NamedAccount, Balance), Holders>, Error> {
    let (ids, next) = holders.read(db, books).await?;
    let moved = books.transfers().add(moved);
    let balances = ledger::of_owners_moved_by(db, &ids, &moved).await?;
    let names = owners(db, &ids).await?;
    let accounts = balances.into_iter().map(|balance| {
        let account = balance.account;
        let owner = named(&names, account.owner)?;
        Ok((NamedAccount { account, owner }, balance))
    });
    Ok((accounts.collect::<Result<_, Error>>()?, next))
}

/// The accounts of `holders` that were ever moved, with what came in and went out.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn trial_balance(
    db: &impl ConnectionTrait,
    books: &Books,
    holders: Holders,
) -> Result<Page<TrialBalanceLine, Holders>, Error> {
    let (accounts, next) = accounts(db, books, holders, Condition::all()).await?;
    let lines = accounts.into_iter().map(|(account, row)| TrialBalanceLine {
        account,
        debits: row.debits,
        credits: row.credits,
        balance: row.balance,
    });
    Ok((lines.collect(), next))
}

/// What the accounts of `holders` hold at the end of the day `on`, by value date.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn closing_balances(
    db: &impl ConnectionTrait,
    books: &Books,
    on: NaiveDate,
    holders: Holders,
) -> Result<Page<ClosingBalance, Holders>, Error> {
    let until = Condition::all().add(Column::ValueDate.lte(on));
    let (accounts, next) = accounts(db, books, holders, until).await?;
    let balances = accounts.into_iter().map(|(account, row)| ClosingBalance {
        account,
        on,
        balance: row.balance,
    });
    Ok((balances.collect(), next))
}

/// The last day of every fiscal year that the books have seen the end of, and their last day.
///
/// # Errors
/// When the database does not answer or a date has no fiscal year.
pub async fn closing_days(
    db: &impl ConnectionTrait,
    books: &Books,
) -> Result<Vec<NaiveDate>, Error> {
    #[derive(FromQueryResult)]
    struct Days {
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
    }
    let days = Entity::find()
        .select_only()
        .column_as(Column::ValueDate.min(), "first")
        .column_as(Column::ValueDate.max(), "last")
        .filter(books.transfers())
        .into_model::<Days>()
        .one(db)
        .await?;
    let Some((first, last)) = days.and_then(|days| days.first.zip(days.last)) else {
        return Ok(Vec::new());
    };
    let mut closing = Vec::new();
    let mut year = FiscalYear::of(first);
    while year.ends_on() < last {
        closing.push(year.ends_on());
        year = year.next();
    }
    closing.push(last);
    Ok(closing)
}

/// The transfers after `after`, in the order of the ledger.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn transfers(
    db: &impl ConnectionTrait,
    books: &Books,
    after: Option<TransferKey>,
) -> Result<Page<NamedTransfer, TransferKey>, Error> {
    let place = || (Column::RecordedAt.into_expr(), Column::Id.into_expr());
    let later = |last: TransferKey| keyset::after(place(), last);
    let rows = Entity::find()
        .filter(books.transfers().add_option(after.map(later)))
        .order_by_asc(Column::RecordedAt)
        .order_by_asc(Column::Id)
        .limit(ROWS_MAX)
        .all(db)
        .await?;
    let next = rows.last().map(|row| (row.recorded_at, row.id));
    let mut ids: Vec<Uuid> = rows
        .iter()
        .flat_map(|row| [row.from_owner, row.to_owner])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let names = owners(db, &ids).await?;
    let transfers = rows.iter().map(|row| {
        Ok(NamedTransfer {
            transfer: mapping::transfer(row)?,
            from_owner: named(&names, row.from_owner)?,
            to_owner: named(&names, row.to_owner)?,
        })
    });
    Ok((transfers.collect::<Result<_, Error>>()?, next))
}
