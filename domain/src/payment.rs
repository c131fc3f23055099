//! From a released tranche to money that arrived: payee accounts, instructions, batches, the bank's
//! answers, and when somebody will be paid.
//!
//! A release makes money payable; an instruction asks the bank to pay it, a batch gathers what is
//! asked for together, and only the bank's answer says that it arrived: sent is not paid. Each step
//! is a pure decision here. What this is not: no file (that is `exports`), no ledger kinds (those
//! are in [`ledger`](crate::ledger)), and not the conditions of a payment, which are those of its
//! release ([`tranche`](crate::tranche)), asked again.

mod account_seal;
mod account_use;
mod answer_column;
mod batch;
mod blocked;
mod content;
mod duty;
mod forecast;
mod instruction;
mod originator;
mod payee_account;
mod row_fault;
mod settlement;
mod taking_back;

pub use account_seal::{SealedAccount, SealedCallBack};
pub use account_use::AccountUse;
pub use answer_column::AnswerColumn;
pub use batch::{BatchState, BatchStep};
pub use blocked::{BlockedRow, BlockedRows};
pub use content::{
    AMOUNT_MAX, BatchContent, FixedBatch, PaymentRow, ROWS_MAX, TOTAL_MAX, ensure_as_approved,
};
pub use duty::{Duty, Taken, ensure_may_take};
pub use forecast::{
    ClosingOutlook, Forecast, MilestoneOutlook, Outlook, PaymentStage, SAMPLES_MIN, StageTime,
    StageTimes,
};
pub use instruction::{Clearing, InstructionState, InstructionStep};
pub use originator::{ORIGINATOR_CHARS_MAX, Originator};
pub use payee_account::{
    AccountDetails, Answer, CallBack, Confirmer, PayeeAccount, PayeeAccountState, Standing,
    in_force, standing, standing_of_bound,
};
pub use row_fault::{RowFault, RowFaults};
pub use settlement::{
    BankResult, BankResultCode, Contradiction, Known, LineState, Matching, ReturnReason,
    SettlementLine, UnmatchedReason, judge,
};
pub use taking_back::RecordedLine;
