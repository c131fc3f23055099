//! What an award reports at its end: its result, year by year, and the tax that it credited.

use chrono::NaiveDate;
use domain::closing::{NoTaxCreditReason, ReportContent, ReportKind, TaxCredit};
use domain::id::AwardId;
use domain::{Currency, FiscalYear, Rate, Refusal};
use store::Error;
use store::command::SetBudget;
use store::entity::award;

use super::super::payments::{Teller, spent as content_of};
use super::super::setting::REASON;
use super::{Ending, costs, yen};

impl Teller<'_> {
    /// The body of an award whose work is over reports on the result, as far as it is of `year`.
    pub(in super::super) async fn report_result_of(
        &self,
        row: &award::Model,
        year: FiscalYear,
        day: NaiveDate,
    ) -> Result<(), Error> {
        let tranches = self.tranches(row).await?;
        let years = self.years(row, &tranches).await?;
        let money = years.get(&year).copied().unwrap_or_default();
        // What an award that is not looked at again was paid it spent.
        let ending = Ending::of_number(&row.number)?.unwrap_or(Ending::ToTheYen);
        let spent = ending.spent(money);
        self.report_result(row, year, (money.0, spent), day).await
    }

    /// The budget of a year, and the report that so much of what is planned was spent: once, on the
    /// first day for which it is asked for.
    pub(super) async fn report_result(
        &self,
        row: &award::Model,
        budget_year: FiscalYear,
        (planned, spent): (i64, i64),
        day: NaiveDate,
    ) -> Result<(), Error> {
        let budget = SetBudget {
            award: AwardId::new(row.id),
            budget_year,
            approved: costs(planned)?,
            standard: yen(planned),
            rate: Rate::new(1, 1).map_err(Refusal::from)?,
            reason: REASON.to_owned(),
        };
        let name = format!("{}-budget-{}", row.number, budget_year.get());
        self.act(self.cast.director, day, &name, &budget).await?;
        let of = (ReportKind::Result, budget_year);
        self.hand_in(day, row, of, content_of(spent)?).await
    }

    /// The report that no tax was credited for what a year fixes.
    pub(super) async fn report_tax_credit(
        &self,
        row: &award::Model,
        budget_year: FiscalYear,
        day: NaiveDate,
    ) -> Result<(), Error> {
        let content = ReportContent {
            narrative: "架空の報告 / made-up report".to_owned(),
            expenditure: None,
            tax_credit: Some(TaxCredit::None {
                reason: NoTaxCreditReason::NotTaxable,
                currency: Currency::JPY,
            }),
        };
        let of = (ReportKind::TaxCredit, budget_year);
        self.hand_in(day, row, of, content).await
    }
}
