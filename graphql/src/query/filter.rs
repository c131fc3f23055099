//! Filters and orders of lists.

use async_graphql::{Enum, InputObject};
use domain::award::AwardStateCode;
use domain::calendar::FiscalYear;
use domain::gate::GateState;
use domain::id::ThemeId;
use store::read::award;
use store::read::gate;

use crate::coded::Coded;
use crate::node_id::Id;

/// Which awards a list shows.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AwardFilter {
    /// Only those of this theme.
    theme: Option<Id<ThemeId>>,
    /// Only those in this state today.
    state: Option<Coded<AwardStateCode>>,
    /// Only those decided in this fiscal year, by the calendar year in which it begins (April).
    fiscal_year: Option<i32>,
}

impl From<AwardFilter> for award::AwardFilter {
    fn from(filter: AwardFilter) -> Self {
        Self {
            theme: filter.theme.map(|theme| theme.0),
            state: filter.state.map(|state| state.0),
            fiscal_year: filter.fiscal_year.map(FiscalYear::new),
        }
    }
}

/// In which order awards come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AwardOrder {
    /// By number.
    Number,
    /// By the day of the decision, the latest first.
    DecidedOn,
}

/// Which gates a list shows.
#[derive(Debug, Clone, Copy, Default, InputObject)]
pub(crate) struct GateFilter {
    /// Only those in this state.
    state: Option<Coded<GateState>>,
    /// Only those on which the viewer sits.
    #[graphql(default)]
    mine: bool,
}

impl From<GateFilter> for gate::GateFilter {
    fn from(filter: GateFilter) -> Self {
        Self {
            state: filter.state.map(|state| state.0),
            mine: filter.mine,
        }
    }
}
