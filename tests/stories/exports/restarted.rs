//! A file is the same after the server was started again, and whatever was recorded after its instant.

use super::downloads::{FILES, address, taken, text};
use super::played::{differing, files};
use crate::builders::{TwoYears, seconds};
use crate::harness::database::TestDatabase;
use crate::harness::server::Server;

/// Every file as of `as_of` from a server that is started for it and ends.
async fn served(db: &TestDatabase, token: &str, as_of: &str) -> Vec<(&'static str, Vec<u8>)> {
    let server = Server::on(db, &[]).await;
    let mut files = Vec::new();
    for name in FILES {
        files.push((name, taken(&server, token, &address(name, as_of)).await.0));
    }
    server.terminate();
    assert!(server.ended().await.success());
    files
}

on_both! {
    async fn a_file_is_the_same_from_the_next_server_and_after_more_history(db: TestDatabase) {
        let years = TwoYears::offered(&db).await;
        let world = &years.world;
        years.first_year().await;
        let auditor = world.token(world.people.auditor).await;
        let as_of = world.store.now();
        let first = served(&db, &auditor, &text(as_of)).await;
        assert_eq!(differing(&served(&db, &auditor, &text(as_of)).await, &first), [""; 0]);
        world.clock.pass_days(1);
        // What is not of the server, either.
        assert_eq!(differing(&files(world, as_of).await, &first), [""; 0]);

        years.close_first_year().await;
        assert_eq!(differing(&served(&db, &auditor, &text(as_of)).await, &first), [""; 0]);
        let later = served(&db, &auditor, &text(world.store.now())).await;
        let changed = differing(&later, &first);
        assert!(changed.contains(&"trial-balance.csv") && changed.contains(&"envelopes.csv"), "{changed:?}");
    }

    /// The bytes of every kind, as the books of two instants have them, when the two years are over.
    async fn every_file_of_the_first_year_is_the_same_after_the_second(db: TestDatabase) {
        let years = TwoYears::offered(&db).await;
        let world = &years.world;
        years.first_year().await;
        let mut told = Vec::new();
        let mut note = async || {
            let as_of = world.store.now();
            // Closed half a minute later.
            world.clock.jump_after(0, seconds(31));
            told.push((as_of, files(world, as_of).await));
        };
        note().await;
        years.close_first_year().await;
        note().await;
        years.after_first_year().await;
        world.clock.pass_days(1);
        for (as_of, before) in &told {
            assert_eq!(differing(&files(world, *as_of).await, before), [""; 0], "{as_of}");
        }
        let last = files(world, world.store.now() - seconds(60)).await;
        assert!(differing(&last, &told[1].1).len() > FILES.len() / 2);
    }
}
