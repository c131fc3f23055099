//! The state of a tranche, out of its row.

use domain::tranche::TrancheState;

use super::code;
use crate::entity::tranche::Model;
use crate::error::Error;

/// The state that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when there is no such state.
pub fn tranche_state(row: &Model) -> Result<TrancheState, Error> {
    code(&row.state)
}
