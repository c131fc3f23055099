//! Walks every award: its tranches against their releases, its money against its needs, its
//! milestones against their locks.

use std::collections::BTreeMap;

use domain::calculation::CalculationSheet;
use domain::calendar::jst_date;
use domain::finding::FindingCode;
use domain::gate::GateState;
use domain::id::TrancheId;
use domain::ledger::{Account, DecommitReason};
use domain::milestone::MilestoneState;
use domain::tranche::{TrancheKind, TrancheShare, WindDown};
use domain::{BasisPoints, Coded, Money, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Verification;
use super::ledger::Held;
use super::page::for_each_page;
use crate::dossier::{AwardDossier, TrancheEntry, release_stands, wind_downs};
use crate::entity::{award, decided_amount, gate, tranche_release, wind_down};
use crate::error::Error;
use crate::mapping;
use crate::persist::commitment;

/// What awards have that is released and stands: it was not revoked, or a part of it was kept.
#[derive(Default)]
struct Released {
    /// The releases, by award.
    releases: BTreeMap<Uuid, Vec<tranche_release::Model>>,
    /// The gates they rest on.
    gates: BTreeMap<Uuid, gate::Model>,
    /// The decisions on costs of winding down, by tranche.
    wind_downs: BTreeMap<TrancheId, WindDown>,
    /// The highest amount ever decided, by award that is cancelled in part.
    before_cancellation: BTreeMap<Uuid, i64>,
}

pub(super) async fn check(
    db: &impl ConnectionTrait,
    mut held: Held,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, award, |rows| {
        let dossiers = load(db, &rows, verification).await?;
        let released = Released::load(db, &rows).await?;
        for row in &rows {
            verification.count("awards");
            let accounts = held.remove(&row.id).unwrap_or_default();
            if let Some(dossier) = dossiers.get(&row.id) {
                let place = format!("award {}", row.number);
                let checked = check_award(dossier, &released, &accounts, &place, verification);
                verification.readable(&place, checked)?;
            }
        }
    });
    for (account, balance) in held.into_values().flatten() {
        if balance.minor() != 0 {
            let detail = format!("holds {balance} of an award that is not there");
            verification.find(
                FindingCode::CommittedWithoutNeed,
                account.to_string(),
                detail,
            );
        }
    }
    Ok(())
}

/// The awards that can be read, by id; those that cannot are named.
async fn load(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
    verification: &mut Verification,
) -> Result<BTreeMap<Uuid, AwardDossier>, Error> {
    // The day decides only whether an offer's term has passed, which nothing here looks at.
    let day = |row: &award::Model| jst_date(row.recorded_at);
    let whole = match rows.first() {
        Some(first) => AwardDossier::load_many(db, rows, day(first)).await,
        None => Ok(Vec::new()),
    };
    let dossiers = match whole {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {
            let mut readable = Vec::with_capacity(rows.len());
            for row in rows {
                let place = format!("award {}", row.number);
                let dossier = AwardDossier::load(db, row, day(row)).await;
                readable.extend(verification.readable(&place, dossier)?);
            }
            readable
        }
        dossiers => dossiers?,
    };
    let by_id = |dossier: AwardDossier| (dossier.row.id, dossier);
    Ok(dossiers.into_iter().map(by_id).collect())
}

impl Released {
    async fn load(db: &impl ConnectionTrait, rows: &[award::Model]) -> Result<Self, Error> {
        let found = tranche_release::Entity::find()
            .filter(tranche_release::Column::AwardId.is_in(rows.iter().map(|row| row.id)))
            .filter(release_stands())
            .all(db)
            .await?;
        let gates = gate::Entity::find()
            .filter(gate::Column::Id.is_in(found.iter().filter_map(|row| row.gate_id)))
            .all(db)
            .await?;
        let mut releases: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
        for row in found {
            releases.entry(row.award_id).or_default().push(row);
        }
        let gates = gates.into_iter().map(|row| (row.id, row)).collect();
        let decided = wind_down::Entity::find()
            .filter(wind_down::Column::AwardId.is_in(rows.iter().map(|row| row.id)))
            .all(db)
            .await?;
        Ok(Self {
            releases,
            gates,
            wind_downs: wind_downs(&decided)?,
            before_cancellation: before_cancellation(db, rows).await?,
        })
    }
}

/// The highest amount that was decided of each award that is cancelled in part (Act 17): what was
/// released before is ordered back, but was released.
async fn before_cancellation(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
) -> Result<BTreeMap<Uuid, i64>, Error> {
    let cancelled = Query::select()
        .column(decided_amount::Column::AwardId)
        .from(decided_amount::Entity)
        .cond_where(decided_amount::Column::AwardId.is_in(rows.iter().map(|row| row.id)))
        .cond_where(decided_amount::Column::Article.eq(DecommitReason::Act17.code()))
        .to_owned();
    let series = decided_amount::Entity::find()
        .filter(decided_amount::Column::AwardId.in_subquery(cancelled))
        .all(db)
        .await?;
    let mut highest: BTreeMap<Uuid, i64> = BTreeMap::new();
    for row in series {
        let most = highest.entry(row.award_id).or_default();
        *most = row.amount_minor.max(*most);
    }
    Ok(highest)
}

fn check_award(
    dossier: &AwardDossier,
    released: &Released,
    accounts: &[(Account, Money)],
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let releases = released.releases.get(&dossier.row.id);
    let releases = releases.map_or(&[][..], Vec::as_slice);
    check_locks(dossier, verification);
    for entry in &dossier.tranches {
        let mut live = releases.iter().filter(|row| row.tranche_id == entry.row.id);
        check_tranche(dossier, entry, live.next(), &released.gates, verification)?;
        check_wind_down(entry, &released.wind_downs, verification);
        if live.next().is_some() {
            let place = format!("tranche {}", entry.row.id);
            let detail = "it has more than one live release";
            verification.find(FindingCode::TrancheStateWrong, place, detail);
        }
    }
    let highest = released.before_cancellation.get(&dossier.row.id).copied();
    check_total(dossier, (releases, highest), place, verification)?;
    check_needs(dossier, accounts, place, verification)
}

/// A milestone that waits is locked exactly while an earlier one is not resolved.
fn check_locks(dossier: &AwardDossier, verification: &mut Verification) {
    for (position, entry) in dossier.milestones.iter().enumerate() {
        verification.count("milestones");
        let resolved = dossier.earlier_resolved(position);
        let wrong = match entry.state {
            MilestoneState::Locked { .. } => resolved,
            MilestoneState::Open { .. } => !resolved,
            _ => false,
        };
        if wrong {
            let place = format!("milestone {}", entry.row.id);
            let detail = format!("{} while earlier resolved is {resolved}", entry.row.state);
            verification.find(FindingCode::LockWrong, place, detail);
        }
    }
}

fn check_total(
    dossier: &AwardDossier,
    (releases, highest): (&[tranche_release::Model], Option<i64>),
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let amounts = releases
        .iter()
        .map(|row| Money::of_minor(row.amount_minor, dossier.currency));
    let sum = Money::sum(dossier.currency, amounts).map_err(Refusal::from)?;
    let in_force = dossier.decided.amount.minor();
    if sum.minor() > highest.unwrap_or(in_force) {
        let detail = format!("{sum} released, {} decided", dossier.decided.amount);
        verification.find(FindingCode::ReleasedAboveDecided, place, detail);
    }
    Ok(())
}

/// What is committed or retained is what the tranches still need, never more; also in a year that
/// no tranche is of any more.
fn check_needs(
    dossier: &AwardDossier,
    accounts: &[(Account, Money)],
    place: &str,
    verification: &mut Verification,
) -> Result<(), Error> {
    let needs: BTreeMap<_, _> = commitment::accounts_and_needs(dossier)?
        .into_iter()
        .collect();
    for (account, held) in accounts {
        let need = needs.get(account).map_or(0, |need| need.minor());
        if held.minor() > need {
            let detail = format!("{account} holds {held}, {need} in minor units is needed");
            verification.find(FindingCode::CommittedWithoutNeed, place, detail);
        }
    }
    Ok(())
}

fn check_tranche(
    dossier: &AwardDossier,
    entry: &TrancheEntry,
    live: Option<&tranche_release::Model>,
    gates: &BTreeMap<Uuid, gate::Model>,
    verification: &mut Verification,
) -> Result<(), Error> {
    verification.count("tranches");
    let place = format!("tranche {}", entry.row.id);
    if entry.state.is_released() != live.is_some() {
        let (state, live) = (&entry.row.state, live.is_some());
        let detail = format!("{state} with a live release: {live}");
        verification.find(FindingCode::TrancheStateWrong, &place, detail);
    }
    let Some(release) = live else { return Ok(()) };
    let share = passed_share(dossier, entry, release, gates);
    let Some(Some(share)) = verification.readable(&place, share)? else {
        let detail = "the milestone is not passed on the seal of the release's gate";
        verification.find(FindingCode::ReleaseWithoutGate, &place, detail);
        return Ok(());
    };
    let sheet = mapping::document::<CalculationSheet<TrancheShare>>(&release.calculation);
    let Some(sheet) = verification.readable(&place, sheet)? else {
        return Ok(());
    };
    let basis = TrancheShare {
        tranche_amount: entry.amount,
        share,
    };
    let facts = (sheet.basis, sheet.result.minor());
    if !sheet.replays() || facts != (basis, release.amount_minor) {
        let (amount, paid) = (entry.amount, release.amount_minor);
        let detail = format!("{share} of {amount} is not {paid}");
        verification.find(FindingCode::CalculationWrong, &place, detail);
    }
    Ok(())
}

/// Costs of winding down are those that were decided, and nothing else was so decided.
fn check_wind_down(
    entry: &TrancheEntry,
    decided: &BTreeMap<TrancheId, WindDown>,
    verification: &mut Verification,
) {
    let decided = decided.get(&entry.row.id.into());
    let decided = decided.map(|decision| decision.amount);
    let wanted = (entry.kind == TrancheKind::WindDown).then_some(entry.amount);
    if decided != wanted {
        let place = format!("tranche {}", entry.row.id);
        let said = |amount: Option<Money>| amount.map_or("nothing".to_owned(), |it| it.to_string());
        let detail = format!("{} decided, {} planned", said(decided), said(wanted));
        verification.find(FindingCode::WindDownWrong, place, detail);
    }
}

/// The share that a released tranche was passed with; none when there is no gate under it.
fn passed_share(
    dossier: &AwardDossier,
    entry: &TrancheEntry,
    release: &tranche_release::Model,
    gates: &BTreeMap<Uuid, gate::Model>,
) -> Result<Option<BasisPoints>, Error> {
    let Some(milestone) = entry.row.milestone_id else {
        return Ok(Some(BasisPoints::WHOLE));
    };
    let state = &dossier.milestone(milestone.into())?.state;
    let MilestoneState::Passed { review, share, .. } = state else {
        return Ok(None);
    };
    let gate = release.gate_id.and_then(|id| gates.get(&id));
    let passed = gate.is_some_and(|gate| {
        gate.id == review.gate.uuid()
            && gate.state == GateState::Decided.code()
            && gate.seal == review.seal.to_string()
    });
    Ok(passed.then_some(*share))
}
