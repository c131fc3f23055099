//! The money of awards as far as it is accounted for: the five amounts, and what is not fixed yet.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::closing::FiveAmounts as Amounts;
use store::read::ageing::PaidNotFixed as View;

use super::{Award, Reading};
use crate::scalar::{Date, Money};

/// The five amounts of an award, with what was given up. What it keeps at last is
/// `paid - returned - writtenOff`.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct FiveAmounts {
    /// As of when they were read.
    #[graphql(flatten)]
    reading: Reading,
    /// What was applied for (申請額).
    applied: Money,
    /// The decided amount in force (交付決定額).
    decided: Money,
    /// What arrived or was set off, less what the bank took back (交付額).
    paid: Money,
    /// What the determinations in force fix (確定額).
    fixed: Money,
    /// What came back of what was ordered back (返還額).
    returned: Money,
    /// What of that was given up.
    written_off: Money,
}

impl FiveAmounts {
    /// As they are shown.
    #[must_use]
    pub fn of(amounts: Amounts, as_of: Option<DateTime<Utc>>) -> Self {
        Self {
            reading: Reading::of(as_of),
            applied: Money(amounts.applied),
            decided: Money(amounts.decided),
            paid: Money(amounts.paid),
            fixed: Money(amounts.fixed),
            returned: Money(amounts.returned),
            written_off: Money(amounts.written_off),
        }
    }
}

/// A line of the ageing list.
#[derive(Debug, Clone, Copy)]
pub struct PaidNotFixed {
    /// What is not fixed.
    pub view: View,
    /// The day on which it is asked, in Japan.
    pub today: NaiveDate,
}

/// What was paid to an award out of a budget year and is covered by no determination yet.
#[Object]
impl PaidNotFixed {
    /// The award.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.view.award).await
    }

    /// The fiscal year whose budget paid, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> i32 {
        self.view.budget_year.get()
    }

    /// How much it is.
    async fn amount(&self) -> Money {
        Money(self.view.amount)
    }

    /// The value date of the first payment of the year.
    async fn since(&self) -> Date {
        Date(self.view.since)
    }

    /// The days from then until today.
    async fn days(&self) -> i64 {
        (self.today - self.view.since).num_days()
    }
}
