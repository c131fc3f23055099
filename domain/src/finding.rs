//! What verification can find wrong in the books.

use crate::code::coded;

coded! {
    /// A way in which the rows contradict the rules or each other.
    pub enum FindingCode {
        /// A row cannot be read as what it should be.
        RowUnreadable = "ROW_UNREADABLE",
        /// A transfer is of a shape that the closed table does not know.
        TransferNotAllowed = "TRANSFER_NOT_ALLOWED",
        /// An account is below zero that may not be.
        AccountOverdrawn = "ACCOUNT_OVERDRAWN",
        /// A release has no transfer, more than one, or one of another amount.
        ReleaseTransferWrong = "RELEASE_TRANSFER_WRONG",
        /// A live release stands without a gate passed on its seal.
        ReleaseWithoutGate = "RELEASE_WITHOUT_GATE",
        /// A release's calculation does not give its amount when it is replayed.
        CalculationWrong = "CALCULATION_WRONG",
        /// A tranche is released by its state and not by its releases, or the other way round.
        TrancheStateWrong = "TRANCHE_STATE_WRONG",
        /// More is released of an award than was decided.
        ReleasedAboveDecided = "RELEASED_ABOVE_DECIDED",
        /// More is committed to an award in a year than its tranches still need.
        CommittedWithoutNeed = "COMMITTED_WITHOUT_NEED",
        /// A milestone is open although an earlier one is not resolved, or locked although all are.
        LockWrong = "LOCK_WRONG",
        /// A carry-over and its transfer do not agree.
        CarryOverWrong = "CARRY_OVER_WRONG",
        /// A closing of a budget year and its transfers do not agree, or it left money in the year.
        YearClosingWrong = "YEAR_CLOSING_WRONG",
        /// Money moved in a budget year after it was closed.
        ClosedYearMoved = "CLOSED_YEAR_MOVED",
        /// A submission's rows no longer say what was sealed.
        SealMismatch = "SEAL_MISMATCH",
        /// A gate was decided without a quorum, or its recommendation is not what the votes make.
        GateWithoutQuorum = "GATE_WITHOUT_QUORUM",
        /// Costs of winding down stand on no decision, or on one of another amount.
        WindDownWrong = "WIND_DOWN_WRONG",
        /// Somebody took two parts in one payment.
        SecondPersonMissing = "SECOND_PERSON_MISSING",
        /// An account no longer says what was sealed when it was proposed or confirmed.
        PayeeAccountAltered = "PAYEE_ACCOUNT_ALTERED",
        /// A batch no longer says what was fixed or exported.
        BatchAltered = "BATCH_ALTERED",
        /// A payment is of no live release of its award, tranche and amount.
        PaymentWithoutRelease = "PAYMENT_WITHOUT_RELEASE",
        /// A payment is in another state than its batch and the bank's answers make it.
        PaymentStateWrong = "PAYMENT_STATE_WRONG",
        /// A payment or an answer of the bank and the transfers do not agree.
        PaymentTransferWrong = "PAYMENT_TRANSFER_WRONG",
        /// Stored evidence is not there.
        EvidenceMissing = "EVIDENCE_MISSING",
        /// Stored evidence no longer has the hash that was signed.
        EvidenceAltered = "EVIDENCE_ALTERED",
        /// An audit chain has a gap, or an event that was altered.
        AuditChainBroken = "AUDIT_CHAIN_BROKEN",
        /// A row was written by a command that the audit does not know.
        CommandUnaudited = "COMMAND_UNAUDITED",
        /// A determination does not give its amount when it is replayed, or does not cover what was
        /// paid of its year.
        DeterminationWrong = "DETERMINATION_WRONG",
        /// A closed award keeps another amount than it was paid and did not give back.
        AmountsDisagree = "AMOUNTS_DISAGREE",
        /// An order to return is not what the ledger moved for it.
        ReturnOrderWrong = "RETURN_ORDER_WRONG",
    }
}
