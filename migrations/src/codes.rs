//! The closed sets of codes as they stood when the tables were made.
//!
//! A code that is added later is added by a migration of its own, never here.

pub(crate) const PUBLICATION_STATES: &[&str] = &["DRAFT", "PUBLISHED"];

pub(crate) const ROLES: &[&str] = &[
    "REPRESENTATIVE",
    "RESEARCHER",
    "FINANCE_CONTACT",
    "OFFICER",
    "DIRECTOR",
    "REVIEWER",
    "CHAIR",
    "FINANCE_PREPARER",
    "FINANCE_APPROVER",
    "AUDITOR",
    "ADMINISTRATOR",
];
pub(crate) const SCOPE_KINDS: &[&str] = &["PROGRAMME", "THEME", "ORGANIZATION"];

pub(crate) const AWARD_STATES: &[&str] = &[
    "OFFERED",
    "ACTIVE",
    "SUSPENDED",
    "COMPLETED",
    "WITHDRAWN",
    "ENDED",
    "CANCELLED",
    "CLOSED",
];
pub(crate) const AMOUNT_DIRECTIONS: &[&str] = &["INITIAL", "UP", "DOWN"];
pub(crate) const PLAN_STATES: &[&str] = &["PROPOSED", "APPROVED", "REFUSED"];
pub(crate) const MILESTONE_STATES: &[&str] = &[
    "LOCKED",
    "OPEN",
    "SUBMITTED",
    "IN_REVIEW",
    "HELD",
    "AWAITING_PLAN_CHANGE",
    "PASSED_CONDITIONALLY",
    "PASSED",
    "FAILED",
    "CANCELLED",
];
pub(crate) const PLAN_CHANGE_ANSWERS: &[&str] = &["PENDING", "REFUSED"];
pub(crate) const TRANCHE_KINDS: &[&str] =
    &["ADVANCE", "MILESTONE", "RETENTION", "FINAL", "WIND_DOWN"];
pub(crate) const TRANCHE_STATES: &[&str] = &[
    "PLANNED",
    "RELEASED",
    "INSTRUCTED",
    "SENT",
    "SETTLED",
    "BOUNCED",
    "WITHHELD",
    "LAPSED",
];

pub(crate) const REPORT_KINDS: &[&str] = &["STATUS", "YEAR_END", "RESULT", "TAX_CREDIT"];
pub(crate) const RETURN_KINDS: &[&str] = &[
    "CANCELLATION",
    "OVERPAYMENT",
    "CONSUMPTION_TAX",
    "GOOD_FAITH",
];
pub(crate) const REDUCTION_CAUSES: &[&str] = &["REPAID", "SET_OFF", "WRITTEN_OFF", "RESCINDED"];
pub(crate) const CHARGE_KINDS: &[&str] = &["SURCHARGE", "LATE_CHARGE"];
pub(crate) const CHARGE_ENTRIES: &[&str] = &["LEVIED", "TAKEN_BACK", "COLLECTED", "WAIVED"];
pub(crate) const REPORT_ANSWERS: &[&str] = &["CORRECTION_ORDERED", "ACCEPTED"];

pub(crate) const OUTCOMES: &[&str] = &[
    "GO",
    "CONDITIONAL_GO",
    "PARTIAL",
    "REWORK",
    "HOLD",
    "REDIRECT",
    "NO_GO",
    "TERMINATE",
];
pub(crate) const SUBMISSION_STATES: &[&str] = &["DRAFT", "SEALED", "WITHDRAWN"];
pub(crate) const EVIDENCE_KINDS: &[&str] = &[
    "REPORT",
    "DATA_SET",
    "PROTOCOL",
    "REGULATORY_CONSULTATION",
    "CERTIFICATE",
    "AGREEMENT",
    "SOFTWARE",
    "OTHER",
];
pub(crate) const GATE_STATES: &[&str] = &["CONVENED", "RECOMMENDED", "DECIDED", "VOIDED"];
pub(crate) const VOID_CAUSES: &[&str] =
    &["LATE_CONFLICT", "SEAL_MISMATCH", "PROCEDURE", "AWARD_ENDED"];
pub(crate) const SEATS: &[&str] = &["CHAIR", "DEPUTY", "MEMBER"];
pub(crate) const CONFLICT_KINDS: &[&str] = &[
    "NONE",
    "KIN",
    "SAME_BODY",
    "JOINT_WORK",
    "FINANCIAL_INTEREST",
    "COMPETING_PROJECT",
    "SHARED_AFFILIATION",
    "CO_AWARD",
    "APPLICANT",
];
pub(crate) const RECUSAL_GROUNDS: &[&str] = &["DECLARED", "COMPUTED", "RECORDED", "LATE"];
pub(crate) const CONDITION_STATES: &[&str] = &["OPEN", "DISCHARGED", "WAIVED", "UNMET"];

pub(crate) const PAYMENT_BASES: &[&str] = &["ESTIMATE", "SETTLEMENT"];
pub(crate) const DECOMMIT_REASONS: &[&str] = &[
    "WITHDRAWAL",
    "PARTIAL",
    "NO_GO",
    "PLAN_CHANGE",
    "ACT_7",
    "ACT_10",
    "ACT_17",
    "FIXING",
    "YEAR_END",
];
/// Accounts that belong to one budget year.
pub(crate) const YEARLY_ACCOUNTS: &[&str] = &[
    "APPROPRIATION",
    "ENVELOPE",
    "COMMITTED",
    "RETAINED",
    "PAYABLE",
    "IN_TRANSIT",
];
/// Accounts that run over the years.
pub(crate) const LASTING_ACCOUNTS: &[&str] = &[
    "ADVANCED",
    "GRANTED",
    "RETURNABLE",
    "TREASURY",
    "WRITTEN_OFF",
    "CHARGES_LEVIED",
    "CHARGES_RECEIVABLE",
    "UNAPPLIED",
];
/// The whole chart: kind, account it is taken from, account it goes to.
pub(crate) const TRANSFERS: &[(&str, &str, &str)] = &[
    ("APPROPRIATE", "APPROPRIATION", "ENVELOPE"),
    ("COMMIT", "ENVELOPE", "COMMITTED"),
    ("RETAIN", "COMMITTED", "RETAINED"),
    ("RELEASE", "COMMITTED", "PAYABLE"),
    ("RELEASE_RETENTION", "RETAINED", "PAYABLE"),
    ("REVOKE", "PAYABLE", "COMMITTED"),
    ("REVOKE", "PAYABLE", "RETAINED"),
    ("SEND", "PAYABLE", "IN_TRANSIT"),
    ("BOUNCE", "IN_TRANSIT", "PAYABLE"),
    ("SETTLE_ESTIMATE", "IN_TRANSIT", "ADVANCED"),
    ("SETTLE_FINAL", "IN_TRANSIT", "GRANTED"),
    ("FIX", "ADVANCED", "GRANTED"),
    ("BANK_RETURN", "ADVANCED", "PAYABLE"),
    ("BANK_RETURN", "GRANTED", "PAYABLE"),
    ("DECOMMIT", "COMMITTED", "ENVELOPE"),
    ("DECOMMIT", "RETAINED", "ENVELOPE"),
    ("CARRY_OVER", "ENVELOPE", "ENVELOPE"),
    ("CARRY_OVER", "COMMITTED", "COMMITTED"),
    ("CARRY_OVER", "RETAINED", "RETAINED"),
    ("LAPSE", "ENVELOPE", "APPROPRIATION"),
    ("ORDER_RETURN", "ADVANCED", "RETURNABLE"),
    ("ORDER_RETURN", "GRANTED", "RETURNABLE"),
    ("REPAY", "RETURNABLE", "TREASURY"),
    ("RESCIND", "RETURNABLE", "ADVANCED"),
    ("RESCIND", "RETURNABLE", "GRANTED"),
    ("WRITE_OFF", "RETURNABLE", "WRITTEN_OFF"),
    ("LEVY", "CHARGES_LEVIED", "CHARGES_RECEIVABLE"),
    ("COLLECT", "CHARGES_RECEIVABLE", "TREASURY"),
    ("WAIVE", "CHARGES_RECEIVABLE", "CHARGES_LEVIED"),
    ("SET_OFF_PAY", "PAYABLE", "TREASURY"),
    ("SET_OFF_APPLY", "RETURNABLE", "ADVANCED"),
    ("SET_OFF_APPLY", "RETURNABLE", "GRANTED"),
    ("SET_OFF_APPLY", "CHARGES_RECEIVABLE", "ADVANCED"),
    ("SET_OFF_APPLY", "CHARGES_RECEIVABLE", "GRANTED"),
    ("RECEIVE", "UNAPPLIED", "TREASURY"),
    ("APPLY", "RETURNABLE", "UNAPPLIED"),
    ("APPLY", "CHARGES_RECEIVABLE", "UNAPPLIED"),
    ("REFUND", "TREASURY", "UNAPPLIED"),
];

pub(crate) const CHAIN_KINDS: &[&str] = &[
    "PROGRAMME",
    "THEME",
    "PERSON",
    "ORGANIZATION",
    "ENVELOPE",
    "AWARD",
];
pub(crate) const ACTOR_KINDS: &[&str] = &["PERSON", "SYSTEM"];
pub(crate) const EXPORT_STATES: &[&str] = &["RUNNING", "DONE", "ABORTED"];
