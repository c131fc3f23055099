//! Answers for a line of the bank's that fitted no payment: names the payment, or dismisses it.

use domain::access::{Operation, Scope};
use domain::id::{PaymentInstructionId, SettlementLineId};
use domain::payment::LineState;
use domain::{Coded, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set,
};
use serde::Serialize;

use super::record_settlement::SettlementRecorded;
use crate::dossier::with_awards;
use crate::entity::{award, payment_instruction, programme, settlement_line};
use crate::error::Error;
use crate::mapping;
use crate::persist::settlement::{self, Payments};
use crate::read::batch::lines_seen;
use crate::root::{Locked, Named, Place};
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
        let named = Named {
            id: line.id,
            seen: |sight, id| {
                Query::select()
                    .column(settlement_line::Column::Id)
                    .from(settlement_line::Entity)
                    .cond_where(settlement_line::Column::Id.eq(id))
                    .cond_where(lines_seen(sight))
                    .to_owned()
            },
        };
        let place = Place::at("SETTLEMENT_LINE", line.programme_id, scope).named(named);
        // Whether the payment is there is told only to whoever may answer.
        let Some(row) = self.found(tx, &line).await? else {
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
        let named = self.found(work.tx(), &row).await?;
        if named.is_none() && self.payment_instruction.is_some() {
            return Err(Error::not_found("PAYMENT_INSTRUCTION"));
        }
        let after = match &named {
            Some(named) => {
                let (programme, references) = (row.programme_id, [row.reference.clone()]);
                let rows = vec![named.clone()];
                let mut payments = Payments::open(work, programme, rows, references).await?;
                settlement::match_by_hand(work, &mut payments, &row, named.id).await?;
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

    /// The payment that is named, if it is there and of the line's programme.
    async fn found(
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
        Ok(row.filter(|row| row.programme_id == line.programme_id))
    }
}
