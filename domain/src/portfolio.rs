//! The portfolio: how far the awards of a stage are, how late they run, and which money of a fiscal
//! year their lateness takes past its end.
//!
//! The forecast is plain on purpose: the first milestone of an award of which something is still
//! expected is as late as it is today, and every later one will be as late as that. It is a picture
//! for planning; nothing is decided by it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::calendar::FiscalYear;
use crate::milestone::MilestoneStateCode;
use crate::money::{Currency, Money, MoneyError};

/// Milestones of one stage that are alike: in one state, due on one day, of awards whose next due
/// day is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// Their state.
    pub state: MilestoneStateCode,
    /// When they are due, by the plan in force.
    pub due_on: NaiveDate,
    /// The earliest day on which something is still expected of their award; none when nothing is.
    pub next_due_on: Option<NaiveDate>,
    /// How many they are.
    pub milestones: u64,
    /// The money that hangs on them, by the plan in force.
    pub planned: Money,
    /// The part of it that is released and stands: not revoked, or kept for a debt before.
    pub released: Money,
}

impl Alike {
    /// Whether something is still expected of them.
    const fn is_expected(&self) -> bool {
        !self.state.is_final()
    }

    /// Days by which they are past their day on `today`; 0 while they are in time.
    fn late_days(&self, today: NaiveDate) -> u64 {
        days_past(self.due_on, today)
    }

    /// Days by which they will be late when their award stays as late as it is.
    fn slip_days(&self, today: NaiveDate) -> u64 {
        let next = self.next_due_on.filter(|_| self.is_expected());
        next.map_or(0, |next| days_past(next, today))
    }

    /// Whether their lateness takes them out of `year`: due within it or before, expected behind it.
    fn slips_out_of(&self, year: FiscalYear, today: NaiveDate) -> bool {
        let slip = Days::new(self.slip_days(today));
        let expected_on = self.due_on.checked_add_days(slip).unwrap_or(NaiveDate::MAX);
        self.due_on <= year.ends_on() && expected_on > year.ends_on()
    }
}

fn days_past(due_on: NaiveDate, today: NaiveDate) -> u64 {
    u64::try_from((today - due_on).num_days()).unwrap_or(0)
}

/// How late the milestones of late awards will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// How many are late or will be.
    pub milestones: u64,
    /// The days of the one in the middle, the lower of two.
    pub median_days: u64,
    /// The days of the latest.
    pub largest_days: u64,
}

/// A stage's milestones that one budget year pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many milestones, and so awards: each has one of a stage.
    pub milestones: u64,
    /// How many in each state that any is in.
    pub by_state: BTreeMap<MilestoneStateCode, u64>,
    /// How many are past their day and not final.
    pub late: u64,
    /// How late those of late awards will be; none where no award is late.
    pub slip: Option<Slip>,
    /// The money that hangs on them.
    pub planned: Money,
    /// The part of it that is released.
    pub released: Money,
    /// The part of it that the lateness takes past the end of the year.
    pub slipping: Money,
}

/// Sums a stage up as it stands on `today`; `year` pays for it.
///
/// # Errors
/// [`MoneyError`] when the sums pass what an amount can hold, or mix currencies.
pub fn summary(
    groups: &[Alike],
    (year, currency): (FiscalYear, Currency),
    today: NaiveDate,
) -> Result<Summary, MoneyError> {
    let late = |group: &&Alike| group.is_expected() && group.late_days(today) > 0;
    let count = |groups: &mut dyn Iterator<Item = &Alike>| groups.map(|one| one.milestones).sum();
    let mut by_state = BTreeMap::new();
    for group in groups {
        *by_state.entry(group.state).or_insert(0) += group.milestones;
    }
    let sum = |part: fn(&Alike) -> Money| Money::sum(currency, groups.iter().map(part));
    let slipping = groups
        .iter()
        .filter(|group| group.slips_out_of(year, today))
        .map(|group| group.planned);
    Ok(Summary {
        milestones: count(&mut groups.iter()),
        by_state,
        late: count(&mut groups.iter().filter(late)),
        slip: slip(groups, today),
        planned: sum(|group| group.planned)?,
        released: sum(|group| group.released)?,
        slipping: Money::sum(currency, slipping)?,
    })
}

fn slip(groups: &[Alike], today: NaiveDate) -> Option<Slip> {
    let mut by_days: BTreeMap<u64, u64> = BTreeMap::new();
    for group in groups {
        let days = group.slip_days(today);
        if days > 0 {
            *by_days.entry(days).or_insert(0) += group.milestones;
        }
    }
    let milestones = by_days.values().sum();
    let (largest_days, _) = by_days.last_key_value()?;
    let mut counted = 0;
    let median = by_days.iter().find(|(_, count)| {
        counted += *count;
        counted * 2 >= milestones
    });
    Some(Slip {
        milestones,
        median_days: *median?.0,
        largest_days: *largest_days,
    })
}
