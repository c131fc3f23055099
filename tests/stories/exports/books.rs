//! What the files are made of, of two awards through two fiscal years.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ledger::{Account, AccountKind, Balances};
use domain::report::{
    AwardStatementLine, ClosingBalance, DisbursementChange, DisbursementStatementLine,
    EnvelopeLine, NamedTransfer, PaymentCalendarLine, PublishedGrant, TrialBalanceLine,
};
use domain::tranche::TrancheState;
use domain::{Coded, Currency, Money};
use store::read::disbursement::DisbursementFilter;
use store::read::envelope::{self, EnvelopeFilter};
use store::read::export::{self, Books, Holders, Page, Reader};

use crate::builders::{TwoYears, World, seconds};

/// Everything that a programme's files are made of.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Contents {
    pub(super) disbursements: Vec<DisbursementStatementLine>,
    changes: Vec<DisbursementChange>,
    envelopes: Vec<EnvelopeLine>,
    trial_balance: Vec<TrialBalanceLine>,
    closing: Vec<ClosingBalance>,
    transfers: Vec<NamedTransfer>,
    pub(super) awards: Vec<AwardStatementLine>,
    pub(super) calendar: Vec<PaymentCalendarLine>,
    grants: Vec<PublishedGrant>,
}

/// All rows of all pages.
pub(super) async fn all<R, K>(
    first: K,
    mut page: impl AsyncFnMut(K) -> Result<Page<R, K>, store::Error>,
) -> Vec<R> {
    let (mut rows, mut next) = (Vec::new(), Some(first));
    while let Some(key) = next {
        let (more, after) = page(key).await.expect("a page");
        rows.extend(more);
        next = after;
    }
    rows
}

pub(super) async fn books(world: &World, as_of: DateTime<Utc>) -> Books {
    let books = Books::of(world.store.reads(), "HTC", Reader::Operator, as_of).await;
    books.expect("the books")
}

pub(in super::super) async fn contents(world: &World, as_of: DateTime<Utc>) -> Contents {
    let (db, books) = (world.store.reads(), &books(world, as_of).await);
    let filter = &DisbursementFilter::default();
    let beginning = "2020-04-01T00:00:00Z".parse().expect("an instant");
    let earlier = &books.since(beginning).expect("before any story");
    let of_envelopes = EnvelopeFilter {
        as_of: Some(as_of),
        ..EnvelopeFilter::default()
    };
    let envelopes = envelope::list(db, books.sight(), &of_envelopes).await;
    let mut closing = Vec::new();
    for day in export::closing_days(db, books).await.expect("days") {
        let of_day = async |holders| export::closing_balances(db, books, day, holders).await;
        closing.extend(all(Holders::default(), of_day).await);
    }
    Contents {
        disbursements: all(None, async |after| {
            let (rows, next) = export::disbursements(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        changes: all(None, async |after| {
            let page = export::disbursement_changes(db, (earlier, books), filter, after);
            let (rows, next) = page.await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        envelopes: envelopes.expect("envelopes"),
        trial_balance: all(Holders::default(), async |holders| {
            export::trial_balance(db, books, holders).await
        })
        .await,
        transfers: all(None, async |after| {
            let (rows, next) = export::transfers(db, books, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        awards: all(None, async |after| {
            let (rows, next) = export::awards(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        calendar: all(None, async |after| {
            let (rows, next) = export::payment_calendar(db, books, filter, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        grants: all(None, async |after| {
            let (rows, next) = export::grants(db, books, after).await?;
            Ok((rows, next.map(Some)))
        })
        .await,
        closing,
    }
}

/// What the lines come to in each state, in yen.
fn by_state(contents: &Contents) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    for line in &contents.disbursements {
        *sums.entry(line.line.state.code()).or_default() += line.line.amount.minor();
    }
    sums
}

on_both! {
    async fn every_file_comes_to_what_the_ledger_says(db: TestDatabase) {
        let years = TwoYears::played(&db).await;
        let world = &years.world;
        world.clock.pass_days(1);
        let contents = contents(world, world.store.now() - seconds(60)).await;
        let transfers = world.transfers().await;
        let listed: Vec<_> = contents.transfers.iter().map(|named| named.transfer.clone()).collect();
        assert_eq!(listed, transfers);
        let balances: BTreeMap<Account, Money> =
            Balances::of(&transfers).expect("balances").iter().collect();
        let lines = contents.trial_balance.iter();
        let tried: BTreeMap<_, _> = lines.map(|line| (line.account.account, line.balance)).collect();
        assert_eq!(tried, balances);
        let last = contents.closing.last().expect("a last day").on;
        let closed: BTreeMap<_, _> = contents
            .closing
            .iter()
            .filter(|closing| closing.on == last)
            .map(|closing| (closing.account.account, closing.balance))
            .collect();
        assert_eq!(closed, balances);

        // Everything that was released arrived, and nothing is counted twice.
        assert_eq!(by_state(&contents), [(TrancheState::Settled.code(), 93_200_000)].into());
        let paid: i64 = contents.awards.iter().map(|line| line.amounts.paid.minor()).sum();
        assert_eq!(paid, 93_200_000);
        for line in &contents.awards {
            let kept = line.amounts.paid.minor() - line.amounts.returned.minor();
            let held = [line.advanced, line.granted, line.returnable].map(Money::minor);
            assert_eq!(kept, held.iter().sum::<i64>(), "{}", line.award_number);
            assert_eq!(line.state.code(), "CLOSED");
        }
    }

    async fn what_was_stays_as_it_was(db: TestDatabase) {
        let years = TwoYears::offered(&db).await;
        let world = &years.world;
        let mut told = Vec::new();
        let at = world.store.now();
        told.push((at, contents(world, at).await));
        years.first_year().await;
        let at = world.store.now();
        told.push((at, contents(world, at).await));
        assert_ne!(told[0].1, told[1].1);
        years.close_first_year().await;
        for (at, before) in &told {
            assert_eq!(contents(world, *at).await, *before, "{at}");
        }
    }

    async fn a_payment_is_where_its_money_is_whatever_moved_it(db: TestDatabase) {
        let world = World::new(&db).await;
        let award = world.award().active().await;
        world.clock.pass_days(3);
        let release = world.release(award.advance.expect("an advance")).await;
        let sum = async || {
            world.clock.pass_days(1);
            let contents = contents(&world, world.store.now() - seconds(60)).await;
            let payable = |kind| {
                let lines = contents.trial_balance.iter();
                let held = lines.filter(|line| line.account.account.kind == kind);
                held.map(|line| line.balance.minor()).sum::<i64>()
            };
            let on_the_way = payable(AccountKind::Payable) + payable(AccountKind::InTransit);
            (by_state(&contents), on_the_way)
        };
        assert_eq!(sum().await, ([("RELEASED", 5_000_000)].into(), 5_000_000));
        let batch = world.sent(&[release]).await;
        assert_eq!(sum().await, ([("SENT", 5_000_000)].into(), 5_000_000));
        world.all_answered(batch, None).await;
        assert_eq!(sum().await, ([("SETTLED", 5_000_000)].into(), 0));
        let nobody = Books::of(world.store.reads(), "NONE", Reader::Operator, world.store.now());
        assert!(nobody.await.is_err());
        assert_eq!(books(&world, world.store.now()).await.currency, Currency::JPY);
    }
}
