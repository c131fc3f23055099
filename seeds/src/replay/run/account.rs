//! The account of an application's body. The history names none, and nothing is paid without one: so
//! each body has a made-up one, named by a contact of its own and confirmed like any other.

use chrono::{DateTime, TimeDelta, Utc};
use domain::LocalizedText;
use domain::access::{GrantScope, Role};
use domain::calendar::jst_date;
use domain::id::{OrganizationId, PersonId};
use store::Error;
use store::command::{GrantRole, RegisterPerson};

use super::Run;
use crate::account::{Account, confirmation};

/// The number of everybody's account.
const NUMBER: u64 = 1;

impl Run<'_> {
    /// Names and confirms the account of `body`, an hour after it was registered at `at`: who is called
    /// back has to be on record before.
    pub(super) async fn account(
        &self,
        body: OrganizationId,
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let contact = self.contact(body, at).await?;
        let later = at + TimeDelta::hours(1);
        let account = Account {
            organization: body,
            holder: ("取込申請者", "トリコミシンセイシャ"),
            number: NUMBER,
            reason: "Imported history: made up",
        };
        let proposal = account.proposal()?;
        let proposed = self
            .setup("account", Some(contact), later, &proposal)
            .await?;
        let confirm = confirmation(proposed.payee_account, contact, jst_date(later));
        let releaser = Some(self.crew.releaser);
        self.setup("account-confirmed", releaser, later, &confirm)
            .await?;
        Ok(())
    }

    /// Who speaks for `body` about its account.
    async fn contact(&self, body: OrganizationId, at: DateTime<Utc>) -> Result<PersonId, Error> {
        let from = jst_date(at);
        let register = RegisterPerson {
            programme: self.crew.programme,
            name: LocalizedText::new("取込経理担当", "Import finance contact"),
            email: None,
            identity: None,
            affiliations: vec![(body, from, None)],
        };
        let person = self.setup("contact", None, at, &register).await?.person;
        let grant = GrantRole {
            person,
            role: Role::FinanceContact,
            scope: GrantScope::Organization(body),
            from,
            until: None,
        };
        self.setup("contact-role", None, at, &grant).await?;
        Ok(person)
    }
}
