//! Money that was repaid in time goes back into the envelope that paid it (返納金の戻入: Accounts Act 9,
//! proviso).
//!
//! What is repaid belongs to the State's revenue. Where the policy says so, the principal may be spent
//! again until the close-out of the year that paid it; charges are revenue always. It is a movement of its
//! own, beside the one that pays the return: whichever way the return was paid, it is returned alike.

use chrono::NaiveDate;

use super::Movement;
use crate::calendar::FiscalYear;
use crate::id::{ProgrammeId, ThemeId};
use crate::ledger::{Account, RecordKind, TransferKind};
use crate::money::Money;
use crate::policy::Policy;

/// Principal that came back, and what decides where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reinstatement<'a> {
    /// The programme to whose treasury it was paid.
    pub programme: ProgrammeId,
    /// The theme whose envelope had paid it.
    pub theme: ThemeId,
    /// The budget year out of which it was paid.
    pub budget_year: FiscalYear,
    /// Whether that year is closed for the theme.
    pub is_closed: bool,
    /// The day on which it arrived.
    pub received_on: NaiveDate,
    /// The policy in force. What becomes of money that is the State's again is no part of what an award
    /// was promised, so it is not the award's.
    pub policy: &'a Policy,
}

impl Reinstatement<'_> {
    /// What putting `principal` back into the envelope moves; none where it stays in the treasury.
    #[must_use]
    pub fn movement(&self, principal: Money) -> Option<Movement> {
        let last_day = self.budget_year.close_out_date(self.policy.close_out);
        if !self.policy.repay_to_budget || self.is_closed || self.received_on > last_day {
            return None;
        }
        let currency = principal.currency();
        let sides = (
            Account::treasury(self.programme, currency),
            Account::envelope(self.theme, self.budget_year, currency),
        );
        let kind = TransferKind::Reinstate;
        Movement::of(RecordKind::Receipt, kind, sides, principal)
    }
}
