//! Who orders the payments of a programme, and from which account.
//!
//! Versions, of which the last is in force. An approval binds the one in force, so that a batch says for
//! ever who paid it.

use serde::{Deserialize, Serialize};

use super::AccountDetails;
use crate::bank::{Bic, DepositKind, OriginatorCode};
use crate::input_rule::InputRule;
use crate::refusal::Refusal;

/// Characters of the originator's name at most: the field of the bulk transfer's header (positions
/// 15-54). Unlike a payee's it is not cut: the bank compares it with its contract.
pub const ORIGINATOR_CHARS_MAX: usize = 40;

/// Who orders payments, as every file for a bank says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Originator {
    /// The number that the paying bank gave to the contract.
    pub code: OriginatorCode,
    /// The account that pays; its holder is the originator's name.
    pub account: AccountDetails,
    /// The paying bank's code for ISO 20022 messages; without one they name it by its number alone.
    pub bic: Option<Bic>,
}

impl Originator {
    /// Refuses an originator for whom no bank would take an order.
    ///
    /// # Errors
    /// [`Refusal::BankUnknown`], [`Refusal::BranchUnknown`], [`Refusal::InvalidInput`] for an account
    /// that bulk transfers are not paid from, or [`Refusal::NameTooLong`].
    pub fn ensure_may_pay(&self) -> Result<(), Refusal> {
        self.account.ensure_exists()?;
        if self.account.deposit_kind == DepositKind::Savings {
            return Err(Refusal::InvalidInput {
                field: "deposit_kind".to_owned(),
                rule: InputRule::UnknownCode,
            });
        }
        let chars = self.account.holder.as_str().chars().count();
        if chars > ORIGINATOR_CHARS_MAX {
            return Err(Refusal::NameTooLong {
                chars,
                chars_max: ORIGINATOR_CHARS_MAX,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{AccountNumber, BankCode, BranchCode, TransferKana};
    use crate::refusal::RefusalCode::{BankUnknown, InvalidInput, NameTooLong};

    #[test]
    fn an_originator_has_an_account_that_pays_and_a_name_that_fits() {
        let with = |bank: &str, deposit_kind, name: &str| {
            let originator = Originator {
                code: OriginatorCode::parse("0123456789").unwrap(),
                account: AccountDetails {
                    bank: BankCode::parse(bank).unwrap(),
                    branch: BranchCode::parse("001").unwrap(),
                    deposit_kind,
                    number: AccountNumber::parse("7654321").unwrap(),
                    holder: TransferKana::convert(name).unwrap(),
                },
                bic: None,
            };
            originator
                .ensure_may_pay()
                .map_err(|refusal| refusal.code())
        };
        assert_eq!(with("0001", DepositKind::Current, &"ア".repeat(40)), Ok(()));
        let savings = with("0001", DepositKind::Savings, "ア");
        assert_eq!(savings, Err(InvalidInput));
        let nowhere = with("9998", DepositKind::Current, "ア");
        assert_eq!(nowhere, Err(BankUnknown));
        let long = with("0001", DepositKind::Current, &"ア".repeat(41));
        assert_eq!(long, Err(NameTooLong));
    }
}
