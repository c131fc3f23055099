//! Takes a proposed account back.

use domain::access::Operation;
use domain::id::PayeeAccountId;
use sea_orm::{DatabaseTransaction, Set};
use serde::Serialize;

use super::confirm_payee_account::PayeeAccountAnswered;
use crate::dossier::place_of_account;
use crate::entity::{organization, payee_account};
use crate::error::Error;
use crate::persist::payee;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Takes an account back before finance has answered: anybody of the body who may propose one. The
/// version before stays in force, and another may be proposed.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawPayeeAccount {
    /// The proposed version.
    pub payee_account: PayeeAccountId,
    /// Why.
    pub reason: String,
}

impl Command for WithdrawPayeeAccount {
    const OPERATION: Operation = Operation::WithdrawPayeeAccount;
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
        let withdrawn = payee_account::ActiveModel {
            withdrawn: Set(Some(true)),
            ..Default::default()
        };
        payee::reject(work, self.payee_account, &self.reason, withdrawn).await?;
        Ok(PayeeAccountAnswered {
            payee_account: self.payee_account,
        })
    }
}
