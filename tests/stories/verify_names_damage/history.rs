//! Sound books with something of everything, which are damaged afterwards.

use std::collections::BTreeMap;

use bytes::Bytes;
use domain::award::{CancellationGround, Remainder};
use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, CarryOverGrounds, Costs, ReportContent, ReportKind, ReturnKind};
use domain::criterion::EvidenceKind;
use domain::gate::{ConditionDraft, Terms, Verifier};
use domain::id::{GateId, MilestoneId};
use domain::milestone::Outcome;
use domain::{Currency, Money, Rate};
use futures_util::stream;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Entropy;
use store::command::{
    AcceptReport, ApplyReceipt, AttachEvidence, CancelAward, CloseAward, CloseYear, DefineEnvelope,
    DetermineAmount, DraftSubmission, EndAward, GrantWindDown, OrderReturn, RecordReceipt,
    ReleaseForSetOff, ReleaseTranche, SetBudget, SetOff, SubmitReport,
};
use store::entity::{ledger_transfer, submission, tranche_release};
use store::vault::{Vault, VaultSettings};
use tempfile::TempDir;

use crate::builders::{Granted, Verdict, World, date, millions};
use crate::harness::database::TestDatabase;

/// A history with something of everything.
pub(super) struct History {
    pub(super) world: World,
    /// Passed with evidence and released; passed in part; in review.
    pub(super) award: Granted,
    /// Passed under a condition that blocks; locked.
    pub(super) conditional: Granted,
    /// Nothing has happened yet.
    pub(super) fresh: Granted,
    /// Cancelled, paid back by a receipt and a set-off, and closed.
    pub(super) returned: Granted,
    /// The gate that `award` passed first.
    pub(super) gate: GateId,
    pub(super) vault: Vault,
    pub(super) folder: TempDir,
}

impl History {
    pub(super) async fn new(db: &TestDatabase) -> Self {
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

    pub(super) async fn first<E: EntityTrait>(&self, of: sea_orm::Select<E>) -> E::Model {
        let found = of.one(self.world.store.reads()).await;
        found.expect("an answer").expect("a row")
    }

    pub(super) async fn submission(&self, milestone: MilestoneId) -> submission::Model {
        let of = submission::Column::MilestoneId.eq(milestone.uuid());
        self.first(submission::Entity::find().filter(of)).await
    }

    pub(super) async fn transfer(&self, kind: &str) -> ledger_transfer::Model {
        let rows = ledger_transfer::Entity::find()
            .filter(ledger_transfer::Column::Kind.eq(kind))
            .order_by_asc(ledger_transfer::Column::Id);
        self.first(rows).await
    }

    pub(super) async fn release(&self) -> tranche_release::Model {
        let rows = tranche_release::Entity::find().order_by_asc(tranche_release::Column::Id);
        self.first(rows).await
    }
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
    let grant = GrantWindDown {
        award,
        budget_year: FiscalYear::new(2026),
        amount: millions(1),
        reason: reason(),
    };
    world.run(people.director, &grant).await;
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
