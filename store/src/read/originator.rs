//! Who pays, as those who work with the books of the whole programme see it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::{Role, Scope};
use domain::bank::DepositKind;
use domain::id::{OriginatorId, PersonId, ProgrammeId};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::entity::originator;
use crate::error::Error;
use crate::mapping;

/// One version of the account that pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginatorView {
    /// Names it.
    pub id: OriginatorId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its number, from 1.
    pub version: u32,
    /// The bank's number for the contract, ten digits.
    pub code: String,
    /// The bank, four digits.
    pub bank: String,
    /// The branch, three digits.
    pub branch: String,
    /// The kind of account.
    pub deposit_kind: DepositKind,
    /// The account's number, whole or masked.
    pub number: String,
    /// The originator's name in transfer kana.
    pub name_kana: String,
    /// The bank's business identifier code.
    pub bic: Option<String>,
    /// Why it was defined so.
    pub reason: String,
    /// Who defined it; nobody where the system did.
    pub defined_by: Option<PersonId>,
    /// Since when it is in force.
    pub defined_at: DateTime<Utc>,
}

/// The originators of each of these programmes, the one in force first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_programmes(
    db: &impl ConnectionTrait,
    sight: &Sight,
    programmes: &[ProgrammeId],
) -> Result<HashMap<ProgrammeId, Vec<OriginatorView>>, Error> {
    let theirs = originator::Column::ProgrammeId.is_in(programmes.iter().map(|id| id.uuid()));
    let mut found: HashMap<ProgrammeId, Vec<OriginatorView>> = HashMap::new();
    for view in find(db, sight, theirs).await? {
        found.entry(view.programme).or_default().push(view);
    }
    Ok(found)
}

/// The originators with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[OriginatorId],
) -> Result<HashMap<OriginatorId, OriginatorView>, Error> {
    let named = originator::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, sight, named).await?;
    Ok(found.into_iter().map(|view| (view.id, view)).collect())
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    which: SimpleExpr,
) -> Result<Vec<OriginatorView>, Error> {
    let seen = sight.programmes(Role::BOOKKEEPERS);
    let rows = originator::Entity::find()
        .filter(which)
        .filter(originator::Column::ProgrammeId.is_in(seen))
        .order_by_desc(originator::Column::Version)
        .all(db)
        .await?;
    rows.into_iter().map(|row| view(sight, row)).collect()
}

fn view(sight: &Sight, row: originator::Model) -> Result<OriginatorView, Error> {
    let number = mapping::originator(&row)?.account.number;
    let scope = Scope::programme(row.programme_id.into());
    Ok(OriginatorView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        version: mapping::version(row.version)?,
        deposit_kind: mapping::code(&row.deposit_kind)?,
        number: if sight.authority.sees_account_whole(&scope) {
            number.to_string()
        } else {
            number.masked()
        },
        code: row.code,
        bank: row.bank_code,
        branch: row.branch_code,
        name_kana: row.holder_kana,
        bic: row.bic,
        reason: row.reason,
        defined_by: row.defined_by.map(Into::into),
        defined_at: row.occurred_at,
    })
}
