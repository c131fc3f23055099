//! What was held back of an award and is payable after all: it is carried over, because the year in which
//! it is determined is nearly over, and paid by the next one; or kept for what the body is late with.

use chrono::{NaiveDate, TimeDelta};
use domain::Money;
use domain::closing::CarryOverGrounds;
use domain::id::TrancheId;
use store::Error;
use store::command::{CarryOverTranche, ReleaseForSetOff, ReleaseTranche, SetOff};

use super::super::payments::{Teller, is_paid_before};
use super::super::setting::REASON;
use super::{DUE_AFTER, Ending, Finished, year_of};

/// Days before the end of a budget year on which an award is determined: so many that its returns are due
/// before the next year's first payments.
const DETERMINED_BEFORE: i64 = 11;

/// Days before the end of a budget year on which its money is carried over.
const CARRIED_BEFORE: i64 = 6;

/// Days from an order's due date to the day on which finance releases again: the order is overdue then.
const RELEASED_AFTER: i64 = 2;

/// The days on which an award ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// On which it is reported on and determined.
    pub(super) determined: NaiveDate,
    /// On which its retention is carried over, and released; none where there is no time for it.
    later: Option<(NaiveDate, NaiveDate)>,
}

impl Days {
    /// Where its retention is paid, an award is determined in the last days of the year; everything else
    /// happens on the last day, and so does what comes too late for that.
    pub(super) fn of(
        teller: &Teller<'_>,
        finished: &Finished,
        ending: Ending,
    ) -> Result<Self, Error> {
        let end = year_of(&finished.retention)?.ends_on();
        let determined = end - TimeDelta::days(DETERMINED_BEFORE);
        let carried = end - TimeDelta::days(CARRIED_BEFORE);
        let released = determined + TimeDelta::days(DUE_AFTER + RELEASED_AFTER);
        let is_settled = matches!(ending, Ending::Settled | Ending::SetOff);
        if is_settled
            && finished.arrived_on < determined
            && is_paid_before(released, teller.first_day)
        {
            return Ok(Self {
                determined,
                later: Some((carried, released)),
            });
        }
        Ok(Self {
            determined: teller.last_day(),
            later: None,
        })
    }
}

impl Teller<'_> {
    /// Releases what is `payable` of the retention out of the next year, in time for a later batch; where
    /// the body is late with what it owes, it is kept for that first, and the body pays the rest.
    pub(super) async fn settle(
        &self,
        finished: &Finished,
        ending: Ending,
        days: Days,
        payable: Money,
    ) -> Result<(), Error> {
        let Some((carried, released)) = days.later.filter(|_| payable.is_positive()) else {
            return Ok(());
        };
        let (tranche, director) = (TrancheId::new(finished.retention.id), self.cast.director);
        let carry_over = CarryOverTranche {
            tranche,
            amount: payable,
            grounds: CarryOverGrounds {
                item: "架空の補助金 / made-up item".to_owned(),
                reason: REASON.to_owned(),
                reference: finished.row.number.clone(),
            },
        };
        self.act(
            director,
            carried,
            &finished.named("carry-over"),
            &carry_over,
        )
        .await?;
        let preparer = self.cast.finance_preparer;
        let name = finished.named("release-retention");
        if ending == Ending::Settled || self.orders(finished).await?.is_empty() {
            let release = ReleaseTranche { tranche };
            self.act(preparer, released, &name, &release).await?;
            return Ok(());
        }
        let release = ReleaseForSetOff { tranche };
        self.act(preparer, released, &name, &release).await?;
        let set_off = SetOff {
            tranche,
            reason: REASON.to_owned(),
        };
        self.act(director, released, &finished.named("set-off"), &set_off)
            .await?;
        self.pay_on_slips(finished, released).await
    }
}
