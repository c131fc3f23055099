//! Files as they are taken away: over HTTP and from the command line, byte for byte alike.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::Coded;
use domain::access::Role;
use domain::report::ExportKind;
use reqwest::{Method, Response, StatusCode};
use sea_orm::EntityTrait;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::entity::{audit_event, export};

use crate::builders::{TwoYears, World};
use crate::harness::database::TestDatabase;
use crate::harness::server::{Executable, Server};

/// Every file that there is, and of what is compared by `since` what changed: `awards-changes.csv`.
pub(super) const FILES: [&str; 32] = [
    "disbursement-changes.csv",
    "disbursement-changes.xlsx",
    "disbursement-changes.jsonl",
    "disbursements.csv",
    "disbursements.xlsx",
    "disbursements.jsonl",
    "trial-balance.csv",
    "trial-balance.xlsx",
    "trial-balance.jsonl",
    "envelopes.csv",
    "envelopes.xlsx",
    "envelopes.jsonl",
    "awards.csv",
    "awards.xlsx",
    "awards.jsonl",
    "payment-calendar.csv",
    "payment-calendar.xlsx",
    "payment-calendar.jsonl",
    "trial-balance-changes.csv",
    "trial-balance-changes.xlsx",
    "trial-balance-changes.jsonl",
    "envelopes-changes.csv",
    "envelopes-changes.xlsx",
    "envelopes-changes.jsonl",
    "awards-changes.csv",
    "awards-changes.xlsx",
    "awards-changes.jsonl",
    "payment-calendar-changes.csv",
    "payment-calendar-changes.xlsx",
    "payment-calendar-changes.jsonl",
    "ledger.beancount",
    "grants.json",
];

/// Since when what changed is asked for: the first of the two years is under way.
pub(super) const SINCE: &str = "2025-10-01T00:00:00.000000Z";

/// As what the file `name` is asked for, and since when.
pub(super) fn asked(name: &str) -> (String, Option<&'static str>) {
    let since = name.contains("-changes.").then_some(SINCE);
    if name.starts_with("disbursement-changes") {
        return (name.to_owned(), since);
    }
    (name.replace("-changes.", "."), since)
}

/// The address of the file `name` as of `as_of`.
pub(super) fn address(name: &str, as_of: &str) -> String {
    let (name, since) = asked(name);
    let since = since.map(|since| format!("&since={since}"));
    format!("/exports/{name}?asOf={as_of}{}", since.unwrap_or_default())
}

/// An instant as an address carries it.
pub(super) fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// After the first of the two years was closed, and before any server of today is asked.
pub(super) const AS_OF: &str = "2026-04-20T00:00:00.000000Z";

pub(super) async fn get(server: &Server, token: Option<&str>, path: &str) -> Response {
    let request = server.request(Method::GET, path);
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.expect("an answer")
}

/// The file at `path`, and what is on record of it.
pub(super) async fn taken(server: &Server, token: &str, path: &str) -> (Vec<u8>, Value) {
    let answer = get(server, Some(token), path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    let id = answer.headers()["htc-export-id"]
        .to_str()
        .expect("an id")
        .to_owned();
    let bytes = answer.bytes().await.expect("the whole file").to_vec();
    let record = get(server, Some(token), &format!("/exports/{id}")).await;
    let mut record: Value = record.json().await.expect("JSON");
    (bytes, record["export"].take())
}

/// The file `name` as of `as_of` from the command line.
pub(super) fn written(db: &TestDatabase, name: &str, as_of: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    let (name, since) = asked(name);
    let (kind, format) = name.split_once('.').expect("an ending");
    let out = file.to_str().expect("a path");
    let mut arguments = vec![
        "export", kind, "--as-of", as_of, "--format", format, "--out", out,
    ];
    arguments.extend(since.into_iter().flat_map(|since| ["--since", since]));
    let ended = Executable::on(db, &[]).run(&arguments);
    assert!(ended.status.success(), "{name}: {ended:?}");
    std::fs::read(file).expect("the file")
}

on_both! {
    async fn a_file_is_the_same_for_whoever_asks_and_is_on_record(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let as_of = AS_OF;
        let auditor = world.token(world.people.auditor).await;
        let finance = world.token(world.people.preparer).await;
        let server = Server::on(&db, &[]).await;
        for name in FILES {
            let path = address(name, as_of);
            let (bytes, record) = taken(&server, &auditor, &path).await;
            assert_eq!(record["state"], "DONE", "{name}: {record}");
            assert_eq!(record["sha256"], hex(&bytes), "{name}");
            assert_eq!(record["sizeBytes"], bytes.len());
            assert_eq!(record["asOf"], as_of);
            let (again, other) = taken(&server, &finance, &path).await;
            assert_eq!(again, bytes, "{name} for another reader");
            assert_eq!((&other["totals"], &other["rows"]), (&record["totals"], &record["rows"]));
            assert_eq!(written(&db, name, as_of), bytes, "{name} from the command line");
        }
        let path = format!("/exports/disbursements.jsonl?asOf={as_of}&state=SETTLED&budgetYear=2025");
        let (part, record) = taken(&server, &auditor, &path).await;
        assert!(!part.is_empty() && record["rows"].as_u64() > Some(0), "{record}");
        let nothing = format!("/exports/disbursements.jsonl?asOf={as_of}&state=SENT");
        assert_eq!(taken(&server, &auditor, &nothing).await.0, b"");

        // One row and two events of each file: its begin and its end.
        let rows = export::Entity::find().all(world.store.reads()).await.expect("rows");
        assert_eq!(rows.len(), 3 * FILES.len() + 2);
        assert!(rows.iter().all(|row| row.state == "DONE"));
        let events = audit_event::Entity::find().all(world.store.reads()).await.expect("events");
        let of_files = events.iter().filter(|event| event.operation.ends_with("_EXPORT"));
        assert_eq!(of_files.count(), 2 * rows.len());
        world.assert_in_order().await;
    }

    async fn files_are_for_finance_and_auditors_of_closed_books(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let as_of = text(world.store.now());
        let path = format!("/exports/awards.csv?asOf={as_of}");
        let mut tokens = Vec::new();
        for (person, role, status) in [
            (people.auditor, Role::Auditor, StatusCode::OK),
            (people.preparer, Role::FinancePreparer, StatusCode::OK),
            (people.approver, Role::FinanceApprover, StatusCode::OK),
            (people.officer, Role::Officer, StatusCode::NOT_FOUND),
            (people.director, Role::Director, StatusCode::NOT_FOUND),
            (people.representative, Role::Representative, StatusCode::NOT_FOUND),
            (people.chair, Role::Chair, StatusCode::NOT_FOUND),
            (people.administrator, Role::Administrator, StatusCode::NOT_FOUND),
        ] {
            tokens.push((world.token(person).await, role, status));
        }
        let server = Server::on(&db, &[]).await;
        assert_eq!(get(&server, None, &path).await.status(), StatusCode::UNAUTHORIZED);
        let mut taken_id = String::new();
        for (token, role, status) in &tokens {
            let answer = get(&server, Some(token), &path).await;
            assert_eq!(answer.status(), *status, "{role}");
            if let Some(id) = answer.headers().get("htc-export-id") {
                id.to_str().expect("an id").clone_into(&mut taken_id);
            }
        }
        let record = format!("/exports/{taken_id}");
        for (token, role, status) in &tokens {
            assert_eq!(get(&server, Some(token), &record).await.status(), *status, "{role}");
        }
        let auditor = &tokens[0].0;
        for (path, status) in [
            ("/exports/awards.pdf", StatusCode::NOT_FOUND),
            ("/exports/ledger.csv", StatusCode::NOT_FOUND),
            ("/exports/awards.csv?programme=NONE", StatusCode::NOT_FOUND),
            ("/exports/awards.csv?asof=2026-01-01T00:00:00Z", StatusCode::BAD_REQUEST),
            ("/exports/awards.csv?asOf=2999-01-01T00:00:00Z", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/awards.csv?state=SENT", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/payment-calendar.csv?state=SENT", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/disbursements.csv?since=2025-04-01T00:00:00Z", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/disbursement-changes.csv", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/disbursement-changes.csv?since=2999-01-01T00:00:00Z", StatusCode::UNPROCESSABLE_ENTITY),
            (
                "/exports/disbursement-changes.csv?since=2025-04-01T00:00:00Z&state=SENT",
                StatusCode::UNPROCESSABLE_ENTITY,
            ),
            ("/exports/disbursements.csv?state=GONE", StatusCode::UNPROCESSABLE_ENTITY),
            ("/exports/disbursements.csv?theme=GONE", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(get(&server, Some(auditor), path).await.status(), status, "{path}");
        }
    }

    async fn a_file_that_breaks_off_is_on_record_as_such(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let executable = Executable::on(&db, &[]);
        // A device that takes nothing.
        let arguments = ["export", "ledger", "--out", "/dev/full"];
        let ended = executable.run(&arguments);
        assert!(!ended.status.success(), "{ended:?}");
        let rows = export::Entity::find().all(years.world.store.reads()).await.expect("rows");
        let states: Vec<&str> = rows.iter().map(|row| row.state.as_str()).collect();
        assert_eq!(states, ["ABORTED"]);
        assert!(rows[0].ended_at.is_some() && rows[0].sha256.is_none());
        years.world.assert_in_order().await;
    }
}

#[test]
fn the_command_line_names_every_kind_of_file() {
    let ended = Executable::with(&[]).run(&["export", "--help"]);
    assert!(ended.status.success(), "{ended:?}");
    for kind in ExportKind::ALL {
        let begin = format!("- {}:", kind.name());
        let named = ended
            .output
            .lines()
            .any(|line| line.trim_start().starts_with(&begin));
        assert!(named, "{begin} {}", ended.output);
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").expect("a text takes everything");
    }
    hex
}
