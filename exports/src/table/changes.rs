//! Two reports compared. What never changes in a line stands once; every other value stands once as the
//! earlier report has it and once as the later one has it. Of a line that one of them does not have, its
//! amounts are nothing: the columns' totals differ by what the two reports' totals differ by.

use std::borrow::Cow;

use domain::report::{Change, ReportColumn};
use domain::{Coded, Money};

use super::column::{Cell, Column, Reported, Tabular};

impl<L: Reported> Tabular for Change<L> {
    fn name() -> Cow<'static, str> {
        format!("{}-changes", L::NAME).into()
    }

    fn keys() -> Vec<ReportColumn> {
        let of_lines = L::COLUMNS.iter().flat_map(|column| {
            let before = earlier(column);
            before.into_iter().chain([column.key()])
        });
        [ReportColumn::Change].into_iter().chain(of_lines).collect()
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells = vec![Cell::Text(self.kind().code().into())];
        for column in L::COLUMNS {
            let last = column.cell(self.last());
            if earlier(column).is_none() {
                cells.push(last);
                continue;
            }
            for line in [self.before(), self.after()] {
                cells.push(line.map_or_else(|| nothing(&last), |line| column.cell(line)));
            }
        }
        cells
    }
}

/// The column of the same value as the earlier report has it; none where the line never changes in it.
fn earlier<L>(column: &Column<L>) -> Option<ReportColumn> {
    column.key().before().filter(|_| !column.stands_once())
}

/// What a line that is not there says in the column of `last`.
fn nothing(last: &Cell<'_>) -> Cell<'static> {
    match last {
        Cell::Money(amount) => Cell::Money(Money::zero(amount.currency())),
        _ => Cell::Empty,
    }
}
