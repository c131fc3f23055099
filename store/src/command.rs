//! The commands: one file a use case, named in the imperative.
//!
//! A command's fields are the request, and it is serialised as such: its hash is what an
//! idempotency key is bound to, so nothing generated and no time is in it. It answers ids and codes;
//! whoever wants more reads it.

mod bootstrap_administrator;
mod offer_award;
mod release_tranche;
mod sign_gate;
mod submit_milestone;

pub use bootstrap_administrator::{BootstrapAdministrator, Bootstrapped};
pub use offer_award::{AwardOffered, OfferAward};
pub use release_tranche::{ReleaseTranche, TrancheReleased};
pub use sign_gate::{GateSigned, SignGate};
pub use submit_milestone::{MilestoneSubmitted, SubmitMilestone};
