//! The columns of a table in which the bank's answers are brought.

use crate::code::coded;

coded! {
    /// A column of a table of the bank's answers.
    pub enum AnswerColumn {
        /// What the bank names the payment by.
        Reference = "REFERENCE",
        /// The amount of which the bank speaks.
        Amount = "AMOUNT",
        /// The currency, ISO 4217; that of the programme where a table has no such column.
        Currency = "CURRENCY",
        /// The day on which the bank booked it.
        ValueDate = "VALUE_DATE",
        /// Whether it arrived or came back.
        Result = "RESULT",
        /// Why it came back.
        ReturnReason = "RETURN_REASON",
        /// The bank's own words for that.
        ReturnText = "RETURN_TEXT",
    }
}

impl AnswerColumn {
    /// Whether every table has it.
    #[must_use]
    pub const fn is_required(self) -> bool {
        match self {
            Self::Reference | Self::Amount | Self::ValueDate | Self::Result => true,
            Self::Currency | Self::ReturnReason | Self::ReturnText => false,
        }
    }
}
