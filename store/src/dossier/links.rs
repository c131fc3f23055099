//! The links that never change: which award a gate, a tranche or a condition belongs to.
//!
//! They may be read before the award is locked; everything else may not.

use std::collections::BTreeSet;

use domain::Coded;
use domain::access::Scope;
use domain::calendar::FiscalYear;
use domain::id::{
    AwardId, ConditionId, GateId, MilestoneId, OrganizationId, PayeeAccountId, PaymentBatchId,
    PaymentInstructionId, PersonId, PlanVersionId, ReportId, ReturnOrderId, SubmissionId, ThemeId,
    TrancheId,
};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::entity::{
    award, envelope, gate, gate_condition, milestone, organization, payee_account, payment_batch,
    payment_instruction, person, plan_version, report, return_order, submission, theme, tranche,
};
use crate::error::Error;
use crate::mapping;
use crate::read::{Sight, batch as batches, payee, submission as submissions};
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
    PaymentInstructionId => payment_instruction "PAYMENT_INSTRUCTION"
        |sight| sight.of_award_whole(payment_instruction::Column::AwardId);
    ReturnOrderId => return_order "RETURN_ORDER"
        |sight| sight.of_award_whole(return_order::Column::AwardId);
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

/// The place of a command on something of an award that may move money of `year` into or out of the
/// envelope, which is locked too. Without one there is nothing to move, which is told only to who may ask.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such thing.
pub async fn place_with_envelope(
    db: &impl ConnectionTrait,
    link: impl Link,
    year: FiscalYear,
) -> Result<Place, Error> {
    let place = place_of(db, link).await?;
    let Some(theme) = place.scope.theme else {
        return Ok(place);
    };
    Ok(match envelope_of(db, theme.uuid(), year).await? {
        Some(row) => place.writing(RootKind::Envelope, row.id),
        None => place,
    })
}

/// The envelope of `theme` for `year`, if there is one.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn envelope_of(
    db: &impl ConnectionTrait,
    theme: Uuid,
    year: FiscalYear,
) -> Result<Option<envelope::Model>, Error> {
    Ok(envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(theme))
        .filter(envelope::Column::FiscalYear.eq(i64::from(year.get())))
        .one(db)
        .await?)
}

/// The place of a command that takes money in for an order to return: what comes back may go back into
/// the envelope that had paid it, which is locked too.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such order.
pub async fn place_of_return(db: &impl ConnectionTrait, id: ReturnOrderId) -> Result<Place, Error> {
    let row = return_order::Entity::find_by_id(id.uuid()).one(db).await?;
    let row = row.ok_or_else(|| Error::not_found("RETURN_ORDER"))?;
    place_with_envelope(db, id, mapping::fiscal_year(row.budget_year)?).await
}

/// The place of a command on a body: the body is its root and its scope.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such body.
pub async fn place_of_organization(
    db: &impl ConnectionTrait,
    id: OrganizationId,
) -> Result<Place, Error> {
    let row = organization::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("ORGANIZATION"))?;
    Ok(Place::at(
        "ORGANIZATION",
        id,
        scope_of_body(row.programme_id, id),
    ))
}

/// The place of a command on a payee account: the body that is paid is its root and its scope.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such account.
pub async fn place_of_account(
    db: &impl ConnectionTrait,
    id: PayeeAccountId,
) -> Result<Place, Error> {
    let row = payee_account::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found("PAYEE_ACCOUNT"))?;
    let scope = scope_of_body(row.programme_id, row.organization_id.into());
    let named = Named {
        id: row.id,
        seen: |sight, id| {
            Query::select()
                .column(payee_account::Column::Id)
                .from(payee_account::Entity)
                .cond_where(payee_account::Column::Id.eq(id))
                .cond_where(payee::seen(sight))
                .to_owned()
        },
    };
    Ok(Place::at("PAYEE_ACCOUNT", row.organization_id, scope).named(named))
}

fn scope_of_body(programme: Uuid, body: OrganizationId) -> Scope {
    Scope {
        organization: Some(body),
        ..Scope::programme(programme.into())
    }
}

/// The place of a command on a payment batch: the batch is its root, its theme or programme its
/// scope. The awards of its rows are written beside it; the bodies that are paid stay as they are.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when there is no such batch.
pub async fn place_of_batch(db: &impl ConnectionTrait, id: PaymentBatchId) -> Result<Place, Error> {
    let row = payment_batch::Entity::find_by_id(id.uuid())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(RootKind::Batch.code()))?;
    let rows = Query::select()
        .column(payment_instruction::Column::AwardId)
        .from(payment_instruction::Entity)
        .cond_where(payment_instruction::Column::BatchId.eq(id.uuid()))
        .to_owned();
    let awards = award::Entity::find()
        .filter(award::Column::Id.in_subquery(rows))
        .all(db)
        .await?;
    let scope = Scope {
        theme: row.theme_id.map(ThemeId::new),
        ..Scope::programme(row.programme_id.into())
    };
    let named = Named {
        id: row.id,
        seen: |sight, id| {
            Query::select()
                .column(payment_batch::Column::Id)
                .from(payment_batch::Entity)
                .cond_where(payment_batch::Column::Id.eq(id))
                .cond_where(batches::seen(sight))
                .to_owned()
        },
    };
    let place = Place::at(RootKind::Batch.code(), id, scope).named(named);
    Ok(with_awards(place, &awards))
}

/// The same place; `awards` are written beside its root, and their bodies stay as they are.
pub(crate) fn with_awards(place: Place, awards: &[award::Model]) -> Place {
    let bodies: BTreeSet<Uuid> = awards.iter().map(|row| row.organization_id).collect();
    let place = bodies.into_iter().fold(place, |place, body| {
        place.reading(RootKind::Organization, body)
    });
    awards
        .iter()
        .fold(place, |place, row| place.writing(RootKind::Award, row.id))
}

/// The scope in which a role for the award is held.
pub(crate) fn scope_of(row: &award::Model) -> Scope {
    Scope {
        programme: row.programme_id.into(),
        theme: Some(row.theme_id.into()),
        organization: Some(row.organization_id.into()),
    }
}
