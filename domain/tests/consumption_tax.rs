//! The consumption tax that the subsidy paid and the recipient got credited.

use domain::calculation::CalculationSheet;
use domain::closing::{NoTaxCreditReason, TaxCredit};
use domain::{Coded, Currency, Rate};
use proptest::prelude::*;

use crate::support::yen;

fn rate(numerator: i64, denominator: i64) -> Rate {
    Rate::new(numerator, denominator).expect("a rate")
}

/// Purchases of this much, of which a part of `credited` per cent was credited; half is subsidised.
fn credit(purchases: i64, credited: i64) -> TaxCredit {
    TaxCredit::Credited {
        taxable_purchases: yen(purchases),
        tax_in_price: rate(10, 110),
        credited: rate(credited, 100),
        subsidy_rate: rate(1, 2),
    }
}

fn returned(credit: TaxCredit) -> i64 {
    let sheet = CalculationSheet::of(1, credit).expect("figures that fit");
    assert!(sheet.replays());
    let json = serde_json::to_string(&sheet).expect("json");
    assert_eq!(serde_json::from_str(&json).ok(), Some(sheet.clone()));
    sheet.result.minor()
}

#[test]
fn eleven_million_of_purchases_at_a_rate_of_one_half_return_five_hundred_thousand() {
    assert_eq!(returned(credit(11_000_000, 100)), 500_000);
}

#[test]
fn the_fraction_is_cut_off_once() {
    // 10,999,999 x 10/110 is 999,999.9; half of it 499,999.95, of 97 % of it 484,999.95.
    assert_eq!(returned(credit(10_999_999, 100)), 499_999);
    assert_eq!(returned(credit(10_999_999, 97)), 484_999);
}

#[test]
fn nothing_credited_is_a_report_of_zero_with_its_reason() {
    for reason in NoTaxCreditReason::ALL {
        let none = TaxCredit::None {
            reason: *reason,
            currency: Currency::JPY,
        };
        assert_eq!(returned(none), 0);
        let sheet = CalculationSheet::of(1, none).unwrap();
        assert_eq!(sheet.steps[0].inputs, [reason.code()]);
    }
}

#[test]
fn a_rate_that_cannot_be_counted_is_refused() {
    let absurd = TaxCredit::Credited {
        taxable_purchases: yen(1),
        tax_in_price: rate(1, i64::MAX),
        credited: rate(1, 2),
        subsidy_rate: rate(1, 2),
    };
    assert!(CalculationSheet::of(1, absurd).is_err());
}

proptest! {
    #[test]
    fn what_is_returned_is_never_above_the_subsidised_tax_nor_a_yen_below(
        purchases in 0_i64..1_000_000_000_000,
        credited in 0_i64..=100,
    ) {
        let exact = i128::from(purchases) * 10 * i128::from(credited);
        let returned = i128::from(returned(credit(purchases, credited)));
        prop_assert!(returned * 22_000 <= exact && exact < (returned + 1) * 22_000);
    }
}
