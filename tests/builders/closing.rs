//! What is determined, ordered back and paid back.

use std::collections::BTreeMap;

use chrono::Days;
use domain::closing::{Costs, ReportContent, ReportKind};
use domain::id::AwardId;
use domain::{Currency, Money, Policy, Rate};
use store::command::{
    AcceptReport, DetermineAmount, EndAward, GrantWindDown, PublishPolicy, RepayReturn, SetBudget,
    SubmitReport,
};

use super::{World, millions, year};

impl World {
    /// From now on, what is repaid in time goes back into the envelope that had paid it.
    pub(crate) async fn reinstates(&self) {
        let publish = PublishPolicy {
            programme: self.programme,
            policy: Policy {
                repay_to_budget: true,
                ..Policy::default()
            },
        };
        self.run(self.people.director, &publish).await;
    }

    /// An award that was paid an advance of 5 M, ended, and earned nothing; what was granted for winding
    /// it down nobody released. All of it was ordered back
    /// within ten days, and 6 M came on the slip after twenty: more than that and its late charge.
    pub(crate) async fn taken_back(&self) -> AwardId {
        let award = self.award().advance(5).milestone(10, 2026).active().await;
        self.pay(award.advance.expect("an advance")).await;
        let reason = || "事情の変更".to_owned();
        let (award, people) = (award.id, &self.people);
        let ending = EndAward {
            award,
            reason: reason(),
        };
        self.run(people.director, &ending).await;
        let grant = GrantWindDown {
            award,
            budget_year: year(2026),
            amount: millions(1),
            reason: reason(),
        };
        self.run(people.director, &grant).await;
        self.nothing_spent(award).await;
        let determine = DetermineAmount {
            award,
            budget_year: year(2026),
            return_due_on: Some(self.clock.today() + Days::new(10)),
            reason: reason(),
        };
        let determined = self.run(people.director, &determine).await;
        self.clock.pass_days(20);
        let repay = RepayReturn {
            return_order: determined.return_order.expect("an order"),
            amount: millions(6),
            received_on: self.clock.today(),
            reference: format!("R-{award}"),
        };
        self.run(people.preparer, &repay).await;
        award
    }

    /// A budget for 2026, and the accepted report that nothing of it was spent.
    async fn nothing_spent(&self, award: AwardId) {
        let none = Money::zero(Currency::JPY);
        let costs = || Costs::new(BTreeMap::new(), none, none).expect("costs");
        let budget_year = year(2026);
        let budget = SetBudget {
            award,
            budget_year,
            approved: costs(),
            standard: millions(1),
            rate: Rate::new(1, 2).expect("a rate"),
            reason: "交付決定".to_owned(),
        };
        self.run(self.people.director, &budget).await;
        let result = SubmitReport {
            award,
            kind: ReportKind::Result,
            budget_year,
            content: ReportContent {
                narrative: "実施せず".to_owned(),
                expenditure: Some(costs()),
                tax_credit: None,
            },
        };
        let report = self.run(self.people.representative, &result).await.report;
        self.run(self.people.officer, &AcceptReport { report })
            .await;
    }
}
