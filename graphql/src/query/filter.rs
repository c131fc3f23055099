//! Filters and orders of lists.

use async_graphql::{Enum, InputObject, Result};
use domain::FaultCode;
use domain::award::AwardStateCode;
use domain::calendar::FiscalYear;
use domain::gate::GateState;
use domain::id::{OrganizationId, ThemeId};
use domain::milestone::MilestoneStateCode;
use domain::search::ASKED_CHARS_MAX;
use store::read::award;
use store::read::gate;

use crate::coded::Coded;
use crate::fault::coded;
use crate::node_id::Id;

/// Which awards a list shows.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AwardFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those of this applicant body.
    organization: Option<Id<OrganizationId>>,
    /// Only those in one of these states today; in any state when the list is empty.
    #[graphql(default)]
    states: Vec<Coded<AwardStateCode>>,
    /// Only those decided in this fiscal year, by the calendar year in which it begins (April).
    fiscal_year: Option<i32>,
    /// Only those with a milestone in this state.
    milestone_state: Option<Coded<MilestoneStateCode>>,
    /// Only those with a milestone that is past its due date today, in Japan.
    #[graphql(default)]
    late: bool,
    /// Words that all occur in the number, the title, the name of the body or a name of a person of
    /// the award, in either language. Width, katakana or hiragana, capitals, spaces and punctuation
    /// make no difference; at most 100 characters.
    search: Option<String>,
}

impl AwardFilter {
    /// The filter as the read takes it.
    ///
    /// # Errors
    /// `SEARCH_TOO_LONG`.
    pub(super) fn asked(self) -> Result<award::AwardFilter> {
        Ok(award::AwardFilter {
            theme: self.theme.map(|theme| theme.0),
            organization: self.organization.map(|body| body.0),
            states: self.states.into_iter().map(|state| state.0).collect(),
            fiscal_year: self.fiscal_year.map(FiscalYear::new),
            milestone_state: self.milestone_state.map(|state| state.0),
            late: self.late,
            search: searched(self.search)?,
        })
    }
}

/// What is searched for, when it is not too long.
///
/// # Errors
/// `SEARCH_TOO_LONG` for more than 100 characters.
pub(super) fn searched(asked: Option<String>) -> Result<Option<String>> {
    if asked
        .as_ref()
        .is_some_and(|asked| asked.chars().count() > ASKED_CHARS_MAX)
    {
        return Err(coded(FaultCode::SearchTooLong));
    }
    Ok(asked)
}

/// In which order awards come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AwardOrder {
    /// By number.
    Number,
    /// By the day of the decision, the latest first.
    DecidedOn,
    /// By the day on which a milestone is due next, the earliest first; those of which nothing more
    /// is due come last.
    NextDueOn,
}

/// Which gates a list shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
pub(crate) struct GateFilter {
    /// Only those in this state.
    state: Option<Coded<GateState>>,
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those on which the viewer sits.
    #[graphql(default)]
    mine: bool,
    /// Only those at which the viewer has a vote and has not cast it.
    #[graphql(default)]
    awaiting_my_vote: bool,
    /// Only those at which everybody with a vote has voted, or the deadline has passed, and that are
    /// not recommended yet. Only the office, the auditor and the leader of the panel may know that;
    /// whether the quorum is met is told by `quorum`. Ready to be decided are those that are
    /// `RECOMMENDED`.
    #[graphql(default)]
    ready_to_recommend: bool,
}

impl From<GateFilter> for gate::GateFilter {
    fn from(filter: GateFilter) -> Self {
        Self {
            state: filter.state.map(|state| state.0),
            theme: filter.theme.map(|theme| theme.0),
            mine: filter.mine,
            awaiting_my_vote: filter.awaiting_my_vote,
            ready_to_recommend: filter.ready_to_recommend,
        }
    }
}
