//! What the programme lays down: templates in draft and in force, policies, and plans with their
//! history, each for those who may read it.

use domain::Policy;
use domain::id::PersonId;
use domain::template::GateTemplate;
use graphql::Id;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::command::{DefineGateTemplate, ProposePlanChange, PublishPolicy, RefusePlanChange};
use store::entity::gate_template;

use crate::builders::{World, planned};

const TEMPLATES: &str = "{ themes { gateTemplates { id number state definedBy { name { en } }
    publishedBy { name { en } } title { en } roundsMax advanceBp retentionBp
    stages { ordinal code standardDays defaultShareBp mayGoBack criteria { code } } } } }";

const POLICIES: &str =
    "{ programme { policy { number parameters { votesMin closeOut { month day } } }
    policyVersions { id number publishedBy { name { en } } } } }";

const PLANS: &str = "query($id: ID!) { node(id: $id) { ... on Award { planVersions {
    id number state reason proposedBy { name { en } } answeredBy { name { en } } answerReason
    answeredAt plan { advance { amount { amount } } milestones { ordinal dueOn tranche { budgetYear } }
        retention { amount { amount } } } } } } }";

/// The numbers of the templates that `who` sees, the latest first.
async fn templates(world: &World, who: PersonId) -> Vec<Value> {
    let mut data = world.ask(who, TEMPLATES, Value::Null).await;
    serde_json::from_value(data["themes"][0]["gateTemplates"].take()).expect("templates")
}

fn numbers(list: &[Value]) -> Vec<i64> {
    list.iter()
        .map(|row| row["number"].as_i64().expect("a number"))
        .collect()
}

/// What `who` finds by an id.
async fn node(world: &World, who: PersonId, id: &Value) -> Value {
    let document = "query($id: ID!) { node(id: $id) { __typename id } }";
    world.ask(who, document, json!({ "id": id })).await["node"].take()
}

on_both! {
    async fn drafted_templates_are_read_by_the_office(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let row = gate_template::Entity::find().one(world.store.reads()).await.expect("a row");
        let document: GateTemplate =
            serde_json::from_value(row.expect("a template").document).expect("a ladder");
        let document = GateTemplate { rounds_max: 5, ..document };
        world.run(people.officer, &DefineGateTemplate { theme: world.theme, document }).await;

        for who in [people.officer, people.director, people.auditor] {
            assert_eq!(numbers(&templates(&world, who).await), [2, 1]);
        }
        let seen = templates(&world, people.officer).await;
        let draft = &seen[0];
        assert_eq!((&draft["state"], &draft["roundsMax"]), (&json!("DRAFT"), &json!(5)));
        assert_eq!((&draft["definedBy"]["name"]["en"], &draft["publishedBy"]), (&json!("officer"), &Value::Null));
        assert_eq!(draft["stages"][1], json!({
            "ordinal": 2, "code": "S2", "standardDays": 90, "defaultShareBp": 4_500,
            "mayGoBack": false, "criteria": [{ "code": "SAFETY" }, { "code": "UPTAKE" }],
        }));
        for who in [people.representative, people.reviewers[0], people.preparer, people.rival] {
            let published = templates(&world, who).await;
            assert_eq!(published, seen[1..]);
            assert_eq!(node(&world, who, &draft["id"]).await, Value::Null);
            assert_eq!(node(&world, who, &seen[1]["id"]).await["__typename"], "GateTemplate");
        }
        assert_eq!(node(&world, people.auditor, &draft["id"]).await["__typename"], "GateTemplate");
    }

    async fn the_policy_is_read_by_the_programmes_side(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let policy = Policy { votes_min: 4, ..Policy::default() };
        world.run(people.director, &PublishPolicy { programme: world.programme, policy }).await;
        let seen = world.ask(people.officer, POLICIES, Value::Null).await;
        let parameters = json!({ "votesMin": 4, "closeOut": { "month": 4, "day": 30 } });
        assert_eq!(seen["programme"]["policy"], json!({ "number": 2, "parameters": parameters }));
        let versions = seen["programme"]["policyVersions"].as_array().expect("versions");
        assert_eq!(numbers(versions), [2, 1]);
        assert_eq!(versions[0]["publishedBy"]["name"]["en"], "director");
        for who in [people.chair, people.preparer, people.auditor, people.administrator] {
            assert_eq!(world.ask(who, POLICIES, Value::Null).await, seen);
            assert_eq!(node(&world, who, &versions[1]["id"]).await["__typename"], "PolicyVersion");
        }
        for who in [people.representative, people.rival] {
            let hidden = world.ask(who, POLICIES, Value::Null).await;
            assert_eq!(hidden["programme"], json!({ "policy": null, "policyVersions": [] }));
            assert_eq!(node(&world, who, &versions[1]["id"]).await, Value::Null);
        }
    }

    async fn every_version_of_a_plan_stays_with_its_answer(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().active().await;
        let mut plan = award.plan.clone();
        plan.milestones[2] = planned(3, 10, 2027);
        let propose = ProposePlanChange { award: award.id, plan, reason: "治験の遅れ".to_owned() };
        let plan_version = world.run(people.representative, &propose).await.plan_version;
        let refuse = RefusePlanChange { plan_version, reason: "理由が足りない".to_owned() };
        world.run(people.director, &refuse).await;

        let variables = json!({ "id": Id(award.id).text() });
        let seen = world.ask(people.researcher, PLANS, variables.clone()).await;
        let versions = seen["node"]["planVersions"].as_array().expect("versions");
        assert_eq!(numbers(versions), [1, 2]);
        let [decided, proposed] = versions.as_slice() else { panic!("two versions") };
        assert_eq!((&decided["state"], &decided["reason"]), (&json!("APPROVED"), &Value::Null));
        assert_eq!((&proposed["state"], &proposed["reason"]), (&json!("REFUSED"), &json!("治験の遅れ")));
        assert_eq!(proposed["proposedBy"]["name"]["en"], "representative");
        assert_eq!(proposed["answeredBy"]["name"]["en"], "director");
        assert_eq!(proposed["answerReason"], "理由が足りない");
        assert!(proposed["answeredAt"].is_string());
        assert_eq!(decided["plan"]["milestones"][2]["tranche"]["budgetYear"], 2026);
        assert_eq!(proposed["plan"]["milestones"][2]["tranche"]["budgetYear"], 2027);
        assert_eq!(proposed["plan"]["advance"]["amount"]["amount"], "5000000");
        for who in [people.officer, people.preparer, people.auditor] {
            assert_eq!(world.ask(who, PLANS, variables.clone()).await, seen);
            assert_eq!(node(&world, who, &proposed["id"]).await["__typename"], "PlanVersion");
        }
        world.submit(award.milestones[0]).await;
        world.convene(award.milestones[0]).await;
        let panel = world.ask(people.chair, PLANS, variables.clone()).await;
        assert_eq!(panel["node"]["planVersions"], Value::Null);
        assert_eq!(world.ask(people.rival, PLANS, variables).await["node"], Value::Null);
        for who in [people.chair, people.rival, people.administrator] {
            assert_eq!(node(&world, who, &proposed["id"]).await, Value::Null);
        }
    }
}
