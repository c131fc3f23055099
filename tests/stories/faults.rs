//! Faults of the moment: a lost race is tried again as the same command.
//!
//! What a command that comes too late leaves behind (nothing) is told in `commands`.

use domain::ledger::TransferKind;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use store::command::ReleaseTranche;
use store::entity::{audit_event, tranche_release};

use crate::builders::World;
use crate::harness::database::TestDatabase;

/// Fails the first release with a serialization failure. Sequences are outside transactions: one
/// counts the attempts, the other keeps a fingerprint of the id that the first attempt gave.
const FAIL_ONCE: &str = "
    CREATE SEQUENCE attempts;
    CREATE SEQUENCE first_id;
    CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('attempts') = 1 THEN
            PERFORM setval('first_id', ('x' || substr(md5(NEW.id::text), 1, 15))::bit(60)::bigint);
            RAISE EXCEPTION 'provoked' USING ERRCODE = '40001';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fail_once BEFORE INSERT ON tranche_release
        FOR EACH ROW EXECUTE FUNCTION fail_once();";

/// How many attempts there were, and whether the last gave the release the first one's id.
const TOLD: &str = "
    SELECT attempts.last_value,
        first_id.last_value = ('x' || substr(md5(release.id::text), 1, 15))::bit(60)::bigint
    FROM attempts, first_id, tranche_release AS release";

/// Only PostgreSQL loses races in the middle; SQLite's one writer waits at the beginning.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_race_is_tried_again_as_the_same_command() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let world = World::new(&database).await;
    let award = world.award().active().await;
    world.pass(award.milestones[0]).await;
    let db = world.store.reads();
    db.execute_unprepared(FAIL_ONCE).await.expect("a trap");
    let tranche = award.tranches[0];
    let released = world
        .run(world.people.preparer, &ReleaseTranche { tranche })
        .await;

    let told = Statement::from_string(db.get_database_backend(), TOLD);
    let told = db.query_all_raw(told).await.expect("an answer");
    let [told] = told.as_slice() else {
        panic!("one release was due, not {}", told.len());
    };
    assert_eq!(told.try_get_by_index::<i64>(0), Ok(2), "attempts");
    assert_eq!(told.try_get_by_index::<bool>(1), Ok(true), "the same id");
    let rows = tranche_release::Entity::find().all(db).await;
    let rows = rows.expect("releases");
    assert_eq!(rows[0].id, released.release.uuid());
    let events = audit_event::Entity::find()
        .all(db)
        .await
        .expect("the audit");
    let mut of_command = events
        .iter()
        .filter(|event| event.command_id == rows[0].command_id);
    let event = of_command.next().expect("its event");
    assert_eq!(event.recorded_at, rows[0].recorded_at);
    assert_eq!(of_command.count(), 0, "it was audited once");
    let transfers = world.transfers().await;
    let moved = transfers
        .iter()
        .filter(|transfer| transfer.kind == TransferKind::Release);
    assert_eq!(moved.count(), 1);
    world.assert_sound().await;
}
