//! The roots: the rows that a command locks before it decides.
//!
//! Two commands on the same award wait for each other at the award's row; that, and not an
//! isolation level, is what makes every decision see what it decides about. Roots are locked in one
//! order, that of [`RootKind`], so that no two commands can wait for each other in a circle.

use core::ops::Deref;
use std::collections::BTreeSet;

use domain::Coded;
pub use domain::access::RootKind;
use domain::access::Scope;
use sea_orm::sea_query::{LockType, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::database::is_sqlite;
use crate::entity::{award, envelope, organization, payment_batch, person, programme, theme};
use crate::error::Error;
use crate::read::Sight;
use crate::work::Work;

/// Most roots that one statement locks.
const ROOTS_MAX: usize = 1_000;

/// A row that can be locked as a root.
pub trait RootRow: Send + Sync + Sized {
    /// Its kind.
    const KIND: RootKind;

    /// Reads the row and locks it until the transaction ends.
    fn lock(
        tx: &DatabaseTransaction,
        id: Uuid,
        lock: LockType,
    ) -> impl Future<Output = Result<Option<Self>, Error>> + Send;
}

macro_rules! root_rows {
    ($($entity:ident => $kind:ident),+ $(,)?) => {
        $(
            impl RootRow for $entity::Model {
                const KIND: RootKind = RootKind::$kind;

                async fn lock(
                    tx: &DatabaseTransaction,
                    id: Uuid,
                    lock: LockType,
                ) -> Result<Option<Self>, Error> {
                    let mut select = $entity::Entity::find_by_id(id);
                    // SQLite has one writer at a time and no row locks.
                    if !is_sqlite(tx) {
                        select = select.lock(lock);
                    }
                    Ok(select.one(tx).await?)
                }
            }
        )+

        /// Locks rows of one kind, in the order of their ids; answers how many there are.
        async fn lock_rows(
            tx: &DatabaseTransaction,
            kind: RootKind,
            ids: &[Uuid],
            lock: LockType,
        ) -> Result<usize, Error> {
            let ids = ids.iter().copied();
            Ok(match kind {
                $( RootKind::$kind => {
                    let mut select = $entity::Entity::find()
                        .select_only()
                        .column($entity::Column::Id)
                        .filter($entity::Column::Id.is_in(ids))
                        .order_by_asc($entity::Column::Id);
                    if !is_sqlite(tx) {
                        select = select.lock(lock);
                    }
                    select.into_tuple::<Uuid>().all(tx).await?.len()
                } )+
            })
        }
    };
}

root_rows! {
    programme => Programme,
    theme => Theme,
    person => Person,
    organization => Organization,
    envelope => Envelope,
    award => Award,
    payment_batch => Batch,
}

/// A root locked beside the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    kind: RootKind,
    id: Uuid,
    read_only: bool,
}

impl Beside {
    const fn lock(&self) -> LockType {
        if self.read_only {
            LockType::Share
        } else {
            LockType::NoKeyUpdate
        }
    }
}

/// Locks rows in the order of their kinds and ids, a statement for those that are alike.
async fn lock_all(tx: &DatabaseTransaction, sorted: &[Beside]) -> Result<(), Error> {
    let alike =
        |one: &Beside, next: &Beside| (one.kind, one.read_only) == (next.kind, next.read_only);
    for others in sorted
        .chunk_by(alike)
        .flat_map(|alike| alike.chunks(ROOTS_MAX))
    {
        let Some(first) = others.first() else {
            continue;
        };
        let ids: Vec<Uuid> = others.iter().map(|other| other.id).collect();
        if lock_rows(tx, first.kind, &ids, first.lock()).await? < ids.len() {
            return Err(Error::not_found(first.kind.code()));
        }
    }
    Ok(())
}

/// What a request named, where reads show it by itself: its id, and the read that finds it for a
/// pair of eyes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) id: Uuid,
    pub(crate) seen: fn(&Sight, Uuid) -> SelectStatement,
}

/// Where a command acts: the root it writes, those it locks beside it, and the scope in which its
/// actor needs a role.
#[derive(Debug, Clone)]
pub struct Place {
    /// The root whose rows the command writes.
    pub root: Uuid,
    /// The scope in which a role is needed.
    pub scope: Scope,
    /// The kind of what the request named, which is what is answered as not found.
    pub asked: &'static str,
    named: Option<Named>,
    beside: Vec<Beside>,
}

impl Place {
    /// A place with one root, asked for by something of the kind `asked`.
    #[must_use]
    pub fn at(asked: &'static str, root: impl Into<Uuid>, scope: Scope) -> Self {
        Self {
            root: root.into(),
            scope,
            asked,
            named: None,
            beside: Vec::new(),
        }
    }

    /// The same place, named by something that reads show by itself.
    pub(crate) fn named(self, named: Named) -> Self {
        Self {
            named: Some(named),
            ..self
        }
    }

    /// Whether `sight` sees what the request named, by the reads that would show it; unknown where
    /// none shows it by itself.
    pub(crate) async fn is_seen(
        &self,
        tx: &DatabaseTransaction,
        sight: &Sight,
    ) -> Result<Option<bool>, Error> {
        let Some(named) = self.named else {
            return Ok(None);
        };
        let found = tx.query_one(&(named.seen)(sight, named.id)).await?;
        Ok(Some(found.is_some()))
    }

    /// The same place, asked for by something of the kind `asked` that belongs there.
    #[must_use]
    pub fn asked_by(self, asked: &'static str) -> Self {
        Self { asked, ..self }
    }

    /// Locks a row of kind `kind` beside the root, to write what belongs to it.
    #[must_use]
    pub fn writing(mut self, kind: RootKind, id: impl Into<Uuid>) -> Self {
        self.beside.push(Beside {
            kind,
            id: id.into(),
            read_only: false,
        });
        self
    }

    /// Locks a row of kind `kind` beside the root, so that it stays as it is.
    #[must_use]
    pub fn reading(mut self, kind: RootKind, id: impl Into<Uuid>) -> Self {
        self.beside.push(Beside {
            kind,
            id: id.into(),
            read_only: true,
        });
        self
    }

    /// The ids of every root.
    pub(crate) fn ids(&self) -> Vec<Uuid> {
        core::iter::once(self.root)
            .chain(self.beside.iter().map(|root| root.id))
            .collect()
    }

    /// Locks every root in the one order, and returns the first.
    pub(crate) async fn lock<R: RootRow>(
        &self,
        tx: &DatabaseTransaction,
    ) -> Result<Locked<R>, Error> {
        let mut beside = self.beside.clone();
        beside.sort_unstable();
        beside.dedup();
        let first = beside.partition_point(|other| (other.kind, other.id) <= (R::KIND, self.root));
        let (before, after) = beside.split_at(first);
        lock_all(tx, before).await?;
        let root = self.lock_root(tx).await?;
        lock_all(tx, after).await?;
        Ok(root)
    }

    async fn lock_root<R: RootRow>(&self, tx: &DatabaseTransaction) -> Result<Locked<R>, Error> {
        R::lock(tx, self.root, LockType::NoKeyUpdate)
            .await?
            .map(Locked)
            .ok_or_else(|| Error::not_found(R::KIND.code()))
    }
}

/// A row whose lock is held. Only the command wrapper makes one, and whatever writes an award's
/// rows asks to see it.
#[derive(Debug)]
pub struct Locked<R>(R);

impl Locked<award::Model> {
    /// The awards `ids`, which the running command has locked beside its root.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the command does not hold the lock of one of them.
    pub(crate) async fn beside(work: &Work<'_>, ids: &BTreeSet<Uuid>) -> Result<Vec<Self>, Error> {
        if let Some(id) = ids.iter().find(|id| !work.holds(**id)) {
            return Err(Error::corrupt(format_args!("award {id} is not locked")));
        }
        let rows = award::Entity::find()
            .filter(award::Column::Id.is_in(ids.iter().copied()))
            .all(work.tx())
            .await?;
        if rows.len() < ids.len() {
            return Err(Error::not_found(RootKind::Award.code()));
        }
        Ok(rows.into_iter().map(Self).collect())
    }
}

impl<R> Locked<R> {
    /// A row that the running command has just made: nobody else can see it yet.
    pub(crate) const fn created(row: R) -> Self {
        Self(row)
    }
}

impl<R> Deref for Locked<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.0
    }
}
