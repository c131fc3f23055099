//! Reports that awards owe, with every version that was handed in and its answer.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::closing::{OwedReport, Report, ReportContent};
use domain::id::{AwardId, ReportId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::dossier::{ReportEntry, owed_reports, with_rounds};
use crate::entity::award;
use crate::entity::report::{Column, Entity};
use crate::error::Error;
use crate::mapping;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportView {
    /// Names it.
    pub id: ReportId,
    /// Its award.
    pub award: AwardId,
    /// The budget year that it is about.
    pub budget_year: FiscalYear,
    /// How it stands.
    pub report: Report,
    /// Why it was asked for; nothing for what the law itself asks.
    pub reason: Option<String>,
    /// Each version that was handed in, the first one first.
    pub rounds: Vec<RoundView>,
}

/// A version of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundView {
    /// Which round, from 1.
    pub version: u32,
    /// The day on which it arrived, in Japan.
    pub arrived_on: NaiveDate,
    /// What it says.
    pub content: ReportContent,
    /// Why a correction of it was ordered, and until when, if one was.
    pub correction: Option<(String, NaiveDate)>,
}

/// The reports of each of these awards, the first due one first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
) -> Result<HashMap<AwardId, Vec<ReportView>>, Error> {
    let rows = Entity::find()
        .filter(Column::AwardId.is_in(awards.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(Column::AwardId))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut reports: HashMap<AwardId, Vec<ReportView>> = HashMap::new();
    for entry in with_rounds(db, rows).await? {
        let view = view(entry)?;
        reports.entry(view.award).or_default().push(view);
    }
    Ok(reports)
}

/// The reports that each of these awards owes by law on `today`, the first due one first.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn owed_by_law(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    today: NaiveDate,
) -> Result<HashMap<AwardId, Vec<OwedReport>>, Error> {
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(awards.iter().map(|id| id.uuid())))
        .filter(sight.awards_whole())
        .all(db)
        .await?;
    let owed = owed_reports(db, &rows, today).await?.into_iter();
    Ok(owed.map(|(award, owed)| (award.into(), owed)).collect())
}

/// The reports with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[ReportId],
) -> Result<HashMap<ReportId, ReportView>, Error> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(sight.of_award_whole(Column::AwardId))
        .all(db)
        .await?;
    let entries = with_rounds(db, rows).await?.into_iter();
    entries
        .map(|entry| Ok((entry.row.id.into(), view(entry)?)))
        .collect()
}

fn view(entry: ReportEntry) -> Result<ReportView, Error> {
    let rounds = entry.rounds.into_iter().map(|(version, answer)| {
        Ok(RoundView {
            version: mapping::version(version.version)?,
            arrived_on: version.arrived_on,
            content: mapping::document(&version.content)?,
            correction: answer.and_then(|answer| Some((answer.reason?, answer.due_on?))),
        })
    });
    Ok(ReportView {
        id: entry.row.id.into(),
        award: entry.row.award_id.into(),
        budget_year: entry.budget_year,
        report: entry.report,
        reason: entry.row.reason,
        rounds: rounds.collect::<Result<_, Error>>()?,
    })
}
