//! Takes back an answer of the bank that was recorded by hand.

use domain::access::{Operation, Scope};
use domain::id::SettlementLineId;
use domain::ledger::RecordKind;
use domain::payment::{BankResult, InstructionState, RecordedLine};
use domain::{Coded, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::{MovedAwards, TrancheEntry, with_awards};
use crate::entity::{
    award, determination, payment_instruction, programme, settlement_line, tranche, tranche_release,
};
use crate::error::Error;
use crate::mapping;
use crate::persist::{batch as batches, ledger, settlement};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes back a line that a person recorded or matched by mistake, while nothing followed: its payment
/// stands as it did before, its money is moved back by reversal, and the line stays on record.
#[derive(Debug, Clone, Serialize)]
pub struct TakeBackSettlement {
    /// The line.
    pub settlement_line: SettlementLineId,
    /// Why.
    pub reason: String,
}

/// An answer was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementTakenBack {
    /// The line.
    pub settlement_line: SettlementLineId,
}

impl Command for TakeBackSettlement {
    const OPERATION: Operation = Operation::TakeBackSettlement;
    type Root = programme::Model;
    type Outcome = SettlementTakenBack;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let line = self.line(tx).await?;
        let scope = Scope::programme(line.programme_id.into());
        let place = Place::at("SETTLEMENT_LINE", line.programme_id, scope);
        let Some(payment) = payment_of(tx, &line).await? else {
            return Ok(place);
        };
        let awards = award::Entity::find()
            .filter(award::Column::Id.eq(payment.award_id))
            .all(tx)
            .await?;
        Ok(with_awards(place, &awards))
    }

    async fn run(
        &self,
        _programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<SettlementTakenBack, Error> {
        Refusal::require_reason(&self.reason)?;
        let row = self.line(work.tx()).await?;
        let Some(payment) = payment_of(work.tx(), &row).await? else {
            let state = mapping::code(&row.state)?;
            return Err(Refusal::SettlementLineResolved { state }.into());
        };
        let after = recorded(work.tx(), &row, &payment).await?.take_back()?;
        let mut awards = MovedAwards::open(work, [payment.award_id].into()).await?;
        let reason = Some(self.reason.clone());
        batches::put_back(work, &mut awards, &payment, (after, reason)).await?;
        let record = (RecordKind::SettlementLine, row.id);
        ledger::reverse(work, row.programme_id, record).await?;
        settlement_line::ActiveModel {
            id: Set(row.id),
            taken_back_by: Set(work.person_uuid()),
            taken_back_at: Set(Some(work.occurred_at())),
            taken_back_reason: Set(Some(self.reason.clone())),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        let facts = json!({ "id": row.id, "instruction": payment.id, "reason": self.reason });
        work.record("SETTLEMENT_TAKEN_BACK", facts);
        Ok(SettlementTakenBack {
            settlement_line: self.settlement_line,
        })
    }
}

impl TakeBackSettlement {
    async fn line(&self, db: &impl ConnectionTrait) -> Result<settlement_line::Model, Error> {
        settlement_line::Entity::find_by_id(self.settlement_line.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("SETTLEMENT_LINE"))
    }
}

/// The payment that the line names.
async fn payment_of(
    db: &impl ConnectionTrait,
    line: &settlement_line::Model,
) -> Result<Option<payment_instruction::Model>, Error> {
    let Some(id) = line.instruction_id else {
        return Ok(None);
    };
    Ok(payment_instruction::Entity::find_by_id(id).one(db).await?)
}

/// The line with what became of its payment since.
async fn recorded(
    db: &impl ConnectionTrait,
    line: &settlement_line::Model,
    payment: &payment_instruction::Model,
) -> Result<RecordedLine, Error> {
    let missing = || Error::corrupt(format_args!("nothing is known of {}", payment.reference));
    let mut known = settlement::known_of(db, core::slice::from_ref(payment)).await?;
    let known = known.remove(&payment.id).ok_or_else(missing)?;
    let mut answers = known.recorded.iter();
    let release = tranche_release::Entity::find_by_id(payment.release_id)
        .one(db)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("{} has no release", payment.reference)))?;
    let made_since = payment_instruction::Entity::find()
        .filter(payment_instruction::Column::TrancheId.eq(payment.tranche_id))
        .filter(payment_instruction::Column::Id.gt(payment.id))
        .filter(payment_instruction::Column::State.ne(InstructionState::Withdrawn.code()))
        .count(db)
        .await?;
    let tranche = tranche::Entity::find_by_id(payment.tranche_id)
        .one(db)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("{} has no tranche", payment.reference)))?;
    let settled = TrancheEntry::try_from(tranche)?.settles;
    let moved_at = line.resolved_at.unwrap_or(line.occurred_at);
    let determined_since = determination::Entity::find()
        .filter(determination::Column::AwardId.eq(payment.award_id))
        .filter(determination::Column::BudgetYear.eq(i64::from(settled.get())))
        .filter(determination::Column::OccurredAt.gte(moved_at))
        .count(db)
        .await?;
    Ok(RecordedLine {
        state: mapping::code(&line.state)?,
        result: mapping::settlement_line(line)?.result,
        is_by_hand: line.file_id.is_none() || line.resolved_at.is_some(),
        is_taken_back: line.taken_back_at.is_some(),
        payment: known.state,
        has_arrived: answers.any(|answer| answer.result == BankResult::Settled),
        is_followed: payment.cleared_at.is_some()
            || release.revoked_at.is_some()
            || made_since > 0
            || determined_since > 0,
    })
}
