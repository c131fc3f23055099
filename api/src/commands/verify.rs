//! `verify`: adds the books up again and says what was looked at and what is wrong. Anything wrong makes
//! the command fail, so that a nightly job notices.

use super::{print, spinner};
use crate::{configuration::Configuration, opening, start_error::StartError};
use domain::{
    Coded,
    wording::{self, Language},
};
use std::{fmt::Write, process::ExitCode};
use store::verify::{Verification, verify};

pub(super) async fn run(configuration: &Configuration) -> Result<ExitCode, StartError> {
    let store = opening::migrated(configuration).await?;
    let vault = opening::vault(configuration)?;
    let spinner = spinner();
    let verification = verify(store.reads(), &vault, |part| spinner.set_message(part)).await?;
    spinner.finish_and_clear();
    print(&told(&verification))?;
    Ok(if verification.findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A line for each kind that was looked at, three for each finding, and the sum as the last.
fn told(verification: &Verification) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    for (what, count) in &verification.checked {
        let _ = writeln!(text, "{what}: {count}");
    }
    for finding in &verification.findings {
        let (code, place, detail) = (finding.code.code(), &finding.place, &finding.detail);
        let [ja, en] = Language::ALL.map(|language| wording::of(finding.code, language));
        let _ = writeln!(text, "{code} {place}: {detail}\n    {ja}\n    {en}");
    }
    let _ = match verification.findings.len() {
        0 => writeln!(text, "帳簿に誤りはありません / the books are in order"),
        count => writeln!(text, "誤り {count} 件 / {count} findings"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::finding::FindingCode;
    use store::verify::Finding;

    #[test]
    fn a_finding_is_told_with_its_code_its_place_and_in_both_languages() {
        let finding = Finding {
            code: FindingCode::SealMismatch,
            place: "submission 7".into(),
            detail: "aa is not bb".into(),
        };
        let verification = Verification {
            checked: [("awards", 2)].into(),
            findings: vec![finding],
        };
        let text = told(&verification);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[..2],
            ["awards: 2", "SEAL_MISMATCH submission 7: aa is not bb"]
        );
        assert!(!lines[2].is_ascii() && lines[3].is_ascii(), "{text}");
        assert_eq!(lines[4], "誤り 1 件 / 1 findings");
    }

    #[test]
    fn order_is_told_as_such() {
        let text = told(&Verification::default());
        assert!(text.ends_with("the books are in order\n"), "{text}");
    }
}
