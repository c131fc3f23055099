//! Answering a proposed account.

use domain::id::PayeeAccountId;
use domain::payment::{PayeeAccount, PayeeAccountState};
use domain::{Coded, Seal};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::json;

use crate::dossier::{ANSWERED, call_seal};
use crate::entity::payee_account;
use crate::error::Error;
use crate::mapping;
use crate::work::Work;

/// The version `id` of an account, as it stands.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is none.
pub(crate) async fn load(
    work: &Work<'_>,
    id: PayeeAccountId,
) -> Result<(payee_account::Model, PayeeAccount), Error> {
    let row = payee_account::Entity::find_by_id(id.uuid())
        .one(work.tx())
        .await?
        .ok_or_else(|| Error::not_found("PAYEE_ACCOUNT"))?;
    let account = mapping::payee_account(&row)?;
    Ok((row, account))
}

/// Stores the answer in `after`; `columns` say how it came about. A confirmation is sealed into the
/// audit.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn store_answer(
    work: &mut Work<'_>,
    row: &payee_account::Model,
    after: &PayeeAccount,
    columns: payee_account::ActiveModel,
) -> Result<(), Error> {
    let answer = after.answer.as_ref();
    let row = payee_account::ActiveModel {
        id: Set(row.id),
        state: Set(after.state().code().to_owned()),
        answered_by: Set(answer.map(|answer| answer.by.uuid())),
        answered_at: Set(answer.map(|answer| answer.at)),
        ..columns
    }
    .update(work.tx())
    .await?;
    let seal: Option<Seal> = match after.state() {
        PayeeAccountState::Confirmed => call_seal(&row)?,
        PayeeAccountState::Proposed | PayeeAccountState::Rejected => None,
    };
    let (from, to) = (PayeeAccountState::Proposed, after.state());
    let facts = json!({ "id": row.id, "from": from, "to": to, "seal": seal });
    work.record(ANSWERED, facts);
    Ok(())
}

/// Rejects the proposed version `id` for this `reason`; `columns` say what else there is to it.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound), or the account's refusal.
pub(crate) async fn reject(
    work: &mut Work<'_>,
    id: PayeeAccountId,
    reason: &str,
    columns: payee_account::ActiveModel,
) -> Result<(), Error> {
    let (row, account) = load(work, id).await?;
    let by = work.natural_person()?;
    let after = account.reject(by, reason, work.occurred_at())?;
    let columns = payee_account::ActiveModel {
        answer_note: Set(Some(reason.to_owned())),
        ..columns
    };
    store_answer(work, &row, &after, columns).await
}
