//! Each kind of file: which rows it is read from, and which writer lays them out.

use super::{
    Form, Named,
    pieces::{Outlet, written},
    source::Lines,
};
use domain::report::{
    ClosingBalance, ExportKind, NamedAccount, NamedTransfer, Publication, PublishedGrant,
};
use exports::{ExportError, GrantPackage, Ledger, Table, TableFormat, Tabular, Tally};
use futures_util::{FutureExt, future::BoxFuture};
use sea_orm::DatabaseConnection;
use std::io::Write;
use store::read::export::{self, Books, Holders, Page};

/// Why a file is not whole.
#[derive(Debug, thiserror::Error)]
pub enum WriteFailure {
    /// Its rows could not be read, or its end not be noted.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// It could not be written, or nobody took it.
    #[error(transparent)]
    File(#[from] ExportError),
}

/// Writes the file `named` to `out`.
pub(super) async fn write(
    db: &DatabaseConnection,
    books: &Books,
    Lines { filter, since }: &Lines,
    named: Named,
    out: impl Write + Send + 'static,
) -> Result<Tally, WriteFailure> {
    let format = match named.form {
        Form::Table(format) => format,
        Form::Beancount => return ledger(db, books, out).await,
        Form::Grants | Form::Document | Form::Bank(_) => {
            return Err(store::Error::not_found("EXPORT").into());
        }
    };
    let since = since.as_ref().map(|since| (since, books));
    match (named.kind, since) {
        (ExportKind::Disbursements, None) => {
            let page = |after| keyed(export::disbursements(db, books, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::DisbursementChanges, Some(two)) => {
            let page = |after| keyed(export::disbursement_changes(db, two, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::Awards, None) => {
            let page = |after| keyed(export::awards(db, books, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::Awards, Some(two)) => {
            let page = |after| keyed(export::award_changes(db, two, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::PaymentCalendar, None) => {
            let page = |after| keyed(export::payment_calendar(db, books, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::PaymentCalendar, Some(two)) => {
            let page = |after| keyed(export::payment_calendar_changes(db, two, filter, after));
            table(format, out, None, page).await
        }
        (ExportKind::TrialBalance, None) => {
            let page = |holders| export::trial_balance(db, books, holders).boxed();
            table(format, out, Holders::default(), page).await
        }
        (ExportKind::TrialBalance, Some(two)) => {
            let page = |holders| export::trial_balance_changes(db, two, holders).boxed();
            table(format, out, Holders::default(), page).await
        }
        (ExportKind::Envelopes, None) => {
            let page = |()| whole(export::envelopes(db, books));
            table(format, out, (), page).await
        }
        (ExportKind::Envelopes, Some(two)) => {
            let page = |()| whole(export::envelope_changes(db, two));
            table(format, out, (), page).await
        }
        // These are no tables, or nothing is compared in them.
        _ => Err(store::Error::not_found("EXPORT").into()),
    }
}

/// A page whose next key is where to go on, as the key of the first is to begin.
fn keyed<'a, R, K: Send>(
    page: impl Future<Output = Result<Page<R, K>, store::Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Page<R, Option<K>>, store::Error>> {
    async {
        let (rows, next) = page.await?;
        Ok((rows, next.map(Some)))
    }
    .boxed()
}

/// The one page of what is read at once.
fn whole<'a, R>(
    rows: impl Future<Output = Result<Vec<R>, store::Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Page<R, ()>, store::Error>> {
    async { Ok((rows.await?, None)) }.boxed()
}

async fn table<'a, R, K>(
    format: TableFormat,
    out: impl Write + Send + 'static,
    first: K,
    page: impl Fn(K) -> BoxFuture<'a, Result<Page<R, K>, store::Error>> + Send,
) -> Result<Tally, WriteFailure>
where
    R: Tabular + Send + 'static,
    K: Send,
{
    written(
        move |rows| {
            let mut table = Table::begin(format, out)?;
            rows.each(|row: &R| table.push(row))?;
            table.finish()
        },
        |outlet: Outlet<R>| async move {
            outlet.pages(first, page, |row| row).await?;
            Ok(outlet)
        },
    )
    .await
}

/// What the books consist of, in the order in which they are written.
enum Entry {
    Account(NamedAccount),
    Transfer(NamedTransfer),
    Balance(ClosingBalance),
}

async fn ledger(
    db: &DatabaseConnection,
    books: &Books,
    out: impl Write + Send + 'static,
) -> Result<Tally, WriteFailure> {
    let (title, currency, as_of) = (books.title.en.clone(), books.currency, books.as_of);
    written(
        move |entries| {
            let mut ledger = Ledger::begin(&title, currency, as_of, out)?;
            entries.each(|entry| match entry {
                Entry::Account(account) => ledger.open(account),
                Entry::Transfer(transfer) => ledger.transfer(transfer),
                Entry::Balance(balance) => ledger.balance(balance),
            })?;
            ledger.finish()
        },
        |outlet: Outlet<Entry>| async move {
            let accounts = |holders| export::trial_balance(db, books, holders).boxed();
            let opened = |line: domain::report::TrialBalanceLine| Entry::Account(line.account);
            outlet.pages(Holders::default(), accounts, opened).await?;
            let transfers = |after| keyed(export::transfers(db, books, after));
            outlet.pages(None, transfers, Entry::Transfer).await?;
            for day in export::closing_days(db, books).await? {
                let of_day = |holders| export::closing_balances(db, books, day, holders).boxed();
                outlet
                    .pages(Holders::default(), of_day, Entry::Balance)
                    .await?;
            }
            Ok(outlet)
        },
    )
    .await
}

/// Writes the awards of `books` as open data.
pub(super) async fn grants(
    db: &DatabaseConnection,
    books: &Books,
    publication: Publication,
    out: impl Write + Send + 'static,
) -> Result<Tally, WriteFailure> {
    let as_of = books.as_of;
    written(
        move |grants| {
            let mut package = GrantPackage::begin(&publication, as_of, out)?;
            grants.each(|grant: &PublishedGrant| package.push(grant))?;
            package.finish()
        },
        |outlet: Outlet<PublishedGrant>| async move {
            let page = |after| keyed(export::grants(db, books, after));
            outlet.pages(None, page, |grant| grant).await?;
            Ok(outlet)
        },
    )
    .await
}
