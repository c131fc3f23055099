//! The disbursement report.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::report::{
    ChangeKind, DisbursementGroup as Group, DisbursementLine as Line, DisbursementReport as Report,
    DisbursementTotal as Total,
};
use domain::tranche::{TrancheKind, TrancheState};
use store::read::disbursement::LineChange;

use super::{Award, Organization, Theme, Tranche};
use crate::coded::Coded;
use crate::loader::load;
use crate::node_id::Id;
use crate::scalar::{Date, Instant, Money};

/// As of when a report was read.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct Reading {
    /// The instant as of which the books were read, by the time of recording; null for as they are.
    as_of: Option<Instant>,
    /// Whether these figures can never change again: true with `asOf`.
    #[graphql(name = "final")]
    is_final: bool,
}

impl Reading {
    /// Read as of `as_of`, or as the books are.
    #[must_use]
    pub fn of(as_of: Option<DateTime<Utc>>) -> Self {
        Self {
            as_of: as_of.map(Instant),
            is_final: as_of.is_some(),
        }
    }
}

/// A line of the disbursement report.
#[derive(Debug, Clone)]
pub struct DisbursementLine(pub Line);

/// A release that stands, and how far its money has come.
#[Object]
impl DisbursementLine {
    /// The id of the release.
    async fn release_id(&self) -> ID {
        Id(self.0.release).shown()
    }

    /// The number of the award.
    async fn award_number(&self) -> &str {
        &self.0.award_number
    }

    /// The award, as it is now.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The applicant body.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        Ok(load(ctx, self.0.organization).await?.map(Organization))
    }

    /// The code of the theme.
    async fn theme_code(&self) -> &str {
        &self.0.theme_code
    }

    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.theme).await?.map(Theme))
    }

    /// The tranche, as it is now.
    async fn tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        Tranche::find(ctx, self.0.award, self.0.tranche).await
    }

    /// The tranche's place in the award, from 1.
    async fn ordinal(&self) -> u16 {
        self.0.ordinal
    }

    /// What is paid for.
    async fn kind(&self) -> Coded<TrancheKind> {
        Coded(self.0.kind)
    }

    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// How far the money has come, by the transfers recorded until then: `RELEASED`, `SENT`,
    /// `SETTLED` or `BOUNCED`.
    async fn state(&self) -> Coded<TrancheState> {
        Coded(self.0.state)
    }

    /// The amount.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// The day on which the latest movement into that state counts as cash.
    async fn value_date(&self) -> Date {
        Date(self.0.value_date)
    }

    /// When it was released.
    async fn released_at(&self) -> Instant {
        Instant(self.0.released_at)
    }
}

/// A change of a line of the disbursement report.
#[derive(Debug, Clone)]
pub struct DisbursementChange(pub LineChange);

/// A release of which the report says something else at a later instant.
#[Object]
impl DisbursementChange {
    /// What became of it: it was released, its money moved on or came back, or its release was revoked.
    async fn kind(&self) -> Coded<ChangeKind> {
        Coded(self.0.kind)
    }

    /// What the earlier report says; null where it has no such line.
    async fn before(&self) -> Option<DisbursementLine> {
        self.0.before.clone().map(DisbursementLine)
    }

    /// What the later report says; null where it has no such line any more.
    async fn after(&self) -> Option<DisbursementLine> {
        self.0.after.clone().map(DisbursementLine)
    }
}

/// A disbursement report.
#[derive(Debug, Clone)]
pub struct DisbursementReport {
    /// What it says.
    pub report: Report,
    /// As of when.
    pub as_of: Option<DateTime<Utc>>,
}

/// What was released and stands, gathered; groups and totals from one statement.
#[Object]
impl DisbursementReport {
    /// As of when it was read.
    #[graphql(flatten)]
    async fn reading(&self) -> Reading {
        Reading::of(self.as_of)
    }

    /// The groups, in the order of their keys.
    async fn groups(&self) -> Vec<DisbursementGroup> {
        let groups = self.report.groups.iter();
        groups.cloned().map(DisbursementGroup).collect()
    }

    /// What the groups come to, one total for each currency.
    async fn totals(&self) -> Vec<DisbursementTotal> {
        let totals = self.report.totals.iter();
        totals.map(DisbursementTotal::of).collect()
    }
}

/// A group of a disbursement report.
#[derive(Debug, Clone)]
pub struct DisbursementGroup(Group);

/// Lines that have the same keys, added up. A key that was not asked for is null.
#[Object]
impl DisbursementGroup {
    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        let Some(theme) = self.0.theme else {
            return Ok(None);
        };
        Ok(load(ctx, theme).await?.map(Theme))
    }

    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> Option<i32> {
        self.0.budget_year.map(domain::FiscalYear::get)
    }

    /// The award, as it is now.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        match self.0.award {
            Some(award) => Award::find(ctx, award).await,
            None => Ok(None),
        }
    }

    /// The applicant body.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        let Some(organization) = self.0.organization else {
            return Ok(None);
        };
        Ok(load(ctx, organization).await?.map(Organization))
    }

    /// What is paid for.
    async fn kind(&self) -> Option<Coded<TrancheKind>> {
        self.0.kind.map(Coded)
    }

    /// How far the money has come.
    async fn state(&self) -> Option<Coded<TrancheState>> {
        self.0.state.map(Coded)
    }

    /// How many lines.
    async fn lines(&self) -> i64 {
        self.0.total.lines
    }

    /// Their amounts, added up.
    async fn amount(&self) -> Money {
        Money(self.0.total.amount)
    }
}

/// How many lines, and what they come to.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct DisbursementTotal {
    /// How many lines.
    lines: i64,
    /// Their amounts, added up.
    amount: Money,
}

impl DisbursementTotal {
    const fn of(total: &Total) -> Self {
        Self {
            lines: total.lines,
            amount: Money(total.amount),
        }
    }
}
