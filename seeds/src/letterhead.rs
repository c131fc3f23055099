//! In whose name the notices of a made-up programme are issued. The office is real, its holder is nobody.

use domain::LocalizedText;
use domain::id::ProgrammeId;
use domain::report::{NoticeKind, Remark, Signatory};
use store::command::DefineLetterhead;

/// The command that defines it.
pub(crate) fn definition(programme: ProgrammeId) -> DefineLetterhead {
    let remark = |kind, ja: &str, en: &str| Remark {
        kind,
        text: LocalizedText::new(ja, en),
    };
    DefineLetterhead {
        programme,
        signatories: vec![Signatory {
            office: LocalizedText::new("厚生労働大臣", "Minister of Health, Labour and Welfare"),
            person: Some(LocalizedText::new("見本　太郎", "Taro Mihon")),
        }],
        remarks: vec![
            remark(
                None,
                "この文書は見本であり、効力を有しない。照会先は事業の事務局とする。",
                "This document is a specimen without any effect. The programme's office answers questions.",
            ),
            remark(
                Some(NoticeKind::ReturnOrder),
                "返還は、別に送付する納付書により行うこと。",
                "The money is returned with the payment slip that is sent separately.",
            ),
        ],
        reason: "通知書の名義の定め / in whose name notices are issued".to_owned(),
    }
}
