//! Takes in a file of the bank's answers.

use domain::access::Operation;
use domain::id::{ProgrammeId, SettlementFileId};
use domain::payment::LineState;
use domain::{InputRule, Seal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, Set,
};
use serde::{Deserialize, Serialize};

use super::record_settlement::place_of_lines;
use crate::dossier::MovedAwards;
use crate::entity::{programme, settlement_file, settlement_line};
use crate::error::Error;
use crate::input::{ensure_fits, invalid};
use crate::persist::settlement::{self, BankLine};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes in the lines of a file, once: the same bytes again change nothing.
#[derive(Debug, Clone, Serialize)]
pub struct ImportSettlement {
    /// The programme.
    pub programme: ProgrammeId,
    /// What the file is called.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Seal,
    /// Its lines, in their order.
    pub lines: Vec<BankLine>,
}

/// A file was taken in, now or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementImported {
    /// The file.
    pub file: SettlementFileId,
    /// Whether the same bytes were taken in before, so that nothing changed.
    pub known: bool,
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
        // The programme is locked: nobody else takes the same file in at the same time.
        let known = settlement_file::Entity::find()
            .filter(settlement_file::Column::ProgrammeId.eq(programme.id))
            .filter(settlement_file::Column::Sha256.eq(self.sha256.to_string()))
            .one(work.tx())
            .await?;
        if let Some(file) = known {
            return outcome(work.tx(), file.id.into(), true).await;
        }
        let references = self.lines.iter().map(|line| line.reference.clone());
        let rows = settlement::named(work.tx(), programme.id, references).await?;
        let mut awards =
            MovedAwards::open(work, rows.iter().map(|row| row.award_id).collect()).await?;
        let file = self.insert(work, &programme).await?;
        for (ordinal, line) in (1..).zip(&self.lines) {
            let source = (Some(file.uuid()), ordinal);
            settlement::record(work, programme.id, source, line, &mut awards).await?;
        }
        outcome(work.tx(), file, false).await
    }
}

impl ImportSettlement {
    async fn insert(
        &self,
        work: &mut Work<'_>,
        programme: &Locked<programme::Model>,
    ) -> Result<SettlementFileId, Error> {
        let id: SettlementFileId = work.ids.next();
        settlement_file::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            name: Set(self.name.clone()),
            sha256: Set(self.sha256.to_string()),
            lines_count: Set(i64::try_from(self.lines.len()).map_err(Error::corrupt)?),
            imported_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(id)
    }
}

/// What became of the lines of `file`.
async fn outcome(
    db: &impl ConnectionTrait,
    file: SettlementFileId,
    known: bool,
) -> Result<SettlementImported, Error> {
    let count = async |state: LineState| {
        let count = settlement_line::Entity::find()
            .filter(settlement_line::Column::FileId.eq(file.uuid()))
            .filter(settlement_line::Column::State.eq(domain::Coded::code(state)))
            .count(db)
            .await?;
        i64::try_from(count).map_err(Error::corrupt)
    };
    Ok(SettlementImported {
        file,
        known,
        matched: count(LineState::Matched).await?,
        repeated: count(LineState::Repeated).await?,
        unmatched: count(LineState::Unmatched).await?,
    })
}
