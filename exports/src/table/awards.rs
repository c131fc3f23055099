//! The statement of awards: the five amounts, what was given up, and where what was paid is now.
//! `paid - returned - written off = advanced + granted + returnable`, by row and in total; the left
//! side is counted from the acts, the right side are balances of the ledger.

use std::borrow::Cow;

use domain::Coded;
use domain::report::{AwardStatementLine, ReportColumn};

use super::column::{Column, Reported};

impl Reported for AwardStatementLine {
    const NAME: &'static str = "awards";
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
        Column::text(ReportColumn::AwardState, |line| line.state.code().into()),
        Column::text(ReportColumn::Currency, |line| {
            line.amounts.decided.currency().code().into()
        }),
        Column::money(ReportColumn::Applied, |line| line.amounts.applied),
        Column::money(ReportColumn::Decided, |line| line.amounts.decided),
        Column::money(ReportColumn::Paid, |line| line.amounts.paid),
        Column::money(ReportColumn::Fixed, |line| line.amounts.fixed),
        Column::money(ReportColumn::Returned, |line| line.amounts.returned),
        Column::money(ReportColumn::WrittenOff, |line| line.amounts.written_off),
        Column::money(ReportColumn::Advanced, |line| line.advanced),
        Column::money(ReportColumn::Granted, |line| line.granted),
        Column::money(ReportColumn::Returnable, |line| line.returnable),
    ];
}
