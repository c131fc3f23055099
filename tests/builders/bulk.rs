//! Many awards like one: the rows of an award that commands built, inserted again and again under
//! other ids.
//!
//! For stories that need hundreds of gates in one state and are not about how they came there. A
//! copy is as sound as its original: its submission is sealed anew over its own ids, its money is
//! committed by its own transfers, and `verify` finds nothing. It shares the original's commands, so
//! its own audit chain begins with the first command that a story runs on it.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{AwardId, GateId, TrancheId};
use domain::{Currency, Money, Seal};
use sea_orm::sea_query::Value;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectOptions, ConnectionTrait, Database,
    DatabaseConnection, EntityTrait, IntoActiveModel, Iterable, QueryFilter, TryIntoModel,
};
use store::dossier::{pinned_policy, sealed_content};
use store::entity::{
    award, conflict_declaration, decided_amount, gate, gate_decision, gate_member, ledger_transfer,
    milestone, milestone_version, plan_version, recommendation, sign_off, submission, tranche,
};
use store::mapping;
use uuid::Uuid;

use super::{Granted, World};
use crate::harness::database::{Backend, TestDatabase};

/// A copy of an award with one milestone, submitted and before its gate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Copied {
    /// The award.
    pub(crate) award: AwardId,
    /// Its only milestone's tranche.
    pub(crate) tranche: TrancheId,
    /// That milestone's gate.
    pub(crate) gate: GateId,
    /// The seal that the gate sits on.
    pub(crate) seal: Seal,
}

/// What a copy has of its own.
struct Renaming {
    number: u128,
    own: BTreeSet<Uuid>,
    texts: BTreeMap<String, String>,
}

impl Renaming {
    /// The copy's id for `id`: another one with the same time in it.
    fn id(&self, id: Uuid) -> Uuid {
        if self.own.contains(&id) {
            Uuid::from_u128(id.as_u128() ^ (self.number << 8))
        } else {
            id
        }
    }

    fn value(&self, value: Value) -> Value {
        match value {
            Value::Uuid(Some(id)) => self.id(id).into(),
            Value::String(Some(text)) => self.texts.get(&text).cloned().unwrap_or(text).into(),
            other => other,
        }
    }

    fn row<E: EntityTrait>(&self, row: &E::Model) -> E::ActiveModel
    where
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        let mut copy = row.clone().into_active_model();
        for column in E::Column::iter() {
            if let ActiveValue::Unchanged(value) = copy.get(column) {
                copy.set(column, self.value(value));
            }
        }
        copy.reset_all()
    }
}

/// Declares the tables that an award has rows in, in the order in which they can be made.
macro_rules! tables {
    ($($table:ident by $owner:ident),+ $(,)?) => {
        struct Rows {
            $($table: Vec<$table::Model>),+
        }

        impl Rows {
            /// The rows that belong to one of `owners`: an award and its gates.
            async fn load(db: &DatabaseConnection, owners: &[Uuid]) -> Self {
                Self {
                    $($table: $table::Entity::find()
                        .filter($table::Column::$owner.is_in(owners.iter().copied()))
                        .all(db)
                        .await
                        .expect("rows")),+
                }
            }

            fn ids(&self) -> BTreeSet<Uuid> {
                let mut ids = BTreeSet::new();
                $(ids.extend(self.$table.iter().map(|row| row.id));)+
                ids
            }

            async fn insert(&self, db: &DatabaseConnection, renamings: &[Renaming]) {
                $(insert::<$table::Entity>(db, &self.$table, renamings).await;)+
            }
        }
    };
}

tables! {
    award by Id,
    decided_amount by AwardId,
    plan_version by AwardId,
    milestone by AwardId,
    milestone_version by AwardId,
    tranche by AwardId,
    submission by AwardId,
    gate by AwardId,
    gate_member by GateId,
    conflict_declaration by GateId,
    sign_off by GateId,
    recommendation by GateId,
    gate_decision by GateId,
    ledger_transfer by ToOwner,
}

async fn insert<E: EntityTrait>(db: &DatabaseConnection, rows: &[E::Model], renamings: &[Renaming])
where
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    let copies = rows
        .iter()
        .flat_map(|row| renamings.iter().map(|renaming| renaming.row::<E>(row)));
    let copies: Vec<_> = copies.collect();
    if !copies.is_empty() {
        let inserted = E::insert_many(copies).exec_without_returning(db).await;
        inserted.expect("copies");
    }
}

/// A connection that lets a milestone name its submission before that is inserted. What is copied
/// from sound rows is sound in the end.
async fn loose(db: &TestDatabase) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&db.url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.expect("a connection");
    let setting = match db.backend {
        Backend::Sqlite => "PRAGMA foreign_keys = OFF",
        Backend::Postgres => "SET session_replication_role = replica",
    };
    let set = connection.execute_unprepared(setting).await;
    set.expect("a setting");
    connection
}

impl World {
    /// `count` copies of `award`, whose only milestone has a gate, is not paid and has no evidence.
    pub(crate) async fn copies(
        &self,
        db: &TestDatabase,
        (award, gate): (&Granted, GateId),
        count: u16,
    ) -> Vec<Copied> {
        let owners = [award.id.uuid(), gate.uuid()];
        let rows = Rows::load(self.store.reads(), &owners).await;
        let mut renamings = Vec::new();
        let mut copies = Vec::new();
        for number in 1..=count {
            let (renaming, copied) = self.renaming(&rows, award, number).await;
            renamings.push(renaming);
            copies.push(copied);
        }
        let loose = loose(db).await;
        // As many as one statement has parameters for.
        for some in renamings.chunks(200) {
            rows.insert(&loose, some).await;
        }
        loose.close().await.expect("a closed connection");
        copies
    }

    async fn renaming(&self, rows: &Rows, award: &Granted, number: u16) -> (Renaming, Copied) {
        let ([sealed], [gate]) = (rows.submission.as_slice(), rows.gate.as_slice()) else {
            panic!("an award with one submission and one gate");
        };
        let mut renaming = Renaming {
            number: number.into(),
            own: rows.ids(),
            texts: [(award.number.clone(), format!("HTC-COPY-{number:04}"))].into(),
        };
        let copy = renaming.row::<submission::Entity>(sealed);
        let copy = copy.try_into_model().expect("a submission");
        let seal = self.seal_of(&copy, &rows.milestone_version).await;
        let old = sealed.seal.clone().expect("a seal");
        renaming.texts.insert(old, seal.to_string());
        let copied = Copied {
            award: renaming.id(award.id.uuid()).into(),
            tranche: renaming.id(award.tranches[0].uuid()).into(),
            gate: renaming.id(gate.id).into(),
            seal,
        };
        (renaming, copied)
    }

    /// What `copy` is sealed with.
    async fn seal_of(
        &self,
        copy: &submission::Model,
        versions: &[milestone_version::Model],
    ) -> Seal {
        let policy = copy.policy_version_id.expect("a policy").into();
        let policy = pinned_policy(self.store.reads(), policy).await;
        let criteria = mapping::criteria(versions.first().expect("a version"));
        let tranche = copy.tranche_id.expect("a tranche").into();
        let amount = Money::of_minor(copy.amount_minor.expect("an amount"), Currency::JPY);
        let content = sealed_content(
            copy,
            &[],
            &criteria.expect("criteria"),
            (tranche, amount),
            policy.expect("a policy").version,
        );
        content.expect("what is sealed").seal()
    }
}
