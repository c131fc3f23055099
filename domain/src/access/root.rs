//! The roots: what a command locks before it decides, and what has an audit chain of its own.

use crate::code::coded;

coded! {
    /// The kind of thing that has an audit chain of its own.
    pub enum RootKind {
        /// A programme.
        Programme = "PROGRAMME",
        /// A theme.
        Theme = "THEME",
        /// A person.
        Person = "PERSON",
        /// A body.
        Organization = "ORGANIZATION",
        /// A theme's money of one fiscal year.
        Envelope = "ENVELOPE",
        /// An award.
        Award = "AWARD",
        /// A payment batch.
        Batch = "BATCH",
    }
}
