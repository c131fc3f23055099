//! Recording what the bank answered, and moving the payment and its money with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Coded;
use domain::calendar::jst_date;
use domain::id::{PaymentInstructionId, SettlementLineId};
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
use crate::dossier::{MovedAwards, determined_years};
use crate::entity::{payment_batch, payment_instruction, settlement_line, tranche_release};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::mapping;
use crate::work::Work;

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
    pub fn ensure_sound(&self) -> Result<(), Refusal> {
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

/// The payments that lines of the bank may speak of, with their awards, as they stand while the lines are
/// recorded one after the other.
pub(crate) struct Payments {
    programme: Uuid,
    awards: MovedAwards,
    by_id: BTreeMap<Uuid, Payment>,
    /// The lines on record that carry a reference which one of these lines carries.
    heard: Vec<settlement_line::Model>,
}

struct Payment {
    row: payment_instruction::Model,
    known: Known,
    basis: PaymentBasis,
    is_determined: bool,
}

impl Payments {
    /// Those of `rows`, for lines that carry one of `references`. As many statements however many there
    /// are.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when an award is not locked or a row contradicts itself.
    pub(crate) async fn open(
        work: &mut Work<'_>,
        programme: Uuid,
        rows: Vec<payment_instruction::Model>,
        references: impl IntoIterator<Item = String>,
    ) -> Result<Self, Error> {
        let awards: BTreeSet<Uuid> = rows.iter().map(|row| row.award_id).collect();
        let of_awards: Vec<Uuid> = awards.iter().copied().collect();
        let determined = determined_years(work.tx(), &of_awards).await?;
        let mut awards = MovedAwards::open(work, awards).await?;
        let bases = bases_of(work.tx(), &rows).await?;
        let mut known = known_of(work.tx(), &rows).await?;
        let mut payments = BTreeMap::new();
        for row in rows {
            let missing = || Error::corrupt(format_args!("{} hangs in the air", row.reference));
            let (_, dossier) = awards.of(row.award_id)?;
            let year = dossier.tranche(row.tranche_id.into())?.settles;
            let payment = Payment {
                known: known.remove(&row.id).ok_or_else(missing)?,
                basis: *bases.get(&row.release_id).ok_or_else(missing)?,
                is_determined: determined.contains(&(row.award_id, year)),
                row,
            };
            payments.insert(payment.row.id, payment);
        }
        Ok(Self {
            heard: heard(work.tx(), programme, references).await?,
            programme,
            awards,
            by_id: payments,
        })
    }

    fn of_reference(&self, reference: &str) -> Option<&Payment> {
        let mut payments = self.by_id.values();
        payments.find(|payment| payment.row.reference == reference)
    }

    /// The payment that the same answer was found to speak of before, in another file or told by hand.
    /// A bank repeats its answers, and a reference that fits no payment may be on several payments' lines:
    /// the second such line of one file is another answer than the first.
    fn spoken_of(
        &self,
        line: &SettlementLine,
        reference: &str,
        (file, ordinal): Source,
    ) -> Result<Option<PaymentInstructionId>, Error> {
        let mut earlier_here = 0;
        let mut elsewhere = Vec::new();
        for row in self.heard.iter().filter(|row| row.reference == reference) {
            if mapping::settlement_line(row)? != *line {
                continue;
            }
            let is_here = file.is_some() && row.file_id == file;
            if is_here && row.ordinal < ordinal {
                earlier_here += 1;
            }
            if !is_here && row.state == LineState::Matched.code() {
                elsewhere.extend(row.instruction_id);
            }
        }
        Ok(elsewhere.get(earlier_here).copied().map(Into::into))
    }
}

/// What is known of each of `rows`, for a judgement on a line.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn known_of(
    db: &impl ConnectionTrait,
    rows: &[payment_instruction::Model],
) -> Result<BTreeMap<Uuid, Known>, Error> {
    let sent = sent_on(db, rows).await?;
    let mut recorded = recorded_of(db, rows).await?;
    let known = |row: &payment_instruction::Model| {
        let missing = || Error::corrupt(format_args!("{} has no batch", row.reference));
        let known = Known {
            instruction: row.id.into(),
            state: mapping::code(&row.state)?,
            amount: mapping::money(row.amount_minor, &row.currency)?,
            sent_on: *sent.get(&row.batch_id).ok_or_else(missing)?,
            recorded: recorded.remove(&row.id).unwrap_or_default(),
        };
        Ok((row.id, known))
    };
    rows.iter().map(known).collect()
}

/// The day on which each batch of `rows` was handed to the bank, once it was.
async fn sent_on(
    db: &impl ConnectionTrait,
    rows: &[payment_instruction::Model],
) -> Result<BTreeMap<Uuid, Option<NaiveDate>>, Error> {
    let batches: BTreeSet<Uuid> = rows.iter().map(|row| row.batch_id).collect();
    let batches = payment_batch::Entity::find()
        .filter(payment_batch::Column::Id.is_in(batches))
        .all(db)
        .await?;
    let day = |row: payment_batch::Model| (row.id, row.exported_at.map(jst_date));
    Ok(batches.into_iter().map(day).collect())
}

async fn bases_of(
    db: &impl ConnectionTrait,
    rows: &[payment_instruction::Model],
) -> Result<BTreeMap<Uuid, PaymentBasis>, Error> {
    let releases = tranche_release::Entity::find()
        .filter(tranche_release::Column::Id.is_in(rows.iter().map(|row| row.release_id)))
        .all(db)
        .await?;
    let basis = |row: tranche_release::Model| Ok((row.id, mapping::code(&row.payment_basis)?));
    releases.into_iter().map(basis).collect()
}

/// The answers recorded for each of `rows`, in their order.
async fn recorded_of(
    db: &impl ConnectionTrait,
    rows: &[payment_instruction::Model],
) -> Result<BTreeMap<Uuid, Vec<SettlementLine>>, Error> {
    let lines = settlement_line::Entity::find()
        .filter(settlement_line::Column::InstructionId.is_in(rows.iter().map(|row| row.id)))
        .filter(settlement_line::Column::State.eq(LineState::Matched.code()))
        .filter(settlement_line::Column::TakenBackAt.is_null())
        .order_by_asc(settlement_line::Column::Id)
        .all(db)
        .await?;
    let mut recorded: BTreeMap<Uuid, Vec<SettlementLine>> = BTreeMap::new();
    for row in lines {
        let line = mapping::settlement_line(&row)?;
        if let Some(id) = row.instruction_id {
            recorded.entry(id).or_default().push(line);
        }
    }
    Ok(recorded)
}

/// The lines on record that carry one of these references, in their order.
async fn heard(
    db: &impl ConnectionTrait,
    programme: Uuid,
    references: impl IntoIterator<Item = String>,
) -> Result<Vec<settlement_line::Model>, Error> {
    let references: BTreeSet<String> = references.into_iter().collect();
    Ok(settlement_line::Entity::find()
        .filter(settlement_line::Column::ProgrammeId.eq(programme))
        .filter(settlement_line::Column::Reference.is_in(references))
        .filter(settlement_line::Column::TakenBackAt.is_null())
        .order_by_asc(settlement_line::Column::Id)
        .all(db)
        .await?)
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
    source: Source,
    brought: &BankLine,
    payments: &mut Payments,
) -> Result<(SettlementLineId, LineState), Error> {
    let line = brought.line();
    let named = payments.of_reference(&brought.reference);
    let instruction = named.map(|payment| payment.row.id);
    let mut matching = judge(&line, named.map(|payment| &payment.known), work.today());
    if matching.line_state() == LineState::Unmatched
        && let Some(instruction) = payments.spoken_of(&line, &brought.reference, source)?
    {
        matching = Matching::AlreadyRecorded { instruction };
    }
    let id: SettlementLineId = work.ids.next();
    if let (Matching::Matched { step, .. }, Some(instruction)) = (matching, instruction) {
        match settle(work, payments, instruction, (step, &line), id).await {
            // It waits alone: the other lines of its file go on.
            Err(Error::Refused(Refusal::SettlementUnmatched { why })) => {
                matching = Matching::Unmatched(why);
            }
            settled => settled?,
        }
    }
    let row = insert(work, payments.programme, source, (id, brought), matching).await?;
    payments.heard.push(row);
    Ok((id, matching.line_state()))
}

/// Moves the payment `instruction`, which a person named for the recorded line `row`, and its money with
/// it.
///
/// # Errors
/// What stands between the line and the payment: [`Refusal::SettlementUnmatched`],
/// [`Refusal::SettlementContradicts`], or [`Refusal::SettlementRepeated`], also where the same answer was
/// found to speak of a payment before.
pub(crate) async fn match_by_hand(
    work: &mut Work<'_>,
    payments: &mut Payments,
    row: &settlement_line::Model,
    instruction: Uuid,
) -> Result<(), Error> {
    let line = mapping::settlement_line(row)?;
    let source = (row.file_id, row.ordinal);
    if payments.spoken_of(&line, &row.reference, source)?.is_some() {
        return Err(Refusal::SettlementRepeated {}.into());
    }
    let known = payments
        .by_id
        .get(&instruction)
        .map(|payment| &payment.known);
    let step = judge(&line, known, work.today()).by_hand()?;
    settle(work, payments, instruction, (step, &line), row.id.into()).await
}

/// Moves a payment by the line `id`, and its money with it.
///
/// # Errors
/// The instruction's refusal, or [`Refusal::SettlementUnmatched`] before anything is written when the
/// money is no longer where the payment brought it.
async fn settle(
    work: &mut Work<'_>,
    payments: &mut Payments,
    instruction: Uuid,
    (step, line): (InstructionStep, &SettlementLine),
    id: SettlementLineId,
) -> Result<(), Error> {
    let Payments { awards, by_id, .. } = payments;
    let payment = by_id
        .get_mut(&instruction)
        .ok_or_else(|| Error::not_found("PAYMENT_INSTRUCTION"))?;
    let row = &payment.row;
    let has_arrived = payment.known.state == InstructionState::Settled;
    let leg = payment_leg(step, has_arrived, payment.basis, payment.is_determined);
    let (_, dossier) = awards.of(row.award_id)?;
    let year = dossier.tranche(row.tranche_id.into())?.budget_year;
    let amount = payment.known.amount;
    let account =
        |kind: AccountKind| Account::of_award(kind, row.award_id.into(), year, amount.currency());
    if let Some((_, from, _)) = leg {
        let held = ledger::balance(work, &account(from)).await?;
        if held.minor() < amount.minor() {
            let why = UnmatchedReason::MoneyMovedOn;
            return Err(Refusal::SettlementUnmatched { why }.into());
        }
    }
    let moved = batches::move_row(work, awards, row, step, None).await?;
    if let Some((kind, from, to)) = leg {
        let posting = Posting {
            kind,
            reason: None,
            from: account(from),
            to: account(to),
            amount,
            record: (RecordKind::SettlementLine, id.uuid()),
        };
        ledger::post_on(work, row.programme_id, posting, line.value_date).await?;
    }
    payment.known.state = mapping::code(&moved.state)?;
    payment.known.recorded.push(line.clone());
    payment.row = moved;
    Ok(())
}

async fn insert(
    work: &mut Work<'_>,
    programme: Uuid,
    (file, ordinal): Source,
    (id, brought): (SettlementLineId, &BankLine),
    matching: Matching,
) -> Result<settlement_line::Model, Error> {
    let (instruction, unmatched, contradiction) = match matching {
        Matching::Matched { instruction, .. } | Matching::AlreadyRecorded { instruction } => {
            (Some(instruction), None, None)
        }
        Matching::Contradicting { instruction, why } => (Some(instruction), None, Some(why)),
        Matching::Unmatched(why) => (None, Some(why), None),
    };
    let state = matching.line_state();
    let row = settlement_line::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(programme),
        file_id: Set(file),
        ordinal: Set(ordinal),
        reference: Set(brought.reference.clone()),
        result: Set(brought.line().result.code().code().to_owned()),
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
    Ok(row)
}
