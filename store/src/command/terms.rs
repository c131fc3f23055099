//! What a recommendation or a decision lays down, as far as other rows are concerned.

use domain::gate::{Terms, Verifier};
use sea_orm::EntityTrait;

use crate::entity::person;
use crate::error::Error;
use crate::work::Work;

/// Refuses terms that name somebody as verifier who does not exist.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound).
pub(super) async fn ensure_verifiers_known(work: &Work<'_>, terms: &Terms) -> Result<(), Error> {
    for condition in &terms.conditions {
        if let Verifier::Named(verifier) = condition.verifier {
            person::Entity::find_by_id(verifier.uuid())
                .one(work.tx())
                .await?
                .ok_or_else(|| Error::not_found("PERSON"))?;
        }
    }
    Ok(())
}
