//! The programme's themes, each with its staged ladder: data, one file a theme.
//!
//! The files are compiled in, so that a server needs no folder beside it. What they hold is checked
//! by the domain when they are read, and by a test before they are shipped.

use domain::Refusal;
use domain::template::GateTemplate;

/// The files by name, so that a fault can say where it is.
const FILES: [(&str, &str); 2] = [
    ("samd.yaml", include_str!("../data/themes/samd.yaml")),
    ("amr.yaml", include_str!("../data/themes/amr.yaml")),
];

/// Why a theme's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// It is no YAML of a gate template.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The file.
        file: &'static str,
        /// What the reader said, with the line.
        cause: serde_yaml_ng::Error,
    },
    /// It is one, and the rules refuse it.
    #[error("{file}: {cause}")]
    Unsound {
        /// The file.
        file: &'static str,
        /// What is wrong with it.
        cause: Refusal,
    },
}

/// Every theme's gate template, sound by itself.
///
/// # Errors
/// [`ThemeError`], naming the file.
pub fn themes() -> Result<Vec<GateTemplate>, ThemeError> {
    FILES.iter().map(|(file, text)| read(file, text)).collect()
}

fn read(file: &'static str, text: &str) -> Result<GateTemplate, ThemeError> {
    let template: GateTemplate =
        serde_yaml_ng::from_str(text).map_err(|cause| ThemeError::Unreadable { file, cause })?;
    template
        .ensure_sound()
        .map_err(|cause| ThemeError::Unsound { file, cause })?;
    Ok(template)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_theme_is_sound_and_named_once() {
        let themes = themes().expect("sound themes");
        let codes: BTreeSet<_> = themes.iter().map(|theme| theme.code.clone()).collect();
        assert_eq!(codes.len(), FILES.len());
    }

    #[test]
    fn every_text_is_in_both_languages() {
        for theme in themes().expect("sound themes") {
            let stages = theme.stages.iter();
            let texts = stages.flat_map(|stage| {
                let criteria = stage.criteria.iter().map(|criterion| &criterion.title);
                criteria.chain([&stage.title])
            });
            for text in texts.chain([&theme.title]) {
                assert!(!text.ja.is_ascii(), "no Japanese: {}", text.ja);
                assert!(!text.en.trim().is_empty(), "no English beside {}", text.ja);
            }
        }
    }

    #[test]
    fn a_file_with_a_fault_is_named() {
        let unsound = FILES[0].1.replace("retention_bp: 500", "retention_bp: 600");
        let error = read("samd.yaml", &unsound).expect_err("10,100 basis points");
        assert!(error.to_string().starts_with("samd.yaml: "), "{error}");
        let unknown = FILES[0].1.replace("rounds_max", "rounds");
        assert!(matches!(
            read("samd.yaml", &unknown),
            Err(ThemeError::Unreadable { .. })
        ));
    }
}
