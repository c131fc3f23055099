//! Two disbursement reports compared: what became of each release between two instants.

use super::{DisbursementLine, DisbursementStatementLine};
use crate::code::coded;

coded! {
    /// What became of a line of the disbursement report.
    pub enum DisbursementChangeKind {
        /// It was released.
        Added = "ADDED",
        /// Its money moved on, or came back.
        Changed = "CHANGED",
        /// Its release was revoked.
        Reversed = "REVERSED",
    }
}

impl DisbursementChangeKind {
    /// What became of a line that says so in a report and in a later one; nothing where it is as it was.
    #[must_use]
    pub fn between(
        before: Option<&DisbursementLine>,
        after: Option<&DisbursementLine>,
    ) -> Option<Self> {
        match (before, after) {
            (None, None) => None,
            (None, Some(_)) => Some(Self::Added),
            (Some(_), None) => Some(Self::Reversed),
            (Some(before), Some(after)) => (before != after).then_some(Self::Changed),
        }
    }
}

/// A line that is not the same in a report and in a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisbursementChange {
    /// Only the later report has it.
    Added(DisbursementStatementLine),
    /// Both have it, and it says something else in the later one.
    Changed {
        /// What the earlier report says.
        before: Box<DisbursementStatementLine>,
        /// What the later report says.
        after: DisbursementStatementLine,
    },
    /// Only the earlier report has it.
    Reversed(DisbursementStatementLine),
}

impl DisbursementChange {
    /// What became of a release that stands so in the two reports; nothing where it is as it was. What
    /// its body is called is no change: a report says it as it is now.
    #[must_use]
    pub fn between(
        before: Option<DisbursementStatementLine>,
        after: Option<DisbursementStatementLine>,
    ) -> Option<Self> {
        let lines = [&before, &after].map(|line| line.as_ref().map(|line| &line.line));
        DisbursementChangeKind::between(lines[0], lines[1])?;
        match (before, after) {
            (None, None) => None,
            (None, Some(after)) => Some(Self::Added(after)),
            (Some(before), None) => Some(Self::Reversed(before)),
            (Some(before), Some(after)) => {
                let before = Box::new(before);
                Some(Self::Changed { before, after })
            }
        }
    }

    /// Its code.
    #[must_use]
    pub const fn kind(&self) -> DisbursementChangeKind {
        match self {
            Self::Added(_) => DisbursementChangeKind::Added,
            Self::Changed { .. } => DisbursementChangeKind::Changed,
            Self::Reversed(_) => DisbursementChangeKind::Reversed,
        }
    }

    /// The last that was said of the release.
    #[must_use]
    pub const fn last(&self) -> &DisbursementStatementLine {
        match self {
            Self::Added(line) | Self::Changed { after: line, .. } | Self::Reversed(line) => line,
        }
    }

    /// What the earlier report says.
    #[must_use]
    pub const fn before(&self) -> Option<&DisbursementLine> {
        match self {
            Self::Added(_) => None,
            Self::Changed { before, .. } => Some(&before.line),
            Self::Reversed(before) => Some(&before.line),
        }
    }

    /// What the later report says.
    #[must_use]
    pub const fn after(&self) -> Option<&DisbursementLine> {
        match self {
            Self::Added(after) | Self::Changed { after, .. } => Some(&after.line),
            Self::Reversed(_) => None,
        }
    }
}
