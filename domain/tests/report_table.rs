//! Every state of a report against every step, and when reports are due and late.

use std::fmt::Write as _;

use domain::closing::{Report, ReportKind, ReportState, ReportTerm};
use domain::{Coded, FiscalYear, Refusal};

use crate::support::{date, today};

fn report(state: ReportState) -> Report {
    Report {
        kind: ReportKind::Result,
        due_on: date("2026-04-10"),
        correction_due_on: matches!(state, ReportState::CorrectionOrdered)
            .then(|| date("2026-06-30")),
        state,
    }
}

fn states() -> [ReportState; 4] {
    [
        ReportState::Draft,
        ReportState::Submitted {
            on: date("2026-04-09"),
        },
        ReportState::CorrectionOrdered,
        ReportState::Accepted {
            submitted_on: date("2026-04-09"),
        },
    ]
}

type Step = fn(Report) -> Result<Report, Refusal>;

fn steps() -> [(&'static str, Step); 5] {
    [
        ("submit", |report| report.submit(today())),
        ("order a correction, a day ahead", |report| {
            report.order_correction("figures differ", date("2026-06-30"), today())
        }),
        ("order a correction, a day past", |report| {
            report.order_correction("figures differ", date("2026-05-31"), today())
        }),
        ("order a correction, no reason", |report| {
            report.order_correction(" ", date("2026-06-30"), today())
        }),
        ("accept", Report::accept),
    ]
}

#[test]
fn every_state_of_a_report_against_every_step() {
    let mut table = format!("{:34}", "");
    for state in states() {
        let _ = write!(table, "{:28}", state.code().code());
    }
    for (name, step) in steps() {
        let _ = write!(table, "\n{name:34}");
        for state in states() {
            let cell = match step(report(state)) {
                Ok(after) => after.state.code().code().to_owned(),
                Err(refusal) => format!("! {}", refusal.code()),
            };
            let _ = write!(table, "{cell:28}");
        }
    }
    let lines: Vec<_> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_kind_goes_the_same_way_to_acceptance() {
    for kind in ReportKind::ALL {
        let owed = Report {
            kind: *kind,
            ..report(ReportState::Draft)
        };
        let accepted = owed
            .submit(date("2026-04-09"))
            .and_then(|sent| {
                sent.order_correction("figures differ", date("2026-05-10"), date("2026-04-20"))
            })
            .and_then(|ordered| ordered.submit(date("2026-05-09")))
            .and_then(Report::accept)
            .unwrap();
        let submitted_on = date("2026-05-09");
        assert_eq!(accepted.state, ReportState::Accepted { submitted_on });
        assert_eq!(accepted.kind, *kind);
    }
}

#[test]
fn reports_are_due_by_the_calendar_of_the_law() {
    let due = |term: ReportTerm| (term.kind(), Report::owed(term).due_on);
    let result = |day| ReportTerm::Result {
        completed_on: date(day),
    };
    assert_eq!(
        due(result("2026-01-31")),
        (ReportKind::Result, date("2026-02-28"))
    );
    assert_eq!(
        due(result("2026-03-31")),
        (ReportKind::Result, date("2026-04-10"))
    );
    let year = FiscalYear::new(2025);
    let year_end = due(ReportTerm::YearEnd { year });
    assert_eq!(year_end, (ReportKind::YearEnd, date("2026-04-10")));
    let prescribed = date("2027-06-30");
    let credit = due(ReportTerm::TaxCredit { due_on: prescribed });
    assert_eq!(credit, (ReportKind::TaxCredit, prescribed));
    let status = due(ReportTerm::Status { prescribed });
    assert_eq!(status, (ReportKind::Status, prescribed));
}

#[test]
fn lateness_is_seen_on_reading_and_stays_as_it_was_on_arrival() {
    let owed = report(ReportState::Draft);
    assert_eq!(owed.late_days(date("2026-04-10")), 0);
    assert_eq!(owed.late_days(date("2026-04-11")), 1);
    assert!(!owed.is_outstanding(date("2026-04-10")));
    assert!(owed.is_outstanding(date("2026-04-11")));
    let late = owed.submit(date("2026-04-13")).unwrap();
    assert_eq!(late.late_days(date("2026-12-31")), 3);
    assert!(late.is_outstanding(date("2026-04-14")));
    let accepted = late.accept().unwrap();
    assert_eq!(accepted.late_days(date("2026-12-31")), 3);
    assert!(!accepted.is_outstanding(date("2026-12-31")));
}

#[test]
fn a_corrected_report_has_the_time_of_its_correction() {
    let sent = report(ReportState::Draft)
        .submit(date("2026-04-01"))
        .unwrap();
    let ordered = sent
        .order_correction("figures differ", date("2026-05-10"), date("2026-04-20"))
        .unwrap();
    assert_eq!(ordered.late_days(date("2026-05-10")), 0);
    assert_eq!(ordered.late_days(date("2026-05-12")), 2);
    assert!(ordered.is_outstanding(date("2026-05-01")));
    let corrected = ordered.submit(date("2026-05-09")).unwrap();
    assert_eq!(corrected.late_days(date("2026-12-31")), 0);
}
