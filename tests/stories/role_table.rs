//! Who may ask for what, over HTTP: every mutation by every role, as a checked-in table.
//!
//! The inputs are such that a rule refuses most of them after the roles are asked, so that the
//! fixture stays as it is: a cell says only whether the door is open, not what is behind it.

use std::fmt::Write;

use domain::access::Operation;
use domain::bank::earliest_value_date;
use domain::closing::DatedAmount;
use domain::id::{AwardId, ReceiptId, ReturnOrderId};
use domain::{Coded, Currency, FiscalYear, Money};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::entity::{award, receipt, return_order};
use uuid::Uuid;

use crate::builders::over_http::{Programme, text, yen};
use crate::harness::database::TestDatabase;
use crate::harness::rows::insert;

/// One of each role, then those outside.
const ASKERS: [&str; 14] = [
    "administrator",
    "officer",
    "director",
    "chair",
    "reviewer-a",
    "preparer",
    "approver",
    "auditor",
    "representative",
    "researcher",
    "contact",
    "rival",
    "idle",
    "nobody",
];

/// What the mutations are asked about.
pub(super) struct Fixture {
    pub(super) programme: Programme,
    award: String,
    milestone: String,
    locked: String,
    tranche: String,
    gate: String,
    condition: String,
    plan_version: String,
    gate_template: String,
    role_grant: String,
    service_token: String,
    report: String,
    payee_account: String,
    payment_batch: String,
    payment: String,
    settlement_line: String,
    return_order: String,
    receipt: String,
}

impl Fixture {
    pub(super) async fn new(db: &TestDatabase) -> Self {
        let programme = Programme::new(db).await;
        let (payment_batch, payment) = prepared(&programme).await;
        let conditional = programme.offer("条件付").await;
        let terms = json!({
            "conditions": [{ "text": "承認", "dueOn": programme.day(30), "blocking": true }],
        });
        let decided = programme
            .judge(&conditional, 0, "CONDITIONAL_GO", terms)
            .await;
        let award = programme.offer("審査中").await;
        let (return_order, receipt) = owing(&programme, &award.id, db).await;
        programme.submit(&award, 0).await;
        let gate = programme.convened(&award, 0).await;
        let changing = programme.offer("変更").await;
        let input = json!({ "award": changing.id, "plan": plan(&programme), "reason": "遅れ" });
        let proposed = programme.done(
            "representative",
            "proposePlanChange",
            input,
            "planVersionId",
        );
        let proposed = proposed.await;
        let input = json!({ "theme": programme.id("theme"), "document": template() });
        let drafted = programme
            .done("officer", "defineGateTemplate", input, "gateTemplateId")
            .await;
        let idle = programme.id("idle");
        let input = json!({
            "person": idle,
            "role": "AUDITOR",
            "scope": programme.id("programme"),
            "from": programme.day(100),
        });
        let granted = programme
            .done("administrator", "grantRole", input, "roleGrantId")
            .await;
        let input = json!({
            "person": idle,
            "label": "spare",
            "expiresAt": format!("{}T00:00:00Z", programme.day(9)),
        });
        let issued = programme.done(
            "administrator",
            "issueServiceToken",
            input,
            "serviceTokenId",
        );
        let issued = issued.await;
        let input = json!({
            "award": award.id,
            "kind": "STATUS",
            "budgetYear": FiscalYear::of(programme.today).get(),
            "dueOn": programme.day(30),
            "reason": "進捗",
        });
        let prescribed = programme
            .done("officer", "prescribeReport", input, "reportId")
            .await;
        let input = programme.account("届出");
        let named = programme
            .done(
                "contact",
                "proposePayeeAccount",
                input,
                "payeeAccount { id }",
            )
            .await;
        let input =
            json!({ "programme": programme.id("programme"), "line": answer(&programme, 1) });
        let waiting = programme
            .done(
                "preparer",
                "recordSettlement",
                input,
                "settlementLine { id }",
            )
            .await;
        Self {
            report: text(&prescribed["reportId"]),
            payee_account: text(&named["payeeAccount"]["id"]),
            payment_batch,
            payment,
            settlement_line: text(&waiting["settlementLine"]["id"]),
            return_order,
            receipt,
            condition: text(&decided["conditionIds"][0]),
            plan_version: text(&proposed["planVersionId"]),
            gate_template: text(&drafted["gateTemplateId"]),
            role_grant: text(&granted["roleGrantId"]),
            service_token: text(&issued["serviceTokenId"]),
            milestone: award.milestones[0].clone(),
            locked: award.milestones[2].clone(),
            tranche: award.tranches[0].clone(),
            award: award.id,
            gate,
            programme,
        }
    }

    /// What is asked of `operation`; none for the commands without a mutation.
    #[expect(clippy::too_many_lines, reason = "a table: one arm a mutation")]
    pub(super) fn input(&self, operation: Operation) -> Option<Value> {
        let id = |name: &str| self.programme.id(name);
        let day = |days: i64| self.programme.day(days);
        let seat = |who: &str| json!({ "person": id(who), "seat": "MEMBER" });
        let name = json!({ "ja": "名", "en": "name" });
        let (award, milestone, gate) = (&self.award, &self.milestone, &self.gate);
        Some(match operation {
            Operation::BootstrapAdministrator
            | Operation::BeginExport
            | Operation::EndExport
            | Operation::ImportAwardHistory
            | Operation::AttachEvidence => return None,
            Operation::PublishPolicy => {
                json!({ "programme": id("programme"), "policy": Programme::policy(0) })
            }
            Operation::DefineTheme => {
                json!({ "programme": id("programme"), "code": "no", "title": name })
            }
            Operation::PublishTheme => json!({ "theme": id("theme") }),
            Operation::DefineGateTemplate => {
                json!({ "theme": id("theme"), "document": template() })
            }
            Operation::PublishGateTemplate => json!({ "gateTemplate": self.gate_template }),
            Operation::DefineOriginator => self.programme.originator(""),
            Operation::DefinePublisher => self.programme.publisher(""),
            Operation::DefineLetterhead => self.programme.letterhead(""),
            Operation::DefineEnvelope => {
                json!({ "theme": id("theme"), "fiscalYear": 2_100, "appropriated": yen(0) })
            }
            Operation::RegisterOrganization => {
                let identifiers = json!([{ "scheme": "TEST", "value": "first" }]);
                json!({ "programme": id("programme"), "name": name, "identifiers": identifiers })
            }
            Operation::RegisterPerson => json!({ "programme": id("programme"), "name": name }),
            Operation::RecordAffiliation => {
                json!({ "person": id("idle"), "organization": id("first"), "from": day(0) })
            }
            Operation::GrantRole => json!({
                "person": id("idle"),
                "role": "REPRESENTATIVE",
                "scope": id("theme"),
                "from": day(0),
            }),
            Operation::EndRole => json!({ "roleGrant": self.role_grant, "until": day(200) }),
            Operation::IssueServiceToken => {
                json!({ "person": id("idle"), "label": "l", "expiresAt": "2020-01-01T00:00:00Z" })
            }
            Operation::RevokeServiceToken => {
                json!({ "serviceToken": self.service_token, "reason": "" })
            }
            Operation::OfferAward => json!({
                "theme": id("theme"),
                "organization": id("applicant"),
                "title": name,
                "applied": yen(1),
                "decided": yen(0),
                "decidedOn": day(0),
            }),
            Operation::AcceptAward | Operation::RecordNotice => {
                json!({ "award": award, "noticeReceivedOn": day(0) })
            }
            Operation::WithdrawAward | Operation::ResumeAward | Operation::EndAward => {
                json!({ "award": award, "reason": "" })
            }
            Operation::SuspendAward => {
                json!({ "award": award, "until": day(9), "consequence": "", "reason": "" })
            }
            Operation::GrantWindDown => json!({
                "award": award,
                "budgetYear": self.year(),
                "amount": yen(0),
                "reason": "",
            }),
            Operation::ModifyDecision => json!({
                "award": award,
                "direction": "UP",
                "amount": yen(0),
                "tranche": self.tranche,
                "article": "ACT_7",
                "reason": "",
            }),
            Operation::ProposePlanChange => {
                json!({ "award": award, "plan": plan(&self.programme), "reason": "" })
            }
            Operation::ApprovePlanChange | Operation::RefusePlanChange => {
                json!({ "planVersion": self.plan_version, "reason": "" })
            }
            Operation::CommitYear => json!({ "award": award, "budgetYear": self.year() }),
            Operation::DraftSubmission => json!({ "milestone": self.locked, "narrative": "" }),
            Operation::SubmitMilestone => json!({ "milestone": self.locked }),
            Operation::WithdrawSubmission => json!({ "milestone": milestone, "reason": "" }),
            Operation::ConveneGate => {
                json!({ "milestone": milestone, "roster": [seat("reviewer-a")] })
            }
            Operation::ReplaceMember => json!({
                "gate": gate,
                "leaving": id("reviewer-d"),
                "joining": seat("idle"),
                "reason": "",
            }),
            Operation::DeclareConflict => json!({ "gate": gate, "conflict": "NONE" }),
            Operation::RecuseMember => {
                json!({ "gate": gate, "person": id("reviewer-d"), "conflict": "NONE" })
            }
            Operation::SignGate => Programme::vote(gate, &"0".repeat(64), "GO"),
            Operation::RecommendGate => json!({ "gate": gate }),
            Operation::DecideGate => json!({ "gate": gate, "outcome": "GO" }),
            Operation::DecideFollowUp => {
                json!({ "milestone": milestone, "decision": "REWORK", "reason": "" })
            }
            Operation::VoidGate => json!({ "gate": gate, "cause": "PROCEDURE", "reason": "" }),
            Operation::DischargeCondition
            | Operation::WaiveCondition
            | Operation::DeclareConditionUnmet => {
                json!({ "condition": self.condition, "reason": "" })
            }
            Operation::ExtendCondition => {
                json!({ "condition": self.condition, "until": day(60), "reason": "" })
            }
            Operation::ExtendHold => {
                json!({ "milestone": milestone, "until": day(60), "reason": "" })
            }
            Operation::ResumeHold => {
                json!({ "milestone": milestone, "mode": { "rework": true }, "reason": "" })
            }
            Operation::ContinueAfterFailure => {
                json!({ "milestone": milestone, "remainder": { "decommit": true }, "reason": "" })
            }
            Operation::SetBudget => json!({
                "award": award,
                "budgetYear": self.year(),
                "approved": costs(),
                "standard": yen(1),
                "rate": { "numerator": 1, "denominator": 2 },
                "reason": "",
            }),
            Operation::PrescribeReport => json!({
                "award": award,
                "kind": "STATUS",
                "budgetYear": self.year(),
                "dueOn": day(9),
                "reason": "",
            }),
            Operation::SubmitReport => json!({
                "award": award,
                "kind": "STATUS",
                "budgetYear": self.year(),
                "content": { "narrative": "" },
            }),
            Operation::OrderCorrection => {
                json!({ "report": self.report, "reason": "", "dueOn": day(9) })
            }
            Operation::AcceptReport => json!({ "report": self.report }),
            Operation::NoteSiteVisit => {
                json!({ "award": award, "visitedOn": day(0), "findings": "" })
            }
            Operation::CompleteAward | Operation::CloseAward => json!({ "award": award }),
            Operation::DetermineAmount => {
                json!({ "award": award, "budgetYear": self.year(), "reason": "" })
            }
            Operation::ReleaseTranche | Operation::ReleaseForSetOff => {
                json!({ "tranche": self.tranche })
            }
            Operation::SetOff => json!({ "tranche": self.tranche, "reason": "" }),
            Operation::RevokeRelease
            | Operation::WithholdTranche
            | Operation::RestoreTranche
            | Operation::LapseTranche => json!({ "tranche": self.tranche, "reason": "" }),
            Operation::CarryOverTranche => json!({
                "tranche": self.tranche,
                "amount": yen(1),
                "grounds": { "item": "", "reason": "", "reference": "" },
            }),
            // Its money may still be spent.
            Operation::CloseYear => json!({ "theme": id("theme"), "budgetYear": self.year() }),
            Operation::ProposePayeeAccount => self.programme.account(""),
            Operation::ConfirmPayeeAccount => json!({
                "payeeAccount": self.payee_account,
                "calledPerson": id("idle"),
                "calledOn": day(0),
                "note": "",
            }),
            Operation::RejectPayeeAccount | Operation::WithdrawPayeeAccount => {
                json!({ "payeeAccount": self.payee_account, "reason": "" })
            }
            Operation::PreparePaymentBatch => {
                json!({ "programme": id("programme"), "releases": [], "valueDate": day(1) })
            }
            Operation::ReviewPaymentBatch => json!({ "paymentBatch": self.payment_batch }),
            Operation::ApprovePaymentBatch => {
                json!({ "paymentBatch": self.payment_batch, "digest": "0".repeat(64) })
            }
            Operation::CancelPaymentBatch => {
                json!({ "paymentBatch": self.payment_batch, "reason": "" })
            }
            Operation::ExportPaymentBatch => json!({ "paymentBatch": self.payment_batch }),
            Operation::ImportSettlement => json!({
                "programme": id("programme"),
                "name": "results",
                "lines": [],
            }),
            Operation::RecordSettlement => {
                json!({ "programme": id("programme"), "line": answer(&self.programme, 0) })
            }
            Operation::ResolveSettlementLine | Operation::TakeBackSettlement => {
                json!({ "settlementLine": self.settlement_line, "reason": "" })
            }
            Operation::ClearBounce => json!({ "paymentInstruction": self.payment, "reason": "" }),
            Operation::CancelAward => {
                json!({ "award": award, "ground": "BREACH", "reason": "" })
            }
            Operation::OrderReturn => json!({
                "award": award,
                "kind": "GOOD_FAITH",
                "budgetYear": self.year(),
                "amount": yen(0),
                "dueOn": day(9),
                "reason": "",
            }),
            Operation::RecordReceipt => json!({
                "organization": id("applicant"),
                "amount": yen(0),
                "receivedOn": day(0),
                "reference": "R-2",
            }),
            Operation::ApplyReceipt => {
                json!({ "receipt": self.receipt, "returnOrder": self.return_order })
            }
            Operation::RepayReturn => json!({
                "returnOrder": self.return_order,
                "amount": yen(0),
                "receivedOn": day(0),
                "reference": "R-3",
            }),
            Operation::RefundReceipt => {
                json!({ "receipt": self.receipt, "reference": "F-1", "reason": "" })
            }
            Operation::TakeBackReceipt => json!({ "receipt": self.receipt, "reason": "" }),
            Operation::WaiveCharge => json!({
                "returnOrder": self.return_order,
                "charge": "LATE_CHARGE",
                "amount": yen(0),
                "reference": "",
                "reason": "",
            }),
            Operation::WriteOffReturn => {
                json!({ "returnOrder": self.return_order, "reference": "W-1", "reason": "" })
            }
            Operation::RescindReturn => {
                json!({ "returnOrder": self.return_order, "reason": "" })
            }
        })
    }

    fn year(&self) -> i32 {
        FiscalYear::of(self.programme.today).get()
    }
}

/// `ACCEPT_AWARD` as a mutation.
pub(super) fn mutation(operation: Operation) -> String {
    let words = operation.code().split('_').map(str::to_ascii_lowercase);
    let mut name = String::new();
    for word in words {
        let (first, rest) = word.split_at(1);
        let first = if name.is_empty() {
            first.to_owned()
        } else {
            first.to_uppercase()
        };
        name += &first;
        name += rest;
    }
    name
}

/// An order to return and a receipt, as rows: no bank pays anything on the server's own day.
async fn owing(programme: &Programme, award: &str, db: &TestDatabase) -> (String, String) {
    let db = db.connect().await;
    let award = graphql::Id::<AwardId>::read(award).0.uuid();
    let row = award::Entity::find_by_id(award).one(&db).await;
    let row = row.expect("an answer").expect("the award");
    let year = i64::from(FiscalYear::of(programme.today).get());
    let common = (row.programme_id, row.recorded_at, row.command_id);
    let paid = DatedAmount {
        on: programme.today,
        amount: Money::of_minor(1, Currency::JPY),
    };
    let order = return_order::Model {
        id: Uuid::from_u128(1),
        programme_id: common.0,
        award_id: award,
        budget_year: year,
        kind: "GOOD_FAITH".to_owned(),
        determination_id: None,
        amount_minor: 1,
        granted_minor: 0,
        currency: "JPY".to_owned(),
        receipts: json!([paid]),
        ordered_on: programme.today,
        due_on: programme.today,
        reason: "返還".to_owned(),
        ordered_by: None,
        occurred_at: common.1,
        recorded_at: common.1,
        command_id: common.2,
    };
    let receipt = receipt::Model {
        id: Uuid::from_u128(2),
        programme_id: common.0,
        organization_id: row.organization_id,
        amount_minor: 1,
        currency: "JPY".to_owned(),
        received_on: programme.today,
        reference: "R-1".to_owned(),
        return_order_id: None,
        recorded_by: None,
        taken_back_by: None,
        taken_back_at: None,
        taken_back_reason: None,
        occurred_at: common.1,
        recorded_at: common.1,
        command_id: common.2,
    };
    let ids = (order.id.into(), receipt.id.into());
    insert(&db, order).await.expect("an order");
    insert(&db, receipt).await.expect("a receipt");
    (
        graphql::Id::<ReturnOrderId>(ids.0).text(),
        graphql::Id::<ReceiptId>(ids.1).text(),
    )
}

/// A batch of one payment, prepared; the ids of both.
async fn prepared(programme: &Programme) -> (String, String) {
    programme.name_account().await;
    let award = programme.offer("支払").await;
    programme.judge(&award, 0, "GO", json!({})).await;
    let input = json!({ "tranche": award.tranches[0] });
    let released = programme.done("preparer", "releaseTranche", input, "releaseId");
    let input = json!({
        "programme": programme.id("programme"),
        "releases": [released.await["releaseId"]],
        "valueDate": earliest_value_date(programme.today).to_string(),
    });
    let asked = "paymentBatch { id payments { id } }";
    let made = programme
        .done("preparer", "preparePaymentBatch", input, asked)
        .await;
    let batch = &made["paymentBatch"];
    (text(&batch["id"]), text(&batch["payments"][0]["id"]))
}

fn answer(programme: &Programme, amount: u64) -> Value {
    json!({ "reference": "UNKNOWN", "valueDate": programme.day(0), "amount": yen(amount) })
}

fn plan(programme: &Programme) -> Value {
    let year = FiscalYear::of(programme.today).get();
    let tranche = |amount: u64| json!({ "amount": yen(amount), "budgetYear": year });
    json!({
        "milestones": [{
            "ordinal": 1,
            "title": { "ja": "段階", "en": "stage" },
            "dueOn": programme.day(90),
            "criteria": [criterion()],
            "tranche": tranche(95_000_000),
        }],
        "retention": tranche(5_000_000),
    })
}

fn template() -> Value {
    json!({
        "code": "SAMD",
        "version": 2,
        "title": { "ja": "雛形", "en": "template" },
        "roundsMax": 3,
        "advanceBp": 0,
        "retentionBp": 0,
        "stages": [{
            "ordinal": 1,
            "code": "S1",
            "title": { "ja": "段階", "en": "stage" },
            "standardDays": 90,
            "defaultShareBp": 10_000,
            "mayGoBack": false,
            "criteria": [criterion()],
        }],
    })
}

fn criterion() -> Value {
    json!({
        "code": "SAFETY",
        "title": { "ja": "安全性", "en": "safety" },
        "weightBp": 10_000,
        "payableShareBp": 10_000,
        "blocking": true,
        "evidenceKinds": [],
    })
}

fn costs() -> Value {
    let personnel = json!({ "category": "PERSONNEL", "amount": yen(1) });
    json!({ "eligible": [personnel], "total": yen(1), "income": yen(0) })
}

/// What came back, as far as the door is concerned.
pub(super) fn door(answer: &Value) -> String {
    if let Some(error) = answer["errors"]
        .as_array()
        .and_then(|errors| errors.first())
    {
        return text(&error["extensions"]["code"]);
    }
    let result = &answer["data"]["result"];
    match result["code"].as_str() {
        Some(code @ ("ROLE_REQUIRED" | "NOT_FOUND")) => code.to_owned(),
        // The input was meant to be valid: a refusal before the roles are asked shows nothing.
        Some("INVALID_INPUT") if result["fields"][0]["code"] == "LENGTH" => panic!("{answer}"),
        _ => "ALLOWED".to_owned(),
    }
}

on_both! {
    async fn every_mutation_opens_to_its_roles_and_to_nobody_else(db: TestDatabase) {
        let fixture = Fixture::new(&db).await;
        let mut table = String::new();
        for operation in Operation::ALL {
            let Some(input) = fixture.input(*operation) else { continue };
            let name = mutation(*operation);
            writeln!(table, "{name}").expect("a line");
            let mut doors = Vec::<(String, Vec<&str>)>::new();
            for asker in ASKERS {
                let answer = fixture.programme.send(asker, &name, input.clone(), "__typename").await;
                let door = door(&answer);
                match doors.iter_mut().find(|(found, _)| *found == door) {
                    Some((_, askers)) => askers.push(asker),
                    None => doors.push((door, vec![asker])),
                }
            }
            doors.sort();
            for (door, askers) in doors {
                writeln!(table, "    {door:<15} {}", askers.join(" ")).expect("a line");
            }
        }
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("role_table", table);
        });
    }
}
