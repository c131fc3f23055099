//! Rivals: clients with connections of their own ask for the same at once, on hundreds of gates.
//!
//! Whoever wins, there is one effect, nothing is lost, and the books stay sound. The gates are
//! copies of one that commands prepared, see `builders::bulk`. Each race says how long it took.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::access::Actor;
use domain::id::{AwardId, GateId, PersonId};
use domain::ledger::{Account, Balances, TransferKind};
use domain::milestone::Outcome;
use domain::{Currency, LocalizedText, Refusal};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use store::command::{RecommendGate, ReleaseTranche, SuspendAward, TrancheReleased};
use store::entity::{audit_event, award, recommendation, sign_off, tranche_release};
use store::{Command, Error, Request, Store, SystemEntropy};

use crate::builders::{Copied, Granted, World, date, year};
use crate::harness::database::{Backend, TestDatabase};

/// Gates that are raced for, in each race.
const GATES: u16 = 200;

/// Clients that repeat one request.
const CLIENTS: usize = 16;

/// Connections of one rival.
const CONNECTIONS: u32 = 2;

/// Longest time for one race.
const TIME_MAX: Duration = Duration::from_mins(3);

/// A milestone of a million yen, so that the envelope has enough for all copies.
async fn small_award(world: &World) -> Granted {
    world.award().milestone(1, 2026).active().await
}

/// Stores of their own on the same database, as so many servers have.
async fn rivals(db: &TestDatabase, world: &World, count: usize) -> Vec<Store> {
    let rivals = (0..count).map(|_| async {
        let connection = store::database::connect(&db.url, CONNECTIONS).await;
        Store::new(
            connection.expect("a connection"),
            Arc::new(world.clock.clone()),
            Arc::new(SystemEntropy),
        )
    });
    join_all(rivals).await
}

fn request(person: PersonId, key: &str) -> Request {
    let actor = Actor::Person {
        person,
        token: None,
    };
    Request::by(actor).with_key(key)
}

/// Runs `command` on `store` as `person`, with the key `key`.
async fn run<C: Command>(
    store: &Store,
    person: PersonId,
    key: &str,
    command: &C,
) -> Result<C::Outcome, Refusal> {
    match store.execute(&request(person, key), command).await {
        Ok(outcome) => Ok(outcome),
        Err(Error::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{}: {error}", C::OPERATION),
    }
}

/// The one outcome of two rivals, and with what the other was refused.
fn one_of<T: std::fmt::Debug>(a: Result<T, Refusal>, b: Result<T, Refusal>) -> (T, Refusal) {
    match (a, b) {
        (Ok(done), Err(refused)) | (Err(refused), Ok(done)) => (done, refused),
        both => panic!("one effect was due: {both:?}"),
    }
}

/// Runs a race within its time and says how long it took.
async fn timed(name: &str, backend: Backend, race: impl Future<Output = ()>) {
    let begin = Instant::now();
    let ended = tokio::time::timeout(TIME_MAX, race).await;
    ended.unwrap_or_else(|_| panic!("{name} took longer than {TIME_MAX:?}"));
    let (taken, backend) = (begin.elapsed(), backend.name());
    eprintln!(
        "race: {name}, {GATES} gates, {backend}: {} ms",
        taken.as_millis()
    );
}

/// Each copy was released once, or not at all where it is not in `paid`.
async fn assert_released(world: &World, copies: &[Copied], paid: impl Fn(&Copied) -> bool) {
    let transfers = world.transfers().await;
    let balances = Balances::of(&transfers).expect("balances");
    let releases = tranche_release::Entity::find()
        .all(world.store.reads())
        .await;
    let mut by_tranche: BTreeMap<_, u32> = BTreeMap::new();
    for release in releases.expect("releases") {
        *by_tranche.entry(release.tranche_id).or_default() += 1;
    }
    let mut due = 0;
    for copy in copies {
        let once = u32::from(paid(copy));
        due += once;
        let releases = by_tranche.get(&copy.tranche.uuid()).copied().unwrap_or(0);
        assert_eq!(releases, once, "releases of {}", copy.award);
        let payable = Account::payable(copy.award, year(2026), Currency::JPY);
        assert_eq!(
            balances.balance(payable).minor(),
            i64::from(once) * 1_000_000
        );
    }
    let moved = transfers
        .iter()
        .filter(|transfer| transfer.kind == TransferKind::Release);
    assert_eq!(moved.count(), usize::try_from(due).expect("a count"));
}

async fn votes(world: &World, gate: GateId) -> u64 {
    sign_off::Entity::find()
        .filter(sign_off::Column::GateId.eq(gate.uuid()))
        .filter(sign_off::Column::VoidReason.is_null())
        .count(world.store.reads())
        .await
        .expect("votes")
}

async fn recommendations(world: &World, gate: GateId) -> u64 {
    recommendation::Entity::find()
        .filter(recommendation::Column::GateId.eq(gate.uuid()))
        .count(world.store.reads())
        .await
        .expect("recommendations")
}

/// What was done to an award, in the order of its chain.
async fn history(world: &World, award: AwardId) -> Vec<String> {
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::ChainId.eq(award.uuid()))
        .order_by_asc(audit_event::Column::Sequence)
        .all(world.store.reads());
    let events = events.await.expect("the audit");
    events.into_iter().map(|event| event.operation).collect()
}

fn recommend(gate: GateId) -> RecommendGate {
    RecommendGate {
        gate,
        pick: None,
        reason: String::new(),
        terms: domain::gate::Terms::default(),
    }
}

/// Copies of an award whose gate is passed and whose tranche nobody has released.
async fn passed(db: &TestDatabase, world: &World) -> Vec<Copied> {
    let award = small_award(world).await;
    let gate = world.pass(award.milestones[0]).await;
    world.copies(db, (&award, gate), GATES).await
}

on_both! {
    /// Servers that start at once on one empty database serve one programme.
    async fn servers_that_start_at_once_make_one_programme(db: TestDatabase) {
        let world = World::new(&db).await;
        let title = LocalizedText::new("第二事業", "Second programme");
        let rivals = rivals(&db, &world, CLIENTS).await;
        let made = join_all(rivals.iter().map(|store| store.ensure_programme("SECOND", &title, Currency::JPY)));
        let made: BTreeSet<_> = made.await.into_iter().map(|made| made.expect("a programme")).collect();
        assert_eq!(made.len(), 1, "{made:?}");
    }

    /// Both votes count, whoever comes first, and the recommendation sees both.
    async fn the_two_last_sign_offs_come_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = small_award(&world).await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        let [first, second, third, _] = world.people.reviewers;
        let met = ["SAFETY", "UPTAKE"];
        world.vote(gate, seal, first, Outcome::Go, &met).await;
        let copies = world.copies(&db, (&award, gate), GATES).await;
        let rivals = rivals(&db, &world, 2).await;

        timed("two last sign-offs, then the recommendation", db.backend, async {
            for copy in &copies {
                let ballot = world.ballot(copy.gate, copy.seal, Outcome::Go, &met);
                let key = copy.gate.to_string();
                let (a, b) = tokio::join!(
                    run(&rivals[0], second, &key, &ballot),
                    run(&rivals[1], third, &key, &ballot),
                );
                a.expect("a vote");
                b.expect("a vote");
                let recommended = run(&rivals[0], world.people.chair, &key, &recommend(copy.gate)).await;
                assert_eq!(recommended.expect("a recommendation").outcome, Outcome::Go);
            }
        })
        .await;

        for copy in &copies {
            assert_eq!(votes(&world, copy.gate).await, 3);
            assert_eq!(recommendations(&world, copy.gate).await, 1);
        }
        world.assert_in_order().await;
    }

    async fn two_recommendations_come_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = small_award(&world).await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        world.declare_none(gate).await;
        for reviewer in world.people.reviewers.into_iter().take(3) {
            world.vote(gate, seal, reviewer, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        let copies = world.copies(&db, (&award, gate), GATES).await;
        let rivals = rivals(&db, &world, 2).await;

        timed("two recommendations", db.backend, async {
            for copy in &copies {
                let (command, chair) = (recommend(copy.gate), world.people.chair);
                let (one, other) = (format!("{} one", copy.gate), format!("{} other", copy.gate));
                let (a, b) = tokio::join!(
                    run(&rivals[0], chair, &one, &command),
                    run(&rivals[1], chair, &other, &command),
                );
                let (done, refused) = one_of(a, b);
                assert_eq!(done.outcome, Outcome::Go);
                assert_eq!(refused, Refusal::GateAlreadyRecommended {});
            }
        })
        .await;

        for copy in &copies {
            assert_eq!(recommendations(&world, copy.gate).await, 1);
            assert_eq!(history(&world, copy.award).await, ["RECOMMEND_GATE"]);
        }
        world.assert_in_order().await;
    }

    async fn two_releases_come_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let copies = passed(&db, &world).await;
        let rivals = rivals(&db, &world, 2).await;

        timed("two releases", db.backend, async {
            for copy in &copies {
                let command = ReleaseTranche { tranche: copy.tranche };
                let preparer = world.people.preparer;
                let (one, other) = (format!("{} one", copy.gate), format!("{} other", copy.gate));
                let (a, b) = tokio::join!(
                    run(&rivals[0], preparer, &one, &command),
                    run(&rivals[1], preparer, &other, &command),
                );
                let (_, refused) = one_of(a, b);
                assert_eq!(refused, Refusal::TrancheAlreadyReleased {});
            }
        })
        .await;

        assert_released(&world, &copies, |_| true).await;
        world.assert_in_order().await;
    }

    /// Either may be first; but what is suspended is not released afterwards.
    async fn a_release_meets_a_suspension(db: TestDatabase) {
        let world = World::new(&db).await;
        let copies = passed(&db, &world).await;
        let rivals = rivals(&db, &world, 2).await;
        let mut released = BTreeMap::new();

        timed("a release and a suspension", db.backend, async {
            for (place, copy) in copies.iter().enumerate() {
                let release = ReleaseTranche { tranche: copy.tranche };
                let suspend = SuspendAward {
                    award: copy.award,
                    until: date("2026-12-31"),
                    consequence: "是正されなければ取消し".to_owned(),
                    reason: "報告の遅延".to_owned(),
                };
                let key = copy.gate.to_string();
                let release = run(&rivals[0], world.people.preparer, &key, &release);
                let suspend = run(&rivals[1], world.people.director, &key, &suspend);
                // Each asks first half of the times.
                let (done, suspended) = if place % 2 == 0 {
                    tokio::join!(biased; release, suspend)
                } else {
                    let (suspended, done) = tokio::join!(biased; suspend, release);
                    (done, suspended)
                };
                suspended.expect("a suspension");
                released.insert(copy.award, done);
            }
        })
        .await;

        for copy in &copies {
            let expected = match &released[&copy.award] {
                Ok(_) => vec!["RELEASE_TRANCHE", "SUSPEND_AWARD"],
                Err(Refusal::AwardSuspended { .. }) => vec!["SUSPEND_AWARD"],
                Err(other) => panic!("{}: {other}", copy.award),
            };
            assert_eq!(history(&world, copy.award).await, expected);
        }
        let suspended = award::Entity::find()
            .filter(award::Column::State.eq("SUSPENDED"))
            .count(world.store.reads());
        assert_eq!(suspended.await.expect("a count"), u64::from(GATES));
        let first = released.values().filter(|done| done.is_ok()).count();
        eprintln!("race: the release was first on {first} of {GATES}, {}", db.backend.name());
        assert_released(&world, &copies, |copy| released[&copy.award].is_ok()).await;
        world.assert_in_order().await;
    }

    async fn sixteen_clients_repeat_one_release(db: TestDatabase) {
        let world = World::new(&db).await;
        let copies = passed(&db, &world).await;
        // SQLite's writers wait by sleeping: sixteen servers on one file spend their time asleep.
        let servers = match db.backend {
            Backend::Sqlite => 2,
            Backend::Postgres => CLIENTS,
        };
        let servers = rivals(&db, &world, servers).await;

        timed("16 clients, one idempotent release", db.backend, async {
            for copy in &copies {
                let (command, key) = (ReleaseTranche { tranche: copy.tranche }, copy.gate.to_string());
                let answers = servers
                    .iter()
                    .cycle()
                    .take(CLIENTS)
                    .map(|server| run(server, world.people.preparer, &key, &command));
                let answers: Result<Vec<TrancheReleased>, _> =
                    join_all(answers).await.into_iter().collect();
                let answers = answers.expect("the same answer for all");
                assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
                assert_eq!(answers.len(), CLIENTS);
            }
        })
        .await;

        for copy in &copies {
            assert_eq!(history(&world, copy.award).await, ["RELEASE_TRANCHE"]);
        }
        assert_released(&world, &copies, |_| true).await;
        world.assert_in_order().await;
    }
}
