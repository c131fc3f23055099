//! Where a page begins: after the last row of the page before, by a column and, of rows that are alike in it,
//! their ids.
//!
//! The first column is bounded by itself as well. An index is entered there; out of an alternative alone no
//! database takes where to enter it, and each page would read, and some sort, all that is left.

use sea_orm::sea_query::{Expr, ExprTrait, Value};
use uuid::Uuid;

/// The rows after this place, both columns ascending.
pub(crate) fn after((first, id): (Expr, Expr), (last, last_id): (impl Into<Value>, Uuid)) -> Expr {
    let last: Value = last.into();
    let further = first.clone().gt(last.clone()).or(id.gt(last_id));
    first.gte(last).and(further)
}

/// The rows after this place, both columns descending.
pub(crate) fn before((first, id): (Expr, Expr), (last, last_id): (impl Into<Value>, Uuid)) -> Expr {
    let last: Value = last.into();
    let further = first.clone().lt(last.clone()).or(id.lt(last_id));
    first.lte(last).and(further)
}
