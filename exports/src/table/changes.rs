//! Two disbursement reports compared. Each amount stands once as the earlier report has it and once as
//! the later one has it, nothing where it has none: the columns' totals differ by what the two reports'
//! totals differ by.

use std::borrow::Cow;

use domain::report::{DisbursementChange, DisbursementLine, ReportColumn};
use domain::tranche::TrancheState;
use domain::{Coded, Money};

use super::column::{Column, Reported};
use super::disbursements::paid;

type Line<'a> = Option<&'a DisbursementLine>;

fn amount(
    change: &DisbursementChange,
    line: Line<'_>,
    part: fn(&DisbursementLine) -> Money,
) -> Money {
    let currency = change.last().line.amount.currency();
    line.map_or(Money::zero(currency), part)
}

fn state(line: Line<'_>) -> Cow<'static, str> {
    line.map_or("", |line| TrancheState::code(line.state))
        .into()
}

impl Reported for DisbursementChange {
    const NAME: &'static str = "disbursement-changes";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text(ReportColumn::Change, |change| change.kind().code().into()),
        Column::text(ReportColumn::AwardNumber, |change| {
            Cow::Borrowed(&change.last().line.award_number)
        }),
        Column::text(ReportColumn::Theme, |change| {
            Cow::Borrowed(&change.last().line.theme_code)
        }),
        Column::text(ReportColumn::BodyIdentifier, |change| {
            Cow::Borrowed(&change.last().body.identifier)
        }),
        Column::text(ReportColumn::BodyName, |change| {
            Cow::Borrowed(&change.last().body.name)
        }),
        Column::integer(ReportColumn::TrancheOrdinal, |change| {
            Some(change.last().line.ordinal.into())
        }),
        Column::text(ReportColumn::TrancheKind, |change| {
            change.last().line.kind.code().into()
        }),
        Column::integer(ReportColumn::BudgetYear, |change| {
            Some(change.last().line.budget_year.get().into())
        }),
        Column::text(ReportColumn::TrancheStateBefore, |change| {
            state(change.before())
        }),
        Column::text(ReportColumn::TrancheState, |change| state(change.after())),
        Column::text(ReportColumn::Currency, |change| {
            change.last().line.amount.currency().code().into()
        }),
        Column::money(ReportColumn::AmountBefore, |change| {
            amount(change, change.before(), |line| line.amount)
        }),
        Column::money(ReportColumn::Amount, |change| {
            amount(change, change.after(), |line| line.amount)
        }),
        Column::money(ReportColumn::PayableBefore, |change| {
            amount(change, change.before(), |line| line.payable)
        }),
        Column::money(ReportColumn::Payable, |change| {
            amount(change, change.after(), |line| line.payable)
        }),
        Column::money(ReportColumn::InTransitBefore, |change| {
            amount(change, change.before(), |line| line.in_transit)
        }),
        Column::money(ReportColumn::InTransit, |change| {
            amount(change, change.after(), |line| line.in_transit)
        }),
        Column::money(ReportColumn::PaidBefore, |change| {
            amount(change, change.before(), paid)
        }),
        Column::money(ReportColumn::Paid, |change| {
            amount(change, change.after(), paid)
        }),
        Column::date(ReportColumn::ValueDateBefore, |change| {
            change.before().map(|line| line.value_date)
        }),
        Column::date(ReportColumn::ValueDate, |change| {
            change.after().map(|line| line.value_date)
        }),
        Column::text(ReportColumn::ReleaseId, |change| {
            change.last().line.release.to_string().into()
        }),
    ];
}
