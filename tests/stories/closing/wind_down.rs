//! What it costs to stop: granted after an ending without fault, paid on estimate, and determined.

use domain::access::{GrantScope, Operation, Role};
use domain::award::AwardStateCode;
use domain::closing::{CostCategory, ReportKind};
use domain::ledger::{Account, Balances};
use domain::tranche::PaymentBasis;
use domain::{Coded, Currency, Refusal};
use sea_orm::EntityTrait;
use serde_json::json;
use store::command::{
    CancelAward, CloseAward, DetermineAmount, EndAward, GrantRole, GrantWindDown, ReleaseTranche,
};
use store::entity::{tranche, tranche_release};

use super::{accepted, budgeted, report, result_accepted};
use crate::builders::{Granted, World, millions, year};

use CostCategory::Personnel;

const WHY: &str = "事情の変更";

fn ending(award: &Granted) -> EndAward {
    EndAward {
        award: award.id,
        reason: WHY.to_owned(),
    }
}

fn granting(award: &Granted, amount: i64) -> GrantWindDown {
    GrantWindDown {
        award: award.id,
        budget_year: year(2026),
        amount: millions(amount),
        reason: "治験の中止に要する費用".to_owned(),
    }
}

fn determination_of(award: &Granted) -> DetermineAmount {
    DetermineAmount {
        award: award.id,
        budget_year: year(2026),
        return_due_on: None,
        reason: WHY.to_owned(),
    }
}

/// What is in each account of the award, in yen, where it is not nothing.
async fn held(world: &World, award: &Granted) -> Vec<(Account, i64)> {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    balances
        .iter()
        .filter(|(account, balance)| account.owner == award.id.uuid() && !balance.is_zero())
        .map(|(account, balance)| (account, balance.minor()))
        .collect()
}

on_both! {
    /// Decided 37 M: advance 12, milestone 20, retention 5. It ends before its milestone; stopping costs
    /// 6 M, and 27 M were spent in all, of which two thirds are fixed.
    async fn an_ending_without_fault_is_wound_down_paid_and_closed(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().advance(12).milestone(20, 2026).retention(5).active().await;
        world.pay(award.advance.expect("an advance")).await;
        world.run(people.director, &ending(&award)).await;
        assert_eq!(world.envelope(2026).await, 983);

        let granted = world.run(people.director, &granting(&award, 6)).await;
        assert_eq!((granted.amount, granted.budget_year), (millions(6), year(2026)));
        assert_eq!(world.envelope(2026).await, 977);
        let row = tranche::Entity::find_by_id(granted.tranche.uuid()).one(world.store.reads()).await;
        let row = row.expect("an answer").expect("a tranche");
        assert_eq!((row.kind.as_str(), row.state.as_str()), ("WIND_DOWN", "PLANNED"));

        // The decider is somebody else than the releaser, whatever their roles.
        let role = GrantRole {
            person: people.director,
            role: Role::FinancePreparer,
            scope: GrantScope::Programme(world.programme),
            from: world.clock.today(),
            until: None,
        };
        world.run(people.administrator, &role).await;
        let release = ReleaseTranche { tranche: granted.tranche };
        let own = world.refusal(people.director, &release).await;
        assert_eq!(own, Refusal::SecondPersonRequired {});
        let released = world.release(granted.tranche).await;
        let preparing = world.refusal(people.director, &world.preparing(&[released])).await;
        assert_eq!(preparing.code().code(), "DUTIES_COLLIDE");
        let row = tranche_release::Entity::find_by_id(released.uuid()).one(world.store.reads()).await;
        let row = row.expect("an answer").expect("a release");
        assert_eq!(row.payment_basis, PaymentBasis::Estimate.code());
        world.paid(&[released]).await;

        budgeted(&world, &award, &[(Personnel, 40)]).await;
        result_accepted(&world, &award, &[(Personnel, 27)]).await;
        let determined = world.run(people.director, &determination_of(&award)).await;
        assert_eq!((determined.fixed, determined.payable), (millions(18), millions(0)));
        assert_eq!(determined.return_order, None);
        world.no_tax_credited(award.id).await;
        let closed = world.run(people.director, &CloseAward { award: award.id }).await;
        assert_eq!(closed.state, AwardStateCode::Closed);
        let kept = Account::granted(award.id, Currency::JPY);
        assert_eq!(held(&world, &award).await, [(kept, 18_000_000)]);
        assert_eq!(world.envelope(2026).await, 982);
        world.assert_in_order().await;
    }

    async fn what_stands_against_a_grant_is_named(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(12).milestone(20, 2026).retention(5).active().await;
        let not_ready = |state| Refusal::AwardNotReady { operation: Operation::GrantWindDown, state };
        let early = world.refusal(director, &granting(&award, 6)).await;
        assert_eq!(early, not_ready(AwardStateCode::Active));
        world.run(director, &ending(&award)).await;
        // The advance lapsed with the milestone; the retention waits for the determination.
        let above = Refusal::WindDownAboveDecided { left: millions(32).amount() };
        assert_eq!(world.refusal(director, &granting(&award, 33)).await, above);
        let nothing = world.refusal(director, &granting(&award, 0)).await;
        assert_eq!(nothing, Refusal::AmountNotPositive {});
        let unfounded = GrantWindDown { reason: " ".to_owned(), ..granting(&award, 6) };
        assert_eq!(world.refusal(director, &unfounded).await, Refusal::ReasonRequired {});
        let budget_year = year(2031);
        let unplanned = GrantWindDown { budget_year, ..granting(&award, 6) };
        let missing = world.refusal(director, &unplanned).await;
        assert_eq!(missing, Refusal::EnvelopeMissing { budget_year });

        let budget_year = year(2026);
        let granted = world.run(director, &granting(&award, 6)).await;
        let again = world.refusal(director, &granting(&award, 1)).await;
        assert_eq!(again, Refusal::WindDownGranted { budget_year });

        // Nobody released it before the determination: it lapses with it, and nothing is granted any more.
        budgeted(&world, &award, &[(Personnel, 40)]).await;
        accepted(&world, &report(&award, ReportKind::Result, 2026, &[(Personnel, 0)])).await;
        world.run(director, &determination_of(&award)).await;
        let row = tranche::Entity::find_by_id(granted.tranche.uuid()).one(world.store.reads()).await;
        assert_eq!(row.expect("an answer").expect("a tranche").state, "LAPSED");
        assert_eq!(world.envelope(2026).await, 1_000);
        let late = world.refusal(director, &granting(&award, 6)).await;
        assert_eq!(late, Refusal::YearDetermined { budget_year });

        let misused = world.award().milestone(20, 2026).active().await;
        let cancel = CancelAward {
            award: misused.id,
            ground: domain::award::CancellationGround::OtherUse,
            part: None,
            reason: WHY.to_owned(),
        };
        world.run(director, &cancel).await;
        let cancelled = world.refusal(director, &granting(&misused, 6)).await;
        assert_eq!(cancelled, not_ready(AwardStateCode::Cancelled));
        world.assert_in_order().await;
    }

    async fn the_applicant_sees_the_decision_and_the_director_what_can_be_granted(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().milestone(20, 2026).active().await;
        let asked = "query($id: ID!) { node(id: $id) { ... on Award {
            tranches { kind windDown { amount { amount } reason } }
            actions { name allowed blockedBy { code } } } } }";
        let id = json!({ "id": graphql::Id(award.id).text() });
        let action = async || {
            let answer = world.ask(people.director, asked, id.clone()).await;
            let actions = answer["node"]["actions"].as_array().expect("actions").clone();
            let mut found = actions.into_iter().filter(|action| action["name"] == "GRANT_WIND_DOWN");
            let found = found.next().expect("the action");
            (found["allowed"].clone(), found["blockedBy"]["code"].clone())
        };
        assert_eq!(action().await, (json!(false), json!("AWARD_NOT_READY")));
        world.run(people.director, &ending(&award)).await;
        assert_eq!(action().await, (json!(true), json!(null)));
        world.run(people.director, &granting(&award, 6)).await;
        let told = world.ask(people.representative, asked, id.clone()).await;
        let decision = json!({
            "amount": { "amount": "6000000" },
            "reason": "治験の中止に要する費用",
        });
        assert_eq!(told["node"]["tranches"], json!([
            { "kind": "MILESTONE", "windDown": null },
            { "kind": "WIND_DOWN", "windDown": decision },
        ]));
    }
}
