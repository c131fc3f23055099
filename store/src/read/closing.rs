//! What was determined of awards.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::Money;
use domain::calculation::CalculationSheet;
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::DeterminationBasis;
use domain::id::{AwardId, DeterminationId, PersonId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::entity::determination::{Column, Entity, Model};
use crate::error::Error;
use crate::mapping;

/// A determination of a budget year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeterminationView {
    /// Names it.
    pub id: DeterminationId,
    /// Its award.
    pub award: AwardId,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// Which determination of the year it is, from 1; the last one is in force.
    pub version: u32,
    /// The fixed amount.
    pub fixed: Money,
    /// How it came about.
    pub calculation: CalculationSheet<DeterminationBasis>,
    /// Why it was determined so (Act 21-2).
    pub reason: String,
    /// Who determined it; nobody for what was imported.
    pub determined_by: Option<PersonId>,
    /// The day, in Japan.
    pub determined_on: NaiveDate,
}

/// The determinations of each of these awards, by budget year and version.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn determinations(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
) -> Result<HashMap<AwardId, Vec<DeterminationView>>, Error> {
    let of_awards = Column::AwardId.is_in(awards.iter().map(|id| id.uuid()));
    let seen = Condition::all()
        .add(of_awards)
        .add(sight.of_award_whole(Column::AwardId));
    let mut found: HashMap<AwardId, Vec<DeterminationView>> = HashMap::new();
    for view in views(db, seen).await? {
        found.entry(view.award).or_default().push(view);
    }
    Ok(found)
}

/// The determinations with these ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn determinations_by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[DeterminationId],
) -> Result<HashMap<DeterminationId, DeterminationView>, Error> {
    let seen = Condition::all()
        .add(Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .add(sight.of_award_whole(Column::AwardId));
    let found = views(db, seen).await?.into_iter();
    Ok(found.map(|view| (view.id, view)).collect())
}

async fn views(
    db: &impl ConnectionTrait,
    seen: Condition,
) -> Result<Vec<DeterminationView>, Error> {
    let rows = Entity::find()
        .filter(seen)
        .order_by_asc(Column::BudgetYear)
        .order_by_asc(Column::Version)
        .all(db)
        .await?;
    rows.into_iter().map(view).collect()
}

fn view(row: Model) -> Result<DeterminationView, Error> {
    Ok(DeterminationView {
        id: row.id.into(),
        award: row.award_id.into(),
        budget_year: mapping::fiscal_year(row.budget_year)?,
        version: mapping::version(row.version)?,
        fixed: mapping::money(row.fixed_minor, &row.currency)?,
        calculation: mapping::document(&row.calculation)?,
        reason: row.reason,
        determined_by: row.determined_by.map(Into::into),
        determined_on: jst_date(row.occurred_at),
    })
}
