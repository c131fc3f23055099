//! What stands between a tranche and its release.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::code::coded;

coded! {
    /// An unmet condition of a tranche.
    pub enum BlockerCode {
        /// Its milestone has not passed its gate on the seal.
        GateNotPassed = "GATE_NOT_PASSED",
        /// The rows no longer say what was sealed.
        SealMismatch = "SEAL_MISMATCH",
        /// A conflict that was learned late took the quorum or the outcome of its gate away.
        GateUnfounded = "GATE_UNFOUNDED",
        /// The gate of an earlier milestone was voided.
        EarlierGateVoided = "EARLIER_GATE_VOIDED",
        /// The award is not in a state in which this kind of tranche is paid.
        AwardState = "AWARD_STATE",
        /// The award may still be withdrawn (Act 9), or its notice is not recorded.
        WithdrawalTermRunning = "WITHDRAWAL_TERM_RUNNING",
        /// The tranche's money is not committed for its budget year.
        NotCommittedForYear = "NOT_COMMITTED_FOR_YEAR",
        /// The money of its budget year may no longer be spent (Public Finance Act 42).
        YearClosed = "YEAR_CLOSED",
        /// Payment on estimate needs the reference of the consultation (Accounts Act 22).
        ConsultationReferenceMissing = "CONSULTATION_REFERENCE_MISSING",
        /// More would be paid than was decided.
        DecidedLimit = "DECIDED_LIMIT",
        /// The tranche is withheld.
        Withheld = "WITHHELD",
        /// The amount of the award is not determined (Act 15).
        AmountNotDetermined = "AMOUNT_NOT_DETERMINED",
        /// The authority has not decided on the costs of winding down (Act 10).
        WindDownUndecided = "WIND_DOWN_UNDECIDED",
        /// A report that is due is not accepted.
        ReportNotAccepted = "REPORT_NOT_ACCEPTED",
        /// Too little of the earlier money was used.
        EarlierMoneyUnused = "EARLIER_MONEY_UNUSED",
        /// The body has named no payee account.
        PayeeAccountMissing = "PAYEE_ACCOUNT_MISSING",
        /// No payee account is verified.
        PayeeAccountUnverified = "PAYEE_ACCOUNT_UNVERIFIED",
        /// The payee account was changed too recently.
        PayeeAccountCoolingDown = "PAYEE_ACCOUNT_COOLING_DOWN",
        /// The account in force is another than the one that the payment is bound to.
        PayeeAccountChanged = "PAYEE_ACCOUNT_CHANGED",
        /// The same body owes a return (Act 20).
        ReturnUnpaid = "RETURN_UNPAID",
    }
}

impl BlockerCode {
    /// Who can clear it; nobody for what only time clears, nor for what nothing does.
    #[must_use]
    pub const fn cleared_by(self) -> Option<Role> {
        match self {
            Self::GateNotPassed | Self::GateUnfounded => Some(Role::Director),
            Self::AwardState | Self::NotCommittedForYear => Some(Role::Director),
            Self::ConsultationReferenceMissing | Self::DecidedLimit => Some(Role::Director),
            Self::AmountNotDetermined | Self::WindDownUndecided => Some(Role::Director),
            Self::SealMismatch | Self::EarlierGateVoided => Some(Role::Officer),
            Self::Withheld | Self::PayeeAccountUnverified | Self::PayeeAccountChanged => {
                Some(Role::FinancePreparer)
            }
            // Of a report that was handed in it is the Officer's to accept it.
            Self::ReportNotAccepted
            | Self::EarlierMoneyUnused
            | Self::ReturnUnpaid
            | Self::PayeeAccountMissing => Some(Role::Representative),
            Self::WithdrawalTermRunning | Self::PayeeAccountCoolingDown | Self::YearClosed => None,
        }
    }
}

/// An unmet condition of one tranche.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Blocker {
    /// Which condition.
    pub code: BlockerCode,
    /// Who can clear it; nobody for what only time clears.
    pub cleared_by: Option<Role>,
    /// The day since which it stands; of what nobody has done yet, the day since which the tranche waits
    /// as it is. None is on record of rows that were changed beside the commands
    /// ([`BlockerCode::SealMismatch`]), nor of an award that was never told of
    /// ([`BlockerCode::WithdrawalTermRunning`]).
    pub since: Option<NaiveDate>,
    /// The day on which time clears it, where it does.
    pub until: Option<NaiveDate>,
}

impl Blocker {
    /// The blocker with this code, standing since `since`.
    #[must_use]
    pub const fn since(code: BlockerCode, since: Option<NaiveDate>) -> Self {
        Self {
            code,
            cleared_by: code.cleared_by(),
            since,
            until: None,
        }
    }
}
