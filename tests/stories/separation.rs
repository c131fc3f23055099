//! Who may not judge, decide or release, whatever roles they hold.

use chrono::{Months, NaiveDate};
use domain::access::{Actor, GrantScope, Role};
use domain::award::DecisionDirection;
use domain::gate::{ConflictKind, RecusalGround, Seat, Terms};
use domain::id::{GateId, MilestoneId, OrganizationId, PersonId};
use domain::milestone::Outcome;
use domain::{Coded, Refusal, RefusalCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::{
    ConveneGate, DecideGate, DeclareConflict, GrantRole, ModifyDecision, RecommendGate,
    RecordAffiliation, RecuseMember, RegisterPerson, ReleaseTranche, ReplaceMember, RosterSeat,
};
use store::entity::recusal;
use store::{Error, Request};

use crate::builders::{Verdict, World, millions};

async fn grant(world: &World, person: PersonId, role: Role) {
    let command = GrantRole {
        person,
        role,
        scope: GrantScope::Programme(world.programme),
        from: world.clock.today(),
        until: None,
    };
    world.run(world.people.administrator, &command).await;
}

async fn affiliate(
    world: &World,
    person: PersonId,
    organization: OrganizationId,
    from: NaiveDate,
    until: Option<NaiveDate>,
) {
    let command = RecordAffiliation {
        person,
        organization,
        from,
        until,
    };
    world.run(world.people.administrator, &command).await;
}

/// A reviewer of the pool without any body.
async fn stranger(world: &World, name: &str) -> PersonId {
    let command = RegisterPerson {
        programme: world.programme,
        name: domain::LocalizedText::new(name, name),
        email: None,
        identity: None,
        affiliations: vec![],
    };
    let registered = world.run(world.people.administrator, &command).await;
    grant(world, registered.person, Role::Reviewer).await;
    registered.person
}

fn member(person: PersonId) -> RosterSeat {
    RosterSeat {
        person,
        seat: Seat::Member,
        votes: None,
    }
}

/// The usual roster and `person`.
fn with(world: &World, milestone: MilestoneId, person: PersonId) -> ConveneGate {
    let mut roster = world.roster();
    roster.push(member(person));
    ConveneGate { milestone, roster }
}

/// How `person` was recused from `gate`, if they were.
async fn recusal_of(world: &World, gate: GateId, person: PersonId) -> Option<(String, String)> {
    recusal::Entity::find()
        .filter(recusal::Column::GateId.eq(gate.uuid()))
        .filter(recusal::Column::PersonId.eq(person.uuid()))
        .one(world.store.reads())
        .await
        .expect("an answer")
        .map(|row| (row.ground, row.conflict))
}

fn computed(conflict: ConflictKind) -> (String, String) {
    let ground = RecusalGround::Computed.code().to_owned();
    (ground, conflict.code().to_owned())
}

fn decide(gate: GateId) -> DecideGate {
    DecideGate {
        gate,
        outcome: Outcome::Go,
        terms: None,
        remainder: None,
        reason: String::new(),
    }
}

on_both! {
    /// Trust 2, and the first two relations of trust 3.
    async fn nobody_of_the_award_or_of_its_body_sits_on_its_gate(db: TestDatabase) {
        let world = World::new(&db).await;
        let named = stranger(&world, "named").await;
        let colleague = stranger(&world, "colleague").await;
        let today = world.clock.today();
        affiliate(&world, colleague, world.bodies.applicant, today, None).await;
        let award = world.award().naming(named).active().await;
        let milestone = award.milestones[0];
        world.submit(milestone).await;
        for person in [world.people.representative, world.people.finance_contact] {
            grant(&world, person, Role::Reviewer).await;
        }
        let (officer, people) = (world.people.officer, world.people);
        for person in [named, colleague, people.representative, people.finance_contact] {
            let convene = with(&world, milestone, person);
            assert_eq!(world.refusal(officer, &convene).await, Refusal::ApplicantOnRoster {});
        }
        // Nor does anybody take a seat there later.
        let gate = world.convene(milestone).await;
        let replace = ReplaceMember {
            gate,
            leaving: people.reviewers[0],
            joining: member(colleague),
            reason: "都合".to_owned(),
        };
        assert_eq!(world.refusal(officer, &replace).await, Refusal::ApplicantOnRoster {});
    }

    /// Trust 3: a role for the body is enough, without any affiliation on record.
    async fn who_acts_for_the_body_belongs_to_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let agent = stranger(&world, "agent").await;
        let command = GrantRole {
            person: agent,
            role: Role::FinanceContact,
            scope: GrantScope::Organization(world.bodies.applicant),
            from: world.clock.today(),
            until: None,
        };
        world.run(world.people.administrator, &command).await;
        let award = world.award().active().await;
        world.submit(award.milestones[0]).await;
        let convene = with(&world, award.milestones[0], agent);
        assert_eq!(
            world.refusal(world.people.officer, &convene).await,
            Refusal::ApplicantOnRoster {}
        );
    }

    /// Trust 3: the relations that are computed.
    async fn what_the_record_shows_recuses_at_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let today = world.clock.today();
        let ago = |years: u32| today - Months::new(12 * years);
        let applicant = world.bodies.applicant;
        let principal = stranger(&world, "principal").await;
        affiliate(&world, principal, world.bodies.rival, ago(5), Some(ago(1))).await;
        let former = stranger(&world, "former colleague").await;
        affiliate(&world, former, applicant, ago(4), Some(ago(2))).await;
        let long_gone = stranger(&world, "long gone").await;
        affiliate(&world, long_gone, applicant, ago(9), Some(ago(4))).await;
        let housemate = stranger(&world, "shared a body").await;
        affiliate(&world, housemate, world.bodies.rival, ago(2), None).await;
        let companion = stranger(&world, "companion").await;
        world.award().naming(principal).naming(companion).offered().await;
        let award = world.award().naming(principal).active().await;
        let milestone = award.milestones[0];
        world.submit(milestone).await;
        let mut roster = world.roster();
        roster.extend([former, long_gone, housemate, companion].map(member));
        let convene = ConveneGate { milestone, roster };
        let gate = world.run(world.people.officer, &convene).await.gate;
        let shared = Some(computed(ConflictKind::SharedAffiliation));
        assert_eq!(recusal_of(&world, gate, former).await, shared);
        assert_eq!(recusal_of(&world, gate, housemate).await, shared);
        assert_eq!(recusal_of(&world, gate, companion).await, Some(computed(ConflictKind::CoAward)));
        assert_eq!(recusal_of(&world, gate, long_gone).await, None);
        let declare = DeclareConflict { gate, conflict: ConflictKind::None, note: None };
        assert_eq!(
            world.refusal(companion, &declare).await,
            Refusal::MemberAlreadyRecused {}
        );
    }

    /// Trust 3: checked again at the declaration and at the vote.
    async fn who_changes_bodies_while_the_gate_sits_does_not_judge(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        let [early, late, ..] = world.people.reviewers;
        let declare = DeclareConflict { gate, conflict: ConflictKind::None, note: None };
        let cleared = world.run(late, &declare).await;
        assert!(!cleared.recused);
        let today = world.clock.today();
        for person in [early, late] {
            affiliate(&world, person, world.bodies.applicant, today, None).await;
        }
        let declared = world.run(early, &declare).await;
        assert!(declared.recused);
        assert_eq!(recusal_of(&world, gate, early).await, Some(computed(ConflictKind::SameBody)));
        let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY"]);
        assert_eq!(world.refusal(late, &ballot).await, Refusal::MemberRecused {});
    }

    async fn a_declared_conflict_recuses_and_the_office_records_what_it_learns(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let gate = world.convene(milestone).await;
        let [a, b, c, d] = world.people.reviewers;
        let kin = DeclareConflict { gate, conflict: ConflictKind::Kin, note: None };
        let declared = world.run(a, &kin).await;
        assert!(declared.recused);
        let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY", "UPTAKE"]);
        assert_eq!(world.refusal(a, &ballot).await, Refusal::MemberRecused {});
        assert_eq!(world.refusal(b, &ballot).await, Refusal::DeclarationRequired {});
        let recuse = |person, conflict| RecuseMember { gate, person, conflict, note: None };
        assert_eq!(
            world.refusal(b, &recuse(c, ConflictKind::Kin)).await.code(),
            RefusalCode::RoleRequired
        );
        assert_eq!(
            world.refusal(world.people.officer, &recuse(c, ConflictKind::None)).await,
            Refusal::ConflictRequired {}
        );
        let recused = world.run(b, &recuse(b, ConflictKind::CompetingProject)).await;
        assert!(!recused.late);
        let replace = |leaving, joining| ReplaceMember {
            gate,
            leaving,
            joining: member(joining),
            reason: "利益相反".to_owned(),
        };
        let officer = world.people.officer;
        assert_eq!(world.refusal(officer, &replace(a, c)).await, Refusal::MemberTwiceOnRoster {});
        assert_eq!(
            world.refusal(officer, &replace(a, world.people.director)).await,
            Refusal::MemberNotInPool {}
        );
        world.run(officer, &replace(a, d)).await;
        assert_eq!(world.refusal(a, &ballot).await, Refusal::NotFound { kind: "GATE".to_owned() });
    }

    /// Trust 5: who else is recused is hidden, and so is what it does to the quorum.
    async fn what_a_declaration_answers_does_not_depend_on_hidden_recusals(db: TestDatabase) {
        let world = World::new(&db).await;
        let mut answers = Vec::new();
        for recused in [0, 2] {
            let award = world.award().active().await;
            world.submit(award.milestones[0]).await;
            let gate = world.convene(award.milestones[0]).await;
            for person in world.people.reviewers.into_iter().take(recused) {
                let recuse = RecuseMember { gate, person, conflict: ConflictKind::Kin, note: None };
                world.run(world.people.officer, &recuse).await;
            }
            let declare = DeclareConflict { gate, conflict: ConflictKind::None, note: None };
            let declared = world.run(world.people.reviewers[2], &declare).await;
            let mut answer = serde_json::to_value(declared).expect("an answer");
            answer["gate"].take();
            answers.push(answer);
        }
        assert_eq!(answers[0], answers[1]);
    }

    /// Who does not sit there is told the same as of a gate that is not there.
    async fn a_gate_shows_itself_only_to_its_panel(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let seal = world.submit(award.milestones[0]).await;
        let gate = world.convene(award.milestones[0]).await;
        let outsider = world.people.reviewers[3];
        for gate in [gate, GateId::new(uuid::Uuid::from_u128(404))] {
            let absent = Refusal::NotFound { kind: "GATE".to_owned() };
            let ballot = world.ballot(gate, seal, Outcome::Go, &["SAFETY"]);
            assert_eq!(world.refusal(outsider, &ballot).await, absent);
            let declare = DeclareConflict { gate, conflict: ConflictKind::None, note: None };
            assert_eq!(world.refusal(outsider, &declare).await, absent);
            let person = world.people.reviewers[0];
            let recuse = RecuseMember { gate, person, conflict: ConflictKind::Kin, note: None };
            assert_eq!(world.refusal(outsider, &recuse).await, absent);
        }
    }

    /// Trust 7.
    async fn a_quorum_of_one_body_never_passes(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let milestone = award.milestones[0];
        let seal = world.submit(milestone).await;
        let third = stranger(&world, "of the first institute").await;
        let [first, ..] = world.bodies.institutes;
        affiliate(&world, third, first, world.clock.today(), None).await;
        let mut roster = world.roster();
        roster[4].person = third;
        let convene = ConveneGate { milestone, roster: roster.clone() };
        let convened = world.run(world.people.officer, &convene).await;
        assert!(!convened.quorum_reachable);
        let gate = convened.gate;
        let declare = DeclareConflict { gate, conflict: ConflictKind::None, note: None };
        for seat in &roster {
            world.run(seat.person, &declare).await;
        }
        for seat in &roster[2..] {
            world.vote(gate, seal, seat.person, Outcome::Go, &["SAFETY", "UPTAKE"]).await;
        }
        let recommend = RecommendGate {
            gate,
            pick: None,
            reason: String::new(),
            terms: Terms::default(),
        };
        assert_eq!(
            world.refusal(world.people.chair, &recommend).await,
            Refusal::QuorumUnreachable { eligible: 3, votes_needed: 3 }
        );
    }

    /// Trust 8.
    async fn no_role_gets_round_a_gate(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let (milestone, tranche) = (award.milestones[0], award.tranches[0]);
        let every_role = [
            Role::Officer,
            Role::Director,
            Role::Chair,
            Role::FinancePreparer,
            Role::FinanceApprover,
            Role::Auditor,
            Role::Administrator,
        ];
        let mighty = stranger(&world, "mighty").await;
        for role in every_role {
            grant(&world, mighty, role).await;
        }
        let release = ReleaseTranche { tranche };
        assert_eq!(world.refusal(mighty, &release).await.code(), RefusalCode::ReleaseBlocked);
        let gate = world.recommended(milestone, &Verdict::go()).await;
        assert_eq!(world.refusal(mighty, &release).await.code(), RefusalCode::ReleaseBlocked);
        // Nor is the amount raised under what the panel judged.
        let raise = ModifyDecision {
            award: award.id,
            direction: DecisionDirection::Up,
            amount: millions(1),
            tranche,
            article: "ACT_7".to_owned(),
            reason: "増額".to_owned(),
        };
        assert_eq!(world.refusal(mighty, &raise).await, Refusal::TrancheUnderSeal {});
        let nobody = Request::by(Actor::System { on_behalf_of: None });
        match world.store.execute(&nobody, &decide(gate)).await {
            Err(Error::Refused(refusal)) => assert_eq!(refusal, Refusal::PersonRequired {}),
            answer => panic!("decided by nobody: {answer:?}"),
        }
    }

    async fn nobody_decides_what_they_judged_recommended_or_belong_to(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let gate = world.recommended(award.milestones[0], &Verdict::go()).await;
        let people = world.people;
        let second = Refusal::SecondPersonRequired {};
        for person in [people.reviewers[0], people.chair] {
            grant(&world, person, Role::Director).await;
            assert_eq!(world.refusal(person, &decide(gate)).await, second);
        }
        grant(&world, people.researcher, Role::Director).await;
        assert_eq!(
            world.refusal(people.researcher, &decide(gate)).await,
            Refusal::ApplicantOnRoster {}
        );
        world.run(people.director, &decide(gate)).await;
    }

    async fn nobody_releases_what_they_judged_recommended_or_decided(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let people = world.people;
        let release = ReleaseTranche { tranche: award.tranches[0] };
        for person in [people.reviewers[0], people.chair, people.director] {
            grant(&world, person, Role::FinancePreparer).await;
            assert_eq!(
                world.refusal(person, &release).await,
                Refusal::SecondPersonRequired {}
            );
        }
        world.run(people.preparer, &release).await;
    }
}
