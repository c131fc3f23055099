//! The reports that awards owe by law: what is on record of an award, as the domain asks for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Coded;
use domain::calendar::FiscalYear;
use domain::closing::{OwedReport, ReportKind, Reporting};
use domain::tranche::TrancheState;
use sea_orm::sea_query::{Func, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::work_over::work_over;
use super::{AwardDossier, ReportEntry};
use crate::entity::{award, report, tranche};
use crate::error::Error;
use crate::mapping;

/// What the award of `dossier`, with these reports, owes by law on `today`.
pub(crate) fn owed_by(
    dossier: &AwardDossier,
    reports: &[ReportEntry],
    today: NaiveDate,
) -> Vec<OwedReport> {
    let tranches = dossier.tranches.iter();
    let paid_out = tranches.filter(|entry| entry.state.is_paid_out());
    let reporting = Reporting {
        award: dossier.award,
        work_over_on: dossier.work_over_on(),
        paid_out: paid_out.map(|entry| entry.settles).collect(),
        on_record: reports
            .iter()
            .map(|entry| (entry.report.kind, entry.budget_year))
            .collect(),
    };
    reporting.owed(today)
}

/// The same of each award in `rows`; one that owes nothing is not among them. As many statements for
/// one award as for many.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn owed_reports(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, Vec<OwedReport>>, Error> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let awards: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let standing = work_over(db, rows, today).await?;
    let mut paid_out = paid_out_years(db, &awards).await?;
    let mut on_record = on_record(db, &awards).await?;
    let mut owed = BTreeMap::new();
    for (id, (award, work_over_on)) in standing {
        let reporting = Reporting {
            award,
            work_over_on,
            paid_out: paid_out.remove(&id).unwrap_or_default(),
            on_record: on_record.remove(&id).unwrap_or_default(),
        };
        let of_award = reporting.owed(today);
        if !of_award.is_empty() {
            owed.insert(id, of_award);
        }
    }
    Ok(owed)
}

/// The budget year whose determination a tranche belongs to.
pub(crate) fn settled_year() -> SimpleExpr {
    let years = [tranche::Column::SettlesYear, tranche::Column::BudgetYear];
    Func::coalesce(years.map(ColumnTrait::into_expr)).into()
}

/// The codes of the states of a tranche whose money was paid out.
pub(crate) fn paid_out_states() -> Vec<&'static str> {
    let states = TrancheState::ALL.iter();
    let paid_out = states.filter(|state| state.is_paid_out());
    paid_out.map(|state| state.code()).collect()
}

/// The budget years of which money of `awards` was paid out.
async fn paid_out_years(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeSet<FiscalYear>>, Error> {
    let found: Vec<(Uuid, i64)> = tranche::Entity::find()
        .select_only()
        .column(tranche::Column::AwardId)
        .column_as(settled_year(), "year")
        .distinct()
        .filter(tranche::Column::AwardId.is_in(awards.iter().copied()))
        .filter(tranche::Column::State.is_in(paid_out_states()))
        .into_tuple()
        .all(db)
        .await?;
    let mut years: BTreeMap<Uuid, BTreeSet<FiscalYear>> = BTreeMap::new();
    for (award, year) in found {
        let of_award = years.entry(award).or_default();
        of_award.insert(mapping::fiscal_year(year)?);
    }
    Ok(years)
}

/// The kinds and years of the reports of `awards`.
async fn on_record(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeSet<(ReportKind, FiscalYear)>>, Error> {
    let found: Vec<(Uuid, String, i64)> = report::Entity::find()
        .select_only()
        .column(report::Column::AwardId)
        .column(report::Column::Kind)
        .column(report::Column::BudgetYear)
        .filter(report::Column::AwardId.is_in(awards.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let mut reports: BTreeMap<Uuid, BTreeSet<_>> = BTreeMap::new();
    for (award, kind, year) in found {
        let of_award = reports.entry(award).or_default();
        of_award.insert((mapping::code(&kind)?, mapping::fiscal_year(year)?));
    }
    Ok(reports)
}
