//! The links that never change: which award a gate, a tranche or a condition belongs to.
//!
//! They may be read before the award is locked; everything else may not.

use domain::access::Scope;
use domain::id::{
    AwardId, ConditionId, GateId, MilestoneId, PersonId, PlanVersionId, ReportId, SubmissionId,
    ThemeId, TrancheId,
};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::{
    award, envelope, gate, gate_condition, milestone, person, plan_version, report, submission,
    theme, tranche,
};
use crate::error::Error;
use crate::read::{Sight, submission as submissions};
use crate::root::{Named, Place, RootKind};

/// Something that belongs to one award for ever.
pub trait Link: Copy + Send + Sync + Into<Uuid> {
    /// Its kind, as it is named where there is none.
    const KIND: &'static str;

    /// Finds the thing with this id, if it is one that `sight` sees.
    fn seen(sight: &Sight, id: Uuid) -> SelectStatement;

    /// Finds its award.
    fn award(
        self,
        db: &impl ConnectionTrait,
    ) -> impl Future<Output = Result<AwardId, Error>> + Send;
}

macro_rules! links {
    ($($id:ident => $entity:ident $kind:literal |$sight:ident| $seen:expr;)+) => { $(
        impl Link for $id {
            const KIND: &'static str = $kind;

            fn seen($sight: &Sight, id: Uuid) -> SelectStatement {
                Query::select()
                    .column($entity::Column::Id)
                    .from($entity::Entity)
                    .cond_where(Condition::all().add($entity::Column::Id.eq(id)).add($seen))
                    .to_owned()
            }

            async fn award(self, db: &impl ConnectionTrait) -> Result<AwardId, Error> {
                $entity::Entity::find_by_id(self.uuid())
                    .select_only()
                    .column($entity::Column::AwardId)
                    .into_tuple::<uuid::Uuid>()
                    .one(db)
                    .await?
                    .map(AwardId::new)
                    .ok_or_else(|| Error::not_found(Self::KIND))
            }
        }
    )+ };
}

links! {
    MilestoneId => milestone "MILESTONE" |sight| sight.of_award(milestone::Column::AwardId);
    SubmissionId => submission "SUBMISSION" |sight| submissions::seen(sight);
    GateId => gate "GATE" |sight| sight.of_gate(gate::Column::AwardId, gate::Column::Id);
    ConditionId => gate_condition "CONDITION"
        |sight| sight.of_award(gate_condition::Column::AwardId);
    TrancheId => tranche "TRANCHE" |sight| sight.of_award_whole(tranche::Column::AwardId);
    ReportId => report "REPORT" |sight| sight.of_award_whole(report::Column::AwardId);
    PlanVersionId => plan_version "PLAN_VERSION"
        |sight| sight.of_award_whole(plan_version::Column::AwardId);
}

impl Link for AwardId {
    const KIND: &'static str = "AWARD";

    fn seen(sight: &Sight, id: Uuid) -> SelectStatement {
        Query::select()
            .column(award::Column::Id)
            .from(award::Entity)
            .cond_where(
                Condition::all()
                    .add(award::Column::Id.eq(id))
                    .add(sight.awards()),
            )
            .to_owned()
    }

    async fn award(self, _db: &impl ConnectionTrait) -> Result<AwardId, Error> {
        Ok(self)
    }
}

/// The award that `link` belongs to.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such thing.
pub async fn award_of(db: &impl ConnectionTrait, link: impl Link) -> Result<AwardId, Error> {
    link.award(db).await
}

/// The place of a command on the award that `link` belongs to: the award is its root, and its
/// theme and applicant body are its scope.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such thing.
pub async fn place_of<L: Link>(db: &impl ConnectionTrait, link: L) -> Result<Place, Error> {
    let id = link.award(db).await?;
    let row = award::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("AWARD"))?;
    Ok(Place::at(L::KIND, id, scope_of(&row)).named(Named {
        id: link.into(),
        seen: L::seen,
    }))
}

/// The place of a command on a theme: the theme is its root and its scope.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such theme.
pub async fn place_of_theme(db: &impl ConnectionTrait, id: ThemeId) -> Result<Place, Error> {
    let row = theme::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("THEME"))?;
    let scope = Scope::theme(row.programme_id.into(), id);
    Ok(Place::at("THEME", id, scope))
}

/// The place of a command on a person: the person is its root, the whole programme its scope.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such person.
pub async fn place_of_person(db: &impl ConnectionTrait, id: PersonId) -> Result<Place, Error> {
    let row = person::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("PERSON"))?;
    let scope = Scope::programme(row.programme_id.into());
    Ok(Place::at("PERSON", id, scope))
}

/// The place of a command on the award that `link` belongs to which may commit money: every
/// envelope of the award's theme is locked too, because the plan may reach into any year.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such thing.
pub async fn place_with_envelopes(
    db: &impl ConnectionTrait,
    link: impl Link,
) -> Result<Place, Error> {
    let place = place_of(db, link).await?;
    let envelopes = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(place.scope.theme.map(ThemeId::uuid)))
        .all(db)
        .await?;
    Ok(envelopes.iter().fold(place, |place, row| {
        place.writing(RootKind::Envelope, row.id)
    }))
}

/// The scope in which a role for the award is held.
pub(crate) fn scope_of(row: &award::Model) -> Scope {
    Scope {
        programme: row.programme_id.into(),
        theme: Some(row.theme_id.into()),
        organization: Some(row.organization_id.into()),
    }
}
