//! Notes that somebody begins to take a file away, before the first byte of it leaves.

use chrono::{DateTime, Utc};
use domain::Coded;
use domain::access::{Operation, Scope};
use domain::id::{ExportId, PersonId, ProgrammeId};
use domain::report::{ExportKind, ExportState};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::entity::{export, programme};
use crate::error::Error;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Notes a file that is begun. The server runs it; whether the person may have the file was asked before.
#[derive(Debug, Clone, Serialize)]
pub struct BeginExport {
    /// The programme whose books are taken.
    pub programme: ProgrammeId,
    /// What is taken.
    pub kind: ExportKind,
    /// The name that the file is given.
    pub file_name: String,
    /// What was asked for besides.
    pub parameters: Value,
    /// The instant whose books are in it.
    pub as_of: DateTime<Utc>,
    /// Who takes it; nobody for the operator.
    pub requested_by: Option<PersonId>,
}

/// A file was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportBegun {
    /// Names it.
    pub export: ExportId,
}

impl Command for BeginExport {
    const OPERATION: Operation = Operation::BeginExport;
    type Root = programme::Model;
    type Outcome = ExportBegun;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<ExportBegun, Error> {
        let id: ExportId = work.ids.next();
        export::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            kind: Set(self.kind.code().to_owned()),
            file_name: Set(self.file_name.clone()),
            parameters: Set(self.parameters.clone()),
            as_of: Set(self.as_of),
            requested_by: Set(self.requested_by.map(PersonId::uuid)),
            occurred_at: Set(work.occurred_at()),
            state: Set(ExportState::Running.code().to_owned()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
            ..Default::default()
        }
        .insert(work.tx())
        .await?;
        let facts = json!({
            "id": id,
            "kind": self.kind.code(),
            "file_name": self.file_name,
            "parameters": self.parameters,
            "as_of": self.as_of,
            "requested_by": self.requested_by,
        });
        work.record("EXPORT_BEGUN", facts);
        Ok(ExportBegun { export: id })
    }
}
