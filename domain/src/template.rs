//! The gate template of a theme: its staged ladder, from which an award's first plan is made.
//!
//! A theme has one under its own code, which an award takes unless it names another, and as many more
//! as it has kinds of products that climb otherwise.
//! The award copies it; later versions of a template never reach an award.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::award::{Plan, PlannedMilestone, PlannedTranche, ensure_criteria_sound};
use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::criterion::Criterion;
use crate::money::{BasisPoints, Money};
use crate::refusal::Refusal;
use crate::text::LocalizedText;

coded! {
    /// Whether a theme or a template is in force.
    pub enum PublicationState {
        /// Being written.
        Draft = "DRAFT",
        /// In force.
        Published = "PUBLISHED",
    }
}

/// One stage of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its place, from 1.
    pub ordinal: u16,
    /// Stable code within the template.
    pub code: String,
    /// What it is called.
    pub title: LocalizedText,
    /// Days from the stage before, or from the start, until it is due.
    pub standard_days: u16,
    /// Its usual part of the award.
    pub default_share_bp: BasisPoints,
    /// Whether going back to an earlier stage is a normal outcome.
    #[serde(default)]
    pub may_go_back: bool,
    /// What must be shown.
    pub criteria: Vec<Criterion>,
}

/// A theme's staged ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateTemplate {
    /// Stable code: the theme's own, such as `SAMD`, or that and a word (`RARE_REGENERATIVE`).
    pub code: String,
    /// The version, from 1, counted over all templates of the theme.
    pub version: u32,
    /// What it is called.
    pub title: LocalizedText,
    /// Most rounds of a milestone.
    pub rounds_max: u16,
    /// The part paid in advance.
    pub advance_bp: BasisPoints,
    /// The part held back until the determination.
    pub retention_bp: BasisPoints,
    /// The stages, in order.
    pub stages: Vec<Stage>,
}

impl GateTemplate {
    /// Whether advance, stages and retention make the whole, and each stage is sound.
    ///
    /// # Errors
    /// [`Refusal::TemplateUnsound`], naming the place.
    pub fn ensure_sound(&self) -> Result<(), Refusal> {
        let unsound = |place: &str| {
            Err(Refusal::TemplateUnsound {
                place: place.to_owned(),
            })
        };
        let parts: u32 = self
            .shares()
            .iter()
            .map(|share| u32::from(share.get()))
            .sum();
        if parts != u32::from(BasisPoints::WHOLE.get()) {
            return unsound("default_share_bp");
        }
        if self.rounds_max == 0 {
            return unsound("rounds_max");
        }
        let numbered = (1_u16..)
            .zip(&self.stages)
            .all(|(ordinal, stage)| stage.ordinal == ordinal);
        if self.stages.is_empty() || !numbered {
            return unsound("stages");
        }
        let faulty = self
            .stages
            .iter()
            .find(|stage| ensure_criteria_sound(stage.ordinal, &stage.criteria).is_err());
        faulty.map_or(Ok(()), |stage| unsound(&stage.code))
    }

    /// Whether the template is one of the theme with the code `theme`: its own, under the same code,
    /// or a further one, under that code and a word of its own (`RARE_REGENERATIVE`).
    ///
    /// # Errors
    /// [`Refusal::TemplateUnsound`], naming the code.
    pub fn ensure_of_theme(&self, theme: &str) -> Result<(), Refusal> {
        let word = self.code.strip_prefix(theme);
        let is_of_theme = word.is_some_and(|word| {
            word.is_empty() || word.strip_prefix('_').is_some_and(|word| !word.is_empty())
        });
        if is_of_theme {
            Ok(())
        } else {
            Err(Refusal::TemplateUnsound {
                place: "code".to_owned(),
            })
        }
    }

    /// Advance, stages and retention, in this order.
    fn shares(&self) -> Vec<BasisPoints> {
        core::iter::once(self.advance_bp)
            .chain(self.stages.iter().map(|stage| stage.default_share_bp))
            .chain(core::iter::once(self.retention_bp))
            .collect()
    }

    /// The plan that the template makes of `decided`, beginning on `start`: amounts by the default
    /// shares with all fractions in the first part, dates by the standard days, budget years by the
    /// dates.
    ///
    /// # Errors
    /// When the template is unsound or the amount cannot be split.
    pub fn plan(&self, decided: Money, start: NaiveDate) -> Result<Plan, Refusal> {
        self.ensure_sound()?;
        // Without an advance the first part is the first stage: no advance of a few stray yen.
        let has_advance = self.advance_bp != BasisPoints::ZERO;
        let shares = self.shares();
        let paid = shares.get(usize::from(!has_advance)..).unwrap_or_default();
        let mut amounts = decided.split_by_shares(paid)?.into_iter();
        let mut next = || {
            amounts
                .next()
                .unwrap_or_else(|| Money::zero(decided.currency()))
        };
        let advance = has_advance.then(|| PlannedTranche {
            amount: next(),
            budget_year: FiscalYear::of(start),
        });
        let mut due_on = start;
        let milestones: Vec<_> = self
            .stages
            .iter()
            .map(|stage| {
                due_on = due_on
                    .checked_add_days(Days::new(stage.standard_days.into()))
                    .unwrap_or(NaiveDate::MAX);
                PlannedMilestone {
                    ordinal: stage.ordinal,
                    title: stage.title.clone(),
                    due_on,
                    criteria: stage.criteria.clone(),
                    tranche: PlannedTranche {
                        amount: next(),
                        budget_year: FiscalYear::of(due_on),
                    },
                }
            })
            .collect();
        let retention = PlannedTranche {
            amount: next(),
            budget_year: FiscalYear::of(due_on),
        };
        Ok(Plan {
            advance: advance.filter(|tranche| tranche.amount.is_positive()),
            milestones,
            retention: retention.amount.is_positive().then_some(retention),
        })
    }
}
