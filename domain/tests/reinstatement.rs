//! Money that goes back into the envelope that had paid it: when it does, and how much.

use domain::closing::Reinstatement;
use domain::ledger::{AccountKind, TransferKind};
use domain::{FiscalYear, Policy};
use proptest::prelude::*;

use crate::support::{date, uuid, yen};

fn policy(repay_to_budget: bool) -> Policy {
    Policy {
        repay_to_budget,
        ..Policy::default()
    }
}

fn of_2026<'a>(policy: &'a Policy, received_on: &str) -> Reinstatement<'a> {
    Reinstatement {
        programme: uuid(1).into(),
        theme: uuid(2).into(),
        budget_year: FiscalYear::new(2026),
        is_closed: false,
        received_on: date(received_on),
        policy,
    }
}

#[test]
fn it_goes_back_until_the_close_out_while_the_year_is_open() {
    let (on, off) = (policy(true), policy(false));
    let closed = Reinstatement {
        is_closed: true,
        ..of_2026(&on, "2027-04-30")
    };
    for (reinstatement, goes_back) in [
        (of_2026(&on, "2026-04-01"), true),
        (of_2026(&on, "2027-04-30"), true),
        (of_2026(&on, "2027-05-01"), false),
        (of_2026(&off, "2026-04-01"), false),
        (closed, false),
    ] {
        let movement = reinstatement.movement(yen(7));
        assert_eq!(movement.is_some(), goes_back, "{reinstatement:?}");
    }
}

proptest! {
    /// All of the principal, into the year that had paid it, and nothing where nothing came back.
    #[test]
    fn all_of_the_principal_goes_back(principal in 0_i64..1_000_000_000_000) {
        let policy = policy(true);
        let movement = of_2026(&policy, "2026-10-01").movement(yen(principal));
        prop_assert_eq!(movement.map_or(0, |moved| moved.amount.minor()), principal);
        if let Some(moved) = movement {
            prop_assert_eq!(moved.kind, TransferKind::Reinstate);
            prop_assert_eq!(moved.from.kind, AccountKind::Treasury);
            prop_assert_eq!(moved.to.kind, AccountKind::Envelope);
            prop_assert_eq!(moved.to.budget_year, Some(FiscalYear::new(2026)));
        }
    }
}
