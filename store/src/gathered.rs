//! Rows that a unit of work has decided on and not written yet.
//!
//! A command writes each row as it is decided. An import decides a whole history first, in memory,
//! and writes it at the end, many rows a statement. Both go through [`Written`], so what stores a
//! row does not know which of the two it works for, and nothing is stored in two ways.
//!
//! It holds the tables of an award's history and no others: what an import finds (its programme,
//! people and envelopes) was written before. A row that was changed after it was gathered is
//! written as it stands in the end; what the steps between were is in the audit events, which are
//! rows too.

use std::collections::BTreeMap;

use domain::ledger::{Account, AccountKind, Balances};
use domain::{Currency, Money, Refusal};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    ModelTrait, PrimaryKeyToColumn, TryIntoModel,
};
use uuid::Uuid;

use crate::entity::{
    audit_event, award, award_participant, budget, carry_over, conflict_declaration,
    decided_amount, determination, evidence, gate, gate_condition, gate_decision, gate_member,
    ledger_transfer, milestone, milestone_version, plan_version, recommendation, recusal, report,
    report_answer, report_version, return_order, sign_off, site_visit, submission, tranche,
    tranche_release, wind_down,
};
use crate::error::Error;
use crate::work::Work;

/// Most rows a statement: whole powers of two up to here, so that the same few statements serve
/// every history. 64 rows of the widest table stay far below the parameters that a statement may
/// have (32,766 on SQLite).
const ROWS_MAX: usize = 64;

/// A row that is written by a unit of work: at once, or with all others at its end.
pub(crate) trait Written: Sized {
    /// The row as it stands afterwards.
    type Row;

    /// Makes the row.
    fn insert_in(
        self,
        work: &mut Work<'_>,
    ) -> impl Future<Output = Result<Self::Row, Error>> + Send;

    /// Changes the columns that are set.
    fn update_in(
        self,
        work: &mut Work<'_>,
    ) -> impl Future<Output = Result<Self::Row, Error>> + Send;
}

/// A gathered row: as it was made, and as it stands now where that is another.
#[derive(Debug)]
struct Entry<M> {
    made: M,
    changed: Option<M>,
}

impl<M> Entry<M> {
    fn now(&self) -> &M {
        self.changed.as_ref().unwrap_or(&self.made)
    }

    fn into_now(self) -> M {
        self.changed.unwrap_or(self.made)
    }
}

/// The gathered rows of one table, in the order in which they were made.
#[derive(Debug)]
pub(crate) struct Rows<E: EntityTrait>(Vec<Entry<E::Model>>);

impl<E: EntityTrait> Default for Rows<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E> Rows<E>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: TryIntoModel<E::Model> + Send,
{
    /// The rows as they stand.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &E::Model> + '_ {
        self.0.iter().map(Entry::now)
    }

    fn insert(&mut self, row: E::ActiveModel) -> Result<E::Model, Error> {
        let made = row.try_into_model()?;
        self.0.push(Entry {
            made: made.clone(),
            changed: None,
        });
        Ok(made)
    }

    fn update(&mut self, columns: &E::ActiveModel) -> Result<E::Model, Error> {
        let key = columns.get_primary_key_value();
        let found = self.0.iter_mut().rev();
        let entry = found
            .filter(|_| key.is_some())
            .find(|entry| Some(entry.made.get_primary_key_value()) == key)
            .ok_or_else(|| {
                Error::corrupt("a row is changed that this unit of work did not make")
            })?;
        let mut row = entry.now().clone().into_active_model();
        for column in E::Column::iter() {
            if let ActiveValue::Set(value) = columns.get(column) {
                row.try_set(column, value)?;
            }
        }
        let changed = row.try_into_model()?;
        entry.changed = Some(changed.clone());
        Ok(changed)
    }

    async fn write(self, db: &impl ConnectionTrait) -> Result<(), Error> {
        let rows = self.0.into_iter().map(Entry::into_now).collect();
        write::<E>(db, rows, None).await
    }
}

/// Writes `rows`; over those that are there already, where `over` says so.
async fn write<E>(
    db: &impl ConnectionTrait,
    mut rows: Vec<E::Model>,
    over: Option<OnConflict>,
) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    while !rows.is_empty() {
        let count = 1 << rows.len().min(ROWS_MAX).ilog2();
        let rest = rows.split_off(count);
        let whole = |row: E::Model| row.into_active_model().reset_all();
        let mut insert = E::insert_many(rows.into_iter().map(whole));
        if let Some(over) = &over {
            insert = insert.on_conflict(over.clone());
        }
        insert.exec_without_returning(db).await?;
        rows = rest;
    }
    Ok(())
}

macro_rules! gathered {
    ($($table:ident),+ $(,)?) => {
        /// What a unit of work has gathered, table by table, and what it moved.
        #[derive(Debug, Default)]
        pub(crate) struct Gathered {
            $( pub(crate) $table: Rows<$table::Entity>, )+
            /// What was in an account before, of those that were asked for.
            pub(crate) opening: BTreeMap<Account, Money>,
            /// What the gathered transfers add to each account.
            pub(crate) moved: Balances,
        }

        $(
            impl Written for $table::ActiveModel {
                type Row = $table::Model;

                async fn insert_in(self, work: &mut Work<'_>) -> Result<Self::Row, Error> {
                    match &mut work.gathered {
                        Some(gathered) => gathered.$table.insert(self),
                        None => Ok(self.insert(work.tx()).await?),
                    }
                }

                async fn update_in(self, work: &mut Work<'_>) -> Result<Self::Row, Error> {
                    match &mut work.gathered {
                        Some(gathered) => gathered.$table.update(&self),
                        None => Ok(self.update(work.tx()).await?),
                    }
                }
            }
        )+
    };
}

gathered! {
    award,
    award_participant,
    plan_version,
    milestone,
    milestone_version,
    tranche,
    decided_amount,
    wind_down,
    submission,
    evidence,
    gate,
    gate_member,
    conflict_declaration,
    recusal,
    sign_off,
    recommendation,
    gate_decision,
    gate_condition,
    tranche_release,
    budget,
    report,
    report_version,
    report_answer,
    site_visit,
    determination,
    return_order,
    carry_over,
    ledger_transfer,
    audit_event,
}

impl Gathered {
    /// Whether the award `id` was made by this unit of work: nothing else has moved its money yet.
    pub(crate) fn made_award(&self, id: Uuid) -> bool {
        self.award.iter().any(|row| row.id == id)
    }

    /// What the gathered transfers brought into accounts of `kinds` that belong to `owner`.
    pub(crate) fn moved_into(
        &self,
        owner: Uuid,
        kinds: &[AccountKind],
        currency: Currency,
    ) -> Result<Money, Error> {
        let balances = self.moved.iter();
        let theirs = balances
            .filter(|(account, _)| account.owner == owner && kinds.contains(&account.kind))
            .map(|(_, balance)| balance);
        Ok(Money::sum(currency, theirs).map_err(Refusal::from)?)
    }

    /// Writes everything, each row after those that it names.
    ///
    /// A milestone names its submission and its gate, which name the milestone: it is written as it
    /// was made, and again as it stands once they are there. The database's own guards look at what
    /// is written before: a release is refused unless its milestone has passed.
    pub(crate) async fn write(self, db: &impl ConnectionTrait) -> Result<(), Error> {
        let Self {
            award,
            award_participant,
            plan_version,
            milestone,
            milestone_version,
            tranche,
            decided_amount,
            wind_down,
            submission,
            evidence,
            gate,
            gate_member,
            conflict_declaration,
            recusal,
            sign_off,
            recommendation,
            gate_decision,
            gate_condition,
            tranche_release,
            budget,
            report,
            report_version,
            report_answer,
            site_visit,
            determination,
            return_order,
            carry_over,
            ledger_transfer,
            audit_event,
            opening: _,
            moved: _,
        } = self;
        award.write(db).await?;
        award_participant.write(db).await?;
        plan_version.write(db).await?;
        let (made, changed): (Vec<_>, Vec<_>) = milestone
            .0
            .into_iter()
            .map(|entry| (entry.made, entry.changed))
            .unzip();
        write::<milestone::Entity>(db, made, None).await?;
        milestone_version.write(db).await?;
        tranche.write(db).await?;
        decided_amount.write(db).await?;
        wind_down.write(db).await?;
        submission.write(db).await?;
        evidence.write(db).await?;
        gate.write(db).await?;
        let changed = changed.into_iter().flatten().collect();
        write::<milestone::Entity>(db, changed, Some(over::<milestone::Entity>())).await?;
        gate_member.write(db).await?;
        conflict_declaration.write(db).await?;
        recusal.write(db).await?;
        sign_off.write(db).await?;
        recommendation.write(db).await?;
        gate_decision.write(db).await?;
        gate_condition.write(db).await?;
        tranche_release.write(db).await?;
        budget.write(db).await?;
        report.write(db).await?;
        report_version.write(db).await?;
        report_answer.write(db).await?;
        site_visit.write(db).await?;
        determination.write(db).await?;
        return_order.write(db).await?;
        carry_over.write(db).await?;
        ledger_transfer.write(db).await?;
        audit_event.write(db).await
    }
}

/// Writing over the row with the same key.
fn over<E: EntityTrait>() -> OnConflict {
    let key: Vec<E::Column> = E::PrimaryKey::iter()
        .map(PrimaryKeyToColumn::into_column)
        .collect();
    OnConflict::columns(key)
        .update_columns(E::Column::iter())
        .to_owned()
}
