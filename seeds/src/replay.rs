//! Replays a milestone history, row by row, through the commands.
//!
//! Two passes. The first reads every row, judges it by itself (`row`) and orders what can be run
//! (`history`): an application becomes an award whose plan is its milestone labels, run one after
//! the other. The second runs each row as commands in the names of people (`run`): a delivery is
//! a submission; an evaluation is its evaluator's sign-off at a gate of its own, recommended,
//! decided and released by import persons who are never the evaluator. What stands against a row is
//! reported with its line and a code, and nothing is forced.
//!
//! **What counts as applied.** A delivery, when its submission was accepted; an evaluation, when its
//! decision was recorded. A release or an ending that follows a recorded decision and is refused is
//! told apart from it and does not take the decision back.
//!
//! **Running it again changes nothing.** A row is named by its content and by which row of that
//! content it is, and every command of it carries that name in its idempotency key. Texts that are
//! written down hold the row's own words and its original time, and never its line.

mod books;
mod crew;
mod history;
mod key;
mod plan;
mod rehearsal;
mod row;
mod run;
mod summary;

use std::io::Read;

use domain::Money;
use store::Store;

pub use books::{Books, Difference};
pub use summary::ReplaySummary;

use history::History;

/// How a history is replayed.
#[derive(Debug, Clone)]
pub struct ReplayOptions {
    /// What each milestone pays: the history tells no amounts.
    pub nominal_amount: Money,
    /// Where the history comes from, as a code of 2 to 8 capital letters and digits (`W3F`): the
    /// code of the programme and of the theme into which it is replayed.
    pub source: String,
}

/// How far a replay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that are applied or reported.
    pub rows_done: u64,
    /// Rows in the file.
    pub rows: u64,
}

/// Why a replay broke off. What was applied until then stays, and running it again goes on.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file cannot be read, or is no CSV from its first line on.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] csv::Error),
    /// A column is missing, so that it is another kind of file.
    #[error("the file has no column {column}")]
    ColumnMissing {
        /// Its heading.
        column: &'static str,
    },
    /// The amount is no amount.
    #[error("the nominal amount must be above zero")]
    AmountNotPositive,
    /// The programme that the history is replayed into could not be prepared, or the store does
    /// not answer.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<domain::Refusal> for ReplayError {
    fn from(refusal: domain::Refusal) -> Self {
        Self::Store(refusal.into())
    }
}

impl From<domain::MoneyError> for ReplayError {
    fn from(error: domain::MoneyError) -> Self {
        domain::Refusal::from(error).into()
    }
}

/// Replays `file` into `store`; `progress` hears after each application.
///
/// # Errors
/// [`ReplayError`]. Whatever is wrong with a row is no error: it is in the summary.
pub async fn replay(
    store: &Store,
    file: impl Read,
    options: ReplayOptions,
    mut progress: impl FnMut(Progress),
) -> Result<ReplaySummary, ReplayError> {
    if !options.nominal_amount.is_positive() {
        return Err(ReplayError::AmountNotPositive);
    }
    let history = History::of(row::read_all(file, store.now())?);
    let mut summary = ReplaySummary::begin(&options, &history);
    let tell = |summary: &ReplaySummary| Progress {
        rows_done: summary.rows_done(),
        rows: history.rows_read,
    };
    progress(tell(&summary));
    let crew = crew::assemble(store, &options, &history).await?;
    for application in &history.applications {
        run::application(store, &options, &crew, application, &mut summary).await?;
        progress(tell(&summary));
    }
    summary.finish(&books::read(store, crew.programme, &options).await?);
    Ok(summary)
}
