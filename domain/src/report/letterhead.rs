//! In whose name notices are issued, and what the programme adds to them.
//!
//! Versions, of which the last is in force. A notice of an act is by the version that was in force when
//! the act was recorded, so that it is the same whenever it is asked for.

use serde::{Deserialize, Serialize};

use super::{NoticeKind, Signatory};
use crate::input_rule::InputRule;
use crate::refusal::Refusal;
use crate::text::LocalizedText;

/// Signatories at most.
const SIGNATORIES_MAX: usize = 5;

/// Remarks at most.
const REMARKS_MAX: usize = 20;

/// Characters of an office or of a name at most.
const NAME_CHARS_MAX: usize = 100;

/// Characters of a remark at most.
const REMARK_CHARS_MAX: usize = 400;

/// Who issues notices, and what stands in them besides the act and the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// In whose name they are issued, in their order.
    pub signatories: Vec<Signatory>,
    /// What the programme adds, in its order.
    pub remarks: Vec<Remark>,
}

/// What the programme adds to notices, such as where an objection is lodged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The kind of notices that it stands in; in all of them where there is none.
    pub kind: Option<NoticeKind>,
    /// What it says.
    pub text: LocalizedText,
}

impl Letterhead {
    /// Refuses a letterhead by which no notice could be issued.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] without a signatory, with too many signatories or remarks, and for an
    /// office, a name or a remark that is missing in one language or too long.
    pub fn ensure_may_issue(&self) -> Result<(), Refusal> {
        ensure(
            !self.signatories.is_empty(),
            "signatories",
            InputRule::Required,
        )?;
        let few = self.signatories.len() <= SIGNATORIES_MAX;
        ensure(few, "signatories", InputRule::Length)?;
        let few = self.remarks.len() <= REMARKS_MAX;
        ensure(few, "remarks", InputRule::Length)?;
        for (place, signatory) in self.signatories.iter().enumerate() {
            let field = format!("signatories[{place}].office");
            ensure_said(&signatory.office, &field, NAME_CHARS_MAX)?;
            if let Some(person) = &signatory.person {
                let field = format!("signatories[{place}].person");
                ensure_said(person, &field, NAME_CHARS_MAX)?;
            }
        }
        for (place, remark) in self.remarks.iter().enumerate() {
            let field = format!("remarks[{place}].text");
            ensure_said(&remark.text, &field, REMARK_CHARS_MAX)?;
        }
        Ok(())
    }

    /// The remarks that stand in notices of `kind`.
    #[must_use]
    pub fn remarks_of(&self, kind: NoticeKind) -> Vec<LocalizedText> {
        let remarks = self.remarks.iter();
        remarks
            .filter(|remark| remark.kind.is_none_or(|of| of == kind))
            .map(|remark| remark.text.clone())
            .collect()
    }
}

fn ensure_said(text: &LocalizedText, field: &str, chars_max: usize) -> Result<(), Refusal> {
    [&text.ja, &text.en].iter().try_for_each(|text| {
        ensure(!text.trim().is_empty(), field, InputRule::Required)?;
        ensure(text.chars().count() <= chars_max, field, InputRule::Length)
    })
}

fn ensure(kept: bool, field: &str, rule: InputRule) -> Result<(), Refusal> {
    if kept {
        return Ok(());
    }
    let field = field.to_owned();
    Err(Refusal::InvalidInput { field, rule })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letterhead() -> Letterhead {
        Letterhead {
            signatories: vec![Signatory {
                office: LocalizedText::new(
                    "厚生労働大臣",
                    "Minister of Health, Labour and Welfare",
                ),
                person: Some(LocalizedText::new("見本　太郎", "Taro Mihon")),
            }],
            remarks: vec![
                Remark {
                    kind: None,
                    text: LocalizedText::new(
                        "照会先は事務局とする。",
                        "The office answers questions.",
                    ),
                },
                Remark {
                    kind: Some(NoticeKind::ReturnOrder),
                    text: LocalizedText::new("納付書による。", "By the payment slip."),
                },
            ],
        }
    }

    #[test]
    fn somebody_issues_a_notice_and_says_something_in_both_languages() {
        assert_eq!(letterhead().ensure_may_issue(), Ok(()));
        let refused = |change: &dyn Fn(&mut Letterhead)| {
            let mut letterhead = letterhead();
            change(&mut letterhead);
            match letterhead.ensure_may_issue() {
                Err(Refusal::InvalidInput { field, rule }) => (field, rule),
                other => panic!("{other:?}"),
            }
        };
        let (required, length) = (InputRule::Required, InputRule::Length);
        let field = |field: &str, rule| (field.to_owned(), rule);
        let nobody = refused(&|one| one.signatories.clear());
        assert_eq!(nobody, field("signatories", required));
        let crowd = refused(&|one| one.signatories = vec![one.signatories[0].clone(); 6]);
        assert_eq!(crowd, field("signatories", length));
        let many = refused(&|one| one.remarks = vec![one.remarks[0].clone(); 21]);
        assert_eq!(many, field("remarks", length));
        let blank = refused(&|one| "　".clone_into(&mut one.signatories[0].office.en));
        assert_eq!(blank, field("signatories[0].office", required));
        let long = refused(&|one| one.signatories[0].office.ja = "長".repeat(101));
        assert_eq!(long, field("signatories[0].office", length));
        let unnamed = refused(&|one| {
            one.signatories[0].person = Some(LocalizedText::new("見本", ""));
        });
        assert_eq!(unnamed, field("signatories[0].person", required));
        let long = refused(&|one| one.remarks[1].text.en = "x".repeat(401));
        assert_eq!(long, field("remarks[1].text", length));
    }

    #[test]
    fn a_remark_stands_in_the_notices_that_it_is_for() {
        let letterhead = letterhead();
        assert_eq!(letterhead.remarks_of(NoticeKind::ReturnOrder).len(), 2);
        assert_eq!(letterhead.remarks_of(NoticeKind::Decision).len(), 1);
    }
}
