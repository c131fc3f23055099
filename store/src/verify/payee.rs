//! Computes the seals of every payee account again.

use domain::finding::FindingCode;
use sea_orm::ConnectionTrait;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::ChainedSeals;
use crate::entity::payee_account;
use crate::error::Error;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, payee_account, |rows| {
        let bodies = rows.iter().map(|row| row.organization_id).collect();
        let chained = ChainedSeals::load(db, bodies).await?;
        for row in &rows {
            verification.count("payee accounts");
            let place = format!("payee account {}", row.id);
            let holds = verification.readable(&place, chained.hold_for(row))?;
            if holds == Some(false) {
                let detail = "the account and the seals in its events do not agree";
                verification.find(FindingCode::PayeeAccountAltered, place, detail);
            }
        }
    });
    Ok(())
}
