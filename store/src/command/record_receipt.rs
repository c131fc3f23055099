//! Records money that came in for a return.

use chrono::NaiveDate;
use domain::access::Operation;
use domain::closing::Receipt;
use domain::id::{OrganizationId, ReceiptId};
use domain::{Money, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::place_of_organization;
use crate::entity::{organization, receipt};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::ledger;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Records what a body paid to the treasury. What it pays of what is owed, another person says. The
/// same receipt told again changes nothing.
#[derive(Debug, Clone, Serialize)]
pub struct RecordReceipt {
    /// Who paid.
    pub organization: OrganizationId,
    /// How much.
    pub amount: Money,
    /// The day on which it arrived, in Japan.
    pub received_on: NaiveDate,
    /// What the treasury knows it by.
    pub reference: String,
}

/// A receipt is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRecorded {
    /// The receipt.
    pub receipt: ReceiptId,
    /// Whether it was on record before.
    pub known: bool,
}

impl Command for RecordReceipt {
    const OPERATION: Operation = Operation::RecordReceipt;
    type Root = organization::Model;
    type Outcome = ReceiptRecorded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_organization(tx, self.organization).await
    }

    async fn run(
        &self,
        payer: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReceiptRecorded, Error> {
        ensure_fits("reference", &self.reference, 100)?;
        if !self.amount.is_positive() {
            return Err(Refusal::AmountNotPositive {}.into());
        }
        if self.received_on > work.today() {
            let date = self.received_on;
            return Err(Refusal::DateInFuture { date }.into());
        }
        let known = receipt::Entity::find()
            .filter(receipt::Column::ProgrammeId.eq(payer.programme_id))
            .filter(receipt::Column::Reference.eq(&self.reference))
            .one(work.tx())
            .await?;
        if let Some(row) = known {
            if !self.is_told_by(&row) {
                return Err(Error::already_exists("RECEIPT"));
            }
            let receipt = row.id.into();
            return Ok(ReceiptRecorded {
                receipt,
                known: true,
            });
        }
        let receipt = self.insert(work, &payer).await?;
        Ok(ReceiptRecorded {
            receipt,
            known: false,
        })
    }
}

impl RecordReceipt {
    fn is_told_by(&self, row: &receipt::Model) -> bool {
        row.organization_id == self.organization.uuid()
            && row.amount_minor == self.amount.minor()
            && row.currency == self.amount.currency().code()
            && row.received_on == self.received_on
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        payer: &Locked<organization::Model>,
    ) -> Result<ReceiptId, Error> {
        let id: ReceiptId = work.ids.next();
        receipt::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(payer.programme_id),
            organization_id: Set(payer.id),
            amount_minor: Set(self.amount.minor()),
            currency: Set(self.amount.currency().code().to_owned()),
            received_on: Set(self.received_on),
            reference: Set(self.reference.clone()),
            recorded_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": id, "reference": self.reference, "amount": self.amount });
        work.record("RECEIPT_RECORDED", facts);
        let receipt = Receipt {
            programme: payer.programme_id.into(),
            payer: self.organization,
            amount: self.amount,
        };
        let movements: Vec<_> = receipt.received().into_iter().collect();
        let dated = (id.uuid(), self.received_on);
        ledger::post_movements_on(work, payer.programme_id, &movements, dated).await?;
        Ok(id)
    }
}
