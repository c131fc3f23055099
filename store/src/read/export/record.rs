//! What is on record of a file that was taken away.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::access::{Role, Scope};
use domain::id::{ExportId, ProgrammeId};
use domain::report::{ExportKind, ExportState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use crate::entity::export;
use crate::error::Error;
use crate::mapping::code;
use crate::read::Sight;

/// A file that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportView {
    /// Names it.
    pub id: ExportId,
    /// What it is.
    pub kind: ExportKind,
    /// The name that it was given.
    pub file_name: String,
    /// What was asked for besides.
    pub parameters: Value,
    /// The instant whose books are in it.
    pub as_of: DateTime<Utc>,
    /// What became of it.
    pub state: ExportState,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: Option<String>,
    /// Its size, in bytes.
    pub size_bytes: Option<i64>,
    /// How many rows it has.
    pub rows: Option<i64>,
    /// The totals of its columns of money, by currency.
    pub totals: Option<Value>,
}

/// The file `id`, for whoever took it or takes the programme's files away; else none.
///
/// # Errors
/// When the database does not answer or the row contradicts itself.
pub async fn record(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: ExportId,
) -> Result<Option<ExportView>, Error> {
    let found = export::Entity::find_by_id(id.uuid()).one(db).await?;
    let sees = |row: &export::Model| {
        let scope = Scope::programme(row.programme_id.into());
        let mut roles = Role::EXPORTERS.iter();
        row.requested_by == Some(sight.person.uuid())
            || roles.any(|role| sight.authority.holds(*role, &scope))
    };
    found.filter(sees).map(view).transpose()
}

/// Whether somebody has taken the whole of a file `kind` of all the programme's books as of `as_of`.
///
/// # Errors
/// When the database does not answer.
pub async fn is_on_record(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
    kind: ExportKind,
    as_of: DateTime<Utc>,
) -> Result<bool, Error> {
    let found = export::Entity::find()
        .filter(export::Column::ProgrammeId.eq(programme.uuid()))
        .filter(export::Column::Kind.eq(kind.code()))
        .filter(export::Column::State.eq(ExportState::Done.code()))
        .filter(export::Column::AsOf.eq(as_of))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The files that are being written since before `before`: those whose server was ended meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn forsaken(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<ExportId>, Error> {
    let rows = export::Entity::find()
        .filter(export::Column::State.eq(ExportState::Running.code()))
        .filter(export::Column::RecordedAt.lt(before))
        .order_by_asc(export::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}

fn view(row: export::Model) -> Result<ExportView, Error> {
    Ok(ExportView {
        id: row.id.into(),
        kind: code(&row.kind)?,
        file_name: row.file_name,
        parameters: row.parameters,
        as_of: row.as_of,
        state: code(&row.state)?,
        begun_at: row.occurred_at,
        ended_at: row.ended_at,
        sha256: row.sha256,
        size_bytes: row.size_bytes,
        rows: row.rows_count,
        totals: row.totals,
    })
}
