//! In whose name a programme's notices are issued. Public, as notices are for whoever holds one; who defined
//! it and why is told by the audit.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::{LetterheadId, ProgrammeId};
use domain::report::Letterhead;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::letterhead;
use crate::error::Error;
use crate::mapping;

/// One version of in whose name notices are issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterheadView {
    /// Names it.
    pub id: LetterheadId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its number, from 1.
    pub version: u32,
    /// Who issues, and what is added.
    pub letterhead: Letterhead,
    /// Since when it is in force.
    pub defined_at: DateTime<Utc>,
}

/// The letterheads of each of these programmes, the one in force first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_programmes(
    db: &impl ConnectionTrait,
    programmes: &[ProgrammeId],
) -> Result<HashMap<ProgrammeId, Vec<LetterheadView>>, Error> {
    let theirs = letterhead::Column::ProgrammeId.is_in(programmes.iter().map(|id| id.uuid()));
    let mut found: HashMap<ProgrammeId, Vec<LetterheadView>> = HashMap::new();
    for row in find(db, theirs).await? {
        let view = view(&row)?;
        found.entry(view.programme).or_default().push(view);
    }
    Ok(found)
}

/// The letterheads with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    ids: &[LetterheadId],
) -> Result<HashMap<LetterheadId, LetterheadView>, Error> {
    let named = letterhead::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, named).await?;
    let views = found.iter().map(|row| Ok((row.id.into(), view(row)?)));
    views.collect()
}

/// The letterhead of what was recorded at `recorded_at`: the last one of by then, or, of what was recorded
/// before there was any, the first one. None where the programme has none.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(super) async fn in_force(
    db: &impl ConnectionTrait,
    programme: Uuid,
    recorded_at: DateTime<Utc>,
) -> Result<Option<Letterhead>, Error> {
    let rows = find(db, letterhead::Column::ProgrammeId.eq(programme)).await?;
    let by_then = rows.iter().find(|row| row.recorded_at <= recorded_at);
    let chosen = by_then.or(rows.last());
    chosen.map(said).transpose()
}

/// The last version first.
async fn find(
    db: &impl ConnectionTrait,
    which: SimpleExpr,
) -> Result<Vec<letterhead::Model>, Error> {
    Ok(letterhead::Entity::find()
        .filter(which)
        .order_by_desc(letterhead::Column::Version)
        .all(db)
        .await?)
}

fn said(row: &letterhead::Model) -> Result<Letterhead, Error> {
    Ok(Letterhead {
        signatories: mapping::document(&row.signatories)?,
        remarks: mapping::document(&row.remarks)?,
    })
}

fn view(row: &letterhead::Model) -> Result<LetterheadView, Error> {
    Ok(LetterheadView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        version: mapping::version(row.version)?,
        letterhead: said(row)?,
        defined_at: row.occurred_at,
    })
}
