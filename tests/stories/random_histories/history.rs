//! One history: a world, two awards and what was made of the attempts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};

use domain::award::PlannedMilestone;
use domain::id::PersonId;
use domain::{Coded, Currency, Money};
use store::command::{AcceptAward, OfferAward};
use store::{Command, Error};

use super::act::{Act, Channel, Push, Way};
use crate::builders::{Granted, World, planned};
use crate::harness::database::TestDatabase;

/// How often each operation was accepted, how often something was refused, and what moved.
#[derive(Debug, Default)]
pub(super) struct Tally {
    moved: BTreeMap<&'static str, usize>,
    accepted: BTreeMap<&'static str, usize>,
    refused: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// Whether the operation with this code was accepted at least once.
    pub(super) fn was_accepted(&self, code: &str) -> bool {
        self.accepted.contains_key(code)
    }

    /// Whether a transfer of the kind with this code was made at least once.
    pub(super) fn was_moved(&self, code: &str) -> bool {
        self.moved.contains_key(code)
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for (code, count) in &self.accepted {
            let refused = self.refused.get(code).copied().unwrap_or(0);
            writeln!(f, "{code}: {count} accepted, {refused} refused")?;
        }
        for (code, count) in &self.refused {
            if !self.was_accepted(code) {
                writeln!(f, "{code}: never accepted, {count} refused")?;
            }
        }
        for (code, count) in &self.moved {
            writeln!(f, "{code}: {count} transfers")?;
        }
        Ok(())
    }
}

/// A history as it goes on.
pub(super) struct History<'a> {
    pub(super) world: World,
    pub(super) awards: [Granted; 2],
    tally: &'a RefCell<Tally>,
}

/// A milestone whose shares come to no whole yen.
fn odd(ordinal: u16, minor: i64, budget_year: i32) -> PlannedMilestone {
    let mut milestone = planned(ordinal, 1, budget_year);
    milestone.tranche.amount = Money::of_minor(minor, Currency::JPY);
    milestone
}

impl<'a> History<'a> {
    /// Two awards of one body, accepted and past their withdrawal term. What is repaid in time goes back
    /// into the envelope. Nothing is appropriated for the
    /// second year yet, out of which the second one is paid as well.
    pub(super) async fn begun(db: &TestDatabase, tally: &'a RefCell<Tally>) -> Self {
        let world = World::beginning(db, "2026-06-01", &[(2026, 1_000)]).await;
        world.young_account("1234567").await;
        world.reinstates().await;
        let first = world.award().advance(10).planned(odd(1, 18_000_001, 2026));
        let first = first
            .planned(odd(2, 17_000_003, 2026))
            .retention(5)
            .accepted()
            .await;
        let second = world.award().advance(30).planned(odd(1, 20_000_007, 2026));
        let second = second.planned(odd(2, 9_999_999, 2027)).active().await;
        let history = Self {
            world,
            awards: [first, second],
            tally,
        };
        history
            .check_offered([(45_000_004, 5_000_000), (50_000_007, 0)])
            .await;
        history.count::<OfferAward>(true);
        history.count::<AcceptAward>(true);
        history
    }

    /// Tries all acts, then comes to an end: whatever is left is finished, determined, paid and closed.
    pub(super) async fn played(self, acts: &[Act]) {
        for act in acts.iter().chain(&ending()) {
            self.tried(*act).await;
            self.check(*act).await;
        }
        self.check_at_end().await;
        let transfers = self.world.transfers().await;
        let mut tally = self.tally.borrow_mut();
        for transfer in transfers.iter().filter(|one| one.reverses.is_none()) {
            *tally.moved.entry(transfer.kind.code()).or_default() += 1;
        }
    }

    async fn tried(&self, act: Act) {
        match act {
            Act::Wait { days } => self.world.clock.pass_days(days),
            Act::Judge { award, verdict } => self.judge(award, verdict).await,
            Act::GoOn { award, carries } => self.go_on(award, carries).await,
            Act::Spend { award } => self.spend(award).await,
            Act::SetOff { pick } => self.set_off(pick).await,
            Act::Pay { push } => self.pay(push).await,
            Act::Tranche { award, pick, deed } => self.tranche_deed(award, pick, deed).await,
            Act::Push { pick, push } => self.push_picked(pick, push).await,
            Act::CancelBatch { pick } => self.cancel_batch(pick).await,
            Act::TakeBack { pick } => self.take_back(pick).await,
            Act::ClearBounce { pick } => self.clear_bounce(pick).await,
            Act::ChangeAccount { pick } => self.change_account(pick).await,
            Act::Suspend { award, resumes } => self.suspend(award, resumes).await,
            Act::Modify {
                award,
                pick,
                up,
                amount,
            } => self.modify(award, pick, up, amount).await,
            Act::Determine {
                award,
                year,
                tenths,
            } => self.determine(award, year, tenths).await,
            Act::Finish { award, way } => self.finish(award, way).await,
            Act::OrderReturn { award, year, minor } => self.order_return(award, year, minor).await,
            Act::PayBack {
                pick,
                minor,
                on_slip,
                refunds,
            } => self.pay_back(pick, minor, on_slip, refunds).await,
            Act::GiveUp { pick, relief } => self.give_up(pick, relief).await,
            Act::CommitYear { award, year } => self.commit_year(award, year).await,
            Act::CloseYear { year, carries } => self.close_year(year, carries).await,
            Act::Supplement { year } => self.supplement(year).await,
            Act::Close { award } => self.close(award).await,
        }
    }

    /// What `command` answers to `person`; none where it is refused.
    pub(super) async fn attempt<C: Command>(
        &self,
        person: PersonId,
        command: &C,
    ) -> Option<C::Outcome> {
        match self.world.attempt(person, command).await {
            Ok(outcome) => {
                self.count::<C>(true);
                Some(outcome)
            }
            Err(Error::Refused(_)) => {
                self.count::<C>(false);
                None
            }
            Err(error) => panic!("{}: {error}", C::OPERATION),
        }
    }

    fn count<C: Command>(&self, is_accepted: bool) {
        let mut tally = self.tally.borrow_mut();
        let counts = if is_accepted {
            &mut tally.accepted
        } else {
            &mut tally.refused
        };
        *counts.entry(C::OPERATION.code()).or_default() += 1;
    }
}

/// The end of every history. An act that has nothing to do is refused.
fn ending() -> Vec<Act> {
    let through = Push {
        steps: 4,
        returned: None,
        channel: Channel::File,
    };
    let mut acts = vec![Act::Wait { days: 4 }, Act::Pay { push: through }];
    acts.extend((0..8).map(|pick| Act::Push {
        pick,
        push: through,
    }));
    for award in [0, 1] {
        acts.push(Act::Suspend {
            award,
            resumes: true,
        });
        acts.push(Act::Finish {
            award,
            way: Way::Complete,
        });
        acts.push(Act::Finish {
            award,
            way: Way::End,
        });
        acts.extend([2026, 2027].map(|year| Act::Determine {
            award,
            year,
            tenths: 8,
        }));
    }
    acts.push(Act::Pay { push: through });
    for pick in 0..8 {
        // More than any order: the rest is paid back.
        acts.push(Act::PayBack {
            pick,
            minor: 60_000_000,
            on_slip: false,
            refunds: true,
        });
    }
    acts.push(Act::Pay { push: through });
    acts.extend([0, 1].map(|award| Act::Close { award }));
    for year in [2026, 2027] {
        acts.push(Act::Wait { days: 365 });
        acts.push(Act::CloseYear {
            year,
            carries: false,
        });
    }
    acts
}
