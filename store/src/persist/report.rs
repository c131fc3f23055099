//! Storing what becomes of reports.

use chrono::NaiveDate;
use domain::Coded;
use domain::calendar::FiscalYear;
use domain::closing::{Report, ReportTerm};
use domain::id::ReportId;
use sea_orm::Set;
use serde_json::json;

use crate::dossier::ReportEntry;
use crate::entity::{award, report, report_answer};
use crate::error::Error;
use crate::gathered::Written;
use crate::root::Locked;
use crate::work::Work;

/// Puts a report on record that is owed for a budget year by a term; `prescribed` says why somebody
/// asked for it, where it is not the law that does.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn put_on_record(
    work: &mut Work<'_>,
    award: &Locked<award::Model>,
    (budget_year, term): (FiscalYear, ReportTerm),
    prescribed: Option<&str>,
) -> Result<(Report, ReportId), Error> {
    let report = Report::owed(term);
    let id: ReportId = work.ids.next();
    report::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(award.programme_id),
        award_id: Set(award.id),
        kind: Set(report.kind.code().to_owned()),
        budget_year: Set(i64::from(budget_year.get())),
        due_on: Set(report.due_on),
        reason: Set(prescribed.map(str::to_owned)),
        prescribed_by: Set(prescribed.and(work.person_uuid())),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    Ok((report, id))
}

/// Stores the answer to the last version of a report, which stands `after` it: accepted, or to be
/// corrected until a day, for a reason.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn answer(
    work: &mut Work<'_>,
    _award: &Locked<award::Model>,
    entry: &ReportEntry,
    after: Report,
    correction: Option<(&str, NaiveDate)>,
) -> Result<(), Error> {
    let (version, _) = entry.rounds.last().ok_or_else(|| {
        Error::corrupt(format_args!(
            "report {} was answered before it came",
            entry.row.id
        ))
    })?;
    let state = after.state.code();
    work.record_move(
        "REPORT_MOVED",
        entry.row.id,
        entry.report.state.code(),
        state,
    );
    report_answer::ActiveModel {
        id: Set(work.ids.next()),
        programme_id: Set(entry.row.programme_id),
        award_id: Set(entry.row.award_id),
        report_version_id: Set(version.id),
        answer: Set(state.code().to_owned()),
        reason: Set(correction.map(|(reason, _)| reason.to_owned())),
        due_on: Set(correction.map(|(_, due_on)| due_on)),
        answered_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    }
    .insert_in(work)
    .await?;
    if let Some((_, due_on)) = correction {
        work.record(
            "CORRECTION_ORDERED",
            json!({ "report": entry.row.id, "dueOn": due_on }),
        );
    }
    Ok(())
}
