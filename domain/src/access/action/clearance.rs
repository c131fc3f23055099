//! Who can clear what stands against an action.

use crate::access::Role;
use crate::refusal::RefusalCode;

/// Who can clear a refusal with this code; nobody in particular where it is for another person, for
/// time or for good, and where the refusal itself names its blockers.
pub(super) const fn cleared_by(code: RefusalCode) -> Option<Role> {
    match code {
        RefusalCode::DraftMissing | RefusalCode::KpiValueMissing | RefusalCode::EvidenceMissing => {
            Some(Role::Researcher)
        }
        RefusalCode::NothingSubmitted | RefusalCode::PlanChangePending => {
            Some(Role::Representative)
        }
        RefusalCode::GateNotConvened
        | RefusalCode::SealMismatch
        | RefusalCode::QuorumUnreachable
        | RefusalCode::ConditionsPending => Some(Role::Officer),
        RefusalCode::DeclarationRequired
        | RefusalCode::QuorumNotMet
        | RefusalCode::VotesPending => Some(Role::Reviewer),
        RefusalCode::GateNotRecommended => Some(Role::Chair),
        RefusalCode::AwardSuspended
        | RefusalCode::MilestoneLocked
        | RefusalCode::PlanChangeOpen
        | RefusalCode::EnvelopeMissing
        | RefusalCode::EnvelopeExhausted => Some(Role::Director),
        RefusalCode::MoneyAlreadyReleased
        | RefusalCode::GateMoneyInstructed
        | RefusalCode::TrancheAlreadyReleased
        | RefusalCode::TrancheNotReleased => Some(Role::FinancePreparer),
        _ => None,
    }
}
