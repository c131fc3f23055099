//! When somebody will be paid: a dated forecast for applicant and finance alike.
//!
//! It adds up what the stages that remain took in the programme's own past: once with the median of
//! each and once with its slow case (the ninth of ten). It is a picture for planning, and careful on
//! purpose: the slow cases of all stages seldom come together. Until a stage has enough past, its
//! standard days count in both. Nothing is decided by it.
//!
//! What waits for the determination of its year has a longer way than a milestone: the work is over, its
//! result is reported, accepted and determined, and only then released. While the work goes on, that way
//! begins at the milestone that ends it last.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::award::AwardStateCode;
use crate::bank::on_or_after;
use crate::code::{Coded, coded};
use crate::milestone::MilestoneState;
use crate::policy::Policy;
use crate::tranche::{TrancheKind, TrancheState};

coded! {
    /// A stage on the way from a submission to the money.
    pub enum PaymentStage {
        /// From the submission to the convening of its gate.
        Convening = "CONVENING",
        /// From the convening to the decision.
        Decision = "DECISION",
        /// From the end of the work to the report on it.
        Reporting = "REPORTING",
        /// From the report to its acceptance.
        Acceptance = "ACCEPTANCE",
        /// From the acceptance to the determination of the year.
        Determination = "DETERMINATION",
        /// From the decision, or the determination, to the release.
        Release = "RELEASE",
        /// From the release to the sending of its batch.
        Sending = "SENDING",
        /// From the sending to the arrival.
        Settlement = "SETTLEMENT",
    }
}

/// The fewest times that a stage must have been passed before its past is asked.
pub const SAMPLES_MIN: usize = 5;

/// Standard days from the end of the work to its report: the month that the recipient has (Act 14).
const REPORTING_DAYS: u16 = 31;
/// Standard days from a report to its acceptance, until there is a past.
const ACCEPTANCE_DAYS: u16 = 30;
/// Standard days from an acceptance to the determination, until there is a past.
const DETERMINATION_DAYS: u16 = 30;
/// Standard days from a decision to its release, until there is a past.
const RELEASE_DAYS: u16 = 14;
/// Standard days from a release to its sending, until there is a past.
const SENDING_DAYS: u16 = 7;
/// Standard days from a sending to its arrival: a business day.
const SETTLEMENT_DAYS: u16 = 1;

impl PaymentStage {
    /// Whether only what waits for the determination of its year passes it.
    const fn is_of_closing(self) -> bool {
        matches!(
            self,
            Self::Reporting | Self::Acceptance | Self::Determination
        )
    }

    /// Whether it ends on a day on which banks work.
    const fn ends_at_the_bank(self) -> bool {
        matches!(self, Self::Sending | Self::Settlement)
    }

    /// Its standard days. Those of a gate from submission to decision are the policy's, and the
    /// panel's deadline within them is the part after the convening.
    #[must_use]
    pub fn standard_days(self, policy: &Policy) -> u16 {
        let convening = policy
            .standard_days
            .saturating_sub(policy.panel_deadline_days);
        match self {
            Self::Convening => convening,
            Self::Decision => policy.standard_days.saturating_sub(convening),
            Self::Reporting => REPORTING_DAYS,
            Self::Acceptance => ACCEPTANCE_DAYS,
            Self::Determination => DETERMINATION_DAYS,
            Self::Release => RELEASE_DAYS,
            Self::Sending => SENDING_DAYS,
            Self::Settlement => SETTLEMENT_DAYS,
        }
    }
}

/// What the stages took in a programme's past, in days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageTimes(BTreeMap<PaymentStage, Vec<u16>>);

impl StageTimes {
    /// Adds a stage that was passed in `days`.
    pub fn add(&mut self, stage: PaymentStage, days: u16) {
        let times = self.0.entry(stage).or_default();
        let place = times.partition_point(|earlier| *earlier <= days);
        times.insert(place, days);
    }

    /// What `stage` takes.
    #[must_use]
    pub fn time(&self, stage: PaymentStage, policy: &Policy) -> StageTime {
        let times = self.0.get(&stage).map_or(&[][..], Vec::as_slice);
        let standard = stage.standard_days(policy);
        let is_known = times.len() >= SAMPLES_MIN;
        let rank = |percent| is_known.then(|| nearest_rank(times, percent)).flatten();
        StageTime {
            stage,
            median_days: rank(50).unwrap_or(standard),
            slow_days: rank(90).unwrap_or(standard),
            samples: times.len(),
            is_standard: !is_known,
        }
    }
}

/// The nearest-rank percentile of ascending `times`: the smallest that is not below `percent` of a
/// hundred of them.
fn nearest_rank(times: &[u16], percent: usize) -> Option<u16> {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied()
}

/// What a stage that remains takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTime {
    /// The stage.
    pub stage: PaymentStage,
    /// Its median.
    pub median_days: u16,
    /// Its slow case.
    pub slow_days: u16,
    /// How often it was passed.
    pub samples: usize,
    /// Whether these are its standard days, for want of a past.
    pub is_standard: bool,
}

/// What a forecast knows of a tranche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook<'a> {
    /// The state of its award.
    pub award: AwardStateCode,
    /// Its kind.
    pub kind: TrancheKind,
    /// Its state.
    pub state: TrancheState,
    /// Since when it is in that state.
    pub since: NaiveDate,
    /// The milestones that it waits for: its own, for a milestone tranche; those that are not final, for
    /// one that waits for the determination of its year.
    pub milestones: Vec<MilestoneOutlook<'a>>,
    /// How far that determination is, where it waits for it.
    pub closing: Option<ClosingOutlook>,
    /// The latest day on which time clears a blocker, where one waits for time.
    pub blocked_until: Option<NaiveDate>,
}

/// What a forecast knows of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneOutlook<'a> {
    /// Its state.
    pub state: &'a MilestoneState,
    /// Since when it is in that state.
    pub since: NaiveDate,
    /// When the applicant's part is due: the milestone, or the last of its open conditions.
    pub due_on: NaiveDate,
}

/// How far the determination of a budget year is, once the work is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingOutlook {
    /// The report is not handed in, or its correction is not: it is due on this day.
    Due(NaiveDate),
    /// It was handed in on this day.
    Reported(NaiveDate),
    /// It was accepted on this day.
    Accepted(NaiveDate),
    /// The year was determined on this day.
    Determined(NaiveDate),
}

/// When somebody will be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The day, when everything takes its median.
    pub median_on: NaiveDate,
    /// The day, when everything is slow.
    pub slow_on: NaiveDate,
    /// The stages that remain, in their order.
    pub stages: Vec<StageTime>,
}

/// Where the way to the money begins: the stage, and the day since which it runs.
type Start = (PaymentStage, NaiveDate);

impl Outlook<'_> {
    /// When it will be paid, as seen on `today`. None for what is paid, will not be paid, or waits
    /// for an act that has no usual time, as a withheld tranche does.
    #[must_use]
    pub fn forecast(
        &self,
        times: &StageTimes,
        policy: &Policy,
        today: NaiveDate,
    ) -> Option<Forecast> {
        let starts = self.starts(today);
        let first = starts.iter().map(|(stage, _)| *stage).min()?;
        let stages: Vec<StageTime> = PaymentStage::ALL
            .iter()
            .filter(|stage| **stage >= first && self.passes(**stage))
            .map(|stage| times.time(*stage, policy))
            .collect();
        let arrives = |days: fn(&StageTime) -> u16| {
            let from = |(first, since): &Start| {
                let stages = stages.iter().filter(|stage| stage.stage >= *first);
                stages.fold(*since, |from, stage| {
                    self.end_of(stage.stage, from, days(stage), today)
                })
            };
            starts.iter().map(from).max()
        };
        Some(Forecast {
            median_on: arrives(|stage| stage.median_days)?,
            slow_on: arrives(|stage| stage.slow_days)?,
            stages,
        })
    }

    /// Whether the way of its kind leads through `stage`.
    const fn passes(&self, stage: PaymentStage) -> bool {
        self.kind.waits_for_determination() || !stage.is_of_closing()
    }

    /// What runs late ends today at the earliest.
    fn end_of(
        &self,
        stage: PaymentStage,
        from: NaiveDate,
        days: u16,
        today: NaiveDate,
    ) -> NaiveDate {
        let end = from
            .checked_add_days(Days::new(days.into()))
            .map_or(NaiveDate::MAX, |end| end.max(today));
        let cleared = self
            .blocked_until
            .filter(|_| stage == PaymentStage::Release);
        let end = cleared.map_or(end, |until| end.max(until));
        if stage.ends_at_the_bank() {
            on_or_after(end)
        } else {
            end
        }
    }

    /// Where it stands now: in one place, or where each of the milestones is that it waits for.
    fn starts(&self, today: NaiveDate) -> Vec<Start> {
        match self.state {
            TrancheState::Sent => vec![(PaymentStage::Settlement, self.since)],
            TrancheState::Released | TrancheState::Instructed | TrancheState::Bounced => {
                vec![(PaymentStage::Sending, self.since)]
            }
            TrancheState::Planned if self.award.may_still_pay() => self.unreleased(today),
            TrancheState::Planned
            | TrancheState::Settled
            | TrancheState::Withheld
            | TrancheState::Lapsed => Vec::new(),
        }
    }

    fn unreleased(&self, today: NaiveDate) -> Vec<Start> {
        let milestones = self.milestones.iter();
        match self.closing {
            _ if !self.milestones.is_empty() => milestones
                .filter_map(|milestone| milestone.start(today))
                .map(|(stage, since)| (self.after_the_gate(stage), since))
                .collect(),
            Some(closing) => vec![closing.start(today)],
            None if self.kind.waits_for_determination() => Vec::new(),
            None => vec![(PaymentStage::Release, self.since)],
        }
    }

    /// Where a gate that is passed leads: to the release, or first to the report on the work.
    const fn after_the_gate(&self, stage: PaymentStage) -> PaymentStage {
        match stage {
            PaymentStage::Release if self.kind.waits_for_determination() => PaymentStage::Reporting,
            stage => stage,
        }
    }
}

impl ClosingOutlook {
    fn start(self, today: NaiveDate) -> Start {
        match self {
            Self::Due(on) => (PaymentStage::Acceptance, on.max(today)),
            Self::Reported(on) => (PaymentStage::Acceptance, on),
            Self::Accepted(on) => (PaymentStage::Determination, on),
            Self::Determined(on) => (PaymentStage::Release, on),
        }
    }
}

impl MilestoneOutlook<'_> {
    fn start(&self, today: NaiveDate) -> Option<Start> {
        let due_on = self.due_on.max(today);
        match self.state {
            MilestoneState::Locked { .. } | MilestoneState::Open { .. } => {
                Some((PaymentStage::Convening, due_on))
            }
            MilestoneState::Submitted { .. } => Some((PaymentStage::Convening, self.since)),
            MilestoneState::InReview { .. } => Some((PaymentStage::Decision, self.since)),
            MilestoneState::Held { until, .. } => {
                Some((PaymentStage::Decision, (*until).max(today)))
            }
            MilestoneState::AwaitingPlanChange { due, .. } => {
                Some((PaymentStage::Convening, due_on.max(*due)))
            }
            MilestoneState::PassedConditionally { .. } => Some((PaymentStage::Release, due_on)),
            MilestoneState::Passed { .. } => Some((PaymentStage::Release, self.since)),
            MilestoneState::Failed { .. } | MilestoneState::Cancelled => None,
        }
    }
}
