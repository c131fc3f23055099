//! Tranches over all awards, page by page, the longest waiting first.
//!
//! Whether a tranche may be released is the domain's to say. The statement only narrows: by what is
//! seen, by stored states, and for releasable ones by what the domain says of kinds and states. The
//! domain then judges a bounded number of candidates, so a page may be short, or empty, and still
//! not be the last; it says from where to go on.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::award::AwardStateCode;
use domain::calendar::{FiscalYear, jst_date};
use domain::id::{AwardId, ThemeId, TrancheId};
use domain::milestone::MilestoneStateCode;
use domain::tranche::{BlockerCode, ReleaseFacts, TrancheKind, TrancheState, release};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::plan::{self, TrancheView};
use super::{Sight, keyset};
use crate::dossier::{TrancheEntry, settled_year};
use crate::entity::{award, determination, milestone, tranche};
use crate::error::Error;

/// Candidates that are judged for each row of a page.
const CANDIDATES_PER_ROW: u64 = 4;

/// Which tranches are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrancheFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Of one award.
    pub award: Option<AwardId>,
    /// Of one kind.
    pub kind: Option<TrancheKind>,
    /// In one state.
    pub state: Option<TrancheState>,
    /// Out of one year's budget.
    pub budget_year: Option<FiscalYear>,
    /// What the domain must say of them.
    pub judged: Option<Judged>,
}

/// What the domain says of a tranche.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It could be released today.
    Releasable,
    /// It is not released, and this stands against its release.
    BlockedBy(BlockerCode),
}

impl Judged {
    fn holds(self, facts: &ReleaseFacts, policy_version: u32) -> bool {
        match self {
            Self::Releasable => release(facts, policy_version).is_ok(),
            Self::BlockedBy(code) => {
                facts.state.is_unreleased()
                    && facts.blockers().iter().any(|blocker| blocker.code == code)
            }
        }
    }

    /// Outside of which nothing is so judged, by stored columns.
    fn candidates(self) -> Condition {
        match self {
            Self::Releasable => Condition::all()
                .add(tranche::Column::State.eq(TrancheState::Planned.code()))
                .add(
                    Condition::any()
                        .add(tranche::Column::MilestoneId.is_null())
                        .add(milestone::Column::State.eq(MilestoneStateCode::Passed.code())),
                )
                .add(paid_kinds())
                .add(determined_where_needed()),
            Self::BlockedBy(_) => {
                let unreleased = TrancheState::ALL
                    .iter()
                    .filter(|state| state.is_unreleased());
                let unreleased = unreleased.map(|state| state.code());
                Condition::all().add(tranche::Column::State.is_in(unreleased))
            }
        }
    }
}

/// Of the kinds that wait for the determination of their year, only those whose year is determined.
pub(crate) fn determined_where_needed() -> Condition {
    let waiting = TrancheKind::ALL.iter();
    let waiting = waiting.filter(|kind| kind.waits_for_determination());
    Condition::any()
        .add(tranche::Column::Kind.is_not_in(waiting.map(|kind| kind.code())))
        .add(is_determined(settled_year()))
}

/// Whether `year` of the award of a tranche is determined.
pub(crate) fn is_determined(year: impl Into<SimpleExpr>) -> SimpleExpr {
    let of = |column| Expr::col((determination::Entity, column));
    let of_year = Query::select()
        .expr(Expr::value(1))
        .from(determination::Entity)
        .and_where(
            of(determination::Column::AwardId).equals((tranche::Entity, tranche::Column::AwardId)),
        )
        .and_where(of(determination::Column::BudgetYear).eq(year))
        .to_owned();
    Expr::exists(of_year)
}

/// Kinds of tranches with the states of awards in which they are paid. An offer may be active today
/// without having been stored so.
fn paid_kinds() -> Condition {
    TrancheKind::ALL
        .iter()
        .map(|kind| {
            let pays = |state: &&AwardStateCode| {
                let today = match state {
                    AwardStateCode::Offered => AwardStateCode::Active,
                    state => **state,
                };
                kind.is_paid_in(today)
            };
            let states = AwardStateCode::ALL.iter().filter(pays);
            let states = states.map(|state| state.code());
            tranche::Column::Kind
                .eq(kind.code())
                .and(award::Column::State.is_in(states))
        })
        .fold(Condition::any(), Condition::add)
}

/// The place of a tranche in the order: since when it waits, and its id. A milestone's tranche waits
/// since its milestone is in its state, any other since it is in its own.
pub type TrancheKey = (DateTime<Utc>, Uuid);

/// Some of the tranches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranchePage {
    /// At most as many as were asked for, each with its place.
    pub rows: Vec<(TrancheKey, TrancheView)>,
    /// After which place to go on; nothing when there are no more.
    pub next: Option<TrancheKey>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    tranche: tranche::Model,
    since: DateTime<Utc>,
}

impl Row {
    const fn key(&self) -> TrancheKey {
        (self.since, self.tranche.id)
    }
}

/// At most `first` of the tranches of awards that are seen whole, after `after`. The number of
/// statements is the same whatever is found.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &TrancheFilter,
    (first, after): (u64, Option<TrancheKey>),
    now: DateTime<Utc>,
) -> Result<TranchePage, Error> {
    let looked_at = match filter.judged {
        Some(_) => first.saturating_mul(CANDIDATES_PER_ROW),
        None => first,
    };
    let mut select = candidates(sight, filter).limit(looked_at.saturating_add(1));
    if let Some(last) = after {
        let place = (since(), tranche::Column::Id.into_expr());
        select = select.filter(keyset::after(place, last));
    }
    let mut rows = select.into_model::<Row>().all(db).await?;
    let (first, looked_at) = (size(first), size(looked_at));
    let has_more = rows.len() > looked_at;
    rows.truncate(looked_at);
    let last = rows.last().map(Row::key);
    if let Some(judged) = filter.judged {
        rows = admitted(db, sight, rows, judged, now).await?;
    }
    let next = if rows.len() > first {
        rows.truncate(first);
        rows.last().map(Row::key)
    } else {
        last.filter(|_| has_more)
    };
    let rows = rows.into_iter().map(|row| {
        let view = plan::tranche_view(&TrancheEntry::try_from(row.tranche.clone())?)?;
        Ok((row.key(), view))
    });
    Ok(TranchePage {
        rows: rows.collect::<Result<_, Error>>()?,
        next,
    })
}

fn size(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

/// Since when a tranche waits.
fn since() -> SimpleExpr {
    Func::coalesce([
        Expr::col((milestone::Entity, milestone::Column::StateSince)),
        Expr::col((tranche::Entity, tranche::Column::StateSince)),
    ])
    .into()
}

fn candidates(sight: &Sight, filter: &TrancheFilter) -> Select<tranche::Entity> {
    let mut seen = Condition::all().add(sight.awards_whole());
    if let Some(theme) = filter.theme {
        seen = seen.add(award::Column::ThemeId.eq(theme.uuid()));
    }
    if let Some(award) = filter.award {
        seen = seen.add(tranche::Column::AwardId.eq(award.uuid()));
    }
    if let Some(kind) = filter.kind {
        seen = seen.add(tranche::Column::Kind.eq(kind.code()));
    }
    if let Some(state) = filter.state {
        seen = seen.add(tranche::Column::State.eq(state.code()));
    }
    if let Some(year) = filter.budget_year {
        seen = seen.add(tranche::Column::BudgetYear.eq(i64::from(year.get())));
    }
    if let Some(judged) = filter.judged {
        seen = seen.add(judged.candidates());
    }
    let mut select = tranche::Entity::find();
    QueryTrait::query(&mut select)
        .inner_join(
            award::Entity,
            Expr::col((award::Entity, award::Column::Id))
                .equals((tranche::Entity, tranche::Column::AwardId)),
        )
        .left_join(
            milestone::Entity,
            Expr::col((milestone::Entity, milestone::Column::Id))
                .equals((tranche::Entity, tranche::Column::MilestoneId)),
        );
    select
        .column_as(since(), "since")
        .filter(seen)
        .order_by_asc(since())
        .order_by_asc(tranche::Column::Id)
}

/// Those of these tranches of which the domain says what is asked for.
async fn admitted(
    db: &impl ConnectionTrait,
    sight: &Sight,
    rows: Vec<Row>,
    judged: Judged,
    now: DateTime<Utc>,
) -> Result<Vec<Row>, Error> {
    let awards: Vec<AwardId> = rows.iter().map(|row| row.tranche.award_id.into()).collect();
    let dossiers = plan::dossiers(db, sight.awards_whole(), &awards, jst_date(now)).await?;
    let facts = plan::facts_of(db, &dossiers, now).await?;
    let versions: BTreeMap<Uuid, u32> = dossiers
        .iter()
        .map(|dossier| (dossier.row.id, dossier.policy.version))
        .collect();
    let is_admitted = |row: &Row| {
        let award = row.tranche.award_id;
        let facts = facts.get(&award.into());
        let facts = facts.and_then(|facts| facts.get(&TrancheId::new(row.tranche.id)));
        facts
            .zip(versions.get(&award))
            .is_some_and(|(facts, version)| judged.holds(facts, *version))
    };
    Ok(rows.into_iter().filter(is_admitted).collect())
}
