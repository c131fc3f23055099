//! Where the money of one budget year of an award is, added up from its transfers.
//!
//! What was paid has no budget year of its own: it keeps the one that it was paid out of, or that of
//! the record (a determination, an order to return) that moved it since. And what settles a determined
//! year may be paid out of a later one's budget, when it was carried over: it lies in the accounts of
//! the later year and is money of the year that it settles.

mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use self::elsewhere::{Elsewhere, WaitingAccounts};
use super::{DatedAmount, YearMoney};
use crate::calendar::FiscalYear;
use crate::id::{AwardId, TransferId};
use crate::ledger::{Account, AccountKind, Transfer, TransferKind};
use crate::money::{Currency, Money, MoneyError};

/// To which budget year money belongs, where its account does not say it, or says another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearRecords {
    /// The budget year of the records that moved it.
    pub years: BTreeMap<Uuid, FiscalYear>,
    /// The accounts of later years in which the settlement of a year waits for its release, and how much is
    /// to be released there.
    pub waiting: BTreeMap<(FiscalYear, Account), Money>,
    /// What the later years' own tranches need in these accounts, as far as they are not released.
    pub needed: BTreeMap<Account, Money>,
}

impl YearRecords {
    /// The budget year to which this `side` of a transfer belongs.
    fn year_of(&self, side: &Account, transfer: &Transfer) -> Option<FiscalYear> {
        let of_record = self.years.get(&transfer.record).copied();
        of_record
            .or(side.budget_year)
            .or(transfer.from.budget_year)
            .or(transfer.to.budget_year)
    }
}

/// The money of one budget year of an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLedger {
    /// Where it is.
    pub money: YearMoney,
    /// What was committed in the year or carried over into it.
    pub decided: Money,
    /// What of that went back to the envelope.
    pub decommitted: Money,
    /// What of its money lies in the accounts of later years, where its settlement waits.
    pub carried: BTreeMap<Account, Money>,
}

impl YearLedger {
    /// The money of `year` of `award` by its `transfers`, which belong to years as `records` say.
    ///
    /// # Errors
    /// When a sum leaves the range of money or currencies are mixed.
    pub fn of<'a>(
        (award, year, currency): (AwardId, FiscalYear, Currency),
        transfers: impl IntoIterator<Item = &'a Transfer>,
        records: &YearRecords,
    ) -> Result<Self, MoneyError> {
        let none = Money::zero(currency);
        let money = YearMoney {
            advanced: none,
            granted: none,
            under_way: none,
            committed: none,
            retained: none,
            ordered_back: none,
        };
        let mut ledger = Self {
            money,
            decided: none,
            decommitted: none,
            carried: BTreeMap::new(),
        };
        let mut accounts = WaitingAccounts::default();
        for transfer in transfers {
            for (side, comes) in [(transfer.from, false), (transfer.to, true)] {
                let Some(of_side) = records.year_of(&side, transfer) else {
                    continue;
                };
                if side.owner != award.uuid() {
                    continue;
                }
                if of_side == year {
                    ledger.take(side, transfer, comes)?;
                }
                if waits_in(side.kind) {
                    accounts.take(of_side, side, (transfer.amount, comes))?;
                }
            }
        }
        for elsewhere in accounts.settle(records)? {
            let Elsewhere { account, gone, .. } = elsewhere;
            if elsewhere.of == year {
                if elsewhere.waits {
                    ledger.carried.insert(account, elsewhere.there);
                }
                ledger.correct(account.kind, gone, gone)?;
            } else if account.budget_year == Some(year) {
                ledger.correct(account.kind, gone, none.minus(gone)?)?;
            }
        }
        Ok(ledger)
    }

    /// By the records the settlement has `gone` more in an account of a later year than is there. It went back
    /// together with other money of that year; what is there beyond the records was committed anew out of
    /// that year. Both are of the year that is settled, which gives up `part`, and not of the later one,
    /// which takes it.
    fn correct(&mut self, kind: AccountKind, gone: Money, part: Money) -> Result<(), MoneyError> {
        if let Some(place) = self.place(kind) {
            *place = place.minus(part)?;
        }
        if gone.is_positive() {
            self.decommitted = self.decommitted.plus(part)?;
        } else {
            self.decided = self.decided.minus(part)?;
        }
        Ok(())
    }

    /// Takes one side of a transfer in.
    fn take(&mut self, side: Account, transfer: &Transfer, comes: bool) -> Result<(), MoneyError> {
        let amount = transfer.amount;
        let Some(place) = self.place(side.kind) else {
            return Ok(());
        };
        *place = moved(*place, amount, comes)?;
        match transfer.kind {
            TransferKind::OrderReturn | TransferKind::Rescind => {
                let back = self.money.ordered_back;
                self.money.ordered_back = moved(back, amount, !comes)?;
            }
            TransferKind::Commit | TransferKind::CarryOver => {
                self.decided = moved(self.decided, amount, comes)?;
            }
            TransferKind::Decommit => self.decommitted = moved(self.decommitted, amount, !comes)?,
            _ => {}
        }
        Ok(())
    }

    /// Where the money of an account of this kind is counted.
    const fn place(&mut self, kind: AccountKind) -> Option<&mut Money> {
        let money = &mut self.money;
        match kind {
            AccountKind::Advanced => Some(&mut money.advanced),
            AccountKind::Granted => Some(&mut money.granted),
            AccountKind::Payable | AccountKind::InTransit => Some(&mut money.under_way),
            AccountKind::Committed => Some(&mut money.committed),
            AccountKind::Retained => Some(&mut money.retained),
            _ => None,
        }
    }
}

/// Whether money waits for its release in accounts of this kind.
const fn waits_in(kind: AccountKind) -> bool {
    matches!(kind, AccountKind::Committed | AccountKind::Retained)
}

fn moved(sum: Money, amount: Money, comes: bool) -> Result<Money, MoneyError> {
    if comes {
        sum.plus(amount)
    } else {
        sum.minus(amount)
    }
}

/// What an award received and when: its [arrivals](arrivals_of).
pub fn receipts_of<'a>(
    award: AwardId,
    transfers: impl IntoIterator<Item = &'a Transfer>,
    payment_of: impl Fn(Uuid) -> Option<Uuid>,
) -> Vec<DatedAmount> {
    let receipt = |transfer: &Transfer| DatedAmount {
        on: transfer.value_date,
        amount: transfer.amount,
    };
    let arrived = arrivals_of(award, transfers, payment_of);
    arrived.into_iter().map(receipt).collect()
}

/// The transfers by which money arrived at an award and stayed: what was settled or set off, less what the
/// bank took back of the same payment. What was taken back as recorded by mistake never happened;
/// `payment_of` says which payment an answer of the bank is about.
pub fn arrivals_of<'a>(
    award: AwardId,
    transfers: impl IntoIterator<Item = &'a Transfer>,
    payment_of: impl Fn(Uuid) -> Option<Uuid>,
) -> Vec<&'a Transfer> {
    let transfers: Vec<&Transfer> = transfers.into_iter().collect();
    let reversed: BTreeSet<TransferId> = transfers.iter().filter_map(|one| one.reverses).collect();
    let stands = |one: &&Transfer| one.reverses.is_none() && !reversed.contains(&one.id);
    let mut arrived: Vec<(Option<Uuid>, &Transfer)> = Vec::new();
    let paid = |account: &Account| {
        account.owner == award.uuid()
            && matches!(account.kind, AccountKind::Advanced | AccountKind::Granted)
    };
    for transfer in transfers.into_iter().filter(stands) {
        let payment = payment_of(transfer.record);
        match transfer.kind {
            TransferKind::SettleEstimate
            | TransferKind::SettleFinal
            | TransferKind::SetOffApply
                if paid(&transfer.to) =>
            {
                arrived.push((payment, transfer));
            }
            // The bank returns whole payments.
            TransferKind::BankReturn if paid(&transfer.from) && payment.is_some() => {
                arrived.retain(|(settled, _)| *settled != payment);
            }
            _ => {}
        }
    }
    arrived.into_iter().map(|(_, transfer)| transfer).collect()
}
