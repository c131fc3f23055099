//! The people of a story, each with one role, and the bodies they belong to.

use chrono::NaiveDate;
use domain::LocalizedText;
use domain::access::{Actor, GrantScope, Role};
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use store::command::{GrantRole, RegisterOrganization, RegisterPerson};
use store::{Request, Store};

use super::World;

/// The bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bodies {
    /// The applicant.
    pub(crate) applicant: OrganizationId,
    /// Another applicant, without an award.
    pub(crate) rival: OrganizationId,
    /// Where the reviewers are: the first with reviewers 0 and 1, the second with 2, the third with
    /// 3, the chair and the deputy.
    pub(crate) institutes: [OrganizationId; 3],
}

/// The people. Roles of the programme's side are granted for the whole programme.
#[derive(Debug, Clone, Copy)]
pub(crate) struct People {
    pub(crate) administrator: PersonId,
    pub(crate) officer: PersonId,
    pub(crate) director: PersonId,
    pub(crate) chair: PersonId,
    pub(crate) deputy: PersonId,
    pub(crate) reviewers: [PersonId; 4],
    pub(crate) preparer: PersonId,
    pub(crate) approver: PersonId,
    pub(crate) auditor: PersonId,
    /// Of the applicant.
    pub(crate) representative: PersonId,
    /// Of the applicant.
    pub(crate) researcher: PersonId,
    /// Of the applicant.
    pub(crate) finance_contact: PersonId,
    /// Representative of the rival.
    pub(crate) rival: PersonId,
}

/// Registers bodies and people as the administrator does.
pub(super) struct Registry<'a> {
    pub(super) store: &'a Store,
    pub(super) programme: ProgrammeId,
    pub(super) administrator: PersonId,
    pub(super) today: NaiveDate,
}

impl Registry<'_> {
    fn request(&self) -> Request {
        Request::by(Actor::Person {
            person: self.administrator,
            token: None,
        })
    }

    pub(super) async fn bodies(&self) -> Bodies {
        Bodies {
            applicant: self.body("Applicant").await,
            rival: self.body("Rival").await,
            institutes: [
                self.body("First institute").await,
                self.body("Second institute").await,
                self.body("Third institute").await,
            ],
        }
    }

    pub(super) async fn people(&self, bodies: &Bodies) -> People {
        let whole = GrantScope::Programme(self.programme);
        let own = GrantScope::Organization(bodies.applicant);
        let rival = GrantScope::Organization(bodies.rival);
        let [first, second, third] = bodies.institutes.map(Some);
        let applicant = Some(bodies.applicant);
        People {
            administrator: self.administrator,
            officer: self.person("officer", Role::Officer, whole, None).await,
            director: self.person("director", Role::Director, whole, None).await,
            chair: self.person("chair", Role::Chair, whole, third).await,
            deputy: self.person("deputy", Role::Chair, whole, third).await,
            reviewers: [
                self.person("reviewer 0", Role::Reviewer, whole, first)
                    .await,
                self.person("reviewer 1", Role::Reviewer, whole, first)
                    .await,
                self.person("reviewer 2", Role::Reviewer, whole, second)
                    .await,
                self.person("reviewer 3", Role::Reviewer, whole, third)
                    .await,
            ],
            preparer: self
                .person("preparer", Role::FinancePreparer, whole, None)
                .await,
            approver: self
                .person("approver", Role::FinanceApprover, whole, None)
                .await,
            auditor: self.person("auditor", Role::Auditor, whole, None).await,
            representative: self
                .person("representative", Role::Representative, own, applicant)
                .await,
            researcher: self
                .person("researcher", Role::Researcher, own, applicant)
                .await,
            finance_contact: self
                .person("finance contact", Role::FinanceContact, own, applicant)
                .await,
            rival: self
                .person("rival", Role::Representative, rival, Some(bodies.rival))
                .await,
        }
    }

    async fn body(&self, name: &str) -> OrganizationId {
        let command = RegisterOrganization {
            programme: self.programme,
            name: LocalizedText::new(name, name),
            corporate_number: None,
            identifiers: vec![("TEST".to_owned(), name.to_owned())],
        };
        let registered = self.store.execute(&self.request(), &command).await;
        registered.expect("a body").organization
    }

    async fn person(
        &self,
        name: &str,
        role: Role,
        scope: GrantScope,
        body: Option<OrganizationId>,
    ) -> PersonId {
        let command = RegisterPerson {
            programme: self.programme,
            name: LocalizedText::new(name, name),
            email: None,
            identity: Some(("https://id.example".to_owned(), name.to_owned())),
            affiliations: body
                .map(|body| (body, self.today, None))
                .into_iter()
                .collect(),
        };
        let registered = self.store.execute(&self.request(), &command).await;
        let person = registered.expect("a person").person;
        let command = GrantRole {
            person,
            role,
            scope,
            from: self.today,
            until: None,
        };
        let granted = self.store.execute(&self.request(), &command).await;
        granted.expect("a role");
        person
    }
}

impl World {
    /// A reviewer of the second institute, on no gate yet.
    pub(crate) async fn newcomer(&self, name: &str) -> PersonId {
        let whole = GrantScope::Programme(self.programme);
        let institute = self.bodies.institutes[1];
        let registry = self.registry();
        registry
            .person(name, Role::Reviewer, whole, Some(institute))
            .await
    }

    /// One more body.
    pub(crate) async fn new_body(&self, name: &str) -> OrganizationId {
        self.registry().body(name).await
    }

    fn registry(&self) -> Registry<'_> {
        Registry {
            store: &self.store,
            programme: self.programme,
            administrator: self.people.administrator,
            today: self.clock.today(),
        }
    }
}

impl People {
    /// One of each role by name, then the rival of the applicant and the anonymous.
    pub(crate) const fn askers(&self) -> [(&'static str, Option<PersonId>); 14] {
        [
            ("administrator", Some(self.administrator)),
            ("officer", Some(self.officer)),
            ("director", Some(self.director)),
            ("chair", Some(self.chair)),
            ("reviewer", Some(self.reviewers[0])),
            ("recused", Some(self.reviewers[3])),
            ("preparer", Some(self.preparer)),
            ("approver", Some(self.approver)),
            ("auditor", Some(self.auditor)),
            ("representative", Some(self.representative)),
            ("researcher", Some(self.researcher)),
            ("contact", Some(self.finance_contact)),
            ("rival", Some(self.rival)),
            ("anonymous", None),
        ]
    }
}
