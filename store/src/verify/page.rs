//! Walking a whole table in pages, so that memory does not grow with it.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

/// Rows a page.
const ROWS: u64 = 500;

/// The next page of a table after the row `after`, in the order of ids.
pub(super) async fn after<E, C>(
    db: &impl ConnectionTrait,
    id: C,
    after: Option<Uuid>,
) -> Result<Vec<E::Model>, Error>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Sized + Send + Sync,
    C: ColumnTrait,
{
    let mut select = E::find().order_by_asc(id).limit(ROWS);
    if let Some(last) = after {
        select = select.filter(id.gt(last));
    }
    Ok(select.all(db).await?)
}

/// Runs `$body` for every page of `$entity`.
macro_rules! for_each_page {
    ($db:expr, $entity:ident, |$rows:ident| $body:block) => {{
        let mut last = None;
        loop {
            let $rows =
                $crate::verify::page::after::<$entity::Entity, _>($db, $entity::Column::Id, last)
                    .await?;
            let Some(end) = $rows.last() else { break };
            last = Some(end.id);
            $body
        }
    }};
}

/// Runs `$body` for every row of `$entity`, page by page.
macro_rules! for_each_row {
    ($db:expr, $entity:ident, |$row:ident| $body:block) => {
        $crate::verify::page::for_each_page!($db, $entity, |rows| {
            for $row in rows $body
        })
    };
}
pub(super) use {for_each_page, for_each_row};
