//! Rescinds an order to return as far as it is outstanding.

use domain::Refusal;
use domain::access::Operation;
use domain::closing::ReturnOrder;
use domain::id::ReturnOrderId;
use domain::tranche::PaymentBasis;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::ReturnChanged;
use crate::dossier::{AwardDossier, ReturnEntry, place_of, return_of, transfers_of, year_ledger};
use crate::entity::{award, determination};
use crate::error::Error;
use crate::mapping;
use crate::persist::return_order::{self, Cause};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Rescinds an order as far as its principal is outstanding: the award keeps it. What was paid stays
/// returned.
#[derive(Debug, Clone, Serialize)]
pub struct RescindReturn {
    /// The order to return.
    pub return_order: ReturnOrderId,
    /// Why (Act 21-2).
    pub reason: String,
}

impl Command for RescindReturn {
    const OPERATION: Operation = Operation::RescindReturn;
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
        let (_, rest) = entry.order.clone().rescind(work.today(), &self.reason)?;
        let basis = basis_after(work, &award, &entry).await?;
        let cause = Cause::rescinded(&self.reason);
        let movement = ReturnOrder::rescinded(award.id.into(), basis, rest);
        return_order::end(work, &entry.row, rest, (cause, movement)).await?;
        Ok(ReturnChanged {
            award: award.id.into(),
            return_order: self.return_order,
            amount: rest,
        })
    }
}

/// Where the money is that the award keeps: covered by the determination in force, which has to fix
/// it, or not covered by any.
async fn basis_after(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    entry: &ReturnEntry,
) -> Result<PaymentBasis, Error> {
    let in_force = determination::Entity::find()
        .filter(determination::Column::AwardId.eq(award.id))
        .filter(determination::Column::BudgetYear.eq(entry.row.budget_year))
        .order_by_desc(determination::Column::Version)
        .one(work.tx())
        .await?;
    let Some(in_force) = in_force else {
        return Ok(PaymentBasis::Estimate);
    };
    let dossier = AwardDossier::open(work, award).await?;
    let transfers = transfers_of(work.tx(), award.id).await?;
    let year = mapping::fiscal_year(entry.row.budget_year)?;
    let of = (award.id, year, dossier.currency);
    let granted = year_ledger(work.tx(), of, &transfers).await?.money.granted;
    let rest = entry.order.outstanding().map_err(Refusal::from)?;
    let kept = granted.plus(rest).map_err(Refusal::from)?;
    if kept.minor() > in_force.fixed_minor {
        return Err(Refusal::DeterminationStands {}.into());
    }
    Ok(PaymentBasis::Settlement)
}
