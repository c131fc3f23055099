//! The world of a story: one programme on one database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::access::Actor;
use domain::id::{PersonId, ProgrammeId, ThemeId};
use domain::ledger::{Account, Balances, Transfer};
use domain::{Currency, Refusal};
use sea_orm::{EntityTrait, QueryOrder};
use store::entity::ledger_transfer;
use store::vault::{Vault, VaultSettings};
use store::verify::verify;
use store::{Command, Error, Request, Store, mapping};
use tempfile::TempDir;

use super::{AwardBuilder, Bodies, Counter, People, TestClock, audit, setting};
use crate::harness::database::TestDatabase;
use crate::harness::statements::Statements;

/// A programme with people, a published theme with its template, and envelopes for 2026 and 2027.
pub(crate) struct World {
    /// The store.
    pub(crate) store: Store,
    /// The clock that the store looks at.
    pub(crate) clock: TestClock,
    /// The programme, `HTC`.
    pub(crate) programme: ProgrammeId,
    /// The theme, `SAMD`, published.
    pub(crate) theme: ThemeId,
    /// The bodies.
    pub(crate) bodies: Bodies,
    /// The people, each with their role.
    pub(crate) people: People,
    /// What the store sends to the database.
    pub(crate) statements: Statements,
    runs: AtomicU64,
}

impl World {
    /// The world on 2026-06-01. The applicant's account is confirmed that day.
    pub(crate) async fn new(db: &TestDatabase) -> Self {
        let world = Self::without_account(db).await;
        world.young_account("1234567").await;
        world
    }

    /// The same, without an account of the applicant.
    pub(crate) async fn without_account(db: &TestDatabase) -> Self {
        Self::beginning(db, "2026-06-01", &[(2026, 1_000), (2027, 1_000)]).await
    }

    /// A world that begins on `day`, with envelopes of these years that hold so many millions, and
    /// without an account of the applicant.
    pub(crate) async fn beginning(db: &TestDatabase, day: &str, envelopes: &[(i32, i64)]) -> Self {
        let world = Self::without_originator(db, day, envelopes).await;
        let define = world.paying_from("7654321");
        world.run(world.people.director, &define).await;
        world.run(world.people.director, &world.publishing()).await;
        world.run(world.people.director, &world.issuing()).await;
        world
    }

    /// The same, where nobody has said from which account is paid.
    pub(crate) async fn without_originator(
        db: &TestDatabase,
        day: &str,
        envelopes: &[(i32, i64)],
    ) -> Self {
        let clock = TestClock::at(day);
        let mut connection = db.connect().await;
        let statements = Statements::of(&mut connection);
        let store = Store::new(
            connection,
            Arc::new(clock.clone()),
            Arc::new(Counter::default()),
        );
        let setting = setting::build(&store, &clock, envelopes).await;
        Self {
            store,
            clock,
            programme: setting.programme,
            theme: setting.theme,
            bodies: setting.bodies,
            people: setting.people,
            statements,
            runs: AtomicU64::new(0),
        }
    }

    /// An award to be made.
    pub(crate) const fn award(&self) -> AwardBuilder<'_> {
        AwardBuilder::new(self)
    }

    /// A request of `person` with a key that no other run has.
    pub(crate) fn request(&self, person: PersonId) -> Request {
        let run = self.runs.fetch_add(1, Ordering::Relaxed);
        Request::by(Actor::Person {
            person,
            token: None,
        })
        .with_key(format!("run-{run}"))
    }

    /// Runs `command` as `person`.
    pub(crate) async fn attempt<C: Command>(
        &self,
        person: PersonId,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        self.store.execute(&self.request(person), command).await
    }

    /// What `command` answers to `person`, who may run it.
    pub(crate) async fn run<C: Command>(&self, person: PersonId, command: &C) -> C::Outcome {
        self.attempt(person, command)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", C::OPERATION))
    }

    /// With what `command` is refused to `person`.
    pub(crate) async fn refusal<C: Command>(&self, person: PersonId, command: &C) -> Refusal {
        match self.attempt(person, command).await {
            Err(Error::Refused(refusal)) => refusal,
            Err(error) => panic!("{}: {error}", C::OPERATION),
            Ok(_) => panic!("{} was not refused", C::OPERATION),
        }
    }

    /// Every transfer, in the order of the ledger.
    pub(crate) async fn transfers(&self) -> Vec<Transfer> {
        ledger_transfer::Entity::find()
            .order_by_asc(ledger_transfer::Column::RecordedAt)
            .order_by_asc(ledger_transfer::Column::Id)
            .all(self.store.reads())
            .await
            .expect("the ledger")
            .iter()
            .map(|row| mapping::transfer(row).expect("a transfer"))
            .collect()
    }

    /// What is in `account`, in millions; a story has no smaller change.
    pub(crate) async fn balance(&self, account: Account) -> i64 {
        let balances = Balances::of(&self.transfers().await).expect("balances");
        let minor = balances.balance(account).minor();
        assert_eq!(minor % 1_000_000, 0, "{account} holds {minor}");
        minor / 1_000_000
    }

    /// What is left in the theme's envelope of a year, in millions.
    pub(crate) async fn envelope(&self, year: i32) -> i64 {
        self.balance(Account::envelope(
            self.theme,
            super::year(year),
            Currency::JPY,
        ))
        .await
    }

    /// Everything adds up, seals, votes and calculations among it, and every chain holds.
    pub(crate) async fn assert_in_order(&self) {
        self.assert_sound().await;
        let folder = TempDir::new().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        let verification = verify(self.store.reads(), &vault, |_| ()).await;
        assert_eq!(verification.expect("an answer").findings, []);
    }

    /// Adds the books up again and follows every audit chain.
    pub(crate) async fn assert_sound(&self) {
        let transfers = self.transfers().await;
        let balances = Balances::of(&transfers).expect("balances");
        assert_eq!(balances.overdrawn().count(), 0, "an account is overdrawn");
        for transfer in &transfers {
            transfer.ensure_allowed().expect("a transfer of the chart");
        }
        audit::assert_chained(self.store.reads()).await;
    }
}
