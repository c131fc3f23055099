//! The objects of the graph: read models shown field by field.

mod action;
mod award;
mod disbursement;
mod envelope;
mod gate;
mod history;
mod ledger;
mod milestone;
mod node;
mod panel;
mod people;
mod programme;
mod reference;
mod submission;
mod task;
mod tranche;

pub use action::Action;
pub use award::Award;
pub use disbursement::{
    DisbursementGroup, DisbursementLine, DisbursementReport, DisbursementTotal, Reading,
};
pub use envelope::Envelope;
pub use gate::Gate;
pub use history::{AuditChain, AuditEvent, Fact, Happening};
pub use ledger::{Balance, Ledger, TrialBalanceLine};
pub use milestone::{Criterion, KpiTarget, Milestone, Round};
pub use node::AnyNode;
pub use panel::{
    Condition, Decision, Finding, LaidCondition, OutcomeVotes, PanelMember, Quorum, Recommendation,
    Terms, Vote, VoteFinding,
};
pub use people::{Organization, Person, RoleGrant, ViewerObject};
pub use programme::{Programme, PublicTotal, Theme};
pub use reference::Ref;
pub use submission::{Evidence, KpiReached, Submission};
pub use task::{Task, TaskConnection, TaskEdge, TaskSubject};
pub use tranche::{Blocker, CalculationSheet, CalculationStep, Release, Tranche};
