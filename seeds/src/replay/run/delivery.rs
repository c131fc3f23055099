//! A delivery is a submission. Nobody is named in the history, so the system submits in its own
//! name.

use std::collections::BTreeMap;

use store::Error;
use store::command::{DraftSubmission, SubmitMilestone};

use super::{Milestone, Run};
use crate::replay::ReplaySummary;
use crate::replay::history::Step;

impl Run<'_> {
    /// Drafts and submits. The row counts when it is submitted.
    pub(super) async fn deliver(
        &self,
        milestone: &mut Milestone,
        step: &Step,
        summary: &mut ReplaySummary,
    ) -> Result<(), Error> {
        let draft = DraftSubmission {
            milestone: milestone.id,
            narrative: narrative(step),
            kpi_values: BTreeMap::new(),
            expected_version: None,
        };
        self.row(step, "drafted", None, &draft).await?;
        let submit = SubmitMilestone {
            milestone: milestone.id,
        };
        let submitted = self.row(step, "submitted", None, &submit).await?;
        milestone.seal = Some(submitted.seal);
        summary.told.submissions += 1;
        Ok(())
    }
}

/// What the history says of the delivery, with its time as it stands there.
fn narrative(step: &Step) -> String {
    let cells = &step.row.cells;
    format!(
        "Imported delivery\ncommitted_at: {}\ndeliverable_rows: {}",
        cells.committed_at, cells.deliverable_rows
    )
}
