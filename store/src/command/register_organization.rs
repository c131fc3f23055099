//! Registers an applicant body or a reviewer's institution.

use domain::access::{Operation, Scope};
use domain::id::{OrganizationId, ProgrammeId};
use domain::{CorporateNumber, LocalizedText, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::entity::{organization, organization_identifier, programme};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::root::{Locked, Place, RootKind};
use crate::search;
use crate::work::Work;
use crate::wrapper::Command;

/// Registers an organization, once each: by its corporate number, or where it has none by the
/// identifiers of other registers.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterOrganization {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its name.
    pub name: LocalizedText,
    /// Its corporate number; foreign and imported bodies have none.
    pub corporate_number: Option<CorporateNumber>,
    /// Its identifiers elsewhere: scheme and value.
    pub identifiers: Vec<(String, String)>,
}

/// An organization was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRegistered {
    /// The organization.
    pub organization: OrganizationId,
}

impl Command for RegisterOrganization {
    const OPERATION: Operation = Operation::RegisterOrganization;
    type Root = programme::Model;
    type Outcome = OrganizationRegistered;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<OrganizationRegistered, Error> {
        Refusal::require_reason(&self.name.ja)?;
        Refusal::require_reason(&self.name.en)?;
        self.ensure_number_free(work, &programme).await?;
        let organization: OrganizationId = work.ids.next();
        let number = self.corporate_number.map(String::from);
        organization::ActiveModel {
            id: Set(organization.uuid()),
            programme_id: Set(programme.id),
            name_ja: Set(self.name.ja.clone()),
            name_en: Set(self.name.en.clone()),
            search: Set(Some(search::of_body(&self.name, number.as_deref()))),
            corporate_number: Set(number),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        for (scheme, value) in &self.identifiers {
            identify(work, &programme, organization, scheme, value).await?;
        }
        work.chain_to(RootKind::Organization, organization);
        Ok(OrganizationRegistered { organization })
    }
}

impl RegisterOrganization {
    async fn ensure_number_free(
        &self,
        work: &Work<'_>,
        programme: &Locked<programme::Model>,
    ) -> Result<(), Error> {
        let Some(number) = self.corporate_number else {
            return Ok(());
        };
        let known = organization::Entity::find()
            .filter(organization::Column::ProgrammeId.eq(programme.id))
            .filter(organization::Column::CorporateNumber.eq(number.to_string()))
            .one(work.tx())
            .await?;
        match known {
            None => Ok(()),
            Some(_) => Err(Error::already_exists("ORGANIZATION")),
        }
    }
}

/// Stores an identifier of the body, which in its scheme is nobody else's.
async fn identify(
    work: &mut Work<'_>,
    programme: &Locked<programme::Model>,
    organization: OrganizationId,
    scheme: &str,
    value: &str,
) -> Result<(), Error> {
    ensure_fits("scheme", scheme, 40)?;
    ensure_fits("value", value, 200)?;
    let known = organization_identifier::Entity::find()
        .filter(organization_identifier::Column::ProgrammeId.eq(programme.id))
        .filter(organization_identifier::Column::Scheme.eq(scheme))
        .filter(organization_identifier::Column::Value.eq(value))
        .one(work.tx())
        .await?;
    if known.is_some() {
        return Err(Error::already_exists("ORGANIZATION"));
    }
    organization_identifier::ActiveModel {
        id: Set(work.ids.next()),
        programme_id: Set(programme.id),
        organization_id: Set(organization.uuid()),
        scheme: Set(scheme.to_owned()),
        value: Set(value.to_owned()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert(work.tx())
    .await?;
    Ok(())
}
