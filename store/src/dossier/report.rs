//! The reports of an award, each as its versions and their answers make it stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::calculation::{Calculation, Steps};
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::{
    Costs, Report, ReportContent, ReportKind, ReportState, ReportStateCode, ReturnKind, TaxCredit,
};
use domain::id::ReportId;
use domain::{Coded, Currency, Money, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{AwardDossier, fixed_years, reporting, returns_where};
use crate::entity::{report, report_answer, report_version, return_order, tax_credit_return};
use crate::error::Error;
use crate::mapping;

/// A report with its rounds.
#[derive(Debug, Clone)]
pub(crate) struct ReportEntry {
    /// Its row.
    pub(crate) row: report::Model,
    /// How it stands.
    pub(crate) report: Report,
    /// The budget year that it is about.
    pub(crate) budget_year: FiscalYear,
    /// Each version that was handed in, the first one first, with its answer.
    pub(crate) rounds: Vec<(report_version::Model, Option<report_answer::Model>)>,
}

impl ReportEntry {
    /// Whether it is accepted.
    pub(crate) fn is_accepted(&self) -> bool {
        self.report.state.code() == ReportStateCode::Accepted
    }

    fn of(
        row: report::Model,
        rounds: Vec<(report_version::Model, Option<report_answer::Model>)>,
    ) -> Result<Self, Error> {
        let mut report = Report {
            kind: mapping::code(&row.kind)?,
            due_on: row.due_on,
            correction_due_on: None,
            state: ReportState::Draft,
        };
        for (version, answer) in &rounds {
            report = report.submit(version.arrived_on).map_err(Error::corrupt)?;
            if let Some(answer) = answer {
                report = answered(report, answer)?;
            }
        }
        Ok(Self {
            report,
            budget_year: mapping::fiscal_year(row.budget_year)?,
            rounds,
            row,
        })
    }
}

/// `report` with `answer`.
fn answered(report: Report, answer: &report_answer::Model) -> Result<Report, Error> {
    let after = match (&answer.due_on, &answer.reason) {
        (Some(due_on), Some(reason)) => {
            report.order_correction(reason, *due_on, jst_date(answer.occurred_at))
        }
        _ => report.accept(),
    };
    let after = after.map_err(Error::corrupt)?;
    if after.state.code().code() == answer.answer {
        Ok(after)
    } else {
        Err(Error::corrupt(format_args!(
            "answer {} is no {}",
            answer.id, answer.answer
        )))
    }
}

/// The reports in `rows`, each with its rounds, in the order of the rows.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn with_rounds(
    db: &impl ConnectionTrait,
    rows: Vec<report::Model>,
) -> Result<Vec<ReportEntry>, Error> {
    let versions = report_version::Entity::find()
        .filter(report_version::Column::ReportId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(report_version::Column::Version)
        .all(db)
        .await?;
    let mut answers: BTreeMap<Uuid, report_answer::Model> = report_answer::Entity::find()
        .filter(report_answer::Column::ReportVersionId.is_in(versions.iter().map(|row| row.id)))
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.report_version_id, row))
        .collect();
    let mut rounds: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for version in versions {
        let answer = answers.remove(&version.id);
        rounds
            .entry(version.report_id)
            .or_default()
            .push((version, answer));
    }
    let whole = |row: report::Model| {
        let rounds = rounds.remove(&row.id).unwrap_or_default();
        ReportEntry::of(row, rounds)
    };
    rows.into_iter().map(whole).collect()
}

/// The reports of each of `awards`, the first due one first; an award without any is not among them.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn reports_of(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<ReportEntry>>, Error> {
    let rows = report::Entity::find()
        .filter(report::Column::AwardId.is_in(awards.iter().copied()))
        .order_by_asc(report::Column::DueOn)
        .order_by_asc(report::Column::Id)
        .all(db)
        .await?;
    let mut reports: BTreeMap<Uuid, Vec<ReportEntry>> = BTreeMap::new();
    for entry in with_rounds(db, rows).await? {
        reports.entry(entry.row.award_id).or_default().push(entry);
    }
    Ok(reports)
}

/// The first budget year of the award of `dossier` of which a report on credited consumption tax is owed
/// by law or was asked for and is not accepted, or gives something that is not ordered back.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn open_tax_credit(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    today: NaiveDate,
) -> Result<Option<FiscalYear>, Error> {
    let award = dossier.row.id;
    let mut reports = reports_of(db, &[award]).await?;
    let reports = reports.remove(&award).unwrap_or_default();
    let ordered: BTreeSet<Uuid> = tax_credit_return::Entity::find()
        .filter(tax_credit_return::Column::AwardId.eq(award))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.report_version_id)
        .collect();
    let mut fixed = fixed_years(db, &[award]).await?;
    let fixed = fixed.remove(&award).unwrap_or_default();
    let owed = reporting(dossier, &reports, fixed).owed(today);
    let owed = owed
        .iter()
        .filter(|owed| owed.term.kind() == ReportKind::TaxCredit);
    let mut open: BTreeSet<FiscalYear> = owed.map(|owed| owed.budget_year).collect();
    let asked = reports
        .iter()
        .filter(|entry| entry.report.kind == ReportKind::TaxCredit && !entry.is_accepted());
    open.extend(asked.map(|entry| entry.budget_year));
    let standing = credits_ordered(db, award, dossier.currency).await?;
    for (year, (version, credit)) in last_credits(&reports)? {
        let due_back = credit.compute(&mut Steps::default());
        let due_back = due_back.map_err(Refusal::from)?;
        let ordered_back = standing.get(&year).copied();
        let ordered_back = ordered_back.unwrap_or(Money::zero(dossier.currency));
        let left = due_back.excess_over(ordered_back).map_err(Refusal::from)?;
        if left.is_positive() && !ordered.contains(&version) {
            open.insert(year);
        }
    }
    Ok(open.pop_first())
}

/// What the last accepted one of these reports of one award states to be credited of the tax of each budget
/// year, with the version that states it.
///
/// # Errors
/// [`Error::Corrupt`] when a version holds no content.
pub(crate) fn last_credits(
    reports: &[ReportEntry],
) -> Result<BTreeMap<FiscalYear, (Uuid, TaxCredit)>, Error> {
    // The first due one first: the last of each year stays.
    let mut credits = BTreeMap::new();
    let accepted = reports.iter().filter(|entry| entry.is_accepted());
    for entry in accepted.filter(|entry| entry.report.kind == ReportKind::TaxCredit) {
        if let Some((version, _)) = entry.rounds.last() {
            let content: ReportContent = mapping::document(&version.content)?;
            let credit = content.tax_credit.map(|credit| (version.id, credit));
            credits.extend(credit.map(|credit| (entry.budget_year, credit)));
        }
    }
    Ok(credits)
}

/// What was ordered back of credited taxes of each budget year of an award, as far as it was not rescinded.
///
/// # Errors
/// When the database does not answer or a sum leaves the range of money.
pub(crate) async fn credits_ordered(
    db: &impl ConnectionTrait,
    award: Uuid,
    currency: Currency,
) -> Result<BTreeMap<FiscalYear, Money>, Error> {
    let asked = Condition::all()
        .add(return_order::Column::AwardId.eq(award))
        .add(return_order::Column::Kind.eq(ReturnKind::ConsumptionTax.code()));
    let mut ordered: BTreeMap<FiscalYear, Money> = BTreeMap::new();
    for entry in returns_where(db, asked).await? {
        let year = mapping::fiscal_year(entry.row.budget_year)?;
        let sum = ordered.entry(year).or_insert(Money::zero(currency));
        let stands = entry.order.stands().map_err(Refusal::from)?;
        *sum = sum.plus(stands).map_err(Refusal::from)?;
    }
    Ok(ordered)
}

/// What these reports of one award state that was spent of its money, as far as it is eligible: of each
/// budget year what the last accepted one says. None where none says anything.
///
/// # Errors
/// [`Error::Corrupt`] when a version holds no content.
pub(crate) fn spent_of(reports: &[ReportEntry]) -> Result<Option<Money>, Error> {
    // The first due one first: the last of each year stays.
    let mut years: BTreeMap<FiscalYear, Costs> = BTreeMap::new();
    for entry in reports.iter().filter(|entry| entry.is_accepted()) {
        if let Some((version, _)) = entry.rounds.last() {
            let content: ReportContent = mapping::document(&version.content)?;
            years.extend(content.expenditure.map(|spent| (entry.budget_year, spent)));
        }
    }
    let mut total: Option<Money> = None;
    for spent in years.values() {
        let spent = spent.eligible_total().map_err(Refusal::from)?;
        total = Some(match total {
            Some(total) => total.plus(spent).map_err(Refusal::from)?,
            None => spent,
        });
    }
    Ok(total)
}

/// The report `id`.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is none.
pub(crate) async fn report_of(
    db: &impl ConnectionTrait,
    id: ReportId,
) -> Result<ReportEntry, Error> {
    let row = report::Entity::find_by_id(id.uuid()).one(db).await?;
    let found = with_rounds(db, row.into_iter().collect()).await?.pop();
    found.ok_or_else(|| Error::not_found("REPORT"))
}
