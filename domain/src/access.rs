//! Who acts, in which role, and where: the one table of who may run which command.
//!
//! A role opens a door; it never replaces a gate, a seal or the second pair of eyes. Rules on
//! natural persons (nobody decides where they voted) stand with the things they protect.

mod action;
mod actor;
mod operation;
mod role;
mod root;
mod sight;

pub use action::{
    Action, Asker, AwardFacts, ConditionFacts, GateFacts, MilestoneFacts, PlanVersionFacts,
    ReportFacts,
};
pub use actor::{Actor, Authority, Grant, GrantScope, Scope};
pub use operation::Operation;
pub use role::{Role, ScopeKind};
pub use root::RootKind;
pub use sight::{Eyes, GateSight};
