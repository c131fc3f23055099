//! Which transfer a step of a payment makes.

use super::{AccountKind, TransferKind};
use crate::payment::InstructionStep;
use crate::tranche::PaymentBasis;

/// What moves when `step` happens to a payment that was handed to the bank: the kind, the account
/// that the money leaves and the one that it comes to. None for a step that moves nothing by itself.
///
/// `basis` is that of the release; `has_arrived` tells a return on the way from one after arrival. A
/// payment on estimate is in [`AccountKind::Granted`] once its year `is_determined`.
#[must_use]
pub fn payment_leg(
    step: InstructionStep,
    has_arrived: bool,
    basis: PaymentBasis,
    is_determined: bool,
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
        (InstructionStep::Bounce, PaymentBasis::Estimate) if !is_determined => {
            (TransferKind::BankReturn, Advanced, Payable)
        }
        (InstructionStep::Bounce, _) => (TransferKind::BankReturn, Granted, Payable),
        (InstructionStep::Withdraw, _) => return None,
    })
}
