//! 2025: a GO whose payment bounces and is nearly stolen, a `CONDITIONAL_GO` and a `NO_GO`.

use domain::award::Remainder;
use domain::closing::CostCategory::{Equipment, Personnel};
use domain::closing::ReportKind;
use domain::gate::{ConditionDraft, Terms, Verifier};
use domain::id::{MilestoneId, ReleaseId, TrancheId};
use domain::milestone::Outcome;
use domain::payment::ReturnReason;
use domain::tranche::BlockerCode;
use domain::{Codes, Refusal};
use store::command::{
    CancelPaymentBatch, ContinueAfterFailure, DecideGate, DischargeCondition, ReleaseTranche,
};

use super::{MILLION, TwoYears, WHY};
use crate::builders::{Verdict, date};

impl TwoYears {
    /// From the advances to the year-end report.
    pub(crate) async fn first_year(&self) {
        self.pay_advances().await;
        self.bounce_and_swap().await;
        self.pass_conditionally().await;
        self.fail().await;
        let world = &self.world;
        world.clock.set_day("2026-04-08");
        let spent = [(Personnel, 27 * MILLION), (Equipment, 12 * MILLION)];
        let year_end = (2025, &spent[..]);
        let report = world
            .handed_in(&self.honest, ReportKind::YearEnd, year_end)
            .await;
        world.accept(report).await;
    }

    /// 2025-05-30, a Friday: 10.0 and 30.0 go into one batch and arrive on Monday, 2 June.
    async fn pay_advances(&self) {
        let world = &self.world;
        world.clock.set_day("2025-05-30");
        let mut releases = Vec::new();
        for award in [&self.honest, &self.misused] {
            releases.push(world.release(award.advance.expect("an advance")).await);
        }
        self.paid(&releases).await;
        assert_eq!(world.clock.today(), date("2025-06-02"));
    }

    /// The honest one's first milestone, 18.0: passed on 2025-09-10, returned by the bank on the 11th,
    /// instructed again on the 16th when somebody swaps the account, and paid on the 22nd.
    async fn bounce_and_swap(&self) {
        let world = &self.world;
        world.clock.set_day("2025-08-20");
        let spent = [(Personnel, 12 * MILLION), (Equipment, 3 * MILLION)];
        world.status(&self.honest, 2025, &spent).await;
        world.clock.set_day("2025-09-10");
        world.pass(self.honest.milestones[0]).await;
        let release = world.release(self.honest.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        world.clock.set_day("2025-09-11");
        let closed = Some(ReturnReason::AccountClosed);
        world.all_answered(batch, closed).await;
        let preparer = world.people.preparer;
        let refused = world.refusal(preparer, &world.preparing(&[release])).await;
        assert_eq!(refused, Refusal::BounceNotCleared {});

        world.clock.set_day("2025-09-12");
        world.young_account("7654321").await;
        world.clock.set_day("2025-09-16");
        self.swap(release, self.honest.tranches[0]).await;
        world.young_account("7654321").await;
        world.clock.set_day("2025-09-19");
        self.paid(&[release]).await;
        assert_eq!(world.clock.today(), date("2025-09-22"));
    }

    /// Between the preparation and the approval the account becomes another one: caught by name.
    async fn swap(&self, release: ReleaseId, tranche: TrancheId) {
        let world = &self.world;
        let batch = world.prepared(&[release]).await;
        let approval = world.approval(batch).await;
        world.young_account("1111111").await;
        let approver = world.people.approver;
        let refused = world.refusal(approver, &approval).await;
        let changed = [BlockerCode::PayeeAccountChanged];
        assert_eq!(refused, world.blocked(&[(1, tranche, &changed)]).await);
        let cancel = CancelPaymentBatch {
            payment_batch: batch,
            reason: WHY.to_owned(),
        };
        world.run(approver, &cancel).await;
    }

    /// The misused one's first milestone, 20.0: passed under a condition on 2025-11-12, which is met on
    /// 10 December, and received on 2026-01-15.
    async fn pass_conditionally(&self) {
        let world = &self.world;
        world.clock.set_day("2025-11-05");
        world
            .status(&self.misused, 2025, &[(Personnel, 40 * MILLION)])
            .await;
        world.clock.set_day("2025-11-12");
        let milestone = self.misused.milestones[0];
        let conditions = vec![ConditionDraft {
            text: "追加の試験を行う".to_owned(),
            due_on: date("2025-12-26"),
            blocking: true,
            verifier: Verifier::Named(world.people.officer),
        }];
        let terms = Terms {
            conditions,
            ..Terms::default()
        };
        let verdict = Verdict::of(Outcome::ConditionalGo, &["SAFETY"]).with(terms);
        let gate = world.recommended(milestone, &verdict).await;
        let decide = DecideGate {
            gate,
            outcome: Outcome::ConditionalGo,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        let decided = world.run(world.people.director, &decide).await;
        let tranche = self.misused.tranches[0];
        let waiting = world
            .refusal(world.people.preparer, &ReleaseTranche { tranche })
            .await;
        let blockers = Codes(vec![BlockerCode::GateNotPassed]);
        assert_eq!(waiting, Refusal::ReleaseBlocked { blockers });

        world.clock.set_day("2025-12-10");
        for condition in decided.conditions {
            let discharge = DischargeCondition {
                condition,
                reason: "試験の結果を確認した".to_owned(),
            };
            world.run(world.people.officer, &discharge).await;
        }
        world.clock.set_day("2026-01-14");
        let release = world.release(tranche).await;
        self.paid(&[release]).await;
        assert_eq!(world.clock.today(), date("2026-01-15"));
    }

    /// The misused one's second milestone, 10.0: `NO_GO` on 2026-02-18. A week later the award goes on
    /// without that money, and nobody owes anything for it.
    async fn fail(&self) {
        let world = &self.world;
        world.clock.set_day("2026-02-18");
        let milestone: MilestoneId = self.misused.milestones[1];
        world.judge(milestone, Verdict::no_go()).await;
        world.clock.set_day("2026-02-25");
        let go_on = ContinueAfterFailure {
            milestone,
            remainder: Remainder::Decommit,
            reason: WHY.to_owned(),
        };
        world.run(world.people.director, &go_on).await;
        assert_eq!(world.envelope(2025).await, 25);
    }
}
