//! The open data that anybody may take: the end of a day in Japan, the same for everybody, and on record once
//! however often it is taken.

use std::io::{self, Write};

use api::download::{Download, OpenData};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::{end_of_jst_day, jst_date};
use reqwest::header::{ACCEPT_LANGUAGE, CACHE_CONTROL};
use reqwest::{Method, StatusCode};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::entity::{audit_event, export};
use store::{Clock as _, SystemClock};

use super::downloads::{get, hex, taken, text};
use crate::builders::{TwoYears, World};
use crate::harness::server::Server;

/// A day in the second of the two years, after which more happened.
const ON: &str = "2026-04-20";

fn address(on: &str) -> String {
    format!("/open-data/grants.json?on={on}")
}

fn end_of(on: &str) -> DateTime<Utc> {
    let day: NaiveDate = on.parse().expect("a day");
    end_of_jst_day(day)
}

/// What is on record of files, and how many events of them.
async fn recorded(world: &World) -> (Vec<export::Model>, usize) {
    let db = world.store.reads();
    let rows = export::Entity::find().all(db).await.expect("rows");
    let events = audit_event::Entity::find().all(db).await.expect("events");
    let events = events.iter();
    let events = events.filter(|event| event.operation.ends_with("_EXPORT"));
    (rows, events.count())
}

/// A reader that has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The answer to nobody in particular who asks in `language`: its status, and what it refuses with.
async fn refused(server: &Server, path: &str, language: &str) -> (StatusCode, Value) {
    let request = server.request(Method::GET, path);
    let request = request.header(ACCEPT_LANGUAGE, language);
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

on_both! {
    async fn anybody_takes_the_end_of_a_day_and_it_is_on_record_once(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let server = Server::on(&db, &[]).await;
        let mut files = Vec::new();
        for _ in 0..3 {
            let answer = get(&server, None, &address(ON)).await;
            assert_eq!(answer.status(), StatusCode::OK);
            let headers = answer.headers();
            assert_eq!(headers["content-type"], "application/json");
            assert_eq!(headers["htc-as-of"], text(end_of(ON)).as_str());
            assert_eq!(headers["access-control-allow-origin"], "*");
            assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
            let kept = headers[CACHE_CONTROL].to_str().expect("text");
            assert!(kept.starts_with("public"), "{kept}");
            assert!(!headers.contains_key("htc-export-id"));
            files.push(answer.bytes().await.expect("the whole file"));
        }
        assert!(files.iter().all(|file| *file == files[0]), "a file of one day is one file");
        let (rows, events) = recorded(world).await;
        assert_eq!((rows.len(), events), (1, 2), "{rows:?}");
        let row = &rows[0];
        assert_eq!((row.state.as_str(), row.requested_by), ("DONE", None));
        assert_eq!(row.sha256.as_deref(), Some(hex(&files[0]).as_str()));

        // Finance has the same file of the same instant, and is on record each time.
        let finance = world.token(world.people.preparer).await;
        let path = format!("/exports/grants.json?asOf={}", text(end_of(ON)));
        let (bytes, record) = taken(&server, &finance, &path).await;
        assert_eq!(bytes, files[0]);
        assert_eq!((&record["sha256"], &record["rows"]), (&row.sha256.clone().into(), &2.into()));
        assert_eq!(recorded(world).await.0.len(), 2);

        // A day is said or the last that is over is meant, by the server's own clock.
        let answer = get(&server, None, "/open-data/grants.json").await;
        let told: DateTime<Utc> = answer.headers()["htc-as-of"].to_str().expect("text").parse().expect("an instant");
        assert_eq!(told, end_of_jst_day(jst_date(told)));
        let age = SystemClock.now() - told;
        assert!(age > TimeDelta::zero() && age < TimeDelta::days(2), "{told}");
        let package: Value = answer.json().await.expect("JSON");
        assert_eq!(package["grants"].as_array().map(Vec::len), Some(2));
    }

    async fn what_breaks_off_leaves_nothing_on_record(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let asked: OpenData = serde_json::from_value(json!({ "on": ON })).expect("a day");
        for _ in 0..3 {
            let begun = Download::open_data(&world.store, &asked).await.expect("begun");
            assert!(begun.write(Gone).await.is_err());
        }
        assert_eq!(recorded(world).await, (Vec::new(), 0));
        for _ in 0..2 {
            let begun = Download::open_data(&world.store, &asked).await.expect("begun");
            let tally = begun.write(std::io::sink()).await.expect("written");
            let (rows, events) = recorded(world).await;
            assert_eq!((rows.len(), events), (1, 2));
            assert_eq!(rows[0].sha256.as_ref(), Some(&tally.sha256));
        }
    }

    async fn what_is_not_published_is_refused_in_both_languages(db: TestDatabase) {
        let world = World::without_originator(&db, "2026-04-06", &[(2026, 1_000)]).await;
        let server = Server::on(&db, &[]).await;
        let (status, ja) = refused(&server, "/open-data/grants.json", "ja").await;
        let (_, en) = refused(&server, "/open-data/grants.json", "en").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((&ja["refusal"]["code"], &en["refusal"]["code"]), (&"PUBLISHER_MISSING".into(), &"PUBLISHER_MISSING".into()));
        assert_ne!(ja["refusal"]["message"], en["refusal"]["message"]);
        let tomorrow = jst_date(SystemClock.now()) + Days::new(1);
        let (status, ja) = refused(&server, &address(&tomorrow.to_string()), "ja").await;
        assert_eq!((status, &ja["refusal"]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"AS_OF_NOT_CLOSED".into()));
        for day in ["-262143-01-01", "%2B262142-12-31"] {
            let (status, en) = refused(&server, &address(day), "en").await;
            assert_eq!((status, &en["refusal"]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"INVALID_INPUT".into()));
            assert_eq!(en["refusal"]["fields"][0]["path"], "on", "{en}");
        }
        let (status, en) = refused(&server, "/open-data/grants.json?programme=%00", "en").await;
        assert_eq!((status, &en["refusal"]["fields"][0]["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &"FORM".into()), "{en}");
        let auditor = world.token(world.people.auditor).await;
        for asked in ["asOf=-262143-01-01T00:00:00Z", "valueFrom=-262143-01-01", "valueUntil=%2B262142-12-31", "award=A%00"] {
            let path = format!("/exports/disbursements.csv?{asked}");
            let answer = get(&server, Some(&auditor), &path).await;
            let said: Value = answer.json().await.expect("JSON");
            assert_eq!(said["refusal"]["code"], "INVALID_INPUT", "{said}");
        }
        for (path, status) in [
            ("/open-data/grants.json?on=yesterday", StatusCode::BAD_REQUEST),
            ("/open-data/grants.json?asOf=2026-04-20T00:00:00Z", StatusCode::BAD_REQUEST),
            ("/open-data/grants.json?programme=NONE", StatusCode::NOT_FOUND),
            ("/open-data/ledger.beancount", StatusCode::NOT_FOUND),
            ("/exports/grants.json", StatusCode::UNAUTHORIZED),
        ] {
            assert_eq!(get(&server, None, path).await.status(), status, "{path}");
        }
        assert_eq!(recorded(&world).await.0.len(), 0);
    }
}
