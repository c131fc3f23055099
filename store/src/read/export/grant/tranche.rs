//! The tranches of awards as they were planned at an instant.
//!
//! A tranche's row knows today. What it was before, the award's audit chain tells; that it lapsed with its
//! year, the closing of the year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::calendar::jst_date;
use domain::report::PublishedTranche;
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, LocalizedText, Money, wording};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::history::{Told, told};
use crate::entity::{award, milestone_version, plan_version, tranche, year_closing};
use crate::error::Error;
use crate::mapping::{code, document, money, version};
use crate::persist::tranche::{TRANCHE_MOVED, TRANCHE_PLANNED_ANEW};

/// The tranches of an award.
#[derive(Debug, Default)]
pub(super) struct Planned {
    /// Those that stood, in their order, without what was paid for them.
    pub(super) tranches: Vec<PublishedTranche>,
    /// When something of them was last recorded.
    pub(super) recorded_at: Option<DateTime<Utc>>,
}

/// The tranches of `awards` as they stood at `as_of`, by award.
pub(super) async fn planned(
    db: &impl ConnectionTrait,
    awards: &[award::Model],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, Planned>, Error> {
    let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
    let rows = tranche::Entity::find()
        .filter(tranche::Column::AwardId.is_in(ids.iter().copied()))
        .filter(tranche::Column::RecordedAt.lte(as_of))
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?;
    let history = History::load(db, awards, as_of).await?;
    let milestones = milestones(db, &ids, as_of).await?;
    let awards: BTreeMap<Uuid, &award::Model> = awards.iter().map(|row| (row.id, row)).collect();
    let mut planned: BTreeMap<Uuid, Planned> = BTreeMap::new();
    for row in rows {
        let nobody = || Error::corrupt(format_args!("tranche {} is of no award", row.id));
        let award = awards.get(&row.award_id).ok_or_else(nobody)?;
        let milestone = row.milestone_id.and_then(|id| milestones.get(&id));
        let of_award = planned.entry(row.award_id).or_default();
        let versioned = milestone.map(|version| version.recorded_at);
        let told = history.last_told(row.id);
        let recorded = [Some(row.recorded_at), versioned, told, of_award.recorded_at];
        of_award.recorded_at = recorded.into_iter().flatten().max();
        if history.has_lapsed(award, &row) {
            continue;
        }
        let kind: TrancheKind = code(&row.kind)?;
        let title = milestone.map(|one| LocalizedText::new(&one.title_ja, &one.title_en));
        of_award.tranches.push(PublishedTranche {
            id: row.id.into(),
            ordinal: u16::try_from(row.ordinal).map_err(Error::corrupt)?,
            kind,
            title: title.unwrap_or_else(|| wording::localized(kind)),
            amount: history.amount(&row)?,
            committed_on: if row.command_id == award.command_id {
                award.decided_on
            } else {
                jst_date(row.recorded_at)
            },
            due_on: milestone.map(|one| one.due_on),
            payments: Vec::new(),
        });
    }
    Ok(planned)
}

/// What became of tranches.
struct History {
    as_of: DateTime<Utc>,
    /// What was told of each tranche, in the order in which it happened; also after the instant.
    told: BTreeMap<Uuid, Vec<Told>>,
    /// The budget years that were closed, by theme.
    closed: BTreeSet<(Uuid, i64)>,
}

impl History {
    async fn load(
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
    fn last_told(&self, tranche: Uuid) -> Option<DateTime<Utc>> {
        let of_tranche = self.told.get(&tranche).into_iter().flatten();
        let by_then = of_tranche.filter(|told| told.recorded_at <= self.as_of);
        by_then.map(|told| told.recorded_at).max()
    }

    /// Whether the tranche of `row` had lapsed: by an act on its award, or, which no act on the award
    /// tells, with the closing of its year.
    fn has_lapsed(&self, award: &award::Model, row: &tranche::Model) -> bool {
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
    fn amount(&self, row: &tranche::Model) -> Result<Money, Error> {
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
async fn milestones(
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
