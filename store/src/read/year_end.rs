//! What closing a budget year would do, before it is done.

use chrono::NaiveDate;
use domain::access::Role;
use domain::calendar::FiscalYear;
use domain::closing::{CarryOver, YearEnd, YearEndBlocker, YearEndPlan};
use domain::id::ThemeId;
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Sight;
use super::envelope::{self, EnvelopeFilter};
use crate::dossier;
use crate::entity::theme;
use crate::error::Error;

/// What closing a year would do, and what stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEndPreview {
    /// The year as it stands.
    pub year_end: YearEnd,
    /// What came back of returns in time to be spent again (戻入); it is in what the envelope has left, unless
    /// it was committed again.
    pub reinstated: Money,
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
    let filter = EnvelopeFilter {
        theme: Some(theme),
        fiscal_year: Some(year),
        as_of: None,
    };
    let lines = envelope::list(db, sight, &filter).await?;
    let none = Money::zero(year_end.envelope.currency());
    let reinstated = lines.first().map_or(none, |line| line.figures.reinstated);
    let previewed = year_end.plan(carry_overs).map(|plan| YearEndPreview {
        blockers: year_end.blockers(today),
        plan,
        reinstated,
        year_end,
    });
    Ok(Some(previewed))
}
