//! Takes the lines of a file in, part by part.

use bytes::Bytes;
use domain::InputRule;
use graphql::{Refused, Viewer};
use serde::Serialize;
use store::Store;
use store::command::{FilePart, ImportSettlement};
use store::read::programme::programmes;

use super::read;

/// Lines of one part, which is one command.
const PART_LINES_MAX: usize = 200;

/// A file, as it is brought.
#[derive(Debug, Clone)]
pub struct AnswerFile {
    /// The programme, by its code.
    pub programme: String,
    /// What it is called; all its parts carry the name.
    pub name: String,
    /// The table.
    pub bytes: Bytes,
}

/// What became of the lines of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswersTakenIn {
    /// Its lines.
    pub lines: usize,
    /// The parts in which it was taken in.
    pub parts: u16,
    /// Those of them that were taken in before, so that they changed nothing.
    pub known_parts: u16,
    /// Lines that moved a payment on.
    pub matched: i64,
    /// Lines that say what was recorded before.
    pub repeated: i64,
    /// Lines that wait for a person.
    pub unmatched: i64,
}

/// Takes `file` in for `viewer`, who has to be a finance preparer of its programme.
///
/// # Errors
/// What the store says, and what [`read`] does: nothing is taken in of a file with a cell that is wrong.
/// Parts before one that the store refuses stay taken in, and are known when the file is sent again.
pub async fn take_in<E>(
    store: &Store,
    viewer: &Viewer,
    file: AnswerFile,
) -> Result<AnswersTakenIn, E>
where
    E: From<Refused> + From<store::Error>,
{
    let mut programmes = programmes(store.reads()).await?.into_iter();
    let programme = programmes
        .find(|programme| programme.code == file.programme)
        .ok_or_else(|| store::Error::not_found("PROGRAMME"))?;
    let lines = read(&file.bytes, programme.currency)?;
    let parts = lines.chunks(PART_LINES_MAX);
    let of = u16::try_from(parts.len()).map_err(|_| Refused::field("rows", InputRule::Range))?;
    let mut taken = AnswersTakenIn {
        lines: lines.len(),
        parts: of,
        ..AnswersTakenIn::default()
    };
    for (number, lines) in (1..).zip(parts) {
        let command = ImportSettlement {
            programme: programme.id,
            name: file.name.clone(),
            part: (of > 1).then_some(FilePart { number, of }),
            lines: lines.to_vec(),
        };
        // What makes it once is what the lines say, also from another sender.
        let key = store.entropy().uuid().to_string();
        let request = store::Request::by(viewer.actor).with_key(key);
        let part = store.execute(&request, &command).await?;
        taken.known_parts += u16::from(part.known);
        taken.matched += part.matched;
        taken.repeated += part.repeated;
        taken.unmatched += part.unmatched;
    }
    Ok(taken)
}
