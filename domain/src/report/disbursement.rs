//! The disbursement report: of every release how much it is and how far its money has come.
//!
//! A line is a release that stands; what is not released, or whose release was revoked, is no line.
//! A line's state is not read from the tranche but derived from the dated transfers of its release and
//! of its payments that stand: it is where its money is by what they come to. Money in transit is sent;
//! money payable is released, or bounced where a payment came back; all else has arrived. So a report as
//! of an instant says the same for ever, and its totals are the ledger's. That a tranche is in a payment
//! batch moves no money and does not show here.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::id::{AwardId, OrganizationId, ReleaseId, ThemeId, TrancheId};
use crate::ledger::TransferKind;
use crate::money::{Money, MoneyError};
use crate::tranche::{TrancheKind, TrancheState};

coded! {
    /// What the lines of a disbursement report are gathered by.
    pub enum DisbursementKey {
        /// By theme.
        Theme = "THEME",
        /// By the fiscal year whose budget pays.
        BudgetYear = "BUDGET_YEAR",
        /// By award.
        Award = "AWARD",
        /// By applicant body.
        Organization = "ORGANIZATION",
        /// By what is paid for.
        Kind = "KIND",
        /// By how far the money has come.
        State = "STATE",
    }
}

/// What a transfer does with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// The release's money moves on; the tranche is in this state by it.
    To(TrancheState),
    /// The release's money goes back to where it was released from.
    Back,
    /// It moves no release's money.
    Elsewhere,
}

impl TransferKind {
    /// What a transfer of this kind does with a release.
    #[must_use]
    pub const fn passage(self) -> Passage {
        match self {
            Self::Release | Self::ReleaseRetention => Passage::To(TrancheState::Released),
            Self::Send => Passage::To(TrancheState::Sent),
            // What was kept for a debt of the body's is paid, too (Act 20).
            Self::SettleEstimate | Self::SettleFinal | Self::SetOffPay => {
                Passage::To(TrancheState::Settled)
            }
            Self::Bounce | Self::BankReturn => Passage::To(TrancheState::Bounced),
            Self::Revoke => Passage::Back,
            Self::Appropriate
            | Self::Commit
            | Self::Retain
            | Self::Fix
            | Self::Decommit
            | Self::CarryOver
            | Self::Lapse
            | Self::OrderReturn
            | Self::Repay
            | Self::Rescind
            | Self::WriteOff
            | Self::Levy
            | Self::Collect
            | Self::Waive
            | Self::SetOffApply
            | Self::Receive
            | Self::Apply
            | Self::Refund
            | Self::Reinstate => Passage::Elsewhere,
        }
    }
}

/// One line of the report: a release that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisbursementLine {
    /// The release.
    pub release: ReleaseId,
    /// The award.
    pub award: AwardId,
    /// The award's number.
    pub award_number: String,
    /// The applicant body.
    pub organization: OrganizationId,
    /// The theme.
    pub theme: ThemeId,
    /// The theme's code.
    pub theme_code: String,
    /// The tranche.
    pub tranche: TrancheId,
    /// The tranche's place in the award, from 1.
    pub ordinal: u16,
    /// What is paid for.
    pub kind: TrancheKind,
    /// The fiscal year whose budget pays.
    pub budget_year: FiscalYear,
    /// How far the money has come.
    pub state: TrancheState,
    /// The amount.
    pub amount: Money,
    /// How much of it waits to be sent, also what came back from the bank.
    pub payable: Money,
    /// How much of it is on its way.
    pub in_transit: Money,
    /// The day on which the latest movement into that state counts as cash.
    pub value_date: NaiveDate,
    /// When it was released.
    pub released_at: DateTime<Utc>,
}

impl DisbursementLine {
    /// How much of it arrived, or was kept for a debt: what is nowhere on the way.
    ///
    /// # Errors
    /// When the parts are of other currencies than the whole.
    pub fn paid(&self) -> Result<Money, MoneyError> {
        self.amount.minus(self.payable)?.minus(self.in_transit)
    }
}

/// Lines that have the same keys, added up. A key that was not asked for is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisbursementGroup {
    /// The theme.
    pub theme: Option<ThemeId>,
    /// The fiscal year whose budget pays.
    pub budget_year: Option<FiscalYear>,
    /// The award.
    pub award: Option<AwardId>,
    /// The applicant body.
    pub organization: Option<OrganizationId>,
    /// What is paid for.
    pub kind: Option<TrancheKind>,
    /// How far the money has come.
    pub state: Option<TrancheState>,
    /// What the lines come to.
    pub total: DisbursementTotal,
}

/// How many lines, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisbursementTotal {
    /// How many lines.
    pub lines: i64,
    /// Their amounts, added up.
    pub amount: Money,
}

/// The report, gathered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DisbursementReport {
    /// The groups, in the order of their keys.
    pub groups: Vec<DisbursementGroup>,
    /// What the groups come to, one total for each currency.
    pub totals: Vec<DisbursementTotal>,
}

impl DisbursementReport {
    /// The report of these groups.
    ///
    /// # Errors
    /// When a total leaves the range of money.
    pub fn of(mut groups: Vec<DisbursementGroup>) -> Result<Self, MoneyError> {
        groups.sort_by_key(|group| {
            let keys = (group.theme, group.budget_year, group.award);
            let currency = group.total.amount.currency();
            (keys, group.organization, group.kind, group.state, currency)
        });
        let mut totals: Vec<DisbursementTotal> = Vec::new();
        for DisbursementGroup { total: part, .. } in &groups {
            let currency = part.amount.currency();
            match totals
                .iter_mut()
                .find(|total| total.amount.currency() == currency)
            {
                Some(total) => {
                    total.lines = total.lines.saturating_add(part.lines);
                    total.amount = total.amount.plus(part.amount)?;
                }
                None => totals.push(*part),
            }
        }
        Ok(Self { groups, totals })
    }
}
