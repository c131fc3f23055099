//! Recording what takes money into the next budget year.

use domain::calendar::FiscalYear;
use domain::closing::CarryOver;
use domain::id::{AwardId, CarryOverId, ThemeId};
use domain::ledger::Account;
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::ledger::{self, Posting};
use crate::dossier::{AwardDossier, ensure_year_open};
use crate::entity::{carry_over, envelope};
use crate::error::Error;
use crate::gathered::Written;
use crate::input::ensure_fits;
use crate::work::Work;

/// Whose money is carried over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carrier {
    /// The programme.
    pub(crate) programme: Uuid,
    /// The theme.
    pub(crate) theme: ThemeId,
    /// The award; none for the rest of an envelope.
    pub(crate) award: Option<AwardId>,
    /// The year that the money leaves.
    pub(crate) budget_year: FiscalYear,
}

impl Carrier {
    /// The award of `dossier`, whose money leaves `budget_year`.
    pub(crate) fn of(dossier: &AwardDossier, budget_year: FiscalYear) -> Self {
        Self {
            programme: dossier.row.programme_id,
            theme: dossier.row.theme_id.into(),
            award: Some(dossier.row.id.into()),
            budget_year,
        }
    }
}

/// Refuses texts that could not be kept.
///
/// # Errors
/// [`Refusal::CarryOverUnfounded`] or [`Refusal::InvalidInput`].
pub(crate) fn ensure_fit(carry_over: &CarryOver) -> Result<(), Refusal> {
    let grounds = &carry_over.grounds;
    grounds.ensure_founded()?;
    ensure_fits("item", &grounds.item, 200)?;
    ensure_fits("reference", &grounds.reference, 200)
}

/// Carries over what is in `from`, an award's account of which at most `most` can be.
///
/// # Errors
/// [`Refusal::EnvelopeMissing`] without an envelope of the next year; [`Refusal::YearClosed`]; the
/// refusals of [`CarryOver::movement`].
pub(crate) async fn carry(
    work: &mut Work<'_>,
    carrier: Carrier,
    carry_over: &CarryOver,
    (from, most): (Account, Money),
) -> Result<CarryOverId, Error> {
    ensure_fit(carry_over)?;
    ensure_year_open(work.tx(), carrier.theme.uuid(), carrier.budget_year).await?;
    ensure_next_year(work, carrier).await?;
    let movement = carry_over.movement(from, most)?;
    let id: CarryOverId = work.ids.next();
    let posting = Posting::of(&movement, id.uuid());
    ledger::post(work, carrier.programme, posting).await?;
    insert(work, carrier, carry_over, id).await?;
    Ok(id)
}

/// Money can be carried over only into a year of which the theme has an envelope.
async fn ensure_next_year(work: &Work<'_>, carrier: Carrier) -> Result<(), Error> {
    let next = carrier.budget_year.next();
    let envelope = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(carrier.theme.uuid()))
        .filter(envelope::Column::FiscalYear.eq(i64::from(next.get())))
        .one(work.tx())
        .await?;
    match envelope {
        Some(_) => Ok(()),
        None => Err(Refusal::EnvelopeMissing { budget_year: next }.into()),
    }
}

/// Puts a carry-over on record, whose transfer belongs to `id`.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn insert(
    work: &mut Work<'_>,
    carrier: Carrier,
    carry_over: &CarryOver,
    id: CarryOverId,
) -> Result<(), Error> {
    let grounds = &carry_over.grounds;
    work.record(
        "CARRIED_OVER",
        serde_json::json!({ "id": id, "award": carrier.award, "carry_over": carry_over }),
    );
    carry_over::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(carrier.programme),
        theme_id: Set(carrier.theme.uuid()),
        award_id: Set(carrier.award.map(AwardId::uuid)),
        tranche_id: Set(carry_over.tranche.map(Into::into)),
        budget_year: Set(i64::from(carrier.budget_year.get())),
        amount_minor: Set(carry_over.amount.minor()),
        currency: Set(carry_over.amount.currency().code().to_owned()),
        item: Set(grounds.item.clone()),
        reason: Set(grounds.reason.clone()),
        reference: Set(grounds.reference.clone()),
        decided_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok(())
}
