//! The one wrapper that runs every command, and the only place that opens a transaction.
//!
//! In order, inside one transaction: find where the command acts; authorise; lock the roots; look
//! the idempotency key up; let the command decide and persist; chain the audit event; keep the
//! idempotency key; commit. A lost race is tried again as the same command, with the same ids; a
//! command that is not committed ten seconds after its recorded time is abandoned, so that a report
//! as of an instant that has passed can never change.

use core::time::Duration;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Actor, Authority, Operation, Role, Scope};
use domain::id::{CommandId, ProgrammeId};
use domain::{Coded, Currency, LocalizedText, Refusal};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, QueryFilter, Set,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tracing::Instrument;

use crate::clock::Clock;
use crate::database::is_sqlite;
use crate::entity::programme;
use crate::entropy::Entropy;
use crate::error::Error;
use crate::ids::Ids;
use crate::read::Sight;
use crate::root::{Locked, Place, RootKind, RootRow};
use crate::work::Work;
use crate::{audit, authority, idempotency, input};

/// Seconds after its recorded time at which a command is abandoned.
pub const SECONDS_MAX: i64 = 10;

/// Most attempts at one command.
const ATTEMPTS_MAX: u32 = 12;

/// A use case: its fields are the request, its `run` is the whole of it.
pub trait Command: Serialize + Send + Sync {
    /// Its name, by which roles, keys and audit know it.
    const OPERATION: Operation;
    /// The row it locks first and whose rows it writes.
    type Root: RootRow;
    /// What it answers: ids and codes, no rows. It is kept with the idempotency key.
    type Outcome: Serialize + DeserializeOwned + Send;

    /// Finds where the command acts, before anything is locked. Only links that never change may
    /// be read here.
    fn place(&self, tx: &DatabaseTransaction) -> impl Future<Output = Result<Place, Error>> + Send;

    /// Loads, asks the domain, persists.
    fn run(
        &self,
        root: Locked<Self::Root>,
        work: &mut Work<'_>,
    ) -> impl Future<Output = Result<Self::Outcome, Error>> + Send;
}

/// Who asks for a command, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who acts.
    pub actor: Actor,
    /// When it happened, where an import says so.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The caller's key for this request.
    pub idempotency_key: Option<String>,
}

impl Request {
    /// A request of `actor`, happening now.
    #[must_use]
    pub const fn by(actor: Actor) -> Self {
        Self {
            actor,
            occurred_at: None,
            idempotency_key: None,
        }
    }

    /// The same with an idempotency key.
    #[must_use]
    pub fn with_key(self, key: impl Into<String>) -> Self {
        Self {
            idempotency_key: Some(key.into()),
            ..self
        }
    }

    /// The same, having happened at `occurred_at`; only the system may say so.
    #[must_use]
    pub fn at(self, occurred_at: DateTime<Utc>) -> Self {
        Self {
            occurred_at: Some(occurred_at),
            ..self
        }
    }
}

/// Runs commands and gives reads their connection.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// Whose turn it is to write, on SQLite: it has one writer, and whoever waits for it sleeps in
    /// growing steps on a connection that readers then lack. Here they wait in a queue, on none.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl core::fmt::Debug for Store {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// A store over `db`.
    #[must_use]
    pub fn new(db: DatabaseConnection, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self {
            db,
            clock,
            entropy,
            turn: Arc::default(),
        }
    }

    /// The connection, for reads. They open no transaction.
    #[must_use]
    pub const fn reads(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Where unpredictable bytes come from.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    /// The programme with this code; made, with nothing in it, where there is none. It is the one
    /// row that no command can make, because every command locks one that is there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ensure_programme(
        &self,
        code: &str,
        title: &LocalizedText,
        currency: Currency,
    ) -> Result<ProgrammeId, Error> {
        if let Some(there) = self.programme_called(code).await? {
            return Ok(there);
        }
        let command = CommandId::new(self.entropy.uuid());
        let recorded_at = self.clock.now();
        let row = programme::ActiveModel {
            id: Set(Ids::of(command, recorded_at).next()),
            code: Set(code.to_owned()),
            title_ja: Set(title.ja.clone()),
            title_en: Set(title.en.clone()),
            currency: Set(currency.code().to_owned()),
            revision: Set(1),
            recorded_at: Set(recorded_at),
            command_id: Set(command.uuid()),
        };
        // Two servers may start on one empty database: the second takes the programme of the first.
        let unless_there = OnConflict::column(programme::Column::Code)
            .do_nothing()
            .to_owned();
        programme::Entity::insert(row)
            .on_conflict(unless_there)
            .exec_without_returning(&self.db)
            .await?;
        let made = self.programme_called(code).await?;
        made.ok_or_else(|| Error::corrupt(format_args!("programme {code} is not kept")))
    }

    async fn programme_called(&self, code: &str) -> Result<Option<ProgrammeId>, Error> {
        let found = programme::Entity::find()
            .filter(programme::Column::Code.eq(code))
            .one(&self.db)
            .await?;
        Ok(found.map(|row| row.id.into()))
    }

    /// Runs `command`.
    ///
    /// # Errors
    /// [`Error::Refused`] when a rule says no; a fault otherwise. In both cases nothing was written.
    pub async fn execute<C: Command>(
        &self,
        request: &Request,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let span = tracing::info_span!(
            "command",
            name = C::OPERATION.code(),
            attempts = tracing::field::Empty,
            outcome = tracing::field::Empty
        );
        self.attempt_until_done(request, command, Ending::Commit)
            .instrument(span)
            .await
    }

    /// Runs `command` to its outcome and takes everything back: it tells what would be answered,
    /// and keeps nothing, neither audit nor idempotency key.
    ///
    /// # Errors
    /// What [`execute`](Self::execute) would answer.
    pub async fn rehearse<C: Command>(
        &self,
        request: &Request,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        self.attempt_until_done(request, command, Ending::TakeBack)
            .await
    }

    async fn attempt_until_done<C: Command>(
        &self,
        request: &Request,
        command: &C,
        ending: Ending,
    ) -> Result<C::Outcome, Error> {
        ensure_well_formed::<C>(request)?;
        let input = serde_json::to_value(command).map_err(Error::corrupt)?;
        input::ensure_legible("", &input)?;
        let run = Run {
            command: CommandId::new(self.entropy.uuid()),
            recorded_at: self.clock.now(),
            request,
            input_hash: idempotency::input_hash(&input),
        };
        let mut attempt = 1;
        let result = loop {
            let result = self.attempt(&run, command, ending).await;
            match &result {
                Err(error) if attempt < ATTEMPTS_MAX && idempotency::is_worth_retrying(error) => {
                    if self.is_overdue(&run) {
                        break Err(Error::Abandoned);
                    }
                    tokio::time::sleep(self.pause(attempt)).await;
                    attempt += 1;
                }
                _ => break result,
            }
        };
        let outcome = match &result {
            Ok(_) => "DONE",
            Err(Error::Refused(refusal)) => refusal.code().code(),
            Err(_) => "FAULT",
        };
        tracing::Span::current()
            .record("attempts", attempt)
            .record("outcome", outcome);
        if matches!(ending, Ending::Commit) {
            metrics::counter!("htc_commands_total", "command" => C::OPERATION.code(), "outcome" => outcome)
                .increment(1);
        }
        result
    }

    /// A pause that grows with the attempts and differs between rivals.
    fn pause(&self, attempt: u32) -> Duration {
        let [jitter, ..] = self.entropy.bytes();
        let base = 1_u64 << attempt.min(7);
        Duration::from_millis(base.saturating_add(u64::from(jitter) % base))
    }

    async fn attempt<C: Command>(
        &self,
        run: &Run<'_>,
        command: &C,
        ending: Ending,
    ) -> Result<C::Outcome, Error> {
        let _turn = if is_sqlite(&self.db) {
            Some(self.turn.lock().await)
        } else {
            None
        };
        let tx = self.begin().await?;
        // A transaction that is dropped without a commit is rolled back.
        let outcome = Box::pin(run.inside(&tx, command)).await?;
        if self.is_overdue(run) {
            return Err(Error::Abandoned);
        }
        match ending {
            Ending::Commit => tx.commit().await?,
            Ending::TakeBack => tx.rollback().await?,
        }
        Ok(outcome)
    }

    /// Whether the command can no longer be committed.
    fn is_overdue(&self, run: &Run<'_>) -> bool {
        self.clock.now() - run.recorded_at > TimeDelta::seconds(SECONDS_MAX)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that opens transactions"
    )]
    async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        // SQLite: a deferred transaction that turns into a writer loses to another writer for
        // good. PostgreSQL: READ COMMITTED, its default, because the root locks are the design.
        let mode = is_sqlite(&self.db).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions {
            sqlite_transaction_mode: mode,
            ..Default::default()
        };
        Ok(self.db.begin_with_options(options).await?)
    }
}

/// How the transaction of a command that was accepted ends.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// What it wrote is kept.
    Commit,
    /// What it wrote is taken back.
    TakeBack,
}

/// One run of one command, the same through all its attempts.
struct Run<'a> {
    command: CommandId,
    recorded_at: DateTime<Utc>,
    request: &'a Request,
    input_hash: String,
}

impl Run<'_> {
    async fn inside<C: Command>(
        &self,
        tx: &DatabaseTransaction,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let Request {
            actor,
            idempotency_key,
            ..
        } = self.request;
        let occurred_at = self.request.occurred_at.unwrap_or(self.recorded_at);
        let place = command.place(tx).await?;
        let authority = authority::load(tx, actor, occurred_at).await?;
        authorise::<C>(tx, actor, &authority, &place).await?;
        let root = place.lock::<C::Root>(tx).await?;
        let key = idempotency_key.as_deref().map(|name| idempotency::Key {
            actor: *actor,
            operation: C::OPERATION,
            name,
            input_hash: &self.input_hash,
        });
        if let Some(key) = &key
            && let Some(outcome) = key.stored_outcome(tx).await?
        {
            return Ok(outcome);
        }
        let sees_all = actor.person().is_none() || authority.sees(&place.scope);
        let mut work = Work::new(
            tx,
            *actor,
            authority,
            self.command,
            occurred_at,
            self.recorded_at,
        );
        work.locked = place.ids();
        let outcome = command
            .run(root, &mut work)
            .await
            .map_err(|error| match error {
                // A roster is nobody's business who cannot see the gate.
                Error::Refused(Refusal::NotOnRoster {}) if !sees_all => Error::not_found("GATE"),
                other => other,
            })?;
        let chain = work.chain.unwrap_or((C::Root::KIND, place.root));
        audit::append::<C>(
            &mut work,
            chain,
            place.scope.programme,
            &self.input_hash,
            &outcome,
        )
        .await?;
        if let Some(key) = &key {
            key.keep(tx, &outcome, self.command, self.recorded_at)
                .await?;
        }
        Ok(outcome)
    }
}

/// What can be refused without asking the database.
fn ensure_well_formed<C: Command>(request: &Request) -> Result<(), Refusal> {
    match request {
        Request {
            actor: Actor::Person { .. },
            occurred_at: Some(_),
            ..
        } => Err(Refusal::TimeNotYours {}),
        Request {
            actor: Actor::Person { .. },
            idempotency_key: None,
            ..
        } if C::OPERATION.needs_idempotency_key() => Err(Refusal::IdempotencyKeyRequired {}),
        Request {
            idempotency_key: Some(key),
            ..
        } => input::ensure_legible("idempotency_key", &json!(key)),
        Request { .. } => Ok(()),
    }
}

/// The system may run anything in its own name; a person needs a role that reaches the place. Who
/// cannot even see what they named is told that there is none.
async fn authorise<C: Command>(
    tx: &DatabaseTransaction,
    actor: &Actor,
    authority: &Authority,
    place: &Place,
) -> Result<(), Error> {
    let Some(person) = actor.person() else {
        return Ok(());
    };
    let Err(refusal) = authority.may_run(C::OPERATION, &place.scope) else {
        return Ok(());
    };
    let sight = Sight::new(person, authority.clone());
    let is_seen = match place.is_seen(tx, &sight).await? {
        Some(is_seen) => is_seen,
        None => sees(authority, C::Root::KIND, &place.scope),
    };
    if is_seen {
        Err(refusal.into())
    } else {
        Err(Error::not_found(place.asked))
    }
}

/// Whether a root of `kind` in `scope` may be known to be there. Casework is for those who do it,
/// people for administrators and auditors, all else for whoever has a role in it.
fn sees(authority: &Authority, kind: RootKind, scope: &Scope) -> bool {
    match kind {
        RootKind::Award => authority.sees(scope),
        RootKind::Person => [Role::Administrator, Role::Auditor]
            .iter()
            .any(|role| authority.holds(*role, scope)),
        RootKind::Batch => Role::BOOKKEEPERS
            .iter()
            .any(|role| authority.holds(*role, scope)),
        RootKind::Programme | RootKind::Theme | RootKind::Organization | RootKind::Envelope => {
            authority.reaches(scope)
        }
    }
}
