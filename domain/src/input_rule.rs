//! What the form of a field can be wrong in.
//!
//! Not the programme's rules, each of which is a refusal of its own: these are about a field by
//! itself, or about two fields of one request that do not go together.

use crate::code::coded;

coded! {
    /// A rule about the form of a field.
    pub enum InputRule {
        /// It has to say something.
        Required = "REQUIRED",
        /// It is too short or too long; its description says how long it may be.
        Length = "LENGTH",
        /// It is outside the range that its description gives.
        Range = "RANGE",
        /// It is not in the form that its description gives.
        Form = "FORM",
        /// It has characters that nobody can read.
        NoControlCharacters = "NO_CONTROL_CHARACTERS",
        /// It holds other characters than capitals and digits.
        CapitalsOrDigits = "CAPITALS_OR_DIGITS",
        /// It is no address of electronic mail.
        Email = "EMAIL",
        /// It is no SHA-256 in 64 lower-case hex digits.
        Sha256 = "SHA_256",
        /// It is no decimal number.
        Decimal = "DECIMAL",
        /// It is none of the codes of its set.
        UnknownCode = "UNKNOWN_CODE",
        /// It comes twice.
        Duplicate = "DUPLICATE",
        /// It is left out or true, never false.
        MustBeTrue = "MUST_BE_TRUE",
        /// It lies before the date from which it counts.
        NotBeforeFrom = "NOT_BEFORE_FROM",
        /// A decision is modified up or down.
        UpOrDown = "UP_OR_DOWN",
        /// A decision is modified under article 7 or article 10 of the Act.
        Act7OrAct10 = "ACT_7_OR_ACT_10",
        /// It is ordered by the determination of its year.
        ByDetermination = "BY_DETERMINATION",
        /// It follows from the accepted report.
        FromTheReport = "FROM_THE_REPORT",
        /// It goes with a partial pass only.
        OnlyWithPartial = "ONLY_WITH_PARTIAL",
        /// The seal matches the rows: it is no ground for voiding.
        SealIsIntact = "SEAL_IS_INTACT",
        /// No late conflict is on record: it is no ground for voiding.
        NoLateConflictOnRecord = "NO_LATE_CONFLICT_ON_RECORD",
        /// The award has not ended: that is no ground for voiding.
        AwardIsInForce = "AWARD_IS_IN_FORCE",
        /// What happened is told in the order of time.
        OrderOfTime = "ORDER_OF_TIME",
        /// An imported vote comes after its member's declaration.
        DeclareBeforeSigning = "DECLARE_BEFORE_SIGNING",
    }
}
