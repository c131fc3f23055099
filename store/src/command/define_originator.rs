//! Defines the account that a programme pays from, and who orders payments from it.

use domain::access::{Operation, Scope};
use domain::bank::{
    AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode, TransferKana,
};
use domain::id::{OriginatorId, ProgrammeId};
use domain::payment::{AccountDetails, Originator};
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::latest_originator;
use crate::entity::{originator, programme};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Defines the next version of the originator: in force for every batch that is approved from now on.
#[derive(Debug, Clone, Serialize)]
pub struct DefineOriginator {
    /// The programme that pays.
    pub programme: ProgrammeId,
    /// The number that the paying bank gave to the contract.
    pub code: OriginatorCode,
    /// The paying bank.
    pub bank: BankCode,
    /// The branch.
    pub branch: BranchCode,
    /// The kind of account.
    pub deposit_kind: DepositKind,
    /// The number within the branch.
    pub number: AccountNumber,
    /// The originator's name in kana; it is written as a bank takes it.
    pub name_kana: String,
    /// The paying bank's code for ISO 20022 messages.
    pub bic: Option<Bic>,
    /// Why.
    pub reason: String,
}

/// An originator is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginatorDefined {
    /// The version.
    pub originator: OriginatorId,
    /// Its number within the programme, from 1.
    pub version: u32,
}

impl Command for DefineOriginator {
    const OPERATION: Operation = Operation::DefineOriginator;
    type Root = programme::Model;
    type Outcome = OriginatorDefined;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<OriginatorDefined, Error> {
        Refusal::require_reason(&self.reason)?;
        let originator = self.originator()?;
        originator.ensure_may_pay()?;
        // The programme is locked: nobody else counts at the same time.
        let last = latest_originator(work.tx(), programme.id).await?;
        let version = mapping::version_after(last.map(|row| row.version))?;
        let id: OriginatorId = work.ids.next();
        originator::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            version: Set(i64::from(version)),
            code: Set(self.code.to_string()),
            bank_code: Set(self.bank.to_string()),
            branch_code: Set(self.branch.to_string()),
            deposit_kind: Set(self.deposit_kind.code().to_owned()),
            number: Set(self.number.to_string()),
            holder_kana: Set(originator.account.holder.to_string()),
            bic: Set(self.bic.as_ref().map(Bic::to_string)),
            reason: Set(self.reason.clone()),
            defined_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        // The audit is read by more people than may see the whole number.
        let number = self.number.masked();
        let facts = json!({ "id": id, "version": version, "code": self.code, "number": number });
        work.record("ORIGINATOR_DEFINED", facts);
        Ok(OriginatorDefined {
            originator: id,
            version,
        })
    }
}

impl DefineOriginator {
    fn originator(&self) -> Result<Originator, Refusal> {
        Ok(Originator {
            code: self.code,
            account: AccountDetails {
                bank: self.bank,
                branch: self.branch,
                deposit_kind: self.deposit_kind,
                number: self.number,
                holder: TransferKana::convert(&self.name_kana)?,
            },
            bic: self.bic.clone(),
        })
    }
}
