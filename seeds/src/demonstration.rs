//! The demonstration programme: people, money and awards in every situation worth looking at.
//!
//! Built by commands alone, in the names of its people, at times that are offsets from the day on
//! which it is seeded; so there is always something to sign, to decide and to release. Everybody in
//! it is made up. Its personas have fixed tokens that anybody can read here: they open something in
//! demonstration mode only, which listens on loopback only.

mod accounts;
mod bodies;
mod case;
mod clerk;
pub(crate) mod evidence;
mod figures;
mod payments;
mod people;
mod setting;
mod stories;
mod story;
mod year_end;

use chrono::NaiveDate;
use domain::access::Role;
use domain::calendar::jst_date;
use domain::id::ProgrammeId;
use sea_orm::EntityTrait;
use store::entity::{person, programme as programmes};
use store::identity::person_by_identity;
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

/// Why the demonstration is not there, or only in part. Seeding again goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A command, the database or the vault.
    #[error(transparent)]
    Store(#[from] Error),
    /// A data file.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A step of an award's story.
    #[error("{award}, day {step}: {cause}")]
    Story {
        /// What the award is for, in English.
        award: &'static str,
        /// The day and the step.
        step: String,
        /// Why it could not be done.
        cause: Error,
    },
    /// An earlier seeding was stopped midway, and this one does not fit on it: another version of
    /// the program began it. Empty the database and seed again.
    #[error("a demonstration was begun by another version and stopped midway: {0}")]
    BegunOtherwise(Box<Self>),
}

impl SeedError {
    /// Whether a rule said no, and not the machine.
    const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Store(Error::Refused(_))
                | Self::Story {
                    cause: Error::Refused(_),
                    ..
                }
        )
    }
}

/// Seeds the demonstration when there is no programme yet, and goes on with one that was stopped
/// midway; `progress` hears what each award is for before it is made.
///
/// # Errors
/// [`SeedError`].
pub async fn seed(
    store: &Store,
    vault: &Vault,
    progress: impl FnMut(&'static str),
) -> Result<Seeded, SeedError> {
    let so_far = clerk::progress(store).await?;
    if so_far == clerk::Progress::Whole {
        return Ok(Seeded::Before);
    }
    let seeded = make(store, vault, progress).await;
    seeded.map_err(|error| match so_far {
        clerk::Progress::Part if error.is_refusal() => SeedError::BegunOtherwise(Box::new(error)),
        _ => error,
    })
}

async fn make(
    store: &Store,
    vault: &Vault,
    mut progress: impl FnMut(&'static str),
) -> Result<Seeded, SeedError> {
    progress("PROGRAMME");
    let programme = setting::found(store).await?;
    let clerk = clerk::Clerk::of(store, programme).await?;
    let setting = setting::make(&clerk, programme).await?;
    let desk = case::Desk {
        clerk: &clerk,
        vault,
        setting: &setting,
    };
    let stories = stories::in_order();
    let mut left = Vec::new();
    for story in &stories {
        progress(story.en);
        let told = desk.tell(story).await;
        left.extend(told.map_err(|(step, cause)| SeedError::Story {
            award: story.en,
            step,
            cause,
        })?);
    }
    progress("PAYMENTS");
    desk.pay_bundles(&left).await?;
    desk.close_a_year().await?;
    setting.finish(&clerk).await?;
    Ok(Seeded::Now {
        awards: stories.len(),
    })
}

/// The programme of the demonstration, where it is there.
///
/// # Errors
/// When the database does not answer.
pub async fn programme(store: &Store) -> Result<Option<ProgrammeId>, Error> {
    let Some(persona) = PERSONAS.first() else {
        return Ok(None);
    };
    let Some(person) = person_by_identity(store.reads(), ISSUER, persona.subject).await? else {
        return Ok(None);
    };
    let row = person::Entity::find_by_id(person.uuid())
        .one(store.reads())
        .await
        .map_err(Error::from)?;
    Ok(row.map(|row| row.programme_id.into()))
}

/// The day on which `programme` was made, in Japan: what its seedings count days from, so that one
/// that goes on later says what it said before.
pub(crate) async fn first_day(store: &Store, programme: ProgrammeId) -> Result<NaiveDate, Error> {
    let row = programmes::Entity::find_by_id(programme.uuid())
        .one(store.reads())
        .await?
        .ok_or_else(|| Error::not_found("PROGRAMME"))?;
    Ok(jst_date(row.recorded_at))
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
