//! The lines of the statements that an auditor takes away: whose money it is, by name, so that the
//! file can be read without this program.

use chrono::NaiveDate;

use super::DisbursementLine;
use crate::award::AwardStateCode;
use crate::calendar::FiscalYear;
use crate::closing::FiveAmounts;
use crate::ledger::{Account, Transfer};
use crate::money::Money;
use crate::tranche::{TrancheKind, TrancheState};

/// An applicant body as a report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedBody {
    /// Its corporate number, or its identifier in another scheme.
    pub identifier: String,
    /// Its name.
    pub name: String,
}

/// A line of the disbursement report with the body's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisbursementStatementLine {
    /// The line.
    pub line: DisbursementLine,
    /// The applicant body.
    pub body: ReportedBody,
}

/// An account with the name of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAccount {
    /// The account.
    pub account: Account,
    /// Its owner's own name among owners of the kind: the code of a programme or theme, the number
    /// of an award, the corporate number of a payer.
    pub owner: String,
}

/// A line of the trial balance: an account that was ever moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalanceLine {
    /// The account.
    pub account: NamedAccount,
    /// What came into it.
    pub debits: Money,
    /// What left it.
    pub credits: Money,
    /// What is in it.
    pub balance: Money,
}

/// What an account holds at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingBalance {
    /// The account.
    pub account: NamedAccount,
    /// The day; every transfer with a value date up to it counts.
    pub on: NaiveDate,
    /// What is in it then.
    pub balance: Money,
}

/// A transfer with the names of the owners on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTransfer {
    /// The transfer.
    pub transfer: Transfer,
    /// The name of the owner of the account that it leaves.
    pub from_owner: String,
    /// The name of the owner of the account that it goes into.
    pub to_owner: String,
}

/// A line of the statement of awards. What was paid is somewhere:
/// `paid - returned - written off = advanced + granted + returnable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardStatementLine {
    /// The award's number.
    pub award_number: String,
    /// The theme's code.
    pub theme_code: String,
    /// The applicant body.
    pub body: ReportedBody,
    /// The award's state.
    pub state: AwardStateCode,
    /// The five amounts, and what was given up.
    pub amounts: FiveAmounts,
    /// The balance of its account for payments on estimate.
    pub advanced: Money,
    /// The balance of its account for what it may keep.
    pub granted: Money,
    /// The balance of its account for what it is to return.
    pub returnable: Money,
}

/// A line of the payment calendar: a tranche that has not lapsed, when its payment is planned, and how far the
/// money has come. What stands against a payment, and when it is expected then, is no part of it: that is
/// known only of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentCalendarLine {
    /// The award's number.
    pub award_number: String,
    /// The theme's code.
    pub theme_code: String,
    /// The applicant body.
    pub body: ReportedBody,
    /// The tranche's place in the award, from 1.
    pub ordinal: u16,
    /// What is paid for.
    pub kind: TrancheKind,
    /// The fiscal year whose budget pays.
    pub budget_year: FiscalYear,
    /// When its payment is planned ([`TrancheKind::planned_on`]); none where no day is said.
    pub planned_on: Option<NaiveDate>,
    /// How far the money has come, as the disbursement report says it.
    pub state: TrancheState,
    /// How much is paid or can still be.
    pub amount: Money,
    /// How much of it arrived, or was kept for a debt.
    pub paid: Money,
    /// The day on which the bank is to pay, once it is in a payment batch; the day on which it was paid, once
    /// it is.
    pub value_on: Option<NaiveDate>,
}
