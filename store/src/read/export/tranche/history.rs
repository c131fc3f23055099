//! What became of the tranches of awards, and of their milestones' plans.
//!
//! A tranche's row knows today. What it was before, the award's audit chain tells; that it lapsed with its
//! year, the closing of the year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::tranche::TrancheState;
use domain::{Coded, Money};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::super::history::{Told, told};
use crate::entity::{award, milestone_version, plan_version, tranche, year_closing};
use crate::error::Error;
use crate::mapping::{document, money, version};
use crate::persist::tranche::{TRANCHE_MOVED, TRANCHE_PLANNED_ANEW};

/// What became of tranches.
pub(super) struct History {
    as_of: DateTime<Utc>,
    /// What was told of each tranche, in the order in which it happened; also after the instant.
    told: BTreeMap<Uuid, Vec<Told>>,
    /// The budget years that were closed, by theme.
    closed: BTreeSet<(Uuid, i64)>,
}

impl History {
    /// What became of the tranches of `awards`, as told by `as_of` and after it.
    ///
    /// # Errors
    /// When the database does not answer or an event is of nothing.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        awards: &[award::Model],
        as_of: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
        let words = [TRANCHE_MOVED, TRANCHE_PLANNED_ANEW];
        let mut of_tranches: BTreeMap<Uuid, Vec<Told>> = BTreeMap::new();
        for one in told(db, &ids, &words, None).await? {
            of_tranches.entry(one.id).or_default().push(one);
        }
        let closed = year_closing::Entity::find()
            .filter(year_closing::Column::ThemeId.is_in(awards.iter().map(|row| row.theme_id)))
            .filter(year_closing::Column::RecordedAt.lte(as_of))
            .all(db)
            .await?;
        Ok(Self {
            as_of,
            told: of_tranches,
            closed: closed
                .into_iter()
                .map(|row| (row.theme_id, row.budget_year))
                .collect(),
        })
    }

    /// What was told of a tranche by `word`, in the order in which it happened.
    fn told_by(&self, tranche: Uuid, word: &str) -> impl DoubleEndedIterator<Item = &Told> {
        let of_tranche = self.told.get(&tranche).into_iter().flatten();
        of_tranche.filter(move |told| told.word == word)
    }

    /// When something was last told of a tranche by then.
    pub(super) fn last_told(&self, tranche: Uuid) -> Option<DateTime<Utc>> {
        let of_tranche = self.told.get(&tranche).into_iter().flatten();
        let by_then = of_tranche.filter(|told| told.recorded_at <= self.as_of);
        by_then.map(|told| told.recorded_at).max()
    }

    /// Whether the tranche of `row` had lapsed: by an act on its award, or, which no act on the award
    /// tells, with the closing of its year.
    pub(super) fn has_lapsed(&self, award: &award::Model, row: &tranche::Model) -> bool {
        let lapsed = TrancheState::Lapsed.code();
        let lapses = |told: &&Told| told.facts["to"] == lapsed;
        if self
            .told_by(row.id, TRANCHE_MOVED)
            .any(|told| lapses(&told))
        {
            let mut by_then = self.told_by(row.id, TRANCHE_MOVED);
            let last = by_then.rfind(|told| told.recorded_at <= self.as_of);
            return last.is_some_and(|told| lapses(&told));
        }
        row.state == lapsed && self.closed.contains(&(award.theme_id, row.budget_year))
    }

    /// The amount of the tranche of `row`: what it was last planned at by then, what it was before it was
    /// first planned anew, or what it always was.
    ///
    /// # Errors
    /// When it was planned at no amount.
    pub(super) fn amount(&self, row: &tranche::Model) -> Result<Money, Error> {
        let mut anew = self.told_by(row.id, TRANCHE_PLANNED_ANEW);
        let by_then = self
            .told_by(row.id, TRANCHE_PLANNED_ANEW)
            .rfind(|told| told.recorded_at <= self.as_of);
        match (by_then, anew.next()) {
            (Some(last), _) => document(&last.facts["to"]["amount"]),
            (None, Some(first)) => document(&first.facts["from"]),
            (None, None) => money(row.amount_minor, &row.currency),
        }
    }
}

/// What the last plan that was in force by then said of each milestone. It is written when the plan comes
/// into force; of two plans the one with the greater number came later.
///
/// # Errors
/// When the database does not answer or a plan has no number.
pub(super) async fn milestones(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, milestone_version::Model>, Error> {
    let rows = milestone_version::Entity::find()
        .filter(milestone_version::Column::AwardId.is_in(awards.iter().copied()))
        .filter(milestone_version::Column::RecordedAt.lte(as_of))
        .all(db)
        .await?;
    let plans: BTreeMap<Uuid, u32> = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.is_in(awards.iter().copied()))
        .all(db)
        .await?
        .into_iter()
        .map(|row| Ok((row.id, version(row.version)?)))
        .collect::<Result<_, Error>>()?;
    let mut last: BTreeMap<Uuid, (u32, milestone_version::Model)> = BTreeMap::new();
    for row in rows {
        let plan = plans.get(&row.plan_version_id).copied().unwrap_or_default();
        let known = last.get(&row.milestone_id).map(|(known, _)| *known);
        if known.is_none_or(|known| known < plan) {
            last.insert(row.milestone_id, (plan, row));
        }
    }
    Ok(last.into_iter().map(|(id, (_, row))| (id, row)).collect())
}
