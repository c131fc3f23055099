//! Plans and their parts, in millions of yen.

use chrono::NaiveDate;
use domain::award::{PlannedMilestone, PlannedTranche};
use domain::calendar::FiscalYear;
use domain::criterion::Criterion;
use domain::{BasisPoints, Currency, LocalizedText, Money};

/// So many million yen.
pub(crate) fn millions(count: i64) -> Money {
    Money::of_minor(count * 1_000_000, Currency::JPY)
}

/// The fiscal year that begins in April of `year`.
pub(crate) const fn year(year: i32) -> FiscalYear {
    FiscalYear::new(year)
}

/// A tranche of `amount` millions out of `budget_year`.
pub(crate) fn tranche(amount: i64, budget_year: i32) -> PlannedTranche {
    PlannedTranche {
        amount: millions(amount),
        budget_year: year(budget_year),
    }
}

/// A criterion with `share` as weight and payable share.
pub(crate) fn criterion(code: &str, share: u16, blocking: bool) -> Criterion {
    Criterion {
        code: code.to_owned(),
        title: LocalizedText::new("基準", "criterion"),
        weight_bp: BasisPoints::of(share),
        payable_share_bp: BasisPoints::of(share),
        blocking,
        kpi: None,
        evidence_kinds: vec![],
    }
}

/// Two criteria: `SAFETY` blocks and earns 60 %, `UPTAKE` earns 40 %.
pub(crate) fn criteria() -> Vec<Criterion> {
    vec![
        criterion("SAFETY", 6_000, true),
        criterion("UPTAKE", 4_000, false),
    ]
}

/// A milestone of `amount` millions out of `budget_year`, due in that year's December.
pub(crate) fn planned(ordinal: u16, amount: i64, budget_year: i32) -> PlannedMilestone {
    PlannedMilestone {
        ordinal,
        title: LocalizedText::new("段階", "stage"),
        due_on: NaiveDate::from_ymd_opt(budget_year, 12, 1).expect("a day"),
        criteria: criteria(),
        tranche: tranche(amount, budget_year),
    }
}
