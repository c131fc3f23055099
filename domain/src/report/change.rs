//! Two reports compared: what became of each line between two instants.

use super::DisbursementStatementLine;
use crate::code::coded;

coded! {
    /// What became of a line of a report.
    pub enum ChangeKind {
        /// Only the later report has it: it was released, decided or planned.
        Added = "ADDED",
        /// It says something else: money moved on, or came back.
        Changed = "CHANGED",
        /// Only the earlier report has it: it was revoked, or lapsed.
        Reversed = "REVERSED",
    }
}

impl ChangeKind {
    /// What became of a line that says so in a report and in a later one; nothing where it is as it was.
    #[must_use]
    pub fn between<L: PartialEq>(before: Option<&L>, after: Option<&L>) -> Option<Self> {
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
pub enum Change<L> {
    /// Only the later report has it.
    Added(L),
    /// Both have it, and it says something else in the later one.
    Changed {
        /// What the earlier report says.
        before: Box<L>,
        /// What the later report says.
        after: L,
    },
    /// Only the earlier report has it.
    Reversed(L),
}

/// A line of the disbursement report that is not the same in a later one.
pub type DisbursementChange = Change<DisbursementStatementLine>;

impl<L: PartialEq> Change<L> {
    /// What became of a line that stands so in the two reports; nothing where it is as it was.
    #[must_use]
    pub fn between(before: Option<L>, after: Option<L>) -> Option<Self> {
        ChangeKind::between(before.as_ref(), after.as_ref())?;
        match (before, after) {
            (Some(before), Some(after)) => {
                let before = Box::new(before);
                Some(Self::Changed { before, after })
            }
            (None, after) => after.map(Self::Added),
            (before, None) => before.map(Self::Reversed),
        }
    }
}

impl<L> Change<L> {
    /// Its code.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::Added(_) => ChangeKind::Added,
            Self::Changed { .. } => ChangeKind::Changed,
            Self::Reversed(_) => ChangeKind::Reversed,
        }
    }

    /// The last that was said of it.
    #[must_use]
    pub const fn last(&self) -> &L {
        match self {
            Self::Added(line) | Self::Changed { after: line, .. } | Self::Reversed(line) => line,
        }
    }

    /// What the earlier report says.
    #[must_use]
    pub fn before(&self) -> Option<&L> {
        match self {
            Self::Added(_) => None,
            Self::Changed { before, .. } => Some(before),
            Self::Reversed(before) => Some(before),
        }
    }

    /// What the later report says.
    #[must_use]
    pub const fn after(&self) -> Option<&L> {
        match self {
            Self::Added(after) | Self::Changed { after, .. } => Some(after),
            Self::Reversed(_) => None,
        }
    }
}
