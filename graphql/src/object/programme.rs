//! The public part: programme, themes, totals.

use async_graphql::{Context, ID, Object, Result};
use store::read::programme::{self, ProgrammeView, ThemeView};

use super::{GateTemplate, Letterhead, Originator, PolicyVersion, Publisher};
use crate::loader::{LetterheadsOf, OriginatorsOf, PoliciesOf, PublishersOf, TemplatesOf, load};
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

    /// The policy in force; null for applicants and the public.
    async fn policy(&self, ctx: &Context<'_>) -> Result<Option<PolicyVersion>> {
        Ok(self.policies(ctx).await?.into_iter().next())
    }

    /// Every version of the policy, the one in force first; empty for applicants and the public.
    async fn policy_versions(&self, ctx: &Context<'_>) -> Result<Vec<PolicyVersion>> {
        self.policies(ctx).await
    }

    /// Every version of who pays and from which account, the one in force first; empty for all but those
    /// who work with the books of the whole programme.
    async fn originators(&self, ctx: &Context<'_>) -> Result<Vec<Originator>> {
        let found = load(ctx, OriginatorsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Originator).collect())
    }

    /// Every version of who publishes the awards as open data, the one in force first.
    async fn publishers(&self, ctx: &Context<'_>) -> Result<Vec<Publisher>> {
        let found = load(ctx, PublishersOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Publisher).collect())
    }

    /// Every version of in whose name notices are issued, the one in force first.
    async fn letterheads(&self, ctx: &Context<'_>) -> Result<Vec<Letterhead>> {
        let found = load(ctx, LetterheadsOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(Letterhead).collect())
    }
}

impl Programme {
    async fn policies(&self, ctx: &Context<'_>) -> Result<Vec<PolicyVersion>> {
        let found = load(ctx, PoliciesOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(PolicyVersion).collect())
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

    /// Its gate templates, the latest version first: those in force for everybody who is signed in,
    /// drafts for officers, directors and auditors.
    async fn gate_templates(&self, ctx: &Context<'_>) -> Result<Vec<GateTemplate>> {
        let found = load(ctx, TemplatesOf(self.0.id)).await?;
        Ok(found.into_iter().flatten().map(GateTemplate).collect())
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
