//! A batch as files for a bank: only once it is exported, for those who see its accounts, from the account
//! that its approval bound, and the same whenever it is asked for.

use domain::access::Actor;
use domain::bank::DepositKind;
use domain::id::{PaymentBatchId, ReleaseId};
use domain::payment::{AMOUNT_MAX, RowFault, RowFaults};
use domain::report::ExportKind;
use domain::{Refusal, RefusalCode};
use reqwest::StatusCode;
use serde_json::{Value, json};
use store::Request;
use store::command::{BeginExport, DefineOriginator, EndExport, ExportContent};

use super::downloads::{get, hex, taken};
use crate::builders::World;
use crate::harness::database::TestDatabase;
use crate::harness::server::{Executable, Server};

/// The release of the advance of a new award, of so many million yen.
async fn due(world: &World, millions: i64) -> ReleaseId {
    let award = world.award().advance(millions).milestone(1, 2026);
    let award = award.active().await;
    world.release(award.advance.expect("an advance")).await
}

async fn number_of(world: &World, batch: PaymentBatchId) -> String {
    world.batch_row(batch).await.number
}

/// A batch with one payment of ten million yen, exported; its number.
async fn exported(world: &World) -> String {
    let release = due(world, 10).await;
    let batch = world.approved(&[release]).await;
    world.exported(batch).await;
    number_of(world, batch).await
}

/// Bytes `first` to `last` of a record, both counted from 1 as the tables of the format do.
fn at(file: &[u8], record: usize, first: usize, last: usize) -> String {
    let begin = record * 122;
    let bytes = &file[begin + first - 1..begin + last];
    String::from_utf8(bytes.to_vec()).expect("digits")
}

/// The file of the batch `number` from the command line.
fn written(db: &TestDatabase, number: &str, format: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("batch");
    let out = file.to_str().expect("a path");
    let arguments = [
        "export",
        "payment-batch",
        "--batch",
        number,
        "--format",
        format,
        "--out",
        out,
    ];
    let ended = Executable::on(db, &[]).run(&arguments);
    assert!(ended.status.success(), "{ended:?}");
    std::fs::read(file).expect("the file")
}

on_both! {
    async fn a_batch_leaves_once_it_is_exported_and_always_as_the_same_bytes(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let release = due(&world, 10).await;
        let batch = world.approved(&[release]).await;
        let number = number_of(&world, batch).await;
        let finance = world.token(people.preparer).await;
        let mut others = Vec::new();
        for person in [people.auditor, people.director, people.officer, people.representative] {
            others.push(world.token(person).await);
        }
        let server = Server::on(&db, &[]).await;
        let path = |form: &str| format!("/exports/batches/{number}.{form}");
        let status = async |token: &String, path: &str| get(&server, Some(token), path).await.status();
        assert_eq!(status(&finance, &path("zengin")).await, StatusCode::UNPROCESSABLE_ENTITY);
        world.exported(batch).await;
        for form in ["zengin", "xml"] {
            let (bytes, record) = taken(&server, &finance, &path(form)).await;
            assert_eq!(record["kind"], "PAYMENT_BATCH");
            assert_eq!(record["state"], "DONE", "{record}");
            assert_eq!((&record["rows"], &record["fileName"]), (&json!(1), &json!(format!("{number}.{form}"))));
            assert_eq!(record["sha256"], hex(&bytes));
            let total = &record["totals"][0]["total"]["amount"];
            assert_eq!(*total, "10000000", "{record}");
            assert_eq!(taken(&server, &finance, &path(form)).await.0, bytes, "{form} again");
            assert_eq!(written(&db, &number, form), bytes, "{form} from the command line");
            for other in &others {
                assert_eq!(status(other, &path(form)).await, StatusCode::NOT_FOUND);
            }
        }
        for (path, expected) in [
            (path("csv"), StatusCode::NOT_FOUND),
            ("/exports/batches/HTC-PB-R08-9999.zengin".to_owned(), StatusCode::NOT_FOUND),
            (format!("{}?programme=NONE", path("xml")), StatusCode::NOT_FOUND),
            ("/exports/payment-batch.zengin".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
            (format!("{}?asOf=2026-01-01T00:00:00Z", path("xml")), StatusCode::UNPROCESSABLE_ENTITY),
            (format!("/exports/awards.csv?batch={number}"), StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            assert_eq!(status(&finance, &path).await, expected, "{path}");
        }
        world.assert_in_order().await;
    }

    async fn the_account_that_the_approval_bound_pays(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let release = due(&world, 10).await;
        let first = world.approved(&[release]).await;
        world.run(people.director, &world.paying_from("1111111")).await;
        world.exported(first).await;
        let first = number_of(&world, first).await;
        let second = exported(&world).await;
        world.young_account("2222222").await;
        world.clock.pass_days(3);
        let third = exported(&world).await;
        let finance = world.token(people.approver).await;
        let auditor = world.token(people.auditor).await;
        let representative = world.token(people.representative).await;
        let server = Server::on(&db, &[]).await;
        // The paying account, and whether the payee was paid before: first, the same, changed.
        for (number, account, account_use) in
            [(first, "7654321", "1"), (second, "1111111", "0"), (third, "1111111", "2")]
        {
            let path = format!("/exports/batches/{number}.zengin");
            let file = taken(&server, &finance, &path).await.0;
            assert_eq!(at(&file, 0, 97, 103), account, "{number}");
            assert_eq!(at(&file, 1, 91, 91), account_use, "{number}");
            assert_eq!(at(&file, 1, 92, 111), format!("{number}-0001"));
        }
        let asked = "{ programme { originators { version code number bic reason definedBy { id } } }
            paymentBatches(first: 9) { edges { node { originator { version } } } } }";
        let seen = async |token: &String| {
            let answer = server.query(Some(token), asked, json!({})).await;
            let originators = answer["data"]["programme"]["originators"].clone();
            let numbers = originators.as_array().expect("a list").iter();
            let numbers: Vec<Value> = numbers.map(|row| row["number"].clone()).collect();
            let batches = answer["data"]["paymentBatches"]["edges"].clone();
            let versions = batches.as_array().expect("a list").iter();
            let versions: Vec<Value> =
                versions.map(|edge| edge["node"]["originator"]["version"].clone()).collect();
            (numbers, versions)
        };
        let versions: Vec<Value> = vec![json!(2), json!(2), json!(1)];
        assert_eq!(seen(&finance).await, (vec![json!("1111111"), json!("7654321")], versions.clone()));
        assert_eq!(seen(&auditor).await, (vec![json!("****111"), json!("****321")], versions));
        assert_eq!(seen(&representative).await, (vec![], vec![]));
    }

    async fn nothing_is_prepared_while_nobody_pays(db: TestDatabase) {
        let world = World::without_originator(&db, "2026-06-01", &[(2026, 1_000)]).await;
        world.young_account("1234567").await;
        let release = due(&world, 10).await;
        let preparer = world.people.preparer;
        let refused = world.refusal(preparer, &world.preparing(&[release])).await;
        assert_eq!(refused, Refusal::OriginatorMissing {});
        let sound = world.paying_from("7654321");
        for (define, code) in [
            (
                DefineOriginator { deposit_kind: DepositKind::Savings, ..sound.clone() },
                RefusalCode::InvalidInput,
            ),
            (
                DefineOriginator { name_kana: "ア".repeat(41), ..sound.clone() },
                RefusalCode::NameTooLong,
            ),
            (
                DefineOriginator { name_kana: "見本".to_owned(), ..sound.clone() },
                RefusalCode::NameNotWritable,
            ),
            (
                DefineOriginator { branch: "998".to_owned().try_into().expect("digits"), ..sound.clone() },
                RefusalCode::BranchUnknown,
            ),
            (DefineOriginator { reason: String::new(), ..sound.clone() }, RefusalCode::ReasonRequired),
        ] {
            assert_eq!(world.refusal(world.people.director, &define).await.code(), code);
        }
        world.run(world.people.director, &sound).await;
        world.prepared(&[release]).await;
        world.assert_in_order().await;
    }

    async fn every_row_that_no_bank_takes_is_named_before_anything_is_approved(db: TestDatabase) {
        let world = World::beginning(&db, "2026-06-01", &[(2026, 40_000)]).await;
        world.young_account("1234567").await;
        let mut releases = Vec::new();
        for millions in [10_000, 5, 10_001] {
            releases.push(due(&world, millions).await);
        }
        let refused = world.refusal(world.people.preparer, &world.preparing(&releases)).await;
        let too_large = |row| {
            let amount_max = AMOUNT_MAX;
            RowFault { row, refusal: Refusal::PaymentTooLarge { amount_max } }
        };
        let faults = RowFaults(vec![too_large(1), too_large(3)]);
        assert_eq!(refused, Refusal::BatchRowsUnfit { faults });
        world.prepared(&releases[1..2]).await;
    }

    async fn a_file_that_is_not_the_first_one_any_more_does_not_leave(db: TestDatabase) {
        let world = World::new(&db).await;
        let number = exported(&world).await;
        let finance = world.token(world.people.preparer).await;
        let system = Request::by(Actor::System { on_behalf_of: None });
        let begin = BeginExport {
            programme: world.programme,
            kind: ExportKind::PaymentBatch,
            file_name: format!("{number}.zengin"),
            parameters: json!({ "batch": number }),
            as_of: world.store.now(),
            requested_by: None,
        };
        let begun = world.store.execute(&system, &begin).await.expect("begun");
        let end = EndExport {
            export: begun.export,
            content: Some(ExportContent {
                sha256: "0".repeat(64),
                size_bytes: 488,
                rows: 1,
                totals: json!([]),
            }),
        };
        world.store.execute(&system, &end).await.expect("ended");
        let server = Server::on(&db, &[]).await;
        let path = format!("/exports/batches/{number}.zengin");
        let answer = get(&server, Some(&finance), &path).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let refusal: Value = answer.json().await.expect("JSON");
        assert!(refusal.to_string().contains("BATCH_FILE_DIFFERS"), "{refusal}");
        // The other format was never taken.
        taken(&server, &finance, &format!("/exports/batches/{number}.xml")).await;
    }
}
