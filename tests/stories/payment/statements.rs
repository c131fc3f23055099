//! What a command on a batch takes in statements: so many, and so many more for each row. A batch of two
//! hundred rows has to be done within the ten seconds of a command.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::id::ReleaseId;
use store::command::ImportSettlement;

use super::export_of;
use crate::builders::World;
use crate::harness::database::TestDatabase;

/// Statements by command.
type Taken = BTreeMap<&'static str, usize>;

/// Pays `releases`, from the preparation to the bank's answers.
async fn paid(world: &World, name: &str, releases: &[ReleaseId]) -> Taken {
    let (preparer, approver) = (world.people.preparer, world.people.approver);
    let mut taken = Taken::new();
    let prepare = world.preparing(releases);
    world.statements.taken();
    let batch = world.run(preparer, &prepare).await.payment_batch;
    taken.insert("prepare", world.statements.taken().len());
    let approval = world.approval(batch).await;
    world.statements.taken();
    world.run(approver, &approval).await;
    taken.insert("approve", world.statements.taken().len());
    world.run(approver, &export_of(batch)).await;
    taken.insert("export", world.statements.taken().len());
    world.clock.pass_days(5);
    let mut lines = Vec::new();
    for row in world.payments(batch).await {
        lines.push(world.bank_line(&row.reference, 1, None));
    }
    let import = ImportSettlement {
        programme: world.programme,
        name: name.to_owned(),
        part: None,
        lines,
    };
    world.statements.taken();
    world.run(preparer, &import).await;
    taken.insert("settle", world.statements.taken().len());
    taken
}

/// The table: what each command takes, and for each row besides.
async fn table(db: &TestDatabase) -> String {
    let world = World::new(db).await;
    let award = world.award().milestone(1, 2026).active().await;
    let gate = world.pass(award.milestones[0]).await;
    let mut releases = Vec::new();
    for copy in world.copies(db, (&award, gate), 9).await {
        releases.push(world.release(copy.tranche).await);
    }
    let (few, many) = releases.split_at(3);
    let (few, many) = (
        paid(&world, "few", few).await,
        paid(&world, "many", many).await,
    );
    let mut told = String::new();
    for (command, statements) in &few {
        let more = many[command] - statements;
        assert_eq!(more % 3, 0, "{command}: {statements}, {}", many[command]);
        let each = more / 3;
        writeln!(
            told,
            "{command}: {} and {each} a row",
            statements - 3 * each
        )
        .expect("a text");
    }
    told
}

on_both! {
    async fn what_a_command_on_a_batch_takes(db: TestDatabase) {
        let table = table(&db).await;
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("batch_statements", table));
    }
}
