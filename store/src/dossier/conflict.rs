//! What the record says of somebody's connection with an award, asked anew at every step that
//! matters: people change bodies while a gate sits.

use chrono::NaiveDate;
use domain::Refusal;
use domain::gate::{ConflictKind, computed_conflict};
use domain::id::PersonId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{AwardDossier, connections};
use crate::entity::award_participant;
use crate::error::Error;

/// The conflict that the record shows on `today` between `person` and the award, looking back
/// `years`.
///
/// # Errors
/// When the database does not answer.
pub async fn conflict_on_record(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    person: PersonId,
    today: NaiveDate,
    years: u16,
) -> Result<Option<ConflictKind>, Error> {
    let named = award_participant::Entity::find()
        .filter(award_participant::Column::AwardId.eq(dossier.row.id))
        .all(db)
        .await?;
    let asked: Vec<PersonId> = core::iter::once(person)
        .chain(named.iter().map(|row| row.person_id.into()))
        .collect();
    let found = connections(db, &asked, today, years).await?;
    let Some(((_, own), people)) = found.split_first() else {
        return Ok(None);
    };
    let applicant = dossier.row.organization_id.into();
    let award = dossier.row.id.into();
    Ok(computed_conflict(person, own, applicant, award, people))
}

/// Refuses a person of the award or of the applicant's body: nobody judges their own.
///
/// # Errors
/// [`Refusal::ApplicantOnRoster`].
pub async fn ensure_outsider(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    person: PersonId,
    today: NaiveDate,
) -> Result<(), Error> {
    // Only what holds today matters here, so the years do not.
    match conflict_on_record(db, dossier, person, today, 0).await? {
        Some(ConflictKind::Applicant | ConflictKind::SameBody) => {
            Err(Refusal::ApplicantOnRoster {}.into())
        }
        _ => Ok(()),
    }
}
