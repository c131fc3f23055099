//! An award's own life.

use domain::id::{AwardId, TrancheId};
use validator::Validate;

use super::{OptionalKey, REASON_MAX, RequiredKey, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::{Date, Money, MoneyInput};

mutations! {
    /// An award's own life.
    pub struct AwardMutations;

    /// Accepts an offered award. For representatives of the body.
    fn accept_award = AcceptAward;
    input AcceptAwardInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The day on which the notice was received, in Japan; the withdrawal term runs from it
        /// (Acts 8 and 9).
        notice_received_on: Date,
    }
    /// The award was accepted.
    payload AcceptAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Records when the notice of an award was received (Act 8). For representatives of the body,
    /// and for officers, who hold the receipt.
    fn record_notice = RecordNotice;
    input RecordNoticeInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The day on which the notice was received, in Japan.
        notice_received_on: Date,
    }
    /// The day was recorded.
    payload RecordNoticePayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Withdraws within the term (Act 9). For representatives of the body.
    fn withdraw_award = WithdrawAward;
    input WithdrawAwardInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award was withdrawn; its money went back.
    payload WithdrawAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Suspends an award until a day (Act 13): nothing is released meanwhile. For directors.
    fn suspend_award = SuspendAward;
    input SuspendAwardInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// The day until which the recipient has time, in Japan.
        until: Date,
        /// What follows when the day passes; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        consequence: String,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award is suspended.
    payload SuspendAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Resumes a suspended award. For directors.
    fn resume_award = ResumeAward;
    input ResumeAwardInput (key: OptionalKey) {
        /// The award.
        award: Id<AwardId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award goes on.
    payload ResumeAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Ends an award for a change of circumstances (Act 10): open gates are void and what is not
    /// passed lapses. For directors.
    fn end_award = EndAward;
    input EndAwardInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award has ended.
    payload EndAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Grants the costs of winding an ended award down (Act 10): a tranche of its own, whose money is
    /// committed out of the envelope of its year. Once for each budget year, before its determination,
    /// and within what was decided and not earned. For directors.
    fn grant_wind_down = GrantWindDown;
    input GrantWindDownInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// The fiscal year whose budget pays, by the calendar year in which it begins (April).
        budget_year: i32,
        /// The most that is paid; above zero.
        amount: MoneyInput,
        /// Why so much (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The costs are granted.
    payload GrantWindDownPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The tranche that pays them.
        tranche: Ref<TrancheId>,
        /// The most that is paid.
        amount: Money,
    }
}
