//! What the domain looks at to say whether something about the closing of awards and years waits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::ReportFacts;
use domain::award::Award;
use domain::closing::{OwedReport, Report, ReturnOrder, YearEnd};
use domain::task::{self, Subject, TaskKind};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::super::Asking;
use super::super::candidate::{Candidate, OWED_BY_LAW};
use crate::dossier::{
    AwardDossier, ReportEntry, determinable, owed_reports, reports_of, returns_where, year_ends,
};
use crate::entity::{award, envelope, return_order, theme};
use crate::error::Error;
use crate::mapping;

/// The facts about some candidates, by id.
#[derive(Default)]
pub(super) struct ClosingFacts {
    /// The reports that an award owes by law.
    owed: BTreeMap<Uuid, Vec<OwedReport>>,
    /// The reports of an award, the first due one first.
    reports: BTreeMap<Uuid, Vec<ReportEntry>>,
    /// Reports out of which a year can be determined that is not.
    determinable: BTreeSet<Uuid>,
    returns: BTreeMap<Uuid, ReturnOrder>,
    /// Budget years by their envelope.
    years: BTreeMap<Uuid, YearEnd>,
}

impl ClosingFacts {
    /// Reads them: as many statements for many candidates as for one, and none for what nobody is a
    /// candidate of.
    ///
    /// # Errors
    /// When the database does not answer or a row contradicts itself.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        asking: &Asking<'_>,
        candidates: &[Candidate],
    ) -> Result<Self, Error> {
        let mut facts = Self::default();
        let of = |admits: fn(TaskKind) -> bool| {
            let found = candidates.iter().filter(|one| admits(one.kind));
            let found: Vec<&Candidate> = found.collect();
            (!found.is_empty()).then_some(found)
        };
        if let Some(found) = of(|kind| kind.subject() == Subject::Report) {
            facts.reports = reports_of(db, &awards_of(&found)).await?;
        }
        if let Some(found) = of(|kind| OWED_BY_LAW.contains(&kind)) {
            let rows = rows_of(db, &found).await?;
            facts.owed = owed_reports(db, &rows, asking.today()).await?;
        }
        if let Some(found) = of(|kind| kind == TaskKind::DetermineAmount) {
            let rows = rows_of(db, &found).await?;
            let dossiers = AwardDossier::load_many(db, &rows, asking.today()).await?;
            facts.determinable = determinable(db, &dossiers, &facts.reports).await?;
        }
        if let Some(found) = of(|kind| kind.subject() == Subject::ReturnOrder) {
            facts.returns = returns(db, found.iter().map(|one| one.subject)).await?;
        }
        if let Some(found) = of(|kind| kind.subject() == Subject::Envelope) {
            facts.years = years(db, found.iter().map(|one| one.subject)).await?;
        }
        Ok(facts)
    }

    /// The reports that the award of `candidate` owes by law.
    pub(super) fn of_award(&self, candidate: &Candidate) -> Vec<TaskKind> {
        let owed = candidate.award.and_then(|id| self.owed.get(&id));
        let owed = owed.into_iter().flatten();
        owed.map(|owed| task::of_owed(owed.term)).collect()
    }

    /// The tasks of a report of `award`.
    pub(super) fn of_report(&self, award: &Award, candidate: &Candidate) -> Vec<TaskKind> {
        let reports = candidate.award.and_then(|id| self.reports.get(&id));
        let reports = reports.map_or(&[][..], Vec::as_slice);
        let Some(entry) = reports
            .iter()
            .find(|entry| entry.row.id == candidate.subject)
        else {
            return Vec::new();
        };
        let alike = reports.iter().filter(|other| {
            other.report.kind == entry.report.kind && other.budget_year == entry.budget_year
        });
        let alike: Vec<Report> = alike.map(|other| other.report).collect();
        let next = Report::next_of(&alike).and_then(|place| alike.get(place));
        let facts = ReportFacts {
            award,
            report: &entry.report,
            next: next.unwrap_or(&entry.report),
        };
        task::of_report(&facts, self.determinable.contains(&entry.row.id))
    }

    /// The tasks of an order to return.
    ///
    /// # Errors
    /// [`Error::Refused`] when its amounts do not fit.
    pub(super) fn of_return(
        &self,
        candidate: &Candidate,
        today: NaiveDate,
    ) -> Result<Vec<TaskKind>, Error> {
        let order = self.returns.get(&candidate.subject);
        let tasks = order.map(|order| task::of_return(order, today)).transpose();
        Ok(tasks.map_err(Refusal::from)?.unwrap_or_default())
    }

    /// The tasks of a budget year of a theme.
    pub(super) fn of_year(&self, candidate: &Candidate, today: NaiveDate) -> Vec<TaskKind> {
        let year_end = self.years.get(&candidate.subject);
        year_end.map_or_else(Vec::new, |year_end| task::of_year(year_end, today))
    }
}

/// The awards of `candidates`, each once.
fn awards_of(candidates: &[&Candidate]) -> Vec<Uuid> {
    let awards: BTreeSet<Uuid> = candidates.iter().filter_map(|one| one.award).collect();
    awards.into_iter().collect()
}

async fn rows_of(
    db: &impl ConnectionTrait,
    candidates: &[&Candidate],
) -> Result<Vec<award::Model>, Error> {
    Ok(award::Entity::find()
        .filter(award::Column::Id.is_in(awards_of(candidates)))
        .all(db)
        .await?)
}

async fn returns(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, ReturnOrder>, Error> {
    let asked = Condition::all().add(return_order::Column::Id.is_in(ids));
    let entries = returns_where(db, asked).await?.into_iter();
    Ok(entries.map(|entry| (entry.row.id, entry.order)).collect())
}

async fn years(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, YearEnd>, Error> {
    let envelopes = envelope::Entity::find()
        .filter(envelope::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(envelopes.iter().map(|row| row.theme_id)))
        .all(db)
        .await?;
    let mut asked = Vec::with_capacity(envelopes.len());
    for row in &envelopes {
        let theme = themes.iter().find(|theme| theme.id == row.theme_id);
        let year = mapping::fiscal_year(row.fiscal_year)?;
        asked.extend(theme.map(|theme| (theme, year)));
    }
    let mut found = year_ends(db, &asked).await?;
    let of = |row: &envelope::Model| Some((row.id, found.remove(&row.theme_id)?));
    Ok(envelopes.iter().filter_map(of).collect())
}
