//! What waits for whom in the demonstration.

use std::collections::BTreeSet;

use domain::Coded;
use domain::award::PlanState;
use domain::gate::{ConditionState, GateState};
use domain::milestone::MilestoneStateCode;
use domain::tranche::TrancheState;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Request;
use store::command::ReleaseTranche;
use store::entity::{
    award, award_participant, conflict_declaration, gate, gate_condition, gate_member, milestone,
    plan_version, recusal, sign_off, tranche,
};
use uuid::Uuid;

use super::Demonstration;

impl Demonstration {
    async fn person(&self, subject: &str) -> Uuid {
        let actor = self.persona(subject).await;
        actor.person().expect("a person").uuid()
    }

    pub(super) async fn ensure_everybody_has_work(&self) {
        for reviewer in ["reviewer-1", "reviewer-2", "reviewer-3"] {
            let (to_declare, to_sign) = self.seats(reviewer).await;
            assert!(to_declare >= 1, "{reviewer} has no conflict to declare");
            assert!(to_sign >= 1, "{reviewer} has nothing to sign");
        }
        self.ensure_chair_has_work().await;
        self.ensure_officer_and_director_have_work().await;
        self.ensure_applicant_has_awards().await;
    }

    /// The seats on panels that still vote, on which `subject` has to declare or to sign.
    async fn seats(&self, subject: &str) -> (usize, usize) {
        let person = self.person(subject).await;
        let gates = self.rows::<gate::Entity>().await;
        let seats = self.rows::<gate_member::Entity>().await;
        let declarations = self.rows::<conflict_declaration::Entity>().await;
        let recusals = self.rows::<recusal::Entity>().await;
        let votes = self.rows::<sign_off::Entity>().await;
        let (mut to_declare, mut to_sign) = (0, 0);
        for gate in gates
            .iter()
            .filter(|gate| gate.state == GateState::Convened.code())
        {
            let own = |gate_id, person_id| gate_id == gate.id && person_id == person;
            let sits = seats
                .iter()
                .any(|row| own(row.gate_id, row.person_id) && row.replaced_at.is_none());
            let recused = recusals.iter().any(|row| own(row.gate_id, row.person_id));
            if !sits || recused {
                continue;
            }
            if !declarations
                .iter()
                .any(|row| own(row.gate_id, row.person_id))
            {
                to_declare += 1;
            } else if !votes.iter().any(|row| own(row.gate_id, row.person_id)) {
                to_sign += 1;
            }
        }
        (to_declare, to_sign)
    }

    /// A panel of which at least three have signed waits for its chair; so does a condition.
    async fn ensure_chair_has_work(&self) {
        let db = self.store.reads();
        let signed = sign_off::Entity::find()
            .filter(sign_off::Column::VoidReason.is_null())
            .all(db)
            .await
            .expect("votes");
        let sitting = gate::Entity::find()
            .filter(gate::Column::State.eq(GateState::Convened.code()))
            .all(db)
            .await
            .expect("gates");
        let voted = |gate: &&gate::Model| {
            let voters = signed.iter().filter(|vote| vote.gate_id == gate.id);
            voters
                .map(|vote| vote.person_id)
                .collect::<BTreeSet<_>>()
                .len()
                >= 3
        };
        assert!(
            sitting.iter().filter(voted).count() >= 2,
            "nothing to recommend"
        );
        let open = gate_condition::Entity::find()
            .filter(gate_condition::Column::State.eq(ConditionState::Open.code()))
            .filter(gate_condition::Column::VerifierId.is_null())
            .one(db)
            .await
            .expect("an answer");
        assert!(open.is_some(), "no condition for the chair to confirm");
    }

    async fn ensure_officer_and_director_have_work(&self) {
        let db = self.store.reads();
        let milestones = milestone::Entity::find().all(db).await.expect("milestones");
        let is_in = |state: MilestoneStateCode| {
            milestones
                .iter()
                .filter(move |row| row.state == state.code())
        };
        assert!(
            is_in(MilestoneStateCode::Submitted).count() >= 2,
            "nothing to convene"
        );
        let is_over = |row: &milestone::Model| row.until_on.is_some_and(|until| until < self.today);
        assert!(
            is_in(MilestoneStateCode::Held).any(is_over),
            "no expired hold"
        );
        let unanswered = is_in(MilestoneStateCode::Failed).any(|row| row.continued == Some(false));
        assert!(unanswered, "no failure to answer");
        let unmet =
            is_in(MilestoneStateCode::PassedConditionally).any(|row| row.unmet == Some(true));
        assert!(unmet, "no unmet condition to answer");
        let recommended = gate::Entity::find()
            .filter(gate::Column::State.eq(GateState::Recommended.code()))
            .all(db)
            .await
            .expect("gates");
        assert!(recommended.len() >= 2, "nothing to decide");
        let proposed = plan_version::Entity::find()
            .filter(plan_version::Column::State.eq(PlanState::Proposed.code()))
            .one(db)
            .await
            .expect("an answer");
        assert!(proposed.is_some(), "no change of plan to answer");
    }

    /// The body whose parts can be taken has several awards, in several themes.
    async fn ensure_applicant_has_awards(&self) {
        let representative = self.person("representative").await;
        let named = self.rows::<award_participant::Entity>().await;
        let is_theirs = |award: &award::Model| {
            let mut named = named.iter().filter(|row| row.award_id == award.id);
            named.any(|row| row.person_id == representative)
        };
        let mut awards = self.rows::<award::Entity>().await;
        awards.retain(is_theirs);
        let themes: BTreeSet<_> = awards.iter().map(|award| award.theme_id).collect();
        assert!(awards.len() >= 5 && themes.len() == 4, "{awards:?}");
    }

    /// Finance can release at once what nothing stands against, and nothing else.
    pub(super) async fn ensure_finance_can_release(&self) {
        let facts = self.release_facts().await;
        let free = facts
            .iter()
            .filter(|facts| facts.state == TrancheState::Planned && facts.blockers().is_empty())
            .count();
        assert!(free >= 3, "{free} tranches to release");
        let preparer = self.persona("finance-preparer").await;
        let planned = tranche::Entity::find()
            .filter(tranche::Column::State.eq(TrancheState::Planned.code()))
            .all(self.store.reads())
            .await
            .expect("tranches");
        let mut released = 0;
        for row in planned {
            let request = Request::by(preparer).with_key(row.id.to_string());
            let release = ReleaseTranche {
                tranche: row.id.into(),
            };
            released += usize::from(self.store.execute(&request, &release).await.is_ok());
        }
        assert_eq!(released, free);
    }
}
