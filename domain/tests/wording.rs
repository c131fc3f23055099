//! Every code has a text in both languages, no text is left over, and every fact that a text names
//! exists and is written in the reader's language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::access::{Operation, Role, RootKind, ScopeKind};
use domain::award::{AwardStateCode, CancellationGround, DecisionDirection, PlanState};
use domain::bank::DepositKind;
use domain::calculation::CalculationStepCode;
use domain::closing::{
    ChargeEntry, ChargeKind, CostCategory, NoTaxCreditReason, ReductionCause, ReportKind,
    ReportStateCode, ReturnKind, ReturnState, YearEndBlockerCode,
};
use domain::criterion::{EvidenceKind, KpiDirection};
use domain::finding::FindingCode;
use domain::gate::{ConditionState, ConflictKind, GateState, RecusalGround, Seat, VoidCause};
use domain::ledger::{AccountKind, DecommitReason, RecordKind, TransferKind};
use domain::milestone::{FollowUp, MilestoneStateCode, Outcome, PlanChangeAnswer, SubmissionState};
use domain::payment::{
    AnswerColumn, BankResultCode, BatchState, BlockedRow, BlockedRows, Contradiction, Duty,
    InstructionState, LineState, PayeeAccountState, PaymentStage, ReturnReason, UnmatchedReason,
};
use domain::report::{
    ChangeKind, DisbursementKey, ExportKind, ExportState, NoticeKind, NoticeSentence, NoticeWord,
    ReportColumn,
};
use domain::task::TaskKind;
use domain::template::PublicationState;
use domain::tranche::{BlockerCode, PaymentBasis, TrancheKind, TrancheState};
use domain::wording::{self, Language};
use domain::{Coded, Codes, FaultCode, FiscalYear, InputRule, Refusal, RefusalCode};

/// A closed set: its name, and the keys of its texts.
fn set<T: Coded>() -> (&'static str, Vec<String>) {
    let keys = T::ALL.iter().map(|value| wording::key(*value));
    (T::NAME, keys.collect())
}

/// Every closed set; another test fails when one is left out.
fn sets() -> BTreeMap<&'static str, Vec<String>> {
    BTreeMap::from([
        set::<AccountKind>(),
        set::<AwardStateCode>(),
        set::<BlockerCode>(),
        set::<AnswerColumn>(),
        set::<BankResultCode>(),
        set::<BatchState>(),
        set::<CalculationStepCode>(),
        set::<CancellationGround>(),
        set::<ChargeEntry>(),
        set::<ChargeKind>(),
        set::<ConditionState>(),
        set::<ConflictKind>(),
        set::<Contradiction>(),
        set::<CostCategory>(),
        set::<DecisionDirection>(),
        set::<DecommitReason>(),
        set::<DepositKind>(),
        set::<DisbursementKey>(),
        set::<Duty>(),
        set::<EvidenceKind>(),
        set::<ChangeKind>(),
        set::<ExportKind>(),
        set::<ExportState>(),
        set::<FaultCode>(),
        set::<FindingCode>(),
        set::<FollowUp>(),
        set::<GateState>(),
        set::<InputRule>(),
        set::<InstructionState>(),
        set::<KpiDirection>(),
        set::<LineState>(),
        set::<MilestoneStateCode>(),
        set::<NoTaxCreditReason>(),
        set::<NoticeKind>(),
        set::<NoticeSentence>(),
        set::<NoticeWord>(),
        set::<Operation>(),
        set::<Outcome>(),
        set::<PayeeAccountState>(),
        set::<PaymentBasis>(),
        set::<PaymentStage>(),
        set::<PlanChangeAnswer>(),
        set::<PlanState>(),
        set::<PublicationState>(),
        set::<RecordKind>(),
        set::<RecusalGround>(),
        set::<ReductionCause>(),
        set::<RefusalCode>(),
        set::<ReportColumn>(),
        set::<ReportKind>(),
        set::<ReportStateCode>(),
        set::<ReturnKind>(),
        set::<ReturnState>(),
        set::<Role>(),
        set::<ReturnReason>(),
        set::<RootKind>(),
        set::<ScopeKind>(),
        set::<Seat>(),
        set::<SubmissionState>(),
        set::<TaskKind>(),
        set::<TrancheKind>(),
        set::<TrancheState>(),
        set::<TransferKind>(),
        set::<UnmatchedReason>(),
        set::<VoidCause>(),
        set::<YearEndBlockerCode>(),
    ])
}

/// The names of the sets that the sources declare: `coded!` is the only way to make one, and it is
/// no other crate's.
fn declared(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            declared(&path, names);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("UTF-8");
        let invocations = source.split("coded! {\n").skip(1);
        names.extend(invocations.map(|invocation| {
            let name = invocation.split("pub enum ").nth(1).expect("an enum");
            name.split(' ').next().expect("a name").to_owned()
        }));
    }
}

/// The catalogue's files as they stand: key to text. A key that comes twice fails here.
fn texts(language: Language) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("wording")
        .join(language.code());
    let mut texts = BTreeMap::new();
    for file in std::fs::read_dir(folder).expect("the catalogue's folder") {
        let content = std::fs::read_to_string(file.expect("a file").path()).expect("UTF-8");
        let lines = content
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        for line in lines {
            let (key, text) = line.split_once(" = ").expect(line);
            let twice = texts.insert(key.to_owned(), text.to_owned());
            assert_eq!(twice, None, "{key} comes twice");
        }
    }
    texts
}

/// The facts that a text names: `{ $until }` is `until`.
fn named_facts(text: &str) -> BTreeSet<&str> {
    text.split("{ $")
        .skip(1)
        .filter_map(|rest| rest.split(" }").next())
        .collect()
}

#[test]
fn every_code_has_a_text_in_both_languages_and_no_text_is_left_over() {
    let keys: BTreeSet<String> = sets().into_values().flatten().collect();
    for language in Language::ALL {
        let written: BTreeSet<String> = texts(language)
            .into_keys()
            .filter(|key| !key.starts_with("thing-"))
            .collect();
        let missing: Vec<_> = keys.difference(&written).cloned().collect();
        let left_over: Vec<_> = written.difference(&keys).cloned().collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(
            left_over.is_empty(),
            "{language:?} need not say {left_over:?}"
        );
    }
    let things = |language| -> Vec<String> { texts(language).into_keys().collect() };
    assert_eq!(things(Language::Ja), things(Language::En));
}

#[test]
fn no_closed_set_is_forgotten() {
    let mut names = BTreeSet::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    declared(&sources, &mut names);
    let known: BTreeSet<String> = sets().into_keys().map(ToOwned::to_owned).collect();
    assert_eq!(names, known);
}

#[test]
fn every_text_says_something_and_japanese_is_japanese() {
    for language in Language::ALL {
        for (key, text) in texts(language) {
            assert!(!text.trim().is_empty(), "{key}");
            let is_japanese = !text.is_ascii();
            assert!(is_japanese || language == Language::En, "{key}: {text}");
        }
    }
}

#[test]
fn what_the_program_says_is_what_the_files_hold() {
    fn check<T: Coded>() {
        for language in Language::ALL {
            let texts = texts(language);
            for value in T::ALL {
                assert_eq!(wording::of(*value, language), texts[&wording::key(*value)]);
            }
        }
    }
    check::<Operation>();
    check::<Role>();
    check::<BlockerCode>();
    check::<InputRule>();
    check::<MilestoneStateCode>();
    check::<Outcome>();
    check::<TransferKind>();
}

#[test]
fn a_refusal_names_only_facts_that_it_has_and_the_same_ones_in_both_languages() {
    let (ja, en) = (texts(Language::Ja), texts(Language::En));
    for code in RefusalCode::ALL {
        let key = wording::key(*code);
        let facts: BTreeSet<&str> = code.parameter_names().iter().copied().collect();
        let named = named_facts(&en[&key]);
        assert!(named.is_subset(&facts), "{key}: {named:?} of {facts:?}");
        assert_eq!(named, named_facts(&ja[&key]), "{key}");
    }
}

#[test]
fn no_word_names_a_fact_unless_it_is_a_refusal() {
    for language in Language::ALL {
        for (key, text) in texts(language) {
            if !key.starts_with("RefusalCode-") {
                assert!(!text.contains('{'), "{key}");
            }
        }
    }
}

#[test]
fn facts_come_out_as_words_of_the_readers_language() {
    let day = "2026-04-16".parse().unwrap();
    let refusals = [
        Refusal::RoleRequired {
            operation: Operation::DecideGate,
            roles: Codes(vec![Role::Officer, Role::Director]),
        },
        Refusal::MilestoneNotReady {
            operation: Operation::SubmitMilestone,
            state: MilestoneStateCode::Passed,
        },
        Refusal::WithdrawalTermOver { ended_on: day },
        Refusal::EnvelopeExhausted {
            budget_year: FiscalYear::new(2025),
            left: "45000000".to_owned(),
        },
        Refusal::TransferNotAllowed {
            kind: TransferKind::Release,
            from: AccountKind::Envelope,
            to: AccountKind::Payable,
        },
        Refusal::EvidenceMissing {
            criterion: "C1".to_owned(),
            kind: EvidenceKind::Protocol,
        },
        Refusal::VotesPending {
            missing: 2,
            deadline_on: day,
        },
        Refusal::PickAmongLeadersRequired {
            outcomes: Codes(vec![Outcome::Go, Outcome::Rework]),
        },
        Refusal::PartialShareNotPart {
            share: domain::BasisPoints::WHOLE,
        },
        Refusal::ConditionAlreadyAnswered {
            state: ConditionState::Waived,
        },
        Refusal::ReleaseBlocked {
            blockers: Codes(vec![
                BlockerCode::GateNotPassed,
                BlockerCode::WithdrawalTermRunning,
            ]),
        },
        Refusal::PaymentBlocked {
            rows: BlockedRows(vec![
                BlockedRow {
                    row: 2,
                    award: "HTC-R08-SAMD-0001".to_owned(),
                    tranche: 3,
                    blockers: Codes(vec![
                        BlockerCode::AwardState,
                        BlockerCode::PayeeAccountChanged,
                    ]),
                },
                BlockedRow {
                    row: 5,
                    award: "HTC-R08-SAMD-0002".to_owned(),
                    tranche: 1,
                    blockers: Codes(vec![BlockerCode::ReturnUnpaid]),
                },
            ]),
        },
        Refusal::InvalidInput {
            field: "title.ja".to_owned(),
            rule: InputRule::Required,
        },
        Refusal::NotFound {
            kind: "GATE_TEMPLATE".to_owned(),
        },
        Refusal::AlreadyExists {
            kind: "something else".to_owned(),
        },
        Refusal::MilestoneLocked {},
    ];
    let said: Vec<String> = refusals
        .iter()
        .flat_map(|refusal| {
            Language::ALL.map(|language| {
                let text = wording::refusal(refusal, language);
                assert!(!text.contains('{'), "{text}");
                format!("{}: {text}", language.code())
            })
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_reader_is_answered_in_the_language_they_prefer_and_in_japanese_by_default() {
    for (header, language) in [
        ("", Language::Ja),
        ("*", Language::Ja),
        ("fr, de;q=0.9", Language::Ja),
        ("en", Language::En),
        ("EN-gb", Language::En),
        ("en-US,en;q=0.9,ja;q=0.8", Language::En),
        ("ja,en-US;q=0.9,en;q=0.8", Language::Ja),
        ("ja;q=0.3, en;q=0.75", Language::En),
        ("en;q=0, ja;q=0.1", Language::Ja),
        ("en;q=0", Language::Ja),
        ("en;q=nonsense", Language::Ja),
        ("fr, en;q=0.001", Language::En),
        ("en;q=1.000, ja;q=0.999", Language::En),
        ("en;q=0.9999é", Language::En),
    ] {
        assert_eq!(Language::from_accept_language(header), language, "{header}");
    }
}
