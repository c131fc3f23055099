//! Pays back the rest of recorded money that nothing is owed for.

use domain::access::Operation;
use domain::id::ReceiptId;
use domain::{Money, Refusal};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::dossier::{ReceiptDossier, place_of_receipt};
use crate::entity::{organization, receipt_refund};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::ledger;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Pays back what is left of a receipt. Whoever recorded the money does not pay it back.
#[derive(Debug, Clone, Serialize)]
pub struct RefundReceipt {
    /// The receipt.
    pub receipt: ReceiptId,
    /// The reference of the payment.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// The rest of a receipt was paid back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRefunded {
    /// The receipt.
    pub receipt: ReceiptId,
    /// How much.
    pub amount: Money,
}

impl Command for RefundReceipt {
    const OPERATION: Operation = Operation::RefundReceipt;
    type Root = organization::Model;
    type Outcome = ReceiptRefunded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_receipt(tx, self.receipt).await
    }

    async fn run(
        &self,
        payer: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReceiptRefunded, Error> {
        ensure_fits("reference", &self.reference, 100)?;
        Refusal::require_reason(&self.reason)?;
        let receipt = ReceiptDossier::load(work.tx(), self.receipt).await?;
        receipt.ensure_another(work.natural_person()?)?;
        receipt.ensure_rest()?;
        let rest = receipt.rest;
        let id: Uuid = work.ids.next();
        receipt_refund::ActiveModel {
            id: Set(id),
            programme_id: Set(payer.programme_id),
            receipt_id: Set(receipt.row.id),
            amount_minor: Set(rest.minor()),
            currency: Set(rest.currency().code().to_owned()),
            refunded_on: Set(work.today()),
            reference: Set(self.reference.clone()),
            reason: Set(self.reason.clone()),
            refunded_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "receipt": self.receipt, "amount": rest });
        work.record("RECEIPT_REFUNDED", facts);
        let movements: Vec<_> = receipt.receipt.refunded(rest).into_iter().collect();
        ledger::post_movements(work, payer.programme_id, &movements, receipt.row.id).await?;
        Ok(ReceiptRefunded {
            receipt: self.receipt,
            amount: rest,
        })
    }
}
