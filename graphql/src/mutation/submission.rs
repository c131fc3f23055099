//! What an applicant shows for a milestone.

use domain::KpiValue;
use domain::id::{MilestoneId, SubmissionId};
use validator::Validate;

use super::reading::Read;
use super::{OptionalKey, REASON_MAX, RequiredKey, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;
use crate::scalar::Decimal;

mutations! {
    /// What an applicant shows for a milestone.
    pub struct SubmissionMutations;

    /// Writes or rewrites the draft of a submission. For representatives and researchers of the
    /// body. Evidence is attached to it by its own route, together with its bytes.
    fn draft_submission = DraftSubmission;
    input DraftSubmissionInput (key: OptionalKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// What the applicant tells; at most 20,000 characters.
        #[validate(length(max = 20_000))]
        narrative: String,
        /// The figures; at most 200, one a criterion.
        #[validate(nested)]
        #[graphql(default)]
        kpi_values: Vec<KpiValueInput>,
        /// The revision of the draft that was read, so that nobody's words are overwritten unseen;
        /// absent only for the first draft.
        expected_version: Option<i32>,
    }
    /// The draft was written.
    payload DraftSubmissionPayload {
        /// The submission.
        submission: Ref<SubmissionId>,
        /// Its version within the milestone, from 1 over all rounds.
        version: u32,
        /// The draft's revision, to be named as `expectedVersion` with the next edit.
        revision: i64,
    }

    /// Seals the draft and submits it. For representatives of the body.
    fn submit_milestone = SubmitMilestone;
    input SubmitMilestoneInput (key: RequiredKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
    }
    /// The version was sealed and submitted.
    payload SubmitMilestonePayload {
        /// The milestone.
        milestone: Ref<MilestoneId>,
        /// The sealed version.
        submission: Ref<SubmissionId>,
        /// Its seal: 64 lower-case hex digits, which every vote names.
        seal: String,
    }

    /// Takes a submission back before a gate is convened. For representatives of the body.
    fn withdraw_submission = WithdrawSubmission;
    input WithdrawSubmissionInput (key: OptionalKey) {
        /// The milestone.
        milestone: Id<MilestoneId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The submission was taken back.
    payload WithdrawSubmissionPayload {
        /// The milestone.
        milestone: Ref<MilestoneId>,
        /// The submission.
        submission: Ref<SubmissionId>,
    }
}

/// The figure for one criterion.
#[derive(Debug, async_graphql::InputObject, Validate)]
pub(crate) struct KpiValueInput {
    /// The criterion's code; 1 to 40 characters.
    #[validate(length(min = 1, max = 40))]
    criterion: String,
    /// The value, in the unit of the criterion's target; at most 28 significant digits.
    value: Decimal,
}

impl Read<(String, KpiValue)> for KpiValueInput {
    fn read(self) -> Result<(String, KpiValue), Refused> {
        match self.value.0.parse() {
            Ok(value) => Ok((self.criterion, value)),
            Err(_) => Err(domain::Refusal::KpiValueUnreadable {
                criterion: self.criterion,
            }
            .into()),
        }
    }
}
