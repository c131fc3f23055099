//! Innovative medical devices for unmet needs.

use domain::award::Remainder;
use domain::gate::{ConflictKind, VoidCause};
use domain::milestone::Outcome;
use domain::payment::ReturnReason;

use super::super::bodies::SAMPLE;
use super::super::story::Deed::{
    Accept, ApprovePlan, Bounce, ChangeAccount, CommitNextYear, Convene, Decide, Declare,
    DeclareAll, DeclareUnmet, Discharge, Lapse, Lower, Pay, Pick, Propose, ProposeAccount, Raise,
    Recommend, Recuse, Release, Replace, Resume, Sign, SignAs, Sit, Spent, Submit, Suspend, Void,
    Withhold,
};
use super::super::story::Paid::{Advance, For};
use super::super::story::Shown::{Essentials, Everything, TooLittle};
use super::super::story::{By, Named, Panel, PlanEdit, Requirement, Reviewer, Story, Verdict};

const THEME: &str = "DEVICE";

pub(super) const STORIES: &[Story] = &[
    // A conflict was learned after the release: the gate is void, the release revoked, the tranche
    // withheld. The fifth reviewer is named in it.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 118,
        ja: "在宅用小型透析装置（架空）",
        en: "Small dialysis device for the home (fictitious)",
        decided: 140_000_000,
        offered: -270,
        due: &[-150, 60, 240],
        named: &[Named::Reviewer(Reviewer::Five), Named::ResearcherOf(119)],
        deeds: &[
            (-265, Accept),
            (-245, Release(Advance)),
            (-244, Pay(Advance)),
            (-155, Submit(1, Everything)),
            (-150, Sit(1, Verdict::Go)),
            (-61, Spent(80)),
            (-60, Release(For(1))),
            (
                -7,
                Recuse(1, Reviewer::Three, ConflictKind::FinancialInterest),
            ),
        ],
    },
    // The same for a first milestone while the second is sealed: that one cannot be paid either.
    // Its panel of five had a member who is named in another award with the applicant's researcher.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 119,
        ja: "手術支援用の軟性マニピュレータ（架空）",
        en: "Flexible manipulator for surgery (fictitious)",
        decided: 160_000_000,
        offered: -265,
        due: &[-160, -20, 200],
        named: &[],
        deeds: &[
            (-260, Accept),
            (-240, Release(Advance)),
            (-239, Pay(Advance)),
            (-165, Submit(1, Everything)),
            (-160, Convene(1, Panel::Five)),
            (-159, DeclareAll(1)),
            (-150, Recuse(1, Reviewer::Four, ConflictKind::JointWork)),
            (-145, Sign(1, &[Outcome::Go, Outcome::Go, Outcome::Go])),
            (-140, Recommend(1, Verdict::Go)),
            (-135, Decide(1, Verdict::Go)),
            (-25, Submit(2, Everything)),
            (
                -10,
                Recuse(1, Reviewer::One, ConflictKind::CompetingProject),
            ),
        ],
    },
    // A blocking condition was declared unmet: the director decides again. Its body has changed its
    // account, to which nothing is paid for two days.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 118,
        ja: "非侵襲の頭蓋内圧センサー（架空）",
        en: "Non-invasive sensor of intracranial pressure (fictitious)",
        decided: 110_000_000,
        offered: -255,
        due: &[-130, 80, 260],
        named: &[],
        deeds: &[
            (-250, Accept),
            (-230, Release(Advance)),
            (-229, Pay(Advance)),
            (-135, Submit(1, Essentials)),
            (
                -130,
                Sit(
                    1,
                    Verdict::Conditional {
                        requirements: &[
                            Requirement {
                                text: "協力病院の同意書を提出すること / submit the consent of a partner hospital",
                                due: -60,
                                blocking: true,
                                verifier: By::Chair,
                            },
                            Requirement {
                                text: "電気安全性試験の計画を提出すること / submit the plan of the electrical safety test",
                                due: -30,
                                blocking: true,
                                verifier: By::Officer,
                            },
                        ],
                        may_proceed: false,
                    },
                ),
            ),
            (-70, Discharge(1, 0)),
            (-8, DeclareUnmet(1, 1)),
            (-1, ChangeAccount),
        ],
    },
    // A member declared a conflict and was replaced; all have signed: the chair recommends.
    Story {
        theme: THEME,
        template: THEME,
        applicant: SAMPLE,
        ja: "小児用の人工呼吸回路（架空）",
        en: "Ventilator circuit for infants (fictitious)",
        decided: 90_000_000,
        offered: -180,
        due: &[-45, 165, 345],
        named: &[],
        deeds: &[
            (-175, Accept),
            (-155, Release(Advance)),
            (-154, Pay(Advance)),
            (-48, Submit(1, Essentials)),
            (-40, Convene(1, Panel::Three)),
            (-39, DeclareAll(1)),
            (-30, Sign(1, &[Outcome::Partial, Outcome::Go])),
            (-20, Recuse(1, Reviewer::Three, ConflictKind::JointWork)),
            (
                -18,
                Replace {
                    milestone: 1,
                    leaving: Reviewer::Three,
                    joining: Reviewer::Four,
                },
            ),
            (-17, Declare(1, Reviewer::Four, ConflictKind::None)),
            (-10, SignAs(1, Reviewer::Four, Outcome::Partial)),
        ],
    },
    // The opinions differed and the chair picked; the amount was lowered, a milestone left out. The bank
    // returned what was paid, and nobody has looked into it.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 105,
        ja: "嚥下訓練用の刺激装置（架空）",
        en: "Stimulator for swallowing exercises (fictitious)",
        decided: 100_000_000,
        offered: -340,
        due: &[-220, 40, 220],
        named: &[],
        deeds: &[
            (-335, Accept),
            (-315, Release(Advance)),
            (-314, Pay(Advance)),
            (-225, Submit(1, Essentials)),
            (-220, Convene(1, Panel::Three)),
            (-219, DeclareAll(1)),
            (
                -210,
                Sign(1, &[Outcome::Go, Outcome::Partial, Outcome::Rework]),
            ),
            (-200, Pick(1, Verdict::Partial(&Remainder::Decommit))),
            (-195, Decide(1, Verdict::Partial(&Remainder::Decommit))),
            (-150, Lower(3, 5_000_000)),
            (-120, Propose(PlanEdit::Drop(2))),
            (-110, ApprovePlan),
            (-31, Spent(80)),
            (-30, Release(For(1))),
            (-29, Bounce(For(1), ReturnReason::NameDiffers)),
        ],
    },
    // The panel was not convened in order and its gate voided; the next one sits. The tranche of the
    // second milestone is withheld, and its amount was raised before.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 104,
        ja: "褥瘡予防のための圧力分散マット（架空）",
        en: "Pressure-spreading mat against bedsores (fictitious)",
        decided: 70_000_000,
        offered: -205,
        due: &[-80, 130, 310],
        named: &[],
        deeds: &[
            (-200, Accept),
            (-180, Release(Advance)),
            (-179, Pay(Advance)),
            (-150, Suspend { until: -100 }),
            (-120, Resume),
            (-100, Raise(2, 3_000_000)),
            (-95, Withhold(For(2))),
            (-85, Submit(1, Everything)),
            (-80, Convene(1, Panel::Three)),
            (-78, Void(1, VoidCause::Procedure)),
            (-6, Convene(1, Panel::Three)),
        ],
    },
    // The advance was never claimed and has lapsed; next year's money is committed. The account was
    // closed, and the first milestone paid again to another one.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 117,
        ja: "末梢血管用の生分解性ステント（架空）",
        en: "Biodegradable stent for peripheral vessels (fictitious)",
        decided: 130_000_000,
        offered: -460,
        due: &[-200, -20, 150],
        named: &[],
        deeds: &[
            (-455, Accept),
            (-205, Submit(1, Everything)),
            (-200, Sit(1, Verdict::Go)),
            (-175, Release(For(1))),
            (-174, Bounce(For(1), ReturnReason::AccountClosed)),
            (-165, ChangeAccount),
            (-160, Pay(For(1))),
            (-60, Propose(PlanEdit::NextYear(2))),
            (-50, ApprovePlan),
            (-45, CommitNextYear),
            (-20, Lapse(Advance)),
        ],
    },
    // The advance was never claimed, nor an account named, and its year is closed; the first milestone
    // failed: the director's answer to both.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 120,
        ja: "人工内耳の次世代電極（架空）",
        en: "Next electrode for cochlear implants (fictitious)",
        decided: 120_000_000,
        offered: -440,
        due: &[-100, 90, 270],
        named: &[],
        deeds: &[
            (-435, Accept),
            (-105, Submit(1, TooLittle)),
            (-100, Sit(1, Verdict::NoGo)),
        ],
    },
    // Accepted lately: its advance may be released once its account is confirmed.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 106,
        ja: "歩行再建用の機能的電気刺激装置（架空）",
        en: "Functional electrical stimulation for walking (fictitious)",
        decided: 95_000_000,
        offered: -30,
        due: &[90, 300, 480],
        named: &[],
        deeds: &[(-25, Accept), (-3, ProposeAccount)],
    },
];
