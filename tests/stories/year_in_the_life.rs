//! Two awards, two fiscal years, every yen accounted for on the last day.
//!
//! The course is [`TwoYears`]; each of its acts asserts its own figure. What it comes to, in millions:
//!
//! | account | | |
//! |---|---:|---|
//! | appropriation 2025 | -95.0 | 120.0 appropriated, 25.0 lapsed |
//! | appropriation 2026 | 1.8 | 20.0 appropriated, 21.8 lapsed, 17.0 of it carried over before |
//! | granted, the honest award | 41.2 | 26.0 and 15.2 |
//! | granted, the misused award | 15.0 | 50.0 less 35.0 |
//! | treasury | 40.790680 | 2.0 and 35.0 returned, 10.2 of them set off; charges of 3.674340 and 0.116340 |
//! | charges levied | -3.790680 | |
//! | everything else | 0 | |
//!
//! | award | applied | decided | paid | fixed | returned |
//! |---|---:|---:|---:|---:|---:|
//! | honest | 50.0 | 50.0 | 10.0 + 18.0 + 10.2 + 5.0 = 43.2 | 26.0 + 15.2 = 41.2 | 2.0 |
//! | misused | 60.0 | 60.0 | 30.0 + 20.0 = 50.0 | 15.0 | 35.0 |

use std::collections::BTreeMap;

use domain::Currency;
use domain::ledger::{Account, Balances};
use serde_json::{Value, json};

use crate::builders::{Granted, TwoYears, year};

const AMOUNTS: &str = "query($number: String!) { award(number: $number) { state fiveAmounts {
    applied { amount } decided { amount } paid { amount } fixed { amount } returned { amount }
    writtenOff { amount } } } }";

/// The state and the amounts of an award, as the auditor reads them.
async fn read(years: &TwoYears, award: &Granted) -> Value {
    let asked = json!({ "number": award.number });
    let auditor = years.world.people.auditor;
    years.world.ask(auditor, AMOUNTS, asked).await["award"].take()
}

/// A closed award that comes to these amounts, in yen, of which nothing was given up.
fn closed([applied, decided, paid, fixed, returned]: [i64; 5]) -> Value {
    let yen = |minor: i64| json!({ "amount": minor.to_string() });
    json!({ "state": "CLOSED", "fiveAmounts": {
        "applied": yen(applied), "decided": yen(decided), "paid": yen(paid), "fixed": yen(fixed),
        "returned": yen(returned), "writtenOff": yen(0),
    } })
}

/// What everything comes to, in yen, by account; what holds nothing is not named.
fn held(years: &TwoYears) -> BTreeMap<Account, i64> {
    let jpy = Currency::JPY;
    let programme = years.world.programme;
    [
        (
            Account::appropriation(programme, year(2025), jpy),
            -95_000_000,
        ),
        (
            Account::appropriation(programme, year(2026), jpy),
            1_800_000,
        ),
        (Account::granted(years.honest.id, jpy), 41_200_000),
        (Account::granted(years.misused.id, jpy), 15_000_000),
        (Account::treasury(programme, jpy), 40_790_680),
        (Account::charges_levied(programme, jpy), -3_790_680),
    ]
    .into()
}

on_both! {
    async fn two_awards_through_two_years(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let balances = Balances::of(&world.transfers().await).expect("balances");
        let found: BTreeMap<_, _> = balances
            .iter()
            .map(|(account, balance)| (account, balance.minor()))
            .filter(|(_, minor)| *minor != 0)
            .collect();
        assert_eq!(found, held(&years));

        let honest = closed([50_000_000, 50_000_000, 43_200_000, 41_200_000, 2_000_000]);
        assert_eq!(read(&years, &years.honest).await, honest);
        let misused = closed([60_000_000, 60_000_000, 50_000_000, 15_000_000, 35_000_000]);
        assert_eq!(read(&years, &years.misused).await, misused);
        assert_eq!((world.envelope(2025).await, world.envelope(2026).await), (0, 0));
        world.assert_in_order().await;
    }
}
