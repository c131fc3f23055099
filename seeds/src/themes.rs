//! The programme's themes, each with its staged ladders: data, one file a theme.
//!
//! What the files hold is checked by the domain when they are read, and by a test before they are
//! shipped.

use domain::template::GateTemplate;
use domain::{LocalizedText, Refusal};
use serde::Deserialize;

use crate::data::{self, DataError};

/// The files by name, so that a fault can say where it is.
const FILES: [(&str, &str); 4] = [
    ("rare.yaml", include_str!("../data/themes/rare.yaml")),
    ("amr.yaml", include_str!("../data/themes/amr.yaml")),
    ("device.yaml", include_str!("../data/themes/device.yaml")),
    ("samd.yaml", include_str!("../data/themes/samd.yaml")),
];

/// A development theme with its gate templates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its code: the third part of award numbers.
    pub code: String,
    /// What it is called.
    pub title: LocalizedText,
    /// Its ladders, the first under the theme's own code; their versions count from 1 in this order.
    pub templates: Vec<GateTemplate>,
}

impl Theme {
    /// Each ladder is sound and the theme's, and an award that names no ladder finds the theme's own.
    fn ensure_sound(&self) -> Result<(), Refusal> {
        let own = self.templates.first().map(|template| &template.code);
        let numbered = (1_u32..)
            .zip(&self.templates)
            .all(|(version, template)| template.version == version);
        if own != Some(&self.code) || !numbered {
            return Err(Refusal::TemplateUnsound {
                place: "templates".to_owned(),
            });
        }
        self.templates.iter().try_for_each(|template| {
            template.ensure_of_theme(&self.code)?;
            template.ensure_sound()
        })
    }
}

/// Every theme, its templates sound.
///
/// # Errors
/// [`DataError`], naming the file.
pub fn themes() -> Result<Vec<Theme>, DataError> {
    FILES.iter().map(|(file, text)| read(file, text)).collect()
}

fn read(file: &'static str, text: &str) -> Result<Theme, DataError> {
    data::read(file, text, Theme::ensure_sound)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every theme and every template of its own, with the template's stages.
    fn ladders() -> Vec<(String, GateTemplate)> {
        let themes = themes().expect("sound themes").into_iter();
        themes
            .flat_map(|theme| {
                let code = theme.code;
                let of = move |template| (code.clone(), template);
                theme.templates.into_iter().map(of)
            })
            .collect()
    }

    #[test]
    fn the_four_themes_have_the_ladders_that_their_products_climb() {
        let found: Vec<_> = ladders()
            .into_iter()
            .map(|(theme, template)| (theme, template.code, template.stages.len()))
            .collect();
        let of = |theme: &str, template: &str, stages| (theme.into(), template.into(), stages);
        assert_eq!(
            found,
            [
                of("RARE", "RARE", 4),
                of("RARE", "RARE_REGENERATIVE", 2),
                of("AMR", "AMR", 4),
                of("DEVICE", "DEVICE", 3),
                of("SAMD", "SAMD", 4),
            ]
        );
    }

    #[test]
    fn every_text_is_in_both_languages() {
        let titles: Vec<_> = themes().expect("sound themes");
        let titles = titles.into_iter().map(|theme| theme.title);
        let of_ladders = ladders().into_iter().flat_map(|(_, template)| {
            let of_stages = template.stages.into_iter().flat_map(|stage| {
                let criteria = stage.criteria.into_iter();
                criteria
                    .map(|criterion| criterion.title)
                    .chain([stage.title])
            });
            of_stages.chain([template.title]).collect::<Vec<_>>()
        });
        for text in titles.chain(of_ladders) {
            assert!(!text.ja.is_ascii(), "no Japanese: {}", text.ja);
            assert!(text.en.is_ascii() || text.en.contains('µ'), "{}", text.en);
            assert!(!text.en.trim().is_empty(), "no English beside {}", text.ja);
        }
    }

    #[test]
    fn every_stage_can_be_judged_and_none_is_paid_without_its_core() {
        for (_, template) in ladders() {
            let codes: BTreeSet<_> = template.stages.iter().map(|stage| &stage.code).collect();
            assert_eq!(codes.len(), template.stages.len(), "{}", template.code);
            for stage in &template.stages {
                let place = format!("{}.{}", template.code, stage.code);
                let criteria = &stage.criteria;
                assert!(criteria.iter().any(|each| each.blocking), "{place}");
                assert!(criteria.iter().any(|each| each.kpi.is_some()), "{place}");
                let shown = |each: &domain::criterion::Criterion| !each.evidence_kinds.is_empty();
                assert!(criteria.iter().all(shown), "{place}");
                assert!(stage.standard_days > 0, "{place}");
            }
        }
    }

    #[test]
    fn a_device_may_go_back_at_every_stage_that_has_one_before_it() {
        for (theme, template) in ladders() {
            for stage in &template.stages {
                assert!(stage.ordinal > 1 || !stage.may_go_back, "{theme}");
                assert!(stage.ordinal == 1 || theme != "DEVICE" || stage.may_go_back);
            }
        }
    }

    #[test]
    fn a_file_with_a_fault_is_named() {
        let (file, text) = FILES[0];
        let fault = |from: &str, to: &str| {
            let error = read(file, &text.replace(from, to)).expect_err(from);
            assert!(error.to_string().starts_with("rare.yaml: "), "{error}");
            error
        };
        let unreadable = fault("rounds_max", "rounds");
        assert!(matches!(unreadable, DataError::Unreadable { .. }));
        for (from, to) in [
            ("retention_bp: 500", "retention_bp: 600"),
            ("version: 2", "version: 1"),
            ("- code: RARE_REGENERATIVE", "- code: REGENERATIVE"),
            ("- code: RARE\n", "- code: RARE_DRUG\n"),
        ] {
            assert!(matches!(fault(from, to), DataError::Unsound { .. }));
        }
    }
}
