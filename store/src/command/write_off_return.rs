//! Gives an outstanding return up as not recoverable.

use domain::access::Operation;
use domain::closing::{ReductionCause, ReturnOrder};
use domain::id::ReturnOrderId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::ReturnChanged;
use crate::dossier::{place_of, return_of};
use crate::entity::award;
use crate::error::Error;
use crate::input::ensure_fits;
use crate::persist::return_order::{self, Cause};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Gives the outstanding principal of a return up, with the reference of the consultation.
#[derive(Debug, Clone, Serialize)]
pub struct WriteOffReturn {
    /// The order to return.
    pub return_order: ReturnOrderId,
    /// The reference of the consultation.
    pub reference: String,
    /// Why (Act 21-2).
    pub reason: String,
}

impl Command for WriteOffReturn {
    const OPERATION: Operation = Operation::WriteOffReturn;
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
        let (_, rest) = entry.order.clone().write_off(work.today(), &self.reason)?;
        ensure_fits("reference", &self.reference, 100)?;
        let cause = Cause {
            why: ReductionCause::WrittenOff,
            paid: None,
            reinstated: None,
            reference: Some(&self.reference),
            reason: Some(&self.reason),
        };
        let movement = ReturnOrder::written_off(award.id.into(), rest);
        return_order::end(work, &entry.row, rest, (cause, movement)).await?;
        Ok(ReturnChanged {
            award: award.id.into(),
            return_order: self.return_order,
            amount: rest,
        })
    }
}
