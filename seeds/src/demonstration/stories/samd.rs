//! AI-based software as a medical device.

use domain::closing::ReportKind;
use domain::gate::ConflictKind;
use domain::milestone::Outcome;

use super::super::bodies::SAMPLE;
use super::super::story::Bundle::Approved;
use super::super::story::Deed::{
    Accept, Apply, Bundle, Cancel, Convene, Declare, DeclareAll, Discharge, Draft, ExtendHold,
    GiveUp, Notice, OrderBack, Pay, Prescribe, Receive, Recommend, Release, Report, Restore,
    ResumeRework, Sign, Sit, Spent, Submit, Suspend, Visit, Waive, WaiveCharges, Withdraw,
    WithdrawSubmission, Withhold,
};
use super::super::story::Paid::{Advance, For};
use super::super::story::Shown::{Essentials, Everything, TooLittle};
use super::super::story::{By, Panel, Requirement, Reviewer, Story, Verdict};

const THEME: &str = "SAMD";

pub(super) const STORIES: &[Story] = &[
    // The long one: two milestones paid, the third passed and waiting for finance, the fourth open.
    Story {
        theme: THEME,
        template: THEME,
        applicant: SAMPLE,
        ja: "胸部画像による希少肺疾患の検出支援（架空）",
        en: "Detection of rare lung disease in chest images (fictitious)",
        decided: 50_000_000,
        offered: -470,
        due: &[-375, -210, -45, 300],
        named: &[],
        deeds: &[
            (-465, Accept),
            (-446, Release(Advance)),
            (-445, Pay(Advance)),
            (-380, Submit(1, Everything)),
            (-375, Sit(1, Verdict::Go)),
            (-351, Spent(80)),
            (-350, Release(For(1))),
            (-349, Pay(For(1))),
            (-225, Submit(2, Everything)),
            (
                -220,
                Sit(
                    2,
                    Verdict::Conditional {
                        requirements: &[
                            Requirement {
                                text: "評価用データの利用契約の写しを提出すること / submit a copy of the data contract",
                                due: -170,
                                blocking: false,
                                verifier: By::Officer,
                            },
                            Requirement {
                                text: "海外の類似品の調査を提出すること / submit a survey of similar products abroad",
                                due: -150,
                                blocking: false,
                                verifier: By::Chair,
                            },
                        ],
                        may_proceed: true,
                    },
                ),
            ),
            (-196, Spent(80)),
            (-195, Release(For(2))),
            (-194, Pay(For(2))),
            (-180, Discharge(2, 0)),
            (-160, Waive(2, 1)),
            (-120, Visit),
            (-60, Submit(3, Everything)),
            (-55, Sit(3, Verdict::Go)),
            (-30, Spent(80)),
        ],
    },
    // Two of three have signed: the third reviewer's turn.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 102,
        ja: "心音による小児心疾患のスクリーニング（架空）",
        en: "Screening of paediatric heart disease by heart sounds (fictitious)",
        decided: 40_000_000,
        offered: -150,
        due: &[-18, 160, 310, 670],
        named: &[],
        deeds: &[
            (-145, Accept),
            (-125, Release(Advance)),
            (-124, Pay(Advance)),
            (-20, Submit(1, Everything)),
            (-15, Convene(1, Panel::Three)),
            (-14, DeclareAll(1)),
            (-10, Sign(1, &[Outcome::Go, Outcome::Go])),
        ],
    },
    // Submitted, taken back because of a wrong figure, and drafted again; late by now.
    Story {
        theme: THEME,
        template: THEME,
        applicant: SAMPLE,
        ja: "皮膚画像による希少皮膚疾患の鑑別支援（架空）",
        en: "Differential diagnosis of rare skin disease from images (fictitious)",
        decided: 30_000_000,
        offered: -130,
        due: &[-10, 170, 320, 680],
        named: &[],
        deeds: &[
            (-125, Accept),
            (-105, Release(Advance)),
            (-104, Pay(Advance)),
            (-20, Submit(1, Essentials)),
            (-17, WithdrawSubmission(1)),
            (-5, Draft(1, Everything)),
        ],
    },
    // The notice came five days ago: it may still be accepted or withdrawn.
    Story {
        theme: THEME,
        template: THEME,
        applicant: SAMPLE,
        ja: "眼底画像による神経疾患の早期発見（架空）",
        en: "Early detection of neurological disease from fundus images (fictitious)",
        decided: 45_000_000,
        offered: -6,
        due: &[114, 294, 444, 809],
        named: &[],
        deeds: &[(-5, Notice)],
    },
    // Rework was asked for, and a status report, which waits for the officer; the second round is late and only drafted, the first stays readable.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 103,
        ja: "病理画像による希少がんの分類（架空）",
        en: "Classification of rare cancers in pathology images (fictitious)",
        decided: 60_000_000,
        offered: -210,
        due: &[-90, 60, 210, 575],
        named: &[],
        deeds: &[
            (-205, Accept),
            (-185, Release(Advance)),
            (-184, Pay(Advance)),
            (-100, Submit(1, TooLittle)),
            (-95, Sit(1, Verdict::Rework)),
            (-30, Prescribe(ReportKind::Status, -15)),
            (-16, Report(ReportKind::Status, 40)),
            (-8, Draft(1, Everything)),
        ],
    },
    // Suspended while a panel sits: it goes on voting, and its chair may recommend.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 104,
        ja: "歩行動画による希少運動疾患の評価（架空）",
        en: "Assessment of rare movement disorders from gait videos (fictitious)",
        decided: 35_000_000,
        offered: -160,
        due: &[-40, 140, 290, 655],
        named: &[],
        deeds: &[
            (-155, Accept),
            (-135, Release(Advance)),
            (-134, Pay(Advance)),
            (-42, Submit(1, Everything)),
            (-35, Convene(1, Panel::Three)),
            (-34, DeclareAll(1)),
            (-12, Suspend { until: 20 }),
            (-10, Sign(1, &[Outcome::Go, Outcome::Go, Outcome::Go])),
        ],
    },
    // The third and last round, put off until a day that has passed: the director's move.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 105,
        ja: "内視鏡動画による小腸疾患の検出（架空）",
        en: "Detection of small-bowel disease in endoscopy videos (fictitious)",
        decided: 55_000_000,
        offered: -330,
        due: &[-220, 30, 180, 400],
        named: &[],
        deeds: &[
            (-325, Accept),
            (-305, Release(Advance)),
            (-304, Pay(Advance)),
            (-260, Submit(1, TooLittle)),
            (-255, Sit(1, Verdict::Rework)),
            (-200, Submit(1, TooLittle)),
            (-195, Sit(1, Verdict::Hold { until: -120 })),
            (-140, ResumeRework(1)),
            (-120, Submit(1, Everything)),
            (-115, Sit(1, Verdict::Hold { until: -40 })),
            (
                -42,
                ExtendHold {
                    milestone: 1,
                    until: -3,
                },
            ),
        ],
    },
    // Withdrawn within the term: as if never made.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 106,
        ja: "咳音による誤嚥リスクの判定（架空）",
        en: "Judging the risk of aspiration from coughs (fictitious)",
        decided: 25_000_000,
        offered: -70,
        due: &[50, 230, 380, 745],
        named: &[],
        deeds: &[(-65, Accept), (-60, Withdraw)],
    },
    // Withheld once and put back, its payment approved; a reviewer declared a conflict, so that too few are left.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 107,
        ja: "呼吸波形による睡眠関連疾患の判別（架空）",
        en: "Telling sleep disorders apart by breathing curves (fictitious)",
        decided: 48_000_000,
        offered: -300,
        due: &[-190, -12, 140, 500],
        named: &[],
        deeds: &[
            (-295, Accept),
            (-275, Release(Advance)),
            (-274, Pay(Advance)),
            (-195, Submit(1, Everything)),
            (-190, Sit(1, Verdict::Go)),
            (-168, Withhold(For(1))),
            (-160, Restore(For(1))),
            (-21, Spent(80)),
            (-20, Release(For(1))),
            (-20, Bundle(For(1), Approved)),
            (-14, Submit(2, Everything)),
            (-9, Convene(2, Panel::Three)),
            (-8, Declare(2, Reviewer::Two, ConflictKind::Kin)),
            (-7, Declare(2, Reviewer::One, ConflictKind::None)),
        ],
    },
    // Cancelled for misuse of the advance. Two fifths of it came back late and without a slip; its body
    // had nothing more, so that the rest was given up and the charges were waived.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 114,
        ja: "顔貌画像による先天性疾患の鑑別（架空）",
        en: "Telling congenital diseases apart by facial images (fictitious)",
        decided: 40_000_000,
        offered: -320,
        due: &[-130, 110, 260, 620],
        named: &[],
        deeds: &[
            (-315, Accept),
            (-295, Release(Advance)),
            (-294, Pay(Advance)),
            (-270, Cancel),
            (-268, OrderBack { due: -240 }),
            (-235, Receive(40)),
            (-234, Apply),
            (-160, GiveUp),
            (-158, WaiveCharges),
        ],
    },
    // Recommended: the director's decision.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 108,
        ja: "音声による抑うつ状態の経過観察（架空）",
        en: "Following depressive states by voice (fictitious)",
        decided: 42_000_000,
        offered: -175,
        due: &[-50, 130, 280, 640],
        named: &[],
        deeds: &[
            (-170, Accept),
            (-150, Release(Advance)),
            (-149, Pay(Advance)),
            (-48, Submit(1, TooLittle)),
            (-42, Convene(1, Panel::Three)),
            (-41, DeclareAll(1)),
            (
                -30,
                Sign(1, &[Outcome::Rework, Outcome::Rework, Outcome::Go]),
            ),
            (-20, Recommend(1, Verdict::Rework)),
        ],
    },
    // Accepted and past its withdrawal term: nothing stands against its advance.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 103,
        ja: "歩行解析によるフレイルの早期発見（架空）",
        en: "Early signs of frailty from the gait (fictitious)",
        decided: 36_000_000,
        offered: -45,
        due: &[100, 220, 400, 760],
        named: &[],
        deeds: &[(-40, Accept)],
    },
];
