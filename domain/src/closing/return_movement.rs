//! What orders to return, and payments for them, ask the ledger to post.

use super::{Charge, Movement, Received, ReturnOrder};
use crate::id::{AwardId, OrganizationId, ProgrammeId};
use crate::ledger::{Account, RecordKind, TransferKind};
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::tranche::PaymentBasis;

/// Where money is that was paid on this basis.
pub(super) const fn paid_account(
    award: AwardId,
    basis: PaymentBasis,
    currency: Currency,
) -> Account {
    match basis {
        PaymentBasis::Estimate => Account::advanced(award, currency),
        PaymentBasis::Settlement => Account::granted(award, currency),
    }
}

impl ReturnOrder {
    /// What the order itself moves, `from_granted` of it out of what a determination had covered.
    ///
    /// # Errors
    /// When `from_granted` is more than the order, or of another currency.
    pub fn movements(&self, award: AwardId, from_granted: Money) -> Result<Vec<Movement>, Refusal> {
        let currency = self.ordered.currency();
        let from_advanced = self.ordered.minus(from_granted)?;
        if from_advanced.is_negative() {
            return Err(Refusal::AboveOutstanding {
                outstanding: self.ordered.amount(),
            });
        }
        let back = |from, amount| {
            let sides = (from, Account::returnable(award, currency));
            let kind = TransferKind::OrderReturn;
            Movement::of(RecordKind::ReturnOrder, kind, sides, amount)
        };
        let advanced = back(Account::advanced(award, currency), from_advanced);
        let granted = back(Account::granted(award, currency), from_granted);
        Ok(advanced.into_iter().chain(granted).collect())
    }

    /// What giving `amount` up moves.
    #[must_use]
    pub fn written_off(award: AwardId, amount: Money) -> Option<Movement> {
        let currency = amount.currency();
        let sides = (
            Account::returnable(award, currency),
            Account::written_off(award, currency),
        );
        let kind = TransferKind::WriteOff;
        Movement::of(RecordKind::ReturnOrder, kind, sides, amount)
    }

    /// What rescinding `amount` moves: back to where money paid on this basis is.
    #[must_use]
    pub fn rescinded(award: AwardId, basis: PaymentBasis, amount: Money) -> Option<Movement> {
        let currency = amount.currency();
        let sides = (
            Account::returnable(award, currency),
            paid_account(award, basis, currency),
        );
        let kind = TransferKind::Rescind;
        Movement::of(RecordKind::ReturnOrder, kind, sides, amount)
    }
}

impl Charge {
    /// What waiving `amount` moves.
    #[must_use]
    pub fn waived(award: AwardId, programme: ProgrammeId, amount: Money) -> Option<Movement> {
        let currency = amount.currency();
        let sides = (
            Account::charges_receivable(award, currency),
            Account::charges_levied(programme, currency),
        );
        Movement::of(RecordKind::Charge, TransferKind::Waive, sides, amount)
    }
}

impl Received {
    /// What the payment levies, or takes back of what it had levied too much.
    #[must_use]
    pub fn levy_movements(&self, award: AwardId, programme: ProgrammeId) -> Vec<Movement> {
        let currency = self.principal.currency();
        let levied = Account::charges_levied(programme, currency);
        let receivable = Account::charges_receivable(award, currency);
        let of = |kind, sides, amount| Movement::of(RecordKind::Charge, kind, sides, amount);
        let movements = self.levies.iter().flat_map(|(_, levy)| {
            [
                of(TransferKind::Levy, (levied, receivable), levy.levied),
                of(TransferKind::Waive, (receivable, levied), levy.taken_back),
            ]
        });
        movements.flatten().collect()
    }

    /// What it moves of the money that the payer sent: what was owed is applied, the rest stays the
    /// payer's.
    #[must_use]
    pub fn application_movements(&self, award: AwardId, payer: OrganizationId) -> Vec<Movement> {
        let currency = self.principal.currency();
        let unapplied = Account::unapplied(payer, currency);
        let apply = |from, amount| {
            let kind = TransferKind::Apply;
            Movement::of(RecordKind::Receipt, kind, (from, unapplied), amount)
        };
        let principal = apply(Account::returnable(award, currency), self.principal);
        let charges = apply(Account::charges_receivable(award, currency), self.charges);
        principal.into_iter().chain(charges).collect()
    }

    /// What it moves of `receipt`, money that came in for this very order: what was owed is repaid and
    /// collected, the rest stays the payer's.
    #[must_use]
    pub fn repayment_movements(&self, award: AwardId, receipt: &Receipt) -> Vec<Movement> {
        let currency = self.principal.currency();
        let treasury = Account::treasury(receipt.programme, currency);
        let of =
            |kind, from, amount| Movement::of(RecordKind::Receipt, kind, (from, treasury), amount);
        let (returnable, receivable) = (
            Account::returnable(award, currency),
            Account::charges_receivable(award, currency),
        );
        let rest = Receipt {
            amount: self.unapplied,
            ..*receipt
        };
        [
            of(TransferKind::Repay, returnable, self.principal),
            of(TransferKind::Collect, receivable, self.charges),
            rest.received(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Money that a payer sent, as the ledger moves it while it is not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who sent it.
    pub payer: OrganizationId,
    /// How much.
    pub amount: Money,
}

impl Receipt {
    fn sides(&self) -> (Account, Account) {
        let currency = self.amount.currency();
        (
            Account::unapplied(self.payer, currency),
            Account::treasury(self.programme, currency),
        )
    }

    /// What receiving it moves.
    #[must_use]
    pub fn received(&self) -> Option<Movement> {
        let kind = TransferKind::Receive;
        Movement::of(RecordKind::Receipt, kind, self.sides(), self.amount)
    }

    /// What paying `rest` of it back moves.
    #[must_use]
    pub fn refunded(&self, rest: Money) -> Option<Movement> {
        let (unapplied, treasury) = self.sides();
        let kind = TransferKind::Refund;
        Movement::of(RecordKind::Receipt, kind, (treasury, unapplied), rest)
    }
}
