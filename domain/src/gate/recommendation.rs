//! What the panel recommends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ConditionDraft, GateState, Panel, Tally};
use crate::code::Codes;
use crate::criterion::Criterion;
use crate::id::PersonId;
use crate::milestone::{Outcome, Ruling};
use crate::money::BasisPoints;
use crate::policy::Policy;
use crate::refusal::Refusal;

/// What an outcome lays down beside itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// The conditions of a `CONDITIONAL_GO`.
    pub conditions: Vec<ConditionDraft>,
    /// Whether the next milestone may open before they are discharged.
    pub may_proceed: bool,
    /// Last day of a HOLD.
    pub hold_until: Option<NaiveDate>,
    /// Day by which a REDIRECT's change of plan is to be proposed.
    pub redirect_due: Option<NaiveDate>,
}

impl Terms {
    /// The ruling that `outcome` makes with these terms and the agreed findings of `tally`.
    ///
    /// # Errors
    /// The refusal that names what the outcome lacks: a blocking criterion that is not met, a
    /// share that is nothing or everything, a condition or a date that is missing or past.
    pub fn ruling(
        &self,
        outcome: Outcome,
        tally: &Tally,
        criteria: &[Criterion],
        today: NaiveDate,
    ) -> Result<Ruling, Refusal> {
        tally.ensure_open(outcome, criteria)?;
        match outcome {
            Outcome::Go => Ok(Ruling::Go),
            Outcome::Partial => Ok(Ruling::Partial {
                share: tally.met_share(criteria),
            }),
            Outcome::ConditionalGo => self.conditional(tally, criteria, today),
            Outcome::Hold => later(self.hold_until, today).map(|until| Ruling::Hold { until }),
            Outcome::Redirect => {
                later(self.redirect_due, today).map(|due| Ruling::Redirect { due })
            }
            Outcome::Rework => Ok(Ruling::Rework),
            Outcome::NoGo => Ok(Ruling::NoGo),
            Outcome::Terminate => Ok(Ruling::Terminate),
        }
    }

    /// A blocking criterion that is not met can only be passed with a condition that blocks.
    fn conditional(
        &self,
        tally: &Tally,
        criteria: &[Criterion],
        today: NaiveDate,
    ) -> Result<Ruling, Refusal> {
        if self.conditions.is_empty() {
            return Err(Refusal::ConditionsRequired {});
        }
        for condition in &self.conditions {
            Refusal::require_reason(&condition.text)?;
            later(Some(condition.due_on), today)?;
        }
        let blocked = self.conditions.iter().any(|condition| condition.blocking);
        if !blocked {
            ensure_blocking_met(tally, criteria)?;
        }
        Ok(Ruling::ConditionalGo {
            blocked,
            may_proceed: self.may_proceed,
        })
    }
}

impl Tally {
    /// Whether the agreed findings leave `outcome` open, whatever it may lay down beside itself.
    ///
    /// # Errors
    /// [`Refusal::BlockingCriterionUnmet`] or [`Refusal::PartialShareNotPart`].
    pub fn ensure_open(&self, outcome: Outcome, criteria: &[Criterion]) -> Result<(), Refusal> {
        match outcome {
            Outcome::Go => ensure_blocking_met(self, criteria),
            Outcome::Partial => {
                ensure_blocking_met(self, criteria)?;
                let share = self.met_share(criteria);
                if share == BasisPoints::ZERO || share == BasisPoints::WHOLE {
                    return Err(Refusal::PartialShareNotPart { share });
                }
                Ok(())
            }
            // A condition that blocks stands in for a blocking criterion.
            Outcome::ConditionalGo
            | Outcome::Rework
            | Outcome::Hold
            | Outcome::Redirect
            | Outcome::NoGo
            | Outcome::Terminate => Ok(()),
        }
    }
}

fn ensure_blocking_met(tally: &Tally, criteria: &[Criterion]) -> Result<(), Refusal> {
    tally.blocking_unmet(criteria).map_or(Ok(()), |criterion| {
        Err(Refusal::BlockingCriterionUnmet {
            criterion: criterion.code.clone(),
        })
    })
}

fn later(date: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let date = date.ok_or(Refusal::DateRequired {})?;
    if date < today {
        Err(Refusal::DateInPast { date })
    } else {
        Ok(date)
    }
}

/// What the chair asks to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationRequest {
    /// Who recommends.
    pub person: PersonId,
    /// The outcome the chair picks where no outcome has the majority.
    pub pick: Option<Outcome>,
    /// Why; required for a pick.
    pub reason: String,
    /// What the outcome lays down.
    pub terms: Terms,
}

/// The panel's recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// The outcome.
    pub outcome: Outcome,
    /// Whether the chair picked it among several with most votes.
    pub picked: bool,
    /// What it lays down.
    pub terms: Terms,
    /// The votes behind it.
    pub tally: Tally,
}

impl Recommendation {
    /// Whether the votes that are left still carry what was recommended, and with it the `outcome`
    /// that was recommended or decided: the quorum is met, the recommended outcome has the majority
    /// or, where the chair picked it, is among those with most votes, and the agreed findings make
    /// the same of the milestone as before.
    #[must_use]
    pub fn is_still_carried(
        &self,
        panel: &Panel,
        policy: &Policy,
        criteria: &[Criterion],
        outcome: Outcome,
        today: NaiveDate,
    ) -> bool {
        let tally = panel.tally(criteria);
        let is_backed = match tally.majority() {
            Some(majority) => majority == self.outcome,
            None => self.picked && tally.leaders().contains(&self.outcome),
        };
        let ruling = |tally| self.terms.ruling(outcome, tally, criteria, today);
        is_backed && panel.quorum(policy).is_met() && ruling(&tally) == ruling(&self.tally)
    }
}

/// Whether `person` may recommend for the panel: the chair, or the deputy where the chair may not
/// judge, once the quorum is met and everyone has voted or the deadline has passed.
///
/// # Errors
/// The refusal that names what stands against it.
pub fn ensure_may_recommend(
    panel: &Panel,
    policy: &Policy,
    deadline_on: NaiveDate,
    today: NaiveDate,
    person: PersonId,
) -> Result<(), Refusal> {
    let quorum = panel.quorum(policy);
    let leader = panel.leader().ok_or(Refusal::QuorumUnreachable {
        eligible: quorum.eligible,
        votes_needed: quorum.votes_needed,
    })?;
    if leader.person != person {
        return Err(Refusal::NotThePanelsChair {});
    }
    panel.judging_member(person)?;
    quorum.ensure_met()?;
    if quorum.votes < quorum.eligible && today <= deadline_on {
        return Err(Refusal::VotesPending {
            missing: quorum.eligible - quorum.votes,
            deadline_on,
        });
    }
    Ok(())
}

/// Recommends for the panel.
///
/// # Errors
/// The refusal that names what stands against it.
pub fn recommend(
    state: GateState,
    panel: &Panel,
    criteria: &[Criterion],
    policy: &Policy,
    deadline_on: NaiveDate,
    today: NaiveDate,
    request: RecommendationRequest,
) -> Result<Recommendation, Refusal> {
    state.ensure_convened()?;
    ensure_may_recommend(panel, policy, deadline_on, today, request.person)?;
    let tally = panel.tally(criteria);
    let (outcome, picked) = chosen(&tally, request.pick)?;
    if picked {
        Refusal::require_reason(&request.reason)?;
    }
    request.terms.ruling(outcome, &tally, criteria, today)?;
    Ok(Recommendation {
        outcome,
        picked,
        terms: request.terms,
        tally,
    })
}

/// The majority's outcome, or the chair's pick among the leaders where there is none.
fn chosen(tally: &Tally, pick: Option<Outcome>) -> Result<(Outcome, bool), Refusal> {
    match (tally.majority(), pick) {
        (Some(majority), None) => Ok((majority, false)),
        (Some(majority), Some(pick)) if pick == majority => Ok((majority, false)),
        (Some(majority), Some(_)) => Err(Refusal::MajorityDecides { outcome: majority }),
        (None, Some(pick)) if tally.leaders().contains(&pick) => Ok((pick, true)),
        (None, _) => Err(Refusal::PickAmongLeadersRequired {
            outcomes: Codes(tally.leaders()),
        }),
    }
}
