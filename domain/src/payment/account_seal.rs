//! What binds an account to the audit: a seal over what it says, and one over how it was confirmed.
//!
//! The audit is read by people who may not see a whole account number, and a number has too few
//! digits to hide in a bare hash: whoever reads the event could try them all. So each account has a
//! salt beside it, which no event shows, and the event of its proposal holds the salted seal. An
//! account that is altered afterwards, with its salt or without, no longer gives that seal.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::json;
use uuid::Uuid;

use super::AccountDetails;
use crate::id::{OrganizationId, PayeeAccountId, PersonId};
use crate::seal::{Seal, canonical};

/// What the seal of a proposed account covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAccount<'a> {
    /// Unpredictable to whoever reads the audit.
    pub salt: Uuid,
    /// The version of the account.
    pub account: PayeeAccountId,
    /// The body that is paid.
    pub organization: OrganizationId,
    /// The version, from 1.
    pub version: u32,
    /// Where the money goes.
    pub details: &'a AccountDetails,
    /// The holder's name as it was given.
    pub holder: &'a str,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: DateTime<Utc>,
}

impl SealedAccount<'_> {
    /// The seal.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::over(&canonical::to_string(&json!({
            "htc-payee-account": 1,
            "account": self.account,
            "details": self.details,
            "holder": self.holder,
            "organization": self.organization,
            "proposed_at": instant(self.proposed_at),
            "proposed_by": self.proposed_by,
            "salt": self.salt,
            "version": self.version,
        })))
    }
}

/// What the seal of a confirmation covers: the account, and the call by which it was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCallBack<'a> {
    /// The account that was confirmed.
    pub account: SealedAccount<'a>,
    /// Who confirmed it.
    pub confirmed_by: PersonId,
    /// When.
    pub confirmed_at: DateTime<Utc>,
    /// Who of the body was called.
    pub called: PersonId,
    /// The day of the call, in Japan.
    pub called_on: NaiveDate,
    /// What was said.
    pub note: &'a str,
}

impl SealedCallBack<'_> {
    /// The seal. The account's own, which it contains, holds the salt.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal::over(&canonical::to_string(&json!({
            "htc-payee-call-back": 1,
            "account": self.account.seal(),
            "called": self.called,
            "called_on": self.called_on,
            "confirmed_at": instant(self.confirmed_at),
            "confirmed_by": self.confirmed_by,
            "note": self.note,
            "salt": self.account.salt,
        })))
    }
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}
