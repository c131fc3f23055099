//! The seal: golden vectors, and every single thing that it covers.

use std::collections::BTreeMap;

use domain::criterion::{Criterion, EvidenceKind, KpiDirection, KpiTarget};
use domain::seal::{SealedContent, SealedEvidence};
use domain::{Currency, KpiValue, Money, Refusal, Seal};

use crate::support::{bp, criterion, instant, uuid, yen};

fn kpi(text: &str) -> KpiValue {
    KpiValue::parse(text).expect("a KPI value")
}

fn evidence(kind: EvidenceKind, digit: char) -> SealedEvidence {
    SealedEvidence {
        sha256: digit.to_string().repeat(64),
        size_bytes: 1_048_576,
        media_type: "application/pdf".to_owned(),
        kind,
    }
}

/// A submission with everything that a submission can have.
fn content() -> SealedContent {
    let enrolled = Criterion {
        kpi: Some(KpiTarget {
            unit: "patients".to_owned(),
            direction: KpiDirection::AtLeast,
            target: kpi("30"),
        }),
        evidence_kinds: vec![EvidenceKind::Report, EvidenceKind::DataSet],
        ..criterion("ENROLLED", 6_000, true)
    };
    SealedContent {
        award: uuid(1).into(),
        milestone: uuid(2).into(),
        round: 1,
        submission_version: 1,
        narrative: "治験の登録は\"31例\"\n完了 (caf\u{e9})".to_owned(),
        kpi_values: BTreeMap::from([("ENROLLED".to_owned(), kpi("31.5"))]),
        evidence: vec![
            evidence(EvidenceKind::Report, 'a'),
            evidence(EvidenceKind::DataSet, 'b'),
            evidence(EvidenceKind::Agreement, 'c'),
        ],
        criteria: vec![enrolled, criterion("UPTAKE", 4_000, false)],
        tranche: uuid(3).into(),
        amount: yen(18_000_000),
        policy_version: 1,
        submitted_at: instant("2026-05-20T03:04:05.000006Z"),
    }
}

/// The smallest submission there can be.
fn bare() -> SealedContent {
    SealedContent {
        narrative: String::new(),
        kpi_values: BTreeMap::new(),
        evidence: vec![],
        criteria: vec![criterion("C", 10_000, false)],
        amount: Money::of_minor(1_050, Currency::USD),
        ..content()
    }
}

/// Anybody can take these bytes and this hash and check their own program against them.
#[test]
fn the_golden_vectors_are_as_checked_in() {
    for (name, content) in [("full", content()), ("bare", bare())] {
        let golden = format!("{}\n{}", content.canonical(), content.seal());
        insta::assert_snapshot!(name, golden);
    }
}

#[test]
fn the_form_comes_first_and_every_member_after_it_is_sorted() {
    let canonical = content().canonical();
    assert!(canonical.starts_with("{\"htc-seal\":1,\"amount\":\"18000000\",\"award\":"));
    assert!(!canonical.contains(": ") && !canonical.contains(", \""));
}

type Change = fn(&mut SealedContent);

/// Every sealed thing, changed in the smallest way that matters.
fn changes() -> Vec<(&'static str, Change)> {
    vec![
        ("award", |c| c.award = uuid(9).into()),
        ("milestone", |c| c.milestone = uuid(9).into()),
        ("round", |c| c.round = 2),
        ("submission version", |c| c.submission_version = 2),
        ("narrative", |c| c.narrative.push(' ')),
        ("KPI value", |c| {
            c.kpi_values.insert("ENROLLED".to_owned(), kpi("31.6"));
        }),
        ("KPI value left out", |c| c.kpi_values.clear()),
        ("KPI value added", |c| {
            c.kpi_values.insert("UPTAKE".to_owned(), kpi("1"));
        }),
        ("evidence hash", |c| c.evidence[0].sha256 = "d".repeat(64)),
        ("evidence size", |c| c.evidence[0].size_bytes += 1),
        ("evidence media type", |c| {
            "text/csv".clone_into(&mut c.evidence[0].media_type);
        }),
        ("evidence kind", |c| {
            c.evidence[0].kind = EvidenceKind::Other;
        }),
        ("evidence left out", |c| {
            c.evidence.pop();
        }),
        ("evidence added", |c| {
            c.evidence.push(evidence(EvidenceKind::Other, 'e'));
        }),
        ("criterion code", |c| c.criteria[1].code.push('2')),
        ("criterion title in Japanese", |c| {
            c.criteria[1].title.ja.push('案');
        }),
        ("criterion title in English", |c| {
            c.criteria[1].title.en.push('s');
        }),
        ("criterion weight", |c| c.criteria[1].weight_bp = bp(3_999)),
        ("criterion payable share", |c| {
            c.criteria[1].payable_share_bp = bp(3_999);
        }),
        ("criterion blocking", |c| c.criteria[1].blocking = true),
        ("criterion KPI unit", |c| {
            "sites".clone_into(&mut c.criteria[0].kpi.as_mut().expect("a target").unit);
        }),
        ("criterion KPI direction", |c| {
            c.criteria[0].kpi.as_mut().expect("a target").direction = KpiDirection::AtMost;
        }),
        ("criterion KPI target", |c| {
            c.criteria[0].kpi.as_mut().expect("a target").target = kpi("29");
        }),
        ("criterion without KPI", |c| c.criteria[0].kpi = None),
        ("criterion evidence kinds", |c| {
            c.criteria[0].evidence_kinds.pop();
        }),
        ("order of the criteria", |c| c.criteria.swap(0, 1)),
        ("criterion left out", |c| {
            c.criteria.pop();
        }),
        ("tranche", |c| c.tranche = uuid(9).into()),
        ("amount", |c| c.amount = yen(18_000_001)),
        ("currency", |c| {
            c.amount = Money::of_minor(18_000_000, Currency::KWD);
        }),
        ("policy version", |c| c.policy_version = 2),
        ("time of submission", |c| {
            c.submitted_at = instant("2026-05-20T03:04:05.000007Z");
        }),
    ]
}

#[test]
fn changing_any_one_sealed_thing_changes_the_seal() {
    let sealed = content().seal();
    let mut seen = BTreeMap::from([(sealed, "nothing")]);
    for (name, change) in changes() {
        let mut changed = content();
        change(&mut changed);
        let seal = changed.seal();
        assert_eq!(
            sealed.ensure_is(seal),
            Err(Refusal::SealMismatch {}),
            "{name}"
        );
        if let Some(other) = seen.insert(seal, name) {
            panic!("{name} and {other} have the same seal");
        }
    }
}

#[test]
fn the_order_in_which_evidence_was_attached_does_not_matter() {
    let sealed = content().seal();
    let mut turned = content();
    turned.evidence.rotate_left(1);
    assert_eq!(sealed.ensure_is(turned.seal()), Ok(()));
    turned.evidence.reverse();
    assert_eq!(sealed.ensure_is(turned.seal()), Ok(()));
}

#[test]
fn evidence_is_sorted_by_the_code_of_its_kind() {
    let canonical = content().canonical();
    let places = ["AGREEMENT", "DATA_SET", "REPORT"].map(|kind| {
        let member = format!("\"kind\":\"{kind}\"");
        canonical.find(&member).expect("sealed")
    });
    assert!(places.is_sorted());
}

#[test]
fn the_same_text_in_another_unicode_form_has_the_same_seal() {
    let mut decomposed = content();
    decomposed.narrative = decomposed.narrative.replace('\u{e9}', "e\u{301}");
    assert_ne!(decomposed.narrative, content().narrative);
    assert_eq!(decomposed.seal(), content().seal());
    // Half-width kana are other characters, not another form of the same.
    let mut narrow = content();
    narrow.narrative = "ﾁｹﾝ".to_owned();
    let mut wide = content();
    wide.narrative = "チケン".to_owned();
    assert_ne!(narrow.seal(), wide.seal());
}

#[test]
fn a_kpi_value_written_with_more_zeros_is_the_same_value() {
    let mut padded = content();
    padded
        .kpi_values
        .insert("ENROLLED".to_owned(), kpi("31.50"));
    assert_eq!(padded.seal(), content().seal());
}

#[test]
fn a_seal_is_64_lower_case_hex_digits_and_reads_back() {
    let seal = content().seal();
    let text = seal.to_string();
    assert_eq!(text.len(), 64);
    assert!(text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
    assert_eq!(text.parse::<Seal>().unwrap(), seal);
    for wrong in ["", "00", &"g".repeat(64), &"0".repeat(65)] {
        assert!(wrong.parse::<Seal>().is_err(), "{wrong}");
    }
}
