//! Recording what the bank answered, and moving the payment and its money with it.

use chrono::NaiveDate;
use domain::Coded;
use domain::calendar::jst_date;
use domain::id::SettlementLineId;
use domain::ledger::{Account, AccountKind, RecordKind, payment_leg};
use domain::payment::{
    BankResult, InstructionState, InstructionStep, Known, LineState, Matching, ReturnReason,
    SettlementLine, UnmatchedReason, judge,
};
use domain::tranche::PaymentBasis;
use domain::{Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::batch as batches;
use super::ledger::{self, Posting};
use crate::dossier::MovedAwards;
use crate::entity::{payment_batch, payment_instruction, settlement_line, tranche_release};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::mapping;
use crate::work::Work;

/// The code of an answer that the money arrived.
pub(crate) const SETTLED: &str = "SETTLED";

/// The code of an answer that the money came back.
pub(crate) const RETURNED: &str = "RETURNED";

/// One line of the bank's answer, as it is brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankLine {
    /// What the bank names the payment by.
    pub reference: String,
    /// The day on which the bank booked it.
    pub value_date: NaiveDate,
    /// The amount.
    pub amount: Money,
    /// Why it came back; none where it arrived.
    pub returned: Option<ReturnReason>,
    /// The bank's own words for that.
    pub return_text: Option<String>,
}

impl BankLine {
    /// Refuses what could not be kept.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] or [`Refusal::AmountNotPositive`].
    pub(crate) fn ensure_sound(&self) -> Result<(), Refusal> {
        ensure_fits("reference", &self.reference, 200)?;
        if let Some(text) = &self.return_text {
            ensure_fits("return_text", text, 200)?;
        }
        if self.amount.is_positive() {
            Ok(())
        } else {
            Err(Refusal::AmountNotPositive {})
        }
    }

    pub(crate) const fn line(&self) -> SettlementLine {
        SettlementLine {
            result: match self.returned {
                Some(reason) => BankResult::Returned(reason),
                None => BankResult::Settled,
            },
            amount: self.amount,
            value_date: self.value_date,
        }
    }
}

/// The payments of these references.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn named(
    db: &impl ConnectionTrait,
    programme: Uuid,
    references: impl IntoIterator<Item = String>,
) -> Result<Vec<payment_instruction::Model>, Error> {
    Ok(payment_instruction::Entity::find()
        .filter(payment_instruction::Column::ProgrammeId.eq(programme))
        .filter(payment_instruction::Column::Reference.is_in(references))
        .all(db)
        .await?)
}

/// What is known of a payment, for a judgement on a line.
pub(crate) async fn known(
    db: &impl ConnectionTrait,
    row: &payment_instruction::Model,
) -> Result<Known, Error> {
    let batch = payment_batch::Entity::find_by_id(row.batch_id)
        .one(db)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("{} has no batch", row.reference)))?;
    let lines = settlement_line::Entity::find()
        .filter(settlement_line::Column::InstructionId.eq(row.id))
        .filter(settlement_line::Column::State.eq(LineState::Matched.code()))
        .filter(settlement_line::Column::TakenBackAt.is_null())
        .order_by_asc(settlement_line::Column::Id)
        .all(db)
        .await?;
    Ok(Known {
        instruction: row.id.into(),
        state: mapping::code(&row.state)?,
        amount: mapping::money(row.amount_minor, &row.currency)?,
        sent_on: batch.exported_at.map(jst_date),
        recorded: lines
            .iter()
            .map(mapping::settlement_line)
            .collect::<Result<_, _>>()?,
    })
}

/// Where a line comes from: its file, if any, and its place in it.
pub(crate) type Source = (Option<Uuid>, i64);

/// Records a line of the bank's answer. Where it fits a payment, that payment moves on, and its money
/// with it; where it does not, it waits for a person.
///
/// # Errors
/// The ledger's refusal, or when the database does not answer.
pub(crate) async fn record(
    work: &mut Work<'_>,
    programme: Uuid,
    source: Source,
    brought: &BankLine,
    awards: &mut MovedAwards,
) -> Result<(SettlementLineId, LineState), Error> {
    let reference = [brought.reference.clone()];
    let row = named(work.tx(), programme, reference)
        .await?
        .into_iter()
        .next();
    let known = match &row {
        Some(row) => Some(known(work.tx(), row).await?),
        None => None,
    };
    let line = brought.line();
    let mut matching = judge(&line, known.as_ref(), work.today());
    let id: SettlementLineId = work.ids.next();
    if let (Matching::Matched { step, .. }, Some(row)) = (matching, &row) {
        match settle(work, awards, row, (step, line.value_date), id).await {
            // It waits alone: the other lines of its file go on.
            Err(Error::Refused(Refusal::SettlementUnmatched { why })) => {
                matching = Matching::Unmatched(why);
            }
            settled => settled?,
        }
    }
    insert(work, programme, source, (id, brought), matching).await?;
    Ok((id, matching.line_state()))
}

/// Moves a payment by the line `id`, and its money with it.
///
/// # Errors
/// The instruction's refusal, or [`Refusal::SettlementUnmatched`] before anything is written when the
/// money is no longer where the payment brought it.
pub(crate) async fn settle(
    work: &mut Work<'_>,
    awards: &mut MovedAwards,
    row: &payment_instruction::Model,
    (step, value_date): (InstructionStep, NaiveDate),
    id: SettlementLineId,
) -> Result<(), Error> {
    let before: InstructionState = mapping::code(&row.state)?;
    let (_, dossier) = awards.of(row.award_id)?;
    let year = dossier.tranche(row.tranche_id.into())?.budget_year;
    let amount = mapping::money(row.amount_minor, &row.currency)?;
    let account =
        |kind: AccountKind| Account::of_award(kind, row.award_id.into(), year, amount.currency());
    let advanced = ledger::balance(work, &account(AccountKind::Advanced)).await?;
    let basis = basis_of(work.tx(), row).await?;
    let has_arrived = before == InstructionState::Settled;
    let leg = payment_leg(step, has_arrived, basis, (amount, advanced));
    if let Some((_, from, _)) = leg {
        let held = ledger::balance(work, &account(from)).await?;
        if held.minor() < amount.minor() {
            let why = UnmatchedReason::MoneyMovedOn;
            return Err(Refusal::SettlementUnmatched { why }.into());
        }
    }
    batches::move_row(work, awards, row, step, None).await?;
    let Some((kind, from, to)) = leg else {
        return Ok(());
    };
    let posting = Posting {
        kind,
        reason: None,
        from: account(from),
        to: account(to),
        amount,
        record: (RecordKind::SettlementLine, id.uuid()),
    };
    ledger::post_on(work, row.programme_id, posting, value_date).await
}

async fn basis_of(
    db: &impl ConnectionTrait,
    row: &payment_instruction::Model,
) -> Result<PaymentBasis, Error> {
    let release = tranche_release::Entity::find_by_id(row.release_id)
        .one(db)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("{} has no release", row.reference)))?;
    mapping::code(&release.payment_basis)
}

async fn insert(
    work: &mut Work<'_>,
    programme: Uuid,
    (file, ordinal): Source,
    (id, brought): (SettlementLineId, &BankLine),
    matching: Matching,
) -> Result<(), Error> {
    let (instruction, unmatched, contradiction) = match matching {
        Matching::Matched { instruction, .. } | Matching::AlreadyRecorded { instruction } => {
            (Some(instruction), None, None)
        }
        Matching::Contradicting { instruction, why } => (Some(instruction), None, Some(why)),
        Matching::Unmatched(why) => (None, Some(why), None),
    };
    let state = matching.line_state();
    settlement_line::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(programme),
        file_id: Set(file),
        ordinal: Set(ordinal),
        reference: Set(brought.reference.clone()),
        result: Set(if brought.returned.is_some() {
            RETURNED
        } else {
            SETTLED
        }
        .to_owned()),
        return_reason: Set(brought.returned.map(|reason| reason.code().to_owned())),
        return_text: Set(brought.return_text.clone()),
        value_date: Set(brought.value_date),
        amount_minor: Set(brought.amount.minor()),
        currency: Set(brought.amount.currency().code().to_owned()),
        state: Set(state.code().to_owned()),
        unmatched_reason: Set(unmatched.map(|why| why.code().to_owned())),
        contradiction: Set(contradiction.map(|why| why.code().to_owned())),
        instruction_id: Set(instruction.map(Into::into)),
        recorded_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        resolved_by: Set(None),
        resolved_at: Set(None),
        resolve_reason: Set(None),
        taken_back_by: Set(None),
        taken_back_at: Set(None),
        taken_back_reason: Set(None),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    let facts = serde_json::json!({
        "id": id, "reference": brought.reference, "instruction": instruction, "state": state,
    });
    work.record("SETTLEMENT_RECORDED", facts);
    Ok(())
}
