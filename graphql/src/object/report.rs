//! Reports: what is owed by when, what was handed in, and how it was answered.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::ReportFacts;
use domain::closing::{CostCategory, NoTaxCreditReason, ReportKind, ReportStateCode};
use store::read::report::{ReportView, RoundView};

use super::Award;
use super::action::{Action, actions};
use crate::coded::Coded;
use crate::loader::{ReportsOf, load};
use crate::node_id::Id;
use crate::scalar::{Date, Money};
use crate::session::Session;

/// A report.
#[derive(Debug, Clone)]
pub struct Report(pub ReportView);

/// A report that the recipient owes (Acts 12 and 14), with every version that was handed in.
#[Object]
impl Report {
    /// The report's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award that it is about.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// What it is about.
    async fn kind(&self) -> Coded<ReportKind> {
        Coded(self.0.report.kind)
    }

    /// The budget year that it is about.
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// How it stands.
    async fn state(&self) -> Coded<ReportStateCode> {
        Coded(self.0.report.state.code())
    }

    /// The day on which it is, or was, due; of a report to be corrected, the day for that.
    async fn due_on(&self) -> Date {
        let report = self.0.report;
        Date(report.correction_due_on.unwrap_or(report.due_on))
    }

    /// By how many days it is late, or was when it arrived.
    async fn late_days(&self, ctx: &Context<'_>) -> Result<i64> {
        Ok(self.0.report.late_days(Session::of(ctx)?.today()))
    }

    /// Why it was asked for; null for what the law itself asks.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What the viewer can do with it.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let Some(award) = load(ctx, self.0.award).await? else {
            return Ok(Vec::new());
        };
        let alike = |other: &ReportView| {
            other.report.kind == self.0.report.kind && other.budget_year == self.0.budget_year
        };
        let reports = load(ctx, ReportsOf(self.0.award))
            .await?
            .unwrap_or_default();
        let alike = reports.iter().filter(|other| alike(other));
        let alike: Vec<domain::closing::Report> = alike.map(|other| other.report).collect();
        let next = domain::closing::Report::next_of(&alike).and_then(|place| alike.get(place));
        let facts = ReportFacts {
            award: &award.life,
            report: &self.0.report,
            next: next.unwrap_or(&self.0.report),
        };
        actions(Session::of(ctx)?, award.scope, |asker| {
            asker.on_report(&facts)
        })
    }

    /// Each version that was handed in, the first one first.
    async fn rounds(&self) -> Vec<ReportRound> {
        self.0.rounds.iter().map(ReportRound::of).collect()
    }
}

/// A report that the law asks for (Act 14) and of which nothing is on record yet.
#[derive(Debug, Clone, SimpleObject)]
pub struct OwedReport {
    /// What it is about.
    kind: Coded<ReportKind>,
    /// The budget year that it is about; of the result, the one in which the work was over.
    budget_year: i32,
    /// The day on which it is, or was, due.
    due_on: Date,
}

impl OwedReport {
    pub(super) fn of(owed: &domain::closing::OwedReport) -> Self {
        Self {
            kind: Coded(owed.term.kind()),
            budget_year: owed.budget_year.get(),
            due_on: Date(owed.term.due_on()),
        }
    }
}

/// A version of a report as it was handed in.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReportRound {
    /// Which round, from 1.
    version: u32,
    /// The day on which it arrived, in Japan.
    arrived_on: Date,
    /// What is told.
    narrative: String,
    /// What was spent, where it states that.
    expenditure: Option<Costs>,
    /// The consumption tax credited, where it states that.
    tax_credit: Option<TaxCredit>,
    /// Why its correction was ordered (Act 16), if it was.
    correction_reason: Option<String>,
    /// Until when.
    correction_due_on: Option<Date>,
}

impl ReportRound {
    fn of(round: &RoundView) -> Self {
        let content = &round.content;
        let (reason, due_on) = round.correction.clone().unzip();
        Self {
            version: round.version,
            arrived_on: Date(round.arrived_on),
            narrative: content.narrative.clone(),
            expenditure: content.expenditure.as_ref().map(Costs::of),
            tax_credit: content.tax_credit.as_ref().map(TaxCredit::of),
            correction_reason: reason,
            correction_due_on: due_on.map(Date),
        }
    }
}

/// Costs by category.
#[derive(Debug, Clone, SimpleObject)]
pub struct Costs {
    /// The eligible cost of each category that is named.
    eligible: Vec<CostLine>,
    /// The whole cost of the project.
    total: Money,
    /// Donations and other income of the project.
    income: Money,
}

/// The eligible cost of a category.
#[derive(Debug, Clone, SimpleObject)]
pub struct CostLine {
    /// The category.
    category: Coded<CostCategory>,
    /// The cost.
    amount: Money,
}

impl Costs {
    pub(super) fn of(costs: &domain::closing::Costs) -> Self {
        let line = |(category, amount)| CostLine {
            category: Coded(category),
            amount: Money(amount),
        };
        Self {
            eligible: costs.eligible().map(line).collect(),
            total: Money(costs.total()),
            income: Money(costs.income()),
        }
    }
}

/// The consumption tax that the recipient got credited.
#[derive(Debug, Clone, SimpleObject)]
pub struct TaxCredit {
    /// Why there was none; null where there was.
    none_because: Option<Coded<NoTaxCreditReason>>,
    /// The taxable purchases that the eligible costs contain, tax included.
    taxable_purchases: Option<Money>,
    /// The tax in a price that includes it, as a fraction such as `10/110`.
    tax_in_price: Option<String>,
    /// The part of the tax that was credited, as a fraction.
    credited: Option<String>,
    /// The subsidy rate of the award, as a fraction.
    subsidy_rate: Option<String>,
}

impl TaxCredit {
    fn of(credit: &domain::closing::TaxCredit) -> Self {
        use domain::closing::TaxCredit::{Credited, None as NotCredited};
        match credit {
            NotCredited { reason, .. } => Self {
                none_because: Some(Coded(*reason)),
                taxable_purchases: None,
                tax_in_price: None,
                credited: None,
                subsidy_rate: None,
            },
            Credited {
                taxable_purchases,
                tax_in_price,
                credited,
                subsidy_rate,
            } => Self {
                none_because: None,
                taxable_purchases: Some(Money(*taxable_purchases)),
                tax_in_price: Some(tax_in_price.to_string()),
                credited: Some(credited.to_string()),
                subsidy_rate: Some(subsidy_rate.to_string()),
            },
        }
    }
}
