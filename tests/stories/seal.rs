//! The seal: whoever changes what was sealed, in whatever row, stops the gate.

use domain::Policy;
use domain::gate::{Terms, VoidCause};
use domain::id::{GateId, MilestoneId, PolicyVersionId};
use domain::milestone::{MilestoneStateCode, Outcome};
use domain::tranche::BlockerCode;
use domain::{Refusal, Seal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter,
    Statement,
};
use serde_json::json;
use store::command::{
    AttachEvidence, DecideGate, DraftSubmission, PublishPolicy, RecommendGate, ReleaseTranche,
    SubmitMilestone, VoidGate, WithdrawSubmission,
};
use store::entity::{evidence, milestone_version, submission, tranche};

use crate::builders::{Granted, Verdict, World, planned};
use crate::harness::database::Backend;

/// Every row that a seal covers.
#[derive(Debug, Clone)]
struct Sealed {
    submission: submission::Model,
    evidence: evidence::Model,
    version: milestone_version::Model,
    tranche: tranche::Model,
}

/// Other things that a row can be made to name.
#[derive(Debug, Clone, Copy)]
struct Others {
    award: uuid::Uuid,
    milestone: MilestoneId,
    tranche: uuid::Uuid,
    policy: PolicyVersionId,
}

impl Sealed {
    async fn read(db: &DatabaseConnection, seal: Seal) -> Self {
        let submission = submission::Entity::find()
            .filter(submission::Column::Seal.eq(seal.to_string()))
            .one(db)
            .await
            .expect("an answer")
            .expect("the submission");
        let evidence = evidence::Entity::find()
            .filter(evidence::Column::SubmissionId.eq(submission.id))
            .one(db)
            .await
            .expect("an answer")
            .expect("its evidence");
        let version = submission.milestone_version_id.expect("its plan");
        let tranche = submission.tranche_id.expect("its tranche");
        Self {
            version: milestone_version::Entity::find_by_id(version)
                .one(db)
                .await
                .expect("an answer")
                .expect("its plan"),
            tranche: tranche::Entity::find_by_id(tranche)
                .one(db)
                .await
                .expect("an answer")
                .expect("its tranche"),
            submission,
            evidence,
        }
    }

    async fn write(&self, db: &DatabaseConnection) {
        let Self {
            submission,
            evidence,
            version,
            tranche,
        } = self.clone();
        let row = submission::ActiveModel::from(submission).reset_all();
        row.update(db).await.expect("a submission");
        let row = evidence::ActiveModel::from(evidence).reset_all();
        row.update(db).await.expect("evidence");
        let row = milestone_version::ActiveModel::from(version).reset_all();
        row.update(db).await.expect("a plan");
        let row = tranche::ActiveModel::from(tranche).reset_all();
        row.update(db).await.expect("a tranche");
    }

    fn criterion(&mut self, member: &str, value: serde_json::Value) {
        self.version.criteria[0][member] = value;
    }

    /// The same rows with one sealed field changed, for each field.
    fn forgeries(&self, others: Others) -> Vec<(&'static str, Self)> {
        type Change = fn(&mut Sealed, Others);
        let changes: [(&'static str, Change); 22] = [
            ("award", |rows, others| {
                rows.submission.award_id = others.award;
            }),
            ("milestone", |rows, others| {
                rows.submission.milestone_id = others.milestone.uuid();
            }),
            ("round", |rows, _| rows.submission.round += 1),
            ("submission version", |rows, _| rows.submission.version += 1),
            ("narrative", |rows, _| rows.submission.narrative.push('!')),
            ("KPI value", |rows, _| {
                rows.submission.kpi_values["EFFECT"] = json!("31");
            }),
            ("submitted at", |rows, _| {
                let at = rows.submission.submitted_at.as_mut().expect("a time");
                *at += chrono::TimeDelta::microseconds(1);
            }),
            ("policy version", |rows, others| {
                rows.submission.policy_version_id = Some(others.policy.uuid());
            }),
            ("evidence sha256", |rows, _| {
                rows.evidence.sha256 = "f".repeat(64);
            }),
            ("evidence size", |rows, _| rows.evidence.size_bytes += 1),
            ("evidence media type", |rows, _| {
                "text/csv".clone_into(&mut rows.evidence.media_type);
            }),
            ("evidence kind", |rows, _| {
                "OTHER".clone_into(&mut rows.evidence.kind);
            }),
            ("criterion code", |rows, _| {
                rows.criterion("code", json!("EFFICACY"));
            }),
            ("criterion title", |rows, _| {
                rows.criterion("title", json!({ "ja": "易", "en": "easy" }));
            }),
            ("criterion weight", |rows, _| {
                rows.criterion("weight_bp", json!(5_999));
            }),
            ("criterion payable share", |rows, _| {
                rows.criterion("payable_share_bp", json!(6_001));
            }),
            ("criterion blocking", |rows, _| {
                rows.criterion("blocking", json!(true));
            }),
            ("criterion target", |rows, _| {
                rows.version.criteria[0]["kpi"]["target"] = json!("29");
            }),
            ("criterion evidence kinds", |rows, _| {
                rows.criterion("evidence_kinds", json!([]));
            }),
            ("tranche", |rows, others| {
                rows.submission.tranche_id = Some(others.tranche);
            }),
            ("amount", |rows, _| rows.tranche.amount_minor += 1),
            ("currency", |rows, _| {
                "USD".clone_into(&mut rows.tranche.currency);
            }),
        ];
        let forge = |(name, change): (&'static str, Change)| {
            let mut rows = self.clone();
            change(&mut rows, others);
            (name, rows)
        };
        changes.map(forge).to_vec()
    }
}

/// Takes the guards of the sealed rows down, as whoever owns the database can.
async fn unguard(db: &DatabaseConnection, backend: Backend) {
    for table in ["submission", "evidence"] {
        if backend == Backend::Postgres {
            let disable = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
            db.execute_unprepared(&disable).await.expect("no guards");
            continue;
        }
        let query = format!(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        );
        let statement = Statement::from_string(db.get_database_backend(), query);
        for row in db.query_all_raw(statement).await.expect("triggers") {
            let name: String = row.try_get("", "name").expect("a name");
            let drop = format!("DROP TRIGGER {name}");
            db.execute_unprepared(&drop).await.expect("no guard");
        }
    }
}

/// An award whose first milestone asks for a figure and a report.
async fn measured(world: &World) -> Granted {
    let mut first = planned(1, 10, 2026);
    first.criteria[0] = serde_json::from_value(json!({
        "code": "EFFECT",
        "title": { "ja": "効果", "en": "effect" },
        "weight_bp": 6_000,
        "payable_share_bp": 6_000,
        "blocking": false,
        "kpi": { "unit": "patients", "direction": "AT_LEAST", "target": "30" },
        "evidence_kinds": ["REPORT"],
    }))
    .expect("a criterion");
    let builder = world.award().planned(first).milestone(10, 2026);
    builder.active().await
}

async fn submit(world: &World, milestone: MilestoneId) -> Seal {
    let draft = DraftSubmission {
        milestone,
        narrative: "達成した".to_owned(),
        kpi_values: [("EFFECT".to_owned(), "30".parse().expect("a figure"))].into(),
        expected_version: None,
    };
    let researcher = world.people.researcher;
    let submission = world.run(researcher, &draft).await.submission;
    let attach = AttachEvidence {
        submission,
        sha256: "a".repeat(64),
        size_bytes: 1_024,
        media_type: "application/pdf".to_owned(),
        kind: domain::criterion::EvidenceKind::Report,
        file_name: "報告書.pdf".to_owned(),
    };
    world.run(researcher, &attach).await;
    let submit = SubmitMilestone { milestone };
    world.run(world.people.representative, &submit).await.seal
}

fn ballot(world: &World, gate: GateId, seal: Seal) -> store::command::SignGate {
    let mut ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY", "UPTAKE"]);
    let finding = ballot.findings.remove("SAFETY").expect("a finding");
    ballot.findings.insert("EFFECT".to_owned(), finding);
    ballot
}

on_both! {
    /// One gate is led to its release; before each of its steps every sealed field is forged once.
    async fn any_sealed_field_that_changes_stops_every_step(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = measured(&world).await;
        let other = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = submit(&world, milestone).await;
        let publish = PublishPolicy { programme: world.programme, policy: Policy::default() };
        let others = Others {
            award: other.id.uuid(),
            milestone: other.milestones[2],
            tranche: award.tranches[1].uuid(),
            policy: world.run(world.people.director, &publish).await.policy_version,
        };
        let rows = world.store.reads();
        unguard(rows, db.backend).await;
        let sealed = Sealed::read(rows, seal).await;
        let forgeries = sealed.forgeries(others);
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let [a, b, c, _] = world.people.reviewers;
        for reviewer in [a, b] {
            world.run(reviewer, &ballot(&world, gate, seal)).await;
        }
        for (field, forgery) in &forgeries {
            forgery.write(rows).await;
            let answer = world.refusal(c, &ballot(&world, gate, seal)).await;
            assert_eq!(answer, Refusal::SealMismatch {}, "sign, {field}");
            sealed.write(rows).await;
        }
        world.run(c, &ballot(&world, gate, seal)).await;
        let recommend = RecommendGate {
            gate,
            pick: None,
            reason: String::new(),
            terms: Terms::default(),
        };
        for (field, forgery) in &forgeries {
            forgery.write(rows).await;
            let answer = world.refusal(world.people.chair, &recommend).await;
            assert_eq!(answer, Refusal::SealMismatch {}, "recommend, {field}");
            sealed.write(rows).await;
        }
        world.run(world.people.chair, &recommend).await;
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        for (field, forgery) in &forgeries {
            forgery.write(rows).await;
            let answer = world.refusal(world.people.director, &decide).await;
            assert_eq!(answer, Refusal::SealMismatch {}, "decide, {field}");
            sealed.write(rows).await;
        }
        world.run(world.people.director, &decide).await;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        for (field, forgery) in &forgeries {
            forgery.write(rows).await;
            match world.refusal(world.people.preparer, &release).await {
                Refusal::ReleaseBlocked { blockers } => {
                    assert!(blockers.0.contains(&BlockerCode::SealMismatch), "release, {field}");
                }
                answer => panic!("release, {field}: {answer}"),
            }
            sealed.write(rows).await;
        }
        world.run(world.people.preparer, &release).await;
    }

    async fn a_broken_seal_is_mended_by_voiding_the_gate_and_submitting_anew(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let gate = world.recommended(milestone, &Verdict::go()).await;
        let rows = world.store.reads();
        unguard(rows, db.backend).await;
        let mut forged = submission::Entity::find().one(rows).await.expect("an answer").expect("it");
        "全部達成した".clone_into(&mut forged.narrative);
        let forged = submission::ActiveModel::from(forged).reset_all();
        forged.update(rows).await.expect("a forgery");
        let decide = DecideGate {
            gate,
            outcome: Outcome::Go,
            terms: None,
            remainder: None,
            reason: String::new(),
        };
        let director = world.people.director;
        assert_eq!(world.refusal(director, &decide).await, Refusal::SealMismatch {});
        let why = "記録と違う".to_owned();
        let void = VoidGate { gate, cause: VoidCause::SealMismatch, reason: why.clone() };
        let voided = world.run(world.people.officer, &void).await;
        assert_eq!(voided.milestone_state, MilestoneStateCode::Submitted);
        // No other panel sits on it either: the applicant takes it back and submits what is true.
        let convene = store::command::ConveneGate { milestone, roster: world.roster() };
        assert_eq!(
            world.refusal(world.people.officer, &convene).await,
            Refusal::SealMismatch {}
        );
        let withdraw = WithdrawSubmission { milestone, reason: why };
        world.run(world.people.representative, &withdraw).await;
        world.pass(milestone).await;
    }

    async fn a_vote_speaks_of_the_seal_that_its_member_saw(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let ballot = world.ballot(gate, Seal::over("something else"), Outcome::Go, &["SAFETY"]);
        assert_eq!(
            world.refusal(world.people.reviewers[0], &ballot).await,
            Refusal::SealNotTheGates {}
        );
    }
}
