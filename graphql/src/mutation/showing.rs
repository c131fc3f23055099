//! From outcomes to the graph's values: the same for every mutation.
//!
//! Things are shown by reference: read when they are asked for, as the viewer may see them then, and
//! null when they may not.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, Result, ServerResult, Value,
};
use domain::Seal;
use domain::calendar::FiscalYear;
use domain::id::{
    AwardId, ConditionId, GateId, LetterheadId, MilestoneId, OrganizationId, OriginatorId,
    PayeeAccountId, PaymentBatchId, PaymentInstructionId, PersonId, PublisherId, ReceiptId,
    ReturnOrderId, SettlementLineId, SubmissionId, ThemeId, TrancheId,
};

use crate::coded::Coded;
use crate::loader::load;
use crate::node_id::Id;
use crate::object::{
    Award, Condition, Gate, Letterhead, Milestone, Organization, Originator, PayeeAccount, Payment,
    PaymentBatch, Person, Publisher, Receipt, Ref, ReturnOrder, SettlementLine, Submission, Theme,
    Tranche,
};
use crate::scalar::Money;

/// A value of the graph that shows a `T`.
pub(super) trait Show<T> {
    /// Shows `value`.
    fn show(value: T) -> Self;
}

macro_rules! shows {
    ($( $from:ty => $to:ty: |$value:ident| $show:expr; )+) => { $(
        impl Show<$from> for $to {
            fn show($value: $from) -> Self {
                $show
            }
        }
    )+ };
}

shows! {
    bool => bool: |truth| truth;
    u32 => u32: |number| number;
    i64 => i64: |number| number;
    String => String: |text| text;
    Seal => String: |seal| seal.to_string();
    FiscalYear => i32: |year| year.get();
    domain::Money => Money: |money| Money(money);
}

impl<T> Show<T> for Id<T> {
    fn show(value: T) -> Self {
        Self(value)
    }
}

impl<T> Show<T> for Ref<T> {
    fn show(value: T) -> Self {
        Self(value)
    }
}

impl<T: domain::Coded> Show<T> for Coded<T> {
    fn show(value: T) -> Self {
        Self(value)
    }
}

impl<A, T: Show<A>> Show<Option<A>> for Option<T> {
    fn show(value: Option<A>) -> Self {
        value.map(Show::show)
    }
}

impl<A, T: Show<A>> Show<Vec<A>> for Vec<T> {
    fn show(value: Vec<A>) -> Self {
        value.into_iter().map(Show::show).collect()
    }
}

macro_rules! references {
    ($( $id:ty => $object:ty: |$ctx:ident, $reference:ident| $read:expr; )+) => { $(
        impl OutputType for Ref<$id> {
            fn type_name() -> Cow<'static, str> {
                <$object as OutputType>::type_name()
            }

            fn qualified_type_name() -> String {
                Option::<$object>::qualified_type_name()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                Option::<$object>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                ctx: &ContextSelectionSet<'_>,
                field: &Positioned<Field>,
            ) -> ServerResult<Value> {
                let read = async |$ctx: &Context<'_>| -> Result<Option<$object>> {
                    let $reference = *self;
                    $read
                };
                let found = read(&ctx.with_field(field)).await;
                let found = found.map_err(|error| error.into_server_error(field.pos))?;
                OutputType::resolve(&found, ctx, field).await
            }
        }
    )+ };
}

references! {
    AwardId => Award: |ctx, award| award.load(ctx).await;
    MilestoneId => Milestone: |ctx, milestone| milestone.load(ctx).await;
    TrancheId => Tranche: |ctx, tranche| tranche.load(ctx).await;
    GateId => Gate: |ctx, gate| gate.load(ctx).await;
    SubmissionId => Submission: |ctx, submission| submission.load(ctx).await;
    ConditionId => Condition: |ctx, condition| condition.load(ctx).await;
    PayeeAccountId => PayeeAccount: |ctx, account| account.load(ctx).await;
    OriginatorId => Originator: |ctx, originator| Ok(load(ctx, originator.0).await?.map(Originator));
    PublisherId => Publisher: |ctx, publisher| Ok(load(ctx, publisher.0).await?.map(Publisher));
    LetterheadId => Letterhead: |ctx, letterhead| Ok(load(ctx, letterhead.0).await?.map(Letterhead));
    PaymentBatchId => PaymentBatch: |ctx, batch| batch.load(ctx).await;
    PaymentInstructionId => Payment: |ctx, payment| payment.load(ctx).await;
    ReturnOrderId => ReturnOrder: |ctx, order| order.load(ctx).await;
    ReceiptId => Receipt: |ctx, receipt| receipt.load(ctx).await;
    SettlementLineId => SettlementLine: |ctx, line| line.load(ctx).await;
    ThemeId => Theme: |ctx, theme| Ok(load(ctx, theme.0).await?.map(Theme));
    PersonId => Person: |ctx, person| Ok(load(ctx, person.0).await?.map(Person));
    OrganizationId => Organization: |ctx, body| Ok(load(ctx, body.0).await?.map(Organization));
}
