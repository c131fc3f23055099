//! Records one answer of the bank by hand.

use domain::access::{Operation, Scope};
use domain::id::{ProgrammeId, SettlementLineId};
use domain::payment::LineState;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::dossier::with_awards;
use crate::entity::{award, programme};
use crate::error::Error;
use crate::persist::settlement::{self, BankLine, Payments};
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Records that a payment arrived or came back, as the bank said without a file.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSettlement {
    /// The programme.
    pub programme: ProgrammeId,
    /// What the bank said.
    pub line: BankLine,
}

/// An answer of the bank was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementRecorded {
    /// The line.
    pub settlement_line: SettlementLineId,
    /// What was made of it.
    pub state: LineState,
}

impl Command for RecordSettlement {
    const OPERATION: Operation = Operation::RecordSettlement;
    type Root = programme::Model;
    type Outcome = SettlementRecorded;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_lines(tx, self.programme, core::slice::from_ref(&self.line)).await
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<SettlementRecorded, Error> {
        self.line.ensure_sound()?;
        self.line.line().ensure_past(work.today())?;
        let references = [self.line.reference.clone()];
        let rows = settlement::named(work.tx(), programme.id, references.clone()).await?;
        let mut payments = Payments::open(work, programme.id, rows, references).await?;
        let source = (None, 1);
        let recorded = settlement::record(work, source, &self.line, &mut payments).await?;
        let (settlement_line, state) = recorded;
        Ok(SettlementRecorded {
            settlement_line,
            state,
        })
    }
}

/// The place of a command that brings `lines`: the programme is its root and its scope, the awards
/// that the lines speak of are written beside it.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn place_of_lines(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
    lines: &[BankLine],
) -> Result<Place, Error> {
    let references = lines.iter().map(|line| line.reference.clone());
    let rows = settlement::named(db, programme.uuid(), references).await?;
    let awards = award::Entity::find()
        .filter(award::Column::Id.is_in(rows.iter().map(|row| row.award_id)))
        .all(db)
        .await?;
    let place = Place::at("PROGRAMME", programme, Scope::programme(programme));
    Ok(with_awards(place, &awards))
}
