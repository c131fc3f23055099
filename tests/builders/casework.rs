//! Awards in which a bit of everything has happened, for stories about what is shown of it.

use std::collections::BTreeMap;

use chrono::Days;
use domain::access::Role;
use domain::award::PlannedMilestone;
use domain::closing::{CostCategory, Costs, ReportContent, ReportKind, TaxCredit};
use domain::criterion::{EvidenceKind, KpiDirection, KpiTarget};
use domain::gate::{ConditionDraft, ConflictKind, Seat, Terms, Verifier};
use domain::id::{AwardId, GateId, MilestoneId, OrganizationId, ThemeId};
use domain::milestone::Outcome;
use domain::{Currency, KpiValue, Money, Rate, Seal};
use store::command::{
    AttachEvidence, ConveneGate, DeclareConflict, DraftSubmission, EndAward, IssueServiceToken,
    OrderCorrection, PrescribeReport, ReleaseTranche, RosterSeat, SubmitMilestone, SubmitReport,
};

use super::whole_graph::Arguments;
use super::{Granted, Verdict, World, planned, year};

/// An award with everything in it.
#[derive(Debug, Clone)]
pub(crate) struct Casework {
    /// The theme.
    pub(crate) theme: ThemeId,
    /// The award: its advance and its first milestone are released, the latter after a round of
    /// rework; the second passed under a condition; the third is at its gate.
    pub(crate) award: Granted,
    /// The third milestone's gate: reviewer 3 declared a conflict, nobody has voted.
    pub(crate) gate: GateId,
    /// What it sits on.
    pub(crate) seal: Seal,
    /// The applicant body.
    applicant: OrganizationId,
}

/// A milestone whose uptake is measured.
fn measured(ordinal: u16) -> PlannedMilestone {
    let mut milestone = planned(ordinal, 10, 2026);
    milestone.criteria[1].kpi = Some(KpiTarget {
        unit: "hospitals".to_owned(),
        direction: KpiDirection::AtLeast,
        target: KpiValue::parse("10").expect("a figure"),
    });
    milestone
}

/// The same, which also asks for what nobody attaches.
fn out_of_reach() -> PlannedMilestone {
    let mut milestone = measured(1);
    milestone.criteria[0].evidence_kinds = [EvidenceKind::Report, EvidenceKind::DataSet].into();
    milestone
}

impl World {
    /// `count` awards with everything in them, as many of which only the first draft is written, which
    /// lacks a figure and a kind of evidence, and as many that ended and owe their result.
    pub(crate) async fn casework(&self, count: usize) -> Vec<Casework> {
        let (mut rich, mut drafted, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            let award = self.award().naming(self.people.researcher).advance(5);
            let award = award.milestone(10, 2026).milestone(10, 2026);
            rich.push(award.planned(measured(3)).retention(5).accepted().await);
            let award = self.award().advance(5).planned(out_of_reach());
            drafted.push(award.milestone(10, 2026).accepted().await);
            ended.push(self.award().milestone(10, 2026).accepted().await);
        }
        self.clock.pass_days(16);
        for award in drafted {
            self.draft_with_evidence(award.milestones[0], BTreeMap::new())
                .await;
        }
        for award in ended {
            // Its result is owed by law, and nothing of it on record.
            let end = EndAward {
                award: award.id,
                reason: "事情の変更".to_owned(),
            };
            self.run(self.people.director, &end).await;
        }
        let mut done = Vec::new();
        for award in rich {
            done.push(self.played(award).await);
        }
        done
    }

    /// A bearer token of the officer's that nobody uses.
    pub(crate) async fn spare_token(&self) {
        let issue = IssueServiceToken {
            person: self.people.officer,
            label: "spare".to_owned(),
            roles: [Role::Officer].into(),
            expires_at: self.store.now() + Days::new(300),
            token_hash: "b".repeat(64),
        };
        self.run(self.people.administrator, &issue).await;
    }

    async fn played(&self, award: Granted) -> Casework {
        let [first, second, third] = award.milestones[..] else {
            panic!("three milestones");
        };
        let release = async |tranche| {
            let command = ReleaseTranche { tranche };
            self.run(self.people.preparer, &command).await
        };
        release(award.advance.expect("an advance")).await;
        self.judge(first, Verdict::of(Outcome::Rework, &["SAFETY"]))
            .await;
        self.judge(first, Verdict::go()).await;
        release(award.tranches[0]).await;
        let condition = ConditionDraft {
            text: "倫理審査の承認".to_owned(),
            due_on: self.clock.today() + Days::new(30),
            blocking: true,
            verifier: Verifier::Named(self.people.officer),
        };
        let terms = Terms {
            conditions: vec![condition],
            may_proceed: true,
            ..Terms::default()
        };
        let passed = Verdict::of(Outcome::ConditionalGo, &["SAFETY", "UPTAKE"]).with(terms);
        self.judge(second, passed).await;
        let reached = KpiValue::parse("12").expect("a figure");
        let reached = [("UPTAKE".to_owned(), reached)].into();
        self.draft_with_evidence(third, reached).await;
        let submit = SubmitMilestone { milestone: third };
        let seal = self.run(self.people.representative, &submit).await.seal;
        let gate = self.convene_with_conflict(third).await;
        self.reported(award.id).await;
        Casework {
            theme: self.theme,
            award,
            gate,
            seal,
            applicant: self.bodies.applicant,
        }
    }

    /// A status report that states what was spent and is to be corrected, and the consumption tax
    /// credited.
    async fn reported(&self, award: AwardId) {
        let yen = Money::of_minor(1_000_000, Currency::JPY);
        let eligible = [(CostCategory::Personnel, yen)].into();
        let expenditure = Costs::new(eligible, yen, yen).expect("costs");
        let status = ReportContent {
            narrative: "経過".to_owned(),
            expenditure: Some(expenditure),
            tax_credit: None,
        };
        let part = Rate::new(1, 2).expect("a rate");
        let credit = ReportContent {
            narrative: "控除税額".to_owned(),
            expenditure: None,
            tax_credit: Some(TaxCredit::Credited {
                taxable_purchases: yen,
                tax_in_price: Rate::new(10, 110).expect("a rate"),
                credited: part,
                subsidy_rate: part,
            }),
        };
        let budget_year = year(2026);
        let kinds = [
            (ReportKind::Status, status),
            (ReportKind::TaxCredit, credit),
        ];
        for (kind, content) in kinds {
            let due_on = self.clock.today() + Days::new(30);
            let prescribe = PrescribeReport {
                award,
                kind,
                budget_year,
                due_on,
                reason: "交付条件".to_owned(),
            };
            self.run(self.people.officer, &prescribe).await;
            let submit = SubmitReport {
                award,
                kind,
                budget_year,
                content,
            };
            let report = self.run(self.people.representative, &submit).await.report;
            let order = OrderCorrection {
                report,
                reason: "内訳".to_owned(),
                due_on,
            };
            self.run(self.people.officer, &order).await;
        }
    }

    async fn draft_with_evidence(
        &self,
        milestone: MilestoneId,
        kpi_values: BTreeMap<String, KpiValue>,
    ) {
        let draft = DraftSubmission {
            milestone,
            narrative: "達成した".to_owned(),
            kpi_values,
            expected_version: None,
        };
        let researcher = self.people.researcher;
        let submission = self.run(researcher, &draft).await.submission;
        let attach = AttachEvidence {
            submission,
            sha256: "a".repeat(64),
            size_bytes: 1_024,
            media_type: "application/pdf".to_owned(),
            kind: EvidenceKind::Report,
            file_name: "報告書.pdf".to_owned(),
        };
        self.run(researcher, &attach).await;
    }

    /// The usual roster and reviewer 3, who turns out to be kin of the applicant.
    async fn convene_with_conflict(&self, milestone: MilestoneId) -> GateId {
        let kin = self.people.reviewers[3];
        let mut roster = self.roster();
        roster.push(RosterSeat {
            person: kin,
            seat: Seat::Member,
            votes: None,
        });
        let command = ConveneGate { milestone, roster };
        let gate = self.run(self.people.officer, &command).await.gate;
        self.declare_none(gate).await;
        let command = DeclareConflict {
            gate,
            conflict: ConflictKind::Kin,
            note: None,
        };
        self.run(kin, &command).await;
        gate
    }
}

impl Casework {
    /// What the graph's required arguments are answered with, about this award.
    pub(crate) fn arguments(&self) -> Arguments {
        let award = format!("\"{}\"", graphql::Id(self.award.id).text());
        [
            ("budgetYear", "2026".to_owned()),
            ("by", "[THEME, KIND]".to_owned()),
            ("first", "100".to_owned()),
            // Before anything was released: then everything is a change.
            ("since", "\"2026-01-01T00:00:00Z\"".to_owned()),
            ("bank", "\"9999\"".to_owned()),
            ("name", "\"シンセイｼｬ漢\"".to_owned()),
            ("number", format!("\"{}\"", self.award.number)),
            (
                "organization",
                format!("\"{}\"", graphql::Id(self.applicant).text()),
            ),
            ("id", award.clone()),
            ("of", award),
            ("theme", format!("\"{}\"", graphql::Id(self.theme).text())),
        ]
        .into()
    }
}
