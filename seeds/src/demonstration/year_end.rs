//! The first budget year of a theme is closed: one part is carried over, the rest of the year lapses.

use domain::closing::{CarryOver, CarryOverGrounds};
use domain::id::ThemeId;
use domain::tranche::TrancheState;
use domain::{Coded, Currency, FiscalYear, Money, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::CloseYear;
use store::entity::{award, tranche};

use super::case::Desk;
use super::setting::BEGAN;

/// The day on which it is closed. The programme began so long before that its first year's money may no
/// longer be spent on whichever day it is seeded.
const CLOSED: i64 = -1;

impl Desk<'_> {
    /// Closes it in the first theme that nothing stands against.
    pub(super) async fn close_a_year(&self) -> Result<(), Error> {
        let budget_year = self.clerk.year(BEGAN);
        for theme in self.setting.theme_ids() {
            let close = CloseYear {
                theme,
                budget_year,
                carry_overs: self.carried(theme, budget_year).await?,
            };
            match self
                .clerk
                .act(self.setting.cast.director, CLOSED, &close)
                .await
            {
                Err(Error::Refused(Refusal::YearEndBlocked { .. })) => {}
                closed => return closed.map(|_| ()),
            }
        }
        Ok(())
    }

    /// The first tranche of the year that waits for its release is carried over.
    async fn carried(&self, theme: ThemeId, year: FiscalYear) -> Result<Vec<CarryOver>, Error> {
        let db = self.clerk.store.reads();
        let awards = award::Entity::find()
            .filter(award::Column::ThemeId.eq(theme.uuid()))
            .all(db)
            .await?;
        let waiting = tranche::Entity::find()
            .filter(tranche::Column::AwardId.is_in(awards.iter().map(|row| row.id)))
            .filter(tranche::Column::BudgetYear.eq(i64::from(year.get())))
            .filter(tranche::Column::State.eq(TrancheState::Planned.code()))
            .order_by_asc(tranche::Column::Id)
            .one(db)
            .await?;
        let carried = waiting.map(|row| CarryOver {
            tranche: Some(row.id.into()),
            amount: Money::of_minor(row.amount_minor, Currency::JPY),
            grounds: carry_over_grounds(),
        });
        Ok(carried.into_iter().collect())
    }
}

/// What every carry-over of the demonstration rests on.
pub(super) fn carry_over_grounds() -> CarryOverGrounds {
    CarryOverGrounds {
        item: "ヘルステック開発支援事業費補助金".to_owned(),
        reason: "計画に関する諸条件（架空） / conditions of the plan; made up".to_owned(),
        reference: "財計第0号（架空）".to_owned(),
    }
}
