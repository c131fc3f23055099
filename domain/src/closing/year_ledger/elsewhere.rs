//! What of a budget year lies in the accounts of later ones.

use std::collections::BTreeMap;

use super::{YearRecords, moved};
use crate::calendar::FiscalYear;
use crate::ledger::Account;
use crate::money::{Money, MoneyError};

/// The accounts of an award in which money waits for its release.
#[derive(Default)]
pub(super) struct WaitingAccounts {
    /// What by the records each year has in accounts of later ones.
    stated: BTreeMap<(FiscalYear, Account), Money>,
    /// What each account holds.
    held: BTreeMap<Account, Money>,
}

impl WaitingAccounts {
    /// Takes in what comes into an account of this `side`, or leaves it, as money `of` a year.
    pub(super) fn take(
        &mut self,
        of: FiscalYear,
        side: Account,
        (amount, comes): (Money, bool),
    ) -> Result<(), MoneyError> {
        let none = Money::zero(amount.currency());
        let held = self.held.entry(side).or_insert(none);
        *held = moved(*held, amount, comes)?;
        if side.budget_year != Some(of) {
            let stated = self.stated.entry((of, side)).or_insert(none);
            *stated = moved(*stated, amount, comes)?;
        }
        Ok(())
    }

    /// What each year has in which account of a later one by the records, and what of it is there: where
    /// its settlement waits, what that needs, as far as the account holds more than the later year's own
    /// tranches need; that was committed anew for it. Otherwise nothing.
    pub(super) fn settle(mut self, records: &YearRecords) -> Result<Vec<Elsewhere>, MoneyError> {
        for (key, stated) in &self.stated {
            if let (true, Some(rest)) =
                (records.waiting.contains_key(key), self.held.get_mut(&key.1))
            {
                *rest = rest.minus(*stated)?;
            }
        }
        for (account, needed) in &records.needed {
            if let Some(rest) = self.held.get_mut(account) {
                *rest = rest.excess_over(*needed)?;
            }
        }
        let mut settled = Vec::new();
        for ((of, account), stated) in self.stated {
            let none = Money::zero(stated.currency());
            let needed = records.waiting.get(&(of, account));
            let there = match (needed, self.held.get_mut(&account)) {
                (Some(needed), Some(rest)) => {
                    let anew = needed.excess_over(stated)?;
                    let anew = anew.lesser(rest.excess_over(none)?)?;
                    *rest = rest.minus(anew)?;
                    stated.plus(anew)?
                }
                _ => none,
            };
            settled.push(Elsewhere {
                of,
                account,
                waits: needed.is_some(),
                there,
                gone: stated.minus(there)?,
            });
        }
        Ok(settled)
    }
}

/// Money of a year in an account of a later one.
pub(super) struct Elsewhere {
    /// The year.
    pub(super) of: FiscalYear,
    /// The account.
    pub(super) account: Account,
    /// Whether the settlement of the year waits there.
    pub(super) waits: bool,
    /// What of it is there.
    pub(super) there: Money,
    /// What by the records was there and is not; below nothing what is there beyond them.
    pub(super) gone: Money,
}
