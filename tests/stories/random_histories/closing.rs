//! From the end of the work to the close, and what comes back meanwhile.

use std::collections::BTreeSet;

use domain::award::{AwardStateCode, CancellationGround};
use domain::closing::{
    CarryOver, CarryOverGrounds, ChargeKind, CostCategory, ReportContent, ReportKind, ReturnKind,
};
use domain::id::{AwardId, ReceiptId, ReturnOrderId, TrancheId};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, FiscalYear, Money, Rate};
use sea_orm::{EntityTrait, QueryOrder};
use store::command::{
    AcceptReport, ApplyReceipt, CancelAward, CarryOverTranche, CloseAward, CloseYear, CommitYear,
    CompleteAward, DefineEnvelope, DetermineAmount, EndAward, GrantWindDown, OrderReturn,
    PrescribeReport, RecordReceipt, RefundReceipt, ReleaseForSetOff, RepayReturn, RescindReturn,
    SetBudget, SetOff, SubmitReport, TakeBackReceipt, WaiveCharge, WriteOffReturn,
};
use store::entity::{receipt, return_order, return_reduction};

use super::act::{Relief, Way};
use super::history::History;
use super::payments::WHY;
use crate::builders::{costs, millions, no_tax_credit, year};

/// What is approved of each year: two thirds of it are more than an award's money.
const APPROVED: i64 = 90_000_000;

fn grounds() -> CarryOverGrounds {
    CarryOverGrounds {
        item: "ヘルステック開発支援".to_owned(),
        reason: "治験の遅れ".to_owned(),
        reference: "財計第3号".to_owned(),
    }
}

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

impl History<'_> {
    /// A status report on 2026 that states more than was ever paid.
    pub(super) async fn spend(&self, award: usize) {
        let (award, budget_year) = (self.awards[award].id, year(2026));
        let (people, kind) = (&self.world.people, ReportKind::Status);
        let prescribe = PrescribeReport {
            award,
            kind,
            budget_year,
            due_on: self.world.clock.today(),
            reason: WHY.to_owned(),
        };
        self.attempt(people.officer, &prescribe).await;
        self.hand_in(award, kind, budget_year, APPROVED).await;
    }

    /// A report that states so many yen as spent, and its acceptance.
    async fn hand_in(&self, award: AwardId, kind: ReportKind, budget_year: FiscalYear, spent: i64) {
        let people = &self.world.people;
        let content = ReportContent {
            narrative: WHY.to_owned(),
            expenditure: Some(costs(&[(CostCategory::Personnel, spent)])),
            tax_credit: None,
        };
        let report = SubmitReport {
            award,
            kind,
            budget_year,
            content,
        };
        if let Some(submitted) = self.attempt(people.representative, &report).await {
            let report = submitted.report;
            self.attempt(people.officer, &AcceptReport { report }).await;
        }
    }

    /// What the law asks for is handed in, as far as it is owed: nothing is released while it is missing.
    async fn report_by_law(&self, award: usize) {
        let award = self.awards[award].id;
        for kind in [ReportKind::Result, ReportKind::YearEnd] {
            self.hand_in(award, kind, year(2026), APPROVED).await;
        }
    }

    /// Something is ordered back and not paid in time; every tranche that is payable or may be is kept for
    /// it, from the one that `pick` says.
    pub(super) async fn set_off(&self, pick: usize) {
        self.spend(pick % 2).await;
        for award in [0, 1] {
            self.report_by_law(award).await;
        }
        self.order_return(pick % 2, 2026, 3_333_333).await;
        let mut waiting = self.tranches(0).await;
        waiting.extend(self.tranches(1).await);
        let first = pick % waiting.len().max(1);
        waiting.rotate_left(first);
        for row in &waiting {
            if row.state == TrancheState::Planned.code() {
                let release = ReleaseForSetOff {
                    tranche: row.id.into(),
                };
                self.attempt(self.world.people.preparer, &release).await;
            }
        }
        self.world.clock.pass_days(21);
        for row in &waiting {
            let tranche = row.id.into();
            let reason = WHY.to_owned();
            let set_off = SetOff { tranche, reason };
            self.attempt(self.world.people.director, &set_off).await;
        }
    }

    pub(super) async fn determine(&self, award: usize, of: i32, tenths: i64) {
        let (award, budget_year) = (self.awards[award].id, year(of));
        let people = &self.world.people;
        let budget = SetBudget {
            award,
            budget_year,
            approved: costs(&[(CostCategory::Personnel, APPROVED)]),
            standard: yen(APPROVED),
            rate: Rate::new(2, 3).expect("a rate"),
            reason: WHY.to_owned(),
        };
        self.attempt(people.director, &budget).await;
        for kind in [ReportKind::Result, ReportKind::YearEnd] {
            self.hand_in(award, kind, budget_year, APPROVED / 10 * tenths)
                .await;
        }
        let determine = DetermineAmount {
            award,
            budget_year,
            return_due_on: Some(self.world.clock.today() + chrono::Days::new(20)),
            reason: WHY.to_owned(),
        };
        self.attempt(people.director, &determine).await;
    }

    pub(super) async fn finish(&self, of: usize, way: Way) {
        let (award, reason) = (self.awards[of].id, WHY.to_owned());
        let director = self.world.people.director;
        let cancel = |part| CancelAward {
            award,
            ground: CancellationGround::Breach,
            part,
            reason: WHY.to_owned(),
        };
        match way {
            Way::Complete => {
                self.attempt(director, &CompleteAward { award }).await;
            }
            Way::End => {
                self.attempt(director, &EndAward { award, reason }).await;
                let grant = GrantWindDown {
                    award,
                    budget_year: FiscalYear::of(self.world.clock.today()),
                    amount: yen(1_000_001),
                    reason: WHY.to_owned(),
                };
                self.attempt(director, &grant).await;
            }
            Way::Cancel => {
                self.attempt(director, &cancel(None)).await;
                self.order_return(of, 2026, 7_000_001).await;
            }
            Way::CancelInPart => {
                self.attempt(director, &cancel(Some(millions(2)))).await;
            }
        }
    }

    pub(super) async fn order_return(&self, award: usize, of: i32, minor: i64) {
        let state = self.awards[award].row(&self.world).await.state;
        let order = OrderReturn {
            award: self.awards[award].id,
            kind: if state == AwardStateCode::Cancelled.code() {
                ReturnKind::Cancellation
            } else {
                ReturnKind::GoodFaith
            },
            budget_year: year(of),
            amount: Some(yen(minor)),
            due_on: self.world.clock.today() + chrono::Days::new(20),
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.director, &order).await;
    }

    /// The order to return of which `pick` says which it is, if there is any: of those of which nothing
    /// is done yet where there is one.
    async fn return_order(&self, pick: usize) -> Option<return_order::Model> {
        let db = self.world.store.reads();
        let orders = return_order::Entity::find().order_by_asc(return_order::Column::Id);
        let orders = orders.all(db).await.expect("orders");
        let begun = return_reduction::Entity::find().all(db).await;
        let begun: BTreeSet<_> = begun
            .expect("reductions")
            .iter()
            .map(|row| row.return_order_id)
            .collect();
        let (mut orders, rest): (Vec<_>, Vec<_>) =
            orders.into_iter().partition(|row| !begun.contains(&row.id));
        if orders.is_empty() {
            orders = rest;
        }
        let count = orders.len();
        orders.into_iter().nth(pick % count.max(1))
    }

    pub(super) async fn pay_back(&self, pick: usize, minor: i64, on_slip: bool, refunds: bool) {
        let Some(order) = self.return_order(pick).await else {
            return;
        };
        let (order, amount) = (order.id.into(), yen(minor));
        if minor % 2 == 1
            && let Some(receipt) = self.paid(order, amount, on_slip).await
        {
            // It was a mistake, and is made good.
            let reason = WHY.to_owned();
            let back = TakeBackReceipt { receipt, reason };
            self.attempt(self.world.people.approver, &back).await;
        }
        let paid = self.paid(order, amount, on_slip).await;
        if let Some(receipt) = paid
            && refunds
        {
            let refund = RefundReceipt {
                receipt,
                reference: WHY.to_owned(),
                reason: WHY.to_owned(),
            };
            self.attempt(self.world.people.approver, &refund).await;
        }
    }

    async fn paid(&self, order: ReturnOrderId, amount: Money, on_slip: bool) -> Option<ReceiptId> {
        if on_slip {
            self.repay(order, amount).await
        } else {
            self.receive_and_apply(order, amount).await
        }
    }

    /// A reference that no receipt has.
    async fn reference(&self) -> String {
        let known = receipt::Entity::find().all(self.world.store.reads()).await;
        format!("歳入{}", known.expect("receipts").len())
    }

    async fn repay(&self, return_order: ReturnOrderId, amount: Money) -> Option<ReceiptId> {
        let repay = RepayReturn {
            return_order,
            amount,
            received_on: self.world.clock.today(),
            reference: self.reference().await,
        };
        let repaid = self.attempt(self.world.people.preparer, &repay).await;
        repaid.map(|repaid| repaid.receipt)
    }

    async fn receive_and_apply(
        &self,
        return_order: ReturnOrderId,
        amount: Money,
    ) -> Option<ReceiptId> {
        let people = &self.world.people;
        let record = RecordReceipt {
            organization: self.world.bodies.applicant,
            amount,
            received_on: self.world.clock.today(),
            reference: self.reference().await,
        };
        let receipt = self.attempt(people.preparer, &record).await?.receipt;
        let apply = ApplyReceipt {
            receipt,
            return_order,
        };
        self.attempt(people.approver, &apply).await;
        Some(receipt)
    }

    pub(super) async fn give_up(&self, pick: usize, relief: Relief) {
        let director = self.world.people.director;
        let Some(order) = self.return_order(pick).await else {
            return;
        };
        let (return_order, reason) = (order.id.into(), WHY.to_owned());
        let reference = "財計第4号".to_owned();
        match relief {
            Relief::Waive => {
                self.pay_back(pick, 1_000_001, true, false).await;
                for charge in [ChargeKind::Surcharge, ChargeKind::LateCharge] {
                    let waive = WaiveCharge {
                        return_order,
                        charge,
                        amount: yen(1),
                        reference: reference.clone(),
                        reason: reason.clone(),
                    };
                    self.attempt(director, &waive).await;
                }
            }
            Relief::WriteOff => {
                let write_off = WriteOffReturn {
                    return_order,
                    reference,
                    reason,
                };
                self.attempt(director, &write_off).await;
            }
            Relief::Rescind => {
                let rescind = RescindReturn {
                    return_order,
                    reason,
                };
                self.attempt(director, &rescind).await;
            }
        }
    }

    pub(super) async fn carry_over(&self, tranche: TrancheId, minor: i64) {
        let carry = CarryOverTranche {
            tranche,
            amount: yen(minor),
            grounds: grounds(),
        };
        self.attempt(self.world.people.director, &carry).await;
    }

    pub(super) async fn commit_year(&self, award: usize, of: i32) {
        let commit = CommitYear {
            award: self.awards[award].id,
            budget_year: year(of),
        };
        self.attempt(self.world.people.director, &commit).await;
    }

    pub(super) async fn close_year(&self, of: i32, carries: bool) {
        let mut carry_overs = Vec::new();
        if carries {
            for row in self.tranches(0).await {
                let carry_over = CarryOver {
                    tranche: Some(row.id.into()),
                    amount: yen(row.amount_minor),
                    grounds: grounds(),
                };
                if row.state == "PLANNED" && row.budget_year == i64::from(of) {
                    carry_overs.push(carry_over);
                }
            }
        }
        let close = CloseYear {
            theme: self.world.theme,
            budget_year: year(of),
            carry_overs,
        };
        self.attempt(self.world.people.director, &close).await;
    }

    pub(super) async fn supplement(&self, of: i32) {
        let define = DefineEnvelope {
            theme: self.world.theme,
            fiscal_year: year(of),
            appropriated: millions(30),
            consultation_reference: Some("財計第2号".to_owned()),
        };
        self.attempt(self.world.people.director, &define).await;
        for award in [0, 1] {
            self.commit_year(award, of).await;
        }
    }

    pub(super) async fn close(&self, award: usize) {
        let award = self.awards[award].id;
        let people = &self.world.people;
        for budget_year in [2026, 2027] {
            let credit = no_tax_credit(award, budget_year);
            if let Some(submitted) = self.attempt(people.representative, &credit).await {
                let report = submitted.report;
                self.attempt(people.officer, &AcceptReport { report }).await;
            }
        }
        self.attempt(self.world.people.director, &CloseAward { award })
            .await;
    }
}
