//! `verify` finds sound books sound, and names each kind of damage where it is.
//!
//! The damage is done behind the program's back: without triggers, without constraints, as only
//! somebody with the database's own keys could. Each is done in a transaction that is rolled back, so
//! that every one of them is alone.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::award::{CancellationGround, Remainder};
use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, CarryOverGrounds, Costs, ReportContent, ReportKind, ReturnKind};
use domain::criterion::EvidenceKind;
use domain::finding::FindingCode;
use domain::gate::{ConditionDraft, Terms, Verifier};
use domain::id::{GateId, MilestoneId};
use domain::ledger::Account;
use domain::milestone::Outcome;
use domain::{Coded, Currency, Money, Rate};
use futures_util::stream;
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, EntityTrait,
    QueryFilter, QueryOrder,
};
use store::Entropy;
use store::command::{
    AcceptReport, ApplyReceipt, AttachEvidence, CancelAward, CloseAward, CloseYear, DefineEnvelope,
    DetermineAmount, DraftSubmission, EndAward, OrderReturn, RecordReceipt, ReleaseForSetOff,
    ReleaseTranche, SetBudget, SetOff, SubmitReport,
};
use store::entity::{
    audit_event, carry_over, determination, evidence, gate_decision, ledger_transfer,
    payee_account, payment_batch, payment_instruction, receipt, return_charge, role_grant, set_off,
    settlement_line, submission, tranche_release, year_closing,
};
use store::vault::{Vault, VaultSettings};
use store::verify::{Finding, verify};
use tempfile::TempDir;
use uuid::Uuid;

use crate::builders::{Granted, Verdict, World, date, millions};
use crate::harness::database::{Backend, TestDatabase};

use FindingCode::{
    AccountOverdrawn, AmountsDisagree, AuditChainBroken, BatchAltered, CalculationWrong,
    CarryOverWrong, ClosedYearMoved, CommandUnaudited, CommittedWithoutNeed, DeterminationWrong,
    EvidenceAltered, EvidenceMissing, GateWithoutQuorum, LockWrong, PayeeAccountAltered,
    PaymentStateWrong, PaymentTransferWrong, PaymentWithoutRelease, ReleaseTransferWrong,
    ReleaseWithoutGate, ReleasedAboveDecided, ReturnOrderWrong, RowUnreadable, SealMismatch,
    SecondPersonMissing, TrancheStateWrong, TransferNotAllowed, YearClosingWrong,
};

/// What is named: a code and a place.
type Named = BTreeSet<(FindingCode, String)>;

fn named(findings: &[Finding]) -> Named {
    findings
        .iter()
        .map(|finding| (finding.code, finding.place.clone()))
        .collect()
}

/// A history with something of everything.
struct History {
    world: World,
    /// Passed with evidence and released; passed in part; in review.
    award: Granted,
    /// Passed under a condition that blocks; locked.
    conditional: Granted,
    /// Nothing has happened yet.
    fresh: Granted,
    /// Cancelled, paid back by a receipt and a set-off, and closed.
    returned: Granted,
    /// The gate that `award` passed first.
    gate: GateId,
    vault: Vault,
    folder: TempDir,
}

impl History {
    async fn new(db: &TestDatabase) -> Self {
        let world = World::new(db).await;
        close_a_past_year(&world).await;
        let folder = TempDir::new().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let vault = Vault::open(&settings).expect("a vault");
        let award = world.award().active().await;
        let conditional = world
            .award()
            .milestone(10, 2026)
            .milestone(10, 2026)
            .active()
            .await;
        let fresh = world.award().active().await;
        attach(&world, &vault, award.milestones[0]).await;
        let gate = world.pass(award.milestones[0]).await;
        let release = ReleaseTranche {
            tranche: award.tranches[0],
        };
        world.run(world.people.preparer, &release).await;
        let partial = Verdict::partial(&["SAFETY"], Remainder::Decommit);
        world.judge(award.milestones[1], partial).await;
        world.submit(award.milestones[2]).await;
        world.convene(award.milestones[2]).await;
        let condition = ConditionDraft {
            text: "倫理審査の承認".to_owned(),
            due_on: date("2026-09-30"),
            blocking: true,
            verifier: Verifier::Chair,
        };
        let terms = Terms {
            conditions: vec![condition],
            ..Terms::default()
        };
        let passed = Verdict::of(Outcome::ConditionalGo, &["SAFETY", "UPTAKE"]).with(terms);
        world.judge(conditional.milestones[0], passed).await;
        determined(&world).await;
        let paid = world.award().advance(1).milestone(9, 2026).active().await;
        world.pay(paid.advance.expect("an advance")).await;
        let returned = taken_back(&world).await;
        Self {
            world,
            award,
            conditional,
            fresh,
            returned,
            gate,
            vault,
            folder,
        }
    }

    async fn first<E: EntityTrait>(&self, of: sea_orm::Select<E>) -> E::Model {
        let found = of.one(self.world.store.reads()).await;
        found.expect("an answer").expect("a row")
    }

    async fn submission(&self, milestone: MilestoneId) -> submission::Model {
        let of = submission::Column::MilestoneId.eq(milestone.uuid());
        self.first(submission::Entity::find().filter(of)).await
    }

    async fn transfer(&self, kind: &str) -> ledger_transfer::Model {
        let rows = ledger_transfer::Entity::find()
            .filter(ledger_transfer::Column::Kind.eq(kind))
            .order_by_asc(ledger_transfer::Column::Id);
        self.first(rows).await
    }

    async fn release(&self) -> tranche_release::Model {
        let rows = tranche_release::Entity::find().order_by_asc(tranche_release::Column::Id);
        self.first(rows).await
    }
}

/// Ends an award of which nothing was paid, and determines that nothing was earned.
async fn determined(world: &World) {
    let people = &world.people;
    let award = world.award().milestone(10, 2026).active().await.id;
    let reason = || "事情の変更".to_owned();
    let ending = EndAward {
        award,
        reason: reason(),
    };
    world.run(people.director, &ending).await;
    let (none, budget_year) = (Money::zero(Currency::JPY), FiscalYear::new(2026));
    let costs = || Costs::new(BTreeMap::new(), none, none).expect("costs");
    let budget = SetBudget {
        award,
        budget_year,
        approved: costs(),
        standard: Money::of_minor(1, Currency::JPY),
        rate: Rate::new(1, 2).expect("a rate"),
        reason: reason(),
    };
    world.run(people.director, &budget).await;
    let result = SubmitReport {
        award,
        kind: ReportKind::Result,
        budget_year,
        content: ReportContent {
            narrative: reason(),
            expenditure: Some(costs()),
            tax_credit: None,
        },
    };
    let report = world.run(people.representative, &result).await.report;
    world.run(people.officer, &AcceptReport { report }).await;
    let determine = DetermineAmount {
        award,
        budget_year,
        return_due_on: None,
        reason: reason(),
    };
    world.run(people.director, &determine).await;
}

/// Cancels an award of which two millions were paid. One comes back in time; the other is set off with all
/// charges on the tenth day after it was due, and the award is closed.
async fn taken_back(world: &World) -> Granted {
    let (people, why) = (&world.people, || "補助金の他用途使用".to_owned());
    let award = world.award().advance(2).milestone(8, 2026).active().await;
    world.pay(award.advance.expect("an advance")).await;
    let due = world.award().advance(5).milestone(5, 2026).active().await;
    let cancel = CancelAward {
        award: award.id,
        ground: CancellationGround::OtherUse,
        part: None,
        reason: why(),
    };
    world.run(people.director, &cancel).await;
    let order = OrderReturn {
        award: award.id,
        kind: ReturnKind::Cancellation,
        budget_year: FiscalYear::new(2026),
        amount: Some(millions(2)),
        due_on: world.clock.today(),
        reason: why(),
    };
    let return_order = world.run(people.director, &order).await.return_order;
    let tranche = due.advance.expect("an advance");
    world
        .run(people.preparer, &ReleaseForSetOff { tranche })
        .await;
    let record = RecordReceipt {
        organization: world.bodies.applicant,
        amount: millions(1),
        received_on: world.clock.today(),
        reference: "歳入1".to_owned(),
    };
    let receipt = world.run(people.preparer, &record).await.receipt;
    let apply = ApplyReceipt {
        receipt,
        return_order,
    };
    world.run(people.approver, &apply).await;
    world.clock.pass_days(10);
    let set_off = SetOff {
        tranche,
        reason: why(),
    };
    world.run(people.director, &set_off).await;
    world
        .run(people.director, &CloseAward { award: award.id })
        .await;
    award
}

/// Damage to what came back.
async fn return_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let receipt = history.first(receipt::Entity::find()).await;
    let set_off = history.first(set_off::Entity::find()).await;
    let levied = return_charge::Entity::find().filter(return_charge::Column::Entry.eq("LEVIED"));
    let levied = history.first(levied).await;
    let wrong = |place: String| (ReturnOrderWrong, place);
    let row = history.returned.row(&history.world).await;
    let paid = ledger_transfer::Entity::find()
        .filter(ledger_transfer::Column::Kind.eq("SETTLE_ESTIMATE"))
        .filter(ledger_transfer::Column::ToOwner.eq(row.id));
    let paid = history.first(paid).await;
    vec![
        damage(
            "UPDATE receipt SET amount_minor = amount_minor + 1".to_owned(),
            [wrong(format!("receipt {}", receipt.id))],
        ),
        damage(
            "UPDATE set_off SET kept_minor = kept_minor - 1".to_owned(),
            [wrong(format!("set-off {}", set_off.id))],
        ),
        damage(
            format!(
                "UPDATE return_charge SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(levied.id)
            ),
            [wrong(format!("return charge {}", levied.id))],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(paid.id)
            ),
            [
                (AmountsDisagree, format!("award {}", row.number)),
                (PaymentTransferWrong, format!("answer {}", paid.record_id)),
                (AccountOverdrawn, format!("in_transit:{}:2026", row.id)),
            ],
        ),
    ]
}

/// Damage to what is determined and ordered back.
async fn closing_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let row = history.first(determination::Entity::find()).await;
    let order = Uuid::from_u128(8);
    vec![
        damage(
            "UPDATE determination SET fixed_minor = 1".to_owned(),
            [(DeterminationWrong, format!("determination {}", row.id))],
        ),
        damage(
            format!(
                "INSERT INTO return_order (id, programme_id, award_id, budget_year, kind, \
                 amount_minor, granted_minor, currency, receipts, ordered_on, due_on, reason, \
                 occurred_at, recorded_at, command_id) \
                 SELECT {}, programme_id, award_id, budget_year, 'GOOD_FAITH', 1, 0, currency, \
                 '[]', '2026-06-01', '2026-06-02', reason, occurred_at, recorded_at, \
                 command_id FROM determination",
                db.id(order)
            ),
            [(ReturnOrderWrong, format!("return order {order}"))],
        ),
    ]
}

/// Seven millions of the year before, two of which are carried over.
async fn close_a_past_year(world: &World) {
    let past = FiscalYear::new(2025);
    let define = DefineEnvelope {
        theme: world.theme,
        fiscal_year: past,
        appropriated: millions(7),
        consultation_reference: None,
    };
    world.run(world.people.director, &define).await;
    let grounds = CarryOverGrounds {
        item: "ヘルステック開発支援".to_owned(),
        reason: "公募の遅れ".to_owned(),
        reference: "財計第3号".to_owned(),
    };
    let close = CloseYear {
        theme: world.theme,
        budget_year: past,
        carry_overs: vec![CarryOver {
            tranche: None,
            amount: millions(2),
            grounds,
        }],
    };
    world.run(world.people.director, &close).await;
}

/// Damage to what was paid.
async fn payment_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let batch = history.first(payment_batch::Entity::find()).await;
    let payment = history.first(payment_instruction::Entity::find()).await;
    let answer = history.first(settlement_line::Entity::find()).await;
    let settled = history.transfer("SETTLE_ESTIMATE").await;
    let other =
        tranche_release::Entity::find().filter(tranche_release::Column::Id.ne(payment.release_id));
    let other = db.id(history.first(other).await.id);
    let hash = "0".repeat(64);
    let altered = || (BatchAltered, format!("batch {}", batch.number));
    let paid = format!("payment {}", payment.reference);
    let of_batch = |change: &str| {
        let id = db.id(batch.id);
        format!("UPDATE payment_batch SET {change} WHERE id = {id}")
    };
    let of_payment = |change: &str| {
        let id = db.id(payment.id);
        format!("UPDATE payment_instruction SET {change} WHERE id = {id}")
    };
    vec![
        damage(of_batch("total_minor = total_minor + 1"), [altered()]),
        damage(of_batch("rows_count = 2"), [altered()]),
        damage(of_batch(&format!("digest = '{hash}'")), [altered()]),
        damage(of_batch(&format!("export_sha256 = '{hash}'")), [altered()]),
        damage(of_payment(&format!("row_hash = '{hash}'")), [altered()]),
        damage(
            of_payment(&format!("release_id = {other}")),
            [(PaymentWithoutRelease, paid.clone()), altered()],
        ),
        damage(
            of_payment("state = 'SENT'"),
            [(PaymentStateWrong, paid.clone())],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET value_date = '2020-01-01' WHERE id = {}",
                db.id(settled.id)
            ),
            [(PaymentTransferWrong, format!("answer {}", answer.id))],
        ),
        damage(
            format!(
                "DELETE FROM settlement_line WHERE id = {}",
                db.id(answer.id)
            ),
            [
                (PaymentTransferWrong, format!("payment {}", answer.id)),
                (PaymentStateWrong, paid),
            ],
        ),
    ]
}

/// Stores a small report and attaches it to a draft for `milestone`.
async fn attach(world: &World, vault: &Vault, milestone: MilestoneId) {
    let draft = DraftSubmission {
        milestone,
        narrative: "達成した".to_owned(),
        kpi_values: BTreeMap::new(),
        expected_version: None,
    };
    let drafted = world.run(world.people.researcher, &draft).await;
    let bytes = stream::iter([Ok::<_, String>(Bytes::from_static(b"4.1 of 5\n"))]);
    let stored = vault.store(store::SystemEntropy.uuid(), bytes, 100).await;
    let stored = stored.expect("stored evidence");
    let attach = AttachEvidence {
        submission: drafted.submission,
        sha256: stored.sha256,
        size_bytes: stored.size_bytes,
        media_type: stored.media_type.to_string(),
        kind: EvidenceKind::Report,
        file_name: "report.txt".to_owned(),
    };
    world.run(world.people.researcher, &attach).await;
}

/// A connection on which nothing guards the rows.
struct Unguarded {
    db: DatabaseConnection,
    backend: Backend,
}

impl Unguarded {
    async fn open(database: &TestDatabase) -> Self {
        let mut options = ConnectOptions::new(&database.url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.expect("a connection");
        let unguarded = Self {
            db,
            backend: database.backend,
        };
        match database.backend {
            Backend::Sqlite => {
                unguarded.run("PRAGMA foreign_keys = OFF").await;
                unguarded.run("PRAGMA ignore_check_constraints = ON").await;
            }
            // No trigger fires, foreign keys among them.
            Backend::Postgres => {
                unguarded
                    .run("SET session_replication_role = replica")
                    .await;
            }
        }
        unguarded
    }

    async fn run(&self, statement: &str) {
        let done = self.db.execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// Takes away what `session_replication_role` and the pragmas leave standing.
    async fn disarm(&self) {
        let query = match self.backend {
            Backend::Sqlite => {
                "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
            }
            Backend::Postgres => {
                "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname \
                 FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
            }
        };
        for row in self
            .db
            .query_all_raw(statement(&self.db, query))
            .await
            .expect("guards")
        {
            self.run(&row.try_get_by_index::<String>(0).expect("a text"))
                .await;
        }
    }

    fn id(&self, id: impl Into<Uuid>) -> String {
        let id: Uuid = id.into();
        match self.backend {
            Backend::Sqlite => format!("x'{}'", id.simple()),
            Backend::Postgres => format!("'{id}'"),
        }
    }

    /// What is named once `damage` was done. Afterwards it is undone.
    async fn named_after(&self, vault: &Vault, damage: &str) -> Named {
        self.run("BEGIN").await;
        self.disarm().await;
        let done = self.db.execute_unprepared(damage).await;
        let done = done.unwrap_or_else(|error| panic!("{damage}: {error}"));
        assert_eq!(done.rows_affected(), 1, "{damage}");
        let verification = verify(&self.db, vault, |_| ()).await.expect("an answer");
        self.run("ROLLBACK").await;
        named(&verification.findings)
    }
}

fn statement(db: &DatabaseConnection, text: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(db.get_database_backend(), text)
}

/// One damage, and all that has to be named, the damage itself first.
struct Damage {
    sql: String,
    named: Vec<(FindingCode, String)>,
}

fn damage(sql: String, named: impl IntoIterator<Item = (FindingCode, String)>) -> Damage {
    Damage {
        sql,
        named: named.into_iter().collect(),
    }
}

/// Damage to the money.
#[expect(clippy::too_many_lines, reason = "one list, an entry a damage")]
async fn money_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History { award, fresh, .. } = history;
    let release = history.release().await;
    let commit = history.transfer("COMMIT").await;
    let moved = history.transfer("RELEASE").await;
    let appropriated = history.transfer("APPROPRIATE").await;
    let envelope = Account::envelope(history.world.theme, FiscalYear::new(2026), Currency::JPY);
    let nobody = Uuid::from_u128(7);
    let (paid, tranche) = (
        format!("release {}", release.id),
        format!("tranche {}", award.tranches[0]),
    );
    let number = |award: &Granted| format!("award {}", award.number);
    let transfer = |change: &str, row: &ledger_transfer::Model| {
        format!(
            "UPDATE ledger_transfer SET {change} WHERE id = {}",
            db.id(row.id)
        )
    };
    let released = |change: &str| {
        let id = db.id(release.id);
        format!("UPDATE tranche_release SET {change} WHERE id = {id}")
    };
    let calculation = release
        .calculation
        .to_string()
        .replace("10000000", "9999999");
    let of = |id: domain::id::TrancheId| db.id(id.uuid());
    vec![
        damage(
            transfer("reason = 'ACT_17'", &commit),
            [(TransferNotAllowed, format!("transfer {}", commit.id))],
        ),
        damage(
            transfer("kind = 'GIFT'", &appropriated),
            [
                (RowUnreadable, format!("transfer {}", appropriated.id)),
                (AccountOverdrawn, envelope.to_string()),
            ],
        ),
        damage(
            transfer("amount_minor = 1", &appropriated),
            [(AccountOverdrawn, envelope.to_string())],
        ),
        damage(
            transfer(&format!("record_id = {}", db.id(nobody)), &moved),
            [
                (ReleaseTransferWrong, paid.clone()),
                (ReleaseTransferWrong, format!("release {nobody}")),
            ],
        ),
        damage(
            transfer("amount_minor = amount_minor - 1", &moved),
            [
                (ReleaseTransferWrong, paid.clone()),
                (CommittedWithoutNeed, number(award)),
            ],
        ),
        damage(
            format!("DELETE FROM ledger_transfer WHERE id = {}", db.id(moved.id)),
            [
                (ReleaseTransferWrong, paid.clone()),
                (CommittedWithoutNeed, number(award)),
            ],
        ),
        damage(
            released("gate_id = NULL"),
            [(ReleaseWithoutGate, tranche.clone())],
        ),
        damage(
            format!(
                "UPDATE gate SET state = 'CONVENED' WHERE id = {}",
                db.id(history.gate.uuid())
            ),
            [(ReleaseWithoutGate, tranche.clone())],
        ),
        damage(
            released(&format!("calculation = '{calculation}'")),
            [(CalculationWrong, tranche.clone())],
        ),
        damage(
            released("amount_minor = amount_minor - 1"),
            [
                (CalculationWrong, tranche.clone()),
                (ReleaseTransferWrong, paid),
            ],
        ),
        damage(
            format!(
                "UPDATE tranche SET state = 'PLANNED' WHERE id = {}",
                of(award.tranches[0])
            ),
            [(TrancheStateWrong, tranche)],
        ),
        damage(
            format!(
                "UPDATE decided_amount SET amount_minor = 9999999 WHERE award_id = {}",
                db.id(award.id.uuid())
            ),
            [(ReleasedAboveDecided, number(award))],
        ),
        damage(
            format!(
                "UPDATE tranche SET state = 'LAPSED' WHERE id = {}",
                of(fresh.tranches[2])
            ),
            [(CommittedWithoutNeed, number(fresh))],
        ),
        damage(
            format!(
                "UPDATE tranche SET budget_year = 2027 WHERE id = {}",
                of(fresh.tranches[2])
            ),
            [(CommittedWithoutNeed, number(fresh))],
        ),
    ]
}

/// Damage to a year that is closed.
async fn year_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let closing = history.first(year_closing::Entity::find()).await;
    let carried = history.first(carry_over::Entity::find()).await;
    let of_year = ledger_transfer::Column::ToBudgetYear.eq(2025);
    let appropriated = ledger_transfer::Entity::find()
        .filter(of_year)
        .filter(ledger_transfer::Column::Kind.eq("APPROPRIATE"));
    let appropriated = history.first(appropriated).await;
    let closed = || (YearClosingWrong, format!("year closing {}", closing.id));
    let carry_over = || (CarryOverWrong, format!("carry-over {}", carried.id));
    vec![
        damage(
            "UPDATE year_closing SET lapsed_minor = lapsed_minor + 1".to_owned(),
            [closed()],
        ),
        damage("DELETE FROM year_closing".to_owned(), [closed()]),
        damage(
            "UPDATE carry_over SET amount_minor = amount_minor + 1".to_owned(),
            [carry_over(), closed()],
        ),
        damage(
            "UPDATE carry_over SET budget_year = budget_year - 1".to_owned(),
            [carry_over()],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(appropriated.id)
            ),
            [closed()],
        ),
        damage(
            format!(
                "UPDATE ledger_transfer SET recorded_at = \
                 (SELECT max(recorded_at) FROM ledger_transfer) WHERE id = {}",
                db.id(appropriated.id)
            ),
            [(ClosedYearMoved, format!("transfer {}", appropriated.id))],
        ),
    ]
}

/// Damage to the account that is paid to, and to the record of the call that confirmed it.
async fn account_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let account = history.first(payee_account::Entity::find()).await;
    let caller = db.id(history.world.people.finance_contact.uuid());
    let batches = payment_batch::Entity::find()
        .all(history.world.store.reads())
        .await;
    let batches = batches.expect("batches");
    // Whether the change is one of what is paid to, which every batch holds as well.
    [
        ("number = '7654321'".to_owned(), true),
        ("holder_kana = 'ﾄﾞﾛﾎﾞｳ'".to_owned(), true),
        ("number = '7654321', salt = NULL".to_owned(), true),
        (format!("called_person_id = {caller}"), false),
        ("answer_note = 'nobody answered'".to_owned(), false),
    ]
    .into_iter()
    .map(|(change, is_paid_to)| {
        let altered = format!("payee account {}", account.id);
        let paid = batches.iter().filter(|_| is_paid_to);
        let paid = paid.map(|batch| (BatchAltered, format!("batch {}", batch.number)));
        let named: Vec<_> = [(PayeeAccountAltered, altered)]
            .into_iter()
            .chain(paid)
            .collect();
        damage(format!("UPDATE payee_account SET {change}"), named)
    })
    .collect()
}

/// Damage to the way of a milestone.
async fn gate_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History {
        world,
        award,
        conditional,
        fresh,
        ..
    } = history;
    let milestone =
        |award: &Granted, place: usize| format!("milestone {}", award.milestones[place]);
    let gate = format!("gate {}", history.gate);
    let sealed = history.submission(award.milestones[0]).await;
    let both = || {
        [
            (SealMismatch, milestone(award, 0)),
            (SealMismatch, format!("submission {}", sealed.id)),
        ]
    };
    let [seal_a, seal_b] = both();
    let piece = history.first(evidence::Entity::find()).await;
    let of_gate = format!("gate_id = {}", db.id(history.gate.uuid()));
    let reviewer = db.id(world.people.reviewers[0].uuid());
    let director = db.id(world.people.director.uuid());
    let moved = |award: &Granted, place: usize, state: &str| {
        let id = db.id(award.milestones[place].uuid());
        format!("UPDATE milestone SET state = '{state}' WHERE id = {id}")
    };
    vec![
        damage(
            moved(conditional, 1, "OPEN"),
            [(LockWrong, milestone(conditional, 1))],
        ),
        damage(
            moved(fresh, 0, "LOCKED"),
            [(LockWrong, milestone(fresh, 0))],
        ),
        damage(
            format!(
                "UPDATE submission SET narrative = 'ok' WHERE id = {}",
                db.id(sealed.id)
            ),
            both(),
        ),
        damage(
            "UPDATE evidence SET size_bytes = size_bytes + 1".to_owned(),
            [
                seal_a,
                seal_b,
                (EvidenceAltered, format!("evidence {}", piece.id)),
            ],
        ),
        damage(
            format!(
                "UPDATE tranche SET amount_minor = amount_minor + 1 WHERE id = {}",
                db.id(award.tranches[2].uuid())
            ),
            [(SealMismatch, milestone(award, 2))],
        ),
        damage(
            format!(
                "UPDATE sign_off SET void_reason = 'x' WHERE person_id = {reviewer} AND {of_gate}"
            ),
            [(GateWithoutQuorum, gate.clone())],
        ),
        damage(
            format!("DELETE FROM recommendation WHERE {of_gate}"),
            [(GateWithoutQuorum, gate.clone())],
        ),
        damage(
            format!("UPDATE gate_decision SET decided_by = {reviewer} WHERE {of_gate}"),
            [(SecondPersonMissing, gate.clone())],
        ),
        damage(
            format!("UPDATE tranche_release SET released_by = {director} WHERE {of_gate}"),
            [(SecondPersonMissing, gate)],
        ),
    ]
}

/// Damage to what is written about everything.
async fn record_damages(history: &History, db: &Unguarded) -> Vec<Damage> {
    let History {
        world,
        award,
        conditional,
        ..
    } = history;
    let accepted = audit_event::Entity::find()
        .filter(audit_event::Column::ChainId.eq(award.id.uuid()))
        .filter(audit_event::Column::Sequence.eq(2));
    let accepted = history.first(accepted).await;
    assert_eq!(accepted.operation, "ACCEPT_AWARD");
    let event = |sequence: u32| format!("AWARD {} event {sequence}", award.id);
    let of_event = format!("WHERE id = {}", db.id(accepted.id));
    let grant = role_grant::Column::PersonId.eq(world.people.rival.uuid());
    let grant = history
        .first(role_grant::Entity::find().filter(grant))
        .await;
    let of_gate = gate_decision::Column::GateId.eq(history.gate.uuid());
    let decision = history
        .first(gate_decision::Entity::find().filter(of_gate))
        .await;
    let nobody = db.id(Uuid::from_u128(7));
    vec![
        damage(
            format!(
                "UPDATE award SET state = 'NOWHERE' WHERE id = {}",
                db.id(conditional.id.uuid())
            ),
            [(RowUnreadable, format!("award {}", conditional.number))],
        ),
        damage(
            format!("UPDATE audit_event SET actor_id = {nobody} {of_event}"),
            [(AuditChainBroken, event(2))],
        ),
        damage(
            format!("DELETE FROM audit_event {of_event}"),
            [(AuditChainBroken, event(3))],
        ),
        damage(
            format!(
                "UPDATE role_grant SET command_id = {nobody} WHERE id = {}",
                db.id(grant.id)
            ),
            [(CommandUnaudited, format!("role_grant {}", grant.id))],
        ),
        damage(
            format!(
                "UPDATE gate_decision SET command_id = {nobody} WHERE id = {}",
                db.id(decision.id)
            ),
            [(CommandUnaudited, format!("gate_decision {}", decision.id))],
        ),
    ]
}

/// What is named when stored evidence is altered, and when it is gone.
async fn vault_damages(history: &History, db: &Unguarded) -> Vec<FindingCode> {
    let piece = history.first(evidence::Entity::find()).await;
    let sha256 = &piece.sha256;
    let folder = history.folder.path().join("evidence/sha256");
    let path = folder.join(&sha256[..2]).join(&sha256[2..4]).join(sha256);
    let place = format!("evidence {}", piece.id);
    let whole = std::fs::read(&path).expect("the stored bytes");
    std::fs::write(&path, b"5.0 of 5\n").expect("other bytes");
    let altered = verify(&db.db, &history.vault, |_| ())
        .await
        .expect("an answer");
    assert_eq!(
        named(&altered.findings),
        [(EvidenceAltered, place.clone())].into()
    );
    std::fs::remove_file(&path).expect("no bytes");
    let missing = verify(&db.db, &history.vault, |_| ())
        .await
        .expect("an answer");
    assert_eq!(named(&missing.findings), [(EvidenceMissing, place)].into());
    std::fs::write(&path, whole).expect("the bytes");
    vec![EvidenceAltered, EvidenceMissing]
}

on_both! {
    async fn sound_books_are_found_sound_and_each_kind_of_damage_is_named(db: TestDatabase) {
        let history = History::new(&db).await;
        let unguarded = Unguarded::open(&db).await;
        let mut parts = Vec::new();
        let sound = verify(&unguarded.db, &history.vault, |part| parts.push(part))
            .await
            .expect("an answer");
        assert_eq!(sound.findings, []);
        assert_eq!(parts.len(), 11, "{parts:?}");
        for what in [
            "answers of the bank", "audit events", "awards", "carry-overs", "determinations",
            "evidence", "gates", "live seals", "milestones", "payee accounts", "payment batches",
            "payments", "receipts", "releases", "return charges", "return orders", "seals", "set-offs", "five amounts",
            "tranches", "transfers", "year closings",
        ] {
            assert!(sound.checked.get(what).is_some_and(|count| *count > 0), "no {what} were checked");
        }

        let mut damages = money_damages(&history, &unguarded).await;
        damages.extend(closing_damages(&history, &unguarded).await);
        damages.extend(return_damages(&history, &unguarded).await);
        damages.extend(year_damages(&history, &unguarded).await);
        damages.extend(payment_damages(&history, &unguarded).await);
        damages.extend(gate_damages(&history, &unguarded).await);
        damages.extend(account_damages(&history, &unguarded).await);
        damages.extend(record_damages(&history, &unguarded).await);
        let mut seen: BTreeSet<FindingCode> = BTreeSet::new();
        for damage in damages {
            let named = unguarded.named_after(&history.vault, &damage.sql).await;
            seen.extend(damage.named.first().map(|(code, _)| *code));
            assert_eq!(named, damage.named.into_iter().collect(), "{}", damage.sql);
        }
        seen.extend(vault_damages(&history, &unguarded).await);
        assert_eq!(seen, FindingCode::ALL.iter().copied().collect(), "every code was planted");
        let after = verify(&unguarded.db, &history.vault, |_| ()).await.expect("an answer");
        assert_eq!(after, sound, "every damage was undone");
    }
}
