//! Who may not do two things in one payment.
//!
//! A rule on persons, not on roles: whoever holds two roles still has only one pair of eyes.

use std::collections::BTreeSet;

use crate::code::coded;
use crate::id::PersonId;
use crate::refusal::Refusal;

coded! {
    /// A part that a person takes in a payment, from its gate to its batch.
    pub enum Duty {
        /// Voted at a gate of the batch.
        Voter = "VOTER",
        /// Recommended at a gate of the batch.
        Recommender = "RECOMMENDER",
        /// Decided a gate of the batch, or on costs of winding down that it pays.
        Decider = "DECIDER",
        /// Released a row of the batch.
        Releaser = "RELEASER",
        /// Prepared the batch.
        Preparer = "PREPARER",
        /// Reviewed the batch.
        Reviewer = "REVIEWER",
        /// Approved the batch.
        Approver = "APPROVER",
        /// Recorded that the bank returned an earlier payment of a row.
        Recorder = "RECORDER",
        /// Recorded what was done about that return.
        Clearer = "CLEARER",
    }
}

impl Duty {
    /// The parts that nobody has besides this one in the same payment.
    #[must_use]
    pub const fn excludes(self) -> &'static [Self] {
        use Duty::{Approver, Clearer, Decider, Preparer, Recommender, Recorder};
        use Duty::{Releaser, Reviewer, Voter};
        match self {
            Self::Voter | Self::Recommender | Self::Decider => {
                &[Releaser, Preparer, Reviewer, Approver]
            }
            Self::Releaser => &[Voter, Recommender, Decider, Approver],
            Self::Preparer => &[Voter, Recommender, Decider, Reviewer, Approver],
            Self::Reviewer => &[Voter, Recommender, Decider, Preparer, Approver],
            Self::Approver => &[
                Voter,
                Recommender,
                Decider,
                Releaser,
                Preparer,
                Reviewer,
                Recorder,
                Clearer,
            ],
            // Whoever invents a return must not be able to pay it again with one more person.
            Self::Recorder => &[Clearer, Approver],
            Self::Clearer => &[Recorder, Approver],
        }
    }
}

/// The parts that are taken already, by whom.
pub type Taken = BTreeSet<(Duty, PersonId)>;

/// Refuses `person` the part `duty` when they have one that excludes it.
///
/// # Errors
/// [`Refusal::DutiesCollide`], naming the part they have.
pub fn ensure_may_take(duty: Duty, person: PersonId, taken: &Taken) -> Result<(), Refusal> {
    let mut excluded = duty.excludes().iter();
    match excluded.find(|held| taken.contains(&(**held, person))) {
        Some(held) => Err(Refusal::DutiesCollide { held: *held, duty }),
        None => Ok(()),
    }
}
