//! The offer of an award. Written out, because the command takes one thing more than the graph: only
//! an import brings its own number.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::id::{AwardId, GateTemplateId, OrganizationId, PersonId, ThemeId};
use store::command::OfferAward;
use validator::Validate;

use super::RequiredKey;
use super::plan::PlanInput;
use super::reading::field;
use crate::execute::{CommandInput, execute};
use crate::node_id::Id;
use crate::object::Ref;
use crate::outcome::Outcome;
use crate::refusal::Refused;
use crate::scalar::{Date, LocalizedTextInput, MoneyInput};

/// The offer of an award.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OfferMutations;

#[Object]
impl OfferMutations {
    /// Offers an award with its plan (Act 6), and commits the years whose money is appropriated. For
    /// directors.
    async fn offer_award(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is asked for.")] input: OfferAwardInput,
    ) -> Result<Outcome<OfferAwardPayload>> {
        execute(ctx, input, |offered| OfferAwardPayload {
            award: Ref(offered.award),
            number: offered.number,
        })
        .await
    }
}

/// Offers an award with its plan (Act 6).
#[derive(Debug, InputObject, Validate)]
pub(crate) struct OfferAwardInput {
    /// The theme; it must be published.
    theme: Id<ThemeId>,
    /// The applicant body.
    organization: Id<OrganizationId>,
    /// What the award is for.
    #[validate(nested)]
    title: LocalizedTextInput,
    /// The reference of the application; at most 200 characters.
    #[validate(length(min = 1, max = 200))]
    application_reference: Option<String>,
    /// The amount applied for.
    applied: MoneyInput,
    /// The amount decided; above zero.
    decided: MoneyInput,
    /// The day of the decision, in Japan, not in the future; its fiscal year numbers the award.
    decided_on: Date,
    /// The people named in the award; at most 200. None of them may judge it.
    #[graphql(default)]
    participants: Vec<Id<PersonId>>,
    /// The published version of a gate template of the theme that it follows. Without one, and
    /// without a plan, it follows the last published under the theme's own code.
    gate_template: Option<Id<GateTemplateId>>,
    /// The plan, where it is not the one that the gate template makes.
    #[validate(nested)]
    plan: Option<PlanInput>,
    /// The caller's key for this request, 1 to 200 characters. The same key with the same input gives
    /// the first accepted answer again, for ever; with another input it is refused. A refusal leaves
    /// the key free.
    idempotency_key: RequiredKey,
}

impl CommandInput for OfferAwardInput {
    type Command = OfferAward;

    fn idempotency_key(&self) -> Option<&str> {
        Some(&self.idempotency_key)
    }

    fn command(self) -> Result<OfferAward, Refused> {
        Ok(OfferAward {
            theme: self.theme.0,
            organization: self.organization.0,
            title: self.title.into(),
            application_reference: self.application_reference,
            applied: field("applied", self.applied)?,
            decided: field("decided", self.decided)?,
            decided_on: self.decided_on.0,
            participants: field("participants", self.participants)?,
            gate_template: self.gate_template.map(|id| id.0),
            plan: field("plan", self.plan)?,
            number: None,
        })
    }
}

/// The award was offered.
#[derive(Debug, SimpleObject)]
pub(crate) struct OfferAwardPayload {
    /// The award.
    award: Ref<AwardId>,
    /// Its number, such as `HTC-R07-SAMD-0001`.
    number: String,
}
