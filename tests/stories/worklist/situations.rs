//! Awards that wait for all kinds of answers, and what the rules find in them.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Coded;
use domain::access::{Asker, Authority, GateFacts, Scope};
use domain::award::Award;
use domain::gate::{ConditionDraft, ConflictKind, Terms, Verifier};
use domain::id::{AwardId, PersonId};
use domain::milestone::Outcome;
use domain::task::{self, TaskKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use store::command::{
    DeclareConditionUnmet, DeclareConflict, DefineEnvelope, ProposePlanChange, RecordNotice,
    RefusePlanChange, SuspendAward,
};
use store::dossier::{AwardDossier, GateDossier, OnRecord, load_panel, recommendation_of};
use store::entity::{award, gate, gate_condition, gate_decision, plan_version};
use store::load_authority;
use store::mapping;
use store::read::{Sight, plan};
use uuid::Uuid;

use crate::builders::{Granted, Verdict, World, date, millions, year};

const WHY: &str = "理由";

fn hold() -> Verdict {
    Verdict::of(Outcome::Hold, &["SAFETY"]).with(Terms {
        hold_until: Some(date("2026-08-01")),
        ..Terms::default()
    })
}

fn redirect() -> Verdict {
    Verdict::of(Outcome::Redirect, &["SAFETY"]).with(Terms {
        redirect_due: Some(date("2026-08-01")),
        ..Terms::default()
    })
}

fn conditional(world: &World) -> Verdict {
    let condition = |blocking, verifier| ConditionDraft {
        text: "追加の試験を行う".to_owned(),
        due_on: date("2026-09-30"),
        blocking,
        verifier,
    };
    Verdict::of(Outcome::ConditionalGo, &["SAFETY"]).with(Terms {
        conditions: vec![
            condition(true, Verifier::Named(world.people.officer)),
            condition(false, Verifier::Chair),
        ],
        ..Terms::default()
    })
}

/// The plan with its first two milestones weighed anew.
fn proposal(award: &Granted) -> ProposePlanChange {
    let mut plan = award.plan.clone();
    plan.milestones[0].tranche.amount = millions(8);
    plan.milestones[1].tranche.amount = millions(12);
    ProposePlanChange {
        award: award.id,
        plan,
        reason: WHY.to_owned(),
    }
}

/// On 2026-06-17: an award for each thing that can wait, by its number.
///
/// 1 held; 2 redirected; 3 redirected, the change refused; 4 redirected, the change proposed;
/// 5 conditions open; 6 a condition unmet; 7 failed; 8 suspended while a gate sits; 9 a year not
/// committed; 10 a panel without its quorum; 11 a panel that votes; 12 recommended; 13 passed;
/// 14 rework; 15 submitted; 16 offered, the notice received.
pub(super) async fn situations(world: &World) {
    let mut awards = Vec::new();
    for number in 1..=15 {
        let award = world.award();
        let award = match number {
            9 => award.milestone(10, 2026).milestone(10, 2028),
            _ => award.milestone(10, 2026).milestone(10, 2026),
        };
        awards.push(award.accepted().await);
    }
    let [
        held,
        redirected,
        refused,
        proposed,
        open,
        unmet,
        failed,
        suspended,
        _,
        unreachable,
        voting,
        recommended,
        passed,
        rework,
        submitted,
    ] = awards.try_into().expect("fifteen awards");
    world.clock.pass_days(16);
    let first = |award: &Granted| award.milestones[0];
    world.judge(first(&held), hold()).await;
    for award in [&redirected, &refused, &proposed] {
        world.judge(first(award), redirect()).await;
    }
    answer_redirects(world, &refused, &proposed).await;
    for award in [&open, &unmet] {
        world.judge(first(award), conditional(world)).await;
    }
    declare_unmet(world, &unmet).await;
    world.judge(first(&failed), Verdict::no_go()).await;
    sitting(world, [&suspended, &unreachable, &voting]).await;
    let go = Verdict::go();
    world.recommended(first(&recommended), &go).await;
    world.judge(first(&passed), go).await;
    let again = Verdict::of(Outcome::Rework, &[]);
    world.judge(first(&rework), again).await;
    world.submit(first(&submitted)).await;
    appropriate(world).await;
    let offered = world.award().offered().await;
    let notice = RecordNotice {
        award: offered.id,
        notice_received_on: world.clock.today(),
    };
    world.run(world.people.officer, &notice).await;
}

async fn answer_redirects(world: &World, refused: &Granted, proposed: &Granted) {
    let people = &world.people;
    let made = world.run(people.representative, &proposal(refused)).await;
    let refuse = RefusePlanChange {
        plan_version: made.plan_version,
        reason: WHY.to_owned(),
    };
    world.run(people.director, &refuse).await;
    world.run(people.representative, &proposal(proposed)).await;
}

async fn declare_unmet(world: &World, award: &Granted) {
    let rows = gate_condition::Entity::find()
        .filter(gate_condition::Column::AwardId.eq(award.id.uuid()))
        .filter(gate_condition::Column::Blocking.eq(true))
        .all(world.store.reads())
        .await;
    let [row] = rows.expect("conditions").try_into().expect("one blocks");
    let unmet = DeclareConditionUnmet {
        condition: row.id.into(),
        reason: WHY.to_owned(),
    };
    world.run(world.people.director, &unmet).await;
}

/// Panels that sit: of an award that is suspended, without its quorum, and half way.
async fn sitting(world: &World, [suspended, unreachable, voting]: [&Granted; 3]) {
    let people = &world.people;
    for award in [suspended, unreachable, voting] {
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        if award.id == unreachable.id {
            let kin = DeclareConflict {
                gate,
                conflict: ConflictKind::Kin,
                note: None,
            };
            world.run(people.reviewers[0], &kin).await;
        }
        if award.id == voting.id {
            world.declare_none(gate).await;
            let met = &["SAFETY"];
            world
                .vote(gate, seal, people.reviewers[0], Outcome::Go, met)
                .await;
        }
    }
    let suspend = SuspendAward {
        award: suspended.id,
        until: date("2026-07-01"),
        consequence: "取消し".to_owned(),
        reason: WHY.to_owned(),
    };
    world.run(people.director, &suspend).await;
}

/// 2028 gets its money after the awards were made.
async fn appropriate(world: &World) {
    let envelope = DefineEnvelope {
        theme: world.theme,
        fiscal_year: year(2028),
        appropriated: millions(100),
        consultation_reference: Some("財計第2号".to_owned()),
    };
    world.run(world.people.director, &envelope).await;
}

/// A task by its kind and the id of what it is about.
type Named = (String, Uuid);

/// The tasks of an answer.
pub(super) fn tasks_of(tasks: &[Value]) -> BTreeSet<Named> {
    let named = |task: &Value| {
        let id = task["subject"]["id"].as_str().expect("an id");
        let id = String::from_utf8(URL_SAFE_NO_PAD.decode(id).expect("base64url"));
        let id = id.expect("a text");
        let (_, id) = id.split_once(':').expect("a kind and an id");
        let kind = task["kind"].as_str().expect("a kind").to_owned();
        (kind, id.parse().expect("an id"))
    };
    tasks.iter().map(named).collect()
}

/// What the rules find for `person` in everything there is.
pub(super) async fn expected(world: &World, person: PersonId) -> BTreeSet<Named> {
    let db = world.store.reads();
    let actor = domain::access::Actor::Person {
        person,
        token: None,
    };
    let authority = load_authority(db, &actor, world.store.now()).await;
    let authority = authority.expect("roles");
    let mut found = BTreeSet::new();
    for row in award::Entity::find().all(db).await.expect("awards") {
        let dossier = AwardDossier::load(db, &row, world.clock.today()).await;
        let one = OneAward {
            world,
            person,
            authority: &authority,
            scope: Scope {
                programme: row.programme_id.into(),
                theme: Some(row.theme_id.into()),
                organization: Some(row.organization_id.into()),
            },
            dossier: dossier.expect("an award"),
        };
        one.whole(&mut found).await;
        one.gates(&mut found).await;
    }
    found
}

struct OneAward<'a> {
    world: &'a World,
    person: PersonId,
    authority: &'a Authority,
    scope: Scope,
    dossier: AwardDossier,
}

impl OneAward<'_> {
    fn award(&self) -> &Award {
        &self.dossier.award
    }

    fn add(&self, found: &mut BTreeSet<Named>, tasks: Vec<TaskKind>, subject: Uuid) {
        for kind in tasks {
            let mut holders = kind.holders().into_iter();
            if holders.any(|role| self.authority.holds(role, &self.scope)) {
                found.insert((kind.code().to_owned(), subject));
            }
        }
    }

    /// The award, its milestones and its tranches.
    async fn whole(&self, found: &mut BTreeSet<Named>) {
        let (db, today) = (self.world.store.reads(), self.world.clock.today());
        let id = self.dossier.row.id;
        let proposed = plan_version::Entity::find()
            .filter(plan_version::Column::AwardId.eq(id))
            .filter(plan_version::Column::State.eq("PROPOSED"))
            .one(db)
            .await
            .expect("an answer")
            .is_some();
        self.add(found, task::of_award(self.award(), proposed, today), id);
        for entry in &self.dossier.milestones {
            let tasks = task::of_milestone(self.award(), &entry.state, proposed, today);
            self.add(found, tasks, entry.row.id);
        }
        let sight = Sight::new(self.person, self.authority.clone());
        let facts =
            plan::release_facts(db, &sight, &[AwardId::new(id)], self.world.store.now()).await;
        let facts = facts.expect("facts").remove(&id.into()).unwrap_or_default();
        let mut years = BTreeSet::new();
        for entry in &self.dossier.tranches {
            let Some(facts) = facts.get(&entry.row.id.into()) else {
                continue;
            };
            let mut tasks = task::of_tranche(facts);
            // A year is committed at once: its first tranche stands for it.
            let commits = tasks.contains(&TaskKind::CommitYear);
            let is_first = commits && years.insert(entry.budget_year);
            tasks.retain(|kind| is_first || *kind != TaskKind::CommitYear);
            self.add(found, tasks, entry.row.id);
        }
    }

    /// Its gates and the conditions that they laid down.
    async fn gates(&self, found: &mut BTreeSet<Named>) {
        let db = self.world.store.reads();
        let rows = gate::Entity::find()
            .filter(gate::Column::AwardId.eq(self.dossier.row.id))
            .all(db)
            .await
            .expect("gates");
        for row in rows {
            let id = row.id;
            let gate = GateDossier::load(db, id.into()).await.expect("a gate");
            let recommended = recommendation_of(db, id.into()).await.expect("an answer");
            let years = gate.sealed.policy.parameters.conflict_years;
            let today = self.world.clock.today();
            let on_record = OnRecord::beside(db, &self.dossier, [self.person]).await;
            let on_record = on_record.expect("an answer");
            let facts = GateFacts {
                award: self.award(),
                state: gate.state,
                panel: &gate.panel,
                criteria: &gate.sealed.criteria,
                policy: &gate.sealed.policy.parameters,
                deadline_on: gate.row.deadline_on,
                seal_intact: gate.ensure_intact().is_ok(),
                recommended_by: recommended.map(|(_, by)| by),
                conflict: on_record.conflict(&self.dossier, self.person, today, years),
            };
            let asker = Asker {
                person: self.person,
                authority: self.authority,
                scope: self.scope,
                today,
            };
            let mut tasks = task::of_gate(&asker, &facts);
            tasks.retain(|kind| kind.is_somebodys());
            self.add(found, tasks, id);
            self.conditions(found, &gate).await;
        }
    }

    async fn conditions(&self, found: &mut BTreeSet<Named>, gate: &GateDossier) {
        let (db, today) = (self.world.store.reads(), self.world.clock.today());
        let decisions: BTreeMap<Uuid, gate_decision::Model> = gate_decision::Entity::find()
            .filter(gate_decision::Column::GateId.eq(gate.row.id))
            .all(db)
            .await
            .expect("decisions")
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let rows = gate_condition::Entity::find()
            .filter(gate_condition::Column::GateDecisionId.is_in(decisions.into_keys()))
            .all(db)
            .await
            .expect("conditions");
        let state = &self.dossier.milestone(gate.milestone()).expect("one").state;
        let panel = load_panel(db, gate.row.id.into()).await.expect("a panel");
        let leads = panel
            .leader()
            .is_some_and(|leader| leader.person == self.person);
        for row in rows {
            let condition = mapping::condition(&row).expect("a condition");
            let of_gate = (state, gate.row.id.into());
            let mut tasks = task::of_condition(self.award(), &condition, of_gate, today);
            let confirms = condition.discharge(self.person, leads).is_ok();
            tasks.retain(|kind| confirms || *kind != TaskKind::ConfirmCondition);
            self.add(found, tasks, row.id);
        }
    }
}
