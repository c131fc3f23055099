//! What a release looks at, gathered for many awards at once: for a command under their locks, for a list
//! without them, and by the same statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::{Report, ReturnOrder, hold};
use domain::id::{GateId, OrganizationId, TrancheId};
use domain::ledger::{AccountKind, TransferKind};
use domain::milestone::MilestoneState;
use domain::payment::Standing;
use domain::tranche::{
    EarlierMoney, GateFact, PaymentBasis, PaymentFacts, ReleaseFacts, TrancheKind, WindDown,
};
use domain::{Coded, Money, Refusal};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::payee::PayeeAccounts;
use super::report::spent_of;
use super::{
    AwardDossier, SealedDossier, TrancheEntry, fixed_years, kept_of_awards, payee_accounts,
    reporting, reports_of, returns_where, unfounded_since, wind_down_rows, wind_downs,
};
use crate::entity::{award, determination, envelope, ledger_transfer, return_order};
use crate::error::Error;
use crate::mapping;
use crate::read::ledger::{self, Balance};

/// The accounts in which money of an award is that was released and did not come back: what is only
/// ordered back is still paid.
pub(crate) const PAID_OR_PAYABLE: [AccountKind; 6] = [
    AccountKind::Payable,
    AccountKind::InTransit,
    AccountKind::Advanced,
    AccountKind::Granted,
    AccountKind::Returnable,
    AccountKind::WrittenOff,
];

/// The accounts in which money of an award is that has arrived.
const ARRIVED: [AccountKind; 2] = [AccountKind::Advanced, AccountKind::Granted];

/// The facts on which the release of `tranche` is decided at `now`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn release_facts(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
    now: DateTime<Utc>,
) -> Result<ReleaseFacts, Error> {
    release_facts_of(db, &[dossier], now)
        .await?
        .remove(&tranche.row.id.into())
        .ok_or_else(|| Error::not_found("TRANCHE"))
}

/// The same for every tranche of these awards. As many statements for one as for all of them, and a few
/// more where a conflict was learned late.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn release_facts_of(
    db: &impl ConnectionTrait,
    dossiers: &[&AwardDossier],
    now: DateTime<Utc>,
) -> Result<BTreeMap<TrancheId, ReleaseFacts>, Error> {
    let gathered = Gathered::load(db, dossiers, jst_date(now)).await?;
    let mut facts = BTreeMap::new();
    for dossier in dossiers {
        for tranche in &dossier.tranches {
            let found = gathered.found(dossier, tranche, now)?;
            let of_tranche = found.facts(dossier, tranche, jst_date(now))?;
            facts.insert(tranche.row.id.into(), of_tranche);
        }
    }
    Ok(facts)
}

/// What was found for many awards.
struct Gathered {
    sealed: BTreeMap<Uuid, SealedDossier>,
    unfounded: BTreeMap<GateId, NaiveDate>,
    envelopes: Vec<envelope::Model>,
    balances: BTreeMap<Uuid, Vec<Balance>>,
    arrived_on: BTreeMap<Uuid, NaiveDate>,
    closing: BTreeMap<Uuid, ClosingFacts>,
    accounts: BTreeMap<OrganizationId, PayeeAccounts>,
    wind_downs: BTreeMap<TrancheId, WindDown>,
    /// What was kept of the payments of each award for a debt of its body.
    kept: BTreeMap<Uuid, i64>,
}

impl Gathered {
    async fn load(
        db: &impl ConnectionTrait,
        dossiers: &[&AwardDossier],
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let mut sealed = Vec::new();
        let mut passed = Vec::new();
        for dossier in dossiers {
            let states = dossier.milestones.iter().map(|entry| &entry.state);
            sealed.extend(states.filter_map(|state| Some(state.submission()?.uuid())));
            for tranche in &dossier.tranches {
                passed.extend(gate_of(dossier, tranche)?);
            }
        }
        let awards: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.row.id).collect();
        let rows = || dossiers.iter().map(|dossier| &dossier.row);
        let tranches = dossiers.iter().flat_map(|dossier| &dossier.tranches);
        let mut balances: BTreeMap<Uuid, Vec<Balance>> = BTreeMap::new();
        for balance in ledger::of_owners(db, &awards).await? {
            let of_owner = balances.entry(balance.account.owner).or_default();
            of_owner.push(balance);
        }
        Ok(Self {
            sealed: SealedDossier::load_many(db, &sealed).await?,
            unfounded: unfounded_since(db, &passed).await?,
            envelopes: envelope::Entity::find()
                .filter(envelope::Column::ThemeId.is_in(rows().map(|row| row.theme_id)))
                .all(db)
                .await?,
            balances,
            arrived_on: arrived_on(db, &awards).await?,
            closing: closing_facts(db, dossiers, today).await?,
            accounts: payee_accounts(db, rows().map(|row| row.organization_id.into())).await?,
            wind_downs: wind_downs(&wind_down_rows(db, tranches).await?)?,
            kept: kept_of_awards(db, &awards).await?,
        })
    }

    fn found(
        &self,
        dossier: &AwardDossier,
        tranche: &TrancheEntry,
        now: DateTime<Utc>,
    ) -> Result<Found, Error> {
        let (award, year) = (dossier.row.id, tranche.budget_year);
        let source = match tranche.kind {
            TrancheKind::Retention => AccountKind::Retained,
            _ => AccountKind::Committed,
        };
        let sum = |admits: &dyn Fn(&Balance) -> bool| {
            let theirs = self.balances.get(&award).into_iter().flatten();
            let theirs = theirs.filter(|balance| admits(balance));
            Money::sum(dossier.currency, theirs.map(|balance| balance.balance))
                .map_err(Error::corrupt)
        };
        let envelope = self.envelopes.iter().find(|row| {
            row.theme_id == dossier.row.theme_id && row.fiscal_year == tranche.row.budget_year
        });
        let accounts = self.accounts.get(&dossier.row.organization_id.into());
        let kept = self.kept.get(&award).copied().unwrap_or_default();
        let kept = Money::of_minor(kept, dossier.currency);
        let arrived = sum(&|balance| ARRIVED.contains(&balance.account.kind))?;
        let cool_down = dossier.policy.parameters.account_cool_down_hours;
        Ok(Found {
            seal_intact: self.is_intact(dossier, tranche)?,
            unfounded_since: gate_of(dossier, tranche)?
                .and_then(|gate| self.unfounded.get(&gate).copied()),
            committed: sum(&|balance| {
                balance.account.kind == source && balance.account.budget_year == Some(year)
            })?,
            paid_or_payable: sum(&|balance| PAID_OR_PAYABLE.contains(&balance.account.kind))?,
            // What was kept for a debt is no earlier money: the body never had it.
            settled: arrived.excess_over(kept).map_err(Error::corrupt)?,
            settled_on: self.arrived_on.get(&award).copied(),
            consultation_reference: envelope.and_then(|row| row.consultation_reference.clone()),
            wind_down: self.wind_downs.get(&tranche.row.id.into()).copied(),
            closing: self.closing.get(&award).cloned().unwrap_or_default(),
            account: accounts.map_or(Standing::Missing, |accounts| {
                accounts.standing(now, cool_down)
            }),
        })
    }

    /// Whether the rows still say what the tranche's milestone was sealed with.
    fn is_intact(&self, dossier: &AwardDossier, tranche: &TrancheEntry) -> Result<bool, Error> {
        let Some(milestone) = tranche.row.milestone_id else {
            return Ok(true);
        };
        let state = &dossier.milestone(milestone.into())?.state;
        Ok(match (state.submission(), state.seal()) {
            (Some(submission), Some(seal)) => self
                .sealed
                .get(&submission.uuid())
                .is_some_and(|sealed| sealed.is_intact(seal)),
            _ => true,
        })
    }
}

/// What a release looks at beyond the dossier.
pub(crate) struct Found {
    /// Whether the rows still say what was sealed; true for what is not sealed.
    pub(crate) seal_intact: bool,
    /// The day since which its gate lacks its footing.
    pub(crate) unfounded_since: Option<NaiveDate>,
    /// What is committed, or retained, for the tranche's year.
    pub(crate) committed: Money,
    /// What is paid, in transit or payable already.
    pub(crate) paid_or_payable: Money,
    /// What has arrived at the body, less what came back or was ordered back.
    pub(crate) settled: Money,
    /// The day on which the last of it arrived.
    pub(crate) settled_on: Option<NaiveDate>,
    /// The reference of the consultation of the tranche's year.
    pub(crate) consultation_reference: Option<String>,
    /// The decision that it stands on, for costs of winding down.
    pub(crate) wind_down: Option<WindDown>,
    /// What is known of the award's closing.
    pub(crate) closing: ClosingFacts,
    /// How the account of the body stands.
    pub(crate) account: Standing,
}

/// What of an award's closing a release looks at.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClosingFacts {
    /// The budget years that are determined.
    determined: BTreeSet<FiscalYear>,
    /// The first due report that is not accepted, on record or only owed by law.
    report: Option<Report>,
    /// What accepted reports state that was spent, as far as it is eligible.
    spent: Option<Money>,
    /// Since when the body owes a return, under whichever award (Act 20).
    return_owed_since: Option<NaiveDate>,
}

/// What is known of the closing of the awards of `dossiers`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
async fn closing_facts(
    db: &impl ConnectionTrait,
    dossiers: &[&AwardDossier],
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, ClosingFacts>, Error> {
    let awards: Vec<Uuid> = dossiers.iter().map(|dossier| dossier.row.id).collect();
    let mut facts: BTreeMap<Uuid, ClosingFacts> = BTreeMap::new();
    let reports = reports_of(db, &awards).await?;
    let mut fixed = fixed_years(db, &awards).await?;
    for dossier in dossiers {
        let award = dossier.row.id;
        let on_record = reports.get(&award).map_or(&[][..], Vec::as_slice);
        let fixed = fixed.remove(&award).unwrap_or_default();
        let closing = facts.entry(award).or_default();
        closing.determined = fixed.keys().copied().collect();
        let owed = reporting(dossier, on_record, fixed).owed(today).into_iter();
        let owed = owed.map(|owed| Report::owed(owed.term));
        let open = on_record.iter().map(|entry| entry.report).chain(owed);
        closing.report = Report::first_open(open);
        closing.spent = spent_of(on_record)?;
    }
    for (award, since) in returns_owed(db, &awards).await? {
        facts.entry(award).or_default().return_owed_since = Some(since);
    }
    Ok(facts)
}

/// The budget years of `awards` that are determined.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn determined_years(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeSet<(Uuid, FiscalYear)>, Error> {
    let determined: Vec<(Uuid, i64)> = determination::Entity::find()
        .select_only()
        .columns([
            determination::Column::AwardId,
            determination::Column::BudgetYear,
        ])
        .distinct()
        .filter(determination::Column::AwardId.is_in(awards.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let year = |(award, year)| Ok((award, mapping::fiscal_year(year)?));
    determined.into_iter().map(year).collect()
}

/// The day on which money of each of `awards` arrived last.
async fn arrived_on(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, NaiveDate>, Error> {
    use ledger_transfer::Column::{Kind, ToOwner, ValueDate};
    let arrivals = [TransferKind::SettleEstimate, TransferKind::SettleFinal];
    let days: Vec<(Uuid, NaiveDate)> = ledger_transfer::Entity::find()
        .select_only()
        .column(ToOwner)
        .column_as(ValueDate.max(), "arrived_on")
        .filter(ToOwner.is_in(awards.iter().copied()))
        .filter(Kind.is_in(arrivals.map(Coded::code)))
        .group_by(ToOwner)
        .into_tuple()
        .all(db)
        .await?;
    Ok(days.into_iter().collect())
}

/// Since when the body of each of `awards` owes a return under any of its awards; nothing of a body
/// that owes none.
async fn returns_owed(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, NaiveDate>, Error> {
    let rows = award::Entity::find()
        .filter(award::Column::Id.is_in(awards.iter().copied()))
        .all(db)
        .await?;
    let bodies: BTreeSet<Uuid> = rows.iter().map(|row| row.organization_id).collect();
    let theirs = Query::select()
        .column(award::Column::Id)
        .from(award::Entity)
        .cond_where(award::Column::OrganizationId.is_in(bodies))
        .to_owned();
    let asked = Condition::all().add(return_order::Column::AwardId.in_subquery(theirs));
    let mut orders: BTreeMap<Uuid, Vec<ReturnOrder>> = BTreeMap::new();
    for entry in returns_where(db, asked).await? {
        orders
            .entry(entry.row.award_id)
            .or_default()
            .push(entry.order);
    }
    let indebted = award::Entity::find()
        .filter(award::Column::Id.is_in(orders.keys().copied()))
        .all(db)
        .await?;
    let mut since: BTreeMap<Uuid, NaiveDate> = BTreeMap::new();
    for row in indebted {
        let held = hold(orders.get(&row.id).into_iter().flatten()).map_err(Refusal::from)?;
        if let Some(day) = held.and_then(|blocker| blocker.since) {
            let first = since.entry(row.organization_id).or_insert(day);
            *first = day.min(*first);
        }
    }
    let owed = |row: &award::Model| Some((row.id, *since.get(&row.organization_id)?));
    Ok(rows.iter().filter_map(owed).collect())
}

impl Found {
    /// The facts on which the release of `tranche` is decided on `today`.
    pub(crate) fn facts(
        self,
        dossier: &AwardDossier,
        tranche: &TrancheEntry,
        today: NaiveDate,
    ) -> Result<ReleaseFacts, Error> {
        let gate = match tranche.row.milestone_id {
            Some(milestone) => {
                let entry = dossier.milestone(milestone.into())?;
                let position = dossier.position(milestone.into())?;
                Some(GateFact {
                    milestone: entry.state.clone(),
                    since: jst_date(entry.row.state_since),
                    seal_intact: self.seal_intact,
                    unfounded_since: self.unfounded_since,
                    earlier_unresolved_since: dossier.earlier_unresolved_since(position),
                })
            }
            None => None,
        };
        let payment = self.payment_facts(dossier, tranche);
        Ok(ReleaseFacts {
            today,
            pays_on: today,
            award: dossier.award,
            award_since: dossier.row.state_since.map(jst_date),
            kind: tranche.kind,
            state: tranche.state,
            state_since: jst_date(tranche.row.state_since),
            amount: tranche.amount,
            budget_year: tranche.budget_year,
            close_out: tranche
                .budget_year
                .close_out_date(dossier.policy.parameters.close_out),
            gate,
            wind_down: self.wind_down,
            committed: self.committed,
            decided: dossier.decided.amount,
            decided_since: dossier.decided_since,
            paid_or_payable: self.paid_or_payable,
            payment,
        })
    }

    fn payment_facts(&self, dossier: &AwardDossier, tranche: &TrancheEntry) -> PaymentFacts {
        let is_determined = self.closing.determined.contains(&tranche.settles);
        let nothing = || Money::zero(dossier.currency);
        PaymentFacts {
            basis: if is_determined {
                PaymentBasis::Settlement
            } else {
                PaymentBasis::Estimate
            },
            consultation_reference: self.consultation_reference.clone(),
            earlier: EarlierMoney {
                settled: self.settled,
                settled_on: self.settled_on,
                spent: self.closing.spent.unwrap_or_else(nothing),
                threshold: dossier.policy.parameters.usage_threshold_bp,
            },
            report: self.closing.report,
            account: self.account,
            return_owed_since: self.closing.return_owed_since,
        }
    }
}

/// The gate that the tranche's milestone passed, where it has passed one.
///
/// # Errors
/// [`Refusal::NotFound`](domain::Refusal::NotFound) when the milestone is not the award's.
pub(crate) fn gate_of(
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
) -> Result<Option<GateId>, Error> {
    let Some(milestone) = tranche.row.milestone_id else {
        return Ok(None);
    };
    match &dossier.milestone(milestone.into())?.state {
        MilestoneState::Passed { review, .. } => Ok(Some(review.gate)),
        _ => Ok(None),
    }
}
