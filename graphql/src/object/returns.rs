//! Orders to return, their charges, and the money that came in for them.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::closing::{ChargeKind, ReductionCause, ReturnKind, ReturnState};
use store::read::receipt::ReceiptView;
use store::read::returns::{ChargeView, ReturnOrderView};

use super::{Award, Determination, Organization, Person};
use crate::coded::Coded;
use crate::loader::load;
use crate::node_id::Id;
use crate::scalar::{Date, Instant, Money};
use crate::session::Session;

/// An order to return.
#[derive(Debug, Clone)]
pub struct ReturnOrder(pub ReturnOrderView);

/// An order to return money (返還命令, Act 18), as it stands today.
#[Object]
impl ReturnOrder {
    /// The order's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// The award under which the money was paid.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.0.award).await
    }

    /// The budget year out of which it was paid.
    async fn budget_year(&self) -> i32 {
        self.0.budget_year.get()
    }

    /// Why money is to be returned.
    async fn kind(&self) -> Coded<ReturnKind> {
        Coded(self.0.kind)
    }

    /// The determination that found an overpayment.
    async fn determination(&self, ctx: &Context<'_>) -> Result<Option<Determination>> {
        let Some(id) = self.0.determination else {
            return Ok(None);
        };
        Ok(load(ctx, id).await?.map(Determination))
    }

    /// How it stands.
    async fn state(&self) -> Coded<ReturnState> {
        Coded(self.0.state)
    }

    /// The principal.
    async fn ordered(&self) -> Money {
        Money(self.0.ordered)
    }

    /// What of the principal is outstanding.
    async fn outstanding(&self) -> Money {
        Money(self.0.outstanding)
    }

    /// The day of the order.
    async fn ordered_on(&self) -> Date {
        Date(self.0.ordered_on)
    }

    /// The last day on which it is paid in time.
    async fn due_on(&self) -> Date {
        Date(self.0.due_on)
    }

    /// By how many days it is overdue today, while principal is outstanding.
    async fn overdue_days(&self, ctx: &Context<'_>) -> Result<i64> {
        let late = Session::of(ctx)?.today() - self.0.due_on;
        let open = self.0.state == ReturnState::Open;
        Ok(if open { late.num_days().max(0) } else { 0 })
    }

    /// Why (Act 21-2).
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who ordered it.
    async fn ordered_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.ordered_by).await
    }

    /// The receipts that it is charged to, the latest first (Order 10).
    async fn receipts(&self) -> Vec<DatedAmount> {
        self.0.receipts.iter().map(DatedAmount::of).collect()
    }

    /// What reduced the principal, in the order of its recording.
    async fn reductions(&self) -> Vec<ReturnReduction> {
        let reductions = self.0.reductions.iter();
        let shown = reductions.map(|part| ReturnReduction {
            cause: Coded(part.cause),
            on: Date(part.reduced.on),
            amount: Money(part.reduced.amount),
        });
        shown.collect()
    }

    /// The charges that it bears (Act 19).
    async fn charges(&self) -> Vec<ReturnCharge> {
        self.0.charges.iter().map(ReturnCharge::of).collect()
    }
}

/// An amount on a day.
#[derive(Debug, Clone, SimpleObject)]
pub struct DatedAmount {
    /// The day, in Japan.
    on: Date,
    /// The amount.
    amount: Money,
}

impl DatedAmount {
    const fn of(dated: &domain::closing::DatedAmount) -> Self {
        Self {
            on: Date(dated.on),
            amount: Money(dated.amount),
        }
    }
}

/// What reduced the principal of an order to return.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReturnReduction {
    /// Why it is less.
    cause: Coded<ReductionCause>,
    /// The day that counts: of a payment, the day on which it arrived.
    on: Date,
    /// How much.
    amount: Money,
}

/// A surcharge or a late charge.
#[derive(Debug, Clone, SimpleObject)]
pub struct ReturnCharge {
    /// Which one.
    kind: Coded<ChargeKind>,
    /// What it comes to until today, if nothing more is paid.
    accrued: Money,
    /// What was levied: the charge until the latest payment of principal.
    levied: Money,
    /// What was paid of that.
    collected: Money,
    /// What was waived of that.
    waived: Money,
    /// What of it is outstanding.
    outstanding: Money,
}

impl ReturnCharge {
    const fn of(view: &ChargeView) -> Self {
        Self {
            kind: Coded(view.kind),
            accrued: Money(view.accrued),
            levied: Money(view.charge.levied),
            collected: Money(view.charge.collected),
            waived: Money(view.charge.waived),
            outstanding: Money(view.outstanding),
        }
    }
}

/// A receipt.
#[derive(Debug, Clone)]
pub struct Receipt(pub ReceiptView);

/// Money that came in for a return.
#[Object]
impl Receipt {
    /// The receipt's id.
    pub async fn id(&self) -> ID {
        Id(self.0.id).shown()
    }

    /// Who paid.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization> {
        Organization::met(ctx, self.0.organization).await
    }

    /// How much.
    async fn amount(&self) -> Money {
        Money(self.0.amount)
    }

    /// What of it is neither applied nor paid back; nothing where it was taken back.
    async fn rest(&self) -> Money {
        Money(self.0.rest)
    }

    /// The day on which it arrived, in Japan.
    async fn received_on(&self) -> Date {
        Date(self.0.received_on)
    }

    /// What the treasury knows it by.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// The order to return on whose payment slip it came; nothing where it was applied by hand.
    async fn slip_of(&self, ctx: &Context<'_>) -> Result<Option<ReturnOrder>> {
        let Some(id) = self.0.slip_of else {
            return Ok(None);
        };
        Ok(load(ctx, id).await?.map(ReturnOrder))
    }

    /// When it was taken back, if it was.
    async fn taken_back_at(&self) -> Option<Instant> {
        self.0.taken_back_at.map(Instant)
    }

    /// Who took it back.
    async fn taken_back_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.taken_back_by).await
    }

    /// Why it was taken back.
    async fn taken_back_reason(&self) -> Option<&str> {
        self.0.taken_back_reason.as_deref()
    }

    /// Who recorded it.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.recorded_by).await
    }
}
