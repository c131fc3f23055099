//! The dossier of an award: its own life, its milestones and its tranches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Operation;
use domain::award::{Award, AwardStateCode, DecidedAmount, Plan, PlannedTranche};
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::ensure_year_paid_out;
use domain::id::{MilestoneId, TrancheId};
use domain::milestone::MilestoneState;
use domain::tranche::{TrancheKind, TrancheState, TrancheYears};
use domain::{Currency, Money, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{PinnedPolicy, pinned_policies};
use crate::entity::{award, decided_amount, milestone, milestone_version, tranche};
use crate::error::Error;
use crate::mapping;
use crate::persist::award as awards;
use crate::root::Locked;
use crate::work::Work;

/// A milestone with its state and its content in force.
#[derive(Debug, Clone)]
pub struct MilestoneEntry {
    /// Its row, as last stored.
    pub row: milestone::Model,
    /// Its content by the plan version in force for it.
    pub version: milestone_version::Model,
    /// Its state.
    pub state: MilestoneState,
}

/// A tranche with its state.
#[derive(Debug, Clone)]
pub struct TrancheEntry {
    /// Its row, as last stored.
    pub row: tranche::Model,
    /// Its kind.
    pub kind: TrancheKind,
    /// Its state.
    pub state: TrancheState,
    /// Its amount.
    pub amount: Money,
    /// The year whose budget pays it.
    pub budget_year: FiscalYear,
    /// The year whose determination it belongs to.
    pub settles: FiscalYear,
}

impl TrancheEntry {
    /// Its years.
    #[must_use]
    pub const fn years(&self) -> TrancheYears {
        TrancheYears {
            paid_out_of: self.budget_year,
            settles: self.settles,
        }
    }
}

/// An award with everything that a command on it decides about.
#[derive(Debug, Clone)]
pub struct AwardDossier {
    /// Its row.
    pub row: award::Model,
    /// Its own life, as it stands today.
    pub award: Award,
    /// The policy in force at the offer.
    pub policy: PinnedPolicy,
    /// Most rounds of a milestone.
    pub rounds_max: u16,
    /// Its currency.
    pub currency: Currency,
    /// The decided amount in force.
    pub decided: DecidedAmount,
    /// The day since which it is.
    pub decided_since: NaiveDate,
    /// Its milestones, in order.
    pub milestones: Vec<MilestoneEntry>,
    /// Its tranches, in order.
    pub tranches: Vec<TrancheEntry>,
}

impl AwardDossier {
    /// Opens the dossier of a locked award for a command. An offer whose term has passed has been
    /// active since; the first command that comes by stores it.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn open(
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
    ) -> Result<Self, Error> {
        let mut dossier = Self::load(work.tx(), award, work.today()).await?;
        dossier.bring_to_today(work, award).await?;
        Ok(dossier)
    }

    /// The dossier of an award that the running command has just made, before it has a plan.
    pub(crate) fn begin(
        award: &Locked<award::Model>,
        policy: PinnedPolicy,
        (decided, decided_since): (DecidedAmount, NaiveDate),
    ) -> Result<Self, Error> {
        Ok(Self {
            award: mapping::award(award, policy.parameters.withdrawal_days)?,
            policy,
            rounds_max: mapping::ordinal(award.rounds_max)?,
            currency: decided.amount.currency(),
            decided,
            decided_since,
            milestones: Vec::new(),
            tranches: Vec::new(),
            row: (**award).clone(),
        })
    }

    /// Stores what the passing of time made of the award.
    pub(crate) async fn bring_to_today(
        &mut self,
        work: &mut Work<'_>,
        award: &Locked<award::Model>,
    ) -> Result<(), Error> {
        let stored: AwardStateCode = mapping::code(&self.row.state)?;
        self.award = self.award.on(work.today());
        if stored != self.award.state.code() {
            let today = self.award;
            awards::store(work, award, self, today, None).await?;
        }
        Ok(())
    }

    /// Loads the award `row` as it stands on `today`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub async fn load(
        db: &impl ConnectionTrait,
        row: &award::Model,
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let mut dossiers = Self::load_many(db, std::slice::from_ref(row), today).await?;
        dossiers
            .pop()
            .ok_or_else(|| Error::corrupt(format_args!("award {} is missing", row.id)))
    }

    /// Loads many awards, in the order of their rows.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub(crate) async fn load_many(
        db: &impl ConnectionTrait,
        rows: &[award::Model],
        today: NaiveDate,
    ) -> Result<Vec<Self>, Error> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let policies = pinned_policies(db, rows.iter().map(|row| row.policy_version_id)).await?;
        let mut decided = decided_in_force(db, &ids, None).await?;
        let mut milestones = milestones_of(db, &ids).await?;
        let mut tranches = tranches_of(db, &ids).await?;
        rows.iter()
            .map(|row| {
                let missing =
                    |what: &str| Error::corrupt(format_args!("award {} has no {what}", row.id));
                let policy = policies
                    .get(&row.policy_version_id)
                    .ok_or_else(|| missing("policy"))?
                    .clone();
                let (decided, decided_since) = decided
                    .remove(&row.id)
                    .ok_or_else(|| missing("decided amount"))?;
                Ok(Self {
                    award: mapping::award(row, policy.parameters.withdrawal_days)?.on(today),
                    policy,
                    rounds_max: mapping::ordinal(row.rounds_max)?,
                    currency: decided.amount.currency(),
                    decided,
                    decided_since,
                    milestones: milestones.remove(&row.id).unwrap_or_default(),
                    tranches: tranches.remove(&row.id).unwrap_or_default(),
                    row: row.clone(),
                })
            })
            .collect()
    }

    /// Whether the award's state lets `operation` happen to what belongs to it.
    ///
    /// # Errors
    /// The award's refusal.
    pub fn ensure_allows(&self, operation: Operation) -> Result<(), Error> {
        Ok(self.award.ensure_allows(operation)?)
    }

    /// Where in the plan a milestone stands.
    ///
    /// # Errors
    /// [`Refusal::NotFound`](domain::Refusal::NotFound) when it is not the award's.
    pub fn position(&self, milestone: MilestoneId) -> Result<usize, Error> {
        self.milestones
            .iter()
            .position(|entry| entry.row.id == milestone.uuid())
            .ok_or_else(|| Error::not_found("MILESTONE"))
    }

    /// A milestone of the award.
    ///
    /// # Errors
    /// [`Refusal::NotFound`](domain::Refusal::NotFound) when it is not the award's.
    pub fn milestone(&self, milestone: MilestoneId) -> Result<&MilestoneEntry, Error> {
        self.milestones
            .iter()
            .find(|entry| entry.row.id == milestone.uuid())
            .ok_or_else(|| Error::not_found("MILESTONE"))
    }

    /// A tranche of the award.
    ///
    /// # Errors
    /// [`Refusal::NotFound`](domain::Refusal::NotFound) when it is not the award's.
    pub fn tranche(&self, tranche: TrancheId) -> Result<&TrancheEntry, Error> {
        self.tranches
            .iter()
            .find(|entry| entry.row.id == tranche.uuid())
            .ok_or_else(|| Error::not_found("TRANCHE"))
    }

    /// The tranche that hangs on a milestone.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there is none.
    pub fn tranche_of(&self, milestone: MilestoneId) -> Result<&TrancheEntry, Error> {
        self.tranches
            .iter()
            .find(|entry| entry.row.milestone_id == Some(milestone.uuid()))
            .ok_or_else(|| Error::corrupt(format_args!("milestone {milestone} has no tranche")))
    }

    /// The day on which the work was over, once it was.
    #[must_use]
    pub fn work_over_on(&self) -> Option<NaiveDate> {
        let milestones = self.milestones.iter();
        self.award.work_over_on(
            self.row.state_since.map(jst_date),
            milestones.map(|entry| (entry.state.code(), jst_date(entry.row.state_since))),
        )
    }

    /// Requires that `year` can be determined as far as its tranches go.
    ///
    /// # Errors
    /// [`Refusal::YearNotPaidOut`].
    pub(crate) fn ensure_paid_out(&self, year: FiscalYear) -> Result<(), Refusal> {
        let of_year = self.tranches.iter().filter(|entry| entry.settles == year);
        ensure_year_paid_out(&self.award, of_year.map(|entry| (entry.kind, entry.state)))
    }

    /// Whether every milestone before the one at `position` is resolved.
    #[must_use]
    pub fn earlier_resolved(&self, position: usize) -> bool {
        self.earlier_unresolved(position).next().is_none()
    }

    /// The day since which a milestone before the one at `position` is not resolved, where one is not.
    pub(crate) fn earlier_unresolved_since(&self, position: usize) -> Option<NaiveDate> {
        let unresolved = self.earlier_unresolved(position);
        let since = unresolved.map(|entry| entry.row.state_since).min();
        since.map(jst_date)
    }

    fn earlier_unresolved(&self, position: usize) -> impl Iterator<Item = &MilestoneEntry> {
        let earlier = self.milestones.iter().take(position);
        earlier.filter(|entry| !entry.state.is_resolved())
    }

    /// The plan in force: what the rows of its milestones and tranches say. Milestones and tranches
    /// that were dropped are not part of it.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row contradicts itself.
    pub fn plan(&self) -> Result<Plan, Error> {
        let planned = |kind| {
            self.tranches
                .iter()
                .find(|entry| entry.kind == kind && entry.state != TrancheState::Lapsed)
                .map(|entry| PlannedTranche {
                    amount: entry.amount,
                    budget_year: entry.budget_year,
                })
        };
        let milestones = self
            .milestones
            .iter()
            .filter(|entry| entry.state != MilestoneState::Cancelled)
            .map(|entry| {
                let tranche = self.tranche_of(entry.row.id.into())?;
                mapping::planned_milestone(&entry.row, &entry.version, &tranche.row)
            })
            .collect::<Result<_, Error>>()?;
        Ok(Plan {
            advance: planned(TrancheKind::Advance),
            milestones,
            retention: planned(TrancheKind::Retention),
        })
    }
}

/// The last decided amount of each award, and the day since which it is in force.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn decided_in_force(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: Option<DateTime<Utc>>,
) -> Result<BTreeMap<Uuid, (DecidedAmount, NaiveDate)>, Error> {
    let until = as_of.map(|as_of| decided_amount::Column::RecordedAt.lte(as_of));
    // Ordinals ascend: the last of each award stays.
    let rows = decided_amount::Entity::find()
        .filter(decided_amount::Column::AwardId.is_in(awards.iter().copied()))
        .filter(Condition::all().add_option(until))
        .order_by_asc(decided_amount::Column::Ordinal)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let decided = DecidedAmount {
                ordinal: mapping::version(row.ordinal)?,
                amount: mapping::money(row.amount_minor, &row.currency)?,
            };
            Ok((row.award_id, (decided, jst_date(row.occurred_at))))
        })
        .collect()
}

async fn milestones_of(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<MilestoneEntry>>, Error> {
    let rows = milestone::Entity::find()
        .filter(milestone::Column::AwardId.is_in(awards.iter().copied()))
        .order_by_asc(milestone::Column::Ordinal)
        .all(db)
        .await?;
    let plans: BTreeSet<Uuid> = rows.iter().map(|row| row.plan_version_id).collect();
    let mut versions: BTreeMap<_, _> = milestone_version::Entity::find()
        .filter(milestone_version::Column::PlanVersionId.is_in(plans))
        .all(db)
        .await?
        .into_iter()
        .map(|version| ((version.milestone_id, version.plan_version_id), version))
        .collect();
    let mut milestones: BTreeMap<Uuid, Vec<MilestoneEntry>> = BTreeMap::new();
    for row in rows {
        let entry = MilestoneEntry {
            state: mapping::milestone_state(&row)?,
            version: versions
                .remove(&(row.id, row.plan_version_id))
                .ok_or_else(|| {
                    Error::corrupt(format_args!("milestone {} has no version", row.id))
                })?,
            row,
        };
        milestones
            .entry(entry.row.award_id)
            .or_default()
            .push(entry);
    }
    Ok(milestones)
}

async fn tranches_of(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<TrancheEntry>>, Error> {
    let rows = tranche::Entity::find()
        .filter(tranche::Column::AwardId.is_in(awards.iter().copied()))
        .order_by_asc(tranche::Column::Ordinal)
        .all(db)
        .await?;
    let mut tranches: BTreeMap<Uuid, Vec<TrancheEntry>> = BTreeMap::new();
    for row in rows {
        tranches
            .entry(row.award_id)
            .or_default()
            .push(TrancheEntry::try_from(row)?);
    }
    Ok(tranches)
}

impl TryFrom<tranche::Model> for TrancheEntry {
    type Error = Error;

    fn try_from(row: tranche::Model) -> Result<Self, Error> {
        Ok(Self {
            kind: mapping::code(&row.kind)?,
            state: mapping::tranche_state(&row)?,
            amount: mapping::money(row.amount_minor, &row.currency)?,
            budget_year: mapping::fiscal_year(row.budget_year)?,
            settles: mapping::fiscal_year(row.settles_year.unwrap_or(row.budget_year))?,
            row,
        })
    }
}
