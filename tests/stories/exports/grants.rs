//! The awards as open data: who publishes them, from when on, and that what arrived is what the ledger says.

use api::download::{Download, Named, Parameters, Wanted};
use chrono::{DateTime, Utc};
use domain::{Money, Refusal};
use serde_json::{Value, json};
use store::command::{AcceptAward, DefinePublisher};
use store::read::disbursement::DisbursementFilter;
use store::read::export::{self, Reader};

use super::books::{all, books};
use crate::builders::{TwoYears, World, seconds};

/// The package as of `as_of`, or why there is none.
async fn package(world: &World, as_of: DateTime<Utc>) -> Result<Value, Refusal> {
    let parameters: Parameters =
        serde_json::from_value(json!({ "asOf": as_of })).expect("parameters");
    let named = Named::of("grants.json").expect("a file");
    let wanted = Wanted { named, parameters };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("grants.json");
    let out = std::fs::File::create(&path).expect("a file");
    match Download::begin(&world.store, Reader::Operator, &wanted).await {
        Ok(begun) => begun.write(out).await.map(drop).expect("written"),
        Err(store::Error::Refused(refusal)) => return Err(refusal),
        Err(error) => panic!("{error}"),
    }
    let bytes = std::fs::read(path).expect("the file");
    Ok(serde_json::from_slice(&bytes).expect("JSON"))
}

/// The id of the first grant.
fn named(package: &Value) -> &str {
    package["grants"][0]["id"].as_str().expect("an id")
}

on_both! {
    async fn what_arrived_is_what_the_ledger_says(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        world.clock.pass_days(1);
        let books = &books(world, world.store.now() - seconds(60)).await;
        let db = world.store.reads();
        let grants = all(None, async |after| {
            let (rows, next) = export::grants(db, books, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await;
        let filter = &DisbursementFilter::default();
        let statements = all(None, async |after| {
            let (rows, next) = export::awards(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await;
        assert_eq!(grants.len(), 2);
        for (grant, statement) in grants.iter().zip(&statements) {
            assert_eq!(grant.award_number, statement.award_number);
            let amounts = &statement.amounts;
            assert_eq!((grant.applied, grant.decided), (amounts.applied, amounts.decided));
            let payments = grant.tranches.iter().flat_map(|tranche| &tranche.payments);
            let arrived = Money::sum(grant.paid.currency(), payments.map(|one| one.amount));
            assert_eq!((arrived, grant.paid), (Ok(amounts.paid), amounts.paid));
            for tranche in &grant.tranches {
                let paid = tranche.payments.iter().map(|one| one.amount.minor()).sum::<i64>();
                assert!(paid <= tranche.amount.minor(), "{} {}", grant.award_number, tranche.ordinal);
            }
        }
    }

    async fn nothing_is_published_before_somebody_publishes_it(db: TestDatabase) {
        let world = World::without_originator(&db, "2026-04-06", &[(2026, 1_000)]).await;
        world.clock.pass_days(1);
        let at = |world: &World| world.store.now() - seconds(60);
        assert_eq!(package(&world, at(&world)).await, Err(Refusal::PublisherMissing {}));
        let director = world.people.director;
        let unregistered = DefinePublisher { prefix: "htc".to_owned(), ..world.publishing() };
        let refused = world.refusal(director, &unregistered).await;
        assert!(matches!(refused, Refusal::InvalidInput { field, .. } if field == "prefix"));
        world.run(director, &world.publishing()).await;
        // What is offered may still be withdrawn.
        let award = world.award().offered().await;
        world.clock.pass_days(1);
        assert_eq!(package(&world, at(&world)).await, Err(Refusal::NothingPublished {}));
        let accept = AcceptAward { award: award.id, notice_received_on: world.clock.today() };
        world.run(world.people.representative, &accept).await;
        world.clock.pass_days(1);
        let first = at(&world);
        let told = package(&world, first).await.expect("a package");
        assert_eq!(told["publisher"]["identifier"], "JP-JCN-6000012070001");
        assert!(named(&told).starts_with("360G-test-HTC-R08-"), "{}", named(&told));

        // Another prefix from now on: of then it stays the same.
        let renamed = DefinePublisher { prefix: "360G-other".to_owned(), ..world.publishing() };
        world.run(director, &renamed).await;
        world.clock.pass_days(1);
        let now = package(&world, at(&world)).await.expect("a package");
        assert!(named(&now).starts_with("360G-other-HTC-R08-"), "{}", named(&now));
        assert_eq!(package(&world, first).await, Ok(told));
        let asked = "{ programme { publishers { version prefix licence name { en } } } }";
        let known = world.ask(world.people.representative, asked, json!({})).await;
        let known = &known["programme"]["publishers"];
        assert_eq!(known[0]["prefix"], "360G-other");
        assert_eq!((&known[1]["version"], &known[1]["prefix"]), (&json!(1), &json!("360G-test")));
    }
}
