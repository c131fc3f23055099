//! What is taken away in files, and what becomes of a file under way.

use crate::code::coded;

coded! {
    /// A file that is taken away.
    pub enum ExportKind {
        /// Every release that stands, and how far its money has come.
        Disbursements = "DISBURSEMENTS",
        /// What became of each release between two instants.
        DisbursementChanges = "DISBURSEMENT_CHANGES",
        /// Every account that was ever moved.
        TrialBalance = "TRIAL_BALANCE",
        /// What became of each theme's money in each fiscal year.
        Envelopes = "ENVELOPES",
        /// The awards with their five amounts.
        Awards = "AWARDS",
        /// Every tranche of the awards: when it is planned, and how far its money has come.
        PaymentCalendar = "PAYMENT_CALENDAR",
        /// The books, for a double-entry program.
        Ledger = "LEDGER",
        /// The awards as open data, for the public.
        Grants = "GRANTS",
        /// A notice of an act, or the record of a gate.
        Notice = "NOTICE",
        /// A batch of payments, for a bank.
        PaymentBatch = "PAYMENT_BATCH",
    }
}

coded! {
    /// What became of a file under way.
    pub enum ExportState {
        /// It is being written.
        Running = "RUNNING",
        /// It was written to its end and taken.
        Done = "DONE",
        /// It broke off: nobody has the whole of it.
        Aborted = "ABORTED",
    }
}

impl ExportKind {
    /// Its name in addresses, on the command line and in the names of files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disbursements => "disbursements",
            Self::DisbursementChanges => "disbursement-changes",
            Self::TrialBalance => "trial-balance",
            Self::Envelopes => "envelopes",
            Self::Awards => "awards",
            Self::PaymentCalendar => "payment-calendar",
            Self::Ledger => "ledger",
            Self::Grants => "grants",
            Self::Notice => "notice",
            Self::PaymentBatch => "payment-batch",
        }
    }

    /// Whether its rows are of one theme each, so that it can be taken of some themes alone. What the books
    /// of the programme are made of, and what is published of it, is whole or nothing.
    #[must_use]
    pub const fn is_by_theme(self) -> bool {
        matches!(
            self,
            Self::Disbursements
                | Self::DisbursementChanges
                | Self::Envelopes
                | Self::Awards
                | Self::PaymentCalendar
        )
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        use crate::code::Coded;
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
