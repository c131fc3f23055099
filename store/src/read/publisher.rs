//! Who publishes a programme's awards as open data. Public, as what they publish is; who defined it and why
//! is told by the audit.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::LocalizedText;
use domain::id::{ProgrammeId, PublisherId};
use domain::report::{Publication, Publisher};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::export::Books;
use crate::entity::publisher;
use crate::error::Error;
use crate::mapping;

/// One version of who publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherView {
    /// Names it.
    pub id: PublisherId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its number, from 1.
    pub version: u32,
    /// Who publishes, and under which licence.
    pub publisher: Publisher,
    /// Since when it is in force.
    pub defined_at: DateTime<Utc>,
}

/// The publishers of each of these programmes, the one in force first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_programmes(
    db: &impl ConnectionTrait,
    programmes: &[ProgrammeId],
) -> Result<HashMap<ProgrammeId, Vec<PublisherView>>, Error> {
    let theirs = publisher::Column::ProgrammeId.is_in(programmes.iter().map(|id| id.uuid()));
    let mut found: HashMap<ProgrammeId, Vec<PublisherView>> = HashMap::new();
    for view in find(db, theirs).await? {
        found.entry(view.programme).or_default().push(view);
    }
    Ok(found)
}

/// The publishers with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    ids: &[PublisherId],
) -> Result<HashMap<PublisherId, PublisherView>, Error> {
    let named = publisher::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let found = find(db, named).await?;
    Ok(found.into_iter().map(|view| (view.id, view)).collect())
}

/// What is published of `books`, by the publisher in force at their instant; none where there was none.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn publication(
    db: &impl ConnectionTrait,
    books: &Books,
) -> Result<Option<Publication>, Error> {
    let row = publisher::Entity::find()
        .filter(publisher::Column::ProgrammeId.eq(books.programme.uuid()))
        .filter(publisher::Column::RecordedAt.lte(books.as_of))
        .order_by_desc(publisher::Column::Version)
        .one(db)
        .await?;
    let view = row.map(view).transpose()?;
    Ok(view.map(|view| Publication {
        publisher: view.publisher,
        programme_code: books.code.clone(),
        programme_title: books.title.clone(),
    }))
}

async fn find(db: &impl ConnectionTrait, which: SimpleExpr) -> Result<Vec<PublisherView>, Error> {
    let rows = publisher::Entity::find()
        .filter(which)
        .order_by_desc(publisher::Column::Version)
        .all(db)
        .await?;
    rows.into_iter().map(view).collect()
}

fn view(row: publisher::Model) -> Result<PublisherView, Error> {
    Ok(PublisherView {
        id: row.id.into(),
        programme: row.programme_id.into(),
        version: mapping::version(row.version)?,
        publisher: Publisher {
            prefix: row.prefix,
            corporate_number: row.corporate_number.parse().map_err(Error::corrupt)?,
            name: LocalizedText::new(row.name_ja, row.name_en),
            licence: row.licence,
        },
        defined_at: row.occurred_at,
    })
}
