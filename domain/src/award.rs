//! The grant decision and its life.

mod amount;
mod carry;
mod plan;
mod state;
mod year;

pub use amount::{CancellationGround, DecidedAmount, DecisionDirection, ensure_modifiable};
pub use carry::{Remainder, carry_criteria};
pub(crate) use plan::ensure_criteria_sound;
pub use plan::{Plan, PlanState, PlannedMilestone, PlannedTranche};
pub use state::{Award, AwardState, AwardStateCode};
pub use year::{Missing, YearFacts};
