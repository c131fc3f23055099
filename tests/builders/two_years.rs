//! Two awards of one body through two fiscal years, from their offer to their close, by commands only.
//!
//! The honest one is decided at 50.0: an advance of 10.0 and milestones of 18.0 and 17.0 of 2025, and a
//! retention of 5.0 of 2026. The other one, of which money was misused, is decided at 60.0, all of
//! 2025: an advance of 30.0 and milestones of 20.0 and 10.0. What happens on which day stands with each
//! part; what everything comes to stands with the story that adds it up,
//! [`year_in_the_life`](crate::stories).

mod first_year;
mod misuse;
mod second_year;
mod year_end;

use domain::id::ReleaseId;

use super::{Granted, World};
use crate::harness::database::TestDatabase;

/// The world after the two years, with what was granted in them.
pub(crate) struct TwoYears {
    /// The world, on the day after the last act.
    pub(crate) world: World,
    /// The award whose money was spent as it should be.
    pub(crate) honest: Granted,
    /// The award that was cancelled.
    pub(crate) misused: Granted,
}

/// A million yen: so that costs which are no whole millions can be told.
const MILLION: i64 = 1_000_000;

/// Why something was done, where the reason plays no part.
const WHY: &str = "記録のとおり";

impl TwoYears {
    /// Plays the whole course.
    pub(crate) async fn played(db: &TestDatabase) -> Self {
        let years = Self::offered(db).await;
        years.first_year().await;
        years.close_first_year().await;
        years.after_first_year().await;
        years
    }

    /// From the determination of the first year's money to the close of the second.
    pub(crate) async fn after_first_year(&self) {
        let overpaid = self.determine_first_year().await;
        self.give_back(overpaid).await;
        let held = self.pass_in_part().await;
        let misuse = self.cancel(held).await;
        self.report_result().await;
        self.pay_back(misuse, self.honest.tranches[1]).await;
        self.close_misused().await;
        self.complete().await;
        self.close_honest().await;
        self.close_second_year().await;
    }

    /// 2025-04-07: 120.0 are appropriated for 2025 and 20.0 for 2026. 2025-04-14: both awards are
    /// offered and accepted, the account is confirmed.
    pub(crate) async fn offered(db: &TestDatabase) -> Self {
        let world = World::beginning(db, "2025-04-07", &[(2025, 120), (2026, 20)]).await;
        world.clock.set_day("2025-04-14");
        world.young_account("1234567").await;
        let honest = world.award().advance_of(10, 2025).milestone(18, 2025);
        let honest = honest.milestone(17, 2025).retention(5).accepted().await;
        let misused = world.award().advance_of(30, 2025).milestone(20, 2025);
        let misused = misused.milestone(10, 2025).accepted().await;
        Self {
            world,
            honest,
            misused,
        }
    }

    /// Sends `releases` today; on the value date the bank says that all of them arrived.
    async fn paid(&self, releases: &[ReleaseId]) {
        let world = &self.world;
        let batch = world.sent(releases).await;
        let value_date = world.batch_row(batch).await.value_date;
        world.clock.set_day(&value_date.to_string());
        world.all_answered(batch, None).await;
    }
}
