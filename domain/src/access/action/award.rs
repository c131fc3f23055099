//! What can be done with an award.

use chrono::NaiveDate;

use super::{Action, Asker, any_of};
use crate::access::Operation;
use crate::award::{Award, YearFacts, ensure_modifiable};
use crate::milestone::MilestoneState;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::tranche::{TrancheState, WindDownFacts};

/// What the actions on an award look at.
#[derive(Debug, Clone, Copy)]
pub struct AwardFacts<'a> {
    /// Its own life, as it stands today.
    pub award: &'a Award,
    /// Its tranches, each with the milestone that it hangs on.
    pub tranches: &'a [(TrancheState, Option<&'a MilestoneState>)],
    /// The budget years of its plan, in order, and after them the others that are appropriated.
    pub years: &'a [YearFacts],
    /// What the costs of winding it down may be.
    pub wind_down: &'a WindDownFacts,
    /// Whether a change of plan is proposed and not answered.
    pub plan_change_open: bool,
}

impl AwardFacts<'_> {
    /// Whether the least could be granted for winding it down, out of one of the years.
    fn ensure_wind_down(&self, today: NaiveDate) -> Result<(), Refusal> {
        self.wind_down.ensure_grantable(self.award)?;
        any_of(self.years.iter().map(|year| {
            self.wind_down.ensure_open(year.budget_year)?;
            year.ensure_committable(Money::of_minor(1, year.left.currency()), today)
        }))
    }
}

impl Asker<'_> {
    /// What can be done with an award, as it stands today.
    #[must_use]
    pub fn on_award(&self, facts: &AwardFacts<'_>) -> Vec<Action> {
        let (award, today) = (facts.award, self.today);
        let notice = match award.notice_received_on {
            Some(_) => Err(Refusal::NoticeAlreadyRecorded {}),
            None => Ok(()),
        };
        let received = award.notice_received_on.unwrap_or(today);
        let tranches = facts.tranches.iter().map(|(tranche, _)| *tranche);
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let answer = award.ensure_allows(operation).and_then(|()| rule());
            (operation, answer)
        };
        self.actions([
            (
                Operation::AcceptAward,
                award.accept(received, today).map(drop),
            ),
            (Operation::RecordNotice, notice),
            (
                Operation::WithdrawAward,
                award.withdraw(today, tranches).map(drop),
            ),
            (
                Operation::SuspendAward,
                award.suspend(today, today).map(drop),
            ),
            (Operation::ResumeAward, award.resume().map(drop)),
            (Operation::EndAward, award.end().map(drop)),
            (Operation::GrantWindDown, facts.ensure_wind_down(today)),
            judged(Operation::ModifyDecision, &|| {
                let tranches = facts.tranches.iter();
                any_of(tranches.map(|(tranche, milestone)| ensure_modifiable(*tranche, *milestone)))
            }),
            judged(Operation::ProposePlanChange, &|| {
                if facts.plan_change_open {
                    Err(Refusal::PlanChangeOpen {})
                } else {
                    Ok(())
                }
            }),
            judged(Operation::CommitYear, &|| {
                let years = facts.years.iter();
                any_of(years.map(|year| year.missing(today).map(drop)))
            }),
        ])
    }
}
