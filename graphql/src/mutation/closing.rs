//! What closes an award: budgets, reports and visits, and the award's completion.

use std::collections::BTreeMap;

use domain::closing::{
    CostCategory, Costs, NoTaxCreditReason, ReportContent, ReportKind, TaxCredit,
};
use domain::id::{AwardId, ReportId};
use domain::{Currency, InputRule, Rate};
use validator::Validate;

use super::reading::{Read, broken, field};
use super::{OptionalKey, REASON_MAX, RequiredKey, inputs, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;
use crate::scalar::{Date, Money, MoneyInput};

/// Most characters of what a report tells, or a visit found.
const NARRATIVE_MAX: u64 = 20_000;

mutations! {
    /// What closes an award.
    pub struct ClosingMutations;

    /// Sets what is approved for a budget year (Acts 6 and 7): costs by category, the standard amount
    /// and the subsidy rate. The last version is in force. For directors.
    fn set_budget = SetBudget;
    input SetBudgetInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The budget year.
        budget_year: i32,
        /// The approved costs.
        approved: CostsInput,
        /// The most that costs are recognised for; above zero.
        standard: MoneyInput,
        /// The subsidy rate; at most the whole.
        rate: RateInput,
        /// Why it is set so; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The budget is set.
    payload SetBudgetPayload {
        /// The award.
        award: Ref<AwardId>,
        /// Which version of the year's budget it is, from 1.
        version: u32,
    }

    /// Asks for a status report, or for the report on credited consumption tax, by a day (Act 12). For
    /// officers.
    fn prescribe_report = PrescribeReport;
    input PrescribeReportInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// Which report; year-end and result reports are owed by law.
        kind: Coded<ReportKind>,
        /// The budget year that it is about.
        budget_year: i32,
        /// The day on which it is due, in Japan.
        due_on: Date,
        /// Why it is asked for; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The report is asked for.
    payload PrescribeReportPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The id of the report.
        report_id: Id<ReportId> = report,
    }

    /// Hands a report in, or the correction of one (Acts 12, 14 and 16). For representatives.
    fn submit_report = SubmitReport;
    input SubmitReportInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// Which report.
        kind: Coded<ReportKind>,
        /// The budget year that it is about.
        budget_year: i32,
        /// What it says.
        #[validate(nested)]
        content: ReportContentInput,
    }
    /// The report is handed in.
    payload SubmitReportPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The id of the report.
        report_id: Id<ReportId> = report,
        /// Which round of it this is, from 1.
        version: u32,
    }

    /// Orders the correction of a report until a day (Act 16); the version stays as it is. For
    /// officers.
    fn order_correction = OrderCorrection;
    input OrderCorrectionInput (key: OptionalKey) {
        /// The report.
        report: Id<ReportId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
        /// The day until which the correction is due, in Japan.
        due_on: Date,
    }
    /// The correction is ordered.
    payload OrderCorrectionPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Accepts a report as it was last handed in. For officers.
    fn accept_report = AcceptReport;
    input AcceptReportInput (key: OptionalKey) {
        /// The report.
        report: Id<ReportId>,
    }
    /// The report is accepted.
    payload AcceptReportPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Notes what a visit on site found (Act 23). For officers.
    fn note_site_visit = NoteSiteVisit;
    input NoteSiteVisitInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The day of the visit, in Japan.
        visited_on: Date,
        /// What was found; at most 20,000 characters.
        #[validate(length(max = NARRATIVE_MAX))]
        findings: String,
    }
    /// The visit is noted.
    payload NoteSiteVisitPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Determines what an award may keep of a budget year (Act 15), out of its budget and of what its
    /// accepted report states. What was paid above it is ordered back (Act 18), what will not be paid
    /// goes back to the envelope. For directors.
    fn determine_amount = DetermineAmount;
    input DetermineAmountInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// The budget year.
        budget_year: i32,
        /// The last day on which a return is paid in time, in Japan; needed where one is due.
        return_due_on: Option<Date>,
        /// Why it is determined so (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The amount is determined.
    payload DetermineAmountPayload {
        /// The award.
        award: Ref<AwardId>,
        /// Which determination of the year it is, from 1.
        version: u32,
        /// The fixed amount.
        fixed: Money,
        /// What is still to be paid.
        payable: Money,
    }

    /// Closes an award that is over, whose years are determined and whose accounts are empty. For
    /// directors.
    fn close_award = CloseAward;
    input CloseAwardInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
    }
    /// The award is closed.
    payload CloseAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Completes an award whose milestones are final and whose result report is accepted. For
    /// directors.
    fn complete_award = CompleteAward;
    input CompleteAwardInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
    }
    /// The award is completed.
    payload CompleteAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }
}

inputs! {
    /// What a report says. Year-end and result reports state what was spent, tax credit reports the
    /// credit.
    ReportContentInput => ReportContent {
        /// What is told; at most 20,000 characters.
        #[validate(length(max = NARRATIVE_MAX))]
        narrative: String,
        /// What was spent in the budget year.
        expenditure: Option<CostsInput>,
        /// The consumption tax credited, be it none.
        tax_credit: Option<TaxCreditInput>,
    }
}

/// Costs by category, with the whole cost and the income of the project.
#[derive(Debug, async_graphql::InputObject)]
pub(crate) struct CostsInput {
    /// The eligible costs, each category at most once.
    eligible: Vec<CostLineInput>,
    /// The whole cost of the project.
    total: MoneyInput,
    /// Donations and other income of the project.
    income: MoneyInput,
}

/// The eligible cost of a category.
#[derive(Debug, async_graphql::InputObject)]
pub(crate) struct CostLineInput {
    /// The category.
    category: Coded<CostCategory>,
    /// The cost.
    amount: MoneyInput,
}

impl Read<Costs> for CostsInput {
    fn read(self) -> Result<Costs, Refused> {
        let mut eligible = BTreeMap::new();
        for (index, line) in self.eligible.into_iter().enumerate() {
            let place = format!("eligible[{index}]");
            let amount = field(&place, line.amount)?;
            if eligible.insert(line.category.0, amount).is_some() {
                return Err(broken(InputRule::Duplicate).within(&place));
            }
        }
        let total = field("total", self.total)?;
        Ok(Costs::new(eligible, total, field("income", self.income)?)?)
    }
}

/// A rate as a fraction of two whole numbers, such as 2/3.
#[derive(Debug, Clone, Copy, async_graphql::InputObject)]
pub(crate) struct RateInput {
    /// Above the line; at least 0.
    numerator: i32,
    /// Below the line; at least 1.
    denominator: i32,
}

impl Read<Rate> for RateInput {
    fn read(self) -> Result<Rate, Refused> {
        Rate::new(self.numerator.into(), self.denominator.into())
            .map_err(|_| broken(InputRule::Range))
    }
}

/// The consumption tax that the recipient got credited: one of the two.
#[derive(Debug, async_graphql::OneofObject)]
pub(crate) enum TaxCreditInput {
    /// None.
    NotCredited(NotCreditedInput),
    /// Some.
    Credited(CreditedInput),
}

/// That no tax was credited.
#[derive(Debug, async_graphql::InputObject)]
pub(crate) struct NotCreditedInput {
    /// Why.
    reason: Coded<NoTaxCreditReason>,
    /// The currency of the award.
    currency: String,
}

/// Tax that was credited.
#[derive(Debug, async_graphql::InputObject)]
pub(crate) struct CreditedInput {
    /// The taxable purchases that the eligible costs contain, tax included.
    taxable_purchases: MoneyInput,
    /// The tax in a price that includes it, such as 10/110.
    tax_in_price: RateInput,
    /// The part of the tax that was credited, such as 1/1 or 97/100.
    credited: RateInput,
    /// The subsidy rate of the award.
    subsidy_rate: RateInput,
}

impl Read<TaxCredit> for TaxCreditInput {
    fn read(self) -> Result<TaxCredit, Refused> {
        Ok(match self {
            Self::NotCredited(input) => TaxCredit::None {
                reason: input.reason.0,
                currency: Currency::from_code(&input.currency).map_err(domain::Refusal::from)?,
            },
            Self::Credited(input) => TaxCredit::Credited {
                taxable_purchases: field("taxable_purchases", input.taxable_purchases)?,
                tax_in_price: field("tax_in_price", input.tax_in_price)?,
                credited: field("credited", input.credited)?,
                subsidy_rate: field("subsidy_rate", input.subsidy_rate)?,
            },
        })
    }
}
