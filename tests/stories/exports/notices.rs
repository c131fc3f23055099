//! Notices: what they say, in whose name, to whom, and that an act is the same notice for ever.

mod content;
mod letterheads;
mod served;
mod sight;

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::id::{AwardId, PersonId};
use domain::report::{Notice, NoticeKind};
use domain::{Coded, Refusal};
use exports::NoticeFonts;
use graphql::Viewer;
use serde_json::{Value, json};
use store::read::Sight;
use store::read::export::Reader;
use store::read::notice;
use uuid::Uuid;

use crate::builders::World;

/// A notice as the graph lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) kind: NoticeKind,
    pub(super) id: Uuid,
    pub(super) number: String,
    pub(super) dated_on: NaiveDate,
    /// The addresses of the Japanese and the English file.
    pub(super) paths: [String; 2],
}

impl Listed {
    fn of(listed: &Value) -> Self {
        let text = |field: &str| listed[field].as_str().expect(field);
        let path = text("pathJa");
        let (name, _) = path.split_once(".pdf").expect("a file");
        let (_, id) = name.rsplit_once('/').expect("an id");
        Self {
            kind: NoticeKind::from_code(text("kind")).expect("a kind"),
            id: id.parse().expect("an id"),
            number: text("number").to_owned(),
            dated_on: text("datedOn").parse().expect("a day"),
            paths: [path.to_owned(), text("pathEn").to_owned()],
        }
    }
}

/// The notices of `award` as `person` finds them.
pub(super) async fn listed(world: &World, person: PersonId, award: AwardId) -> Vec<Listed> {
    let asked = "query($id: ID!) { node(id: $id) { ... on Award {
        notices { kind number datedOn pathJa pathEn } } } }";
    let id = graphql::Id(award).text();
    let answer = world.ask(person, asked, json!({ "id": id })).await;
    let notices = answer["node"]["notices"].as_array();
    notices.into_iter().flatten().map(Listed::of).collect()
}

/// The first of each kind among them.
pub(super) fn first_of_each(notices: &[Listed]) -> Vec<&Listed> {
    let first = |kind: &NoticeKind| notices.iter().find(|one| one.kind == *kind);
    NoticeKind::ALL.iter().filter_map(first).collect()
}

/// What the notice of an act says to `person`.
async fn filled(
    world: &World,
    person: PersonId,
    act: (NoticeKind, Uuid),
) -> Result<Notice, Refusal> {
    let viewer = Viewer::load(&world.store, person, None).await;
    let viewer = viewer.expect("a person");
    let sight = Sight::new(viewer.person, viewer.authority);
    let reader = Reader::Person(&sight);
    match notice::notice(world.store.reads(), reader, act, world.store.now()).await {
        Ok(filled) => Ok(filled.notice),
        Err(store::Error::Refused(refusal)) => Err(refusal),
        Err(error) => panic!("{error}"),
    }
}

/// Whether a font is installed to set notices in. Where none is and none is required, the stories that set
/// notices say so and tell nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "asks what the stories may leave out"
)]
pub(super) fn is_font_installed() -> bool {
    static FOUND: LazyLock<Result<NoticeFonts, Refusal>> =
        LazyLock::new(|| NoticeFonts::find(None));
    match &*FOUND {
        Ok(_) => true,
        Err(refusal) if std::env::var("HTC_TEST_FONT").is_ok() => panic!("{refusal}"),
        Err(refusal) => {
            eprintln!("not told: {refusal}");
            false
        }
    }
}

/// What another program reads in a PDF file, without white space; and how many pages it has.
pub(super) fn read(bytes: &[u8]) -> (String, usize) {
    let pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    let text = pdf.extract_text(&pages).expect("a text");
    (without_space(&text), pages.len())
}

pub(super) fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
