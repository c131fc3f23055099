//! The payment calendar: every tranche that has not lapsed, when its payment is planned, and how far the money
//! has come. What is paid comes in total to what the ledger has.

use std::borrow::Cow;

use domain::Coded;
use domain::report::{PaymentCalendarLine, ReportColumn};

use super::column::{Column, Reported};

impl Reported for PaymentCalendarLine {
    const NAME: &'static str = "payment-calendar";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text(ReportColumn::AwardNumber, |line| {
            Cow::Borrowed(&line.award_number)
        }),
        Column::text(ReportColumn::Theme, |line| Cow::Borrowed(&line.theme_code)),
        Column::text(ReportColumn::BodyIdentifier, |line| {
            Cow::Borrowed(&line.body.identifier)
        }),
        Column::text(ReportColumn::BodyName, |line| {
            Cow::Borrowed(&line.body.name)
        }),
        Column::integer(ReportColumn::TrancheOrdinal, |line| {
            Some(line.ordinal.into())
        }),
        Column::text(ReportColumn::TrancheKind, |line| line.kind.code().into()),
        Column::integer(ReportColumn::BudgetYear, |line| {
            Some(line.budget_year.get().into())
        }),
        Column::date(ReportColumn::PlannedOn, |line| line.planned_on),
        Column::text(ReportColumn::TrancheState, |line| line.state.code().into()),
        Column::text(ReportColumn::Currency, |line| {
            line.amount.currency().code().into()
        }),
        Column::money(ReportColumn::Amount, |line| line.amount),
        Column::money(ReportColumn::Paid, |line| line.paid),
        Column::date(ReportColumn::ValueOn, |line| line.value_on),
    ];
}
