//! The statement of envelopes. What came in is somewhere: `appropriated + carried in +
//! reinstated = available + committed + retained + released + carried out + lapsed`, by row and in total. The two columns
//! after those are no terms of the sum.

use std::borrow::Cow;

use domain::report::{EnvelopeLine, ReportColumn};

use super::column::{Column, Reported};

impl Reported for EnvelopeLine {
    const NAME: &'static str = "envelopes";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text(ReportColumn::Theme, |line| Cow::Borrowed(&line.theme_code)),
        Column::<Self>::integer(ReportColumn::BudgetYear, |line| {
            Some(line.fiscal_year.get().into())
        })
        .once(),
        Column::text(ReportColumn::Currency, |line| {
            line.figures.appropriated.currency().code().into()
        }),
        Column::money(ReportColumn::Appropriated, |line| line.figures.appropriated),
        Column::money(ReportColumn::CarriedIn, |line| line.figures.carried_in),
        Column::money(ReportColumn::Reinstated, |line| line.figures.reinstated),
        Column::money(ReportColumn::Available, |line| line.figures.available),
        Column::money(ReportColumn::Committed, |line| line.figures.committed),
        Column::money(ReportColumn::Retained, |line| line.figures.retained),
        Column::money(ReportColumn::Released, |line| line.figures.released),
        Column::money(ReportColumn::CarriedOut, |line| line.figures.carried_out),
        Column::money(ReportColumn::Lapsed, |line| line.figures.lapsed),
        Column::money(ReportColumn::Paid, |line| line.figures.paid),
        Column::money(ReportColumn::Decommitted, |line| line.figures.decommitted),
    ];
}
