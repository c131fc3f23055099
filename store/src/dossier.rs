//! Dossiers: the rows that a command decides about, as the domain's types.
//!
//! A dossier is loaded under the lock of its award, so it stays true until the command ends.

mod award;
mod gate;
mod links;
mod panel;
mod policy;
mod release;
mod sealed;

pub use award::{AwardDossier, MilestoneEntry, TrancheEntry};
pub use gate::GateDossier;
pub use links::{Link, award_of, place_of};
pub use panel::{connections, load_panel};
pub use policy::{PinnedPolicy, latest_policy, pinned_policy};
pub use release::release_facts;
pub use sealed::{SealedDossier, sealed_content};
