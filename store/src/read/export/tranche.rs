//! The tranches of awards as they stood at an instant: how each was planned, and what of it was paid or could
//! still be. One that had lapsed is none any more.

mod history;
mod share;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::award::DecidedAmount;
use domain::calendar::jst_date;
use domain::id::TrancheId;
use domain::report::DisbursementLine;
use domain::tranche::{Portion, TrancheKind, TrancheState};
use domain::{BasisPoints, FiscalYear, LocalizedText, Money};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use self::history::{History, milestones};
use self::share::{PassedShare, passed_in_part};
use super::Seen;
use super::disbursement::by_tranche;
use crate::entity::{award, milestone_version, tranche};
use crate::error::Error;
use crate::mapping::{code, ordinal};

/// The tranches of an award.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Those that stood, in their order.
    pub(super) tranches: Vec<StandingTranche>,
    /// When something of them was last recorded.
    pub(super) recorded_at: Option<DateTime<Utc>>,
}

/// A tranche that stood.
#[derive(Debug)]
pub(super) struct StandingTranche {
    /// The tranche.
    pub(super) id: TrancheId,
    /// Its place in the award, from 1.
    pub(super) ordinal: u16,
    /// What is paid for.
    pub(super) kind: TrancheKind,
    /// The title of its milestone, where it has one.
    pub(super) title: Option<LocalizedText>,
    /// The day on which it was decided.
    pub(super) committed_on: NaiveDate,
    /// The day on which its milestone was due, where it has one.
    pub(super) due_on: Option<NaiveDate>,
    /// The year whose budget was to pay it.
    pub(super) budget_year: FiscalYear,
    /// How much of it was paid or could still be.
    pub(super) amount: Money,
    /// Its release that stood, and how far its money had come.
    pub(super) release: Option<DisbursementLine>,
    is_withheld: bool,
}

impl StandingTranche {
    /// How far its money had come, as the disbursement report says it; before its release, whether it was
    /// withheld.
    pub(super) fn state(&self) -> TrancheState {
        match &self.release {
            Some(line) => line.state,
            None if self.is_withheld => TrancheState::Withheld,
            None => TrancheState::Planned,
        }
    }
}

/// The last planned day of an award with these tranches, decided on `first`: that of the last milestone, not
/// before the first day.
pub(super) fn last_day(first: NaiveDate, tranches: &[StandingTranche]) -> NaiveDate {
    let due = tranches.iter().filter_map(|tranche| tranche.due_on);
    due.fold(first, Ord::max)
}

/// The tranches of `awards` as they stood, by award; `decided` is in force of each.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    seen: Seen<'_>,
    awards: &[award::Model],
    decided: &BTreeMap<Uuid, (DecidedAmount, NaiveDate)>,
) -> Result<BTreeMap<Uuid, Standing>, Error> {
    let (_, as_of) = seen;
    let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
    let rows = tranche::Entity::find()
        .filter(tranche::Column::AwardId.is_in(ids.iter().copied()))
        .filter(tranche::Column::RecordedAt.lte(as_of))
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?;
    let gathered = Gathered {
        history: History::load(db, awards, as_of).await?,
        milestones: milestones(db, &ids, as_of).await?,
        shares: passed_in_part(db, &ids, as_of).await?,
        released: by_tranche(db, seen, &ids).await?,
    };
    let mut of_awards: BTreeMap<Uuid, Vec<tranche::Model>> = BTreeMap::new();
    for row in rows {
        of_awards.entry(row.award_id).or_default().push(row);
    }
    let standing = awards.iter().filter_map(|award| {
        let rows = of_awards.remove(&award.id)?;
        let (decided, _) = decided.get(&award.id)?;
        let standing = gathered.standing((award, decided.amount), &rows);
        Some(standing.map(|standing| (award.id, standing)))
    });
    standing.collect()
}

/// What is known of tranches beside their rows.
struct Gathered {
    history: History,
    milestones: BTreeMap<Uuid, milestone_version::Model>,
    shares: BTreeMap<Uuid, PassedShare>,
    released: BTreeMap<TrancheId, DisbursementLine>,
}

impl Gathered {
    /// What stood of the tranches `rows` of `award`, of which so much is decided.
    fn standing(
        &self,
        (award, decided): (&award::Model, Money),
        rows: &[tranche::Model],
    ) -> Result<Standing, Error> {
        let stood = rows.iter();
        let stood = stood.filter(|row| !self.history.has_lapsed(award, row));
        let stood: Vec<&tranche::Model> = stood.collect();
        let portions = stood.iter().map(|row| self.portion(row));
        let portions: Vec<Portion> = portions.collect::<Result<_, Error>>()?;
        let amounts = Portion::payable(decided, &portions).map_err(Error::corrupt)?;
        let tranches = stood.into_iter().zip(amounts).map(|(row, amount)| {
            let milestone = self.milestone(row);
            Ok(StandingTranche {
                id: row.id.into(),
                ordinal: ordinal(row.ordinal)?,
                kind: code(&row.kind)?,
                title: milestone.map(|one| LocalizedText::new(&one.title_ja, &one.title_en)),
                committed_on: if row.command_id == award.command_id {
                    award.decided_on
                } else {
                    jst_date(row.recorded_at)
                },
                due_on: milestone.map(|one| one.due_on),
                budget_year: self.history.budget_year(row)?,
                amount,
                release: self.released.get(&row.id.into()).cloned(),
                is_withheld: self.history.is_withheld(row.id),
            })
        });
        Ok(Standing {
            tranches: tranches.collect::<Result<_, Error>>()?,
            recorded_at: rows.iter().map(|row| self.recorded_at(row)).max(),
        })
    }

    fn portion(&self, row: &tranche::Model) -> Result<Portion, Error> {
        let released = self.released.get(&row.id.into());
        Ok(Portion {
            planned: self.history.amount(row)?,
            share: self.share(row).map_or(BasisPoints::WHOLE, |one| one.share),
            released: released.map(|line| line.amount),
        })
    }

    fn milestone(&self, row: &tranche::Model) -> Option<&milestone_version::Model> {
        self.milestones.get(&row.milestone_id?)
    }

    fn share(&self, row: &tranche::Model) -> Option<&PassedShare> {
        self.shares.get(&row.milestone_id?)
    }

    /// When something of a tranche was last recorded.
    fn recorded_at(&self, row: &tranche::Model) -> DateTime<Utc> {
        let others = [
            self.milestone(row).map(|version| version.recorded_at),
            self.share(row).map(|passed| passed.recorded_at),
            self.history.last_told(row.id),
        ];
        others.into_iter().flatten().fold(row.recorded_at, Ord::max)
    }
}
