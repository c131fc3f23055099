//! Reports: owed by law or asked for, corrected, accepted; and what they complete.

use domain::Refusal;
use domain::award::AwardStateCode;
use domain::closing::{
    CostCategory, NoTaxCreditReason, ReportContent, ReportKind, ReportStateCode, TaxCredit,
};
use domain::{Currency, Rate};
use sea_orm::EntityTrait;
use store::command::{
    AcceptReport, CompleteAward, NoteSiteVisit, OrderCorrection, PrescribeReport, SetBudget,
    SubmitReport,
};
use store::entity::{budget, report_answer, report_version, site_visit};

use super::{accepted, costs, report};
use crate::builders::{Granted, World, date, millions, year};
use crate::harness::refused;
use crate::harness::rows::{id, insert};

const PERSONNEL: (CostCategory, i64) = (CostCategory::Personnel, 12);

fn completion(award: &Granted) -> CompleteAward {
    CompleteAward { award: award.id }
}

/// Every milestone of an award of one milestone is passed.
async fn passed(world: &World) -> Granted {
    let award = world.award().advance(10).milestone(20, 2026).active().await;
    world.pass(award.milestones[0]).await;
    award
}

on_both! {
    async fn a_report_is_corrected_and_accepted_and_every_round_stays(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = passed(&world).await;
        let (people, result) = (&world.people, report(&award, ReportKind::Result, 2026, &[PERSONNEL]));
        let first = world.run(people.representative, &result).await;
        let month_later = world.clock.today() + chrono::Months::new(1);
        assert_eq!((first.version, first.due_on), (1, month_later));
        let again = world.refusal(people.representative, &result).await;
        assert_eq!(again, Refusal::ReportAlreadySubmitted {});

        let report = first.report;
        let until = world.clock.today() + chrono::Days::new(10);
        let correction = OrderCorrection { report, reason: "内訳の誤り".to_owned(), due_on: until };
        let answered = world.run(people.officer, &correction).await;
        assert_eq!(answered.state, ReportStateCode::CorrectionOrdered);
        let early = world.refusal(people.officer, &AcceptReport { report }).await;
        assert_eq!(early, Refusal::ReportCorrectionPending { due_on: until });

        let second = world.run(people.representative, &result).await;
        assert_eq!((second.report, second.version, second.due_on), (report, 2, until));
        world.run(people.officer, &AcceptReport { report }).await;
        let late = world.refusal(people.officer, &correction).await;
        assert_eq!(late, Refusal::ReportAlreadyAccepted {});
        let db = world.store.reads();
        let rounds = report_version::Entity::find().all(db).await.expect("versions");
        let answers = report_answer::Entity::find().all(db).await.expect("answers");
        assert_eq!((rounds.len(), answers.len()), (2, 2));

        let third = report_version::Model { id: id(900), version: 3, ..rounds[1].clone() };
        assert_eq!(refused::by(insert(db, third).await), "report_version_in_turn");
        world.assert_sound().await;
    }

    async fn a_report_is_owed_when_its_year_is_over_or_when_it_is_asked_for(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let people = &world.people;
        for kind in [ReportKind::YearEnd, ReportKind::Result] {
            let early = report(&award, kind, 2026, &[PERSONNEL]);
            let refusal = world.refusal(people.representative, &early).await;
            assert_eq!(refusal, Refusal::ReportNotOwed { kind });
        }
        let kind = ReportKind::TaxCredit;
        let credit = |content| SubmitReport {
            award: award.id,
            kind,
            budget_year: year(2026),
            content,
        };
        let none = ReportContent {
            narrative: "免税事業者".to_owned(),
            expenditure: None,
            tax_credit: Some(TaxCredit::None {
                reason: NoTaxCreditReason::NotTaxable,
                currency: Currency::JPY,
            }),
        };
        let unasked = world.refusal(people.representative, &credit(none.clone())).await;
        assert_eq!(unasked, Refusal::ReportNotOwed { kind });
        let mut prescription = PrescribeReport {
            award: award.id,
            kind,
            budget_year: year(2026),
            due_on: date("2027-06-30"),
            reason: "交付条件".to_owned(),
        };
        let asked = world.run(people.officer, &prescription).await;
        let twice = world.refusal(people.officer, &prescription).await;
        assert_eq!(twice, Refusal::AlreadyExists { kind: "REPORT".to_owned() });
        prescription.kind = ReportKind::YearEnd;
        let by_law = world.refusal(people.officer, &prescription).await;
        assert_eq!(by_law, Refusal::ReportOwedByLaw { kind: ReportKind::YearEnd });

        let unfit = ReportContent { expenditure: Some(costs(&[PERSONNEL])), ..none.clone() };
        let refusal = world.refusal(people.representative, &credit(unfit)).await;
        assert_eq!(refusal, Refusal::ReportContentUnfit { kind });
        let reported = world.run(people.representative, &credit(none)).await;
        assert_eq!(reported.report, asked.report);

        world.clock.set_day("2027-04-12");
        let year_end = report(&award, ReportKind::YearEnd, 2026, &[PERSONNEL]);
        let reported = world.run(people.representative, &year_end).await;
        assert_eq!(reported.due_on, date("2027-04-10"));
    }

    async fn an_award_is_completed_by_final_milestones_and_an_accepted_result(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let open = world.award().active().await;
        assert_eq!(world.refusal(director, &completion(&open)).await, Refusal::MilestonesNotFinal {});

        let award = passed(&world).await;
        let unreported = world.refusal(director, &completion(&award)).await;
        assert_eq!(unreported, Refusal::ResultReportNotAccepted {});
        let result = report(&award, ReportKind::Result, 2026, &[PERSONNEL]);
        accepted(&world, &result).await;
        let completed = world.run(director, &completion(&award)).await;
        assert_eq!(completed.state, AwardStateCode::Completed);
        let again = world.refusal(director, &completion(&award)).await;
        assert!(matches!(again, Refusal::AwardNotReady { .. }), "{again}");
        world.assert_sound().await;
    }

    async fn a_budget_is_a_series_and_a_visit_is_noted(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let people = &world.people;
        let mut setting = SetBudget {
            award: award.id,
            budget_year: year(2026),
            approved: costs(&[PERSONNEL]),
            standard: millions(50),
            rate: Rate::new(2, 3).expect("a rate"),
            reason: "交付決定".to_owned(),
        };
        assert_eq!(world.run(people.director, &setting).await.version, 1);
        "経費配分の変更".clone_into(&mut setting.reason);
        assert_eq!(world.run(people.director, &setting).await.version, 2);
        setting.rate = Rate::new(4, 3).expect("a rate");
        let refusal = world.refusal(people.director, &setting).await;
        assert_eq!(refusal, Refusal::RateAboveWhole { rate: "4/3".to_owned() });
        let budgets = budget::Entity::find().all(world.store.reads()).await.expect("budgets");
        assert_eq!(budgets.len(), 2);

        let mut visit = NoteSiteVisit {
            award: award.id,
            visited_on: world.clock.today(),
            findings: "帳簿と設備を確認した。".to_owned(),
        };
        world.run(people.officer, &visit).await;
        visit.visited_on = world.clock.today() + chrono::Days::new(1);
        let refusal = world.refusal(people.officer, &visit).await;
        assert_eq!(refusal, Refusal::DateInFuture { date: visit.visited_on });
        let visits = site_visit::Entity::find().all(world.store.reads()).await.expect("visits");
        assert_eq!(visits.len(), 1);
        world.assert_sound().await;
    }
}
