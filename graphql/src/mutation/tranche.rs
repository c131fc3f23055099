//! The money of a passed milestone.

use domain::id::{ReleaseId, TrancheId};
use validator::Validate;

use super::{OptionalKey, REASON_MAX, RequiredKey, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::Money;

mutations! {
    /// The money of a passed milestone. A release is not yet a payment.
    pub struct TrancheMutations;

    /// Releases a tranche against which nothing stands. For finance preparers who took no part in
    /// its gate.
    fn release_tranche = ReleaseTranche;
    input ReleaseTrancheInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
    }
    /// The tranche is released.
    payload ReleaseTranchePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
        /// The id of the release.
        release_id: Id<ReleaseId> = release,
        /// The amount released.
        amount: Money,
    }

    /// Releases a tranche although its body owes a return, to keep it for that by `setOff`: what holds its
    /// payment goes on holding it. For finance preparers.
    fn release_for_set_off = ReleaseForSetOff;
    input ReleaseForSetOffInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
    }
    /// The tranche is released.
    payload ReleaseForSetOffPayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
        /// The id of the release.
        release_id: Id<ReleaseId> = release,
        /// The amount released.
        amount: Money,
    }

    /// Revokes a release that has not been sent; the money is committed again. Of one of which a part
    /// was kept for a debt, what is left is taken back once it can be paid no more. For finance preparers.
    fn revoke_release = RevokeRelease;
    input RevokeReleaseInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The release is revoked.
    payload RevokeReleasePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
        /// The id of the release.
        release_id: Id<ReleaseId> = release,
    }

    /// Withholds a tranche, with a reason. For finance preparers.
    fn withhold_tranche = WithholdTranche;
    input WithholdTrancheInput (key: OptionalKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The tranche is withheld.
    payload WithholdTranchePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
    }

    /// Puts a withheld tranche back. For finance preparers.
    fn restore_tranche = RestoreTranche;
    input RestoreTrancheInput (key: OptionalKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The tranche is planned again.
    payload RestoreTranchePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
    }

    /// Lets a tranche lapse once its budget year has closed (Public Finance Act 42). For directors.
    fn lapse_tranche = LapseTranche;
    input LapseTrancheInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The tranche has lapsed.
    payload LapseTranchePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
    }
}
