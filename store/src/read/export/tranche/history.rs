//! What became of the tranches of awards, and of their milestones' plans.
//!
//! A tranche's row knows today. What it was before, the award's audit chain tells; that it lapsed or was
//! carried over with its year, the closing of the year.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::tranche::TrancheState;
use domain::{Coded, FiscalYear, Money};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::history::{Told, told};
use crate::entity::{award, carry_over, milestone_version, plan_version, tranche, year_closing};
use crate::error::Error;
use crate::mapping::{document, fiscal_year, money};
use crate::persist::tranche::{TRANCHE_CARRIED_OVER, TRANCHE_MOVED, TRANCHE_PLANNED_ANEW};
use crate::root::RootKind;

/// What became of tranches.
pub(super) struct History {
    as_of: DateTime<Utc>,
    /// What was told of each tranche, in the order in which it happened; also after the instant.
    told: BTreeMap<Uuid, Vec<Told>>,
    /// The closings of the budget years of their themes.
    closings: Vec<year_closing::Model>,
    /// What was carried over of them, at a closing or by itself.
    carried: Vec<carry_over::Model>,
}

impl History {
    /// What became of the tranches of `awards` by `as_of` and after it.
    ///
    /// # Errors
    /// When the database does not answer or an event is of nothing.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        awards: &[award::Model],
        as_of: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
        let words = [TRANCHE_MOVED, TRANCHE_PLANNED_ANEW, TRANCHE_CARRIED_OVER];
        let mut of_tranches: BTreeMap<Uuid, Vec<Told>> = BTreeMap::new();
        for one in told(db, (RootKind::Award, &ids), &words, None).await? {
            of_tranches.entry(one.id).or_default().push(one);
        }
        let closings = year_closing::Entity::find()
            .filter(year_closing::Column::ThemeId.is_in(awards.iter().map(|row| row.theme_id)))
            .all(db)
            .await?;
        let carried = carry_over::Entity::find()
            .filter(carry_over::Column::AwardId.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        Ok(Self {
            as_of,
            told: of_tranches,
            closings,
            carried,
        })
    }

    /// What was told of a tranche by `word`, in the order in which it happened.
    fn told_by(&self, tranche: Uuid, word: &str) -> impl DoubleEndedIterator<Item = &Told> {
        let of_tranche = self.told.get(&tranche).into_iter().flatten();
        of_tranche.filter(move |told| told.word == word)
    }

    /// What was last told of a tranche by `word` by then.
    fn last_told_by(&self, tranche: Uuid, word: &str) -> Option<&Told> {
        let mut told = self.told_by(tranche, word);
        told.rfind(|told| told.recorded_at <= self.as_of)
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
        let lapses = |told: &Told| told.facts["to"] == TrancheState::Lapsed.code();
        if self.told_by(row.id, TRANCHE_MOVED).any(lapses) {
            return self.last_told_by(row.id, TRANCHE_MOVED).is_some_and(lapses);
        }
        let closes = |closing: &year_closing::Model| {
            closing.recorded_at <= self.as_of
                && (closing.theme_id, closing.budget_year) == (award.theme_id, row.budget_year)
        };
        row.state == TrancheState::Lapsed.code() && self.closings.iter().any(closes)
    }

    /// Whether a tranche that is not released was withheld. What moves it once it is released is told in
    /// other chains.
    pub(super) fn is_withheld(&self, tranche: Uuid) -> bool {
        let last = self.last_told_by(tranche, TRANCHE_MOVED);
        last.is_some_and(|told| told.facts["to"] == TrancheState::Withheld.code())
    }

    /// The amount of the tranche of `row`: what it was last planned at by then, what it was before it was
    /// first planned anew, or what it always was.
    ///
    /// # Errors
    /// When it was planned at no amount.
    pub(super) fn amount(&self, row: &tranche::Model) -> Result<Money, Error> {
        let by_then = self.last_told_by(row.id, TRANCHE_PLANNED_ANEW);
        let mut anew = self.told_by(row.id, TRANCHE_PLANNED_ANEW);
        match (by_then, anew.next()) {
            (Some(last), _) => document(&last.facts["to"]["amount"]),
            (None, Some(first)) => document(&first.facts["from"]),
            (None, None) => money(row.amount_minor, &row.currency),
        }
    }

    /// The budget year of the tranche of `row`: that into which it was last planned or carried by then, that
    /// out of which it was first taken, or the one in which it always was.
    ///
    /// # Errors
    /// When it was planned in no year.
    pub(super) fn budget_year(&self, row: &tranche::Model) -> Result<FiscalYear, Error> {
        let mut moves: Vec<YearMove> = Vec::new();
        for told in self.told.get(&row.id).into_iter().flatten() {
            let (from, to) = match told.word.as_str() {
                TRANCHE_PLANNED_ANEW => {
                    (&told.facts["from_year"], &told.facts["to"]["budget_year"])
                }
                TRANCHE_CARRIED_OVER => (&told.facts["from"], &told.facts["to"]),
                _ => continue,
            };
            moves.push(YearMove {
                recorded_at: told.recorded_at,
                // Older events do not tell it.
                from: document(from)?,
                to: document(to)?,
            });
        }
        moves.extend(self.carried_at_closing(row.id)?);
        moves.sort_by_key(|one| one.recorded_at);
        let last = moves.iter().rfind(|one| one.recorded_at <= self.as_of);
        match (last, moves.first()) {
            (Some(last), _) => Ok(last.to),
            (None, Some(first)) => Ok(first.from.unwrap_or(first.to)),
            (None, None) => fiscal_year(row.budget_year),
        }
    }

    /// The years into which the tranche was carried when its year was closed.
    fn carried_at_closing(&self, tranche: Uuid) -> Result<Vec<YearMove>, Error> {
        let is_closing = |command| {
            self.closings
                .iter()
                .any(|closing| closing.command_id == command)
        };
        let carried = self.carried.iter();
        let carried = carried.filter(|row| row.tranche_id == Some(tranche));
        let carried = carried.filter(|row| is_closing(row.command_id));
        let moves = carried.map(|row| {
            let from = fiscal_year(row.budget_year)?;
            Ok(YearMove {
                recorded_at: row.recorded_at,
                from: Some(from),
                to: from.next(),
            })
        });
        moves.collect()
    }
}

/// A tranche moved from one budget year to another, or stayed where it was.
struct YearMove {
    recorded_at: DateTime<Utc>,
    from: Option<FiscalYear>,
    to: FiscalYear,
}

/// What the plan that was in force then said of each milestone. It is written when the plan comes into force,
/// which need not be in the order of their numbers: one that was proposed early may be approved late.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn milestones(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, milestone_version::Model>, Error> {
    let plans = Query::select()
        .column(plan_version::Column::Id)
        .from(plan_version::Entity)
        .and_where(plan_version::Column::AwardId.is_in(awards.iter().copied()))
        .to_owned();
    let rows = milestone_version::Entity::find()
        .filter(milestone_version::Column::PlanVersionId.in_subquery(plans))
        .filter(milestone_version::Column::RecordedAt.lte(as_of))
        .order_by_asc(milestone_version::Column::RecordedAt)
        .order_by_asc(milestone_version::Column::Id)
        .all(db)
        .await?;
    // The last of each stays.
    Ok(rows
        .into_iter()
        .map(|row| (row.milestone_id, row))
        .collect())
}
