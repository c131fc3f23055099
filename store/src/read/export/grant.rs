//! The awards as the public may see them, as they stood at an instant.
//!
//! An award is published from its acceptance on, and for ever: what is only offered may still be withdrawn,
//! and what was withdrawn was never made (Act 9). Its tranches are those that stood, each with what was paid
//! of it or could still be.

mod arrival;

use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::report::{PublishedGrant, PublishedPayment, PublishedTranche};
use domain::{LocalizedText, Money, wording};
use sea_orm::{Condition, ConnectionTrait};
use uuid::Uuid;

use self::arrival::arrivals;
use super::award::{page_of, themes};
use super::body::published;
use super::history::states;
use super::tranche::{Standing, StandingTranche, last_day, standing};
use super::{Books, Page};
use crate::dossier::{decided_in_force, ledger_of};
use crate::entity::award;
use crate::error::Error;
use crate::mapping::money;
use crate::persist::award::AWARD_MOVED;

/// The published awards after the award `after`, in the order of the awards' ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn grants(
    db: &impl ConnectionTrait,
    books: &Books,
    after: Option<Uuid>,
) -> Result<Page<PublishedGrant, Uuid>, Error> {
    let as_of = books.as_of;
    let (rows, next) = accepted(db, books, after).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let recipients: Vec<Uuid> = rows.iter().map(|row| row.organization_id).collect();
    let recipients = published(db, &recipients).await?;
    let themes = themes(db, &rows).await?;
    let decided = decided_in_force(db, &ids, Some(as_of)).await?;
    let transfers = ledger_of(db, &ids, Some(as_of)).await?;
    let mut arrived = arrivals(db, &transfers).await?;
    let mut standing = standing(db, books.seen(), &rows, &decided).await?;
    let grants = rows.into_iter().map(|row| {
        let missing = |what| Error::corrupt(format_args!("award {} has no {what}", row.id));
        let decided = decided
            .get(&row.id)
            .ok_or_else(|| missing("amount"))?
            .0
            .amount;
        let recipient = recipients.get(&row.organization_id).cloned();
        let theme = themes.get(&row.theme_id).ok_or_else(|| missing("theme"))?;
        let moved = transfers.get(&row.id).map_or(&[][..], Vec::as_slice);
        let applied = money(row.applied_minor, &row.currency)?;
        // Nothing is said of what was fixed.
        let amounts = FiveAmounts::of(
            row.id.into(),
            (applied, decided),
            Vec::<Money>::new(),
            moved,
        );
        let Standing {
            tranches,
            recorded_at,
        } = standing.remove(&row.id).unwrap_or_default();
        let last_day = last_day(row.decided_on, &tranches);
        // More may be paid than is decided: what was cancelled after it is ordered back (Act 18).
        let mut left = decided;
        let tranches = tranches.into_iter().map(|tranche| {
            let committed = left.take(tranche.amount).map_err(Error::corrupt)?;
            let payments = arrived.remove(&tranche.id.uuid()).unwrap_or_default();
            Ok(publish(tranche, committed, payments))
        });
        let tranches: Vec<PublishedTranche> = tranches.collect::<Result<_, Error>>()?;
        let recorded = moved.iter().map(|transfer| transfer.recorded_at);
        Ok(PublishedGrant {
            title: LocalizedText::new(&row.title_ja, &row.title_en),
            theme_code: theme.code.clone(),
            theme_title: LocalizedText::new(&theme.title_ja, &theme.title_en),
            decided_on: row.decided_on,
            applied,
            decided,
            paid: amounts.map_err(Error::corrupt)?.paid,
            planned: (row.decided_on, last_day),
            recipient: recipient.ok_or_else(|| missing("body"))?,
            tranches,
            recorded_at: recorded.chain(recorded_at).fold(row.recorded_at, Ord::max),
            award_number: row.number,
        })
    });
    Ok((grants.collect::<Result<_, Error>>()?, next))
}

fn publish(
    tranche: StandingTranche,
    amount: Money,
    payments: Vec<PublishedPayment>,
) -> PublishedTranche {
    let kind = tranche.kind;
    PublishedTranche {
        id: tranche.id,
        ordinal: tranche.ordinal,
        kind,
        title: tranche.title.unwrap_or_else(|| wording::localized(kind)),
        amount,
        committed_on: tranche.committed_on,
        due_on: tranche.due_on,
        payments,
    }
}

/// Whether any award is published.
///
/// # Errors
/// As [`grants`].
pub async fn is_any_granted(db: &impl ConnectionTrait, books: &Books) -> Result<bool, Error> {
    let mut after = None;
    loop {
        let (rows, next) = accepted(db, books, after).await?;
        if !rows.is_empty() {
            return Ok(true);
        }
        if next.is_none() {
            return Ok(false);
        }
        after = next;
    }
}

/// The awards of a page that are published, and the key of the next page.
async fn accepted(
    db: &impl ConnectionTrait,
    books: &Books,
    after: Option<Uuid>,
) -> Result<Page<award::Model, Uuid>, Error> {
    let mut rows = page_of(db, books, Condition::all(), after).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let states = states::<AwardStateCode>(db, &ids, AWARD_MOVED, books.as_of).await?;
    rows.retain(|row| states.get(&row.id).is_some_and(|one| one.is_published()));
    Ok((rows, ids.last().copied()))
}
