//! Finding awards: by words however they are typed, by filters and in orders, each as far as one sees.

use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use store::entity::{award, organization, person};

use crate::builders::World;
use crate::builders::over_http::{Programme, text, yen};

const AWARDS: &str =
    "query($first: Int!, $after: String, $filter: AwardFilter, $order: AwardOrder) {
    awards(first: $first, after: $after, filter: $filter, orderBy: $order) {
        nodes { title { en } } pageInfo { endCursor hasNextPage } } }";

/// The English titles of the awards that `who` finds.
async fn found(programme: &Programme, who: &str, filter: Value) -> Vec<String> {
    let variables = json!({ "first": 10, "filter": filter });
    titles(&programme.ask(who, AWARDS, variables).await)
}

fn titles(data: &Value) -> Vec<String> {
    let nodes = data["awards"]["nodes"].as_array().expect("awards");
    nodes
        .iter()
        .map(|node| text(&node["title"]["en"]))
        .collect()
}

async fn searched(programme: &Programme, who: &str, words: &str) -> Vec<String> {
    found(programme, who, json!({ "search": words })).await
}

/// An award that was decided so many days ago, in the notice of which stands the day after.
async fn offer(programme: &Programme, title: [&str; 2], body: &str, days_ago: i64) -> String {
    let input = json!({
        "theme": programme.id("theme"),
        "organization": programme.id(body),
        "title": { "ja": title[0], "en": title[1] },
        "applied": yen(10_000_000),
        "decided": yen(10_000_000),
        "decidedOn": programme.day(-days_ago),
        "participants": [programme.id("taro")],
    });
    let offered = programme.done("director", "offerAward", input, "award { id }");
    let award = text(&offered.await["award"]["id"]);
    let input = json!({ "award": award, "noticeReceivedOn": programme.day(1 - days_ago) });
    programme
        .done("officer", "recordNotice", input, "award { id }")
        .await;
    award
}

/// A programme in which somebody is called Taro, and in which the rival's body has a name.
async fn programme(db: &crate::harness::database::TestDatabase) -> Programme {
    let mut programme = Programme::new(db).await;
    let name = json!({ "ja": "山田　タロウ", "en": "YAMADA, Taro" });
    let input = json!({ "programme": programme.id("programme"), "name": name, "affiliations": [] });
    let registered = programme.done("administrator", "registerPerson", input, "person { id }");
    let taro = text(&registered.await["person"]["id"]);
    programme.ids.insert("taro".to_owned(), taro);
    let data = programme
        .ask("rival", "{ viewer { roles { scope } } }", json!({}))
        .await;
    let body = text(&data["viewer"]["roles"][0]["scope"]);
    programme.ids.insert("rival body".to_owned(), body);
    programme
}

on_both! {
    async fn an_award_is_found_however_its_words_are_typed(db: TestDatabase) {
        let programme = programme(&db).await;
        offer(&programme, ["ﾊｲﾌﾞﾘｯﾄﾞ人工心臓", "Hybrid Heart"], "applicant", 20).await;
        offer(&programme, ["遺伝子診断コンピューター", "Genome_test 100%"], "rival body", 20).await;
        let number = programme.ask("officer", "{ awards(first: 1) { nodes { number } } }", json!({})).await;
        let number = text(&number["awards"]["nodes"][0]["number"]);
        let wide: String = number.chars()
            .map(|letter| char::from_u32(u32::from(letter) + 0xfee0).expect("a wide letter"))
            .collect();
        let (heart, genome) = (["Hybrid Heart"].as_slice(), ["Genome_test 100%"].as_slice());
        let both = ["Hybrid Heart", "Genome_test 100%"].as_slice();
        for (words, expected) in [
            // Kanji; hiragana, katakana and half-width katakana for one another.
            ("人工", heart),
            ("はいぶりっど", heart),
            ("ハイブリッド", heart),
            ("ﾊｲﾌﾞﾘｯﾄﾞ 心臓", heart),
            ("こんぴゅーた", genome),
            // Latin letters of any case and width, and numbers with and without their hyphens.
            ("hYBRID", heart),
            ("Ｈｅａｒｔ　ｈｙｂ", heart),
            (&number, heart),
            (&wide, heart),
            (&number.replace('-', ""), heart),
            ("１００", genome),
            // Body and people.
            ("applicant", heart),
            ("RIVAL コンピュータ", genome),
            ("山田タロウ", both),
            ("たろう yamada", both),
            // Every word has to occur, and none across two texts.
            ("人工 コンピューター", &[]),
            ("heartapplicant", &[]),
            // Nothing is a wildcard; blank is no search.
            ("%", &[]),
            ("_", &[]),
            ("\\", &[]),
            ("g%t", &[]),
            ("genome_test 100%", genome),
            ("", both),
            ("　 ", both),
        ] {
            assert_eq!(searched(&programme, "officer", words).await, expected, "{words}");
        }

        // Whoever sees one of them finds that one, whoever sees none nothing.
        assert_eq!(searched(&programme, "researcher", "山田").await, heart);
        assert_eq!(searched(&programme, "rival", "山田").await, genome);
        for who in ["reviewer-a", "administrator", "idle"] {
            assert!(searched(&programme, who, "山田").await.is_empty(), "{who}");
        }
        let long = json!({ "first": 1, "filter": { "search": "長".repeat(101) } });
        let refused = programme.asked("officer", AWARDS, long).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "SEARCH_TOO_LONG");
    }

    async fn awards_are_filtered_and_come_in_the_order_that_is_asked_for(db: TestDatabase) {
        let programme = programme(&db).await;
        // The first stage of a plan is due thirty days after the decision.
        offer(&programme, ["新", "fresh"], "applicant", 2).await;
        offer(&programme, ["遅", "late"], "rival body", 50).await;
        let withdrawn = offer(&programme, ["取", "withdrawn"], "applicant", 5).await;
        let input = json!({ "award": withdrawn, "reason": "事業を取りやめる" });
        programme.done("representative", "withdrawAward", input, "award { state }").await;
        for (filter, expected) in [
            (json!({}), vec!["fresh", "late", "withdrawn"]),
            (json!({ "states": [] }), vec!["fresh", "late", "withdrawn"]),
            (json!({ "states": ["OFFERED"] }), vec!["fresh"]),
            (json!({ "states": ["OFFERED", "ACTIVE"] }), vec!["fresh", "late"]),
            (json!({ "states": ["WITHDRAWN", "ACTIVE"] }), vec!["late", "withdrawn"]),
            (json!({ "states": ["CLOSED"] }), vec![]),
            (json!({ "organization": programme.id("rival body") }), vec!["late"]),
            (json!({ "organization": programme.id("theme") }), vec![]),
            (json!({ "theme": programme.id("theme"), "late": true }), vec!["late"]),
            (json!({ "milestoneState": "OPEN" }), vec!["fresh", "late"]),
            (json!({ "milestoneState": "LOCKED", "states": ["ACTIVE"] }), vec!["late"]),
            (json!({ "milestoneState": "CANCELLED" }), vec!["withdrawn"]),
            (json!({ "fiscalYear": 1990 }), vec![]),
        ] {
            let mut titles = found(&programme, "officer", filter.clone()).await;
            titles.sort();
            assert_eq!(titles, expected, "{filter}");
        }
        for (order, expected) in [
            ("NEXT_DUE_ON", ["late", "fresh", "withdrawn"]),
            ("DECIDED_ON", ["fresh", "withdrawn", "late"]),
        ] {
            assert_eq!(walked(&programme, order).await, expected, "{order}");
        }
        assert_eq!(walked(&programme, "NUMBER").await.len(), 3);

        // A cursor of another order is none.
        let variables = json!({ "first": 1, "order": "NEXT_DUE_ON" });
        let page = programme.ask("officer", AWARDS, variables).await;
        let cursor = &page["awards"]["pageInfo"]["endCursor"];
        let variables = json!({ "first": 1, "order": "NUMBER", "after": cursor });
        let refused = programme.asked("officer", AWARDS, variables).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }

    /// What a version before the search wrote is found once the search is filled in.
    async fn rows_from_before_the_search_are_filled_in(db: TestDatabase) {
        let world = World::new(&db).await;
        world.award().naming(world.people.researcher).naming(world.people.rival).offered().await;
        world.award().offered().await;
        let before = kept(&world).await;
        assert!(before.iter().all(|(_, kept)| kept.is_some()));
        let connection = world.store.reads();
        for table in ["award", "person", "organization"] {
            let emptied = format!("UPDATE {table} SET search = NULL");
            connection.execute_unprepared(&emptied).await.expect("an update");
        }
        for _ in 0..2 {
            store::search::fill(connection).await.expect("filled in");
            assert_eq!(kept(&world).await, before);
        }
    }
}

/// The titles page by page, one row a page.
async fn walked(programme: &Programme, order: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "first": 1, "order": order, "after": after });
        let mut page = programme.ask("officer", AWARDS, variables).await;
        all.extend(titles(&page));
        if page["awards"]["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = page["awards"]["pageInfo"]["endCursor"].take();
    }
}

/// What every row is found by.
async fn kept(world: &World) -> Vec<(uuid::Uuid, Option<String>)> {
    let db = world.store.reads();
    let awards = award::Entity::find().all(db).await.expect("awards");
    let people = person::Entity::find().all(db).await.expect("people");
    let bodies = organization::Entity::find().all(db).await.expect("bodies");
    let mut kept: Vec<_> = awards.into_iter().map(|row| (row.id, row.search)).collect();
    kept.extend(people.into_iter().map(|row| (row.id, row.search)));
    kept.extend(bodies.into_iter().map(|row| (row.id, row.search)));
    kept.sort();
    kept
}
