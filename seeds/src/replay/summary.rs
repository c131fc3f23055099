//! What a replay came to: every row of the file is applied or reported, by code, and the books say
//! the same.

use std::collections::BTreeMap;
use std::fmt;

use domain::Refusal;
use domain::report::ReportedRow;

use super::ReplayOptions;
use super::books::{Books, Difference};
use super::history::History;
use super::row::Row;
use super::run::refusal_code;

/// The result of a replay. Written out, it holds no time, id or path: the same file gives the same
/// text, on every machine and on every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaySummary {
    /// Where the history comes from.
    pub source: String,
    /// Rows in the file.
    pub rows_read: u64,
    /// Rows that were applied, now or by an earlier run.
    pub applied: u64,
    /// Rows that were not, in the order of the file.
    pub reported: Vec<ReportedRow>,
    /// Awards that the rows have made.
    pub awards: u64,
    /// What followed an applied row and was refused (a release, an award's end), by code.
    pub refused_after: BTreeMap<&'static str, u64>,
    /// What the run told.
    pub told: Books,
    /// Where the books disagree; empty when everything is in order.
    pub differences: Vec<Difference>,
}

impl ReplaySummary {
    /// What the first pass came to.
    pub(super) fn begin(options: &ReplayOptions, history: &History) -> Self {
        Self {
            source: options.source.clone(),
            rows_read: history.rows_read,
            applied: 0,
            reported: history.reported.clone(),
            awards: 0,
            refused_after: BTreeMap::new(),
            told: Books::empty(options),
            differences: Vec::new(),
        }
    }

    /// A row against which a rule stands.
    pub(super) fn report(&mut self, row: &Row, refusal: &Refusal) {
        self.reported.push(row.reported(refusal_code(refusal)));
    }

    /// What was refused after an applied row.
    pub(super) fn note(&mut self, code: Option<&'static str>) {
        if let Some(code) = code {
            *self.refused_after.entry(code).or_insert(0) += 1;
        }
    }

    /// Rows that are applied or reported.
    #[must_use]
    pub fn rows_done(&self) -> u64 {
        self.applied + u64::try_from(self.reported.len()).unwrap_or(u64::MAX)
    }

    /// Puts the reported rows in the order of the file, and compares with the books.
    pub(super) fn finish(&mut self, found: &Books) {
        self.reported.sort_unstable();
        self.differences = self.told.differences(found);
    }

    /// Reported rows by code.
    #[must_use]
    pub fn by_code(&self) -> BTreeMap<&str, u64> {
        let mut codes = BTreeMap::new();
        for row in &self.reported {
            *codes.entry(row.code.as_str()).or_insert(0) += 1;
        }
        codes
    }

    /// Whether the rows add up and the books agree.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.rows_done() == self.rows_read && self.differences.is_empty()
    }

    /// The applied part of the rows, in tenths of a percent, cut off.
    #[must_use]
    pub fn applied_per_mille(&self) -> u64 {
        (self.applied * 1_000)
            .checked_div(self.rows_read)
            .unwrap_or(0)
    }
}

impl fmt::Display for ReplaySummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, what: &str, count: &dyn fmt::Display| {
            writeln!(f, "  {what:<34} {count:>16}")
        };
        writeln!(f, "実績データの再現 / Replayed history: {}", self.source)?;
        line(f, "rows read", &self.rows_read)?;
        line(f, "rows applied", &self.applied)?;
        line(f, "rows reported", &self.reported.len())?;
        for (code, count) in self.by_code() {
            line(f, &format!("  {code}"), &count)?;
        }
        let share = self.applied_per_mille();
        let percent = format!("{}.{} %", share / 10, share % 10);
        line(f, "applied share", &percent)?;
        line(f, "awards", &self.awards)?;
        for (figure, value) in self.told.figures() {
            line(f, &figure, &value)?;
        }
        for (code, count) in &self.refused_after {
            line(f, &format!("refused after an applied row: {code}"), count)?;
        }
        for Difference {
            figure,
            told,
            found,
        } in &self.differences
        {
            writeln!(f, "  DIFFERS {figure}: told {told}, found {found}")?;
        }
        if self.is_in_order() {
            writeln!(
                f,
                "  読込行＝適用行＋報告行、台帳と状態に一致 / rows add up, ledger and states agree"
            )
        } else {
            writeln!(f, "  不一致あり / SOMETHING DOES NOT ADD UP")
        }
    }
}
