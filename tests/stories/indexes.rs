//! No statement reads a table that grows from its first row to its last, but those of a checked-in list.
//!
//! Two fiscal years are played by commands, taken away as files, and everything that the graph knows is asked;
//! of each statement that was sent for it SQLite says how it answers it. It needs no rows for that: it has
//! no statistics, so that what it chooses is what the indexes allow. PostgreSQL has the same indexes.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};

use super::exports::books::contents;
use super::statements::{ASKERS, questions, shape};
use crate::builders::{TwoYears, World, seconds};
use crate::harness::database::TestDatabase;

/// How `db` answers `statement`, step by step.
async fn steps(db: &DatabaseConnection, statement: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {statement}");
    let explain = Statement::from_string(db.get_database_backend(), explain);
    let rows = db.query_all_raw(explain).await.expect("a plan");
    let detail = |row: &QueryResult| row.try_get("", "detail").expect("a step");
    rows.iter().map(detail).collect()
}

/// The tables.
async fn tables(db: &DatabaseConnection) -> BTreeSet<String> {
    let known = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let known = Statement::from_string(db.get_database_backend(), known);
    let rows = db.query_all_raw(known).await.expect("tables");
    let name = |row: &QueryResult| row.try_get("", "name").expect("a name");
    rows.iter().map(name).collect()
}

/// Whether how a statement is answered says nothing of what is read: an insertion tells how what refers to
/// its row would be looked up, and a condition of a list that is empty is a comparison of two values.
fn is_beside_the_point(statement: &str) -> bool {
    statement.starts_with("INSERT") || statement.contains("? = ?")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_grows_is_read_by_an_index() {
    let db = TestDatabase::sqlite();
    let played = TwoYears::played(&db).await.world;
    played.clock.pass_days(1);
    contents(&played, played.store.now() - seconds(60)).await;
    let mut sent: BTreeSet<String> = played.statements.taken().into_iter().collect();

    let another = db.another().await;
    let world = World::new(&another).await;
    let casework = world.casework(1).await;
    sent.extend(world.statements.taken());
    let askers = world.people.askers();
    for question in questions(&world, &casework[0]) {
        for (_, asker) in askers.iter().filter(|(name, _)| ASKERS.contains(name)) {
            sent.extend(world.heard(*asker, question.request()).await.1);
        }
    }

    let db = world.store.reads();
    let tables = tables(db).await;
    let mut read_whole = BTreeSet::new();
    for statement in sent.iter().filter(|sent| !is_beside_the_point(sent)) {
        for step in steps(db, statement).await {
            let table = step
                .strip_prefix("SCAN ")
                .and_then(|of| of.split(' ').next());
            if table.is_some_and(|table| tables.contains(table)) {
                read_whole.insert(format!("{step}: {}", shape(statement)));
            }
        }
    }
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        description => "Small tables, sums over everything, the list of the story itself, and what stops at a page.",
    }, {
        insta::assert_snapshot!("read_whole", Vec::from_iter(read_whole).join("\n\n"));
    });
}
