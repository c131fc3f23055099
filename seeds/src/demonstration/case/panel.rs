//! What the officer and the panel do.

use std::collections::{BTreeMap, BTreeSet};

use domain::Coded;
use domain::gate::{
    ConditionDraft, ConflictKind, Finding, Score, Seat, Terms, Verifier, VoidCause,
};
use domain::id::{ConditionId, PersonId};
use domain::milestone::Outcome;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Error;
use store::command::{
    ConveneGate, DeclareConflict, DischargeCondition, RecommendGate, RecuseMember, ReplaceMember,
    RosterSeat, SignGate, VoidGate,
};
use store::entity::{gate_member, recusal};
use uuid::Uuid;

use super::super::story::{By, Panel, Requirement, Reviewer, Verdict};
use super::{Case, Course, Shown, authority};

impl Case<'_> {
    pub(super) fn roster(&self, panel: Panel) -> Vec<RosterSeat> {
        let cast = &self.desk.setting.cast;
        let seat = |person, seat| RosterSeat {
            person,
            seat,
            votes: None,
        };
        let members = panel.reviewers().iter();
        [
            seat(cast.chair, Seat::Chair),
            seat(cast.deputy, Seat::Deputy),
        ]
        .into_iter()
        .chain(members.map(|who| seat(cast.reviewer(*who), Seat::Member)))
        .collect()
    }

    pub(super) async fn convene(
        &mut self,
        day: i64,
        ordinal: u16,
        panel: Panel,
    ) -> Result<(), Error> {
        let convene = ConveneGate {
            milestone: self.course(ordinal)?.milestone,
            roster: self.roster(panel),
        };
        let officer = self.desk.setting.cast.officer;
        let convened = self.desk.clerk.act(officer, day, &convene).await?;
        self.course_mut(ordinal)?.gate = Some(convened.gate);
        Ok(())
    }

    pub(super) async fn declare_all(&self, day: i64, ordinal: u16) -> Result<(), Error> {
        let cast = &self.desk.setting.cast;
        let sitting = self.sitting(ordinal).await?;
        let known = [cast.chair, cast.deputy].into_iter().chain(cast.reviewers);
        for person in known.filter(|person| sitting.contains(&person.uuid())) {
            self.declare_as(person, day, ordinal, ConflictKind::None)
                .await?;
        }
        Ok(())
    }

    /// Who was put on the roster and not recused by the record itself: what the system recorded with
    /// the roster, whatever was declared since.
    async fn sitting(&self, ordinal: u16) -> Result<BTreeSet<Uuid>, Error> {
        let (gate, db) = (self.gate(ordinal)?.uuid(), self.desk.clerk.store.reads());
        let seats = gate_member::Entity::find()
            .filter(gate_member::Column::GateId.eq(gate))
            .all(db)
            .await?;
        let recused = recusal::Entity::find()
            .filter(recusal::Column::GateId.eq(gate))
            .filter(recusal::Column::RecordedBy.is_null())
            .all(db)
            .await?;
        let mut sitting: BTreeSet<Uuid> = seats.iter().map(|seat| seat.person_id).collect();
        for row in recused {
            sitting.remove(&row.person_id);
        }
        Ok(sitting)
    }

    pub(super) async fn declare(
        &self,
        day: i64,
        ordinal: u16,
        who: Reviewer,
        conflict: ConflictKind,
    ) -> Result<(), Error> {
        let person = self.desk.setting.cast.reviewer(who);
        self.declare_as(person, day, ordinal, conflict).await
    }

    async fn declare_as(
        &self,
        person: PersonId,
        day: i64,
        ordinal: u16,
        conflict: ConflictKind,
    ) -> Result<(), Error> {
        let declare = DeclareConflict {
            gate: self.gate(ordinal)?,
            conflict,
            note: None,
        };
        self.desk.clerk.act(person, day, &declare).await?;
        Ok(())
    }

    pub(super) async fn sign(
        &self,
        day: i64,
        ordinal: u16,
        outcomes: &[Outcome],
    ) -> Result<(), Error> {
        let reviewers = Panel::Five.reviewers().iter();
        for ((later, who), outcome) in (0_i64..).zip(reviewers).zip(outcomes) {
            self.sign_as(day + later, ordinal, *who, *outcome).await?;
        }
        Ok(())
    }

    pub(super) async fn sign_as(
        &self,
        day: i64,
        ordinal: u16,
        who: Reviewer,
        outcome: Outcome,
    ) -> Result<(), Error> {
        let course = self.course(ordinal)?;
        let sign = SignGate {
            gate: self.gate(ordinal)?,
            seal: course.seal.ok_or_else(|| Error::not_found("SUBMISSION"))?,
            outcome,
            findings: findings(course)?,
            reason: format!("架空の理由 / made-up reason for {}", outcome.code()),
        };
        let person = self.desk.setting.cast.reviewer(who);
        self.desk.clerk.act(person, day, &sign).await?;
        Ok(())
    }

    pub(super) async fn recommend(
        &self,
        day: i64,
        ordinal: u16,
        verdict: Verdict,
        pick: Option<Outcome>,
    ) -> Result<(), Error> {
        let reason = match pick {
            None => "審査員の多数の意見 / the majority of the reviewers",
            Some(_) => {
                "意見が分かれ、慎重な判定を採った / opinions differ, the careful one is taken"
            }
        };
        let recommend = RecommendGate {
            gate: self.gate(ordinal)?,
            pick,
            reason: reason.to_owned(),
            terms: self.terms(verdict),
        };
        let chair = self.desk.setting.cast.chair;
        self.desk.clerk.act(chair, day, &recommend).await?;
        Ok(())
    }

    /// The whole sitting of three who agree.
    pub(super) async fn sit(
        &mut self,
        day: i64,
        ordinal: u16,
        verdict: Verdict,
    ) -> Result<(), Error> {
        self.convene(day, ordinal, Panel::Three).await?;
        self.declare_all(day + 1, ordinal).await?;
        self.sign(day + 10, ordinal, &[verdict.outcome(); 3])
            .await?;
        self.recommend(day + 15, ordinal, verdict, None).await?;
        self.decide(day + 20, ordinal, verdict, authority::AS_RECOMMENDED)
            .await
    }

    /// What the verdict lays down.
    pub(super) fn terms(&self, verdict: Verdict) -> Terms {
        let day = |offset| Some(self.desk.clerk.day(offset));
        match verdict {
            Verdict::Conditional {
                requirements,
                may_proceed,
            } => Terms {
                conditions: requirements
                    .iter()
                    .map(|one| self.condition_of(one))
                    .collect(),
                may_proceed,
                ..Terms::default()
            },
            Verdict::Hold { until } => Terms {
                hold_until: day(until),
                ..Terms::default()
            },
            Verdict::Redirect { due } => Terms {
                redirect_due: day(due),
                ..Terms::default()
            },
            _ => Terms::default(),
        }
    }

    fn condition_of(&self, requirement: &Requirement) -> ConditionDraft {
        ConditionDraft {
            text: requirement.text.to_owned(),
            due_on: self.desk.clerk.day(requirement.due),
            blocking: requirement.blocking,
            verifier: match requirement.verifier {
                By::Chair => Verifier::Chair,
                By::Officer => Verifier::Named(self.desk.setting.cast.officer),
            },
        }
    }

    pub(super) fn condition(&self, ordinal: u16, which: usize) -> Result<(ConditionId, By), Error> {
        let found = self.course(ordinal)?.conditions.get(which).copied();
        found.ok_or_else(|| Error::not_found("CONDITION"))
    }

    pub(super) async fn discharge(
        &self,
        day: i64,
        ordinal: u16,
        which: usize,
    ) -> Result<(), Error> {
        let (condition, verifier) = self.condition(ordinal, which)?;
        let cast = &self.desk.setting.cast;
        let person = match verifier {
            By::Chair => cast.chair,
            By::Officer => cast.officer,
        };
        let discharge = DischargeCondition {
            condition,
            reason: "写しを確認した / a copy was seen".to_owned(),
        };
        self.desk.clerk.act(person, day, &discharge).await?;
        Ok(())
    }

    pub(super) async fn recuse(
        &self,
        day: i64,
        ordinal: u16,
        who: Reviewer,
        conflict: ConflictKind,
    ) -> Result<(), Error> {
        let cast = &self.desk.setting.cast;
        let recuse = RecuseMember {
            gate: self.gate(ordinal)?,
            person: cast.reviewer(who),
            conflict,
            note: Some("本人から申し出があった / the member said so".to_owned()),
        };
        self.desk.clerk.act(cast.officer, day, &recuse).await?;
        Ok(())
    }

    pub(super) async fn replace(
        &self,
        day: i64,
        ordinal: u16,
        (leaving, joining): (Reviewer, Reviewer),
    ) -> Result<(), Error> {
        let cast = &self.desk.setting.cast;
        let replace = ReplaceMember {
            gate: self.gate(ordinal)?,
            leaving: cast.reviewer(leaving),
            joining: RosterSeat {
                person: cast.reviewer(joining),
                seat: Seat::Member,
                votes: None,
            },
            reason: "定足数を保つため / to keep the quorum within reach".to_owned(),
        };
        self.desk.clerk.act(cast.officer, day, &replace).await?;
        Ok(())
    }

    pub(super) async fn void(&self, day: i64, ordinal: u16, cause: VoidCause) -> Result<(), Error> {
        let void = VoidGate {
            gate: self.gate(ordinal)?,
            cause,
            reason: "招集の手続に誤りがあった / the panel was not convened in order".to_owned(),
        };
        let officer = self.desk.setting.cast.officer;
        self.desk.clerk.act(officer, day, &void).await?;
        Ok(())
    }
}

/// A finding on each criterion: what was shown is found.
fn findings(course: &Course<'_>) -> Result<BTreeMap<String, Finding>, Error> {
    let mut findings = BTreeMap::new();
    for criterion in &course.stage.criteria {
        let met = course.shown.meets(criterion);
        let finding = Finding {
            met,
            score: Score::try_from(if met { 8 } else { 4 })?,
            finding: format!("架空の所見 / made-up finding on {}", criterion.code),
        };
        findings.insert(criterion.code.clone(), finding);
    }
    Ok(findings)
}

impl Shown {
    /// Whether it is shown that `criterion` is met.
    pub(super) const fn meets(self, criterion: &domain::criterion::Criterion) -> bool {
        match self {
            Self::Everything => true,
            Self::Essentials => criterion.blocking,
            Self::TooLittle => !criterion.blocking,
        }
    }
}
