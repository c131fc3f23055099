//! Who publishes the awards of a made-up programme as open data. The ministry is real, the prefix is nobody's.

use domain::id::ProgrammeId;
use domain::{CorporateNumber, LocalizedText, Refusal};
use store::command::DefinePublisher;

/// The corporate number of the Ministry of Health, Labour and Welfare.
const MINISTRY: &str = "6000012070001";

/// The command that defines it.
///
/// # Errors
/// None.
pub(crate) fn definition(programme: ProgrammeId) -> Result<DefinePublisher, Refusal> {
    let number = CorporateNumber::parse(MINISTRY);
    Ok(DefinePublisher {
        programme,
        prefix: "360G-specimen".to_owned(),
        corporate_number: number.map_err(|_| Refusal::CorporateNumberInvalid {})?,
        name: LocalizedText::new("厚生労働省", "Ministry of Health, Labour and Welfare"),
        licence: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        reason: "交付決定の公表 / open data on the awards".to_owned(),
    })
}
