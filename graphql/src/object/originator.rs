//! Who pays.

use async_graphql::{Context, Object, Result};
use domain::bank::DepositKind;
use store::read::originator::OriginatorView;

use super::Person;
use crate::coded::Coded;
use crate::scalar::Instant;

/// An originator.
#[derive(Debug, Clone)]
pub struct Originator(pub OriginatorView);

/// One version of who orders payments and from which account (振込依頼人). A batch is paid by the version
/// that was in force when it was approved.
#[Object]
impl Originator {
    /// Its number within the programme, from 1.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// The number that the paying bank gave to the contract, ten digits.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The paying bank, four digits.
    async fn bank(&self) -> &str {
        &self.0.bank
    }

    /// The branch, three digits.
    async fn branch(&self) -> &str {
        &self.0.branch
    }

    /// The kind of account.
    async fn deposit_kind(&self) -> Coded<DepositKind> {
        Coded(self.0.deposit_kind)
    }

    /// The account's number for those of finance who confirm accounts, its last digits for others.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The originator's name as banks write it.
    async fn name_kana(&self) -> &str {
        &self.0.name_kana
    }

    /// The paying bank's business identifier code (ISO 9362).
    async fn bic(&self) -> Option<&str> {
        self.0.bic.as_deref()
    }

    /// Why it was defined so.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who defined it.
    async fn defined_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Person::met(ctx, self.0.defined_by).await
    }

    /// Since when it is in force, until the next.
    async fn defined_at(&self) -> Instant {
        Instant(self.0.defined_at)
    }
}
