//! The people of the demonstration, and the bodies they come from.

use std::collections::BTreeMap;

use domain::access::{GrantScope, Role};
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use domain::{CorporateNumber, LocalizedText, Refusal};
use store::Error;
use store::command::{GrantRole, RecordAffiliation, RegisterOrganization, RegisterPerson};

use super::bodies::{APPLICANTS, Body, PANEL, SAMPLE};
use super::clerk::Clerk;
use super::setting::BEGAN;
use super::story::{Named, Reviewer, Story};
use super::{ISSUER, PERSONAS, Persona};

/// The body that the fourth reviewer came from, and until when.
const FORMER: (u64, i64) = (110, -300);

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
    /// By the base number of the body.
    applicants: BTreeMap<u64, Applicant>,
    pub(super) reviewers: [PersonId; 5],
    pub(super) chair: PersonId,
    /// Sits on every panel; nobody takes their part.
    pub(super) deputy: PersonId,
    pub(super) officer: PersonId,
    pub(super) director: PersonId,
    pub(super) finance_preparer: PersonId,
    pub(super) finance_approver: PersonId,
    /// Looks batches through before they are approved; nobody takes their part.
    pub(super) finance_reviewer: PersonId,
}

impl Cast {
    /// The applicant body with this base number.
    pub(super) fn applicant(&self, base: u64) -> Result<Applicant, Error> {
        let found = self.applicants.get(&base).copied();
        found.ok_or_else(|| Error::not_found("ORGANIZATION"))
    }

    pub(super) const fn reviewer(&self, who: Reviewer) -> PersonId {
        let [one, two, three, four, five] = self.reviewers;
        match who {
            Reviewer::One => one,
            Reviewer::Two => two,
            Reviewer::Three => three,
            Reviewer::Four => four,
            Reviewer::Five => five,
        }
    }

    /// Everybody who is named in the story's award.
    pub(super) fn named_in(&self, story: &Story) -> Result<Vec<PersonId>, Error> {
        let applicant = self.applicant(story.applicant)?;
        let mut named = vec![applicant.representative, applicant.researcher];
        for other in story.named {
            named.push(match other {
                Named::Reviewer(who) => self.reviewer(*who),
                Named::ResearcherOf(base) => self.applicant(*base)?.researcher,
            });
        }
        Ok(named)
    }
}

/// Registers everybody, with their roles from the first day; but for the auditor, who comes last.
pub(super) async fn make(
    clerk: &Clerk<'_>,
    programme: ProgrammeId,
    administrator: PersonId,
) -> Result<Cast, Error> {
    let office = Office {
        clerk,
        programme,
        administrator,
    };
    let mut applicants = BTreeMap::new();
    for body in APPLICANTS {
        applicants.insert(body.base, office.applicant(body).await?);
    }
    let whole = GrantScope::Programme(programme);
    let [chair, deputy, reviewers @ ..] = office.panel().await?;
    let cast = Cast {
        applicants,
        reviewers,
        chair,
        deputy,
        officer: office.persona("officer", None, whole).await?,
        director: office.persona("director", None, whole).await?,
        finance_preparer: office.persona("finance-preparer", None, whole).await?,
        finance_approver: office.persona("finance-approver", None, whole).await?,
        finance_reviewer: office.finance_reviewer().await?,
    };
    let (base, until) = FORMER;
    let former = RecordAffiliation {
        person: cast.reviewer(Reviewer::Four),
        organization: cast.applicant(base)?.organization,
        from: clerk.day(BEGAN - 1000),
        until: Some(clerk.day(until)),
    };
    clerk.act(administrator, BEGAN, &former).await?;
    Ok(cast)
}

/// Registers the auditor: with their role the demonstration is whole.
pub(super) async fn make_auditor(
    clerk: &Clerk<'_>,
    programme: ProgrammeId,
    administrator: PersonId,
) -> Result<(), Error> {
    let office = Office {
        clerk,
        programme,
        administrator,
    };
    let persona = persona("auditor")?;
    let auditor = office.registered(persona, None).await?;
    let grant = office.grant_of(auditor, persona.role, GrantScope::Programme(programme));
    clerk.act_last(administrator, BEGAN, &grant).await?;
    Ok(())
}

/// The persona with this subject.
pub(super) fn persona(subject: &str) -> Result<&'static Persona, Error> {
    let found = PERSONAS.iter().find(|persona| persona.subject == subject);
    found.ok_or_else(|| Error::not_found("PERSON"))
}

struct Office<'a> {
    clerk: &'a Clerk<'a>,
    programme: ProgrammeId,
    administrator: PersonId,
}

impl Office<'_> {
    async fn body(&self, body: &Body) -> Result<OrganizationId, Error> {
        let number = CorporateNumber::from_base(body.base)
            .map_err(|_| Refusal::CorporateNumberInvalid {})?;
        let (ja, en) = body.name;
        let register = RegisterOrganization {
            programme: self.programme,
            name: LocalizedText::new(ja, en),
            corporate_number: Some(number),
            identifiers: Vec::new(),
        };
        let registered = self.clerk.act(self.administrator, BEGAN, &register);
        Ok(registered.await?.organization)
    }

    async fn person(
        &self,
        name: LocalizedText,
        subject: Option<&str>,
        body: Option<OrganizationId>,
    ) -> Result<PersonId, Error> {
        let register = RegisterPerson {
            programme: self.programme,
            name,
            email: None,
            identity: subject.map(|subject| (ISSUER.to_owned(), subject.to_owned())),
            affiliations: body
                .into_iter()
                .map(|body| (body, self.clerk.day(BEGAN), None))
                .collect(),
        };
        let registered = self.clerk.act(self.administrator, BEGAN, &register);
        Ok(registered.await?.person)
    }

    fn grant_of(&self, person: PersonId, role: Role, scope: GrantScope) -> GrantRole {
        GrantRole {
            person,
            role,
            scope,
            from: self.clerk.day(BEGAN),
            until: None,
        }
    }

    async fn grant(&self, person: PersonId, role: Role, scope: GrantScope) -> Result<(), Error> {
        let grant = self.grant_of(person, role, scope);
        self.clerk.act(self.administrator, BEGAN, &grant).await?;
        Ok(())
    }

    async fn registered(
        &self,
        persona: &Persona,
        body: Option<OrganizationId>,
    ) -> Result<PersonId, Error> {
        let name = LocalizedText::new(persona.name_ja, persona.name_en);
        self.person(name, Some(persona.subject), body).await
    }

    async fn persona(
        &self,
        subject: &str,
        body: Option<OrganizationId>,
        scope: GrantScope,
    ) -> Result<PersonId, Error> {
        let persona = persona(subject)?;
        let person = self.registered(persona, body).await?;
        self.grant(person, persona.role, scope).await?;
        Ok(person)
    }

    async fn finance_reviewer(&self) -> Result<PersonId, Error> {
        let name = LocalizedText::new("架空 支払確認", "Fictitious Finance Reviewer");
        let person = self.person(name, None, None).await?;
        let whole = GrantScope::Programme(self.programme);
        self.grant(person, Role::FinanceApprover, whole).await?;
        Ok(person)
    }

    /// Somebody whose part nobody takes, called after their body and their `part` in it.
    async fn extra(
        &self,
        (body, id): (&Body, OrganizationId),
        part: (&str, &str),
        (role, scope): (Role, GrantScope),
    ) -> Result<PersonId, Error> {
        let (ja, en) = body.word;
        let name = LocalizedText::new(format!("{ja} {}", part.0), format!("{en} {}", part.1));
        let person = self.person(name, None, Some(id)).await?;
        self.grant(person, role, scope).await?;
        Ok(person)
    }

    async fn applicant(&self, body: &Body) -> Result<Applicant, Error> {
        let organization = self.body(body).await?;
        let scope = GrantScope::Organization(organization);
        let (representative, researcher) = if body.base == SAMPLE {
            let at = Some(organization);
            (
                self.persona("representative", at, scope).await?,
                self.persona("researcher", at, scope).await?,
            )
        } else {
            let (at, represents) = ((body, organization), ("代表", "Representative"));
            let representing = (Role::Representative, scope);
            let researching = (Role::Researcher, scope);
            (
                self.extra(at, represents, representing).await?,
                self.extra(at, ("研究", "Researcher"), researching).await?,
            )
        };
        Ok(Applicant {
            organization,
            representative,
            researcher,
        })
    }

    /// Chair, deputy and reviewers, each from a body of their own.
    async fn panel(&self) -> Result<[PersonId; 7], Error> {
        let whole = GrantScope::Programme(self.programme);
        let subjects = [
            "chair",
            "",
            "reviewer-1",
            "reviewer-2",
            "reviewer-3",
            "",
            "",
        ];
        let mut panel = Vec::with_capacity(PANEL.len());
        for ((place, body), subject) in PANEL.iter().enumerate().zip(subjects) {
            let id = self.body(body).await?;
            panel.push(match (subject, place) {
                ("", 1) => {
                    let part = ("副委員長", "Deputy Chair");
                    self.extra((body, id), part, (Role::Chair, whole)).await?
                }
                ("", _) => {
                    let part = ("審査", "Reviewer");
                    self.extra((body, id), part, (Role::Reviewer, whole))
                        .await?
                }
                (subject, _) => self.persona(subject, Some(id), whole).await?,
            });
        }
        panel.try_into().map_err(|_| Error::not_found("PERSON"))
    }
}
