//! What a body is due is kept for what it owes (Act 20): wholly or in part, once, by nobody twice.

use domain::closing::CostCategory::Personnel;
use domain::closing::{ReportKind, YearEndBlockerCode};
use domain::gate::ConflictKind;
use domain::id::TrancheId;
use domain::ledger::{Account, Balances};
use domain::tranche::BlockerCode;
use domain::{Codes, Currency, Refusal};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::command::{
    ApplyReceipt, CloseAward, CloseYear, DetermineAmount, EndAward, RecordReceipt, RecuseMember,
    ReleaseForSetOff, ReleaseTranche, RevokeRelease, SetOff,
};
use store::entity::tranche;

use super::receipts::owing;
use crate::builders::{Granted, World, millions, year};
use crate::stories::payment::races::{rival, run};

const WHY: &str = "補助金適正化法第20条";

/// Another award of the body with an advance of ten millions.
async fn due(world: &World) -> (Granted, TrancheId) {
    let award = world.award().advance(10).milestone(20, 2026).active().await;
    let advance = award.advance.expect("an advance");
    (award, advance)
}

fn keeping(tranche: TrancheId) -> SetOff {
    SetOff {
        tranche,
        reason: WHY.to_owned(),
    }
}

async fn state_of(world: &World, tranche: TrancheId) -> String {
    let row = tranche::Entity::find_by_id(tranche.uuid()).one(world.store.reads());
    row.await.expect("an answer").expect("the tranche").state
}

/// What is returnable of the debtor, and payable and advanced of the award that is due, in yen.
async fn held(world: &World, debtor: &Granted, due: &Granted) -> [i64; 3] {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    let jpy = Currency::JPY;
    [
        Account::returnable(debtor.id, jpy),
        Account::payable(due.id, year(2026), jpy),
        Account::advanced(due.id, jpy),
    ]
    .map(|account| balances.balance(account).minor())
}

fn taking_back(tranche: TrancheId) -> RevokeRelease {
    RevokeRelease {
        tranche,
        reason: WHY.to_owned(),
    }
}

fn closing(world: &World) -> CloseYear {
    CloseYear {
        theme: world.theme,
        budget_year: year(2026),
        carry_overs: vec![],
    }
}

/// The lines of the award in the disbursement report: how far each has come, and its amount.
async fn lines_of(world: &World, award: &Granted) -> Vec<(String, String)> {
    const LINES: &str = "{ disbursements(first: 100) { nodes {
        awardNumber state amount { amount } } } }";
    let answer = world.ask(world.people.auditor, LINES, json!({})).await;
    let lines = answer["disbursements"]["nodes"].as_array().expect("lines");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    lines
        .iter()
        .filter(|line| line["awardNumber"] == award.number)
        .map(|line| (text(&line["state"]), text(&line["amount"]["amount"])))
        .collect()
}

fn paid(amount: &str) -> Vec<(String, String)> {
    vec![("SETTLED".to_owned(), amount.to_owned())]
}

/// What the envelope of 2026 has left, in yen.
async fn in_envelope(world: &World) -> i64 {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    let envelope = Account::envelope(world.theme, year(2026), Currency::JPY);
    balances.balance(envelope).minor()
}

on_both! {
    /// Four millions are owed and ten are due: 4,012,000 are kept on the tenth day after the due date,
    /// the rest is paid by the bank.
    async fn what_is_left_after_a_set_off_is_paid(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, _) = owing(&world, 4).await;
        let (award, advance) = due(&world).await;
        let (preparer, director) = (world.people.preparer, world.people.director);

        let release = ReleaseTranche { tranche: advance };
        let refused = world.refusal(preparer, &release).await;
        let blockers = Codes(vec![BlockerCode::ReturnUnpaid]);
        assert_eq!(refused, Refusal::ReleaseBlocked { blockers: blockers.clone() });
        let release = ReleaseForSetOff { tranche: advance };
        let released = world.run(preparer, &release).await.release;
        // It is payable and held: nothing leaves the house.
        let refused = world.refusal(preparer, &world.preparing(&[released])).await;
        assert_eq!(refused, world.blocked(&[(1, advance, &blockers.0)]).await);
        world.clock.set_day("2026-12-25");
        let early = world.refusal(director, &keeping(advance)).await;
        assert_eq!(early, Refusal::NothingOverdue {});

        world.clock.set_day("2027-01-04");
        let kept = world.run(director, &keeping(advance)).await;
        assert_eq!((kept.kept.minor(), kept.left.minor()), (4_012_000, 5_988_000));
        assert_eq!(held(&world, &debtor, &award).await, [0, 5_988_000, 4_012_000]);
        assert_eq!(state_of(&world, advance).await, "RELEASED");
        let revoke = RevokeRelease { tranche: advance, reason: WHY.to_owned() };
        assert_eq!(world.refusal(preparer, &revoke).await, Refusal::TrancheSetOff {});
        let again = world.refusal(director, &keeping(advance)).await;
        assert_eq!(again, Refusal::NothingOverdue {});

        let batch = world.sent(&[released]).await;
        let payments = world.payments(batch).await;
        assert_eq!(payments[0].amount_minor, 5_988_000);
        world.clock.pass_days(5);
        world.all_answered(batch, None).await;
        assert_eq!(held(&world, &debtor, &award).await, [0, 0, 10_000_000]);
        assert_eq!(state_of(&world, advance).await, "SETTLED");
        world.assert_in_order().await;
    }

    /// The award ends while a part of its release is kept: an advance is paid no more. The rest is taken
    /// back; what was kept stays paid, is fixed, and the award and its year close.
    async fn a_rest_that_an_ended_award_pays_no_more_is_taken_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, _) = owing(&world, 4).await;
        let (award, advance) = due(&world).await;
        let (preparer, director) = (world.people.preparer, world.people.director);
        let release = ReleaseForSetOff { tranche: advance };
        let release = world.run(preparer, &release).await.release;
        world.clock.set_day("2027-01-04");
        world.run(director, &keeping(advance)).await;
        let end = EndAward { award: award.id, reason: WHY.to_owned() };
        world.run(director, &end).await;
        let blocked = world.blocked(&[(1, advance, &[BlockerCode::AwardState])]).await;
        assert_eq!(world.refusal(preparer, &world.preparing(&[release])).await, blocked);

        let revoked = world.run(preparer, &taking_back(advance)).await;
        assert_eq!(revoked.release, release);
        assert_eq!(held(&world, &debtor, &award).await, [0, 0, 4_012_000]);
        assert_eq!(state_of(&world, advance).await, "SETTLED");
        assert_eq!(lines_of(&world, &award).await, paid("4012000"));
        assert_eq!(in_envelope(&world).await, 1_000_000_000 - 4_012_000 - 4_000_000);
        world.assert_in_order().await;
        let instructed = Refusal::TrancheAlreadyInstructed {};
        assert_eq!(world.refusal(preparer, &taking_back(advance)).await, instructed);

        let costs = [(Personnel, 6_018_000)];
        world.budget(&award, 2026, &costs).await;
        let report = world.handed_in(&award, ReportKind::Result, (2026, &costs)).await;
        world.accept(report).await;
        let determine = DetermineAmount {
            award: award.id,
            budget_year: year(2026),
            return_due_on: None,
            reason: WHY.to_owned(),
        };
        let fixed = world.run(director, &determine).await;
        assert_eq!((fixed.fixed.minor(), fixed.payable.minor()), (4_012_000, 0));
        world.no_tax_credited(award.id).await;
        world.run(director, &CloseAward { award: award.id }).await;
        world.clock.set_day("2027-05-06");
        world.run(director, &closing(&world)).await;
        assert_eq!(in_envelope(&world).await, 0);
        world.assert_in_order().await;
    }

    /// The rest comes back from the bank and cannot be paid any more once the close-out has passed: it
    /// stands against the closing of the year until it is taken back and lapses.
    async fn a_rest_that_missed_the_close_out_is_taken_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, _) = owing(&world, 4).await;
        let (award, advance) = due(&world).await;
        let (preparer, director) = (world.people.preparer, world.people.director);
        let release = ReleaseForSetOff { tranche: advance };
        let release = world.run(preparer, &release).await.release;
        world.clock.set_day("2027-01-04");
        world.run(director, &keeping(advance)).await;
        world.bounced(&[release]).await;
        let payable = world.refusal(preparer, &taking_back(advance)).await;
        assert_eq!(payable, Refusal::TrancheSetOff {});
        world.clock.set_day("2027-05-06");
        let blockers = Codes(vec![YearEndBlockerCode::MoneyPayable]);
        let blocked = Refusal::YearEndBlocked { blockers };
        assert_eq!(world.refusal(director, &closing(&world)).await, blocked);
        world.run(preparer, &taking_back(advance)).await;
        assert_eq!(held(&world, &debtor, &award).await, [0, 0, 4_012_000]);
        assert_eq!(lines_of(&world, &award).await, paid("4012000"));
        world.run(director, &closing(&world)).await;
        assert_eq!(in_envelope(&world).await, 0);
        world.assert_in_order().await;
    }

    /// A conflict is learned late after a part was kept: what was paid stays, the rest is held, and
    /// people take it back.
    async fn a_rest_whose_gate_has_fallen_is_held_until_it_is_taken_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, _) = owing(&world, 4).await;
        let award = world.award().milestone(10, 2026).milestone(20, 2026).active().await;
        let gate = world.pass(award.milestones[0]).await;
        let (preparer, director) = (world.people.preparer, world.people.director);
        let tranche = award.tranches[0];
        world.run(preparer, &ReleaseForSetOff { tranche }).await;
        world.clock.set_day("2027-01-04");
        world.run(director, &keeping(tranche)).await;
        // Nothing was spent of what was kept: that takes nothing of the rest away.
        let payable = world.refusal(preparer, &taking_back(tranche)).await;
        assert_eq!(payable, Refusal::TrancheSetOff {});
        let recuse = RecuseMember {
            gate,
            person: world.people.reviewers[0],
            conflict: ConflictKind::FinancialInterest,
            note: None,
        };
        world.run(world.people.officer, &recuse).await;
        assert_eq!(held(&world, &debtor, &award).await, [0, 5_988_000, 4_012_000]);
        world.run(preparer, &taking_back(tranche)).await;
        assert_eq!(held(&world, &debtor, &award).await, [0, 0, 4_012_000]);
        assert_eq!(award.milestone_states(&world).await[0], "PASSED");
        world.assert_sound().await;
    }

    /// Nothing is released for a set-off where nothing is owed.
    async fn a_body_that_owes_nothing_is_paid_as_everybody(db: TestDatabase) {
        let world = World::new(&db).await;
        let (_, advance) = due(&world).await;
        let release = ReleaseForSetOff { tranche: advance };
        let refused = world.refusal(world.people.preparer, &release).await;
        assert_eq!(refused, Refusal::NothingOverdue {});
        let unreleased = world.refusal(world.people.director, &keeping(advance)).await;
        assert_eq!(unreleased, Refusal::TrancheNotReleased {});
    }

    /// The same payable money is kept for a debt by one director and by another at the same moment, and
    /// two awards' money for one debt: each yen is kept once, and no more than is owed.
    async fn rivals_keep_no_yen_twice(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, _) = owing(&world, 12).await;
        let mut tranches = Vec::new();
        for _ in 0..2 {
            let (_, tranche) = due(&world).await;
            let release = ReleaseForSetOff { tranche };
            world.run(world.people.preparer, &release).await;
            tranches.push(tranche);
        }
        world.clock.set_day("2027-01-04");
        let rivals = [rival(&db, &world).await, rival(&db, &world).await, rival(&db, &world).await];
        let director = world.people.director;
        let [first, second] = [keeping(tranches[0]), keeping(tranches[1])];
        let (a, b, c) = tokio::join!(
            run(&rivals[0], director, &first),
            run(&rivals[1], director, &first),
            run(&rivals[2], director, &second),
        );
        let kept: i64 = [&a, &b, &c]
            .into_iter()
            .filter_map(|one| Some(one.as_ref().ok()?.kept.minor()))
            .sum();
        assert_eq!(kept, 12_036_000, "{a:?} {b:?} {c:?}");
        assert_eq!([&a, &b, &c].iter().filter(|one| one.is_ok()).count(), 2);
        let returnable = Account::returnable(debtor.id, Currency::JPY);
        assert_eq!(world.balance(returnable).await, 0);
        world.assert_in_order().await;
    }

    /// The body pays at the moment at which its money is kept: the debt is met once, and what came in
    /// beyond it stays the body's.
    async fn a_receipt_meets_a_set_off(db: TestDatabase) {
        let world = World::new(&db).await;
        let (debtor, return_order) = owing(&world, 4).await;
        let (award, tranche) = due(&world).await;
        world.run(world.people.preparer, &ReleaseForSetOff { tranche }).await;
        world.clock.set_day("2027-01-04");
        let record = RecordReceipt {
            organization: world.bodies.applicant,
            amount: millions(5),
            received_on: world.clock.today(),
            reference: "歳入1".to_owned(),
        };
        let receipt = world.run(world.people.preparer, &record).await.receipt;
        let apply = ApplyReceipt { receipt, return_order };
        let rivals = [rival(&db, &world).await, rival(&db, &world).await];
        let set_off = keeping(tranche);
        let (applied, kept) = tokio::join!(
            run(&rivals[0], world.people.approver, &apply),
            run(&rivals[1], world.people.director, &set_off),
        );
        let unapplied = Account::unapplied(world.bodies.applicant, Currency::JPY);
        let balances = Balances::of(&world.transfers().await).expect("balances");
        let unapplied = -balances.balance(unapplied).minor();
        match (applied, kept) {
            (Ok(applied), Err(refused)) => {
                assert_eq!(applied.rest.minor(), 988_000);
                assert_eq!(refused, Refusal::NothingOverdue {});
                assert_eq!(held(&world, &debtor, &award).await, [0, 10_000_000, 0]);
                assert_eq!(unapplied, 988_000);
            }
            (Err(refused), Ok(kept)) => {
                assert_eq!(kept.kept.minor(), 4_012_000);
                assert_eq!(refused, Refusal::NothingOutstanding {});
                assert_eq!(held(&world, &debtor, &award).await, [0, 5_988_000, 4_012_000]);
                assert_eq!(unapplied, 5_000_000);
            }
            both => panic!("one effect was due: {both:?}"),
        }
        world.assert_in_order().await;
    }
}
