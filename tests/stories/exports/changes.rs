//! Two instants compared: what was released, moved on or was revoked between them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::ReleaseId;
use domain::report::{ChangeKind, DisbursementChange, DisbursementLine, DisbursementStatementLine};
use domain::tranche::TrancheState;
use serde_json::json;
use store::command::RevokeRelease;
use store::read::disbursement::{self, Compared, DisbursementFilter};
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

/// The same as the graph pages through them.
async fn on_screen(
    world: &World,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<(Option<DisbursementLine>, Option<DisbursementLine>)> {
    let books = books(world, until).await;
    let compared = Compared {
        filter: DisbursementFilter::default(),
        since,
        as_of: Some(until),
    };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let db = world.store.reads();
        let page = disbursement::changes(db, books.sight(), &compared, (2, after)).await;
        let mut page = page.expect("changes");
        let is_more = page.len() > 2;
        page.truncate(2);
        after = page.last().map(|change| change.key);
        found.extend(page.into_iter().map(|change| (change.before, change.after)));
        if !is_more {
            return found;
        }
    }
}

async fn report(world: &World, as_of: DateTime<Utc>) -> BTreeMap<ReleaseId, DisbursementLine> {
    let lines = contents(world, as_of).await.disbursements.into_iter();
    lines.map(|line| (line.line.release, line.line)).collect()
}

/// What is said of changes.
fn told(changes: &[DisbursementChange]) -> Vec<(ChangeKind, Option<TrancheState>)> {
    let state = |change: &DisbursementChange| change.after().map(|line| line.line.state);
    changes
        .iter()
        .map(|change| (change.kind(), state(change)))
        .collect()
}

on_both! {
    async fn what_was_released_paid_and_revoked_is_told_apart(db: TestDatabase) {
        use ChangeKind::{Added, Changed, Reversed};
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

        let asked = "query($since: Instant!, $asOf: Instant) {
            disbursementChanges(first: 10, since: $since, asOf: $asOf) {
                final nodes { kind before { state } after { state amount { amount } } }
            }
        }";
        let auditor = world.people.auditor;
        let shown = world.ask(auditor, asked, json!({ "since": released_one, "asOf": paid_one })).await;
        let shown = &shown["disbursementChanges"];
        assert_eq!(shown["final"], true);
        let (moved, new) = (&shown["nodes"][0], &shown["nodes"][1]);
        assert_eq!((&moved["kind"], &moved["before"]["state"]), (&json!("CHANGED"), &json!("RELEASED")));
        assert_eq!(moved["after"]["state"], "SETTLED");
        assert_eq!((&new["kind"], &new["before"]), (&json!("ADDED"), &json!(null)));
        let shown = world.ask(auditor, asked, json!({ "since": paid_one })).await;
        let shown = &shown["disbursementChanges"];
        assert_eq!((&shown["final"], &shown["nodes"][0]["kind"]), (&json!(false), &json!("REVERSED")));
        let backwards = json!({ "since": paid_one, "asOf": released_one });
        let refused = world.answer(auditor, asked, backwards).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "SINCE_NOT_EARLIER", "{refused}");
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
            let told = changes(world, pair[0], pair[1]).await;
            let mut shown = on_screen(world, pair[0], pair[1]).await;
            let release = |(before, after): &(Option<DisbursementLine>, Option<DisbursementLine>)| {
                after.as_ref().or(before.as_ref()).map(|line| line.release)
            };
            shown.sort_by_key(release);
            let stood = |line: Option<&DisbursementStatementLine>| line.map(|line| line.line.clone());
            let lines = told.iter().map(|change| (stood(change.before()), stood(change.after())));
            assert_eq!(shown, lines.collect::<Vec<_>>());
            for change in told {
                *kinds.entry(change.kind()).or_insert(0) += 1;
                let release = change.last().line.release;
                assert_eq!(reached.remove(&release), stood(change.before()));
                reached.extend(stood(change.after()).map(|line| (release, line)));
            }
            assert_eq!(reached, report(world, pair[1]).await);
        }
        assert!(kinds.len() > 1, "{kinds:?}");
    }
}
