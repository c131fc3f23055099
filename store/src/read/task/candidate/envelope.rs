//! Budget years of themes that are over, by their envelopes.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Query;

use super::Found;
use super::calendar::{Dated, dated};
use crate::entity::envelope;

/// The envelopes among `years`, which are those that the asker may close next.
pub(super) fn found(years: &[Dated]) -> Option<Found> {
    let mut select = Query::select();
    select.from(envelope::Entity);
    let (since, _) = dated(&mut select, envelope::Column::Id, years)?;
    Some(Found {
        select,
        subject: envelope::Column::Id.into_expr(),
        milestone: None,
        since,
        due_on: None,
    })
}
