//! Puts a drafted gate template in force for later awards.

use domain::Coded;
use domain::access::Operation;
use domain::id::GateTemplateId;
use domain::template::PublicationState;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::publish_theme::ensure_publishable;
use crate::dossier::place_of_theme;
use crate::entity::{gate_template, theme};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Publishes a version of a gate template. Awards that were offered before keep their plan.
#[derive(Debug, Clone, Serialize)]
pub struct PublishGateTemplate {
    /// The version.
    pub gate_template: GateTemplateId,
}

/// A version of a gate template was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateTemplatePublished {
    /// The version.
    pub gate_template: GateTemplateId,
}

impl Command for PublishGateTemplate {
    const OPERATION: Operation = Operation::PublishGateTemplate;
    type Root = theme::Model;
    type Outcome = GateTemplatePublished;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let row = self.row(tx).await?;
        let place = place_of_theme(tx, row.theme_id.into()).await?;
        Ok(place.asked_by("GATE_TEMPLATE"))
    }

    async fn run(
        &self,
        _theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<GateTemplatePublished, Error> {
        let row = self.row(work.tx()).await?;
        let state = mapping::code(&row.state)?;
        ensure_publishable(state, row.defined_by, work)?;
        work.record_move(
            "GATE_TEMPLATE_MOVED",
            row.id,
            state,
            PublicationState::Published,
        );
        gate_template::ActiveModel {
            id: Set(row.id),
            state: Set(PublicationState::Published.code().to_owned()),
            published_by: Set(work.person_uuid()),
            revision: Set(row.revision + 1),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        Ok(GateTemplatePublished {
            gate_template: self.gate_template,
        })
    }
}

impl PublishGateTemplate {
    async fn row(&self, db: &impl ConnectionTrait) -> Result<gate_template::Model, Error> {
        gate_template::Entity::find_by_id(self.gate_template.uuid())
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("GATE_TEMPLATE"))
    }
}
