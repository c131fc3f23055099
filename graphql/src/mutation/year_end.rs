//! The end of a budget year: what is carried over, and the closing.

use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, CarryOverGrounds};
use domain::id::{ThemeId, TrancheId};
use validator::Validate;

use super::reading::field;
use super::{REASON_MAX, RequiredKey, inputs, mutations};
use crate::node_id::Id;
use crate::object::Ref;
use crate::refusal::Refused;
use crate::scalar::{Money, MoneyInput};

mutations! {
    /// The end of a budget year (Public Finance Act 42 and 43).
    pub struct YearEndMutations;

    /// Carries over a tranche that waits for its release: it is paid out of the next budget year. For
    /// directors.
    fn carry_over_tranche = CarryOverTranche;
    input CarryOverTrancheInput (key: RequiredKey) {
        /// The tranche.
        tranche: Id<TrancheId>,
        /// How much; what it needs beyond that goes back to the envelope, and is committed out of the
        /// next year's.
        amount: MoneyInput,
        /// What it rests on.
        #[validate(nested)]
        grounds: CarryOverGroundsInput,
    }
    /// The tranche is carried over.
    payload CarryOverTranchePayload {
        /// The tranche.
        tranche: Ref<TrancheId>,
        /// The fiscal year whose budget pays now, by the calendar year in which it begins (April).
        budget_year: i32,
    }

    /// Closes a budget year of a theme: what is named here is carried over, everything else that was
    /// not released goes back to the envelope, and what the envelope then has lapses. `yearEndPreview`
    /// tells all of it before. For directors.
    fn close_year = CloseYear;
    input CloseYearInput (key: RequiredKey) {
        /// The theme.
        theme: Id<ThemeId>,
        /// The fiscal year, by the calendar year in which it begins (April).
        budget_year: i32,
        /// What is carried over; at most 200.
        #[validate(nested)]
        #[graphql(default)]
        carry_overs: Vec<CarryOverInput>,
    }
    /// The year is closed.
    payload CloseYearPayload {
        /// The theme.
        theme: Ref<ThemeId>,
        /// What was carried over.
        carried_over: Money,
        /// What awards gave back to the envelope; it lapsed with the rest.
        decommitted: Money,
        /// What lapsed.
        lapsed: Money,
    }
}

inputs! {
    /// A carry-over as it was approved (繰越).
    CarryOverInput => CarryOver {
        /// The tranche that is to be paid in the next year; what the envelope has left when absent.
        tranche: Option<Id<TrancheId>>,
        /// How much.
        amount: MoneyInput,
        /// What it rests on.
        #[validate(nested)]
        grounds: CarryOverGroundsInput,
    }

    /// What an approved carry-over rests on (Public Finance Act 14-3, 42 and 43).
    CarryOverGroundsInput => CarryOverGrounds {
        /// The budget item (事項); at most 200 characters.
        #[validate(length(max = 200))]
        item: String,
        /// Why it could not be spent in the year; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        reason: String,
        /// The reference of the approval; at most 200 characters.
        #[validate(length(max = 200))]
        reference: String,
    }
}

/// What is asked of a year end: the same of its preview and of its closing.
///
/// # Errors
/// The fields that cannot be read.
pub(crate) fn year_end(
    budget_year: i32,
    carry_overs: Vec<CarryOverInput>,
) -> Result<(FiscalYear, Vec<CarryOver>), Refused> {
    for request in &carry_overs {
        request.validate()?;
    }
    let budget_year = field("budget_year", budget_year)?;
    Ok((budget_year, field("carry_overs", carry_overs)?))
}
