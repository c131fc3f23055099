//! Drafts the next version of a theme's gate template.

use domain::Coded;
use domain::access::Operation;
use domain::id::{GateTemplateId, ThemeId};
use domain::template::{GateTemplate, PublicationState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};

use crate::dossier::place_of_theme;
use crate::entity::{gate_template, theme};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Drafts a gate template. Its number is the next one of the theme, whatever the document says.
#[derive(Debug, Clone, Serialize)]
pub struct DefineGateTemplate {
    /// The theme.
    pub theme: ThemeId,
    /// The staged ladder.
    pub document: GateTemplate,
}

/// A version of a gate template was drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateTemplateDefined {
    /// The version.
    pub gate_template: GateTemplateId,
    /// Its number within the theme, from 1.
    pub version: u32,
}

impl Command for DefineGateTemplate {
    const OPERATION: Operation = Operation::DefineGateTemplate;
    type Root = theme::Model;
    type Outcome = GateTemplateDefined;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of_theme(tx, self.theme).await
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateTemplateDefined, Error> {
        self.document.ensure_sound()?;
        self.document.ensure_of_theme(&theme.code)?;
        let version = next_version(work, &theme).await?;
        let document = GateTemplate {
            version,
            ..self.document.clone()
        };
        let gate_template: GateTemplateId = work.ids.next();
        gate_template::ActiveModel {
            id: Set(gate_template.uuid()),
            programme_id: Set(theme.programme_id),
            theme_id: Set(theme.id),
            version: Set(i64::from(version)),
            state: Set(PublicationState::Draft.code().to_owned()),
            document: Set(mapping::json(&document)?),
            defined_by: Set(work.person_uuid()),
            published_by: Set(None),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        Ok(GateTemplateDefined {
            gate_template,
            version,
        })
    }
}

async fn next_version(work: &Work<'_>, theme: &Locked<theme::Model>) -> Result<u32, Error> {
    let last = gate_template::Entity::find()
        .filter(gate_template::Column::ThemeId.eq(theme.id))
        .order_by_desc(gate_template::Column::Version)
        .one(work.tx())
        .await?;
    mapping::version_after(last.map(|row| row.version))
}
