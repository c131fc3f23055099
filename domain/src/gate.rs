//! The sitting of a panel on one sealed submission: roster, conflicts, votes, recommendation,
//! decision.
//!
//! The panel recommends, the authority decides, finance releases: three different people. Quorum is
//! counted after recusals; votes are bound to the seal; a gate that loses its footing is voided and
//! keeps its signs.

mod condition;
mod conflict;
mod decision;
mod panel;
mod quorum;
mod recommendation;
mod sign_off;
mod state;
mod tally;

pub use condition::{
    Condition, ConditionDraft, ConditionState, Verifier, ensure_condition_in_force,
};
pub use conflict::{
    ConflictKind, Connections, RecusalGround, computed_conflict, ensure_clear, ensure_outsider,
};
pub use decision::{Decided, DecisionRequest, Hands, decide};
pub use panel::{Member, Panel, Seat};
pub use quorum::Quorum;
pub use recommendation::{
    Recommendation, RecommendationRequest, Terms, ensure_may_recommend, recommend,
};
pub use sign_off::{Finding, Score, SignOff};
pub use state::{GateState, VoidCause, ensure_can_fall, ensure_voidable};
pub use tally::Tally;
