//! Rejects a proposed account.

use domain::access::Operation;
use domain::id::PayeeAccountId;
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::confirm_payee_account::PayeeAccountAnswered;
use crate::dossier::place_of_account;
use crate::entity::{organization, payee_account};
use crate::error::Error;
use crate::persist::payee;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Rejects an account: the version before stays in force, and another may be proposed.
#[derive(Debug, Clone, Serialize)]
pub struct RejectPayeeAccount {
    /// The proposed version.
    pub payee_account: PayeeAccountId,
    /// Why.
    pub reason: String,
}

impl Command for RejectPayeeAccount {
    const OPERATION: Operation = Operation::RejectPayeeAccount;
    type Root = organization::Model;
    type Outcome = PayeeAccountAnswered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_account(tx, self.payee_account).await
    }

    async fn run(
        &self,
        _organization: Locked<organization::Model>,
        work: &mut Work<'_>,
    ) -> Result<PayeeAccountAnswered, Error> {
        let columns = payee_account::ActiveModel::default();
        payee::reject(work, self.payee_account, &self.reason, columns).await?;
        Ok(PayeeAccountAnswered {
            payee_account: self.payee_account,
        })
    }
}
