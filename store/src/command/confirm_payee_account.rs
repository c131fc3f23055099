//! Confirms a proposed account after a call-back.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Operation;
use domain::calendar::jst_date;
use domain::id::{OrganizationId, PayeeAccountId, PersonId, ProgrammeId};
use domain::payment::{CallBack, Confirmer};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::{OnRecord, latest_policy, place_of_account};
use crate::entity::{affiliation, audit_event, organization, payee_account};
use crate::error::Error;
use crate::persist::payee;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Confirms an account. Whoever confirms is another person than who proposed it and not of the body
/// that is paid, and has called back somebody of that body who was on record before.
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
        let from_proposal = (jst_date(account.proposed_at), self.called_on);
        let call_back = CallBack {
            called: self.called_person,
            contact_known_since: self.known_since(work, &organization, from_proposal).await?,
            called_on: self.called_on,
            note: self.note.clone(),
        };
        let by = confirmer(work, &organization).await?;
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
    /// Since when it is on record that who was called is of the body; nothing where it is not, or where
    /// they joined it after the proposal or had left it before the call.
    async fn known_since(
        &self,
        work: &Work<'_>,
        organization: &Locked<organization::Model>,
        (proposed_on, called_on): (NaiveDate, NaiveDate),
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let of_body = affiliation::Entity::find()
            .filter(affiliation::Column::PersonId.eq(self.called_person.uuid()))
            .filter(affiliation::Column::OrganizationId.eq(organization.id))
            .filter(affiliation::Column::FromOn.lte(proposed_on))
            .all(work.tx())
            .await?;
        let stayed =
            |row: &&affiliation::Model| row.until_on.is_none_or(|until| until >= called_on);
        let commands = of_body.iter().filter(stayed).map(|row| row.command_id);
        // An import records today what happened before; the audit knows both times.
        let known = audit_event::Entity::find()
            .filter(audit_event::Column::CommandId.is_in(commands))
            .all(work.tx())
            .await?;
        Ok(known.iter().map(|event| event.occurred_at).min())
    }
}

/// Who confirms, and whether the record shows them as of the body, by the rule of the panels: a
/// membership within the policy's conflict years counts.
async fn confirmer(
    work: &Work<'_>,
    organization: &Locked<organization::Model>,
) -> Result<Confirmer, Error> {
    let person = work.natural_person()?;
    let programme = ProgrammeId::new(organization.programme_id);
    let years = latest_policy(work.tx(), programme)
        .await?
        .parameters
        .conflict_years;
    let on_record = OnRecord::load(work.tx(), &[person.uuid()]).await?;
    let body = OrganizationId::new(organization.id);
    Ok(Confirmer {
        person,
        is_of_body: on_record.belonged_to(person, body, work.today(), years),
    })
}
