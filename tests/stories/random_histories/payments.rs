//! From the gate to the bank's answer.

use domain::award::{DecisionDirection, Remainder};
use domain::id::{MilestoneId, PaymentBatchId, TrancheId};
use domain::milestone::MilestoneStateCode;
use domain::payment::{BatchState, InstructionState, LineState};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, Money};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{
    BankLine, CancelPaymentBatch, ClearBounce, ContinueAfterFailure, DecideGate,
    ExportPaymentBatch, ImportSettlement, LapseTranche, ModifyDecision, RecordSettlement,
    ReleaseTranche, ResolveSettlementLine, RestoreTranche, ResumeAward, RevokeRelease,
    SuspendAward, TakeBackSettlement, WithholdTranche,
};
use store::entity::{
    milestone, milestone_version, payment_batch, payment_instruction, settlement_line, tranche,
    tranche_release,
};

use super::act::{Channel, Judgement, Push, TrancheDeed};
use super::history::History;
use crate::builders::{Verdict, millions};

pub(super) const WHY: &str = "記録のとおり";

impl History<'_> {
    /// The first milestone of an award that is in `state`.
    async fn milestone_in(
        &self,
        award: usize,
        state: MilestoneStateCode,
    ) -> Option<milestone::Model> {
        let found = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(self.awards[award].id.uuid()))
            .filter(milestone::Column::State.eq(state.code()))
            .order_by_asc(milestone::Column::Ordinal)
            .one(self.world.store.reads());
        found.await.expect("an answer")
    }

    /// The tranches of an award, in order.
    pub(super) async fn tranches(&self, award: usize) -> Vec<tranche::Model> {
        tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(self.awards[award].id.uuid()))
            .order_by_asc(tranche::Column::Ordinal)
            .all(self.world.store.reads())
            .await
            .expect("tranches")
    }

    /// A whole gate: its steps are not money, so it is held only where it can be.
    pub(super) async fn judge(&self, award: usize, verdict: Judgement) {
        if self.awards[award].row(&self.world).await.state != "ACTIVE" {
            return;
        }
        let Some(row) = self.milestone_in(award, MilestoneStateCode::Open).await else {
            return;
        };
        let carries = row.ordinal == 1 && self.same_year(award).await;
        let verdict = match verdict {
            Judgement::Go => Verdict::go(),
            Judgement::PartialCarry if carries => {
                Verdict::partial(&["SAFETY"], Remainder::Carry { to_milestone: 2 })
            }
            Judgement::PartialDecommit | Judgement::PartialCarry => {
                Verdict::partial(&["SAFETY"], Remainder::Decommit)
            }
            Judgement::NoGo => Verdict::no_go(),
        };
        self.decide(row.id.into(), verdict).await;
    }

    /// A panel finds unanimously what `verdict` says, also of criteria that were carried here: met where
    /// everything is.
    async fn decide(&self, milestone: MilestoneId, verdict: Verdict) {
        let world = &self.world;
        let versions = milestone_version::Entity::find()
            .filter(milestone_version::Column::MilestoneId.eq(milestone.uuid()))
            .order_by_desc(milestone_version::Column::RecordedAt)
            .one(world.store.reads());
        let version = versions.await.expect("an answer").expect("a version");
        let criteria = store::mapping::criteria(&version).expect("criteria");
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let mut ballot = world.ballot(gate, seal, verdict.outcome, &verdict.met);
        let usual = ballot.findings["UPTAKE"].clone();
        for criterion in criteria {
            let finding = ballot.findings.entry(criterion.code);
            finding.or_insert_with(|| usual.clone());
        }
        for reviewer in world.people.reviewers.into_iter().take(3) {
            world.run(reviewer, &ballot).await;
        }
        world.recommend(gate, verdict.terms).await;
        let decide = DecideGate {
            gate,
            outcome: verdict.outcome,
            terms: None,
            remainder: verdict.remainder,
            reason: WHY.to_owned(),
        };
        self.attempt(world.people.director, &decide).await;
    }

    /// Whether the first two milestones of an award are paid out of the same year.
    async fn same_year(&self, award: usize) -> bool {
        let tranches = self.tranches(award).await;
        let mut years = tranches.iter().filter(|row| row.milestone_id.is_some());
        years.next().map(|row| row.budget_year) == years.next().map(|row| row.budget_year)
    }

    pub(super) async fn go_on(&self, award: usize, carries: bool) {
        let failed = || self.milestone_in(award, MilestoneStateCode::Failed);
        if failed().await.is_none() {
            self.judge(award, Judgement::NoGo).await;
        }
        let Some(failed) = failed().await else {
            return;
        };
        let milestone: MilestoneId = failed.id.into();
        let remainder = if carries {
            Remainder::Carry { to_milestone: 2 }
        } else {
            Remainder::Decommit
        };
        let go_on = ContinueAfterFailure {
            milestone,
            remainder,
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.director, &go_on).await;
    }

    pub(super) async fn pay(&self, push: Push) {
        for award in [0, 1] {
            let mut waiting = self.tranches(award).await;
            waiting.retain(|row| row.state == TrancheState::Planned.code());
            for row in waiting {
                let tranche = row.id.into();
                self.attempt(self.world.people.preparer, &ReleaseTranche { tranche })
                    .await;
            }
        }
        let mut releases = Vec::new();
        for release in self.live_releases().await {
            releases.push(release.id.into());
        }
        let preparer = self.world.people.preparer;
        let mut batches = Vec::new();
        let all = self.world.preparing(&releases);
        if let Some(prepared) = self.attempt(preparer, &all).await {
            batches.push(prepared.payment_batch);
        } else {
            // One of them stands against it: each by itself.
            for release in releases {
                let one = self.world.preparing(&[release]);
                batches.extend(
                    self.attempt(preparer, &one)
                        .await
                        .map(|done| done.payment_batch),
                );
            }
        }
        for batch in batches {
            self.push(batch, push).await;
        }
    }

    /// The releases that stand and that no batch has.
    async fn live_releases(&self) -> Vec<tranche_release::Model> {
        let db = self.world.store.reads();
        let waiting = [TrancheState::Released, TrancheState::Bounced];
        let waiting = waiting.map(Coded::code);
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::State.is_in(waiting))
            .all(db)
            .await
            .expect("tranches");
        tranche_release::Entity::find()
            .filter(tranche_release::Column::RevokedAt.is_null())
            .filter(tranche_release::Column::TrancheId.is_in(tranches.iter().map(|row| row.id)))
            .all(db)
            .await
            .expect("releases")
    }

    /// The batch of which `pick` says which it is, if there is any.
    async fn batch(&self, pick: usize) -> Option<payment_batch::Model> {
        let batches = payment_batch::Entity::find()
            .order_by_asc(payment_batch::Column::Id)
            .all(self.world.store.reads())
            .await
            .expect("batches");
        let count = batches.len();
        batches.into_iter().nth(pick % count.max(1))
    }

    pub(super) async fn push_picked(&self, pick: usize, push: Push) {
        let Some(batch) = self.batch(pick).await else {
            return;
        };
        self.push(batch.id.into(), push).await;
        // Too late for its value date, or blocked: it is prepared anew.
        if self.world.batch_row(batch.id.into()).await.state == BatchState::Prepared.code() {
            self.cancel_batch(pick).await;
        }
    }

    /// Approved, exported, answered: as far as `push` says.
    async fn push(&self, payment_batch: PaymentBatchId, push: Push) {
        let people = &self.world.people;
        if push.steps > 1 {
            let approval = self.world.approval(payment_batch).await;
            self.attempt(people.approver, &approval).await;
        }
        if push.steps > 2 {
            let export = ExportPaymentBatch { payment_batch };
            self.attempt(people.approver, &export).await;
        }
        if push.steps > 3 {
            self.answer(payment_batch, push).await;
        }
    }

    /// The bank answers on every payment of a batch that it has, on the value date or today.
    async fn answer(&self, batch: PaymentBatchId, push: Push) {
        let world = &self.world;
        let value_date = world.batch_row(batch).await.value_date;
        let days = (value_date - world.clock.today()).num_days();
        world.clock.pass_days(u64::try_from(days).unwrap_or(0));
        let payments = world.payments(batch).await;
        let lines = payments.iter().map(|payment| BankLine {
            amount: Money::of_minor(payment.amount_minor, Currency::JPY),
            ..world.bank_line(&payment.reference, 0, push.returned)
        });
        let (preparer, programme) = (world.people.preparer, world.programme);
        match push.channel {
            Channel::Hand => {
                for line in lines {
                    let record = RecordSettlement { programme, line };
                    self.attempt(preparer, &record).await;
                }
            }
            Channel::File => self.bring(lines.collect()).await,
            Channel::Smudged => {
                let smudge = |line: BankLine| BankLine {
                    reference: line.reference.replace("HTC", "???"),
                    ..line
                };
                self.bring(lines.map(smudge).collect()).await;
                self.read_smudged(&payments).await;
            }
        }
    }

    async fn bring(&self, lines: Vec<BankLine>) {
        let import = ImportSettlement {
            programme: self.world.programme,
            name: "answers.csv".to_owned(),
            part: None,
            lines,
        };
        self.attempt(self.world.people.preparer, &import).await;
    }

    /// A person says of which payments the lines are that wait.
    async fn read_smudged(&self, payments: &[payment_instruction::Model]) {
        let waiting = settlement_line::Entity::find()
            .filter(settlement_line::Column::State.eq(LineState::Unmatched.code()))
            .all(self.world.store.reads())
            .await
            .expect("lines");
        for line in waiting {
            let readable = line.reference.replace("???", "HTC");
            let Some(payment) = payments.iter().find(|row| row.reference == readable) else {
                continue;
            };
            let resolve = ResolveSettlementLine {
                settlement_line: line.id.into(),
                payment_instruction: Some(payment.id.into()),
                reason: WHY.to_owned(),
            };
            self.attempt(self.world.people.preparer, &resolve).await;
        }
    }

    /// One of the answers that a person recorded, the last ones before the others.
    pub(super) async fn take_back(&self, pick: usize) {
        let matched = settlement_line::Entity::find()
            .filter(settlement_line::Column::State.eq(LineState::Matched.code()))
            .filter(settlement_line::Column::TakenBackAt.is_null())
            .order_by_desc(settlement_line::Column::Id)
            .all(self.world.store.reads())
            .await
            .expect("lines");
        let Some(line) = matched.get(pick % matched.len().clamp(1, 3)) else {
            return;
        };
        let take_back = TakeBackSettlement {
            settlement_line: line.id.into(),
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.preparer, &take_back).await;
    }

    pub(super) async fn cancel_batch(&self, pick: usize) {
        let Some(batch) = self.batch(pick).await else {
            return;
        };
        let cancel = CancelPaymentBatch {
            payment_batch: batch.id.into(),
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.approver, &cancel).await;
    }

    pub(super) async fn clear_bounce(&self, pick: usize) {
        let returned = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::State.eq(InstructionState::Bounced.code()))
            .order_by_asc(payment_instruction::Column::Id)
            .all(self.world.store.reads())
            .await
            .expect("payments");
        let Some(payment) = returned.get(pick % returned.len().max(1)) else {
            return;
        };
        let clear = ClearBounce {
            payment_instruction: payment.id.into(),
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.approver, &clear).await;
    }

    pub(super) async fn change_account(&self, pick: usize) {
        let world = &self.world;
        let proposal = world.proposal(&format!("700000{pick}"));
        let proposed = self.attempt(world.people.finance_contact, &proposal).await;
        if let Some(proposed) = proposed {
            let confirmation = world.confirmation(proposed.payee_account);
            self.attempt(world.people.approver, &confirmation).await;
        }
    }

    pub(super) async fn tranche_deed(&self, award: usize, pick: usize, deed: TrancheDeed) {
        let tranches = self.tranches(award).await;
        let before = match deed {
            TrancheDeed::Revoke => Some(TrancheState::Released),
            TrancheDeed::Withhold | TrancheDeed::Lapse => Some(TrancheState::Planned),
            TrancheDeed::Restore => Some(TrancheState::Withheld),
            _ => None,
        };
        // One that it can be done to, where there is one; otherwise any.
        let fits = |row: &&tranche::Model| before.is_some_and(|state| row.state == state.code());
        let any = &tranches[pick % tranches.len()];
        let row = tranches.iter().find(fits).unwrap_or(any);
        let (tranche, reason): (TrancheId, _) = (row.id.into(), WHY.to_owned());
        let (preparer, director) = (self.world.people.preparer, self.world.people.director);
        match deed {
            TrancheDeed::Release => {
                self.attempt(preparer, &ReleaseTranche { tranche }).await;
            }
            TrancheDeed::Revoke => {
                self.attempt(preparer, &RevokeRelease { tranche, reason })
                    .await;
            }
            TrancheDeed::Withhold => {
                self.attempt(preparer, &WithholdTranche { tranche, reason })
                    .await;
            }
            TrancheDeed::Restore => {
                self.attempt(preparer, &RestoreTranche { tranche, reason })
                    .await;
            }
            TrancheDeed::Lapse => {
                self.attempt(director, &LapseTranche { tranche, reason })
                    .await;
            }
            TrancheDeed::CarryOver => self.carry_over(tranche, row.amount_minor).await,
        }
    }

    pub(super) async fn suspend(&self, award: usize, resumes: bool) {
        let (award, reason) = (self.awards[award].id, WHY.to_owned());
        let director = self.world.people.director;
        if resumes {
            self.attempt(director, &ResumeAward { award, reason }).await;
        } else {
            let suspend = SuspendAward {
                award,
                until: self.world.clock.today() + chrono::Days::new(10),
                consequence: WHY.to_owned(),
                reason,
            };
            self.attempt(director, &suspend).await;
        }
    }

    pub(super) async fn modify(&self, award: usize, pick: usize, up: bool, amount: i64) {
        let tranches = self.tranches(award).await;
        let (direction, article) = if up {
            (DecisionDirection::Up, "ACT_7")
        } else {
            (DecisionDirection::Down, "ACT_10")
        };
        let modify = ModifyDecision {
            award: self.awards[award].id,
            direction,
            amount: millions(amount),
            tranche: tranches[pick % tranches.len()].id.into(),
            article: article.to_owned(),
            reason: WHY.to_owned(),
        };
        self.attempt(self.world.people.director, &modify).await;
    }
}
