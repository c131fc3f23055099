//! Balances: sums of transfers.

use std::collections::BTreeMap;

use super::{Account, Transfer};
use crate::money::{Currency, Money, MoneyError};

/// An account that may not go below zero and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdrawn {
    /// The account.
    pub account: Account,
    /// Its balance, below zero.
    pub balance: Money,
}

/// The balance of every account that was ever moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<Account, Money>);

impl Balances {
    /// Adds `transfers` up.
    ///
    /// # Errors
    /// When a sum leaves the range of money or a transfer mixes currencies.
    pub fn of<'a>(transfers: impl IntoIterator<Item = &'a Transfer>) -> Result<Self, MoneyError> {
        let mut balances = Self::default();
        for transfer in transfers {
            balances.post(transfer)?;
        }
        Ok(balances)
    }

    /// Adds one transfer.
    ///
    /// # Errors
    /// When a sum leaves the range of money or the transfer mixes currencies.
    pub fn post(&mut self, transfer: &Transfer) -> Result<(), MoneyError> {
        let from = self.balance(transfer.from).minus(transfer.amount)?;
        self.0.insert(transfer.from, from);
        let to = self.balance(transfer.to).plus(transfer.amount)?;
        self.0.insert(transfer.to, to);
        Ok(())
    }

    /// What is in `account`.
    #[must_use]
    pub fn balance(&self, account: Account) -> Money {
        self.0
            .get(&account)
            .copied()
            .unwrap_or_else(|| Money::zero(account.currency))
    }

    /// Every account with its balance, in the accounts' order.
    pub fn iter(&self) -> impl Iterator<Item = (Account, Money)> + '_ {
        self.0.iter().map(|(account, balance)| (*account, *balance))
    }

    /// Every account that is below zero and may not be.
    pub fn overdrawn(&self) -> impl Iterator<Item = Overdrawn> + '_ {
        self.iter()
            .filter(|(account, balance)| balance.minor() < 0 && !account.kind.may_be_negative())
            .map(|(account, balance)| Overdrawn { account, balance })
    }

    /// The sum of all balances in `currency`: zero, by construction.
    ///
    /// # Errors
    /// When the sum leaves the range of money.
    pub fn sum(&self, currency: Currency) -> Result<Money, MoneyError> {
        self.iter()
            .filter(|(account, _)| account.currency == currency)
            .try_fold(Money::zero(currency), |sum, (_, balance)| sum.plus(balance))
    }
}
