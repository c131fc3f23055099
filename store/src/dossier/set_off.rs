//! What was kept of releases for what their bodies owe.

use std::collections::BTreeMap;

use domain::Money;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entity::{set_off, tranche_release};
use crate::error::Error;
use crate::mapping;

/// What was kept of each of these releases, in minor units; a release of which nothing was kept is not
/// among them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn kept_of(
    db: &impl ConnectionTrait,
    releases: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let rows = set_off::Entity::find()
        .filter(set_off::Column::ReleaseId.is_in(releases))
        .all(db)
        .await?;
    Ok(summed(
        rows.iter().map(|row| (row.release_id, row.kept_minor)),
    ))
}

/// What was kept of the payments of each of these awards, in minor units; an award of which nothing was kept
/// is not among them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn kept_of_awards(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let rows = set_off::Entity::find()
        .filter(set_off::Column::AwardId.is_in(awards.iter().copied()))
        .all(db)
        .await?;
    Ok(summed(
        rows.iter().map(|row| (row.award_id, row.kept_minor)),
    ))
}

fn summed(kept: impl Iterator<Item = (Uuid, i64)>) -> BTreeMap<Uuid, i64> {
    let mut sums: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (of, minor) in kept {
        let sum = sums.entry(of).or_default();
        *sum = sum.saturating_add(minor);
    }
    sums
}

/// What `release` still pays, with what was `kept` of releases.
///
/// # Errors
/// When the row contradicts itself.
pub(crate) fn left_of(
    release: &tranche_release::Model,
    kept: &BTreeMap<Uuid, i64>,
) -> Result<Money, Error> {
    let amount = mapping::money(release.amount_minor, &release.currency)?;
    let kept = kept.get(&release.id).copied().unwrap_or_default();
    let kept = Money::of_minor(kept, amount.currency());
    amount.minus(kept).map_err(Error::corrupt)
}

/// Whether a release stands: it was not revoked, or a part of it was kept, which is paid.
pub(crate) fn release_stands() -> Condition {
    let kept = Query::select()
        .expr(Expr::value(1))
        .from(set_off::Entity)
        .and_where(
            Expr::col((set_off::Entity, set_off::Column::ReleaseId))
                .equals((tranche_release::Entity, tranche_release::Column::Id)),
        )
        .to_owned();
    Condition::any()
        .add(tranche_release::Column::RevokedAt.is_null())
        .add(Expr::exists(kept))
}
