//! The graph: its types, its queries, its mutations, and nothing of the rules behind them.
//!
//! A resolver asks a read model (`store::read`) or runs a command (`store::command`) and shows what
//! it gets; it decides nothing and holds no SQL. What the viewer may see is part of the read, so a
//! resolver cannot forget it. One place builds the schema ([`schema::build`]), one place gives a
//! request its data ([`schema::request_data`]).
//!
//! To add a field to an object: the fact in its read model, the resolver in `object/`, and the
//! schema exported anew (`cargo run -- schema > graphql/schema.graphql`); a test compares it.
//!
//! To add a mutation, write in `mutation/` beside its nearest relative:
//!
//! ```ignore
//! /// Accepts an offered award.
//! #[derive(Debug, InputObject, Validate)]
//! pub struct AcceptAwardInput {
//!     /// The award.
//!     award: Id<AwardId>,                      // an unknown or foreign id is refused as NOT_FOUND
//!     /// When the notice was received, in Japan (Act 8).
//!     notice_received_on: Date,
//!     /// The caller's key for this request; the same key and input give the first answer again.
//!     idempotency_key: Option<String>,
//! }
//!
//! impl CommandInput for AcceptAwardInput {
//!     type Command = AcceptAward;
//!     fn idempotency_key(&self) -> Option<&str> { self.idempotency_key.as_deref() }
//!     fn command(self) -> Result<AcceptAward, Refused> {
//!         Ok(AcceptAward { award: self.award.0, notice_received_on: self.notice_received_on.0 })
//!     }
//! }
//!
//! /// The award was accepted.
//! #[derive(SimpleObject)]
//! pub struct AcceptAwardPayload { /** The award. */ award: AwardRef }
//!
//! async fn accept_award(&self, ctx: &Context<'_>, input: AcceptAwardInput)
//!     -> Result<Outcome<AcceptAwardPayload>> {
//!     execute(ctx, input, |done| AcceptAwardPayload { award: Ref(done.award) }).await
//! }
//! ```
//!
//! Sets of the domain are [`Coded`]`<T>`, amounts [`scalar::MoneyInput`] (its `read()` gives the
//! refusal), days [`scalar::Date`], texts [`scalar::LocalizedTextInput`]. A [`Ref`](object::Ref)
//! resolves the changed thing anew, for the viewer, after the command. The union
//! `AcceptAwardResult = AcceptAwardPayload | Refusal` comes from [`Outcome`].

mod coded;
mod connection;
mod execute;
mod fault;
mod loader;
mod node_id;
pub mod object;
mod outcome;
mod query;
mod refusal;
pub mod scalar;
pub mod schema;
mod session;

pub use coded::Coded;
pub use execute::{CommandInput, execute};
pub use node_id::{Id, Node, NodeKind};
pub use outcome::Outcome;
pub use refusal::{Refusal, RefusalDetail, Refused, RefusedField};
pub use schema::{ProgrammeSchema, build, request_data, sdl};
pub use session::{Session, Viewer};
