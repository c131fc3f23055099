//! Payee accounts: every version of the bodies that one sees, masked for most.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Role, Scope};
use domain::bank::DepositKind;
use domain::id::{OrganizationId, PayeeAccountId, PersonId};
use domain::payment::{AccountDetails, PayeeAccountState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::entity::payee_account::{Column, Entity, Model};
use crate::error::Error;
use crate::mapping;

/// A version of an account, as far as the asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeeAccountView {
    /// Names it.
    pub id: PayeeAccountId,
    /// The body that is paid.
    pub organization: OrganizationId,
    /// The version, from 1.
    pub version: i64,
    /// Its state.
    pub state: PayeeAccountState,
    /// The bank, four digits.
    pub bank: String,
    /// The branch, three digits.
    pub branch: String,
    /// The kind of account.
    pub deposit_kind: DepositKind,
    /// The number; all but its last digits hidden from most.
    pub number: String,
    /// The holder's name as it was given; only for those who see the whole number.
    pub holder: Option<String>,
    /// The holder's name as banks write it; only for those who see the whole number.
    pub holder_kana: Option<String>,
    /// Why it was proposed.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who answered.
    pub answered_by: Option<PersonId>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who of the body was called back.
    pub called_person: Option<PersonId>,
    /// The day of the call, in Japan.
    pub called_on: Option<NaiveDate>,
    /// What was said, or why it was rejected.
    pub answer_note: Option<String>,
}

/// The accounts that `sight` sees: those of one's own body, and all of the programmes whose books
/// one works with.
#[must_use]
pub fn seen(sight: &Sight) -> Condition {
    Condition::any()
        .add(Column::OrganizationId.is_in(sight.own_bodies()))
        .add(Column::ProgrammeId.is_in(sight.programmes(Role::BOOKKEEPERS)))
}

/// The accounts that fulfil `asked`, the latest version of each body first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<PayeeAccountView>, Error> {
    let rows = Entity::find()
        .filter(seen(sight))
        .filter(asked)
        .order_by_asc(Column::OrganizationId)
        .order_by_desc(Column::Version)
        .all(db)
        .await?;
    rows.into_iter().map(|row| view(sight, row)).collect()
}

/// Every version of the account of a body, or of all bodies; of all states, or of one.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn list(
    db: &impl ConnectionTrait,
    sight: &Sight,
    organization: Option<OrganizationId>,
    state: Option<PayeeAccountState>,
) -> Result<Vec<PayeeAccountView>, Error> {
    let asked = Condition::all()
        .add_option(organization.map(|body| Column::OrganizationId.eq(body.uuid())))
        .add_option(state.map(|state| Column::State.eq(domain::Coded::code(state))));
    find(db, sight, asked).await
}

/// The accounts with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[PayeeAccountId],
) -> Result<HashMap<PayeeAccountId, PayeeAccountView>, Error> {
    let asked = Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, sight, Condition::all().add(asked)).await?;
    Ok(found.into_iter().map(|view| (view.id, view)).collect())
}

fn view(sight: &Sight, row: Model) -> Result<PayeeAccountView, Error> {
    let details: AccountDetails = mapping::account_details(&row)?;
    let scope = Scope {
        organization: Some(row.organization_id.into()),
        ..Scope::programme(row.programme_id.into())
    };
    let whole = sight.authority.sees_account_whole(&scope);
    Ok(PayeeAccountView {
        id: row.id.into(),
        organization: row.organization_id.into(),
        version: row.version,
        state: mapping::code(&row.state)?,
        bank: details.bank.to_string(),
        branch: details.branch.to_string(),
        deposit_kind: details.deposit_kind,
        number: if whole {
            details.number.to_string()
        } else {
            details.number.masked()
        },
        holder: whole.then_some(row.holder),
        holder_kana: whole.then(|| details.holder.to_string()),
        reason: row.reason,
        proposed_by: row.proposed_by.into(),
        proposed_at: row.occurred_at,
        answered_by: row.answered_by.map(Into::into),
        answered_at: row.answered_at,
        called_person: row.called_person_id.map(Into::into),
        called_on: row.called_on,
        answer_note: row.answer_note,
    })
}
