//! Random histories over the whole chart, on the real store: whatever people try and in whatever order,
//! a yen is always in exactly one place.
//!
//! A history is a list of [`Act`]s that are tried in turn on two awards of one body over two budget
//! years. Most acts are what somebody would do next, so that histories reach the end of the money; who
//! tries it at the wrong time is refused, and a refusal is an answer. An internal error is not. What is
//! asserted after each act stands in [`checks`].
//!
//! The histories are the same on every run: a generator that is seeded anew would sooner or later miss
//! one of the commands, each of which has to be accepted at least once, as each kind of transfer has to be
//! made.

mod act;
mod checks;
mod closing;
mod history;
mod payments;

use std::cell::RefCell;

use domain::Coded;
use domain::access::Operation;
use domain::ledger::TransferKind;
use proptest::collection::vec;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tokio::runtime::Handle;

use self::act::{Act, act};
use self::history::{History, Tally};
use crate::harness::database::Backend;

/// How many acts a history has, its end not counted.
const ACTS: usize = 50;

/// How many histories are played on each database.
const fn histories(backend: Backend) -> u32 {
    match backend {
        Backend::Sqlite => 12,
        Backend::Postgres => 4,
    }
}

/// Every operation of money; each is accepted at least once, on SQLite, where most is played.
const MONEY: [Operation; 42] = [
    Operation::AcceptReport,
    Operation::ApplyReceipt,
    Operation::ApprovePaymentBatch,
    Operation::CancelAward,
    Operation::CancelPaymentBatch,
    Operation::CarryOverTranche,
    Operation::ClearBounce,
    Operation::CloseAward,
    Operation::CloseYear,
    Operation::CommitYear,
    Operation::CompleteAward,
    Operation::ContinueAfterFailure,
    Operation::DefineEnvelope,
    Operation::DetermineAmount,
    Operation::EndAward,
    Operation::ExportPaymentBatch,
    Operation::GrantWindDown,
    Operation::ImportSettlement,
    Operation::LapseTranche,
    Operation::ModifyDecision,
    Operation::OrderReturn,
    Operation::PrescribeReport,
    Operation::PreparePaymentBatch,
    Operation::ProposePayeeAccount,
    Operation::ConfirmPayeeAccount,
    Operation::RecordReceipt,
    Operation::RecordSettlement,
    Operation::RefundReceipt,
    Operation::ReleaseForSetOff,
    Operation::ReleaseTranche,
    Operation::RepayReturn,
    Operation::RescindReturn,
    Operation::ResolveSettlementLine,
    Operation::RestoreTranche,
    Operation::RevokeRelease,
    Operation::SetOff,
    Operation::SubmitReport,
    Operation::TakeBackReceipt,
    Operation::TakeBackSettlement,
    Operation::WaiveCharge,
    Operation::WithholdTranche,
    Operation::WriteOffReturn,
];

on_both! {
    async fn a_yen_is_always_in_one_place(db: TestDatabase) {
        let tally = RefCell::new(Tally::default());
        let config = Config {
            cases: histories(db.backend),
            failure_persistence: None,
            max_shrink_iters: 60,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let played = tokio::task::block_in_place(|| {
            runner.run(&vec(act(), ACTS), |acts: Vec<Act>| {
                Handle::current().block_on(async {
                    let fresh = db.another().await;
                    History::begun(&fresh, &tally).await.played(&acts).await;
                });
                Ok(())
            })
        });
        let tally = tally.into_inner();
        println!("{tally}");
        played.expect("sound histories");
        if db.backend == Backend::Sqlite {
            let codes = MONEY.iter().map(|operation| operation.code());
            let missing: Vec<_> = codes.filter(|code| !tally.was_accepted(code)).collect();
            assert!(missing.is_empty(), "never accepted: {missing:?}");
            let kinds = TransferKind::ALL.iter().map(|kind| kind.code());
            let missing: Vec<_> = kinds.filter(|code| !tally.was_moved(code)).collect();
            assert!(missing.is_empty(), "never moved: {missing:?}");
        }
    }
}
