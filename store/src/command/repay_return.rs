//! Records money that came in on the payment slip of one order to return, which it pays.

use chrono::NaiveDate;
use domain::access::Operation;
use domain::closing::{DatedAmount, Receipt};
use domain::id::{AwardId, ReceiptId, ReturnOrderId};
use domain::{Money, Refusal};
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::{AwardDossier, ReturnEntry, place_of_return, return_of};
use crate::entity::award;
use crate::error::Error;
use crate::persist::ledger;
use crate::persist::receipt::Incoming;
use crate::persist::return_order::{self, PaidBy, Payment};
use crate::read::receipt as receipts;
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Records what a body paid on the payment slip of an order to return (納入告知書), and pays the order
/// with it: the principal first, which levies what has accrued, then the surcharge, then the late charge
/// (Order 10). The treasury itself says what the money is for, so nobody has to judge it: one person does
/// both, but not who ordered the return. What is over stays the payer's. The same receipt told again
/// changes nothing.
#[derive(Debug, Clone, Serialize)]
pub struct RepayReturn {
    /// The order to return that the slip names.
    pub return_order: ReturnOrderId,
    /// How much was paid.
    pub amount: Money,
    /// The day on which it arrived, in Japan.
    pub received_on: NaiveDate,
    /// What the treasury knows it by.
    pub reference: String,
}

/// A return was paid on its slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRepaid {
    /// The award.
    pub award: AwardId,
    /// The receipt.
    pub receipt: ReceiptId,
    /// Whether it was on record before.
    pub known: bool,
    /// The part that went to the principal.
    pub principal: Money,
    /// The part that went to charges.
    pub charges: Money,
    /// What of it nothing was owed for.
    pub rest: Money,
    /// What is still owed on the order: principal and charges.
    pub owed: Money,
}

impl Command for RepayReturn {
    const OPERATION: Operation = Operation::RepayReturn;
    type Root = award::Model;
    type Outcome = ReturnRepaid;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let place = place_of_return(tx, self.return_order).await?;
        let owing = award::Entity::find_by_id(place.root).one(tx).await?;
        let owing = owing.ok_or_else(|| Error::not_found("RETURN_ORDER"))?;
        // One reference is recorded once, whoever tells it of the same body.
        Ok(place.writing(RootKind::Organization, owing.organization_id))
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReturnRepaid, Error> {
        let before = return_of(work.tx(), self.return_order.uuid()).await?;
        before.ensure_another(work.natural_person()?)?;
        let incoming = Incoming {
            receipt: Receipt {
                programme: award.programme_id.into(),
                payer: award.organization_id.into(),
                amount: self.amount,
            },
            received_on: self.received_on,
            reference: &self.reference,
            slip_of: Some(self.return_order),
        };
        if let Some(row) = incoming.known(work).await? {
            return self.told_again(work, row.id, &before).await;
        }
        let dossier = AwardDossier::open(work, &award).await?;
        let offered = DatedAmount {
            on: self.received_on,
            amount: self.amount,
        };
        let (policy, version) = (&dossier.policy.parameters, dossier.policy.version);
        let received = before.order.clone().repay(offered, policy, version)?;
        if received.unapplied == self.amount {
            return Err(Refusal::NothingOutstanding {}.into());
        }
        let receipt = incoming.insert(work).await?;
        let principal = DatedAmount {
            amount: received.principal,
            ..offered
        };
        let back = return_order::reinstatement(work, &award, &before.row, principal).await?;
        let payment = Payment {
            on: self.received_on,
            by: PaidBy::Receipt(receipt.uuid()),
            reinstated: back.and_then(|back| back.to.budget_year),
        };
        return_order::store_received(work, &before, &received, payment).await?;
        let mut movements = received.repayment_movements(award.id.into(), &incoming.receipt);
        movements.extend(back);
        let dated = (receipt.uuid(), self.received_on);
        ledger::post_movements_on(work, award.programme_id, &movements, dated).await?;
        Ok(ReturnRepaid {
            award: award.id.into(),
            receipt,
            known: false,
            principal: received.principal,
            charges: received.charges,
            rest: received.unapplied,
            owed: received.order.owed().map_err(Refusal::from)?,
        })
    }
}

impl RepayReturn {
    /// What the receipt on record paid of the order of `entry`, and what is owed on that now.
    async fn told_again(
        &self,
        work: &Work<'_>,
        receipt: Uuid,
        entry: &ReturnEntry,
    ) -> Result<ReturnRepaid, Error> {
        let paid = receipts::paid_of(work.tx(), receipt, entry.row.id).await?;
        let [principal, charges] = paid.map(|minor| Money::of_minor(minor, self.amount.currency()));
        let rest = self.amount.minus(principal);
        let rest = rest.and_then(|rest| rest.minus(charges));
        Ok(ReturnRepaid {
            award: entry.row.award_id.into(),
            receipt: receipt.into(),
            known: true,
            principal,
            charges,
            rest: rest.map_err(Refusal::from)?,
            owed: entry.order.owed().map_err(Refusal::from)?,
        })
    }
}
