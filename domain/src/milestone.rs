//! A staged target and its life: the table of states and commands.
//!
//! A state carries what that state knows. A command consumes the old state and returns the new one
//! or a named refusal; there is no third way. A rejection is never wiped: rework opens the next
//! round, rounds are limited, and every earlier round stays readable.

mod draft;
mod holder;
mod ruling;
mod state;
mod submission;
mod transitions;

pub use draft::{Draft, Missing};
pub use ruling::{FollowUp, Outcome, Ruling};
pub use state::{MilestoneState, MilestoneStateCode, PlanChangeAnswer, Review};
pub use submission::SubmissionState;
pub use transitions::{Replan, Step};
