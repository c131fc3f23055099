//! The award's own life, out of its row.

use domain::award::{Award, AwardState, AwardStateCode};

use super::{code, required};
use crate::entity::award::Model;
use crate::error::Error;

/// The award that `row` holds, with the withdrawal term of its policy, as last stored.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn award(row: &Model, withdrawal_days: u16) -> Result<Award, Error> {
    let state = match code::<AwardStateCode>(&row.state)? {
        AwardStateCode::Offered => AwardState::Offered,
        AwardStateCode::Active => AwardState::Active,
        AwardStateCode::Suspended => AwardState::Suspended {
            until: required(row.suspended_until, "suspended_until")?,
        },
        AwardStateCode::Completed => AwardState::Completed,
        AwardStateCode::Withdrawn => AwardState::Withdrawn,
        AwardStateCode::Ended => AwardState::Ended,
        AwardStateCode::Cancelled => AwardState::Cancelled,
        AwardStateCode::Closed => AwardState::Closed,
    };
    Ok(Award {
        state,
        decided_on: row.decided_on,
        notice_received_on: row.notice_received_on,
        withdrawal_days,
    })
}
