//! The row types of reports: what a report says, before anybody decides how it is written.
//!
//! A report is a list of plain rows. `store` and `seeds` fill them, `exports` turns them into bytes,
//! and neither knows the other. There is no layout here, and no rule but how a figure of a report is made
//! of dated events.

mod change;
mod column;
mod disbursement;
mod envelope;
mod export;
mod gate_record;
mod grant;
mod letterhead;
mod notice;
mod notice_word;
mod publisher;
mod statement;

pub use change::{Change, ChangeKind, DisbursementChange};
pub use column::ReportColumn;
pub use disbursement::{
    DisbursementGroup, DisbursementKey, DisbursementLine, DisbursementReport, DisbursementTotal,
    Passage,
};
pub use envelope::{EnvelopeFigures, EnvelopeLine, Flow};
pub use export::{ExportKind, ExportState};
pub use gate_record::{
    AgreedFinding, GateAct, GateRecord, NoticedCondition, PanelMember, PanelRecord, Voiding,
};
pub use grant::{
    BodyIdentifier, PublishedBody, PublishedGrant, PublishedPayment, PublishedTranche,
};
pub use letterhead::{Letterhead, Remark};
pub use notice::{
    DecisionChange, DecisionNotice, FixingNotice, Notice, NoticeContent, NoticedAward,
    NoticedTranche, ReleaseNotice, Rescission, ReturnOrderNotice, RevokedRest, Signatory,
};
pub use notice_word::{NoticeKind, NoticeSentence, NoticeWord};
pub use publisher::{Publication, Publisher};
pub use statement::{
    AwardStatementLine, ClosingBalance, DisbursementStatementLine, NamedAccount, NamedTransfer,
    PaymentCalendarLine, ReportedBody, TrialBalanceLine,
};

/// A row of an imported history that was not applied, and why (要確認行).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportedRow {
    /// The line of the file on which the row begins; the heading is line 1.
    pub line: u64,
    /// Why it was not applied: a code of the import's own, or the code of the refusal.
    pub code: String,
    /// What the row is, as the file has it: `delivery` or `evaluation`.
    pub kind: String,
    /// The application, as the file has it; empty where it names none.
    pub application: String,
    /// The milestone's label, as the file has it.
    pub milestone: String,
    /// When it happened, as the file has it; empty where it carries no time.
    pub time: String,
}
