//! Money that comes back: what was overpaid, and what was misused, with its surcharge and late charge.
//!
//! 35.0 of the 50.0 that the cancelled award received are ordered back on 2026-06-15, due on
//! 2026-09-30. They are charged to the latest receipt first: 20.0 of 2026-01-15 and 15.0 of 2025-06-02.
//! A million costs 300 yen a day.
//!
//! - 2026-07-31: 10.0 arrive. To that day, both ends counted, 20.0 x 198 + 15.0 x 425 = 10,335 million
//!   days: a surcharge of 3,100,500.
//! - 2026-10-09: the 10.2 that are held on the other award are set off. 10.0 x 198 + 10.0 x 268 +
//!   15.0 x 495 = 12,085 million days, 3,625,500 to date; 25.0 are nine days late, 67,500.
//! - 2026-10-20: 16.5 arrive, of which 14.8 go to the principal: 10.0 x 198 + 10.0 x 268 + 0.2 x 495 +
//!   14.8 x 506 = 12,247.8 million days, 3,674,340 to date. 10.2 were nine days late and 14.8 twenty: a
//!   late charge of 116,340. The 1.7 that are left go to the surcharge.
//! - 2026-11-02: 2.1 arrive; 2,090,680 are owed, and 9,320 are paid back.

use domain::award::CancellationGround;
use domain::closing::CostCategory::{Equipment, Personnel};
use domain::closing::{ReportKind, ReturnKind};
use domain::id::{ReceiptId, ReleaseId, ReturnOrderId, TrancheId};
use domain::tranche::BlockerCode;
use domain::{Currency, Money, Refusal};
use store::command::{
    ApplyReceipt, CancelAward, CloseAward, DetermineAmount, OrderReturn, ReceiptApplied,
    RecordReceipt, RefundReceipt, SetOff,
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
        let unpaid = [BlockerCode::ReturnUnpaid];
        let of_honest = self.honest.tranches[1];
        assert_eq!(refused, world.blocked(&[(1, of_honest, &unpaid)]).await);
        ordered.return_order
    }

    /// July to November: it is paid back in parts and by what is `held`, as the head of this module adds
    /// up.
    pub(super) async fn pay_back(&self, misuse: ReturnOrderId, held: TrancheId) {
        let world = &self.world;
        self.part(
            misuse,
            "2026-07-31",
            [10_000_000, 10_000_000, 0, 28_100_500],
        )
        .await;
        world.clock.set_day("2026-09-30");
        let set_off = SetOff {
            tranche: held,
            reason: "補助金適正化法第20条".to_owned(),
        };
        let director = world.people.director;
        let early = world.refusal(director, &set_off).await;
        assert_eq!(early, Refusal::NothingOverdue {});
        world.clock.set_day("2026-10-09");
        let kept = world.run(director, &set_off).await;
        assert_eq!((kept.kept.minor(), kept.left), (10_200_000, millions(0)));
        let paid = [16_500_000, 14_800_000, 1_700_000, 2_090_680];
        self.part(misuse, "2026-10-20", paid).await;
        let last = [2_100_000, 0, 2_090_680, 0];
        let refund = RefundReceipt {
            receipt: self.part(misuse, "2026-11-02", last).await,
            reference: "還付第1号".to_owned(),
            reason: WHY.to_owned(),
        };
        let refunded = world.run(world.people.approver, &refund).await;
        assert_eq!(refunded.amount.minor(), 9_320);
    }

    /// On that day so much arrives; what of it goes to principal and charges, and what is owed then.
    async fn part(&self, misuse: ReturnOrderId, day: &str, figures: [i64; 4]) -> ReceiptId {
        let [amount, principal, charges, owed] = figures;
        self.world.clock.set_day(day);
        let receipt = self.received(amount).await;
        let applied = self.applied(receipt, misuse).await;
        let told = [applied.principal, applied.charges, applied.owed].map(Money::minor);
        assert_eq!(told, [principal, charges, owed], "{day}");
        receipt
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
