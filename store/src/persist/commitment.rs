//! Committing an award's money year by year, and giving back what is no longer needed.
//!
//! What an award needs in a year is what its unreleased tranches of that year can still pay. Every
//! command that lowers that need (a partial pass, a failure continued after, a change of plan, an
//! ending) changes the tranches first and then gives the surplus back here.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::award::YearFacts;
use domain::calendar::FiscalYear;
use domain::ledger::{Account, DecommitReason, RecordKind, TransferKind};
use domain::milestone::MilestoneState;
use domain::tranche::TrancheKind;
use domain::{Money, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::ledger::{self, Posting};
use crate::dossier::{AwardDossier, TrancheEntry, closings};
use crate::entity::envelope;
use crate::error::Error;
use crate::work::Work;

/// The record to which transfers belong.
pub(crate) type Record = (RecordKind, Uuid);

/// What a tranche can still take out of the money committed for it; `milestone` is the state of the
/// one that it hangs on.
pub(crate) fn need(entry: &TrancheEntry, milestone: Option<&MilestoneState>) -> Money {
    if !entry.state.is_unreleased() {
        return Money::zero(entry.amount.currency());
    }
    match milestone {
        Some(MilestoneState::Passed { share, .. }) => entry.amount.share(*share),
        _ => entry.amount,
    }
}

/// The same of a tranche of `dossier`.
pub(crate) fn need_of(dossier: &AwardDossier, entry: &TrancheEntry) -> Money {
    let mut milestones = dossier.milestones.iter();
    let milestone = milestones.find(|one| Some(one.row.id) == entry.row.milestone_id);
    need(entry, milestone.map(|milestone| &milestone.state))
}

/// What the award needs in `year`: to be committed, and of that to be retained.
fn needs(dossier: &AwardDossier, year: FiscalYear) -> Result<(Money, Money), Error> {
    let sum = |retained: bool| {
        let needed = dossier
            .tranches
            .iter()
            .filter(|entry| entry.budget_year == year)
            .filter(|entry| (entry.kind == TrancheKind::Retention) == retained)
            .map(|entry| need_of(dossier, entry));
        Money::sum(dossier.currency, needed).map_err(Refusal::from)
    };
    Ok((sum(false)?, sum(true)?))
}

/// Commits what the award needs in `year` and is not committed yet. The envelope must be locked.
///
/// # Errors
/// [`Refusal::EnvelopeMissing`], [`Refusal::EnvelopeExhausted`], [`Refusal::NothingToCommit`], or
/// [`Refusal::YearClosed`] once it is closed or its close-out date has passed.
pub(crate) async fn commit_year(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    year: FiscalYear,
    record: Record,
) -> Result<Money, Error> {
    let committable = committable_years(work, dossier).await?;
    let known = Known {
        appropriated: committable.contains(&year),
        closed_on: closed_on(work, dossier, year).await?,
    };
    commit(work, dossier, (year, known), record).await
}

async fn commit(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    (year, known): (FiscalYear, Known),
    record: Record,
) -> Result<Money, Error> {
    let accounts = Accounts::of(dossier, year);
    let held = [
        ledger::balance(work, &accounts.committed).await?,
        ledger::balance(work, &accounts.retained).await?,
        ledger::balance(work, &accounts.envelope).await?,
    ];
    let missing = year_facts(dossier, (year, known), held)?.missing(work.today())?;
    let programme = dossier.row.programme_id;
    let commit = posting(
        TransferKind::Commit,
        accounts.envelope,
        accounts.committed,
        missing.total,
        record,
    );
    ledger::post(work, programme, commit).await?;
    if missing.retained.is_positive() {
        let (from, to) = (accounts.committed, accounts.retained);
        let retain = posting(TransferKind::Retain, from, to, missing.retained, record);
        ledger::post(work, programme, retain).await?;
    }
    Ok(missing.total)
}

/// What is known of a budget year of a theme.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// Whether its money may be taken: its envelope is appropriated.
    pub(crate) appropriated: bool,
    /// The day on which it was closed, if it was.
    pub(crate) closed_on: Option<NaiveDate>,
}

/// What is known of one budget year of an award, besides what is committed, retained and left in the
/// envelope.
///
/// # Errors
/// When a sum leaves the range of money.
pub(crate) fn year_facts(
    dossier: &AwardDossier,
    (year, known): (FiscalYear, Known),
    [committed, retained, left]: [Money; 3],
) -> Result<YearFacts, Error> {
    let (to_commit, to_retain) = needs(dossier, year)?;
    Ok(YearFacts {
        budget_year: year,
        appropriated: known.appropriated,
        close_out: close_out(dossier, year),
        closed_on: known.closed_on,
        to_commit,
        to_retain,
        committed,
        retained,
        left,
    })
}

/// Commits every budget year of the plan whose envelope is appropriated; later years stay plan.
///
/// # Errors
/// [`Refusal::EnvelopeExhausted`] or [`Refusal::YearClosed`].
pub(crate) async fn commit_appropriated_years(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    record: Record,
) -> Result<(), Error> {
    let committable = committable_years(work, dossier).await?;
    for year in years_of(dossier).intersection(&committable) {
        let known = Known {
            appropriated: true,
            closed_on: closed_on(work, dossier, *year).await?,
        };
        match commit(work, dossier, (*year, known), record).await {
            Ok(_) | Err(Error::Refused(Refusal::NothingToCommit { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Gives back, in every budget year, what is committed or retained beyond what the award still
/// needs. Money of a year that has closed lapses at once, or the same yen would be counted twice.
///
/// # Errors
/// When the ledger refuses.
pub(crate) async fn give_back_surplus(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    reason: DecommitReason,
    record: Record,
) -> Result<(), Error> {
    // A change of plan may have taken the last tranche out of a year in which money is committed.
    let held = ledger::years_held(work, dossier.row.id).await?;
    for year in years_of(dossier).union(&held).copied() {
        let accounts = Accounts::of(dossier, year);
        let (to_commit, to_retain) = needs(dossier, year)?;
        for (account, needed) in [
            (accounts.committed, to_commit),
            (accounts.retained, to_retain),
        ] {
            let held = ledger::balance(work, &account).await?;
            let surplus = held.excess_over(needed).map_err(Refusal::from)?;
            if surplus.is_positive() {
                let back = Posting {
                    reason: Some(reason),
                    ..posting(
                        TransferKind::Decommit,
                        account,
                        accounts.envelope,
                        surplus,
                        record,
                    )
                };
                ledger::post(work, dossier.row.programme_id, back).await?;
                lapse_if_closed(work, dossier, year, surplus, record).await?;
            }
        }
    }
    Ok(())
}

/// Lets what went back to the envelope of `year` lapse, where the year has closed.
///
/// # Errors
/// When the ledger refuses.
pub(crate) async fn lapse_if_closed(
    work: &mut Work<'_>,
    dossier: &AwardDossier,
    year: FiscalYear,
    amount: Money,
    record: Record,
) -> Result<(), Error> {
    let is_past = work.today() > close_out(dossier, year);
    if !is_past && closed_on(work, dossier, year).await?.is_none() {
        return Ok(());
    }
    let accounts = Accounts::of(dossier, year);
    let programme = dossier.row.programme_id;
    let appropriation = Account::appropriation(programme.into(), year, dossier.currency);
    let lapse = posting(
        TransferKind::Lapse,
        accounts.envelope,
        appropriation,
        amount,
        record,
    );
    ledger::post(work, programme, lapse).await
}

/// The day on which `year` was closed for the award's theme, if it was.
async fn closed_on(
    work: &Work<'_>,
    dossier: &AwardDossier,
    year: FiscalYear,
) -> Result<Option<NaiveDate>, Error> {
    let theme = dossier.row.theme_id;
    let closings = closings(work.tx(), [theme]).await?;
    Ok(closings.get(&(theme, year)).copied())
}

/// The last day on which money of `year` may be spent.
fn close_out(dossier: &AwardDossier, year: FiscalYear) -> NaiveDate {
    year.close_out_date(dossier.policy.parameters.close_out)
}

/// Every account that holds an award's committed or retained money, with what is needed in it.
///
/// # Errors
/// When a sum leaves the range of money.
pub(crate) fn accounts_and_needs(dossier: &AwardDossier) -> Result<Vec<(Account, Money)>, Error> {
    let mut all = Vec::new();
    for year in years_of(dossier) {
        let accounts = Accounts::of(dossier, year);
        let (to_commit, to_retain) = needs(dossier, year)?;
        all.extend([
            (accounts.committed, to_commit),
            (accounts.retained, to_retain),
        ]);
    }
    Ok(all)
}

/// The accounts of one award in one year.
struct Accounts {
    envelope: Account,
    committed: Account,
    retained: Account,
}

impl Accounts {
    fn of(dossier: &AwardDossier, year: FiscalYear) -> Self {
        let award = dossier.row.id.into();
        Self {
            envelope: Account::envelope(dossier.row.theme_id.into(), year, dossier.currency),
            committed: Account::committed(award, year, dossier.currency),
            retained: Account::retained(award, year, dossier.currency),
        }
    }
}

const fn posting(
    kind: TransferKind,
    from: Account,
    to: Account,
    amount: Money,
    record: Record,
) -> Posting {
    Posting {
        kind,
        reason: None,
        from,
        to,
        amount,
        record,
    }
}

/// The budget years of an award's plan, in order.
pub(crate) fn years_of(dossier: &AwardDossier) -> BTreeSet<FiscalYear> {
    dossier
        .tranches
        .iter()
        .map(|entry| entry.budget_year)
        .collect()
}

/// The years whose money is appropriated and whose envelopes are locked by this command. An
/// envelope that came between the command's placing and its locking is another command's business:
/// its year stays plan until it is committed.
async fn committable_years(
    work: &Work<'_>,
    dossier: &AwardDossier,
) -> Result<BTreeSet<FiscalYear>, Error> {
    let rows = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(dossier.row.theme_id))
        .all(work.tx())
        .await?;
    let locked = rows.iter().filter(|row| work.holds(row.id));
    locked
        .map(|row| {
            i32::try_from(row.fiscal_year)
                .map(FiscalYear::new)
                .map_err(Error::corrupt)
        })
        .collect()
}
