//! Posting to the ledger and adding it up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::closing::Movement;
use domain::ledger::{Account, AccountKind, DecommitReason, RecordKind, Transfer, TransferKind};
use domain::{Coded, Money, Refusal};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use uuid::Uuid;

use crate::entity::ledger_transfer;
use crate::error::Error;
use crate::gathered::{Gathered, Written};
use crate::mapping::{account_columns, money, transfer};
use crate::work::Work;

/// A transfer that a command asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    /// What it does.
    pub kind: TransferKind,
    /// Why, for a decommitment.
    pub reason: Option<DecommitReason>,
    /// Where the money is.
    pub from: Account,
    /// Where it goes.
    pub to: Account,
    /// How much.
    pub amount: Money,
    /// The record it belongs to.
    pub record: (RecordKind, Uuid),
}

impl Posting {
    /// What a decision moves, for the record `record`.
    pub(crate) const fn of(movement: &Movement, record: Uuid) -> Self {
        Self {
            kind: movement.kind,
            reason: movement.reason,
            from: movement.from,
            to: movement.to,
            amount: movement.amount,
            record: (movement.record, record),
        }
    }
}

/// Posts a transfer. The account it leaves must belong to a root that the command has locked.
///
/// # Errors
/// [`Refusal::TransferNotAllowed`] or [`Refusal::AccountOverdrawn`].
pub(crate) async fn post(
    work: &mut Work<'_>,
    programme: Uuid,
    posting: Posting,
) -> Result<(), Error> {
    let today = work.today();
    post_on(work, programme, posting, today).await
}

/// The same for money that counts as cash on `value_date`, the bank's.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_on(
    work: &mut Work<'_>,
    programme: Uuid,
    posting: Posting,
    value_date: NaiveDate,
) -> Result<(), Error> {
    let transfer = enter(work, programme, posting, value_date).await?;
    tell(work, &transfer);
    Ok(())
}

/// Posts transfers by the thousand, a few statements for all of them; `opening` is what the accounts
/// hold that they leave. The audit is told by the caller what they come to, not each of them: they
/// name the command themselves.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_together(
    work: &mut Work<'_>,
    programme: Uuid,
    opening: BTreeMap<Account, Money>,
    postings: Vec<Posting>,
) -> Result<(), Error> {
    let today = work.today();
    work.gathered = Some(Box::new(Gathered {
        opening,
        ..Gathered::default()
    }));
    for posting in postings {
        enter(work, programme, posting, today).await?;
    }
    match work.gathered.take() {
        Some(gathered) => gathered.write(work.tx()).await,
        None => Ok(()),
    }
}

/// Makes and writes a transfer, without telling the audit of it.
async fn enter(
    work: &mut Work<'_>,
    programme: Uuid,
    posting: Posting,
    value_date: NaiveDate,
) -> Result<Transfer, Error> {
    let transfer = Transfer {
        id: work.ids.next(),
        kind: posting.kind,
        reason: posting.reason,
        from: posting.from,
        to: posting.to,
        amount: posting.amount,
        value_date,
        occurred_at: work.occurred_at(),
        recorded_at: work.recorded_at(),
        command: work.command(),
        record_kind: posting.record.0,
        record: posting.record.1,
        reverses: None,
    };
    write(work, programme, &transfer).await?;
    Ok(transfer)
}

/// Posts what a decision of the domain moves, for the record `record`.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_movements(
    work: &mut Work<'_>,
    programme: Uuid,
    movements: &[Movement],
    record: Uuid,
) -> Result<(), Error> {
    let today = work.today();
    post_movements_on(work, programme, movements, (record, today)).await
}

/// The same for money that counts as cash on `value_date`.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_movements_on(
    work: &mut Work<'_>,
    programme: Uuid,
    movements: &[Movement],
    (record, value_date): (Uuid, NaiveDate),
) -> Result<(), Error> {
    for movement in movements {
        let posting = Posting::of(movement, record);
        post_on(work, programme, posting, value_date).await?;
    }
    Ok(())
}

/// Reverses every transfer of the record `of`, the latest first: the same kinds, the sides swapped.
///
/// # Errors
/// [`Refusal::AccountOverdrawn`] when the money has moved on.
pub(crate) async fn reverse(
    work: &mut Work<'_>,
    programme: Uuid,
    (kind, of): (RecordKind, Uuid),
) -> Result<(), Error> {
    let rows = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::RecordKind.eq(kind.code()))
        .filter(ledger_transfer::Column::RecordId.eq(of))
        .filter(ledger_transfer::Column::ReversesId.is_null())
        .order_by_desc(ledger_transfer::Column::Id)
        .all(work.tx())
        .await?;
    for row in &rows {
        let made = transfer(row)?;
        let reversal = Transfer {
            id: work.ids.next(),
            from: made.to,
            to: made.from,
            value_date: work.today(),
            occurred_at: work.occurred_at(),
            recorded_at: work.recorded_at(),
            command: work.command(),
            reverses: Some(made.id),
            ..made
        };
        write(work, programme, &reversal).await?;
        tell(work, &reversal);
    }
    Ok(())
}

/// Tells the audit of a transfer.
fn tell(work: &mut Work<'_>, transfer: &Transfer) {
    work.record(
        "MONEY_MOVED",
        json!({
            "transfer": transfer.id,
            "kind": transfer.kind,
            "from": transfer.from.to_string(),
            "to": transfer.to.to_string(),
            "amount": transfer.amount,
        }),
    );
}

/// Writes a transfer that the chart allows and the account it leaves can bear.
async fn write(work: &mut Work<'_>, programme: Uuid, transfer: &Transfer) -> Result<(), Error> {
    transfer.ensure_allowed()?;
    let from = transfer.from;
    if !from.kind.may_be_negative() {
        let left = balance(work, &from)
            .await?
            .minus(transfer.amount)
            .map_err(Refusal::from)?;
        if left.is_negative() {
            return Err(Refusal::AccountOverdrawn { account: from.kind }.into());
        }
    }
    row_of(transfer, programme).insert_in(work).await?;
    if let Some(gathered) = &mut work.gathered {
        gathered.moved.post(transfer).map_err(Refusal::from)?;
    }
    Ok(())
}

fn row_of(transfer: &Transfer, programme: Uuid) -> ledger_transfer::ActiveModel {
    let (from_account, from_owner, from_budget_year, from_currency) =
        account_columns(&transfer.from);
    let (to_account, to_owner, to_budget_year, to_currency) = account_columns(&transfer.to);
    ledger_transfer::ActiveModel {
        id: Set(transfer.id.uuid()),
        programme_id: Set(programme),
        kind: Set(transfer.kind.code().to_owned()),
        reason: Set(transfer.reason.map(|reason| reason.code().to_owned())),
        from_account: Set(from_account),
        from_owner: Set(from_owner),
        from_budget_year: Set(from_budget_year),
        from_currency: Set(from_currency),
        to_account: Set(to_account),
        to_owner: Set(to_owner),
        to_budget_year: Set(to_budget_year),
        to_currency: Set(to_currency),
        amount_minor: Set(transfer.amount.minor()),
        currency: Set(transfer.amount.currency().code().to_owned()),
        value_date: Set(transfer.value_date),
        occurred_at: Set(transfer.occurred_at),
        record_kind: Set(transfer.record_kind.code().to_owned()),
        record_id: Set(transfer.record),
        reverses_id: Set(transfer.reverses.map(Into::into)),
        recorded_at: Set(transfer.recorded_at),
        command_id: Set(transfer.command.uuid()),
    }
}

/// What is in `account`, with what the command moved so far.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn balance(work: &mut Work<'_>, account: &Account) -> Result<Money, Error> {
    let tx = work.tx();
    let Some(gathered) = &mut work.gathered else {
        return stored_balance(tx, account).await;
    };
    let opening = match gathered.opening.get(account) {
        Some(known) => *known,
        None if gathered.made_award(account.owner) => Money::zero(account.currency),
        None => {
            let stored = stored_balance(tx, account).await?;
            gathered.opening.insert(*account, stored);
            stored
        }
    };
    let moved = gathered.moved.balance(*account);
    Ok(opening.plus(moved).map_err(Refusal::from)?)
}

/// What is in `account` by the stored transfers.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn stored_balance(
    db: &impl ConnectionTrait,
    account: &Account,
) -> Result<Money, Error> {
    let (kind, owner, year, currency) = account_columns(account);
    let into = Condition::all()
        .add(ledger_transfer::Column::ToAccount.eq(&kind))
        .add(ledger_transfer::Column::ToOwner.eq(owner))
        .add(matches(ledger_transfer::Column::ToBudgetYear, year))
        .add(ledger_transfer::Column::ToCurrency.eq(&currency));
    let out_of = Condition::all()
        .add(ledger_transfer::Column::FromAccount.eq(&kind))
        .add(ledger_transfer::Column::FromOwner.eq(owner))
        .add(matches(ledger_transfer::Column::FromBudgetYear, year))
        .add(ledger_transfer::Column::FromCurrency.eq(&currency));
    money(
        sum(db, into).await?.saturating_sub(sum(db, out_of).await?),
        &currency,
    )
}

/// The budget years in which money was ever committed to or retained of the award `owner`.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn years_held(
    work: &Work<'_>,
    owner: Uuid,
) -> Result<BTreeSet<FiscalYear>, Error> {
    let kinds = [AccountKind::Committed, AccountKind::Retained];
    let gathered = work.gathered.as_ref();
    let moved = gathered.into_iter().flat_map(|gathered| {
        let accounts = gathered.moved.iter().map(|(account, _)| account);
        accounts.filter(|account| account.owner == owner && kinds.contains(&account.kind))
    });
    let mut years: BTreeSet<FiscalYear> = moved.filter_map(|account| account.budget_year).collect();
    if !gathered.is_some_and(|gathered| gathered.made_award(owner)) {
        years.extend(stored_years_held(work.tx(), owner, kinds).await?);
    }
    Ok(years)
}

async fn stored_years_held(
    db: &impl ConnectionTrait,
    owner: Uuid,
    kinds: [AccountKind; 2],
) -> Result<Vec<FiscalYear>, Error> {
    let years = ledger_transfer::Entity::find()
        .select_only()
        .column(ledger_transfer::Column::ToBudgetYear)
        .distinct()
        .filter(ledger_transfer::Column::ToOwner.eq(owner))
        .filter(ledger_transfer::Column::ToAccount.is_in(kinds.map(Coded::code)))
        .filter(ledger_transfer::Column::ToBudgetYear.is_not_null())
        .into_tuple::<i64>()
        .all(db)
        .await?;
    years
        .into_iter()
        .map(|year| {
            i32::try_from(year)
                .map(FiscalYear::new)
                .map_err(Error::corrupt)
        })
        .collect()
}

fn matches(column: ledger_transfer::Column, year: Option<i64>) -> SimpleExpr {
    year.map_or_else(|| column.is_null(), |year| column.eq(year))
}

/// The sum of the amounts of all transfers that meet `condition`. The cast makes the sum of
/// integers an integer on both databases.
async fn sum(db: &impl ConnectionTrait, condition: Condition) -> Result<i64, Error> {
    let sum = Func::coalesce([
        Expr::col(ledger_transfer::Column::AmountMinor).sum(),
        Expr::value(0_i64),
    ]);
    let total = ledger_transfer::Entity::find()
        .select_only()
        .column_as(SimpleExpr::from(sum).cast_as(Alias::new("BIGINT")), "total")
        .filter(condition)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(total.unwrap_or(0))
}
