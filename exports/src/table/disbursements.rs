//! The disbursement report. Each amount stands once more in the column of where it is now, so that
//! the columns add up to the amount by row and in total, and to the ledger's accounts.

use std::borrow::Cow;

use domain::report::{DisbursementStatementLine, ReportColumn};
use domain::tranche::TrancheState;
use domain::{Coded, Money};

use super::column::{Column, Reported};

type Line = DisbursementStatementLine;

/// The amount where its state is one of `states`, else nothing.
fn in_states(line: &Line, states: &[TrancheState]) -> Money {
    let amount = line.line.amount;
    if states.contains(&line.line.state) {
        amount
    } else {
        Money::zero(amount.currency())
    }
}

impl Reported for DisbursementStatementLine {
    const NAME: &'static str = "disbursements";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text(ReportColumn::AwardNumber, |line| {
            Cow::Borrowed(&line.line.award_number)
        }),
        Column::text(ReportColumn::Theme, |line| {
            Cow::Borrowed(&line.line.theme_code)
        }),
        Column::text(ReportColumn::BodyIdentifier, |line| {
            Cow::Borrowed(&line.body.identifier)
        }),
        Column::text(ReportColumn::BodyName, |line| {
            Cow::Borrowed(&line.body.name)
        }),
        Column::integer(ReportColumn::TrancheOrdinal, |line| {
            Some(line.line.ordinal.into())
        }),
        Column::text(ReportColumn::TrancheKind, |line| {
            line.line.kind.code().into()
        }),
        Column::integer(ReportColumn::BudgetYear, |line| {
            Some(line.line.budget_year.get().into())
        }),
        Column::text(ReportColumn::TrancheState, |line| {
            line.line.state.code().into()
        }),
        Column::text(ReportColumn::Currency, |line| {
            line.line.amount.currency().code().into()
        }),
        Column::money(ReportColumn::Amount, |line| line.line.amount),
        // What is in a batch, or came back from the bank, waits to be sent.
        Column::money(ReportColumn::Payable, |line| {
            use TrancheState::{Bounced, Instructed, Released};
            in_states(line, &[Released, Instructed, Bounced])
        }),
        Column::money(ReportColumn::InTransit, |line| {
            in_states(line, &[TrancheState::Sent])
        }),
        Column::money(ReportColumn::Paid, |line| {
            in_states(line, &[TrancheState::Settled])
        }),
        Column::date(ReportColumn::ValueDate, |line| Some(line.line.value_date)),
        Column::instant(ReportColumn::ReleasedAt, |line| line.line.released_at),
        Column::text(ReportColumn::ReleaseId, |line| {
            line.line.release.to_string().into()
        }),
    ];
}
