//! What stands against closing a budget year.

use chrono::NaiveDate;

use crate::access::Role;
use crate::code::coded;
use crate::id::AwardId;
use crate::money::Money;

coded! {
    /// Something that stands against closing a budget year.
    pub enum YearEndBlockerCode {
        /// The year was closed before.
        AlreadyClosed = "ALREADY_CLOSED",
        /// Its money may still be spent.
        CloseOutNotReached = "CLOSE_OUT_NOT_REACHED",
        /// A year before it is still open.
        EarlierYearOpen = "EARLIER_YEAR_OPEN",
        /// Money was released and not sent.
        MoneyPayable = "MONEY_PAYABLE",
        /// Money was sent and the bank has not answered.
        MoneyInTransit = "MONEY_IN_TRANSIT",
    }
}

impl YearEndBlockerCode {
    /// Who can clear it; nobody for what only time clears, nor for what nothing does.
    #[must_use]
    pub const fn cleared_by(self) -> Option<Role> {
        match self {
            Self::AlreadyClosed | Self::CloseOutNotReached => None,
            Self::EarlierYearOpen => Some(Role::Director),
            Self::MoneyPayable | Self::MoneyInTransit => Some(Role::FinancePreparer),
        }
    }
}

/// Something that stands against closing a budget year, with who can clear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEndBlocker {
    /// What.
    pub code: YearEndBlockerCode,
    /// Who can clear it.
    pub cleared_by: Option<Role>,
    /// The last day on which it stands, where time clears it.
    pub until: Option<NaiveDate>,
    /// The award whose money it is, and how much, where it is an award's.
    pub held: Option<(AwardId, Money)>,
}

impl YearEndBlocker {
    /// The blocker with this code, of the year as a whole.
    #[must_use]
    pub const fn of(code: YearEndBlockerCode) -> Self {
        Self {
            code,
            cleared_by: code.cleared_by(),
            until: None,
            held: None,
        }
    }
}
