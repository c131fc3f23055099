//! The history of one award, as it is imported.
//!
//! Each milestone is submitted, judged, decided and paid well before it is due, so that its money is
//! spent in its budget year also where it needs a second round.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::award::Remainder;
use domain::calendar::start_of_jst_day;
use domain::gate::{ConditionDraft, ConflictKind, Finding, Score, Terms, Verifier};
use domain::id::{PersonId, ThemeId};
use domain::milestone::Outcome;
use domain::template::Stage;
use domain::{Coded, Currency, LocalizedText, Money, Refusal};
use store::command::{Act, Deed, ImportAwardHistory, MilestoneDeed, OfferAward, RosterSeat};

use super::draw::Draw;
use super::fate::Fate;
use super::people::Body;
use super::setting::{DECIDED_MAX, MILESTONES, Setting, number};

/// Days from one milestone's beginning to the next one's: what the template gives each.
const STAGE_DAYS: i64 = 120;

/// Days from the first submission of a milestone to the second, where there is one.
const REWORK_DAYS: i64 = 40;

const SUBJECTS: [(&str, &str); 8] = [
    ("希少神経疾患", "rare neurological disease"),
    ("先天性代謝異常症", "inborn error of metabolism"),
    ("難治性肝疾患", "intractable liver disease"),
    ("薬剤耐性菌感染症", "drug-resistant infection"),
    ("新興ウイルス感染症", "emerging viral infection"),
    ("心不全", "heart failure"),
    ("早期膵臓がん", "early pancreatic cancer"),
    ("小児難病", "intractable childhood disease"),
];

const MEANS: [(&str, &str); 6] = [
    ("低分子薬", "Small molecule"),
    ("核酸医薬", "Oligonucleotide"),
    ("抗体医薬", "Antibody"),
    ("遺伝子治療", "Gene therapy"),
    ("診断支援プログラム", "Diagnostic software"),
    ("植込み型機器", "Implantable device"),
];

/// The history of the award with this index, from 0.
///
/// # Errors
/// When a body or a theme is missing that the setting should have.
pub(super) fn history(setting: &Setting, index: u64) -> Result<ImportAwardHistory, Refusal> {
    let missing = |kind: &str| Refusal::NotFound {
        kind: kind.to_owned(),
    };
    let draw = Draw(index);
    let fate = Fate::of(draw);
    let (days, days_since) = match fate {
        Fate::Straight | Fate::Reworked { .. } | Fate::Passed { .. } => (
            STAGE_DAYS * i64::from(MILESTONES),
            draw.days("since", 1, 500),
        ),
        Fate::Stopped { at, .. } => (STAGE_DAYS * i64::from(at), draw.days("since", 1, 40)),
        Fate::UnderWay { at, .. } => {
            let day = STAGE_DAYS * i64::from(at - 1) + draw.days("day", 5, 100);
            (day, draw.days("since", 1, 20))
        }
    };
    let mut telling = Telling {
        setting,
        draw,
        fate,
        body: setting
            .body_of(index)
            .ok_or_else(|| missing("ORGANIZATION"))?,
        decided_on: setting.day_before(days + days_since),
        acts: Vec::new(),
    };
    telling.tell(days)?;
    let theme = setting.theme_of(index).ok_or_else(|| missing("THEME"))?;
    Ok(ImportAwardHistory {
        offered_at: telling.at(0, 0),
        offered_by: setting.cast.director,
        offer: telling.offer(theme, number(index)),
        acts: telling.acts,
    })
}

/// An award being told, day by day from its decision.
struct Telling<'a> {
    setting: &'a Setting,
    draw: Draw,
    fate: Fate,
    body: Body,
    decided_on: NaiveDate,
    acts: Vec<Act>,
}

impl Telling<'_> {
    fn offer(&self, theme: ThemeId, number: String) -> OfferAward {
        let subject = self.draw.one_of("subject", &SUBJECTS);
        let means = self.draw.one_of("means", &MEANS);
        let (subject, means) = (
            subject.copied().unwrap_or_default(),
            means.copied().unwrap_or_default(),
        );
        let below = self.draw.days("decided", 0, 71) * 1_000_000;
        let decided = Money::of_minor(DECIDED_MAX - below, Currency::JPY);
        OfferAward {
            theme,
            organization: self.body.organization,
            title: LocalizedText::new(
                format!("{}に対する{}（{number}）", subject.0, means.0),
                format!("{} for {} ({number})", means.1, subject.1),
            ),
            application_reference: None,
            applied: decided,
            decided,
            decided_on: self.decided_on,
            participants: vec![self.body.representative, self.body.researcher],
            gate_template: None,
            plan: None,
            number: Some(number),
        }
    }

    /// The instant of the act at `place`, so many days after the decision: at ten in the morning
    /// and, on one day, a minute apart.
    fn at(&self, day: i64, place: i64) -> DateTime<Utc> {
        let morning = start_of_jst_day(self.decided_on) + TimeDelta::hours(10);
        morning + TimeDelta::days(day) + TimeDelta::minutes(place)
    }

    fn day(&self, day: i64) -> NaiveDate {
        self.decided_on + TimeDelta::days(day)
    }

    fn act(&mut self, day: i64, by: PersonId, deed: Deed) {
        let place = i64::try_from(self.acts.len()).unwrap_or(0) + 1;
        let at = self.at(day, place);
        self.acts.push(Act { at, by, deed });
    }

    /// Tells everything that happened until `last_day`.
    fn tell(&mut self, last_day: i64) -> Result<(), Refusal> {
        let notice_received_on = self.day(1);
        let accept = Deed::Accept { notice_received_on };
        self.act(2, self.body.representative, accept);
        let finance = self.setting.cast.finance_preparer;
        self.act(20, finance, Deed::Release { tranche: 1 });
        let setting = self.setting;
        for (milestone, stage) in (1_u16..=self.fate.last()).zip(&setting.template.stages) {
            self.milestone(milestone, stage)?;
        }
        let end = self.at(last_day + 1, 0);
        self.acts.retain(|act| act.at < end);
        if let Fate::UnderWay {
            suspended: true, ..
        } = self.fate
        {
            let suspend = Deed::Suspend {
                until: self.day(last_day + 60),
                consequence: "是正がなければ取消しを検討する / a cancellation is considered"
                    .to_owned(),
                reason: "報告の内容を確認するため / to look into what was reported".to_owned(),
            };
            self.act(last_day, setting.cast.director, suspend);
        }
        Ok(())
    }

    fn milestone(&mut self, milestone: u16, stage: &Stage) -> Result<(), Refusal> {
        let begin = STAGE_DAYS * i64::from(milestone - 1) + 25;
        let mut day = begin + self.draw.days(&format!("begin {milestone}"), 0, 10);
        for round in 1.. {
            let outcome = self.fate.outcome(milestone, round);
            self.submit(day, milestone, stage, outcome);
            self.sit(day + 3, milestone, stage, outcome)?;
            if outcome != Outcome::Rework {
                break;
            }
            day += REWORK_DAYS;
        }
        if self.fate.is_paid(milestone) {
            let later = self.draw.days(&format!("release {milestone}"), 22, 30);
            // The advance is the first tranche.
            let tranche = milestone + 1;
            let finance = self.setting.cast.finance_preparer;
            self.act(day + later, finance, Deed::Release { tranche });
        }
        Ok(())
    }

    fn for_milestone(&mut self, day: i64, by: PersonId, milestone: u16, deed: MilestoneDeed) {
        self.act(day, by, Deed::For { milestone, deed });
    }

    fn submit(&mut self, day: i64, milestone: u16, stage: &Stage, outcome: Outcome) {
        let Body {
            researcher,
            representative,
            ..
        } = self.body;
        let nothing = self.setting.nothing;
        let figures = stage.criteria.iter().filter_map(|criterion| {
            let target = &criterion.kpi.as_ref()?.target;
            let reached = is_met(outcome, criterion.blocking);
            Some((
                criterion.code.clone(),
                if reached { *target } else { nothing },
            ))
        });
        let title = &stage.title;
        let draft = MilestoneDeed::Draft {
            narrative: format!(
                "「{}」の達成報告（規模試験のための架空の記述） / We report on {}: made up for a test of scale.",
                title.ja, title.en
            ),
            kpi_values: figures.collect(),
        };
        self.for_milestone(day - 2, researcher, milestone, draft);
        for file in self.setting.files_of(milestone) {
            let attach = MilestoneDeed::Attach {
                sha256: file.sha256.clone(),
                size_bytes: file.size_bytes,
                media_type: file.media_type.clone(),
                kind: file.kind,
                file_name: file.name.clone(),
            };
            self.for_milestone(day - 1, researcher, milestone, attach);
        }
        self.for_milestone(day, representative, milestone, MilestoneDeed::Submit);
    }

    /// The whole sitting: convened on `day`, declared the day after, signed from the fifth day on,
    /// recommended on the twelfth and decided on the seventeenth.
    fn sit(
        &mut self,
        day: i64,
        milestone: u16,
        stage: &Stage,
        outcome: Outcome,
    ) -> Result<(), Refusal> {
        let cast = &self.setting.cast;
        let (officer, director) = (cast.officer, cast.director);
        let panel = cast
            .panel(self.draw, milestone)
            .ok_or_else(|| Refusal::NotFound {
                kind: "PERSON".to_owned(),
            })?;
        let roster: Vec<RosterSeat> = panel.roster().collect();
        let seated: Vec<PersonId> = roster.iter().map(|seat| seat.person).collect();
        self.for_milestone(day, officer, milestone, MilestoneDeed::Convene { roster });
        for person in seated {
            let conflict = ConflictKind::None;
            let declare = MilestoneDeed::Declare { conflict };
            self.for_milestone(day + 1, person, milestone, declare);
        }
        for (later, reviewer) in (5..).zip(panel.reviewers) {
            let sign = MilestoneDeed::Sign {
                outcome,
                findings: findings(stage, outcome)?,
                reason: format!("架空の理由 / made-up reason for {}", outcome.code()),
            };
            self.for_milestone(day + later, reviewer, milestone, sign);
        }
        let recommend = MilestoneDeed::Recommend {
            pick: None,
            reason: "審査員の一致した意見 / the reviewers agree".to_owned(),
            terms: self.terms(day + 12, outcome),
        };
        self.for_milestone(day + 12, panel.chair, milestone, recommend);
        let decide = MilestoneDeed::Decide {
            outcome,
            remainder: (outcome == Outcome::Partial).then_some(Remainder::Decommit),
            reason: "答申のとおり / as recommended".to_owned(),
        };
        self.for_milestone(day + 17, director, milestone, decide);
        Ok(())
    }

    fn terms(&self, day: i64, outcome: Outcome) -> Terms {
        let later = Some(self.day(day + 30));
        let mut terms = Terms::default();
        match outcome {
            Outcome::ConditionalGo => terms.conditions.push(ConditionDraft {
                text: "報告書の体裁を整えること / put the report in order".to_owned(),
                due_on: self.day(day + 60),
                blocking: matches!(self.fate, Fate::Stopped { .. }),
                verifier: Verifier::Chair,
            }),
            Outcome::Hold => terms.hold_until = later,
            Outcome::Redirect => terms.redirect_due = later,
            _ => {}
        }
        terms
    }
}

/// Whether a criterion is found to be met where the gate ends with `outcome`.
const fn is_met(outcome: Outcome, blocking: bool) -> bool {
    match outcome {
        Outcome::Go | Outcome::ConditionalGo => true,
        Outcome::Partial => blocking,
        _ => false,
    }
}

fn findings(stage: &Stage, outcome: Outcome) -> Result<BTreeMap<String, Finding>, Refusal> {
    let criteria = stage.criteria.iter();
    criteria
        .map(|criterion| {
            let met = is_met(outcome, criterion.blocking);
            let finding = Finding {
                met,
                score: Score::try_from(if met { 8 } else { 4 })?,
                finding: format!("架空の所見 / made-up finding on {}", criterion.code),
            };
            Ok((criterion.code.clone(), finding))
        })
        .collect()
}
