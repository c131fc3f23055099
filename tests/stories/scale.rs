//! The scale programme: whole histories by the hundred, in order, whatever interrupts them; and an
//! import that may do nothing that its acts could not.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Actor;
use domain::award::AwardStateCode;
use domain::calendar::start_of_jst_day;
use domain::id::{PersonId, ProgrammeId};
use domain::ledger::TransferKind;
use domain::tranche::TrancheState;
use domain::{Coded, Currency, LocalizedText, Policy, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use seeds::scale::{Progress, ScaleError, Scaled, seed};
use store::command::{
    Act, BootstrapAdministrator, Deed, ImportAwardHistory, MilestoneDeed, OfferAward,
};
use store::entity::{
    audit_event, award, gate, idempotency_key, ledger_transfer, milestone, organization,
    payment_instruction, sign_off, theme, tranche, tranche_release,
};
use store::read::rows::counts;
use store::vault::{Vault, VaultSettings};
use store::verify::verify;
use store::{Error, Request, Store};
use tempfile::TempDir;

use crate::builders::{Counter, TestClock, World, date, millions, seconds};
use crate::harness::database::TestDatabase;

const SYSTEM: Actor = Actor::System { on_behalf_of: None };

struct Programme {
    store: Store,
    vault: Vault,
    id: ProgrammeId,
    clock: TestClock,
    _folder: TempDir,
}

impl Programme {
    /// A programme with nothing in it.
    async fn empty(db: &TestDatabase) -> Self {
        let clock = TestClock::at("2026-06-01");
        let store = Store::new(
            db.connect().await,
            Arc::new(clock.clone()),
            Arc::new(Counter::default()),
        );
        let folder = tempfile::tempdir().expect("a folder");
        let settings = VaultSettings::at(folder.path().display().to_string());
        let title = LocalizedText::new("事業", "Programme");
        let made = store.ensure_programme("HTC", &title, Currency::JPY).await;
        let id = made.expect("a programme");
        let bootstrap = BootstrapAdministrator {
            programme: id,
            policy: Policy::default(),
            name: LocalizedText::new("管理", "Administrator"),
            email: None,
            identity: None,
        };
        let made = store.execute(&Request::by(SYSTEM), &bootstrap).await;
        made.expect("an administrator");
        Self {
            store,
            vault: Vault::open(&settings).expect("a vault"),
            id,
            clock,
            _folder: folder,
        }
    }

    async fn seed(&self, awards: u64) -> Scaled {
        seed(&self.store, &self.vault, self.id, awards, |_| {})
            .await
            .expect("awards of scale")
    }

    /// Money took every way of the chart, and most awards came to their end.
    async fn assert_every_money_state(&self) {
        let db = self.store.reads();
        let moved = ledger_transfer::Entity::find().all(db).await;
        let moved = moved.expect("the ledger");
        for kind in TransferKind::ALL {
            let occurs = moved.iter().any(|row| row.kind == kind.code());
            // By its policy no money that comes back is spent again.
            assert_eq!(occurs, *kind != TransferKind::Reinstate, "{kind}");
        }
        let tranches = tranche::Entity::find().all(db).await.expect("tranches");
        for state in [
            TrancheState::Planned,
            TrancheState::Released,
            TrancheState::Settled,
            TrancheState::Lapsed,
        ] {
            let occurs = tranches.iter().any(|row| row.state == state.code());
            assert!(occurs, "{state} does not occur");
        }
        let awards = award::Entity::find().all(db).await.expect("awards");
        let closed = awards
            .iter()
            .filter(|row| row.state == AwardStateCode::Closed.code());
        assert!(closed.count() > 10);
    }

    async fn assert_sound(&self) {
        let verification = verify(self.store.reads(), &self.vault, |_| {}).await;
        let verification = verification.expect("an answer");
        assert_eq!(verification.findings, []);
    }

    /// Every figure that two databases with the same awards share.
    async fn figures(&self) -> String {
        let db = self.store.reads();
        let mut text = String::new();
        for rows in counts(db).await.expect("counts") {
            writeln!(text, "{}: {}", rows.name, rows.count).expect("a text");
        }
        let awards = award::Entity::find().order_by_asc(award::Column::Number);
        for row in awards.all(db).await.expect("awards") {
            let milestones = milestone::Entity::find()
                .filter(milestone::Column::AwardId.eq(row.id))
                .order_by_asc(milestone::Column::Ordinal);
            let states: Vec<String> = milestones
                .all(db)
                .await
                .expect("milestones")
                .iter()
                .map(|row| format!("{} {}", row.state, row.round.unwrap_or(0)))
                .collect();
            let (number, title, state) = (row.number, row.title_en, row.state);
            let (day, states) = (row.decided_on, states.join(", "));
            writeln!(text, "{number} {day} {state} [{states}] {title}").expect("a text");
        }
        let mut moved: BTreeMap<String, (u64, i64)> = BTreeMap::new();
        for row in ledger_transfer::Entity::find()
            .all(db)
            .await
            .expect("the ledger")
        {
            let sum = moved.entry(row.kind).or_default();
            *sum = (sum.0 + 1, sum.1 + row.amount_minor);
        }
        writeln!(text, "{moved:#?}").expect("a text");
        text
    }
}

on_both! {
    /// The same awards on both databases, as the checked-in figures have them; the books are in
    /// order, and what is released is what the ledger moved.
    async fn twenty_awards_are_in_order(db: TestDatabase) {
        let programme = Programme::empty(&db).await;
        let Scaled { imported, before, paid } = programme.seed(20).await;
        assert_eq!((imported, before), (20, 0));
        programme.assert_sound().await;
        assert_as_checked_in(&programme.figures().await);

        let db = programme.store.reads();
        let votes = sign_off::Entity::find().all(db).await.expect("votes");
        let mut by_gate: BTreeMap<_, usize> = BTreeMap::new();
        for vote in votes {
            *by_gate.entry(vote.gate_id).or_default() += 1;
        }
        let decided = gate::Entity::find().filter(gate::Column::State.eq("DECIDED"));
        for gate in decided.all(db).await.expect("gates") {
            assert_eq!(by_gate.get(&gate.id), Some(&3));
        }
        let payments = payment_instruction::Entity::find().count(db).await.expect("a count");
        assert_eq!(payments, paid);
        let live = tranche_release::Entity::find().filter(tranche_release::Column::RevokedAt.is_null());
        let live = live.count(db).await.expect("a count");
        let under_way = TrancheState::ALL.iter().filter(|state| state.is_released()).map(|state| state.code());
        let under_way = tranche::Entity::find().filter(tranche::Column::State.is_in(under_way));
        assert_eq!(under_way.count(db).await.expect("a count"), live);
        programme.assert_every_money_state().await;
        let keys = idempotency_key::Entity::find()
            .filter(idempotency_key::Column::Operation.is_in([
                "IMPORT_AWARD_HISTORY", "OFFER_AWARD", "SUBMIT_MILESTONE", "SIGN_GATE",
            ]));
        assert_eq!(keys.count(db).await.expect("a count"), 0);
    }

    /// Stopped in the midst, it leaves whole awards only; taken up again, also on a later day, it
    /// comes to the same as a run that nothing stopped.
    async fn a_run_that_breaks_off_is_taken_up_again(db: TestDatabase) {
        let programme = Arc::new(Programme::empty(&db).await);
        break_off(&programme, |progress| progress.awards_done == 6).await;
        programme.assert_sound().await;
        let db = programme.store.reads();
        let awards = award::Entity::find().count(db).await.expect("a count");
        assert!((6..20).contains(&awards), "{awards}");
        let milestones = milestone::Entity::find().count(db).await.expect("a count");
        assert_eq!(milestones, awards * 5);

        programme.clock.pass_days(3);
        let scaled = programme.seed(20).await;
        assert_eq!((scaled.imported, scaled.before), (20 - awards, awards));
        programme.assert_sound().await;
        assert_as_checked_in(&programme.figures().await);
    }

    /// Stopped while finance pays, it goes on with the batch that it left; nothing is paid twice.
    async fn a_run_that_breaks_off_while_it_pays_is_taken_up_again(db: TestDatabase) {
        let programme = Arc::new(Programme::empty(&db).await);
        for payments in [7, 30] {
            break_off(&programme, move |progress| progress.payments_done >= payments).await;
            programme.assert_sound().await;
        }
        programme.clock.pass_days(3);
        let scaled = programme.seed(20).await;
        assert_eq!((scaled.imported, scaled.before), (0, 20));
        programme.assert_sound().await;
        assert_as_checked_in(&programme.figures().await);
    }

    /// Stopped before its first theme is there, it is taken up again on a later day too.
    async fn a_run_that_breaks_off_while_it_is_set_up_is_taken_up_again(db: TestDatabase) {
        let programme = Programme::empty(&db).await;
        // Two looks a command: the look before the commit of the sixteenth.
        programme.clock.jump_after(31, seconds(11));
        let stopped = seed(&programme.store, &programme.vault, programme.id, 4, |_| {}).await;
        assert!(matches!(stopped, Err(ScaleError::Store(Error::Abandoned))));
        let db = programme.store.reads();
        assert_ne!(organization::Entity::find().count(db).await.expect("a count"), 0);
        assert_eq!(theme::Entity::find().count(db).await.expect("a count"), 0);

        programme.clock.pass_days(3);
        let scaled = programme.seed(4).await;
        assert_eq!((scaled.imported, scaled.before), (4, 0));
        programme.assert_sound().await;
    }

    /// Only the system in its own name imports; and each act needs what it would need by itself: its
    /// person's role, its place in time, its gate. One that is refused leaves nothing behind.
    async fn an_import_is_no_back_door(db: TestDatabase) {
        let world = World::new(&db).await;
        world.clock.set_day("2026-08-01");
        let people = world.people;
        let import = |acts| history(&world, acts);
        let accepted = act(3, people.representative, Deed::Accept { notice_received_on: date("2026-06-03") });
        let release = |day, by| act(day, by, Deed::Release { tranche: 1 });
        let for_first = |day, by, deed| act(day, by, Deed::For { milestone: 1, deed });

        let refusal = world.refusal(people.director, &import(vec![])).await;
        assert!(matches!(refusal, Refusal::RoleRequired { .. }));
        let refused = |acts| {
            let import = import(acts);
            let store = &world.store;
            async move {
                match store.execute(&Request::by(SYSTEM), &import).await {
                    Err(Error::Refused(refusal)) => refusal,
                    other => panic!("not refused: {other:?}"),
                }
            }
        };
        let by_stranger = act(3, people.officer, Deed::Accept { notice_received_on: date("2026-06-03") });
        assert!(matches!(refused(vec![by_stranger]).await, Refusal::RoleRequired { .. }));
        let too_early = vec![accepted.clone(), release(10, people.preparer)];
        assert!(matches!(refused(too_early).await, Refusal::ReleaseBlocked { .. }));
        let by_director = vec![accepted.clone(), release(30, people.director)];
        assert!(matches!(refused(by_director).await, Refusal::RoleRequired { .. }));
        let ungated = act(30, people.preparer, Deed::Release { tranche: 2 });
        assert!(matches!(refused(vec![accepted.clone(), ungated]).await, Refusal::ReleaseBlocked { .. }));
        let backwards = vec![accepted.clone(), release(2, people.preparer)];
        assert!(matches!(refused(backwards).await, Refusal::InvalidInput { .. }));
        let to_come = vec![accepted.clone(), release(300, people.preparer)];
        assert!(matches!(refused(to_come).await, Refusal::DateInFuture { .. }));
        let unwritten = vec![accepted.clone(), for_first(4, people.representative, MilestoneDeed::Submit)];
        assert!(matches!(refused(unwritten).await, Refusal::NotFound { .. }));

        let db = world.store.reads();
        assert_eq!(award::Entity::find().count(db).await.expect("a count"), 0);
        let imports = audit_event::Entity::find()
            .filter(audit_event::Column::Operation.is_in(["IMPORT_AWARD_HISTORY", "OFFER_AWARD"]));
        assert_eq!(imports.count(db).await.expect("a count"), 0);

        let sound = import(vec![accepted, release(30, people.preparer)]);
        let system = Request::by(SYSTEM);
        let imported = world.store.execute(&system, &sound).await.expect("an award");
        assert_eq!(imported.events, 3);
        let again = world.store.execute(&system, &sound).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyExists { .. }))));
        world.assert_sound().await;
    }
}

/// Seeds twenty awards until `is_enough`, and stops there.
async fn break_off(
    programme: &Arc<Programme>,
    is_enough: impl Fn(Progress) -> bool + Send + Sync + 'static,
) {
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let mut stop = Some(stop);
    let run = tokio::spawn({
        let programme = Arc::clone(programme);
        async move {
            let tell = |progress: Progress| {
                if is_enough(progress) {
                    stop.take().map(|stop| stop.send(()));
                }
            };
            seed(&programme.store, &programme.vault, programme.id, 20, tell).await
        }
    });
    stopped.await.expect("a run that comes so far");
    run.abort();
    run.await.expect_err("a run that was stopped");
}

fn assert_as_checked_in(figures: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("scale_of_twenty", figures);
    });
}

/// An award of twenty millions that was offered on 2026-06-02, and what followed.
fn history(world: &World, acts: Vec<Act>) -> ImportAwardHistory {
    ImportAwardHistory {
        offer: OfferAward {
            theme: world.theme,
            organization: world.bodies.applicant,
            title: LocalizedText::new("取込", "imported"),
            application_reference: None,
            applied: millions(20),
            decided: millions(20),
            decided_on: date("2026-06-02"),
            participants: vec![world.people.representative],
            gate_template: None,
            plan: None,
            number: Some("OLD-1".to_owned()),
        },
        offered_at: at(0),
        offered_by: world.people.director,
        acts,
    }
}

/// Noon, so many days after the offer.
fn at(day: i64) -> DateTime<Utc> {
    start_of_jst_day(date("2026-06-02")) + TimeDelta::hours(12) + TimeDelta::days(day)
}

fn act(day: i64, by: PersonId, deed: Deed) -> Act {
    Act {
        at: at(day),
        by,
        deed,
    }
}
