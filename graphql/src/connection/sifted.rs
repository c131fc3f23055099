//! A page of a list that was sifted by a rule after it was read.
//!
//! Only a bounded number of rows is looked at for a page. So it may hold fewer rows than were asked
//! for, or none, and still not be the last: `endCursor` is then the place up to which was looked.
//! Whoever follows `endCursor` while `hasNextPage` is true misses nothing and meets nothing twice.

use std::borrow::Cow;

use async_graphql::connection::{CursorType, Edge, EmptyFields, PageInfo};
use async_graphql::{Object, OutputType, TypeName};

use super::{Connection, Cursor};

/// A page of `T`s that says by itself from where to go on.
pub(crate) struct Sifted<T: OutputType> {
    page: Connection<T>,
    next: Option<Cursor>,
}

impl<T: OutputType> Sifted<T> {
    /// The page, and the place after which there may be more.
    pub(crate) const fn new(page: Connection<T>, next: Option<Cursor>) -> Self {
        Self { page, next }
    }
}

impl<T: OutputType> TypeName for Sifted<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// A page that may hold fewer rows than were asked for and still not be the last: go on after
/// `pageInfo.endCursor` while `pageInfo.hasNextPage` is true.
#[Object(name_type)]
impl<T: OutputType> Sifted<T> {
    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        let cursor = |place: &Cursor| place.encode_cursor();
        let edges = &self.page.edges;
        let last = edges.last().map(|edge| &edge.cursor);
        PageInfo {
            has_previous_page: self.page.has_previous_page,
            has_next_page: self.next.is_some(),
            start_cursor: edges.first().map(|edge| cursor(&edge.cursor)),
            end_cursor: self.next.as_ref().or(last).map(cursor),
        }
    }

    /// The rows with their cursors.
    async fn edges(&self) -> &[Edge<Cursor, T, EmptyFields>] {
        &self.page.edges
    }

    /// The rows.
    async fn nodes(&self) -> Vec<&T> {
        self.page.edges.iter().map(|edge| &edge.node).collect()
    }
}
