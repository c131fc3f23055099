//! The people of the demonstration, and the bodies they come from.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{GrantScope, Role};
use domain::calendar::jst_date;
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use domain::{CorporateNumber, LocalizedText, Refusal};
use store::command::{GrantRole, RegisterOrganization, RegisterPerson};
use store::{Error, Store};

use super::{ISSUER, PERSONAS, Persona};
use crate::act::act;

/// The made-up bodies: a base number from 1 to 999 belongs to nobody. A real base number begins with
/// the four digits of a registry office, of which there is no 0000, or, for organs of the state,
/// with 000012.
const BODIES: [(u64, &str, &str); 7] = [
    (
        101,
        "見本診断支援株式会社",
        "Sample Diagnostics Support Co.",
    ),
    (102, "例示創薬株式会社", "Example Therapeutics Co."),
    (201, "架空医科大学", "Fictitious Medical University"),
    (202, "空想研究所", "Imaginary Research Institute"),
    (203, "仮設病院機構", "Hypothetical Hospital Organization"),
    (204, "架橋大学", "Make-Believe University"),
    (205, "想像財団", "Invented Foundation"),
];

/// An applicant body with its people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Applicant {
    pub(super) organization: OrganizationId,
    pub(super) representative: PersonId,
    pub(super) researcher: PersonId,
}

/// Who plays in the demonstration.
#[derive(Debug)]
pub(super) struct Cast {
    /// The body whose parts can be taken.
    pub(super) sample: Applicant,
    /// Another body, so that there is something its people must not see.
    pub(super) example: Applicant,
    pub(super) reviewers: [PersonId; 3],
    pub(super) chair: PersonId,
    /// Sits on every panel; nobody takes their part.
    pub(super) deputy: PersonId,
    pub(super) officer: PersonId,
    pub(super) director: PersonId,
    pub(super) finance_preparer: PersonId,
}

/// Registers everybody, with their roles from the first day.
pub(super) async fn make(
    store: &Store,
    programme: ProgrammeId,
    administrator: PersonId,
    began: DateTime<Utc>,
) -> Result<Cast, Error> {
    let office = Office {
        store,
        programme,
        administrator,
        began,
    };
    let [sample, example, first, second, third, chairs, deputys] = office.bodies().await?;
    let whole = GrantScope::Programme(programme);
    let of_sample = GrantScope::Organization(sample);
    let cast = Cast {
        sample: Applicant {
            organization: sample,
            representative: office
                .persona("representative", Some(sample), of_sample)
                .await?,
            researcher: office
                .persona("researcher", Some(sample), of_sample)
                .await?,
        },
        example: office.extras(example).await?,
        reviewers: [
            office.persona("reviewer-1", Some(first), whole).await?,
            office.persona("reviewer-2", Some(second), whole).await?,
            office.persona("reviewer-3", Some(third), whole).await?,
        ],
        chair: office.persona("chair", Some(chairs), whole).await?,
        deputy: office.deputy(deputys).await?,
        officer: office.persona("officer", None, whole).await?,
        director: office.persona("director", None, whole).await?,
        finance_preparer: office.persona("finance-preparer", None, whole).await?,
    };
    office.persona("finance-approver", None, whole).await?;
    office.persona("auditor", None, whole).await?;
    Ok(cast)
}

struct Office<'a> {
    store: &'a Store,
    programme: ProgrammeId,
    administrator: PersonId,
    began: DateTime<Utc>,
}

impl Office<'_> {
    fn first_day(&self) -> NaiveDate {
        jst_date(self.began)
    }

    async fn bodies(&self) -> Result<[OrganizationId; 7], Error> {
        let mut bodies = Vec::with_capacity(BODIES.len());
        for (base, ja, en) in BODIES {
            let number =
                CorporateNumber::from_base(base).map_err(|_| Refusal::CorporateNumberInvalid {})?;
            let command = RegisterOrganization {
                programme: self.programme,
                name: LocalizedText::new(ja, en),
                corporate_number: Some(number),
                identifiers: Vec::new(),
            };
            let registered = act(
                self.store,
                Some(self.administrator),
                self.began,
                None,
                &command,
            );
            bodies.push(registered.await?.organization);
        }
        bodies
            .try_into()
            .map_err(|_| Error::not_found("ORGANIZATION"))
    }

    async fn person(
        &self,
        name: LocalizedText,
        subject: Option<&str>,
        body: Option<OrganizationId>,
    ) -> Result<PersonId, Error> {
        let command = RegisterPerson {
            programme: self.programme,
            name,
            email: None,
            identity: subject.map(|subject| (ISSUER.to_owned(), subject.to_owned())),
            affiliations: body
                .into_iter()
                .map(|body| (body, self.first_day(), None))
                .collect(),
        };
        let administrator = Some(self.administrator);
        let registered = act(self.store, administrator, self.began, None, &command);
        Ok(registered.await?.person)
    }

    async fn grant(&self, person: PersonId, role: Role, scope: GrantScope) -> Result<(), Error> {
        let command = GrantRole {
            person,
            role,
            scope,
            from: self.first_day(),
            until: None,
        };
        let administrator = Some(self.administrator);
        act(self.store, administrator, self.began, None, &command).await?;
        Ok(())
    }

    async fn persona(
        &self,
        subject: &str,
        body: Option<OrganizationId>,
        scope: GrantScope,
    ) -> Result<PersonId, Error> {
        let Persona {
            name_ja,
            name_en,
            role,
            ..
        } = PERSONAS
            .iter()
            .find(|persona| persona.subject == subject)
            .ok_or_else(|| Error::not_found("PERSON"))?;
        let name = LocalizedText::new(*name_ja, *name_en);
        let person = self.person(name, Some(subject), body).await?;
        self.grant(person, *role, scope).await?;
        Ok(person)
    }

    /// The other applicant body's people, whose parts nobody takes.
    async fn extras(&self, body: OrganizationId) -> Result<Applicant, Error> {
        let scope = GrantScope::Organization(body);
        let name = LocalizedText::new("例示 代表", "Example Representative");
        let representative = self.person(name, None, Some(body)).await?;
        self.grant(representative, Role::Representative, scope)
            .await?;
        let name = LocalizedText::new("例示 研究", "Example Researcher");
        let researcher = self.person(name, None, Some(body)).await?;
        self.grant(researcher, Role::Researcher, scope).await?;
        Ok(Applicant {
            organization: body,
            representative,
            researcher,
        })
    }

    async fn deputy(&self, body: OrganizationId) -> Result<PersonId, Error> {
        let name = LocalizedText::new("架空 副委員長", "Fictitious Deputy Chair");
        let person = self.person(name, None, Some(body)).await?;
        let scope = GrantScope::Programme(self.programme);
        self.grant(person, Role::Chair, scope).await?;
        Ok(person)
    }
}
