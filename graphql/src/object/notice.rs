//! Notices of acts of the authority, as they can be taken away.

use async_graphql::Object;
use domain::report::NoticeKind;
use domain::wording::Language;
use store::read::notice::NoticedAct;

use crate::coded::Coded;
use crate::scalar::Date;

/// A notice.
#[derive(Debug, Clone)]
pub struct Notice(pub NoticedAct);

/// A notice of an act of the authority (Acts 8, 15 and 18), or the record of a gate, as a PDF file in Japanese
/// and in English. It can be taken from 30 seconds after the act on, and is the same for ever.
#[Object]
impl Notice {
    /// Which notice it is.
    async fn kind(&self) -> Coded<NoticeKind> {
        Coded(self.0.kind)
    }

    /// Its number: that of the award, with the act's place in its series.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The day of the act, which is its date.
    async fn dated_on(&self) -> Date {
        Date(self.0.dated_on)
    }

    /// The address of the Japanese file, which is the binding one, on this server; asked for with the
    /// viewer's token.
    async fn path_ja(&self) -> String {
        self.path(Language::Ja)
    }

    /// The address of the English file.
    async fn path_en(&self) -> String {
        self.path(Language::En)
    }
}

impl Notice {
    fn path(&self, language: Language) -> String {
        let NoticedAct { kind, id, .. } = &self.0;
        format!(
            "/notices/{}/{id}.pdf?language={}",
            kind.name(),
            language.code()
        )
    }
}
