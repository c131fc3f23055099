//! What the award's people report, and what the office and the director make of it.

use std::collections::BTreeMap;

use domain::award::PlannedTranche;
use domain::calendar::year_end_report_due;
use domain::closing::{
    CostCategory, Costs, NoTaxCreditReason, ReportContent, ReportKind, TaxCredit,
};
use domain::id::ReportId;
use domain::{Currency, FiscalYear, Money, Rate, Refusal};
use store::Error;
use store::command::{
    AcceptReport, CloseAward, CompleteAward, DetermineAmount, NoteSiteVisit, OrderCorrection,
    PrescribeReport, SetBudget, SubmitReport,
};

use super::{Case, Paid};

/// Who asks for a status report gives this many days.
const TERM_DAYS: i64 = 14;

/// What of the money that arrived is spent at the end of a year, in hundredths.
const SPENT_PERCENT: u32 = 80;

impl Case<'_> {
    /// The budget of each year approves what the plan pays in it: the whole cost is subsidised (10/10).
    pub(super) async fn set_budgets(&self, day: i64) -> Result<(), Error> {
        for (budget_year, standard) in self.years()? {
            let budget = SetBudget {
                award: self.award,
                budget_year,
                approved: costs(standard)?,
                standard,
                rate: Rate::new(1, 1).map_err(Refusal::from)?,
                reason: "交付決定の経費配分による / as the award was decided".to_owned(),
            };
            self.direct(day, &budget).await?;
        }
        Ok(())
    }

    /// What the plan pays in each year.
    pub(super) fn years(&self) -> Result<BTreeMap<FiscalYear, Money>, Refusal> {
        let mut years = BTreeMap::new();
        for tranche in self.planned() {
            let sum = years.entry(tranche.budget_year);
            let sum = sum.or_insert(Money::zero(tranche.amount.currency()));
            *sum = sum.plus(tranche.amount)?;
        }
        Ok(years)
    }

    /// The year whose budget pays a tranche.
    pub(super) fn year_of_tranche(&self, paid: Paid) -> Option<FiscalYear> {
        self.planned_tranche(paid)
            .map(|tranche| tranche.budget_year)
    }

    /// A tranche as it is planned.
    pub(super) fn planned_tranche(&self, paid: Paid) -> Option<&PlannedTranche> {
        match paid {
            Paid::Advance => self.plan.advance.as_ref(),
            Paid::Retention => self.plan.retention.as_ref(),
            Paid::For(ordinal) => self.plan.milestone(ordinal).map(|one| &one.tranche),
        }
    }

    fn planned(&self) -> impl Iterator<Item = &PlannedTranche> {
        let of_milestones = self.plan.milestones.iter().map(|one| &one.tranche);
        let others = self.plan.advance.iter().chain(&self.plan.retention);
        others.chain(of_milestones)
    }

    pub(super) async fn prescribe(
        &mut self,
        day: i64,
        kind: ReportKind,
        due: i64,
    ) -> Result<(), Error> {
        let budget_year = self.desk.clerk.year(day);
        self.reported_years.insert(kind, budget_year);
        let prescribe = PrescribeReport {
            award: self.award,
            kind,
            budget_year,
            due_on: self.desk.clerk.day(due),
            reason: "交付条件に基づく / as the conditions of the grant have it".to_owned(),
        };
        self.office(day, &prescribe).await
    }

    pub(super) async fn report(
        &mut self,
        day: i64,
        kind: ReportKind,
        percent: u32,
    ) -> Result<(), Error> {
        let about = (kind, self.year_of(kind, day));
        let spent = spending(self.arrived, percent)?;
        self.hand_in(day, about, spent).await
    }

    pub(super) async fn report_result(&mut self, day: i64, percent: u32) -> Result<(), Error> {
        for (year, planned) in self.years()? {
            let spent = spending(planned, percent)?;
            self.hand_in(day, (ReportKind::Result, year), spent).await?;
            self.accept_report(day).await?;
        }
        Ok(())
    }

    /// The body reports on each year that was over by that day and of which it was paid, in time if it
    /// still can; without it nothing more of a milestone would be paid. Told from the story alone: a
    /// seeding that goes on says the same again.
    pub(super) async fn report_years(&mut self, day: i64) -> Result<(), Error> {
        let this_year = self.desk.clerk.year(day);
        let open = self.paid_years.difference(&self.closed_years);
        let open: Vec<FiscalYear> = open.copied().filter(|year| *year < this_year).collect();
        let last = self.report;
        for budget_year in open {
            let due_on = self.desk.clerk.offset(year_end_report_due(budget_year));
            let spent = spending(self.arrived, SPENT_PERCENT)?;
            let about = (ReportKind::YearEnd, budget_year);
            self.hand_in(day.min(due_on), about, spent).await?;
            self.accept_report(day.min(due_on)).await?;
        }
        // What the story goes on to answer is what it told of.
        self.report = last;
        Ok(())
    }

    async fn hand_in(
        &mut self,
        day: i64,
        (kind, budget_year): (ReportKind, FiscalYear),
        spent: Costs,
    ) -> Result<(), Error> {
        let credit = TaxCredit::None {
            reason: NoTaxCreditReason::NotTaxable,
            currency: Currency::JPY,
        };
        let is_credit = kind == ReportKind::TaxCredit;
        let submit = SubmitReport {
            award: self.award,
            kind,
            budget_year,
            content: ReportContent {
                narrative: "計画に沿って進めた（架空の報告） / as planned; made up".to_owned(),
                expenditure: (!is_credit).then_some(spent),
                tax_credit: is_credit.then_some(credit),
            },
        };
        let representative = self.applicant.representative;
        let submitted = self.desk.clerk.act(representative, day, &submit).await?;
        self.report = Some(submitted.report);
        if kind.closes_year() {
            self.closed_years.insert(budget_year);
        }
        Ok(())
    }

    pub(super) async fn correct(&self, day: i64, until: i64) -> Result<(), Error> {
        let correct = OrderCorrection {
            report: self.last_report()?,
            reason: "経費の内訳が計画と合わない / the costs do not fit the plan".to_owned(),
            due_on: self.desk.clerk.day(until),
        };
        self.office(day, &correct).await
    }

    pub(super) async fn accept_report(&self, day: i64) -> Result<(), Error> {
        let accept = AcceptReport {
            report: self.last_report()?,
        };
        self.office(day, &accept).await
    }

    pub(super) async fn spent(&mut self, day: i64, percent: u32) -> Result<(), Error> {
        let kind = ReportKind::Status;
        self.prescribe(day, kind, day + TERM_DAYS).await?;
        self.report(day, kind, percent).await?;
        self.accept_report(day).await
    }

    pub(super) async fn visit(&self, day: i64) -> Result<(), Error> {
        let visit = NoteSiteVisit {
            award: self.award,
            visited_on: self.desk.clerk.day(day),
            findings: "帳簿と設備を確認し、指摘事項はない / books and equipment are in order"
                .to_owned(),
        };
        self.office(day, &visit).await
    }

    pub(super) async fn complete(&self, day: i64) -> Result<(), Error> {
        let complete = CompleteAward { award: self.award };
        self.direct(day, &complete).await
    }

    pub(super) async fn determine(&mut self, day: i64, due: i64) -> Result<(), Error> {
        for budget_year in self.years()?.into_keys() {
            let determine = DetermineAmount {
                award: self.award,
                budget_year,
                return_due_on: Some(self.desk.clerk.day(due)),
                reason: "実績報告の審査による / after the result was examined".to_owned(),
            };
            let director = self.desk.setting.cast.director;
            let determined = self.desk.clerk.act(director, day, &determine).await?;
            self.ordered.extend(determined.return_order);
            if determined.fixed.is_positive() {
                self.fixed_years.insert(budget_year);
            }
        }
        Ok(())
    }

    /// The body reports that no tax was credited for any year, and the award is closed.
    pub(super) async fn close(&mut self, day: i64) -> Result<(), Error> {
        let nothing = spending(self.arrived, 0)?;
        for year in self.fixed_years.clone() {
            let about = (ReportKind::TaxCredit, year);
            self.hand_in(day, about, nothing.clone()).await?;
            self.accept_report(day).await?;
        }
        self.direct(day, &CloseAward { award: self.award }).await
    }

    /// The year that a report handed in on that day is about: the one that it was asked for or that its
    /// first round was about, else the one that is over.
    fn year_of(&mut self, kind: ReportKind, day: i64) -> FiscalYear {
        let over = FiscalYear::new(self.desk.clerk.year(day).get().saturating_sub(1));
        *self.reported_years.entry(kind).or_insert(over)
    }

    fn last_report(&self) -> Result<ReportId, Error> {
        self.report.ok_or_else(|| Error::not_found("REPORT"))
    }

    async fn office<C: store::Command>(&self, day: i64, command: &C) -> Result<(), Error> {
        let officer = self.desk.setting.cast.officer;
        self.desk.clerk.act(officer, day, command).await?;
        Ok(())
    }
}

/// The costs of so many hundredths of `amount`.
fn spending(amount: Money, percent: u32) -> Result<Costs, Refusal> {
    let part = Rate::new(percent.into(), 100)?;
    costs(amount.at_rate(part)?)
}

/// Costs of so much in all: two fifths for people, the rest for work done by others.
fn costs(total: Money) -> Result<Costs, Refusal> {
    let personnel = total.at_rate(Rate::new(2, 5)?)?;
    let eligible = BTreeMap::from([
        (CostCategory::Personnel, personnel),
        (CostCategory::Outsourcing, total.minus(personnel)?),
    ]);
    Costs::new(eligible, total, Money::zero(total.currency()))
}
