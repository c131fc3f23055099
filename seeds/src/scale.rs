//! The scale programme: as many awards as are asked for, each with its whole history.
//!
//! For measuring with, not for showing. It stands in a programme beside what is there already: four
//! themes of its own, whose awards have five milestones each and are finished, under way, reworked,
//! partly passed, conditional, stopped or suspended, by lots that are drawn from the award's number
//! alone. So the same number of awards gives the same rows, up to their ids, seals and recorded
//! times; and a later run goes on where an earlier one stopped, also one that was killed, because an
//! award is there with its whole history or not at all.
//!
//! Each award is one [`ImportAwardHistory`](store::command::ImportAwardHistory), run by the system. What
//! was released is paid afterwards, in batches over many awards; of what is finished then, some is
//! determined, returned and closed.

mod closing;
mod draw;
mod fate;
mod history;
mod payments;
mod people;
mod setting;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::decimal_text::DecimalTextError;
use domain::id::ProgrammeId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use store::entity::award;
use store::vault::Vault;
use store::{Error, Request, Store};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use self::setting::{NUMBERS_BEGIN, Setting, THEMES, number};
use crate::act::SYSTEM;
use crate::data::DataError;

/// Most awards that can be asked for: what their numbers have room for.
pub const AWARDS_MAX: u64 = 999_999;

/// How far it is: first the awards are imported, then what they released is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Awards that are there.
    pub awards_done: u64,
    /// Awards that were asked for.
    pub awards: u64,
    /// Payments that were made now, also those that came back.
    pub payments_done: u64,
    /// Payments that are known to be made; none before the awards are there.
    pub payments: u64,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaled {
    /// Awards that were imported now.
    pub imported: u64,
    /// Awards that were there before.
    pub before: u64,
    /// Payments that were made now, also those that came back.
    pub paid: u64,
}

/// Why the scale programme is there only in part: run it again.
#[derive(Debug, thiserror::Error)]
pub enum ScaleError {
    /// A command, the database or the vault.
    #[error(transparent)]
    Store(#[from] Error),
    /// The template's file.
    #[error(transparent)]
    Template(#[from] DataError),
    /// A figure that is none.
    #[error(transparent)]
    Figure(#[from] DecimalTextError),
    /// A worker ended before its awards were there.
    #[error("a worker broke off: {0}")]
    Worker(#[from] tokio::task::JoinError),
}

/// Sees to it that `awards` awards of scale are in `programme`; `progress` hears of each.
///
/// # Errors
/// [`ScaleError`]. What was imported before it stays.
pub async fn seed(
    store: &Store,
    vault: &Vault,
    programme: ProgrammeId,
    awards: u64,
    mut progress: impl FnMut(Progress),
) -> Result<Scaled, ScaleError> {
    let setting = Arc::new(setting::make(store, vault, programme, awards).await?);
    let there = numbers(store, programme).await?;
    let missing = |index: &u64| !there.contains(&number(*index));
    let mut workers = JoinSet::new();
    let (done, mut told) = unbounded_channel();
    for theme in 0..THEMES {
        let indices: Vec<u64> = (theme..awards)
            .step_by(usize::try_from(THEMES).unwrap_or(1))
            .filter(missing)
            .collect();
        let (store, setting) = (store.clone(), Arc::clone(&setting));
        workers.spawn(import(store, setting, indices, done.clone()));
    }
    drop(done);
    let before = u64::try_from((0..awards).filter(|index| !missing(index)).count()).unwrap_or(0);
    let mut imported = 0;
    while told.recv().await.is_some() {
        imported += 1;
        progress(Progress {
            awards_done: before + imported,
            awards,
            payments_done: 0,
            payments: 0,
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    let paid = setting
        .pay(store, programme, |payments_done, payments| {
            progress(Progress {
                awards_done: awards,
                awards,
                payments_done,
                payments,
            });
        })
        .await?;
    Ok(Scaled {
        imported,
        before,
        paid,
    })
}

/// The numbers of the awards of scale that are there.
async fn numbers(store: &Store, programme: ProgrammeId) -> Result<BTreeSet<String>, Error> {
    let numbers = award::Entity::find()
        .select_only()
        .column(award::Column::Number)
        .filter(award::Column::ProgrammeId.eq(programme.uuid()))
        .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
        .into_tuple()
        .all(store.reads())
        .await?;
    Ok(numbers.into_iter().collect())
}

/// Imports the awards of one theme, one after the other.
async fn import(
    store: Store,
    setting: Arc<Setting>,
    indices: Vec<u64>,
    done: UnboundedSender<()>,
) -> Result<(), Error> {
    let request = Request::by(SYSTEM);
    for index in indices {
        let import = history::history(&setting, index)?;
        store.execute(&request, &import).await?;
        // Whoever listens may have gone; the awards are imported all the same.
        let _ = done.send(());
    }
    Ok(())
}
