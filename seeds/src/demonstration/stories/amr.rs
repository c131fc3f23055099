//! Medicines for infectious-disease crises and antimicrobial resistance.

use domain::award::Remainder;
use domain::closing::ReportKind;
use domain::milestone::{FollowUp, Outcome};

use super::super::bodies::SAMPLE;
use super::super::story::Bundle::Sent;
use super::super::story::Deed::{
    Accept, ApprovePlan, Bundle, Convene, Correct, DeclareAll, ExtendCondition, ExtendHold,
    FollowUp as Follow, Pay, Prescribe, Propose, RefusePlan, Release, ReleaseForSetOff, Report,
    ResumeReview, SetOff, Sign, Sit, Spent, Submit,
};
use super::super::story::Paid::{Advance, For};
use super::super::story::Shown::{Essentials, Everything, TooLittle};
use super::super::story::{By, Panel, PlanEdit, Requirement, Story, Verdict};

const THEME: &str = "AMR";

pub(super) const STORIES: &[Story] = &[
    // Sealed and waiting for the officer to convene a panel.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 102,
        ja: "多剤耐性緑膿菌に対する新規抗菌薬（架空）",
        en: "New antibiotic against multidrug-resistant Pseudomonas (fictitious)",
        decided: 420_000_000,
        offered: -190,
        due: &[-2, 270, 635, 1175],
        named: &[],
        deeds: &[
            (-185, Accept),
            (-165, Release(Advance)),
            (-164, Pay(Advance)),
            (-3, Submit(1, Everything)),
        ],
    },
    // Passed once the chair confirms a condition; another one's date has gone by.
    Story {
        theme: THEME,
        template: THEME,
        applicant: SAMPLE,
        ja: "薬剤耐性結核に対する宿主標的治療薬（架空）",
        en: "Host-directed medicine against resistant tuberculosis (fictitious)",
        decided: 380_000_000,
        offered: -240,
        due: &[-52, 220, 585, 1125],
        named: &[],
        deeds: &[
            (-235, Accept),
            (-215, Release(Advance)),
            (-214, Pay(Advance)),
            (-55, Submit(1, Essentials)),
            (
                -50,
                Sit(
                    1,
                    Verdict::Conditional {
                        requirements: &[
                            Requirement {
                                text: "知的財産の調査結果を提出すること / submit the result of the patent search",
                                due: 20,
                                blocking: true,
                                verifier: By::Chair,
                            },
                            Requirement {
                                text: "共同研究契約の写しを提出すること / submit a copy of the joint research contract",
                                due: -2,
                                blocking: false,
                                verifier: By::Officer,
                            },
                        ],
                        may_proceed: true,
                    },
                ),
            ),
            (-12, ExtendCondition(1, 0, 60)),
        ],
    },
    // A hold was resumed: the panel of a new sitting has to declare its conflicts.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 107,
        ja: "侵襲性真菌症に対する新規抗真菌薬（架空）",
        en: "New medicine against invasive fungal disease (fictitious)",
        decided: 350_000_000,
        offered: -260,
        due: &[-80, 190, 555, 1095],
        named: &[],
        deeds: &[
            (-255, Accept),
            (-235, Release(Advance)),
            (-234, Pay(Advance)),
            (-150, Submit(1, Everything)),
            (-145, Sit(1, Verdict::Hold { until: -60 })),
            (
                -70,
                ExtendHold {
                    milestone: 1,
                    until: -10,
                },
            ),
            (-40, Prescribe(ReportKind::Status, -25)),
            (-28, Report(ReportKind::Status, 60)),
            (-20, Correct { until: 10 }),
            (-12, ResumeReview(1, Panel::Three)),
        ],
    },
    // The plan has to change, and a change is proposed: the director's answer.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 108,
        ja: "新興コロナウイルスに対する広域ワクチン（架空）",
        en: "Broad vaccine against emerging coronaviruses (fictitious)",
        decided: 480_000_000,
        offered: -250,
        due: &[-70, 200, 565, 1105],
        named: &[],
        deeds: &[
            (-245, Accept),
            (-225, Release(Advance)),
            (-224, Pay(Advance)),
            (-110, Submit(1, TooLittle)),
            (-105, Sit(1, Verdict::Redirect { due: 30 })),
            (-10, Propose(PlanEdit::Postpone { from: 1, days: 180 })),
        ],
    },
    // The plan had to change by a day that has passed, and what came was refused: the director's
    // move.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 109,
        ja: "カルバペネム耐性菌を標的とするファージ療法（架空）",
        en: "Phage therapy against carbapenem-resistant bacteria (fictitious)",
        decided: 260_000_000,
        offered: -245,
        due: &[-65, 205, 570, 1110],
        named: &[],
        deeds: &[
            (-240, Accept),
            (-220, Release(Advance)),
            (-219, Pay(Advance)),
            (-115, Submit(1, TooLittle)),
            (-110, Sit(1, Verdict::Redirect { due: -5 })),
            (-40, Propose(PlanEdit::Postpone { from: 1, days: 300 })),
            (-25, RefusePlan),
            (-20, Prescribe(ReportKind::Status, -6)),
        ],
    },
    // The proposed change was refused, so the authority asks for rework instead; now in its second
    // round before five reviewers, of whom the fourth came from the applicant.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 110,
        ja: "腸内細菌叢による再発性感染症の治療（架空）",
        en: "Treatment of recurrent infections by gut microbiota (fictitious)",
        decided: 300_000_000,
        offered: -320,
        due: &[-140, 130, 495, 1035],
        named: &[],
        deeds: &[
            (-315, Accept),
            (-295, Release(Advance)),
            (-294, Pay(Advance)),
            (-210, Submit(1, TooLittle)),
            (-205, Sit(1, Verdict::Redirect { due: -150 })),
            (-165, Propose(PlanEdit::Postpone { from: 1, days: 400 })),
            (-155, RefusePlan),
            (-145, Follow(1, FollowUp::Rework)),
            (-50, Submit(1, Everything)),
            (-45, Convene(1, Panel::Five)),
            (-44, DeclareAll(1)),
            (
                -30,
                Sign(1, &[Outcome::Go, Outcome::ConditionalGo, Outcome::Go]),
            ),
        ],
    },
    // Passed in part: what was not earned is carried to the next milestone.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 111,
        ja: "海洋由来化合物による抗マラリア薬（架空）",
        en: "Malaria medicine from marine compounds (fictitious)",
        decided: 330_000_000,
        offered: -230,
        due: &[-50, 220, 585, 1125],
        named: &[],
        deeds: &[
            (-225, Accept),
            (-205, Release(Advance)),
            (-204, Pay(Advance)),
            (-50, Submit(1, Essentials)),
            (
                -45,
                Sit(1, Verdict::Partial(&Remainder::Carry { to_milestone: 2 })),
            ),
            (-20, Spent(80)),
        ],
    },
    // Its body was late with what it owed under another award: that was kept of the advance, and the rest
    // of it paid.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 113,
        ja: "耐性菌の毒素産生を抑える核酸医薬（架空）",
        en: "Oligonucleotides against toxins of resistant bacteria (fictitious)",
        decided: 60_000_000,
        offered: -120,
        due: &[60, 330, 695, 1235],
        named: &[],
        deeds: &[
            (-115, Accept),
            (-95, ReleaseForSetOff(Advance)),
            (-95, SetOff(Advance)),
            (-94, Pay(Advance)),
        ],
    },
    // A change of plan was asked for, approved, and carried through to a pass; the payment is with the
    // bank.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 110,
        ja: "耐性淋菌に対する新規作用機序の抗菌薬（架空）",
        en: "Antibiotic of a new class against resistant gonococci (fictitious)",
        decided: 310_000_000,
        offered: -400,
        due: &[-300, 60, 425, 965],
        named: &[],
        deeds: &[
            (-395, Accept),
            (-375, Release(Advance)),
            (-374, Pay(Advance)),
            (-300, Submit(1, TooLittle)),
            (-295, Sit(1, Verdict::Redirect { due: -240 })),
            (-260, Propose(PlanEdit::Postpone { from: 1, days: 120 })),
            (-250, ApprovePlan),
            (-170, Submit(1, Everything)),
            (-165, Sit(1, Verdict::Go)),
            (-13, Spent(80)),
            (-12, Release(For(1))),
            (-12, Bundle(For(1), Sent)),
        ],
    },
];
