//! Verification: adds the whole ledger up again, checks every invariant, computes every seal and
//! every hash again, and names what is wrong.
//!
//! It trusts no stored sum, state or hash: each is derived a second time from the rows below it and
//! compared. It only reads. What it finds is a list of [`Finding`]s; an empty list is the answer
//! "the books are in order".

mod award;
mod chain;
mod closing;
mod evidence;
mod gate;
mod ledger;
mod page;
mod payee;
mod payment;
mod returns;
mod submission;
mod year;

use std::collections::BTreeMap;

use domain::finding::FindingCode;
use sea_orm::ConnectionTrait;

use crate::error::Error;
use crate::vault::Vault;

pub use chain::ChainReport;
pub(crate) use chain::follow;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind of wrong.
    pub code: FindingCode,
    /// Where: a kind of row and its id, or an account.
    pub place: String,
    /// What was found against what should be, for people who look into it.
    pub detail: String,
}

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many of each kind were checked.
    pub checked: BTreeMap<&'static str, u64>,
    /// What is wrong, in a stable order.
    pub findings: Vec<Finding>,
}

impl Verification {
    fn count(&mut self, what: &'static str) {
        let counter = self.checked.entry(what).or_insert(0);
        *counter = counter.saturating_add(1);
    }

    fn find(&mut self, code: FindingCode, place: impl Into<String>, detail: impl Into<String>) {
        self.findings.push(Finding {
            code,
            place: place.into(),
            detail: detail.into(),
        });
    }

    /// Takes the value of a row that can be read, and names the row that cannot. Nobody asked for
    /// anything here, so a refusal (a sum that leaves the range of money, a row that is not found)
    /// is the fault of the rows too.
    fn readable<T>(&mut self, place: &str, value: Result<T, Error>) -> Result<Option<T>, Error> {
        let detail = match value {
            Ok(value) => return Ok(Some(value)),
            Err(Error::Corrupt(detail)) => detail,
            Err(Error::Refused(refusal)) => refusal.to_string(),
            Err(other) => return Err(other),
        };
        self.find(FindingCode::RowUnreadable, place, detail);
        Ok(None)
    }
}

/// Verifies everything that `db` and `vault` hold; `progress` hears the name of each part.
///
/// It reads page by page and not at one instant: of a command that commits meanwhile it may see one
/// half and name the other as missing. What is named on a database at work is to be verified again.
///
/// # Errors
/// When the database or the vault does not answer. What is wrong with the rows is no error but a
/// finding.
pub async fn verify(
    db: &impl ConnectionTrait,
    vault: &Vault,
    mut progress: impl FnMut(&'static str),
) -> Result<Verification, Error> {
    let mut verification = Verification::default();
    progress("ledger");
    let books = ledger::check(db, &mut verification).await?;
    progress("awards");
    award::check(db, books.held, &mut verification).await?;
    progress("determinations");
    closing::check(db, &mut verification).await?;
    progress("returns");
    returns::check(db, &mut verification).await?;
    progress("budget years");
    year::check(db, &mut verification).await?;
    progress("submissions");
    submission::check(db, &mut verification).await?;
    progress("gates");
    gate::check(db, &mut verification).await?;
    progress("payments");
    payment::check(db, books.paid, &mut verification).await?;
    progress("evidence");
    evidence::check(db, vault, &mut verification).await?;
    progress("payee accounts");
    payee::check(db, &mut verification).await?;
    progress("audit chains");
    chain::check(db, &mut verification).await?;
    verification.findings.sort();
    verification.findings.dedup();
    Ok(verification)
}
