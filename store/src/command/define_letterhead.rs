//! Defines in whose name the notices of a programme are issued.

use domain::Refusal;
use domain::access::{Operation, Scope};
use domain::id::{LetterheadId, ProgrammeId};
use domain::report::{Letterhead, Remark, Signatory};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entity::{letterhead, programme};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Defines the next version of the letterhead: in force for every act that is recorded from now on. The first
/// one is that of all acts before it too.
#[derive(Debug, Clone, Serialize)]
pub struct DefineLetterhead {
    /// The programme whose notices are issued.
    pub programme: ProgrammeId,
    /// In whose name, in their order.
    pub signatories: Vec<Signatory>,
    /// What the programme adds, in its order.
    pub remarks: Vec<Remark>,
    /// Why.
    pub reason: String,
}

/// A letterhead is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadDefined {
    /// The version.
    pub letterhead: LetterheadId,
    /// Its number within the programme, from 1.
    pub version: u32,
}

impl Command for DefineLetterhead {
    const OPERATION: Operation = Operation::DefineLetterhead;
    type Root = programme::Model;
    type Outcome = LetterheadDefined;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<LetterheadDefined, Error> {
        Refusal::require_reason(&self.reason)?;
        let defined = Letterhead {
            signatories: self.signatories.clone(),
            remarks: self.remarks.clone(),
        };
        defined.ensure_may_issue()?;
        // The programme is locked: nobody else counts at the same time.
        let last = letterhead::Entity::find()
            .filter(letterhead::Column::ProgrammeId.eq(programme.id))
            .order_by_desc(letterhead::Column::Version)
            .one(work.tx())
            .await?;
        let version = mapping::version_after(last.map(|row| row.version))?;
        let id: LetterheadId = work.ids.next();
        letterhead::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            version: Set(i64::from(version)),
            signatories: Set(mapping::json(&defined.signatories)?),
            remarks: Set(mapping::json(&defined.remarks)?),
            reason: Set(self.reason.clone()),
            defined_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": id, "version": version, "letterhead": defined });
        work.record("LETTERHEAD_DEFINED", facts);
        Ok(LetterheadDefined {
            letterhead: id,
            version,
        })
    }
}
