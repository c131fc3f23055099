//! Records money that came in for a return.

use chrono::NaiveDate;
use domain::Money;
use domain::access::Operation;
use domain::closing::Receipt;
use domain::id::{OrganizationId, ReceiptId};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_organization;
use crate::entity::organization;
use crate::error::Error;
use crate::persist::ledger;
use crate::persist::receipt::Incoming;
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
        let incoming = Incoming {
            receipt: Receipt {
                programme: payer.programme_id.into(),
                payer: self.organization,
                amount: self.amount,
            },
            received_on: self.received_on,
            reference: &self.reference,
            slip_of: None,
        };
        if let Some(row) = incoming.known(work).await? {
            let receipt = row.id.into();
            return Ok(ReceiptRecorded {
                receipt,
                known: true,
            });
        }
        let receipt = incoming.insert(work).await?;
        let movements: Vec<_> = incoming.receipt.received().into_iter().collect();
        let dated = (receipt.uuid(), self.received_on);
        ledger::post_movements_on(work, payer.programme_id, &movements, dated).await?;
        Ok(ReceiptRecorded {
            receipt,
            known: false,
        })
    }
}
