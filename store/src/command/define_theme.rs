//! Drafts a development theme.

use domain::access::{Operation, Scope};
use domain::id::{ProgrammeId, ThemeId};
use domain::template::PublicationState;
use domain::{Coded, InputRule, LocalizedText, Refusal};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::entity::{programme, theme};
use crate::error::Error;
use crate::input::invalid;
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Drafts a theme; awards are offered in it once somebody else has published it.
#[derive(Debug, Clone, Serialize)]
pub struct DefineTheme {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code, two to eight capitals or digits: the third part of award numbers.
    pub code: String,
    /// What it is called.
    pub title: LocalizedText,
}

/// A theme was drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeDefined {
    /// The theme.
    pub theme: ThemeId,
}

impl Command for DefineTheme {
    const OPERATION: Operation = Operation::DefineTheme;
    type Root = programme::Model;
    type Outcome = ThemeDefined;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<ThemeDefined, Error> {
        self.ensure_well_formed()?;
        let known = theme::Entity::find()
            .filter(theme::Column::ProgrammeId.eq(programme.id))
            .filter(theme::Column::Code.eq(&self.code))
            .one(work.tx())
            .await?;
        if known.is_some() {
            return Err(Error::already_exists("THEME"));
        }
        let theme: ThemeId = work.ids.next();
        theme::ActiveModel {
            id: Set(theme.uuid()),
            programme_id: Set(programme.id),
            code: Set(self.code.clone()),
            title_ja: Set(self.title.ja.clone()),
            title_en: Set(self.title.en.clone()),
            state: Set(PublicationState::Draft.code().to_owned()),
            defined_by: Set(work.person_uuid()),
            published_by: Set(None),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        work.chain_to(RootKind::Theme, theme);
        Ok(ThemeDefined { theme })
    }
}

impl DefineTheme {
    fn ensure_well_formed(&self) -> Result<(), Refusal> {
        let is_plain = self
            .code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_plain || !(2..=8).contains(&self.code.len()) {
            return Err(invalid("code", InputRule::CapitalsOrDigits));
        }
        Refusal::require_reason(&self.title.ja)?;
        Refusal::require_reason(&self.title.en)
    }
}
