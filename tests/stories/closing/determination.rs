//! The determination of the amount: the worked figures of the rule, on both databases.

use domain::award::{AwardStateCode, Remainder};
use domain::closing::{CostCategory, NoTaxCreditReason, ReportKind, TaxCredit};
use domain::ledger::{Account, AccountKind, Balances};
use domain::tranche::{BlockerCode, PaymentBasis};
use domain::{Coded, Codes, Currency, Rate, Refusal};
use sea_orm::EntityTrait;
use store::command::{
    ApplyReceipt, CloseAward, CompleteAward, DetermineAmount, PrescribeReport, ReleaseTranche,
    SetBudget,
};
use store::entity::{determination, return_order, tranche_release};

use super::receipts::received;
use super::{accepted, costs, report};
use crate::builders::{Granted, Verdict, World, date, millions, year};

use CostCategory::{Equipment, Personnel};

fn approved(award: &Granted, lines: &[(CostCategory, i64)], standard: i64) -> SetBudget {
    SetBudget {
        award: award.id,
        budget_year: year(2026),
        approved: costs(lines),
        standard: millions(standard),
        rate: Rate::new(2, 3).expect("a rate"),
        reason: "交付決定".to_owned(),
    }
}

async fn budget(world: &World, award: &Granted, lines: &[(CostCategory, i64)], standard: i64) {
    let budget = approved(award, lines, standard);
    world.run(world.people.director, &budget).await;
}

fn determination_of(award: &Granted) -> DetermineAmount {
    DetermineAmount {
        award: award.id,
        budget_year: year(2026),
        return_due_on: None,
        reason: "実績報告の審査".to_owned(),
    }
}

/// What is in these accounts of the award, in yen.
async fn held(world: &World, accounts: [Account; 4]) -> [i64; 4] {
    let balances = Balances::of(&world.transfers().await).expect("balances");
    accounts.map(|account| balances.balance(account).minor())
}

fn accounts(award: &Granted) -> [Account; 4] {
    let jpy = Currency::JPY;
    [
        Account::advanced(award.id, jpy),
        Account::granted(award.id, jpy),
        Account::returnable(award.id, jpy),
        Account::retained(award.id, year(2026), jpy),
    ]
}

on_both! {
    /// Rate 2/3; personnel approved 20 M, actual 22 M; equipment 30 M, 25 M: 30 M fixed, 32 M paid.
    async fn what_was_paid_above_the_fixed_amount_is_ordered_back_in_the_same_act(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(12).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        let early = world.refusal(director, &determination_of(&award)).await;
        assert_eq!(early, Refusal::YearNotPaidOut {});
        world.pass(award.milestones[0]).await;
        world.reports_spending(award.id, 12).await;
        world.pay(award.tranches[0]).await;
        let unset = world.refusal(director, &determination_of(&award)).await;
        assert_eq!(unset, Refusal::BudgetMissing { budget_year: year(2026) });
        budget(&world, &award, &[(Personnel, 20), (Equipment, 30)], 60).await;
        let unreported = world.refusal(director, &determination_of(&award)).await;
        assert_eq!(unreported, Refusal::ExpenditureNotAccepted { budget_year: year(2026) });

        let result = report(&award, ReportKind::Result, 2026, &[(Personnel, 22), (Equipment, 25)]);
        accepted(&world, &result).await;
        let undated = world.refusal(director, &determination_of(&award)).await;
        assert_eq!(undated, Refusal::DateRequired {});
        let due = DetermineAmount { return_due_on: Some(date("2026-12-01")), ..determination_of(&award) };
        let determined = world.run(director, &due).await;
        assert_eq!((determined.fixed, determined.payable), (millions(30), millions(0)));
        assert_eq!(held(&world, accounts(&award)).await, [0, 30_000_000, 2_000_000, 0]);
        world.run(director, &CompleteAward { award: award.id }).await;
        world.no_tax_credited(award.id).await;
        let owing = world.refusal(director, &CloseAward { award: award.id }).await;
        let returnable = Codes(vec![AccountKind::Returnable]);
        assert_eq!(owing, Refusal::AccountsNotEmpty { accounts: returnable });
        let order = return_order::Entity::find().one(world.store.reads()).await.expect("an answer");
        let order = order.expect("an order");
        assert_eq!((order.amount_minor, order.granted_minor), (2_000_000, 0));
        assert_eq!(determined.return_order.map(domain::id::ReturnOrderId::uuid), Some(order.id));

        // The same again fixes the same and finds nothing left to order back.
        let again = world.run(director, &determination_of(&award)).await;
        assert_eq!((again.version, again.fixed, again.return_order), (2, millions(30), None));
        let versions = determination::Entity::find().all(world.store.reads()).await.expect("rows");
        assert_eq!(versions.len(), 2);
        world.assert_in_order().await;
    }

    /// 30 M fixed and 32 M paid; the budget is corrected, and 31,333,000 are fixed: of the 2 M that were
    /// ordered back, 667,000 are still owed. Once these are returned, no determination pays them again.
    async fn what_is_fixed_after_all_is_not_owed_any_more(db: TestDatabase) {
        let world = World::new(&db).await;
        let director = world.people.director;
        let award = world.award().advance(12).milestone(20, 2026).active().await;
        world.pay(award.advance.expect("an advance")).await;
        world.pass(award.milestones[0]).await;
        world.reports_spending(award.id, 12).await;
        world.pay(award.tranches[0]).await;
        budget(&world, &award, &[(Personnel, 20), (Equipment, 30)], 60).await;
        let result = report(&award, ReportKind::Result, 2026, &[(Personnel, 22), (Equipment, 25)]);
        accepted(&world, &result).await;
        let due = DetermineAmount { return_due_on: Some(date("2026-12-25")), ..determination_of(&award) };
        let return_order = world.run(director, &due).await.return_order.expect("an order");

        budget(&world, &award, &[(Personnel, 22), (Equipment, 30)], 60).await;
        let raised = world.run(director, &determination_of(&award)).await;
        assert_eq!((raised.fixed.minor(), raised.return_order), (31_333_000, None));
        assert_eq!(held(&world, accounts(&award)).await, [0, 31_333_000, 667_000, 0]);
        world.assert_in_order().await;

        let receipt = received(&world, 1, "返納-1").await;
        let applied = world.run(world.people.approver, &ApplyReceipt { receipt, return_order }).await;
        assert_eq!((applied.principal.minor(), applied.owed.minor()), (667_000, 0));
        let whole = SetBudget {
            rate: Rate::new(1, 1).expect("a rate"),
            ..approved(&award, &[(Personnel, 30), (Equipment, 30)], 60)
        };
        world.run(director, &whole).await;
        let returned = Refusal::FixedAfterReturn { returned: "667000".to_owned() };
        assert_eq!(world.refusal(director, &determination_of(&award)).await, returned);
        assert_eq!(held(&world, accounts(&award)).await, [0, 31_333_000, 0, 0]);
        world.assert_in_order().await;
    }

    /// Decided 50.0 M = advance 10 + M1 18 + M2 17 + retention 5, M2 passed at 60 %: costs that would
    /// justify 50.0 M fix 43.2 M, and the retention is paid after the determination.
    async fn a_retention_is_released_once_its_year_is_determined(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().advance(10).milestone(18, 2026).milestone(17, 2026).retention(5);
        let award = award.active().await;
        world.pay(award.advance.expect("an advance")).await;
        world.pass(award.milestones[0]).await;
        world.reports_spending(award.id, 10).await;
        world.pay(award.tranches[0]).await;
        world.judge(award.milestones[1], Verdict::partial(&["SAFETY"], Remainder::Decommit)).await;
        world.reports_spending(award.id, 28).await;
        world.pay(award.tranches[1]).await;
        budget(&world, &award, &[(Personnel, 75)], 75).await;
        let result = report(&award, ReportKind::Result, 2026, &[(Personnel, 75)]);
        accepted(&world, &result).await;
        world.run(people.director, &CompleteAward { award: award.id }).await;
        let retention = ReleaseTranche { tranche: award.retention.expect("a retention") };
        let waiting = Refusal::ReleaseBlocked { blockers: Codes(vec![BlockerCode::AmountNotDetermined]) };
        assert_eq!(world.refusal(people.preparer, &retention).await, waiting);

        let determined = world.run(people.director, &determination_of(&award)).await;
        assert_eq!(determined.fixed.minor(), 43_200_000);
        assert_eq!(determined.payable, millions(5));
        assert_eq!(held(&world, accounts(&award)).await, [0, 38_200_000, 0, 5_000_000]);
        let released = world.run(people.preparer, &retention).await;
        assert_eq!(released.amount, millions(5));
        let row = tranche_release::Entity::find_by_id(released.release.uuid())
            .one(world.store.reads())
            .await
            .expect("an answer")
            .expect("a release");
        assert_eq!(row.payment_basis, PaymentBasis::Settlement.code());
        world.assert_in_order().await;
    }

    /// An ending with no earned cost still gets a determination, of 0.
    async fn an_ending_without_cost_fixes_nothing_and_takes_the_retention_back(db: TestDatabase) {
        let world = World::new(&db).await;
        let people = &world.people;
        let award = world.award().advance(10).milestone(20, 2026).retention(5).active().await;
        let ending = store::command::EndAward { award: award.id, reason: "事情の変更".to_owned() };
        world.run(people.director, &ending).await;
        let early = world.refusal(people.director, &CloseAward { award: award.id }).await;
        assert_eq!(early, Refusal::YearNotDetermined { budget_year: year(2026) });
        budget(&world, &award, &[(Personnel, 50)], 50).await;
        accepted(&world, &report(&award, ReportKind::Result, 2026, &[(Personnel, 0)])).await;
        let determined = world.run(people.director, &determination_of(&award)).await;
        assert_eq!((determined.fixed, determined.payable), (millions(0), millions(0)));
        assert_eq!(held(&world, accounts(&award)).await, [0, 0, 0, 0]);
        assert_eq!(world.envelope(2026).await, 1_000);
        // The report on the credited tax is due even when zero.
        let prescribe = PrescribeReport {
            award: award.id,
            kind: ReportKind::TaxCredit,
            budget_year: year(2026),
            due_on: world.clock.today() + chrono::Days::new(30),
            reason: "交付の条件".to_owned(),
        };
        world.run(people.officer, &prescribe).await;
        let open = Refusal::TaxCreditOpen { budget_year: year(2026) };
        assert_eq!(world.refusal(people.director, &CloseAward { award: award.id }).await, open);
        let mut nothing = report(&award, ReportKind::TaxCredit, 2026, &[]);
        nothing.content.expenditure = None;
        let reason = NoTaxCreditReason::UntaxedCostsOnly;
        nothing.content.tax_credit = Some(TaxCredit::None { reason, currency: Currency::JPY });
        accepted(&world, &nothing).await;
        let closed = world.run(people.director, &CloseAward { award: award.id }).await;
        assert_eq!(closed.state, AwardStateCode::Closed);
        world.assert_in_order().await;
    }
}
