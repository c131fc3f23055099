//! The root of the queries, one part for each area.

mod ageing;
mod banks;
mod books;
mod casework;
mod filter;
mod history;
mod list;
mod money;
mod payments;
mod portfolio;
mod public;
mod registry;
mod tasks;
mod tranches;
mod year_end;

use async_graphql::MergedObject;

pub(crate) use books::closed;
pub(crate) use filter::{AwardFilter, AwardOrder, GateFilter};

/// Everything that can be asked. Without signing in: `programme`, `themes` and `publicTotals`.
#[derive(MergedObject, Debug, Clone, Copy, Default)]
pub struct Query(
    public::PublicQuery,
    casework::CaseworkQuery,
    tasks::TaskQuery,
    portfolio::PortfolioQuery,
    books::BooksQuery,
    tranches::TrancheQuery,
    history::HistoryQuery,
    money::MoneyQuery,
    registry::RegistryQuery,
    payments::PaymentQuery,
    year_end::YearEndQuery,
    ageing::AgeingQuery,
    banks::BankQuery,
);
