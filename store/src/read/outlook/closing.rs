//! How far the determination is that tranches wait for.

use std::collections::BTreeMap;

use domain::calendar::{FiscalYear, jst_date, result_report_due, year_end_report_due};
use domain::closing::{DatedAmount, ReportState};
use domain::payment::ClosingOutlook;
use domain::tranche::TrancheState;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::dossier::{AwardDossier, ReportEntry, TrancheEntry, fixed_years, reports_of};
use crate::error::Error;

/// What is known of the determinations that tranches of some awards wait for.
#[derive(Debug, Default)]
pub(super) struct Closings {
    /// The reports, by award.
    reports: BTreeMap<Uuid, Vec<ReportEntry>>,
    /// The determinations in force, by award and year.
    determined: BTreeMap<Uuid, BTreeMap<FiscalYear, DatedAmount>>,
}

impl Closings {
    /// Those of the awards of `dossiers` of which a tranche waits for one. No statement where none does.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        dossiers: &[AwardDossier],
    ) -> Result<Self, Error> {
        let waits = |entry: &TrancheEntry| {
            entry.kind.waits_for_determination() && entry.state == TrancheState::Planned
        };
        let waiting = dossiers
            .iter()
            .filter(|dossier| dossier.tranches.iter().any(waits));
        let awards: Vec<Uuid> = waiting.map(|dossier| dossier.row.id).collect();
        if awards.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self {
            reports: reports_of(db, &awards).await?,
            determined: fixed_years(db, &awards).await?,
        })
    }

    /// How far the determination of `year` is for the award of `dossier`.
    pub(super) fn of(&self, dossier: &AwardDossier, year: FiscalYear) -> ClosingOutlook {
        let award = dossier.row.id;
        let determined = self.determined.get(&award);
        if let Some(fixed) = determined.and_then(|years| years.get(&year)) {
            return ClosingOutlook::Determined(fixed.on);
        }
        let reports = self.reports.get(&award).into_iter().flatten();
        let of_year = reports
            .filter(|entry| entry.budget_year == year && entry.report.kind.closes_year())
            .map(|entry| (entry.report.state.code(), entry));
        match of_year.max_by_key(|(state, _)| *state) {
            Some((_, entry)) => reported(entry),
            None => ClosingOutlook::Due(
                dossier
                    .work_over_on()
                    .map_or_else(|| year_end_report_due(year), result_report_due),
            ),
        }
    }
}

/// How far a report is.
fn reported(entry: &ReportEntry) -> ClosingOutlook {
    let report = entry.report;
    match report.state {
        ReportState::Draft => ClosingOutlook::Due(report.due_on),
        ReportState::CorrectionOrdered => {
            ClosingOutlook::Due(report.correction_due_on.unwrap_or(report.due_on))
        }
        ReportState::Submitted { on } => ClosingOutlook::Reported(on),
        ReportState::Accepted { submitted_on } => {
            let answer = entry.rounds.last().and_then(|(_, answer)| answer.as_ref());
            let accepted_on = answer.map(|answer| jst_date(answer.occurred_at));
            ClosingOutlook::Accepted(accepted_on.unwrap_or(submitted_on))
        }
    }
}
