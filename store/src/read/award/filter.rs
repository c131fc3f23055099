//! Which awards are asked for, as conditions of the statement.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::Coded;
use domain::award::AwardStateCode;
use domain::calendar::FiscalYear;
use domain::id::{OrganizationId, ThemeId};
use domain::milestone::MilestoneStateCode;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::next_due_on;
use crate::dossier::PinnedPolicy;
use crate::entity::{award, milestone};
use crate::search;

/// Which awards are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwardFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Of one applicant body.
    pub organization: Option<OrganizationId>,
    /// In one of these states, as they are today; in any when there is none.
    pub states: Vec<AwardStateCode>,
    /// Decided in one fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// With a milestone in this state.
    pub milestone_state: Option<MilestoneStateCode>,
    /// Only those with a milestone that is past its due date today.
    pub late: bool,
    /// Words that all occur in the number, the title or the names of the body and its people.
    pub search: Option<String>,
}

impl AwardFilter {
    /// Whether an award fulfils the filter `today`.
    pub(super) fn condition(
        &self,
        policies: &BTreeMap<Uuid, PinnedPolicy>,
        today: NaiveDate,
    ) -> Condition {
        let year = self.fiscal_year.map(|year| {
            award::Column::DecidedOn
                .gte(year.starts_on())
                .and(award::Column::DecidedOn.lte(year.ends_on()))
        });
        let states = self
            .states
            .iter()
            .map(|state| in_state(*state, policies, today));
        let states = states.fold(Condition::any(), Condition::add);
        let search = self.search.as_deref();
        Condition::all()
            .add_option(
                self.theme
                    .map(|theme| award::Column::ThemeId.eq(theme.uuid())),
            )
            .add_option(
                self.organization
                    .map(|body| award::Column::OrganizationId.eq(body.uuid())),
            )
            .add_option((!self.states.is_empty()).then_some(states))
            .add_option(year)
            .add_option(self.milestone_state.map(with_milestone))
            .add_option(self.late.then(|| next_due_on().lt(today)))
            .add_option(search.map(|asked| search::found(award::Column::Search, asked)))
    }
}

fn with_milestone(state: MilestoneStateCode) -> Condition {
    let owners = Query::select()
        .column(milestone::Column::AwardId)
        .from(milestone::Entity)
        .cond_where(milestone::Column::State.eq(state.code()))
        .to_owned();
    Condition::all().add(award::Column::Id.in_subquery(owners))
}

/// Whether an award is in `state` today.
fn in_state(
    state: AwardStateCode,
    policies: &BTreeMap<Uuid, PinnedPolicy>,
    today: NaiveDate,
) -> Condition {
    let stored = award::Column::State.eq(state.code());
    match state {
        AwardStateCode::Active => Condition::any()
            .add(stored)
            .add(offer_whose_term_is_over(policies, today)),
        AwardStateCode::Offered => Condition::all().add(stored).add(
            Condition::any()
                .add(award::Column::NoticeReceivedOn.is_null())
                .add(offer_whose_term_is_over(policies, today).not()),
        ),
        _ => Condition::all().add(stored),
    }
}

/// An offer becomes active when its withdrawal term has passed; no job writes that.
fn offer_whose_term_is_over(
    policies: &BTreeMap<Uuid, PinnedPolicy>,
    today: NaiveDate,
) -> Condition {
    let over = policies.iter().map(|(id, policy)| {
        let days = Days::new(policy.parameters.withdrawal_days.into());
        let before = today.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
        award::Column::PolicyVersionId
            .eq(*id)
            .and(award::Column::NoticeReceivedOn.lt(before))
    });
    Condition::all()
        .add(award::Column::State.eq(AwardStateCode::Offered.code()))
        .add(over.fold(Condition::any(), Condition::add))
}
