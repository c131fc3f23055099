//! The files of the two years, taken from the running server and handed to programs that are not ours
//! (`.ci/checks/files.sh`). What the server has on record of a file is its proof.

use std::path::Path;

use chrono::{TimeDelta, Utc};
use domain::Coded;
use domain::report::{
    AwardStatementLine, Change, DisbursementChange, DisbursementStatementLine, EnvelopeLine,
    PaymentCalendarLine, ReportColumn, TrialBalanceLine,
};
use domain::wording::{self, Language};
use exports::Tabular;
use serde_json::{Value, json};

use super::downloads::{FILES, address, taken, text, written};
use super::notices::{Listed, first_of_each, is_font_installed, listed, read};
use super::played::{BANK_FORMS, exported, write_as_of};
use crate::builders::TwoYears;
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;

fn headings<R: Tabular>() -> Value {
    let heading = |key: ReportColumn| json!([key.code(), wording::bilingual(key)]);
    R::keys().into_iter().map(heading).collect()
}

/// The columns of the table called `name`; nothing for what is no table.
fn columns(name: &str) -> Value {
    match name.split_once('.').map_or(name, |(kind, _)| kind) {
        "disbursement-changes" => headings::<DisbursementChange>(),
        "disbursements" => headings::<DisbursementStatementLine>(),
        "trial-balance" => headings::<TrialBalanceLine>(),
        "envelopes" => headings::<EnvelopeLine>(),
        "awards" => headings::<AwardStatementLine>(),
        "payment-calendar" => headings::<PaymentCalendarLine>(),
        "trial-balance-changes" => headings::<Change<TrialBalanceLine>>(),
        "envelopes-changes" => headings::<Change<EnvelopeLine>>(),
        "awards-changes" => headings::<Change<AwardStatementLine>>(),
        "payment-calendar-changes" => headings::<Change<PaymentCalendarLine>>(),
        _ => json!([]),
    }
}

/// Leaves what is at `address` in the file `path`, with what is on record of it and what `more` says of its
/// bytes beside it.
async fn leave(
    (server, token): (&Server, &str),
    address: &str,
    path: &Path,
    more: impl FnOnce(&[u8]) -> Value,
) -> Vec<u8> {
    let (bytes, record) = taken(server, token, address).await;
    assert_eq!(record["state"], "DONE", "{record}");
    let mut proof = json!({
        "sha256": record["sha256"],
        "bytes": record["sizeBytes"],
        "rows": record["rows"],
        "totals": record["totals"],
    });
    for (name, value) in more(&bytes).as_object().into_iter().flatten() {
        proof[name] = value.clone();
    }
    std::fs::write(path, &bytes).expect("the file");
    prove(path, &proof);
    bytes
}

/// Writes the proof of the file `path` beside it.
fn prove(path: &Path, proof: &Value) {
    let name = path.file_name().expect("a name").display().to_string();
    let beside = path.with_file_name(format!("{name}.proof"));
    std::fs::write(beside, proof.to_string()).expect("a proof");
}

/// What a notice of so many pages says, as its proof has it.
fn said(notice: &Listed, language: Language, pages: usize) -> Value {
    json!({
        "pages": pages,
        "dated_on": notice.dated_on,
        "texts": [
            wording::of(notice.kind, language),
            wording::document_date(notice.dated_on, language),
            notice.number,
        ],
    })
}

/// Leaves every file with its proof in the folder `HTC_FILES`, for programs that are not ours: from the
/// server as of the last instant of the two years that its own clock has reached, and as the command line
/// writes them, as of their end.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder is the checker's to name, and the server's clock is the real one"
)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_left_for_other_programs() {
    let Some(folder) = std::env::var_os("HTC_FILES") else {
        return;
    };
    let folder = Path::new(&folder);
    let db = TestDatabase::sqlite();
    let years = TwoYears::played(&db).await;
    let world = &years.world;
    let end = world.store.now();
    world.clock.pass_days(1);
    for name in FILES {
        let path = folder.join(format!("whole-years-{name}"));
        let tally = write_as_of(world, name, end, &path).await;
        let mut proof = serde_json::to_value(tally).expect("a proof");
        proof["headings"] = columns(name);
        prove(&path, &proof);
    }
    let notices = listed(world, world.people.auditor, years.honest.id).await;
    let auditor = world.token(world.people.auditor).await;
    let finance = world.token(world.people.preparer).await;
    let server = Server::on(&db, &[]).await;
    let as_of = text(end.min(Utc::now() - TimeDelta::seconds(60)));
    let place = |name: &str| folder.join(format!("two-years-{name}"));
    for name in FILES {
        let more = |_: &[u8]| json!({ "headings": columns(name) });
        let from = (&server, auditor.as_str());
        let bytes = leave(from, &address(name, &as_of), &place(name), more).await;
        assert!(
            written(&db, name, &as_of) == bytes,
            "{name} from the command line"
        );
    }
    for number in exported(world).await {
        for form in BANK_FORMS {
            let name = format!("{number}.{form}");
            let address = format!("/exports/batches/{name}");
            leave((&server, &finance), &address, &place(&name), |_| json!({})).await;
        }
    }
    if !is_font_installed() {
        return;
    }
    for notice in first_of_each(&notices) {
        for (language, address) in Language::ALL.into_iter().zip(&notice.paths) {
            let path = place(&format!("{}-{}.pdf", notice.kind.name(), language.code()));
            let more = |bytes: &[u8]| said(notice, language, read(bytes).1);
            leave((&server, &auditor), address, &path, more).await;
        }
    }
}
