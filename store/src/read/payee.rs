//! Payee accounts: every version of the bodies that one sees, masked for most.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::{Role, Scope};
use domain::bank::DepositKind;
use domain::id::{OrganizationId, PayeeAccountId, PersonId};
use domain::payment::{AccountDetails, PayeeAccountState};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

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
    /// Why it was rejected or taken back (Act 21-2); of a confirmation what was said in the call, which is
    /// for those who work with the books.
    pub answer_note: Option<String>,
    /// Whether the body itself took it back.
    pub withdrawn: bool,
}

/// The accounts that `sight` sees: those of one's own body, and all of the programmes whose books
/// one works with.
#[must_use]
pub fn seen(sight: &Sight) -> Condition {
    Condition::any()
        .add(Column::OrganizationId.is_in(sight.own_bodies()))
        .add(Column::ProgrammeId.is_in(sight.programmes(Role::BOOKKEEPERS)))
}

/// The accounts that fulfil `asked`, body by body, the latest version of each first.
fn find(sight: &Sight, asked: Condition) -> Select<Entity> {
    Entity::find()
        .filter(seen(sight))
        .filter(asked)
        .order_by_asc(Column::OrganizationId)
        .order_by_desc(Column::Version)
}

fn views(sight: &Sight, rows: Vec<Model>) -> Result<Vec<PayeeAccountView>, Error> {
    rows.into_iter().map(|row| view(sight, row)).collect()
}

/// The place of a version in the order of accounts: its body, and its number.
pub type AccountKey = (OrganizationId, i64);

/// At most `first` versions of accounts and one more, after `after`, body by body and of each the latest
/// first; of a body, or of all; of all states, or of one.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    organization: Option<OrganizationId>,
    state: Option<PayeeAccountState>,
    (first, after): (u64, Option<AccountKey>),
) -> Result<Vec<PayeeAccountView>, Error> {
    let later = after.map(|(body, version)| {
        let same = Column::OrganizationId.eq(body.uuid());
        let earlier = same.and(Column::Version.lt(version));
        Column::OrganizationId.gt(body.uuid()).or(earlier)
    });
    let asked = Condition::all()
        .add_option(organization.map(|body| Column::OrganizationId.eq(body.uuid())))
        .add_option(state.map(|state| Column::State.eq(domain::Coded::code(state))))
        .add_option(later);
    let rows = find(sight, asked).limit(first.saturating_add(1)).all(db);
    views(sight, rows.await?)
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
    let rows = find(sight, Condition::all().add(asked)).all(db).await?;
    Ok(views(sight, rows)?
        .into_iter()
        .map(|view| (view.id, view))
        .collect())
}

fn view(sight: &Sight, row: Model) -> Result<PayeeAccountView, Error> {
    let details: AccountDetails = mapping::account_details(&row)?;
    let scope = Scope {
        organization: Some(row.organization_id.into()),
        ..Scope::programme(row.programme_id.into())
    };
    let whole = sight.authority.sees_account_whole(&scope);
    let state: PayeeAccountState = mapping::code(&row.state)?;
    let shows_note = state != PayeeAccountState::Confirmed || sight.keeps_books_of(&scope);
    Ok(PayeeAccountView {
        id: row.id.into(),
        organization: row.organization_id.into(),
        version: row.version,
        state,
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
        answer_note: row.answer_note.filter(|_| shows_note),
        withdrawn: row.withdrawn == Some(true),
    })
}
