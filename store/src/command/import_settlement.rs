//! Takes in a file of the bank's answers.
//!
//! Which file it is, its lines say: the server hashes them, so that nobody can pass one file off as
//! another that was taken in. A file of more lines than one request holds comes in numbered parts.

use std::collections::BTreeSet;

use domain::access::Operation;
use domain::id::{ProgrammeId, SettlementFileId};
use domain::payment::LineState;
use domain::seal::canonical;
use domain::{InputRule, Refusal, Seal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::record_settlement::place_of_lines;
use crate::entity::{programme, settlement_file, settlement_line};
use crate::error::Error;
use crate::input::{ensure_fits, invalid};
use crate::mapping;
use crate::persist::settlement::{self, BankLine, Payments};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes in the lines of a file, or of a part of it, once: the same lines again change nothing.
#[derive(Debug, Clone, Serialize)]
pub struct ImportSettlement {
    /// The programme.
    pub programme: ProgrammeId,
    /// What the file is called.
    pub name: String,
    /// Which part of the file these lines are; none where they are all of it.
    pub part: Option<FilePart>,
    /// Its lines, in their order.
    pub lines: Vec<BankLine>,
}

/// A part of a file of that many parts. All of them carry the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    /// Its place, from 1.
    pub number: u16,
    /// How many parts there are.
    pub of: u16,
}

/// A file was taken in, now or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementImported {
    /// The file.
    pub file: SettlementFileId,
    /// Whether the same lines were taken in before, so that nothing changed.
    pub known: bool,
    /// The parts of the file that were not brought yet.
    pub missing: Vec<i64>,
    /// Lines that moved a payment on.
    pub matched: i64,
    /// Lines that say what was recorded before.
    pub repeated: i64,
    /// Lines that wait for a person.
    pub unmatched: i64,
}

impl Command for ImportSettlement {
    const OPERATION: Operation = Operation::ImportSettlement;
    type Root = programme::Model;
    type Outcome = SettlementImported;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_lines(tx, self.programme, &self.lines).await
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<SettlementImported, Error> {
        ensure_fits("name", &self.name, 200)?;
        if self.lines.is_empty() {
            return Err(invalid("lines", InputRule::Required).into());
        }
        self.lines.iter().try_for_each(BankLine::ensure_sound)?;
        let part = self.part.unwrap_or(FilePart { number: 1, of: 1 });
        part.ensure_sound()?;
        let hash = hash_of(&self.lines)?;
        // The programme is locked: nobody else takes the same file in at the same time.
        let known = settlement_file::Entity::find()
            .filter(settlement_file::Column::ProgrammeId.eq(programme.id))
            .filter(settlement_file::Column::Sha256.eq(hash.to_string()))
            .one(work.tx())
            .await?;
        if let Some(file) = known {
            return outcome(work.tx(), &file, true).await;
        }
        for brought in brought_as(work.tx(), programme.id, &self.name).await? {
            part.ensure_beside(&brought)?;
        }
        let references = self.lines.iter().map(|line| line.reference.clone());
        let rows = settlement::named(work.tx(), programme.id, references.clone()).await?;
        let mut payments = Payments::open(work, programme.id, rows, references).await?;
        let file = self.insert(work, &programme, part, hash).await?;
        for (ordinal, line) in (1..).zip(&self.lines) {
            let source = (Some(file.id), ordinal);
            settlement::record(work, source, line, &mut payments).await?;
        }
        outcome(work.tx(), &file, false).await
    }
}

impl ImportSettlement {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        programme: &Locked<programme::Model>,
        part: FilePart,
        hash: Seal,
    ) -> Result<settlement_file::Model, Error> {
        let row = settlement_file::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(programme.id),
            name: Set(self.name.clone()),
            sha256: Set(hash.to_string()),
            lines_count: Set(i64::try_from(self.lines.len()).map_err(Error::corrupt)?),
            part: Set(Some(part.number.into())),
            parts: Set(Some(part.of.into())),
            imported_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": row.id, "lines": hash, "part": part });
        work.record("SETTLEMENT_FILE_TAKEN_IN", facts);
        Ok(row)
    }
}

impl FilePart {
    fn ensure_sound(self) -> Result<(), Refusal> {
        if (1..=self.of).contains(&self.number) {
            Ok(())
        } else {
            Err(invalid("part", InputRule::Range))
        }
    }

    /// Refuses other lines for a part that was brought, and another number of parts. The parts of a
    /// file share its name; a file that comes whole may be called as another one.
    fn ensure_beside(self, brought: &settlement_file::Model) -> Result<(), Refusal> {
        let (number, of) = (i64::from(self.number), i64::from(self.of));
        let theirs = (brought.part.unwrap_or(1), brought.parts.unwrap_or(1));
        if (of == 1 && theirs.1 == 1) || (theirs.1 == of && theirs.0 != number) {
            Ok(())
        } else {
            Err(Refusal::SettlementPartDiffers {
                part: theirs.0,
                parts: theirs.1,
            })
        }
    }
}

/// The hash over the canonical form of `lines`.
fn hash_of(lines: &[BankLine]) -> Result<Seal, Error> {
    let lines = mapping::json(&lines)?;
    let members = json!({ "htc-settlement-lines": 1, "lines": lines });
    Ok(Seal::over(&canonical::to_string(&members)))
}

/// The files, and parts of files, that were brought under this name.
async fn brought_as(
    db: &impl ConnectionTrait,
    programme: Uuid,
    name: &str,
) -> Result<Vec<settlement_file::Model>, Error> {
    Ok(settlement_file::Entity::find()
        .filter(settlement_file::Column::ProgrammeId.eq(programme))
        .filter(settlement_file::Column::Name.eq(name))
        .all(db)
        .await?)
}

/// What became of the lines of `file`.
async fn outcome(
    db: &impl ConnectionTrait,
    file: &settlement_file::Model,
    known: bool,
) -> Result<SettlementImported, Error> {
    let count = async |state: LineState| {
        let count = settlement_line::Entity::find()
            .filter(settlement_line::Column::FileId.eq(file.id))
            .filter(settlement_line::Column::State.eq(domain::Coded::code(state)))
            .count(db)
            .await?;
        i64::try_from(count).map_err(Error::corrupt)
    };
    let brought = brought_as(db, file.programme_id, &file.name).await?;
    let brought: BTreeSet<i64> = brought.iter().map(|row| row.part.unwrap_or(1)).collect();
    let missing = (1..=file.parts.unwrap_or(1)).filter(|part| !brought.contains(part));
    Ok(SettlementImported {
        file: file.id.into(),
        known,
        missing: missing.collect(),
        matched: count(LineState::Matched).await?,
        repeated: count(LineState::Repeated).await?,
        unmatched: count(LineState::Unmatched).await?,
    })
}
