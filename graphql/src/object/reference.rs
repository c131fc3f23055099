//! Things that a command named, read when they are asked for.

use async_graphql::{Context, Result};
use domain::id::{
    AwardId, ConditionId, GateId, MilestoneId, PayeeAccountId, PaymentBatchId,
    PaymentInstructionId, ReceiptId, ReturnOrderId, SettlementLineId, SubmissionId, TrancheId,
};
use store::read::{gate, plan};

use super::{
    Award, Condition, Gate, Milestone, PayeeAccount, Payment, PaymentBatch, Receipt, ReturnOrder,
    SettlementLine, Submission, Tranche,
};
use crate::loader::{PlanOf, load};
use crate::session::Session;

/// Something that a command's outcome names. A payload keeps the reference and resolves it live, as
/// the viewer may see it then, so that an outcome given again for an idempotency key shows the thing
/// as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ref<T>(pub T);

impl Ref<AwardId> {
    /// The award.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0).await
    }
}

impl Ref<MilestoneId> {
    /// The milestone.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Milestone>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let award = session
            .read(|store| plan::award_of_milestone(store.reads(), &sight, self.0))
            .await?;
        let Some(award) = award else {
            return Ok(None);
        };
        let plan = load(ctx, PlanOf(award)).await?;
        Ok(plan.and_then(|plan| plan.milestone(self.0).cloned().map(Milestone)))
    }
}

impl Ref<TrancheId> {
    /// The tranche.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let award = session
            .read(|store| plan::award_of_tranche(store.reads(), &sight, self.0))
            .await?;
        let Some(award) = award else {
            return Ok(None);
        };
        Tranche::find(ctx, award, self.0).await
    }
}

impl Ref<GateId> {
    /// The gate.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Gate>> {
        Ok(load(ctx, self.0).await?.map(Gate))
    }
}

impl Ref<SubmissionId> {
    /// The version of the submission.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Submission>> {
        Ok(load(ctx, self.0).await?.map(Submission))
    }
}

impl Ref<ConditionId> {
    /// The condition.
    ///
    /// # Errors
    /// The fault of the read.
    pub async fn load(self, ctx: &Context<'_>) -> Result<Option<Condition>> {
        let session = Session::of(ctx)?;
        let sight = session.sight()?;
        let found = session
            .read(|store| gate::condition(store.reads(), &sight, self.0))
            .await?;
        Ok(found.map(Condition))
    }
}

macro_rules! loaded {
    ($( $(#[doc = $doc:literal])+ $id:ident => $object:ident; )+) => { $(
        impl Ref<$id> {
            $(#[doc = $doc])+
            ///
            /// # Errors
            /// The fault of the read.
            pub async fn load(self, ctx: &Context<'_>) -> Result<Option<$object>> {
                Ok(load(ctx, self.0).await?.map($object))
            }
        }
    )+ };
}

loaded! {
    /// The version of the account.
    PayeeAccountId => PayeeAccount;
    /// The batch.
    PaymentBatchId => PaymentBatch;
    /// The payment.
    PaymentInstructionId => Payment;
    /// The order to return.
    ReturnOrderId => ReturnOrder;
    /// The receipt.
    ReceiptId => Receipt;
    /// The answer of the bank.
    SettlementLineId => SettlementLine;
}
