//! Releases of tranches: the live one and those that were revoked.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::Money;
use domain::calculation::CalculationSheet;
use domain::id::{AwardId, ReleaseId, TrancheId};
use domain::tranche::{PaymentBasis, TrancheShare};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Sight;
use crate::dossier::kept_of;
use crate::entity::tranche_release::{Column, Entity, Model};
use crate::error::Error;
use crate::mapping;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseView {
    /// Names it.
    pub id: ReleaseId,
    /// Its award.
    pub award: AwardId,
    /// Its tranche.
    pub tranche: TrancheId,
    /// The amount.
    pub amount: Money,
    /// What of it was kept for what the body owes (Act 20).
    pub kept: Money,
    /// How the amount came about.
    pub calculation: CalculationSheet<TrancheShare>,
    /// Whether it is paid before or after the determination.
    pub payment_basis: PaymentBasis,
    /// The reference of the consultation (Accounts Act 22).
    pub consultation_reference: Option<String>,
    /// When it was released.
    pub released_at: DateTime<Utc>,
    /// When it was revoked, if it was: all of it, or what was not kept.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why it was revoked (Act 21-2).
    pub revoke_reason: Option<String>,
}

impl ReleaseView {
    /// Whether it stands: it was not revoked, or a part of it was kept, which is paid.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.revoked_at.is_none() || self.kept.is_positive()
    }
}

/// All releases of each of these tranches, in the order in which they were made. At most one of a
/// tranche stands.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_tranches(
    db: &impl ConnectionTrait,
    sight: &Sight,
    tranches: &[TrancheId],
) -> Result<HashMap<TrancheId, Vec<ReleaseView>>, Error> {
    let rows = Entity::find()
        .filter(Column::TrancheId.is_in(tranches.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(Column::AwardId))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut releases: HashMap<TrancheId, Vec<ReleaseView>> = HashMap::new();
    for release in views(db, rows).await? {
        releases.entry(release.tranche).or_default().push(release);
    }
    Ok(releases)
}

/// The releases with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[ReleaseId],
) -> Result<HashMap<ReleaseId, ReleaseView>, Error> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(Column::AwardId))
        .all(db)
        .await?;
    let views = views(db, rows).await?.into_iter();
    Ok(views.map(|view| (view.id, view)).collect())
}

async fn views(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<ReleaseView>, Error> {
    let kept = kept_of(db, rows.iter().map(|row| row.id)).await?;
    rows.into_iter().map(|row| view(row, &kept)).collect()
}

fn view(row: Model, kept: &BTreeMap<Uuid, i64>) -> Result<ReleaseView, Error> {
    let amount = mapping::money(row.amount_minor, &row.currency)?;
    let kept = kept.get(&row.id).copied().unwrap_or_default();
    Ok(ReleaseView {
        id: row.id.into(),
        award: row.award_id.into(),
        tranche: row.tranche_id.into(),
        amount,
        kept: Money::of_minor(kept, amount.currency()),
        calculation: mapping::document(&row.calculation)?,
        payment_basis: mapping::code(&row.payment_basis)?,
        consultation_reference: row.consultation_reference,
        released_at: row.occurred_at,
        revoked_at: row.revoked_at,
        revoke_reason: row.revoke_reason,
    })
}
