//! The programme's policy parameters and the money of its themes: data, one file.

use std::collections::BTreeSet;

use domain::{FiscalYear, Money, Policy, Refusal};
use serde::Deserialize;

use crate::data::{self, DataError};

const FILE: (&str, &str) = ("programme.yaml", include_str!("../data/programme.yaml"));

/// Where a reference names the fiscal year, as it is written in numbers (`R08`).
const YEAR: &str = "{year}";

/// What a programme begins with beside its themes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The first version of its policy.
    pub policy: Policy,
    /// What its themes have in the years about the seeding.
    pub envelopes: Vec<PlannedEnvelope>,
}

/// The money of a theme in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedEnvelope {
    /// The theme's code.
    pub theme: String,
    /// The fiscal year, counted from the year of the seeding.
    pub year: i32,
    /// The amount appropriated.
    pub appropriated: Money,
    /// Reference of the consultation on payment by estimate (Accounts Act, art. 22), once held.
    #[serde(default)]
    pub consultation_reference: Option<String>,
}

impl PlannedEnvelope {
    /// Its fiscal year, when `seeded` is the year of the seeding.
    #[must_use]
    pub fn fiscal_year(&self, seeded: FiscalYear) -> FiscalYear {
        FiscalYear::new(seeded.get().saturating_add(self.year))
    }

    /// The reference of its consultation in that year.
    #[must_use]
    pub fn reference(&self, seeded: FiscalYear) -> Option<String> {
        let year = self.fiscal_year(seeded).era_code();
        let reference = self.consultation_reference.as_ref()?;
        Some(reference.replace(YEAR, &year))
    }
}

impl Programme {
    fn ensure_sound(&self) -> Result<(), Refusal> {
        self.policy.ensure_sound()?;
        let mut named = BTreeSet::new();
        for envelope in &self.envelopes {
            if !envelope.appropriated.is_positive() {
                return Err(Refusal::AmountNotPositive {});
            }
            if !named.insert((&envelope.theme, envelope.year)) {
                return Err(Refusal::AlreadyExists {
                    kind: "ENVELOPE".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The programme's data, sound.
///
/// # Errors
/// [`DataError`], naming the file.
pub fn programme() -> Result<Programme, DataError> {
    let (file, text) = FILE;
    data::read(file, text, Programme::ensure_sound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::themes;

    #[test]
    fn every_theme_has_money_for_three_fiscal_years() {
        let programme = programme().expect("sound data");
        for theme in themes().expect("sound themes") {
            let of_theme = |envelope: &&PlannedEnvelope| envelope.theme == theme.code;
            let years: BTreeSet<_> = programme
                .envelopes
                .iter()
                .filter(of_theme)
                .map(|envelope| envelope.year)
                .collect();
            assert_eq!(years, BTreeSet::from([-1, 0, 1]), "{}", theme.code);
        }
        assert_eq!(programme.envelopes.len(), 12, "envelopes of unknown themes");
    }

    #[test]
    fn the_policy_is_the_first_version() {
        assert_eq!(programme().expect("sound data").policy, Policy::default());
    }

    #[test]
    fn a_reference_names_its_year() {
        let mut envelope = programme().expect("sound data").envelopes.remove(0);
        let seeded = FiscalYear::new(2026);
        assert_eq!(envelope.fiscal_year(seeded), FiscalYear::new(2025));
        let reference = envelope.reference(seeded);
        assert_eq!(reference.as_deref(), Some("概算払協議 RARE-R07（実演）"));
        envelope.consultation_reference = None;
        assert_eq!(envelope.reference(seeded), None);
    }

    #[test]
    fn an_envelope_said_twice_or_empty_is_refused() {
        let (file, text) = FILE;
        for (from, to) in [("year: 1", "year: 0"), ("\"2400000000\"", "\"0\"")] {
            let faulty = text.replacen(from, to, 1);
            let error = data::read(file, &faulty, Programme::ensure_sound);
            assert!(matches!(error, Err(DataError::Unsound { .. })), "{from}");
        }
    }
}
