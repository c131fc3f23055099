//! How each command is rehearsed on a thing: with every input that its choice leaves, built from
//! the thing itself.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::access::{Operation, Role};
use domain::award::{DecisionDirection, Remainder};
use domain::closing::{Costs, NoTaxCreditReason, ReportContent, ReportKind, TaxCredit};
use domain::criterion::EvidenceKind;
use domain::gate::{
    ConditionDraft, ConflictKind, Finding, Score, Seat, Terms, Verifier, VoidCause,
};
use domain::id::{AwardId, GateId, MilestoneId, PersonId, ReportId};
use domain::milestone::{FollowUp, Outcome};
use domain::{Coded, FiscalYear, Money, RefusalCode};
use graphql::Node;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::*;
use store::dossier::{AwardDossier, GateDossier, OnRecord};
use store::entity::{award, gate, report, role_grant};
use store::{Command, Store, mapping};

use super::{Walk, refused};

fn reason() -> String {
    "試行".to_owned()
}

impl Walk {
    /// With what `operation` on `node` is refused to `person`: nothing when one of the inputs is
    /// accepted, otherwise the codes. None where the command does not act on such a thing.
    #[expect(clippy::too_many_lines, reason = "a table: one arm a command")]
    pub(super) async fn rehearse(
        &self,
        person: PersonId,
        operation: Operation,
        node: Node,
    ) -> Option<Vec<RefusalCode>> {
        let (today, later) = (self.today, self.today + Days::new(3_000));
        Some(match (operation, node) {
            (Operation::AcceptAward, Node::Award(award)) => {
                let dossier = self.award(award);
                let notice_received_on = dossier.award.notice_received_on.unwrap_or(today);
                self.answers(
                    person,
                    [AcceptAward {
                        award,
                        notice_received_on,
                    }],
                )
                .await
            }
            (Operation::RecordNotice, Node::Award(award)) => {
                let known = self.award(award).award.notice_received_on;
                let days: [NaiveDate; 2] = [today, today - Days::new(1)];
                let other = days.into_iter().find(|day| Some(*day) != known);
                let notice_received_on = other.expect("another day");
                self.answers(
                    person,
                    [RecordNotice {
                        award,
                        notice_received_on,
                    }],
                )
                .await
            }
            (Operation::WithdrawAward, Node::Award(award)) => {
                self.answers(
                    person,
                    [WithdrawAward {
                        award,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::SuspendAward, Node::Award(award)) => {
                let suspend = SuspendAward {
                    award,
                    until: later,
                    consequence: reason(),
                    reason: reason(),
                };
                self.answers(person, [suspend]).await
            }
            (Operation::ResumeAward, Node::Award(award)) => {
                self.answers(
                    person,
                    [ResumeAward {
                        award,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::EndAward, Node::Award(award)) => {
                self.answers(
                    person,
                    [EndAward {
                        award,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::GrantWindDown, Node::Award(award)) => {
                let dossier = self.award(award);
                let years = dossier.tranches.iter().map(|entry| entry.budget_year);
                let grants = years.map(|budget_year| GrantWindDown {
                    award,
                    budget_year,
                    amount: Money::of_minor(1, dossier.currency),
                    reason: reason(),
                });
                self.answers(person, grants).await
            }
            (Operation::ModifyDecision, Node::Award(award)) => {
                let dossier = self.award(award);
                let lowered = dossier.tranches.iter().map(|entry| ModifyDecision {
                    award,
                    direction: DecisionDirection::Down,
                    amount: Money::of_minor(1, dossier.currency),
                    tranche: entry.row.id.into(),
                    article: "ACT_10".to_owned(),
                    reason: reason(),
                });
                self.answers(person, lowered).await
            }
            (Operation::ProposePlanChange, Node::Award(award)) => {
                let plan = self.award(award).plan().expect("a plan");
                let propose = ProposePlanChange {
                    award,
                    plan,
                    reason: reason(),
                };
                self.answers(person, [propose]).await
            }
            (Operation::CommitYear, Node::Award(award)) => {
                let dossier = self.award(award);
                let mut years: Vec<FiscalYear> = dossier
                    .tranches
                    .iter()
                    .map(|entry| entry.budget_year)
                    .collect();
                years.dedup();
                let commits = years
                    .into_iter()
                    .map(|budget_year| CommitYear { award, budget_year });
                self.answers(person, commits).await
            }
            (Operation::DraftSubmission, Node::Milestone(milestone)) => {
                let draft = DraftSubmission {
                    milestone,
                    narrative: reason(),
                    kpi_values: BTreeMap::new(),
                    expected_version: None,
                };
                self.answers(person, [draft]).await
            }
            (Operation::SubmitMilestone, Node::Milestone(milestone)) => {
                self.answers(person, [SubmitMilestone { milestone }]).await
            }
            (Operation::WithdrawSubmission, Node::Milestone(milestone)) => {
                let withdraw = WithdrawSubmission {
                    milestone,
                    reason: reason(),
                };
                self.answers(person, [withdraw]).await
            }
            (Operation::ConveneGate, Node::Milestone(milestone)) => {
                let roster = self.roster(milestone);
                self.answers(person, [ConveneGate { milestone, roster }])
                    .await
            }
            (Operation::ExtendHold, Node::Milestone(milestone)) => {
                let extend = ExtendHold {
                    milestone,
                    until: later,
                    reason: reason(),
                };
                self.answers(person, [extend]).await
            }
            (Operation::ResumeHold, Node::Milestone(milestone)) => {
                let roster = self.roster(milestone);
                let modes = [ResumeMode::Review { roster }, ResumeMode::Rework];
                let resume = |mode| ResumeHold {
                    milestone,
                    mode,
                    reason: reason(),
                };
                self.answers(person, modes.map(resume)).await
            }
            (Operation::DecideFollowUp, Node::Milestone(milestone)) => {
                let decide = |decision: &FollowUp| DecideFollowUp {
                    milestone,
                    decision: *decision,
                    reason: reason(),
                };
                self.answers(person, FollowUp::ALL.iter().map(decide)).await
            }
            (Operation::ContinueAfterFailure, Node::Milestone(milestone)) => {
                let go_on = ContinueAfterFailure {
                    milestone,
                    remainder: Remainder::Decommit,
                    reason: reason(),
                };
                self.answers(person, [go_on]).await
            }
            (Operation::AttachEvidence, Node::Submission(submission)) => {
                let attach = AttachEvidence {
                    submission,
                    sha256: "0".repeat(64),
                    size_bytes: 1,
                    media_type: "text/plain".to_owned(),
                    kind: EvidenceKind::ALL[0],
                    file_name: "試行.txt".to_owned(),
                };
                self.answers(person, [attach]).await
            }
            (Operation::DeclareConflict, Node::Gate(gate)) => {
                let conflict = ConflictKind::None;
                self.answers(
                    person,
                    [DeclareConflict {
                        gate,
                        conflict,
                        note: None,
                    }],
                )
                .await
            }
            (Operation::SignGate, Node::Gate(id)) => {
                let gate = self.gate(id);
                let finding = Finding {
                    met: true,
                    score: Score::try_from(5).expect("a score"),
                    finding: reason(),
                };
                let criteria = gate.sealed.criteria.iter();
                let sign = SignGate {
                    gate: id,
                    seal: gate.seal,
                    outcome: Outcome::Go,
                    findings: criteria
                        .map(|criterion| (criterion.code.clone(), finding.clone()))
                        .collect(),
                    reason: reason(),
                };
                self.answers(person, [sign]).await
            }
            (Operation::ReplaceMember, Node::Gate(gate)) => {
                let panel = &self.gate(gate).panel;
                let replace = |leaving| ReplaceMember {
                    gate,
                    leaving,
                    joining: RosterSeat {
                        person: self.spare,
                        seat: Seat::Member,
                        votes: None,
                    },
                    reason: reason(),
                };
                let members = panel.members.iter();
                let members = members.filter(|member| member.seat == Seat::Member);
                self.answers(person, members.map(|member| replace(member.person)))
                    .await
            }
            (Operation::RecuseMember, Node::Gate(gate)) => {
                let panel = &self.gate(gate).panel;
                let recuse = |member: &domain::gate::Member| RecuseMember {
                    gate,
                    person: member.person,
                    conflict: ConflictKind::Kin,
                    note: None,
                };
                self.answers(person, panel.members.iter().map(recuse)).await
            }
            (Operation::RecommendGate, Node::Gate(gate)) => {
                let terms = Terms {
                    conditions: vec![ConditionDraft {
                        text: reason(),
                        due_on: later,
                        blocking: true,
                        verifier: Verifier::Chair,
                    }],
                    may_proceed: false,
                    hold_until: Some(later),
                    redirect_due: Some(later),
                };
                let picks = Outcome::ALL.iter().copied().map(Some).chain([None]);
                let recommend = |pick| RecommendGate {
                    gate,
                    pick,
                    reason: reason(),
                    terms: terms.clone(),
                };
                self.answers(person, picks.map(recommend)).await
            }
            (Operation::DecideGate, Node::Gate(gate)) => {
                let decide = DecideGate {
                    gate,
                    outcome: Outcome::NoGo,
                    terms: None,
                    remainder: None,
                    reason: reason(),
                };
                self.answers(person, [decide]).await
            }
            (Operation::VoidGate, Node::Gate(gate)) => {
                let void = |cause: &VoidCause| VoidGate {
                    gate,
                    cause: *cause,
                    reason: reason(),
                };
                self.answers(person, VoidCause::ALL.iter().map(void)).await
            }
            (Operation::ReleaseTranche, Node::Tranche(tranche)) => {
                self.answers(person, [ReleaseTranche { tranche }]).await
            }
            (Operation::RevokeRelease, Node::Tranche(tranche)) => {
                self.answers(
                    person,
                    [RevokeRelease {
                        tranche,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::WithholdTranche, Node::Tranche(tranche)) => {
                self.answers(
                    person,
                    [WithholdTranche {
                        tranche,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::RestoreTranche, Node::Tranche(tranche)) => {
                self.answers(
                    person,
                    [RestoreTranche {
                        tranche,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::LapseTranche, Node::Tranche(tranche)) => {
                self.answers(
                    person,
                    [LapseTranche {
                        tranche,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::DischargeCondition, Node::Condition(condition)) => {
                self.answers(
                    person,
                    [DischargeCondition {
                        condition,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::ExtendCondition, Node::Condition(condition)) => {
                let extend = ExtendCondition {
                    condition,
                    until: later,
                    reason: reason(),
                };
                self.answers(person, [extend]).await
            }
            (Operation::WaiveCondition, Node::Condition(condition)) => {
                self.answers(
                    person,
                    [WaiveCondition {
                        condition,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::DeclareConditionUnmet, Node::Condition(condition)) => {
                self.answers(
                    person,
                    [DeclareConditionUnmet {
                        condition,
                        reason: reason(),
                    }],
                )
                .await
            }
            (Operation::ApprovePlanChange, Node::PlanVersion(plan_version)) => {
                let reason = Some(reason());
                self.answers(
                    person,
                    [ApprovePlanChange {
                        plan_version,
                        reason,
                    }],
                )
                .await
            }
            (Operation::RefusePlanChange, Node::PlanVersion(plan_version)) => {
                let refuse = RefusePlanChange {
                    plan_version,
                    reason: reason(),
                };
                self.answers(person, [refuse]).await
            }
            (Operation::SubmitReport, Node::Report(report)) => {
                self.answers(person, [self.submission_of(report).await])
                    .await
            }
            (Operation::AcceptReport, Node::Report(report)) => {
                self.answers(person, [AcceptReport { report }]).await
            }
            (Operation::OrderCorrection, Node::Report(report)) => {
                let order = OrderCorrection {
                    report,
                    reason: reason(),
                    due_on: later,
                };
                self.answers(person, [order]).await
            }
            _ => return None,
        })
    }

    /// Another version of a report, which states that nothing was spent or credited.
    async fn submission_of(&self, report: ReportId) -> SubmitReport {
        let found = report::Entity::find_by_id(report.uuid()).one(self.store.reads());
        let row = found.await.expect("an answer").expect("the report");
        let kind = ReportKind::from_code(&row.kind).expect("a kind");
        let award = AwardId::new(row.award_id);
        let currency = self.award(award).currency;
        let tax_credit = TaxCredit::None {
            reason: NoTaxCreditReason::NotTaxable,
            currency,
        };
        let is_on_tax = kind == ReportKind::TaxCredit;
        let none = Money::zero(currency);
        let costs = Costs::new(BTreeMap::new(), none, none).expect("costs");
        SubmitReport {
            award,
            kind,
            budget_year: mapping::fiscal_year(row.budget_year).expect("a year"),
            content: ReportContent {
                narrative: reason(),
                expenditure: (!is_on_tax).then_some(costs),
                tax_credit: is_on_tax.then_some(tax_credit),
            },
        }
    }

    /// Nothing as soon as one of `commands` is accepted, otherwise the code of each refusal, once.
    async fn answers<C: Command>(
        &self,
        person: PersonId,
        commands: impl IntoIterator<Item = C>,
    ) -> Vec<RefusalCode> {
        let mut codes = Vec::new();
        for command in commands {
            match self.store.rehearse(&self.request(person), &command).await {
                Ok(_) => return Vec::new(),
                Err(error) => codes.push(refused(error)),
            }
        }
        codes.dedup();
        codes
    }

    fn award(&self, id: AwardId) -> &AwardDossier {
        &self.awards[&id]
    }

    fn gate(&self, id: GateId) -> &GateDossier {
        &self.gates[&id]
    }

    fn roster(&self, milestone: MilestoneId) -> Vec<RosterSeat> {
        let mut awards = self.awards.values();
        let award = awards.find(|award| award.milestone(milestone).is_ok());
        self.rosters[&award.expect("its award").row.id.into()].clone()
    }
}

/// Every award, as it stands on `today`.
pub(super) async fn awards(store: &Store, today: NaiveDate) -> BTreeMap<AwardId, AwardDossier> {
    let mut awards = BTreeMap::new();
    let rows = award::Entity::find().all(store.reads()).await;
    for row in rows.expect("awards") {
        let dossier = AwardDossier::load(store.reads(), &row, today).await;
        awards.insert(row.id.into(), dossier.expect("a dossier"));
    }
    awards
}

/// Every gate.
pub(super) async fn gates(store: &Store) -> BTreeMap<GateId, GateDossier> {
    let mut gates = BTreeMap::new();
    let rows = gate::Entity::find().all(store.reads()).await;
    for row in rows.expect("gates") {
        let id = row.id.into();
        let dossier = GateDossier::load(store.reads(), id).await;
        gates.insert(id, dossier.expect("a dossier"));
    }
    gates
}

/// For an award, two who may lead and three who may judge, none of them connected with it.
pub(super) async fn roster(
    store: &Store,
    award: &AwardDossier,
    today: NaiveDate,
) -> Vec<RosterSeat> {
    let db = store.reads();
    let mut roster = Vec::new();
    for (role, seats) in [
        (Role::Chair, &[Seat::Chair, Seat::Deputy][..]),
        (Role::Reviewer, &[Seat::Member; 3][..]),
    ] {
        let pool = role_grant::Entity::find()
            .filter(role_grant::Column::Role.eq(role.code()))
            .all(db)
            .await
            .expect("the pool");
        let mut seats = seats.iter();
        for grant in pool {
            let person = grant.person_id.into();
            let on_record = OnRecord::beside(db, award, [person]).await;
            let on_record = on_record.expect("an answer");
            if on_record.conflict(award, person, today, 3).is_none()
                && let Some(seat) = seats.next()
            {
                roster.push(RosterSeat {
                    person,
                    seat: *seat,
                    votes: None,
                });
            }
        }
    }
    roster
}
