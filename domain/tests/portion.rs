//! How much of each tranche is paid or can still be: together never more than was decided.

use domain::tranche::Portion;
use domain::{BasisPoints, Money};
use proptest::prelude::*;

use crate::support::yen;

fn portion(planned: i64, share: i64, released: Option<i64>) -> Portion {
    Portion {
        planned: yen(planned),
        share: BasisPoints::new(share).expect("a share"),
        released: released.map(yen),
    }
}

fn payable(decided: i64, portions: &[Portion]) -> Vec<i64> {
    let amounts = Portion::payable(yen(decided), portions).expect("one currency");
    amounts.into_iter().map(Money::minor).collect()
}

#[test]
fn what_was_passed_in_part_is_payable_in_part_whether_released_or_not() {
    // 40 % of the second were carried to the third.
    let third = portion(20_000_000, 10_000, None);
    let second = portion(10_000_000, 6_000, None);
    let first = portion(5_000_000, 10_000, Some(5_000_000));
    let decided = [first, second, third];
    assert_eq!(
        payable(31_000_000, &decided),
        [5_000_000, 6_000_000, 20_000_000]
    );
    let released = portion(10_000_000, 6_000, Some(6_000_000));
    let decided = [first, released, third];
    assert_eq!(
        payable(31_000_000, &decided),
        [5_000_000, 6_000_000, 20_000_000]
    );
    // The fraction is cut off once, as at the release.
    assert_eq!(payable(10, &[portion(9, 3_333, None)]), [2]);
}

#[test]
fn what_is_cancelled_of_a_decision_is_taken_from_the_last_that_wait() {
    let waiting = portion(10, 10_000, None);
    let paid = portion(10, 10_000, Some(10));
    assert_eq!(payable(25, &[waiting, waiting, paid]), [10, 5, 10]);
    assert_eq!(payable(10, &[waiting, waiting, paid]), [0, 0, 10]);
    // More was paid than is decided now: that is for an order to return it.
    assert_eq!(payable(5, &[waiting, paid]), [0, 10]);
}

proptest! {
    #[test]
    fn they_never_come_to_more_than_is_decided_and_released(
        decided in 0_i64..1_000,
        parts in prop::collection::vec((0_i64..500, 0_i64..=10_000, prop::option::of(0_i64..500)), 0..6),
    ) {
        let portions: Vec<Portion> = parts.iter().map(|(planned, share, released)| portion(*planned, *share, *released)).collect();
        let amounts = payable(decided, &portions);
        let released: i64 = parts.iter().filter_map(|(_, _, released)| *released).sum();
        prop_assert!(amounts.iter().sum::<i64>() <= decided.max(released));
        for (amount, portion) in amounts.iter().zip(&portions) {
            let claim = portion.released.unwrap_or_else(|| portion.planned.share(portion.share));
            prop_assert!((0..=claim.minor()).contains(amount));
        }
    }
}
