//! The disbursement report. Each amount stands once more in the columns of where it is now, so that
//! the columns add up to the amount by row and in total, and to the ledger's accounts.

use std::borrow::Cow;

use domain::report::{DisbursementLine, DisbursementStatementLine, ReportColumn};
use domain::{Coded, Money};

use super::column::{Column, Reported};

/// What arrived. Lines of a report are in one currency; one that is not comes to nothing.
fn paid(line: &DisbursementLine) -> Money {
    let zero = Money::zero(line.amount.currency());
    line.paid().unwrap_or(zero)
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
        Column::<Self>::integer(ReportColumn::BudgetYear, |line| {
            Some(line.line.budget_year.get().into())
        })
        .once(),
        Column::text(ReportColumn::TrancheState, |line| {
            line.line.state.code().into()
        }),
        Column::text(ReportColumn::Currency, |line| {
            line.line.amount.currency().code().into()
        }),
        Column::money(ReportColumn::Amount, |line| line.line.amount),
        // What is in a batch, or came back from the bank, waits to be sent.
        Column::money(ReportColumn::Payable, |line| line.line.payable),
        Column::money(ReportColumn::InTransit, |line| line.line.in_transit),
        Column::money(ReportColumn::Paid, |line| paid(&line.line)),
        Column::date(ReportColumn::ValueDate, |line| Some(line.line.value_date)),
        Column::instant(ReportColumn::ReleasedAt, |line| line.line.released_at),
        Column::text(ReportColumn::ReleaseId, |line| {
            line.line.release.to_string().into()
        }),
    ];
}
