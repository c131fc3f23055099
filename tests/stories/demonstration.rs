//! The demonstration programme: everything that can occur does, everybody has something to do, and a
//! seeding that was stopped goes on.

mod occurrences;
mod tasks;
mod work;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::access::{Actor, Scope};
use sea_orm::{ActiveModelTrait, EntityTrait, PaginatorTrait, Set};
use seeds::demonstration::{ISSUER, PERSONAS, SeedError, Seeded, seed};
use store::Store;
use store::entity::{audit_event, award, idempotency_key, organization, programme};
use store::identity::person_by_identity;
use store::vault::{Vault, VaultSettings};
use tempfile::TempDir;
use tokio::sync::Notify;

use super::exports::calendar::ensure_calendar_agrees;
use super::exports::published::{ensure_as_planned, ensure_within_decisions};
use crate::builders::{Counter, TestClock};
use crate::harness::database::TestDatabase;

/// How many awards it has.
const AWARDS: usize = 40;

struct Demonstration {
    store: Store,
    vault: Vault,
    clock: TestClock,
    /// The day of the seeding.
    today: NaiveDate,
    _folder: TempDir,
}

impl Demonstration {
    /// A place for the demonstration, on `day`.
    async fn before(db: &TestDatabase, day: &str) -> Self {
        let clock = TestClock::at(day);
        let entropy = Arc::new(Counter::default());
        let store = Store::new(db.connect().await, Arc::new(clock.clone()), entropy);
        let folder = tempfile::tempdir().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        Self {
            store,
            vault,
            today: clock.today(),
            clock,
            _folder: folder,
        }
    }

    /// The demonstration as it is seeded on `day`.
    async fn on(db: &TestDatabase, day: &str) -> Self {
        let demonstration = Self::before(db, day).await;
        assert_eq!(demonstration.seed().await, Seeded::Now { awards: AWARDS });
        demonstration
    }

    async fn seed(&self) -> Seeded {
        seed(&self.store, &self.vault, |_| {})
            .await
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Seeds until the `count`th part is told, and stops there.
    async fn seed_part(&self, count: usize) {
        let (stop, mut told) = (Notify::new(), 0);
        let tell = |_: &str| {
            told += 1;
            if told == count {
                stop.notify_one();
            }
        };
        tokio::select! {
            biased;
            () = stop.notified() => {}
            seeded = seed(&self.store, &self.vault, tell) => panic!("not stopped: {seeded:?}"),
        }
    }

    async fn persona(&self, subject: &str) -> Actor {
        let person = person_by_identity(self.store.reads(), ISSUER, subject).await;
        Actor::Person {
            person: person.expect("an answer").expect(subject),
            token: None,
        }
    }

    async fn count<E: EntityTrait>(&self) -> usize
    where
        for<'db> sea_orm::Select<E>: PaginatorTrait<'db, sea_orm::DatabaseConnection>,
    {
        let count = E::find().count(self.store.reads()).await;
        usize::try_from(count.expect("a count")).expect("a small count")
    }

    async fn ensure_verified(&self) {
        let verified = store::verify::verify(self.store.reads(), &self.vault, |_| {}).await;
        assert_eq!(verified.expect("a verification").findings, []);
    }

    /// Every persona is somebody, with the role that they are shown with.
    async fn ensure_personas(&self) {
        let reads = self.store.reads();
        let sample = organization::Entity::find()
            .all(reads)
            .await
            .expect("bodies")
            .into_iter()
            .find(|body| body.name_en.starts_with("Sample"))
            .expect("the sample body");
        let scope = Scope {
            organization: Some(sample.id.into()),
            ..Scope::programme(sample.programme_id.into())
        };
        for persona in PERSONAS {
            let actor = self.persona(persona.subject).await;
            let authority = store::load_authority(reads, &actor, self.store.now()).await;
            assert!(
                authority.expect("roles").holds(persona.role, &scope),
                "{persona:?}"
            );
        }
    }
}

on_both! {
    /// Everything is there and in order; seeding again does nothing.
    async fn everything_is_there_once(db: TestDatabase) {
        let demonstration = Demonstration::on(&db, "2026-06-01").await;
        demonstration.ensure_everything_occurs().await;
        demonstration.ensure_everybody_has_work().await;
        demonstration.ensure_personas().await;
        demonstration.ensure_verified().await;
        ensure_within_decisions(&demonstration.store, 40).await;
        ensure_as_planned(&demonstration.store).await;
        ensure_calendar_agrees(&demonstration.store, 20).await;
        assert_eq!(demonstration.seed().await, Seeded::Before);
        assert_eq!(demonstration.count::<award::Entity>().await, AWARDS);
        demonstration.ensure_finance_can_release().await;
        demonstration.ensure_verified().await;
    }

    /// A seeding that was stopped goes on where it stopped, also on a later day: it ends as the
    /// demonstration of the day on which it began, with nothing in it twice.
    async fn a_stopped_seeding_goes_on(db: TestDatabase) {
        let demonstration = Demonstration::before(&db, "2026-06-01").await;
        for parts in [1, 2, 22] {
            demonstration.seed_part(parts).await;
        }
        let so_far = demonstration.count::<award::Entity>().await;
        assert!((10..AWARDS).contains(&so_far), "{so_far} awards");
        demonstration.clock.pass_days(1);
        assert_eq!(demonstration.seed().await, Seeded::Now { awards: AWARDS });
        assert_eq!(demonstration.count::<award::Entity>().await, AWARDS);
        let commands = demonstration.count::<idempotency_key::Entity>().await;
        assert_eq!(demonstration.count::<audit_event::Entity>().await, commands);
        demonstration.ensure_everything_occurs().await;
        demonstration.ensure_verified().await;
        assert_eq!(demonstration.seed().await, Seeded::Before);
    }

    /// One that does not fit on what is there says so and does nothing.
    async fn a_seeding_of_another_version_is_refused_by_name(db: TestDatabase) {
        let demonstration = Demonstration::before(&db, "2026-06-01").await;
        demonstration.seed_part(2).await;
        let reads = demonstration.store.reads();
        let row = programme::Entity::find().one(reads).await.expect("an answer");
        let row = row.expect("the programme");
        programme::ActiveModel {
            id: Set(row.id),
            recorded_at: Set(row.recorded_at - chrono::TimeDelta::days(1)),
            ..Default::default()
        }
        .update(reads)
        .await
        .expect("another day of the seeding");
        let before = demonstration.count::<audit_event::Entity>().await;
        let seeded = seed(&demonstration.store, &demonstration.vault, |_| {}).await;
        assert!(matches!(seeded, Err(SeedError::BegunOtherwise(_))), "{seeded:?}");
        assert_eq!(demonstration.count::<audit_event::Entity>().await, before);
    }
}

/// Whatever day it is: the first and the last of a fiscal year, the day after its close-out, a leap
/// day.
#[tokio::test]
async fn it_can_be_seeded_on_any_day() {
    for day in [
        "2026-03-31",
        "2026-04-01",
        "2026-05-01",
        "2026-10-15",
        "2028-02-29",
    ] {
        let db = TestDatabase::sqlite();
        let demonstration = Demonstration::on(&db, day).await;
        demonstration.ensure_everything_occurs().await;
        demonstration.ensure_everybody_has_work().await;
    }
}
