//! Applies recorded money to what is owed.

use domain::access::Operation;
use domain::closing::DatedAmount;
use domain::id::{AwardId, ReceiptId, ReturnOrderId};
use domain::{Money, Refusal};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::dossier::{AwardDossier, ReceiptDossier, place_of_return, receipt_row, return_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::ledger;
use crate::persist::return_order::{self, PaidBy, Payment};
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Applies what is left of a receipt to an order to return: to the principal first, which levies what
/// has accrued, then to the surcharge, then to the late charge (Order 10). Whoever recorded the money
/// does not apply it. The day of its arrival counts, or that of the order where this is later.
#[derive(Debug, Clone, Serialize)]
pub struct ApplyReceipt {
    /// The receipt.
    pub receipt: ReceiptId,
    /// The order to return.
    pub return_order: ReturnOrderId,
}

/// A receipt was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptApplied {
    /// The award.
    pub award: AwardId,
    /// The part that went to the principal.
    pub principal: Money,
    /// The part that went to charges.
    pub charges: Money,
    /// What of the receipt nothing is owed for.
    pub rest: Money,
    /// What is still owed on the order: principal and charges.
    pub owed: Money,
}

impl Command for ApplyReceipt {
    const OPERATION: Operation = Operation::ApplyReceipt;
    type Root = award::Model;
    type Outcome = ReceiptApplied;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let place = place_of_return(tx, self.return_order).await?;
        let payer = receipt_row(tx, self.receipt).await?.organization_id;
        // What is left of a receipt is its payer's: two awards do not take it at once.
        Ok(place.writing(RootKind::Organization, payer))
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReceiptApplied, Error> {
        let dossier = AwardDossier::open(work, &award).await?;
        let receipt = ReceiptDossier::load(work.tx(), self.receipt).await?;
        if receipt.row.organization_id != award.organization_id {
            return Err(Error::not_found("RECEIPT"));
        }
        receipt.ensure_another(work.natural_person()?)?;
        receipt.ensure_rest()?;
        let before = return_of(work.tx(), self.return_order.uuid()).await?;
        let received_on = receipt.row.received_on;
        let offered = DatedAmount {
            on: before.order.counts_from(received_on),
            amount: receipt.rest,
        };
        let (policy, version) = (&dossier.policy.parameters, dossier.policy.version);
        let received = before.order.clone().repay(offered, policy, version)?;
        if received.unapplied == receipt.rest {
            return Err(Refusal::NothingOutstanding {}.into());
        }
        let principal = DatedAmount {
            on: received_on,
            amount: received.principal,
        };
        let back = return_order::reinstatement(work, &award, &before.row, principal).await?;
        let payment = Payment {
            on: offered.on,
            by: PaidBy::Receipt(receipt.row.id),
            reinstated: back.and_then(|back| back.to.budget_year),
        };
        return_order::store_received(work, &before, &received, payment).await?;
        let payer = receipt.row.organization_id.into();
        let mut movements = received.application_movements(award.id.into(), payer);
        movements.extend(back);
        ledger::post_movements(work, award.programme_id, &movements, receipt.row.id).await?;
        Ok(ReceiptApplied {
            award: award.id.into(),
            principal: received.principal,
            charges: received.charges,
            rest: received.unapplied,
            owed: received.order.owed().map_err(Refusal::from)?,
        })
    }
}
