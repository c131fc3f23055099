//! Where the money of one budget year of an award is, added up from its transfers.
//!
//! What was paid has no budget year of its own: it keeps the one that it was paid out of, or that of
//! the record (a determination, an order to return) that moved it since.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{DatedAmount, YearMoney};
use crate::calendar::FiscalYear;
use crate::id::{AwardId, TransferId};
use crate::ledger::{Account, AccountKind, RecordKind, Transfer, TransferKind};
use crate::money::{Currency, Money, MoneyError};

/// The money of one budget year of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearLedger {
    /// Where it is.
    pub money: YearMoney,
    /// What was committed in the year or carried over into it.
    pub decided: Money,
    /// What of that went back to the envelope.
    pub decommitted: Money,
}

impl YearLedger {
    /// The money of `year` of `award` by its `transfers`; `year_of` says which budget year a record
    /// belongs to.
    ///
    /// # Errors
    /// When a sum leaves the range of money or currencies are mixed.
    pub fn of<'a>(
        (award, year, currency): (AwardId, FiscalYear, Currency),
        transfers: impl IntoIterator<Item = &'a Transfer>,
        year_of: impl Fn(RecordKind, Uuid) -> Option<FiscalYear>,
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
        };
        for transfer in transfers {
            let of_record = || year_of(transfer.record_kind, transfer.record);
            let years = transfer.from.budget_year.or(transfer.to.budget_year);
            for (side, comes) in [(transfer.from, false), (transfer.to, true)] {
                let of_side = side.budget_year.or(years).or_else(of_record);
                if side.owner == award.uuid() && of_side == Some(year) {
                    ledger.take(side, transfer, comes)?;
                }
            }
        }
        Ok(ledger)
    }

    /// Takes one side of a transfer in.
    fn take(&mut self, side: Account, transfer: &Transfer, comes: bool) -> Result<(), MoneyError> {
        let amount = transfer.amount;
        let moved = |sum: Money, adds: bool| {
            if adds {
                sum.plus(amount)
            } else {
                sum.minus(amount)
            }
        };
        let money = &mut self.money;
        let place = match side.kind {
            AccountKind::Advanced => &mut money.advanced,
            AccountKind::Granted => &mut money.granted,
            AccountKind::Payable | AccountKind::InTransit => &mut money.under_way,
            AccountKind::Committed => &mut money.committed,
            AccountKind::Retained => &mut money.retained,
            _ => return Ok(()),
        };
        *place = moved(*place, comes)?;
        match transfer.kind {
            TransferKind::OrderReturn | TransferKind::Rescind => {
                let back = self.money.ordered_back;
                self.money.ordered_back = moved(back, !comes)?;
            }
            TransferKind::Commit | TransferKind::CarryOver => {
                self.decided = moved(self.decided, comes)?;
            }
            TransferKind::Decommit => self.decommitted = moved(self.decommitted, !comes)?,
            _ => {}
        }
        Ok(())
    }
}

/// What an award received and when: what was settled or set off, less what the bank took back of the
/// same payment. What was taken back as recorded by mistake never happened; `payment_of` says which
/// payment an answer of the bank is about.
///
/// # Errors
/// When the amounts do not fit.
pub fn receipts_of<'a>(
    award: AwardId,
    transfers: impl IntoIterator<Item = &'a Transfer>,
    payment_of: impl Fn(Uuid) -> Option<Uuid>,
) -> Result<Vec<DatedAmount>, MoneyError> {
    let transfers: Vec<&Transfer> = transfers.into_iter().collect();
    let reversed: BTreeSet<TransferId> = transfers.iter().filter_map(|one| one.reverses).collect();
    let stands = |one: &&Transfer| one.reverses.is_none() && !reversed.contains(&one.id);
    let mut receipts: Vec<(Option<Uuid>, DatedAmount)> = Vec::new();
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
                let receipt = DatedAmount {
                    on: transfer.value_date,
                    amount: transfer.amount,
                };
                receipts.push((payment, receipt));
            }
            // The bank returns whole payments.
            TransferKind::BankReturn if paid(&transfer.from) && payment.is_some() => {
                receipts.retain(|(arrived, _)| *arrived != payment);
            }
            _ => {}
        }
    }
    Ok(receipts.into_iter().map(|(_, receipt)| receipt).collect())
}
