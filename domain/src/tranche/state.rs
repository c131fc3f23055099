//! Kinds and states of tranches.

use chrono::NaiveDate;

use crate::access::Operation;
use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::ledger::AccountKind;
use crate::refusal::Refusal;

coded! {
    /// What a tranche is paid for.
    pub enum TrancheKind {
        /// Paid at the start.
        Advance = "ADVANCE",
        /// Paid for a passed milestone.
        Milestone = "MILESTONE",
        /// Held back until the amount is determined.
        Retention = "RETENTION",
        /// The rest, after the determination.
        Final = "FINAL",
        /// The costs of winding down after an ending (Act 10).
        WindDown = "WIND_DOWN",
    }
}

coded! {
    /// The state of a tranche.
    pub enum TrancheState {
        /// Not released yet.
        Planned = "PLANNED",
        /// Released: payable.
        Released = "RELEASED",
        /// In a payment batch.
        Instructed = "INSTRUCTED",
        /// Handed to the bank; not yet paid.
        Sent = "SENT",
        /// Arrived.
        Settled = "SETTLED",
        /// Returned by the bank.
        Bounced = "BOUNCED",
        /// Withheld, with a reason.
        Withheld = "WITHHELD",
        /// Its money went back; nothing more will be paid.
        Lapsed = "LAPSED",
    }
}

impl TrancheKind {
    /// The account in which the money of a tranche of this kind waits for its release.
    #[must_use]
    pub const fn held_in(self) -> AccountKind {
        match self {
            Self::Retention => AccountKind::Retained,
            Self::Advance | Self::Milestone | Self::Final | Self::WindDown => {
                AccountKind::Committed
            }
        }
    }
}

impl TrancheKind {
    /// The day for which the payment of a tranche of this kind is planned where no milestone says it: of an
    /// advance the day on which it was decided, of what waits for a determination the last day of the plan.
    /// For the costs of winding down no day is planned.
    #[must_use]
    pub const fn planned_on(self, decided_on: NaiveDate, last_day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Advance => Some(decided_on),
            Self::Retention | Self::Final => Some(last_day),
            Self::Milestone | Self::WindDown => None,
        }
    }
}

/// The budget years of a tranche: they differ once its year was determined and it was carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrancheYears {
    /// The year whose budget pays it.
    pub paid_out_of: FiscalYear,
    /// The year whose determination it belongs to.
    pub settles: FiscalYear,
}

impl TrancheYears {
    /// Its years after a carry-over of a tranche of this kind into the next year. What waits for the
    /// determination of its year goes on settling it when that `is_determined`; anything else belongs to
    /// the determination of the year into which it is carried.
    #[must_use]
    pub fn carried_over(self, kind: TrancheKind, is_determined: bool) -> Self {
        let is_settlement = kind.waits_for_determination() && is_determined;
        let paid_out_of = self.paid_out_of.next();
        Self {
            settles: if self.is_late() || is_settlement {
                self.settles
            } else {
                paid_out_of
            },
            paid_out_of,
        }
    }

    /// Whether a later year pays it than the one that it settles.
    #[must_use]
    pub fn is_late(self) -> bool {
        self.settles != self.paid_out_of
    }
}

impl TrancheState {
    /// Whether its money still waits for a release.
    #[must_use]
    pub const fn is_unreleased(self) -> bool {
        matches!(self, Self::Planned | Self::Withheld)
    }

    /// Releases a planned tranche.
    ///
    /// # Errors
    /// [`Refusal::TrancheAlreadyReleased`] or [`Refusal::TrancheNotReady`].
    pub fn release(self) -> Result<Self, Refusal> {
        match self {
            Self::Planned => Ok(Self::Released),
            Self::Released | Self::Instructed | Self::Sent | Self::Settled | Self::Bounced => {
                Err(Refusal::TrancheAlreadyReleased {})
            }
            Self::Withheld | Self::Lapsed => Err(self.refuse(Operation::ReleaseTranche)),
        }
    }

    /// Takes a release back, also one whose money the bank returned: it is in the house again.
    ///
    /// # Errors
    /// [`Refusal::TrancheNotReleased`], or [`Refusal::TrancheAlreadyInstructed`] while it is on its
    /// way and once it arrived.
    pub fn revoke(self) -> Result<Self, Refusal> {
        match self {
            Self::Released | Self::Bounced => Ok(Self::Planned),
            Self::Planned | Self::Withheld | Self::Lapsed => Err(Refusal::TrancheNotReleased {}),
            Self::Instructed | Self::Sent | Self::Settled => {
                Err(Refusal::TrancheAlreadyInstructed {})
            }
        }
    }

    /// Takes back what is left of a release after a set-off: what was kept of it stays paid (Act 20).
    ///
    /// # Errors
    /// As [`revoke`](Self::revoke).
    pub fn revoke_rest(self) -> Result<Self, Refusal> {
        self.revoke()?;
        Ok(Self::Settled)
    }

    /// Takes a released tranche, or one whose payment bounced, into a payment batch. Where it goes
    /// from there is where its instruction goes
    /// ([`InstructionState::tranche`](crate::payment::InstructionState::tranche)).
    ///
    /// # Errors
    /// [`Refusal::TrancheNotReleased`] or [`Refusal::TrancheAlreadyInstructed`].
    pub fn instruct(self) -> Result<Self, Refusal> {
        match self {
            Self::Released | Self::Bounced => Ok(Self::Instructed),
            Self::Planned | Self::Withheld | Self::Lapsed => Err(Refusal::TrancheNotReleased {}),
            Self::Instructed | Self::Sent | Self::Settled => {
                Err(Refusal::TrancheAlreadyInstructed {})
            }
        }
    }

    /// Takes what is payable for a debt of the body's (Act 20): the tranche is paid once `is_whole`.
    ///
    /// # Errors
    /// [`Refusal::TrancheNotReleased`] or [`Refusal::TrancheAlreadyInstructed`].
    pub fn set_off(self, is_whole: bool) -> Result<Self, Refusal> {
        self.instruct()?;
        Ok(if is_whole { Self::Settled } else { self })
    }

    /// Withholds a planned tranche; a released one is revoked first.
    ///
    /// # Errors
    /// [`Refusal::TrancheAlreadyReleased`] or [`Refusal::TrancheNotReady`].
    pub fn withhold(self) -> Result<Self, Refusal> {
        match self {
            Self::Planned => Ok(Self::Withheld),
            Self::Released | Self::Instructed | Self::Sent | Self::Settled | Self::Bounced => {
                Err(Refusal::TrancheAlreadyReleased {})
            }
            Self::Withheld | Self::Lapsed => Err(self.refuse(Operation::WithholdTranche)),
        }
    }

    /// Puts a withheld tranche back.
    ///
    /// # Errors
    /// [`Refusal::TrancheNotReady`].
    pub fn restore(self) -> Result<Self, Refusal> {
        match self {
            Self::Withheld => Ok(Self::Planned),
            _ => Err(self.refuse(Operation::RestoreTranche)),
        }
    }

    /// Lets it lapse: its money goes back.
    ///
    /// # Errors
    /// [`Refusal::TrancheAlreadyReleased`] or [`Refusal::TrancheNotReady`].
    pub fn lapse(self) -> Result<Self, Refusal> {
        match self {
            Self::Planned | Self::Withheld => Ok(Self::Lapsed),
            Self::Lapsed => Err(self.refuse(Operation::LapseTranche)),
            Self::Released | Self::Instructed | Self::Sent | Self::Settled | Self::Bounced => {
                Err(Refusal::TrancheAlreadyReleased {})
            }
        }
    }

    /// Lets it lapse at the close of its budget year, whose money may be spent until `close_out`.
    ///
    /// # Errors
    /// As [`lapse`](Self::lapse); [`Refusal::YearStillOpen`] until that day has passed.
    pub fn lapse_after(self, close_out: NaiveDate, today: NaiveDate) -> Result<Self, Refusal> {
        let after = self.lapse()?;
        if today <= close_out {
            return Err(Refusal::YearStillOpen { until: close_out });
        }
        Ok(after)
    }

    /// Whether its money can be carried over: it still waits for a release.
    ///
    /// # Errors
    /// [`Refusal::TrancheAlreadyReleased`] or [`Refusal::TrancheNotReady`].
    pub fn ensure_carriable(self) -> Result<(), Refusal> {
        match self {
            Self::Planned | Self::Withheld => Ok(()),
            Self::Lapsed => Err(self.refuse(Operation::CarryOverTranche)),
            Self::Released | Self::Instructed | Self::Sent | Self::Settled | Self::Bounced => {
                Err(Refusal::TrancheAlreadyReleased {})
            }
        }
    }

    /// Whether its money is with the bank or has arrived. One that came back is in the house again.
    #[must_use]
    pub const fn is_paid_out(self) -> bool {
        matches!(self, Self::Sent | Self::Settled)
    }

    /// Whether it was released and the release was not taken back.
    #[must_use]
    pub const fn is_released(self) -> bool {
        match self {
            Self::Released | Self::Instructed | Self::Sent | Self::Settled | Self::Bounced => true,
            Self::Planned | Self::Withheld | Self::Lapsed => false,
        }
    }

    fn refuse(self, operation: Operation) -> Refusal {
        Refusal::TrancheNotReady {
            operation,
            state: self,
        }
    }
}
