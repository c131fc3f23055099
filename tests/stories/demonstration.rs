//! The demonstration programme: every situation is there, once, and in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Actor, Role, Scope};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use seeds::demonstration::{ISSUER, PERSONAS, PROGRAMME, Seeded, seed};
use store::command::ReleaseTranche;
use store::entity::{award, evidence, gate_condition, milestone, programme, sign_off, tranche};
use store::identity::person_by_identity;
use store::vault::{Vault, VaultSettings};
use store::{Request, Store};
use tempfile::TempDir;

use crate::builders::{Counter, TestClock};
use crate::harness::database::TestDatabase;

struct Demonstration {
    store: Store,
    vault: Vault,
    _folder: TempDir,
}

impl Demonstration {
    /// The demonstration as it is seeded on `day`.
    async fn on(db: &TestDatabase, day: &str) -> Self {
        let store = Store::new(
            db.connect().await,
            Arc::new(TestClock::at(day)),
            Arc::new(Counter::default()),
        );
        let folder = tempfile::tempdir().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        let demonstration = Self {
            store,
            vault,
            _folder: folder,
        };
        assert_eq!(demonstration.seed().await, Seeded::Now { awards: 8 });
        demonstration
    }

    async fn seed(&self) -> Seeded {
        seed(&self.store, &self.vault, |_| {})
            .await
            .expect("a demonstration")
    }

    async fn persona(&self, subject: &str) -> Actor {
        let person = person_by_identity(self.store.reads(), ISSUER, subject).await;
        Actor::Person {
            person: person.expect("an answer").expect(subject),
            token: None,
        }
    }

    /// The awards by their state and the state and round of their first milestone.
    async fn situations(&self) -> BTreeMap<(String, String, Option<i64>), usize> {
        let db = self.store.reads();
        let mut situations = BTreeMap::new();
        for award in award::Entity::find().all(db).await.expect("awards") {
            let first = milestone::Entity::find()
                .filter(milestone::Column::AwardId.eq(award.id))
                .filter(milestone::Column::Ordinal.eq(1))
                .one(db)
                .await
                .expect("an answer")
                .expect("a first milestone");
            let situation = (award.state, first.state, first.round);
            *situations.entry(situation).or_insert(0) += 1;
        }
        situations
    }
}

on_both! {
    /// Each planned situation is there, and the books are in order.
    async fn every_situation_is_there(db: TestDatabase) {
        let demonstration = Demonstration::on(&db, "2026-06-01").await;
        let expected = [
            ("ACTIVE", "IN_REVIEW", 1),
            ("ACTIVE", "OPEN", 1),
            ("ACTIVE", "OPEN", 2),
            ("ACTIVE", "PASSED", 1),
            ("ACTIVE", "PASSED_CONDITIONALLY", 1),
            ("ACTIVE", "SUBMITTED", 1),
            ("OFFERED", "OPEN", 1),
            ("SUSPENDED", "OPEN", 1),
        ];
        let expected = expected.map(|(award, milestone, round)| {
            ((award.to_owned(), milestone.to_owned(), Some(round)), 1)
        });
        assert_eq!(demonstration.situations().await, BTreeMap::from(expected));
        let reads = demonstration.store.reads();
        let count = sign_off::Entity::find().count(reads).await.expect("votes");
        assert_eq!(count, 3 * 3 + 2, "three whole panels and one with two votes");
        let count = gate_condition::Entity::find().count(reads).await.expect("conditions");
        assert_eq!(count, 2);
        assert!(evidence::Entity::find().count(reads).await.expect("evidence") >= 15);
        let verified = store::verify::verify(reads, &demonstration.vault, |_| {}).await;
        assert_eq!(verified.expect("a verification").findings, []);
    }

    /// Finance finds a tranche that it can release at once: the first milestone's, and no other.
    async fn there_is_one_tranche_to_release(db: TestDatabase) {
        let demonstration = Demonstration::on(&db, "2026-06-01").await;
        let preparer = demonstration.persona("finance-preparer").await;
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::State.eq("PLANNED"))
            .all(demonstration.store.reads())
            .await
            .expect("tranches");
        let mut released = Vec::new();
        for row in tranches.iter().filter(|row| row.kind == "MILESTONE") {
            let request = Request::by(preparer).with_key(row.id.to_string());
            let release = ReleaseTranche { tranche: row.id.into() };
            if let Ok(outcome) = demonstration.store.execute(&request, &release).await {
                released.push(outcome.amount.minor());
            }
        }
        assert_eq!(released, [7_500_000], "15 % of 50,000,000");
    }

    /// Seeding again does nothing.
    async fn it_is_seeded_once(db: TestDatabase) {
        let demonstration = Demonstration::on(&db, "2026-06-01").await;
        assert_eq!(demonstration.seed().await, Seeded::Before);
        let awards = award::Entity::find().count(demonstration.store.reads()).await;
        assert_eq!(awards.expect("awards"), 8);
    }

    /// Every persona is somebody, with the role that they are shown with.
    async fn every_persona_has_their_role(db: TestDatabase) {
        let demonstration = Demonstration::on(&db, "2026-06-01").await;
        let reads = demonstration.store.reads();
        let found = programme::Entity::find()
            .filter(programme::Column::Code.eq(PROGRAMME))
            .one(reads)
            .await;
        let programme = found.expect("an answer").expect("the programme").id;
        let sample = award::Entity::find()
            .filter(award::Column::State.eq("OFFERED"))
            .one(reads)
            .await
            .expect("an answer")
            .expect("the offered award");
        let scope = Scope {
            organization: Some(sample.organization_id.into()),
            ..Scope::programme(programme.into())
        };
        let mut roles = Vec::new();
        for persona in PERSONAS {
            let actor = demonstration.persona(persona.subject).await;
            let authority = store::load_authority(reads, &actor, demonstration.store.now()).await;
            assert!(authority.expect("roles").holds(persona.role, &scope), "{persona:?}");
            roles.push(persona.role);
        }
        assert!(roles.contains(&Role::Auditor) && roles.len() == 12);
    }
}

/// Whatever day it is: the first and the last of a fiscal year, the end of its close-out, a leap day.
#[tokio::test]
async fn it_can_be_seeded_on_any_day() {
    for day in [
        "2026-03-31",
        "2026-04-01",
        "2026-04-30",
        "2026-10-15",
        "2028-02-29",
    ] {
        let db = TestDatabase::sqlite();
        Demonstration::on(&db, day).await;
    }
}
