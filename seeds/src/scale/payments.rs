//! Finance pays what the awards of scale released, on three days of each month, as it would have done
//! then.
//!
//! A batch holds tranches of many awards, so no award's import can bring it: batches are prepared,
//! approved, exported and answered by the commands of everyday. What is to be done follows from what is
//! there, so a run that broke off goes on with the batch that it left. What was released lately waits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use domain::award::AwardStateCode;
use domain::bank::earliest_value_date;
use domain::calendar::{jst_date, start_of_jst_day};
use domain::closing::{ReportContent, ReportKind};
use domain::id::{AwardId, PaymentBatchId, PersonId, ReleaseId};
use domain::payment::{BatchState, InstructionState};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, FiscalYear, Money, Seal};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::command::{
    AcceptReport, ApprovePaymentBatch, BankLine, ExportPaymentBatch, ImportSettlement,
    PreparePaymentBatch, PrescribeReport, SubmitReport,
};
use store::entity::{
    award, award_participant, payment_batch, payment_instruction, tranche, tranche_release,
};
use store::{Command, Error};

use super::closing::costs;
use super::people::{Cast, Office};
use super::setting::NUMBERS_BEGIN;
use crate::act::act;
use crate::by_law::{Missing, missing};

/// Rows of a batch: so few that a command on it stays far below its ten seconds also in a debug build.
const ROWS_MAX: usize = 25;

/// Days from the preparation of a batch to the bank's answer: no holidays last longer.
const ANSWERED_AFTER: i64 = 8;

/// Finance, with everything that it needs to pay.
pub(super) struct Teller<'a> {
    pub(super) office: &'a Office<'a>,
    pub(super) cast: &'a Cast,
    /// The day on which the programme was made: nothing happens after it.
    pub(super) first_day: NaiveDate,
}

/// A live release of a tranche that nobody instructed, and its award.
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
        let due = self.due().await?;
        let all = count(due.values().map(Vec::len).sum());
        let mut paid = 0;
        progress(paid, all);
        for (day, rows) in &due {
            for rows in rows.chunks(ROWS_MAX) {
                self.report(*day, rows).await?;
                let batch = self.prepare(*day, rows).await?;
                self.finish(&self.batch(batch).await?).await?;
                paid += count(rows.len());
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

    /// What is to be paid, by the day of its batch.
    async fn due(&self) -> Result<BTreeMap<NaiveDate, Vec<Due>>, Error> {
        let db = self.office.store.reads();
        let programme = self.office.programme.uuid();
        let awards: Vec<Uuid> = award::Entity::find()
            .select_only()
            .column(award::Column::Id)
            .filter(award::Column::ProgrammeId.eq(programme))
            .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
            .filter(award::Column::State.eq(AwardStateCode::Active.code()))
            .into_tuple()
            .all(db)
            .await?;
        let awards: BTreeSet<Uuid> = awards.into_iter().collect();
        let released: Vec<Uuid> = tranche::Entity::find()
            .select_only()
            .column(tranche::Column::Id)
            .filter(tranche::Column::ProgrammeId.eq(programme))
            .filter(tranche::Column::State.eq(TrancheState::Released.code()))
            .into_tuple()
            .all(db)
            .await?;
        let released: BTreeSet<Uuid> = released.into_iter().collect();
        let mut releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::ProgrammeId.eq(programme))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .order_by_asc(tranche_release::Column::OccurredAt)
            .order_by_asc(tranche_release::Column::Id)
            .all(db)
            .await?;
        releases.retain(|row| awards.contains(&row.award_id) && released.contains(&row.tranche_id));
        let mut due: BTreeMap<NaiveDate, Vec<Due>> = BTreeMap::new();
        for row in releases {
            let day = pay_day(jst_date(row.occurred_at));
            if day + TimeDelta::days(ANSWERED_AFTER) < self.first_day {
                due.entry(day).or_default().push(Due {
                    release: row.id.into(),
                    award: row.award_id,
                });
            }
        }
        Ok(due)
    }

    /// Before it is first paid, an award reports that it has spent the whole of what was decided, ahead
    /// of the money: so the use of earlier money never stands against the next payment. What the law asks
    /// for until `day` is handed in as well, in time if it still can.
    async fn report(&self, day: NaiveDate, rows: &[Due]) -> Result<(), Error> {
        let awards: BTreeSet<Uuid> = rows.iter().map(|due| due.award).collect();
        let db = self.office.store.reads();
        let paid: Vec<Uuid> = payment_instruction::Entity::find()
            .select_only()
            .column(payment_instruction::Column::AwardId)
            .filter(payment_instruction::Column::AwardId.is_in(awards.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let rows = award::Entity::find()
            .filter(award::Column::Id.is_in(awards))
            .order_by_asc(award::Column::Number)
            .all(db)
            .await?;
        for row in rows.iter().filter(|row| !paid.contains(&row.id)) {
            self.report_on(day, row).await?;
        }
        let mut missing = missing(db, &rows, day).await?;
        for row in &rows {
            for report in missing.remove(&row.id).unwrap_or_default() {
                self.report_by_law(day, row, report).await?;
            }
        }
        Ok(())
    }

    /// The result is told on its last day at the earliest, when the last payments are known; of most
    /// awards it is left to a work list.
    async fn report_by_law(
        &self,
        day: NaiveDate,
        row: &award::Model,
        report: Missing,
    ) -> Result<(), Error> {
        let (kind, year) = (report.kind, report.budget_year);
        let in_time = day.min(report.due_on);
        match kind {
            ReportKind::Result if day < report.due_on => Ok(()),
            ReportKind::Result => self.report_result_of(row, year, in_time).await,
            _ => {
                let name = format!("year-end-{}", year.get());
                self.hand_in(in_time, row, (kind, year), &name).await
            }
        }
    }

    async fn report_on(&self, day: NaiveDate, row: &award::Model) -> Result<(), Error> {
        let award = AwardId::new(row.id);
        let (kind, budget_year) = (ReportKind::Status, FiscalYear::of(day));
        let named = |what: &str| format!("{}-{what}", row.number);
        let prescribe = PrescribeReport {
            award,
            kind,
            budget_year,
            due_on: day,
            reason: "規模試験のため / for a test of scale".to_owned(),
        };
        let officer = self.cast.officer;
        self.act(officer, day, &named("asked"), &prescribe).await?;
        self.hand_in(day, row, (kind, budget_year), "report").await
    }

    /// The report that the whole of what was decided is spent, and its acceptance.
    async fn hand_in(
        &self,
        day: NaiveDate,
        row: &award::Model,
        (kind, budget_year): (ReportKind, FiscalYear),
        name: &str,
    ) -> Result<(), Error> {
        let named = |what: &str| format!("{}-{name}-{what}", row.number);
        let submit = SubmitReport {
            award: AwardId::new(row.id),
            kind,
            budget_year,
            content: ReportContent {
                narrative: "架空の報告 / made-up report".to_owned(),
                expenditure: Some(costs(row.applied_minor)?),
                tax_credit: None,
            },
        };
        let by = self.representative(row).await?;
        let submitted = self.act(by, day, &named("handed-in"), &submit).await?;
        let accept = AcceptReport {
            report: submitted.report,
        };
        let officer = self.cast.officer;
        self.act(officer, day, &named("accepted"), &accept).await?;
        Ok(())
    }

    /// Who of those named in the award was registered first: its representative.
    pub(super) async fn representative(&self, award: &award::Model) -> Result<PersonId, Error> {
        let named = award_participant::Entity::find()
            .filter(award_participant::Column::AwardId.eq(award.id))
            .order_by_asc(award_participant::Column::PersonId)
            .one(self.office.store.reads())
            .await?;
        let named = named.ok_or_else(|| Error::not_found("PERSON"))?;
        Ok(named.person_id.into())
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

    /// Approves, exports and answers what of that was not done for `batch`.
    async fn finish(&self, batch: &payment_batch::Model) -> Result<(), Error> {
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
        self.answer(day + TimeDelta::days(ANSWERED_AFTER), batch)
            .await
    }

    /// The bank says of every payment of which it said nothing yet that it arrived, in one file.
    async fn answer(&self, day: NaiveDate, batch: &payment_batch::Model) -> Result<(), Error> {
        let payments = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::BatchId.eq(batch.id))
            .filter(payment_instruction::Column::State.eq(InstructionState::Sent.code()))
            .order_by_asc(payment_instruction::Column::Ordinal)
            .all(self.office.store.reads())
            .await?;
        if payments.is_empty() {
            return Ok(());
        }
        let line = |row: payment_instruction::Model| BankLine {
            reference: row.reference,
            value_date: batch.value_date,
            amount: Money::of_minor(row.amount_minor, Currency::JPY),
            returned: None,
            return_text: None,
        };
        let name = format!("{}.csv", batch.number);
        let import = ImportSettlement {
            programme: self.office.programme,
            name,
            part: None,
            lines: payments.into_iter().map(line).collect(),
        };
        let preparer = self.cast.finance_preparer;
        self.once(preparer, day, &import).await?;
        Ok(())
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
    async fn once<C: Command>(
        &self,
        by: PersonId,
        day: NaiveDate,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        act(self.office.store, Some(by), noon(day), None, command).await
    }
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
