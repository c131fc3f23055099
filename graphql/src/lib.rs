//! The graph: its types, its queries, its mutations, and nothing of the rules behind them.
//!
//! A resolver asks a read model (`store::read`) or runs a command (`store::command`) and shows what
//! it gets; it decides nothing and holds no SQL. What the viewer may see is part of the read, so a
//! resolver cannot forget it. One place builds the schema ([`schema::build`]), one place gives a
//! request its data and answers it ([`schema::answer`]).
//!
//! To add a field to an object: the fact in its read model, the resolver in `object/`, and the
//! schema exported anew (`cargo run -- schema > graphql/schema.graphql`); a test compares it.
//!
//! To add a mutation, declare it in `mutation/` beside its nearest relative:
//!
//! ```ignore
//! /// Accepts an offered award. For representatives of the body.
//! fn accept_award = AcceptAward;                       // the command of `store::command`
//! input AcceptAwardInput (key: OptionalKey) {          // `RequiredKey` where it moves money or signs
//!     /// The award.
//!     award: Id<AwardId>,                              // unknown or of another kind: NOT_FOUND
//!     /// When the notice was received, in Japan (Act 8).
//!     notice_received_on: Date,
//! }
//! /// The award was accepted.
//! payload AcceptAwardPayload {
//!     /// The award.
//!     award: Ref<AwardId>,                             // read anew for the viewer, or null
//! }
//! ```
//!
//! Fields are called as the command's and the outcome's. Sets of the domain are [`Coded`]`<T>`,
//! amounts [`scalar::MoneyInput`], days [`scalar::Date`], texts [`scalar::LocalizedTextInput`]; a new
//! kind of value is taught to `mutation::reading` or `mutation::showing` once. A test holds every
//! command against the mutations and the keys that they need. The union
//! `AcceptAwardResult = AcceptAwardPayload | Refusal` comes from [`Outcome`].

#![expect(
    clippy::unused_async,
    reason = "a resolver is asynchronous, whether it waits for anything or not"
)]

mod coded;
mod connection;
mod execute;
mod fault;
mod loader;
mod mutation;
mod node_id;
pub mod object;
mod outcome;
mod query;
mod refusal;
pub mod scalar;
pub mod schema;
mod session;
mod waves;

pub use coded::Coded;
pub use execute::{CommandInput, execute};
pub use node_id::{Id, Node, NodeKind};
pub use outcome::Outcome;
pub use refusal::{Refusal, RefusalDetail, Refused, RefusedField};
pub use schema::{ProgrammeSchema, answer, build, sdl};
pub use session::{Session, Viewer};
