//! The state of a milestone, in and out of its row's columns.

use domain::milestone::{MilestoneState, MilestoneStateCode, PlanChangeAnswer, Review};
use domain::{BasisPoints, Coded};
use sea_orm::Set;

use super::{code, ordinal, required, seal};
use crate::entity::milestone::{ActiveModel, Model};
use crate::error::Error;

/// The state that `row` holds.
///
/// # Errors
/// [`Error::Corrupt`] when the row contradicts itself.
pub fn milestone_state(row: &Model) -> Result<MilestoneState, Error> {
    let round = || required(row.round, "round").and_then(ordinal);
    Ok(match code::<MilestoneStateCode>(&row.state)? {
        MilestoneStateCode::Locked => MilestoneState::Locked { round: round()? },
        MilestoneStateCode::Open => MilestoneState::Open { round: round()? },
        MilestoneStateCode::Submitted => MilestoneState::Submitted {
            round: round()?,
            submission: required(row.submission_id, "submission_id")?.into(),
            seal: seal(required(row.seal.as_deref(), "seal")?)?,
        },
        MilestoneStateCode::InReview => MilestoneState::InReview {
            review: review(row)?,
        },
        MilestoneStateCode::Held => MilestoneState::Held {
            review: review(row)?,
            until: required(row.until_on, "until_on")?,
        },
        MilestoneStateCode::AwaitingPlanChange => MilestoneState::AwaitingPlanChange {
            review: review(row)?,
            due: required(row.until_on, "until_on")?,
            answer: code::<PlanChangeAnswer>(required(
                row.plan_change_answer.as_deref(),
                "plan_change_answer",
            )?)?,
        },
        MilestoneStateCode::PassedConditionally => MilestoneState::PassedConditionally {
            review: review(row)?,
            may_proceed: required(row.may_proceed, "may_proceed")?,
            unmet: required(row.unmet, "unmet")?,
        },
        MilestoneStateCode::Passed => MilestoneState::Passed {
            review: review(row)?,
            outcome: code(required(row.outcome.as_deref(), "outcome")?)?,
            share: BasisPoints::new(required(row.share_bp, "share_bp")?).map_err(Error::corrupt)?,
        },
        MilestoneStateCode::Failed => MilestoneState::Failed {
            review: review(row)?,
            outcome: code(required(row.outcome.as_deref(), "outcome")?)?,
            continued: required(row.continued, "continued")?,
        },
        MilestoneStateCode::Cancelled => MilestoneState::Cancelled,
    })
}

fn review(row: &Model) -> Result<Review, Error> {
    Ok(Review {
        round: ordinal(required(row.round, "round")?)?,
        submission: required(row.submission_id, "submission_id")?.into(),
        seal: seal(required(row.seal.as_deref(), "seal")?)?,
        gate: required(row.gate_id, "gate_id")?.into(),
    })
}

/// The columns that hold `state`; those that it does not fill are emptied.
#[must_use]
pub fn milestone_columns(state: &MilestoneState) -> ActiveModel {
    let mut columns = ActiveModel {
        state: Set(state.code().code().to_owned()),
        round: Set(state.round().map(i64::from)),
        submission_id: Set(state.submission().map(Into::into)),
        seal: Set(state.seal().map(ToString::to_string)),
        gate_id: Set(state.review().map(|review| review.gate.uuid())),
        until_on: Set(None),
        outcome: Set(None),
        share_bp: Set(None),
        may_proceed: Set(None),
        unmet: Set(None),
        plan_change_answer: Set(None),
        continued: Set(None),
        ..Default::default()
    };
    match state {
        MilestoneState::Held { until, .. } => columns.until_on = Set(Some(*until)),
        MilestoneState::AwaitingPlanChange { due, answer, .. } => {
            columns.until_on = Set(Some(*due));
            columns.plan_change_answer = Set(Some(answer.code().to_owned()));
        }
        MilestoneState::PassedConditionally {
            may_proceed, unmet, ..
        } => {
            columns.may_proceed = Set(Some(*may_proceed));
            columns.unmet = Set(Some(*unmet));
        }
        MilestoneState::Passed { outcome, share, .. } => {
            columns.outcome = Set(Some(outcome.code().to_owned()));
            columns.share_bp = Set(Some(i64::from(share.get())));
        }
        MilestoneState::Failed {
            outcome, continued, ..
        } => {
            columns.outcome = Set(Some(outcome.code().to_owned()));
            columns.continued = Set(Some(*continued));
        }
        MilestoneState::Locked { .. }
        | MilestoneState::Open { .. }
        | MilestoneState::Submitted { .. }
        | MilestoneState::InReview { .. }
        | MilestoneState::Cancelled => {}
    }
    columns
}
