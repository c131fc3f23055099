//! Bodies, people and their roles.

use async_graphql::ID;
use chrono::NaiveDate;
use domain::access::Role;
use domain::id::{OrganizationId, PersonId, ProgrammeId, RoleGrantId};
use validator::Validate;

use super::reading::{Read, field};
use super::{OptionalKey, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;
use crate::scalar::{Date, LocalizedTextInput};

mutations! {
    /// Bodies, people and their roles.
    pub struct PeopleMutations;

    /// Registers an applicant body, or the institution of a panel member. For administrators.
    fn register_organization = RegisterOrganization;
    input RegisterOrganizationInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// Its name.
        #[validate(nested)]
        name: LocalizedTextInput,
        /// Its corporate number (法人番号), 13 digits; bodies abroad have none.
        corporate_number: Option<String>,
        /// Its identifiers elsewhere; at most 200.
        #[validate(nested)]
        #[graphql(default)]
        identifiers: Vec<OrganizationIdentifierInput>,
    }
    /// A body was registered.
    payload RegisterOrganizationPayload {
        /// The body.
        organization: Ref<OrganizationId>,
    }

    /// Registers a natural person. For administrators.
    fn register_person = RegisterPerson;
    input RegisterPersonInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// Their name.
        #[validate(nested)]
        name: LocalizedTextInput,
        /// Their address for mail; at most 254 characters.
        #[validate(email, length(max = 254))]
        email: Option<String>,
        /// Who they are at an identity provider, where they sign in by one.
        #[validate(nested)]
        identity: Option<IdentityInput>,
        /// Where they belong, now and before; at most 200.
        #[graphql(default)]
        affiliations: Vec<AffiliationInput>,
    }
    /// A person was registered.
    payload RegisterPersonPayload {
        /// The person.
        person: Ref<PersonId>,
    }

    /// Records that a person belongs to a body for a time; conflicts of interest are computed from
    /// it. For administrators.
    fn record_affiliation = RecordAffiliation;
    input RecordAffiliationInput (key: OptionalKey) {
        /// The person.
        person: Id<PersonId>,
        /// The body.
        organization: Id<OrganizationId>,
        /// First day, in Japan.
        from: Date,
        /// Last day, in Japan; open when absent.
        until: Option<Date>,
    }
    /// The affiliation was recorded.
    payload RecordAffiliationPayload {
        /// The person.
        person: Ref<PersonId>,
    }

    /// Grants a role to a person. For administrators, and not for themselves.
    fn grant_role = GrantRole;
    input GrantRoleInput (key: OptionalKey) {
        /// To whom.
        person: Id<PersonId>,
        /// What they are to be.
        role: Coded<Role>,
        /// How far it reaches: the id of the programme, of a theme or of a body.
        scope: ID,
        /// First day, in Japan; not past.
        from: Date,
        /// Last day, in Japan; open when absent.
        until: Option<Date>,
    }
    /// The role was granted.
    payload GrantRolePayload {
        /// The grant's id, by which the role is ended.
        role_grant_id: Id<RoleGrantId> = role_grant,
    }

    /// Ends a granted role. What was done with it stays done. For administrators.
    fn end_role = EndRole;
    input EndRoleInput (key: OptionalKey) {
        /// The grant.
        role_grant: Id<RoleGrantId>,
        /// Its last day, in Japan.
        until: Date,
    }
    /// The role ends.
    payload EndRolePayload {
        /// The grant's id.
        role_grant_id: Id<RoleGrantId> = role_grant,
    }
}

/// What a body is called in another register.
#[derive(Debug, async_graphql::InputObject, Validate)]
pub(crate) struct OrganizationIdentifierInput {
    /// The register, such as `ROR`; 1 to 40 characters.
    #[validate(length(min = 1, max = 40))]
    scheme: String,
    /// The identifier; 1 to 200 characters.
    #[validate(length(min = 1, max = 200))]
    value: String,
}

impl Read<(String, String)> for OrganizationIdentifierInput {
    fn read(self) -> Result<(String, String), Refused> {
        Ok((self.scheme, self.value))
    }
}

/// Who a person is at an identity provider.
#[derive(Debug, async_graphql::InputObject, Validate)]
pub(crate) struct IdentityInput {
    /// The provider's issuer address; 1 to 400 characters.
    #[validate(length(min = 1, max = 400))]
    issuer: String,
    /// The person's unchanging name there (`sub`); 1 to 400 characters.
    #[validate(length(min = 1, max = 400))]
    subject: String,
}

impl Read<(String, String)> for IdentityInput {
    fn read(self) -> Result<(String, String), Refused> {
        Ok((self.issuer, self.subject))
    }
}

/// Where a person belongs, and when.
#[derive(Debug, Clone, Copy, async_graphql::InputObject)]
pub(crate) struct AffiliationInput {
    /// The body.
    organization: Id<OrganizationId>,
    /// First day, in Japan.
    from: Date,
    /// Last day, in Japan; open when absent.
    until: Option<Date>,
}

impl Read<(OrganizationId, NaiveDate, Option<NaiveDate>)> for AffiliationInput {
    fn read(self) -> Result<(OrganizationId, NaiveDate, Option<NaiveDate>), Refused> {
        Ok((
            self.organization.0,
            self.from.0,
            field("until", self.until)?,
        ))
    }
}
