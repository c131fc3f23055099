//! Lists, page by page.

use async_graphql::{Context, Result};
use chrono::{SecondsFormat, Utc};
use store::read::award::{self, AwardKey, AwardView};
use store::read::gate::{self, GateView};
use uuid::Uuid;

use super::filter::{AwardFilter, AwardOrder, GateFilter};
use crate::connection::{Connection, Cursor, asked, page};
use crate::object::{Award, Gate};
use crate::session::Session;

/// The code of the one order of gates.
const BY_CONVENING: &str = "GATES_BY_CONVENING";

impl AwardOrder {
    const fn code(self) -> &'static str {
        match self {
            Self::Number => "AWARDS_BY_NUMBER",
            Self::DecidedOn => "AWARDS_BY_DECIDED_ON",
            Self::NextDueOn => "AWARDS_BY_NEXT_DUE_ON",
        }
    }

    fn read_key(self, parts: &[String]) -> Option<AwardKey> {
        let [first, id] = parts else {
            return None;
        };
        let id: Uuid = id.parse().ok()?;
        Some(match self {
            Self::Number => AwardKey::Number(first.clone(), id),
            Self::DecidedOn => AwardKey::DecidedOn(first.parse().ok()?, id),
            Self::NextDueOn if first.is_empty() => AwardKey::NextDueOn(None, id),
            Self::NextDueOn => AwardKey::NextDueOn(Some(first.parse().ok()?), id),
        })
    }

    fn cursor(self, view: &AwardView) -> Cursor {
        let (first, id) = match award::AwardOrder::from(self).key(view) {
            AwardKey::Number(number, id) => (number, id),
            AwardKey::DecidedOn(day, id) => (day.to_string(), id),
            AwardKey::NextDueOn(day, id) => {
                (day.map(|day| day.to_string()).unwrap_or_default(), id)
            }
        };
        Cursor::new(self.code(), [first, id.to_string()])
    }
}

impl From<AwardOrder> for award::AwardOrder {
    fn from(order: AwardOrder) -> Self {
        match order {
            AwardOrder::Number => Self::Number,
            AwardOrder::DecidedOn => Self::DecidedOn,
            AwardOrder::NextDueOn => Self::NextDueOn,
        }
    }
}

/// A page of the awards that the viewer sees.
pub(super) async fn awards(
    ctx: &Context<'_>,
    (first, after): (i32, Option<String>),
    filter: AwardFilter,
    order: AwardOrder,
) -> Result<Connection<Award>> {
    let session = Session::of(ctx)?;
    let sight = session.sight()?;
    let (first, after) = asked(first, after.as_deref(), order.code(), |key| {
        order.read_key(key)
    })?;
    let has_previous = after.is_some();
    let (filter, today) = (filter.asked()?, session.today());
    let page_of = (first, after);
    let rows = session
        .read(|store| award::page(store.reads(), &sight, &filter, order.into(), page_of, today))
        .await?;
    let cursor = |view: &AwardView| order.cursor(view);
    Ok(page(rows, first, has_previous, cursor, Award))
}

/// A page of the gates that the viewer sees, the oldest first.
pub(super) async fn gates(
    ctx: &Context<'_>,
    (first, after): (i32, Option<String>),
    filter: GateFilter,
) -> Result<Connection<Gate>> {
    let session = Session::of(ctx)?;
    let sight = session.sight()?;
    let key = |parts: &[String]| match parts {
        [at, id] => Some((at.parse().ok()?, id.parse().ok()?)),
        _ => None,
    };
    let (first, after) =
        asked::<(chrono::DateTime<Utc>, Uuid)>(first, after.as_deref(), BY_CONVENING, key)?;
    let has_previous = after.is_some();
    let (page_of, today) = ((first, after), session.today());
    let rows = session
        .read(|store| gate::page(store.reads(), &sight, filter.into(), page_of, today))
        .await?;
    let cursor = |view: &GateView| {
        let at = view
            .convened_at
            .to_rfc3339_opts(SecondsFormat::Micros, true);
        Cursor::new(BY_CONVENING, [at, view.id.to_string()])
    };
    Ok(page(rows, first, has_previous, cursor, Gate))
}
