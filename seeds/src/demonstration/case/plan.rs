//! The plan of an award, and its changes.

use chrono::{Days, NaiveDate};
use domain::award::{Plan, Remainder};
use domain::template::GateTemplate;
use domain::{Currency, FiscalYear, Money, Refusal};

use super::super::clerk::Clerk;
use super::super::story::{Deed, Paid, PlanEdit, Story, Verdict};

/// The plan that the award begins with: the template's, with the story's own days and the budget
/// years that go with them.
pub(super) fn of(
    story: &Story,
    template: &GateTemplate,
    clerk: &Clerk<'_>,
) -> Result<Plan, Refusal> {
    let decided = Money::of_minor(story.decided, Currency::JPY);
    let mut plan = template.plan(decided, clerk.day(story.offered))?;
    if plan.milestones.len() != story.due.len() {
        return Err(Refusal::PlanOrdinalsWrong {});
    }
    for (milestone, due) in plan.milestones.iter_mut().zip(story.due) {
        milestone.due_on = clerk.day(*due);
        milestone.tranche.budget_year = budget_year(story, milestone.ordinal, clerk);
    }
    if let (Some(retention), Some(last)) = (&mut plan.retention, plan.milestones.last()) {
        retention.budget_year = last.tranche.budget_year;
    }
    Ok(plan)
}

/// The year in which the story pays for the milestone. What it does not pay yet is planned for the
/// year in which it falls due, and for this one where that year is over: the programme is shown at
/// work on whichever day it is seeded.
fn budget_year(story: &Story, ordinal: u16, clerk: &Clerk<'_>) -> FiscalYear {
    let paid = story
        .deeds
        .iter()
        .find(|(_, deed)| matches!(deed, Deed::Release(Paid::For(paid)) if *paid == ordinal));
    if let Some((day, _)) = paid {
        return clerk.year(*day);
    }
    // Money can be carried to a later milestone only within its year.
    if let Some(from) = carried_from(story, ordinal) {
        return budget_year(story, from, clerk);
    }
    let due = story.due.get(usize::from(ordinal.saturating_sub(1)));
    clerk.year(due.copied().unwrap_or(0)).max(clerk.year(0))
}

/// The earlier milestone whose remainder the story carries to `ordinal`.
fn carried_from(story: &Story, ordinal: u16) -> Option<u16> {
    story.deeds.iter().find_map(|(_, deed)| {
        let (from, remainder) = match deed {
            Deed::Sit(from, Verdict::Partial(remainder))
            | Deed::Decide(from, Verdict::Partial(remainder))
            | Deed::Continue(from, remainder) => (*from, *remainder),
            _ => return None,
        };
        (from < ordinal
            && *remainder
                == Remainder::Carry {
                    to_milestone: ordinal,
                })
        .then_some(from)
    })
}

/// The complete plan with one change made.
pub(super) fn edited(plan: &Plan, edit: PlanEdit) -> Result<Plan, Refusal> {
    let mut plan = plan.clone();
    match edit {
        PlanEdit::Postpone { from, days } => {
            for milestone in plan.milestones.iter_mut().filter(|one| one.ordinal >= from) {
                milestone.due_on = later(milestone.due_on, days);
            }
        }
        PlanEdit::NextYear(ordinal) => {
            for milestone in plan
                .milestones
                .iter_mut()
                .filter(|one| one.ordinal == ordinal)
            {
                milestone.due_on = later(milestone.due_on, 365);
                milestone.tranche.budget_year = milestone.tranche.budget_year.next();
            }
        }
        PlanEdit::Drop(ordinal) => drop_milestone(&mut plan, ordinal)?,
    }
    Ok(plan)
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn drop_milestone(plan: &mut Plan, ordinal: u16) -> Result<(), Refusal> {
    let missing = Refusal::PlanOrdinalsWrong {};
    let position = plan
        .milestones
        .iter()
        .position(|one| one.ordinal == ordinal);
    let dropped = plan.milestones.remove(position.ok_or(missing.clone())?);
    let next = plan.milestones.iter_mut().find(|one| one.ordinal > ordinal);
    let tranche = &mut next.ok_or(missing)?.tranche;
    tranche.amount = tranche.amount.plus(dropped.tranche.amount)?;
    Ok(())
}
