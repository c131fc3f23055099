//! Finance pays what the awards of scale released, on three days of each month, as it would have done
//! then.
//!
//! A batch holds tranches of many awards, so no award's import can bring it: batches are prepared,
//! approved, exported and answered by the commands of everyday. What is to be done follows from what is
//! there, so a run that broke off goes on with the batch that it left. What was released lately waits,
//! and of what was sent lately the bank has said nothing.

mod answers;
mod reports;
mod revocations;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use domain::award::AwardStateCode;
use domain::bank::earliest_value_date;
use domain::calendar::{jst_date, start_of_jst_day};
use domain::id::{PaymentBatchId, PersonId, ReleaseId};
use domain::payment::{BatchState, InstructionState};
use domain::tranche::TrancheState;
use domain::{Coded, Seal};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::command::{ApprovePaymentBatch, ExportPaymentBatch, PreparePaymentBatch};
use store::entity::{award, payment_batch, payment_instruction, tranche, tranche_release};
use store::{Command, Error};

pub(super) use self::reports::spent;
use super::people::{Cast, Office};
use super::setting::NUMBERS_BEGIN;
use crate::act::act;

/// Rows of a batch: so few that a command on it stays far below its ten seconds also in a debug build.
const ROWS_MAX: usize = 25;

/// Days from the preparation of a batch to the bank's answer: no holidays last longer.
const ANSWERED_AFTER: i64 = 8;

/// Days from there to the day on which what the bank returned may be paid again.
const CLEARED_AFTER: i64 = ANSWERED_AFTER + 2;

/// Finance, with everything that it needs to pay.
pub(super) struct Teller<'a> {
    pub(super) office: &'a Office<'a>,
    pub(super) cast: &'a Cast,
    /// The day on which the programme was made: nothing happens after it.
    pub(super) first_day: NaiveDate,
}

/// A live release that is to be instructed, and its award.
#[derive(Debug, Clone, Copy)]
struct Due {
    release: ReleaseId,
    award: Uuid,
}

impl Teller<'_> {
    /// Pays what is due; `progress` hears how much of it is paid.
    ///
    /// # Errors
    /// When a command is refused or the database does not answer.
    pub(super) async fn pay(&self, mut progress: impl FnMut(u64, u64)) -> Result<u64, Error> {
        if let Some(batch) = self.last().await? {
            self.finish(&batch).await?;
        }
        let mut due = self.due().await?;
        let mut all = count(due.values().map(Vec::len).sum());
        let mut paid = 0;
        progress(paid, all);
        while let Some((day, rows)) = due.pop_first() {
            for rows in rows.chunks(ROWS_MAX) {
                self.report(day, rows).await?;
                let batch = self.prepare(day, rows).await?;
                let returned = self.finish(&self.batch(batch).await?).await?;
                paid += count(rows.len());
                all += self.put_off(&mut due, returned);
                progress(paid, all);
            }
        }
        Ok(paid)
    }

    /// The last batch. They are paid one after the other: an earlier run can have left only this one
    /// before the bank had answered.
    async fn last(&self) -> Result<Option<payment_batch::Model>, Error> {
        Ok(payment_batch::Entity::find()
            .filter(payment_batch::Column::PreparedBy.eq(self.cast.finance_preparer.uuid()))
            .order_by_desc(payment_batch::Column::Id)
            .one(self.office.store.reads())
            .await?)
    }

    /// What is to be paid, by the day of its batch: what nobody instructed, and what came back and was
    /// cleared.
    async fn due(&self) -> Result<BTreeMap<NaiveDate, Vec<Due>>, Error> {
        let db = self.office.store.reads();
        let programme = self.office.programme.uuid();
        let awards: Vec<Uuid> = award::Entity::find()
            .select_only()
            .column(award::Column::Id)
            .filter(award::Column::ProgrammeId.eq(programme))
            .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
            .filter(
                award::Column::State
                    .is_in([AwardStateCode::Active, AwardStateCode::Completed].map(Coded::code)),
            )
            .into_tuple()
            .all(db)
            .await?;
        let awards: BTreeSet<Uuid> = awards.into_iter().collect();
        let released = self.tranches_in(TrancheState::Released).await?;
        let bounced = self.tranches_in(TrancheState::Bounced).await?;
        let cleared = self.cleared(&bounced).await?;
        let mut releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::ProgrammeId.eq(programme))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .order_by_asc(tranche_release::Column::OccurredAt)
            .order_by_asc(tranche_release::Column::Id)
            .all(db)
            .await?;
        releases.retain(|row| awards.contains(&row.award_id));
        let mut due: BTreeMap<NaiveDate, Vec<Due>> = BTreeMap::new();
        for row in releases {
            let since = if released.contains(&row.tranche_id) {
                Some(jst_date(row.occurred_at))
            } else {
                cleared.get(&row.id).copied()
            };
            let one = Due {
                release: row.id.into(),
                award: row.award_id,
            };
            let payable = since.map(|since| (since, one));
            self.put_off(&mut due, payable);
        }
        Ok(due)
    }

    /// Puts what is payable since a day to what is paid on its pay day; nothing is paid after the first
    /// day. Says how many they are.
    fn put_off(
        &self,
        due: &mut BTreeMap<NaiveDate, Vec<Due>>,
        payable: impl IntoIterator<Item = (NaiveDate, Due)>,
    ) -> u64 {
        let mut put = 0;
        for (since, one) in payable {
            let day = pay_day(since);
            if day < self.first_day {
                due.entry(day).or_default().push(one);
                put += 1;
            }
        }
        put
    }

    /// The tranches of the programme in this state.
    async fn tranches_in(&self, state: TrancheState) -> Result<BTreeSet<Uuid>, Error> {
        let found: Vec<Uuid> = tranche::Entity::find()
            .select_only()
            .column(tranche::Column::Id)
            .filter(tranche::Column::ProgrammeId.eq(self.office.programme.uuid()))
            .filter(tranche::Column::State.eq(state.code()))
            .into_tuple()
            .all(self.office.store.reads())
            .await?;
        Ok(found.into_iter().collect())
    }

    /// On which day what came back of these tranches was last cleared, by release.
    async fn cleared(&self, bounced: &BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, NaiveDate>, Error> {
        let rows = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::TrancheId.is_in(bounced.iter().copied()))
            .filter(payment_instruction::Column::State.eq(InstructionState::Bounced.code()))
            .order_by_asc(payment_instruction::Column::Id)
            .all(self.office.store.reads())
            .await?;
        let cleared = rows.into_iter().filter_map(|row| {
            let day = jst_date(row.cleared_at?);
            Some((row.release_id, day))
        });
        Ok(cleared.collect())
    }

    async fn prepare(&self, day: NaiveDate, rows: &[Due]) -> Result<PaymentBatchId, Error> {
        let prepare = PreparePaymentBatch {
            programme: self.office.programme,
            releases: rows.iter().map(|due| due.release).collect(),
            value_date: earliest_value_date(day),
        };
        let preparer = self.cast.finance_preparer;
        Ok(self.once(preparer, day, &prepare).await?.payment_batch)
    }

    /// Approves, exports and answers what of that was not done for `batch`; says what of it came back and
    /// may be paid again, and since when. Of what was sent lately the bank has said nothing.
    async fn finish(&self, batch: &payment_batch::Model) -> Result<Vec<(NaiveDate, Due)>, Error> {
        let day = jst_date(batch.occurred_at);
        let payment_batch = PaymentBatchId::new(batch.id);
        let approver = self.cast.finance_approver;
        if batch.state == BatchState::Prepared.code() {
            let digest = seal(&batch.digest)?;
            let approve = ApprovePaymentBatch {
                payment_batch,
                digest,
            };
            self.once(approver, day, &approve).await?;
        }
        if batch.state != BatchState::Exported.code() {
            let export = ExportPaymentBatch { payment_batch };
            self.once(approver, day, &export).await?;
        }
        let cleared = day + TimeDelta::days(CLEARED_AFTER);
        if cleared >= self.first_day {
            return Ok(Vec::new());
        }
        let answered = day + TimeDelta::days(ANSWERED_AFTER);
        self.take_answers(answered, batch).await?;
        self.clear(cleared, batch).await
    }

    async fn batch(&self, id: PaymentBatchId) -> Result<payment_batch::Model, Error> {
        payment_batch::Entity::find_by_id(id.uuid())
            .one(self.office.store.reads())
            .await?
            .ok_or_else(|| Error::not_found("PAYMENT_BATCH"))
    }

    /// Runs `command` at noon of `day`, under the key of `what`: asked for again, it is done once.
    pub(super) async fn act<C: Command>(
        &self,
        by: PersonId,
        day: NaiveDate,
        what: &str,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let key = self.office.key(what);
        act(self.office.store, Some(by), noon(day), key, command).await
    }

    /// The same without a key, for what is never asked for again once it is done.
    pub(super) async fn once<C: Command>(
        &self,
        by: PersonId,
        day: NaiveDate,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        act(self.office.store, Some(by), noon(day), None, command).await
    }
}

/// Whether what is released on `day` is paid, and what comes of that known, before `first_day`.
pub(super) fn is_paid_before(day: NaiveDate, first_day: NaiveDate) -> bool {
    pay_day(day) + TimeDelta::days(CLEARED_AFTER) < first_day
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    start_of_jst_day(day) + TimeDelta::hours(12)
}

/// The day on which finance pays what was released on `day`: it does so on the 1st, 11th and 21st of a
/// month, so that an advance that is released in April is paid before last year's accounts are closed.
fn pay_day(day: NaiveDate) -> NaiveDate {
    let mut later = [11, 21]
        .into_iter()
        .filter(|of_month| *of_month > day.day());
    later
        .find_map(|of_month| day.with_day(of_month))
        .unwrap_or_else(|| day.with_day(1).unwrap_or(day) + Months::new(1))
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

fn seal(text: &str) -> Result<Seal, Error> {
    text.parse().map_err(Error::corrupt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_released_is_paid_within_twelve_days() {
        for (released, paid) in [
            ("2026-04-01", "2026-04-11"),
            ("2026-04-11", "2026-04-21"),
            ("2026-04-20", "2026-04-21"),
            ("2026-12-31", "2027-01-01"),
        ] {
            let released = released.parse().expect("a date");
            assert_eq!(pay_day(released).to_string(), paid);
        }
    }
}
