//! The notice of a release, by which a tranche is paid.

use std::collections::BTreeMap;

use domain::calculation::CalculationSheet;
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::FiveAmounts;
use domain::ledger::{RecordKind, TransferKind};
use domain::report::{NoticeKind, NoticedTranche, ReleaseNotice, RevokedRest};
use domain::tranche::TrancheShare;
use domain::{Coded, LocalizedText, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::super::export::Reader;
use super::{Act, Which};
use crate::dossier::{decided_in_force, kept_of, ledger_of, left_of};
use crate::entity::tranche_release::{Column, Entity, Model};
use crate::entity::{award, gate, ledger_transfer, milestone_version, submission, tranche};
use crate::error::Error;
use crate::mapping;

/// The releases; of the one that is asked for by its record also where it was revoked.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    which: Which<'_>,
) -> Result<Vec<(Act, Model)>, Error> {
    let mut rows = which
        .seen_whole::<Entity>(db, reader, (Column::AwardId, Column::Id))
        .await?;
    let kept = kept_of(db, rows.iter().map(|row| row.id)).await?;
    // A release of which a part was kept for a debt stands, also where the rest of it was revoked.
    let stands = |row: &Model| row.revoked_at.is_none() || kept.contains_key(&row.id);
    match which {
        Which::Awards(_) => rows.retain(stands),
        Which::Record(_) => {
            if let Some(row) = rows.iter().find(|row| !stands(row)) {
                let revoked_on = jst_date(mapping::required(row.revoked_at, "revoked_at")?);
                return Err(Refusal::ReleaseRevoked { revoked_on }.into());
            }
        }
    }
    let places = places(db, rows.iter().map(|row| row.tranche_id)).await?;
    rows.into_iter()
        .map(|row| {
            let place = mapping::required(places.get(&row.id), "the tranche of a release")?;
            let act = Act {
                kind: NoticeKind::Release,
                id: row.id,
                award: row.award_id,
                series: format!("支払{place}"),
                dated_on: jst_date(row.occurred_at),
                recorded_at: row.recorded_at,
            };
            Ok((act, row))
        })
        .collect()
}

/// Of each release of these tranches the ordinal of its tranche, and the how-manieth of it it is.
async fn places(
    db: &impl ConnectionTrait,
    tranches: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, String>, Error> {
    let tranches: BTreeMap<Uuid, i64> = tranche::Entity::find()
        .filter(tranche::Column::Id.is_in(tranches))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.ordinal))
        .collect();
    let releases: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::TrancheId])
        .filter(Column::TrancheId.is_in(tranches.keys().copied()))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut counted: BTreeMap<Uuid, u32> = BTreeMap::new();
    let place = |(id, of): (Uuid, Uuid)| {
        let nth = counted.entry(of).or_default();
        *nth = nth.saturating_add(1);
        Some((id, format!("{}-{nth}", tranches.get(&of)?)))
    };
    Ok(releases.into_iter().filter_map(place).collect())
}

/// What was released, by the sheet that was kept with it.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    award: &award::Model,
    row: &Model,
) -> Result<ReleaseNotice, Error> {
    let sheet: CalculationSheet<TrancheShare> = mapping::document(&row.calculation)?;
    let paid_of = tranche::Entity::find_by_id(row.tranche_id).one(db).await?;
    let paid_of = mapping::required(paid_of, "the tranche of a release")?;
    let milestone = milestone(db, row).await?;
    let as_of = Some(row.recorded_at);
    let decided = decided_in_force(db, &[award.id], as_of).await?;
    let (decided, _) = mapping::required(decided.get(&award.id), "the decided amount")?;
    let transfers = ledger_of(db, &[award.id], as_of).await?;
    let applied = mapping::money(award.applied_minor, &award.currency)?;
    let amounts = FiveAmounts::of(
        award.id.into(),
        (applied, decided.amount),
        Vec::<Money>::new(),
        transfers.values().flatten(),
    );
    Ok(ReleaseNotice {
        revoked: revoked(db, row, sheet.result).await?,
        tranche: NoticedTranche {
            ordinal: mapping::ordinal(paid_of.ordinal)?,
            kind: mapping::code(&paid_of.kind)?,
            due_on: milestone.as_ref().map(|version| version.due_on),
            milestone: milestone.map(|one| LocalizedText::new(one.title_ja, one.title_en)),
            budget_year: budget_year(db, row.id).await?,
            amount: sheet.basis.tranche_amount,
        },
        released: sheet.result,
        basis: mapping::code(&row.payment_basis)?,
        consultation_reference: row.consultation_reference.clone(),
        share: sheet.basis.share,
        decided: decided.amount,
        paid_before: amounts.map_err(Refusal::from)?.paid,
        policy_version: sheet.policy_version,
        steps: sheet.steps,
    })
}

/// What was revoked of `released` after a part of it was kept for a debt.
async fn revoked(
    db: &impl ConnectionTrait,
    row: &Model,
    released: Money,
) -> Result<Option<RevokedRest>, Error> {
    let Some(at) = row.revoked_at else {
        return Ok(None);
    };
    let rest = left_of(row, &kept_of(db, [row.id]).await?)?;
    Ok(Some(RevokedRest {
        on: jst_date(at),
        rest,
        kept: released.minus(rest).map_err(Refusal::from)?,
    }))
}

/// The milestone as it was sealed by what passed the gate that the release rests on.
async fn milestone(
    db: &impl ConnectionTrait,
    row: &Model,
) -> Result<Option<milestone_version::Model>, Error> {
    let Some(gate) = row.gate_id else {
        return Ok(None);
    };
    let gate = gate::Entity::find_by_id(gate).one(db).await?;
    let gate = mapping::required(gate, "the gate of a release")?;
    sealed_milestone(db, gate.submission_id).await.map(Some)
}

/// The milestone as `submission` was sealed for it.
pub(super) async fn sealed_milestone(
    db: &impl ConnectionTrait,
    submission: Uuid,
) -> Result<milestone_version::Model, Error> {
    let sealed = submission::Entity::find_by_id(submission).one(db).await?;
    let version = sealed.and_then(|sealed| sealed.milestone_version_id);
    let version = mapping::required(version, "the plan of a sealed submission")?;
    let version = milestone_version::Entity::find_by_id(version)
        .one(db)
        .await?;
    mapping::required(version, "the plan of a sealed submission")
}

/// The budget year out of which the money of a release came, which its transfer says for ever.
async fn budget_year(db: &impl ConnectionTrait, release: Uuid) -> Result<FiscalYear, Error> {
    let kinds = [TransferKind::Release, TransferKind::ReleaseRetention];
    let transfer = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::RecordKind.eq(RecordKind::Release.code()))
        .filter(ledger_transfer::Column::RecordId.eq(release))
        .filter(ledger_transfer::Column::Kind.is_in(kinds.map(Coded::code)))
        .one(db)
        .await?;
    let year = transfer.and_then(|row| row.from_budget_year);
    mapping::fiscal_year(mapping::required(year, "the budget year of a release")?)
}
