//! Two instants compared: what was released, moved on or was revoked between them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::ReleaseId;
use domain::report::{DisbursementChange, DisbursementChangeKind, DisbursementLine};
use domain::tranche::TrancheState;
use store::command::RevokeRelease;
use store::read::disbursement::DisbursementFilter;
use store::read::export;

use super::books::{all, books, contents};
use crate::builders::{TwoYears, World};

/// The changes from one instant to another.
async fn changes(
    world: &World,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<DisbursementChange> {
    let later = books(world, until).await;
    let earlier = later.since(since).expect("an earlier instant");
    let (db, filter) = (world.store.reads(), DisbursementFilter::default());
    all(None, async |after| {
        let page = export::disbursement_changes(db, (&earlier, &later), &filter, after);
        let (rows, next) = page.await?;
        Ok((rows, next.map(Some)))
    })
    .await
}

async fn report(world: &World, as_of: DateTime<Utc>) -> BTreeMap<ReleaseId, DisbursementLine> {
    let lines = contents(world, as_of).await.disbursements.into_iter();
    lines.map(|line| (line.line.release, line.line)).collect()
}

/// What is said of changes.
fn told(changes: &[DisbursementChange]) -> Vec<(DisbursementChangeKind, Option<TrancheState>)> {
    let state = |change: &DisbursementChange| change.after().map(|line| line.state);
    changes
        .iter()
        .map(|change| (change.kind(), state(change)))
        .collect()
}

on_both! {
    async fn what_was_released_paid_and_revoked_is_told_apart(db: TestDatabase) {
        use DisbursementChangeKind::{Added, Changed, Reversed};
        let world = World::new(&db).await;
        let [first, second] = [world.award().active().await, world.award().active().await];
        for award in [&first, &second] {
            world.pass(award.milestones[0]).await;
        }
        let mut instants = vec![world.store.now()];
        let mut instant_after = || {
            world.clock.pass_days(1);
            instants.push(world.store.now());
        };
        let paid = world.release(first.tranches[0]).await;
        instant_after();
        world.paid(&[paid]).await;
        world.release(second.tranches[0]).await;
        instant_after();
        let revoke = RevokeRelease { tranche: second.tranches[0], reason: "記録のとおり".to_owned() };
        world.run(world.people.preparer, &revoke).await;
        instant_after();
        world.clock.pass_days(1);

        let settled = (Changed, Some(TrancheState::Settled));
        let released = (Added, Some(TrancheState::Released));
        let [begin, released_one, paid_one, revoked] = instants[..] else {
            panic!("{instants:?}")
        };
        assert_eq!(told(&changes(&world, begin, released_one).await), [released]);
        assert_eq!(told(&changes(&world, released_one, paid_one).await), [settled, released]);
        assert_eq!(told(&changes(&world, paid_one, revoked).await), [(Reversed, None)]);
        // What came and went between them is in neither.
        let arrived = (Added, Some(TrancheState::Settled));
        assert_eq!(told(&changes(&world, begin, revoked).await), [arrived]);
    }

    /// The earlier report with the changes is the later report, whichever instants are taken.
    async fn the_changes_lead_from_one_report_to_the_other(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        let last = world.store.now();
        world.clock.pass_days(1);
        let days = [800, 500, 400, 300, 200, 100, 50, 0];
        let instants = days.map(|days| last - chrono::TimeDelta::days(days));
        let mut kinds = BTreeMap::new();
        for pair in instants.windows(2) {
            let mut reached = report(world, pair[0]).await;
            for change in changes(world, pair[0], pair[1]).await {
                *kinds.entry(change.kind()).or_insert(0) += 1;
                let release = change.last().line.release;
                assert_eq!(reached.remove(&release).as_ref(), change.before());
                reached.extend(change.after().map(|line| (release, line.clone())));
            }
            assert_eq!(reached, report(world, pair[1]).await);
        }
        assert!(kinds.len() > 1, "{kinds:?}");
    }
}
