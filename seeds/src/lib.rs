//! What a programme begins with: its themes, money and policy as data files, the demonstration
//! programme, and the replay of a real history.
//!
//! Everything here goes through the commands of `store`, like everybody else's work, as
//! [`Actor::System`](domain::access::Actor): only an import may say when something occurred. There
//! are no rules here. What a rule refuses stays refused and is reported.

mod account;
mod act;
mod by_law;
pub mod data;
pub mod demonstration;
mod letterhead;
mod originator;
pub mod programme;
mod publisher;
pub mod replay;
pub mod scale;
pub mod themes;
