//! People and bodies as lists to choose from, and what is kept about a person: who may look.

use chrono::TimeDelta;
use domain::LocalizedText;
use domain::access::{GrantScope, Role};
use domain::id::PersonId;
use graphql::Id;
use serde_json::{Value, json};
use store::Clock;
use store::command::{EndRole, GrantRole, IssueServiceToken, RegisterPerson};

use crate::builders::World;

const PEOPLE: &str = "query($first: Int!, $after: String, $filter: PersonFilter) {
    people(first: $first, after: $after, filter: $filter) {
        nodes { name { en } } pageInfo { endCursor hasNextPage } } }";

const ORGANIZATIONS: &str = "query($filter: OrganizationFilter) {
    organizations(first: 10, filter: $filter) { nodes { name { en } } } }";

const KEPT: &str = "query($id: ID!) { node(id: $id) { ... on Person {
    affiliations { organization { name { en } } from until }
    roleGrants { id role scopeKind scope inForce grantedBy { name { en } } endedBy { name { en } } }
    serviceTokens { id label roles works revokedAt issuedBy { name { en } } } } } }";

fn names(list: &Value) -> Vec<&str> {
    let nodes = list["nodes"].as_array().expect("a list");
    let names = nodes.iter().map(|node| node["name"]["en"].as_str());
    names.map(|name| name.expect("a name")).collect()
}

/// The people that `who` finds.
async fn found(world: &World, who: PersonId, filter: Value) -> Vec<String> {
    let variables = json!({ "first": 100, "filter": filter });
    let data = world.ask(who, PEOPLE, variables).await;
    names(&data["people"])
        .into_iter()
        .map(ToOwned::to_owned)
        .collect()
}

async fn register(world: &World, ja: &str, en: &str) -> PersonId {
    let command = RegisterPerson {
        programme: world.programme,
        name: LocalizedText::new(ja, en),
        email: None,
        identity: None,
        affiliations: vec![(world.bodies.institutes[1], world.clock.today(), None)],
    };
    world.run(world.people.administrator, &command).await.person
}

/// Who may choose among people: by role in the whole programme, or in a theme of it.
async fn choosers(world: &World) -> Vec<PersonId> {
    let officer = register(world, "主題 担当", "Theme officer").await;
    let command = GrantRole {
        person: officer,
        role: Role::Officer,
        scope: GrantScope::Theme(world.theme),
        from: world.clock.today(),
        until: None,
    };
    world.run(world.people.administrator, &command).await;
    let people = &world.people;
    vec![
        people.administrator,
        people.officer,
        people.director,
        people.auditor,
        officer,
    ]
}

on_both! {
    async fn those_who_choose_among_people_find_them(db: TestDatabase) {
        let world = World::new(&db).await;
        let choosers = choosers(&world).await;
        let people = &world.people;
        for who in &choosers {
            let reviewers = found(&world, *who, json!({ "role": "REVIEWER" })).await;
            assert_eq!(reviewers, ["reviewer 0", "reviewer 1", "reviewer 2", "reviewer 3"]);
        }
        for who in [people.chair, people.preparer, people.representative, people.reviewers[0]] {
            assert!(found(&world, who, json!({})).await.is_empty());
        }
        let institute = Id(world.bodies.institutes[0]).text();
        let applicant = Id(world.bodies.applicant).text();
        for (filter, expected) in [
            (json!({ "organization": institute }), vec!["reviewer 0", "reviewer 1"]),
            (json!({ "organization": institute, "role": "CHAIR" }), vec![]),
            (json!({ "organization": applicant }), vec!["finance contact", "representative", "researcher"]),
            (json!({ "search": "ＲＥＶＩＥＷＥＲ　２" }), vec!["reviewer 2"]),
            (json!({ "search": "主題担当" }), vec!["Theme officer"]),
            (json!({ "search": "%" }), vec![]),
        ] {
            assert_eq!(found(&world, people.officer, filter.clone()).await, expected, "{filter}");
        }
    }

    async fn people_come_page_by_page_by_their_names(db: TestDatabase) {
        let world = World::new(&db).await;
        // Two of one name: the page goes on between them.
        for ja in ["同名 一", "同名 二"] {
            register(&world, ja, "representative").await;
        }
        register(&world, "改行", "representative\nof two lines").await;
        let all = found(&world, world.people.officer, json!({})).await;
        let mut sorted = all.clone();
        sorted.sort();
        assert_eq!(all, sorted);
        let mut walked: Vec<String> = Vec::new();
        let mut after = Value::Null;
        loop {
            let variables = json!({ "first": 1, "after": after });
            let mut data = world.ask(world.people.officer, PEOPLE, variables).await;
            walked.extend(names(&data["people"]).into_iter().map(ToOwned::to_owned));
            if data["people"]["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = data["people"]["pageInfo"]["endCursor"].take();
        }
        assert_eq!(walked, all);
    }

    async fn bodies_are_found_by_the_programme_and_by_their_own_people(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let all = ["Applicant", "First institute", "Rival", "Second institute", "Third institute"];
        for who in [people.administrator, people.officer, people.preparer, people.auditor] {
            let data = world.ask(who, ORGANIZATIONS, json!({})).await;
            assert_eq!(names(&data["organizations"]), all);
        }
        let search = json!({ "filter": { "search": "ｉｎｓｔｉｔｕｔｅ third" } });
        let data = world.ask(people.director, ORGANIZATIONS, search).await;
        assert_eq!(names(&data["organizations"]), ["Third institute"]);
        for (who, expected) in [(people.researcher, vec!["Applicant"]), (people.rival, vec!["Rival"]), (people.chair, vec![])] {
            let data = world.ask(who, ORGANIZATIONS, json!({})).await;
            assert_eq!(names(&data["organizations"]), expected);
        }
    }

    async fn roles_and_tokens_of_a_person_are_for_those_who_keep_them(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let person = people.reviewers[3];
        let token = IssueServiceToken {
            person,
            label: "集計".to_owned(),
            roles: vec![Role::Reviewer],
            expires_at: world.clock.now() + TimeDelta::days(1),
            token_hash: "0".repeat(64),
        };
        world.run(people.administrator, &token).await;
        let variables = json!({ "id": Id(person).text() });
        let before = world.ask(people.administrator, KEPT, variables.clone()).await;
        let kept = &before["node"];
        assert_eq!(kept["affiliations"][0]["organization"]["name"]["en"], "Third institute");
        let grant = &kept["roleGrants"][0];
        assert_eq!((&grant["role"], &grant["inForce"]), (&json!("REVIEWER"), &json!(true)));
        assert_eq!(grant["scope"], Id(world.programme).text());
        assert_eq!(grant["grantedBy"]["name"]["en"], "Administrator");
        let token = &kept["serviceTokens"][0];
        assert_eq!((&token["label"], &token["works"]), (&json!("集計"), &json!(true)));
        assert_eq!(token["roles"], json!(["REVIEWER"]));

        // The auditor and the person see the same; the office sees where they belong and no more.
        for who in [people.auditor, person] {
            assert_eq!(world.ask(who, KEPT, variables.clone()).await, before);
        }
        let office = world.ask(people.officer, KEPT, variables.clone()).await;
        assert_eq!(office["node"]["affiliations"], kept["affiliations"]);
        assert_eq!((&office["node"]["roleGrants"], &office["node"]["serviceTokens"]), (&json!([]), &json!([])));
        let outside = world.ask(people.representative, KEPT, variables.clone()).await;
        assert_eq!(outside["node"], Value::Null);
        for (id, kind) in [(&grant["id"], "RoleGrant"), (&token["id"], "ServiceToken")] {
            let document = "query($id: ID!) { node(id: $id) { __typename id } }";
            for (who, seen) in [(people.auditor, true), (person, true), (people.officer, false)] {
                let data = world.ask(who, document, json!({ "id": id })).await;
                let expected = if seen { json!({ "__typename": kind, "id": id }) } else { Value::Null };
                assert_eq!(data["node"], expected);
            }
        }

        // Time and the administrator end them.
        let listed = world.ask(people.auditor, KEPT, variables.clone()).await;
        let id = listed["node"]["roleGrants"][0]["id"].as_str().expect("an id");
        let end = EndRole { role_grant: Id::read(id).0, until: world.clock.today() };
        world.run(people.administrator, &end).await;
        world.clock.pass_days(2);
        let after = world.ask(people.auditor, KEPT, variables).await;
        let grant = &after["node"]["roleGrants"][0];
        assert_eq!((&grant["inForce"], &grant["endedBy"]["name"]["en"]), (&json!(false), &json!("Administrator")));
        assert_eq!(after["node"]["serviceTokens"][0]["works"], false);
        let reviewers = found(&world, people.officer, json!({ "role": "REVIEWER" })).await;
        assert_eq!(reviewers, ["reviewer 0", "reviewer 1", "reviewer 2"]);
    }
}
