//! Files of whoever works with one theme: its rows of the programme's files, and no others.

use domain::access::Role;
use domain::report::ExportKind;
use domain::{Coded, CorporateNumber, LocalizedText};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use store::command::RegisterOrganization;
use store::entity::audit_event;

use super::downloads::{get, taken};
use crate::builders::World;
use crate::harness::server::Server;
use crate::stories::finance::{another_theme, holder_of, offer_in};

/// The lines of a file that are of the theme `code`, as they stand in it.
fn of_theme(bytes: &[u8], code: &str) -> String {
    let text = std::str::from_utf8(bytes).expect("a text");
    let is_of = |line: &&str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        row["theme"] == code
    };
    text.split_inclusive('\n').filter(is_of).collect()
}

/// The corporate number of a body that has no award in either theme.
async fn body_without_award(world: &World) -> CorporateNumber {
    let number = CorporateNumber::parse("7000012050002").expect("a corporate number");
    let register = RegisterOrganization {
        programme: world.programme,
        name: LocalizedText::new("国税庁", "National Tax Agency"),
        corporate_number: Some(number),
        identifiers: Vec::new(),
    };
    world.run(world.people.administrator, &register).await;
    number
}

on_both! {
    async fn a_themes_file_has_its_rows_of_the_programmes(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.release(award.advance.expect("an advance")).await;
        let theme = another_theme(&world).await;
        let finance = holder_of(&world, Role::FinancePreparer, theme).await;
        let officer = holder_of(&world, Role::Officer, theme).await;
        let elsewhere = holder_of(&world, Role::FinanceApprover, world.theme).await;
        let other = offer_in(&world, theme).await;
        world.account_of_rival().await;
        let released = world.release(other).await;
        world.sent(&[released]).await;
        let whole = world.token(world.people.auditor).await;
        let part = world.token(finance).await;
        let of_other_theme = world.token(elsewhere).await;
        let case_work = world.token(officer).await;
        let server = Server::on(&db, &[]).await;
        let mut records = Vec::new();
        for kind in ExportKind::ALL.iter().filter(|kind| kind.is_by_theme()) {
            let since = if *kind == ExportKind::DisbursementChanges {
                "?since=2026-06-01T00:00:00Z"
            } else {
                ""
            };
            let path = format!("/exports/{}.jsonl{since}", kind.name());
            let (all, _) = taken(&server, &whole, &path).await;
            let (own, record) = taken(&server, &part, &path).await;
            let expected = of_theme(&all, "OTHER");
            assert!(!expected.is_empty() && expected.len() < all.len(), "{path}");
            assert_eq!(String::from_utf8(own).expect("a text"), expected, "{path}");
            assert_eq!(record["parameters"]["themes"], json!(["OTHER"]), "{record}");
            let (others, _) = taken(&server, &of_other_theme, &path).await;
            assert_eq!(String::from_utf8(others).expect("a text"), of_theme(&all, "SAMD"), "{path}");
            assert_eq!(get(&server, Some(&case_work), &path).await.status(), StatusCode::NOT_FOUND);
            records.push(record["id"].as_str().expect("an id").to_owned());
        }
        // What was taken of the one theme is not for finance of the other to know.
        for id in &records {
            let path = format!("/exports/{id}");
            assert_eq!(get(&server, Some(&whole), &path).await.status(), StatusCode::OK);
            assert_eq!(get(&server, Some(&of_other_theme), &path).await.status(), StatusCode::NOT_FOUND);
        }
        let begun = audit_event::Entity::find()
            .filter(audit_event::Column::Operation.eq("BEGIN_EXPORT"))
            .all(world.store.reads())
            .await
            .expect("events");
        let themes = begun.iter().map(|row| &row.event["happened"][0]["facts"]["parameters"]["themes"]);
        let of_theme = themes.filter(|themes| **themes == json!(["OTHER"]));
        assert_eq!(of_theme.count(), records.len());
    }

    async fn a_file_of_the_whole_programme_is_refused_by_name(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let theme = another_theme(&world).await;
        let finance = holder_of(&world, Role::FinanceApprover, theme).await;
        let part = world.token(finance).await;
        let whole = world.token(world.people.auditor).await;
        let body = body_without_award(&world).await;
        let server = Server::on(&db, &[]).await;
        for name in ["ledger.beancount", "trial-balance.csv", "grants.json"] {
            let answer = get(&server, Some(&part), &format!("/exports/{name}")).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            let told: Value = answer.json().await.expect("JSON");
            assert!(told.to_string().contains("FILE_OF_WHOLE_PROGRAMME"), "{told}");
        }
        // What is of another theme is not there.
        for (filter, status) in [
            ("theme=OTHER".to_owned(), StatusCode::OK),
            ("theme=SAMD".to_owned(), StatusCode::NOT_FOUND),
            (format!("award={}", award.number), StatusCode::NOT_FOUND),
            (format!("organization={body}"), StatusCode::NOT_FOUND),
        ] {
            let path = format!("/exports/disbursements.csv?{filter}");
            assert_eq!(get(&server, Some(&whole), &path).await.status(), StatusCode::OK);
            assert_eq!(get(&server, Some(&part), &path).await.status(), status, "{filter}");
        }
    }
}
