//! Pays back the rest of recorded money that nothing is owed for.

use domain::access::Operation;
use domain::id::ReceiptId;
use domain::{Money, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::dossier::{ReceiptDossier, place_of_receipt, returns_where};
use crate::entity::{award, organization, receipt_refund, return_order};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::ledger;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Pays back what is left of a receipt. Whoever recorded the money does not pay it back, and nothing is
/// paid back to a body that is late with what it owes: the money is applied to that.
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
        ensure_nothing_overdue(work, &payer).await?;
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

/// Requires that the body owes nothing whose due date has passed.
async fn ensure_nothing_overdue(
    work: &Work<'_>,
    payer: &Locked<organization::Model>,
) -> Result<(), Error> {
    let awards = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .and_where(award::Column::OrganizationId.eq(payer.id))
        .to_owned();
    let overdue = Condition::all()
        .add(return_order::Column::AwardId.in_subquery(awards))
        .add(return_order::Column::DueOn.lt(work.today()));
    for entry in returns_where(work.tx(), overdue).await? {
        let owed = entry.order.owed().map_err(Refusal::from)?;
        if owed.is_positive() {
            let (due_on, owed) = (entry.order.due_on, owed.amount());
            return Err(Refusal::ReturnOverdue { due_on, owed }.into());
        }
    }
    Ok(())
}
