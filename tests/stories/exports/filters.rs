//! A file of some lines: those of the whole file that fit, as they stand in it, and no others.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use store::entity::organization;

use super::downloads::{taken, text};
use crate::builders::World;
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;
use crate::stories::finance::{another_theme, offer_in};

/// The corporate number of the other body.
const RIVAL: &str = "7000012050002";

/// Lines of two themes, bodies, years and kinds, in three states, with three value dates.
async fn played(db: &TestDatabase) -> (World, String) {
    let world = World::beginning(db, "2025-06-02", &[(2025, 1_000), (2026, 1_000)]).await;
    world.young_account("1234567").await;
    let award = world.award().advance_of(5, 2025).milestone(10, 2025);
    let award = award.active().await;
    world.pay(award.advance.expect("an advance")).await;
    let passed = world.award().milestone(10, 2025).active().await;
    world.pass(passed.milestones[0]).await;
    world.release(passed.tranches[0]).await;
    let other = world.award().advance_of(2, 2025).milestone(1, 2025);
    world
        .pay(other.active().await.advance.expect("an advance"))
        .await;
    world.clock.set_day("2026-04-06");
    let theme = another_theme(&world).await;
    let advance = offer_in(&world, theme).await;
    world.account_of_rival().await;
    let released = world.release(advance).await;
    world.sent(&[released]).await;
    // Whoever registered it had no number at hand.
    organization::Entity::update_many()
        .col_expr(organization::Column::CorporateNumber, Expr::value(RIVAL))
        .filter(organization::Column::Id.eq(world.bodies.rival.uuid()))
        .exec(&db.connect().await)
        .await
        .expect("a number");
    (world, award.number)
}

/// The first line, where it is a heading, and those lines of `whole` of which `fits` says so.
fn some(whole: &[u8], has_heading: bool, fits: &[bool]) -> String {
    let whole = std::str::from_utf8(whole).expect("a text");
    let begin = has_heading.then_some(&true);
    let lines = whole
        .split_inclusive('\n')
        .zip(begin.into_iter().chain(fits));
    lines
        .filter(|(_, fits)| **fits)
        .map(|(line, _)| line)
        .collect()
}

on_both! {
    async fn a_file_of_some_lines_has_those_of_the_whole_that_fit(db: TestDatabase) {
        let (world, award) = played(&db).await;
        let as_of = text(world.store.now());
        let auditor = world.token(world.people.auditor).await;
        let server = Server::on(&db, &[]).await;
        let kinds = [
            ("disbursements", ""),
            ("disbursement-changes", "&since=2025-01-01T00:00:00Z"),
            ("awards", ""),
            ("payment-calendar", ""),
        ];
        for (kind, since) in kinds {
            let path = |form: &str| format!("/exports/{kind}.{form}?asOf={as_of}{since}");
            let lines = taken(&server, &auditor, &path("jsonl")).await.0;
            let csv = taken(&server, &auditor, &path("csv")).await.0;
            let rows = std::str::from_utf8(&lines).expect("a text").lines();
            let rows: Vec<Value> = rows.map(|line| serde_json::from_str(line).expect("JSON")).collect();
            let is = |name: &'static str, value: Value| -> Box<dyn Fn(&Value) -> bool> {
                Box::new(move |row| row[name] == value)
            };
            // One body has a number, the other is in another register only.
            let elsewhere = rows.iter().find(|row| row["theme"] != "OTHER").expect("a line");
            let elsewhere = elsewhere["body_identifier"].as_str().expect("an identifier");
            assert!(elsewhere.starts_with("TEST-"), "{elsewhere}");
            let mut filters = vec![
                (
                    format!("organization={}", elsewhere.replace(' ', "+")),
                    is("body_identifier", json!(elsewhere)),
                ),
                ("theme=OTHER".to_owned(), is("theme", json!("OTHER"))),
                (format!("award={award}"), is("award_number", json!(award))),
                (format!("organization={RIVAL}"), is("theme", json!("OTHER"))),
            ];
            if kind.starts_with("disbursement") {
                filters.extend([
                    ("budgetYear=2026".to_owned(), is("budget_year", json!(2026))),
                    ("trancheKind=ADVANCE".to_owned(), is("tranche_kind", json!("ADVANCE"))),
                ]);
            }
            if kind == "disbursements" {
                let day = |row: &Value| row["value_date"].as_str().expect("a day").to_owned();
                let days: BTreeSet<String> = rows.iter().map(day).collect();
                assert!(days.len() > 2, "{days:?}");
                let middle = days.into_iter().nth(1).expect("a day");
                let (first, last) = (middle.clone(), middle.clone());
                filters.extend([
                    ("state=SETTLED".to_owned(), is("tranche_state", json!("SETTLED"))),
                    (format!("valueFrom={middle}"), Box::new(move |row: &Value| day(row) >= first) as Box<_>),
                    (format!("valueUntil={middle}"), Box::new(move |row: &Value| day(row) <= last) as Box<_>),
                ]);
            }
            for (filter, is_wanted) in filters {
                let fits: Vec<bool> = rows.iter().map(is_wanted).collect();
                assert!(fits.contains(&true) && fits.contains(&false), "{kind}: {filter}: {fits:?}");
                for (form, whole) in [("jsonl", &lines), ("csv", &csv)] {
                    let path = format!("{}&{filter}", path(form));
                    let (part, record) = taken(&server, &auditor, &path).await;
                    let part = String::from_utf8(part).expect("a text");
                    assert_eq!(part, some(whole, form == "csv", &fits), "{path}");
                    let count = fits.iter().filter(|fits| **fits).count();
                    assert_eq!(record["rows"], count, "{path}");
                }
            }
        }
    }
}
