//! Proposes the next version of the account that a body is paid to.

use domain::access::Operation;
use domain::bank::{self, AccountNumber, BankCode, BranchCode, DepositKind, TransferKana};
use domain::id::{OrganizationId, PayeeAccountId};
use domain::payment::{PayeeAccount, PayeeAccountState};
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::dossier::{PROPOSED, account_seal, payee_accounts, place_of_organization};
use crate::entity::{organization, payee_account};
use crate::error::Error;
use crate::input::ensure_fits;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Proposes an account. Nothing is paid to it until another person has confirmed it; the version
/// before stays in force until then.
#[derive(Debug, Clone, Serialize)]
pub struct ProposePayeeAccount {
    /// The body that is paid.
    pub organization: OrganizationId,
    /// Its bank.
    pub bank: BankCode,
    /// The branch.
    pub branch: BranchCode,
    /// The kind of account.
    pub deposit_kind: DepositKind,
    /// The number within the branch.
    pub number: AccountNumber,
    /// The holder's name, as the passbook has it.
    pub holder: String,
    /// The holder's name in kana; it is written as a bank takes it.
    pub holder_kana: String,
    /// Why.
    pub reason: String,
}

/// An account was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeAccountProposed {
    /// The version of the account. What it says is no part of the answer, which the audit shows to
    /// more people than may see it.
    pub payee_account: PayeeAccountId,
}

impl Command for ProposePayeeAccount {
    const OPERATION: Operation = Operation::ProposePayeeAccount;
    type Root = organization::Model;
    type Outcome = PayeeAccountProposed;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_organization(tx, self.organization).await
    }

    async fn run(
        &self,
        organization: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<PayeeAccountProposed, Error> {
        ensure_fits("holder", &self.holder, 200)?;
        Refusal::require_reason(&self.reason)?;
        bank::branch(self.bank, self.branch)?;
        let kana = TransferKana::convert(&self.holder_kana)?;
        let mut known = payee_accounts(work.tx(), [self.organization]).await?;
        let known = known.remove(&self.organization).unwrap_or_default();
        let open = |account: &PayeeAccount| account.state() == PayeeAccountState::Proposed;
        if known.versions().iter().any(open) {
            return Err(Error::already_exists("PAYEE_ACCOUNT"));
        }
        let version = known.next_version();
        let id: PayeeAccountId = work.ids.next();
        let row = payee_account::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(organization.programme_id),
            organization_id: Set(organization.id),
            version: Set(version),
            bank_code: Set(self.bank.to_string()),
            branch_code: Set(self.branch.to_string()),
            deposit_kind: Set(self.deposit_kind.code().to_owned()),
            number: Set(self.number.to_string()),
            holder: Set(self.holder.clone()),
            holder_kana: Set(kana.to_string()),
            reason: Set(self.reason.clone()),
            proposed_by: Set(work.natural_person()?.uuid()),
            occurred_at: Set(work.occurred_at()),
            state: Set(PayeeAccountState::Proposed.code().to_owned()),
            answered_by: Set(None),
            answered_at: Set(None),
            called_person_id: Set(None),
            called_on: Set(None),
            answer_note: Set(None),
            withdrawn: Set(None),
            // It tells nothing, and no event shows it.
            salt: Set(Some(work.ids.next_opaque())),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        // The audit is read by more people than may see the whole number.
        let number = self.number.masked();
        let seal = account_seal(&row)?;
        let facts = json!({ "id": id, "version": version, "number": number, "seal": seal });
        work.record(PROPOSED, facts);
        Ok(PayeeAccountProposed { payee_account: id })
    }
}
