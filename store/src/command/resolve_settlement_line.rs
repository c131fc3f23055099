//! Answers for a line of the bank's that fitted no payment: names the payment, or dismisses it.

use domain::access::{Operation, Scope};
use domain::id::{PaymentInstructionId, SettlementLineId};
use domain::payment::{LineState, judge};
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set};
use serde::Serialize;

use super::record_settlement::SettlementRecorded;
use crate::dossier::{MovedAwards, with_awards};
use crate::entity::{award, payment_instruction, programme, settlement_line};
use crate::error::Error;
use crate::mapping;
use crate::persist::settlement;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Matches a waiting line to a payment by hand, or dismisses it, with the reason.
#[derive(Debug, Clone, Serialize)]
pub struct ResolveSettlementLine {
    /// The line.
    pub settlement_line: SettlementLineId,
    /// The payment that it speaks of; none to dismiss it.
    pub payment_instruction: Option<PaymentInstructionId>,
    /// Why.
    pub reason: String,
}

impl Command for ResolveSettlementLine {
    const OPERATION: Operation = Operation::ResolveSettlementLine;
    type Root = programme::Model;
    type Outcome = SettlementRecorded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let line = self.line(tx).await?;
        let scope = Scope::programme(line.programme_id.into());
        let place = Place::at("SETTLEMENT_LINE", line.programme_id, scope);
        let Some(row) = self.named(tx, &line).await? else {
            return Ok(place);
        };
        let award = award::Entity::find_by_id(row.award_id)
            .one(tx)
            .await?
            .ok_or_else(|| Error::corrupt(format_args!("{} has no award", row.reference)))?;
        Ok(with_awards(place, core::slice::from_ref(&award)))
    }

    async fn run(
        &self,
        _programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<SettlementRecorded, Error> {
        Refusal::require_reason(&self.reason)?;
        let row = self.line(work.tx()).await?;
        let before: LineState = mapping::code(&row.state)?;
        before.ensure_waiting()?;
        let named = self.named(work.tx(), &row).await?;
        let after = match &named {
            Some(named) => {
                let known = settlement::known(work.tx(), named).await?;
                let line = mapping::settlement_line(&row)?;
                let step = judge(&line, Some(&known), work.today()).by_hand()?;
                let mut awards = MovedAwards::open(work, [named.award_id].into()).await?;
                let moved = (step, line.value_date);
                settlement::settle(work, &mut awards, named, moved, self.settlement_line).await?;
                LineState::Matched
            }
            None => LineState::Dismissed,
        };
        settlement_line::ActiveModel {
            id: Set(row.id),
            state: Set(after.code().to_owned()),
            instruction_id: Set(named.map_or(row.instruction_id, |named| Some(named.id))),
            resolved_by: Set(work.person_uuid()),
            resolved_at: Set(Some(work.occurred_at())),
            resolve_reason: Set(Some(self.reason.clone())),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        work.record_move("SETTLEMENT_RESOLVED", row.id, before, after);
        Ok(SettlementRecorded {
            settlement_line: self.settlement_line,
            state: after,
        })
    }
}

impl ResolveSettlementLine {
    async fn line(&self, db: &impl ConnectionTrait) -> Result<settlement_line::Model, Error> {
        settlement_line::Entity::find_by_id(self.settlement_line.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("SETTLEMENT_LINE"))
    }

    /// The payment that is named, of the line's programme.
    async fn named(
        &self,
        db: &impl ConnectionTrait,
        line: &settlement_line::Model,
    ) -> Result<Option<payment_instruction::Model>, Error> {
        let Some(id) = self.payment_instruction else {
            return Ok(None);
        };
        let row = payment_instruction::Entity::find_by_id(id.uuid())
            .one(db)
            .await?;
        let row = row.filter(|row| row.programme_id == line.programme_id);
        row.map(Some)
            .ok_or_else(|| Error::not_found("PAYMENT_INSTRUCTION"))
    }
}
