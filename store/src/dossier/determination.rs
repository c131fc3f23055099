//! What a budget year of an award is determined from: its budget, what was reported and accepted, and
//! where its money is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::calendar::FiscalYear;
use domain::closing::{
    Budget, DatedAmount, Determination, DeterminationBasis, ExpenditureStatement, ReportContent,
    ReturnKind, ReturnOrder, TaxCredit, YearLedger, determine, receipts_of,
};
use domain::id::AwardId;
use domain::ledger::{RecordKind, Transfer};
use domain::{Coded, Currency, Money, Rate, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{AwardDossier, ReportEntry, ReturnEntry, reports_of, returns_where, year_records};
use crate::entity::{budget, ledger_transfer, return_order, settlement_line};
use crate::error::Error;
use crate::mapping;
use crate::read::five_amounts;

/// A budget year of an award before it is determined.
#[derive(Debug, Clone)]
pub(crate) struct YearDossier {
    /// The budget in force.
    pub(crate) budget: Uuid,
    /// The programme.
    pub(crate) programme: Uuid,
    /// The accepted version of the report.
    pub(crate) report_version: Uuid,
    /// What is determined from.
    pub(crate) basis: DeterminationBasis,
    /// Where the money is.
    pub(crate) ledger: YearLedger,
    /// The orders for overpayment of the year, in the order of their making.
    pub(crate) overpaid: Vec<ReturnEntry>,
}

impl YearDossier {
    /// The year `year` of the award of `dossier`, with its `transfers`.
    ///
    /// # Errors
    /// [`Refusal::BudgetMissing`] or [`Refusal::ExpenditureNotAccepted`].
    pub(crate) async fn load(
        db: &impl ConnectionTrait,
        dossier: &AwardDossier,
        year: FiscalYear,
        transfers: &[Transfer],
    ) -> Result<Self, Error> {
        let award = dossier.row.id;
        let (budget, budgeted) = budget_in_force(db, award, year).await?;
        let (report_version, spent) = accepted_expenditure(db, award, year).await?;
        let ledger = year_ledger(db, (award, year, dossier.currency), transfers).await?;
        let overpaid = Condition::all()
            .add(return_order::Column::AwardId.eq(award))
            .add(return_order::Column::BudgetYear.eq(i64::from(year.get())))
            .add(return_order::Column::Kind.eq(ReturnKind::Overpayment.code()));
        Ok(Self {
            overpaid: returns_where(db, overpaid).await?,
            budget,
            programme: dossier.row.programme_id,
            report_version,
            basis: DeterminationBasis {
                budget: budgeted,
                spent,
                grant_unit: dossier.policy.parameters.grant_unit,
                decided: ledger.decided,
                decommitted: ledger.decommitted,
                left_in_force: Some(left_in_force(db, dossier, year).await?),
            },
            ledger,
        })
    }

    /// Determines it by the policy of this version.
    ///
    /// # Errors
    /// As [`determine`].
    pub(crate) fn determine(&self, policy_version: u32) -> Result<Determination, Refusal> {
        let orders = self.overpaid.iter().map(|entry| entry.order.clone());
        let orders: Vec<ReturnOrder> = orders.collect();
        determine(
            self.basis.clone(),
            &self.ledger.money,
            &orders,
            policy_version,
        )
    }
}

/// Where the money of a budget year of an award is, by its `transfers`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn year_ledger(
    db: &impl ConnectionTrait,
    (award, year, currency): (Uuid, FiscalYear, Currency),
    transfers: &[Transfer],
) -> Result<YearLedger, Error> {
    let records = year_records(db, &[award]).await?;
    let of = (award.into(), year, currency);
    Ok(YearLedger::of(of, transfers, &records).map_err(Refusal::from)?)
}

async fn budget_row(
    db: &impl ConnectionTrait,
    award: Uuid,
    year: FiscalYear,
) -> Result<Option<budget::Model>, Error> {
    Ok(budget::Entity::find()
        .filter(budget::Column::AwardId.eq(award))
        .filter(budget::Column::BudgetYear.eq(i64::from(year.get())))
        .order_by_desc(budget::Column::Version)
        .one(db)
        .await?)
}

fn rate_of(row: &budget::Model) -> Result<Rate, Error> {
    Rate::new(row.rate_numerator, row.rate_denominator).map_err(Error::corrupt)
}

async fn budget_in_force(
    db: &impl ConnectionTrait,
    award: Uuid,
    year: FiscalYear,
) -> Result<(Uuid, Budget), Error> {
    let row = budget_row(db, award, year).await?;
    let row = row.ok_or(Refusal::BudgetMissing { budget_year: year })?;
    Ok((row.id, budgeted(&row)?))
}

/// What a budget says.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub(super) fn budgeted(row: &budget::Model) -> Result<Budget, Error> {
    Ok(Budget {
        budget_year: mapping::fiscal_year(row.budget_year)?,
        approved: mapping::document(&row.approved)?,
        standard: mapping::money(row.standard_minor, &row.currency)?,
        rate: rate_of(row)?,
    })
}

/// Requires that `credit` states the rate at which `year` is subsidised, where a budget says so.
///
/// # Errors
/// [`Refusal::SubsidyRateDiffers`].
pub(crate) async fn ensure_subsidy_rate(
    db: &impl ConnectionTrait,
    (award, year): (Uuid, FiscalYear),
    credit: &TaxCredit,
) -> Result<(), Error> {
    if let Some(row) = budget_row(db, award, year).await? {
        credit.ensure_at(rate_of(&row)?)?;
    }
    Ok(())
}

/// What the last accepted report states that was spent in `year`.
async fn accepted_expenditure(
    db: &impl ConnectionTrait,
    award: Uuid,
    year: FiscalYear,
) -> Result<(Uuid, ExpenditureStatement), Error> {
    let reports = reports_of(db, &[award]).await?;
    let stated = stated(reports.get(&award).map_or(&[], Vec::as_slice), year)?;
    let (entry, statement) = stated.ok_or(Refusal::ExpenditureNotAccepted { budget_year: year })?;
    let version = entry.rounds.last().map(|(version, _)| version.id);
    let version = version
        .ok_or_else(|| Error::corrupt(format_args!("{} was not handed in", entry.row.id)))?;
    Ok((version, statement))
}

/// The report, of all `reports` of an award, by which `year` is determined, with what it states that
/// was spent: the last accepted one that closes the year. None where no such report is accepted.
///
/// # Errors
/// [`Error::Corrupt`] when a version holds no content.
pub(super) fn stated(
    reports: &[ReportEntry],
    year: FiscalYear,
) -> Result<Option<(&ReportEntry, ExpenditureStatement)>, Error> {
    let accepted = reports
        .iter()
        .filter(|entry| entry.budget_year == year && entry.is_accepted())
        .filter(|entry| entry.report.kind.closes_year());
    for entry in accepted.rev() {
        let Some((version, _)) = entry.rounds.last() else {
            continue;
        };
        let content: ReportContent = mapping::document(&version.content)?;
        if let Some(actual) = content.expenditure {
            let statement = ExpenditureStatement {
                budget_year: year,
                actual,
            };
            return Ok(Some((entry, statement)));
        }
    }
    Ok(None)
}

/// What is decided in force for the award of `dossier`, less what its other years than `year` fix.
async fn left_in_force(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    year: FiscalYear,
) -> Result<Money, Error> {
    let award = dossier.row.id;
    let fixed = five_amounts::fixed(db, &[award], None).await?;
    let by_year = fixed.get(&award).into_iter().flatten();
    let others = by_year.filter(|(fixed_year, _)| **fixed_year != i64::from(year.get()));
    let others = Money::sum(dossier.currency, others.map(|(_, fixed)| *fixed));
    let left = others.and_then(|others| dossier.decided.amount.excess_over(others));
    Ok(left.map_err(Refusal::from)?)
}

/// What `award` received and when, by its `transfers`.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn received(
    db: &impl ConnectionTrait,
    award: AwardId,
    transfers: &[Transfer],
) -> Result<Vec<DatedAmount>, Error> {
    let payments = payments_answered(db, transfers).await?;
    let payment_of = |record| payments.get(&record).copied();
    Ok(receipts_of(award, transfers, payment_of))
}

/// The payments that the bank's answers among the records of `transfers` are about, by the answer.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn payments_answered<'a>(
    db: &impl ConnectionTrait,
    transfers: impl IntoIterator<Item = &'a Transfer>,
) -> Result<BTreeMap<Uuid, Uuid>, Error> {
    let answers = transfers.into_iter();
    let answers = answers.filter(|one| one.record_kind == RecordKind::SettlementLine);
    let lines = settlement_line::Entity::find()
        .filter(settlement_line::Column::Id.is_in(answers.map(|one| one.record)))
        .all(db)
        .await?;
    let answered = lines
        .into_iter()
        .filter_map(|line| Some((line.id, line.instruction_id?)));
    Ok(answered.collect())
}

/// Every transfer of an account of `award`, in the order of the ledger.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn transfers_of(
    db: &impl ConnectionTrait,
    award: Uuid,
) -> Result<Vec<Transfer>, Error> {
    let mut found = ledger_of(db, &[award], None).await?;
    Ok(found.remove(&award).unwrap_or_default())
}

/// The same of each of `awards`; a transfer between two of them is among both's.
///
/// # Errors
/// As [`transfers_of`].
pub(crate) async fn ledger_of(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: Option<DateTime<Utc>>,
) -> Result<BTreeMap<Uuid, Vec<Transfer>>, Error> {
    let until = as_of.map(|as_of| ledger_transfer::Column::RecordedAt.lte(as_of));
    let theirs = Condition::any()
        .add(ledger_transfer::Column::FromOwner.is_in(awards.iter().copied()))
        .add(ledger_transfer::Column::ToOwner.is_in(awards.iter().copied()));
    let rows = ledger_transfer::Entity::find()
        .filter(Condition::all().add(theirs).add_option(until))
        .order_by_asc(ledger_transfer::Column::RecordedAt)
        .order_by_asc(ledger_transfer::Column::Id)
        .all(db)
        .await?;
    let mut found: BTreeMap<Uuid, Vec<Transfer>> = BTreeMap::new();
    for row in &rows {
        let owners = BTreeSet::from([row.from_owner, row.to_owner]);
        for owner in owners.into_iter().filter(|owner| awards.contains(owner)) {
            found
                .entry(owner)
                .or_default()
                .push(mapping::transfer(row)?);
        }
    }
    Ok(found)
}
