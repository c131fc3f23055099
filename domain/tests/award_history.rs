//! Random histories of one award, run through the real rules.
//!
//! The model below is what the store will be, without a database: it keeps the states and the
//! ledger, asks the domain and stores the answer. It knows no rule of its own but what the checks
//! compare with.

use chrono::{Days, NaiveDate};
use domain::access::Operation;
use domain::award::{Award, AwardState, DecidedAmount, DecisionDirection};
use domain::criterion::Criterion;
use domain::gate::{
    ConditionDraft, Decided, DecisionRequest, GateState, RecommendationRequest, Terms, Verifier,
    decide, recommend,
};
use domain::ledger::{AccountKind, Balances, DecommitReason, Transfer, TransferKind};
use domain::milestone::{FollowUp, MilestoneState, Outcome, Replan, Step};
use domain::tranche::{GateFact, ReleaseFacts, TrancheKind, TrancheState, release};
use domain::{Coded, Currency, FiscalYear, Money, Policy, Refusal};
use proptest::prelude::*;

use crate::support::{
    ALL_MET, CHAIR, VOTERS, account, criteria, date, gate, panel, payment_facts, person, seal,
    transfer, uuid, vote, yen,
};

const MILESTONES: usize = 3;
const TRANCHE: i64 = 10_000_001;
const APPROPRIATED: i64 = 50_000_000;
const ROUNDS_MAX: u16 = 3;

/// Something that somebody tries.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    Accept,
    WithdrawAward,
    Suspend,
    ResumeAward,
    EndAward,
    Wait {
        days: u8,
    },
    Modify {
        up: bool,
        amount: u32,
    },
    Submit,
    WithdrawSubmission,
    Convene,
    Judge {
        outcome: Outcome,
        met: u8,
        blocking: bool,
    },
    FollowUp(FollowUp),
    VoidGate,
    ResumeReview,
    ResumeRework,
    RefusePlanChange,
    Replan {
        dropped: bool,
    },
    Discharge,
    DeclareUnmet,
    ContinueAfterFailure,
    Tamper,
    Mend,
    Release,
    Revoke,
    Withhold,
    Restore,
    Lapse,
}

/// An attempt and the milestone that it is aimed at.
fn attempt() -> impl Strategy<Value = (usize, Attempt)> {
    use Attempt::*;
    let outcome = proptest::sample::select(Outcome::ALL);
    let follow_up = proptest::sample::select(domain::milestone::FollowUp::ALL);
    let attempt = prop_oneof![
        2 => Just(Accept),
        1 => prop_oneof![Just(WithdrawAward), Just(Suspend), Just(EndAward)],
        2 => Just(ResumeAward),
        3 => (0_u8..40).prop_map(|days| Wait { days }),
        2 => (any::<bool>(), 0_u32..20_000_000).prop_map(|(up, amount)| Modify { up, amount }),
        8 => Just(Submit),
        1 => Just(WithdrawSubmission),
        8 => Just(Convene),
        4 => (outcome, 0_u8..4, any::<bool>())
            .prop_map(|(outcome, met, blocking)| Judge { outcome, met, blocking }),
        6 => Just(Judge { outcome: Outcome::Go, met: 3, blocking: false }),
        2 => Just(Judge { outcome: Outcome::Partial, met: 1, blocking: false }),
        3 => follow_up.prop_map(FollowUp),
        2 => Just(VoidGate),
        1 => prop_oneof![Just(ResumeReview), Just(ResumeRework)],
        1 => Just(RefusePlanChange),
        2 => any::<bool>().prop_map(|dropped| Replan { dropped }),
        2 => prop_oneof![Just(Discharge), Just(DeclareUnmet)],
        3 => Just(ContinueAfterFailure),
        1 => Just(Tamper),
        2 => Just(Mend),
        10 => Just(Release),
        2 => Just(Revoke),
        2 => prop_oneof![Just(Withhold), Just(Restore), Just(Lapse)],
    ];
    (0..MILESTONES, attempt)
}

/// A rejection that somebody decided and nobody voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rejection {
    milestone: usize,
    round: u16,
}

#[derive(Debug)]
struct Model {
    today: NaiveDate,
    award: Award,
    decided: DecidedAmount,
    milestones: Vec<MilestoneState>,
    amounts: Vec<Money>,
    tranches: Vec<TrancheState>,
    tampered: Vec<bool>,
    /// The live release of each tranche.
    released: Vec<Option<Money>>,
    /// What of each tranche is committed and not released.
    committed: Vec<Money>,
    rejections: Vec<Rejection>,
    versions: u128,
    balances: Balances,
}

impl Model {
    /// An award of three milestones, offered today.
    fn offered() -> Self {
        let tranche = yen(TRANCHE);
        let total = yen(TRANCHE * 3);
        let mut model = Self {
            today: date("2026-06-01"),
            award: Award {
                state: AwardState::Offered,
                decided_on: date("2026-06-01"),
                notice_received_on: None,
                withdrawal_days: 15,
            },
            decided: DecidedAmount {
                ordinal: 1,
                amount: total,
            },
            milestones: (0..MILESTONES)
                .map(|place| MilestoneState::initial(place == 0))
                .collect(),
            amounts: vec![tranche; MILESTONES],
            tranches: vec![TrancheState::Planned; MILESTONES],
            tampered: vec![false; MILESTONES],
            released: vec![None; MILESTONES],
            committed: vec![tranche; MILESTONES],
            rejections: vec![],
            versions: 0,
            balances: Balances::default(),
        };
        model.post(
            TransferKind::Appropriate,
            AccountKind::Appropriation,
            AccountKind::Envelope,
            yen(APPROPRIATED),
        );
        model.post(
            TransferKind::Commit,
            AccountKind::Envelope,
            AccountKind::Committed,
            total,
        );
        model
    }

    fn balance(&self, kind: AccountKind) -> Money {
        self.balances.balance(account(kind))
    }

    fn post(&mut self, kind: TransferKind, from: AccountKind, to: AccountKind, amount: Money) {
        if amount.is_zero() {
            return;
        }
        let transfer: Transfer = transfer(kind, from, to, amount.minor());
        transfer.ensure_allowed().expect("the chart knows it");
        self.balances.post(&transfer).expect("sums fit");
    }

    /// What is committed for one tranche and will not be used goes back.
    fn decommit(&mut self, place: usize, amount: Money, reason: DecommitReason) {
        self.committed[place] = self.committed[place].minus(amount).expect("yen");
        if amount.is_positive() {
            let mut transfer = transfer(
                TransferKind::Decommit,
                AccountKind::Committed,
                AccountKind::Envelope,
                amount.minor(),
            );
            transfer.reason = Some(reason);
            transfer.ensure_allowed().expect("the chart knows it");
            self.balances.post(&transfer).expect("sums fit");
        }
    }

    fn step(&mut self, place: usize, operation: Operation, step: &Step) -> Result<(), Refusal> {
        self.award.ensure_allows(operation)?;
        let state = self.milestones[place].clone();
        self.milestones[place] = state.after(step, self.today, ROUNDS_MAX)?;
        Ok(())
    }

    fn earlier_resolved(&self, place: usize) -> bool {
        self.milestones[..place]
            .iter()
            .all(MilestoneState::is_resolved)
    }

    /// What a command that resolves or unsettles a milestone does to the later ones.
    fn settle(&mut self) {
        for place in 0..MILESTONES {
            let resolved = self.earlier_resolved(place);
            let step = if resolved {
                Step::Unlock
            } else {
                Step::LockAgain
            };
            let state = self.milestones[place].clone();
            self.milestones[place] = state.after(&step, self.today, ROUNDS_MAX).expect("quiet");
        }
    }

    fn attempt(&mut self, place: usize, attempt: Attempt) -> Result<(), Refusal> {
        self.award = self.award.on(self.today);
        match attempt {
            Attempt::Accept => self.award = self.award.accept(self.today, self.today)?,
            Attempt::WithdrawAward => {
                self.award = self
                    .award
                    .withdraw(self.today, self.tranches.iter().copied())?;
                self.drop_the_rest(DecommitReason::Withdrawal);
            }
            Attempt::Suspend => {
                let until = self.today + Days::new(30);
                self.award = self.award.suspend(until, self.today)?;
            }
            Attempt::ResumeAward => self.award = self.award.resume()?,
            Attempt::EndAward => {
                self.award = self.award.end()?;
                self.drop_the_rest(DecommitReason::Act10);
            }
            Attempt::Wait { days } => self.today = self.today + Days::new(days.into()),
            Attempt::Modify { up, amount } => self.modify(place, up, yen(amount.into()))?,
            Attempt::Submit => {
                self.versions += 1;
                let submit = Step::Submit {
                    submission: uuid(self.versions).into(),
                    seal: seal(&self.versions.to_string()),
                };
                self.step(place, Operation::SubmitMilestone, &submit)?;
            }
            Attempt::WithdrawSubmission => {
                self.step(
                    place,
                    Operation::WithdrawSubmission,
                    &Step::WithdrawSubmission,
                )?;
            }
            Attempt::Convene => {
                self.step(place, Operation::ConveneGate, &Step::Convene(gate(1)))?;
            }
            Attempt::Judge {
                outcome,
                met,
                blocking,
            } => self.judge(place, outcome, met, blocking)?,
            Attempt::FollowUp(follow_up) => {
                let round = self.milestones[place].round();
                self.step(place, Operation::DecideFollowUp, &Step::FollowUp(follow_up))?;
                self.note_rejection(place, round);
            }
            Attempt::VoidGate => self.void_gate(place)?,
            Attempt::ResumeReview => {
                self.step(place, Operation::ResumeHold, &Step::ResumeReview(gate(2)))?;
            }
            Attempt::ResumeRework => {
                self.step(place, Operation::ResumeHold, &Step::ResumeRework)?;
            }
            Attempt::RefusePlanChange => {
                self.step(place, Operation::RefusePlanChange, &Step::RefusePlanChange)?;
            }
            Attempt::Replan { dropped } => self.replan(place, dropped)?,
            Attempt::Discharge => {
                self.step(
                    place,
                    Operation::DischargeCondition,
                    &Step::DischargeConditions,
                )?;
            }
            Attempt::DeclareUnmet => {
                self.step(
                    place,
                    Operation::DeclareConditionUnmet,
                    &Step::DeclareConditionUnmet,
                )?;
            }
            Attempt::ContinueAfterFailure => {
                self.step(
                    place,
                    Operation::ContinueAfterFailure,
                    &Step::ContinueAfterFailure,
                )?;
                self.decommit(place, self.committed[place], DecommitReason::NoGo);
            }
            other => self.attempt_on_tranche(place, other)?,
        }
        self.settle();
        Ok(())
    }

    /// What is tried on the tranche and its seal.
    fn attempt_on_tranche(&mut self, place: usize, attempt: Attempt) -> Result<(), Refusal> {
        match attempt {
            Attempt::Tamper => self.tampered[place] = true,
            Attempt::Mend => self.tampered[place] = false,
            Attempt::Release => self.release(place)?,
            Attempt::Revoke => {
                self.award.ensure_allows(Operation::RevokeRelease)?;
                self.revoke(place)?;
            }
            Attempt::Withhold => {
                self.award.ensure_allows(Operation::WithholdTranche)?;
                self.tranches[place] = self.tranches[place].withhold()?;
            }
            Attempt::Restore => {
                self.award.ensure_allows(Operation::RestoreTranche)?;
                self.tranches[place] = self.tranches[place].restore()?;
            }
            Attempt::Lapse => {
                self.award.ensure_allows(Operation::LapseTranche)?;
                self.tranches[place] = self.tranches[place].lapse()?;
                self.decommit(place, self.committed[place], DecommitReason::YearEnd);
            }
            other => unreachable!("{other:?} is tried on the milestone"),
        }
        Ok(())
    }

    /// The end of an award: what is passed stays payable, everything else is dropped.
    fn drop_the_rest(&mut self, reason: DecommitReason) {
        for place in 0..MILESTONES {
            let state = self.milestones[place].clone();
            let ended = state.after(&Step::EndAward, self.today, ROUNDS_MAX);
            self.milestones[place] = ended.expect("always");
            if !matches!(self.milestones[place], MilestoneState::Passed { .. }) {
                self.decommit(place, self.committed[place], reason);
            }
        }
    }

    fn modify(&mut self, place: usize, up: bool, change: Money) -> Result<(), Refusal> {
        self.award.ensure_allows(Operation::ModifyDecision)?;
        if self.milestones[place].is_under_seal() || self.milestones[place].is_final() {
            return Err(Refusal::TrancheUnderSeal {});
        }
        let direction = if up {
            DecisionDirection::Up
        } else {
            DecisionDirection::Down
        };
        let (decided, amount) = self
            .decided
            .modified(direction, change, self.amounts[place])?;
        let in_envelope = self.balance(AccountKind::Envelope);
        if up && in_envelope.compare(change)?.is_lt() {
            return Err(Refusal::AmountOutOfRange {});
        }
        if up {
            self.post(
                TransferKind::Commit,
                AccountKind::Envelope,
                AccountKind::Committed,
                change,
            );
            self.committed[place] = self.committed[place].plus(change)?;
        } else {
            let given_back = self.committed[place].lesser(change)?;
            self.decommit(place, given_back, DecommitReason::Act7);
        }
        self.decided = decided;
        self.amounts[place] = amount;
        Ok(())
    }

    /// Votes, recommendation and decision in one go; `met` holds a bit for each criterion.
    fn judge(
        &mut self,
        place: usize,
        outcome: Outcome,
        met: u8,
        blocking: bool,
    ) -> Result<(), Refusal> {
        let MilestoneState::InReview { review } = self.milestones[place] else {
            return self.step(
                place,
                Operation::DecideGate,
                &Step::Decide(domain::milestone::Ruling::Go),
            );
        };
        let decided = self.ruling(outcome, met, blocking)?;
        self.step(place, Operation::DecideGate, &Step::Decide(decided.ruling))?;
        self.note_rejection(place, Some(review.round));
        if let MilestoneState::Passed { share, .. } = self.milestones[place] {
            let rest = self.amounts[place].minus(self.amounts[place].share(share))?;
            let given_back = self.committed[place].lesser(rest)?;
            self.decommit(place, given_back, DecommitReason::Partial);
        }
        Ok(())
    }

    fn ruling(&self, outcome: Outcome, met: u8, blocking: bool) -> Result<Decided, Refusal> {
        let mut panel = panel();
        let met: Vec<&str> = ALL_MET
            .into_iter()
            .enumerate()
            .filter_map(|(bit, code)| (met & (1 << bit) != 0).then_some(code))
            .collect();
        for number in VOTERS {
            vote(&mut panel, number, outcome, &met);
        }
        let day = self.today + Days::new(20);
        let terms = Terms {
            conditions: vec![ConditionDraft {
                text: "Ethics approval on file".to_owned(),
                due_on: day,
                blocking,
                verifier: Verifier::Chair,
            }],
            may_proceed: blocking,
            hold_until: Some(day),
            redirect_due: Some(day),
        };
        let criteria: Vec<Criterion> = criteria();
        let policy = Policy::default();
        let request = RecommendationRequest {
            person: person(CHAIR),
            pick: None,
            reason: String::new(),
            terms,
        };
        let today = self.today;
        let recommendation = recommend(
            GateState::Convened,
            &panel,
            &criteria,
            &policy,
            day,
            today,
            request,
        )?;
        let request = DecisionRequest {
            person: person(200),
            outcome,
            terms: None,
            reason: "as the panel found".to_owned(),
        };
        let recommended = (&recommendation, person(CHAIR));
        let state = GateState::Recommended;
        decide(state, &panel, recommended, &criteria, today, request)
    }

    fn note_rejection(&mut self, milestone: usize, round: Option<u16>) {
        let rejected = matches!(
            self.milestones[milestone],
            MilestoneState::Open { .. } | MilestoneState::Failed { .. }
        );
        if let (true, Some(round)) = (rejected, round) {
            self.rejections.push(Rejection { milestone, round });
        }
    }

    /// A late conflict or a broken seal: the release is revoked, then the gate is voided.
    fn void_gate(&mut self, place: usize) -> Result<(), Refusal> {
        self.award.ensure_allows(Operation::VoidGate)?;
        let state = self.milestones[place].clone();
        let voided = state.after(&Step::VoidGate, self.today, ROUNDS_MAX)?;
        if self.tranches[place] == TrancheState::Released {
            self.revoke(place)?;
        }
        // What a partial pass gave back is committed again, as far as the envelope still has it.
        let missing = self.amounts[place].minus(self.committed[place])?;
        let again = missing.lesser(self.balance(AccountKind::Envelope))?;
        if again.is_positive() && self.tranches[place] != TrancheState::Lapsed {
            self.post(
                TransferKind::Commit,
                AccountKind::Envelope,
                AccountKind::Committed,
                again,
            );
            self.committed[place] = self.committed[place].plus(again)?;
        }
        let round = voided.round();
        self.rejections
            .retain(|known| known.milestone != place || Some(known.round) != round);
        self.milestones[place] = voided;
        Ok(())
    }

    fn replan(&mut self, place: usize, dropped: bool) -> Result<(), Refusal> {
        let replan = if dropped {
            Replan::Dropped
        } else {
            Replan::Changed
        };
        self.step(place, Operation::ApprovePlanChange, &Step::Replan(replan))?;
        if dropped {
            self.decommit(place, self.committed[place], DecommitReason::PlanChange);
        }
        Ok(())
    }

    fn facts(&self, place: usize) -> ReleaseFacts {
        ReleaseFacts {
            today: self.today,
            pays_on: self.today,
            award: self.award,
            award_since: None,
            kind: TrancheKind::Milestone,
            state: self.tranches[place],
            state_since: self.today,
            amount: self.amounts[place],
            budget_year: FiscalYear::new(2026),
            close_out: NaiveDate::MAX,
            gate: Some(GateFact {
                milestone: self.milestones[place].clone(),
                since: self.today,
                seal_intact: !self.tampered[place],
                unfounded_since: None,
                earlier_unresolved_since: (!self.earlier_resolved(place)).then_some(self.today),
            }),
            wind_down: None,
            committed: self.committed[place],
            decided: self.decided.amount,
            decided_since: self.today,
            paid_or_payable: self.balance(AccountKind::Payable),
            payment: payment_facts(),
        }
    }

    fn release(&mut self, place: usize) -> Result<(), Refusal> {
        self.award.ensure_allows(Operation::ReleaseTranche)?;
        let (state, sheet) = release(&self.facts(place), 1)?;
        self.check_release(place);
        assert!(sheet.replays());
        self.tranches[place] = state;
        assert_eq!(
            self.released[place].replace(sheet.result),
            None,
            "released twice"
        );
        self.committed[place] = self.committed[place].minus(sheet.result)?;
        self.post(
            TransferKind::Release,
            AccountKind::Committed,
            AccountKind::Payable,
            sheet.result,
        );
        Ok(())
    }

    fn revoke(&mut self, place: usize) -> Result<(), Refusal> {
        self.tranches[place] = self.tranches[place].revoke()?;
        let amount = self.released[place].take().expect("a live release");
        self.committed[place] = self.committed[place].plus(amount)?;
        self.post(
            TransferKind::Revoke,
            AccountKind::Payable,
            AccountKind::Committed,
            amount,
        );
        Ok(())
    }

    /// What must be true of every release, said without the blockers.
    fn check_release(&self, place: usize) {
        assert!(matches!(
            self.milestones[place],
            MilestoneState::Passed { .. }
        ));
        assert!(!self.tampered[place], "released on a broken seal");
        assert!(
            self.earlier_resolved(place),
            "released before an earlier one"
        );
        assert!(matches!(
            self.award.state,
            AwardState::Active | AwardState::Ended
        ));
        let notice = self.award.notice_received_on.expect("a notice");
        assert!(
            self.today > notice + Days::new(15),
            "released within the withdrawal term"
        );
    }

    /// What must be true at any time.
    fn check(&self, before: &[Option<u16>]) {
        let sum =
            |amounts: &[Money]| Money::sum(Currency::JPY, amounts.iter().copied()).expect("yen");
        let live: Vec<Money> = self.released.iter().flatten().copied().collect();
        assert_eq!(self.balance(AccountKind::Payable), sum(&live));
        assert_eq!(self.balance(AccountKind::Committed), sum(&self.committed));
        assert!(
            sum(&live).minor() <= self.decided.amount.minor(),
            "more than decided"
        );
        assert_eq!(self.balances.overdrawn().count(), 0);
        assert!(self.balances.sum(Currency::JPY).expect("yen").is_zero());
        for place in 0..MILESTONES {
            let released = self.tranches[place] == TrancheState::Released;
            assert_eq!(released, self.released[place].is_some());
            let passed = matches!(self.milestones[place], MilestoneState::Passed { .. });
            assert!(passed || !released, "released without a passed gate");
            if let (Some(before), Some(after)) = (before[place], self.milestones[place].round()) {
                assert!(after >= before, "a round was taken back");
                assert!(after <= ROUNDS_MAX, "a round too many");
            }
        }
        for rejection in &self.rejections {
            if let MilestoneState::Passed { review, .. } = &self.milestones[rejection.milestone] {
                assert!(review.round > rejection.round, "a rejection was wiped");
            }
        }
    }

    fn rounds(&self) -> Vec<Option<u16>> {
        self.milestones.iter().map(MilestoneState::round).collect()
    }

    /// Tries everything in turn; a refusal changes nothing but the day's work.
    fn run(&mut self, attempts: impl IntoIterator<Item = (usize, Attempt)>) -> usize {
        let mut refused = 0;
        for (place, attempt) in attempts {
            let before = self.rounds();
            refused += usize::from(self.attempt(place, attempt).is_err());
            self.check(&before);
        }
        refused
    }
}

const GO: Attempt = Attempt::Judge {
    outcome: Outcome::Go,
    met: 3,
    blocking: false,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_history_breaks_what_was_promised(
        attempts in proptest::collection::vec(attempt(), 1..120),
    ) {
        let mut model = Model::offered();
        // Most histories begin in force and past the term, or they would end before they began.
        model.run([(0, Attempt::Accept), (0, Attempt::Wait { days: 16 })]);
        model.run(attempts);
    }

    #[test]
    fn no_history_of_an_offer_breaks_it_either(
        attempts in proptest::collection::vec(attempt(), 1..40),
    ) {
        Model::offered().run(attempts);
    }
}

/// The model is no use if it never releases anything: the plain history releases everything.
#[test]
fn the_plain_history_releases_the_whole_award() {
    let mut model = Model::offered();
    model.run([(0, Attempt::Accept), (0, Attempt::Wait { days: 16 })]);
    for place in 0..MILESTONES {
        let steps = [Attempt::Submit, Attempt::Convene, GO, Attempt::Release];
        assert_eq!(
            model.run(steps.map(|step| (place, step))),
            0,
            "milestone {place}"
        );
    }
    assert_eq!(model.balance(AccountKind::Payable), yen(TRANCHE * 3));
    assert_eq!(model.balance(AccountKind::Committed), yen(0));
}

#[test]
fn a_history_with_every_turn_ends_with_what_was_earned() {
    let mut model = Model::offered();
    let judged = |outcome, met| Attempt::Judge {
        outcome,
        met,
        blocking: true,
    };
    let history = [
        (0, Attempt::Accept),
        (0, Attempt::Wait { days: 16 }),
        (0, Attempt::Submit),
        (0, Attempt::Convene),
        (0, judged(Outcome::Rework, 0)),
        (0, Attempt::Submit),
        (0, Attempt::Convene),
        (0, judged(Outcome::Partial, 1)),
        (0, Attempt::Release),
        (1, Attempt::Submit),
        (1, Attempt::Convene),
        (1, judged(Outcome::NoGo, 0)),
        (1, Attempt::ContinueAfterFailure),
        (2, Attempt::Submit),
        (2, Attempt::Convene),
        (2, judged(Outcome::ConditionalGo, 3)),
        (2, Attempt::Discharge),
        (2, Attempt::Release),
    ];
    assert_eq!(model.run(history), 0);
    // Two rejections stand; 60 % of the first and the whole of the third tranche are payable.
    assert_eq!(model.rejections.len(), 2);
    assert_eq!(
        model.balance(AccountKind::Payable),
        yen(6_000_000 + TRANCHE)
    );
    let given_back = APPROPRIATED - (6_000_000 + TRANCHE);
    assert_eq!(model.balance(AccountKind::Envelope), yen(given_back));
}
