//! The plan as the rows of its versions hold it.

use domain::LocalizedText;
use domain::award::{PlannedMilestone, PlannedTranche};
use domain::calendar::FiscalYear;
use domain::criterion::Criterion;

use super::{document, money, ordinal};
use crate::entity::{milestone, milestone_version, tranche};
use crate::error::Error;

/// The criteria of one version of a milestone.
///
/// # Errors
/// [`Error::Corrupt`] when the document has another shape.
pub fn criteria(version: &milestone_version::Model) -> Result<Vec<Criterion>, Error> {
    document(&version.criteria)
}

/// The milestone as the plan in force has it.
///
/// # Errors
/// [`Error::Corrupt`] when a row contradicts itself.
pub fn planned_milestone(
    row: &milestone::Model,
    version: &milestone_version::Model,
    tranche: &tranche::Model,
) -> Result<PlannedMilestone, Error> {
    Ok(PlannedMilestone {
        ordinal: ordinal(row.ordinal)?,
        title: LocalizedText::new(&version.title_ja, &version.title_en),
        due_on: version.due_on,
        criteria: criteria(version)?,
        tranche: PlannedTranche {
            amount: money(tranche.amount_minor, &tranche.currency)?,
            budget_year: FiscalYear::new(
                i32::try_from(tranche.budget_year).map_err(Error::corrupt)?,
            ),
        },
    })
}
