//! One query for each reader: the applicant's award, and the panel member's gate.

use std::collections::BTreeMap;

use domain::criterion::{Criterion, EvidenceKind, KpiDirection, KpiTarget};
use domain::gate::Terms;
use domain::id::{GateId, MilestoneId, PersonId, SubmissionId};
use domain::milestone::Outcome;
use domain::{KpiValue, Refusal, Seal};
use graphql::Id;
use serde_json::{Value, json};
use store::command::{
    AttachEvidence, DecideGate, DraftSubmission, RecordAffiliation, ReleaseTranche, SubmitMilestone,
};

use crate::builders::{Granted, Verdict, World, date, planned};

const AWARD: &str = "query($id: ID!) { node(id: $id) { ... on Award {
    number nextDueOn organization { name { en } } participants { name { en } }
    nextTranche { kind heldBy blockers { code clearedBy } milestone { ordinal state } }
    planVersions { number }
    milestones { ordinal state dueOn latenessDays heldBy tranche { heldBy }
        rounds { number submissions { state kpiValues { criterion value met target { target unit direction } } }
            gates { state roster { seat } decision { outcome } findings { criterion met } } } } } } }";

const GATE: &str = "query($id: ID!) { node(id: $id) { ... on Gate {
    state seal submission { number kpiValues { criterion value met target { target } } }
    milestone { rounds { number submissions { number kpiValues { met } }
        gates { decision { outcome } findings { criterion met } } } }
    myVote { outcome } votes { outcome } recommendation { outcome } } } }";

/// An award with one milestone, which is measured by a hundred patients, and an advance.
async fn measured(world: &World) -> Granted {
    let mut milestone = planned(1, 10, 2026);
    let [safety, ..] = milestone.criteria.as_mut_slice() else {
        panic!("criteria");
    };
    *safety = Criterion {
        kpi: Some(hundred_patients()),
        ..safety.clone()
    };
    let award = world.award().naming(world.people.researcher);
    award.advance(5).planned(milestone).active().await
}

fn hundred_patients() -> KpiTarget {
    KpiTarget {
        unit: "patients".to_owned(),
        direction: KpiDirection::AtLeast,
        target: value("100"),
    }
}

fn value(text: &str) -> KpiValue {
    KpiValue::parse(text).expect("a figure")
}

/// Drafts so many patients.
async fn draft(world: &World, milestone: MilestoneId, patients: &str) -> SubmissionId {
    let draft = DraftSubmission {
        milestone,
        narrative: "症例の報告".to_owned(),
        kpi_values: BTreeMap::from([("SAFETY".to_owned(), value(patients))]),
        expected_version: None,
    };
    world.run(world.people.researcher, &draft).await.submission
}

/// Drafts and submits so many patients.
async fn submit(world: &World, milestone: MilestoneId, patients: &str) -> Seal {
    draft(world, milestone, patients).await;
    let submit = SubmitMilestone { milestone };
    world.run(world.people.representative, &submit).await.seal
}

/// The rest of the panel votes, the chair recommends.
async fn recommend(world: &World, gate: GateId, seal: Seal, verdict: &Verdict) {
    for who in &world.people.reviewers[1..3] {
        world
            .vote(gate, seal, *who, verdict.outcome, &verdict.met)
            .await;
    }
    world.recommend(gate, Terms::default()).await;
}

/// The authority asks for another round.
async fn ask_for_rework(world: &World, gate: GateId) {
    let command = DecideGate {
        gate,
        outcome: Outcome::Rework,
        terms: None,
        remainder: None,
        reason: "症例が足りない".to_owned(),
    };
    world.run(world.people.director, &command).await;
}

async fn award_page(world: &World, who: PersonId, award: &Granted) -> Value {
    let variables = json!({ "id": Id(award.id).text() });
    world.ask(who, AWARD, variables).await["node"].take()
}

async fn gate_page(world: &World, who: PersonId, gate: GateId) -> Value {
    let variables = json!({ "id": Id(gate).text() });
    world.ask(who, GATE, variables).await["node"].take()
}

/// What the first milestone's next submission lacks, as `who` is told.
async fn missing(world: &World, who: PersonId, award: &Granted) -> Value {
    let document = "query($id: ID!) { node(id: $id) { ... on Award {
        milestones { missing { criterion evidenceKind } } } } }";
    let variables = json!({ "id": Id(award.id).text() });
    world.ask(who, document, variables).await["node"]["milestones"][0]["missing"].take()
}

/// What connects `who` with the applicant of a gate, as they see it.
async fn conflict(world: &World, who: PersonId, gate: GateId) -> Value {
    let document = "query($id: ID!) { node(id: $id) { ... on Gate {
        myConflict { declared computed recused } } } }";
    let variables = json!({ "id": Id(gate).text() });
    world.ask(who, document, variables).await["node"]["myConflict"].take()
}

async fn attach(world: &World, submission: SubmissionId, kind: EvidenceKind) {
    let command = AttachEvidence {
        submission,
        kind,
        file_name: "evidence.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size_bytes: 1,
        sha256: "0".repeat(64),
    };
    world.run(world.people.researcher, &command).await;
}

on_both! {
    async fn the_applicant_sees_what_is_next_and_whose_move_it_is(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = measured(&world).await;
        let (milestone, applicant) = (award.milestones[0], world.people.representative);
        let page = award_page(&world, applicant, &award).await;
        assert_eq!(page["participants"], json!([{ "name": { "en": "researcher" } }]));
        assert_eq!((&page["nextDueOn"], &page["planVersions"]), (&json!("2026-12-01"), &json!([{ "number": 1 }])));
        assert_eq!(page["nextTranche"], json!({
            "kind": "ADVANCE", "heldBy": ["FINANCE_PREPARER"], "blockers": [], "milestone": null,
        }));

        let tranche = award.advance.expect("an advance");
        world.run(world.people.preparer, &ReleaseTranche { tranche }).await;
        let moves = async |holders: Value, state: &str| {
            let page = award_page(&world, applicant, &award).await;
            assert_eq!(page["nextTranche"], json!({
                "kind": "MILESTONE", "heldBy": holders, "milestone": { "ordinal": 1, "state": state },
                "blockers": [{ "code": "GATE_NOT_PASSED", "clearedBy": "DIRECTOR" }],
            }));
            assert_eq!(page["milestones"][0]["heldBy"], holders);
            assert_eq!(page["milestones"][0]["tranche"]["heldBy"], holders);
        };
        moves(json!(["REPRESENTATIVE"]), "OPEN").await;
        let seal = submit(&world, milestone, "80").await;
        moves(json!(["OFFICER"]), "SUBMITTED").await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        moves(json!(["REVIEWER", "CHAIR"]), "IN_REVIEW").await;
        let rework = Verdict::of(Outcome::Rework, &["UPTAKE"]);
        world.vote(gate, seal, world.people.reviewers[0], rework.outcome, &rework.met).await;
        recommend(&world, gate, seal, &rework).await;
        moves(json!(["DIRECTOR"]), "IN_REVIEW").await;
        ask_for_rework(&world, gate).await;
        moves(json!(["REPRESENTATIVE"]), "OPEN").await;

        // The round is over and stays: what was shown, and what was found; nobody's name.
        world.clock.set_day("2026-12-11");
        let page = award_page(&world, applicant, &award).await;
        assert_eq!(page["milestones"][0]["latenessDays"], 10);
        let target = json!({ "target": "100", "unit": "patients", "direction": "AT_LEAST" });
        let reached = json!({ "criterion": "SAFETY", "value": "80", "met": false, "target": target });
        let findings = json!([{ "criterion": "SAFETY", "met": false }, { "criterion": "UPTAKE", "met": true }]);
        assert_eq!(page["milestones"][0]["rounds"], json!([{
            "number": 1,
            "submissions": [{ "state": "SEALED", "kpiValues": [reached] }],
            "gates": [{ "state": "DECIDED", "roster": [], "decision": { "outcome": "REWORK" }, "findings": findings }],
        }]));
        let office = award_page(&world, world.people.officer, &award).await;
        assert_eq!(office["nextTranche"], page["nextTranche"]);
        assert_eq!(award_page(&world, world.people.rival, &award).await, Value::Null);
    }

    async fn a_panel_member_sees_the_gate_with_its_figures_and_earlier_rounds(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = measured(&world).await;
        let milestone = award.milestones[0];
        let member = world.people.reviewers[0];
        let seal = submit(&world, milestone, "80").await;
        let first = world.convene(milestone).await;
        world.declare_none(first).await;
        let rework = Verdict::of(Outcome::Rework, &["UPTAKE"]);
        world.vote(first, seal, member, rework.outcome, &rework.met).await;
        recommend(&world, first, seal, &rework).await;
        ask_for_rework(&world, first).await;

        let seal = submit(&world, milestone, "100.0").await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let page = gate_page(&world, member, gate).await;
        let reached = json!({ "criterion": "SAFETY", "value": "100", "met": true, "target": { "target": "100" } });
        assert_eq!(page["submission"], json!({ "number": 2, "kpiValues": [reached] }));
        let rounds = page["milestone"]["rounds"].as_array().expect("rounds");
        assert_eq!(rounds[0]["submissions"], json!([{ "number": 1, "kpiValues": [{ "met": false }] }]));
        assert_eq!(rounds[0]["gates"][0]["decision"]["outcome"], "REWORK");
        assert_eq!(rounds[0]["gates"][0]["findings"].as_array().map(Vec::len), Some(2));
        assert_eq!((&rounds[1]["number"], &rounds[1]["gates"][0]["decision"]), (&json!(2), &Value::Null));
        assert_eq!((&page["myVote"], &page["recommendation"]), (&Value::Null, &Value::Null));

        let go = Verdict::go();
        world.vote(gate, seal, member, go.outcome, &go.met).await;
        let page = gate_page(&world, member, gate).await;
        assert_eq!((&page["myVote"]["outcome"], &page["votes"]), (&json!("GO"), &json!([{ "outcome": "GO" }])));
        recommend(&world, gate, seal, &go).await;
        let page = gate_page(&world, member, gate).await;
        assert_eq!(page["recommendation"]["outcome"], "GO");
        assert_eq!(page["votes"].as_array().map(Vec::len), Some(3));
        assert_eq!(gate_page(&world, world.people.reviewers[3], gate).await, Value::Null);
    }

    async fn the_applicant_is_told_what_the_next_submission_lacks(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let mut milestone = planned(1, 10, 2026);
        let kinds = [vec![EvidenceKind::Report], vec![EvidenceKind::DataSet, EvidenceKind::Report]];
        for (criterion, kinds) in milestone.criteria.iter_mut().zip(kinds) {
            criterion.evidence_kinds = kinds;
        }
        milestone.criteria[0].kpi = Some(hundred_patients());
        let award = world.award().planned(milestone).active().await;
        let milestone = award.milestones[0];
        let lacks = async |who| missing(&world, who, &award).await;
        let figure = json!({ "criterion": "SAFETY", "evidenceKind": null });
        let of = |criterion: &str, kind: &str| json!({ "criterion": criterion, "evidenceKind": kind });
        let evidence = [of("SAFETY", "REPORT"), of("UPTAKE", "DATA_SET"), of("UPTAKE", "REPORT")];
        let everything = [vec![figure], evidence.to_vec()].concat();
        for who in [people.representative, people.researcher, people.auditor] {
            assert_eq!(lacks(who).await, json!(everything));
        }
        for who in [people.officer, people.director, people.preparer] {
            assert_eq!(lacks(who).await, Value::Null, "a draft is its authors' business");
        }

        // The same rule answers a submission: the first thing that is missing.
        let submission = draft(&world, milestone, "120").await;
        assert_eq!(lacks(people.representative).await, json!(evidence));
        attach(&world, submission, EvidenceKind::Report).await;
        assert_eq!(lacks(people.representative).await, json!([of("UPTAKE", "DATA_SET")]));
        let refusal = world.refusal(people.representative, &SubmitMilestone { milestone }).await;
        let criterion = "UPTAKE".to_owned();
        assert_eq!(refusal, Refusal::EvidenceMissing { criterion, kind: EvidenceKind::DataSet });
        attach(&world, submission, EvidenceKind::DataSet).await;
        assert_eq!(lacks(people.representative).await, json!([]));
        world.run(people.representative, &SubmitMilestone { milestone }).await;
        assert_eq!(lacks(people.representative).await, Value::Null, "nothing may be submitted now");
    }

    async fn a_panel_member_sees_what_connects_them_with_the_applicant(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let [once, never, _, outside] = people.reviewers;
        let award = world.award().active().await;
        world.submit(award.milestones[0]).await;
        let gate = world.convene(award.milestones[0]).await;
        // The record of a reviewer grows after the convening, which recuses whom it knows.
        let affiliation = RecordAffiliation {
            person: once,
            organization: world.bodies.applicant,
            from: date("2025-01-01"),
            until: Some(date("2025-12-31")),
        };
        world.run(people.administrator, &affiliation).await;
        let own = async |who| conflict(&world, who, gate).await;
        let shared = json!({ "declared": null, "computed": "SHARED_AFFILIATION", "recused": null });
        assert_eq!(own(once).await, shared);
        assert_eq!(own(never).await, json!({ "declared": null, "computed": null, "recused": null }));
        for who in [people.officer, people.auditor, people.representative, outside] {
            assert_eq!(own(who).await, Value::Null);
        }
        world.declare_none(gate).await;
        let recused = json!({ "declared": "NONE", "computed": "SHARED_AFFILIATION", "recused": "COMPUTED" });
        assert_eq!(own(once).await, recused);
        assert_eq!(own(never).await, json!({ "declared": "NONE", "computed": null, "recused": null }));
    }
}
