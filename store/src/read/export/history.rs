//! What audit chains told by an instant. Rows know only today.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Coded;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryTrait,
};
use serde_json::Value;
use uuid::Uuid;

use crate::entity::audit_event;
use crate::error::Error;
use crate::mapping::code;
use crate::root::RootKind;

/// What was told of a thing.
#[derive(Debug, Clone)]
pub(in crate::read) struct Told {
    /// The thing.
    pub(in crate::read) id: Uuid,
    /// The word by which it was told.
    pub(in crate::read) word: String,
    /// What was told.
    pub(in crate::read) facts: Value,
    /// When it was recorded.
    pub(in crate::read) recorded_at: DateTime<Utc>,
}

impl Told {
    /// The fact of this name, as the code of a value.
    ///
    /// # Errors
    /// When it is none.
    pub(in crate::read) fn code<T: Coded>(&self, name: &str) -> Result<T, Error> {
        code(self.facts[name].as_str().unwrap_or_default())
    }
}

/// What the chains of these roots told by any of `words`, in the order of each chain; of an instant what was
/// recorded by then.
///
/// # Errors
/// When the database does not answer or an event is of nothing.
pub(in crate::read) async fn told(
    db: &impl ConnectionTrait,
    (kind, roots): (RootKind, &[Uuid]),
    words: &[&str],
    as_of: Option<DateTime<Utc>>,
) -> Result<Vec<Told>, Error> {
    let text = || Expr::col(audit_event::Column::Event).cast_as(Alias::new("TEXT"));
    let said = words.iter().fold(Condition::any(), |any, word| {
        any.add(text().like(format!("%\"{word}\"%")))
    });
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::ChainKind.eq(kind.code()))
        .filter(audit_event::Column::ChainId.is_in(roots.iter().copied()))
        .filter(said)
        .apply_if(as_of, |select, as_of| {
            select.filter(audit_event::Column::RecordedAt.lte(as_of))
        })
        .order_by_asc(audit_event::Column::Sequence)
        .all(db)
        .await?;
    let mut told = Vec::new();
    for row in events {
        for happened in row.event["happened"].as_array().into_iter().flatten() {
            let word = happened["event"].as_str().unwrap_or_default();
            if !words.contains(&word) {
                continue;
            }
            let facts = happened["facts"].clone();
            let id = facts["id"].as_str().and_then(|id| id.parse().ok());
            let nothing = || Error::corrupt(format_args!("event {} is of nothing", row.id));
            told.push(Told {
                id: id.ok_or_else(nothing)?,
                word: word.to_owned(),
                facts,
                recorded_at: row.recorded_at,
            });
        }
    }
    Ok(told)
}

/// The state that each thing of `awards` was last moved to by then, as told by `word`. One that is not
/// named was never moved.
///
/// # Errors
/// As [`told`], or when a state is none.
pub(super) async fn states<T: Coded>(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    word: &str,
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, T>, Error> {
    let moves = told(db, (RootKind::Award, awards), &[word], Some(as_of)).await?;
    moves
        .iter()
        .map(|told| Ok((told.id, told.code("to")?)))
        .collect()
}
