//! The parameters of the rules.

use domain::calendar::MonthDay;
use domain::id::{PolicyVersionId, ProgrammeId};
use domain::{InputRule, Policy};
use validator::Validate;

use super::reading::{Read, broken};
use super::{OptionalKey, inputs, mutations};
use crate::node_id::Id;
use crate::refusal::Refused;

mutations! {
    /// The parameters of the rules.
    pub struct PolicyMutations;

    /// Puts a new version of the programme's parameters in force. What is sealed already is judged
    /// by the version it was sealed under. For directors.
    fn publish_policy = PublishPolicy;
    input PublishPolicyInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// All parameters of the new version.
        #[validate(nested)]
        policy: PolicyInput,
    }
    /// The version is in force.
    payload PublishPolicyPayload {
        /// The version's id.
        policy_version_id: Id<PolicyVersionId> = policy_version,
        /// Its number within the programme, from 1.
        version: u32,
    }
}

inputs! {
    /// All parameters of the rules.
    PolicyInput => Policy {
        /// Fewest votes that make a quorum; at least 1.
        votes_min: i32,
        /// Least share of the eligible members that must have voted, in basis points (0 to 10,000).
        quorum_bp: i32,
        /// Fewest different bodies that the voters must come from; at least 1.
        bodies_min: i32,
        /// Whether a chair votes unless the roster says otherwise.
        chair_votes: bool,
        /// Years for which joint work or a shared affiliation counts as a conflict.
        conflict_years: i32,
        /// Days from convening after which the panel may recommend without the missing votes.
        panel_deadline_days: i32,
        /// Most rounds of a milestone; a gate template may say otherwise.
        rounds_max: i32,
        /// Days from the notice within which an award may be withdrawn (Act 9).
        withdrawal_days: i32,
        /// Unit below which a grant amount is cut off, in minor units of the currency.
        grant_unit: i32,
        /// Least use of earlier money before a milestone's tranche is paid, in basis points.
        usage_threshold_bp: i32,
        /// Hours for which nothing is paid to a changed account.
        account_cool_down_hours: i32,
        /// Surcharge and late charge per day, in ten-thousandths; 10.95 % a year is 3 (Act 19).
        surcharge_per_10_000: i32,
        /// Whether the surcharge counts the day of receipt and the day of payment.
        surcharge_counts_both_ends: bool,
        /// Whether money repaid within its year returns to the envelope.
        repay_to_budget: bool,
        /// The day after a fiscal year's end until which its money may still be spent.
        close_out: MonthDayInput,
        /// The day of the second fiscal year after a determined one until which the consumption tax
        /// credited for it is reported, unless an earlier day was set.
        #[graphql(default_with = "MonthDayInput::JUNE_30")]
        tax_credit_due: MonthDayInput,
        /// Part of an award held back until its amount is determined, in basis points.
        retention_bp: i32,
        /// Standard days of a gate from submission to decision.
        standard_days: i32,
    }
}

/// A day of every year.
#[derive(Debug, Clone, Copy, async_graphql::InputObject)]
pub(crate) struct MonthDayInput {
    /// The month, 1 to 12.
    month: i32,
    /// The day of the month, 1 to 31; one that every year has.
    day: i32,
}

impl MonthDayInput {
    /// What a caller means who does not name the parameter yet.
    const JUNE_30: Self = Self { month: 6, day: 30 };
}

impl Read<MonthDay> for MonthDayInput {
    fn read(self) -> Result<MonthDay, Refused> {
        let number = |number: i32| u32::try_from(number).map_err(|_| broken(InputRule::Range));
        MonthDay::new(number(self.month)?, number(self.day)?).map_err(|_| broken(InputRule::Range))
    }
}
