//! Pages of lists: Relay connections with keyset cursors.
//!
//! A cursor holds the key of its row and the order it belongs to, so that a page never shifts when
//! rows come in between, and a cursor of another order is refused instead of being misread.

mod sifted;

use async_graphql::connection::{Connection as RelayConnection, CursorType, Edge, EmptyFields};
use async_graphql::{ObjectType, OutputType, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FaultCode;

use crate::fault;

pub(crate) use sifted::Sifted;

/// Most rows of a page.
pub(crate) const FIRST_MAX: i32 = 100;

/// The place of a row in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The code of the order.
    pub(crate) order: String,
    /// The row's key in that order.
    pub(crate) key: Vec<String>,
}

impl Cursor {
    /// The cursor of a row with `key` in `order`.
    #[must_use]
    pub(crate) fn new(order: &str, key: impl IntoIterator<Item = String>) -> Self {
        Self {
            order: order.to_owned(),
            key: key.into_iter().collect(),
        }
    }
}

impl CursorType for Cursor {
    type Error = &'static str;

    fn decode_cursor(text: &str) -> Result<Self, &'static str> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| "no base64url")?;
        let (order, key) = serde_json::from_slice(&bytes).map_err(|_| "no key of an order")?;
        Ok(Self { order, key })
    }

    fn encode_cursor(&self) -> String {
        // A name may hold any character, so no character can part the key: JSON quotes them.
        URL_SAFE_NO_PAD.encode(serde_json::json!([self.order, self.key]).to_string())
    }
}

/// A page of `T`s, and besides it what `F` says of the page.
pub(crate) type Connection<T, F = EmptyFields> = RelayConnection<Cursor, T, F>;

fn bad_cursor() -> async_graphql::Error {
    fault::coded(FaultCode::BadCursor)
}

/// What a page asks for: how many rows, and after which key.
///
/// # Errors
/// `PAGE_SIZE_INVALID` unless `first` is 1 to 100; `BAD_CURSOR` when `after` belongs to another
/// order or is none.
pub(crate) fn asked<K>(
    first: i32,
    after: Option<&str>,
    order: &str,
    read_key: impl FnOnce(&[String]) -> Option<K>,
) -> Result<(u64, Option<K>)> {
    if !(1..=FIRST_MAX).contains(&first) {
        return Err(fault::coded(FaultCode::PageSizeInvalid));
    }
    let key = after
        .map(|text| {
            Cursor::decode_cursor(text)
                .ok()
                .filter(|cursor| cursor.order == order)
                .and_then(|cursor| read_key(&cursor.key))
                .ok_or_else(bad_cursor)
        })
        .transpose()?;
    Ok((u64::try_from(first).unwrap_or(1), key))
}

/// The page of `rows`, of which one more than `first` was asked for to know whether there is more.
pub(crate) fn page<R, T: OutputType>(
    rows: Vec<R>,
    first: u64,
    has_previous: bool,
    cursor: impl Fn(&R) -> Cursor,
    node: impl Fn(R) -> T,
) -> Connection<T> {
    let first = usize::try_from(first).unwrap_or(usize::MAX);
    let mut page = Connection::new(has_previous, rows.len() > first);
    page.edges = rows
        .into_iter()
        .take(first)
        .map(|row| Edge::new(cursor(&row), node(row)))
        .collect();
    page
}

/// The same page with `fields` besides.
pub(crate) fn with_fields<T: OutputType, F: ObjectType>(
    page: Connection<T>,
    fields: F,
) -> Connection<T, F> {
    let mut more =
        Connection::with_additional_fields(page.has_previous_page, page.has_next_page, fields);
    more.edges = page.edges;
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &[String]) -> Option<i32> {
        match key {
            [one] => one.parse().ok(),
            _ => None,
        }
    }

    fn code<T>(result: Result<T>) -> Option<String> {
        let extensions = result.err()?.extensions?;
        extensions.get("code").map(ToString::to_string)
    }

    #[test]
    fn a_cursor_is_read_in_its_own_order_only() {
        let cursor = Cursor::new("BY_NUMBER", ["7".to_owned()]).encode_cursor();
        assert_eq!(
            asked(10, Some(&cursor), "BY_NUMBER", read).ok(),
            Some((10, Some(7)))
        );
        let unreadable = Cursor::new("BY_NUMBER", ["seven".to_owned()]).encode_cursor();
        for (text, order) in [
            (cursor.as_str(), "BY_DATE"),
            (&unreadable, "BY_NUMBER"),
            ("", "BY_NUMBER"),
            ("***", "BY_NUMBER"),
        ] {
            let answer = asked(10, Some(text), order, read);
            assert_eq!(code(answer).as_deref(), Some("\"BAD_CURSOR\""), "{text}");
        }
    }

    #[test]
    fn a_key_may_hold_any_text() {
        let key = ["two\nlines", "", "\"quoted\", 見本", "\\n"].map(ToOwned::to_owned);
        let cursor = Cursor::new("BY_NAME", key);
        assert_eq!(Cursor::decode_cursor(&cursor.encode_cursor()), Ok(cursor));
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        for first in [-1, 0, 101] {
            let answer = asked(first, None, "BY_NUMBER", read);
            assert_eq!(code(answer).as_deref(), Some("\"PAGE_SIZE_INVALID\""));
        }
        assert_eq!(asked(100, None, "BY_NUMBER", read).ok(), Some((100, None)));
    }

    #[test]
    fn one_row_more_than_asked_for_says_that_there_is_more() {
        let make = |rows| {
            let cursor = |row: &i32| Cursor::new("BY_NUMBER", [row.to_string()]);
            page(rows, 2, false, cursor, |row| row)
        };
        let (full, short) = (make(vec![1, 2, 3]), make(vec![1, 2]));
        assert_eq!((full.edges.len(), full.has_next_page), (2, true));
        assert_eq!((short.edges.len(), short.has_next_page), (2, false));
    }
}
