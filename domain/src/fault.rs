//! Why a question has no answer, where no rule of the programme is broken: whoever asks has to ask otherwise,
//! or later.

use crate::code::coded;

coded! {
    /// Why a field has no answer.
    pub enum FaultCode {
        /// A cursor is none, or one of another list or order.
        BadCursor = "BAD_CURSOR",
        /// The server failed; its log says why.
        Internal = "INTERNAL",
        /// A page is to have fewer rows than one or more than a hundred.
        PageSizeInvalid = "PAGE_SIZE_INVALID",
        /// A report has more groups than one may have.
        ReportTooWide = "REPORT_TOO_WIDE",
        /// More is searched for than can be.
        SearchTooLong = "SEARCH_TOO_LONG",
        /// Of two instants that are compared, the earlier is not the earlier.
        SinceNotEarlier = "SINCE_NOT_EARLIER",
        /// It is not public, and nobody is signed in.
        Unauthenticated = "UNAUTHENTICATED",
        /// The server cannot answer now.
        Unavailable = "UNAVAILABLE",
    }
}
