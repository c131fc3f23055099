//! What awards, people and bodies are searched by, in the folded form that [`domain::search`] lays
//! down. It is kept with the row and written with its sources, which no command changes later.

use std::collections::BTreeMap;

use domain::LocalizedText;
use domain::search::{document, words};
use sea_orm::sea_query::{CaseStatement, Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityName, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::entity::{award, award_participant, organization, person};
use crate::error::Error;

/// Rows that are filled in at once.
const ROWS: u64 = 500;

/// What an award is found by: its number and title, the names of its body and of its people.
pub(crate) fn of_award(
    number: &str,
    title: &LocalizedText,
    body: &organization::Model,
    people: &[&person::Model],
) -> String {
    let names = people
        .iter()
        .flat_map(|person| [person.name_ja.as_str(), &person.name_en]);
    let heading = [number, &title.ja, &title.en, &body.name_ja, &body.name_en];
    document(heading.into_iter().chain(names))
}

/// What a person is found by: the name in both languages.
pub(crate) fn of_person(name: &LocalizedText) -> String {
    document([name.ja.as_str(), &name.en])
}

/// What a body is found by: the name in both languages and the corporate number.
pub(crate) fn of_body(name: &LocalizedText, number: Option<&str>) -> String {
    document([name.ja.as_str(), &name.en].into_iter().chain(number))
}

/// That every word of what is asked for occurs in `column`. A blank asks for nothing in particular,
/// and where there is neither a letter nor a digit there is nothing to find.
pub(crate) fn found(column: impl ColumnTrait, asked: &str) -> Condition {
    let words = words(asked);
    if words.is_empty() && !asked.trim().is_empty() {
        return Condition::all().add(Expr::value(false));
    }
    // A folded word holds letters and digits only, so none of it is a wildcard.
    words
        .iter()
        .fold(Condition::all(), |all, word| all.add(column.contains(word)))
}

/// Fills in what is searched by where it is missing: rows of a version that did not know it yet.
/// Servers may do it side by side, since all of them write the same.
///
/// # Errors
/// When the database does not answer; what was filled in until then stays.
pub async fn fill(db: &impl ConnectionTrait) -> Result<(), Error> {
    fill_people(db).await?;
    fill_bodies(db).await?;
    fill_awards(db).await
}

async fn fill_people(db: &impl ConnectionTrait) -> Result<(), Error> {
    use person::Column::{Id, Search};
    loop {
        let rows = person::Entity::find()
            .filter(Search.is_null())
            .order_by_asc(Id)
            .limit(ROWS)
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let documents = rows.iter().map(|row| {
            let name = LocalizedText::new(&row.name_ja, &row.name_en);
            (row.id, of_person(&name))
        });
        write(db, person::Entity, (Id, Search), documents).await?;
    }
}

async fn fill_bodies(db: &impl ConnectionTrait) -> Result<(), Error> {
    use organization::Column::{Id, Search};
    loop {
        let rows = organization::Entity::find()
            .filter(Search.is_null())
            .order_by_asc(Id)
            .limit(ROWS)
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let documents = rows.iter().map(|row| {
            let name = LocalizedText::new(&row.name_ja, &row.name_en);
            (row.id, of_body(&name, row.corporate_number.as_deref()))
        });
        write(db, organization::Entity, (Id, Search), documents).await?;
    }
}

async fn fill_awards(db: &impl ConnectionTrait) -> Result<(), Error> {
    use award::Column::{Id, Search};
    loop {
        let rows = award::Entity::find()
            .filter(Search.is_null())
            .order_by_asc(Id)
            .limit(ROWS)
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let documents = award_documents(db, &rows).await?;
        write(db, award::Entity, (Id, Search), documents).await?;
    }
}

/// What each of these awards is found by.
async fn award_documents(
    db: &impl ConnectionTrait,
    awards: &[award::Model],
) -> Result<Vec<(Uuid, String)>, Error> {
    let bodies = organization::Entity::find()
        .filter(organization::Column::Id.is_in(awards.iter().map(|award| award.organization_id)))
        .all(db)
        .await?;
    let bodies: BTreeMap<Uuid, _> = bodies.into_iter().map(|body| (body.id, body)).collect();
    let named = award_participant::Entity::find()
        .filter(award_participant::Column::AwardId.is_in(awards.iter().map(|award| award.id)))
        .order_by_asc(award_participant::Column::PersonId)
        .all(db)
        .await?;
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(named.iter().map(|row| row.person_id)))
        .all(db)
        .await?;
    let people: BTreeMap<Uuid, _> = people.into_iter().map(|row| (row.id, row)).collect();
    let mut theirs: BTreeMap<Uuid, Vec<&person::Model>> = BTreeMap::new();
    for row in &named {
        let of_award = theirs.entry(row.award_id).or_default();
        of_award.extend(people.get(&row.person_id));
    }
    awards
        .iter()
        .map(|award| {
            let body = bodies
                .get(&award.organization_id)
                .ok_or_else(|| Error::corrupt(format_args!("award {} has no body", award.id)))?;
            let people = theirs.remove(&award.id).unwrap_or_default();
            let title = LocalizedText::new(&award.title_ja, &award.title_en);
            Ok((award.id, of_award(&award.number, &title, body, &people)))
        })
        .collect()
}

/// Writes the documents of many rows in one statement.
async fn write<C: ColumnTrait>(
    db: &impl ConnectionTrait,
    table: impl EntityName,
    (id, search): (C, C),
    documents: impl IntoIterator<Item = (Uuid, String)>,
) -> Result<(), Error> {
    let (ids, cases) = documents.into_iter().fold(
        (Vec::new(), CaseStatement::new()),
        |(mut ids, cases), (row, document)| {
            ids.push(row);
            (ids, cases.case(id.eq(row), document))
        },
    );
    let statement = Query::update()
        .table(table.table_ref())
        .value(search, cases)
        .and_where(id.is_in(ids))
        .and_where(search.is_null())
        .to_owned();
    db.execute(&statement).await?;
    Ok(())
}
