//! The account that a body is paid to, as versions.
//!
//! Swapping the account is the cheapest way to steal a payment. So a change is made by one person
//! and confirmed by another, who has called back on a contact that was on record before the change
//! (a contact that came with it would be the thief's), and for a time after that nothing is paid to
//! it. The version before stays in force until then; an instruction binds the version it was made
//! with.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::bank::{self, AccountNumber, BankCode, BranchCode, DepositKind, TransferKana};
use crate::calendar::jst_date;
use crate::code::coded;
use crate::id::PersonId;
use crate::refusal::Refusal;

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDetails {
    /// The bank.
    pub bank: BankCode,
    /// The branch.
    pub branch: BranchCode,
    /// The kind of account.
    pub deposit_kind: DepositKind,
    /// The account's number.
    pub number: AccountNumber,
    /// The holder, as banks write it.
    pub holder: TransferKana,
}

impl AccountDetails {
    /// Refuses an account at a bank or branch that does not exist.
    ///
    /// # Errors
    /// [`Refusal::BankUnknown`] or [`Refusal::BranchUnknown`].
    pub fn ensure_exists(&self) -> Result<(), Refusal> {
        bank::branch(self.bank, self.branch).map(|_| ())
    }
}

coded! {
    /// The state of a version of a payee account.
    pub enum PayeeAccountState {
        /// Proposed; not to be paid to.
        Proposed = "PROPOSED",
        /// Confirmed by another person after a call-back.
        Confirmed = "CONFIRMED",
        /// Rejected, with a reason.
        Rejected = "REJECTED",
    }
}

/// Who confirms an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmer {
    /// Who it is.
    pub person: PersonId,
    /// Whether they belong to the body that is paid, or did within the policy's conflict years.
    pub is_of_body: bool,
}

/// How a call-back was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallBack {
    /// Who of the body was called.
    pub called: PersonId,
    /// Since when it is on record that they are of the body; none when it is not, or when they were
    /// not of it from the change to the call.
    pub contact_known_since: Option<DateTime<Utc>>,
    /// The day of the call, in Japan.
    pub called_on: NaiveDate,
    /// What was said.
    pub note: String,
}

/// How a proposed version was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// Confirmed or rejected.
    pub state: PayeeAccountState,
}

/// One version of the account of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeeAccount {
    /// The version, from 1.
    pub version: u32,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// The answer, once there is one.
    pub answer: Option<Answer>,
}

impl PayeeAccount {
    /// Its state.
    #[must_use]
    pub fn state(&self) -> PayeeAccountState {
        self.answer
            .as_ref()
            .map_or(PayeeAccountState::Proposed, |answer| answer.state)
    }

    /// Confirms it after a call-back.
    ///
    /// # Errors
    /// [`Refusal::PayeeAccountAnswered`]; [`Refusal::SecondPersonRequired`] for who proposed it;
    /// [`Refusal::ConfirmerOfPayee`] for who is of the body that is paid;
    /// [`Refusal::CallBackToOneself`]; [`Refusal::ReasonRequired`] without a note;
    /// [`Refusal::CallBackContactNotKnown`] when the contact was not on record before the change;
    /// [`Refusal::CallBackBeforeChange`] or [`Refusal::DateInFuture`] for its day.
    pub fn confirm(
        self,
        by: Confirmer,
        call_back: &CallBack,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.ensure_confirmed_by(by)?;
        if call_back.called == by.person {
            return Err(Refusal::CallBackToOneself {});
        }
        self.ensure_called_back(call_back, now)?;
        Ok(self.answered(by.person, now, PayeeAccountState::Confirmed))
    }

    /// Rejects it. The body itself takes it back this way, whoever of it proposed it.
    ///
    /// # Errors
    /// [`Refusal::PayeeAccountAnswered`] or [`Refusal::ReasonRequired`].
    pub fn reject(self, by: PersonId, reason: &str, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.ensure_open()?;
        Refusal::require_reason(reason)?;
        Ok(self.answered(by, now, PayeeAccountState::Rejected))
    }

    fn ensure_open(&self) -> Result<(), Refusal> {
        match self.state() {
            PayeeAccountState::Proposed => Ok(()),
            state => Err(Refusal::PayeeAccountAnswered { state }),
        }
    }

    fn ensure_confirmed_by(&self, by: Confirmer) -> Result<(), Refusal> {
        self.ensure_open()?;
        if by.person == self.proposed_by {
            return Err(Refusal::SecondPersonRequired {});
        }
        if by.is_of_body {
            return Err(Refusal::ConfirmerOfPayee {});
        }
        Ok(())
    }

    fn ensure_called_back(&self, call: &CallBack, now: DateTime<Utc>) -> Result<(), Refusal> {
        Refusal::require_reason(&call.note)?;
        let known = call
            .contact_known_since
            .is_some_and(|since| since < self.proposed_at);
        if !known {
            return Err(Refusal::CallBackContactNotKnown {});
        }
        let proposed_on = jst_date(self.proposed_at);
        if call.called_on < proposed_on {
            return Err(Refusal::CallBackBeforeChange { proposed_on });
        }
        if call.called_on > jst_date(now) {
            return Err(Refusal::DateInFuture {
                date: call.called_on,
            });
        }
        Ok(())
    }

    fn answered(self, by: PersonId, at: DateTime<Utc>, state: PayeeAccountState) -> Self {
        Self {
            answer: Some(Answer { by, at, state }),
            ..self
        }
    }

    /// When it was confirmed.
    fn confirmed_at(&self) -> Option<DateTime<Utc>> {
        let confirmed = |answer: &&Answer| answer.state == PayeeAccountState::Confirmed;
        self.answer
            .as_ref()
            .filter(confirmed)
            .map(|answer| answer.at)
    }
}

/// The version in force at `at`: of those confirmed by then, the one confirmed last.
#[must_use]
pub fn in_force(versions: &[PayeeAccount], at: DateTime<Utc>) -> Option<&PayeeAccount> {
    let confirmed = versions
        .iter()
        .filter_map(|account| Some((account.confirmed_at()?, account)));
    confirmed
        .filter(|(since, _)| *since <= at)
        .max_by_key(|(since, account)| (*since, account.version))
        .map(|(_, account)| account)
}

/// Whether a body can be paid, as far as its account goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has named no account, or none that was not rejected.
    Missing,
    /// Its only account waits for confirmation.
    Unverified {
        /// The day on which it was proposed.
        since: NaiveDate,
    },
    /// The account in force was confirmed too recently.
    CoolingDown {
        /// The day of the confirmation.
        since: NaiveDate,
        /// The first day on which the cool-down is over at some hour.
        until: NaiveDate,
    },
    /// The account in force is another than the one that the payment is bound to.
    Changed {
        /// The day on which the other was confirmed.
        since: NaiveDate,
    },
    /// It can be paid.
    Ready,
}

/// How the accounts of a body stand at `now`, with a cool-down of `cool_down_hours`.
#[must_use]
pub fn standing(versions: &[PayeeAccount], now: DateTime<Utc>, cool_down_hours: u16) -> Standing {
    let Some(confirmed_at) = in_force(versions, now).and_then(PayeeAccount::confirmed_at) else {
        let mut proposed = versions
            .iter()
            .filter(|account| account.state() == PayeeAccountState::Proposed);
        return proposed
            .next_back()
            .map_or(Standing::Missing, |account| Standing::Unverified {
                since: jst_date(account.proposed_at),
            });
    };
    let over_at = confirmed_at
        .checked_add_signed(TimeDelta::hours(cool_down_hours.into()))
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    if now < over_at {
        Standing::CoolingDown {
            since: jst_date(confirmed_at),
            until: jst_date(over_at),
        }
    } else {
        Standing::Ready
    }
}

/// The same for a payment that is bound to the version `bound`.
#[must_use]
pub fn standing_of_bound(
    versions: &[PayeeAccount],
    bound: u32,
    now: DateTime<Utc>,
    cool_down_hours: u16,
) -> Standing {
    let other = in_force(versions, now).filter(|account| account.version != bound);
    match other.and_then(PayeeAccount::confirmed_at) {
        Some(since) => Standing::Changed {
            since: jst_date(since),
        },
        None => standing(versions, now, cool_down_hours),
    }
}
