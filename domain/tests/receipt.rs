//! What stands against taking a receipt back.

use domain::Refusal;
use domain::award::AwardStateCode;
use domain::closing::{PaidOrder, RecordedReceipt};

use crate::support::date;

const PAID: PaidOrder = PaidOrder {
    award: AwardStateCode::Cancelled,
    is_ended: false,
    is_followed: false,
    closed_on: None,
};

fn recorded(paid: &[PaidOrder]) -> RecordedReceipt {
    RecordedReceipt {
        is_taken_back: false,
        is_refunded: false,
        paid: paid.to_vec(),
    }
}

#[test]
fn a_receipt_on_which_nothing_stands_is_taken_back() {
    for receipt in [recorded(&[]), recorded(&[PAID]), recorded(&[PAID, PAID])] {
        assert_eq!(receipt.ensure_can_be_taken_back("another body"), Ok(()));
    }
}

#[test]
fn what_stands_on_a_receipt_is_named() {
    let closed_on = date("2027-05-01");
    let of = |order: PaidOrder| recorded(&[PAID, order]);
    for (receipt, refusal) in [
        (
            RecordedReceipt {
                is_taken_back: true,
                ..recorded(&[])
            },
            Refusal::ReceiptTakenBack {},
        ),
        (
            RecordedReceipt {
                is_refunded: true,
                ..recorded(&[])
            },
            Refusal::ReceiptRefunded {},
        ),
        (
            of(PaidOrder {
                award: AwardStateCode::Closed,
                ..PAID
            }),
            Refusal::AwardClosed {},
        ),
        (
            of(PaidOrder {
                is_ended: true,
                ..PAID
            }),
            Refusal::ReturnEnded {},
        ),
        (
            of(PaidOrder {
                is_followed: true,
                ..PAID
            }),
            Refusal::ReceiptFollowed {},
        ),
        (
            of(PaidOrder {
                closed_on: Some(closed_on),
                ..PAID
            }),
            Refusal::YearClosed { closed_on },
        ),
    ] {
        assert_eq!(
            receipt.ensure_can_be_taken_back("another body"),
            Err(refusal)
        );
    }
    let silent = recorded(&[]).ensure_can_be_taken_back(" ");
    assert_eq!(silent, Err(Refusal::ReasonRequired {}));
}
