//! Walks every award: its tranches against their releases, its money against its needs, its
//! milestones against their locks.

use domain::calendar::jst_date;
use domain::finding::FindingCode;
use domain::milestone::MilestoneState;
use domain::tranche::{CalculationSheet, TrancheState};
use domain::{BasisPoints, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Verification;
use super::ledger::Books;
use super::page::for_each_row;
use crate::dossier::{AwardDossier, TrancheEntry};
use crate::entity::{award, gate, tranche_release};
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    books: &Books,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_row!(db, award, |row| {
        verification.count("awards");
        let place = format!("award {}", row.number);
        let day = jst_date(row.recorded_at);
        let dossier = AwardDossier::load(db, &row, day).await;
        let Some(dossier) = verification.readable(&place, dossier)? else {
            continue;
        };
        let releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::AwardId.eq(row.id))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .all(db)
            .await?;
        check_locks(&dossier, verification);
        check_total(&dossier, &releases, &place, verification)?;
        check_needs(&dossier, books, &place, verification)?;
        for entry in &dossier.tranches {
            check_tranche(db, &dossier, entry, &releases, verification).await?;
        }
    });
    Ok(())
}

/// A milestone that waits is locked exactly while an earlier one is not resolved.
fn check_locks(dossier: &AwardDossier, verification: &mut Verification) {
    for (position, entry) in dossier.milestones.iter().enumerate() {
        verification.count("milestones");
        let resolved = dossier.earlier_resolved(position);
        let wrong = match entry.state {
            MilestoneState::Locked { .. } => resolved,
            MilestoneState::Open { .. } => !resolved,
            _ => false,
        };
        if wrong {
            let place = format!("milestone {}", entry.row.id);
            let detail = format!("{} while earlier resolved is {resolved}", entry.row.state);
            verification.find(FindingCode::LockWrong, place, detail);
        }
    }
}

fn check_total(
    dossier: &AwardDossier,
    releases: &[tranche_release::Model],
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let amounts = releases
        .iter()
        .map(|row| Money::of_minor(row.amount_minor, dossier.currency));
    let sum = Money::sum(dossier.currency, amounts).map_err(Refusal::from)?;
    if sum.minor() > dossier.decided.amount.minor() {
        let detail = format!("{sum} released, {} decided", dossier.decided.amount);
        verification.find(FindingCode::ReleasedAboveDecided, place, detail);
    }
    Ok(())
}

/// What is committed or retained is what the tranches still need, never more.
fn check_needs(
    dossier: &AwardDossier,
    books: &Books,
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    for (account, need) in commitment::accounts_and_needs(dossier)? {
        let held = books.balances.balance(account);
        if held.minor() > need.minor() {
            let detail = format!("{account} holds {held}, {need} is needed");
            verification.find(FindingCode::CommittedWithoutNeed, place, detail);
        }
    }
    Ok(())
}

async fn check_tranche(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    entry: &TrancheEntry,
    releases: &[tranche_release::Model],
    verification: &mut Verification,
) -> Result<(), Error> {
    verification.count("tranches");
    let place = format!("tranche {}", entry.row.id);
    let live = releases
        .iter()
        .find(|release| release.tranche_id == entry.row.id);
    let is_released = !matches!(
        entry.state,
        TrancheState::Planned | TrancheState::Withheld | TrancheState::Lapsed
    );
    if is_released != live.is_some() {
        let detail = format!(
            "{} with a live release: {}",
            entry.row.state,
            live.is_some()
        );
        verification.find(FindingCode::TrancheStateWrong, &place, detail);
    }
    let Some(release) = live else { return Ok(()) };
    let passed = passed_share(db, dossier, entry, release).await?;
    let Some(share) = passed else {
        let detail = "the milestone is not passed on the seal of the release's gate";
        verification.find(FindingCode::ReleaseWithoutGate, &place, detail);
        return Ok(());
    };
    let sheet = mapping::document::<CalculationSheet>(&release.calculation);
    let Some(sheet) = verification.readable(&place, sheet)? else {
        return Ok(());
    };
    let facts = (sheet.tranche_amount, sheet.share, sheet.result.minor());
    if !sheet.replays() || facts != (entry.amount, share, release.amount_minor) {
        let detail = format!(
            "{} of {} is not {}",
            share, entry.amount, release.amount_minor
        );
        verification.find(FindingCode::CalculationWrong, &place, detail);
    }
    Ok(())
}

/// The share that a released tranche was passed with; none when there is no gate under it.
async fn passed_share(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    entry: &TrancheEntry,
    release: &tranche_release::Model,
) -> Result<Option<BasisPoints>, Error> {
    let Some(milestone) = entry.row.milestone_id else {
        return Ok(Some(BasisPoints::WHOLE));
    };
    let state = &dossier.milestone(milestone.into())?.state;
    let MilestoneState::Passed { review, share, .. } = state else {
        return Ok(None);
    };
    let gate = gate::Entity::find_by_id(review.gate.uuid()).one(db).await?;
    let passed = gate.is_some_and(|gate| {
        release.gate_id == Some(gate.id)
            && gate.state == "DECIDED"
            && gate.seal == review.seal.to_string()
    });
    Ok(passed.then_some(*share))
}
