//! A programme that was set up over HTTP, by mutations alone, from its first administrator on.
//!
//! ```ignore
//! let programme = Programme::new(&db).await;
//! let award = programme.offer("AI").await;                       // offered, noticed, accepted
//! let seal = programme.submit(&award, 0).await;                  // drafted, evidenced, submitted
//! let gate = programme.recommended(&award, 0, &seal, "GO", json!({})).await;
//! programme.done("director", "decideGate", json!({ .. }), "gate { state }").await   // the payload
//! programme.refused("officer", "decideGate", json!({ .. })).await                   // the refusal
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{Datelike, Days, NaiveDate};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::database::TestDatabase;
use crate::harness::server::{Executable, Server};

/// What is asked of a refusal.
const REFUSAL: &str = "code message fields { path code message } details { name value }";

/// Everybody, with the role that they hold and the body that they are of.
pub(crate) const EVERYBODY: [(&str, &str, &str); 16] = [
    ("officer", "OFFICER", ""),
    ("director", "DIRECTOR", ""),
    ("preparer", "FINANCE_PREPARER", ""),
    ("approver", "FINANCE_APPROVER", ""),
    ("auditor", "AUDITOR", ""),
    ("chair", "CHAIR", "third"),
    ("deputy", "CHAIR", "third"),
    ("reviewer-a", "REVIEWER", "first"),
    ("reviewer-b", "REVIEWER", "second"),
    ("reviewer-c", "REVIEWER", "third"),
    ("reviewer-d", "REVIEWER", "first"),
    ("representative", "REPRESENTATIVE", "applicant"),
    ("researcher", "RESEARCHER", "applicant"),
    ("contact", "FINANCE_CONTACT", "applicant"),
    ("rival", "REPRESENTATIVE", "rival"),
    ("idle", "", ""),
];

/// The panel of every gate; `reviewer-d` is added where somebody has to be recused.
const PANEL: [(&str, &str); 6] = [
    ("chair", "CHAIR"),
    ("deputy", "DEPUTY"),
    ("reviewer-a", "MEMBER"),
    ("reviewer-b", "MEMBER"),
    ("reviewer-c", "MEMBER"),
    ("reviewer-d", "MEMBER"),
];

/// A programme behind a running server.
pub(crate) struct Programme {
    /// The server.
    pub(crate) server: Server,
    /// Tokens by the name of whoever bears them.
    pub(crate) tokens: BTreeMap<String, String>,
    /// Ids by name: people, bodies, `programme`, `theme`.
    pub(crate) ids: BTreeMap<String, String>,
    /// Today in Japan, as the server has it.
    pub(crate) today: NaiveDate,
    requests: AtomicU64,
}

/// An award, with the ids of its milestones and of their tranches.
pub(crate) struct OfferedAward {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) milestones: Vec<String>,
    pub(crate) tranches: Vec<String>,
}

impl Programme {
    /// The programme with its people, its theme, a published template and envelopes.
    pub(crate) async fn new(db: &TestDatabase) -> Self {
        let executable = Executable::on(db, &[]);
        let made = executable.run(&[
            "admin",
            "bootstrap",
            "--name-ja",
            "花子",
            "--name-en",
            "Hanako",
        ]);
        let token = made
            .output
            .lines()
            .find_map(|line| line.strip_prefix("token: "));
        let token = token.unwrap_or_else(|| panic!("{made:?}")).to_owned();
        let server = executable.serve().await;
        let asked = "{ programme { id } viewer { today person { id } } }";
        let answer = server.query(Some(&token), asked, json!({})).await;
        let data = &answer["data"];
        let mut programme = Self {
            today: text(&data["viewer"]["today"]).parse().expect("a date"),
            ids: BTreeMap::from([
                ("programme".to_owned(), text(&data["programme"]["id"])),
                (
                    "administrator".to_owned(),
                    text(&data["viewer"]["person"]["id"]),
                ),
            ]),
            tokens: BTreeMap::from([("administrator".to_owned(), token)]),
            server,
            requests: AtomicU64::new(0),
        };
        programme.register().await;
        programme.open_theme().await;
        programme
    }

    /// The applicant has an account that is paid to at once, under whatever is offered from now on.
    pub(crate) async fn name_account(&self) {
        let input = json!({ "programme": self.id("programme"), "policy": Self::policy(3) });
        self.done("director", "publishPolicy", input, "__typename")
            .await;
        let asked = "payeeAccount { id }";
        let named = self.done(
            "contact",
            "proposePayeeAccount",
            self.account("届出"),
            asked,
        );
        let input = json!({
            "payeeAccount": named.await["payeeAccount"]["id"],
            "calledPerson": self.id("representative"),
            "calledOn": self.day(0),
            "note": "口頭で確認",
        });
        self.done("approver", "confirmPayeeAccount", input, "__typename")
            .await;
    }

    /// The proposal of an account of the applicant.
    pub(crate) fn account(&self, reason: &str) -> Value {
        json!({
            "organization": self.id("applicant"),
            "bank": "0001",
            "branch": "001",
            "depositKind": "ORDINARY",
            "number": "1234567",
            "holder": "申請者",
            "holderKana": "シンセイシャ",
            "reason": reason,
        })
    }

    /// The parameters of a policy by which a new account is paid to at once.
    pub(crate) fn policy(votes_min: u8) -> Value {
        json!({
            "votesMin": votes_min,
            "quorumBp": 5_001,
            "bodiesMin": 2,
            "chairVotes": false,
            "conflictYears": 3,
            "panelDeadlineDays": 30,
            "roundsMax": 3,
            "withdrawalDays": 15,
            "grantUnit": 1_000,
            "usageThresholdBp": 7_000,
            "accountCoolDownHours": 0,
            "surchargePer10000": 3,
            "surchargeCountsBothEnds": true,
            "repayToBudget": false,
            "closeOut": { "month": 4, "day": 30 },
            "retentionBp": 500,
            "standardDays": 60,
        })
    }

    /// The id of whatever goes by this name.
    pub(crate) fn id(&self, name: &str) -> &str {
        &self.ids[name]
    }

    /// So many days from today; before it when negative.
    pub(crate) fn day(&self, days: i64) -> String {
        let distance = Days::new(days.unsigned_abs());
        let day = if days < 0 {
            self.today - distance
        } else {
            self.today + distance
        };
        day.to_string()
    }

    /// Sends a mutation as `who` (nobody is the anonymous public), with a key of its own unless the
    /// input brings one. Gives the whole answer; the mutation's own is `data.result`.
    pub(crate) async fn send(
        &self,
        who: &str,
        mutation: &str,
        mut input: Value,
        selection: &str,
    ) -> Value {
        let stem = mutation[..1].to_uppercase() + &mutation[1..];
        let run = self.requests.fetch_add(1, Ordering::Relaxed);
        let fields = input.as_object_mut().expect("an input");
        fields
            .entry("idempotencyKey")
            .or_insert_with(|| json!(format!("request-{run}")));
        let document = format!(
            "mutation($input: {stem}Input!) {{ result: {mutation}(input: $input) {{ __typename \
             ... on {stem}Payload {{ {selection} }} ... on Refusal {{ {REFUSAL} }} }} }}"
        );
        let token = self.tokens.get(who).map(String::as_str);
        self.server
            .query(token, &document, json!({ "input": input }))
            .await
    }

    /// What a mutation that is accepted answers.
    pub(crate) async fn done(
        &self,
        who: &str,
        mutation: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        let mut answer = self.send(who, mutation, input, selection).await;
        let result = answer["data"]["result"].take();
        let name = result["__typename"].as_str().unwrap_or_default();
        assert!(
            name.ends_with("Payload"),
            "{who}: {mutation}: {answer} {result}"
        );
        result
    }

    /// With what a mutation is refused.
    pub(crate) async fn refused(&self, who: &str, mutation: &str, input: Value) -> Value {
        let mut answer = self.send(who, mutation, input, "__typename").await;
        let result = answer["data"]["result"].take();
        assert_eq!(
            result["__typename"], "Refusal",
            "{who}: {mutation}: {answer}"
        );
        result
    }

    /// What a query answers to `who`: its data, and no error.
    pub(crate) async fn ask(&self, who: &str, document: &str, variables: Value) -> Value {
        let mut answer = self.asked(who, document, variables).await;
        assert!(answer["errors"].is_null(), "{who}: {document}: {answer}");
        answer["data"].take()
    }

    /// The whole answer of a query to `who`.
    pub(crate) async fn asked(&self, who: &str, document: &str, variables: Value) -> Value {
        let token = self.tokens.get(who).map(String::as_str);
        self.server.query(token, document, variables).await
    }

    /// What `who` sees of `node`.
    pub(crate) async fn see(&self, who: &str, node: &str, kind: &str, selection: &str) -> Value {
        let document =
            format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {selection} }} }} }}");
        let token = self.tokens.get(who).map(String::as_str);
        let mut answer = self
            .server
            .query(token, &document, json!({ "id": node }))
            .await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"]["node"].take()
    }

    async fn register(&mut self) {
        for body in ["applicant", "rival", "first", "second", "third"] {
            let input = json!({
                "programme": self.id("programme"),
                "name": { "ja": body, "en": body },
                "identifiers": [{ "scheme": "TEST", "value": body }],
            });
            let done = self.done(
                "administrator",
                "registerOrganization",
                input,
                "organization { id }",
            );
            let id = text(&done.await["organization"]["id"]);
            self.ids.insert(body.to_owned(), id);
        }
        for (name, role, body) in EVERYBODY {
            self.register_person(name, role, body).await;
        }
    }

    async fn register_person(&mut self, name: &str, role: &str, body: &str) {
        let affiliation =
            |body: &String| json!([{ "organization": body, "from": self.day(-2_000) }]);
        let input = json!({
            "programme": self.id("programme"),
            "name": { "ja": name, "en": name },
            "email": format!("{name}@example.jp"),
            "affiliations": self.ids.get(body).map_or_else(|| json!([]), affiliation),
        });
        let done = self
            .done("administrator", "registerPerson", input, "person { id }")
            .await;
        let person = text(&done["person"]["id"]);
        if !role.is_empty() {
            let own = matches!(role, "REPRESENTATIVE" | "RESEARCHER" | "FINANCE_CONTACT");
            let scope = self.id(if own { body } else { "programme" });
            let input =
                json!({ "person": person, "role": role, "scope": scope, "from": self.day(0) });
            self.done("administrator", "grantRole", input, "roleGrantId")
                .await;
        }
        let expires_at = format!("{}T00:00:00Z", self.day(30));
        let input = json!({ "person": person, "label": "story", "expiresAt": expires_at });
        let issued = self
            .done("administrator", "issueServiceToken", input, "secret")
            .await;
        self.tokens.insert(name.to_owned(), text(&issued["secret"]));
        self.ids.insert(name.to_owned(), person);
    }

    /// Who pays, defined for this reason.
    pub(crate) fn originator(&self, reason: &str) -> Value {
        json!({
            "programme": self.id("programme"),
            "code": "1234567890",
            "bank": "0001",
            "branch": "001",
            "depositKind": "CURRENT",
            "number": "7654321",
            "nameKana": "ヘルステックチャレンジジムキョク",
            "bic": "MHCBJPJT",
            "reason": reason,
        })
    }

    /// Who publishes the programme's awards, for `reason`.
    pub(crate) fn publisher(&self, reason: &str) -> Value {
        json!({
            "programme": self.id("programme"),
            "prefix": "360G-test",
            "corporateNumber": "6000012070001",
            "name": { "ja": "厚生労働省", "en": "Ministry of Health, Labour and Welfare" },
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "reason": reason,
        })
    }

    /// In whose name the programme's notices are issued, for `reason`.
    pub(crate) fn letterhead(&self, reason: &str) -> Value {
        json!({
            "programme": self.id("programme"),
            "signatories": [{
                "office": { "ja": "厚生労働大臣", "en": "Minister of Health, Labour and Welfare" },
                "person": { "ja": "見本　太郎", "en": "Taro Mihon" },
            }],
            "remarks": [{
                "kind": "DECISION",
                "text": { "ja": "照会先は事務局とする。", "en": "The office answers questions." },
            }],
            "reason": reason,
        })
    }

    async fn open_theme(&mut self) {
        let title = json!({ "ja": "プログラム医療機器", "en": "Software as a medical device" });
        let input = json!({ "programme": self.id("programme"), "code": "SAMD", "title": title });
        let theme = self.done("officer", "defineTheme", input, "themeId").await;
        let theme = text(&theme["themeId"]);
        self.done(
            "director",
            "publishTheme",
            json!({ "theme": theme }),
            "theme { code }",
        )
        .await;
        let input = json!({ "theme": theme, "document": template() });
        let template = self
            .done("officer", "defineGateTemplate", input, "gateTemplateId")
            .await;
        let input = json!({ "gateTemplate": template["gateTemplateId"] });
        self.done("director", "publishGateTemplate", input, "gateTemplateId")
            .await;
        let input = self.originator("支払口座");
        self.done("director", "defineOriginator", input, "version")
            .await;
        for year in self.today.year() - 2..=self.today.year() + 2 {
            let input = json!({
                "theme": theme,
                "fiscalYear": year,
                "appropriated": yen(1_000_000_000),
                "consultationReference": "財計第1号",
            });
            self.done("director", "defineEnvelope", input, "balance { amount }")
                .await;
        }
        self.ids.insert("theme".to_owned(), theme);
    }

    /// An award of 100 million yen that was decided twenty days ago, noticed the day after and
    /// accepted today, so that its withdrawal term is over.
    pub(crate) async fn offer(&self, title: &str) -> OfferedAward {
        let input = json!({
            "theme": self.id("theme"),
            "organization": self.id("applicant"),
            "title": { "ja": title, "en": title },
            "applicationReference": "A-1",
            "applied": yen(120_000_000),
            "decided": yen(100_000_000),
            "decidedOn": self.day(-20),
            "participants": [self.id("researcher")],
        });
        let asked = "number award { id milestones { id tranche { id } } }";
        let offered = self.done("director", "offerAward", input, asked).await;
        let award = &offered["award"];
        let milestones = award["milestones"].as_array().expect("milestones");
        let made = OfferedAward {
            id: text(&award["id"]),
            number: text(&offered["number"]),
            tranches: milestones
                .iter()
                .map(|row| text(&row["tranche"]["id"]))
                .collect(),
            milestones: milestones.iter().map(|row| text(&row["id"])).collect(),
        };
        let input = json!({ "award": made.id, "noticeReceivedOn": self.day(-19) });
        let accepted = self
            .done("representative", "acceptAward", input, "award { state }")
            .await;
        assert_eq!(accepted["award"]["state"], "ACTIVE");
        made
    }

    /// Drafts, attaches a report, submits; gives the seal.
    pub(crate) async fn submit(&self, award: &OfferedAward, milestone: usize) -> String {
        let milestone = &award.milestones[milestone];
        let input = json!({
            "milestone": milestone,
            "narrative": "目標を達成した。",
            "kpiValues": [{ "criterion": "SAFETY", "value": "120" }],
        });
        let drafted = self
            .done("researcher", "draftSubmission", input, "submission { id }")
            .await;
        self.upload(&text(&drafted["submission"]["id"])).await;
        let input = json!({ "milestone": milestone });
        let submitted = self
            .done("representative", "submitMilestone", input, "seal")
            .await;
        text(&submitted["seal"])
    }

    /// Sends a report as evidence.
    pub(crate) async fn upload(&self, submission: &str) {
        let path = format!("/evidence?submission={submission}&kind=REPORT&file_name=report.txt");
        let sent = self
            .server
            .request(Method::PUT, &path)
            .bearer_auth(&self.tokens["researcher"])
            .body("臨床試験の結果の報告。\n")
            .send()
            .await
            .expect("an answer");
        assert_eq!(
            sent.status(),
            201,
            "{}",
            sent.text().await.unwrap_or_default()
        );
    }

    /// The roster of every gate.
    pub(crate) fn roster(&self) -> Value {
        PANEL
            .map(|(who, seat)| json!({ "person": self.id(who), "seat": seat }))
            .into()
    }

    /// Convenes the panel, everybody declares, `reviewer-d` is kin and recused; gives the gate.
    pub(crate) async fn convened(&self, award: &OfferedAward, milestone: usize) -> String {
        let input = json!({ "milestone": award.milestones[milestone], "roster": self.roster() });
        let convened = self
            .done(
                "officer",
                "conveneGate",
                input,
                "gate { id } quorumReachable",
            )
            .await;
        assert_eq!(convened["quorumReachable"], true);
        let gate = text(&convened["gate"]["id"]);
        self.declared(&gate).await;
        gate
    }

    /// Everybody on the panel declares, `reviewer-d` that the applicant is kin.
    pub(crate) async fn declared(&self, gate: &str) {
        for (who, _) in PANEL {
            let conflict = if who == "reviewer-d" { "KIN" } else { "NONE" };
            let input = json!({ "gate": gate, "conflict": conflict });
            let declared = self.done(who, "declareConflict", input, "recused").await;
            assert_eq!(declared["recused"], who == "reviewer-d");
        }
    }

    /// A vote on both criteria.
    pub(crate) fn vote(gate: &str, seal: &str, outcome: &str) -> Value {
        let is_met = matches!(outcome, "GO" | "CONDITIONAL_GO");
        let finding = |criterion: &str| json!({ "criterion": criterion, "met": is_met, "score": 7, "finding": "所見" });
        json!({
            "gate": gate,
            "seal": seal,
            "outcome": outcome,
            "findings": [finding("SAFETY"), finding("UPTAKE")],
            "reason": "妥当である",
        })
    }

    /// Three members sign and the chair recommends.
    pub(crate) async fn signed(&self, gate: &str, seal: &str, outcome: &str, terms: Value) {
        for who in ["reviewer-a", "reviewer-b", "reviewer-c"] {
            let seen = self.done(
                who,
                "signGate",
                Self::vote(gate, seal, outcome),
                "gate { myVote { outcome } }",
            );
            assert_eq!(seen.await["gate"]["myVote"]["outcome"], outcome);
        }
        let input = json!({ "gate": gate, "terms": terms });
        let recommended = self.done("chair", "recommendGate", input, "outcome").await;
        assert_eq!(recommended["outcome"], outcome);
    }

    /// The whole gate, from the draft to the decision as recommended; gives what was decided.
    pub(crate) async fn judge(
        &self,
        award: &OfferedAward,
        milestone: usize,
        outcome: &str,
        terms: Value,
    ) -> Value {
        let seal = self.submit(award, milestone).await;
        let gate = self.convened(award, milestone).await;
        self.signed(&gate, &seal, outcome, terms).await;
        let input = json!({ "gate": gate, "outcome": outcome, "reason": "答申のとおり" });
        self.done(
            "director",
            "decideGate",
            input,
            "gate { id state } milestoneState conditionIds",
        )
        .await
    }
}

/// So many yen.
pub(crate) fn yen(amount: u64) -> Value {
    json!({ "amount": amount.to_string(), "currency": "JPY" })
}

/// A text of an answer.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// Three stages of 30, 30 and 35 % and a retention of 5 %.
fn template() -> Value {
    let stage = |(ordinal, share): (u16, u16)| {
        json!({
            "ordinal": ordinal,
            "code": format!("S{ordinal}"),
            "title": { "ja": "段階", "en": "stage" },
            "standardDays": 30,
            "defaultShareBp": share,
            "mayGoBack": false,
            "criteria": [
                {
                    "code": "SAFETY",
                    "title": { "ja": "安全性", "en": "safety" },
                    "weightBp": 6_000,
                    "payableShareBp": 6_000,
                    "blocking": true,
                    "kpi": { "unit": "patients", "direction": "AT_LEAST", "target": "100" },
                    "evidenceKinds": ["REPORT"],
                },
                {
                    "code": "UPTAKE",
                    "title": { "ja": "普及", "en": "uptake" },
                    "weightBp": 4_000,
                    "payableShareBp": 4_000,
                    "blocking": false,
                    "evidenceKinds": [],
                },
            ],
        })
    };
    json!({
        "code": "SAMD",
        "version": 1,
        "title": { "ja": "雛形", "en": "template" },
        "roundsMax": 3,
        "advanceBp": 0,
        "retentionBp": 500,
        "stages": ([(1, 3_000), (2, 3_000), (3, 3_500)].map(stage)),
    })
}
