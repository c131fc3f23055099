//! What is taken back: the cancellation, the order to return, what the body pays back, and what the
//! State gives up of it.

use domain::award::CancellationGround;
use domain::closing::{ChargeEntry, ReturnKind};
use domain::id::ReturnOrderId;
use domain::{Coded, Currency, Money, Rate, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{
    ApplyReceipt, CancelAward, OrderReturn, RecordReceipt, RefundReceipt, RepayReturn,
    RescindReturn, ReturnRepaid, WaiveCharge, WriteOffReturn,
};
use store::entity::{return_charge, return_order};
use store::mapping;

use super::Case;

/// What a body that cannot tell its charges to the yen pays above them, in yen.
const TOO_MUCH: i64 = 5_000;

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

    pub(super) async fn order_all_back(&mut self, day: i64, due: i64) -> Result<(), Error> {
        let all = (ReturnKind::Cancellation, self.arrived);
        self.order_back(day, due, all).await
    }

    pub(super) async fn order_part_back(
        &mut self,
        day: i64,
        due: i64,
        minor: i64,
    ) -> Result<(), Error> {
        let part = (ReturnKind::GoodFaith, yen(minor));
        self.order_back(day, due, part).await
    }

    /// Everything that is ordered back was paid out of the first year.
    async fn order_back(
        &mut self,
        day: i64,
        due: i64,
        (kind, amount): (ReturnKind, Money),
    ) -> Result<(), Error> {
        let clerk = self.desk.clerk;
        let years = self.years()?.into_keys();
        let reason = match kind {
            ReturnKind::Cancellation => "交付決定の取消しによる / after the cancellation",
            _ => "使用する見込みがなくなった / it is not going to be spent",
        };
        let order = OrderReturn {
            award: self.award,
            kind,
            budget_year: years.min().ok_or_else(|| Error::not_found("BUDGET"))?,
            amount: Some(amount),
            due_on: clerk.day(due),
            reason: reason.to_owned(),
        };
        let director = self.desk.setting.cast.director;
        let ordered = clerk.act(director, day, &order).await?;
        self.ordered.push(ordered.return_order);
        Ok(())
    }

    pub(super) async fn rescind(&self, day: i64) -> Result<(), Error> {
        let rescind = RescindReturn {
            return_order: self.last_order()?,
            reason: "代わりの用途が認められた / another use was approved".to_owned(),
        };
        self.direct(day, &rescind).await
    }

    /// The body pays the principal of what was ordered back, on the payment slip of each order.
    pub(super) async fn pay_back(&mut self, day: i64) -> Result<(), Error> {
        for return_order in self.ordered.clone() {
            let amount = yen(self.order(return_order).await?.amount_minor);
            let repaid = self.repay(day, return_order, (amount, "元金")).await?;
            if repaid.owed.is_positive() {
                self.charged.push((return_order, repaid.owed));
            }
        }
        Ok(())
    }

    pub(super) async fn pay_charges(&mut self, day: i64) -> Result<(), Error> {
        for (return_order, owed) in core::mem::take(&mut self.charged) {
            let amount = owed.plus(yen(TOO_MUCH)).map_err(Refusal::from)?;
            let repaid = self.repay(day, return_order, (amount, "延滞金")).await?;
            self.receipts.push(repaid.receipt);
        }
        Ok(())
    }

    async fn repay(
        &self,
        day: i64,
        return_order: ReturnOrderId,
        (amount, what): (Money, &str),
    ) -> Result<ReturnRepaid, Error> {
        let year = self.order(return_order).await?.budget_year;
        let repay = RepayReturn {
            return_order,
            amount,
            received_on: self.desk.clerk.day(day),
            reference: format!("歳入-{}-{year}-{what}", self.story.applicant),
        };
        let preparer = self.desk.setting.cast.finance_preparer;
        self.desk.clerk.act(preparer, day, &repay).await
    }

    pub(super) async fn receive(&mut self, day: i64, percent: u32) -> Result<(), Error> {
        let (clerk, cast) = (self.desk.clerk, &self.desk.setting.cast);
        let ordered = yen(self.order(self.last_order()?).await?.amount_minor);
        let part = Rate::new(percent.into(), 100).map_err(Refusal::from)?;
        let record = RecordReceipt {
            organization: self.applicant.organization,
            amount: ordered.at_rate(part).map_err(Refusal::from)?,
            received_on: clerk.day(day),
            reference: format!("歳入-{}-一般振込", self.story.applicant),
        };
        let recorded = clerk.act(cast.finance_preparer, day, &record).await?;
        self.receipts.push(recorded.receipt);
        Ok(())
    }

    pub(super) async fn apply(&mut self, day: i64) -> Result<(), Error> {
        let approver = self.desk.setting.cast.finance_approver;
        let return_order = self.last_order()?;
        for receipt in core::mem::take(&mut self.receipts) {
            let apply = ApplyReceipt {
                receipt,
                return_order,
            };
            self.desk.clerk.act(approver, day, &apply).await?;
        }
        Ok(())
    }

    pub(super) async fn refund(&mut self, day: i64) -> Result<(), Error> {
        let approver = self.desk.setting.cast.finance_approver;
        for receipt in core::mem::take(&mut self.receipts) {
            let refund = RefundReceipt {
                receipt,
                reference: format!("還付-{}", self.story.applicant),
                reason: "過納のため / more was paid than owed".to_owned(),
            };
            self.desk.clerk.act(approver, day, &refund).await?;
        }
        Ok(())
    }

    pub(super) async fn give_up(&self, day: i64) -> Result<(), Error> {
        let write_off = WriteOffReturn {
            return_order: self.last_order()?,
            reference: "債権管理第0号（架空）".to_owned(),
            reason: "破産手続が終結した / the bankruptcy proceedings ended".to_owned(),
        };
        self.direct(day, &write_off).await
    }

    /// Nothing was collected of what was levied: all of it is waived.
    pub(super) async fn waive_charges(&self, day: i64) -> Result<(), Error> {
        let return_order = self.last_order()?;
        let levied = return_charge::Entity::find()
            .filter(return_charge::Column::ReturnOrderId.eq(return_order.uuid()))
            .filter(return_charge::Column::Entry.eq(ChargeEntry::Levied.code()))
            .order_by_asc(return_charge::Column::Id)
            .all(self.desk.clerk.store.reads())
            .await?;
        for row in levied {
            let waive = WaiveCharge {
                return_order,
                charge: mapping::code(&row.charge)?,
                amount: yen(row.amount_minor),
                reference: "債権管理第0号（架空）".to_owned(),
                reason: "やむを得ない事情がある / it could not be helped".to_owned(),
            };
            self.direct(day, &waive).await?;
        }
        Ok(())
    }

    async fn order(&self, id: ReturnOrderId) -> Result<return_order::Model, Error> {
        return_order::Entity::find_by_id(id.uuid())
            .one(self.desk.clerk.store.reads())
            .await?
            .ok_or_else(|| Error::not_found("RETURN_ORDER"))
    }

    fn last_order(&self) -> Result<ReturnOrderId, Error> {
        let last = self.ordered.last().copied();
        last.ok_or_else(|| Error::not_found("RETURN_ORDER"))
    }
}

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}
