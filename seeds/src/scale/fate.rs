//! What becomes of an award: how far it comes, and what happens on the way.

use domain::milestone::Outcome;

use super::draw::Draw;
use super::setting::MILESTONES;

/// What becomes of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// All milestones pass in their first round.
    Straight,
    /// One milestone needs a second round; all pass.
    Reworked {
        /// Which.
        at: u16,
    },
    /// One milestone passes with conditions that block nothing, or in part; all pass.
    Passed {
        /// Which.
        at: u16,
        /// How.
        outcome: Outcome,
    },
    /// It stops at a decision that has to be followed up.
    Stopped {
        /// At which milestone.
        at: u16,
        /// By which decision.
        outcome: Outcome,
    },
    /// It is under way: at some act of a milestone.
    UnderWay {
        /// At which milestone.
        at: u16,
        /// Whether it is suspended there.
        suspended: bool,
    },
}

impl Fate {
    /// The fate of an award: of a hundred, seventy-eight have all their milestones passed.
    pub(super) fn of(draw: Draw) -> Self {
        let at = u16::try_from(draw.below("at", MILESTONES.into())).unwrap_or(0) + 1;
        let passed = |outcome| Self::Passed { at, outcome };
        let stopped = |outcome| Self::Stopped { at, outcome };
        let under_way = |suspended| Self::UnderWay { at, suspended };
        match draw.below("fate", 100) {
            0..61 => Self::Straight,
            61..69 => Self::Reworked { at },
            69..74 => passed(Outcome::Partial),
            74..78 => passed(Outcome::ConditionalGo),
            78..80 => stopped(Outcome::ConditionalGo),
            80..83 => stopped(Outcome::NoGo),
            83..84 => stopped(Outcome::Hold),
            84..85 => stopped(Outcome::Redirect),
            85..88 => under_way(true),
            _ => under_way(false),
        }
    }

    /// The last milestone with a part in it.
    pub(super) const fn last(self) -> u16 {
        match self {
            Self::Straight | Self::Reworked { .. } | Self::Passed { .. } => MILESTONES,
            Self::Stopped { at, .. } | Self::UnderWay { at, .. } => at,
        }
    }

    /// With what the gate of `milestone` in its `round` ends.
    pub(super) fn outcome(self, milestone: u16, round: u16) -> Outcome {
        match self {
            Self::Reworked { at } if at == milestone && round == 1 => Outcome::Rework,
            Self::Passed { at, outcome } | Self::Stopped { at, outcome } if at == milestone => {
                outcome
            }
            _ => Outcome::Go,
        }
    }

    /// Whether `milestone` passes so that its tranche is released.
    pub(super) fn is_paid(self, milestone: u16) -> bool {
        let stopped = matches!(self, Self::Stopped { at, .. } if at == milestone);
        milestone <= self.last() && !stopped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_a_thousand_every_fate_comes_to_pass_and_most_are_done() {
        let fates: Vec<Fate> = (0..1_000).map(|index| Fate::of(Draw(index))).collect();
        let done = fates
            .iter()
            .filter(|fate| fate.last() == MILESTONES && fate.is_paid(MILESTONES));
        assert!((700..950).contains(&done.count()));
        for outcome in [Outcome::Partial, Outcome::ConditionalGo] {
            let is_it =
                |fate: &&Fate| matches!(fate, Fate::Passed { outcome: it, .. } if *it == outcome);
            assert!(fates.iter().any(|fate| is_it(&fate)), "{outcome:?}");
        }
        for outcome in [
            Outcome::ConditionalGo,
            Outcome::NoGo,
            Outcome::Hold,
            Outcome::Redirect,
        ] {
            let is_it =
                |fate: &&Fate| matches!(fate, Fate::Stopped { outcome: it, .. } if *it == outcome);
            assert!(fates.iter().any(|fate| is_it(&fate)), "{outcome:?}");
        }
        for suspended in [false, true] {
            let is_it = |fate: &&Fate| matches!(fate, Fate::UnderWay { suspended: it, .. } if *it == suspended);
            assert!(fates.iter().any(|fate| is_it(&fate)), "{suspended}");
        }
        assert!(
            fates
                .iter()
                .any(|fate| matches!(fate, Fate::Reworked { .. }))
        );
    }
}
