//! A notice of each kind, with the sheets of real calculations.
//!
//! The unit tests take them from here too: what is looked at there and what the outside programs read
//! are the same notices.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::award::DecisionDirection;
use domain::calculation::CalculationSheet;
use domain::closing::{
    Budget, ChargeKind, ChargeTerms, CostCategory, Costs, DatedAmount, DeterminationBasis,
    ExpenditureStatement, ReturnKind,
};
use domain::gate::{ConditionState, ConflictKind, RecusalGround, Seat, VoidCause};
use domain::ledger::DecommitReason;
use domain::milestone::Outcome;
use domain::report::{
    AgreedFinding, DecisionChange, DecisionNotice, FixingNotice, GateAct, GateRecord, Notice,
    NoticeContent, NoticedAward, NoticedCondition, NoticedTranche, PanelMember, PanelRecord,
    ReleaseNotice, Rescission, ReturnOrderNotice, RevokedRest, Signatory, Voiding,
};
use domain::tranche::{PaymentBasis, TrancheKind, TrancheShare};
use domain::{
    BasisPoints, Currency, FiscalYear, LocalizedText, Money, Policy, Rate, Refusal, Seal,
};

const YEAR: FiscalYear = FiscalYear::new(2025);

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn text(ja: &str, en: &str) -> LocalizedText {
    LocalizedText::new(ja, en)
}

/// Every notice, by the name of its file.
pub(crate) fn every() -> Result<Vec<(&'static str, Notice)>, Refusal> {
    Ok(vec![
        ("decision", notice("交決1", day(2025, 6, 1), decision(None))),
        (
            "decision-changed",
            notice("交決2", day(2025, 11, 4), decision(Some(change()))),
        ),
        ("release", notice("支払1", day(2025, 9, 30), release()?)),
        ("fixing", notice("確定1", day(2026, 5, 20), fixing()?)),
        (
            "return-order",
            notice("返還1", day(2026, 6, 1), return_order()),
        ),
        (
            "gate-record",
            notice("審査1-1", day(2025, 9, 12), gate_record()),
        ),
    ])
}

fn notice(number: &str, dated_on: NaiveDate, content: NoticeContent) -> Notice {
    Notice {
        number: format!("HTC-R07-SAMD-0001 {number}"),
        dated_on,
        award: NoticedAward {
            number: "HTC-R07-SAMD-0001".to_owned(),
            title: text(
                "心不全の早期発見を支援するAIプログラム医療機器の開発",
                "Software that helps to find heart failure early",
            ),
            programme: text("ヘルステックチャレンジ", "Healthtech Challenge"),
            theme: text(
                "AIプログラム医療機器",
                "AI-based software as a medical device",
            ),
            body: text("株式会社見本", "Specimen Ltd"),
            body_identifier: "7000012050002".to_owned(),
        },
        signatories: vec![Signatory {
            office: text("厚生労働大臣", "Minister of Health, Labour and Welfare"),
            person: Some(text("見本　太郎", "Taro Mihon")),
        }],
        remarks: vec![text(
            "この通知についての照会先は、事業の事務局とする。",
            "Questions about this notice are answered by the programme's office.",
        )],
        content,
    }
}

fn milestone() -> LocalizedText {
    text(
        "後ろ向き試験で目標とする感度を示す",
        "The target sensitivity is shown in a retrospective study",
    )
}

fn tranche(ordinal: u16, kind: TrancheKind, amount: Money) -> NoticedTranche {
    let of_milestone = kind == TrancheKind::Milestone;
    NoticedTranche {
        ordinal,
        kind,
        milestone: of_milestone.then(milestone),
        due_on: of_milestone.then_some(day(2025, 9, 30)),
        budget_year: YEAR,
        amount,
    }
}

fn change() -> DecisionChange {
    DecisionChange {
        direction: DecisionDirection::Down,
        article: DecommitReason::Act7,
        before: yen(52_000_000),
        reason: "治験実施施設の数を5から4に減らす申請を承認したため。\n経費の配分は申請のとおり。"
            .to_owned(),
    }
}

fn decision(change: Option<DecisionChange>) -> NoticeContent {
    NoticeContent::Decision(DecisionNotice {
        applied: yen(60_000_000),
        decided: yen(50_000_000),
        withdrawal_days: change.is_none().then_some(15),
        change,
        beside: yen(0),
        planned: (day(2025, 6, 1), day(2026, 3, 31)),
        tranches: vec![
            tranche(1, TrancheKind::Advance, yen(10_000_000)),
            tranche(2, TrancheKind::Milestone, yen(18_000_000)),
            tranche(3, TrancheKind::Milestone, yen(17_000_000)),
            tranche(4, TrancheKind::Retention, yen(5_000_000)),
        ],
        conditions: vec![text(
            "臨床データの取扱いは、倫理審査委員会の承認を受けた計画によること。",
            "Clinical data are used as the ethics committee approved.",
        )],
    })
}

fn release() -> Result<NoticeContent, Refusal> {
    let share = BasisPoints::new(6_000)?;
    let basis = TrancheShare {
        tranche_amount: yen(17_000_000),
        share,
    };
    let sheet = CalculationSheet::of(1, basis)?;
    Ok(NoticeContent::Release(ReleaseNotice {
        tranche: tranche(3, TrancheKind::Milestone, yen(17_000_000)),
        released: sheet.result,
        revoked: Some(RevokedRest {
            on: day(2025, 10, 20),
            rest: yen(6_200_000),
            kept: yen(4_000_000),
        }),
        basis: PaymentBasis::Estimate,
        consultation_reference: Some("財計第1234号".to_owned()),
        share,
        decided: yen(50_000_000),
        paid_before: yen(28_000_000),
        policy_version: sheet.policy_version,
        steps: sheet.steps,
    }))
}

fn fixing() -> Result<NoticeContent, Refusal> {
    let costs = |personnel, equipment| {
        let eligible = BTreeMap::from([
            (CostCategory::Personnel, yen(personnel)),
            (CostCategory::Equipment, yen(equipment)),
        ]);
        Costs::new(eligible, yen(60_000_000), yen(0))
    };
    let sheet = CalculationSheet::of(
        1,
        DeterminationBasis {
            budget: Budget {
                budget_year: YEAR,
                approved: costs(20_000_000, 30_000_000)?,
                standard: yen(50_000_000),
                rate: Rate::new(2, 3)?,
            },
            spent: ExpenditureStatement {
                budget_year: YEAR,
                actual: costs(22_000_000, 25_000_000)?,
            },
            grant_unit: 1_000,
            decided: yen(50_000_000),
            decommitted: yen(6_800_000),
            left_in_force: Some(yen(50_000_000)),
        },
    )?;
    Ok(NoticeContent::Fixing(FixingNotice {
        budget_year: YEAR,
        version: 1,
        fixed: sheet.result,
        paid: yen(33_000_000),
        ordered_back: yen(1_000_000),
        rescinded: yen(0),
        back_otherwise: yen(0),
        payable: yen(0),
        to_return: yen(2_000_000),
        reason: String::new(),
        policy_version: sheet.policy_version,
        steps: sheet.steps,
    }))
}

fn return_order() -> NoticeContent {
    let policy = Policy::default();
    NoticeContent::ReturnOrder(ReturnOrderNotice {
        kind: ReturnKind::Cancellation,
        budget_year: YEAR,
        ordered: yen(35_000_000),
        after_act_10: false,
        rescissions: vec![Rescission {
            on: day(2026, 7, 1),
            amount: yen(5_000_000),
            reason: "装置の一部は承認された用途に使用されていたため。".to_owned(),
        }],
        stands: yen(30_000_000),
        due_on: day(2026, 9, 30),
        reason: "補助金で取得した測定装置を、承認を受けずに他の研究に使用したため。".to_owned(),
        receipts: vec![
            DatedAmount {
                on: day(2026, 1, 15),
                amount: yen(20_000_000),
            },
            DatedAmount {
                on: day(2025, 6, 1),
                amount: yen(15_000_000),
            },
        ],
        surcharge: Some(ChargeTerms::of(ChargeKind::Surcharge, &policy)),
        late_charge: ChargeTerms::of(ChargeKind::LateCharge, &policy),
    })
}

fn gate_record() -> NoticeContent {
    let member = |name: LocalizedText, seat| PanelMember {
        name,
        body: Some(text("見本大学", "Mihon University")),
        seat,
        declared: Some(ConflictKind::None),
        recused: None,
        replaced: false,
        vote: None,
    };
    let vote = |outcome, reason: &str| Some((outcome, reason.to_owned()));
    let finding = |code: &str, criterion, blocking, met| AgreedFinding {
        code: code.to_owned(),
        criterion,
        blocking,
        met,
    };
    let act = |on, person, reason: &str| GateAct {
        on,
        person: Some(person),
        outcome: Outcome::ConditionalGo,
        reason: reason.to_owned(),
    };
    NoticeContent::GateRecord(Box::new(GateRecord {
        milestone_ordinal: 1,
        milestone: milestone(),
        round: 1,
        sitting: 1,
        convened_on: day(2025, 8, 20),
        seal: Seal::over("the sealed submission"),
        policy_version: 1,
        panel: Some(PanelRecord {
            eligible: 3,
            votes_needed: 3,
            votes: BTreeMap::from([(Outcome::ConditionalGo, 2), (Outcome::Go, 1)]),
            members: vec![
                member(text("座長　花子", "Hanako Zacho"), Seat::Chair),
                PanelMember {
                    vote: vote(
                        Outcome::ConditionalGo,
                        "感度は目標に達した。特異度の追試が要る。",
                    ),
                    ..member(text("副島　一郎", "Ichiro Soejima"), Seat::Deputy)
                },
                PanelMember {
                    vote: vote(
                        Outcome::Go,
                        "#sys.version *bold* $x^2$ \"=1+1\" は文字のまま。",
                    ),
                    ..member(text("髙橋　﨑𠮷", "Saki Takahashi"), Seat::Member)
                },
                PanelMember {
                    body: None,
                    vote: vote(Outcome::ConditionalGo, "追試を条件とする。"),
                    ..member(text("Søren Kjær", "Søren Kjær"), Seat::Member)
                },
                PanelMember {
                    declared: Some(ConflictKind::JointWork),
                    recused: Some((RecusalGround::Declared, ConflictKind::JointWork)),
                    ..member(text("共著　次郎", "Jiro Kyocho"), Seat::Member)
                },
            ],
        }),
        findings: vec![
            finding("SENSITIVITY", milestone(), true, true),
            finding(
                "SPECIFICITY",
                text("特異度を示す", "The specificity is shown"),
                false,
                false,
            ),
        ],
        recommendation: Some(act(
            day(2025, 9, 5),
            text("座長　花子", "Hanako Zacho"),
            "過半数による。",
        )),
        decision: Some(act(
            day(2025, 9, 12),
            text("決定　三郎", "Saburo Kettei"),
            "",
        )),
        departs: Some(false),
        share: None,
        conditions: vec![NoticedCondition {
            text: "特異度を外部データで追試し、結果を示すこと。".to_owned(),
            due_on: day(2025, 12, 26),
            blocking: true,
            verifier: None,
            state: ConditionState::Open,
        }],
        voided: Some(Voiding {
            on: day(2025, 10, 1),
            cause: VoidCause::LateConflict,
            reason: Some("委員の一人の利益相反が後に判明したため。".to_owned()),
        }),
    }))
}
