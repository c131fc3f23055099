//! Who may read which notice, and how much of the record of a gate.

use domain::Refusal;
use domain::gate::{ConditionDraft, ConflictKind, Terms, Verifier, VoidCause};
use domain::id::PersonId;
use domain::milestone::Outcome;
use domain::report::{GateRecord, NoticeContent, NoticeKind};
use serde_json::json;
use store::command::RecuseMember;
use uuid::Uuid;

use super::{filled, listed};
use crate::builders::{Granted, Verdict, World, date};

fn not_found() -> Refusal {
    Refusal::NotFound {
        kind: "NOTICE".to_owned(),
    }
}

/// An award with a notice of a decision, of a release and of a gate, a day later.
async fn told(world: &World) -> Granted {
    let award = world.award().active().await;
    world.release(award.advance.expect("an advance")).await;
    world.judge(award.milestones[0], Verdict::go()).await;
    world.clock.pass_days(1);
    award
}

/// The kinds of notices of `award` that `person` finds.
async fn kinds(world: &World, person: PersonId, award: &Granted) -> Vec<&'static str> {
    let notices = listed(world, person, award.id).await;
    notices.iter().map(|one| one.kind.name()).collect()
}

/// The record of the only gate of `award`, as `person` reads it.
async fn record(world: &World, person: PersonId, award: &Granted) -> GateRecord {
    let notices = listed(world, person, award.id).await;
    let gate = notices
        .iter()
        .find(|one| one.kind == NoticeKind::GateRecord);
    let gate = gate.expect("a record");
    match filled(world, person, (gate.kind, gate.id)).await {
        Ok(notice) => match notice.content {
            NoticeContent::GateRecord(record) => *record,
            other => panic!("{other:?}"),
        },
        Err(refusal) => panic!("{refusal}"),
    }
}

on_both! {
    async fn who_sees_the_award_reads_its_notices_and_who_judged_reads_the_record(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let award = told(&world).await;
        let all = ["decision", "release", "gate-record"];
        for person in [
            people.representative,
            people.researcher,
            people.finance_contact,
            people.officer,
            people.director,
            people.preparer,
            people.approver,
            people.auditor,
        ] {
            assert_eq!(kinds(&world, person, &award).await, all);
        }
        for person in [people.chair, people.deputy, people.reviewers[0]] {
            assert_eq!(kinds(&world, person, &award).await, ["gate-record"]);
        }
        for person in [people.rival, people.administrator, people.reviewers[3]] {
            assert_eq!(kinds(&world, person, &award).await, [""; 0]);
        }
    }

    async fn absent_and_forbidden_are_one_answer(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let award = told(&world).await;
        let absent = Uuid::from_u128(404);
        for one in listed(&world, people.director, award.id).await {
            for person in [people.rival, people.administrator, people.reviewers[3]] {
                let forbidden = filled(&world, person, (one.kind, one.id)).await;
                assert_eq!(forbidden, Err(not_found()));
                assert_eq!(filled(&world, person, (one.kind, absent)).await, forbidden);
            }
            let for_panel = filled(&world, people.chair, (one.kind, one.id)).await;
            assert_eq!(for_panel.is_ok(), one.kind == NoticeKind::GateRecord);
            // The record of another kind of act is no record of this one.
            let other = match one.kind {
                NoticeKind::Decision => NoticeKind::Release,
                _ => NoticeKind::Decision,
            };
            assert_eq!(filled(&world, people.director, (other, one.id)).await, Err(not_found()));
        }
    }

    async fn the_applicant_never_learns_who_voted_what(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let award = told(&world).await;
        for person in [people.chair, people.reviewers[0], people.officer, people.director, people.auditor] {
            let record = record(&world, person, &award).await;
            let panel = record.panel.expect("the panel");
            assert_eq!((panel.members.len(), panel.eligible), (5, 3));
            let votes = panel.members.iter().filter(|member| member.vote.is_some());
            assert_eq!(votes.count(), 3);
            assert!(record.recommendation.is_some_and(|act| act.person.is_some()));
            assert!(record.decision.is_some_and(|act| act.person.is_some()));
            assert_eq!(record.departs, Some(false));
        }
        for person in [people.representative, people.preparer] {
            let record = record(&world, person, &award).await;
            assert_eq!((record.panel, record.recommendation, record.departs), (None, None, None));
            let decision = record.decision.expect("the decision");
            assert_eq!(decision.person, None);
            assert!(record.findings.iter().all(|finding| finding.met));
        }
    }

    /// A member's note on their conflict voids the gate. The applicant is told that it is void and of what
    /// kind the cause is, on paper as in the graph; the tranche and the plan say no more.
    async fn the_applicant_never_learns_what_a_member_noted_of_a_conflict(db: TestDatabase) {
        const NOTE: &str = "配偶者が申請者の株を持つ";
        let world = World::new(&db).await;
        let people = world.people;
        for note in [Some(NOTE.to_owned()), None] {
            let award = world.award().active().await;
            let gate = world.judge(award.milestones[0], Verdict::go()).await;
            world.release(award.tranches[0]).await;
            let recuse = RecuseMember {
                gate,
                person: people.reviewers[0],
                conflict: ConflictKind::FinancialInterest,
                note: note.clone(),
            };
            world.run(people.officer, &recuse).await;
            world.clock.pass_days(1);
            for person in [people.chair, people.officer, people.auditor] {
                let voided = record(&world, person, &award).await.voided.expect("voided");
                assert_ne!(voided.reason.as_deref(), Some("FINANCIAL_INTEREST"));
                assert_eq!(voided.reason.as_deref() == Some(NOTE), note.is_some());
            }
            for person in [people.representative, people.researcher, people.preparer] {
                let voided = record(&world, person, &award).await.voided.expect("voided");
                assert_eq!((voided.cause, voided.reason), (VoidCause::LateConflict, None));
                let asked = "query($id: ID!) { node(id: $id) { ... on Award {
                    tranches { stateReason releases { revokeReason } } } } }";
                let id = graphql::Id(award.id).text();
                let answer = world.ask(person, asked, json!({ "id": id })).await.to_string();
                for secret in [NOTE, "FINANCIAL_INTEREST"] {
                    assert!(!answer.contains(secret), "{answer}");
                }
            }
        }
    }

    /// The body shows to somebody that a condition is met: it knows to whom, as in the graph.
    async fn who_confirms_a_condition_is_named_to_the_applicant(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let award = world.award().active().await;
        let condition = |verifier| ConditionDraft {
            text: "追加の試験を行う".to_owned(),
            due_on: date("2026-09-30"),
            blocking: true,
            verifier,
        };
        let conditions = [Verifier::Named(people.officer), Verifier::Chair].map(condition);
        let terms = Terms { conditions: conditions.into(), may_proceed: true, ..Terms::default() };
        let verdict = Verdict::of(Outcome::ConditionalGo, &["SAFETY"]).with(terms);
        world.judge(award.milestones[0], verdict).await;
        world.clock.pass_days(1);
        let record = record(&world, people.representative, &award).await;
        let named: Vec<bool> = record.conditions.iter().map(|one| one.verifier.is_some()).collect();
        assert_eq!((named, record.panel), (vec![true, false], None));
        assert_eq!(record.decision.and_then(|act| act.person), None);
    }
}
