//! The second pass: one application's rows, as commands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::calendar::{jst_date, start_of_jst_day};
use domain::id::{AwardId, MilestoneId, OrganizationId, TrancheId};
use domain::{Coded, LocalizedText, Money, Refusal, Seal};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::{AcceptAward, OfferAward, RegisterOrganization};
use store::entity::{award, milestone, milestone_version, tranche};
use store::{Command, Error, Store};

use super::crew::{self, Crew};
use super::history::{Application, Step};
use super::key::{hash, key};
use super::rehearsal::Rehearsal;
use super::row::Event;
use super::{ReplayOptions, ReplaySummary, plan};
use crate::act::act;

mod account;
mod delivery;
mod evaluation;

/// The longest number of an award.
const NUMBER_CHARACTERS_MAX: usize = 40;

/// A milestone of the award at hand.
#[derive(Debug, Clone)]
struct Milestone {
    id: MilestoneId,
    tranche: TrancheId,
    /// The seal of its last submission.
    seal: Option<Seal>,
}

/// One application being run.
struct Run<'a> {
    store: &'a Store,
    options: &'a ReplayOptions,
    crew: &'a Crew,
    application: &'a Application,
}

/// Runs the rows of `application` and tells `summary` of each.
///
/// # Errors
/// When the store does not answer. A refusal is reported.
pub(super) async fn application(
    store: &Store,
    options: &ReplayOptions,
    crew: &Crew,
    application: &Application,
    summary: &mut ReplaySummary,
) -> Result<(), Error> {
    let run = Run {
        store,
        options,
        crew,
        application,
    };
    let known = run.award().await?;
    let award = match run.prepare(known).await {
        Ok(award) => award,
        Err(Error::Refused(refusal)) => {
            let steps = application.milestones.iter().flat_map(|m| &m.steps);
            steps.for_each(|step| summary.report(&step.row, &refusal));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let mut milestones = run.milestones(award).await?;
    let mut rehearsal = Rehearsal::of(application, &crew::policy());
    for (position, planned) in application.milestones.iter().enumerate() {
        let title = plan::title(planned.label).en;
        for step in &planned.steps {
            let today = jst_date(step.occurred_at);
            let rehearsed = rehearsal.play(position, &step.row.event, today);
            let result = match (milestones.get_mut(&title), rehearsed) {
                (None, _) => Err(Error::not_found("MILESTONE")),
                // On an award that was there before, what is refused now was refused then.
                (Some(_), Err(refusal)) if known.is_some() => Err(refusal.into()),
                (Some(milestone), _) => run.step(award, milestone, step, summary).await,
            };
            match result {
                Ok(()) => summary.applied += 1,
                Err(Error::Refused(refusal)) => summary.report(&step.row, &refusal),
                Err(error) => return Err(error),
            }
        }
    }
    summary.awards += 1;
    Ok(())
}

impl Run<'_> {
    /// Runs a command that belongs to the application as a whole.
    async fn setup<C: Command>(
        &self,
        what: &str,
        person: Option<domain::id::PersonId>,
        at: DateTime<Utc>,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let key = key(&self.options.source, &[&self.application.name], what);
        act(self.store, person, at, key, command).await
    }

    /// Runs a command of a row, at the row's instant, under the row's name.
    async fn row<C: Command>(
        &self,
        step: &Step,
        what: &str,
        person: Option<domain::id::PersonId>,
        command: &C,
    ) -> Result<C::Outcome, Error> {
        let key = key(&self.options.source, &[&step.row.name], what);
        act(self.store, person, step.occurred_at, key, command).await
    }

    async fn step(
        &self,
        award: AwardId,
        milestone: &mut Milestone,
        step: &Step,
        summary: &mut ReplaySummary,
    ) -> Result<(), Error> {
        match &step.row.event {
            Event::Delivery => self.deliver(milestone, step, summary).await,
            Event::Evaluation { evaluator, verdict } => {
                let vote = (evaluator.as_str(), *verdict);
                self.evaluate(award, milestone, step, vote, summary).await
            }
        }
    }

    /// The award's number: the application's name, and where that is too long for a number its
    /// beginning and a hash of the whole.
    fn number(&self) -> String {
        let (source, name) = (&self.options.source, &self.application.name);
        let number = format!("{source}-{name}");
        if number.chars().count() <= NUMBER_CHARACTERS_MAX {
            return number;
        }
        let beginning: String = number.chars().take(NUMBER_CHARACTERS_MAX - 9).collect();
        let hash: String = hash(&[name]).chars().take(8).collect();
        format!("{beginning}-{hash}")
    }

    /// The award, where an earlier run has made it.
    async fn award(&self) -> Result<Option<AwardId>, Error> {
        let row = award::Entity::find()
            .filter(award::Column::ProgrammeId.eq(self.crew.programme.uuid()))
            .filter(award::Column::Number.eq(self.number()))
            .one(self.store.reads())
            .await?;
        Ok(row.map(|row| row.id.into()))
    }

    /// Makes what is missing: the body, the award with its plan, its acceptance.
    async fn prepare(&self, known: Option<AwardId>) -> Result<AwardId, Error> {
        let noticed_at = start_of_jst_day(self.application.notice_on);
        let award = match known {
            Some(award) => award,
            None => self.offer().await?,
        };
        let accept = AcceptAward {
            award,
            notice_received_on: self.application.notice_on,
        };
        self.setup("accepted", None, noticed_at, &accept).await?;
        Ok(award)
    }

    async fn offer(&self) -> Result<AwardId, Error> {
        let decided_on = self.application.decided_on();
        let decided_at = start_of_jst_day(decided_on);
        let organization = self.body(decided_at).await?;
        self.account(organization, decided_at).await?;
        let plan = plan::of(self.application, self.options.nominal_amount);
        let total = plan.total(Money::zero(self.options.nominal_amount.currency()))?;
        let name = &self.application.name;
        let offer = OfferAward {
            theme: self.crew.theme,
            organization,
            title: LocalizedText::new(name, name),
            application_reference: Some(name.clone()),
            applied: total,
            decided: total,
            decided_on,
            participants: Vec::new(),
            gate_template: None,
            plan: Some(plan),
            number: Some(self.number()),
        };
        let decider = Some(self.crew.decider);
        Ok(self
            .setup("offered", decider, decided_at, &offer)
            .await?
            .award)
    }

    async fn body(&self, at: DateTime<Utc>) -> Result<OrganizationId, Error> {
        let name = &self.application.name;
        let body = RegisterOrganization {
            programme: self.crew.programme,
            name: LocalizedText::new(
                format!("{name}の申請者"),
                format!("The applicant of {name}"),
            ),
            corporate_number: None,
            identifiers: vec![(format!("{}-APPLICATION", self.options.source), name.clone())],
        };
        Ok(self.setup("body", None, at, &body).await?.organization)
    }

    /// The award's milestones with their tranches, by their title in English, which names the label.
    async fn milestones(&self, award: AwardId) -> Result<BTreeMap<String, Milestone>, Error> {
        let db = self.store.reads();
        let rows = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(award.uuid()))
            .all(db)
            .await?;
        let plans: BTreeSet<Uuid> = rows.iter().map(|row| row.plan_version_id).collect();
        let versions = milestone_version::Entity::find()
            .filter(milestone_version::Column::PlanVersionId.is_in(plans))
            .all(db)
            .await?;
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(award.uuid()))
            .all(db)
            .await?;
        let mut found = BTreeMap::new();
        for row in rows {
            let version = versions.iter().find(|version| {
                version.milestone_id == row.id && version.plan_version_id == row.plan_version_id
            });
            let tranche = tranches
                .iter()
                .find(|tranche| tranche.milestone_id == Some(row.id));
            let (Some(version), Some(tranche)) = (version, tranche) else {
                return Err(Error::corrupt(
                    "a milestone without its plan or its tranche",
                ));
            };
            let milestone = Milestone {
                id: row.id.into(),
                tranche: tranche.id.into(),
                seal: None,
            };
            found.insert(version.title_en.clone(), milestone);
        }
        Ok(found)
    }
}

/// The code of a refusal that follows an applied row; faults stay faults.
fn refused(result: Result<(), Error>) -> Result<Option<&'static str>, Error> {
    match result {
        Ok(()) => Ok(None),
        Err(Error::Refused(refusal)) => Ok(Some(refusal_code(&refusal))),
        Err(error) => Err(error),
    }
}

/// The code under which a refusal is reported.
pub(super) fn refusal_code(refusal: &Refusal) -> &'static str {
    refusal.code().code()
}
