//! Moving tranches, their money and their releases.

use domain::award::PlannedTranche;
use domain::id::TrancheId;
use domain::ledger::{Account, RecordKind, TransferKind};
use domain::tranche::{TrancheState, TrancheYears};
use domain::{Coded, Money};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;

use super::ledger::{self, Posting};
use crate::dossier::{AwardDossier, TrancheEntry, kept_of, left_of};
use crate::entity::{award, tranche, tranche_release};
use crate::error::Error;
use crate::gathered::Written;
use crate::root::Locked;
use crate::work::Work;

/// By this the audit tells that a tranche moved to another state, `from` one `to` another.
pub(crate) const TRANCHE_MOVED: &str = "TRANCHE_MOVED";

/// By this the audit tells that a tranche has another amount or budget year: `from` which amount of which
/// year, `to` which plan.
pub(crate) const TRANCHE_PLANNED_ANEW: &str = "TRANCHE_PLANNED_ANEW";

/// By this the audit tells that a tranche was carried over, `from` one budget year `to` the next; of those that
/// were carried over at the closing of their year, the closing does.
pub(crate) const TRANCHE_CARRIED_OVER: &str = "TRANCHE_CARRIED_OVER";

/// Stores a tranche's state and keeps the dossier true.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store_state(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    tranche: TrancheId,
    after: TrancheState,
    reason: Option<String>,
) -> Result<(), Error> {
    let entry = entry_mut(dossier, tranche)?;
    work.record_move(TRANCHE_MOVED, entry.row.id, entry.state, after);
    entry.row = tranche::ActiveModel {
        id: Set(entry.row.id),
        state: Set(after.code().to_owned()),
        state_reason: Set(reason),
        state_since: Set(work.occurred_at()),
        revision: Set(entry.row.revision + 1),
        ..Default::default()
    }
    .update_in(work)
    .await?;
    entry.state = after;
    Ok(())
}

/// Stores a tranche's amount and budget year and keeps the dossier true.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store_plan(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    tranche: TrancheId,
    planned: &PlannedTranche,
) -> Result<(), Error> {
    let entry = entry_mut(dossier, tranche)?;
    work.record(
        TRANCHE_PLANNED_ANEW,
        json!({
            "id": entry.row.id,
            "from": entry.amount,
            "from_year": entry.budget_year,
            "to": planned,
        }),
    );
    let row = tranche::ActiveModel {
        id: Set(entry.row.id),
        amount_minor: Set(planned.amount.minor()),
        budget_year: Set(i64::from(planned.budget_year.get())),
        revision: Set(entry.row.revision + 1),
        ..Default::default()
    };
    *entry = TrancheEntry::try_from(row.update_in(work).await?)?;
    Ok(())
}

/// Stores the years of a tranche that was carried over and keeps the dossier true.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store_years(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    tranche: TrancheId,
    years: TrancheYears,
) -> Result<(), Error> {
    let entry = entry_mut(dossier, tranche)?;
    let (from, to) = (entry.budget_year, years.paid_out_of);
    let facts = json!({ "id": entry.row.id, "from": from, "to": to, "settles": years.settles });
    work.record(TRANCHE_CARRIED_OVER, facts);
    let settled = years.is_late().then(|| i64::from(years.settles.get()));
    let row = tranche::ActiveModel {
        id: Set(entry.row.id),
        budget_year: Set(i64::from(to.get())),
        settles_year: Set(settled),
        revision: Set(entry.row.revision + 1),
        ..Default::default()
    };
    *entry = TrancheEntry::try_from(row.update_in(work).await?)?;
    Ok(())
}

fn entry_mut(dossier: &mut AwardDossier, tranche: TrancheId) -> Result<&mut TrancheEntry, Error> {
    dossier
        .tranches
        .iter_mut()
        .find(|entry| entry.row.id == tranche.uuid())
        .ok_or_else(|| Error::not_found("TRANCHE"))
}

/// The account in which the unreleased money of a tranche lies.
#[must_use]
pub(crate) fn source_account(dossier: &AwardDossier, entry: &TrancheEntry) -> Account {
    let (award, kind) = (dossier.row.id.into(), entry.kind.held_in());
    Account::of_award(kind, award, entry.budget_year, dossier.currency)
}

/// The live release of a tranche, if there is one.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn live_release(
    work: &Work<'_>,
    tranche: TrancheId,
) -> Result<Option<tranche_release::Model>, Error> {
    Ok(tranche_release::Entity::find()
        .filter(tranche_release::Column::TrancheId.eq(tranche.uuid()))
        .filter(tranche_release::Column::RevokedAt.is_null())
        .one(work.tx())
        .await?)
}

/// What the live release of a tranche still pays, and whether a part of it was kept for a debt.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    release: tranche_release::Model,
    left: Money,
    /// Whether a part of it was kept.
    pub(crate) is_kept: bool,
}

/// The live release of a tranche that is released, as it stands.
///
/// # Errors
/// [`Error::Corrupt`] when there is none.
pub(crate) async fn standing(work: &Work<'_>, tranche: TrancheId) -> Result<Standing, Error> {
    let release = live_release(work, tranche)
        .await?
        .ok_or_else(|| Error::corrupt(format_args!("tranche {tranche} has no live release")))?;
    let kept = kept_of(work.tx(), [release.id]).await?;
    Ok(Standing {
        left: left_of(&release, &kept)?,
        is_kept: !kept.is_empty(),
        release,
    })
}

/// Revokes the live release of a tranche: its money is committed, or retained, again. Once a part of it
/// was kept for a debt, that is what is left; the tranche is paid by what was kept.
///
/// # Errors
/// [`Refusal::TrancheNotReleased`] or [`Refusal::TrancheAlreadyInstructed`].
pub(crate) async fn revoke_release(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    dossier: &mut AwardDossier,
    (tranche, standing): (TrancheId, Standing),
    reason: &str,
) -> Result<tranche_release::Model, Error> {
    let entry = dossier.tranche(tranche)?.clone();
    let after = if standing.is_kept {
        entry.state.revoke_rest()?
    } else {
        entry.state.revoke()?
    };
    let release = tranche_release::ActiveModel {
        id: Set(standing.release.id),
        revoked_at: Set(Some(work.occurred_at())),
        revoked_by: Set(work.person_uuid()),
        revoke_reason: Set(Some(reason.to_owned())),
        ..Default::default()
    }
    .update_in(work)
    .await?;
    let posting = Posting {
        kind: TransferKind::Revoke,
        reason: None,
        from: Account::payable(dossier.row.id.into(), entry.budget_year, dossier.currency),
        to: source_account(dossier, &entry),
        amount: standing.left,
        record: (RecordKind::Release, release.id),
    };
    ledger::post(work, dossier.row.programme_id, posting).await?;
    let reason = Some(reason.to_owned());
    store_state(work, award, dossier, tranche, after, reason).await?;
    Ok(release)
}
