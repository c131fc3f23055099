//! The close of an award: every yen of it accounted for.

use std::collections::{BTreeMap, BTreeSet};

use crate::award::AwardStateCode;
use crate::calendar::FiscalYear;
use crate::code::Codes;
use crate::id::AwardId;
use crate::ledger::{AccountKind, Balances, Transfer, TransferKind};
use crate::money::{Currency, Money, MoneyError};
use crate::refusal::Refusal;

/// The accounts of an award that are empty when it is closed.
const EMPTY_AT_CLOSE: [AccountKind; 7] = [
    AccountKind::Committed,
    AccountKind::Retained,
    AccountKind::Payable,
    AccountKind::InTransit,
    AccountKind::Advanced,
    AccountKind::Returnable,
    AccountKind::ChargesReceivable,
];

/// An account that is not empty, and what it holds in all budget years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosureBlocker {
    /// The account.
    pub account: AccountKind,
    /// What it holds.
    pub amount: Money,
}

/// Everything that closing an award looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosureFacts {
    /// The award's state.
    pub state: AwardStateCode,
    /// The budget years in which money of the award was committed and that no determination covers.
    pub undetermined: BTreeSet<FiscalYear>,
    /// The first budget year whose credited consumption tax is still open: something is fixed of it, or a
    /// report was asked for, and none is accepted, or what it gives is not ordered back.
    pub tax_credit_open: Option<FiscalYear>,
    /// What the award's accounts hold, by kind; what is not named is empty.
    pub balances: BTreeMap<AccountKind, Money>,
}

impl ClosureFacts {
    /// The accounts that stand against the close, in the order in which money passes through them.
    #[must_use]
    pub fn blockers(&self) -> Vec<ClosureBlocker> {
        let held = EMPTY_AT_CLOSE.into_iter().filter_map(|account| {
            let amount = *self.balances.get(&account)?;
            (!amount.is_zero()).then_some(ClosureBlocker { account, amount })
        });
        held.collect()
    }

    /// Whether the award may be closed. An award that was completed or ended has a determination for
    /// each of its years, be it of nothing, and no credited tax that is open; one that was cancelled
    /// need not have been reported on.
    ///
    /// # Errors
    /// [`Refusal::AwardNotOver`], [`Refusal::YearNotDetermined`], [`Refusal::TaxCreditOpen`] or
    /// [`Refusal::AccountsNotEmpty`] with every account of [`blockers`](Self::blockers).
    pub fn ensure_closable(&self) -> Result<(), Refusal> {
        let is_reported_on = match self.state {
            AwardStateCode::Completed | AwardStateCode::Ended => true,
            AwardStateCode::Cancelled => false,
            state => return Err(Refusal::AwardNotOver { state }),
        };
        if let Some(year) = self.undetermined.first()
            && is_reported_on
        {
            return Err(Refusal::YearNotDetermined { budget_year: *year });
        }
        if let Some(budget_year) = self.tax_credit_open
            && is_reported_on
        {
            return Err(Refusal::TaxCreditOpen { budget_year });
        }
        let accounts: Vec<_> = self.blockers().iter().map(|held| held.account).collect();
        if accounts.is_empty() {
            Ok(())
        } else {
            Err(Refusal::AccountsNotEmpty {
                accounts: Codes(accounts),
            })
        }
    }
}

/// What the accounts of an award hold, all budget years together.
///
/// # Errors
/// When a sum leaves the range of money, or the award has accounts in two currencies.
pub fn balances_of(
    award: AwardId,
    balances: &Balances,
) -> Result<BTreeMap<AccountKind, Money>, MoneyError> {
    let mut held = BTreeMap::new();
    for (account, balance) in balances.iter() {
        if account.kind.is_an_awards() && account.owner == award.uuid() {
            let sum = held
                .entry(account.kind)
                .or_insert(Money::zero(account.currency));
            *sum = sum.plus(balance)?;
        }
    }
    Ok(held)
}

/// The five amounts of an award, with what was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiveAmounts {
    /// What was applied for.
    pub applied: Money,
    /// The decided amount in force.
    pub decided: Money,
    /// What was paid: settled or set off, less what the bank returned.
    pub paid: Money,
    /// What the determinations in force fix.
    pub fixed: Money,
    /// What came back of what was ordered back.
    pub returned: Money,
    /// What of that was given up.
    pub written_off: Money,
}

impl FiveAmounts {
    /// The amounts of `award`: applied, decided and fixed are facts, the other ones are added up
    /// from `transfers`.
    ///
    /// # Errors
    /// When a sum leaves the range of money or currencies are mixed.
    pub fn of<'a>(
        award: AwardId,
        (applied, decided): (Money, Money),
        determinations: impl IntoIterator<Item = Money>,
        transfers: impl IntoIterator<Item = &'a Transfer>,
    ) -> Result<Self, MoneyError> {
        let currency = decided.currency();
        let mut sums = Sums::none(currency);
        for transfer in transfers {
            sums.add(award, transfer)?;
        }
        Ok(Self {
            applied,
            decided,
            paid: sums.paid,
            fixed: Money::sum(currency, determinations)?,
            returned: sums.returned,
            written_off: sums.written_off,
        })
    }

    /// Whether they agree with what the award was `granted`, as they do when it may be closed: what
    /// was paid and neither came back nor was given up is what it keeps.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn agree_at_close(&self, granted: Money) -> Result<bool, MoneyError> {
        let kept = self.paid.minus(self.returned)?.minus(self.written_off)?;
        Ok(kept == granted)
    }
}

/// What transfers add up to.
struct Sums {
    paid: Money,
    returned: Money,
    written_off: Money,
}

impl Sums {
    const fn none(currency: Currency) -> Self {
        Self {
            paid: Money::zero(currency),
            returned: Money::zero(currency),
            written_off: Money::zero(currency),
        }
    }

    /// Adds a transfer, or takes a reversed one away.
    fn add(&mut self, award: AwardId, transfer: &Transfer) -> Result<(), MoneyError> {
        let is_reversal = transfer.reverses.is_some();
        let (from, to) = if is_reversal {
            (transfer.to, transfer.from)
        } else {
            (transfer.from, transfer.to)
        };
        let add = |sum: &mut Money, takes_away: bool| {
            *sum = if takes_away {
                sum.minus(transfer.amount)?
            } else {
                sum.plus(transfer.amount)?
            };
            Ok::<_, MoneyError>(())
        };
        let (leaves, arrives) = (from.owner == award.uuid(), to.owner == award.uuid());
        match transfer.kind {
            TransferKind::SettleEstimate | TransferKind::SettleFinal if arrives => {
                add(&mut self.paid, is_reversal)
            }
            TransferKind::BankReturn if leaves => add(&mut self.paid, !is_reversal),
            TransferKind::Repay | TransferKind::Apply
                if leaves && from.kind == AccountKind::Returnable =>
            {
                add(&mut self.returned, is_reversal)
            }
            TransferKind::WriteOff if leaves => add(&mut self.written_off, is_reversal),
            TransferKind::SetOffApply => {
                if arrives {
                    add(&mut self.paid, is_reversal)?;
                }
                if leaves && from.kind == AccountKind::Returnable {
                    add(&mut self.returned, is_reversal)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
