//! Opens a drafted theme for awards.

use domain::access::Operation;
use domain::id::ThemeId;
use domain::template::PublicationState;
use domain::{Coded, Refusal};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, Set};
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_theme;
use crate::entity::theme;
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Publishes a theme.
#[derive(Debug, Clone, Serialize)]
pub struct PublishTheme {
    /// The theme.
    pub theme: ThemeId,
}

/// A theme was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemePublished {
    /// The theme.
    pub theme: ThemeId,
}

impl Command for PublishTheme {
    const OPERATION: Operation = Operation::PublishTheme;
    type Root = theme::Model;
    type Outcome = ThemePublished;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_theme(tx, self.theme).await
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<ThemePublished, Error> {
        let state = mapping::code(&theme.state)?;
        ensure_publishable(state, theme.defined_by, work)?;
        work.record_move("THEME_MOVED", theme.id, state, PublicationState::Published);
        theme::ActiveModel {
            id: Set(theme.id),
            state: Set(PublicationState::Published.code().to_owned()),
            published_by: Set(work.person_uuid()),
            revision: Set(theme.revision + 1),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        Ok(ThemePublished { theme: self.theme })
    }
}

/// Whether a draft by `author` may be published by whoever runs the command.
///
/// # Errors
/// [`Refusal::AlreadyPublished`] or [`Refusal::PublisherIsAuthor`].
pub(super) fn ensure_publishable(
    state: PublicationState,
    author: Option<uuid::Uuid>,
    work: &Work<'_>,
) -> Result<(), Refusal> {
    if state == PublicationState::Published {
        return Err(Refusal::AlreadyPublished {});
    }
    if author.is_some() && author == work.person_uuid() {
        return Err(Refusal::PublisherIsAuthor {});
    }
    Ok(())
}
