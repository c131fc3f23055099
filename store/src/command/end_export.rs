//! Notes what became of a file that was begun: what is in it, or that nobody has the whole of it.

use domain::Coded;
use domain::access::{Operation, Scope};
use domain::id::ExportId;
use domain::report::ExportState;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::entity::{export, programme};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// What a file holds that was written to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportContent {
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Its size, in bytes.
    pub size_bytes: u64,
    /// Its rows, without headings and trailers.
    pub rows: usize,
    /// The totals of its columns of money, by currency.
    pub totals: Value,
}

/// Notes how a file ended. The server runs it.
#[derive(Debug, Clone, Serialize)]
pub struct EndExport {
    /// The file.
    pub export: ExportId,
    /// What is in it; none where it broke off.
    pub content: Option<ExportContent>,
}

/// How a file ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportEnded {
    /// The file.
    pub export: ExportId,
    /// Done or aborted.
    pub state: ExportState,
}

impl Command for EndExport {
    const OPERATION: Operation = Operation::EndExport;
    type Root = programme::Model;
    type Outcome = ExportEnded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let programme = self.row(tx).await?.programme_id;
        let scope = Scope::programme(programme.into());
        Ok(Place::at("EXPORT", programme, scope))
    }

    async fn run(
        &self,
        _programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<ExportEnded, Error> {
        let row = self.row(work.tx()).await?;
        let before: ExportState = mapping::code(&row.state)?;
        let state = match self.content {
            Some(_) => ExportState::Done,
            None => ExportState::Aborted,
        };
        if before != ExportState::Running {
            return Ok(ExportEnded {
                export: self.export,
                state: before,
            });
        }
        let content = self.content.as_ref();
        let number = |number: u64| i64::try_from(number).map_err(Error::corrupt);
        let size_bytes = content.map(|content| number(content.size_bytes));
        let rows_count = content.map(|content| number(content.rows as u64));
        export::ActiveModel {
            id: Set(row.id),
            state: Set(state.code().to_owned()),
            sha256: Set(content.map(|content| content.sha256.clone())),
            size_bytes: Set(size_bytes.transpose()?),
            rows_count: Set(rows_count.transpose()?),
            totals: Set(content.map(|content| content.totals.clone())),
            ended_at: Set(Some(work.occurred_at())),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        work.record_move("EXPORT_MOVED", row.id, before, state);
        work.record("EXPORT_CONTENT", json!(self.content));
        Ok(ExportEnded {
            export: self.export,
            state,
        })
    }
}

impl EndExport {
    async fn row(&self, db: &impl ConnectionTrait) -> Result<export::Model, Error> {
        export::Entity::find_by_id(self.export.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("EXPORT"))
    }
}
