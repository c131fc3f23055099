//! Closes a budget year of a theme (Public Finance Act 42).

use domain::Money;
use domain::access::Operation;
use domain::calendar::FiscalYear;
use domain::closing::CarryOver;
use domain::id::{ThemeId, YearClosingId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::dossier::{holders_of_year, place_of_theme, year_end};
use crate::entity::{envelope, theme};
use crate::error::Error;
use crate::persist::{carry_over, year_closing};
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Closes a budget year: what is named here is carried over, everything else that was not released
/// goes back to the envelope, and what the envelope then has lapses.
///
/// All of it is one command, whatever the theme's size, so that no report ever finds a year half
/// closed. The preview of it is [`year_end_preview`](crate::read::year_end::preview).
#[derive(Debug, Clone, Serialize)]
pub struct CloseYear {
    /// The theme.
    pub theme: ThemeId,
    /// The budget year.
    pub budget_year: FiscalYear,
    /// What is carried over.
    pub carry_overs: Vec<CarryOver>,
}

/// A year is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearClosed {
    /// The theme.
    pub theme: ThemeId,
    /// The closing.
    pub closing: YearClosingId,
    /// What was carried over.
    pub carried_over: Money,
    /// What awards gave back.
    pub decommitted: Money,
    /// What lapsed.
    pub lapsed: Money,
}

impl Command for CloseYear {
    const OPERATION: Operation = Operation::CloseYear;
    type Root = theme::Model;
    type Outcome = YearClosed;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let mut place = place_of_theme(tx, self.theme).await?;
        let envelope = envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(self.theme.uuid()))
            .filter(envelope::Column::FiscalYear.eq(i64::from(self.budget_year.get())))
            .one(tx)
            .await?;
        // Without one there is nothing to close, which is told only to who may ask.
        if let Some(row) = envelope {
            place = place.writing(RootKind::Envelope, row.id);
        }
        let awards = holders_of_year(tx, self.theme.uuid(), self.budget_year).await?;
        Ok(awards
            .into_iter()
            .fold(place, |place, award| place.writing(RootKind::Award, award)))
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<YearClosed, Error> {
        for request in &self.carry_overs {
            carry_over::ensure_fit(request)?;
        }
        let year_end = year_end(work.tx(), &theme, self.budget_year).await?;
        year_end.ensure_closable(work.today())?;
        let mut moving = year_end.holders();
        if !moving.all(|award| work.holds(award.uuid())) {
            // It got money of the year after its locks were chosen.
            return Err(Error::LostRace);
        }
        let plan = year_end.plan(&self.carry_overs)?;
        let closing = year_closing::close(work, &year_end, &plan, &self.carry_overs).await?;
        Ok(YearClosed {
            theme: self.theme,
            closing,
            carried_over: plan.carried_over,
            decommitted: plan.decommitted,
            lapsed: plan.lapsed,
        })
    }
}
