//! The closed table of transfer kinds: what may move money from where to where.

use super::AccountKind;
use super::AccountKind::{
    Advanced, Appropriation, ChargesLevied, ChargesReceivable, Committed, Envelope, Granted,
    InTransit, Payable, Retained, Returnable, Treasury, Unapplied, WrittenOff,
};
use crate::code::coded;

coded! {
    /// What a transfer does.
    pub enum TransferKind {
        /// Parliament's money becomes a theme's envelope.
        Appropriate = "APPROPRIATE",
        /// Envelope money is committed to an award.
        Commit = "COMMIT",
        /// Committed money is held back until the determination.
        Retain = "RETAIN",
        /// Committed money becomes payable: a tranche is released.
        Release = "RELEASE",
        /// Retained money becomes payable.
        ReleaseRetention = "RELEASE_RETENTION",
        /// A release is revoked before it was sent.
        Revoke = "REVOKE",
        /// A payment is handed to the bank.
        Send = "SEND",
        /// The bank returned a payment on its way.
        Bounce = "BOUNCE",
        /// A payment on estimate arrived.
        SettleEstimate = "SETTLE_ESTIMATE",
        /// A payment after its determination arrived.
        SettleFinal = "SETTLE_FINAL",
        /// An advance is covered by a determination (Act 15).
        Fix = "FIX",
        /// The bank returned a payment that had arrived.
        BankReturn = "BANK_RETURN",
        /// Committed or retained money goes back to the envelope.
        Decommit = "DECOMMIT",
        /// Money is carried over to the next year.
        CarryOver = "CARRY_OVER",
        /// An envelope's rest lapses.
        Lapse = "LAPSE",
        /// A return is ordered (Acts 17 and 18).
        OrderReturn = "ORDER_RETURN",
        /// A return is paid.
        Repay = "REPAY",
        /// A return order is rescinded.
        Rescind = "RESCIND",
        /// A return is given up.
        WriteOff = "WRITE_OFF",
        /// A surcharge or late charge is levied (Act 19).
        Levy = "LEVY",
        /// A charge is collected.
        Collect = "COLLECT",
        /// A charge is waived.
        Waive = "WAIVE",
        /// What is due is kept for what the body owes (Act 20).
        SetOffPay = "SET_OFF_PAY",
        /// What the body owes is met by what was kept.
        SetOffApply = "SET_OFF_APPLY",
        /// A payer's money arrives, not yet applied.
        Receive = "RECEIVE",
        /// Received money is applied to what was owed.
        Apply = "APPLY",
        /// Received money is paid back.
        Refund = "REFUND",
        /// A principal that came back in time goes back into the envelope that paid it.
        Reinstate = "REINSTATE",
    }
}

coded! {
    /// Why committed money goes back to the envelope.
    pub enum DecommitReason {
        /// The award was withdrawn (Act 9).
        Withdrawal = "WITHDRAWAL",
        /// A milestone passed in part.
        Partial = "PARTIAL",
        /// A milestone failed.
        NoGo = "NO_GO",
        /// The plan was changed.
        PlanChange = "PLAN_CHANGE",
        /// The decision was modified on application (Act 7).
        Act7 = "ACT_7",
        /// The decision was modified or the award ended for circumstances (Act 10).
        Act10 = "ACT_10",
        /// The award was cancelled for misuse or breach (Act 17).
        Act17 = "ACT_17",
        /// The amount was determined below what was committed (Act 15).
        Fixing = "FIXING",
        /// The budget year closed.
        YearEnd = "YEAR_END",
    }
}

impl TransferKind {
    /// Whether it may move money in a budget year that is closed: what the bank returns late comes back
    /// into the year that it was paid from; from there it is revoked, goes back and lapses.
    #[must_use]
    pub const fn may_move_in_closed_year(self) -> bool {
        matches!(
            self,
            Self::BankReturn | Self::Revoke | Self::Decommit | Self::Lapse
        )
    }

    /// Every way in which this kind moves money: (from, to).
    #[must_use]
    pub const fn sides(self) -> &'static [(AccountKind, AccountKind)] {
        match self {
            Self::Appropriate => &[(Appropriation, Envelope)],
            Self::Commit => &[(Envelope, Committed)],
            Self::Retain => &[(Committed, Retained)],
            Self::Release => &[(Committed, Payable)],
            Self::ReleaseRetention => &[(Retained, Payable)],
            Self::Revoke => &[(Payable, Committed), (Payable, Retained)],
            Self::Send => &[(Payable, InTransit)],
            Self::Bounce => &[(InTransit, Payable)],
            Self::SettleEstimate => &[(InTransit, Advanced)],
            Self::SettleFinal => &[(InTransit, Granted)],
            Self::Fix => &[(Advanced, Granted)],
            Self::BankReturn => &[(Advanced, Payable), (Granted, Payable)],
            Self::Decommit => &[(Committed, Envelope), (Retained, Envelope)],
            Self::CarryOver => &[
                (Envelope, Envelope),
                (Committed, Committed),
                (Retained, Retained),
            ],
            Self::Lapse => &[(Envelope, Appropriation)],
            Self::OrderReturn => &[(Advanced, Returnable), (Granted, Returnable)],
            Self::Repay => &[(Returnable, Treasury)],
            Self::Rescind => &[(Returnable, Advanced), (Returnable, Granted)],
            Self::WriteOff => &[(Returnable, WrittenOff)],
            Self::Levy => &[(ChargesLevied, ChargesReceivable)],
            Self::Collect => &[(ChargesReceivable, Treasury)],
            Self::Waive => &[(ChargesReceivable, ChargesLevied)],
            Self::SetOffPay => &[(Payable, Treasury)],
            Self::SetOffApply => &[
                (Returnable, Advanced),
                (Returnable, Granted),
                (ChargesReceivable, Advanced),
                (ChargesReceivable, Granted),
            ],
            Self::Receive => &[(Unapplied, Treasury)],
            Self::Apply => &[(Returnable, Unapplied), (ChargesReceivable, Unapplied)],
            Self::Refund => &[(Treasury, Unapplied)],
            Self::Reinstate => &[(Treasury, Envelope)],
        }
    }
}
