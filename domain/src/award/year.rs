//! One budget year of an award, as far as committing its money goes.

use chrono::NaiveDate;

use crate::calendar::FiscalYear;
use crate::money::Money;
use crate::refusal::Refusal;

/// What is known of one budget year of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFacts {
    /// The year.
    pub budget_year: FiscalYear,
    /// Whether money of the year may be taken: its envelope is appropriated.
    pub appropriated: bool,
    /// The last day on which money of the year may be spent.
    pub close_out: NaiveDate,
    /// The day on which the year was closed for the theme, if it was.
    pub closed_on: Option<NaiveDate>,
    /// What the award needs committed.
    pub to_commit: Money,
    /// What it needs retained.
    pub to_retain: Money,
    /// What is committed.
    pub committed: Money,
    /// What is retained.
    pub retained: Money,
    /// What the envelope has left.
    pub left: Money,
}

/// What is to be committed in a year, and is not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// All of it, the retained part included.
    pub total: Money,
    /// The part that is to be retained.
    pub retained: Money,
}

impl YearFacts {
    /// What is to be committed in the year.
    ///
    /// # Errors
    /// [`Refusal::EnvelopeMissing`], [`Refusal::NothingToCommit`], [`Refusal::YearClosed`] once
    /// it was closed or its close-out date has passed, or [`Refusal::EnvelopeExhausted`].
    pub fn missing(&self, today: NaiveDate) -> Result<Missing, Refusal> {
        let budget_year = self.budget_year;
        let retained = self.to_retain.excess_over(self.retained)?;
        let total = self.to_commit.excess_over(self.committed)?.plus(retained)?;
        if self.appropriated && !total.is_positive() {
            return Err(Refusal::NothingToCommit { budget_year });
        }
        self.ensure_committable(total, today)?;
        Ok(Missing { total, retained })
    }

    /// Whether so much more can be committed in the year.
    ///
    /// # Errors
    /// [`Refusal::EnvelopeMissing`]; [`Refusal::YearClosed`] once it was closed or its close-out date
    /// has passed; [`Refusal::EnvelopeExhausted`].
    pub fn ensure_committable(&self, more: Money, today: NaiveDate) -> Result<(), Refusal> {
        let budget_year = self.budget_year;
        if !self.appropriated {
            return Err(Refusal::EnvelopeMissing { budget_year });
        }
        let is_past = today > self.close_out;
        if let Some(closed_on) = self.closed_on.or(is_past.then_some(self.close_out)) {
            return Err(Refusal::YearClosed { closed_on });
        }
        if self.left.minor() < more.minor() {
            return Err(Refusal::EnvelopeExhausted {
                budget_year,
                left: self.left.amount(),
            });
        }
        Ok(())
    }
}
