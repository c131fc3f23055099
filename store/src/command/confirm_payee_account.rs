//! Confirms a proposed account after a call-back.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Operation;
use domain::id::{PayeeAccountId, PersonId};
use domain::payment::CallBack;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_account;
use crate::entity::{affiliation, audit_event, organization, payee_account, person};
use crate::error::Error;
use crate::persist::payee;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Confirms an account. Whoever confirms is another person than who proposed it, and has called back
/// somebody of the body who was on record before.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmPayeeAccount {
    /// The proposed version.
    pub payee_account: PayeeAccountId,
    /// Who of the body was called.
    pub called_person: PersonId,
    /// The day of the call, in Japan.
    pub called_on: NaiveDate,
    /// What was said.
    pub note: String,
}

/// A proposed account was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeAccountAnswered {
    /// The version of the account.
    pub payee_account: PayeeAccountId,
}

impl Command for ConfirmPayeeAccount {
    const OPERATION: Operation = Operation::ConfirmPayeeAccount;
    type Root = organization::Model;
    type Outcome = PayeeAccountAnswered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_account(tx, self.payee_account).await
    }

    async fn run(
        &self,
        organization: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<PayeeAccountAnswered, Error> {
        let (row, account) = payee::load(work, self.payee_account).await?;
        let contact = self.contact(work, &organization).await?;
        let (name, since) = contact.unzip();
        let call_back = CallBack {
            // Who is not on record is refused for that, not for having no name.
            contact: name.unwrap_or_else(|| self.called_person.to_string()),
            contact_known_since: since,
            called_on: self.called_on,
            note: self.note.clone(),
        };
        let by = work.natural_person()?;
        let after = account.confirm(by, &call_back, work.occurred_at())?;
        let columns = payee_account::ActiveModel {
            called_person_id: Set(Some(self.called_person.uuid())),
            called_on: Set(Some(self.called_on)),
            answer_note: Set(Some(self.note.clone())),
            ..Default::default()
        };
        payee::store_answer(work, &row, &after, columns).await?;
        Ok(PayeeAccountAnswered {
            payee_account: self.payee_account,
        })
    }
}

impl ConfirmPayeeAccount {
    /// The name of who was called, and since when it is on record that they are of the body; nothing
    /// where it is not.
    async fn contact(
        &self,
        work: &Work<'_>,
        organization: &Locked<organization::Model>,
    ) -> Result<Option<(String, DateTime<Utc>)>, Error> {
        let of_body = affiliation::Entity::find()
            .filter(affiliation::Column::PersonId.eq(self.called_person.uuid()))
            .filter(affiliation::Column::OrganizationId.eq(organization.id))
            .all(work.tx())
            .await?;
        let commands = of_body.iter().map(|row| row.command_id);
        // An import records today what happened before; the audit knows both times.
        let known = audit_event::Entity::find()
            .filter(audit_event::Column::CommandId.is_in(commands))
            .all(work.tx())
            .await?;
        let Some(since) = known.iter().map(|event| event.occurred_at).min() else {
            return Ok(None);
        };
        let person = person::Entity::find_by_id(self.called_person.uuid())
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::not_found("PERSON"))?;
        Ok(Some((person.name_ja, since)))
    }
}
