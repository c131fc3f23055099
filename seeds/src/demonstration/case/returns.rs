//! What is taken back: the cancellation, the order to return, and what the body pays back.

use domain::award::CancellationGround;
use domain::closing::ReturnKind;
use domain::{Currency, Money};
use sea_orm::EntityTrait;
use store::Error;
use store::command::{CancelAward, OrderReturn, RepayReturn};
use store::entity::return_order;

use super::Case;

impl Case<'_> {
    pub(super) async fn cancel(&self, day: i64) -> Result<(), Error> {
        let cancel = CancelAward {
            award: self.award,
            ground: CancellationGround::OtherUse,
            part: None,
            reason: "補助金の他用途使用 / put to another use".to_owned(),
        };
        self.direct(day, &cancel).await
    }

    /// Everything that arrived was paid out of one year.
    pub(super) async fn order_back(&mut self, day: i64, due: i64) -> Result<(), Error> {
        let clerk = self.desk.clerk;
        let years = self.years()?.into_keys();
        let order = OrderReturn {
            award: self.award,
            kind: ReturnKind::Cancellation,
            budget_year: years.min().ok_or_else(|| Error::not_found("BUDGET"))?,
            amount: Some(self.arrived),
            due_on: clerk.day(due),
            reason: "交付決定の取消しによる / after the cancellation".to_owned(),
        };
        let director = self.desk.setting.cast.director;
        let ordered = clerk.act(director, day, &order).await?;
        self.owed.push(ordered.return_order);
        Ok(())
    }

    /// The body pays all of what was ordered back, on the payment slip of each order.
    pub(super) async fn pay_back(&mut self, day: i64) -> Result<(), Error> {
        let (clerk, cast) = (self.desk.clerk, &self.desk.setting.cast);
        for return_order in core::mem::take(&mut self.owed) {
            let ordered = return_order::Entity::find_by_id(return_order.uuid());
            let ordered = ordered.one(clerk.store.reads()).await?;
            let ordered = ordered.ok_or_else(|| Error::not_found("RETURN_ORDER"))?;
            let repay = RepayReturn {
                return_order,
                amount: Money::of_minor(ordered.amount_minor, Currency::JPY),
                received_on: clerk.day(day),
                reference: format!("歳入-{}-{}", self.story.applicant, ordered.budget_year),
            };
            clerk.act(cast.finance_preparer, day, &repay).await?;
        }
        Ok(())
    }
}
