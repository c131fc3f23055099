//! Who pays in a made-up programme. The bank is real, because nothing else is taken; the numbers are made
//! up, and so low that they say so.

use domain::Refusal;
use domain::bank::{AccountNumber, BankCode, Bic, BranchCode, DepositKind, OriginatorCode};
use domain::id::ProgrammeId;
use store::command::DefineOriginator;

/// The command that defines it.
///
/// # Errors
/// None, as long as the list of banks holds the bank.
pub(crate) fn definition(programme: ProgrammeId) -> Result<DefineOriginator, Refusal> {
    Ok(DefineOriginator {
        programme,
        code: OriginatorCode::parse("0000000001")?,
        bank: BankCode::parse("0001")?,
        branch: BranchCode::parse("001")?,
        deposit_kind: DepositKind::Current,
        number: AccountNumber::parse("0000001")?,
        name_kana: "ヘルステックチャレンジ ジムキョク".to_owned(),
        bic: Some(Bic::parse("MHCBJPJT")?),
        reason: "事業の支払口座 / the account of the programme".to_owned(),
    })
}
