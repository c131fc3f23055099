//! Intractable and rare diseases: medicines in four stages, regenerative products in two.

use domain::award::Remainder;
use domain::milestone::Outcome;

use super::super::bodies::SAMPLE;
use super::super::story::Deed::{
    Accept, ApprovePlan, Continue, Convene, DeclareAll, Depart, End, Propose, Recommend,
    RefusePlan, Release, Revoke, Sign, Sit, Submit,
};
use super::super::story::Paid::{Advance, For};
use super::super::story::Shown::{Essentials, Everything, TooLittle};
use super::super::story::{Panel, PlanEdit, Story, Verdict};

const THEME: &str = "RARE";
const REGENERATIVE: &str = "RARE_REGENERATIVE";

pub(super) const STORIES: &[Story] = &[
    // Two milestones paid, the second in part; the third is recommended: the director's decision.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 112,
        ja: "先天性代謝異常症に対する遺伝子治療（架空）",
        en: "Gene therapy for an inborn error of metabolism (fictitious)",
        decided: 520_000_000,
        offered: -480,
        due: &[-390, -220, -40, 400],
        named: &[],
        deeds: &[
            (-475, Accept),
            (-456, Release(Advance)),
            (-395, Submit(1, Everything)),
            (-390, Sit(1, Verdict::Go)),
            (-365, Release(For(1))),
            (-360, Revoke(For(1))),
            (-350, Release(For(1))),
            (-225, Submit(2, Essentials)),
            (-220, Sit(2, Verdict::Partial(Remainder::Decommit))),
            (-195, Release(For(2))),
            (-45, Submit(3, Everything)),
            (-38, Convene(3, Panel::Three)),
            (-37, DeclareAll(3)),
            (-25, Sign(3, &[Outcome::Go, Outcome::Go, Outcome::Go])),
            (-15, Recommend(3, Verdict::Go)),
        ],
    },
    // The second milestone failed in good faith; its money went back and the third is at work.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 113,
        ja: "神経筋疾患に対する核酸医薬（架空）",
        en: "Oligonucleotide medicine for a neuromuscular disease (fictitious)",
        decided: 450_000_000,
        offered: -430,
        due: &[-330, -150, 80, 500],
        named: &[],
        deeds: &[
            (-425, Accept),
            (-406, Release(Advance)),
            (-335, Submit(1, Everything)),
            (-330, Sit(1, Verdict::Go)),
            (-305, Release(For(1))),
            (-155, Submit(2, TooLittle)),
            (-150, Sit(2, Verdict::NoGo)),
            (-110, Continue(2, Remainder::Decommit)),
        ],
    },
    // Failed, with a proposal to cancel for breach; the act itself is another.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 114,
        ja: "ライソゾーム病に対する酵素補充療法（架空）",
        en: "Enzyme replacement for a lysosomal disease (fictitious)",
        decided: 400_000_000,
        offered: -220,
        due: &[-60, 210, 575, 1115],
        named: &[],
        deeds: &[
            (-215, Accept),
            (-195, Release(Advance)),
            (-70, Submit(1, TooLittle)),
            (-65, Sit(1, Verdict::Terminate)),
        ],
    },
    // Ended while a panel sat: what was passed stays payable, the gate is void.
    Story {
        theme: THEME,
        template: THEME,
        applicant: 115,
        ja: "希少てんかんに対する低分子医薬（架空）",
        en: "Small-molecule medicine for a rare epilepsy (fictitious)",
        decided: 360_000_000,
        offered: -290,
        due: &[-120, -15, 350, 890],
        named: &[],
        deeds: &[
            (-285, Accept),
            (-265, Release(Advance)),
            (-125, Submit(1, Everything)),
            (-120, Sit(1, Verdict::Go)),
            (-40, Submit(2, Everything)),
            (-35, Convene(2, Panel::Three)),
            (-34, DeclareAll(2)),
            (-30, Sign(2, &[Outcome::Go])),
            (-20, End),
        ],
    },
    // The first of two gates passed; the second was put off to the next year, for which nothing is
    // committed yet, and all three reviewers may sign.
    Story {
        theme: THEME,
        template: REGENERATIVE,
        applicant: SAMPLE,
        ja: "網膜色素変性に対する細胞シート（架空）",
        en: "Cell sheet for a retinal dystrophy (fictitious)",
        decided: 280_000_000,
        offered: -350,
        due: &[-150, -30],
        named: &[],
        deeds: &[
            (-345, Accept),
            (-325, Release(Advance)),
            (-155, Submit(1, Everything)),
            (-150, Sit(1, Verdict::Go)),
            (-125, Release(For(1))),
            (-100, Propose(PlanEdit::NextYear(2))),
            (-90, ApprovePlan),
            (-14, Submit(2, Everything)),
            (-9, Convene(2, Panel::Three)),
            (-8, DeclareAll(2)),
        ],
    },
    // Its own wish for another plan was refused; the panel said no, the director asked for rework.
    Story {
        theme: THEME,
        template: REGENERATIVE,
        applicant: 116,
        ja: "軟骨無形成症に対する再生医療等製品（架空）",
        en: "Regenerative product for achondroplasia (fictitious)",
        decided: 240_000_000,
        offered: -310,
        due: &[-90, 200],
        named: &[],
        deeds: &[
            (-305, Accept),
            (-285, Release(Advance)),
            (-200, Propose(PlanEdit::Postpone { from: 1, days: 365 })),
            (-190, RefusePlan),
            (-95, Submit(1, TooLittle)),
            (-90, Convene(1, Panel::Three)),
            (-89, DeclareAll(1)),
            (
                -80,
                Sign(1, &[Outcome::NoGo, Outcome::NoGo, Outcome::Rework]),
            ),
            (-70, Recommend(1, Verdict::NoGo)),
            (-65, Depart(1, Verdict::Rework)),
        ],
    },
    // Every milestone passed and paid: it waits for its result report and the determination.
    Story {
        theme: THEME,
        template: REGENERATIVE,
        applicant: 117,
        ja: "表皮水疱症に対する培養皮膚（架空）",
        en: "Cultured skin for epidermolysis bullosa (fictitious)",
        decided: 220_000_000,
        offered: -450,
        due: &[-300, -110],
        named: &[],
        deeds: &[
            (-445, Accept),
            (-426, Release(Advance)),
            (-305, Submit(1, Everything)),
            (-300, Sit(1, Verdict::Go)),
            (-275, Release(For(1))),
            (-115, Submit(2, Everything)),
            (-110, Sit(2, Verdict::Go)),
            (-85, Release(For(2))),
        ],
    },
];
