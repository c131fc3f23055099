//! What closing a budget year would do.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Role;
use domain::closing::{
    AwardFate, AwardYear, TrancheFate, YearEndBlocker as Rule, YearEndBlockerCode,
};
use domain::id::{AwardId, TrancheId};
use domain::wording;
use store::read::year_end::YearEndPreview as View;

use super::{Award, Ref, Theme, Tranche};
use crate::coded::Coded;
use crate::connection::{Connection, Cursor, asked, page};
use crate::loader::load;
use crate::scalar::{Date, LocalizedText, Money};

/// The code of the one order of awards.
const BY_AWARD: &str = "YEAR_END_BY_AWARD";

/// What closing a budget year would do.
#[derive(Debug, Clone)]
pub struct YearEndPreview(pub View);

/// What closing a budget year of a theme would do today. It adds up, always and exactly: `available`
/// and what awards hold is `carriedOver + lapsed`.
#[Object]
impl YearEndPreview {
    /// The theme.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Theme>> {
        Ok(load(ctx, self.0.year_end.theme).await?.map(Theme))
    }

    /// The fiscal year, by the calendar year in which it begins (April).
    async fn budget_year(&self) -> i32 {
        self.0.year_end.budget_year.get()
    }

    /// The last day on which money of the year may be spent.
    async fn close_out(&self) -> Date {
        Date(self.0.year_end.close_out)
    }

    /// What stands against closing it; nothing where it can be closed.
    async fn blockers(&self) -> Vec<YearEndBlocker> {
        self.0
            .blockers
            .iter()
            .copied()
            .map(YearEndBlocker)
            .collect()
    }

    /// What the envelope has left.
    async fn available(&self) -> Money {
        Money(self.0.year_end.envelope)
    }

    /// What came back of returns in time to be spent again (戻入); it is available, or was committed again.
    async fn reinstated(&self) -> Money {
        Money(self.0.reinstated)
    }

    /// What would be carried over in all (繰越).
    async fn carried_over(&self) -> Money {
        Money(self.0.plan.carried_over)
    }

    /// What awards would give back to the envelope; it lapses with the rest.
    async fn decommitted(&self) -> Money {
        Money(self.0.plan.decommitted)
    }

    /// What would lapse (不用).
    async fn lapsed(&self) -> Money {
        Money(self.0.plan.lapsed)
    }

    /// The awards that hold money of the year, or have a tranche that waits for it.
    async fn awards(
        &self,
        #[graphql(desc = "Rows of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "The cursor of the row before the page.")] after: Option<String>,
    ) -> Result<Connection<YearEndAward>> {
        let key = |parts: &[String]| match parts {
            [id] => id.parse::<uuid::Uuid>().ok().map(AwardId::new),
            _ => None,
        };
        let (first, after) = asked(first, after.as_deref(), BY_AWARD, key)?;
        let more = usize::try_from(first)
            .unwrap_or(usize::MAX)
            .saturating_add(1);
        let is_later = |award: &AwardId| after.is_none_or(|after| *award > after);
        let awards = self.0.year_end.awards.iter().filter(|(id, _)| is_later(id));
        let awards = awards.filter_map(|(award, held)| {
            Some(YearEndAward {
                award: *award,
                held: held.clone(),
                fate: self.0.plan.awards.get(award)?.clone(),
            })
        });
        let cursor = |row: &YearEndAward| Cursor::new(BY_AWARD, [row.award.to_string()]);
        let rows = awards.take(more).collect();
        Ok(page(rows, first, after.is_some(), cursor, |row| row))
    }
}

/// What closing the year would do to an award.
#[derive(Debug, Clone)]
pub struct YearEndAward {
    award: AwardId,
    held: AwardYear,
    fate: AwardFate,
}

/// What an award holds of the year, and what closing it would do with that.
#[Object]
impl YearEndAward {
    /// The award.
    async fn award(&self, ctx: &Context<'_>) -> Result<Option<Award>> {
        Award::find(ctx, self.award).await
    }

    /// What is committed to it and not released.
    async fn committed(&self) -> Money {
        Money(self.held.committed)
    }

    /// What is held back until its determination (留保).
    async fn retained(&self) -> Money {
        Money(self.held.retained)
    }

    /// What is released and not sent; it stands against the closing.
    async fn payable(&self) -> Money {
        Money(self.held.payable)
    }

    /// What is sent and not settled; it stands against the closing.
    async fn in_transit(&self) -> Money {
        Money(self.held.in_transit)
    }

    /// What would be carried over.
    async fn carried_over(&self) -> Money {
        Money(self.fate.carried_over)
    }

    /// What would go back to the envelope.
    async fn decommitted(&self) -> Money {
        Money(self.fate.decommitted)
    }

    /// Its tranches that wait for money of the year, in order.
    async fn tranches(&self) -> Vec<YearEndTranche> {
        let fates = self.fate.tranches.iter();
        fates
            .map(|fate| YearEndTranche(self.award, *fate))
            .collect()
    }
}

/// What closing the year would do to a tranche.
#[derive(Debug, Clone, Copy)]
pub struct YearEndTranche(AwardId, TrancheFate);

/// What a tranche still needs of the year, and what closing it would do.
#[Object]
impl YearEndTranche {
    /// The tranche.
    async fn tranche(&self, ctx: &Context<'_>) -> Result<Option<Tranche>> {
        let id: TrancheId = self.1.before.tranche;
        Tranche::find(ctx, self.0, id).await
    }

    /// What it can still take: its amount, or the part of it that was earned.
    async fn needed(&self) -> Money {
        Money(self.1.before.need)
    }

    /// What would be carried over for it: above zero, it is paid out of the next year; otherwise it
    /// lapses.
    async fn carried_over(&self) -> Money {
        Money(self.1.carried_over)
    }

    /// What is held for it and would go back to the envelope.
    async fn decommitted(&self) -> Money {
        Money(self.1.decommitted)
    }

    /// Whether it would lapse.
    async fn lapses(&self) -> bool {
        self.1.carried_over.is_zero()
    }
}

/// Something that stands against closing a budget year.
#[derive(Debug, Clone, Copy)]
pub struct YearEndBlocker(Rule);

/// Something that stands against closing a budget year.
#[Object]
impl YearEndBlocker {
    /// What.
    async fn code(&self) -> Coded<YearEndBlockerCode> {
        Coded(self.0.code)
    }

    /// The same for people.
    async fn title(&self) -> LocalizedText {
        LocalizedText(wording::localized(self.0.code))
    }

    /// Who can clear it; null for what only time clears, and for what nothing does.
    async fn cleared_by(&self) -> Option<Coded<Role>> {
        self.0.cleared_by.map(Coded)
    }

    /// The last day on which it stands, where time clears it.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date)
    }

    /// The money that stands against it, where it is an award's.
    async fn held(&self) -> Option<YearEndHeld> {
        self.0.held.map(|(award, amount)| YearEndHeld {
            award: Ref(award),
            amount: Money(amount),
        })
    }
}

/// Money of an award that stands against closing a year.
#[derive(Debug, Clone, SimpleObject)]
pub struct YearEndHeld {
    /// The award.
    award: Ref<AwardId>,
    /// How much it is.
    amount: Money,
}
