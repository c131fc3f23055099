//! The accounts that made-up bodies are paid to.
//!
//! Banks and branches are real, because nothing else is taken; the numbers are made up, and so low that
//! they say so. Who proposes an account, who confirms it and when is for whoever seeds to say.

use chrono::NaiveDate;
use domain::Refusal;
use domain::bank::{AccountNumber, BankCode, BranchCode, DepositKind};
use domain::id::{OrganizationId, PayeeAccountId, PersonId};
use store::command::{ConfirmPayeeAccount, ProposePayeeAccount};

/// Banks with one of their branches, by their numbers.
const BANKS: [(&str, &str); 5] = [
    ("0001", "001"),
    ("0005", "001"),
    ("0009", "200"),
    ("0137", "001"),
    ("0149", "221"),
];

/// Made-up account numbers there are: what seven digits have room for.
const NUMBERS: u64 = 10_000_000;

/// An account to be proposed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(crate) organization: OrganizationId,
    /// The holder's name, and the same in kana.
    pub(crate) holder: (&'a str, &'a str),
    /// From this its bank and its number follow.
    pub(crate) number: u64,
    pub(crate) reason: &'a str,
}

impl Account<'_> {
    /// The command that proposes it.
    ///
    /// # Errors
    /// None, as long as the list of banks holds numbers.
    pub(crate) fn proposal(&self) -> Result<ProposePayeeAccount, Refusal> {
        let (holder, holder_kana) = self.holder;
        let place = usize::try_from(self.number).unwrap_or(0) % BANKS.len();
        let (bank, branch) = BANKS[place];
        Ok(ProposePayeeAccount {
            organization: self.organization,
            bank: BankCode::parse(bank)?,
            branch: BranchCode::parse(branch)?,
            deposit_kind: DepositKind::Ordinary,
            number: AccountNumber::parse(&format!("{:07}", self.number % NUMBERS))?,
            holder: holder.to_owned(),
            holder_kana: holder_kana.to_owned(),
            reason: self.reason.to_owned(),
        })
    }
}

/// The command that confirms `payee_account` after a call to `called_person`.
pub(crate) fn confirmation(
    payee_account: PayeeAccountId,
    called_person: PersonId,
    called_on: NaiveDate,
) -> ConfirmPayeeAccount {
    ConfirmPayeeAccount {
        payee_account,
        called_person,
        called_on,
        note: "登録済みの電話番号で本人に確認した / asked on the telephone number on record"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::bank;

    use super::*;

    #[test]
    fn every_bank_has_its_branch() {
        for (bank, branch) in BANKS {
            let found = bank::branch(
                BankCode::parse(bank).expect(bank),
                BranchCode::parse(branch).expect(branch),
            );
            assert!(found.is_ok(), "{bank} {branch}");
        }
    }
}
