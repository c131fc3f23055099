//! The release of a tranche: its conditions and its amount.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Blocker, BlockerCode, PaymentFacts, TrancheKind, TrancheState, WindDown};
use crate::access::{Operation, Role};
use crate::award::{Award, AwardStateCode};
use crate::calculation::{Calculation, CalculationSheet, CalculationStepCode, Steps};
use crate::calendar::FiscalYear;
use crate::code::{Codes, coded};
use crate::gate::GateState;
use crate::id::PersonId;
use crate::milestone::MilestoneState;
use crate::money::{BasisPoints, Money, MoneyError};
use crate::payment::Standing;
use crate::refusal::Refusal;

coded! {
    /// Whether a payment comes before or after the determination of its year.
    pub enum PaymentBasis {
        /// Before it (概算払, Accounts Act 22): needs the reference of the consultation.
        Estimate = "ESTIMATE",
        /// After it (精算払).
        Settlement = "SETTLEMENT",
    }
}

/// What is known of the gate of a milestone tranche.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateFact {
    /// The milestone.
    pub milestone: MilestoneState,
    /// The day since which the milestone is in that state.
    pub since: NaiveDate,
    /// Whether the seal computed from the rows is the one that was passed.
    pub seal_intact: bool,
    /// The day since which a conflict that was learned late leaves the decision without its quorum or
    /// its majority, where one does.
    pub unfounded_since: Option<NaiveDate>,
    /// The day since which an earlier milestone is not resolved, where one is not.
    pub earlier_unresolved_since: Option<NaiveDate>,
}

/// Everything that a release looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// Today, in Japan.
    pub today: NaiveDate,
    /// The day on which it would be paid: today, or the value date of the batch that pays it.
    pub pays_on: NaiveDate,
    /// The award, as it stands today.
    pub award: Award,
    /// The day since which the award is in its state, where it is on record.
    pub award_since: Option<NaiveDate>,
    /// The tranche's kind.
    pub kind: TrancheKind,
    /// The tranche's state.
    pub state: TrancheState,
    /// The day since which the tranche is in that state.
    pub state_since: NaiveDate,
    /// The tranche's amount.
    pub amount: Money,
    /// The tranche's budget year.
    pub budget_year: FiscalYear,
    /// The last day on which money of that year may be spent.
    pub close_out: NaiveDate,
    /// The gate, for a milestone tranche.
    pub gate: Option<GateFact>,
    /// The decision that it stands on, for a tranche of the costs of winding down.
    pub wind_down: Option<WindDown>,
    /// What is committed to the award in the budget year and not yet released.
    pub committed: Money,
    /// The decided amount in force.
    pub decided: Money,
    /// The day since which it is.
    pub decided_since: NaiveDate,
    /// What is paid, in transit or payable already, less what was returned.
    pub paid_or_payable: Money,
    /// What the payment looks at beyond that.
    pub payment: PaymentFacts,
}

impl ReleaseFacts {
    /// The part of the tranche that was earned: the passed share, cut below the currency unit.
    #[must_use]
    pub fn share(&self) -> BasisPoints {
        match &self.gate {
            Some(GateFact {
                milestone: MilestoneState::Passed { share, .. },
                ..
            }) => *share,
            _ => BasisPoints::WHOLE,
        }
    }

    /// What would be released.
    #[must_use]
    pub fn payable(&self) -> Money {
        self.amount.share(self.share())
    }

    /// Every unmet condition, in the order of the codes.
    #[must_use]
    pub fn blockers(&self) -> Vec<Blocker> {
        let mut blockers: Vec<Blocker> = [
            self.gate_blocker(),
            self.seal_blocker(),
            self.footing_blocker(),
            self.earlier_blocker(),
            self.award_blocker(),
            self.term_blocker(),
            self.commitment_blocker(),
            self.year_blocker(),
            self.limit_blocker(),
            self.withheld_blocker(),
            self.kind_blocker(),
        ]
        .into_iter()
        .flatten()
        .chain(
            self.payment
                .blockers(self.kind, self.today, self.state_since),
        )
        .collect();
        blockers.sort_unstable();
        blockers
    }

    /// Whether it may be released now.
    ///
    /// # Errors
    /// The state's own refusal; [`Refusal::ReleaseBlocked`] with every blocker's code;
    /// [`Refusal::AmountNotPositive`] when nothing was earned.
    pub fn ensure_releasable(&self) -> Result<(), Refusal> {
        if self.state != TrancheState::Withheld {
            self.state.release()?;
        }
        let blockers = self.blocker_codes();
        if !blockers.0.is_empty() {
            return Err(Refusal::ReleaseBlocked { blockers });
        }
        if self.payable().is_positive() {
            Ok(())
        } else {
            Err(Refusal::AmountNotPositive {})
        }
    }

    /// The same facts for a payment that goes to no account and that a debt does not hold, because the
    /// debt is what it is kept for (Act 20).
    ///
    /// # Errors
    /// [`Refusal::NothingOverdue`] where the body owes nothing.
    pub fn for_set_off(mut self) -> Result<Self, Refusal> {
        if self.payment.return_owed_since.take().is_none() {
            return Err(Refusal::NothingOverdue {});
        }
        self.payment.account = Standing::Ready;
        Ok(self)
    }

    /// Whether what is left of a release after a set-off is paid no more: its gate has fallen, its year
    /// or its award is over, or the decision was lowered. What somebody can still do, such as a report,
    /// an account or another round of an earlier gate, takes nothing from the body that it has earned.
    ///
    /// # Errors
    /// [`Refusal::TrancheSetOff`] while it can still be paid.
    pub fn ensure_rest_is_lost(&self) -> Result<(), Refusal> {
        let lasts = |blocker: &Blocker| match blocker.code {
            BlockerCode::YearClosed
            | BlockerCode::GateNotPassed
            | BlockerCode::GateUnfounded
            | BlockerCode::SealMismatch
            | BlockerCode::DecidedLimit => true,
            BlockerCode::AwardState => self.award.is_over(),
            BlockerCode::EarlierGateVoided
            | BlockerCode::WithdrawalTermRunning
            | BlockerCode::NotCommittedForYear
            | BlockerCode::ConsultationReferenceMissing
            | BlockerCode::Withheld
            | BlockerCode::AmountNotDetermined
            | BlockerCode::WindDownUndecided
            | BlockerCode::ReportNotAccepted
            | BlockerCode::EarlierMoneyUnused
            | BlockerCode::PayeeAccountMissing
            | BlockerCode::PayeeAccountUnverified
            | BlockerCode::PayeeAccountCoolingDown
            | BlockerCode::PayeeAccountChanged
            | BlockerCode::ReturnUnpaid => false,
        };
        if self.blockers().iter().any(lasts) {
            Ok(())
        } else {
            Err(Refusal::TrancheSetOff {})
        }
    }

    /// What stands against paying it now: asked when a batch is prepared, and again at its approval and
    /// at its export.
    ///
    /// # Errors
    /// [`Refusal::TrancheNotReleased`].
    pub fn payment_blockers(&self) -> Result<Codes<BlockerCode>, Refusal> {
        if self.state.is_released() {
            Ok(self.blocker_codes())
        } else {
            Err(Refusal::TrancheNotReleased {})
        }
    }

    fn blocker_codes(&self) -> Codes<BlockerCode> {
        let blockers = self.blockers();
        Codes(blockers.iter().map(|blocker| blocker.code).collect())
    }

    /// The roles whose move it is before the tranche is released: those that clear what stands
    /// against it, those that hold its milestone, on which a gate in the state `sitting` sits, or,
    /// where nothing stands against it, those that release it. Nobody's once it is released.
    #[must_use]
    pub fn held_by(&self, sitting: Option<GateState>) -> BTreeSet<Role> {
        if !self.state.is_unreleased() {
            return BTreeSet::new();
        }
        let blockers = self.blockers();
        if blockers.is_empty() {
            return Operation::ReleaseTranche.roles().iter().copied().collect();
        }
        let holders = blockers.iter().flat_map(|blocker| match &self.gate {
            Some(gate) if blocker.code == BlockerCode::GateNotPassed => {
                gate.milestone.held_by(sitting)
            }
            _ => blocker.cleared_by.into_iter().collect(),
        });
        holders.collect()
    }

    fn gate_blocker(&self) -> Option<Blocker> {
        let since = self.gate.as_ref().map(|gate| gate.since);
        let passed = matches!(
            self.gate,
            Some(GateFact {
                milestone: MilestoneState::Passed { .. },
                ..
            })
        );
        (self.kind == TrancheKind::Milestone && !passed)
            .then(|| Blocker::since(BlockerCode::GateNotPassed, since))
    }

    fn seal_blocker(&self) -> Option<Blocker> {
        let gate = self.gate.as_ref()?;
        (gate.milestone.seal().is_some() && !gate.seal_intact)
            .then(|| Blocker::since(BlockerCode::SealMismatch, None))
    }

    /// Such a gate is voided as long as its money is planned or released; once it is in a batch, this
    /// is what stops it.
    fn footing_blocker(&self) -> Option<Blocker> {
        let since = self.gate.as_ref()?.unfounded_since?;
        Some(Blocker::since(BlockerCode::GateUnfounded, Some(since)))
    }

    fn earlier_blocker(&self) -> Option<Blocker> {
        let gate = self.gate.as_ref()?;
        let since = gate.earlier_unresolved_since?;
        // A milestone that is locked or open waits for its own gate; that is another blocker.
        (gate.milestone.seal().is_some())
            .then(|| Blocker::since(BlockerCode::EarlierGateVoided, Some(since)))
    }

    fn award_blocker(&self) -> Option<Blocker> {
        (!self.kind.is_paid_in(self.award.state.code()))
            .then(|| Blocker::since(BlockerCode::AwardState, self.award_since))
    }

    fn term_blocker(&self) -> Option<Blocker> {
        (!self.award.is_withdrawal_over(self.today)).then(|| Blocker {
            until: self.award.withdrawal_ends_on(),
            ..Blocker::since(
                BlockerCode::WithdrawalTermRunning,
                self.award.notice_received_on,
            )
        })
    }

    fn commitment_blocker(&self) -> Option<Blocker> {
        (self.committed.minor() < self.payable().minor() && self.state.is_unreleased()).then(|| {
            // It waits from when it was planned; in a year that has begun, from its beginning.
            let begun = Some(self.budget_year.starts_on()).filter(|day| *day <= self.today);
            let since = self.state_since.max(begun.unwrap_or(self.state_since));
            Blocker::since(BlockerCode::NotCommittedForYear, Some(since))
        })
    }

    fn year_blocker(&self) -> Option<Blocker> {
        (self.pays_on.max(self.today) > self.close_out)
            .then(|| Blocker::since(BlockerCode::YearClosed, self.close_out.succ_opt()))
    }

    fn limit_blocker(&self) -> Option<Blocker> {
        // Once released, it is among what is payable.
        let added = if self.state.is_unreleased() {
            self.payable()
        } else {
            Money::zero(self.amount.currency())
        };
        let within = self
            .paid_or_payable
            .plus(added)
            .is_ok_and(|total| total.minor() <= self.decided.minor());
        // By the later of the two: it was planned within what was decided then.
        let since = self.decided_since.max(self.state_since);
        (!within).then(|| Blocker::since(BlockerCode::DecidedLimit, Some(since)))
    }

    fn withheld_blocker(&self) -> Option<Blocker> {
        (self.state == TrancheState::Withheld)
            .then(|| Blocker::since(BlockerCode::Withheld, Some(self.state_since)))
    }

    fn kind_blocker(&self) -> Option<Blocker> {
        let undetermined =
            self.kind.waits_for_determination() && self.payment.basis == PaymentBasis::Estimate;
        let code = if undetermined {
            BlockerCode::AmountNotDetermined
        } else if self.kind == TrancheKind::WindDown && !self.is_decided() {
            BlockerCode::WindDownUndecided
        } else {
            return None;
        };
        Some(Blocker::since(code, Some(self.state_since)))
    }

    /// Whether the decision that it stands on covers it.
    fn is_decided(&self) -> bool {
        self.wind_down.is_some_and(|decision| {
            let order = self.amount.compare(decision.amount);
            order.is_ok_and(Ordering::is_le)
        })
    }

    /// Whether `person` may release it, as far as the decision that it stands on goes: its decider does
    /// not. Those of a gate are asked of its [`Hands`](crate::gate::Hands).
    ///
    /// # Errors
    /// [`Refusal::SecondPersonRequired`].
    pub fn ensure_may_release(&self, person: PersonId) -> Result<(), Refusal> {
        let decider = self.wind_down.and_then(|decision| decision.decided_by);
        if decider == Some(person) {
            return Err(Refusal::SecondPersonRequired {});
        }
        Ok(())
    }

    /// How the amount comes about that would be released under the policy of this version.
    ///
    /// # Errors
    /// As [`CalculationSheet::of`].
    pub fn sheet(&self, policy_version: u32) -> Result<CalculationSheet<TrancheShare>, MoneyError> {
        let basis = TrancheShare {
            tranche_amount: self.amount,
            share: self.share(),
        };
        CalculationSheet::of(policy_version, basis)
    }
}

impl TrancheKind {
    /// Whether a tranche of this kind is paid while its award is in `state`.
    #[must_use]
    pub const fn is_paid_in(self, state: AwardStateCode) -> bool {
        match self {
            Self::Advance => matches!(state, AwardStateCode::Active),
            // Only what was passed before the ending is passed at all then.
            Self::Milestone => matches!(state, AwardStateCode::Active | AwardStateCode::Ended),
            Self::Retention | Self::Final => {
                matches!(state, AwardStateCode::Completed | AwardStateCode::Ended)
            }
            Self::WindDown => matches!(state, AwardStateCode::Ended),
        }
    }

    /// Whether a tranche of this kind waits for the determination of its year.
    #[must_use]
    pub const fn waits_for_determination(self) -> bool {
        matches!(self, Self::Retention | Self::Final)
    }
}

/// What a released amount starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrancheShare {
    /// The tranche's amount.
    pub tranche_amount: Money,
    /// The passed share.
    pub share: BasisPoints,
}

impl Calculation for TrancheShare {
    fn compute(&self, steps: &mut Steps) -> Result<Money, MoneyError> {
        let Self {
            tranche_amount,
            share,
        } = self;
        let inputs = [tranche_amount.amount(), share.to_string()];
        let result = tranche_amount.share(*share);
        Ok(steps.note(CalculationStepCode::FloorOfShare, inputs, result))
    }
}

/// Releases a tranche.
///
/// # Errors
/// As [`ReleaseFacts::ensure_releasable`].
pub fn release(
    facts: &ReleaseFacts,
    policy_version: u32,
) -> Result<(TrancheState, CalculationSheet<TrancheShare>), Refusal> {
    facts.ensure_releasable()?;
    let sheet = facts.sheet(policy_version)?;
    Ok((facts.state.release()?, sheet))
}
