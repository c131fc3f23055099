//! The payment calendar of an award.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use domain::report::PaymentCalendarLine as Line;
use domain::tranche::{TrancheKind, TrancheState};

use super::Reading;
use crate::coded::Coded;
use crate::scalar::{Date, Money};

/// When the payments of an award are planned, and how far their money has come, as the file of the same name
/// says it.
#[derive(Debug, Clone, SimpleObject)]
pub struct PaymentCalendar {
    /// As of when it was read.
    #[graphql(flatten)]
    reading: Reading,
    /// A line of each tranche that has not lapsed, in the order of the tranches.
    lines: Vec<PaymentCalendarLine>,
}

/// A tranche, when its payment is planned, and how far its money has come.
#[derive(Debug, Clone, SimpleObject)]
pub struct PaymentCalendarLine {
    /// The tranche's place in the award, from 1.
    ordinal: u16,
    /// What is paid for.
    kind: Coded<TrancheKind>,
    /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
    budget_year: i32,
    /// When its payment is planned: of a milestone, the day on which it is due; null where no day is said.
    planned_on: Option<Date>,
    /// How far the money has come, as the disbursement report says it; before its release, whether it is
    /// withheld.
    state: Coded<TrancheState>,
    /// How much is paid or can still be.
    amount: Money,
    /// How much of it arrived, or was kept for a debt.
    paid: Money,
    /// The day on which the bank is to pay, once it has the payment; the day on which it was paid, once it is.
    /// Of a batch that may still be cancelled, only those who work on it know the day.
    value_on: Option<Date>,
}

impl PaymentCalendar {
    /// As it is shown.
    #[must_use]
    pub fn of(lines: &[Line], as_of: Option<DateTime<Utc>>) -> Self {
        Self {
            reading: Reading::of(as_of),
            lines: lines.iter().map(PaymentCalendarLine::of).collect(),
        }
    }
}

impl PaymentCalendarLine {
    fn of(line: &Line) -> Self {
        let is_with_bank = matches!(line.state, TrancheState::Sent | TrancheState::Settled);
        Self {
            ordinal: line.ordinal,
            kind: Coded(line.kind),
            budget_year: line.budget_year.get(),
            planned_on: line.planned_on.map(Date),
            state: Coded(line.state),
            amount: Money(line.amount),
            paid: Money(line.paid),
            value_on: line.value_on.filter(|_| is_with_bank).map(Date),
        }
    }
}
