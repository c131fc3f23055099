//! 2026: the honest award is passed in part, completed, settled and closed.

use domain::award::Remainder;
use domain::closing::CostCategory::{Equipment, Personnel};
use domain::closing::ReportKind;
use domain::id::ReleaseId;
use domain::tranche::{BlockerCode, PaymentBasis};
use domain::{Coded, Codes, Refusal};
use sea_orm::EntityTrait;
use store::command::{CloseAward, CompleteAward, DetermineAmount, OrderCorrection, ReleaseTranche};
use store::entity::tranche_release;

use super::{MILLION, TwoYears, WHY};
use crate::builders::{Verdict, date, millions, year};

impl TwoYears {
    /// 2026-06-10: the second milestone, 17.0, is passed at 60 %: 10.2 are released, 6.8 go back to the
    /// envelope of 2026, into which they had been carried over.
    pub(super) async fn pass_in_part(&self) -> ReleaseId {
        let world = &self.world;
        world.clock.set_day("2026-06-10");
        let verdict = Verdict::partial(&["SAFETY"], Remainder::Decommit);
        world.judge(self.honest.milestones[1], verdict).await;
        let release = world.release(self.honest.tranches[1]).await;
        let row = tranche_release::Entity::find_by_id(release.uuid());
        let row = row.one(world.store.reads()).await.expect("an answer");
        assert_eq!(row.expect("the release").amount_minor, 10_200_000);
        release
    }

    /// July: the work is over, and its result is due a month after. It is reported, corrected (Act 16),
    /// reported again and accepted; while it was missing, nothing more would be paid.
    pub(super) async fn report_result(&self) {
        let world = &self.world;
        let people = &world.people;
        world.clock.set_day("2026-07-06");
        let wrong = [(Personnel, 15 * MILLION), (Equipment, 9 * MILLION)];
        let kind = ReportKind::Result;
        let report = world
            .handed_in(&self.honest, kind, (2026, &wrong[..]))
            .await;
        let correction = OrderCorrection {
            report,
            reason: "人件費の一部が設備費に計上されている".to_owned(),
            due_on: date("2026-07-21"),
        };
        world.run(people.officer, &correction).await;
        let completion = CompleteAward {
            award: self.honest.id,
        };
        let early = world.refusal(people.director, &completion).await;
        assert_eq!(early, Refusal::ResultReportNotAccepted {});
        world.clock.set_day("2026-07-17");
        let right = [(Personnel, 16 * MILLION), (Equipment, 8 * MILLION)];
        let again = world
            .handed_in(&self.honest, kind, (2026, &right[..]))
            .await;
        assert_eq!(again, report);
        world.accept(report).await;
    }

    /// 2026-12-18: the award is completed. What was held is paid by the set-off.
    pub(super) async fn complete(&self) {
        let world = &self.world;
        world.clock.set_day("2026-12-18");
        let completion = CompleteAward {
            award: self.honest.id,
        };
        world.run(world.people.director, &completion).await;
    }

    /// 2027-01-18: 24.0 of costs would justify 16.0; 22.0 less the 6.8 given back allow 15.2, of which
    /// 10.2 are paid. The retention of 5.0 is paid as a settlement on the 21st. No tax was
    /// credited for either year, and the award is closed.
    pub(super) async fn close_honest(&self) {
        let world = &self.world;
        let people = &world.people;
        world.clock.set_day("2027-01-18");
        let tranche = self.honest.retention.expect("a retention");
        let retention = ReleaseTranche { tranche };
        let early = world.refusal(people.preparer, &retention).await;
        let blockers = Codes(vec![BlockerCode::AmountNotDetermined]);
        assert_eq!(early, Refusal::ReleaseBlocked { blockers });
        let approved = [(Personnel, 24 * MILLION), (Equipment, 9 * MILLION)];
        world.budget(&self.honest, 2026, &approved).await;
        let determine = DetermineAmount {
            award: self.honest.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: WHY.to_owned(),
        };
        let determined = world.run(people.director, &determine).await;
        assert_eq!(determined.fixed.minor(), 15_200_000);
        assert_eq!(
            (determined.payable, determined.return_order),
            (millions(5), None)
        );

        world.clock.set_day("2027-01-20");
        let released = world.run(people.preparer, &retention).await;
        let row = tranche_release::Entity::find_by_id(released.release.uuid());
        let row = row.one(world.store.reads()).await.expect("an answer");
        let basis = row.expect("the release").payment_basis;
        assert_eq!(basis, PaymentBasis::Settlement.code());
        self.paid(&[released.release]).await;
        world.no_tax_credited(self.honest.id).await;
        let close = CloseAward {
            award: self.honest.id,
        };
        world.run(people.director, &close).await;
    }
}
