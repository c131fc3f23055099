//! In whose name notices are issued.

use domain::id::{LetterheadId, ProgrammeId};
use domain::report::{NoticeKind, Remark, Signatory};
use validator::Validate;

use super::{OptionalKey, REASON_MAX, inputs, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::LocalizedTextInput;

mutations! {
    /// In whose name notices are issued.
    pub struct LetterheadMutations;

    /// Defines in whose name the programme's notices are issued, in force for every act from now on; the first one
    /// also for every act before it. For directors of the whole programme.
    fn define_letterhead = DefineLetterhead;
    input DefineLetterheadInput (key: OptionalKey) {
        /// The programme.
        programme: Id<ProgrammeId>,
        /// In whose name, in their order; 1 to 5.
        #[validate(nested)]
        signatories: Vec<SignatoryInput>,
        /// What the programme adds, such as where an objection is lodged; at most 20.
        #[validate(nested)]
        remarks: Vec<RemarkInput>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The letterhead is in force.
    payload DefineLetterheadPayload {
        /// The version.
        letterhead: Ref<LetterheadId>,
        /// Its number within the programme, from 1.
        version: u32,
    }
}

inputs! {
    /// In whose name a notice is issued.
    SignatoryInput => Signatory {
        /// The office, such as 厚生労働大臣; at most 100 characters.
        #[validate(nested)]
        office: LocalizedTextInput,
        /// Who holds it, where notices name them; at most 100 characters.
        #[validate(nested)]
        person: Option<LocalizedTextInput>,
    }

    /// What the programme adds to notices.
    RemarkInput => Remark {
        /// The kind of notices that it stands in; all of them where it is left out.
        kind: Option<Coded<NoticeKind>>,
        /// What it says; at most 400 characters.
        #[validate(nested)]
        text: LocalizedTextInput,
    }
}
