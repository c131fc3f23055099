//! What bodies report of their costs, and what is approved of them.

use std::collections::BTreeMap;

use domain::closing::{
    CostCategory, Costs, NoTaxCreditReason, ReportContent, ReportKind, TaxCredit,
};
use domain::id::{AwardId, ReportId};
use domain::{Currency, Money, Rate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{AcceptReport, PrescribeReport, SetBudget, SubmitReport};
use store::entity::determination;

use super::{Granted, World, year};

/// Costs of so many yen by category, which are the whole cost.
pub(crate) fn costs(lines: &[(CostCategory, i64)]) -> Costs {
    let yen = |minor| Money::of_minor(minor, Currency::JPY);
    let eligible = lines
        .iter()
        .map(|(category, minor)| (*category, yen(*minor)));
    let total = lines.iter().map(|(_, minor)| minor).sum();
    Costs::new(eligible.collect(), yen(total), yen(0)).expect("costs")
}

/// That no consumption tax was credited for a year of an award, as its body would report it.
pub(crate) fn no_tax_credit(award: AwardId, budget_year: i32) -> SubmitReport {
    SubmitReport {
        award,
        kind: ReportKind::TaxCredit,
        budget_year: year(budget_year),
        content: ReportContent {
            narrative: "免税事業者".to_owned(),
            expenditure: None,
            tax_credit: Some(TaxCredit::None {
                reason: NoTaxCreditReason::NotTaxable,
                currency: Currency::JPY,
            }),
        },
    }
}

impl World {
    /// What is approved of a year: these costs, two thirds of which are granted.
    pub(crate) async fn budget(
        &self,
        award: &Granted,
        budget_year: i32,
        lines: &[(CostCategory, i64)],
    ) {
        let approved = costs(lines);
        let budget = SetBudget {
            award: award.id,
            budget_year: year(budget_year),
            standard: approved.total(),
            approved,
            rate: Rate::new(2, 3).expect("a rate"),
            reason: "交付決定".to_owned(),
        };
        self.run(self.people.director, &budget).await;
    }

    /// Hands in a report that states these costs of a year; it waits for an answer.
    pub(crate) async fn handed_in(
        &self,
        award: &Granted,
        kind: ReportKind,
        (budget_year, lines): (i32, &[(CostCategory, i64)]),
    ) -> ReportId {
        let report = SubmitReport {
            award: award.id,
            kind,
            budget_year: year(budget_year),
            content: ReportContent {
                narrative: "事業の経過".to_owned(),
                expenditure: Some(costs(lines)),
                tax_credit: None,
            },
        };
        let representative = self.people.representative;
        self.run(representative, &report).await.report
    }

    /// No consumption tax was credited for any year of which something is fixed: reported unasked, and
    /// accepted.
    pub(crate) async fn no_tax_credited(&self, award: AwardId) {
        let determined = determination::Entity::find()
            .filter(determination::Column::AwardId.eq(award.uuid()))
            .order_by_asc(determination::Column::Version)
            .all(self.store.reads())
            .await
            .expect("determinations");
        // The last version of each year stays.
        let fixed = determined
            .iter()
            .map(|row| (row.budget_year, row.fixed_minor));
        let fixed: BTreeMap<i64, i64> = fixed.collect();
        for (budget_year, _) in fixed.iter().filter(|(_, minor)| **minor > 0) {
            let budget_year = i32::try_from(*budget_year).expect("a year");
            let report = no_tax_credit(award, budget_year);
            let report = self.run(self.people.representative, &report).await.report;
            self.accept(report).await;
        }
    }

    /// Accepts a report that was handed in.
    pub(crate) async fn accept(&self, report: ReportId) {
        self.run(self.people.officer, &AcceptReport { report })
            .await;
    }

    /// Asks for a status report by today; it is handed in with these costs and accepted.
    pub(crate) async fn status(
        &self,
        award: &Granted,
        budget_year: i32,
        lines: &[(CostCategory, i64)],
    ) {
        let prescribe = PrescribeReport {
            award: award.id,
            kind: ReportKind::Status,
            budget_year: year(budget_year),
            due_on: self.clock.today(),
            reason: "遂行状況の確認".to_owned(),
        };
        self.run(self.people.officer, &prescribe).await;
        let kind = ReportKind::Status;
        let report = self.handed_in(award, kind, (budget_year, lines)).await;
        self.accept(report).await;
    }
}
