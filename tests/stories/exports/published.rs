//! What is published of awards at any instant: no more than was decided then, and as paid what was paid.

use chrono::{DateTime, Utc};
use domain::award::{CancellationGround, Remainder};
use domain::gate::{ConflictKind, GateState};
use domain::report::PublishedGrant;
use domain::{Currency, Money};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::Store;
use store::command::{CancelAward, RecuseMember};
use store::entity::{audit_event, milestone, tranche, tranche_release};
use store::read::export::{self, Books, Reader};
use uuid::Uuid;

use super::books::all;
use crate::builders::{Granted, TwoYears, Verdict, World, millions};

/// What is published as of `as_of`.
async fn published(store: &Store, as_of: DateTime<Utc>) -> Vec<PublishedGrant> {
    let db = store.reads();
    let books = Books::of(db, "HTC", Reader::Operator, as_of).await;
    let books = &books.expect("the books");
    all(None, async |after| {
        let (rows, next) = export::grants(db, books, after).await?;
        Ok((rows, next.map(Some)))
    })
    .await
}

/// When something was recorded, in order: at most `most` of these instants, and the last of them.
pub(crate) async fn instants(store: &Store, most: usize) -> Vec<DateTime<Utc>> {
    let recorded = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::RecordedAt)
        .order_by_asc(audit_event::Column::RecordedAt)
        .into_tuple();
    let recorded: Vec<DateTime<Utc>> = recorded.all(store.reads()).await.expect("events");
    let step = recorded.len().div_ceil(most).max(1);
    let mut instants: Vec<_> = recorded.iter().rev().step_by(step).copied().collect();
    instants.reverse();
    instants
}

/// At `most` instants: what is published of each award comes to no more than what was decided, and its
/// payments to what was paid.
pub(crate) async fn ensure_within_decisions(store: &Store, most: usize) {
    for as_of in instants(store, most).await {
        for grant in published(store, as_of).await {
            let tranches = grant.tranches.iter().map(|tranche| tranche.amount.minor());
            let (committed, decided) = (tranches.sum::<i64>(), grant.decided.minor());
            let number = &grant.award_number;
            assert!(
                committed <= decided,
                "{number} at {as_of}: {committed} of {decided}"
            );
            let payments = grant.tranches.iter().flat_map(|tranche| &tranche.payments);
            let paid = Money::sum(Currency::JPY, payments.map(|payment| payment.amount));
            assert_eq!(paid, Ok(grant.paid), "{number} at {as_of}");
        }
    }
}

/// As of now: what is published of each tranche is what its rows say of it, unless a part of the award was
/// cancelled.
pub(crate) async fn ensure_as_planned(store: &Store) {
    let db = store.reads();
    let tranches = tranche::Entity::find().all(db).await.expect("tranches");
    let milestones = milestone::Entity::find().all(db).await.expect("milestones");
    let live = tranche_release::Column::RevokedAt.is_null();
    let releases = tranche_release::Entity::find().filter(live).all(db).await;
    let releases = releases.expect("releases");
    let payable = |id: Uuid| {
        let row = tranches.iter().find(|row| row.id == id).expect("a tranche");
        if let Some(release) = releases.iter().find(|one| one.tranche_id == id) {
            return Some(release.amount_minor);
        }
        let milestone = milestones
            .iter()
            .find(|one| Some(one.id) == row.milestone_id);
        let share = milestone.and_then(|milestone| milestone.share_bp);
        // What was kept of one whose rest was taken back is not told by its row.
        let is_unreleased = ["PLANNED", "WITHHELD"].contains(&row.state.as_str());
        is_unreleased.then(|| row.amount_minor * share.unwrap_or(10_000) / 10_000)
    };
    for grant in published(store, store.now()).await {
        let told: Vec<i64> = grant
            .tranches
            .iter()
            .map(|one| one.amount.minor())
            .collect();
        let planned = grant.tranches.iter().zip(&told);
        let planned = planned.map(|(one, told)| payable(one.id.uuid()).unwrap_or(*told));
        let planned: Vec<i64> = planned.collect();
        if planned.iter().sum::<i64>() <= grant.decided.minor() {
            assert_eq!(told, planned, "{}", grant.award_number);
        }
    }
}

/// The published amounts of the tranches of `award` as of now, in millions.
async fn amounts(world: &World, award: &Granted) -> Vec<i64> {
    let grants = published(&world.store, world.store.now()).await;
    let grant = grants
        .into_iter()
        .find(|one| one.award_number == award.number);
    let tranches = grant.expect("the award").tranches.into_iter();
    tranches.map(|one| one.amount.minor() / 1_000_000).collect()
}

on_both! {
    async fn two_years_are_published_within_their_decisions(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        ensure_within_decisions(&years.world.store, 60).await;
        ensure_as_planned(&years.world.store).await;
        // 6.8 of its second milestone were not earned.
        assert_eq!(amounts(&years.world, &years.honest).await, [10, 18, 10, 5]);
    }

    async fn what_a_partial_pass_gave_back_is_published_no_more(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let verdict = Verdict::partial(&["SAFETY"], Remainder::Decommit);
        assert_eq!(amounts(&world, &award).await, [5, 10, 10, 10, 5]);
        let before = world.store.now();
        world.judge(award.milestones[0], verdict).await;
        let decided = world.store.now();
        assert_eq!(amounts(&world, &award).await, [5, 6, 10, 10, 5]);
        let whole = published(&world.store, before).await;
        let in_part = published(&world.store, decided).await;
        assert!(whole[0].recorded_at < before && before < in_part[0].recorded_at);

        world.release(award.tranches[0]).await;
        assert_eq!(amounts(&world, &award).await, [5, 6, 10, 10, 5]);
        assert_eq!(published(&world.store, before).await, whole);
        assert_eq!(published(&world.store, decided).await, in_part);
    }

    async fn what_a_partial_pass_carried_is_published_once(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        let carry = Verdict::partial(&["SAFETY"], Remainder::Carry { to_milestone: 2 });
        let gate = world.judge(award.milestones[0], carry).await;
        let decided = world.store.now();
        assert_eq!(amounts(&world, &award).await, [5, 6, 14, 10, 5]);
        let told = published(&world.store, decided).await;

        // The gate falls: the first milestone can earn the whole again, the second no more than before.
        let recusal = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: ConflictKind::FinancialInterest,
            note: None,
        };
        let recused = world.run(world.people.officer, &recusal).await;
        assert_eq!(recused.gate_state, GateState::Voided);
        let voided = world.store.now();
        assert_eq!(amounts(&world, &award).await, [5, 10, 10, 10, 5]);
        let after = published(&world.store, voided).await;
        assert!(after[0].recorded_at > told[0].recorded_at);
        assert_eq!(published(&world.store, decided).await, told);
    }

    async fn what_was_cancelled_of_a_decision_is_published_no_more(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.release(award.advance.expect("an advance")).await;
        let cancel = |part| CancelAward {
            award: award.id,
            ground: CancellationGround::Breach,
            part: Some(millions(part)),
            reason: "条件違反".to_owned(),
        };
        let director = world.people.director;
        world.run(director, &cancel(12)).await;
        assert_eq!(amounts(&world, &award).await, [5, 10, 10, 3, 0]);
        // Less than what was released already: that is ordered back, and a commitment no more.
        world.run(director, &cancel(25)).await;
        assert_eq!(amounts(&world, &award).await, [3, 0, 0, 0, 0]);
        ensure_within_decisions(&world.store, 20).await;
    }
}
