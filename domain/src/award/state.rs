//! The states of an award, and what each of them allows.

use chrono::NaiveDate;

use crate::access::Operation;
use crate::calendar::withdrawal_ends_on;
use crate::closing::ClosureFacts;
use crate::code::coded;
use crate::milestone::MilestoneStateCode;
use crate::refusal::Refusal;
use crate::tranche::TrancheState;

coded! {
    /// The state of an award.
    pub enum AwardStateCode {
        /// Offered; becomes active on acceptance or when the withdrawal term has passed.
        Offered = "OFFERED",
        /// In force.
        Active = "ACTIVE",
        /// Suspended until a date, with its consequence stated (Act 13).
        Suspended = "SUSPENDED",
        /// Every milestone is final and the result report accepted.
        Completed = "COMPLETED",
        /// Withdrawn within the term: as if never made (Act 9).
        Withdrawn = "WITHDRAWN",
        /// Ended for a change of circumstances (Act 10); what was earned stays payable.
        Ended = "ENDED",
        /// Cancelled for misuse or breach (Act 17).
        Cancelled = "CANCELLED",
        /// Every account of the award is empty.
        Closed = "CLOSED",
    }
}

impl AwardStateCode {
    /// Whether the public may know of an award that came into this state: what is only offered may still be
    /// withdrawn, and what was withdrawn was never made (Act 9).
    #[must_use]
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::Offered | Self::Withdrawn)
    }

    /// Whether something of an award in this state may still be released, now or later.
    #[must_use]
    pub const fn may_still_pay(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Cancelled | Self::Closed)
    }

    /// Whether an award in this state owes reports by law: what runs, and what is over and not settled,
    /// unless it was cancelled as a whole.
    #[must_use]
    pub const fn owes_reports(self) -> bool {
        matches!(
            self,
            Self::Active | Self::Suspended | Self::Completed | Self::Ended
        )
    }
}

/// The state of an award with its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwardState {
    /// Offered.
    Offered,
    /// In force.
    Active,
    /// Suspended.
    Suspended {
        /// The day until which the recipient has time.
        until: NaiveDate,
    },
    /// Completed.
    Completed,
    /// Withdrawn.
    Withdrawn,
    /// Ended.
    Ended,
    /// Cancelled.
    Cancelled,
    /// Closed.
    Closed,
}

impl AwardState {
    /// The state's code.
    #[must_use]
    pub const fn code(self) -> AwardStateCode {
        match self {
            Self::Offered => AwardStateCode::Offered,
            Self::Active => AwardStateCode::Active,
            Self::Suspended { .. } => AwardStateCode::Suspended,
            Self::Completed => AwardStateCode::Completed,
            Self::Withdrawn => AwardStateCode::Withdrawn,
            Self::Ended => AwardStateCode::Ended,
            Self::Cancelled => AwardStateCode::Cancelled,
            Self::Closed => AwardStateCode::Closed,
        }
    }
}

/// An award as far as its own life goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Award {
    /// The stored state.
    pub state: AwardState,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// The day on which the notice was received, once it is known (Act 8).
    pub notice_received_on: Option<NaiveDate>,
    /// Days from the notice within which it may be withdrawn.
    pub withdrawal_days: u16,
}

impl Award {
    /// The last day on which the award may be withdrawn; unknown before the notice was received.
    #[must_use]
    pub fn withdrawal_ends_on(&self) -> Option<NaiveDate> {
        self.notice_received_on
            .map(|notice| withdrawal_ends_on(notice, self.withdrawal_days.into()))
    }

    /// Whether the withdrawal term has passed on `today`; never before the notice was received.
    #[must_use]
    pub fn is_withdrawal_over(&self, today: NaiveDate) -> bool {
        self.withdrawal_ends_on()
            .is_some_and(|last_day| today > last_day)
    }

    /// Whether it is over and its money is not settled yet: nothing of it is judged any more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(
            self.state,
            AwardState::Ended | AwardState::Completed | AwardState::Cancelled
        )
    }

    /// The day on which the work was over: the last of its `milestones` became final, or the award,
    /// in its state since `since`, ended. None while there is work to do.
    #[must_use]
    pub fn work_over_on(
        &self,
        since: Option<NaiveDate>,
        milestones: impl IntoIterator<Item = (MilestoneStateCode, NaiveDate)>,
    ) -> Option<NaiveDate> {
        if self.state == AwardState::Ended {
            return since;
        }
        let mut last = None;
        for (state, since) in milestones {
            if !state.is_final() {
                return None;
            }
            last = last.max(Some(since));
        }
        last
    }

    /// The award as it stands on `today`: an offer whose term has passed is active.
    #[must_use]
    pub fn on(mut self, today: NaiveDate) -> Self {
        if self.state == AwardState::Offered && self.is_withdrawal_over(today) {
            self.state = AwardState::Active;
        }
        self
    }

    fn refuse(&self, operation: Operation) -> Refusal {
        match self.state {
            AwardState::Suspended { until } => Refusal::AwardSuspended { until },
            state => Refusal::AwardNotReady {
                operation,
                state: state.code(),
            },
        }
    }

    /// Whether the award's state lets `operation` happen to one of its milestones, gates or
    /// tranches. While it is suspended, panels go on declaring, voting and recommending; what
    /// binds or pays waits.
    ///
    /// # Errors
    /// [`Refusal::AwardSuspended`] or [`Refusal::AwardNotReady`].
    pub fn ensure_allows(&self, operation: Operation) -> Result<(), Refusal> {
        let goes_on_while_suspended = matches!(
            operation,
            Operation::DeclareConflict
                | Operation::PrescribeReport
                | Operation::SubmitReport
                | Operation::OrderCorrection
                | Operation::AcceptReport
                | Operation::NoteSiteVisit
                | Operation::SignGate
                | Operation::RecommendGate
                | Operation::RecuseMember
                | Operation::ReplaceMember
                | Operation::VoidGate
                | Operation::RevokeRelease
                | Operation::WithholdTranche
                | Operation::LapseTranche
                | Operation::CarryOverTranche
                | Operation::OrderReturn
                | Operation::SetOff
        );
        // What was earned stays payable, also where its year is not committed yet; and a conflict
        // that is learned now is still put on record.
        let goes_on_after_the_end = matches!(
            operation,
            Operation::CommitYear
                | Operation::DetermineAmount
                | Operation::OrderReturn
                | Operation::SetBudget
                | Operation::PrescribeReport
                | Operation::SubmitReport
                | Operation::OrderCorrection
                | Operation::AcceptReport
                | Operation::NoteSiteVisit
                | Operation::RecuseMember
                | Operation::ReleaseTranche
                | Operation::ReleaseForSetOff
                | Operation::SetOff
                | Operation::RevokeRelease
                | Operation::WithholdTranche
                | Operation::RestoreTranche
                | Operation::LapseTranche
                | Operation::CarryOverTranche
        );
        match self.state {
            AwardState::Active => Ok(()),
            AwardState::Suspended { .. } if goes_on_while_suspended => Ok(()),
            _ if self.is_over() && goes_on_after_the_end => Ok(()),
            _ => Err(self.refuse(operation)),
        }
    }

    /// Records when the notice was received.
    ///
    /// # Errors
    /// When it is recorded already, before the decision or in the future.
    pub fn record_notice(
        mut self,
        received_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Refusal> {
        if self
            .notice_received_on
            .is_some_and(|known| known != received_on)
        {
            return Err(Refusal::NoticeAlreadyRecorded {});
        }
        if received_on < self.decided_on {
            return Err(Refusal::NoticeBeforeDecision {
                decided_on: self.decided_on,
            });
        }
        if received_on > today {
            return Err(Refusal::DateInFuture { date: received_on });
        }
        self.notice_received_on = Some(received_on);
        Ok(self)
    }

    /// Accepts the offer.
    ///
    /// # Errors
    /// When it is not an offer any more, or the notice's date is refused.
    pub fn accept(self, notice_received_on: NaiveDate, today: NaiveDate) -> Result<Self, Refusal> {
        if self.state != AwardState::Offered {
            return Err(self.refuse(Operation::AcceptAward));
        }
        let mut accepted = self.record_notice(notice_received_on, today)?;
        accepted.state = AwardState::Active;
        Ok(accepted)
    }

    /// Withdraws within the term (Act 9), with its `tranches` in these states.
    ///
    /// # Errors
    /// When the term has passed, the award is not in force, or something of it was released.
    pub fn withdraw(
        mut self,
        today: NaiveDate,
        tranches: impl IntoIterator<Item = TrancheState>,
    ) -> Result<Self, Refusal> {
        match (self.state, self.withdrawal_ends_on()) {
            (AwardState::Offered | AwardState::Active, Some(ended_on)) if today > ended_on => {
                Err(Refusal::WithdrawalTermOver { ended_on })
            }
            (AwardState::Offered | AwardState::Active, _) => {
                if tranches.into_iter().any(TrancheState::is_released) {
                    return Err(Refusal::MoneyAlreadyReleased {});
                }
                self.state = AwardState::Withdrawn;
                Ok(self)
            }
            _ => Err(self.refuse(Operation::WithdrawAward)),
        }
    }

    /// Suspends until a date (Act 13; the date and the consequence must be named).
    ///
    /// # Errors
    /// When it is not active, or the date is past.
    pub fn suspend(mut self, until: NaiveDate, today: NaiveDate) -> Result<Self, Refusal> {
        if self.state != AwardState::Active {
            return Err(self.refuse(Operation::SuspendAward));
        }
        if until < today {
            return Err(Refusal::DateInPast { date: until });
        }
        self.state = AwardState::Suspended { until };
        Ok(self)
    }

    /// Resumes.
    ///
    /// # Errors
    /// [`Refusal::AwardNotSuspended`].
    pub fn resume(mut self) -> Result<Self, Refusal> {
        let AwardState::Suspended { .. } = self.state else {
            return Err(Refusal::AwardNotSuspended {});
        };
        self.state = AwardState::Active;
        Ok(self)
    }

    /// Ends for a change of circumstances (Act 10).
    ///
    /// # Errors
    /// When it is not in force.
    pub fn end(mut self) -> Result<Self, Refusal> {
        match self.state {
            AwardState::Active | AwardState::Suspended { .. } => {
                self.state = AwardState::Ended;
                Ok(self)
            }
            _ => Err(self.refuse(Operation::EndAward)),
        }
    }

    /// Whether costs of winding it down can be granted: it ended without anybody's fault (Act 10).
    ///
    /// # Errors
    /// [`Refusal::AwardNotReady`] or [`Refusal::AwardSuspended`].
    pub fn ensure_ended(&self) -> Result<(), Refusal> {
        match self.state {
            AwardState::Ended => Ok(()),
            _ => Err(self.refuse(Operation::GrantWindDown)),
        }
    }

    /// Cancels it as a whole for misuse or breach (Act 17), also after its work is over.
    ///
    /// # Errors
    /// When it is not in force, or closed.
    pub fn cancel(mut self) -> Result<Self, Refusal> {
        match self.state {
            AwardState::Active
            | AwardState::Suspended { .. }
            | AwardState::Completed
            | AwardState::Ended => {
                self.state = AwardState::Cancelled;
                Ok(self)
            }
            _ => Err(self.refuse(Operation::CancelAward)),
        }
    }

    /// Closes, as things stand by `facts`.
    ///
    /// # Errors
    /// As [`ClosureFacts::ensure_closable`].
    pub fn close(mut self, facts: &ClosureFacts) -> Result<Self, Refusal> {
        facts.ensure_closable()?;
        self.state = AwardState::Closed;
        Ok(self)
    }

    /// Completes: every one of its `milestones` is final, and its result is reported and accepted.
    /// What is paid from now on is paid after the determination.
    ///
    /// # Errors
    /// When it is not in force, [`Refusal::MilestonesNotFinal`] or
    /// [`Refusal::ResultReportNotAccepted`].
    pub fn complete(
        mut self,
        milestones: impl IntoIterator<Item = MilestoneStateCode>,
        result_accepted: bool,
    ) -> Result<Self, Refusal> {
        if self.state != AwardState::Active {
            return Err(self.refuse(Operation::CompleteAward));
        }
        if !milestones.into_iter().all(MilestoneStateCode::is_final) {
            return Err(Refusal::MilestonesNotFinal {});
        }
        if !result_accepted {
            return Err(Refusal::ResultReportNotAccepted {});
        }
        self.state = AwardState::Completed;
        Ok(self)
    }
}
