//! From a released tranche to money that arrived, and every way in which it does not.

mod answers;
mod blocked;
mod bounced;
mod files;
pub(super) mod races;
mod refused;
mod schema_before;
mod statements;
mod unfounded;

use async_graphql::Request;
use domain::access::{Actor, GrantScope, Role};
use domain::calendar::jst_date;
use domain::id::{PaymentBatchId, PersonId, TrancheId};
use domain::ledger::{Account, AccountKind, TransferKind};
use domain::payment::{BatchState, Contradiction, Duty, LineState, ReturnReason, UnmatchedReason};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Refusal, Seal};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use store::command::{
    CancelPaymentBatch, ClearBounce, ExportPaymentBatch, FilePart, GrantRole, ImportSettlement,
    RecordSettlement, ReleaseTranche, ResolveSettlementLine, ReviewPaymentBatch, RevokeRelease,
    TakeBackSettlement,
};
use store::entity::{settlement_file, settlement_line, tranche};
use store::load_authority;
use store::read::{self, Sight};
use store::vault::{Vault, VaultSettings};
use store::verify::verify;
use tempfile::TempDir;

use crate::builders::{Granted, World, year};

const WHY: &str = "記録のとおり";

/// An award whose first milestone has passed.
async fn payable_award(world: &World) -> Granted {
    let award = world.award().active().await;
    world.pass(award.milestones[0]).await;
    award
}

async fn held(world: &World, award: &Granted) -> [i64; 4] {
    let mut found = [0; 4];
    let kinds = [
        AccountKind::Payable,
        AccountKind::InTransit,
        AccountKind::Advanced,
        AccountKind::Granted,
    ];
    for (place, kind) in kinds.into_iter().enumerate() {
        let account = Account::of_award(kind, award.id, year(2026), Currency::JPY);
        found[place] = world.balance(account).await;
    }
    found
}

async fn tranche_of(world: &World, tranche: TrancheId) -> tranche::Model {
    let found = tranche::Entity::find_by_id(tranche.uuid()).one(world.store.reads());
    found.await.expect("an answer").expect("the tranche")
}

async fn state_of(world: &World, tranche: TrancheId) -> String {
    tranche_of(world, tranche).await.state
}

async fn reference_of(world: &World, batch: PaymentBatchId) -> String {
    world.payments(batch).await[0].reference.clone()
}

/// What `person` reads of what a batch says.
async fn content(world: &World, person: PersonId, batch: PaymentBatchId) -> Option<String> {
    let actor = Actor::Person {
        person,
        token: None,
    };
    let authority = load_authority(world.store.reads(), &actor, world.store.now()).await;
    let sight = Sight::new(person, authority.expect("roles"));
    let found = read::batch::contents(world.store.reads(), &sight, &[batch]).await;
    found.expect("an answer").remove(&batch)
}

fn export_of(payment_batch: PaymentBatchId) -> ExportPaymentBatch {
    ExportPaymentBatch { payment_batch }
}

async fn assert_in_order(world: &World) {
    world.assert_sound().await;
    let folder = TempDir::new().expect("a folder");
    let settings = VaultSettings::at(folder.path().display().to_string());
    let vault = Vault::open(&settings).expect("a vault");
    let verification = verify(world.store.reads(), &vault, |_| ()).await;
    assert_eq!(verification.expect("an answer").findings, []);
}

on_both! {
    /// Elsewhere "sent" was taken for "paid": known failure 10.
    async fn money_that_was_sent_is_paid_only_when_the_bank_says_so(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let (tranche, envelope) = (award.tranches[0], world.envelope(2026).await);
        let release = world.release(tranche).await;
        let batch = world.prepared(&[release]).await;
        assert_eq!(world.batch_row(batch).await.number, "HTC-PB-R08-0001");
        assert_eq!(state_of(&world, tranche).await, "INSTRUCTED");
        let revoke = RevokeRelease { tranche, reason: WHY.to_owned() };
        let preparer = world.people.preparer;
        assert_eq!(world.refusal(preparer, &revoke).await, Refusal::TrancheAlreadyInstructed {});

        let approval = world.approval(batch).await;
        world.run(world.people.approver, &approval).await;
        let posted = world.transfers().await.len();
        assert_eq!(world.exported(batch).await.state, BatchState::Exported);
        assert_eq!(state_of(&world, tranche).await, "SENT");
        assert_eq!(held(&world, &award).await, [0, 10, 0, 0]);
        let refused = world.refusal(world.people.approver, &export_of(batch)).await;
        assert_eq!(refused, Refusal::BatchAlreadyExported {});

        world.clock.pass_days(5);
        let reference = reference_of(&world, batch).await;
        let line = world.bank_line(&reference, 10, None);
        assert_eq!(world.answered(line.clone()).await, LineState::Matched);
        assert_eq!(state_of(&world, tranche).await, "SETTLED");
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);
        let transfers = world.transfers().await;
        let told: Vec<_> = transfers[posted..].iter().map(|one| (one.kind, one.value_date)).collect();
        let sent_on = jst_date(world.batch_row(batch).await.exported_at.expect("an instant"));
        assert_eq!(
            told,
            [(TransferKind::Send, sent_on), (TransferKind::SettleEstimate, line.value_date)]
        );
        assert_eq!(world.envelope(2026).await, envelope);
        assert_in_order(&world).await;
    }

    /// Elsewhere a payment went to an account that was swapped after the approval: known failure 9.
    async fn an_account_that_was_swapped_is_caught(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let approval = world.approval(batch).await;
        world.young_account("7654321").await;
        let approver = world.people.approver;
        let young = [BlockerCode::PayeeAccountChanged];
        let blocked = world.blocked(&[(1, award.tranches[0], &young)]).await;
        assert_eq!(world.refusal(approver, &approval).await, blocked);
        // A day later than the cool-down the account may be paid to, but not by this batch.
        world.clock.pass_days(3);
        let late = world.refusal(approver, &approval).await;
        assert!(matches!(late, Refusal::ValueDateTooEarly { .. }), "{late}");
        let cancel = CancelPaymentBatch { payment_batch: batch, reason: WHY.to_owned() };
        world.run(approver, &cancel).await;
        assert_eq!(state_of(&world, award.tranches[0]).await, "RELEASED");
        let row = tranche::Entity::find_by_id(award.tranches[0].uuid()).one(world.store.reads());
        let told = row.await.expect("an answer").expect("a tranche").state_reason;
        assert_eq!(told, None, "why a batch was cancelled may speak of another body");
        let anew = world.approved(&[release]).await;
        let bound = world.payments(anew).await[0].payee_account_id;
        assert_ne!(bound, world.payments(batch).await[0].payee_account_id);

        // Swapped between approval and export: the whole batch falls.
        let thief = world.young_account("1111111").await;
        let export = world.exported(anew).await;
        assert_eq!(export.state, BatchState::Cancelled);
        assert_eq!(export.blocked[0].blockers, young);
        assert_ne!(bound, thief.uuid());
        assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
        assert_in_order(&world).await;
    }

    async fn nothing_is_paid_to_an_account_that_is_missing_or_young(db: TestDatabase) {
        let world = World::without_account(&db).await;
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let preparer = world.people.preparer;
        let command = ReleaseTranche { tranche: award.tranches[0] };
        let unreleased = async |blocker| {
            let blockers = Codes(vec![blocker]);
            let refused = world.refusal(preparer, &command).await;
            assert_eq!(refused, Refusal::ReleaseBlocked { blockers });
        };
        unreleased(BlockerCode::PayeeAccountMissing).await;

        let proposed = world.run(world.people.finance_contact, &world.proposal("1234567")).await;
        unreleased(BlockerCode::PayeeAccountUnverified).await;

        let mut confirmation = world.confirmation(proposed.payee_account);
        confirmation.called_person = world.people.rival;
        let refused = world.refusal(preparer, &confirmation).await;
        assert_eq!(refused, Refusal::CallBackContactNotKnown {});
        confirmation.called_person = world.people.representative;
        world.run(preparer, &confirmation).await;
        unreleased(BlockerCode::PayeeAccountCoolingDown).await;
        world.clock.pass_days(3);
        let release = world.release(award.tranches[0]).await;
        world.young_account("7654321").await;
        let refused = world.refusal(preparer, &world.preparing(&[release])).await;
        let cooling = [BlockerCode::PayeeAccountCoolingDown];
        assert_eq!(refused, world.blocked(&[(1, award.tranches[0], &cooling)]).await);
        world.clock.pass_days(3);
        world.prepared(&[release]).await;
        assert_in_order(&world).await;
    }

    async fn a_result_file_is_taken_in_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        world.clock.pass_days(5);
        let reference = reference_of(&world, batch).await;
        let import = ImportSettlement {
            programme: world.programme,
            name: "results.txt".to_owned(),
            part: None,
            lines: vec![world.bank_line(&reference, 10, None), world.bank_line("UNKNOWN", 1, None)],
        };
        let preparer = world.people.preparer;
        let first = world.run(preparer, &import).await;
        assert_eq!((first.known, first.matched, first.unmatched), (false, 1, 1));
        let posted = world.transfers().await.len();
        let again = world.run(preparer, &import).await;
        assert_eq!((again.known, again.file, again.matched), (true, first.file, 1));
        assert_eq!(world.transfers().await.len(), posted);
        let db = world.store.reads();
        assert_eq!(settlement_file::Entity::find().count(db).await.expect("files"), 1);
        assert_eq!(settlement_line::Entity::find().count(db).await.expect("lines"), 2);

        // The same answer in another file says nothing new, another day contradicts it.
        let mut other = import.clone();
        other.lines.truncate(1);
        assert_eq!(world.run(preparer, &other).await.repeated, 1);
        world.clock.pass_days(1);
        assert_eq!(world.answered(world.bank_line(&reference, 10, None)).await, LineState::Unmatched);
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);
        assert_in_order(&world).await;
    }

    /// Elsewhere the second part of a long file was taken for the first again and lost.
    async fn a_long_file_comes_in_parts_and_none_is_lost(db: TestDatabase) {
        let world = World::new(&db).await;
        let mut releases = Vec::new();
        let first = payable_award(&world).await;
        releases.push(world.release(first.tranches[0]).await);
        for _ in 0..2 {
            let award = world.award().active().await;
            world.pass(award.milestones[0]).await;
            releases.push(world.release(award.tranches[0]).await);
        }
        let batch = world.sent(&releases).await;
        world.clock.pass_days(5);
        // One payment is answered in each part of 150, among lines of payments that are not ours.
        let mut lines: Vec<_> =
            (0..450).map(|line| world.bank_line(&format!("OTHER-{line}"), 1, None)).collect();
        for (place, payment) in [7, 160, 449].into_iter().zip(world.payments(batch).await) {
            lines[place] = world.bank_line(&payment.reference, 10, None);
        }
        let part = |number: u16| ImportSettlement {
            programme: world.programme,
            name: "results.txt".to_owned(),
            part: Some(FilePart { number, of: 3 }),
            lines: lines[usize::from(number - 1) * 150..][..150].to_vec(),
        };
        let preparer = world.people.preparer;
        for (number, missing) in [(2, vec![1, 3]), (1, vec![3]), (3, vec![])] {
            let brought = world.run(preparer, &part(number)).await;
            assert_eq!((brought.known, brought.matched, brought.unmatched), (false, 1, 149));
            assert_eq!(brought.missing, missing);
            let again = world.run(preparer, &part(number)).await;
            assert_eq!((again.known, again.file, again.missing), (true, brought.file, missing));
        }
        assert!(world.payments(batch).await.iter().all(|payment| payment.state == "SETTLED"));
        let db = world.store.reads();
        assert_eq!(settlement_line::Entity::find().count(db).await.expect("lines"), 450);

        // Another file under the same name would leave the whole unclear.
        let mut other = part(2);
        other.lines.truncate(9);
        let refused = world.refusal(preparer, &other).await;
        assert_eq!(refused, Refusal::SettlementPartDiffers { part: 2, parts: 3 });
        other.part = None;
        let refused = world.refusal(preparer, &other).await;
        assert!(matches!(refused, Refusal::SettlementPartDiffers { .. }), "{refused}");
        other.part = Some(FilePart { number: 4, of: 3 });
        let refused = world.refusal(preparer, &other).await;
        assert!(matches!(refused, Refusal::InvalidInput { .. }), "{refused}");
        assert_in_order(&world).await;
    }

    async fn a_payment_that_came_back_is_paid_again_to_another_account(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let tranche = award.tranches[0];
        let release = world.release(tranche).await;
        let batch = world.sent(&[release]).await;
        let reference = reference_of(&world, batch).await;
        world.clock.pass_days(5);
        let line = world.bank_line(&reference, 10, Some(ReturnReason::AccountClosed));
        assert_eq!(world.answered(line).await, LineState::Matched);
        assert_eq!(state_of(&world, tranche).await, "BOUNCED");
        assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
        let preparer = world.people.preparer;
        let refused = world.refusal(preparer, &world.preparing(&[release])).await;
        assert_eq!(refused, Refusal::BounceNotCleared {});
        world.account("7654321").await;
        let anew = world.sent(&[release]).await;
        world.clock.pass_days(5);
        let reference = reference_of(&world, anew).await;
        assert_eq!(world.answered(world.bank_line(&reference, 10, None)).await, LineState::Matched);
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);

        // And the bank takes it back after all.
        world.clock.pass_days(1);
        let line = world.bank_line(&reference, 10, Some(ReturnReason::CalledBack));
        assert_eq!(world.answered(line).await, LineState::Matched);
        assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
        assert_eq!(state_of(&world, tranche).await, "BOUNCED");
        // Whoever says that it came back neither clears that nor lets it be paid again, and neither does
        // who clears it: two persons invent no return.
        let payment_instruction = world.payments(anew).await[0].id.into();
        let clear = ClearBounce { payment_instruction, reason: WHY.to_owned() };
        let collides = |held, duty| Refusal::DutiesCollide { held, duty };
        let refused = world.refusal(preparer, &clear).await;
        assert_eq!(refused, collides(Duty::Recorder, Duty::Clearer));
        let approver = world.people.approver;
        world.run(approver, &clear).await;
        let refused = world.refusal(approver, &clear).await;
        assert_eq!(refused, Refusal::BounceAlreadyCleared {});
        let third = world.prepared(&[release]).await;
        let approval = world.approval(third).await;
        let refused = world.refusal(approver, &approval).await;
        assert_eq!(refused, collides(Duty::Clearer, Duty::Approver));
        let another = world.another_approver().await;
        // The approver sees what was sent for the same tranche before.
        let asked = "{ paymentBatches(first: 1) { nodes { payments { state
            earlier { state answers { returned } } } } } }";
        let (seen, _) = world.heard(Some(another), Request::new(asked)).await;
        let payment = &seen["data"]["paymentBatches"]["nodes"][0]["payments"][0];
        assert_eq!(
            payment["earlier"],
            json!([
                { "state": "BOUNCED", "answers": [{ "returned": "ACCOUNT_CLOSED" }] },
                { "state": "BOUNCED", "answers": [{ "returned": null }, { "returned": "CALLED_BACK" }] },
            ]),
            "{seen}"
        );
        world.run(another, &approval).await;
        world.exported(third).await;
        assert_in_order(&world).await;
    }

    /// What a person typed wrongly is taken back, with its money, while nothing stands on it.
    async fn an_answer_recorded_by_mistake_is_taken_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let tranche = award.tranches[0];
        let release = world.release(tranche).await;
        let batch = world.sent(&[release]).await;
        let reference = reference_of(&world, batch).await;
        world.clock.pass_days(5);
        let record = |returned| RecordSettlement {
            programme: world.programme,
            line: world.bank_line(&reference, 10, returned),
        };
        let preparer = world.people.preparer;
        let back = |settlement_line| TakeBackSettlement { settlement_line, reason: WHY.to_owned() };
        let returned = record(Some(ReturnReason::AccountClosed));
        let mistaken = world.run(preparer, &returned).await.settlement_line;
        assert_eq!(held(&world, &award).await, [10, 0, 0, 0]);
        world.run(preparer, &back(mistaken)).await;
        assert_eq!(held(&world, &award).await, [0, 10, 0, 0]);
        assert_eq!(state_of(&world, tranche).await, "SENT");
        let again = world.refusal(preparer, &back(mistaken)).await;
        assert_eq!(again, Refusal::SettlementTakenBack {});

        // It had arrived; that is taken back too while nothing follows, and then said rightly.
        let arrived = world.run(preparer, &record(None)).await.settlement_line;
        world.run(preparer, &back(arrived)).await;
        assert_eq!(held(&world, &award).await, [0, 10, 0, 0]);
        let arrived = world.run(preparer, &record(None)).await;
        assert_eq!(arrived.state, LineState::Matched);
        world.clock.pass_days(1);
        let called_back = record(Some(ReturnReason::CalledBack));
        let second = world.run(preparer, &called_back).await.settlement_line;
        let followed = world.refusal(preparer, &back(arrived.settlement_line)).await;
        assert_eq!(followed, Refusal::SettlementFollowed {});
        world.run(preparer, &back(second)).await;
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);
        assert_eq!(state_of(&world, tranche).await, "SETTLED");

        // The history of the payment goes on to its end.
        let payment = graphql::Id(domain::id::PaymentInstructionId::new(world.payments(batch).await[0].id));
        let asked = format!(
            "{{ history(of: \"{}\", first: 100) {{ nodes {{ operation }} }} }}",
            payment.text()
        );
        let (told, _) = world.heard(Some(world.people.auditor), Request::new(asked)).await;
        let told = told["data"]["history"]["nodes"].as_array().expect("events").clone();
        let told: Vec<_> = told.iter().map(|event| event["operation"].as_str().expect("a code")).collect();
        let (taken, recorded) = ("TAKE_BACK_SETTLEMENT", "RECORD_SETTLEMENT");
        let answers = [taken, recorded, recorded, taken, recorded, taken, recorded];
        assert_eq!(told[..7], answers, "{told:?}");
        assert!(told[7..].contains(&"EXPORT_PAYMENT_BATCH"), "{told:?}");

        // What came in a file is the bank's word.
        let award = world.award().active().await;
        world.pass(award.milestones[0]).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        world.clock.pass_days(5);
        let import = ImportSettlement {
            programme: world.programme,
            name: "results.txt".to_owned(),
            part: None,
            lines: vec![world.bank_line(&reference_of(&world, batch).await, 10, None)],
        };
        world.run(preparer, &import).await;
        let lines = settlement_line::Entity::find().all(world.store.reads()).await.expect("lines");
        let of_file = lines.iter().find(|line| line.file_id.is_some()).expect("a line");
        let refused = world.refusal(preparer, &back(of_file.id.into())).await;
        assert_eq!(refused, Refusal::SettlementNotByHand {});
        assert_in_order(&world).await;
    }

    /// A file made before the permission could be with the bank while its batch is cancelled.
    async fn what_a_batch_says_is_read_out_only_once_it_is_exported(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let cancelled = world.prepared(&[release]).await;
        let (preparer, auditor) = (world.people.preparer, world.people.auditor);
        let cancel = CancelPaymentBatch { payment_batch: cancelled, reason: WHY.to_owned() };
        world.run(preparer, &cancel).await;
        let batch = world.approved(&[release]).await;
        for unsent in [cancelled, batch] {
            assert_eq!(content(&world, preparer, unsent).await, None);
        }
        world.exported(batch).await;
        let read = content(&world, preparer, batch).await.expect("what was exported");
        let row = world.batch_row(batch).await;
        let sha256 = row.export_sha256.expect("a hash");
        assert_eq!(Seal::over(&read).to_string(), sha256);
        assert!(read.contains(&row.digest) && read.contains("1234567"), "{read}");
        // Whoever sees no whole numbers elsewhere sees none here.
        assert_eq!(content(&world, auditor, batch).await, None);
        assert_eq!(content(&world, world.people.director, batch).await, None);

        world.account("7654321").await;
        let reference = reference_of(&world, batch).await;
        world.answered(world.bank_line(&reference, 10, None)).await;
        assert_eq!(content(&world, preparer, batch).await, Some(read));
    }

    async fn nobody_approves_what_they_prepared_or_released(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.prepared(&[release]).await;
        let grant = |person, role| GrantRole {
            person,
            role,
            scope: GrantScope::Programme(world.programme),
            from: world.clock.today(),
            until: None,
        };
        let administrator = world.people.administrator;
        let (preparer, director) = (world.people.preparer, world.people.director);
        world.run(administrator, &grant(preparer, Role::FinanceApprover)).await;
        world.run(administrator, &grant(director, Role::FinanceApprover)).await;
        let approval = world.approval(batch).await;
        for (person, held) in [(preparer, Duty::Releaser), (director, Duty::Decider)] {
            let refused = world.refusal(person, &approval).await;
            assert_eq!(refused, Refusal::DutiesCollide { held, duty: Duty::Approver });
        }
        let review = ReviewPaymentBatch { payment_batch: batch };
        let refused = world.refusal(preparer, &review).await;
        assert_eq!(refused, Refusal::DutiesCollide { held: Duty::Preparer, duty: Duty::Reviewer });
        let approver = world.people.approver;
        world.run(approver, &review).await;
        let refused = world.refusal(approver, &approval).await;
        assert_eq!(refused, Refusal::DutiesCollide { held: Duty::Reviewer, duty: Duty::Approver });
        assert_in_order(&world).await;
    }

    async fn an_answer_that_fits_no_payment_waits_for_a_person(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = payable_award(&world).await;
        let release = world.release(award.tranches[0]).await;
        let batch = world.sent(&[release]).await;
        let payment = world.payments(batch).await[0].clone();
        world.clock.pass_days(5);
        let preparer = world.people.preparer;
        for (reference, amount) in [("SMUDGED", 10), (payment.reference.as_str(), 9)] {
            let line = world.bank_line(reference, amount, None);
            assert_eq!(world.answered(line).await, LineState::Unmatched);
        }
        let lines = settlement_line::Entity::find().all(world.store.reads()).await;
        let lines = lines.expect("lines");
        let line = |reference: &str| lines.iter().find(|line| line.reference == reference);
        let resolve = |reference: &str, to: bool| ResolveSettlementLine {
            settlement_line: line(reference).expect("a line").id.into(),
            payment_instruction: to.then(|| payment.id.into()),
            reason: WHY.to_owned(),
        };
        let wrong = world.refusal(preparer, &resolve(&payment.reference, true)).await;
        let why = UnmatchedReason::AmountDiffers;
        assert_eq!(wrong, Refusal::SettlementUnmatched { why });
        let done = world.run(preparer, &resolve("SMUDGED", true)).await;
        assert_eq!(done.state, LineState::Matched);
        assert_eq!(held(&world, &award).await, [0, 0, 10, 0]);
        let done = world.run(preparer, &resolve(&payment.reference, false)).await;
        assert_eq!(done.state, LineState::Dismissed);
        let again = world.refusal(preparer, &resolve("SMUDGED", true)).await;
        assert_eq!(again, Refusal::SettlementLineResolved { state: LineState::Matched });

        world.clock.pass_days(1);
        let late = world.bank_line(&payment.reference, 10, None);
        assert_eq!(world.answered(late).await, LineState::Unmatched);
        let lines = settlement_line::Entity::find().all(world.store.reads()).await;
        let last = lines.expect("lines").into_iter().find(|line| line.contradiction.is_some());
        let last = last.expect("a contradiction").contradiction.expect("a code");
        assert_eq!(last, domain::Coded::code(Contradiction::SettledOnAnotherDay));
        assert_in_order(&world).await;
    }
}
