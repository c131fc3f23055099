//! Builders: a programme with its people, its money and its awards, made by commands.
//!
//! ```ignore
//! let world = World::new(&db).await;                     // on any `TestDatabase`; today is 2026-06-01
//! let award = world.award().active().await;              // accepted, and the withdrawal term over
//! let award = world.award().advance(5).milestone(10, 2026).milestone(10, 2027).retention(2).offered().await;
//!
//! world.run(world.people.director, &command).await       // the outcome; every run has its own key
//! world.refusal(world.people.officer, &command).await    // the refusal
//! world.store.execute(&Request::by(actor), &command)     // anything else
//!
//! world.clock.set_day("2026-07-01"); world.clock.pass_days(16); world.clock.jump_after(1, seconds(11));
//! world.balance(Account::committed(award.id, year(2026), JPY)).await     // whole millions: 10
//! world.transfers().await; world.assert_sound().await;   // books and audit chains, added up again
//! world.casework(2).await;                               // awards with a bit of everything
//! world.pass(award.milestones[0]).await;                 // a whole gate; see `gates` for its steps
//! TwoYears::played(&db).await;                           // two awards from their offer to their close
//! world.ask(world.people.officer, document, json!({})).await   // the graph's answer
//! ```
//!
//! Amounts are whole millions of yen, so that a story can be read. An award has, unless it says
//! otherwise, an advance of 5, three milestones of 10 and a retention of 5, all of fiscal year 2026;
//! that year's envelope holds 1,000, 2027's the same, and no other year has one. Everything is
//! deterministic: the clock stands still but for a millisecond a look, and entropy is a counter.

mod audit;
mod awards;
mod bulk;
mod casework;
mod clock;
mod closing;
mod gates;
mod graph;
pub(crate) mod over_http;
mod payments;
mod people;
mod plans;
mod reports;
mod setting;
mod tokens;
mod two_years;
pub(crate) mod whole_graph;
mod world;

pub(crate) use audit::assert_chained;
pub(crate) use awards::{AwardBuilder, Granted};
pub(crate) use bulk::Copied;
pub(crate) use casework::Casework;
pub(crate) use clock::{Counter, TestClock, date, seconds};
pub(crate) use gates::Verdict;
pub(crate) use people::{Bodies, People};
pub(crate) use plans::{criteria, millions, planned, tranche, year};
pub(crate) use reports::{costs, no_tax_credit};
pub(crate) use two_years::TwoYears;
pub(crate) use world::World;
