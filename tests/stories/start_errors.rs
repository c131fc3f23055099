//! A server that cannot start says why, in words, in both languages, and ends with a failure.

use std::net::TcpListener;

use crate::harness::database::TestDatabase;
use crate::harness::server::{Ended, Executable};

/// An address at which nobody listens.
const NOBODY: &str = "127.0.0.1:1";

/// It failed with one line in each language, both naming each of `facts`.
fn assert_refused(ended: &Ended, facts: &[&str]) {
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let [english, japanese] = ended.errors.lines().collect::<Vec<_>>()[..] else {
        panic!("{ended:?}");
    };
    assert!(english.is_ascii() && !japanese.is_ascii(), "{ended:?}");
    for fact in facts {
        assert!(
            english.contains(fact) && japanese.contains(fact),
            "{fact}: {ended:?}"
        );
    }
}

#[test]
fn a_port_that_is_taken() {
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = other.local_addr().expect("its address").to_string();
    let ended = Executable::with(&[("HTC_LISTEN", &address)]).run(&["serve"]);
    assert_refused(&ended, &[&address, "HTC_LISTEN"]);
}

#[test]
fn an_option_that_nobody_knows() {
    let ended = Executable::with(&[("HTC_LIMIT_DEEPTH", "3")]).run(&["serve"]);
    assert_refused(&ended, &["HTC_LIMIT_DEEPTH", "--help"]);
}

#[test]
fn a_folder_that_takes_nothing() {
    // Under a file nobody can make a folder, not even the superuser who ignores permissions.
    let file = tempfile::NamedTempFile::new().expect("a file");
    let folder = file.path().join("data");
    let folder = folder.to_str().expect("UTF-8");
    let ended = Executable::with(&[("HTC_DATA_DIR", folder)]).run(&["serve"]);
    assert_refused(&ended, &[folder]);
    let vault = format!("file://{folder}");
    let database = TestDatabase::sqlite();
    let ended = Executable::on(&database, &[("HTC_VAULT_URL", &vault)]).run(&["serve"]);
    assert_refused(&ended, &[folder]);
}

#[test]
fn a_database_that_does_not_answer_and_its_password_stays_secret() {
    let url = format!("postgres://htc:very-secret@{NOBODY}/grants");
    let ended = Executable::with(&[("HTC_DATABASE_URL", &url)]).run(&["serve"]);
    assert_refused(&ended, &[NOBODY, "HTC_DATABASE_URL"]);
    assert!(!ended.errors.contains("very-secret"), "{ended:?}");
}

#[test]
fn a_database_of_an_older_program_is_left_to_its_operator() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/htc.db", folder.path().display());
    let executable = Executable::with(&[("HTC_DATABASE_URL", &url)]);
    assert_refused(
        &executable.run(&["serve"]),
        &["healthtech-challenge migrate"],
    );
    let migrated = executable.run(&["migrate"]);
    assert!(migrated.status.success(), "{migrated:?}");
    assert_ne!(migrated.output, "0 migrations applied\n");
    let again = executable.run(&["migrate"]);
    assert_eq!(again.output, "0 migrations applied\n", "{again:?}");
}
