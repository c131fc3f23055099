//! The columns of the reports that are written as tables.
//!
//! A column's code is its name for programs and never changes; its headings, in both languages, are
//! in the message catalogue. Which report has which columns, and how a cell is written, is the
//! business of `exports`.

use crate::code::coded;

coded! {
    /// A column of a report.
    pub enum ReportColumn {
        /// The ledger account, by the name that the exported ledger gives it.
        Account = "ACCOUNT",
        /// What the account holds, as its code.
        AccountKind = "ACCOUNT_KIND",
        /// Of the paid, what was paid on estimate and is not covered by a determination.
        Advanced = "ADVANCED",
        /// The amount.
        Amount = "AMOUNT",
        /// The amount, as the earlier of two reports has it.
        AmountBefore = "AMOUNT_BEFORE",
        /// What was applied for.
        Applied = "APPLIED",
        /// What parliament appropriated.
        Appropriated = "APPROPRIATED",
        /// What may still be committed.
        Available = "AVAILABLE",
        /// The number of the award.
        AwardNumber = "AWARD_NUMBER",
        /// The state of the award, as its code.
        AwardState = "AWARD_STATE",
        /// What the account holds, in its currency: debits less credits.
        Balance = "BALANCE",
        /// The corporate number of the applicant body, or its other identifier.
        BodyIdentifier = "BODY_IDENTIFIER",
        /// The name of the applicant body.
        BodyName = "BODY_NAME",
        /// The fiscal year whose budget pays, by the calendar year in which it begins.
        BudgetYear = "BUDGET_YEAR",
        /// What came over from the year before.
        CarriedIn = "CARRIED_IN",
        /// What went over to the year after.
        CarriedOut = "CARRIED_OUT",
        /// What became of it between two instants, as a code.
        Change = "CHANGE",
        /// What is committed to awards, and neither held back nor released.
        Committed = "COMMITTED",
        /// What left the account.
        Credits = "CREDITS",
        /// The currency, ISO 4217.
        Currency = "CURRENCY",
        /// What came into the account.
        Debits = "DEBITS",
        /// The decided amount in force.
        Decided = "DECIDED",
        /// What came back into the envelope from awards.
        Decommitted = "DECOMMITTED",
        /// What the determinations in force fix.
        Fixed = "FIXED",
        /// Of the paid, what the award may keep.
        Granted = "GRANTED",
        /// What was sent to the bank and did not arrive yet.
        InTransit = "IN_TRANSIT",
        /// The same as the earlier of two reports has it.
        InTransitBefore = "IN_TRANSIT_BEFORE",
        /// What lapsed.
        Lapsed = "LAPSED",
        /// Whose account it is: a programme, theme, award or payer.
        Owner = "OWNER",
        /// What arrived.
        Paid = "PAID",
        /// The same as the earlier of two reports has it.
        PaidBefore = "PAID_BEFORE",
        /// What was released and is not on its way.
        Payable = "PAYABLE",
        /// The same as the earlier of two reports has it.
        PayableBefore = "PAYABLE_BEFORE",
        /// The day for which the payment is planned.
        PlannedOn = "PLANNED_ON",
        /// The release, by its id.
        ReleaseId = "RELEASE_ID",
        /// What came back of returns in time to be spent again.
        Reinstated = "REINSTATED",
        /// What was released and not revoked.
        Released = "RELEASED",
        /// When it was released.
        ReleasedAt = "RELEASED_AT",
        /// What is held back until the determination.
        Retained = "RETAINED",
        /// Of the paid, what was ordered back and did not come back yet.
        Returnable = "RETURNABLE",
        /// What came back of what was ordered back.
        Returned = "RETURNED",
        /// The code of the theme.
        Theme = "THEME",
        /// What the tranche is paid for, as its code.
        TrancheKind = "TRANCHE_KIND",
        /// The tranche's place in the award, from 1.
        TrancheOrdinal = "TRANCHE_ORDINAL",
        /// The state of the tranche, as its code.
        TrancheState = "TRANCHE_STATE",
        /// The same as the earlier of two reports has it.
        TrancheStateBefore = "TRANCHE_STATE_BEFORE",
        /// The day on which the last movement counts as cash.
        ValueDate = "VALUE_DATE",
        /// The same as the earlier of two reports has it.
        ValueDateBefore = "VALUE_DATE_BEFORE",
        /// The day on which the bank is to pay, or on which it was paid.
        ValueOn = "VALUE_ON",
        /// What was given up as not recoverable.
        WrittenOff = "WRITTEN_OFF",
    }
}
