//! A condition, out of its row.

use domain::gate::{Condition, ConditionDraft, Verifier};

use super::code;
use crate::entity::gate_condition::Model;
use crate::error::Error;

/// The condition that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when there is no such state.
pub fn condition(row: &Model) -> Result<Condition, Error> {
    Ok(Condition {
        id: row.id.into(),
        terms: ConditionDraft {
            text: row.text.clone(),
            due_on: row.due_on,
            blocking: row.blocking,
            verifier: row
                .verifier_id
                .map_or(Verifier::Chair, |person| Verifier::Named(person.into())),
        },
        state: code(&row.state)?,
    })
}
