//! Adds every batch up again, and holds its payments against their releases, their transfers and what
//! the bank answered.

use std::collections::{BTreeMap, BTreeSet};

use domain::finding::FindingCode;
use domain::ledger::{RecordKind, Transfer, TransferKind};
use domain::payment::{BankResult, BatchState, InstructionState, InstructionStep, LineState};
use domain::{Coded, Money, Seal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::{BatchDossier, kept_of, left_of};
use crate::entity::{payment_batch, payment_instruction, settlement_line, tranche_release};
use crate::error::Error;
use crate::mapping;

/// What payments and answers of the bank moved, by the record, without what was reversed.
#[derive(Debug, Default)]
pub(super) struct Paid {
    transfers: BTreeMap<Uuid, Vec<Transfer>>,
}

impl Paid {
    /// Notes `transfer` where it belongs to a payment or to an answer.
    pub(super) fn note(&mut self, transfer: Transfer) {
        let is_theirs = matches!(
            transfer.record_kind,
            RecordKind::PaymentInstruction | RecordKind::SettlementLine
        );
        if !is_theirs {
            return;
        }
        let of_record = self.transfers.entry(transfer.record).or_default();
        match transfer.reverses {
            Some(reversed) => of_record.retain(|earlier| earlier.id != reversed),
            None => of_record.push(transfer),
        }
    }

    /// What `record` moved; nothing is left of it here.
    fn take(&mut self, record: Uuid) -> Vec<Transfer> {
        self.transfers.remove(&record).unwrap_or_default()
    }
}

pub(super) async fn check(
    db: &impl ConnectionTrait,
    mut paid: Paid,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, payment_batch, |rows| {
        for batch in load(db, rows, verification).await? {
            verification.count("payment batches");
            check_batch(&batch, verification);
            check_payments(db, &batch, &mut paid, verification).await?;
        }
    });
    for_each_page!(db, settlement_line, |rows| {
        for row in rows {
            verification.count("answers of the bank");
            check_line(&row, &paid.take(row.id), verification)?;
        }
    });
    let unknown = paid.transfers.into_iter();
    for (record, _) in unknown.filter(|(_, transfers)| !transfers.is_empty()) {
        let detail = "the ledger moved money for a payment that is not on record";
        let place = format!("payment {record}");
        verification.find(FindingCode::PaymentTransferWrong, place, detail);
    }
    Ok(())
}

/// The batches that can be read; those that cannot are named.
async fn load(
    db: &impl ConnectionTrait,
    rows: Vec<payment_batch::Model>,
    verification: &mut Verification,
) -> Result<Vec<BatchDossier>, Error> {
    match BatchDossier::load_many(db, rows.clone()).await {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {}
        all => return all,
    }
    let mut readable = Vec::with_capacity(rows.len());
    for row in rows {
        let place = format!("batch {}", row.number);
        let batch = BatchDossier::load(db, &row).await;
        readable.extend(verification.readable(&place, batch)?);
    }
    Ok(readable)
}

/// Count, total, hashes and digest are those of its rows, and what was exported still reads the same.
fn check_batch(batch: &BatchDossier, verification: &mut Verification) {
    let place = format!("batch {}", batch.row.number);
    if let Err(error) = batch.ensure_unaltered() {
        verification.find(FindingCode::BatchAltered, &place, error.to_string());
        return;
    }
    let Some(sha256) = &batch.row.export_sha256 else {
        return;
    };
    let reads = batch.canonical().map(|content| Seal::over(&content));
    if !reads.is_ok_and(|reads| reads.to_string() == *sha256) {
        let detail = format!("what was exported had the hash {sha256}");
        verification.find(FindingCode::BatchAltered, place, detail);
    }
}

/// Each payment is of a release that stands, in the state that its batch and the bank's answers make,
/// and was sent by one transfer.
async fn check_payments(
    db: &impl ConnectionTrait,
    batch: &BatchDossier,
    paid: &mut Paid,
    verification: &mut Verification,
) -> Result<(), Error> {
    let releases: BTreeMap<Uuid, tranche_release::Model> = tranche_release::Entity::find()
        .filter(tranche_release::Column::Id.is_in(batch.rows.iter().map(|row| row.release_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let kept = kept_of(db, releases.keys().copied()).await?;
    let mut answered = answers(db, batch).await?;
    for row in &batch.rows {
        verification.count("payments");
        let place = format!("payment {}", row.reference);
        let state = mapping::code::<InstructionState>(&row.state);
        let amount = mapping::money(row.amount_minor, &row.currency);
        let (Some(state), Some(amount)) = (
            verification.readable(&place, state)?,
            verification.readable(&place, amount)?,
        ) else {
            continue;
        };
        if !is_released(row, releases.get(&row.release_id), &kept, state) {
            let detail = format!("release {}", row.release_id);
            verification.find(FindingCode::PaymentWithoutRelease, &place, detail);
        }
        let told = after(batch.state, &answered.remove(&row.id).unwrap_or_default());
        if told != Some(state) {
            let detail = format!("{state}; its batch and the bank make it {told:?}");
            verification.find(FindingCode::PaymentStateWrong, &place, detail);
        }
        let is_sent = batch.state == BatchState::Exported;
        let expected: Vec<_> = is_sent
            .then_some((TransferKind::Send, amount))
            .into_iter()
            .collect();
        check_moved(&place, &expected, &paid.take(row.id), verification);
    }
    Ok(())
}

fn is_released(
    row: &payment_instruction::Model,
    release: Option<&tranche_release::Model>,
    kept: &BTreeMap<Uuid, i64>,
    state: InstructionState,
) -> bool {
    let is_live = matches!(
        state,
        InstructionState::Instructed | InstructionState::Sent | InstructionState::Settled
    );
    release.is_some_and(|release| {
        (release.tranche_id, release.award_id) == (row.tranche_id, row.award_id)
            // A payment that came back may have been of more than what was left after a set-off.
            && (!is_live || left_of(release, kept).is_ok_and(|left| left.minor() == row.amount_minor))
            && release.currency == row.currency
            && (release.revoked_at.is_none() || !is_live)
    })
}

/// The answers that moved each payment of the batch on, in their order.
async fn answers(
    db: &impl ConnectionTrait,
    batch: &BatchDossier,
) -> Result<BTreeMap<Uuid, Vec<InstructionStep>>, Error> {
    let ids: BTreeSet<Uuid> = batch.rows.iter().map(|row| row.id).collect();
    let rows = settlement_line::Entity::find()
        .filter(settlement_line::Column::InstructionId.is_in(ids))
        .filter(settlement_line::Column::State.eq(LineState::Matched.code()))
        .filter(settlement_line::Column::TakenBackAt.is_null())
        .order_by_asc(settlement_line::Column::ValueDate)
        // Of one day it arrived before it came back.
        .order_by_desc(settlement_line::Column::Result)
        .all(db)
        .await?;
    let mut answered: BTreeMap<Uuid, Vec<InstructionStep>> = BTreeMap::new();
    for row in rows {
        let step = match row.return_reason {
            None => InstructionStep::Settle,
            Some(_) => InstructionStep::Bounce,
        };
        if let Some(id) = row.instruction_id {
            answered.entry(id).or_default().push(step);
        }
    }
    Ok(answered)
}

/// The state of a payment of a batch in `state` after `answers`; none where they contradict each other.
fn after(state: BatchState, answers: &[InstructionStep]) -> Option<InstructionState> {
    let first = match state {
        BatchState::Prepared | BatchState::Reviewed | BatchState::Approved => {
            InstructionState::Instructed
        }
        BatchState::Exported => InstructionState::Sent,
        BatchState::Cancelled => InstructionState::Withdrawn,
    };
    let mut answers = answers.iter();
    answers.try_fold(first, |state, step| state.after(*step).ok())
}

/// An answer that moved a payment on has moved its money once, on the bank's day; any other, and one
/// that was taken back, has not.
fn check_line(
    row: &settlement_line::Model,
    moved: &[Transfer],
    verification: &mut Verification,
) -> Result<(), Error> {
    let place = format!("answer {}", row.id);
    let line = mapping::settlement_line(row);
    let Some(line) = verification.readable(&place, line)? else {
        return Ok(());
    };
    let stands = row.state == LineState::Matched.code() && row.taken_back_at.is_none();
    let kinds: &[TransferKind] = match line.result {
        _ if !stands => &[],
        BankResult::Settled => &[TransferKind::SettleEstimate, TransferKind::SettleFinal],
        BankResult::Returned(_) => &[TransferKind::Bounce, TransferKind::BankReturn],
    };
    let agrees = match moved {
        [] => kinds.is_empty(),
        [one] => {
            kinds.contains(&one.kind)
                && (one.amount, one.value_date) == (line.amount, line.value_date)
        }
        _ => false,
    };
    if !agrees {
        let detail = format!(
            "{} {}; the ledger moved {}",
            row.state,
            line.amount,
            told(moved)
        );
        verification.find(FindingCode::PaymentTransferWrong, place, detail);
    }
    Ok(())
}

fn check_moved(
    place: &str,
    expected: &[(TransferKind, Money)],
    moved: &[Transfer],
    verification: &mut Verification,
) {
    let found: Vec<_> = moved.iter().map(|one| (one.kind, one.amount)).collect();
    if found != expected {
        let detail = format!("the ledger moved {}", told(moved));
        verification.find(FindingCode::PaymentTransferWrong, place, detail);
    }
}

fn told(moved: &[Transfer]) -> String {
    let texts: Vec<String> = moved
        .iter()
        .map(|one| format!("{} {}", one.kind, one.amount))
        .collect();
    if texts.is_empty() {
        "nothing".to_owned()
    } else {
        texts.join(" + ")
    }
}
