//! What a milestone did not earn: carried to a later one, to the yen and to the basis point.

use domain::award::{Remainder, carry_criteria};
use domain::closing::CarryOverGrounds;
use domain::criterion::Criterion;
use domain::{FiscalYear, Refusal};
use proptest::prelude::*;

use crate::support::{criteria, criterion, planned, yen};

/// The year of everything that is planned here.
const YEAR: FiscalYear = FiscalYear::new(2026);

fn shares(criteria: &[Criterion], share: fn(&Criterion) -> u16) -> Vec<u16> {
    criteria.iter().map(share).collect()
}

#[test]
fn the_rest_of_a_partial_pass_moves_with_the_criteria_that_were_not_met() {
    // M2 of 17,000,000 passed at 60 %: 10,200,000 earned, 6,800,000 with UPTAKE go to M3.
    let m2 = planned(2, 17_000_000, criteria());
    let m3 = planned(3, 13_600_000, vec![criterion("LAUNCH", 10_000, true)]);
    let unmet = vec![criterion("UPTAKE", 4_000, false)];
    let m3 = carry_criteria(m3, &m2, yen(6_800_000), &unmet, YEAR).unwrap();
    assert_eq!(m3.tranche.amount, yen(20_400_000));
    let codes: Vec<_> = m3.criteria.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes, ["LAUNCH", "M2-UPTAKE"]);
    // Two thirds of the money are the old criterion's; the basis point that cutting left is its.
    assert_eq!(
        shares(&m3.criteria, |c| c.payable_share_bp.get()),
        [6_666, 3_334]
    );
    assert_eq!(shares(&m3.criteria, |c| c.weight_bp.get()), [6_666, 3_334]);
}

#[test]
fn money_of_another_budget_year_needs_a_carry_over() {
    let m2 = planned(2, 17_000_000, criteria());
    let mut m3 = planned(3, 13_600_000, criteria());
    m3.tranche.budget_year = FiscalYear::new(2027);
    let unmet = vec![criterion("UPTAKE", 4_000, false)];
    let required = Refusal::CarryOverRequired { budget_year: YEAR };
    let carried = |m3, spent_in| carry_criteria(m3, &m2, yen(6_800_000), &unmet, spent_in);
    assert_eq!(carried(m3.clone(), YEAR).unwrap_err(), required);
    let grounds = CarryOverGrounds {
        item: "ヘルステック開発支援".to_owned(),
        reason: "the trial was delayed".to_owned(),
        reference: "財計第3号".to_owned(),
    };
    let carry_over = Remainder::CarryOver {
        to_milestone: 3,
        grounds,
    };
    let Some((3, next)) = carry_over.target(YEAR) else {
        panic!("{carry_over:?} goes to milestone 3");
    };
    let later = carried(m3.clone(), next).unwrap();
    assert_eq!(later.tranche.amount, yen(20_400_000));
    // A carry-over reaches the next year and no further, and is not made within a year.
    m3.tranche.budget_year = FiscalYear::new(2028);
    assert_eq!(carried(m3.clone(), next).unwrap_err(), required);
    m3.tranche.budget_year = YEAR;
    let needless = Refusal::CarryTargetWrong {};
    assert_eq!(carried(m3, next).unwrap_err(), needless);
}

#[test]
fn a_criterion_is_not_carried_to_where_its_code_is_taken() {
    let m1 = planned(1, 10_000_000, criteria());
    let m2 = planned(2, 10_000_000, vec![criterion("M1-UPTAKE", 10_000, true)]);
    let unmet = vec![criterion("UPTAKE", 4_000, false)];
    assert_eq!(
        carry_criteria(m2, &m1, yen(4_000_000), &unmet, YEAR).unwrap_err(),
        Refusal::PlanCriteriaWrong { milestone: 2 }
    );
}

/// Between one and five criteria whose shares make the whole, cut at random places.
fn whole_criteria() -> impl Strategy<Value = Vec<Criterion>> {
    proptest::collection::btree_set(1_u16..10_000, 0..5).prop_map(|cuts| {
        let ends: Vec<u16> = cuts.into_iter().chain([10_000]).collect();
        let starts = [0].into_iter().chain(ends.iter().copied());
        starts
            .zip(&ends)
            .enumerate()
            .map(|(place, (start, end))| criterion(&format!("C{place}"), end - start, false))
            .collect()
    })
}

proptest! {
    #[test]
    fn shares_make_the_whole_and_no_yen_is_lost(
        old in whole_criteria(),
        from in whole_criteria(),
        unmet_mask in proptest::collection::vec(any::<bool>(), 5),
        later in 0_i64..1_000_000_000_000,
        remainder in 1_i64..1_000_000_000_000,
    ) {
        let unmet: Vec<Criterion> = from
            .iter()
            .zip(unmet_mask)
            .filter(|(_, unmet)| *unmet)
            .map(|(criterion, _)| criterion.clone())
            .collect();
        let m1 = planned(1, remainder, from);
        let m2 = planned(2, later, old.clone());
        let carried = carry_criteria(m2, &m1, yen(remainder), &unmet, YEAR).unwrap();
        prop_assert_eq!(carried.tranche.amount, yen(later + remainder));
        prop_assert_eq!(carried.criteria.len(), old.len() + unmet.len());
        let sum = |share: fn(&Criterion) -> u16| -> u32 {
            carried.criteria.iter().map(|c| u32::from(share(c))).sum()
        };
        prop_assert_eq!(sum(|c| c.payable_share_bp.get()), 10_000);
        prop_assert_eq!(sum(|c| c.weight_bp.get()), 10_000);
    }
}
