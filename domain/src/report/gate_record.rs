//! The record of a gate (ゲート審査記録): who sat, what was found, recommended and decided.
//!
//! Who may see a record decides what is in it: the body that applied never learns who voted what, nor what
//! the panel recommended, so its copy has neither ([`GateRecord::panel`] is none).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::gate::{ConditionState, ConflictKind, RecusalGround, Seat, VoidCause};
use crate::milestone::Outcome;
use crate::money::BasisPoints;
use crate::seal::Seal;
use crate::text::LocalizedText;

/// A gate as a decision left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateRecord {
    /// The milestone's place in the award, from 1.
    pub milestone_ordinal: u16,
    /// The milestone's title.
    pub milestone: LocalizedText,
    /// The round of submissions, from 1.
    pub round: u32,
    /// Which sitting on the submission it is, from 1.
    pub sitting: u32,
    /// The day on which the gate was convened.
    pub convened_on: NaiveDate,
    /// What the sign-offs are bound to.
    pub seal: Seal,
    /// The policy version, pinned at the submission.
    pub policy_version: u32,
    /// Who judged, and how they voted; none for whoever may not see it.
    pub panel: Option<PanelRecord>,
    /// The agreed findings, in the order of the criteria.
    pub findings: Vec<AgreedFinding>,
    /// What the panel recommended, once it did; none for whoever may not see it.
    pub recommendation: Option<GateAct>,
    /// What the authority decided, once it did.
    pub decision: Option<GateAct>,
    /// Whether the decision departs from the recommendation; none for whoever may not see that.
    pub departs: Option<bool>,
    /// The share of the tranche that the decision makes payable, where it passed the milestone.
    pub share: Option<BasisPoints>,
    /// The conditions of the decision, with where they stood.
    pub conditions: Vec<NoticedCondition>,
    /// Why the gate is void, where it is.
    pub voided: Option<Voiding>,
}

/// A panel with its votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelRecord {
    /// Members whose votes count, after recusals.
    pub eligible: usize,
    /// Votes needed for the quorum.
    pub votes_needed: usize,
    /// Votes cast for each outcome that had any.
    pub votes: BTreeMap<Outcome, usize>,
    /// The roster in its order.
    pub members: Vec<PanelMember>,
}

/// A member of the panel, and what became of their seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelMember {
    /// Their name.
    pub name: LocalizedText,
    /// The body that they belonged to when they were seated, where one is on record.
    pub body: Option<LocalizedText>,
    /// Their seat.
    pub seat: Seat,
    /// What they declared for this gate, once they did.
    pub declared: Option<ConflictKind>,
    /// Why they were recused, where they were.
    pub recused: Option<(RecusalGround, ConflictKind)>,
    /// Whether another took their seat.
    pub replaced: bool,
    /// Their last vote with its reason; none where they cast none.
    pub vote: Option<(Outcome, String)>,
}

/// Whether a criterion is met, by the majority of the votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedFinding {
    /// The criterion's code.
    pub code: String,
    /// What had to be shown.
    pub criterion: LocalizedText,
    /// Whether no pass is possible without it.
    pub blocking: bool,
    /// Whether it is met.
    pub met: bool,
}

/// A recommendation or a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateAct {
    /// Its day.
    pub on: NaiveDate,
    /// Whose it is; none for whoever may not see it, and for an import.
    pub person: Option<LocalizedText>,
    /// The outcome.
    pub outcome: Outcome,
    /// Why; empty where none was needed.
    pub reason: String,
}

/// A condition of a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticedCondition {
    /// What must be done.
    pub text: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Whether nothing is payable before it is discharged.
    pub blocking: bool,
    /// Who confirms it; none where the chair of the panel does.
    pub verifier: Option<LocalizedText>,
    /// Where it stands.
    pub state: ConditionState,
}

/// Why a gate is void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voiding {
    /// The day on which it was voided.
    pub on: NaiveDate,
    /// The cause.
    pub cause: VoidCause,
    /// The reason that was given; none for whoever may not see the panel: it may tell of a member.
    pub reason: Option<String>,
}
