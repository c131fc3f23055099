//! The ends of the two years: what is carried over, what lapses, and what the first year was worth.

use domain::access::{Authority, Grant, GrantScope, Role};
use domain::closing::CostCategory::{Equipment, Personnel};
use domain::closing::{CarryOver, CarryOverGrounds};
use domain::id::ReturnOrderId;
use domain::ledger::Transfer;
use store::command::{CloseYear, DetermineAmount};
use store::read::Sight;
use store::read::year_end::{YearEndPreview, preview};

use super::{MILLION, TwoYears, WHY};
use crate::builders::{date, millions, year};

impl TwoYears {
    /// 2026-05-01: the second milestone of the honest award, 17.0, is carried over. The 15.0 that nobody
    /// was promised and the 10.0 that the other one lost lapse: 25.0.
    pub(crate) async fn close_first_year(&self) {
        self.world.clock.set_day("2026-05-01");
        let carry_over = CarryOver {
            tranche: Some(self.honest.tranches[1]),
            amount: millions(17),
            grounds: CarryOverGrounds {
                item: "ヘルステック開発支援".to_owned(),
                reason: "治験の遅れ".to_owned(),
                reference: "財計第3号".to_owned(),
            },
        };
        self.close_year(2025, vec![carry_over], (17, 25)).await;
    }

    /// 2027-05-06: 20.0 were appropriated and 17.0 carried over, 15.2 were paid: 21.8 lapse.
    pub(super) async fn close_second_year(&self) {
        self.world.clock.set_day("2027-05-06");
        let close = CloseYear {
            theme: self.world.theme,
            budget_year: year(2026),
            carry_overs: Vec::new(),
        };
        let closed = self.world.run(self.world.people.director, &close).await;
        assert_eq!(closed.lapsed.minor(), 21_800_000);
        assert_eq!(
            (closed.carried_over, closed.decommitted),
            (millions(0), millions(0))
        );
    }

    /// Closes a year: the deed is what its preview said, transfer by transfer.
    async fn close_year(&self, of: i32, carry_overs: Vec<CarryOver>, millions_moved: (i64, i64)) {
        let world = &self.world;
        let close = CloseYear {
            theme: world.theme,
            budget_year: year(of),
            carry_overs,
        };
        let foreseen = self.foreseen(&close).await;
        assert_eq!(foreseen.blockers, []);
        let before = world.transfers().await.len();
        let closed = world.run(world.people.director, &close).await;
        let (carried_over, lapsed) = millions_moved;
        assert_eq!(closed.carried_over, millions(carried_over));
        assert_eq!(closed.lapsed, millions(lapsed));
        let posted = world.transfers().await.split_off(before);
        let told = |one: &Transfer| (one.kind, one.from, one.to, one.amount);
        let posted: Vec<_> = posted.iter().map(told).collect();
        let plan = &foreseen.plan;
        let planned = plan.carry_overs.iter().chain(&plan.movements);
        let planned: Vec<_> = planned
            .map(|one| (one.kind, one.from, one.to, one.amount))
            .collect();
        assert_eq!(posted, planned);
    }

    /// What closing the year would do, as the director sees it.
    async fn foreseen(&self, close: &CloseYear) -> YearEndPreview {
        let world = &self.world;
        let grant = Grant {
            role: Role::Director,
            scope: GrantScope::Programme(world.programme),
            from: date("2025-04-01"),
            until: None,
        };
        let today = world.clock.today();
        let sight = Sight::new(world.people.director, Authority::on(today, [grant]));
        let of = (close.theme, close.budget_year);
        let asked = preview(world.store.reads(), &sight, of, &close.carry_overs, today).await;
        asked
            .expect("an answer")
            .expect("an envelope")
            .expect("a plan")
    }

    /// 2026-05-11: 75.0 of costs were approved for 2025. 39.0 were spent, two thirds of which are 26.0;
    /// 28.0 were paid, and 2.0 are ordered back in the same act.
    pub(super) async fn determine_first_year(&self) -> ReturnOrderId {
        let world = &self.world;
        world.clock.set_day("2026-05-11");
        let approved = [(Personnel, 45 * MILLION), (Equipment, 30 * MILLION)];
        world.budget(&self.honest, 2025, &approved).await;
        let determine = DetermineAmount {
            award: self.honest.id,
            budget_year: year(2025),
            return_due_on: Some(date("2026-06-10")),
            reason: WHY.to_owned(),
        };
        let determined = world.run(world.people.director, &determine).await;
        assert_eq!(determined.fixed, millions(26));
        assert_eq!(determined.payable, millions(0));
        determined.return_order.expect("an order to return")
    }
}
