//! What went wrong in grant systems elsewhere, shown not to go wrong on the database.
//!
//! The numbers are those of the list of known failures; those that belong to the rules alone stand
//! with the domain.

use domain::award::{DecisionDirection, Remainder};
use domain::gate::Terms;
use domain::id::MilestoneId;
use domain::ledger::{Account, AccountKind, TransferKind};
use domain::milestone::Outcome;
use domain::payment::{BatchState, LineState};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Money, Refusal, RefusalCode};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use store::Error;
use store::command::{
    ContinueAfterFailure, DecideGate, DraftSubmission, ModifyDecision, ReleaseTranche,
    SubmitMilestone,
};
use store::entity::{gate_decision, submission};

use crate::builders::{Granted, Verdict, World, date, millions, planned, year};

/// Verdicts that pass nothing.
fn adverse() -> [Verdict; 5] {
    let terms = Terms {
        hold_until: Some(date("2027-01-31")),
        redirect_due: Some(date("2027-01-31")),
        ..Terms::default()
    };
    [
        Outcome::Rework,
        Outcome::Hold,
        Outcome::Redirect,
        Outcome::NoGo,
        Outcome::Terminate,
    ]
    .map(|outcome| Verdict::of(outcome, &["SAFETY", "UPTAKE"]).with(terms.clone()))
}

fn draft(milestone: MilestoneId) -> DraftSubmission {
    DraftSubmission {
        milestone,
        narrative: "今度こそ".to_owned(),
        kpi_values: std::collections::BTreeMap::new(),
        expected_version: None,
    }
}

async fn released(world: &World) -> usize {
    let transfers = world.transfers().await;
    let releases = transfers
        .iter()
        .filter(|transfer| transfer.kind == TransferKind::Release);
    releases.count()
}

on_both! {
    async fn failure_1_a_rejected_milestone_is_not_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        for verdict in adverse() {
            let award = world.award().active().await;
            let outcome = verdict.outcome;
            world.judge(award.milestones[0], verdict).await;
            let release = ReleaseTranche { tranche: award.tranches[0] };
            assert_eq!(
                world.refusal(world.people.preparer, &release).await,
                Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::GateNotPassed]) },
                "{outcome}"
            );
        }
        assert_eq!(released(&world).await, 0);
    }

    async fn failure_2_a_rejection_is_not_wiped_by_submitting_again(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let first = world.judge(milestone, Verdict::of(Outcome::Rework, &["SAFETY"])).await;
        let second = world.judge(milestone, Verdict::no_go()).await;
        let (researcher, representative) = (world.people.researcher, world.people.representative);
        assert_eq!(
            world.refusal(researcher, &draft(milestone)).await.code(),
            RefusalCode::MilestoneNotReady
        );
        let submit = SubmitMilestone { milestone };
        assert!(world.attempt(representative, &submit).await.is_err());
        let decisions = gate_decision::Entity::find()
            .order_by_asc(gate_decision::Column::RecordedAt)
            .all(world.store.reads())
            .await
            .expect("decisions");
        let said: Vec<_> = decisions.iter().map(|row| (row.gate_id, row.outcome.as_str())).collect();
        assert_eq!(said, [(first.uuid(), "REWORK"), (second.uuid(), "NO_GO")]);
        let sealed = submission::Entity::find()
            .filter(submission::Column::State.eq("SEALED"))
            .order_by_asc(submission::Column::Version)
            .all(world.store.reads())
            .await
            .expect("submissions");
        let rounds: Vec<_> = sealed.iter().map(|row| (row.version, row.round)).collect();
        assert_eq!(rounds, [(1, 1), (2, 2)]);
    }

    async fn failure_3_a_failed_milestone_does_not_block_the_later_ones_for_ever(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        world.judge(milestone, Verdict::no_go()).await;
        assert_eq!(
            world.refusal(world.people.researcher, &draft(award.milestones[1])).await,
            Refusal::MilestoneLocked {}
        );
        let go_on = ContinueAfterFailure {
            milestone,
            remainder: Remainder::Decommit,
            reason: "続ける価値がある".to_owned(),
        };
        world.run(world.people.director, &go_on).await;
        world.pass(award.milestones[1]).await;
        let release = ReleaseTranche { tranche: award.tranches[1] };
        world.run(world.people.preparer, &release).await;
        assert_eq!(award.milestone_states(&world).await, ["FAILED", "PASSED", "OPEN"]);
        world.assert_sound().await;
    }

    async fn failure_4_two_workers_do_not_release_the_same_tranche(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        let worker = || world.attempt(world.people.preparer, &release);
        let (a, b, c, d) = tokio::join!(worker(), worker(), worker(), worker());
        let (done, refused): (Vec<_>, Vec<_>) = [a, b, c, d].into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 3));
        for answer in refused {
            assert!(
                matches!(answer, Err(Error::Refused(Refusal::TrancheAlreadyReleased {}))),
                "{answer:?}"
            );
        }
        assert_eq!(released(&world).await, 1);
        world.assert_sound().await;
    }

    async fn failure_5_two_last_reviewers_sign_together_and_both_votes_count(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let [a, b, c, _] = world.people.reviewers;
        let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY", "UPTAKE"]);
        world.run(a, &ballot).await;
        let (second, third) = tokio::join!(world.attempt(b, &ballot), world.attempt(c, &ballot));
        second.expect("a vote");
        third.expect("a vote");
        world.recommend(gate, Terms::default()).await;
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        world.run(world.people.director, &decide).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        world.run(world.people.preparer, &release).await;
    }

    /// The parts of a third each, the rows of a batch and the groups of the report, as they are printed.
    async fn failure_6_printed_parts_add_up_to_the_printed_total(db: TestDatabase) {
        let world = World::new(&db).await;
        let mut awards = Vec::new();
        for third in [33_333_335, 33_333_333, 33_333_333] {
            let mut milestone = planned(1, 1, 2026);
            milestone.tranche.amount = Money::of_minor(third, Currency::JPY);
            awards.push(world.award().planned(milestone).active().await);
        }
        let mut releases = Vec::new();
        for award in awards {
            world.pass(award.milestones[0]).await;
            releases.push(world.release(award.tranches[0]).await);
        }
        let batch = world.prepared(&releases).await;
        let total = world.batch_row(batch).await.total_minor;
        assert_eq!(total, 100_000_001);
        let rows = world.payments(batch).await;
        assert_eq!(rows.iter().map(|row| row.amount_minor).sum::<i64>(), total);
        let question = "{ disbursementReport(by: [AWARD]) {
            groups { amount { formatted } } totals { amount { formatted } } } }";
        let answer = world.ask(world.people.auditor, question, Value::Null).await;
        let printed = |value: &Value| -> i64 {
            let text = value["amount"]["formatted"].as_str().expect("a text");
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.parse().expect("yen")
        };
        let report = &answer["disbursementReport"];
        let parts = report["groups"].as_array().expect("groups");
        assert_eq!(parts.len(), 3);
        let totals = report["totals"].as_array().expect("totals");
        assert_eq!(parts.iter().map(printed).sum::<i64>(), total);
        assert_eq!(totals.iter().map(printed).sum::<i64>(), total);
    }

    async fn failure_7_what_was_released_is_not_overwritten_later(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let tranche = award.tranches[0];
        world.run(world.people.preparer, &ReleaseTranche { tranche }).await;
        let lower = ModifyDecision {
            award: award.id,
            direction: DecisionDirection::Down,
            amount: millions(1),
            tranche,
            article: "ACT_10".to_owned(),
            reason: "減額".to_owned(),
        };
        assert_eq!(
            world.refusal(world.people.director, &lower).await,
            Refusal::TrancheAlreadyReleased {}
        );
        let db = world.store.reads();
        for statement in [
            "UPDATE tranche_release SET amount_minor = 1",
            "UPDATE ledger_transfer SET amount_minor = 1",
            "UPDATE gate_decision SET outcome = 'NO_GO'",
            "UPDATE sign_off SET outcome = 'NO_GO'",
            "UPDATE submission SET narrative = '' WHERE state = 'SEALED'",
            "DELETE FROM tranche_release",
            "DELETE FROM ledger_transfer",
        ] {
            assert!(db.execute_unprepared(statement).await.is_err(), "{statement}");
        }
        assert_eq!(paid(&world, &award).await, 10);
    }

    async fn failure_9_nothing_goes_to_an_account_that_was_swapped_after_the_approval(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.approved(&[release]).await;
        let bound = world.payments(batch).await[0].payee_account_id;
        let swapped = world.young_account("7654321").await;
        assert_ne!(bound, swapped.uuid());
        let export = world.exported(batch).await;
        assert_eq!(export.state, BatchState::Cancelled);
        assert_eq!(export.blocked[0].blockers, [BlockerCode::PayeeAccountChanged]);
        let transfers = world.transfers().await;
        assert!(transfers.iter().all(|transfer| transfer.kind != TransferKind::Send));
    }

    async fn failure_10_what_was_sent_is_not_taken_for_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        let held = async |kind| {
            let account = Account::of_award(kind, award.id, year(2026), Currency::JPY);
            world.balance(account).await
        };
        assert_eq!(held(AccountKind::InTransit).await, 10);
        assert_eq!(held(AccountKind::Advanced).await, 0);
        world.clock.pass_days(30);
        assert_eq!(held(AccountKind::Advanced).await, 0);
        let reference = world.payments(batch).await[0].reference.clone();
        let line = world.bank_line(&reference, 10, None);
        assert_eq!(world.answered(line).await, LineState::Matched);
        assert_eq!(held(AccountKind::InTransit).await, 0);
        assert_eq!(held(AccountKind::Advanced).await, 10);
    }
}

/// What the award's releases say is to be paid, in millions.
async fn paid(world: &World, award: &Granted) -> i64 {
    let rows = store::entity::tranche_release::Entity::find()
        .filter(store::entity::tranche_release::Column::AwardId.eq(award.id.uuid()))
        .all(world.store.reads())
        .await
        .expect("releases");
    rows.iter().map(|row| row.amount_minor).sum::<i64>() / 1_000_000
}
