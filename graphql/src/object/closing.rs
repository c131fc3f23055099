//! Determinations.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::calculation::CalculationSheet;
use store::read::closing::DeterminationView;

use super::report::Costs;
use super::{Award, CalculationStep, Person};
use crate::node_id::Id;
use crate::scalar::{Date, Money};

/// A determination.
#[derive(Debug, Clone)]
pub struct Determination(pub DeterminationView);

/// What an award may keep of a budget year (額の確定, Act 15). The last version of a year is in force.
#[Object]
impl Determination {
    /// The determination's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The budget year.
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// Which determination of the year it is, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// The fixed amount.
    async fn fixed(&self) -> Money {
        Money(self.0.fixed)
    }

    /// How it came about.
    async fn calculation(&self) -> DeterminationSheet {
        DeterminationSheet::of(&self.0.calculation)
    }

    /// Why it was determined so (Act 21-2).
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who determined it.
    async fn determined_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.determined_by).await
    }

    /// The day, in Japan.
    async fn determined_on(&self) -> Date {
        Date(self.0.determined_on)
    }
}

/// How a fixed amount came about.
#[derive(Debug, Clone, SimpleObject)]
pub struct DeterminationSheet {
    /// The number of the policy version under which it was computed.
    policy_version: u32,
    /// The approved costs.
    approved: Costs,
    /// The most that costs are recognised for.
    standard: Money,
    /// The subsidy rate, as a fraction such as `2/3`.
    rate: String,
    /// What was spent.
    spent: Costs,
    /// What was decided of the year, its decommitted parts included.
    decided: Money,
    /// What of that was decommitted.
    decommitted: Money,
    /// The steps, in order.
    steps: Vec<CalculationStep>,
    /// The fixed amount.
    result: Money,
}

impl DeterminationSheet {
    fn of(sheet: &CalculationSheet<domain::closing::DeterminationBasis>) -> Self {
        let basis = &sheet.basis;
        Self {
            policy_version: sheet.policy_version,
            approved: Costs::of(&basis.budget.approved),
            standard: Money(basis.budget.standard),
            rate: basis.budget.rate.to_string(),
            spent: Costs::of(&basis.spent.actual),
            decided: Money(basis.decided),
            decommitted: Money(basis.decommitted),
            steps: sheet.steps.iter().map(CalculationStep::of).collect(),
            result: Money(sheet.result),
        }
    }
}
