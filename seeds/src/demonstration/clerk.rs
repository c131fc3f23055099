//! Who sends the demonstration's commands: in somebody's name, on a day counted from the seeding, and
//! under a key that is the command's place in the order.
//!
//! Because of the keys a seeding that was killed goes on where it stopped: what was done answers with
//! its first outcome, the rest is done. The last key says that all is there.

use core::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::FiscalYear;
use domain::calendar::start_of_jst_day;
use domain::id::{PersonId, ProgrammeId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{idempotency_key, person, programme};
use store::{Command, Error, Store};

use super::first_day;
use crate::act::act;

/// The key of the last command.
const LAST: &str = "demonstration-whole";

/// How far an earlier seeding came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// There is no programme, or one in which nothing was done: seed.
    Nothing,
    /// It was stopped midway: go on.
    Part,
    /// The demonstration is whole, or the programme is somebody's own.
    Whole,
}

/// Looks how far an earlier seeding came.
pub(super) async fn progress(store: &Store) -> Result<Progress, Error> {
    let db = store.reads();
    let is_known = async |key: String| {
        let found = idempotency_key::Entity::find().filter(idempotency_key::Column::Key.eq(key));
        Ok::<bool, Error>(found.count(db).await? > 0)
    };
    if programme::Entity::find().count(db).await? == 0 {
        return Ok(Progress::Nothing);
    }
    if is_known(LAST.to_owned()).await? {
        return Ok(Progress::Whole);
    }
    if is_known(key_of(1)).await? {
        return Ok(Progress::Part);
    }
    // The programme's row is made before the first command.
    Ok(match person::Entity::find().count(db).await? {
        0 => Progress::Nothing,
        _ => Progress::Whole,
    })
}

fn key_of(place: u32) -> String {
    format!("demonstration-{place:05}")
}

/// Sends the commands, one after the other.
pub(super) struct Clerk<'a> {
    pub(super) store: &'a Store,
    /// The day of the seeding, also where it goes on later.
    pub(super) today: NaiveDate,
    sent: AtomicU32,
}

impl<'a> Clerk<'a> {
    /// The clerk of the seeding that began when `programme` was made.
    pub(super) async fn of(store: &'a Store, programme: ProgrammeId) -> Result<Self, Error> {
        Ok(Self {
            store,
            today: first_day(store, programme).await?,
            sent: AtomicU32::new(0),
        })
    }

    /// The day so many days from the seeding; a negative number lies before it.
    pub(super) fn day(&self, offset: i64) -> NaiveDate {
        let days = Days::new(offset.unsigned_abs());
        let moved = if offset < 0 {
            self.today.checked_sub_days(days)
        } else {
            self.today.checked_add_days(days)
        };
        moved.unwrap_or(self.today)
    }

    /// How many days `day` is from the seeding; negative before it.
    pub(super) fn offset(&self, day: NaiveDate) -> i64 {
        (day - self.today).num_days()
    }

    /// The fiscal year of that day.
    pub(super) fn year(&self, offset: i64) -> FiscalYear {
        FiscalYear::of(self.day(offset))
    }

    /// Runs `command` in the name of `person`, or of the system, at ten in the morning of that day.
    pub(super) async fn act<C: Command>(
        &self,
        person: impl Into<Option<PersonId>>,
        offset: i64,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let place = self.sent.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        self.send(person.into(), offset, key_of(place), command)
            .await
    }

    /// The same for the command after which all is there.
    pub(super) async fn act_last<C: Command>(
        &self,
        person: PersonId,
        offset: i64,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        self.send(Some(person), offset, LAST.to_owned(), command)
            .await
    }

    async fn send<C: Command>(
        &self,
        person: Option<PersonId>,
        offset: i64,
        key: String,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        act(self.store, person, self.at(offset), key, command).await
    }

    fn at(&self, offset: i64) -> DateTime<Utc> {
        start_of_jst_day(self.day(offset)) + TimeDelta::hours(10)
    }
}
