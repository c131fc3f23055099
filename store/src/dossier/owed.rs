//! The reports that awards owe by law: what is on record of an award, as the domain asks for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::{DatedAmount, OwedReport, ReportKind, Reporting};
use domain::milestone::MilestoneStateCode;
use domain::tranche::TrancheState;
use sea_orm::sea_query::{Func, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{AwardDossier, ReportEntry, pinned_policies};
use crate::entity::{award, determination, milestone, report, tranche};
use crate::error::Error;
use crate::mapping;

/// What the award of `dossier` owes by law is asked of this; `reports` are its reports and `fixed` what
/// its determinations in force fix.
pub(crate) fn reporting(
    dossier: &AwardDossier,
    reports: &[ReportEntry],
    fixed: BTreeMap<FiscalYear, DatedAmount>,
) -> Reporting {
    let tranches = dossier.tranches.iter();
    let paid_out = tranches.filter(|entry| entry.state.is_paid_out());
    let on_record = reports
        .iter()
        .map(|entry| (entry.report.kind, entry.budget_year));
    Reporting {
        award: dossier.award,
        work_over_on: dossier.work_over_on(),
        paid_out: paid_out.map(|entry| entry.settles).collect(),
        fixed,
        tax_credit_due: dossier.policy.parameters.tax_credit_due,
        on_record: on_record.collect(),
    }
}

/// What each award in `rows` owes by law on `today`; one that owes nothing is not among them. As many
/// statements for one award as for many.
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
    let policies = pinned_policies(db, rows.iter().map(|row| row.policy_version_id)).await?;
    let milestones = milestone_states(db, &awards).await?;
    let mut paid_out = paid_out_years(db, &awards).await?;
    let mut fixed = fixed_years(db, &awards).await?;
    let mut on_record = on_record(db, &awards).await?;
    let mut owed = BTreeMap::new();
    for row in rows {
        let policy = policies.get(&row.policy_version_id);
        let policy =
            policy.ok_or_else(|| Error::corrupt(format_args!("award {} has no policy", row.id)))?;
        let award = mapping::award(row, policy.parameters.withdrawal_days)?.on(today);
        let states = milestones.get(&row.id).into_iter().flatten().copied();
        let reporting = Reporting {
            work_over_on: award.work_over_on(row.state_since.map(jst_date), states),
            award,
            paid_out: paid_out.remove(&row.id).unwrap_or_default(),
            fixed: fixed.remove(&row.id).unwrap_or_default(),
            tax_credit_due: policy.parameters.tax_credit_due,
            on_record: on_record.remove(&row.id).unwrap_or_default(),
        };
        let of_award = reporting.owed(today);
        if !of_award.is_empty() {
            owed.insert(row.id, of_award);
        }
    }
    Ok(owed)
}

/// What the determination in force fixes of each year of `awards`, with its day.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn fixed_years(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeMap<FiscalYear, DatedAmount>>, Error> {
    use determination::Column::{AwardId, BudgetYear, Currency, FixedMinor, OccurredAt, Version};
    let found: Vec<(Uuid, i64, i64, String, DateTime<Utc>)> = determination::Entity::find()
        .select_only()
        .columns([AwardId, BudgetYear, FixedMinor, Currency, OccurredAt])
        .filter(AwardId.is_in(awards.iter().copied()))
        .order_by_asc(Version)
        .into_tuple()
        .all(db)
        .await?;
    let mut fixed: BTreeMap<Uuid, BTreeMap<FiscalYear, DatedAmount>> = BTreeMap::new();
    for (award, year, minor, currency, at) in found {
        let in_force = DatedAmount {
            on: jst_date(at),
            amount: mapping::money(minor, &currency)?,
        };
        // Versions ascend: the last of each year stays.
        let of_award = fixed.entry(award).or_default();
        of_award.insert(mapping::fiscal_year(year)?, in_force);
    }
    Ok(fixed)
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

/// The states of the milestones of `awards`, each with its day.
async fn milestone_states(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<(MilestoneStateCode, NaiveDate)>>, Error> {
    use milestone::Column::{AwardId, State, StateSince};
    let found: Vec<(Uuid, String, DateTime<Utc>)> = milestone::Entity::find()
        .select_only()
        .columns([AwardId, State, StateSince])
        .filter(AwardId.is_in(awards.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let mut states: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for (award, state, since) in found {
        let of_award = states.entry(award).or_default();
        of_award.push((mapping::code(&state)?, jst_date(since)));
    }
    Ok(states)
}
