//! How finance pays: batches from their preparation to the bank's answer.
//!
//! Most payments are batches of one row in the story of their award. What the stories leave for a batch
//! of several awards is paid here, after all of them were told: one batch that was cancelled, one that
//! waits for its approval, one that is approved, one that is with the bank; and an answer of the bank
//! that fits no payment.

use chrono::NaiveDate;
use domain::Seal;
use domain::bank::earliest_value_date;
use domain::id::{PaymentBatchId, ReleaseId};
use domain::payment::ReturnReason;
use domain::{Currency, Money};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Error;
use store::command::{
    ApprovePaymentBatch, BankLine, CancelPaymentBatch, ExportPaymentBatch, ImportSettlement,
    PreparePaymentBatch, ReviewPaymentBatch,
};
use store::entity::{payment_batch, payment_instruction};

use super::case::Desk;
use super::story::Bundle;

/// Days from the seeding to what is to be paid soon: as long a visitor may approve and export it.
const LATER: i64 = 7;

/// The last day on which a batch of several awards is prepared, approved or exported.
pub(super) const LAST: i64 = -3;

impl Desk<'_> {
    /// Pays what the stories left, so that one batch of each kind is there.
    pub(super) async fn pay_bundles(&self, left: &[(Bundle, ReleaseId)]) -> Result<(), Error> {
        let of = |bundle| {
            let of_it = left.iter().filter(move |(theirs, _)| *theirs == bundle);
            of_it.map(|(_, release)| *release).collect::<Vec<_>>()
        };
        let soon = earliest_value_date(self.clerk.day(LATER));
        let first = self.prepare(-9, of(Bundle::Waiting), soon).await?;
        self.cancel(-8, first).await?;
        self.send(-6, of(Bundle::Sent)).await?;
        let waiting = self.prepare(-5, of(Bundle::Waiting), soon).await?;
        self.review(-4, waiting).await?;
        let approved = self.prepare(-4, of(Bundle::Approved), soon).await?;
        self.approve(LAST, approved).await?;
        let stray = BankLine {
            reference: "架空の照会番号 / made-up reference".to_owned(),
            value_date: self.clerk.day(LAST),
            amount: Money::of_minor(1_000_000, Currency::JPY),
            returned: None,
            return_text: None,
        };
        self.take_in(LAST, "stray.csv", stray).await
    }

    /// Prepares, approves and exports a batch of `releases`, all on that day.
    pub(super) async fn send(
        &self,
        day: i64,
        releases: Vec<ReleaseId>,
    ) -> Result<PaymentBatchId, Error> {
        let value_date = earliest_value_date(self.clerk.day(day));
        let payment_batch = self.prepare(day, releases, value_date).await?;
        self.approve(day, payment_batch).await?;
        let export = ExportPaymentBatch { payment_batch };
        let approver = self.setting.cast.finance_approver;
        self.clerk.act(approver, day, &export).await?;
        Ok(payment_batch)
    }

    /// Takes in the bank's answer on every row of `batch`: arrived, or returned for this reason.
    pub(super) async fn answer(
        &self,
        day: i64,
        batch: PaymentBatchId,
        returned: Option<ReturnReason>,
    ) -> Result<(), Error> {
        let row = self.batch(batch).await?;
        for payment in self.payments(batch).await? {
            let line = BankLine {
                reference: payment.reference.clone(),
                value_date: row.value_date,
                amount: Money::of_minor(payment.amount_minor, Currency::JPY),
                returned,
                return_text: None,
            };
            let name = format!("{}.csv", payment.reference);
            self.take_in(day, &name, line).await?;
        }
        Ok(())
    }

    /// The rows of a batch.
    pub(super) async fn payments(
        &self,
        batch: PaymentBatchId,
    ) -> Result<Vec<payment_instruction::Model>, Error> {
        Ok(payment_instruction::Entity::find()
            .filter(payment_instruction::Column::BatchId.eq(batch.uuid()))
            .all(self.clerk.store.reads())
            .await?)
    }

    /// What a batch pays in all.
    pub(super) async fn total(&self, batch: PaymentBatchId) -> Result<Money, Error> {
        let row = self.batch(batch).await?;
        Ok(Money::of_minor(row.total_minor, Currency::JPY))
    }

    async fn prepare(
        &self,
        day: i64,
        releases: Vec<ReleaseId>,
        value_date: NaiveDate,
    ) -> Result<PaymentBatchId, Error> {
        let prepare = PreparePaymentBatch {
            programme: self.setting.programme,
            releases,
            value_date,
        };
        let preparer = self.setting.cast.finance_preparer;
        let prepared = self.clerk.act(preparer, day, &prepare).await?;
        Ok(prepared.payment_batch)
    }

    async fn approve(&self, day: i64, payment_batch: PaymentBatchId) -> Result<(), Error> {
        let row = self.batch(payment_batch).await?;
        let approve = ApprovePaymentBatch {
            payment_batch,
            digest: seal(&row.digest)?,
        };
        let approver = self.setting.cast.finance_approver;
        self.clerk.act(approver, day, &approve).await?;
        Ok(())
    }

    async fn review(&self, day: i64, payment_batch: PaymentBatchId) -> Result<(), Error> {
        let reviewer = self.setting.cast.finance_reviewer;
        let review = ReviewPaymentBatch { payment_batch };
        self.clerk.act(reviewer, day, &review).await?;
        Ok(())
    }

    async fn cancel(&self, day: i64, payment_batch: PaymentBatchId) -> Result<(), Error> {
        let cancel = CancelPaymentBatch {
            payment_batch,
            reason: "振込日を改めるため / to be paid on another day".to_owned(),
        };
        let approver = self.setting.cast.finance_approver;
        self.clerk.act(approver, day, &cancel).await?;
        Ok(())
    }

    /// Takes in a file of one line.
    async fn take_in(&self, day: i64, name: &str, line: BankLine) -> Result<(), Error> {
        let import = ImportSettlement {
            programme: self.setting.programme,
            name: name.to_owned(),
            part: None,
            lines: vec![line],
        };
        let preparer = self.setting.cast.finance_preparer;
        self.clerk.act(preparer, day, &import).await?;
        Ok(())
    }

    async fn batch(&self, id: PaymentBatchId) -> Result<payment_batch::Model, Error> {
        payment_batch::Entity::find_by_id(id.uuid())
            .one(self.clerk.store.reads())
            .await?
            .ok_or_else(|| Error::not_found("PAYMENT_BATCH"))
    }
}

fn seal(text: &str) -> Result<Seal, Error> {
    text.parse().map_err(Error::corrupt)
}
