//! Who pays: the version of the originator in force.

use domain::Refusal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::originator;
use crate::error::Error;
use crate::mapping;

/// The last version that was defined for a programme.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn latest_originator(
    db: &impl ConnectionTrait,
    programme: Uuid,
) -> Result<Option<originator::Model>, Error> {
    Ok(originator::Entity::find()
        .filter(originator::Column::ProgrammeId.eq(programme))
        .order_by_desc(originator::Column::Version)
        .one(db)
        .await?)
}

/// The version in force, from which a bank pays.
///
/// # Errors
/// [`Refusal::OriginatorMissing`], or why no bank pays from it any more.
pub(crate) async fn originator_in_force(
    db: &impl ConnectionTrait,
    programme: Uuid,
) -> Result<originator::Model, Error> {
    let row = latest_originator(db, programme).await?;
    let row = row.ok_or(Refusal::OriginatorMissing {})?;
    mapping::originator(&row)?.ensure_may_pay()?;
    Ok(row)
}
