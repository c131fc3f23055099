//! The worked figures of the law's arithmetic, and the properties that must hold for all others.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

fn rate(numerator: i64, denominator: i64) -> Rate {
    Rate::new(numerator, denominator).expect("a rate")
}

fn shares(points: &[u16]) -> Vec<BasisPoints> {
    points
        .iter()
        .map(|value| BasisPoints::new(*value).expect("a share"))
        .collect()
}

#[test]
fn rule_1_a_rate_is_applied_exactly_and_the_fraction_cut_off() {
    // With a decimal third this is 14,999,999; with parts per million two thirds are 29,999,970.
    assert_eq!(yen(45_000_000).at_rate(rate(1, 3)), Ok(yen(15_000_000)));
    assert_eq!(yen(45_000_000).at_rate(rate(2, 3)), Ok(yen(30_000_000)));
    assert_eq!(yen(100).at_rate(rate(2, 3)), Ok(yen(66)));
    assert_eq!(yen(29_629_629).cut_below(1_000), Ok(yen(29_629_000)));
}

#[test]
fn rule_1_a_total_is_the_sum_of_lines_that_were_each_cut_once() {
    let lines = [yen(100), yen(100), yen(100)].map(|line| line.at_rate(rate(2, 3)));
    let total = Money::sum(Currency::JPY, lines.into_iter().flatten());
    assert_eq!(
        total,
        Ok(yen(198)),
        "three printed lines of 66, not 200 computed beside them"
    );
}

#[test]
fn rule_2_all_fractions_of_instalments_go_to_the_first() {
    let parts = yen(100_000_001).split_evenly(3);
    assert_eq!(
        parts,
        Ok(vec![yen(33_333_335), yen(33_333_333), yen(33_333_333)])
    );
    assert_eq!(yen(5).split_evenly(0), Err(MoneyError::NoParts));
}

#[test]
fn rule_3_the_grant_amount_follows_the_smallest_of_its_bases() {
    let costs = |eligible| GrantCosts {
        standard: yen(50_000_000),
        eligible: yen(eligible),
        total: yen(60_000_000),
        income: yen(15_000_000),
    };
    assert_eq!(
        costs(48_765_432).grant_amount(rate(2, 3), 1_000),
        Ok(yen(30_000_000))
    );
    assert_eq!(
        costs(44_444_444).grant_amount(rate(2, 3), 1_000),
        Ok(yen(29_629_000))
    );

    let standard_is_least = GrantCosts {
        standard: yen(30_000_000),
        ..costs(44_444_444)
    };
    assert_eq!(
        standard_is_least.grant_amount(rate(2, 3), 1_000),
        Ok(yen(20_000_000))
    );
    let income_covers_all = GrantCosts {
        income: yen(60_000_001),
        ..costs(44_444_444)
    };
    assert_eq!(
        income_covers_all.grant_amount(rate(2, 3), 1_000),
        Ok(yen(0))
    );
}

#[test]
fn rule_5_a_partial_pass_pays_one_floor_of_the_met_shares() {
    // M2 of 17 million passed at 60 %: 10.2 million payable, 6.8 million to carry or decommit.
    let tranche = yen(17_000_000);
    let met = BasisPoints::sum(shares(&[3_500, 2_500])).expect("at most the whole");
    let payable = tranche.share(met);
    assert_eq!(payable, yen(10_200_000));
    assert_eq!(tranche.minus(payable), Ok(yen(6_800_000)));
    // One floor, not one for each criterion: 3 x floor(33.66) would be 99.
    let thirds = BasisPoints::sum(shares(&[3_333, 3_333, 3_333])).expect("at most the whole");
    assert_eq!(yen(101).share(thirds), yen(100));
}

#[test]
fn rule_5_default_tranches_are_floors_with_the_fractions_on_the_first() {
    let parts = yen(100_000_001).split_by_shares(&shares(&[2_000, 3_600, 3_400, 1_000]));
    assert_eq!(
        parts,
        Ok(vec![
            yen(20_000_001),
            yen(36_000_000),
            yen(34_000_000),
            yen(10_000_000)
        ])
    );
    let parts = yen(10_001).split_by_shares(&shares(&[3_333, 3_333, 3_334]));
    assert_eq!(parts, Ok(vec![yen(3_334), yen(3_333), yen(3_334)]));
}

#[test]
fn shares_that_do_not_make_a_whole_are_refused() {
    assert_eq!(
        yen(100).split_by_shares(&shares(&[5_000, 4_999])),
        Err(MoneyError::SharesNotWhole { sum: 9_999 })
    );
    assert_eq!(yen(100).split_by_shares(&[]), Err(MoneyError::NoParts));
    assert_eq!(
        BasisPoints::sum(shares(&[5_001, 5_000])),
        Err(MoneyError::BasisPointsOutOfRange { value: 10_001 })
    );
    assert_eq!(
        BasisPoints::new(-1),
        Err(MoneyError::BasisPointsOutOfRange { value: -1 })
    );
    assert_eq!(BasisPoints::of(u16::MAX), BasisPoints::WHOLE);
    assert_eq!(BasisPoints::of(5_001).to_string(), "50.01%");
}

#[test]
fn a_rate_or_unit_that_cannot_be_applied_is_refused() {
    for (numerator, denominator) in [(1, 0), (1, -3), (-2, 3)] {
        assert_eq!(
            Rate::new(numerator, denominator),
            Err(MoneyError::RateInvalid {
                numerator,
                denominator
            })
        );
    }
    assert_eq!(
        yen(1).cut_below(0),
        Err(MoneyError::UnitNotPositive { unit_minor: 0 })
    );
    assert_eq!(yen(i64::MAX).at_rate(rate(3, 2)), Err(MoneyError::Overflow));
    assert_eq!(
        yen(i64::MAX).at_rate(rate(i64::MAX, i64::MAX)),
        Ok(yen(i64::MAX))
    );
}

#[test]
fn currencies_never_mix() {
    let dollars = Money::of_minor(100, Currency::USD);
    let mismatch = MoneyError::CurrencyMismatch {
        expected: Currency::JPY,
        found: Currency::USD,
    };
    assert_eq!(yen(1).plus(dollars), Err(mismatch.clone()));
    assert_eq!(yen(1).minus(dollars), Err(mismatch.clone()));
    assert_eq!(yen(1).compare(dollars), Err(mismatch.clone()));
    assert_eq!(Money::sum(Currency::JPY, [yen(1), dollars]), Err(mismatch));
    assert_eq!(yen(1).compare(yen(2)), Ok(Ordering::Less));
}

#[test]
fn sums_beyond_64_bits_are_refused_but_their_parts_may_pass_by() {
    assert_eq!(yen(i64::MAX).plus(yen(1)), Err(MoneyError::Overflow));
    assert_eq!(yen(i64::MIN).minus(yen(1)), Err(MoneyError::Overflow));
    let there_and_back = [yen(i64::MAX), yen(1), yen(-1)];
    assert_eq!(Money::sum(Currency::JPY, there_and_back), Ok(yen(i64::MAX)));
}

#[test]
fn amounts_carry_the_decimals_of_their_currency() {
    for (text, currency, minor, written) in [
        ("1000", Currency::JPY, 1_000, "1000"),
        ("-7", Currency::JPY, -7, "-7"),
        ("10.5", Currency::USD, 1_050, "10.50"),
        ("-0.05", Currency::USD, -5, "-0.05"),
        ("0", Currency::USD, 0, "0.00"),
        ("1.234", Currency::KWD, 1_234, "1.234"),
        (
            "92233720368547758.07",
            Currency::USD,
            i64::MAX,
            "92233720368547758.07",
        ),
    ] {
        let money = Money::of_minor(minor, currency);
        assert_eq!(Money::parse(text, currency), Ok(money));
        assert_eq!(money.amount(), written);
    }
}

#[test]
fn an_amount_that_would_have_to_be_rounded_or_guessed_is_refused() {
    for (text, allowed) in [("1.5", 0), ("1.0", 0), ("10.500", 2), ("1.2345", 3)] {
        let currency = [Currency::JPY, Currency::USD, Currency::KWD]
            .into_iter()
            .find(|currency| currency.exponent() == allowed)
            .expect("a currency");
        let text = text.to_owned();
        assert_eq!(
            Money::parse(&text, currency),
            Err(MoneyError::TooManyDecimals { text, allowed })
        );
    }
    for text in ["1e6", "1,000", "+1", "", "１０００", "1_000", "¥1"] {
        let text = text.to_owned();
        assert_eq!(
            Money::parse(&text, Currency::JPY),
            Err(MoneyError::NotANumber { text })
        );
    }
    for text in [
        "92233720368547758.08",
        "99999999999999999999999999999999999999999",
    ] {
        assert_eq!(Money::parse(text, Currency::USD), Err(MoneyError::Overflow));
    }
}

#[test]
fn people_see_thousands_separated() {
    assert_eq!(yen(1_000_000).formatted_ja(), "1,000,000円");
    assert_eq!(yen(-100).formatted_en(), "JPY -100");
    assert_eq!(yen(-123_456).to_string(), "JPY -123,456");
    assert_eq!(
        Money::of_minor(123_456_789, Currency::USD).formatted_ja(),
        "1,234,567.89 USD"
    );
    assert_eq!(Money::of_minor(99_999, Currency::USD).grouped(), "999.99");
    assert_eq!(
        Money::of_minor(1_234_567, Currency::KWD).formatted_en(),
        "KWD 1,234.567"
    );
}

#[test]
fn json_holds_amounts_as_text_only() {
    let json = r#"{"amount":"10.50","currency":"USD"}"#;
    let money: Money = serde_json::from_str(json).expect("money");
    assert_eq!(money, Money::of_minor(1_050, Currency::USD));
    assert_eq!(serde_json::to_string(&money).expect("json"), json);
    for refused in [
        r#"{"amount":10.5,"currency":"USD"}"#,
        r#"{"amount":"10.505","currency":"USD"}"#,
        r#"{"amount":"10","currency":"usd"}"#,
        r#"{"amount":"10","currency":"USD","rate":"1"}"#,
    ] {
        assert!(serde_json::from_str::<Money>(refused).is_err(), "{refused}");
    }
    assert_eq!(
        serde_json::to_string(&rate(2, 3)).expect("json"),
        r#"{"numerator":2,"denominator":3}"#
    );
    assert!(serde_json::from_str::<Rate>(r#"{"numerator":2,"denominator":0}"#).is_err());
    assert_eq!(
        serde_json::from_str::<BasisPoints>("5001").ok(),
        Some(BasisPoints::of(5_001))
    );
    assert!(serde_json::from_str::<BasisPoints>("10001").is_err());
}

#[test]
fn a_currency_without_a_minor_unit_is_no_currency_for_money() {
    for code in ["XXX", "XAU", "XTS", "jpy", "JPYN", ""] {
        assert_eq!(
            Currency::from_code(code),
            Err(MoneyError::CurrencyUnknown {
                code: code.to_owned()
            })
        );
    }
    let exponents =
        ["JPY", "USD", "KWD"].map(|code| Currency::from_code(code).map(Currency::exponent));
    assert_eq!(exponents, [Ok(0), Ok(2), Ok(3)]);
    assert!(Currency::JPY < Currency::KWD && Currency::KWD < Currency::USD);
}

/// Shares that sum to the whole: the gaps between sorted cuts of 0 to 10,000.
fn whole_in_shares() -> impl Strategy<Value = Vec<BasisPoints>> {
    prop::collection::vec(0_u16..=10_000, 0..12).prop_map(|mut cuts| {
        cuts.push(10_000);
        cuts.sort_unstable();
        let mut from = 0;
        cuts.iter()
            .map(|to| BasisPoints::of(to - std::mem::replace(&mut from, *to)))
            .collect()
    })
}

proptest! {
    #[test]
    fn splitting_evenly_neither_loses_nor_makes_a_unit(minor: i64, parts in 1_u16..500) {
        let split = yen(minor).split_evenly(parts).expect("at least one part");
        prop_assert_eq!(Money::sum(Currency::JPY, split.iter().copied()), Ok(yen(minor)));
        prop_assert_eq!(split.len(), usize::from(parts));
        let (first, others) = split.split_first().expect("at least one part");
        let part = others.first().unwrap_or(first);
        prop_assert!(others.iter().all(|other| other == part));
        let fractions = first.minor() - part.minor();
        prop_assert!((0..i64::from(parts)).contains(&fractions));
    }

    #[test]
    fn splitting_by_shares_neither_loses_nor_makes_a_unit(minor: i64, shares in whole_in_shares()) {
        let split = yen(minor).split_by_shares(&shares).expect("a whole");
        prop_assert_eq!(Money::sum(Currency::JPY, split.iter().copied()), Ok(yen(minor)));
        for (part, share) in split.iter().zip(&shares).skip(1) {
            prop_assert_eq!(*part, yen(minor).share(*share));
        }
    }

    #[test]
    fn a_larger_share_never_gives_less(minor: i64, left in 0_u16..=10_000, right in 0_u16..=10_000) {
        let (small, large) = (left.min(right), left.max(right));
        let of = |points| yen(minor.saturating_abs()).share(BasisPoints::of(points));
        prop_assert!(of(small).minor() <= of(large).minor());
        prop_assert_eq!(of(10_000).minor(), minor.saturating_abs());
    }

    #[test]
    fn an_amount_written_reads_back_as_itself(minor: i64) {
        for currency in [Currency::JPY, Currency::USD, Currency::KWD] {
            let money = Money::of_minor(minor, currency);
            prop_assert_eq!(Money::parse(&money.amount(), currency), Ok(money));
            prop_assert_eq!(money.grouped().replace(',', ""), money.amount());
        }
    }

    #[test]
    fn cutting_leaves_a_multiple_of_the_unit_less_than_a_unit_away(
        minor in -1_000_000_000_000_i64..1_000_000_000_000, unit in 1_i64..1_000_000,
    ) {
        let cut = yen(minor).cut_below(unit).expect("in range").minor();
        prop_assert_eq!(cut % unit, 0);
        prop_assert!((0..unit).contains(&(minor - cut)));
    }
}
