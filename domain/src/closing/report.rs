//! Reports that the recipient owes: their due dates, and their way to acceptance.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Costs, TaxCredit};
use crate::access::Role;
use crate::calculation::{Calculation, Steps};
use crate::calendar::{FiscalYear, result_report_due, year_end_report_due};
use crate::code::coded;
use crate::money::{Currency, Money};
use crate::refusal::Refusal;

coded! {
    /// What a report is about.
    pub enum ReportKind {
        /// How the project stands (Act 12).
        Status = "STATUS",
        /// How the project stood at the end of a fiscal year (Act 14).
        YearEnd = "YEAR_END",
        /// What came of the project (Act 14).
        Result = "RESULT",
        /// The consumption tax credited, also when it is none.
        TaxCredit = "TAX_CREDIT",
    }
}

impl ReportKind {
    /// Whether the amount of a year is determined from what it states as spent (Acts 14 and 15). A
    /// status report tells how the money is being used, not what the year has cost.
    #[must_use]
    pub const fn closes_year(self) -> bool {
        matches!(self, Self::YearEnd | Self::Result)
    }
}

coded! {
    /// The state of a report.
    pub enum ReportStateCode {
        /// Not handed in.
        Draft = "DRAFT",
        /// Handed in.
        Submitted = "SUBMITTED",
        /// A correction is ordered (Act 16).
        CorrectionOrdered = "CORRECTION_ORDERED",
        /// Accepted.
        Accepted = "ACCEPTED",
    }
}

/// The state of a report with its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Not handed in.
    Draft,
    /// Handed in.
    Submitted {
        /// The day on which it arrived.
        on: NaiveDate,
    },
    /// A correction is ordered.
    CorrectionOrdered,
    /// Accepted.
    Accepted {
        /// The day on which the accepted version arrived.
        submitted_on: NaiveDate,
    },
}

impl ReportState {
    /// The state's code.
    #[must_use]
    pub const fn code(self) -> ReportStateCode {
        match self {
            Self::Draft => ReportStateCode::Draft,
            Self::Submitted { .. } => ReportStateCode::Submitted,
            Self::CorrectionOrdered => ReportStateCode::CorrectionOrdered,
            Self::Accepted { .. } => ReportStateCode::Accepted,
        }
    }
}

/// What sets the day on which a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportTerm {
    /// A status report is due when the authority says so (Act 12).
    Status {
        /// That day.
        prescribed: NaiveDate,
    },
    /// A year-end report is due on 10 April after the year.
    YearEnd {
        /// The year.
        year: FiscalYear,
    },
    /// A result report is due a month after completion, at the latest on 10 April.
    Result {
        /// The day of completion, or of the ending.
        completed_on: NaiveDate,
    },
    /// A tax credit report is due on the day that the grant's conditions or the policy set, also when it
    /// is zero.
    TaxCredit {
        /// That day.
        due_on: NaiveDate,
    },
}

impl ReportTerm {
    /// The term of a report that is asked for by a day.
    ///
    /// # Errors
    /// [`Refusal::ReportOwedByLaw`] for a kind that nobody has to ask for, [`Refusal::DateInPast`].
    pub fn prescribed(
        kind: ReportKind,
        due_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Refusal> {
        if due_on < today {
            return Err(Refusal::DateInPast { date: due_on });
        }
        match kind {
            ReportKind::Status => Ok(Self::Status { prescribed: due_on }),
            ReportKind::TaxCredit => Ok(Self::TaxCredit { due_on }),
            ReportKind::YearEnd | ReportKind::Result => Err(Refusal::ReportOwedByLaw { kind }),
        }
    }

    /// The kind of the report.
    #[must_use]
    pub const fn kind(self) -> ReportKind {
        match self {
            Self::Status { .. } => ReportKind::Status,
            Self::YearEnd { .. } => ReportKind::YearEnd,
            Self::Result { .. } => ReportKind::Result,
            Self::TaxCredit { .. } => ReportKind::TaxCredit,
        }
    }

    /// The day on which it is due.
    #[must_use]
    pub fn due_on(self) -> NaiveDate {
        match self {
            Self::Status { prescribed: due_on } | Self::TaxCredit { due_on } => due_on,
            Self::YearEnd { year } => year_end_report_due(year),
            Self::Result { completed_on } => result_report_due(completed_on),
        }
    }
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportContent {
    /// What is told.
    pub narrative: String,
    /// What was spent in the budget year.
    pub expenditure: Option<Costs>,
    /// The consumption tax credited, be it none.
    pub tax_credit: Option<TaxCredit>,
}

impl ReportContent {
    /// Whether a report of this kind may say this: a year-end and a result report state what was
    /// spent, a tax credit report states the credit and nothing else does.
    ///
    /// # Errors
    /// [`Refusal::ReasonRequired`] without a text, [`Refusal::ReportContentUnfit`], or
    /// [`Refusal::CurrencyMismatch`].
    pub fn ensure_fits(&self, kind: ReportKind, currency: Currency) -> Result<(), Refusal> {
        Refusal::require_reason(&self.narrative)?;
        let fits = match kind {
            ReportKind::Status => self.tax_credit.is_none(),
            ReportKind::YearEnd | ReportKind::Result => {
                self.expenditure.is_some() && self.tax_credit.is_none()
            }
            ReportKind::TaxCredit => self.expenditure.is_none() && self.tax_credit.is_some(),
        };
        if !fits {
            return Err(Refusal::ReportContentUnfit { kind });
        }
        if let Some(costs) = &self.expenditure {
            costs.total().compare(Money::zero(currency))?;
        }
        if let Some(credit) = &self.tax_credit {
            credit
                .compute(&mut Steps::default())?
                .compare(Money::zero(currency))?;
        }
        Ok(())
    }
}

/// A report that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub kind: ReportKind,
    /// The day on which it is first due.
    pub due_on: NaiveDate,
    /// The day on which the corrected report is due, once a correction was ordered.
    pub correction_due_on: Option<NaiveDate>,
    /// How far it is.
    pub state: ReportState,
}

impl Report {
    /// A report that nobody has handed in yet.
    #[must_use]
    pub fn owed(term: ReportTerm) -> Self {
        Self {
            kind: term.kind(),
            due_on: term.due_on(),
            correction_due_on: None,
            state: ReportState::Draft,
        }
    }

    /// The place, among `reports` of one kind on one year in the order of their due days, of the one of
    /// which whatever is handed in is a version: the first that is not accepted, or else the last.
    #[must_use]
    pub fn next_of(reports: &[Self]) -> Option<usize> {
        let is_open = |report: &Self| report.state.code() != ReportStateCode::Accepted;
        let open = reports.iter().position(is_open);
        open.or_else(|| reports.len().checked_sub(1))
    }

    /// Hands it in, or hands a corrected one in. The day is that of the server's receipt.
    ///
    /// # Errors
    /// [`Refusal::ReportAlreadySubmitted`] or [`Refusal::ReportAlreadyAccepted`].
    pub fn submit(self, on: NaiveDate) -> Result<Self, Refusal> {
        match self.state {
            ReportState::Draft | ReportState::CorrectionOrdered => {
                Ok(self.with(ReportState::Submitted { on }))
            }
            ReportState::Submitted { .. } => Err(Refusal::ReportAlreadySubmitted {}),
            ReportState::Accepted { .. } => Err(Refusal::ReportAlreadyAccepted {}),
        }
    }

    /// Orders a correction until `due_on` (Act 16), with its reason (Act 21-2).
    ///
    /// # Errors
    /// The state's own; [`Refusal::ReasonRequired`]; [`Refusal::DateInPast`].
    pub fn order_correction(
        self,
        reason: &str,
        due_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Refusal> {
        self.arrived_on()?;
        Refusal::require_reason(reason)?;
        if due_on < today {
            return Err(Refusal::DateInPast { date: due_on });
        }
        Ok(Self {
            correction_due_on: Some(due_on),
            ..self.with(ReportState::CorrectionOrdered)
        })
    }

    /// Accepts it.
    ///
    /// # Errors
    /// [`Refusal::ReportNotSubmitted`], [`Refusal::ReportCorrectionPending`] or
    /// [`Refusal::ReportAlreadyAccepted`].
    pub fn accept(self) -> Result<Self, Refusal> {
        let submitted_on = self.arrived_on()?;
        Ok(self.with(ReportState::Accepted { submitted_on }))
    }

    /// Of `reports`, the first due one that is not accepted.
    #[must_use]
    pub fn first_open(reports: impl IntoIterator<Item = Self>) -> Option<Self> {
        let open = reports
            .into_iter()
            .filter(|report| report.awaited_of().is_some());
        open.min_by_key(|report| (report.due_on, report.state.code()))
    }

    /// Whose move it is: the body's until it is handed in, and again once its correction is ordered,
    /// the office's while it waits for an answer; nobody's once it is accepted.
    #[must_use]
    pub const fn awaited_of(&self) -> Option<Role> {
        match self.state {
            ReportState::Draft | ReportState::CorrectionOrdered => Some(Role::Representative),
            ReportState::Submitted { .. } => Some(Role::Officer),
            ReportState::Accepted { .. } => None,
        }
    }

    /// Whether it stands against a payment on `today`: it was due and is not accepted.
    #[must_use]
    pub fn is_outstanding(&self, today: NaiveDate) -> bool {
        !matches!(self.state, ReportState::Accepted { .. }) && today > self.due_on
    }

    /// By how many days it is late on `today`, or was when it arrived; zero in time. A corrected
    /// report has the time that the correction gave.
    #[must_use]
    pub fn late_days(&self, today: NaiveDate) -> i64 {
        let arrived_on = match self.state {
            ReportState::Draft | ReportState::CorrectionOrdered => today,
            ReportState::Submitted { on } => on,
            ReportState::Accepted { submitted_on } => submitted_on,
        };
        let due_on = self.correction_due_on.unwrap_or(self.due_on);
        (arrived_on - due_on).num_days().max(0)
    }

    /// The day on which what waits for an answer arrived.
    fn arrived_on(&self) -> Result<NaiveDate, Refusal> {
        match self.state {
            ReportState::Submitted { on } => Ok(on),
            ReportState::Draft => Err(Refusal::ReportNotSubmitted {}),
            ReportState::CorrectionOrdered => Err(Refusal::ReportCorrectionPending {
                due_on: self.correction_due_on.unwrap_or(self.due_on),
            }),
            ReportState::Accepted { .. } => Err(Refusal::ReportAlreadyAccepted {}),
        }
    }

    const fn with(mut self, state: ReportState) -> Self {
        self.state = state;
        self
    }
}
