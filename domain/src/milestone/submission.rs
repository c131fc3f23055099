//! Where one version of what an applicant shows stands.

use crate::code::coded;

coded! {
    /// Where a version of a submission stands.
    pub enum SubmissionState {
        /// Being written.
        Draft = "DRAFT",
        /// Sealed and handed in; never changed again.
        Sealed = "SEALED",
        /// Taken back before a gate was convened.
        Withdrawn = "WITHDRAWN",
    }
}
