//! Typed identifiers.
//!
//! An id is opaque and says which kind of thing it names, so that a gate can never be asked for by
//! the id of an award. Making one is the store's business (it needs the clock and randomness); the
//! domain only carries them.

use core::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($( $(#[doc = $doc:literal])+ $name:ident ),+ $(,)?) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Names the thing with this identifier.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare identifier, as the database holds it.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+ };
}

ids! {
    /// Names a support programme (事業).
    ProgrammeId,
    /// Names one version of a programme's policy parameters.
    PolicyVersionId,
    /// Names one version of the account that a programme pays from.
    OriginatorId,
    /// Names one version of who publishes a programme's awards as open data.
    PublisherId,
    /// Names one version of in whose name a programme's notices are issued.
    LetterheadId,
    /// Names a development theme (テーマ).
    ThemeId,
    /// Names one version of a theme's staged ladder (ゲート雛形).
    GateTemplateId,
    /// Names the money of a theme in one fiscal year (予算枠).
    EnvelopeId,
    /// Names an applicant body (事業者).
    OrganizationId,
    /// Names a natural person (担当者).
    PersonId,
    /// Names a role granted to a person.
    RoleGrantId,
    /// Names a bearer token issued to a person.
    ServiceTokenId,
    /// Names a grant decision (交付決定).
    AwardId,
    /// Names one version of an award's plan (計画).
    PlanVersionId,
    /// Names a staged target (マイルストーン).
    MilestoneId,
    /// Names what an applicant shows for a milestone (達成報告).
    SubmissionId,
    /// Names a stored piece of evidence.
    EvidenceId,
    /// Names one sitting on one submission (ゲート審査).
    GateId,
    /// Names a seat on a gate's roster.
    GateMemberId,
    /// Names a panel member's declaration of conflicts. Opaque: tells no time.
    DeclarationId,
    /// Names a recusal. Opaque: tells no time.
    RecusalId,
    /// Names a panel member's vote (審査員の判定). Opaque: tells no time.
    SignOffId,
    /// Names the panel's recommendation (答申).
    RecommendationId,
    /// Names a decision of the authority on a gate (決定).
    GateDecisionId,
    /// Names a condition of a conditional pass.
    ConditionId,
    /// Names a part of an award (交付区分).
    TrancheId,
    /// Names a release of a tranche.
    ReleaseId,
    /// Names one version of the account a body is paid to.
    PayeeAccountId,
    /// Names a payment as the bank is asked for it (支払指図).
    PaymentInstructionId,
    /// Names what is asked of the bank together (支払依頼).
    PaymentBatchId,
    /// Names a report that is owed (報告).
    ReportId,
    /// Names one version of the amount determined for a budget year (額の確定).
    DeterminationId,
    /// Names an order to return money (返還命令).
    ReturnOrderId,
    /// Names the closing of a budget year.
    YearClosingId,
    /// Names a carry-over into the next budget year (繰越).
    CarryOverId,
    /// Names money that came in for a return.
    ReceiptId,
    /// Names what was kept of a payment for a debt of the same body (相殺).
    SetOffId,
    /// Names a file of results as the bank sent it.
    SettlementFileId,
    /// Names one result of the bank (着金確認).
    SettlementLineId,
    /// Names a transfer in the ledger.
    TransferId,
    /// Names a file that was taken away.
    ExportId,
    /// Names one run of one command; every id it makes derives from it.
    CommandId,
}
