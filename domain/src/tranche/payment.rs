//! What a payment looks at beyond its gate, its award and the limits of its money.
//!
//! The same facts are asked at the release, at the approval of a batch and at its export: an account
//! may be swapped and a return fall due between any two of them.

use chrono::NaiveDate;

use super::{Blocker, BlockerCode, PaymentBasis, TrancheKind};
use crate::closing::Report;
use crate::money::{BasisPoints, Money};
use crate::payment::Standing;

/// The facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFacts {
    /// Whether it comes before or after the determination of its year.
    pub basis: PaymentBasis,
    /// The reference of the consultation on payment by estimate (Accounts Act 22).
    pub consultation_reference: Option<String>,
    /// The use of what was paid to the award before.
    pub earlier: EarlierMoney,
    /// The first due report of the award that is not accepted, owed by law or asked for, whether
    /// anything was handed in or not.
    pub report: Option<Report>,
    /// How the account of the body stands.
    pub account: Standing,
    /// The day since which the body owes a return, of this award or another (Act 20).
    pub return_owed_since: Option<NaiveDate>,
}

/// The use of what was paid to an award before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierMoney {
    /// What has arrived, less what came back.
    pub settled: Money,
    /// The day on which the last of it arrived.
    pub settled_on: Option<NaiveDate>,
    /// The eligible spend of it in accepted statements.
    pub spent: Money,
    /// The part that has to be spent before more is paid (policy).
    pub threshold: BasisPoints,
}

impl EarlierMoney {
    /// Whether enough of it is spent. Nothing paid is nothing to use.
    #[must_use]
    pub fn is_used(&self) -> bool {
        let spent = i128::from(self.spent.minor()) * i128::from(BasisPoints::WHOLE.get());
        let needed = i128::from(self.settled.minor()) * i128::from(self.threshold.get());
        spent >= needed && self.spent.currency() == self.settled.currency()
    }
}

impl PaymentFacts {
    /// What stands on `today` against paying a tranche of this kind that waits since `waits_since`.
    pub(super) fn blockers(
        &self,
        kind: TrancheKind,
        today: NaiveDate,
        waits_since: NaiveDate,
    ) -> Vec<Blocker> {
        let of_milestones = [self.report_blocker(today), self.usage_blocker()];
        let of_milestones = of_milestones
            .into_iter()
            .filter(|_| kind == TrancheKind::Milestone);
        let of_all = [
            self.consultation_blocker(waits_since),
            self.account_blocker(waits_since),
            self.return_blocker(),
        ];
        of_milestones.chain(of_all).flatten().collect()
    }

    fn consultation_blocker(&self, waits_since: NaiveDate) -> Option<Blocker> {
        let code = BlockerCode::ConsultationReferenceMissing;
        (self.basis == PaymentBasis::Estimate && self.consultation_reference.is_none())
            .then(|| Blocker::since(code, Some(waits_since)))
    }

    /// A report may be handed in on its due day.
    fn report_blocker(&self, today: NaiveDate) -> Option<Blocker> {
        let report = self.report.filter(|report| report.is_outstanding(today))?;
        Some(Blocker {
            cleared_by: report.awaited_of(),
            ..Blocker::since(BlockerCode::ReportNotAccepted, report.due_on.succ_opt())
        })
    }

    fn usage_blocker(&self) -> Option<Blocker> {
        let since = self.earlier.settled_on;
        (!self.earlier.is_used()).then(|| Blocker::since(BlockerCode::EarlierMoneyUnused, since))
    }

    fn account_blocker(&self, waits_since: NaiveDate) -> Option<Blocker> {
        match self.account {
            Standing::Ready => None,
            Standing::Missing => Some(Blocker::since(
                BlockerCode::PayeeAccountMissing,
                Some(waits_since),
            )),
            Standing::Unverified { since } => Some(Blocker::since(
                BlockerCode::PayeeAccountUnverified,
                Some(since),
            )),
            Standing::Changed { since } => Some(Blocker::since(
                BlockerCode::PayeeAccountChanged,
                Some(since),
            )),
            Standing::CoolingDown { since, until } => Some(Blocker {
                until: Some(until),
                ..Blocker::since(BlockerCode::PayeeAccountCoolingDown, Some(since))
            }),
        }
    }

    fn return_blocker(&self) -> Option<Blocker> {
        let since = self.return_owed_since?;
        Some(Blocker::since(BlockerCode::ReturnUnpaid, Some(since)))
    }
}
