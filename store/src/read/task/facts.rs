//! What the domain looks at to say whether candidates are tasks, read for all of them together.

mod closing;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::Coded;
use domain::access::{Asker, GateFacts, Scope};
use domain::award::{Award, PlanState};
use domain::gate::{Condition, ConflictKind, Panel};
use domain::id::{AwardId, GateId, PersonId, TrancheId};
use domain::milestone::MilestoneState;
use domain::task::{self, Subject, TaskKind};
use domain::tranche::ReleaseFacts;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use self::closing::ClosingFacts;
use super::candidate::Candidate;
use super::{Asking, Whose};
use crate::dossier::{GateDossier, load_panels, pinned_policies, scope_of};
use crate::entity::{
    award, gate, gate_condition, gate_decision, milestone, plan_version, recommendation,
};
use crate::error::Error;
use crate::mapping;
use crate::read::{forecast, plan};

/// The facts about some candidates, by id.
#[derive(Default)]
pub(super) struct Facts {
    awards: BTreeMap<Uuid, (Award, Scope)>,
    /// Awards for which a change of plan is proposed.
    proposed: BTreeSet<Uuid>,
    milestones: BTreeMap<Uuid, MilestoneState>,
    conditions: BTreeMap<Uuid, (Condition, GateId)>,
    /// The panels of the gates that laid the conditions down.
    panels: BTreeMap<Uuid, Panel>,
    gates: BTreeMap<Uuid, GateDossier>,
    /// Who recommended, by gate.
    recommended: BTreeMap<Uuid, PersonId>,
    /// What the record shows between the asker and the award, by gate.
    conflicts: HashMap<GateId, Option<ConflictKind>>,
    tranches: HashMap<AwardId, Arc<BTreeMap<TrancheId, ReleaseFacts>>>,
    closing: ClosingFacts,
}

impl Facts {
    /// Reads them: as many statements as the kinds that are asked for need, however many candidates
    /// there are.
    ///
    /// # Errors
    /// When the database does not answer or a row contradicts itself.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        asking: &Asking<'_>,
        candidates: &[Candidate],
    ) -> Result<Self, Error> {
        let subjects: BTreeSet<Subject> =
            asking.kinds().iter().map(|kind| kind.subject()).collect();
        let about = |subject| {
            let of_subject = move |one: &&Candidate| one.kind.subject() == subject;
            candidates.iter().filter(of_subject)
        };
        let mut facts = Self {
            awards: awards(db, candidates, asking.today()).await?,
            proposed: proposed(db, candidates).await?,
            milestones: milestones(db, candidates).await?,
            closing: ClosingFacts::load(db, asking, candidates).await?,
            ..Self::default()
        };
        if subjects.contains(&Subject::Condition) {
            let ids = about(Subject::Condition).map(|one| one.subject);
            facts.conditions = conditions(db, ids).await?;
            let gates = facts.conditions.values().map(|(_, gate)| gate.uuid());
            facts.panels = load_panels(db, &gates.collect::<Vec<_>>()).await?;
        }
        if subjects.contains(&Subject::Gate) {
            let ids: Vec<Uuid> = about(Subject::Gate).map(|one| one.subject).collect();
            facts.gates = gates(db, &ids).await?;
            facts.recommended = recommended(db, &ids).await?;
            let ids: Vec<GateId> = ids.into_iter().map(Into::into).collect();
            facts.conflicts = forecast::conflicts(db, asking.sight, &ids, asking.today()).await?;
        }
        if subjects.contains(&Subject::Tranche) {
            let of: BTreeSet<Uuid> = about(Subject::Tranche)
                .filter_map(|one| one.award)
                .collect();
            let of: Vec<AwardId> = of.into_iter().map(Into::into).collect();
            facts.tranches = plan::release_facts(db, asking.sight, &of, asking.now).await?;
        }
        Ok(facts)
    }

    /// The tasks that the thing has of which `candidate` is one perhaps.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when something it belongs to is missing.
    pub(super) fn tasks(
        &self,
        asking: &Asking<'_>,
        candidate: &Candidate,
    ) -> Result<Vec<TaskKind>, Error> {
        let today = asking.today();
        let Some(id) = candidate.award else {
            return Ok(self.closing.of_year(candidate, today));
        };
        let Some((award, scope)) = self.awards.get(&id) else {
            return Err(missing("award", id));
        };
        let proposed = self.proposed.contains(&id);
        Ok(match candidate.kind.subject() {
            Subject::Award => {
                let mut tasks = task::of_award(award, proposed, today);
                tasks.extend(self.closing.of_award(candidate));
                tasks
            }
            Subject::Milestone => {
                let state = self.milestone(candidate)?;
                task::of_milestone(award, state, proposed, today)
            }
            Subject::Condition => {
                let state = self.milestone(candidate)?;
                self.of_condition(asking, candidate, award, state)
            }
            Subject::Gate => self.of_gate(asking, candidate, award, *scope),
            Subject::Tranche => {
                let of_award = self.tranches.get(&id.into());
                let facts = of_award.and_then(|facts| facts.get(&candidate.subject.into()));
                facts.map_or_else(Vec::new, task::of_tranche)
            }
            Subject::Report => self.closing.of_report(award, candidate),
            Subject::ReturnOrder => self.closing.of_return(candidate, today)?,
            Subject::Envelope => self.closing.of_year(candidate, today),
        })
    }

    fn milestone(&self, candidate: &Candidate) -> Result<&MilestoneState, Error> {
        let found = candidate.milestone.and_then(|id| self.milestones.get(&id));
        found.ok_or_else(|| missing("milestone", candidate.subject))
    }

    fn of_condition(
        &self,
        asking: &Asking<'_>,
        candidate: &Candidate,
        award: &Award,
        state: &MilestoneState,
    ) -> Vec<TaskKind> {
        let Some((condition, gate)) = self.conditions.get(&candidate.subject) else {
            // Answered since it was found.
            return Vec::new();
        };
        let mut tasks = task::of_condition(award, condition, (state, *gate), asking.today());
        if asking.whose == Whose::Own {
            let person = asking.sight.person;
            let leader = self.panels.get(&gate.uuid()).and_then(Panel::leader);
            let is_chair = leader.is_some_and(|leader| leader.person == person);
            let confirms = condition.clone().discharge(person, is_chair).is_ok();
            tasks.retain(|kind| confirms || *kind != TaskKind::ConfirmCondition);
        }
        tasks
    }

    fn of_gate(
        &self,
        asking: &Asking<'_>,
        candidate: &Candidate,
        award: &Award,
        scope: Scope,
    ) -> Vec<TaskKind> {
        let Some(gate) = self.gates.get(&candidate.subject) else {
            return Vec::new();
        };
        let asker = Asker {
            person: asking.sight.person,
            authority: &asking.sight.authority,
            scope,
            today: asking.today(),
        };
        let facts = GateFacts {
            award,
            state: gate.state,
            panel: &gate.panel,
            criteria: &gate.sealed.criteria,
            policy: &gate.sealed.policy.parameters,
            deadline_on: gate.row.deadline_on,
            seal_intact: gate.ensure_intact().is_ok(),
            recommended_by: self.recommended.get(&candidate.subject).copied(),
            conflict: self
                .conflicts
                .get(&candidate.subject.into())
                .copied()
                .flatten(),
        };
        task::of_gate(&asker, &facts)
    }
}

fn missing(what: &str, id: Uuid) -> Error {
    Error::corrupt(format_args!("{id} has no {what}"))
}

async fn awards(
    db: &impl ConnectionTrait,
    candidates: &[Candidate],
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, (Award, Scope)>, Error> {
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(of_awards(candidates)))
        .all(db)
        .await?;
    let policies = pinned_policies(db, rows.iter().map(|row| row.policy_version_id)).await?;
    rows.iter()
        .map(|row| {
            let policy = policies.get(&row.policy_version_id);
            let days = policy
                .ok_or_else(|| missing("policy", row.id))?
                .parameters
                .withdrawal_days;
            let award = mapping::award(row, days)?.on(today);
            Ok((row.id, (award, scope_of(row))))
        })
        .collect()
}

fn of_awards(candidates: &[Candidate]) -> BTreeSet<Uuid> {
    let awards = candidates.iter().map(|candidate| candidate.award);
    awards.flatten().collect()
}

async fn proposed(
    db: &impl ConnectionTrait,
    candidates: &[Candidate],
) -> Result<BTreeSet<Uuid>, Error> {
    let rows = plan_version::Entity::find()
        .filter(plan_version::Column::AwardId.is_in(of_awards(candidates)))
        .filter(plan_version::Column::State.eq(PlanState::Proposed.code()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.award_id).collect())
}

async fn milestones(
    db: &impl ConnectionTrait,
    candidates: &[Candidate],
) -> Result<BTreeMap<Uuid, MilestoneState>, Error> {
    let ids: BTreeSet<Uuid> = candidates.iter().filter_map(|one| one.milestone).collect();
    let rows = milestone::Entity::find()
        .filter(milestone::Column::Id.is_in(ids))
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((row.id, mapping::milestone_state(row)?)))
        .collect()
}

async fn conditions(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, (Condition, GateId)>, Error> {
    let rows = gate_condition::Entity::find()
        .filter(gate_condition::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let decisions = rows.iter().map(|row| row.gate_decision_id);
    let gates: BTreeMap<Uuid, Uuid> = gate_decision::Entity::find()
        .filter(gate_decision::Column::Id.is_in(decisions))
        .all(db)
        .await?
        .into_iter()
        .map(|decision| (decision.id, decision.gate_id))
        .collect();
    rows.iter()
        .map(|row| {
            let gate = gates.get(&row.gate_decision_id);
            let gate = *gate.ok_or_else(|| missing("decision", row.id))?;
            Ok((row.id, (mapping::condition(row)?, gate.into())))
        })
        .collect()
}

async fn gates(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, GateDossier>, Error> {
    let rows = gate::Entity::find()
        .filter(gate::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let dossiers = GateDossier::load_many(db, rows).await?;
    Ok(dossiers
        .into_iter()
        .map(|gate| (gate.row.id, gate))
        .collect())
}

async fn recommended(
    db: &impl ConnectionTrait,
    gates: &[Uuid],
) -> Result<BTreeMap<Uuid, PersonId>, Error> {
    let rows = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.is_in(gates.iter().copied()))
        .all(db)
        .await?;
    let by = |row: recommendation::Model| Some((row.gate_id, row.recommended_by?.into()));
    Ok(rows.into_iter().filter_map(by).collect())
}
