//! What people try.

use domain::payment::ReturnReason;
use proptest::prelude::*;

/// Something that somebody tries. An `award` is one of the two, a `pick` says which of the things that
/// there are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    /// Days go by.
    Wait { days: u64 },
    /// The first milestone that is open is submitted and judged.
    Judge { award: usize, verdict: Judgement },
    /// The authority goes on after a failure.
    GoOn { award: usize, carries: bool },
    /// The body reports that it spent what it got, and the report is accepted.
    Spend { award: usize },
    /// What is held for a debt of the body's is kept for it.
    SetOff { pick: usize },
    /// Everything that may be is released and put into a batch, which is pushed so far.
    Pay { push: Push },
    /// One tranche is released, or its release taken back, and so on.
    Tranche {
        award: usize,
        pick: usize,
        deed: TrancheDeed,
    },
    /// A batch that exists is pushed on, or cancelled where it cannot be.
    Push { pick: usize, push: Push },
    /// A batch is cancelled.
    CancelBatch { pick: usize },
    /// An answer that was recorded by hand is taken back.
    TakeBack { pick: usize },
    /// The cause of a return by the bank is cleared.
    ClearBounce { pick: usize },
    /// The body names another account, and somebody confirms it.
    ChangeAccount { pick: usize },
    /// The decided amount goes up or down by so many millions.
    Modify {
        award: usize,
        pick: usize,
        up: bool,
        amount: i64,
    },
    /// The award is suspended, or goes on.
    Suspend { award: usize, resumes: bool },
    /// A year's cost are approved, reported and accepted, and its amount is determined. So many tenths
    /// of what was approved were spent.
    Determine {
        award: usize,
        year: i32,
        tenths: i64,
    },
    /// The award is over, in one of its ways; what is cancelled is ordered back.
    Finish { award: usize, way: Way },
    /// So many yen of a year are ordered back: after a cancellation, or in good faith.
    OrderReturn { award: usize, year: i32, minor: i64 },
    /// The body pays so many yen, on the slip of its order or to be applied by hand; what is over may be
    /// paid back.
    PayBack {
        pick: usize,
        minor: i64,
        on_slip: bool,
        refunds: bool,
    },
    /// An order to return is given up, or a part of what its part payment was charged with.
    GiveUp { pick: usize, relief: Relief },
    /// What is not committed for a year is.
    CommitYear { award: usize, year: i32 },
    /// A year is closed; what waits for one tranche may be carried over.
    CloseYear { year: i32, carries: bool },
    /// The envelope of a year gets thirty more millions, and what awards need of them is committed.
    Supplement { year: i32 },
    /// The award is closed.
    Close { award: usize },
}

/// How far a batch is pushed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Push {
    /// Prepared, approved, exported, answered.
    pub(super) steps: u8,
    /// What the bank answers.
    pub(super) returned: Option<ReturnReason>,
    /// How its answers come.
    pub(super) channel: Channel,
}

/// How the bank's answers come.
#[derive(Debug, Clone, Copy)]
pub(super) enum Channel {
    /// One by one, recorded by hand.
    Hand,
    /// In a file.
    File,
    /// In a file whose references nobody can read: a person says what they are about.
    Smudged,
}

/// What is found of a milestone.
#[derive(Debug, Clone, Copy)]
pub(super) enum Judgement {
    Go,
    PartialDecommit,
    PartialCarry,
    NoGo,
}

/// What happens to a tranche.
#[derive(Debug, Clone, Copy)]
pub(super) enum TrancheDeed {
    Release,
    Revoke,
    Withhold,
    Restore,
    Lapse,
    CarryOver,
}

/// How an award comes to its end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    Complete,
    End,
    Cancel,
    CancelInPart,
}

/// What the authority does without.
#[derive(Debug, Clone, Copy)]
pub(super) enum Relief {
    Waive,
    WriteOff,
    Rescind,
}

fn push() -> impl Strategy<Value = Push> {
    let returned = prop_oneof![
        4 => Just(None),
        1 => Just(Some(ReturnReason::AccountClosed)),
        1 => Just(Some(ReturnReason::CalledBack)),
    ];
    let steps = prop_oneof![1 => Just(1), 1 => Just(2), 1 => Just(3), 4 => Just(4)];
    let channel = prop_oneof![
        2 => Just(Channel::Hand),
        2 => Just(Channel::File),
        1 => Just(Channel::Smudged),
    ];
    (steps, returned, channel).prop_map(|(steps, returned, channel)| Push {
        steps,
        returned,
        channel,
    })
}

fn judgement() -> impl Strategy<Value = Judgement> {
    use Judgement::{Go, NoGo, PartialCarry, PartialDecommit};
    prop_oneof![3 => Just(Go), 1 => Just(PartialDecommit), 1 => Just(PartialCarry), 1 => Just(NoGo)]
}

fn deed() -> impl Strategy<Value = TrancheDeed> {
    use TrancheDeed::{CarryOver, Lapse, Release, Restore, Revoke, Withhold};
    proptest::sample::select(vec![Release, Revoke, Withhold, Restore, Lapse, CarryOver])
}

/// An act, the likelier the more histories need it.
pub(super) fn act() -> impl Strategy<Value = Act> {
    let award = || 0..2_usize;
    let pick = || 0..8_usize;
    let year = || prop_oneof![3 => Just(2026), 1 => Just(2027)];
    let days = proptest::sample::select(vec![1_u64, 4, 16, 40, 150]);
    let way = prop_oneof![
        3 => Just(Way::Complete),
        1 => Just(Way::End),
        1 => Just(Way::Cancel),
        1 => Just(Way::CancelInPart),
    ];
    let relief = proptest::sample::select(vec![Relief::Waive, Relief::WriteOff, Relief::Rescind]);
    let minor = || {
        prop_oneof![
            Just(1_i64),
            Just(3_333_333),
            Just(10_000_001),
            1..20_000_000_i64
        ]
    };
    let of_payments = prop_oneof![
        6 => (award(), judgement()).prop_map(|(award, verdict)| Act::Judge { award, verdict }),
        4 => award().prop_map(|award| Act::Spend { award }),
        2 => (award(), any::<bool>()).prop_map(|(award, carries)| Act::GoOn { award, carries }),
        6 => push().prop_map(|push| Act::Pay { push }),
        6 => (award(), pick(), deed())
            .prop_map(|(award, pick, deed)| Act::Tranche { award, pick, deed }),
        5 => (pick(), push()).prop_map(|(pick, push)| Act::Push { pick, push }),
        1 => pick().prop_map(|pick| Act::CancelBatch { pick }),
        1 => pick().prop_map(|pick| Act::TakeBack { pick }),
        2 => pick().prop_map(|pick| Act::ClearBounce { pick }),
        1 => pick().prop_map(|pick| Act::ChangeAccount { pick }),
        1 => (award(), any::<bool>()).prop_map(|(award, resumes)| Act::Suspend { award, resumes }),
    ];
    let of_closing = prop_oneof![
        2 => (award(), pick(), any::<bool>(), 1..4_i64)
            .prop_map(|(award, pick, up, amount)| Act::Modify { award, pick, up, amount }),
        6 => (award(), year(), 0..11_i64)
            .prop_map(|(award, year, tenths)| Act::Determine { award, year, tenths }),
        4 => (award(), way).prop_map(|(award, way)| Act::Finish { award, way }),
        4 => (award(), year(), minor())
            .prop_map(|(award, year, minor)| Act::OrderReturn { award, year, minor }),
        6 => (pick(), minor(), any::<bool>()).prop_map(|(pick, minor, refunds)| {
            let on_slip = pick % 2 == 0;
            Act::PayBack { pick, minor, on_slip, refunds }
        }),
        3 => pick().prop_map(|pick| Act::SetOff { pick }),
        8 => (pick(), relief).prop_map(|(pick, relief)| Act::GiveUp { pick, relief }),
        2 => (award(), year()).prop_map(|(award, year)| Act::CommitYear { award, year }),
        1 => (year(), any::<bool>()).prop_map(|(year, carries)| Act::CloseYear { year, carries }),
        4 => proptest::sample::select(vec![2026, 2027]).prop_map(|year| Act::Supplement { year }),
        1 => award().prop_map(|award| Act::Close { award }),
    ];
    prop_oneof![
        3 => days.prop_map(|days| Act::Wait { days }),
        7 => of_payments,
        5 => of_closing,
    ]
}
