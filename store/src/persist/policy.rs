//! Storing versions of a programme's policy.

use domain::Policy;
use domain::id::PolicyVersionId;
use sea_orm::{ActiveModelTrait, Set};
use uuid::Uuid;

use crate::entity::policy_version;
use crate::error::Error;
use crate::mapping;
use crate::work::Work;

/// Stores `policy` as version `version` of the programme's, in force from now on.
///
/// # Errors
/// [`Refusal::InvalidInput`](domain::Refusal::InvalidInput) when its parameters make no sense.
pub(crate) async fn insert(
    work: &mut Work<'_>,
    programme: Uuid,
    version: u32,
    policy: &Policy,
) -> Result<PolicyVersionId, Error> {
    policy.ensure_sound()?;
    let id: PolicyVersionId = work.ids.next();
    policy_version::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(programme),
        version: Set(i64::from(version)),
        parameters: Set(mapping::json(policy)?),
        published_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    Ok(id)
}
