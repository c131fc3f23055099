//! Envelopes.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::report::EnvelopeLine;

use super::{Reading, Theme};
use crate::loader::load;
use crate::node_id::Id;
use crate::scalar::{Date, Money};

/// An envelope.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// What became of its money.
    pub line: EnvelopeLine,
    /// As of when.
    pub as_of: Option<DateTime<Utc>>,
}

/// The money of a theme in one fiscal year (予算枠). The figures are sums of transfers and add up:
/// `appropriated + carriedIn + reinstated = available + committed + retained + released + carriedOut + lapsed`.
#[Object]
impl Envelope {
    /// The envelope's id.
    pub async fn id(&self) -> ID {
        Id(self.line.envelope).shown()
    }

    /// As of when the figures were read.
    #[graphql(flatten)]
    async fn reading(&self) -> Reading {
        Reading::of(self.as_of)
    }

    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.line.theme).await?.map(Theme))
    }

    /// The code of the theme.
    async fn theme_code(&self) -> &str {
        &self.line.theme_code
    }

    /// The fiscal year, by the calendar year in which it begins (April).
    async fn fiscal_year(&self) -> i32 {
        self.line.fiscal_year.get()
    }

    /// The day on which the year was closed for the theme, in Japan; null while it is open.
    async fn closed_on(&self) -> Option<Date> {
        self.line.closed_on.map(Date)
    }

    /// What was appropriated.
    async fn appropriated(&self) -> Money {
        Money(self.line.figures.appropriated)
    }

    /// What came over from the year before (繰越).
    async fn carried_in(&self) -> Money {
        Money(self.line.figures.carried_in)
    }

    /// What came back of returns in time to be spent again (戻入). What was paid stays paid.
    async fn reinstated(&self) -> Money {
        Money(self.line.figures.reinstated)
    }

    /// What may still be committed.
    async fn available(&self) -> Money {
        Money(self.line.figures.available)
    }

    /// What is committed to awards, and neither held back nor released.
    async fn committed(&self) -> Money {
        Money(self.line.figures.committed)
    }

    /// What is held back of awards until their determination (留保).
    async fn retained(&self) -> Money {
        Money(self.line.figures.retained)
    }

    /// What was released and not revoked, the paid part included.
    async fn released(&self) -> Money {
        Money(self.line.figures.released)
    }

    /// What of the released arrived and did not come back from the bank.
    async fn paid(&self) -> Money {
        Money(self.line.figures.paid)
    }

    /// What came back into the envelope from awards. It is no term of the sum: it is available, was
    /// committed again, or left.
    async fn decommitted(&self) -> Money {
        Money(self.line.figures.decommitted)
    }

    /// What went over to the year after (繰越).
    async fn carried_out(&self) -> Money {
        Money(self.line.figures.carried_out)
    }

    /// What lapsed at the end of the year (不用).
    async fn lapsed(&self) -> Money {
        Money(self.line.figures.lapsed)
    }
}
