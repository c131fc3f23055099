//! The demonstration programme: people, money and awards in every situation worth looking at.
//!
//! Built by commands alone, in the names of its people, at times that are offsets from the day on
//! which it is seeded; so there is always something to sign, to decide and to release. Everybody in
//! it is made up. Its personas have fixed tokens that anybody can read here: they open something in
//! demonstration mode only, which listens on loopback only.

mod awards;
mod desk;
mod evidence;
mod people;
mod setting;

use domain::Refusal;
use domain::access::Role;
use store::vault::Vault;
use store::{Error, Store};

use crate::data::DataError;

/// The identity provider that the personas are said to come from.
pub const ISSUER: &str = "demonstration";

/// The code of the programme.
pub const PROGRAMME: &str = "HTC";

/// Somebody whose part a visitor can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persona {
    /// Who they are to [`ISSUER`].
    pub subject: &'static str,
    /// The bearer token that takes their part.
    pub token: &'static str,
    /// What they are called, in Japanese.
    pub name_ja: &'static str,
    /// What they are called, in English.
    pub name_en: &'static str,
    /// What they are.
    pub role: Role,
}

macro_rules! personas {
    ($( $subject:literal, $role:ident, $ja:literal, $en:literal; )+) => {
        &[$( Persona {
            subject: $subject,
            token: concat!("demo-", $subject),
            name_ja: $ja,
            name_en: $en,
            role: Role::$role,
        } ),+]
    };
}

/// Everybody whose part can be taken, in the order in which they are shown.
pub const PERSONAS: &[Persona] = personas! {
    "representative", Representative, "見本 代表", "Sample Representative";
    "researcher", Researcher, "見本 研究", "Sample Researcher";
    "reviewer-1", Reviewer, "架空 審査一", "Fictitious Reviewer One";
    "reviewer-2", Reviewer, "架空 審査二", "Fictitious Reviewer Two";
    "reviewer-3", Reviewer, "架空 審査三", "Fictitious Reviewer Three";
    "chair", Chair, "架空 委員長", "Fictitious Chair";
    "officer", Officer, "架空 事務", "Fictitious Officer";
    "director", Director, "架空 決裁", "Fictitious Director";
    "finance-preparer", FinancePreparer, "架空 支払起案", "Fictitious Finance Preparer";
    "finance-approver", FinanceApprover, "架空 支払承認", "Fictitious Finance Approver";
    "auditor", Auditor, "架空 監査", "Fictitious Auditor";
    "administrator", Administrator, "架空 管理", "Fictitious Administrator";
};

/// What was seeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeded {
    /// The demonstration, with so many awards.
    Now {
        /// How many.
        awards: usize,
    },
    /// Nothing: there was a programme already.
    Before,
}

/// Why the demonstration is not there, or only in part: empty the database and seed again.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A command, the database or the vault.
    #[error(transparent)]
    Store(#[from] Error),
    /// A data file.
    #[error(transparent)]
    Data(#[from] DataError),
}

impl From<Refusal> for SeedError {
    fn from(refusal: Refusal) -> Self {
        Self::Store(refusal.into())
    }
}

/// Seeds the demonstration when there is no programme yet; `progress` hears the code of each
/// situation before it is made.
///
/// # Errors
/// [`SeedError`].
pub async fn seed(
    store: &Store,
    vault: &Vault,
    mut progress: impl FnMut(&'static str),
) -> Result<Seeded, SeedError> {
    if setting::is_there(store).await? {
        return Ok(Seeded::Before);
    }
    progress("PROGRAMME");
    let setting = setting::make(store).await?;
    let desk = desk::Desk {
        store,
        vault,
        setting: &setting,
    };
    let awards = awards::make(&desk, progress).await?;
    Ok(Seeded::Now { awards })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_personas_share_a_subject_or_a_token() {
        let subjects: BTreeSet<_> = PERSONAS.iter().map(|persona| persona.subject).collect();
        let tokens: BTreeSet<_> = PERSONAS.iter().map(|persona| persona.token).collect();
        assert_eq!((subjects.len(), tokens.len()), (12, 12));
    }
}
