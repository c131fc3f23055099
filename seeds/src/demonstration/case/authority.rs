//! What the director does.

use domain::award::{DecisionDirection, Remainder};
use domain::ledger::DecommitReason;
use domain::milestone::FollowUp;
use domain::{Coded, Currency, Money, Refusal};
use store::Error;
use store::command::{
    ApprovePlanChange, CarryOverTranche, CommitYear, ContinueAfterFailure, DecideFollowUp,
    DecideGate, DeclareConditionUnmet, EndAward, ExtendCondition, ExtendHold, LapseTranche,
    ModifyDecision, RefusePlanChange, ResumeAward, ResumeHold, ResumeMode, SuspendAward,
    WaiveCondition,
};

use super::super::story::{Panel, Verdict};
use super::super::year_end::carry_over_grounds;
use super::{Case, Paid};

/// The reason of a decision that follows the recommendation.
pub(super) const AS_RECOMMENDED: &str = "答申のとおり / as recommended";

/// The reason of one that departs from it.
pub(super) const OTHERWISE: &str =
    "答申後に届いた資料を考慮した / what arrived after the recommendation was considered";

impl Case<'_> {
    pub(super) async fn suspend(&self, day: i64, until: i64) -> Result<(), Error> {
        let suspend = SuspendAward {
            award: self.award,
            until: self.desk.clerk.day(until),
            consequence:
                "期限までに是正しない場合は交付決定を取り消すことがある / the decision may be cancelled"
                    .to_owned(),
            reason: "実施体制の変更の届出がない / a change of the team was not reported".to_owned(),
        };
        self.direct(day, &suspend).await
    }

    pub(super) async fn resume(&self, day: i64) -> Result<(), Error> {
        let resume = ResumeAward {
            award: self.award,
            reason: "変更の届出があった / the change was reported".to_owned(),
        };
        self.direct(day, &resume).await
    }

    pub(super) async fn end(&self, day: i64) -> Result<(), Error> {
        let end = EndAward {
            award: self.award,
            reason:
                "競合品の承認により開発の意義が失われた / a rival's approval left no need for it"
                    .to_owned(),
        };
        self.direct(day, &end).await
    }

    pub(super) async fn modify(
        &mut self,
        day: i64,
        direction: DecisionDirection,
        ordinal: u16,
        yen: i64,
    ) -> Result<(), Error> {
        let change = Money::of_minor(yen, Currency::JPY);
        let modify = ModifyDecision {
            award: self.award,
            direction,
            amount: change,
            tranche: self.tranche(Paid::For(ordinal))?,
            article: DecommitReason::Act7.code().to_owned(),
            reason: "症例数の見直しによる / after the number of cases was reviewed".to_owned(),
        };
        self.direct(day, &modify).await?;
        let milestones = &mut self.plan.milestones;
        if let Some(changed) = milestones.iter_mut().find(|one| one.ordinal == ordinal) {
            let amount = changed.tranche.amount;
            changed.tranche.amount = match direction {
                DecisionDirection::Down => amount.minus(change),
                DecisionDirection::Up | DecisionDirection::Initial => amount.plus(change),
            }
            .map_err(Refusal::from)?;
        }
        Ok(())
    }

    pub(super) async fn commit_next_year(&self, day: i64) -> Result<(), Error> {
        let commit = CommitYear {
            award: self.award,
            budget_year: self.desk.clerk.year(0).next(),
        };
        self.direct(day, &commit).await
    }

    pub(super) async fn approve_plan(&mut self, day: i64) -> Result<(), Error> {
        let proposal = self.proposal.take();
        let (plan_version, plan) = proposal.ok_or_else(|| Error::not_found("PLAN_VERSION"))?;
        let reason = Some("変更は相当である / the change is justified".to_owned());
        let approve = ApprovePlanChange {
            plan_version,
            reason,
        };
        self.direct(day, &approve).await?;
        self.plan = plan;
        Ok(())
    }

    pub(super) async fn refuse_plan(&mut self, day: i64) -> Result<(), Error> {
        let proposal = self.proposal.take();
        let (plan_version, _) = proposal.ok_or_else(|| Error::not_found("PLAN_VERSION"))?;
        let reason = "遅延の原因が示されていない / the cause of the delay is not shown".to_owned();
        let refuse = RefusePlanChange {
            plan_version,
            reason,
        };
        self.direct(day, &refuse).await
    }

    pub(super) async fn decide(
        &mut self,
        day: i64,
        ordinal: u16,
        verdict: Verdict,
        reason: &str,
    ) -> Result<(), Error> {
        let decide = DecideGate {
            gate: self.gate(ordinal)?,
            outcome: verdict.outcome(),
            terms: Some(self.terms(verdict)),
            remainder: match verdict {
                Verdict::Partial(remainder) => Some(remainder.clone()),
                _ => None,
            },
            reason: reason.to_owned(),
        };
        let director = self.desk.setting.cast.director;
        let decided = self.desk.clerk.act(director, day, &decide).await?;
        if let Verdict::Conditional { requirements, .. } = verdict {
            let verifiers = requirements.iter().map(|requirement| requirement.verifier);
            self.course_mut(ordinal)?.conditions =
                decided.conditions.into_iter().zip(verifiers).collect();
        }
        Ok(())
    }

    pub(super) async fn extend_condition(
        &self,
        day: i64,
        ordinal: u16,
        which: usize,
        until: i64,
    ) -> Result<(), Error> {
        let extend = ExtendCondition {
            condition: self.condition(ordinal, which)?.0,
            until: self.desk.clerk.day(until),
            reason: "相手方の手続に時間を要する / the partner needs more time".to_owned(),
        };
        self.direct(day, &extend).await
    }

    pub(super) async fn waive(&self, day: i64, ordinal: u16, which: usize) -> Result<(), Error> {
        let waive = WaiveCondition {
            condition: self.condition(ordinal, which)?.0,
            reason: "事情の変更により不要となった / it is no longer needed".to_owned(),
        };
        self.direct(day, &waive).await
    }

    pub(super) async fn declare_unmet(
        &self,
        day: i64,
        ordinal: u16,
        which: usize,
    ) -> Result<(), Error> {
        let unmet = DeclareConditionUnmet {
            condition: self.condition(ordinal, which)?.0,
            reason: "期限までに示されなかった / it was not shown in time".to_owned(),
        };
        self.direct(day, &unmet).await
    }

    pub(super) async fn resume_review(
        &mut self,
        day: i64,
        ordinal: u16,
        panel: Panel,
    ) -> Result<(), Error> {
        let resume = ResumeHold {
            milestone: self.course(ordinal)?.milestone,
            mode: ResumeMode::Review {
                roster: self.roster(panel),
            },
            reason: "待っていた結果が出た / the awaited result is there".to_owned(),
        };
        let director = self.desk.setting.cast.director;
        let resumed = self.desk.clerk.act(director, day, &resume).await?;
        self.course_mut(ordinal)?.gate = resumed.gate;
        Ok(())
    }

    pub(super) async fn resume_rework(&self, day: i64, ordinal: u16) -> Result<(), Error> {
        let resume = ResumeHold {
            milestone: self.course(ordinal)?.milestone,
            mode: ResumeMode::Rework,
            reason: "追加試験を要する / more tests are needed".to_owned(),
        };
        self.direct(day, &resume).await
    }

    pub(super) async fn extend_hold(
        &self,
        day: i64,
        ordinal: u16,
        until: i64,
    ) -> Result<(), Error> {
        let extend = ExtendHold {
            milestone: self.course(ordinal)?.milestone,
            until: self.desk.clerk.day(until),
            reason: "相談の日程が延びた / the consultation was put off".to_owned(),
        };
        self.direct(day, &extend).await
    }

    pub(super) async fn follow_up(
        &self,
        day: i64,
        ordinal: u16,
        decision: FollowUp,
    ) -> Result<(), Error> {
        let follow_up = DecideFollowUp {
            milestone: self.course(ordinal)?.milestone,
            decision,
            reason: "期限までに進展がなかった / nothing moved in time".to_owned(),
        };
        self.direct(day, &follow_up).await
    }

    pub(super) async fn go_on(
        &self,
        day: i64,
        ordinal: u16,
        remainder: &Remainder,
    ) -> Result<(), Error> {
        let go_on = ContinueAfterFailure {
            milestone: self.course(ordinal)?.milestone,
            remainder: remainder.clone(),
            reason: "次の段階は独立に進められる / the next stage stands on its own".to_owned(),
        };
        self.direct(day, &go_on).await
    }

    pub(super) async fn lapse(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let lapse = LapseTranche {
            tranche: self.tranche(paid)?,
            reason: "出納整理期間を過ぎた / the year's accounts are closed".to_owned(),
        };
        self.direct(day, &lapse).await
    }

    pub(super) async fn carry_over(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let planned = self.planned_tranche(paid);
        let planned = planned.ok_or_else(|| Error::not_found("TRANCHE"))?;
        let carry_over = CarryOverTranche {
            tranche: self.tranche(paid)?,
            amount: planned.amount,
            grounds: carry_over_grounds(),
        };
        self.direct(day, &carry_over).await
    }
}
