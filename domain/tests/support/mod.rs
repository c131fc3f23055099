//! Builders of the things that rules speak of. Each gives the plainest sound example; a test
//! changes what it is about.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::award::{Award, AwardState, PlannedMilestone, PlannedTranche};
use domain::closing::Movement;
use domain::criterion::Criterion;
use domain::gate::{ConflictKind, Finding, Member, Panel, Score, Seat, SignOff};
use domain::id::{GateId, OrganizationId, PersonId, SubmissionId};
use domain::ledger::{
    Account, AccountKind, Balances, DecommitReason, RecordKind, Transfer, TransferKind,
};
use domain::milestone::{MilestoneState, Outcome, Review};
use domain::payment::Standing;
use domain::tranche::{
    EarlierMoney, GateFact, PaymentBasis, PaymentFacts, ReleaseFacts, TrancheKind, TrancheState,
};
use domain::{BasisPoints, Currency, FiscalYear, LocalizedText, Money, Seal};
use uuid::Uuid;

/// The day on which everything happens unless a test says otherwise.
pub(crate) fn today() -> NaiveDate {
    date("2026-06-01")
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn person(number: u128) -> PersonId {
    PersonId::new(uuid(number))
}

pub(crate) fn body(number: u128) -> OrganizationId {
    OrganizationId::new(uuid(number))
}

pub(crate) fn gate(number: u128) -> GateId {
    GateId::new(uuid(number))
}

pub(crate) fn seal(content: &str) -> Seal {
    Seal::over(content)
}

pub(crate) fn yen(amount: i64) -> Money {
    Money::of_minor(amount, Currency::JPY)
}

pub(crate) fn bp(points: u16) -> BasisPoints {
    BasisPoints::of(points)
}

pub(crate) fn review(round: u16) -> Review {
    Review {
        round,
        submission: SubmissionId::new(uuid(1)),
        seal: seal("what was submitted"),
        gate: gate(1),
    }
}

pub(crate) fn passed(share: u16) -> MilestoneState {
    MilestoneState::Passed {
        review: review(1),
        outcome: Outcome::Go,
        share: bp(share),
    }
}

/// A criterion with `share` as weight and payable share.
pub(crate) fn criterion(code: &str, share: u16, blocking: bool) -> Criterion {
    Criterion {
        code: code.to_owned(),
        title: LocalizedText::new("基準", "criterion"),
        weight_bp: bp(share),
        payable_share_bp: bp(share),
        blocking,
        kpi: None,
        evidence_kinds: vec![],
    }
}

/// Two criteria: `SAFETY` blocks and earns 60 %, `UPTAKE` earns 40 %.
pub(crate) fn criteria() -> Vec<Criterion> {
    vec![
        criterion("SAFETY", 6_000, true),
        criterion("UPTAKE", 4_000, false),
    ]
}

pub(crate) fn planned(ordinal: u16, amount: i64, criteria: Vec<Criterion>) -> PlannedMilestone {
    PlannedMilestone {
        ordinal,
        title: LocalizedText::new("段階", "stage"),
        due_on: date("2026-12-01"),
        criteria,
        tranche: PlannedTranche {
            amount: yen(amount),
            budget_year: FiscalYear::new(2026),
        },
    }
}

/// The persons of a [`panel`].
pub(crate) const CHAIR: u128 = 100;
pub(crate) const DEPUTY: u128 = 101;
pub(crate) const VOTERS: [u128; 3] = [1, 2, 3];

pub(crate) fn member(number: u128, seat: Seat, votes: bool) -> Member {
    Member {
        person: person(number),
        seat,
        votes,
        body: Some(body(number)),
        declared: Some(ConflictKind::None),
        recused: None,
        replaced: false,
    }
}

/// A chair and a deputy without votes and three members with one, all declared, each of a body of
/// their own.
pub(crate) fn panel() -> Panel {
    let mut members = vec![
        member(CHAIR, Seat::Chair, false),
        member(DEPUTY, Seat::Deputy, false),
    ];
    members.extend(VOTERS.map(|number| member(number, Seat::Member, true)));
    Panel {
        members,
        sign_offs: BTreeMap::new(),
    }
}

/// The member with this number, to be changed.
pub(crate) fn seat_of(panel: &mut Panel, number: u128) -> &mut Member {
    panel
        .members
        .iter_mut()
        .find(|member| member.person == person(number))
        .expect("on the roster")
}

/// A vote for `outcome` that finds the criteria named in `met` met and the other ones of
/// [`criteria`] not.
pub(crate) fn sign_off(number: u128, outcome: Outcome, met: &[&str]) -> SignOff {
    let findings = criteria()
        .into_iter()
        .map(|criterion| {
            let finding = Finding {
                met: met.contains(&criterion.code.as_str()),
                score: Score::try_from(5).expect("a score"),
                finding: "as shown".to_owned(),
            };
            (criterion.code, finding)
        })
        .collect();
    SignOff {
        person: person(number),
        outcome,
        findings,
        reason: "as the evidence shows".to_owned(),
        seal: review(1).seal,
    }
}

pub(crate) const ALL_MET: [&str; 2] = ["SAFETY", "UPTAKE"];

pub(crate) fn vote(panel: &mut Panel, number: u128, outcome: Outcome, met: &[&str]) {
    let vote = sign_off(number, outcome, met);
    panel.sign_offs.insert(vote.person, vote);
}

/// An award in force whose withdrawal term has passed.
pub(crate) fn award() -> Award {
    Award {
        state: AwardState::Active,
        decided_on: date("2026-04-01"),
        notice_received_on: Some(date("2026-04-03")),
        withdrawal_days: 15,
    }
}

/// A milestone tranche of 18,000,000 yen that nothing stands against.
pub(crate) fn release_facts() -> ReleaseFacts {
    ReleaseFacts {
        today: today(),
        pays_on: today(),
        award: award(),
        award_since: Some(date("2026-04-03")),
        kind: TrancheKind::Milestone,
        state: TrancheState::Planned,
        state_since: date("2026-04-01"),
        amount: yen(18_000_000),
        budget_year: FiscalYear::new(2026),
        close_out: date("2027-04-30"),
        gate: Some(GateFact {
            milestone: passed(10_000),
            since: date("2026-05-20"),
            seal_intact: true,
            unfounded_since: None,
            earlier_unresolved_since: None,
        }),
        wind_down: None,
        committed: yen(35_000_000),
        decided: yen(50_000_000),
        decided_since: date("2026-04-01"),
        paid_or_payable: yen(10_000_000),
        payment: payment_facts(),
    }
}

/// A first payment on estimate that nothing stands against.
pub(crate) fn payment_facts() -> PaymentFacts {
    PaymentFacts {
        basis: PaymentBasis::Estimate,
        consultation_reference: Some("財計第1号".to_owned()),
        earlier: EarlierMoney {
            settled: yen(0),
            settled_on: None,
            spent: yen(0),
            threshold: bp(7_000),
        },
        report: None,
        account: Standing::Ready,
        return_owed_since: None,
    }
}

/// An account of `kind`, with the year 2026 where the kind has one; all of one owner.
pub(crate) fn account(kind: AccountKind) -> Account {
    Account {
        kind,
        owner: uuid(7),
        budget_year: kind.has_budget_year().then(|| FiscalYear::new(2026)),
        currency: Currency::JPY,
    }
}

/// A transfer that is sound but for the question whether the chart knows it.
pub(crate) fn transfer(
    kind: TransferKind,
    from: AccountKind,
    to: AccountKind,
    amount: i64,
) -> Transfer {
    let mut to = account(to);
    if kind == TransferKind::CarryOver {
        to.budget_year = to.budget_year.map(FiscalYear::next);
    }
    Transfer {
        id: uuid(8).into(),
        kind,
        reason: (kind == TransferKind::Decommit).then_some(DecommitReason::YearEnd),
        from: account(from),
        to,
        amount: yen(amount),
        value_date: today(),
        occurred_at: instant("2026-06-01T03:00:00Z"),
        recorded_at: instant("2026-06-01T03:00:00Z"),
        command: uuid(9).into(),
        record_kind: RecordKind::Release,
        record: uuid(10),
        reverses: None,
    }
}

/// The transfer that a command would post for `movement`; the chart has to know it.
pub(crate) fn posted(movement: &Movement) -> Transfer {
    let sound = transfer(movement.kind, movement.from.kind, movement.to.kind, 1);
    let transfer = Transfer {
        reason: movement.reason,
        from: movement.from,
        to: movement.to,
        amount: movement.amount,
        ..sound
    };
    transfer.ensure_allowed().expect("the chart knows it");
    transfer
}

/// The balances after `movements`, each account of [`account`] holding its `opening` before.
pub(crate) fn post_all(
    opening: impl IntoIterator<Item = (AccountKind, i64)>,
    movements: &[Movement],
) -> Balances {
    let mut balances = Balances::default();
    for (kind, amount) in opening {
        // Out of an account that nothing here looks at and that may be below zero.
        let mut given = transfer(TransferKind::Commit, kind, kind, amount);
        given.from = account(AccountKind::ChargesLevied);
        given.from.owner = uuid(999);
        balances.post(&given).expect("sums fit");
    }
    for movement in movements {
        balances.post(&posted(movement)).expect("sums fit");
    }
    balances
}
