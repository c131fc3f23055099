//! What occurs in the demonstration, computed from its rows, against everything that can occur.

use std::collections::BTreeSet;

use domain::access::Authority;
use domain::award::{AwardStateCode, DecisionDirection, PlanState};
use domain::closing::{ChargeKind, ReductionCause, ReportKind, ReportStateCode};
use domain::gate::{ConditionState, ConflictKind, GateState, RecusalGround, VoidCause};
use domain::ledger::{AccountKind, DecommitReason, TransferKind};
use domain::milestone::{MilestoneStateCode, Outcome, PlanChangeAnswer};
use domain::payment::{BatchState, InstructionState, LineState, PayeeAccountState};
use domain::task::TaskKind;
use domain::tranche::{BlockerCode, PaymentBasis, ReleaseFacts, TrancheKind, TrancheState};
use domain::{Coded, FiscalYear};
use sea_orm::EntityTrait;
use store::entity::{
    award, decided_amount, gate, gate_condition, gate_decision, gate_member, ledger_transfer,
    milestone, milestone_version, payee_account, payment_batch, payment_instruction, plan_version,
    recommendation, recusal, report, report_answer, report_version, return_charge, return_order,
    return_reduction, settlement_line, site_visit, submission, tranche, tranche_release,
    year_closing,
};
use store::read::{self, Sight};

use super::Demonstration;

/// What can occur and does not, and what occurs and should not be able to.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    /// Every value of the set is found, but for those that are `absent` for a reason.
    fn look_for<T: Coded>(&mut self, found: &BTreeSet<String>, absent: &[(T, &str)]) {
        for value in T::ALL {
            let (set, code) = (T::NAME, value.code());
            let reason = absent.iter().find(|(absent, _)| absent == value);
            match (found.contains(code), reason) {
                (false, None) => self.0.push(format!("{set} {code} does not occur")),
                (true, Some((_, why))) => {
                    self.0.push(format!("{set} {code} occurs, although {why}"));
                }
                _ => {}
            }
        }
    }

    fn look_at(&mut self, what: &str, occurs: bool) {
        if !occurs {
            self.0.push(format!("{what} does not occur"));
        }
    }
}

fn codes<'a>(found: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    found.into_iter().map(str::to_owned).collect()
}

impl Demonstration {
    pub(super) async fn rows<E: EntityTrait>(&self) -> Vec<E::Model> {
        E::find().all(self.store.reads()).await.expect("rows")
    }

    pub(super) async fn ensure_everything_occurs(&self) {
        let mut faults = Faults::default();
        self.look_at_awards(&mut faults).await;
        self.look_at_milestones(&mut faults).await;
        self.look_at_gates(&mut faults).await;
        self.look_at_members(&mut faults).await;
        self.look_at_conditions(&mut faults).await;
        self.look_at_money(&mut faults).await;
        self.look_at_the_ledger(&mut faults).await;
        self.look_at_returns(&mut faults).await;
        self.look_at_payments(&mut faults).await;
        self.look_at_reports(&mut faults).await;
        self.look_at_blockers(&mut faults).await;
        faults.look_for(
            &self.tasks().await,
            &[
                (
                    TaskKind::ProposePlanChange,
                    "every change that was asked for is proposed, or was refused",
                ),
                (
                    TaskKind::AnswerSuspension,
                    "the suspension runs for a while yet",
                ),
            ],
        );
        assert_eq!(faults.0, Vec::<String>::new(), "seeded on {}", self.today);
    }

    async fn look_at_awards(&self, faults: &mut Faults) {
        let awards = self.rows::<award::Entity>().await;
        let states = codes(awards.iter().map(|row| row.state.as_str()));
        faults.look_for::<AwardStateCode>(&states, &[]);
        let years: BTreeSet<_> = awards
            .iter()
            .map(|row| FiscalYear::of(row.decided_on))
            .collect();
        let themes: BTreeSet<_> = awards.iter().map(|row| row.theme_id).collect();
        let bodies: BTreeSet<_> = awards.iter().map(|row| row.organization_id).collect();
        faults.look_at("a decision in two fiscal years", years.len() >= 2);
        faults.look_at("an award of each of four themes", themes.len() == 4);
        faults.look_at("an award of each of 20 bodies", bodies.len() == 20);
        faults.look_at("a 24th award", awards.len() >= 24);
        let directions = self.rows::<decided_amount::Entity>().await;
        let directions = codes(directions.iter().map(|row| row.direction.as_str()));
        faults.look_for::<DecisionDirection>(&directions, &[]);
        let plans = self.rows::<plan_version::Entity>().await;
        let plans = codes(plans.iter().map(|row| row.state.as_str()));
        faults.look_for::<PlanState>(&plans, &[]);
    }

    async fn look_at_milestones(&self, faults: &mut Faults) {
        let milestones = self.rows::<milestone::Entity>().await;
        let states = codes(milestones.iter().map(|row| row.state.as_str()));
        faults.look_for::<MilestoneStateCode>(&states, &[]);
        let waiting = milestones
            .iter()
            .filter_map(|row| row.plan_change_answer.as_deref());
        faults.look_for::<PlanChangeAnswer>(&codes(waiting), &[]);
        let is_in = |row: &milestone::Model, state: MilestoneStateCode| row.state == state.code();
        for state in [
            MilestoneStateCode::Open,
            MilestoneStateCode::Submitted,
            MilestoneStateCode::InReview,
            MilestoneStateCode::Passed,
            MilestoneStateCode::Failed,
        ] {
            let later = milestones
                .iter()
                .any(|row| row.ordinal > 1 && is_in(row, state));
            faults.look_at(&format!("a later milestone in {state}"), later);
        }
        let versions = self.rows::<milestone_version::Entity>().await;
        let is_late = |row: &milestone::Model| {
            let content = versions.iter().find(|version| {
                version.milestone_id == row.id && version.plan_version_id == row.plan_version_id
            });
            content.is_some_and(|content| content.due_on < self.today)
        };
        let open = |row: &&milestone::Model| is_in(row, MilestoneStateCode::Open);
        let late = milestones.iter().filter(open).any(is_late);
        faults.look_at("an open milestone that is late", late);
        let is_over = |state| {
            let waiting = milestones.iter().filter(move |row| is_in(row, state));
            waiting
                .filter_map(|row| row.until_on)
                .any(|until| until < self.today)
        };
        faults.look_at("an expired hold", is_over(MilestoneStateCode::Held));
        let overdue = is_over(MilestoneStateCode::AwaitingPlanChange);
        faults.look_at("an overdue change of plan", overdue);
        let goes_on = |given: fn(&milestone::Model) -> Option<bool>, expected| {
            milestones.iter().any(|row| given(row) == Some(expected))
        };
        faults.look_at(
            "a failure continued after",
            goes_on(|row| row.continued, true),
        );
        faults.look_at(
            "a failure not answered",
            goes_on(|row| row.continued, false),
        );
        faults.look_at(
            "a conditional pass with leave to go on",
            goes_on(|row| row.may_proceed, true),
        );
        faults.look_at(
            "a conditional pass declared unmet",
            goes_on(|row| row.unmet, true),
        );
        let submissions = self.rows::<submission::Entity>().await;
        let rounds: BTreeSet<_> = submissions.iter().map(|row| row.round).collect();
        faults.look_at("a third round", rounds == BTreeSet::from([1, 2, 3]));
        let states = codes(submissions.iter().map(|row| row.state.as_str()));
        for state in ["DRAFT", "SEALED", "WITHDRAWN"] {
            faults.look_at(&format!("a submission in {state}"), states.contains(state));
        }
    }

    async fn look_at_gates(&self, faults: &mut Faults) {
        let gates = self.rows::<gate::Entity>().await;
        faults.look_for::<GateState>(&codes(gates.iter().map(|row| row.state.as_str())), &[]);
        faults.look_for(
            &codes(gates.iter().filter_map(|row| row.void_cause.as_deref())),
            &[(
                VoidCause::SealMismatch,
                "no command changes what a seal covers: only a damaged row does",
            )],
        );
        let decisions = self.rows::<gate_decision::Entity>().await;
        let outcomes = codes(decisions.iter().map(|row| row.outcome.as_str()));
        faults.look_for::<Outcome>(&outcomes, &[]);
        let departs = decisions.iter().any(|row| row.departs);
        faults.look_at("a decision that departs from its recommendation", departs);
        let again = decisions.iter().any(|row| row.ordinal > 1);
        faults.look_at("a second decision on a gate", again);
        let recommendations = self.rows::<recommendation::Entity>().await;
        let picked = recommendations.iter().any(|row| row.picked);
        faults.look_at("a recommendation picked by the chair", picked);
        faults.look_at("a second sitting", gates.iter().any(|row| row.sitting > 1));
        let sits = |row: &gate::Model| row.state == GateState::Convened.code();
        let late = gates
            .iter()
            .any(|row| sits(row) && row.deadline_on < self.today);
        faults.look_at("a panel past its deadline", late);
        let awards = self.rows::<award::Entity>().await;
        let suspended = awards
            .iter()
            .filter(|award| award.state == AwardStateCode::Suspended.code())
            .any(|award| {
                gates
                    .iter()
                    .any(|row| row.award_id == award.id && sits(row))
            });
        faults.look_at("a panel that sits on a suspended award", suspended);
    }

    async fn look_at_members(&self, faults: &mut Faults) {
        let recusals = self.rows::<recusal::Entity>().await;
        let grounds = codes(recusals.iter().map(|row| row.ground.as_str()));
        faults.look_for::<RecusalGround>(&grounds, &[]);
        faults.look_for(
            &codes(recusals.iter().map(|row| row.conflict.as_str())),
            &[
                (ConflictKind::None, "it is no conflict"),
                (ConflictKind::SameBody, "the applicant's body has no seat"),
                (
                    ConflictKind::Applicant,
                    "the applicant's people have no seat",
                ),
            ],
        );
        let members = self.rows::<gate_member::Entity>().await;
        let replaced = members.iter().any(|row| row.replaced_at.is_some());
        faults.look_at("a member who was replaced", replaced);
    }

    async fn look_at_conditions(&self, faults: &mut Faults) {
        let conditions = self.rows::<gate_condition::Entity>().await;
        let states = codes(conditions.iter().map(|row| row.state.as_str()));
        faults.look_for::<ConditionState>(&states, &[]);
        let open = conditions
            .iter()
            .filter(|row| row.state == ConditionState::Open.code());
        let overdue = open.clone().any(|row| row.due_on < self.today);
        faults.look_at("an overdue condition", overdue);
        let blocking = open
            .clone()
            .any(|row| row.blocking && row.due_on >= self.today);
        faults.look_at("a blocking condition that has time", blocking);
    }

    async fn look_at_money(&self, faults: &mut Faults) {
        let tranches = self.rows::<tranche::Entity>().await;
        faults.look_for(
            &codes(tranches.iter().map(|row| row.kind.as_str())),
            &[
                (
                    TrancheKind::Final,
                    "what is fixed above what was paid is in the retention",
                ),
                (
                    TrancheKind::WindDown,
                    "the one that ended cost nothing to stop",
                ),
            ],
        );
        let states = codes(tranches.iter().map(|row| row.state.as_str()));
        faults.look_for::<TrancheState>(&states, &[]);
        let releases = self.rows::<tranche_release::Entity>().await;
        let revoked = releases.iter().any(|row| row.revoked_at.is_some());
        faults.look_at("a revoked release", revoked);
        let closed = self.rows::<year_closing::Entity>().await;
        faults.look_at("a closed budget year", !closed.is_empty());
    }

    /// Money took every way that it can take.
    async fn look_at_the_ledger(&self, faults: &mut Faults) {
        let transfers = self.rows::<ledger_transfer::Entity>().await;
        faults.look_for(
            &codes(transfers.iter().map(|row| row.kind.as_str())),
            &[(
                TransferKind::Reinstate,
                "by its policy no money that comes back is spent again",
            )],
        );
        let sides =
            |row: &ledger_transfer::Model| [row.from_account.clone(), row.to_account.clone()];
        let accounts = transfers.iter().flat_map(sides).collect();
        faults.look_for::<AccountKind>(&accounts, &[]);
        let reasons = codes(transfers.iter().filter_map(|row| row.reason.as_deref()));
        faults.look_for::<DecommitReason>(&reasons, &[]);
    }

    async fn look_at_returns(&self, faults: &mut Faults) {
        let orders = self.rows::<return_order::Entity>().await;
        let reduced = self.rows::<return_reduction::Entity>().await;
        let is_begun =
            |row: &return_order::Model| reduced.iter().any(|part| part.return_order_id == row.id);
        let overdue = orders.iter().filter(|row| row.due_on < self.today);
        faults.look_at(
            "an overdue return",
            overdue.filter(|row| !is_begun(row)).count() > 0,
        );
        faults.look_at("a return that is paid", orders.iter().any(is_begun));
        let causes = codes(reduced.iter().map(|row| row.cause.as_str()));
        faults.look_for::<ReductionCause>(&causes, &[]);
        let charges = self.rows::<return_charge::Entity>().await;
        let charges = codes(charges.iter().map(|row| row.charge.as_str()));
        faults.look_for::<ChargeKind>(&charges, &[]);
    }

    async fn look_at_payments(&self, faults: &mut Faults) {
        let accounts = self.rows::<payee_account::Entity>().await;
        let states = codes(accounts.iter().map(|row| row.state.as_str()));
        let rejected = "nobody was called back in vain";
        faults.look_for(&states, &[(PayeeAccountState::Rejected, rejected)]);
        let changed = accounts.iter().any(|row| row.version > 1);
        faults.look_at("an account that was changed", changed);
        let batches = self.rows::<payment_batch::Entity>().await;
        let states = codes(batches.iter().map(|row| row.state.as_str()));
        let reviewed = "the one that waits for its approval is reviewed";
        faults.look_for(&states, &[(BatchState::Prepared, reviewed)]);
        let in_time = |row: &payment_batch::Model| {
            row.state != BatchState::Reviewed.code() || row.value_date > self.today
        };
        faults.look_at("a batch that can be approved", batches.iter().all(in_time));
        let payments = self.rows::<payment_instruction::Entity>().await;
        let states = codes(payments.iter().map(|row| row.state.as_str()));
        faults.look_for::<InstructionState>(&states, &[]);
        let again = payments.iter().any(|row| {
            let mut others = payments.iter();
            others.any(|other| {
                other.release_id == row.release_id
                    && row.state == InstructionState::Bounced.code()
                    && other.state == InstructionState::Settled.code()
            })
        });
        faults.look_at("a returned payment that was paid again", again);
        let lines = self.rows::<settlement_line::Entity>().await;
        let states = codes(lines.iter().map(|row| row.state.as_str()));
        faults.look_for(
            &states,
            &[
                (LineState::Repeated, "no file is brought twice"),
                (LineState::Dismissed, "the stray answer waits for a person"),
            ],
        );
    }

    async fn look_at_reports(&self, faults: &mut Faults) {
        let reports = self.rows::<report::Entity>().await;
        let kinds = codes(reports.iter().map(|row| row.kind.as_str()));
        faults.look_for::<ReportKind>(&kinds, &[]);
        let versions = self.rows::<report_version::Entity>().await;
        let answers = self.rows::<report_answer::Entity>().await;
        let state = |row: &report::Model| {
            let last = versions
                .iter()
                .filter(|version| version.report_id == row.id);
            let Some(last) = last.max_by_key(|version| version.version) else {
                return ReportStateCode::Draft.code();
            };
            let mut answers = answers.iter();
            let answer = answers.find(|answer| answer.report_version_id == last.id);
            answer.map_or(ReportStateCode::Submitted.code(), |answer| &answer.answer)
        };
        faults.look_for::<ReportStateCode>(&codes(reports.iter().map(state)), &[]);
        let corrected = versions.iter().any(|version| version.version > 1);
        faults.look_at("a corrected report", corrected);
        let visits = self.rows::<site_visit::Entity>().await;
        faults.look_at("a visit", !visits.is_empty());
        let orders = self.rows::<return_order::Entity>().await;
        faults.look_at("an order to return", !orders.is_empty());
        let by_settlement = self.rows::<tranche_release::Entity>().await;
        let by_settlement = by_settlement
            .iter()
            .any(|row| row.payment_basis == PaymentBasis::Settlement.code());
        faults.look_at("a release after the determination", by_settlement);
    }

    async fn look_at_blockers(&self, faults: &mut Faults) {
        let facts = self.release_facts().await;
        let found = facts
            .iter()
            .flat_map(ReleaseFacts::blockers)
            .map(|blocker| blocker.code.code().to_owned())
            .collect();
        faults.look_for(
            &found,
            &[
                (
                    BlockerCode::SealMismatch,
                    "no command changes what a seal covers: only a damaged row does",
                ),
                (
                    BlockerCode::GateUnfounded,
                    "such a gate falls at once: only a batch on its way stands between",
                ),
                (
                    BlockerCode::DecidedLimit,
                    "a plan makes exactly what was decided: it is a second guard",
                ),
                (
                    BlockerCode::WindDownUndecided,
                    "the decision makes the tranche: it is a second guard",
                ),
                (
                    BlockerCode::PayeeAccountChanged,
                    "a payment is bound to an account, a release is not",
                ),
            ],
        );
    }

    /// The facts of every tranche's release, as the auditor reads them.
    pub(super) async fn release_facts(&self) -> Vec<ReleaseFacts> {
        let (reads, auditor) = (self.store.reads(), self.persona("auditor").await);
        let authority: Authority = store::load_authority(reads, &auditor, self.store.now())
            .await
            .expect("roles");
        let person = auditor.person().expect("a person");
        let awards = self.rows::<award::Entity>().await;
        let awards: Vec<_> = awards.iter().map(|row| row.id.into()).collect();
        let sight = Sight::new(person, authority);
        let facts = read::plan::release_facts(reads, &sight, &awards, self.store.now()).await;
        let facts = facts.expect("facts");
        assert_eq!(facts.len(), awards.len());
        facts
            .values()
            .flat_map(|of_award| of_award.values().cloned())
            .collect()
    }
}
