//! An award at work: it is offered as its story begins, and everything in the story is done to it.

mod applicant;
mod authority;
mod finance;
mod panel;
mod plan;
mod reports;
mod returns;

use std::collections::{BTreeMap, BTreeSet};

use domain::award::DecisionDirection::{Down, Up};
use domain::award::Plan;
use domain::closing::ReportKind;
use domain::id::{
    AwardId, ConditionId, GateId, MilestoneId, PaymentBatchId, PlanVersionId, ReceiptId, ReleaseId,
    ReportId, ReturnOrderId, TrancheId,
};
use domain::template::Stage;
use domain::tranche::TrancheKind;
use domain::{Coded, Currency, FiscalYear, LocalizedText, Money, Seal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::OfferAward;
use store::entity::{milestone, tranche};
use store::vault::Vault;
use store::{Command, Error};

use super::clerk::Clerk;
use super::payments;
use super::people::Applicant;
use super::setting::Setting;
use super::story::{Bundle, By, Deed, Paid, Shown, Story};

/// Where the demonstration's work is done.
pub(super) struct Desk<'a> {
    pub(super) clerk: &'a Clerk<'a>,
    pub(super) vault: &'a Vault,
    pub(super) setting: &'a Setting,
}

/// An award with what is known of it so far.
pub(super) struct Case<'a> {
    desk: &'a Desk<'a>,
    story: &'static Story,
    applicant: Applicant,
    award: AwardId,
    /// The plan in force, but for what a decision carried to another milestone or another year.
    plan: Plan,
    proposal: Option<(PlanVersionId, Plan)>,
    advance: Option<TrancheId>,
    retention: Option<TrancheId>,
    /// By the ordinal of the milestone.
    courses: BTreeMap<u16, Course<'a>>,
    /// The last release of each tranche that was released.
    releases: BTreeMap<TrancheId, ReleaseId>,
    /// What is to be paid with that of other awards.
    bundled: Vec<(Bundle, ReleaseId)>,
    /// The last batch of each tranche that was paid in one of its own.
    batches: BTreeMap<TrancheId, PaymentBatchId>,
    /// What arrived at the bank.
    arrived: Money,
    /// What was ordered back, the last order last.
    ordered: Vec<ReturnOrderId>,
    /// What the body owes on orders whose principal it paid.
    charged: Vec<(ReturnOrderId, Money)>,
    /// What came in and is not used up.
    receipts: Vec<ReceiptId>,
    /// The report that was last handed in.
    report: Option<ReportId>,
    /// The years of which something was paid.
    paid_years: BTreeSet<FiscalYear>,
    /// The years of which something is fixed.
    fixed_years: BTreeSet<FiscalYear>,
    /// The years that a report closes.
    closed_years: BTreeSet<FiscalYear>,
    /// The year that a report of this kind is about.
    reported_years: BTreeMap<ReportKind, FiscalYear>,
}

/// What is known of one milestone.
struct Course<'a> {
    milestone: MilestoneId,
    tranche: TrancheId,
    stage: &'a Stage,
    shown: Shown,
    seal: Option<Seal>,
    gate: Option<GateId>,
    conditions: Vec<(ConditionId, By)>,
}

impl Desk<'_> {
    /// Tells the whole story; what it leaves to be paid with that of other awards.
    pub(super) async fn tell(
        &self,
        story: &'static Story,
    ) -> Result<Vec<(Bundle, ReleaseId)>, (String, Error)> {
        let named = |what: String| move |error| (what, error);
        let mut case = self
            .offer(story)
            .await
            .map_err(named(format!("{} offered", story.offered)))?;
        for (day, deed) in story.deeds {
            let done = case.take(*day, *deed).await;
            done.map_err(named(format!("{day} {deed:?}")))?;
        }
        // What is left to be paid with that of other awards is paid before the seeding.
        for day in [payments::LAST, 0] {
            if story.is_reported() {
                let reported = case.report_years(day).await;
                reported.map_err(named(format!("{day} reports")))?;
            }
        }
        Ok(case.bundled)
    }

    async fn offer(&self, story: &'static Story) -> Result<Case<'_>, Error> {
        let (theme, template) = self.setting.theme(story.theme, story.template)?;
        let applicant = self.setting.cast.applicant(story.applicant)?;
        let decided = Money::of_minor(story.decided, Currency::JPY);
        let plan = plan::of(story, &template.document, self.clerk)?;
        let offer = OfferAward {
            theme,
            organization: applicant.organization,
            title: LocalizedText::new(story.ja, story.en),
            application_reference: None,
            applied: decided,
            decided,
            decided_on: self.clerk.day(story.offered),
            participants: self.setting.cast.named_in(story)?,
            gate_template: Some(template.id),
            plan: Some(plan.clone()),
            number: None,
        };
        let director = self.setting.cast.director;
        let offered = self.clerk.act(director, story.offered, &offer).await?;
        let (ends, courses) = self
            .courses(offered.award, &template.document.stages)
            .await?;
        let [advance, retention] = ends;
        Ok(Case {
            desk: self,
            story,
            applicant,
            award: offered.award,
            plan,
            proposal: None,
            advance,
            retention,
            courses,
            releases: BTreeMap::new(),
            bundled: Vec::new(),
            batches: BTreeMap::new(),
            arrived: Money::zero(Currency::JPY),
            ordered: Vec::new(),
            charged: Vec::new(),
            receipts: Vec::new(),
            report: None,
            paid_years: BTreeSet::new(),
            fixed_years: BTreeSet::new(),
            closed_years: BTreeSet::new(),
            reported_years: BTreeMap::new(),
        })
    }

    /// The advance and the retention, and the milestones with their tranches.
    async fn courses<'s>(
        &self,
        award: AwardId,
        stages: &'s [Stage],
    ) -> Result<([Option<TrancheId>; 2], BTreeMap<u16, Course<'s>>), Error> {
        let db = self.clerk.store.reads();
        let milestones = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(award.uuid()))
            .all(db)
            .await?;
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(award.uuid()))
            .all(db)
            .await?;
        let of_kind = |kind: TrancheKind| {
            let mut found = tranches.iter().filter(|row| row.kind == kind.code());
            found.next().map(|row| row.id.into())
        };
        let ends = [TrancheKind::Advance, TrancheKind::Retention].map(of_kind);
        let course = |stage: &'s Stage| {
            let row = milestones
                .iter()
                .find(|row| row.ordinal == i64::from(stage.ordinal))?;
            let paid = tranches
                .iter()
                .find(|tranche| tranche.milestone_id == Some(row.id))?;
            let course = Course {
                milestone: row.id.into(),
                tranche: paid.id.into(),
                stage,
                shown: Shown::Everything,
                seal: None,
                gate: None,
                conditions: Vec::new(),
            };
            Some((stage.ordinal, course))
        };
        Ok((ends, stages.iter().filter_map(course).collect()))
    }
}

impl<'a> Case<'a> {
    async fn take(&mut self, day: i64, deed: Deed) -> Result<(), Error> {
        match deed {
            Deed::Notice => self.notice(day).await,
            Deed::Accept => self.accept(day).await,
            Deed::Withdraw => self.withdraw(day).await,
            Deed::Suspend { until } => self.suspend(day, until).await,
            Deed::Resume => self.resume(day).await,
            Deed::End => self.end(day).await,
            Deed::Raise(ordinal, yen) => self.modify(day, Up, ordinal, yen).await,
            Deed::Lower(ordinal, yen) => self.modify(day, Down, ordinal, yen).await,
            Deed::CommitNextYear => self.commit_next_year(day).await,
            Deed::Draft(ordinal, shown) => self.draft(day, ordinal, shown).await,
            Deed::Submit(ordinal, shown) => self.submit(day, ordinal, shown).await,
            Deed::WithdrawSubmission(ordinal) => self.withdraw_submission(day, ordinal).await,
            Deed::Propose(edit) => self.propose(day, edit).await,
            Deed::ApprovePlan => self.approve_plan(day).await,
            Deed::RefusePlan => self.refuse_plan(day).await,
            Deed::Convene(ordinal, panel) => self.convene(day, ordinal, panel).await,
            Deed::DeclareAll(ordinal) => self.declare_all(day, ordinal).await,
            Deed::Declare(ordinal, who, conflict) => {
                self.declare(day, ordinal, who, conflict).await
            }
            Deed::Sign(ordinal, outcomes) => self.sign(day, ordinal, outcomes).await,
            Deed::SignAs(ordinal, who, outcome) => self.sign_as(day, ordinal, who, outcome).await,
            Deed::Recommend(ordinal, verdict) => self.recommend(day, ordinal, verdict, None).await,
            Deed::Pick(ordinal, verdict) => {
                let pick = Some(verdict.outcome());
                self.recommend(day, ordinal, verdict, pick).await
            }
            Deed::Decide(ordinal, verdict) => {
                self.decide(day, ordinal, verdict, authority::AS_RECOMMENDED)
                    .await
            }
            Deed::Depart(ordinal, verdict) => {
                self.decide(day, ordinal, verdict, authority::OTHERWISE)
                    .await
            }
            Deed::Sit(ordinal, verdict) => self.sit(day, ordinal, verdict).await,
            Deed::Recuse(ordinal, who, conflict) => self.recuse(day, ordinal, who, conflict).await,
            Deed::Replace {
                milestone,
                leaving,
                joining,
            } => self.replace(day, milestone, (leaving, joining)).await,
            Deed::Void(ordinal, cause) => self.void(day, ordinal, cause).await,
            Deed::Discharge(ordinal, which) => self.discharge(day, ordinal, which).await,
            Deed::ExtendCondition(ordinal, which, until) => {
                self.extend_condition(day, ordinal, which, until).await
            }
            Deed::Waive(ordinal, which) => self.waive(day, ordinal, which).await,
            Deed::DeclareUnmet(ordinal, which) => self.declare_unmet(day, ordinal, which).await,
            Deed::ResumeReview(ordinal, panel) => self.resume_review(day, ordinal, panel).await,
            Deed::ResumeRework(ordinal) => self.resume_rework(day, ordinal).await,
            Deed::ExtendHold { milestone, until } => self.extend_hold(day, milestone, until).await,
            Deed::FollowUp(ordinal, decision) => self.follow_up(day, ordinal, decision).await,
            Deed::Continue(ordinal, remainder) => self.go_on(day, ordinal, remainder).await,
            Deed::Release(paid) => self.release(day, paid).await,
            Deed::Revoke(paid) => self.revoke(day, paid).await,
            Deed::Withhold(paid) => self.withhold(day, paid).await,
            Deed::Restore(paid) => self.restore(day, paid).await,
            Deed::Lapse(paid) => self.lapse(day, paid).await,
            Deed::CarryOver(paid) => self.carry_over(day, paid).await,
            Deed::Pay(paid) => self.pay(day, paid, None).await,
            Deed::Bounce(paid, reason) => self.pay(day, paid, Some(reason)).await,
            Deed::SendBack(paid, reason) => self.send_back(day, paid, reason).await,
            Deed::Clear(paid) => self.clear(day, paid).await,
            Deed::ReleaseForSetOff(paid) => self.release_for_set_off(day, paid).await,
            Deed::SetOff(paid) => self.set_off(day, paid).await,
            Deed::Bundle(paid, bundle) => self.bundle(paid, bundle),
            Deed::ChangeAccount => self.change_account(day).await,
            Deed::ProposeAccount => self.propose_account(day).await,
            // It is asked where the story ends.
            Deed::LeaveReports => Ok(()),
            Deed::SetBudgets => self.set_budgets(day).await,
            Deed::Prescribe(kind, due) => self.prescribe(day, kind, due).await,
            Deed::Report(kind, percent) => self.report(day, kind, percent).await,
            Deed::Correct { until } => self.correct(day, until).await,
            Deed::AcceptReport => self.accept_report(day).await,
            Deed::Spent(percent) => self.spent(day, percent).await,
            Deed::Visit => self.visit(day).await,
            Deed::ReportResult(percent) => self.report_result(day, percent).await,
            Deed::Complete => self.complete(day).await,
            Deed::Determine { due } => self.determine(day, due).await,
            Deed::Cancel => self.cancel(day).await,
            Deed::OrderBack { due } => self.order_all_back(day, due).await,
            Deed::OrderPart { yen, due } => self.order_part_back(day, due, yen).await,
            Deed::Rescind => self.rescind(day).await,
            Deed::PayBack => self.pay_back(day).await,
            Deed::PayCharges => self.pay_charges(day).await,
            Deed::Receive(percent) => self.receive(day, percent).await,
            Deed::Apply => self.apply(day).await,
            Deed::Refund => self.refund(day).await,
            Deed::GiveUp => self.give_up(day).await,
            Deed::WaiveCharges => self.waive_charges(day).await,
            Deed::Close => self.close(day).await,
        }
    }

    /// Runs `command` in the name of the director.
    async fn direct<C: Command>(&self, day: i64, command: &C) -> Result<(), Error> {
        let director = self.desk.setting.cast.director;
        self.desk.clerk.act(director, day, command).await?;
        Ok(())
    }

    fn course(&self, ordinal: u16) -> Result<&Course<'a>, Error> {
        let found = self.courses.get(&ordinal);
        found.ok_or_else(|| Error::not_found("MILESTONE"))
    }

    fn course_mut(&mut self, ordinal: u16) -> Result<&mut Course<'a>, Error> {
        let found = self.courses.get_mut(&ordinal);
        found.ok_or_else(|| Error::not_found("MILESTONE"))
    }

    fn gate(&self, ordinal: u16) -> Result<GateId, Error> {
        let gate = self.course(ordinal)?.gate;
        gate.ok_or_else(|| Error::not_found("GATE"))
    }

    fn tranche(&self, paid: Paid) -> Result<TrancheId, Error> {
        match paid {
            Paid::Advance => self.advance.ok_or_else(|| Error::not_found("TRANCHE")),
            Paid::For(ordinal) => Ok(self.course(ordinal)?.tranche),
            Paid::Retention => self.retention.ok_or_else(|| Error::not_found("TRANCHE")),
        }
    }
}
