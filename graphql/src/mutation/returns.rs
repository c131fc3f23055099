//! What is taken back: cancellations, orders to return, and the money that comes in for them.

use domain::award::CancellationGround;
use domain::closing::{ChargeKind, ReturnKind};
use domain::id::{AwardId, OrganizationId, ReceiptId, ReturnOrderId, TrancheId};
use validator::Validate;

use super::{REASON_MAX, RequiredKey, mutations};
use crate::coded::Coded;
use crate::node_id::Id;
use crate::object::Ref;
use crate::scalar::{Date, Money, MoneyInput};

mutations! {
    /// What is taken back.
    pub struct ReturnMutations;

    /// Cancels an award for misuse or breach (Act 17), as a whole or in part. What was not released goes
    /// back; what was paid is ordered back by `orderReturn`. For directors.
    fn cancel_award = CancelAward;
    input CancelAwardInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// On what ground.
        ground: Coded<CancellationGround>,
        /// The part that is cancelled, by which the decided amount falls; all of it where it is left
        /// out.
        part: Option<MoneyInput>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The award, or a part of it, is cancelled.
    payload CancelAwardPayload {
        /// The award.
        award: Ref<AwardId>,
    }

    /// Orders money of a budget year to be returned (Act 18). What was paid above the fixed amount is
    /// ordered back by `determineAmount`. For directors.
    fn order_return = OrderReturn;
    input OrderReturnInput (key: RequiredKey) {
        /// The award.
        award: Id<AwardId>,
        /// Why money is to be returned; only a cancellation bears a surcharge.
        kind: Coded<ReturnKind>,
        /// The budget year out of which it was paid.
        budget_year: i32,
        /// How much; left out for a credited consumption tax, which the accepted report gives.
        amount: Option<MoneyInput>,
        /// The last day on which it is paid in time, in Japan.
        due_on: Date,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The return is ordered.
    payload OrderReturnPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The order.
        return_order: Ref<ReturnOrderId>,
        /// The principal.
        amount: Money,
    }

    /// Keeps what a released tranche still pays for the returns and charges of the same body that are
    /// overdue, the earliest due first (Act 20). What is left of it is still paid. For directors.
    fn set_off = SetOff;
    input SetOffInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// What is payable is kept.
    payload SetOffPayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
        /// What was kept.
        kept: Money,
        /// What is still to be paid of the tranche.
        left: Money,
    }

    /// Records money that came in from a body. The same reference told again changes nothing. For
    /// finance; another person applies it.
    fn record_receipt = RecordReceipt;
    input RecordReceiptInput (key: RequiredKey) {
        /// Who paid.
        organization: Id<OrganizationId>,
        /// How much.
        amount: MoneyInput,
        /// The day on which it arrived, in Japan.
        received_on: Date,
        /// What the treasury knows it by; 1 to 100 characters.
        #[validate(length(min = 1, max = 100))]
        reference: String,
    }
    /// The receipt is on record.
    payload RecordReceiptPayload {
        /// The receipt.
        receipt: Ref<ReceiptId>,
        /// Whether it was on record before.
        known: bool,
    }

    /// Applies what is left of a receipt to an order to return: to the principal, then to the surcharge,
    /// then to the late charge. The day of its arrival counts, or that of the order where this is later.
    /// For finance, and not for who recorded the receipt.
    fn apply_receipt = ApplyReceipt;
    input ApplyReceiptInput (key: RequiredKey) {
        /// The receipt.
        receipt: Id<ReceiptId>,
        /// The order to return.
        return_order: Id<ReturnOrderId>,
    }
    /// The receipt is applied.
    payload ApplyReceiptPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The part that went to the principal.
        principal: Money,
        /// The part that went to charges.
        charges: Money,
        /// What of the receipt nothing is owed for.
        rest: Money,
        /// What is still owed on the order: principal and levied charges.
        owed: Money,
    }

    /// Records money that came in on the payment slip of one order to return and pays the order with it:
    /// the principal, then the surcharge, then the late charge; what is over stays the payer's. The same
    /// reference told again changes nothing. For finance, and not for who ordered the return.
    fn repay_return = RepayReturn;
    input RepayReturnInput (key: RequiredKey) {
        /// The order to return that the slip names.
        return_order: Id<ReturnOrderId>,
        /// How much was paid.
        amount: MoneyInput,
        /// The day on which it arrived, in Japan.
        received_on: Date,
        /// What the treasury knows it by; 1 to 100 characters.
        #[validate(length(min = 1, max = 100))]
        reference: String,
    }
    /// The return is paid.
    payload RepayReturnPayload {
        /// The award.
        award: Ref<AwardId>,
        /// The receipt.
        receipt: Ref<ReceiptId>,
        /// Whether it was on record before.
        known: bool,
        /// The part that went to the principal.
        principal: Money,
        /// The part that went to charges.
        charges: Money,
        /// What of it nothing was owed for.
        rest: Money,
        /// What is still owed on the order: principal and levied charges.
        owed: Money,
    }

    /// Pays back what is left of a receipt. For finance, and not for who recorded it.
    fn refund_receipt = RefundReceipt;
    input RefundReceiptInput (key: RequiredKey) {
        /// The receipt.
        receipt: Id<ReceiptId>,
        /// The reference of the payment; 1 to 100 characters.
        #[validate(length(min = 1, max = 100))]
        reference: String,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The rest is paid back.
    payload RefundReceiptPayload {
        /// The receipt.
        receipt: Ref<ReceiptId>,
        /// How much.
        amount: Money,
    }

    /// Takes back a receipt that was recorded or applied by mistake, with everything that it paid and that
    /// this levied, while nothing followed. It stays on record, and its reference may be recorded again.
    /// For finance.
    fn take_back_receipt = TakeBackReceipt;
    input TakeBackReceiptInput (key: RequiredKey) {
        /// The receipt.
        receipt: Id<ReceiptId>,
        /// Why; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The receipt is taken back.
    payload TakeBackReceiptPayload {
        /// The receipt.
        receipt: Ref<ReceiptId>,
    }

    /// Waives a part of a levied charge (Act 19). For directors.
    fn waive_charge = WaiveCharge;
    input WaiveChargeInput (key: RequiredKey) {
        /// The order to return.
        return_order: Id<ReturnOrderId>,
        /// Which charge.
        charge: Coded<ChargeKind>,
        /// How much of it.
        amount: MoneyInput,
        /// The reference of the consultation; at most 100 characters.
        #[validate(length(max = 100))]
        reference: String,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The charge is waived.
    payload WaiveChargePayload {
        /// The order.
        return_order: Ref<ReturnOrderId>,
        /// What of the charge is still outstanding.
        amount: Money,
    }

    /// Gives the outstanding principal of a return up as not recoverable. For directors.
    fn write_off_return = WriteOffReturn;
    input WriteOffReturnInput (key: RequiredKey) {
        /// The order to return.
        return_order: Id<ReturnOrderId>,
        /// The reference of the consultation; 1 to 100 characters.
        #[validate(length(min = 1, max = 100))]
        reference: String,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The rest is given up.
    payload WriteOffReturnPayload {
        /// The order.
        return_order: Ref<ReturnOrderId>,
        /// How much.
        amount: Money,
    }

    /// Rescinds an order to return as far as its principal is outstanding. For directors.
    fn rescind_return = RescindReturn;
    input RescindReturnInput (key: RequiredKey) {
        /// The order to return.
        return_order: Id<ReturnOrderId>,
        /// Why (Act 21-2); at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
    }
    /// The rest of the order is rescinded.
    payload RescindReturnPayload {
        /// The order.
        return_order: Ref<ReturnOrderId>,
        /// How much.
        amount: Money,
    }
}
