//! Dossiers: the rows that a command decides about, as the domain's types.
//!
//! A dossier is loaded under the lock of its award, so it stays true until the command ends.

mod account_seal;
mod award;
mod batch;
mod determinable;
mod determination;
mod footing;
mod gate;
mod links;
mod on_record;
mod originator;
mod owed;
mod panel;
mod payee;
mod policy;
mod receipt;
mod recommendation;
mod release;
mod report;
mod returned;
mod returns;
mod sealed;
mod set_off;
mod wind_down;
mod year_end;
mod year_records;

pub(crate) use account_seal::{
    ANSWERED, ChainedSeals, PROPOSED, account_seal, call_seal, ensure_accounts_intact,
};
pub(crate) use award::decided_in_force;
pub use award::{AwardDossier, MilestoneEntry, TrancheEntry};
pub(crate) use batch::{BatchDossier, MovedAwards, Payables, blocked_row, duties_of, theme_of};
pub(crate) use determinable::determinable;
pub(crate) use determination::{
    YearDossier, ensure_subsidy_rate, ledger_of, payments_answered, received, transfers_of,
    year_ledger,
};
pub(crate) use footing::unfounded_since;
pub use gate::GateDossier;
pub use links::{
    Link, award_of, place_of, place_of_account, place_of_batch, place_of_organization,
    place_of_person, place_of_return, place_of_theme, place_with_envelope, place_with_envelopes,
};
pub(crate) use links::{envelope_of, scope_of, with_awards};
pub use on_record::OnRecord;
pub(crate) use originator::{latest_originator, originator_in_force};
pub use owed::owed_reports;
pub(crate) use owed::{fixed_years, paid_out_states, reporting, settled_year};
pub use panel::load_panel;
pub(crate) use panel::{load_panels, panel_at};
pub(crate) use payee::{PayeeAccounts, payee_accounts};
pub(crate) use policy::pinned_policies;
pub use policy::{PinnedPolicy, latest_policy, pinned_policy};
pub(crate) use receipt::{ReceiptDossier, place_of_receipt, receipt_row};
pub(crate) use recommendation::recommendation;
pub use recommendation::{deciders, decisions_of, recommendation_of};
pub use release::release_facts;
pub(crate) use release::{
    ClosingFacts, Found, PAID_OR_PAYABLE, determined_years, gate_of, release_facts_of,
};
pub(crate) use report::{
    ReportEntry, credits_ordered, last_credits, open_tax_credit, report_of, reports_of, with_rounds,
};
pub(crate) use returned::{duties_in_return, return_duties};
pub(crate) use returns::{ReturnEntry, return_of, returns_where, stands};
pub use sealed::{SealedDossier, sealed_content};
pub(crate) use set_off::{kept_of, kept_of_awards, left_of, release_stands};
pub(crate) use wind_down::{wind_down_deciders, wind_down_facts, wind_down_rows, wind_downs};
pub(crate) use year_end::{
    Closings, closings, ensure_year_open, holders_of_year, year_end, year_ends,
};
pub(crate) use year_records::year_records;
