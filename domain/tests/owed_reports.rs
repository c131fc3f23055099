//! What an award owes by law: in every state, for every year, whatever is on record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::Operation;
use domain::award::{Award, AwardState};
use domain::calendar::MonthDay;
use domain::closing::{DatedAmount, OwedReport, ReportKind, ReportTerm, Reporting};
use domain::task::{self, TaskKind};
use domain::{Coded, FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{award, date, yen};

const STATES: [AwardState; 8] = [
    AwardState::Offered,
    AwardState::Active,
    AwardState::Suspended {
        until: NaiveDate::MAX,
    },
    AwardState::Completed,
    AwardState::Withdrawn,
    AwardState::Ended,
    AwardState::Cancelled,
    AwardState::Closed,
];

fn year(year: i32) -> FiscalYear {
    FiscalYear::new(year)
}

/// An award in force, of which money of these years was paid out.
fn paid_in(years: &[i32]) -> Reporting {
    Reporting {
        award: award(),
        work_over_on: None,
        paid_out: years.iter().copied().map(year).collect(),
        fixed: BTreeMap::new(),
        tax_credit_due: MonthDay::JUNE_30,
        on_record: BTreeSet::new(),
    }
}

/// Of these years these amounts are fixed, all on 2027-05-20.
fn fixing(amounts: &[(i32, i64)], mut reporting: Reporting) -> Reporting {
    let fixed = amounts.iter().map(|(of, amount)| {
        let on = date("2027-05-20");
        let amount = yen(*amount);
        (year(*of), DatedAmount { on, amount })
    });
    reporting.fixed = fixed.collect();
    reporting
}

fn over(day: &str, reporting: Reporting) -> Reporting {
    Reporting {
        work_over_on: Some(date(day)),
        ..reporting
    }
}

fn with(kind: ReportKind, of: i32, mut reporting: Reporting) -> Reporting {
    reporting.on_record.insert((kind, year(of)));
    reporting
}

/// The task that each is, its year, since when and until when.
fn owed(reporting: &Reporting, today: &str) -> Vec<(TaskKind, i32, String, String)> {
    let shown = |owed: OwedReport| {
        let task = task::of_owed(owed.term);
        let (since, due_on) = (owed.since.to_string(), owed.term.due_on().to_string());
        (task, owed.budget_year.get(), since, due_on)
    };
    reporting.owed(date(today)).into_iter().map(shown).collect()
}

fn year_end(year: i32) -> (TaskKind, i32, String, String) {
    let day = |rest| format!("{}-{rest}", year + 1);
    (TaskKind::SubmitYearEnd, year, day("04-01"), day("04-10"))
}

#[test]
fn a_year_is_reported_on_once_it_is_over_and_until_a_report_closes_it() {
    let paid = paid_in(&[2026, 2028]);
    assert_eq!(owed(&paid, "2027-03-31"), []);
    assert_eq!(owed(&paid, "2027-04-01"), [year_end(2026)]);
    // Of 2027 nothing was paid.
    assert_eq!(owed(&paid, "2029-04-01"), [year_end(2026), year_end(2028)]);
    for kind in ReportKind::ALL.iter().copied() {
        let reported = with(kind, 2026, paid.clone());
        let closes = matches!(kind, ReportKind::YearEnd | ReportKind::Result);
        assert_eq!(owed(&reported, "2027-04-01").is_empty(), closes, "{kind:?}");
        let of_another = with(kind, 2027, paid.clone());
        assert_eq!(owed(&of_another, "2027-04-01"), [year_end(2026)]);
    }
}

#[test]
fn a_result_is_owed_from_the_end_of_the_work_on_until_it_is_on_record() {
    let result = |since: &str, due_on: &str| {
        let year = FiscalYear::of(date(since)).get();
        let days = (since.to_owned(), due_on.to_owned());
        (TaskKind::SubmitResult, year, days.0, days.1)
    };
    let done = over("2026-05-20", paid_in(&[2026]));
    let of_may = result("2026-05-20", "2026-06-20");
    assert_eq!(owed(&done, "2026-05-20"), std::slice::from_ref(&of_may));
    // It is the report on its year as well, however late it is.
    assert_eq!(owed(&done, "2027-04-01"), [of_may]);
    assert_eq!(
        owed(&with(ReportKind::Result, 2026, done.clone()), "2027-04-01"),
        []
    );
    // A report on the end of the year is no result.
    let reported = with(ReportKind::YearEnd, 2026, done.clone());
    assert_eq!(owed(&reported, "2027-04-01").len(), 1);
    // The result of another year closes only that one.
    let elsewhere = with(ReportKind::Result, 2025, done);
    assert_eq!(owed(&elsewhere, "2027-04-01"), [year_end(2026)]);
    // Work that was over in the next year leaves the earlier one to be reported on; the first due first.
    let later = over("2027-05-20", paid_in(&[2026]));
    let of_later = result("2027-05-20", "2027-06-20");
    assert_eq!(owed(&later, "2027-05-20"), [year_end(2026), of_later]);
}

#[test]
fn the_tax_credited_for_what_is_fixed_is_reported_be_it_none() {
    let credit = |of: i32, due_on: &str| {
        let days = ("2027-05-20".to_owned(), due_on.to_owned());
        (TaskKind::SubmitTaxCredit, of, days.0, days.1)
    };
    let fixed = fixing(&[(2025, 1), (2026, 0), (2027, 5)], paid_in(&[]));
    let of_both = [credit(2025, "2027-06-30"), credit(2027, "2029-06-30")];
    assert_eq!(owed(&fixed, "2027-05-20"), of_both);
    // One that was asked for is on record, and is due when it was asked for.
    let asked = with(ReportKind::TaxCredit, 2025, fixed.clone());
    assert_eq!(owed(&asked, "2027-05-20"), of_both[1..]);
    let mut early = fixed.clone();
    early.tax_credit_due = MonthDay::new(1, 31).expect("a day");
    assert_eq!(owed(&early, "2027-05-20")[0], credit(2025, "2028-01-31"));
    // It may be handed in at once; what nothing is fixed of has none.
    let term = |of| fixed.term(ReportKind::TaxCredit, year(of), date("2027-05-20"));
    let due_on = date("2027-06-30");
    assert_eq!(term(2025), Ok(ReportTerm::TaxCredit { due_on }));
    let kind = ReportKind::TaxCredit;
    for of in [2024, 2026] {
        assert_eq!(term(of), Err(Refusal::ReportNotOwed { kind }));
    }
}

#[test]
fn only_what_runs_and_what_is_over_and_unsettled_owes_anything() {
    let owing = [
        AwardState::Active,
        AwardState::Suspended {
            until: NaiveDate::MAX,
        },
        AwardState::Completed,
        AwardState::Ended,
    ];
    for state in STATES {
        let mut reporting = over("2027-05-20", paid_in(&[2026]));
        reporting.award = Award { state, ..award() };
        let expected = if owing.contains(&state) { 2 } else { 0 };
        assert_eq!(owed(&reporting, "2027-06-01").len(), expected, "{state:?}");
        // Whatever is owed may be handed in.
        if state.code().owes_reports() {
            let allowed = reporting.award.ensure_allows(Operation::SubmitReport);
            assert_eq!(allowed, Ok(()), "{state:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_owed_may_be_handed_in_and_then_is_owed_no_more(
        paid_out in prop::collection::btree_set(2024_i32..2030, 0..5),
        on_record in prop::collection::btree_set((0_usize..4, 2024_i32..2030), 0..4),
        work_over_on in prop::option::of(0_u64..2_000),
        fixed in prop::collection::btree_map(2024_i32..2030, 0_i64..3, 0..4),
        today in 0_u64..2_500,
    ) {
        let begin = date("2024-04-01");
        let day = |days| begin + chrono::Days::new(days);
        let today = day(today);
        let mut reporting = paid_in(&paid_out.into_iter().collect::<Vec<_>>());
        reporting.on_record = on_record
            .into_iter()
            .map(|(kind, of)| (ReportKind::ALL[kind], year(of)))
            .collect();
        reporting.work_over_on = work_over_on.map(day).filter(|day| *day <= today);
        let fixed: Vec<_> = fixed.into_iter().collect();
        reporting = fixing(&fixed, reporting);
        reporting.fixed.values_mut().for_each(|fixed| fixed.on = begin);
        let mut left = reporting.owed(today).len();
        while let Some(first) = reporting.owed(today).first() {
            let kind = first.term.kind();
            prop_assert_eq!(reporting.term(kind, first.budget_year, today), Ok(first.term));
            prop_assert!(first.since <= today);
            reporting.on_record.insert((kind, first.budget_year));
            let now = reporting.owed(today).len();
            prop_assert!(now < left);
            left = now;
        }
    }
}
