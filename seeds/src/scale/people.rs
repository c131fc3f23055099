//! Who plays in the scale programme. Everybody in it is made up, and says so in their name.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{GrantScope, Role};
use domain::calendar::jst_date;
use domain::gate::Seat;
use domain::id::{OrganizationId, PersonId, ProgrammeId};
use domain::{CorporateNumber, LocalizedText, Refusal};
use store::command::{GrantRole, RegisterOrganization, RegisterPerson, RosterSeat};
use store::{Error, Store};

use super::draw::Draw;
use crate::account::{Account, confirmation};
use crate::act::act;

/// Base of the made-up corporate numbers, which go up from here: no registry office has the number
/// 0000 with which they begin.
const CORPORATE_NUMBERS: u64 = 10_000;

/// Bodies from which reviewers come; of three who follow one another, no two share one.
const REVIEWER_BODIES: usize = 8;

/// Reviewers.
const REVIEWERS: usize = 24;

/// People who may chair.
const CHAIRS: usize = 4;

/// An applicant body with its people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    pub(super) organization: OrganizationId,
    pub(super) representative: PersonId,
    pub(super) researcher: PersonId,
}

/// The people of the programme's side.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) officer: PersonId,
    pub(super) director: PersonId,
    pub(super) finance_preparer: PersonId,
    pub(super) finance_approver: PersonId,
    /// Who clears what the bank returned: neither who recorded it nor who approves.
    pub(super) finance_reviewer: PersonId,
    chairs: Vec<PersonId>,
    reviewers: Vec<PersonId>,
}

/// Who sits on one gate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panel {
    pub(super) chair: PersonId,
    deputy: PersonId,
    pub(super) reviewers: [PersonId; 3],
}

impl Panel {
    /// The seats, the chair's first.
    pub(super) fn roster(self) -> impl Iterator<Item = RosterSeat> {
        let members = self.reviewers.map(|person| (person, Seat::Member));
        [(self.chair, Seat::Chair), (self.deputy, Seat::Deputy)]
            .into_iter()
            .chain(members)
            .map(|(person, seat)| RosterSeat {
                person,
                seat,
                votes: None,
            })
    }
}

impl Cast {
    /// The panel of an award's milestone, the same in each of its rounds.
    pub(super) fn panel(&self, draw: Draw, milestone: u16) -> Option<Panel> {
        let after = |all: &[PersonId], what: &str, place: usize| {
            let count = u64::try_from(all.len()).ok()?;
            let first = draw.below(&format!("{what} {milestone}"), count);
            let first = usize::try_from(first).ok()?;
            all.iter().copied().cycle().nth(first + place)
        };
        let reviewer = |place| after(&self.reviewers, "reviewer", place);
        Some(Panel {
            chair: after(&self.chairs, "chair", 0)?,
            deputy: after(&self.chairs, "chair", 1)?,
            reviewers: [reviewer(0)?, reviewer(1)?, reviewer(2)?],
        })
    }
}

/// Who registers people: the system, in its own name, under a key for each, so that it is done once.
pub(super) struct Office<'a> {
    pub(super) store: &'a Store,
    pub(super) programme: ProgrammeId,
    pub(super) began: DateTime<Utc>,
}

impl Office<'_> {
    /// Registers everybody of the programme's side.
    pub(super) async fn cast(&self) -> Result<Cast, Error> {
        let mut bodies = Vec::with_capacity(REVIEWER_BODIES);
        for place in 1..=REVIEWER_BODIES {
            let name = LocalizedText::new(
                format!("規模試験審査機関{place}"),
                format!("Scale Test Reviewing Body {place}"),
            );
            let key = format!("reviewing-body-{place}");
            bodies.push(self.organization(&key, name, None).await?);
        }
        let mut chairs = Vec::with_capacity(CHAIRS);
        for (place, body) in (1..=CHAIRS).zip(bodies.iter().rev()) {
            chairs.push(self.member("chair", place, Role::Chair, *body).await?);
        }
        let mut reviewers = Vec::with_capacity(REVIEWERS);
        for (place, body) in (1..=REVIEWERS).zip(bodies.iter().cycle()) {
            let reviewer = self.member("reviewer", place, Role::Reviewer, *body);
            reviewers.push(reviewer.await?);
        }
        let whole = GrantScope::Programme(self.programme);
        Ok(Cast {
            officer: self.person("officer", Role::Officer, whole, None).await?,
            director: self.person("director", Role::Director, whole, None).await?,
            finance_preparer: self
                .person("finance-preparer", Role::FinancePreparer, whole, None)
                .await?,
            finance_approver: self
                .person("finance-approver", Role::FinanceApprover, whole, None)
                .await?,
            finance_reviewer: self
                .person("finance-reviewer", Role::FinanceApprover, whole, None)
                .await?,
            chairs,
            reviewers,
        })
    }

    /// Registers the applicant body of this number, from 0, with its people and the account that it is
    /// paid to, which `cast` confirms.
    pub(super) async fn body(&self, cast: &Cast, number: u64) -> Result<Body, Error> {
        let name = LocalizedText::new(
            format!("規模試験申請者{number}"),
            format!("Scale Test Applicant {number}"),
        );
        let corporate_number = CorporateNumber::from_base(CORPORATE_NUMBERS + number)
            .map_err(|_| Refusal::CorporateNumberInvalid {})?;
        let organization = self
            .organization(&format!("body-{number}"), name, Some(corporate_number))
            .await?;
        let scope = GrantScope::Organization(organization);
        let body = Some(organization);
        let named = |part: &str| format!("{part}-{number}");
        let body = Body {
            organization,
            representative: self
                .person(&named("representative"), Role::Representative, scope, body)
                .await?,
            researcher: self
                .person(&named("researcher"), Role::Researcher, scope, body)
                .await?,
        };
        self.account(cast, body, number).await?;
        Ok(body)
    }

    /// The account of `body` is named and confirmed a day later: who is called back has to be on record
    /// before.
    async fn account(&self, cast: &Cast, body: Body, number: u64) -> Result<(), Error> {
        let at = self.began + TimeDelta::days(1);
        let account = Account {
            organization: body.organization,
            holder: (
                &format!("規模試験申請者{number}"),
                &format!("キボシケンシンセイシャ{number}"),
            ),
            number,
            reason: "規模試験のための架空の口座 / made up for a test of scale",
        };
        let by = Some(body.representative);
        let key = self.key(&format!("account-{number}"));
        let proposed = act(self.store, by, at, key, &account.proposal()?).await?;
        let confirm = confirmation(proposed.payee_account, body.representative, jst_date(at));
        let by = Some(cast.finance_approver);
        let key = self.key(&format!("account-{number}-confirmed"));
        act(self.store, by, at, key, &confirm).await?;
        Ok(())
    }

    async fn member(
        &self,
        part: &str,
        place: usize,
        role: Role,
        body: OrganizationId,
    ) -> Result<PersonId, Error> {
        let whole = GrantScope::Programme(self.programme);
        self.person(&format!("{part}-{place}"), role, whole, Some(body))
            .await
    }

    async fn organization(
        &self,
        key: &str,
        name: LocalizedText,
        corporate_number: Option<CorporateNumber>,
    ) -> Result<OrganizationId, Error> {
        let register = RegisterOrganization {
            programme: self.programme,
            name,
            corporate_number,
            identifiers: Vec::new(),
        };
        let registered = act(self.store, None, self.began, self.key(key), &register);
        Ok(registered.await?.organization)
    }

    async fn person(
        &self,
        part: &str,
        role: Role,
        scope: GrantScope,
        body: Option<OrganizationId>,
    ) -> Result<PersonId, Error> {
        let first_day = jst_date(self.began);
        let register = RegisterPerson {
            programme: self.programme,
            name: LocalizedText::new(format!("規模試験 {part}"), format!("Scale Test {part}")),
            email: None,
            identity: None,
            affiliations: body
                .into_iter()
                .map(|body| (body, first_day, None))
                .collect(),
        };
        let key = self.key(part);
        let person = act(self.store, None, self.began, key, &register)
            .await?
            .person;
        let grant = GrantRole {
            person,
            role,
            scope,
            from: first_day,
            until: None,
        };
        let key = self.key(&format!("{part}-role"));
        act(self.store, None, self.began, key, &grant).await?;
        Ok(person)
    }

    /// The key of something that is set up once.
    pub(super) fn key(&self, what: &str) -> String {
        format!("scale-{}-{what}", self.programme)
    }
}
