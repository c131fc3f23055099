//! What a viewer can do next, and what stands against it.
//!
//! Each answer comes from the rule that the command itself asks, so that no client has to know the
//! rules. It is a forecast, not a permission: the command asks again, under the lock, and about the
//! facts of its input. Only what a role of the viewer opens is listed. Where a command has a choice,
//! such as which outcome or which year, an action is allowed while one of the choices is open.

mod award;
mod clearance;
mod condition;
mod gate;
mod milestone;
mod plan_version;
mod report;
mod tranche;

use chrono::NaiveDate;

use super::{Authority, Operation, Role, Scope};
use crate::id::PersonId;
use crate::refusal::Refusal;

pub use award::AwardFacts;
pub use condition::ConditionFacts;
pub use gate::GateFacts;
pub use milestone::MilestoneFacts;
pub use plan_version::PlanVersionFacts;
pub use report::ReportFacts;

/// Something that a viewer's role opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The command.
    pub operation: Operation,
    /// What stands against it now, if anything.
    pub blocked_by: Option<Refusal>,
}

impl Action {
    /// Who can clear what stands against it; nobody where it is for another person, for time, or
    /// for good.
    #[must_use]
    pub fn cleared_by(&self) -> Option<Role> {
        let refusal = self.blocked_by.as_ref()?;
        clearance::cleared_by(refusal.code())
    }
}

/// Whoever asks, and where.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Who.
    pub person: PersonId,
    /// Their roles.
    pub authority: &'a Authority,
    /// Where the thing belongs.
    pub scope: Scope,
    /// Today, in Japan.
    pub today: NaiveDate,
}

impl Asker<'_> {
    fn actions<const N: usize>(&self, rules: [(Operation, Result<(), Refusal>); N]) -> Vec<Action> {
        let opened = |(operation, answer): (Operation, Result<(), Refusal>)| {
            self.authority.may_run(operation, &self.scope).ok()?;
            Some(Action {
                operation,
                blocked_by: answer.err(),
            })
        };
        rules.into_iter().filter_map(opened).collect()
    }

    fn holds(&self, role: Role) -> bool {
        self.authority.holds(role, &self.scope)
    }
}

/// Nothing stands against a command while one of its choices is open; otherwise what stands against
/// the first of them. No choice at all is no obstacle.
fn any_of(choices: impl IntoIterator<Item = Result<(), Refusal>>) -> Result<(), Refusal> {
    let mut first = Ok(());
    for choice in choices {
        match choice {
            Ok(()) => return Ok(()),
            Err(refusal) if first.is_ok() => first = Err(refusal),
            Err(_) => {}
        }
    }
    first
}
