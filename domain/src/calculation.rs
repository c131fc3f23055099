//! How a computed amount came about: the one form of calculation sheet.
//!
//! Every computed payment, determination, return and charge keeps its sheet: what it starts from,
//! the policy version, each step and the result. A sheet is not trusted but computed again: what it
//! starts from gives the same steps and the same figure, or the sheet is wrong.

use serde::{Deserialize, Serialize};

use crate::code::coded;
use crate::money::{Money, MoneyError};

coded! {
    /// What one step of a calculation does.
    pub enum CalculationStepCode {
        /// The share that was earned, the fraction cut off.
        FloorOfShare = "FLOOR_OF_SHARE",
        /// The lesser of the approved and the actual cost of one category.
        LesserOfCategory = "LESSER_OF_CATEGORY",
        /// The eligible cost: the sum over the categories.
        SumOfCategories = "SUM_OF_CATEGORIES",
        /// The grant for the eligible cost, cut below the programme's unit.
        GrantAmount = "GRANT_AMOUNT",
        /// What was decided and not decommitted since.
        DecidedNotDecommitted = "DECIDED_NOT_DECOMMITTED",
        /// The lesser of that and of what is decided in force for the award and fixed in no other year.
        LeftInForce = "LEFT_IN_FORCE",
        /// The amount fixed: never above what was decided and not decommitted.
        FixedAmount = "FIXED_AMOUNT",
        /// The days that a part of the principal was owed.
        DaysOfPart = "DAYS_OF_PART",
        /// The charge on all parts and days, the fraction cut off once.
        FloorOfDays = "FLOOR_OF_DAYS",
        /// Nothing is returned, for a reason that is named.
        NoTaxCredit = "NO_TAX_CREDIT",
        /// The subsidised part of the tax credited, the fraction cut off.
        SubsidisedTaxCredit = "SUBSIDISED_TAX_CREDIT",
    }
}

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalculationStep {
    /// What is computed.
    pub step: CalculationStepCode,
    /// The figures that go in, as text.
    pub inputs: Vec<String>,
    /// The figure that comes out.
    pub result: Money,
}

/// The steps of a calculation, as they are taken.
#[derive(Debug, Default)]
pub struct Steps(Vec<CalculationStep>);

impl Steps {
    /// Notes a step and passes its result on.
    pub fn note<const N: usize>(
        &mut self,
        step: CalculationStepCode,
        inputs: [String; N],
        result: Money,
    ) -> Money {
        self.0.push(CalculationStep {
            step,
            inputs: inputs.into(),
            result,
        });
        result
    }
}

/// What a calculation starts from, and how its figure comes about.
pub trait Calculation: Clone + PartialEq {
    /// Computes the figure, noting every step.
    ///
    /// # Errors
    /// [`MoneyError`] when the figures do not fit together or the result does not fit.
    fn compute(&self, steps: &mut Steps) -> Result<Money, MoneyError>;
}

/// How an amount came about: replaying it gives the same figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalculationSheet<C> {
    /// The policy version under which it was computed.
    pub policy_version: u32,
    /// What it starts from.
    #[serde(flatten)]
    pub basis: C,
    /// The steps, in order.
    pub steps: Vec<CalculationStep>,
    /// The figure.
    pub result: Money,
}

impl<C: Calculation> CalculationSheet<C> {
    /// Computes what `basis` gives under the policy of this version.
    ///
    /// # Errors
    /// As [`Calculation::compute`].
    pub fn of(policy_version: u32, basis: C) -> Result<Self, MoneyError> {
        let mut steps = Steps::default();
        let result = basis.compute(&mut steps)?;
        Ok(Self {
            policy_version,
            basis,
            steps: steps.0,
            result,
        })
    }

    /// Whether what it starts from gives its steps and its result when it is computed again.
    #[must_use]
    pub fn replays(&self) -> bool {
        Self::of(self.policy_version, self.basis.clone()).is_ok_and(|again| again == *self)
    }
}
