//! What closing a budget year would do, before it is done.

use chrono::NaiveDate;
use domain::Refusal;
use domain::access::Role;
use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, YearEnd, YearEndBlocker, YearEndPlan};
use domain::id::ThemeId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Sight;
use crate::dossier;
use crate::entity::theme;
use crate::error::Error;

/// What closing a year would do, and what stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEndPreview {
    /// The year as it stands.
    pub year_end: YearEnd,
    /// What stands against closing it today.
    pub blockers: Vec<YearEndBlocker>,
    /// What closing it would do, whatever stands against it.
    pub plan: YearEndPlan,
}

/// What [`CloseYear`](crate::command::CloseYear) with these carry-overs would do today: the very plan
/// that it would post. None for whoever does not work with the books of the theme, and where the theme
/// has no money of the year.
///
/// # Errors
/// When the database does not answer or a row contradicts itself; in the result, why the carry-overs
/// would be refused.
pub async fn preview(
    db: &impl ConnectionTrait,
    sight: &Sight,
    (theme, year): (ThemeId, FiscalYear),
    carry_overs: &[CarryOver],
    today: NaiveDate,
) -> Result<Option<Result<YearEndPreview, Refusal>>, Error> {
    let seen = sight.of_theme(
        Role::BOOKKEEPERS,
        theme::Column::ProgrammeId,
        theme::Column::Id,
    );
    let row = theme::Entity::find()
        .filter(theme::Column::Id.eq(theme.uuid()))
        .filter(seen)
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let year_end = match dossier::year_end(db, &row, year).await {
        Ok(year_end) => year_end,
        Err(Error::Refused(Refusal::EnvelopeMissing { .. })) => return Ok(None),
        Err(error) => return Err(error),
    };
    let previewed = year_end.plan(carry_overs).map(|plan| YearEndPreview {
        blockers: year_end.blockers(today),
        plan,
        year_end,
    });
    Ok(Some(previewed))
}
