//! How much of each tranche of an award is paid or can still be.
//!
//! A plan says more than that: a seal covers the amount of a tranche that was passed in part, so it keeps
//! it while the rest went back or stands in another tranche, and where a part of the award was cancelled
//! (Act 17) its tranches stay as they were planned.

use crate::money::{BasisPoints, Money, MoneyError};

/// A tranche that has not lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// What it is planned at.
    pub planned: Money,
    /// The share of it that was passed; the whole before anything is.
    pub share: BasisPoints,
    /// What of it is released and stands; none while it waits for its release.
    pub released: Option<Money>,
}

impl Portion {
    /// How much of each of `portions` is paid or can still be, while `decided` is in force: what was
    /// released, and of the others, in their order, the passed share as far as the decision still goes.
    ///
    /// # Errors
    /// When they are not in the currency of the decision.
    pub fn payable(decided: Money, portions: &[Self]) -> Result<Vec<Money>, MoneyError> {
        let released = portions.iter().filter_map(|portion| portion.released);
        let released = Money::sum(decided.currency(), released)?;
        let mut left = decided.excess_over(released)?;
        let amounts = portions.iter().map(|portion| match portion.released {
            Some(released) => Ok(released),
            None => left.take(portion.planned.share(portion.share)),
        });
        amounts.collect()
    }
}
