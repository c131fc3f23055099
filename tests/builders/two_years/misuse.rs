//! Money that comes back: what was overpaid, and what was misused, with its surcharge and late charge.
//!
//! 35.0 of the 50.0 that the cancelled award received are ordered back on 2026-06-15, due on
//! 2026-09-30. They are charged to the latest receipt first: 20.0 of 2026-01-15 and 15.0 of 2025-06-02.
//! A million costs 300 yen a day.
//!
//! - 2026-07-31: 10.0 arrive. To that day, both ends counted, 20.0 x 198 + 15.0 x 425 = 10,335 million
//!   days: a surcharge of 3,100,500.
//! - 2026-10-20: 27.0 arrive, of which 25.0 go to the principal: 10.0 x 198 + 10.0 x 279 +
//!   15.0 x 506 = 12,360 million days, 3,708,000 to date, 607,500 of it now. And 25.0 were 20 days
//!   late: a late charge of 150,000. The 2.0 that are left go to the surcharge.
//! - 2026-11-02: 1.9 arrive; 1,858,000 are owed, and 42,000 are paid back.

use domain::award::CancellationGround;
use domain::closing::CostCategory::{Equipment, Personnel};
use domain::closing::{ReportKind, ReturnKind};
use domain::id::{ReceiptId, ReleaseId, ReturnOrderId};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Money, Refusal};
use store::command::{
    ApplyReceipt, CancelAward, CloseAward, DetermineAmount, OrderReturn, ReceiptApplied,
    RecordReceipt, RefundReceipt,
};

use super::{TwoYears, WHY};
use crate::builders::{date, millions, year};

impl TwoYears {
    /// 2026-05-29: the 2.0 that were overpaid come back in time.
    pub(super) async fn give_back(&self, overpaid: ReturnOrderId) {
        self.world.clock.set_day("2026-05-29");
        let receipt = self.received(2_000_000).await;
        let applied = self.applied(receipt, overpaid).await;
        assert_eq!(
            (applied.principal, applied.owed),
            (millions(2), millions(0))
        );
    }

    /// 2026-06-15: the misuse is found. The award is cancelled (Act 17) and 35.0 are ordered back; what
    /// is `held` for the same body on its other award is not paid meanwhile (Act 20).
    pub(super) async fn cancel(&self, held: ReleaseId) -> ReturnOrderId {
        let world = &self.world;
        let director = world.people.director;
        world.clock.set_day("2026-06-15");
        let cancel = CancelAward {
            award: self.misused.id,
            ground: CancellationGround::OtherUse,
            part: None,
            reason: "補助金の他用途使用".to_owned(),
        };
        world.run(director, &cancel).await;
        let order = OrderReturn {
            award: self.misused.id,
            kind: ReturnKind::Cancellation,
            budget_year: year(2025),
            amount: Some(millions(35)),
            due_on: date("2026-09-30"),
            reason: "補助金の他用途使用".to_owned(),
        };
        let ordered = world.run(director, &order).await;
        let preparing = world.preparing(&[held]);
        let refused = world.refusal(world.people.preparer, &preparing).await;
        let blockers = Codes(vec![BlockerCode::ReturnUnpaid]);
        assert_eq!(refused, Refusal::PaymentBlocked { row: 1, blockers });
        ordered.return_order
    }

    /// July to November: it is paid back in parts, as the head of this module adds up.
    pub(super) async fn pay_back(&self, misuse: ReturnOrderId) {
        let world = &self.world;
        let parts = [
            ("2026-07-31", 10_000_000, 10_000_000, 0, 28_100_500),
            ("2026-10-20", 27_000_000, 25_000_000, 2_000_000, 1_858_000),
            ("2026-11-02", 1_900_000, 0, 1_858_000, 0),
        ];
        let mut last = None;
        for (day, amount, principal, charges, owed) in parts {
            world.clock.set_day(day);
            let receipt = self.received(amount).await;
            let applied = self.applied(receipt, misuse).await;
            let told = [applied.principal, applied.charges, applied.owed].map(Money::minor);
            assert_eq!(told, [principal, charges, owed], "{day}");
            last = Some(receipt);
        }
        let refund = RefundReceipt {
            receipt: last.expect("a receipt"),
            reference: "還付第1号".to_owned(),
            reason: WHY.to_owned(),
        };
        let refunded = world.run(world.people.approver, &refund).await;
        assert_eq!(refunded.amount.minor(), 42_000);
    }

    /// 2026-11-02: 22.5 were spent on what was granted, two thirds of which are the 15.0 that it keeps.
    pub(super) async fn close_misused(&self) {
        let world = &self.world;
        let director = world.people.director;
        let approved = [(Personnel, 60_000_000), (Equipment, 30_000_000)];
        world.budget(&self.misused, 2025, &approved).await;
        let spent = [(Personnel, 15_000_000), (Equipment, 7_500_000)];
        let result = (2025, &spent[..]);
        let report = world
            .handed_in(&self.misused, ReportKind::Result, result)
            .await;
        world.accept(report).await;
        let determine = DetermineAmount {
            award: self.misused.id,
            budget_year: year(2025),
            return_due_on: None,
            reason: WHY.to_owned(),
        };
        let determined = world.run(director, &determine).await;
        assert_eq!(
            (determined.fixed, determined.return_order),
            (millions(15), None)
        );
        let close = CloseAward {
            award: self.misused.id,
        };
        world.run(director, &close).await;
    }

    /// So many yen of the body arrive today.
    async fn received(&self, minor: i64) -> ReceiptId {
        let today = self.world.clock.today();
        let receipt = RecordReceipt {
            organization: self.world.bodies.applicant,
            amount: Money::of_minor(minor, Currency::JPY),
            received_on: today,
            reference: format!("歳入{today}"),
        };
        let recorded = self.world.run(self.world.people.preparer, &receipt).await;
        assert!(!recorded.known);
        recorded.receipt
    }

    /// Somebody else applies it.
    async fn applied(&self, receipt: ReceiptId, return_order: ReturnOrderId) -> ReceiptApplied {
        let apply = ApplyReceipt {
            receipt,
            return_order,
        };
        self.world.run(self.world.people.approver, &apply).await
    }
}
