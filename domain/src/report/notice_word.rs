//! The closed sets of notices: which there are, their labels, and the sentences that the law puts
//! into them.
//!
//! A notice's texts are in the message catalogue under these codes, so that both languages say the
//! same; which notice says what, and where, is the business of `exports`.

use crate::code::coded;

coded! {
    /// A notice or a record.
    pub enum NoticeKind {
        /// The grant decision or a change of it (Act 8).
        Decision = "DECISION",
        /// The release of a tranche for payment.
        Release = "RELEASE",
        /// The determination of the amount (Act 15).
        Fixing = "FIXING",
        /// An order to return money (Act 18).
        ReturnOrder = "RETURN_ORDER",
        /// What a panel found and the authority decided.
        GateRecord = "GATE_RECORD",
    }
}

impl NoticeKind {
    /// Its name in addresses and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Release => "release",
            Self::Fixing => "fixing",
            Self::ReturnOrder => "return-order",
            Self::GateRecord => "gate-record",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        use crate::code::Coded;
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

coded! {
    /// A label of a notice.
    pub enum NoticeWord {
        /// What was spent in a cost category.
        Actual = "ACTUAL",
        /// An amount.
        Amount = "AMOUNT",
        /// What was applied for.
        Applied = "APPLIED",
        /// What was approved in a cost category.
        Approved = "APPROVED",
        /// What a change of the decision rests on.
        Article = "ARTICLE",
        /// The number of the award.
        AwardNumber = "AWARD_NUMBER",
        /// The title of the award.
        AwardTitle = "AWARD_TITLE",
        /// What of the fixed amount stays ordered back for another reason than overpayment.
        BackOtherwise = "BACK_OTHERWISE",
        /// Whether nothing is payable before a condition is discharged.
        Blocking = "BLOCKING",
        /// The body's corporate number, or its identifier in another scheme.
        BodyIdentifier = "BODY_IDENTIFIER",
        /// The budget year.
        BudgetYear = "BUDGET_YEAR",
        /// What the decided amount is less than the tranches.
        Beside = "BESIDE",
        /// Who acted.
        By = "BY",
        /// How the amount came about.
        Calculation = "CALCULATION",
        /// The chair of the panel may confirm.
        Chair = "CHAIR",
        /// A condition of a pass.
        Condition = "CONDITION",
        /// The conditions of the grant (Act 7).
        Conditions = "CONDITIONS",
        /// What a member declared or was recused for.
        Conflict = "CONFLICT",
        /// The reference of the consultation on a payment on estimate (Accounts Act 22).
        Consultation = "CONSULTATION",
        /// The day on which a gate was convened.
        ConvenedOn = "CONVENED_ON",
        /// The cost category.
        CostCategory = "COST_CATEGORY",
        /// The share of the tax that was credited.
        CreditShare = "CREDIT_SHARE",
        /// What had to be shown.
        Criterion = "CRITERION",
        /// What a charge is for a day, as a part of the principal.
        DailyRate = "DAILY_RATE",
        /// How many days are counted.
        Days = "DAYS",
        /// The decided amount.
        Decided = "DECIDED",
        /// The decided amount before a change.
        DecidedBefore = "DECIDED_BEFORE",
        /// What the authority decided.
        Decision = "DECISION",
        /// The title of the notice of a change of the decision.
        DecisionChanged = "DECISION_CHANGED",
        /// What was given back to the envelope.
        Decommitted = "DECOMMITTED",
        /// Whether the decision departs from the recommendation.
        Departs = "DEPARTS",
        /// Whether a change raises or lowers the amount.
        Direction = "DIRECTION",
        /// The last day for something.
        DueOn = "DUE_ON",
        /// Members whose votes count, after recusals.
        Eligible = "ELIGIBLE",
        /// The eligible cost.
        EligibleCost = "ELIGIBLE_COST",
        /// Whether a criterion is met.
        Finding = "FINDING",
        /// The agreed findings.
        Findings = "FINDINGS",
        /// Whether the first day counts as the last does.
        FirstDayCounts = "FIRST_DAY_COUNTS",
        /// The fixed amount.
        Fixed = "FIXED",
        /// The conditions of a pass.
        GateConditions = "GATE_CONDITIONS",
        /// The grant for the costs.
        GrantAmount = "GRANT_AMOUNT",
        /// What a grant is cut off below, in the smallest unit of the currency.
        GrantUnit = "GRANT_UNIT",
        /// Donations and other income of the project.
        Income = "INCOME",
        /// Whether no pass is possible without a criterion.
        Indispensable = "INDISPENSABLE",
        /// What a step of a calculation starts from.
        Inputs = "INPUTS",
        /// The kind of a tranche.
        Kind = "KIND",
        /// What was kept of a payment for a debt (Act 20).
        KeptForDebt = "KEPT_FOR_DEBT",
        /// The terms of the late charge (Act 19, paragraph 2).
        LateCharge = "LATE_CHARGE",
        /// What is decided and not decommitted.
        Limit = "LIMIT",
        /// The body that a member belongs to.
        MemberBody = "MEMBER_BODY",
        /// The panel.
        Members = "MEMBERS",
        /// A criterion is met.
        Met = "MET",
        /// The milestone.
        Milestone = "MILESTONE",
        /// A person's name.
        Name = "NAME",
        /// No.
        No = "NO",
        /// The number of the document.
        Number = "NUMBER",
        /// The day of an act.
        On = "ON",
        /// The principal of an order to return.
        Ordered = "ORDERED",
        /// What was ordered back.
        OrderedBack = "ORDERED_BACK",
        /// A place in a series.
        Ordinal = "ORDINAL",
        /// What was paid.
        Paid = "PAID",
        /// What was paid before.
        PaidBefore = "PAID_BEFORE",
        /// What is still to be paid.
        Payable = "PAYABLE",
        /// Whether a payment comes before or after the determination.
        PaymentBasis = "PAYMENT_BASIS",
        /// The planned first day.
        PlannedFrom = "PLANNED_FROM",
        /// The planned last day.
        PlannedUntil = "PLANNED_UNTIL",
        /// The version of the programme's policy.
        PolicyVersion = "POLICY_VERSION",
        /// The programme.
        Programme = "PROGRAMME",
        /// The subsidy rate.
        Rate = "RATE",
        /// The reason (Act 21-2).
        Reason = "REASON",
        /// The receipts that a return is charged to.
        Receipts = "RECEIPTS",
        /// The day on which money was received.
        ReceivedOn = "RECEIVED_ON",
        /// The body that the notice is for.
        Recipient = "RECIPIENT",
        /// What the panel recommended.
        Recommendation = "RECOMMENDATION",
        /// The member was recused.
        Recused = "RECUSED",
        /// What is paid.
        Released = "RELEASED",
        /// What the programme adds to its notices.
        Remarks = "REMARKS",
        /// Another took the member's seat.
        Replaced = "REPLACED",
        /// What was rescinded of an order to return.
        Rescinded = "RESCINDED",
        /// What comes out of a step of a calculation.
        Result = "RESULT",
        /// What does not come any more of a release.
        RestRevoked = "REST_REVOKED",
        /// The last day on which a return is paid in time.
        ReturnDueOn = "RETURN_DUE_ON",
        /// Why money is to be returned.
        ReturnKind = "RETURN_KIND",
        /// The round of submissions.
        Round = "ROUND",
        /// What the sign-offs are bound to.
        Seal = "SEAL",
        /// A member's seat.
        Seat = "SEAT",
        /// The share of a tranche that was earned.
        Share = "SHARE",
        /// Which sitting on a submission it is.
        Sitting = "SITTING",
        /// The standard amount.
        Standard = "STANDARD",
        /// What is left of an order to return.
        Stands = "STANDS",
        /// Where a condition stands.
        State = "STATE",
        /// A step of a calculation.
        Step = "STEP",
        /// The terms of the surcharge (Act 19, paragraph 1).
        Surcharge = "SURCHARGE",
        /// The part of a price that is consumption tax.
        TaxInPrice = "TAX_IN_PRICE",
        /// The taxable purchases.
        TaxablePurchases = "TAXABLE_PURCHASES",
        /// The theme.
        Theme = "THEME",
        /// What is paid above the fixed amount.
        ToReturn = "TO_RETURN",
        /// The whole cost of the project.
        TotalCost = "TOTAL_COST",
        /// The amount of the tranche.
        Tranche = "TRANCHE",
        /// The tranches.
        Tranches = "TRANCHES",
        /// A criterion is not met.
        Unmet = "UNMET",
        /// The last day of a period.
        Until = "UNTIL",
        /// Who confirms that a condition is met.
        Verifier = "VERIFIER",
        /// Which determination of the year it is.
        Version = "VERSION",
        /// The gate is void.
        Voided = "VOIDED",
        /// A member's vote.
        Vote = "VOTE",
        /// Votes cast.
        Votes = "VOTES",
        /// Votes needed for the quorum.
        VotesNeeded = "VOTES_NEEDED",
        /// Days within which the application may be withdrawn (Act 9).
        WithdrawalDays = "WITHDRAWAL_DAYS",
        /// What a charge is for 365 days, in leap years too (Act 13 of 1970, art. 25).
        YearlyRate = "YEARLY_RATE",
        /// Yes.
        Yes = "YES",
    }
}

coded! {
    /// A sentence of a notice, with the article that it speaks of.
    pub enum NoticeSentence {
        /// A condition: suspension and abandonment need approval (Act 7).
        AbandonmentApproved = "ABANDONMENT_APPROVED",
        /// The amount is fixed (Act 15).
        AmountFixed = "AMOUNT_FIXED",
        /// A condition: assets are not disposed of without approval (Act 22).
        AssetsKept = "ASSETS_KEPT",
        /// A condition: a change of content needs approval (Act 7).
        ChangeApproved = "CHANGE_APPROVED",
        /// The decision is changed (Act 8).
        DecisionModified = "DECISION_MODIFIED",
        /// A condition: delay and difficulty are reported (Act 7).
        DelayReported = "DELAY_REPORTED",
        /// A gate was held.
        GateHeld = "GATE_HELD",
        /// A condition: no milestone is paid before its gate is passed.
        GatesPassedFirst = "GATES_PASSED_FIRST",
        /// The grant is decided (Act 6 and 8).
        GrantDecided = "GRANT_DECIDED",
        /// The Japanese text binds.
        JapaneseBinds = "JAPANESE_BINDS",
        /// A late charge runs (Act 19, paragraph 2).
        LateChargeRuns = "LATE_CHARGE_RUNS",
        /// A character that the document's font has no letter for stands as its code point.
        LettersWritten = "LETTERS_WRITTEN",
        /// A condition: diligence, and no other use (Act 11).
        NoOtherUse = "NO_OTHER_USE",
        /// All of an order to return was rescinded.
        OrderRescinded = "ORDER_RESCINDED",
        /// A tranche is paid on estimate (Accounts Act 22).
        PaidOnEstimate = "PAID_ON_ESTIMATE",
        /// A tranche is paid after the determination.
        PaidOnSettlement = "PAID_ON_SETTLEMENT",
        /// A condition: re-allocation of costs needs approval (Act 7).
        ReallocationApproved = "REALLOCATION_APPROVED",
        /// A condition: results are reported (Act 14).
        ResultsReported = "RESULTS_REPORTED",
        /// A return after a cancellation is ordered (Act 17; Act 18, paragraph 1).
        ReturnAfterCancellation = "RETURN_AFTER_CANCELLATION",
        /// A return after a change of circumstances is ordered (Act 10; Act 18, paragraph 1).
        ReturnInGoodFaith = "RETURN_IN_GOOD_FAITH",
        /// A return of what was paid above the fixed amount is ordered (Act 18, paragraph 2).
        ReturnOfOverpayment = "RETURN_OF_OVERPAYMENT",
        /// A return of consumption tax that was credited is ordered.
        ReturnOfTax = "RETURN_OF_TAX",
        /// A return after a change of circumstances is ordered without a cancellation (Act 7).
        ReturnUnderConditions = "RETURN_UNDER_CONDITIONS",
        /// A surcharge runs (Act 19, paragraph 1).
        SurchargeRuns = "SURCHARGE_RUNS",
        /// A condition: the consumption-tax credit is reported, also when it is nothing.
        TaxCreditReported = "TAX_CREDIT_REPORTED",
    }
}
