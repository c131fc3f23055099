//! The main job over HTTP, by mutations alone: from a registered applicant to a released tranche, and
//! the other ways in which a gate may end. Nobody here touches the store.

use reqwest::Method;
use serde_json::{Value, json};

use crate::builders::over_http::{Programme, text};

/// The codes of what stands against a tranche, as `who` sees it.
async fn blockers(programme: &Programme, who: &str, tranche: &str) -> Vec<String> {
    let seen = programme
        .see(who, tranche, "Tranche", "blockers { code }")
        .await;
    let rows = seen["blockers"].as_array().expect("blockers");
    rows.iter().map(|row| text(&row["code"])).collect()
}

/// The states of an award's milestones, as the officer sees them.
async fn states(programme: &Programme, award: &str) -> Vec<String> {
    let seen = programme
        .see("officer", award, "Award", "milestones { state }")
        .await;
    let rows = seen["milestones"].as_array().expect("milestones");
    rows.iter().map(|row| text(&row["state"])).collect()
}

/// Releases the first tranche and tells its state.
async fn release(programme: &Programme, tranche: &str) -> Value {
    let asked = "releaseId amount { amount currency } tranche { state }";
    let released = programme.done(
        "preparer",
        "releaseTranche",
        json!({ "tranche": tranche }),
        asked,
    );
    let released = released.await;
    assert_eq!(released["tranche"]["state"], "RELEASED", "{released}");
    released
}

on_both! {
    async fn a_milestone_travels_from_its_submission_to_a_released_tranche(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("診断支援").await;
        let tranche = &award.tranches[0];
        assert!(award.number.starts_with("HTC-R"), "{}", award.number);

        // The notice was recorded with the acceptance; once is enough.
        let input = json!({ "award": award.id, "noticeReceivedOn": programme.day(-18) });
        let refused = programme.refused("officer", "recordNotice", input).await;
        assert_eq!(refused["code"], "NOTICE_ALREADY_RECORDED");

        // The applicant sees what stands against the money; finance meets the same.
        assert_eq!(blockers(&programme, "representative", tranche).await, ["GATE_NOT_PASSED"]);
        let refused = programme.refused("preparer", "releaseTranche", json!({ "tranche": tranche })).await;
        assert_eq!(refused["code"], "RELEASE_BLOCKED", "{refused}");

        let seal = programme.submit(&award, 0).await;
        let gate = programme.convened(&award, 0).await;
        // Kin is recused and may not judge.
        let vote = Programme::vote(&gate, &seal, "GO");
        let refused = programme.refused("reviewer-d", "signGate", vote).await;
        assert_eq!(refused["code"], "MEMBER_RECUSED");
        programme.signed(&gate, &seal, "GO", json!({})).await;

        let decide = json!({ "gate": gate, "outcome": "GO", "idempotencyKey": "decision-1" });
        let asked = "gate { state decision { outcome } } milestoneState";
        let decided = programme.done("director", "decideGate", decide.clone(), asked).await;
        assert_eq!(decided["milestoneState"], "PASSED");
        assert_eq!(decided["gate"]["decision"]["outcome"], "GO");
        // The same key gives the same answer; with another input it is refused.
        assert_eq!(programme.done("director", "decideGate", decide.clone(), asked).await, decided);
        let other = json!({ "gate": gate, "outcome": "NO_GO", "idempotencyKey": "decision-1" });
        let refused = programme.refused("director", "decideGate", other).await;
        assert_eq!(refused["code"], "IDEMPOTENCY_KEY_REUSED");

        assert_eq!(blockers(&programme, "preparer", tranche).await, Vec::<String>::new());
        let released = release(&programme, tranche).await;
        assert_eq!(released["amount"], json!({ "amount": "30000000", "currency": "JPY" }));
        let again = programme.refused("preparer", "releaseTranche", json!({ "tranche": tranche })).await;
        assert_eq!(again["code"], "TRANCHE_ALREADY_RELEASED", "{again}");
        assert_eq!(states(&programme, &award.id).await, ["PASSED", "OPEN", "LOCKED"]);
    }

    async fn a_gate_may_end_in_rework(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("再審査").await;
        let decided = programme.judge(&award, 0, "REWORK", json!({})).await;
        assert_eq!(decided["milestoneState"], "OPEN");
        let decided = programme.judge(&award, 0, "GO", json!({})).await;
        assert_eq!(decided["milestoneState"], "PASSED");
        release(&programme, &award.tranches[0]).await;
        // Both rounds are kept, each with its seal and its gate.
        let asked = "rounds { submissions { seal } gates { state } }";
        let seen = programme.see("representative", &award.milestones[0], "Milestone", asked).await;
        assert_eq!(seen["rounds"].as_array().map(Vec::len), Some(2), "{seen}");
    }

    async fn a_gate_may_end_in_a_hold_that_is_resumed(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("保留").await;
        let milestone = &award.milestones[0];
        let terms = json!({ "holdUntil": programme.day(30) });
        let decided = programme.judge(&award, 0, "HOLD", terms).await;
        assert_eq!(decided["milestoneState"], "HELD");
        let longer = json!({ "milestone": milestone, "until": programme.day(60), "reason": "調査中" });
        let held = programme.done("director", "extendHold", longer, "milestone { waitsUntil }").await;
        assert_eq!(held["milestone"]["waitsUntil"], programme.day(60));
        let resume = json!({
            "milestone": milestone,
            "mode": { "review": { "roster": programme.roster() } },
            "reason": "調査が終わった",
        });
        let asked = "milestone { state } gate { id seal }";
        let resumed = programme.done("director", "resumeHold", resume, asked).await;
        assert_eq!(resumed["milestone"]["state"], "IN_REVIEW");
        let (gate, seal) = (text(&resumed["gate"]["id"]), text(&resumed["gate"]["seal"]));
        programme.declared(&gate).await;
        programme.signed(&gate, &seal, "GO", json!({})).await;
        let decide = json!({ "gate": gate, "outcome": "GO" });
        let decided = programme.done("director", "decideGate", decide, "milestoneState").await;
        assert_eq!(decided["milestoneState"], "PASSED");
        release(&programme, &award.tranches[0]).await;
    }

    async fn a_gate_may_lay_down_a_condition_that_is_discharged(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("条件付").await;
        let terms = json!({
            "conditions": [{ "text": "倫理審査の承認", "dueOn": programme.day(30), "blocking": true }],
            "mayProceed": true,
        });
        let decided = programme.judge(&award, 0, "CONDITIONAL_GO", terms).await;
        let condition = text(&decided["conditionIds"][0]);
        let tranche = &award.tranches[0];
        assert_eq!(blockers(&programme, "representative", tranche).await, ["GATE_NOT_PASSED"]);
        let answer = json!({ "condition": condition, "reason": "承認書を確認した" });
        let refused = programme.refused("director", "waiveCondition", answer.clone()).await;
        assert_eq!(refused["code"], "BLOCKING_CONDITION_NOT_WAIVABLE");
        let asked = "condition { state } milestoneState";
        let discharged = programme.done("chair", "dischargeCondition", answer, asked).await;
        assert_eq!(discharged["milestoneState"], "PASSED", "{discharged}");
        release(&programme, tranche).await;
    }

    async fn a_gate_may_end_in_failure_after_which_the_award_goes_on(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("不合格").await;
        let decided = programme.judge(&award, 0, "NO_GO", json!({})).await;
        assert_eq!(decided["milestoneState"], "FAILED");
        assert_eq!(states(&programme, &award.id).await, ["FAILED", "LOCKED", "LOCKED"]);
        let go_on = json!({
            "milestone": award.milestones[0],
            "remainder": { "decommit": true },
            "reason": "後の段階は独立している",
        });
        programme.done("director", "continueAfterFailure", go_on, "milestone { state }").await;
        assert_eq!(states(&programme, &award.id).await[1], "OPEN");
        let seen = programme.see("officer", &award.tranches[0], "Tranche", "state").await;
        assert_eq!(seen["state"], "LAPSED");
    }

    async fn refusals_speak_the_callers_language_and_name_the_field(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("言語").await;
        let document = "mutation($input: ReleaseTrancheInput!) { releaseTranche(input: $input) \
             { ... on Refusal { code message } } }";
        let input = json!({ "tranche": award.tranches[0], "idempotencyKey": "k" });
        let body = json!({ "query": document, "variables": { "input": input } });
        let mut messages = Vec::new();
        for language in [None, Some("en-GB,en;q=0.9")] {
            let request = programme.server.request(Method::POST, "/graphql").json(&body);
            let request = request.bearer_auth(&programme.tokens["preparer"]);
            let request = match language {
                Some(language) => request.header("accept-language", language),
                None => request,
            };
            let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
            messages.push(text(&answer["data"]["releaseTranche"]["message"]));
        }
        assert!(!messages[0].is_ascii() && messages[1].is_ascii(), "{messages:?}");

        let long = json!({
            "award": award.id,
            "until": programme.day(10),
            "consequence": "",
            "reason": "あ".repeat(2_001),
        });
        let refused = programme.refused("director", "suspendAward", long).await;
        assert_eq!(refused["code"], "INVALID_INPUT");
        assert_eq!(refused["fields"][0]["path"], "reason");
        assert_eq!(refused["fields"][0]["code"], "LENGTH");
        let kpi = json!({
            "milestone": award.milestones[0],
            "narrative": "",
            "kpiValues": [{ "criterion": "SAFETY", "value": "1" }, { "criterion": "SAFETY", "value": "2" }],
        });
        let refused = programme.refused("researcher", "draftSubmission", kpi).await;
        assert_eq!(refused["fields"][0]["path"], "kpiValues[1]", "{refused}");
        // An id of another kind is the id of nothing.
        let wrong = json!({ "award": award.milestones[0], "reason": "?" });
        let refused = programme.refused("director", "endAward", wrong).await;
        assert_eq!(refused["code"], "NOT_FOUND");
    }

    async fn strangers_get_nothing(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let award = programme.offer("他者").await;
        let draft = json!({ "milestone": award.milestones[0], "narrative": "草案" });
        let asked = "submission { id }";
        let drafted = programme.done("researcher", "draftSubmission", draft.clone(), asked).await;
        let nodes = [
            ("Award", award.id.clone()),
            ("Milestone", award.milestones[0].clone()),
            ("Tranche", award.tranches[0].clone()),
            ("Submission", text(&drafted["submission"]["id"])),
        ];
        for (kind, id) in &nodes {
            for stranger in ["rival", "idle", "reviewer-a", "administrator"] {
                let seen = programme.see(stranger, id, kind, "id").await;
                assert!(seen.is_null(), "{stranger} sees {kind}: {seen}");
            }
        }
        let asked = "query($number: String!) { award(number: $number) { id } \
             awards(first: 10) { nodes { id } } }";
        let variables = json!({ "number": award.number });
        let rival = Some(programme.tokens["rival"].as_str());
        let answer = programme.server.query(rival, asked, variables).await;
        assert_eq!(answer["data"], json!({ "award": null, "awards": { "nodes": [] } }), "{answer}");
        // What a stranger tries answers as if there were nothing.
        let tried = [
            ("draftSubmission", draft.clone()),
            ("submitMilestone", json!({ "milestone": award.milestones[0] })),
            ("withdrawAward", json!({ "award": award.id, "reason": "?" })),
            ("acceptAward", json!({ "award": award.id, "noticeReceivedOn": programme.day(0) })),
        ];
        for (mutation, input) in tried {
            let refused = programme.refused("rival", mutation, input.clone()).await;
            assert_eq!(refused["code"], "NOT_FOUND", "{mutation}");
            let answer = programme.send("nobody", mutation, input, "__typename").await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
        }
    }

    async fn a_tokens_secret_is_shown_once_and_an_edit_names_what_it_read(db: TestDatabase) {
        let programme = Programme::new(&db).await;
        programme.name_account().await;
        let expires_at = format!("{}T00:00:00Z", programme.day(10));
        let issue = json!({
            "person": programme.id("officer"),
            "label": "once",
            "expiresAt": expires_at,
            "idempotencyKey": "once",
        });
        let asked = "serviceTokenId secret";
        let first = programme.done("administrator", "issueServiceToken", issue.clone(), asked).await;
        let again = programme.done("administrator", "issueServiceToken", issue, asked).await;
        assert_eq!(first["serviceTokenId"], again["serviceTokenId"]);
        assert!(first["secret"].is_string() && again["secret"].is_null(), "{again}");
        let who = "{ viewer { person { name { en } } } }";
        let secret = first["secret"].as_str();
        let answer = programme.server.query(secret, who, json!({})).await;
        assert_eq!(answer["data"]["viewer"]["person"]["name"]["en"], "officer");
        let revoke = json!({ "serviceToken": first["serviceTokenId"], "reason": "もう要らない" });
        programme.done("administrator", "revokeServiceToken", revoke, "serviceTokenId").await;
        let answer = programme.server.query(secret, who, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

        let award = programme.offer("編集").await;
        let mut draft = json!({ "milestone": award.milestones[0], "narrative": "一" });
        let drafted = programme.done("researcher", "draftSubmission", draft.clone(), "revision").await;
        draft["narrative"] = json!("二");
        draft["expectedVersion"] = drafted["revision"].clone();
        programme.done("researcher", "draftSubmission", draft.clone(), "revision").await;
        let refused = programme.refused("representative", "draftSubmission", draft).await;
        assert_eq!(refused["code"], "STALE");
    }
}
