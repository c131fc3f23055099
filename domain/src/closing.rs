//! The end of the money: from what was spent to the fixed amount, the return and the close.
//!
//! What an award may keep is determined from its costs (Act 15). What was paid above that, or
//! against the conditions, is ordered back (Act 18), with a surcharge and a late charge where the law
//! adds them (Act 19), and may be kept from what the same body is due (Act 20). What a year did not
//! spend is carried over or lapses. At last an award is closed, when every yen of it is accounted for.
//!
//! Every decision here is a function of plain values and answers with the next state, the calculation
//! sheet of each computed figure and the [`Movement`]s that the ledger has to post. Nothing is
//! posted here, and what is released of a tranche stands in [`tranche`](crate::tranche).

mod accrual;
mod carry_over;
mod charge;
mod closure;
mod consumption_tax;
mod cost;
mod determination;
mod movement;
mod overpaid;
mod owed;
mod receipt;
mod reinstatement;
mod report;
mod return_movement;
mod return_order;
mod set_off;
mod slip;
mod year_end;
mod year_end_blocker;
mod year_ledger;

pub use accrual::{Accrual, DatedAmount, charge_to_receipts};
pub use carry_over::{CarryOver, CarryOverGrounds};
pub use charge::{Charge, ChargeEntry, ChargeKind, ChargeTerms, Levy};
pub use closure::{ClosureBlocker, ClosureFacts, FiveAmounts, balances_of};
pub use consumption_tax::{NoTaxCreditReason, TaxCredit};
pub use cost::{Budget, CostCategory, Costs, ExpenditureStatement};
pub use determination::{
    Determination, DeterminationBasis, Settlement, YearMoney, determine, ensure_year_paid_out,
};
pub use movement::Movement;
pub use owed::{OwedReport, Reporting};
pub use receipt::{PaidOrder, RecordedReceipt};
pub use reinstatement::Reinstatement;
pub use report::{Report, ReportContent, ReportKind, ReportState, ReportStateCode, ReportTerm};
pub use return_movement::Receipt;
pub use return_order::{
    Received, Reduction, ReductionCause, ReturnKind, ReturnOrder, ReturnRequest, ReturnState,
};
pub use set_off::{Debt, Due, MetDebt, SetOff, hold, rest_goes_back, set_off};
pub use slip::{Awaited, Slip, slip};
pub use year_end::{AwardFate, AwardYear, TrancheFate, TrancheYear, YearEnd, YearEndPlan};
pub use year_end_blocker::{YearEndBlocker, YearEndBlockerCode};
pub use year_ledger::{YearLedger, YearRecords, arrivals_of, receipts_of};
