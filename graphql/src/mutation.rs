//! The mutations: every command of the programme, in groups of near relatives.
//!
//! A mutation is declared once, by [`mutations!`]: what it is called, what it takes, which command
//! that becomes, and what it shows of the outcome. Inputs are turned into the domain's values by
//! [`reading::Read`], outcomes into the graph's by [`showing::Show`]. Nothing is decided here.
//!
//! Five commands have no mutation. Whole histories are imported from the command line. The first
//! administrator comes from there too, because there is nobody yet who could ask. Evidence comes with
//! its bytes by its own route: whoever could attach a mere hash could claim another body's file and then
//! read it. Files that are taken away are noted, at their begin and end, by the server that writes them.

mod award;
mod closing;
mod condition;
mod criterion;
mod decision;
mod gate;
mod hold;
mod letterhead;
mod offer;
mod payment;
mod people;
mod plan;
mod policy;
mod reading;
mod returns;
mod setup;
mod showing;
mod submission;
mod template;
mod terms;
#[cfg(test)]
mod tests;
mod token;
mod tranche;
mod year_end;

use async_graphql::MergedObject;

pub(crate) use year_end::{CarryOverInput, year_end};

/// Most characters of a reason, or of another text of a sentence or two.
const REASON_MAX: u64 = 2_000;

/// The key of a command that moves money or signs: it must be named.
type RequiredKey = String;

/// The key of any other command.
type OptionalKey = Option<String>;

/// Declares mutations of one group: the root object, the inputs, their commands, the payloads.
///
/// ```ignore
/// mutations! {
///     /// What the group is about.
///     pub struct AwardMutations;
///
///     /// Accepts an offered award. For representatives.
///     fn accept_award = AcceptAward;
///     input AcceptAwardInput (key: OptionalKey) {
///         /// The award.
///         award: Id<AwardId>,
///     }
///     /// The award was accepted.
///     payload AcceptAwardPayload {
///         /// The award.
///         award: Ref<AwardId>,
///     }
/// }
/// ```
///
/// Input fields are called as the command's; payload fields as the outcome's, or name it (`= name`).
/// Types of inputs are matched as `Outer<Inner>`, so that `Validate` still sees an `Option` as one.
macro_rules! mutations {
    (
        $(#[$root_doc:meta])*
        pub struct $root:ident;
        $(
            $(#[$doc:meta])*
            fn $field:ident = $command:ident;
            input $input:ident (key: $key:ty) {
                $( $(#[$in_meta:meta])* $in_name:ident: $in_type:ident $(< $in_of:ty >)? ),* $(,)?
            }
            $(#[$payload_doc:meta])*
            payload $payload:ident {
                $( $(#[$out_doc:meta])* $out_name:ident: $out_type:ty $(= $source:ident)? ),* $(,)?
            }
        )+
    ) => {
        $(#[$root_doc])*
        #[derive(Debug, Clone, Copy, Default)]
        pub(crate) struct $root;

        #[async_graphql::Object]
        impl $root {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What is asked for.")] input: $input,
                ) -> async_graphql::Result<crate::outcome::Outcome<$payload>> {
                    crate::execute::execute(ctx, input, |outcome| $payload {
                        $( $out_name: crate::mutation::showing::Show::show(
                            mutations!(@of outcome, $out_name $(, $source)?)
                        ), )*
                    })
                    .await
                }
            )+
        }

        $(
            $(#[$doc])*
            #[derive(Debug, async_graphql::InputObject, Validate)]
            pub(crate) struct $input {
                $( $(#[$in_meta])* $in_name: $in_type $(< $in_of >)?, )*
                /// The caller's key for this request, 1 to 200 characters. The same key with the
                /// same input gives the first accepted answer again, for ever; with another input
                /// it is refused. A refusal leaves the key free.
                idempotency_key: $key,
            }

            impl crate::execute::CommandInput for $input {
                type Command = store::command::$command;

                fn idempotency_key(&self) -> Option<&str> {
                    crate::mutation::reading::Key::key(&self.idempotency_key)
                }

                fn command(self) -> Result<Self::Command, crate::refusal::Refused> {
                    Ok(store::command::$command {
                        $( $in_name: crate::mutation::reading::field(
                            stringify!($in_name),
                            self.$in_name,
                        )?, )*
                    })
                }
            }

            $(#[$payload_doc])*
            #[derive(Debug, async_graphql::SimpleObject)]
            pub(crate) struct $payload {
                $( $(#[$out_doc])* $out_name: $out_type, )*
            }
        )+
    };
    (@of $outcome:ident, $name:ident) => { $outcome.$name };
    (@of $outcome:ident, $name:ident, $source:ident) => { $outcome.$source };
}

/// Declares parts of inputs, field by field as the domain's value has them.
macro_rules! inputs {
    ($(
        $(#[$doc:meta])*
        $input:ident => $value:ty {
            $( $(#[$meta:meta])* $name:ident: $type:ident $(< $of:ty >)? ),* $(,)?
        }
    )+) => { $(
        $(#[$doc])*
        #[derive(Debug, async_graphql::InputObject, Validate)]
        pub(crate) struct $input {
            $( $(#[$meta])* $name: $type $(< $of >)?, )*
        }

        impl crate::mutation::reading::Read<$value> for $input {
            fn read(self) -> Result<$value, crate::refusal::Refused> {
                type Value = $value;
                Ok(Value {
                    $( $name: crate::mutation::reading::field(stringify!($name), self.$name)?, )*
                })
            }
        }
    )+ };
}

use {inputs, mutations};

/// Everything that can be done. Each mutation takes one `input` and answers its payload or a
/// `Refusal`; both are expected answers. Objects in payloads are read anew for the viewer and are
/// null where the viewer may not see them.
#[derive(Debug, Clone, Copy, Default, MergedObject)]
pub struct Mutation(
    policy::PolicyMutations,
    setup::SetupMutations,
    letterhead::LetterheadMutations,
    people::PeopleMutations,
    token::TokenMutations,
    offer::OfferMutations,
    award::AwardMutations,
    plan::PlanMutations,
    submission::SubmissionMutations,
    gate::GateMutations,
    decision::DecisionMutations,
    condition::ConditionMutations,
    hold::HoldMutations,
    tranche::TrancheMutations,
    closing::ClosingMutations,
    payment::PaymentMutations,
    year_end::YearEndMutations,
    returns::ReturnMutations,
);
