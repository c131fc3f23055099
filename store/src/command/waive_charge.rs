//! Waives a surcharge or a late charge (Act 19; Order 9 and 12).

use domain::access::Operation;
use domain::closing::{Charge, ChargeEntry, ChargeKind, DatedAmount};
use domain::id::ReturnOrderId;
use domain::{Money, Refusal};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::ReturnChanged;
use crate::dossier::{place_of, return_of};
use crate::entity::award;
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::ledger;
use crate::persist::return_order::{self, Entered};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Waives a part of a charge that is outstanding.
#[derive(Debug, Clone, Serialize)]
pub struct WaiveCharge {
    /// The order to return.
    pub return_order: ReturnOrderId,
    /// Which charge.
    pub charge: ChargeKind,
    /// How much of it.
    pub amount: Money,
    /// The reference of the consultation.
    pub reference: String,
    /// Why (Act 21-2).
    pub reason: String,
}

impl Command for WaiveCharge {
    const OPERATION: Operation = Operation::WaiveCharge;
    type Root = award::Model;
    type Outcome = ReturnChanged;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.return_order).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<ReturnChanged, Error> {
        let entry = return_of(work.tx(), self.return_order.uuid()).await?;
        let charge = entry.order.charge(self.charge);
        let left = charge.waive(self.amount, &self.reference, &self.reason)?;
        ensure_fits("reference", &self.reference, 100)?;
        let entered = Entered {
            waiver: Some((&self.reference, &self.reason)),
            ..Entered::default()
        };
        let dated = DatedAmount {
            on: work.today(),
            amount: self.amount,
        };
        let what = (self.charge, ChargeEntry::Waived);
        let id = return_order::enter(work, &entry.row, what, dated, entered).await?;
        let (award_id, programme) = (award.id.into(), award.programme_id.into());
        let movement = Charge::waived(award_id, programme, self.amount);
        let movements: Vec<_> = movement.into_iter().collect();
        ledger::post_movements(work, award.programme_id, &movements, id).await?;
        Ok(ReturnChanged {
            award: award_id,
            return_order: self.return_order,
            amount: left.outstanding().map_err(Refusal::from)?,
        })
    }
}
