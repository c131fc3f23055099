//! The parameters of a programme's rules, as versioned data.
//!
//! A rule that a ministry may want otherwise next year is a number here and not a constant in the
//! code. A version is pinned when an applicant seals a submission, so that a gate in progress is
//! never judged by rules that came later.

use serde::{Deserialize, Serialize};

use crate::calendar::MonthDay;
use crate::input_rule::InputRule;
use crate::money::BasisPoints;
use crate::refusal::Refusal;

/// One version of the policy parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Fewest votes that make a quorum.
    pub votes_min: u16,
    /// Least share of the eligible members that must have voted, in basis points.
    pub quorum_bp: BasisPoints,
    /// Fewest different bodies that the voters must come from.
    pub bodies_min: u16,
    /// Whether a chair votes unless the roster says otherwise.
    pub chair_votes: bool,
    /// Years for which joint work or a shared affiliation counts as a conflict.
    pub conflict_years: u16,
    /// Days from convening after which the panel may recommend without the missing votes.
    pub panel_deadline_days: u16,
    /// Most rounds of a milestone; a gate template may say otherwise.
    pub rounds_max: u16,
    /// Days from the notice within which an award may be withdrawn (Act 9; ministry rule 3).
    pub withdrawal_days: u16,
    /// Unit below which a grant amount is cut off, in minor units.
    pub grant_unit: i64,
    /// Least use of earlier money before a milestone tranche is paid, in basis points.
    pub usage_threshold_bp: BasisPoints,
    /// Hours for which nothing is paid to a changed account.
    pub account_cool_down_hours: u16,
    /// Surcharge and late charge per day, in ten-thousandths (10.95 % a year is 3).
    pub surcharge_per_10_000: u16,
    /// Whether the surcharge counts the day of receipt and the day of payment.
    pub surcharge_counts_both_ends: bool,
    /// Whether money repaid within its year returns to the envelope.
    pub repay_to_budget: bool,
    /// The day after a year's end until which its money may still be spent.
    pub close_out: MonthDay,
    /// The day of the second fiscal year after a determined one until which the consumption tax credited
    /// for it is reported, unless an earlier day was set (the usual 翌々年度6月30日まで of a ministry's
    /// conditions). Versions of before it was a parameter do not state it.
    #[serde(default = "june_30")]
    pub tax_credit_due: MonthDay,
    /// Part of an award held back until the amount is determined, in basis points.
    pub retention_bp: BasisPoints,
    /// Standard days of a gate from submission to decision.
    pub standard_days: u16,
}

const fn june_30() -> MonthDay {
    MonthDay::JUNE_30
}

impl Policy {
    /// Whether every parameter leaves the programme able to work: someone must vote, from some body,
    /// in some round, and amounts are cut to a unit of at least one.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`], naming the parameter.
    pub fn ensure_sound(&self) -> Result<(), Refusal> {
        let least = [
            ("votes_min", i64::from(self.votes_min)),
            ("bodies_min", i64::from(self.bodies_min)),
            ("rounds_max", i64::from(self.rounds_max)),
            ("grant_unit", self.grant_unit),
        ];
        match least.iter().find(|(_, value)| *value < 1) {
            None => Ok(()),
            Some((field, _)) => Err(Refusal::InvalidInput {
                field: (*field).to_owned(),
                rule: InputRule::Range,
            }),
        }
    }
}

impl Default for Policy {
    /// The first version of a programme's policy.
    fn default() -> Self {
        Self {
            votes_min: 3,
            quorum_bp: BasisPoints::of(5_001),
            bodies_min: 2,
            chair_votes: false,
            conflict_years: 3,
            panel_deadline_days: 30,
            rounds_max: 3,
            withdrawal_days: 15,
            grant_unit: 1_000,
            usage_threshold_bp: BasisPoints::of(7_000),
            account_cool_down_hours: 48,
            surcharge_per_10_000: 3,
            surcharge_counts_both_ends: true,
            repay_to_budget: false,
            close_out: MonthDay::APRIL_30,
            tax_credit_due: june_30(),
            retention_bp: BasisPoints::of(500),
            standard_days: 60,
        }
    }
}
