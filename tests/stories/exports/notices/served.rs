//! Notices as they are taken away: over HTTP by the body that they are for, and from the command line, byte
//! for byte alike, and the same for ever.

use domain::report::{NoticeContent, NoticeKind};
use domain::wording::{self, Language};
use domain::{Coded, Money};
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::Value;
use store::entity::audit_event;

use super::super::downloads::{get, hex, taken};
use super::super::played::notices_of;
use super::{Listed, filled, first_of_each, is_font_installed, listed, read, without_space};
use crate::builders::{Granted, TwoYears, World};
use crate::harness::database::TestDatabase;
use crate::harness::server::{Executable, Server};

/// The notice from the command line.
fn written(db: &TestDatabase, notice: &Listed, language: Language) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notice.pdf");
    let (id, out) = (notice.id.to_string(), file.to_str().expect("a path"));
    let arguments = [
        "export",
        "notice",
        "--kind",
        notice.kind.name(),
        "--id",
        &id,
        "--language",
        language.code(),
        "--out",
        out,
    ];
    let ended = Executable::on(db, &[]).run(&arguments);
    assert!(ended.status.success(), "{ended:?}");
    std::fs::read(file).expect("the file")
}

/// The amount of the act, where it has one.
const fn amount(content: &NoticeContent) -> Option<Money> {
    match content {
        NoticeContent::Decision(decision) => Some(decision.decided),
        NoticeContent::Release(release) => Some(release.released),
        NoticeContent::Fixing(fixing) => Some(fixing.fixed),
        NoticeContent::ReturnOrder(order) => Some(order.ordered),
        NoticeContent::GateRecord(_) => None,
    }
}

/// Requires that the notices of `award` are these files.
async fn assert_same(one: &[(String, Vec<u8>)], world: &World, award: &Granted) {
    let other = notices_of(world, award).await;
    assert_eq!(one.len(), other.len());
    for (before, after) in one.iter().zip(&other) {
        assert_eq!(before.0, after.0);
        assert!(before.1 == after.1, "{} is another file", before.0);
    }
}

on_both! {
    async fn a_body_takes_its_notices_in_both_languages(db: TestDatabase) {
        if !is_font_installed() {
            return;
        }
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        world.clock.pass_days(1);
        let representative = world.people.representative;
        let token = world.token(representative).await;
        let notices = listed(world, representative, years.honest.id).await;
        let server = Server::on(&db, &[]).await;
        let first = first_of_each(&notices);
        assert_eq!(first.len(), NoticeKind::ALL.len(), "every kind");
        for listed in first {
            let notice = filled(world, representative, (listed.kind, listed.id)).await;
            let notice = notice.expect("a notice");
            for (language, path) in Language::ALL.into_iter().zip(&listed.paths) {
                let (bytes, record) = taken(&server, &token, path).await;
                assert_eq!((&record["state"], &record["kind"]), (&"DONE".into(), &"NOTICE".into()));
                assert_eq!(record["sha256"], hex(&bytes), "{path}");
                if listed.kind == NoticeKind::Decision {
                    assert!(written(&db, listed, language) == bytes, "{path} from the command line");
                }
                let (text, _) = read(&bytes);
                let shown = match language {
                    Language::Ja => Money::formatted_ja,
                    Language::En => Money::formatted_en,
                };
                let said = [
                    wording::of(listed.kind, language),
                    listed.number.clone(),
                    wording::document_date(listed.dated_on, language),
                    notice.award.title.in_language(language).to_owned(),
                    notice.signatories[0].office.in_language(language).to_owned(),
                ];
                for said in said.into_iter().chain(amount(&notice.content).map(shown)) {
                    assert!(text.contains(&without_space(&said)), "{path}: no {said} in {text}");
                }
            }
        }
        let answer = get(&server, Some(&token), &notices[0].paths[0]).await;
        let headers = answer.headers();
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let name = headers["content-disposition"].to_str().expect("a name");
        assert!(name.starts_with("attachment") && name.contains(&years.honest.number), "{name}");
        answer.bytes().await.expect("the whole file");
        // Of each file its begin and its end.
        let events = audit_event::Entity::find().all(world.store.reads()).await.expect("events");
        let of_files = events.iter().filter(|event| event.operation.ends_with("_EXPORT"));
        assert_eq!(of_files.count(), 2 * (2 * NoticeKind::ALL.len() + 2 + 1));
        world.assert_in_order().await;
    }

    async fn what_is_not_there_and_what_is_not_for_these_eyes_are_one_answer(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = world.people;
        let award = world.award().active().await;
        let (rival, own) = (world.token(people.rival).await, world.token(people.representative).await);
        let notices = listed(&world, people.representative, award.id).await;
        let path = &notices[0].paths[0];
        let server = Server::on(&db, &[("HTC_NOTICE_FONT_DIR", "/nowhere")]).await;
        assert_eq!(get(&server, None, path).await.status(), StatusCode::UNAUTHORIZED);
        let answer = async |path: &str| {
            let answer = get(&server, Some(&rival), path).await;
            let status = answer.status();
            let mut body: Value = answer.json().await.expect("JSON");
            // Each request has its own.
            body["errors"][0]["extensions"]["reference"].take();
            (status, body)
        };
        let forbidden = answer(path).await;
        assert_eq!(forbidden.0, StatusCode::NOT_FOUND);
        let absent = "/notices/decision/00000000-0000-4000-8000-000000000404.pdf";
        for nothing in [absent, "/notices/decision/nothing.pdf", "/notices/deed/nothing.pdf"] {
            assert_eq!(answer(nothing).await, forbidden, "{nothing}");
        }
        let csv = path.replace(".pdf", ".csv");
        let french = path.replace("language=ja", "language=fr");
        for (path, status, code) in [
            (&csv, StatusCode::NOT_FOUND, ""),
            (&french, StatusCode::UNPROCESSABLE_ENTITY, "INVALID_INPUT"),
            (path, StatusCode::UNPROCESSABLE_ENTITY, "NOTICE_FONT_MISSING"),
        ] {
            let answer = get(&server, Some(&own), path).await;
            assert_eq!(answer.status(), status, "{path}");
            let body: Value = answer.json().await.expect("JSON");
            assert_eq!(body["refusal"]["code"].as_str().unwrap_or_default(), code, "{path}");
        }
    }

    async fn an_act_is_the_same_file_whatever_followed(db: TestDatabase) {
        if !is_font_installed() {
            return;
        }
        let years = TwoYears::offered(&db).await;
        let world = &years.world;
        years.first_year().await;
        world.clock.pass_days(1);
        // A decision, a release and a gate whose condition was discharged meanwhile, in both languages.
        let before = notices_of(world, &years.misused).await;
        assert_eq!(before.len(), 3 * 2);
        years.close_first_year().await;
        let mut other = world.issuing();
        other.signatories[0].person = None;
        world.run(world.people.director, &other).await;
        world.clock.pass_days(1);
        assert_same(&before, world, &years.misused).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_acts_are_the_same_notices_on_the_other_database() {
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    if !is_font_installed() {
        return;
    }
    // Kept to the end: its file goes with it, and a connection may be opened later.
    let sqlite = TestDatabase::sqlite();
    let one = TwoYears::played(&sqlite).await;
    let other = TwoYears::played(&postgres).await;
    one.world.clock.pass_days(1);
    other.world.clock.pass_days(1);
    let files = notices_of(&one.world, &one.honest).await;
    assert_eq!(files.len(), 2 * NoticeKind::ALL.len());
    assert_same(&files, &other.world, &other.honest).await;
}
