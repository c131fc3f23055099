//! The public part: programme, themes, totals.

use async_graphql::{Context, ID, Object, Result};
use store::read::programme::{self, ProgrammeView, ThemeView};

use crate::loader::load;
use crate::node_id::Id;
use crate::scalar::{LocalizedText, Money};

/// A programme.
#[derive(Debug, Clone)]
pub struct Programme(pub ProgrammeView);

/// A support programme (事業). Public.
#[Object]
impl Programme {
    /// The programme's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its code, with which award numbers begin.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its title.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title.clone())
    }

    /// The currency of its money: three capitals of ISO 4217.
    async fn currency(&self) -> &str {
        self.0.currency.code()
    }
}

/// A theme.
#[derive(Debug, Clone)]
pub struct Theme(pub ThemeView);

/// A development theme (テーマ) that is published. Public.
#[Object]
impl Theme {
    /// The theme's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its code within the programme; the last word but one of award numbers.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its title.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.title.clone())
    }
}

/// A total.
#[derive(Debug, Clone)]
pub struct PublicTotal(pub programme::PublicTotal);

/// What was awarded, committed and released in one theme out of one fiscal year's budget. Public; names no
/// award and no body.
#[Object]
impl PublicTotal {
    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.theme).await?.map(Theme))
    }

    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    async fn fiscal_year(&self) -> i32 {
        self.0.fiscal_year.get()
    }

    /// Number of awards that have a part of their money in that year.
    async fn awards(&self) -> i64 {
        self.0.awards
    }

    /// Number of milestones that passed and are paid out of that year's budget.
    async fn milestones_passed(&self) -> i64 {
        self.0.milestones_passed
    }

    /// What is committed to awards out of that year's budget, the released part included.
    async fn committed(&self) -> Money {
        Money(self.0.committed)
    }

    /// What was released out of that year's budget and not revoked. Released is not yet paid.
    async fn released(&self) -> Money {
        Money(self.0.released)
    }
}
