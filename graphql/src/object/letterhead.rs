//! In whose name notices are issued.

use async_graphql::{Object, SimpleObject};
use domain::report::{self, NoticeKind};
use store::read::letterhead::LetterheadView;

use crate::coded::Coded;
use crate::scalar::{Instant, LocalizedText};

/// A letterhead.
#[derive(Debug, Clone)]
pub struct Letterhead(pub LetterheadView);

/// One version of in whose name the notices of a programme are issued, and of what the programme adds to them. A
/// notice is by the version in force when its act was recorded; the first version is also that of all acts before
/// it. Public.
#[Object]
impl Letterhead {
    /// Its number within the programme, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// In whose name notices are issued, in their order.
    async fn signatories(&self) -> Vec<Signatory> {
        let signatories = self.0.letterhead.signatories.iter();
        signatories.map(Signatory::of).collect()
    }

    /// What the programme adds, in its order.
    async fn remarks(&self) -> Vec<Remark> {
        self.0.letterhead.remarks.iter().map(Remark::of).collect()
    }

    /// Since when it is in force, until the next.
    async fn defined_at(&self) -> Instant {
        Instant(self.0.defined_at)
    }
}

/// In whose name a notice is issued.
#[derive(Debug, Clone, SimpleObject)]
pub struct Signatory {
    /// The office, such as 厚生労働大臣.
    office: LocalizedText,
    /// Who holds it, where the notice names them.
    person: Option<LocalizedText>,
}

impl Signatory {
    fn of(signatory: &report::Signatory) -> Self {
        Self {
            office: LocalizedText(signatory.office.clone()),
            person: signatory.person.clone().map(LocalizedText),
        }
    }
}

/// What the programme adds to notices.
#[derive(Debug, Clone, SimpleObject)]
pub struct Remark {
    /// The kind of notices that it stands in; all of them where there is none.
    kind: Option<Coded<NoticeKind>>,
    /// What it says.
    text: LocalizedText,
}

impl Remark {
    fn of(remark: &report::Remark) -> Self {
        Self {
            kind: remark.kind.map(Coded),
            text: LocalizedText(remark.text.clone()),
        }
    }
}
