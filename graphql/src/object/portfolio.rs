//! The portfolio.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::milestone::MilestoneStateCode;
use store::read::portfolio::PortfolioLine as View;

use super::Theme;
use crate::coded::Coded;
use crate::loader::load;
use crate::scalar::{LocalizedText, Money};

/// A line of the portfolio.
#[derive(Debug, Clone)]
pub struct PortfolioLine(pub View);

/// A stage of a theme, as far as the budget of one fiscal year pays for it. Awards that were
/// withdrawn are not in it (Act 9).
#[Object]
impl PortfolioLine {
    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.theme).await?.map(Theme))
    }

    /// The stage.
    async fn stage(&self) -> PortfolioStage {
        PortfolioStage {
            ordinal: self.0.ordinal,
            title: LocalizedText(self.0.title.clone()),
        }
    }

    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// Number of awards; each has one milestone of the stage.
    async fn awards(&self) -> u64 {
        self.0.summary.milestones
    }

    /// Their milestones by state; states that none is in are left out.
    async fn milestones(&self) -> Vec<MilestonesInState> {
        let by_state = self.0.summary.by_state.iter();
        let counted = |(state, count): (&MilestoneStateCode, &u64)| MilestonesInState {
            state: Coded(*state),
            count: *count,
        };
        by_state.map(counted).collect()
    }

    /// Number of milestones past their due date of which something is still expected.
    async fn late(&self) -> u64 {
        self.0.summary.late
    }

    /// How late the milestones of late awards will be if each award stays as late as it is today;
    /// null where no award is late.
    async fn slip(&self) -> Option<Slip> {
        self.0.summary.slip.map(|slip| Slip {
            milestones: slip.milestones,
            median_days: slip.median_days,
            largest_days: slip.largest_days,
        })
    }

    /// The money that hangs on the milestones, by the plans in force.
    async fn planned(&self) -> Money {
        Money(self.0.summary.planned)
    }

    /// The part of it that is released and not revoked. Released is not yet paid.
    async fn released(&self) -> Money {
        Money(self.0.summary.released)
    }

    /// The part of it that is due within its fiscal year but, if each award stays as late as it is
    /// today, will be earned only after that year has ended.
    async fn slipping(&self) -> Money {
        Money(self.0.summary.slipping)
    }
}

/// A stage of the plans.
#[derive(Debug, Clone, SimpleObject)]
pub struct PortfolioStage {
    /// Its place in the plan, from 1.
    ordinal: u16,
    /// What the plans call it.
    title: LocalizedText,
}

/// How many milestones are in a state.
#[derive(Debug, Clone, SimpleObject)]
pub struct MilestonesInState {
    /// The state.
    state: Coded<MilestoneStateCode>,
    /// How many.
    count: u64,
}

/// How late milestones will be.
#[derive(Debug, Clone, SimpleObject)]
pub struct Slip {
    /// How many are late or will be.
    milestones: u64,
    /// Days of the one in the middle, the lower of two.
    median_days: u64,
    /// Days of the latest.
    largest_days: u64,
}
