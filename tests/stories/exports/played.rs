//! The files of two awards through two fiscal years: the same on either database, whatever came after.

use std::path::Path;
use std::sync::LazyLock;

use api::download::{Download, Fonts, Named, Parameters, Wanted};
use chrono::{DateTime, Utc};
use domain::wording::Language;
use exports::Tally;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use store::command::ReleaseTranche;
use store::entity::payment_batch;
use store::read::export::Reader;

use super::downloads::{FILES, asked};
use super::notices::{Listed, first_of_each, listed};
use crate::builders::{Granted, TwoYears, World, seconds};
use crate::harness::database::TestDatabase;

/// The font of notices, read once.
static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::default);

/// Writes the file `name` of [`FILES`] as of `as_of` to `path`.
pub(super) async fn write_as_of(
    world: &World,
    name: &str,
    as_of: DateTime<Utc>,
    path: &Path,
) -> Tally {
    let (name, since) = asked(name);
    write(world, &name, json!({ "asOf": as_of, "since": since }), path).await
}

/// Writes the file `name` of what `parameters` say to `path`, as the server and the command line do.
pub(super) async fn write(world: &World, name: &str, parameters: Value, path: &Path) -> Tally {
    let parameters: Parameters = serde_json::from_value(parameters).expect("parameters");
    let named = Named::of(name).expect("a file");
    let wanted = Wanted { named, parameters };
    let begun = Download::begin_with(&world.store, Reader::Operator, &wanted, &FONTS).await;
    let out = std::fs::File::create(path).expect("a file");
    let written = begun.expect("begun").write(out).await;
    written.unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

/// The bytes of every file.
pub(super) async fn files(world: &World, as_of: DateTime<Utc>) -> Vec<(&'static str, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for name in FILES {
        let path = folder.path().join(name);
        write_as_of(world, name, as_of, &path).await;
        files.push((name, std::fs::read(path).expect("the file")));
    }
    files
}

/// The bytes of every file of a batch that was exported, by their names.
pub(super) async fn batches(world: &World) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for number in exported(world).await {
        for form in BANK_FORMS {
            let name = format!("{number}.{form}");
            let path = folder.path().join(&name);
            write_batch(world, &number, form, &path).await;
            files.push((name, std::fs::read(path).expect("the file")));
        }
    }
    files
}

/// The forms of a file for a bank.
pub(super) const BANK_FORMS: [&str; 2] = ["zengin", "xml"];

async fn write_batch(world: &World, number: &str, form: &str, path: &Path) -> Tally {
    let name = format!("payment-batch.{form}");
    write(world, &name, json!({ "batch": number }), path).await
}

async fn write_notice(world: &World, notice: &Listed, language: Language, path: &Path) -> Tally {
    let parameters = json!({
        "notice": notice.kind.name(),
        "id": notice.id,
        "language": language.code(),
    });
    write(world, "notice.pdf", parameters, path).await
}

/// The bytes of the first notice of each kind of `award` in both languages, each by what it is.
pub(super) async fn notices_of(world: &World, award: &Granted) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notice.pdf");
    let mut files = Vec::new();
    let notices = listed(world, world.people.auditor, award.id).await;
    for notice in first_of_each(&notices) {
        for language in Language::ALL {
            write_notice(world, notice, language, &path).await;
            let name = format!("{} {}", notice.number, language.code());
            files.push((name, std::fs::read(&path).expect("the file")));
        }
    }
    files
}

/// The numbers of the batches that were exported.
pub(super) async fn exported(world: &World) -> Vec<String> {
    let rows = payment_batch::Entity::find()
        .filter(payment_batch::Column::ExportedAt.is_not_null())
        .order_by_asc(payment_batch::Column::Number)
        .all(world.store.reads());
    let rows = rows.await.expect("batches");
    rows.into_iter().map(|row| row.number).collect()
}

/// Which files are not the same.
pub(super) fn differing(
    one: &[(&'static str, Vec<u8>)],
    other: &[(&'static str, Vec<u8>)],
) -> Vec<&'static str> {
    let pairs = one.iter().zip(other);
    pairs
        .filter(|(one, other)| one != other)
        .map(|(one, _)| one.0)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_history_is_the_same_files_on_the_other_database() {
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    // Kept to the end: its file goes with it, and a connection may be opened later.
    let sqlite = TestDatabase::sqlite();
    let years = [
        TwoYears::played(&sqlite).await,
        TwoYears::played(&postgres).await,
    ];
    let (mut all, mut for_banks) = (Vec::new(), Vec::new());
    for years in &years {
        let as_of = years.world.store.now();
        years.world.clock.pass_days(1);
        all.push((as_of, files(&years.world, as_of).await));
        for_banks.push(batches(&years.world).await);
    }
    assert_eq!(all[0].0, all[1].0, "the clocks went alike");
    assert!(for_banks[0].len() > 8, "{}", for_banks[0].len());
    assert!(for_banks[0] == for_banks[1], "files for banks");
    assert_eq!(differing(&all[0].1, &all[1].1), [""; 0]);
}

on_both! {
    async fn a_commit_that_comes_late_changes_no_file(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.clock.pass_days(3);
        let release = ReleaseTranche { tranche: award.advance.expect("an advance") };
        // Recorded before the instant, and not committed when the books of the instant are closed.
        let as_of = world.store.now() + seconds(1);
        world.clock.jump_after(1, seconds(31));
        let late = world.attempt(world.people.preparer, &release).await;
        assert!(late.is_err(), "abandoned");
        let before = files(&world, as_of).await;
        world.run(world.people.preparer, &release).await;
        assert_eq!(differing(&files(&world, as_of).await, &before), [""; 0]);
        world.clock.pass_days(1);
        let after = files(&world, world.store.now() - seconds(60)).await;
        assert!(differing(&after, &before).contains(&"disbursements.csv"));
    }
}
