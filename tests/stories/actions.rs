//! What the graph says can be done is what the commands do: every award, milestone, submission,
//! gate, tranche, condition, report and version of a plan of the demonstration, for every persona and
//! for two people who hold more roles than is good for them.
//!
//! An action is held against the command itself, rehearsed: allowed is accepted, blocked is refused
//! for the reason that was given, and what is not offered is not open. Nothing is excused: where the
//! two differ, one of them is wrong.

mod rehearsal;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::Request as Question;
use chrono::NaiveDate;
use domain::access::{Actor, GrantScope, Operation, Role};
use domain::calendar::jst_date;
use domain::id::{AwardId, GateId, PersonId, ProgrammeId};
use domain::{Coded, RefusalCode};
use graphql::{Node, Viewer, build};
use sea_orm::EntityTrait;
use seeds::demonstration::{ISSUER, PERSONAS, seed};
use serde_json::Value;
use store::command::{GrantRole, RegisterPerson, RosterSeat};
use store::dossier::{AwardDossier, GateDossier};
use store::entity::programme;
use store::identity::person_by_identity;
use store::vault::{Vault, VaultSettings};
use store::{Command, Error, Request, Store};

use crate::builders::{Counter, TestClock};
use crate::harness::database::TestDatabase;

/// Everything that has actions, within the awards.
const EVERYTHING: &str = "{
    awards(first: 100) { nodes {
        id state actions { ...said }
        planVersions { id state actions { ...said } }
        reports { id state actions { ...said } }
        tranches { id state actions { ...said } }
        milestones {
            id state actions { ...said }
            draft { id state actions { ...said } }
            rounds {
                submissions { id state actions { ...said } }
                gates { id state actions { ...said } }
            }
            conditions { id state actions { ...said } }
        }
    } }
}
fragment said on Action { name allowed blockedBy { code } }";

/// What a person is told of one thing.
#[derive(Debug, Default)]
struct Told {
    /// Its state.
    state: String,
    /// By command: nothing where it is allowed, what stands against it where it is not.
    actions: BTreeMap<Operation, Option<RefusalCode>>,
}

/// The demonstration, to walk over.
struct Walk {
    store: Store,
    programme: ProgrammeId,
    today: NaiveDate,
    /// A reviewer who sits nowhere yet.
    spare: PersonId,
    awards: BTreeMap<AwardId, AwardDossier>,
    gates: BTreeMap<GateId, GateDossier>,
    /// Who could sit on a panel, by award.
    rosters: BTreeMap<AwardId, Vec<RosterSeat>>,
}

impl Walk {
    async fn over(db: &TestDatabase) -> Self {
        let clock = Arc::new(TestClock::at("2026-06-01"));
        let store = Store::new(db.connect().await, clock, Arc::new(Counter::default()));
        let folder = tempfile::tempdir().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        seed(&store, &vault, |_| {}).await.expect("a demonstration");
        let found = programme::Entity::find().one(store.reads()).await;
        let today = jst_date(store.now());
        let mut walk = Self {
            programme: found.expect("an answer").expect("the programme").id.into(),
            today,
            awards: rehearsal::awards(&store, today).await,
            gates: rehearsal::gates(&store).await,
            rosters: BTreeMap::new(),
            spare: PersonId::new(uuid::Uuid::nil()),
            store,
        };
        let newcomer = RegisterPerson {
            programme: walk.programme,
            name: domain::LocalizedText::new("架空 予備", "Fictitious Spare"),
            email: None,
            identity: None,
            affiliations: Vec::new(),
        };
        walk.spare = walk.run("administrator", &newcomer).await.person;
        walk.grant(walk.spare, Role::Reviewer).await;
        for (id, award) in &walk.awards {
            let roster = rehearsal::roster(&walk.store, award, today).await;
            walk.rosters.insert(*id, roster);
        }
        walk
    }

    async fn persona(&self, subject: &str) -> PersonId {
        let found = person_by_identity(self.store.reads(), ISSUER, subject).await;
        found.expect("an answer").expect(subject)
    }

    async fn run<C: Command>(&self, subject: &str, command: &C) -> C::Outcome {
        let request = self.request(self.persona(subject).await);
        self.store
            .execute(&request, command)
            .await
            .expect("accepted")
    }

    async fn grant(&self, person: PersonId, role: Role) {
        let grant = GrantRole {
            person,
            role,
            scope: GrantScope::Programme(self.programme),
            from: self.today,
            until: None,
        };
        self.run("administrator", &grant).await;
    }

    fn request(&self, person: PersonId) -> Request {
        let actor = Actor::Person {
            person,
            token: None,
        };
        Request::by(actor).with_key(self.store.entropy().uuid().to_string())
    }

    /// What `person` is told of everything that they see.
    async fn told(&self, person: PersonId) -> BTreeMap<String, Told> {
        let viewer = Viewer::load(&self.store, person, None).await;
        let viewer = Some(viewer.expect("a viewer"));
        let question = Question::new(EVERYTHING);
        let answer = graphql::answer(&build(), question, &self.store, viewer, None).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let mut told = BTreeMap::new();
        gather(&answer.data.into_json().expect("data"), &mut told);
        told
    }

    /// Holds what `person` is told of `everything` against the commands; returns how many pairs of
    /// a thing and a command were compared, and where the two differ.
    async fn compare(
        &self,
        who: &str,
        person: PersonId,
        everything: &BTreeMap<String, Told>,
    ) -> (usize, Vec<String>) {
        let told = self.told(person).await;
        let (mut compared, mut faults) = (0, Vec::new());
        let mut met = BTreeSet::new();
        for (id, thing) in everything {
            let node = Node::read(id).expect("an id");
            let kind = core::mem::discriminant(&node);
            let is_first = met.insert((format!("{kind:?}"), thing.state.clone()));
            for operation in Operation::ALL {
                let seen = told.get(id);
                let offered = seen.and_then(|told| told.actions.get(operation));
                // What is not offered depends on roles and sight alone: one of each state will do.
                if offered.is_none() && !is_first {
                    continue;
                }
                let Some(answers) = self.rehearse(person, *operation, node).await else {
                    assert!(
                        offered.is_none(),
                        "nothing to rehearse {operation} with: {node:?}"
                    );
                    continue;
                };
                compared += 1;
                let agrees = match (offered, seen) {
                    (Some(None), _) => answers.is_empty(),
                    (Some(Some(code)), _) => answers.contains(code),
                    (None, Some(_)) => answers == [RefusalCode::RoleRequired],
                    // A report is handed in to its award, which a panel sees without its reports.
                    (None, None) if *operation == Operation::SubmitReport => {
                        matches!(
                            answers[..],
                            [RefusalCode::NotFound | RefusalCode::RoleRequired]
                        )
                    }
                    (None, None) => answers == [RefusalCode::NotFound],
                };
                if !agrees {
                    let state = &thing.state;
                    faults.push(format!(
                        "{who} {operation} on {node:?} {state}: told {offered:?}, answered {answers:?}"
                    ));
                }
            }
        }
        (compared, faults)
    }
}

/// Finds everything with actions in an answer.
fn gather(answer: &Value, told: &mut BTreeMap<String, Told>) {
    match answer {
        Value::Array(items) => items.iter().for_each(|item| gather(item, told)),
        Value::Object(fields) => {
            if let (Some(id), Some(Value::Array(actions))) =
                (fields.get("id"), fields.get("actions"))
            {
                let id = id.as_str().expect("an id").to_owned();
                told.insert(id, Told::of(&fields["state"], actions));
            }
            fields.values().for_each(|field| gather(field, told));
        }
        _ => {}
    }
}

impl Told {
    fn of(state: &Value, actions: &[Value]) -> Self {
        let action = |action: &Value| {
            let name = action["name"].as_str().and_then(Operation::from_code);
            let code = action["blockedBy"]["code"].as_str();
            let code = code.map(|code| RefusalCode::from_code(code).expect("a code"));
            assert_eq!(action["allowed"], code.is_none(), "{action}");
            (name.expect("a command"), code)
        };
        Self {
            state: state.as_str().expect("a state").to_owned(),
            actions: actions.iter().map(action).collect(),
        }
    }
}

/// The code of a refusal.
fn refused(error: Error) -> RefusalCode {
    match error {
        Error::Refused(refusal) => refusal.code(),
        fault => panic!("{fault}"),
    }
}

on_both! {
    async fn what_is_said_to_be_open_is_open(db: TestDatabase) {
        let walk = Walk::over(&db).await;
        let everything = walk.told(walk.persona("auditor").await).await;
        let (mut compared, mut faults) = (0, Vec::new());
        let personas = PERSONAS.iter().map(|persona| async {
            let person = walk.persona(persona.subject).await;
            walk.compare(persona.subject, person, &everything).await
        });
        for (pairs, found) in futures_util::future::join_all(personas).await {
            compared += pairs;
            faults.extend(found);
        }
        // A voter and an applicant who come to hold every office: the rules on persons still hold.
        for subject in ["reviewer-1", "representative"] {
            let person = walk.persona(subject).await;
            for role in [Role::Officer, Role::Director, Role::FinancePreparer] {
                walk.grant(person, role).await;
            }
            let (pairs, found) = walk.compare(&format!("mighty {subject}"), person, &everything).await;
            compared += pairs;
            faults.extend(found);
        }
        println!("{} things, {compared} pairs of a thing and a command compared", everything.len());
        assert!(faults.is_empty(), "{} of {compared}:\n{}", faults.len(), faults.join("\n"));
        assert!(compared > 1_000, "only {compared} compared");
    }
}
