//! Which transfer a step of a payment makes.

use super::{AccountKind, TransferKind};
use crate::money::Money;
use crate::payment::InstructionStep;
use crate::tranche::PaymentBasis;

/// What moves when `step` happens to a payment that was handed to the bank: the kind, the account
/// that the money leaves and the one that it comes to. None for a step that moves nothing by itself.
///
/// `basis` is that of the release; `has_arrived` tells a return on the way from one after arrival. A
/// payment on estimate may have been fixed since: then it lies in [`AccountKind::Granted`], which is
/// known by `advanced`, what the award still has there, being less than the `amount`.
#[must_use]
pub fn payment_leg(
    step: InstructionStep,
    has_arrived: bool,
    basis: PaymentBasis,
    (amount, advanced): (Money, Money),
) -> Option<(TransferKind, AccountKind, AccountKind)> {
    use AccountKind::{Advanced, Granted, InTransit, Payable};
    Some(match (step, basis) {
        (InstructionStep::Send, _) => (TransferKind::Send, Payable, InTransit),
        (InstructionStep::Settle, PaymentBasis::Estimate) => {
            (TransferKind::SettleEstimate, InTransit, Advanced)
        }
        (InstructionStep::Settle, PaymentBasis::Settlement) => {
            (TransferKind::SettleFinal, InTransit, Granted)
        }
        (InstructionStep::Bounce, _) if !has_arrived => (TransferKind::Bounce, InTransit, Payable),
        (InstructionStep::Bounce, PaymentBasis::Estimate) if amount.minor() <= advanced.minor() => {
            (TransferKind::BankReturn, Advanced, Payable)
        }
        (InstructionStep::Bounce, _) => (TransferKind::BankReturn, Granted, Payable),
        (InstructionStep::Withdraw, _) => return None,
    })
}
