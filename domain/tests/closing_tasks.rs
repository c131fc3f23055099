//! Tasks of closing: reports, results, returns and years, as they stand.

use std::collections::BTreeMap;

use domain::access::ReportFacts;
use domain::closing::{
    DatedAmount, Report, ReportTerm, ReturnKind, ReturnOrder, ReturnRequest, YearEnd,
};
use domain::task::{self, TaskKind};
use domain::{FiscalYear, Policy};

use crate::support::{award, date, today, uuid, yen};

fn owed() -> Report {
    Report::owed(ReportTerm::Status {
        prescribed: date("2026-06-30"),
    })
}

/// The tasks of a report of an award in force, with `next` as the one that whatever is handed in is a
/// version of.
fn of(report: &Report, next: &Report, is_determinable: bool) -> Vec<TaskKind> {
    let award = &award();
    let facts = ReportFacts {
        award,
        report,
        next,
    };
    task::of_report(&facts, is_determinable)
}

#[test]
fn a_report_waits_for_its_body_then_for_the_office_and_then_for_its_year() {
    let submitted = owed().submit(today()).expect("a version");
    let corrected = submitted.order_correction("sums", date("2026-07-15"), today());
    let corrected = corrected.expect("a correction");
    let accepted = submitted.accept().expect("an acceptance");
    assert_eq!(of(&owed(), &owed(), false), [TaskKind::SubmitReport]);
    assert_eq!(of(&submitted, &submitted, false), [TaskKind::AcceptReport]);
    assert_eq!(of(&corrected, &corrected, false), [TaskKind::CorrectReport]);
    assert_eq!(of(&accepted, &accepted, true), [TaskKind::DetermineAmount]);
    assert_eq!(of(&accepted, &accepted, false), []);
    // What is handed in is a version of another report, which waits before it.
    assert_eq!(of(&owed(), &submitted, false), []);
    assert_eq!(of(&corrected, &submitted, false), []);
}

#[test]
fn what_is_handed_in_is_of_the_first_report_that_is_not_accepted() {
    let accepted = owed().submit(today()).and_then(Report::accept);
    let accepted = accepted.expect("an acceptance");
    assert_eq!(Report::next_of(&[]), None);
    assert_eq!(Report::next_of(&[accepted, owed(), owed()]), Some(1));
    assert_eq!(Report::next_of(&[accepted, accepted]), Some(1));
}

#[test]
fn a_return_waits_for_finance_once_it_is_late_and_while_a_yen_of_it_is_owed() {
    let received = [DatedAmount {
        on: date("2025-06-01"),
        amount: yen(30_000_000),
    }];
    let request = ReturnRequest {
        kind: ReturnKind::Overpayment,
        amount: yen(30_000_000),
        ordered_on: date("2026-04-10"),
        due_on: date("2026-04-30"),
        reason: "more was paid than is fixed",
    };
    let order = ReturnOrder::order(request, &received, yen(0)).expect("an order");
    let of = |order: &ReturnOrder, day| task::of_return(order, date(day)).expect("amounts");
    assert_eq!(of(&order, "2026-04-30"), []);
    assert_eq!(of(&order, "2026-05-01"), [TaskKind::CollectReturn]);
    let pay = |order: ReturnOrder, amount| {
        let payment = DatedAmount {
            on: date("2026-05-10"),
            amount: yen(amount),
        };
        order
            .repay(payment, &Policy::default(), 1)
            .expect("a payment")
            .order
    };
    // Ten days at 9,000 yen are charged.
    let principal = pay(order, 30_000_000);
    assert_eq!(of(&principal, "2026-05-11"), [TaskKind::CollectReturn]);
    assert_eq!(
        of(&pay(principal.clone(), 89_999), "2026-05-11"),
        [TaskKind::CollectReturn]
    );
    assert_eq!(of(&pay(principal, 90_000), "2026-05-11"), []);
}

#[test]
fn a_year_waits_for_its_close_while_nothing_stands_against_it() {
    let year = |earlier_open, closed_on| YearEnd {
        programme: uuid(100).into(),
        theme: uuid(101).into(),
        budget_year: FiscalYear::new(2026),
        close_out: date("2027-04-30"),
        closed_on,
        earlier_open,
        has_next: false,
        envelope: yen(1),
        awards: BTreeMap::new(),
    };
    let open = year(None, None);
    assert_eq!(task::of_year(&open, date("2027-04-30")), []);
    assert_eq!(
        task::of_year(&open, date("2027-05-01")),
        [TaskKind::CloseYear]
    );
    let earlier = year(Some(FiscalYear::new(2025)), None);
    assert_eq!(task::of_year(&earlier, date("2027-05-01")), []);
    let closed = year(None, Some(date("2027-05-01")));
    assert_eq!(task::of_year(&closed, date("2027-05-01")), []);
}
