//! What became of a theme's money in one fiscal year.
//!
//! Every figure is made of transfers, so that they add up, always and exactly:
//!
//! `appropriated + carried in + reinstated
//!     = available + committed + retained + released + carried out + lapsed`
//!
//! (what came in is still in the envelope, stands committed or held back for awards, became payable,
//! or left the year). `paid` is the part of `released` that arrived. `decommitted` came back into the
//! envelope and is no term of the sum: it is available again, or was committed again, or left.

use chrono::NaiveDate;

use crate::calendar::FiscalYear;
use crate::id::{EnvelopeId, ThemeId};
use crate::ledger::{AccountKind, TransferKind};
use crate::money::{Currency, Money, MoneyError};

/// Transfers of one kind that touch one kind of account of the theme and its awards in the year,
/// added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// What the transfers do.
    pub kind: TransferKind,
    /// The account that they touch.
    pub account: AccountKind,
    /// Whether they go into it, or out of it.
    pub is_into: bool,
    /// Whether they reverse others.
    pub is_reversal: bool,
    /// What they come to; above zero.
    pub amount: Money,
}

/// What became of a theme's money in one fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnvelopeFigures {
    /// What parliament appropriated.
    pub appropriated: Money,
    /// What came over from the year before.
    pub carried_in: Money,
    /// What came back of returns in time to be spent again (戻入); it stays in `paid`.
    pub reinstated: Money,
    /// What may still be committed.
    pub available: Money,
    /// What is committed to awards, and neither held back nor released.
    pub committed: Money,
    /// What is held back of awards until their determination.
    pub retained: Money,
    /// What was released and not revoked, the paid part included.
    pub released: Money,
    /// What of the released arrived and did not come back from the bank.
    pub paid: Money,
    /// What came back into the envelope from awards.
    pub decommitted: Money,
    /// What went over to the year after.
    pub carried_out: Money,
    /// What lapsed.
    pub lapsed: Money,
}

/// One line of the report on envelopes: a theme in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeLine {
    /// The envelope.
    pub envelope: EnvelopeId,
    /// The theme.
    pub theme: ThemeId,
    /// The theme's code.
    pub theme_code: String,
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// The day on which the year was closed, if it was.
    pub closed_on: Option<NaiveDate>,
    /// What became of its money.
    pub figures: EnvelopeFigures,
}

impl EnvelopeFigures {
    /// The accounts whose flows are asked for.
    pub const ACCOUNTS: &'static [AccountKind] = &[
        AccountKind::Envelope,
        AccountKind::Committed,
        AccountKind::Retained,
        AccountKind::Payable,
        AccountKind::InTransit,
    ];

    /// The figures of a year in which nothing moved.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            appropriated: zero,
            carried_in: zero,
            reinstated: zero,
            available: zero,
            committed: zero,
            retained: zero,
            released: zero,
            paid: zero,
            decommitted: zero,
            carried_out: zero,
            lapsed: zero,
        }
    }

    /// The same with one more flow.
    ///
    /// # Errors
    /// When a figure leaves the range of money, or the flow is in another currency.
    pub fn with(mut self, flow: &Flow) -> Result<Self, MoneyError> {
        // In its own direction a flow counts; its reversal comes the other way and takes it back.
        let counts = |figure: Money, when_into: bool| {
            if flow.is_into == when_into {
                figure.plus(flow.amount)
            } else {
                figure.minus(flow.amount)
            }
        };
        match flow.account {
            AccountKind::Envelope => self.available = counts(self.available, true)?,
            AccountKind::Committed => self.committed = counts(self.committed, true)?,
            AccountKind::Retained => self.retained = counts(self.retained, true)?,
            _ => {}
        }
        match (flow.kind, flow.account) {
            (TransferKind::Appropriate, AccountKind::Envelope) => {
                self.appropriated = counts(self.appropriated, true)?;
            }
            (TransferKind::Reinstate, AccountKind::Envelope) => {
                self.reinstated = counts(self.reinstated, true)?;
            }
            (TransferKind::Lapse, AccountKind::Envelope) => {
                self.lapsed = counts(self.lapsed, false)?;
            }
            (TransferKind::Decommit, AccountKind::Envelope) => {
                self.decommitted = counts(self.decommitted, true)?;
            }
            (
                TransferKind::Release | TransferKind::ReleaseRetention | TransferKind::Revoke,
                AccountKind::Committed | AccountKind::Retained,
            ) => self.released = counts(self.released, false)?,
            // Both sides are the same kind of account, of two years.
            (TransferKind::CarryOver, _) if flow.is_into == flow.is_reversal => {
                self.carried_out = counts(self.carried_out, false)?;
            }
            (TransferKind::CarryOver, _) => self.carried_in = counts(self.carried_in, true)?,
            (TransferKind::SettleEstimate | TransferKind::SettleFinal, AccountKind::InTransit)
            | (TransferKind::SetOffPay | TransferKind::BankReturn, AccountKind::Payable) => {
                self.paid = counts(self.paid, false)?;
            }
            _ => {}
        }
        Ok(self)
    }

    /// What was ever committed to awards and did not come back: what still stands, is held back or
    /// was released.
    ///
    /// # Errors
    /// When the sum leaves the range of money.
    pub fn granted(&self) -> Result<Money, MoneyError> {
        self.committed.plus(self.retained)?.plus(self.released)
    }
}
