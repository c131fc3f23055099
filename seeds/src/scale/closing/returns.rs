//! What comes back of an award: ordered, paid by receipt or on its slip, rescinded, waived or given up.

use chrono::{NaiveDate, TimeDelta};
use domain::award::CancellationGround;
use domain::closing::{ChargeEntry, ChargeKind, ReturnKind};
use domain::id::{AwardId, ReturnOrderId};
use domain::{Coded, FiscalYear};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{
    ApplyReceipt, CancelAward, OrderReturn, RecordReceipt, RefundReceipt, RepayReturn,
    RescindReturn, WaiveCharge, WriteOffReturn,
};
use store::entity::{return_charge, return_order, return_reduction};

use super::super::payments::Teller;
use super::super::setting::REASON;
use super::{DUE_AFTER, Ending, Finished, yen};

/// What a body that owes no charge pays above what was ordered, in yen.
pub(super) const TOO_MUCH: i64 = 5_000;

impl Teller<'_> {
    /// What was paid is ordered back and paid.
    pub(super) async fn cancel(&self, finished: &Finished, ending: Ending) -> Result<(), Error> {
        let day = self.last_day();
        let cancel = CancelAward {
            award: AwardId::new(finished.row.id),
            ground: CancellationGround::OtherUse,
            part: None,
            reason: REASON.to_owned(),
        };
        let director = self.cast.director;
        self.act(director, day, &finished.named("cancel"), &cancel)
            .await?;
        let paid = finished.years.iter().filter(|(_, (_, paid))| *paid > 0);
        for (place, (year, (_, paid))) in paid.enumerate() {
            if ending == Ending::MisusedAndPaid && place == 0 {
                self.order_in_error(finished, (*year, *paid)).await?;
            }
            self.order(finished, (*year, *paid), "order").await?;
        }
        if ending == Ending::MisusedAndPaid {
            return self.pay_on_slips(finished, day).await;
        }
        self.pay_back(finished, 0).await?;
        self.waive(finished).await
    }

    async fn order(
        &self,
        finished: &Finished,
        (budget_year, paid): (FiscalYear, i64),
        name: &str,
    ) -> Result<ReturnOrderId, Error> {
        let day = self.last_day();
        let order = OrderReturn {
            award: AwardId::new(finished.row.id),
            kind: ReturnKind::Cancellation,
            budget_year,
            amount: Some(yen(paid)),
            due_on: day + TimeDelta::days(DUE_AFTER),
            reason: REASON.to_owned(),
        };
        let name = finished.named(&format!("{name}-{}", budget_year.get()));
        let ordered = self.act(self.cast.director, day, &name, &order).await?;
        Ok(ordered.return_order)
    }

    /// A first order of a year that is rescinded on the same day.
    async fn order_in_error(
        &self,
        finished: &Finished,
        of: (FiscalYear, i64),
    ) -> Result<(), Error> {
        let rescind = RescindReturn {
            return_order: self.order(finished, of, "order-in-error").await?,
            reason: REASON.to_owned(),
        };
        let (director, day) = (self.cast.director, self.last_day());
        self.act(director, day, &finished.named("rescind"), &rescind)
            .await?;
        Ok(())
    }

    /// The orders to return of the award, the first one first.
    pub(super) async fn orders(
        &self,
        finished: &Finished,
    ) -> Result<Vec<return_order::Model>, Error> {
        Ok(return_order::Entity::find()
            .filter(return_order::Column::AwardId.eq(finished.row.id))
            .order_by_asc(return_order::Column::Id)
            .all(self.office.store.reads())
            .await?)
    }

    /// The director gives up what was ordered back of the award.
    pub(super) async fn give_up(&self, finished: &Finished) -> Result<(), Error> {
        for order in self.orders(finished).await? {
            let write_off = WriteOffReturn {
                return_order: ReturnOrderId::new(order.id),
                reference: finished.named(&order.budget_year.to_string()),
                reason: REASON.to_owned(),
            };
            let name = finished.named(&format!("give-up-{}", order.budget_year));
            let director = self.cast.director;
            self.act(director, self.last_day(), &name, &write_off)
                .await?;
        }
        Ok(())
    }

    /// The director waives the surcharge that the payments levied.
    async fn waive(&self, finished: &Finished) -> Result<(), Error> {
        let levied = return_charge::Entity::find()
            .filter(return_charge::Column::AwardId.eq(finished.row.id))
            .filter(return_charge::Column::Entry.eq(ChargeEntry::Levied.code()))
            .order_by_asc(return_charge::Column::Id)
            .all(self.office.store.reads())
            .await?;
        for row in levied {
            let waive = WaiveCharge {
                return_order: ReturnOrderId::new(row.return_order_id),
                charge: ChargeKind::Surcharge,
                amount: yen(row.amount_minor),
                reference: finished.named(&row.id.to_string()),
                reason: REASON.to_owned(),
            };
            let name = finished.named(&format!("waive-{}", row.id));
            let director = self.cast.director;
            self.act(director, self.last_day(), &name, &waive).await?;
        }
        Ok(())
    }

    /// The body pays what was ordered back of the award, and so many yen too much, which it gets back.
    pub(super) async fn pay_back(&self, finished: &Finished, too_much: i64) -> Result<(), Error> {
        let day = self.last_day();
        for order in self.orders(finished).await? {
            let named = |what: &str| finished.named(&format!("{what}-{}", order.budget_year));
            let record = RecordReceipt {
                organization: finished.row.organization_id.into(),
                amount: yen(order.amount_minor + too_much),
                received_on: day,
                reference: finished.named(&order.budget_year.to_string()),
            };
            let preparer = self.cast.finance_preparer;
            let recorded = self.act(preparer, day, &named("receive"), &record).await?;
            let receipt = recorded.receipt;
            let apply = ApplyReceipt {
                receipt,
                return_order: ReturnOrderId::new(order.id),
            };
            let approver = self.cast.finance_approver;
            self.act(approver, day, &named("apply"), &apply).await?;
            if too_much == 0 {
                continue;
            }
            let refund = RefundReceipt {
                receipt,
                reference: finished.named(&order.budget_year.to_string()),
                reason: REASON.to_owned(),
            };
            self.act(approver, day, &named("refund"), &refund).await?;
        }
        Ok(())
    }

    /// The body pays what it still owes for the award on the slips of the orders: the principal, and then
    /// what that levied.
    pub(super) async fn pay_on_slips(
        &self,
        finished: &Finished,
        day: NaiveDate,
    ) -> Result<(), Error> {
        for order in self.orders(finished).await? {
            let mut owed = self.owed(&order).await?;
            while owed > 0 {
                let repay = RepayReturn {
                    return_order: ReturnOrderId::new(order.id),
                    amount: yen(owed),
                    received_on: day,
                    reference: format!("{}-{owed}", finished.named(&order.id.to_string())),
                };
                let preparer = self.cast.finance_preparer;
                let repaid = self.once(preparer, day, &repay).await?;
                owed = repaid.owed.minor();
            }
        }
        Ok(())
    }

    /// What is on record as owed for an order, charges that were levied included, in yen.
    async fn owed(&self, order: &return_order::Model) -> Result<i64, Error> {
        let db = self.office.store.reads();
        let reduced = return_reduction::Entity::find()
            .filter(return_reduction::Column::ReturnOrderId.eq(order.id))
            .all(db)
            .await?;
        let reduced: i64 = reduced.iter().map(|row| row.amount_minor).sum();
        let charged = return_charge::Entity::find()
            .filter(return_charge::Column::ReturnOrderId.eq(order.id))
            .all(db)
            .await?;
        let charged: i64 = charged
            .iter()
            .map(|row| {
                if row.entry == ChargeEntry::Levied.code() {
                    row.amount_minor
                } else {
                    -row.amount_minor
                }
            })
            .sum();
        Ok(order.amount_minor - reduced + charged)
    }
}
