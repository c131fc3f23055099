//! What recommendations and decisions lay down.

use domain::InputRule;
use domain::award::Remainder;
use domain::gate::{ConditionDraft, Terms};
use domain::id::PersonId;
use validator::Validate;

use super::reading::{Read, broken, field};
use super::year_end::CarryOverGroundsInput;
use super::{REASON_MAX, inputs};
use crate::node_id::Id;
use crate::refusal::Refused;
use crate::scalar::Date;

inputs! {
    /// What an outcome lays down beside itself.
    #[derive(Default)]
    TermsInput => Terms {
        /// The conditions of a `CONDITIONAL_GO`; at most 200.
        #[validate(nested)]
        #[graphql(default)]
        conditions: Vec<ConditionInput>,
        /// Whether the next milestone may open before they are discharged.
        #[graphql(default)]
        may_proceed: bool,
        /// Last day of a `HOLD`, in Japan.
        hold_until: Option<Date>,
        /// Day by which a `REDIRECT`'s change of plan is to be proposed, in Japan.
        redirect_due: Option<Date>,
    }

    /// A condition as it is laid down.
    ConditionInput => ConditionDraft {
        /// What must be done; at most 2,000 characters.
        #[validate(length(max = REASON_MAX))]
        text: String,
        /// By when, in Japan.
        due_on: Date,
        /// Whether nothing is payable before it is discharged.
        blocking: bool,
        /// The person who confirms it; the panel's chair when absent.
        verifier: Option<Id<PersonId>>,
    }
}

/// What becomes of money that was not earned: one of these.
#[derive(Debug, async_graphql::OneofObject)]
pub(crate) enum RemainderInput {
    /// It goes back to the envelope: `true`, there is no other value.
    Decommit(bool),
    /// It is added, with the criteria that were not met, to the later milestone with this ordinal,
    /// which must be locked and of the same budget year.
    CarryToMilestone(i32),
    /// The same, to a milestone of the next budget year.
    CarryOver(CarryOverToInput),
}

/// A carry-over into the milestone that takes it.
#[derive(Debug, async_graphql::InputObject)]
pub(crate) struct CarryOverToInput {
    /// The ordinal of the later milestone, which must be locked and of the next budget year.
    to_milestone: i32,
    /// What the carry-over rests on.
    grounds: CarryOverGroundsInput,
}

impl Read<Remainder> for RemainderInput {
    fn read(self) -> Result<Remainder, Refused> {
        match self {
            Self::Decommit(true) => Ok(Remainder::Decommit),
            Self::Decommit(false) => Err(broken(InputRule::MustBeTrue).within("decommit")),
            Self::CarryToMilestone(ordinal) => Ok(Remainder::Carry {
                to_milestone: field("carry_to_milestone", ordinal)?,
            }),
            Self::CarryOver(input) => {
                let to_milestone = field("to_milestone", input.to_milestone);
                let grounds = field("grounds", input.grounds);
                let read = |refused: Refused| refused.within("carry_over");
                Ok(Remainder::CarryOver {
                    to_milestone: to_milestone.map_err(read)?,
                    grounds: grounds.map_err(read)?,
                })
            }
        }
    }
}
