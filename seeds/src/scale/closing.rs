//! What becomes of the money of some finished awards of scale: reported, determined, returned, given up,
//! set off, settled or misused, and closed where nothing is left.
//!
//! Nothing stays owed: it would hold whatever else the body is paid, and the next awards with it.
//! By the commands of everyday, under keys or as far as it is not done: a run that broke off goes on.

mod reports;
mod returns;
mod settlement;

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use domain::award::AwardStateCode;
use domain::calendar::jst_date;
use domain::closing::{CostCategory, Costs};
use domain::id::AwardId;
use domain::milestone::MilestoneStateCode;
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, Currency, FiscalYear, Money};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{CloseAward, CompleteAward, DetermineAmount};
use store::entity::{award, milestone, tranche, tranche_release};

use self::returns::TOO_MUCH;
use self::settlement::Days;
use super::payments::Teller;
use super::setting::{NUMBERS_BEGIN, REASON, place};

/// One award in so many, by its number, is looked at; and of the first awards all are, so that every
/// ending is there also where few were asked for.
const ONE_IN: u64 = 20;

/// Days from an order to return to its due date.
const DUE_AFTER: i64 = 20;

/// How an award ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// What was paid was spent: it is closed.
    ToTheYen,
    /// A tenth was not spent, and is paid back with some yen too much, which go back: it is closed.
    PaidBack,
    /// A tenth was not spent, and is paid back on the slips of its orders: it is closed.
    PaidOnSlip,
    /// A tenth was not spent, is ordered back and given up: it is closed.
    GivenUp,
    /// Everything planned was spent: what was held back is carried over, paid, and it is closed.
    Settled,
    /// So it is in the year of what was held back; a tenth of the other years was not spent, is overdue,
    /// and what was held back is kept for it: it is closed.
    SetOff,
    /// It is cancelled for misuse; all that was paid comes back, and the surcharge is waived.
    Misused,
    /// The same, but one order is rescinded and made anew, and the surcharge is paid.
    MisusedAndPaid,
}

impl Ending {
    const fn of(turn: u64) -> Self {
        match turn % 10 {
            2..4 => Self::PaidBack,
            4 => Self::PaidOnSlip,
            5 => Self::GivenUp,
            6 => Self::Settled,
            7 => Self::Misused,
            8 => Self::MisusedAndPaid,
            9 => Self::SetOff,
            _ => Self::ToTheYen,
        }
    }

    /// The ending of the award with this number; none of one that is paid and not looked at again.
    fn of_number(number: &str) -> Result<Option<Self>, Error> {
        let place = place(number)?;
        let turn = if place < ONE_IN {
            Some(place)
        } else {
            place.is_multiple_of(ONE_IN).then_some(place / ONE_IN)
        };
        Ok(turn.map(Self::of))
    }

    /// What was spent of a year of which so much was planned and paid.
    const fn spent(self, (planned, paid): (i64, i64)) -> i64 {
        match self {
            Self::ToTheYen => paid,
            Self::Settled => planned,
            Self::SetOff if planned > paid => planned,
            Self::SetOff
            | Self::PaidBack
            | Self::PaidOnSlip
            | Self::GivenUp
            | Self::Misused
            | Self::MisusedAndPaid => paid / 10 * 9,
        }
    }
}

/// What is planned and what was paid of each year before its determination, in yen.
type Years = BTreeMap<FiscalYear, (i64, i64)>;

/// A finished award with its money.
struct Finished {
    row: award::Model,
    years: Years,
    /// What is held back of it.
    retention: tranche::Model,
    /// When the last of everything else had arrived.
    arrived_on: NaiveDate,
}

impl Finished {
    /// A name for something that is done once for the award.
    fn named(&self, what: &str) -> String {
        format!("{}-{what}", self.row.number)
    }
}

impl Teller<'_> {
    /// Brings some of the finished awards to their ends, as far as that can be done.
    ///
    /// # Errors
    /// When a command is refused or the database does not answer.
    pub(super) async fn close(&self) -> Result<(), Error> {
        let rows = award::Entity::find()
            .filter(award::Column::ProgrammeId.eq(self.office.programme.uuid()))
            .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
            .filter(award::Column::State.ne(AwardStateCode::Closed.code()))
            .order_by_asc(award::Column::Number)
            .all(self.office.store.reads())
            .await?;
        for row in rows {
            let Some(ending) = Ending::of_number(&row.number)? else {
                continue;
            };
            if let Some(finished) = self.finished(row).await? {
                self.end(&finished, ending).await?;
            }
        }
        Ok(())
    }

    /// The award with its money, once its milestones are passed and what they earned has arrived.
    async fn finished(&self, row: award::Model) -> Result<Option<Finished>, Error> {
        let milestones = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(row.id))
            .all(self.office.store.reads())
            .await?;
        let is_passed = |row: &milestone::Model| row.state == MilestoneStateCode::Passed.code();
        let tranches = self.tranches(&row).await?;
        let is_retention = |row: &tranche::Model| row.kind == TrancheKind::Retention.code();
        let is_done =
            |row: &tranche::Model| is_retention(row) || row.state == TrancheState::Settled.code();
        if !milestones.iter().all(is_passed) || !tranches.iter().all(is_done) {
            return Ok(None);
        }
        let years = self.years(&row, &tranches).await?;
        let (retention, others): (Vec<_>, Vec<_>) = tranches.into_iter().partition(is_retention);
        let arrived = others.iter().map(|row| jst_date(row.state_since)).max();
        let found = retention.into_iter().next().zip(arrived);
        Ok(found.map(|(retention, arrived_on)| Finished {
            row,
            years,
            retention,
            arrived_on,
        }))
    }

    async fn tranches(&self, row: &award::Model) -> Result<Vec<tranche::Model>, Error> {
        Ok(tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(row.id))
            .order_by_asc(tranche::Column::Ordinal)
            .all(self.office.store.reads())
            .await?)
    }

    /// The money of the award with these tranches, by the year that it is determined with: the same
    /// whatever becomes of the retention.
    async fn years(&self, row: &award::Model, tranches: &[tranche::Model]) -> Result<Years, Error> {
        let paid = self.paid(row).await?;
        let mut years = Years::new();
        for tranche in tranches {
            let (planned, arrived) = years.entry(year_of(tranche)?).or_default();
            *planned += tranche.amount_minor;
            if tranche.kind != TrancheKind::Retention.code() {
                *arrived += paid.get(&tranche.id).copied().unwrap_or_default();
            }
        }
        Ok(years)
    }

    /// What the live releases of the award's tranches paid, in yen.
    async fn paid(&self, row: &award::Model) -> Result<BTreeMap<Uuid, i64>, Error> {
        let releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::AwardId.eq(row.id))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .all(self.office.store.reads())
            .await?;
        let paid = releases.into_iter();
        Ok(paid.map(|row| (row.tranche_id, row.amount_minor)).collect())
    }

    async fn end(&self, finished: &Finished, ending: Ending) -> Result<(), Error> {
        match ending {
            Ending::Misused | Ending::MisusedAndPaid => {
                self.cancel(finished, ending).await?;
            }
            _ => self.determine(finished, ending).await?,
        }
        if self.holds_nothing_back(finished).await? {
            let close = CloseAward {
                award: AwardId::new(finished.row.id),
            };
            let (director, day) = (self.cast.director, self.last_day());
            self.act(director, day, &finished.named("close"), &close)
                .await?;
        }
        Ok(())
    }

    /// Whether the retention is paid or given back.
    async fn holds_nothing_back(&self, finished: &Finished) -> Result<bool, Error> {
        let over = [TrancheState::Settled, TrancheState::Lapsed].map(Coded::code);
        let tranches = self.tranches(&finished.row).await?;
        let mut held = tranches
            .iter()
            .filter(|row| row.id == finished.retention.id);
        Ok(held.all(|row| over.contains(&row.state.as_str())))
    }

    /// Reports on the award, completes and determines it, and does what follows from that.
    async fn determine(&self, finished: &Finished, ending: Ending) -> Result<(), Error> {
        let days = Days::of(self, finished, ending)?;
        let (award, day) = (AwardId::new(finished.row.id), days.determined);
        let director = self.cast.director;
        // Later its determination has changed what is planned.
        if finished.row.state == AwardStateCode::Active.code() {
            self.complete(finished, ending, day).await?;
        }
        let mut payable = yen(0);
        for year in finished.years.keys() {
            let determine = DetermineAmount {
                award,
                budget_year: *year,
                return_due_on: Some(day + TimeDelta::days(DUE_AFTER)),
                reason: REASON.to_owned(),
            };
            let name = finished.named(&format!("determine-{}", year.get()));
            let determined = self.act(director, day, &name, &determine).await?;
            if determined.fixed.is_positive() {
                self.report_tax_credit(&finished.row, *year, day).await?;
            }
            if *year == year_of(&finished.retention)? {
                payable = determined.payable;
            }
        }
        match ending {
            Ending::PaidBack => self.pay_back(finished, TOO_MUCH).await,
            Ending::PaidOnSlip => self.pay_on_slips(finished, day).await,
            Ending::GivenUp => self.give_up(finished).await,
            Ending::Settled | Ending::SetOff => self.settle(finished, ending, days, payable).await,
            Ending::ToTheYen | Ending::Misused | Ending::MisusedAndPaid => Ok(()),
        }
    }

    /// Reports the result of every year, and completes the award.
    async fn complete(
        &self,
        finished: &Finished,
        ending: Ending,
        day: NaiveDate,
    ) -> Result<(), Error> {
        for (year, money) in &finished.years {
            let spent = ending.spent(*money);
            self.report_result(&finished.row, *year, (money.0, spent), day)
                .await?;
        }
        let complete = CompleteAward {
            award: AwardId::new(finished.row.id),
        };
        self.act(
            self.cast.director,
            day,
            &finished.named("complete"),
            &complete,
        )
        .await?;
        Ok(())
    }

    /// The day before the programme was made: everything that was paid has arrived by then.
    fn last_day(&self) -> NaiveDate {
        self.first_day - TimeDelta::days(1)
    }
}

/// The year with which a tranche is determined, also where a later one pays it.
fn year_of(row: &tranche::Model) -> Result<FiscalYear, Error> {
    let year = row.settles_year.unwrap_or(row.budget_year);
    Ok(FiscalYear::new(
        i32::try_from(year).map_err(Error::corrupt)?,
    ))
}

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

/// So many yen for work done by others, as the whole cost.
pub(super) fn costs(minor: i64) -> Result<Costs, Error> {
    let by_category = BTreeMap::from([(CostCategory::Outsourcing, yen(minor))]);
    Ok(Costs::new(by_category, yen(minor), yen(0))?)
}
