//! Tranches over all awards: what may be released, and what stands against the rest.

use std::collections::BTreeSet;

use domain::award::Remainder;
use domain::id::{PersonId, TrancheId};
use graphql::Id;
use serde_json::{Value, json};

use super::{release, revoke};
use crate::builders::{Verdict, World};

const SHEET: &str = "{ policyVersion trancheAmount { amount } shareBp result { amount }
    steps { step inputs result { amount } } }";

/// The ids of all tranches of a list, asked for page by page, and how many pages had no row and
/// were not the last.
async fn walk(world: &World, person: PersonId, field: &str) -> (Vec<String>, usize) {
    let (list, filter) = field.split_once(' ').unwrap_or((field, "{}"));
    let document = format!(
        "query($after: String) {{ {list}(first: 1, after: $after, filter: {filter}) {{
            nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut ids, mut empty, mut after) = (Vec::new(), 0, Value::Null);
    loop {
        let answer = world
            .ask(person, &document, json!({ "after": after }))
            .await;
        let page = &answer[list];
        let nodes = page["nodes"].as_array().expect("rows");
        ids.extend(
            nodes
                .iter()
                .map(|node| node["id"].as_str().expect("an id").to_owned()),
        );
        if page["pageInfo"]["hasNextPage"] != true {
            return (ids, empty);
        }
        empty += usize::from(nodes.is_empty());
        after = page["pageInfo"]["endCursor"].clone();
        assert!(after.is_string(), "there is more, from nowhere on: {page}");
    }
}

fn texts<const N: usize>(ids: [TrancheId; N]) -> Vec<String> {
    ids.into_iter().map(|id| Id(id).text()).collect()
}

on_both! {
    async fn what_is_shown_as_payable_is_what_a_release_keeps(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.judge(award.milestones[0], Verdict::partial(&["SAFETY"], Remainder::Decommit)).await;
        let document = format!(
            "{{ releasableTranches(first: 10) {{ nodes {{
                id payable {{ amount }} payableCalculation {SHEET} blockers {{ code }} }} }} }}"
        );
        let answer = world.ask(world.people.preparer, &document, Value::Null).await;
        let nodes = answer["releasableTranches"]["nodes"].as_array().expect("rows").clone();
        let [advance, milestone] = [award.advance.expect("an advance"), award.tranches[0]];
        let ids: Vec<_> = nodes.iter().map(|node| node["id"].clone()).collect();
        assert_eq!(ids, texts([advance, milestone]), "the longest waiting comes first");
        assert_eq!(nodes[1]["payable"]["amount"], "6000000");
        assert_eq!(nodes[1]["blockers"], json!([]));

        release(&world, milestone).await;
        let document = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on Tranche {{
                release {{ id calculation {SHEET} tranche {{ id }} }} }} }} }}"
        );
        let asked = json!({ "id": Id(milestone).text() });
        let answer = world.ask(world.people.preparer, &document, asked).await;
        let kept = &answer["node"]["release"];
        assert_eq!(kept["calculation"], nodes[1]["payableCalculation"]);
        assert_eq!(kept["tranche"]["id"], Id(milestone).text());
        let left = walk(&world, world.people.preparer, "releasableTranches").await.0;
        assert_eq!(left, texts([advance]));

        // A release has an id of its own, for the same eyes as its tranche.
        let document = "query($id: ID!) { node(id: $id) { ... on Release { amount { amount } } } }";
        let asked = json!({ "id": kept["id"] });
        let seen = world.ask(world.people.finance_contact, document, asked.clone()).await;
        assert_eq!(seen["node"]["amount"]["amount"], "6000000");
        for stranger in [world.people.rival, world.people.reviewers[0]] {
            assert!(world.ask(stranger, document, asked.clone()).await["node"].is_null());
        }
    }

    async fn a_revoked_release_stays_readable(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let advance = award.advance.expect("an advance");
        release(&world, advance).await;
        revoke(&world, advance).await;
        release(&world, advance).await;
        let document = "query($id: ID!) { node(id: $id) { ... on Tranche {
            release { id } releases { id releasedAt revokedAt revokeReason } } } }";
        let asked = json!({ "id": Id(advance).text() });
        let answer = world.ask(world.people.representative, document, asked).await;
        let releases = answer["node"]["releases"].as_array().expect("releases");
        let [revoked, live] = releases.as_slice() else { panic!("{answer}") };
        assert_eq!(revoked["revokeReason"], "請求書の誤り");
        assert!(revoked["releasedAt"].as_str() < revoked["revokedAt"].as_str(), "{revoked}");
        assert_eq!((&live["revokedAt"], &live["revokeReason"]), (&Value::Null, &Value::Null));
        assert_eq!(answer["node"]["release"]["id"], live["id"]);
    }

    async fn nothing_is_lost_between_short_pages(db: TestDatabase) {
        let world = World::new(&db).await;
        let first = world.award().active().await;
        let mut offered = Vec::new();
        for _ in 0..9 {
            // Active by acceptance, and still to be withdrawn: nothing of it may be released.
            offered.push(world.award().advance(1).milestone(1, 2026).accepted().await);
        }
        let last = world.award().advance(1).milestone(1, 2026).accepted().await;
        let preparer = world.people.preparer;
        let advances = |awards: &[&crate::builders::Granted]| -> Vec<String> {
            awards.iter().map(|award| Id(award.advance.expect("an advance")).text()).collect()
        };
        let (ids, empty) = walk(&world, preparer, "releasableTranches").await;
        assert_eq!(ids, advances(&[&first]));
        assert!(empty > 0, "candidates fill more than a page");

        let term = "tranches {blockedBy:WITHDRAWAL_TERM_RUNNING,kind:ADVANCE}";
        let (ids, _) = walk(&world, preparer, term).await;
        let waiting: Vec<_> = offered.iter().chain([&last]).collect();
        assert_eq!(ids, advances(&waiting));
        let (ids, _) = walk(&world, preparer, "tranches").await;
        assert_eq!(ids.len(), 5 + 2 * 10);
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "nothing comes twice");

        world.clock.pass_days(16);
        let (ids, _) = walk(&world, preparer, "releasableTranches").await;
        let mut all = vec![&first];
        all.extend(waiting);
        assert_eq!(ids, advances(&all));
    }

    async fn tranches_are_for_the_programmes_people_and_the_awards_own(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let people = world.people;
        for insider in [people.officer, people.director, people.approver, people.auditor, people.researcher] {
            assert_eq!(walk(&world, insider, "releasableTranches").await.0.len(), 2);
            assert_eq!(walk(&world, insider, "tranches").await.0.len(), 5);
        }
        for stranger in [people.rival, people.reviewers[0], people.chair, people.administrator] {
            assert_eq!(walk(&world, stranger, "releasableTranches").await.0.len(), 0);
            assert_eq!(walk(&world, stranger, "tranches").await.0.len(), 0);
        }
        let (ids, _) = walk(&world, people.preparer, "releasableTranches {kind:MILESTONE,budgetYear:2026}").await;
        assert_eq!(ids, texts([award.tranches[0]]));
        for none in ["releasableTranches {budgetYear:2027}", "tranches {state:LAPSED}"] {
            assert_eq!(walk(&world, people.preparer, none).await.0.len(), 0, "{none}");
        }
    }
}
