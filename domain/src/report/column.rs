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
        /// The same as the earlier of two reports has it.
        AdvancedBefore = "ADVANCED_BEFORE",
        /// The amount.
        Amount = "AMOUNT",
        /// The amount, as the earlier of two reports has it.
        AmountBefore = "AMOUNT_BEFORE",
        /// What was applied for.
        Applied = "APPLIED",
        /// The same as the earlier of two reports has it.
        AppliedBefore = "APPLIED_BEFORE",
        /// What parliament appropriated.
        Appropriated = "APPROPRIATED",
        /// The same as the earlier of two reports has it.
        AppropriatedBefore = "APPROPRIATED_BEFORE",
        /// What may still be committed.
        Available = "AVAILABLE",
        /// The same as the earlier of two reports has it.
        AvailableBefore = "AVAILABLE_BEFORE",
        /// The number of the award.
        AwardNumber = "AWARD_NUMBER",
        /// The state of the award, as its code.
        AwardState = "AWARD_STATE",
        /// The same as the earlier of two reports has it.
        AwardStateBefore = "AWARD_STATE_BEFORE",
        /// What the account holds, in its currency: debits less credits.
        Balance = "BALANCE",
        /// The same as the earlier of two reports has it.
        BalanceBefore = "BALANCE_BEFORE",
        /// The corporate number of the applicant body, or its other identifier.
        BodyIdentifier = "BODY_IDENTIFIER",
        /// The name of the applicant body.
        BodyName = "BODY_NAME",
        /// The fiscal year whose budget pays, by the calendar year in which it begins.
        BudgetYear = "BUDGET_YEAR",
        /// The same as the earlier of two reports has it.
        BudgetYearBefore = "BUDGET_YEAR_BEFORE",
        /// What came over from the year before.
        CarriedIn = "CARRIED_IN",
        /// The same as the earlier of two reports has it.
        CarriedInBefore = "CARRIED_IN_BEFORE",
        /// What went over to the year after.
        CarriedOut = "CARRIED_OUT",
        /// The same as the earlier of two reports has it.
        CarriedOutBefore = "CARRIED_OUT_BEFORE",
        /// What became of it between two instants, as a code.
        Change = "CHANGE",
        /// What is committed to awards, and neither held back nor released.
        Committed = "COMMITTED",
        /// The same as the earlier of two reports has it.
        CommittedBefore = "COMMITTED_BEFORE",
        /// What left the account.
        Credits = "CREDITS",
        /// The same as the earlier of two reports has it.
        CreditsBefore = "CREDITS_BEFORE",
        /// The currency, ISO 4217.
        Currency = "CURRENCY",
        /// What came into the account.
        Debits = "DEBITS",
        /// The same as the earlier of two reports has it.
        DebitsBefore = "DEBITS_BEFORE",
        /// The decided amount in force.
        Decided = "DECIDED",
        /// The same as the earlier of two reports has it.
        DecidedBefore = "DECIDED_BEFORE",
        /// What came back into the envelope from awards.
        Decommitted = "DECOMMITTED",
        /// The same as the earlier of two reports has it.
        DecommittedBefore = "DECOMMITTED_BEFORE",
        /// What the determinations in force fix.
        Fixed = "FIXED",
        /// The same as the earlier of two reports has it.
        FixedBefore = "FIXED_BEFORE",
        /// Of the paid, what the award may keep.
        Granted = "GRANTED",
        /// The same as the earlier of two reports has it.
        GrantedBefore = "GRANTED_BEFORE",
        /// What was sent to the bank and did not arrive yet.
        InTransit = "IN_TRANSIT",
        /// The same as the earlier of two reports has it.
        InTransitBefore = "IN_TRANSIT_BEFORE",
        /// What lapsed.
        Lapsed = "LAPSED",
        /// The same as the earlier of two reports has it.
        LapsedBefore = "LAPSED_BEFORE",
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
        /// The same as the earlier of two reports has it.
        PlannedOnBefore = "PLANNED_ON_BEFORE",
        /// The release, by its id.
        ReleaseId = "RELEASE_ID",
        /// What came back of returns in time to be spent again.
        Reinstated = "REINSTATED",
        /// The same as the earlier of two reports has it.
        ReinstatedBefore = "REINSTATED_BEFORE",
        /// What was released and not revoked.
        Released = "RELEASED",
        /// The same as the earlier of two reports has it.
        ReleasedBefore = "RELEASED_BEFORE",
        /// When it was released.
        ReleasedAt = "RELEASED_AT",
        /// What is held back until the determination.
        Retained = "RETAINED",
        /// The same as the earlier of two reports has it.
        RetainedBefore = "RETAINED_BEFORE",
        /// Of the paid, what was ordered back and did not come back yet.
        Returnable = "RETURNABLE",
        /// The same as the earlier of two reports has it.
        ReturnableBefore = "RETURNABLE_BEFORE",
        /// What came back of what was ordered back.
        Returned = "RETURNED",
        /// The same as the earlier of two reports has it.
        ReturnedBefore = "RETURNED_BEFORE",
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
        /// The same as the earlier of two reports has it.
        ValueOnBefore = "VALUE_ON_BEFORE",
        /// What was given up as not recoverable.
        WrittenOff = "WRITTEN_OFF",
        /// The same as the earlier of two reports has it.
        WrittenOffBefore = "WRITTEN_OFF_BEFORE",
    }
}

impl ReportColumn {
    /// The column of the same value as the earlier of two reports has it; none where that names the line, or
    /// is the earlier one.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        Some(match self {
            Self::Advanced => Self::AdvancedBefore,
            Self::Amount => Self::AmountBefore,
            Self::Applied => Self::AppliedBefore,
            Self::Appropriated => Self::AppropriatedBefore,
            Self::Available => Self::AvailableBefore,
            Self::AwardState => Self::AwardStateBefore,
            Self::Balance => Self::BalanceBefore,
            Self::BudgetYear => Self::BudgetYearBefore,
            Self::CarriedIn => Self::CarriedInBefore,
            Self::CarriedOut => Self::CarriedOutBefore,
            Self::Committed => Self::CommittedBefore,
            Self::Credits => Self::CreditsBefore,
            Self::Debits => Self::DebitsBefore,
            Self::Decided => Self::DecidedBefore,
            Self::Decommitted => Self::DecommittedBefore,
            Self::Fixed => Self::FixedBefore,
            Self::Granted => Self::GrantedBefore,
            Self::InTransit => Self::InTransitBefore,
            Self::Lapsed => Self::LapsedBefore,
            Self::Paid => Self::PaidBefore,
            Self::Payable => Self::PayableBefore,
            Self::PlannedOn => Self::PlannedOnBefore,
            Self::Reinstated => Self::ReinstatedBefore,
            Self::Released => Self::ReleasedBefore,
            Self::Retained => Self::RetainedBefore,
            Self::Returnable => Self::ReturnableBefore,
            Self::Returned => Self::ReturnedBefore,
            Self::TrancheState => Self::TrancheStateBefore,
            Self::ValueDate => Self::ValueDateBefore,
            Self::ValueOn => Self::ValueOnBefore,
            Self::WrittenOff => Self::WrittenOffBefore,
            Self::Account
            | Self::AccountKind
            | Self::AdvancedBefore
            | Self::AmountBefore
            | Self::AppliedBefore
            | Self::AppropriatedBefore
            | Self::AvailableBefore
            | Self::AwardNumber
            | Self::AwardStateBefore
            | Self::BalanceBefore
            | Self::BodyIdentifier
            | Self::BodyName
            | Self::BudgetYearBefore
            | Self::CarriedInBefore
            | Self::CarriedOutBefore
            | Self::Change
            | Self::CommittedBefore
            | Self::CreditsBefore
            | Self::Currency
            | Self::DebitsBefore
            | Self::DecidedBefore
            | Self::DecommittedBefore
            | Self::FixedBefore
            | Self::GrantedBefore
            | Self::InTransitBefore
            | Self::LapsedBefore
            | Self::Owner
            | Self::PaidBefore
            | Self::PayableBefore
            | Self::PlannedOnBefore
            | Self::ReleaseId
            | Self::ReinstatedBefore
            | Self::ReleasedBefore
            | Self::ReleasedAt
            | Self::RetainedBefore
            | Self::ReturnableBefore
            | Self::ReturnedBefore
            | Self::Theme
            | Self::TrancheKind
            | Self::TrancheOrdinal
            | Self::TrancheStateBefore
            | Self::ValueDateBefore
            | Self::ValueOnBefore
            | Self::WrittenOffBefore => return None,
        })
    }
}
