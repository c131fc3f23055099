//! The payment calendar: when the payment of each tranche was planned at an instant, and how far its money had
//! come.
//!
//! What is released is told by the sums of its transfers, as in the disbursement report; what is not, by the
//! plan of then.

mod value_date;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::Money;
use domain::id::AwardId;
use domain::report::PaymentCalendarLine;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use self::value_date::ValueDates;
use super::award::{page_of, themes};
use super::body::bodies;
use super::tranche::{Standing, last_day, standing};
use super::{Books, Page, Seen};
use crate::dossier::decided_in_force;
use crate::entity::award;
use crate::error::Error;
use crate::read::Sight;
use crate::read::disbursement::DisbursementFilter;

/// The lines of the awards that `asked` names, after the award `after`, in the order of the awards' ids and of their tranches.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn payment_calendar(
    db: &impl ConnectionTrait,
    books: &Books,
    asked: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<PaymentCalendarLine, Uuid>, Error> {
    let rows = page_of(db, books, asked.awards(), after).await?;
    let next = rows.last().map(|row| row.id);
    Ok((calendar(db, books.seen(), rows).await?, next))
}

/// The lines of each of `awards` as they stood at `as_of`: of those that were known then and that the asker
/// sees whole.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn payment_calendars(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
    as_of: DateTime<Utc>,
) -> Result<HashMap<AwardId, Vec<PaymentCalendarLine>>, Error> {
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(awards.iter().map(|id| id.uuid())))
        .filter(award::Column::RecordedAt.lte(as_of))
        .filter(sight.awards_whole())
        .all(db)
        .await?;
    let named = rows.iter().map(|row| (row.number.clone(), row.id.into()));
    let named: HashMap<String, AwardId> = named.collect();
    let mut calendars: HashMap<AwardId, Vec<PaymentCalendarLine>> =
        named.values().map(|award| (*award, Vec::new())).collect();
    for line in calendar(db, (sight, as_of), rows).await? {
        let award = named.get(&line.award_number);
        if let Some(lines) = award.and_then(|award| calendars.get_mut(award)) {
            lines.push(line);
        }
    }
    Ok(calendars)
}

/// The lines of the awards `rows`.
pub(super) async fn calendar(
    db: &impl ConnectionTrait,
    seen: Seen<'_>,
    rows: Vec<award::Model>,
) -> Result<Vec<PaymentCalendarLine>, Error> {
    let (_, as_of) = seen;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let organizations: Vec<Uuid> = rows.iter().map(|row| row.organization_id).collect();
    let bodies = bodies(db, &organizations).await?;
    let themes = themes(db, &rows).await?;
    let decided = decided_in_force(db, &ids, Some(as_of)).await?;
    let mut standing = standing(db, seen, &rows, &decided).await?;
    let stood = standing.values().flat_map(|one| &one.tranches);
    let released = stood.filter_map(|tranche| tranche.release.as_ref());
    let dates = ValueDates::load(db, released, as_of).await?;
    let mut lines = Vec::new();
    for row in rows {
        let missing = |what| Error::corrupt(format_args!("award {} has no {what}", row.id));
        let body = bodies.get(&row.organization_id);
        let body = body.ok_or_else(|| missing("body"))?;
        let theme = themes.get(&row.theme_id).ok_or_else(|| missing("theme"))?;
        let Standing { tranches, .. } = standing.remove(&row.id).unwrap_or_default();
        let last_day = last_day(row.decided_on, &tranches);
        for tranche in tranches {
            let release = tranche.release.as_ref();
            let paid = release.map_or(Ok(Money::zero(tranche.amount.currency())), |line| {
                line.paid()
            });
            let otherwise = tranche.kind.planned_on(tranche.committed_on, last_day);
            lines.push(PaymentCalendarLine {
                award_number: row.number.clone(),
                theme_code: theme.code.clone(),
                body: body.clone(),
                ordinal: tranche.ordinal,
                kind: tranche.kind,
                budget_year: tranche.budget_year,
                planned_on: tranche.due_on.or(otherwise),
                state: tranche.state(),
                amount: tranche.amount,
                paid: paid.map_err(Error::corrupt)?,
                value_on: release.and_then(|line| dates.of(line)),
            });
        }
    }
    Ok(lines)
}
