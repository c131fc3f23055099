//! Storing money that came in.

use chrono::NaiveDate;
use domain::Refusal;
use domain::closing::Receipt;
use domain::id::{ReceiptId, ReturnOrderId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use crate::entity::receipt::{self, Column, Entity, Model};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::work::Work;

/// Money that came in, as it is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incoming<'a> {
    /// Who paid how much.
    pub(crate) receipt: Receipt,
    /// The day on which it arrived, in Japan.
    pub(crate) received_on: NaiveDate,
    /// What the treasury knows it by.
    pub(crate) reference: &'a str,
    /// The order on whose payment slip it came.
    pub(crate) slip_of: Option<ReturnOrderId>,
}

impl Incoming<'_> {
    /// The receipt that is on record under the same reference, and was not taken back.
    ///
    /// # Errors
    /// [`Refusal::AlreadyExists`] when that one says something else; [`Refusal::AmountNotPositive`],
    /// [`Refusal::DateInFuture`] or [`Refusal::InvalidInput`] when it could not be recorded at all.
    pub(crate) async fn known(&self, work: &Work<'_>) -> Result<Option<Model>, Error> {
        ensure_fits("reference", self.reference, 100)?;
        if !self.receipt.amount.is_positive() {
            return Err(Refusal::AmountNotPositive {}.into());
        }
        if self.received_on > work.today() {
            let date = self.received_on;
            return Err(Refusal::DateInFuture { date }.into());
        }
        let known = Entity::find()
            .filter(Column::ProgrammeId.eq(self.receipt.programme.uuid()))
            .filter(Column::Reference.eq(self.reference))
            .filter(Column::TakenBackAt.is_null())
            .one(work.tx())
            .await?;
        match known {
            Some(row) if !self.is_told_by(&row) => Err(Error::already_exists("RECEIPT")),
            known => Ok(known),
        }
    }

    fn is_told_by(&self, row: &Model) -> bool {
        row.organization_id == self.receipt.payer.uuid()
            && row.amount_minor == self.receipt.amount.minor()
            && row.currency == self.receipt.amount.currency().code()
            && row.received_on == self.received_on
            && row.return_order_id == self.slip_of.map(Into::into)
    }

    /// Puts it on record. What it moves is posted by the caller, who knows what it pays.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn insert(&self, work: &mut Work<'_>) -> Result<ReceiptId, Error> {
        let Receipt {
            programme,
            payer,
            amount,
        } = self.receipt;
        let id: ReceiptId = work.ids.next();
        receipt::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.uuid()),
            organization_id: Set(payer.uuid()),
            amount_minor: Set(amount.minor()),
            currency: Set(amount.currency().code().to_owned()),
            received_on: Set(self.received_on),
            reference: Set(self.reference.to_owned()),
            return_order_id: Set(self.slip_of.map(Into::into)),
            recorded_by: Set(work.person_uuid()),
            taken_back_by: Set(None),
            taken_back_at: Set(None),
            taken_back_reason: Set(None),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": id, "reference": self.reference, "amount": amount });
        work.record("RECEIPT_RECORDED", facts);
        Ok(id)
    }
}
