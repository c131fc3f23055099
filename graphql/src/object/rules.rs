//! What a programme lays down: policy versions, and themes' gate templates with their stages.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::Policy;
use domain::template::{PublicationState, Stage as Rung};
use store::read::rules::{GateTemplateView, PolicyVersionView};

use super::{Criterion, Person, Theme};
use crate::coded::Coded;
use crate::loader::load;
use crate::node_id::Id;
use crate::scalar::{Instant, LocalizedText};

/// A policy version.
#[derive(Debug, Clone)]
pub struct PolicyVersion(pub PolicyVersionView);

/// One version of the parameters of a programme's rules. What is sealed is judged by the version
/// that was in force then.
#[Object]
impl PolicyVersion {
    /// The version's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Its number within the programme, from 1.
    async fn number(&self) -> u32 {
        self.0.version
    }

    /// The parameters.
    async fn parameters(&self) -> PolicyParameters {
        PolicyParameters::of(&self.0.parameters)
    }

    /// Who published it; null for the first version, which came with the programme.
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.published_by).await
    }

    /// Since when it is in force, until the next.
    async fn published_at(&self) -> Instant {
        Instant(self.0.published_at)
    }
}

/// The parameters of a programme's rules.
#[derive(Debug, Clone, SimpleObject)]
pub struct PolicyParameters {
    /// Fewest votes that make a quorum.
    votes_min: u16,
    /// Least share of the eligible members that must have voted, in basis points.
    quorum_bp: u16,
    /// Fewest different bodies that the voters must come from.
    bodies_min: u16,
    /// Whether a chair votes unless the roster says otherwise.
    chair_votes: bool,
    /// Years for which joint work or a shared affiliation counts as a conflict.
    conflict_years: u16,
    /// Days from convening after which the panel may recommend without the missing votes.
    panel_deadline_days: u16,
    /// Most rounds of a milestone; a gate template may say otherwise.
    rounds_max: u16,
    /// Days from the notice within which an award may be withdrawn (Act 9).
    withdrawal_days: u16,
    /// Unit below which a grant amount is cut off, in minor units of the currency.
    grant_unit: i64,
    /// Least use of earlier money before a milestone's tranche is paid, in basis points.
    usage_threshold_bp: u16,
    /// Hours for which nothing is paid to a changed account.
    account_cool_down_hours: u16,
    /// Surcharge and late charge per day, in ten-thousandths; 10.95 % a year is 3 (Act 19).
    surcharge_per_10_000: u16,
    /// Whether the surcharge counts the day of receipt and the day of payment.
    surcharge_counts_both_ends: bool,
    /// Whether money repaid within its year returns to the envelope.
    repay_to_budget: bool,
    /// The day after a fiscal year's end until which its money may still be spent.
    close_out: MonthDay,
    /// The day of the second fiscal year after a determined one until which the consumption tax credited
    /// for it is reported, unless an earlier day was set.
    tax_credit_due: MonthDay,
    /// Part of an award held back until its amount is determined, in basis points.
    retention_bp: u16,
    /// Standard days of a gate from submission to decision.
    standard_days: u16,
}

/// A day of every year.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct MonthDay {
    /// The month, 1 to 12.
    month: u32,
    /// The day of the month, 1 to 31.
    day: u32,
}

impl MonthDay {
    const fn of(day: domain::calendar::MonthDay) -> Self {
        Self {
            month: day.month(),
            day: day.day(),
        }
    }
}

impl PolicyParameters {
    fn of(policy: &Policy) -> Self {
        Self {
            votes_min: policy.votes_min,
            quorum_bp: policy.quorum_bp.get(),
            bodies_min: policy.bodies_min,
            chair_votes: policy.chair_votes,
            conflict_years: policy.conflict_years,
            panel_deadline_days: policy.panel_deadline_days,
            rounds_max: policy.rounds_max,
            withdrawal_days: policy.withdrawal_days,
            grant_unit: policy.grant_unit,
            usage_threshold_bp: policy.usage_threshold_bp.get(),
            account_cool_down_hours: policy.account_cool_down_hours,
            surcharge_per_10_000: policy.surcharge_per_10_000,
            surcharge_counts_both_ends: policy.surcharge_counts_both_ends,
            repay_to_budget: policy.repay_to_budget,
            close_out: MonthDay::of(policy.close_out),
            tax_credit_due: MonthDay::of(policy.tax_credit_due),
            retention_bp: policy.retention_bp.get(),
            standard_days: policy.standard_days,
        }
    }
}

/// A gate template.
#[derive(Debug, Clone)]
pub struct GateTemplate(pub GateTemplateView);

/// One version of a theme's staged ladder (ゲート雛形), from which the plan of an award is made. An award
/// keeps its copy; later versions do not reach it.
#[Object]
impl GateTemplate {
    /// The version's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The theme that it belongs to; null where that is not published.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.theme).await?.map(Theme))
    }

    /// Its number within the theme, from 1.
    async fn number(&self) -> u32 {
        self.0.version
    }

    /// Whether it is being written or in force; the last published one makes the plans of new awards.
    async fn state(&self) -> Coded<PublicationState> {
        Coded(self.0.state)
    }

    /// Its code.
    async fn code(&self) -> &str {
        &self.0.ladder.code
    }

    /// What it is called.
    async fn title(&self) -> LocalizedText {
        LocalizedText(self.0.ladder.title.clone())
    }

    /// Most rounds of a milestone.
    async fn rounds_max(&self) -> u16 {
        self.0.ladder.rounds_max
    }

    /// The part paid in advance, in basis points; with the stages and the retention it makes 10,000.
    async fn advance_bp(&self) -> u16 {
        self.0.ladder.advance_bp.get()
    }

    /// The part held back until the determination, in basis points.
    async fn retention_bp(&self) -> u16 {
        self.0.ladder.retention_bp.get()
    }

    /// The stages, in order.
    async fn stages(&self) -> Vec<Stage> {
        self.0.ladder.stages.iter().map(Stage::of).collect()
    }

    /// Who drafted it.
    async fn defined_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.defined_by).await
    }

    /// Who published it.
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.published_by).await
    }
}

/// One stage of a ladder.
#[derive(Debug, Clone, SimpleObject)]
pub struct Stage {
    /// Its place, from 1.
    ordinal: u16,
    /// Its code within the template.
    code: String,
    /// What it is called.
    title: LocalizedText,
    /// Days from the stage before, or from the start, until it is due.
    standard_days: u16,
    /// Its usual part of the award, in basis points.
    default_share_bp: u16,
    /// Whether going back to an earlier stage is a normal outcome.
    may_go_back: bool,
    /// What must be shown.
    criteria: Vec<Criterion>,
}

impl Stage {
    fn of(rung: &Rung) -> Self {
        Self {
            ordinal: rung.ordinal,
            code: rung.code.clone(),
            title: LocalizedText(rung.title.clone()),
            standard_days: rung.standard_days,
            default_share_bp: rung.default_share_bp.get(),
            may_go_back: rung.may_go_back,
            criteria: rung.criteria.iter().map(Criterion::of).collect(),
        }
    }
}
