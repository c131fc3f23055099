//! How a mutation runs its command: sign-in, validation, the command, its answer.

use async_graphql::{Context, ObjectType, Result};
use domain::InputRule;
use store::{Command, Request};
use validator::Validate;

use crate::fault;
use crate::loader;
use crate::outcome::Outcome;
use crate::refusal::Refused;
use crate::session::Session;

/// Longest idempotency key, in characters.
const KEY_LENGTH_MAX: usize = 200;

/// The input of a mutation, which names a command.
pub trait CommandInput: Validate + Send {
    /// The command.
    type Command: Command;

    /// The caller's key for this request, where it has one.
    fn idempotency_key(&self) -> Option<&str>;

    /// The command that the input, which is valid, asks for. Only reading is done here; rules are
    /// the command's.
    ///
    /// # Errors
    /// What cannot be read: an amount, a decimal, a corporate number.
    fn command(self) -> Result<Self::Command, Refused>;
}

/// Runs the command of `input` for the viewer; `payload` shows its outcome.
///
/// # Errors
/// `UNAUTHENTICATED` for the anonymous; `INTERNAL` or `UNAVAILABLE` for faults. A refusal is no
/// error.
pub async fn execute<I: CommandInput, T: ObjectType>(
    ctx: &Context<'_>,
    input: I,
    payload: impl FnOnce(<I::Command as Command>::Outcome) -> T + Send,
) -> Result<Outcome<T>> {
    let session = Session::of(ctx)?;
    let viewer = session.viewer()?;
    let mut request = Request::by(viewer.actor);
    request.idempotency_key = input.idempotency_key().map(ToOwned::to_owned);
    let refused = |refused: Refused| Ok(Outcome::Refused(refused.shown(session.language)));
    let command = match read(input) {
        Ok(command) => command,
        Err(error) => return refused(error),
    };
    match session.execute(&request, &command).await {
        Ok(outcome) => {
            loader::forget(ctx);
            Ok(Outcome::Done(payload(outcome)))
        }
        Err(store::Error::Refused(rule)) => refused(rule.into()),
        Err(error) => Err(fault::fault(&error)),
    }
}

fn read<I: CommandInput>(input: I) -> Result<I::Command, Refused> {
    input.validate()?;
    let length = input.idempotency_key().map(|key| key.chars().count());
    if length.is_some_and(|length| !(1..=KEY_LENGTH_MAX).contains(&length)) {
        return Err(Refused::field("idempotencyKey", InputRule::Length));
    }
    input.command()
}
