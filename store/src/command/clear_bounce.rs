//! Records that the cause for which the bank returned a payment is cleared.

use domain::Refusal;
use domain::access::Operation;
use domain::id::PaymentInstructionId;
use domain::payment::{Duty, InstructionState, ensure_may_take};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::{duties_in_return, place_of};
use crate::entity::{award, payment_instruction};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Says what was done about a returned payment whose account stays the same, so that a new batch may
/// take it up. Whoever recorded the return does not clear it. Another account clears the cause by itself.
#[derive(Debug, Clone, Serialize)]
pub struct ClearBounce {
    /// The returned payment.
    pub payment_instruction: PaymentInstructionId,
    /// What was done about it.
    pub reason: String,
}

/// The cause of a return is cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceCleared {
    /// The returned payment.
    pub payment_instruction: PaymentInstructionId,
}

impl Command for ClearBounce {
    const OPERATION: Operation = Operation::ClearBounce;
    type Root = award::Model;
    type Outcome = BounceCleared;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.payment_instruction).await
    }

    async fn run(
        &self,
        _award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<BounceCleared, Error> {
        Refusal::require_reason(&self.reason)?;
        let row = payment_instruction::Entity::find_by_id(self.payment_instruction.uuid())
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::not_found("PAYMENT_INSTRUCTION"))?;
        let state: InstructionState = mapping::code(&row.state)?;
        state.ensure_to_be_cleared(row.cleared_at.is_some())?;
        let taken = duties_in_return(work.tx(), row.id).await?;
        ensure_may_take(Duty::Clearer, work.natural_person()?, &taken)?;
        payment_instruction::ActiveModel {
            id: Set(row.id),
            cleared_by: Set(work.person_uuid()),
            cleared_at: Set(Some(work.occurred_at())),
            clear_reason: Set(Some(self.reason.clone())),
            revision: Set(row.revision + 1),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        work.record(
            "BOUNCE_CLEARED",
            json!({ "id": row.id, "reason": self.reason }),
        );
        Ok(BounceCleared {
            payment_instruction: self.payment_instruction,
        })
    }
}
