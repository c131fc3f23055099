//! Defines who publishes the awards of a programme as open data.

use domain::access::{Operation, Scope};
use domain::id::{ProgrammeId, PublisherId};
use domain::report::Publisher;
use domain::{CorporateNumber, LocalizedText, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entity::{programme, publisher};
use crate::error::Error;
use crate::mapping;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Defines the next version of the publisher: in force for every instant from now on.
#[derive(Debug, Clone, Serialize)]
pub struct DefinePublisher {
    /// The programme whose awards are published.
    pub programme: ProgrammeId,
    /// The prefix that 360Giving registered for the publisher.
    pub prefix: String,
    /// The publishing body's corporate number.
    pub corporate_number: CorporateNumber,
    /// Its name.
    pub name: LocalizedText,
    /// The address of the licence under which the data may be used.
    pub licence: String,
    /// Why.
    pub reason: String,
}

/// A publisher is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublisherDefined {
    /// The version.
    pub publisher: PublisherId,
    /// Its number within the programme, from 1.
    pub version: u32,
}

impl Command for DefinePublisher {
    const OPERATION: Operation = Operation::DefinePublisher;
    type Root = programme::Model;
    type Outcome = PublisherDefined;

    async fn place(&self, _tx: &DatabaseTransaction) -> Result<Place, Error> {
        let scope = Scope::programme(self.programme);
        Ok(Place::at("PROGRAMME", self.programme, scope))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<PublisherDefined, Error> {
        Refusal::require_reason(&self.reason)?;
        let publisher = Publisher {
            prefix: self.prefix.clone(),
            corporate_number: self.corporate_number,
            name: self.name.clone(),
            licence: self.licence.clone(),
        };
        publisher.ensure_may_publish()?;
        // The programme is locked: nobody else counts at the same time.
        let last = publisher::Entity::find()
            .filter(publisher::Column::ProgrammeId.eq(programme.id))
            .order_by_desc(publisher::Column::Version)
            .one(work.tx())
            .await?;
        let version = mapping::version_after(last.map(|row| row.version))?;
        let id: PublisherId = work.ids.next();
        publisher::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            version: Set(i64::from(version)),
            prefix: Set(publisher.prefix),
            corporate_number: Set(publisher.corporate_number.to_string()),
            name_ja: Set(publisher.name.ja),
            name_en: Set(publisher.name.en),
            licence: Set(publisher.licence),
            reason: Set(self.reason.clone()),
            defined_by: Set(work.person_uuid()),
            occurred_at: Set(work.occurred_at()),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert(work.tx())
        .await?;
        let facts = json!({ "id": id, "version": version, "prefix": self.prefix });
        work.record("PUBLISHER_DEFINED", facts);
        Ok(PublisherDefined {
            publisher: id,
            version,
        })
    }
}
