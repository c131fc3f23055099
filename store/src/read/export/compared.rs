//! Reports compared with themselves as of an earlier instant, page by page.
//!
//! What a page of the later report is of, the earlier one is asked for too. Awards and accounts do not go away:
//! the later books have every one of which the earlier ones tell.

use std::collections::BTreeMap;

use domain::report::{
    AwardStatementLine, Change, EnvelopeLine, PaymentCalendarLine, TrialBalanceLine,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::award::{page_of, statement};
use super::book::{Holders, trial_balance};
use super::calendar::calendar;
use super::{Books, Page};
use crate::entity::award;
use crate::error::Error;
use crate::read::disbursement::DisbursementFilter;
use crate::read::envelope::{self, EnvelopeFilter};

/// The books of two instants, the earlier first.
pub type Two<'a> = (&'a Books, &'a Books);

/// What became of lines, in the order of what names each of them.
pub(super) fn changes<L: PartialEq, K: Ord>(
    before: Vec<L>,
    after: Vec<L>,
    name: impl Fn(&L) -> K,
) -> Vec<Change<L>> {
    let mut pairs: BTreeMap<K, (Option<L>, Option<L>)> = BTreeMap::new();
    for line in before {
        let name = name(&line);
        pairs.entry(name).or_default().0 = Some(line);
    }
    for line in after {
        let name = name(&line);
        pairs.entry(name).or_default().1 = Some(line);
    }
    pairs
        .into_values()
        .filter_map(|(before, after)| Change::between(before, after))
        .collect()
}

/// Those of `awards` of which `books` tell.
fn known(awards: &[award::Model], books: &Books) -> Vec<award::Model> {
    let known = awards.iter().filter(|row| row.recorded_at <= books.as_of);
    known.cloned().collect()
}

/// What became of the lines of [`awards`](super::awards) after the award `after`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn award_changes(
    db: &impl ConnectionTrait,
    (before, now): Two<'_>,
    asked: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<Change<AwardStatementLine>, Uuid>, Error> {
    let rows = page_of(db, now, asked.awards(), after).await?;
    let next = rows.last().map(|row| row.id);
    let earlier = statement(db, before, known(&rows, before)).await?;
    let later = statement(db, now, rows).await?;
    let name = |line: &AwardStatementLine| line.award_number.clone();
    Ok((changes(earlier, later, name), next))
}

/// What became of the lines of [`payment_calendar`](super::payment_calendar) after the award `after`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn payment_calendar_changes(
    db: &impl ConnectionTrait,
    (before, now): Two<'_>,
    asked: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<Change<PaymentCalendarLine>, Uuid>, Error> {
    let rows = page_of(db, now, asked.awards(), after).await?;
    let next = rows.last().map(|row| row.id);
    let earlier = calendar(db, before.seen(), known(&rows, before)).await?;
    let later = calendar(db, now.seen(), rows).await?;
    let name = |line: &PaymentCalendarLine| (line.award_number.clone(), line.ordinal);
    Ok((changes(earlier, later, name), next))
}

/// What became of the lines of [`trial_balance`](super::trial_balance) of `holders`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn trial_balance_changes(
    db: &impl ConnectionTrait,
    (before, now): Two<'_>,
    holders: Holders,
) -> Result<Page<Change<TrialBalanceLine>, Holders>, Error> {
    let (earlier, _) = trial_balance(db, before, holders).await?;
    let (later, next) = trial_balance(db, now, holders).await?;
    let name = |line: &TrialBalanceLine| line.account.account;
    Ok((changes(earlier, later, name), next))
}

/// The envelopes of the books. One page of all of them: a theme has one a year.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn envelopes(
    db: &impl ConnectionTrait,
    books: &Books,
) -> Result<Vec<EnvelopeLine>, Error> {
    let filter = EnvelopeFilter {
        as_of: Some(books.as_of),
        ..EnvelopeFilter::default()
    };
    envelope::list(db, books.sight(), &filter).await
}

/// What became of the lines of [`envelopes`].
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn envelope_changes(
    db: &impl ConnectionTrait,
    (before, now): Two<'_>,
) -> Result<Vec<Change<EnvelopeLine>>, Error> {
    let (earlier, later) = (envelopes(db, before).await?, envelopes(db, now).await?);
    let name = |line: &EnvelopeLine| (line.fiscal_year, line.theme_code.clone());
    Ok(changes(earlier, later, name))
}
