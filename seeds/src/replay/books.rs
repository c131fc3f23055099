//! What the commands left behind, read from the rows and the ledger and held against what the
//! summary told.

use std::collections::BTreeMap;

use domain::id::ProgrammeId;
use domain::ledger::TransferKind;
use domain::milestone::{MilestoneStateCode, Outcome};
use domain::{Coded, Money, MoneyError};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use store::entity::{gate_decision, ledger_transfer, milestone, submission, tranche_release};
use store::{Error, Store};

use super::{ReplayError, ReplayOptions};

/// Figures that are told by the run and read from the books, to be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// Sealed submissions.
    pub submissions: u64,
    /// Decisions, by outcome.
    pub decisions: BTreeMap<Outcome, u64>,
    /// Milestones that are passed.
    pub passed: u64,
    /// Live releases.
    pub releases: u64,
    /// What was released.
    pub released: Money,
}

/// A figure on which the run and the books disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which figure.
    pub figure: String,
    /// What the run told.
    pub told: String,
    /// What the books hold.
    pub found: String,
}

impl Books {
    /// Nothing yet.
    pub(super) fn empty(options: &ReplayOptions) -> Self {
        Self {
            submissions: 0,
            decisions: BTreeMap::new(),
            passed: 0,
            releases: 0,
            released: Money::zero(options.nominal_amount.currency()),
        }
    }

    /// One more decision. Every GO passes its milestone.
    pub(super) fn decided(&mut self, outcome: Outcome) {
        *self.decisions.entry(outcome).or_insert(0) += 1;
        self.passed += u64::from(outcome == Outcome::Go);
    }

    /// One more release.
    pub(super) fn released(&mut self, amount: Money) -> Result<(), domain::Refusal> {
        self.released = self.released.plus(amount)?;
        self.releases += 1;
        Ok(())
    }

    /// The figures by name, every outcome among them.
    pub(super) fn figures(&self) -> Vec<(String, String)> {
        let decisions = Outcome::ALL.iter().map(|outcome| {
            let count = self.decisions.get(outcome).copied().unwrap_or(0);
            (format!("decisions {}", outcome.code()), count.to_string())
        });
        let mut figures = vec![("submissions".to_owned(), self.submissions.to_string())];
        figures.extend(decisions);
        figures.extend([
            ("milestones passed".to_owned(), self.passed.to_string()),
            ("releases".to_owned(), self.releases.to_string()),
            ("released".to_owned(), self.released.formatted_en()),
        ]);
        figures
    }

    /// Where `self`, as told, differs from what was `found`.
    pub(super) fn differences(&self, found: &Self) -> Vec<Difference> {
        self.figures()
            .into_iter()
            .zip(found.figures())
            .filter(|(told, found)| told != found)
            .map(|((figure, told), (_, found))| Difference {
                figure,
                told,
                found,
            })
            .collect()
    }
}

/// Reads the books of `programme`.
///
/// # Errors
/// When the database does not answer or holds what makes no sense.
pub(super) async fn read(
    store: &Store,
    programme: ProgrammeId,
    options: &ReplayOptions,
) -> Result<Books, ReplayError> {
    let programme = programme.uuid();
    let db = store.reads();
    let submissions = submission::Entity::find()
        .filter(submission::Column::ProgrammeId.eq(programme))
        .filter(submission::Column::SubmittedAt.is_not_null())
        .count(db)
        .await
        .map_err(Error::from)?;
    let passed = milestone::Entity::find()
        .filter(milestone::Column::ProgrammeId.eq(programme))
        .filter(milestone::Column::State.eq(MilestoneStateCode::Passed.code()))
        .count(db)
        .await
        .map_err(Error::from)?;
    let releases = tranche_release::Entity::find()
        .filter(tranche_release::Column::ProgrammeId.eq(programme))
        .filter(tranche_release::Column::RevokedAt.is_null())
        .count(db)
        .await
        .map_err(Error::from)?;
    let outcomes: Vec<String> = gate_decision::Entity::find()
        .select_only()
        .column(gate_decision::Column::Outcome)
        .filter(gate_decision::Column::ProgrammeId.eq(programme))
        .into_tuple()
        .all(db)
        .await
        .map_err(Error::from)?;
    let mut decisions = BTreeMap::new();
    for code in outcomes {
        let outcome = Outcome::from_code(&code).ok_or_else(|| Error::corrupt(code))?;
        *decisions.entry(outcome).or_insert(0) += 1;
    }
    Ok(Books {
        submissions,
        decisions,
        passed,
        releases,
        released: released(store, programme, options).await?,
    })
}

/// What the ledger moved from committed to payable, less what it moved back.
async fn released(
    store: &Store,
    programme: sea_orm::prelude::Uuid,
    options: &ReplayOptions,
) -> Result<Money, ReplayError> {
    let transfers: Vec<(i64, Option<sea_orm::prelude::Uuid>)> = ledger_transfer::Entity::find()
        .select_only()
        .column(ledger_transfer::Column::AmountMinor)
        .column(ledger_transfer::Column::ReversesId)
        .filter(ledger_transfer::Column::ProgrammeId.eq(programme))
        .filter(ledger_transfer::Column::Kind.eq(TransferKind::Release.code()))
        .into_tuple()
        .all(store.reads())
        .await
        .map_err(Error::from)?;
    let currency = options.nominal_amount.currency();
    let zero = Money::zero(currency);
    let sum = transfers.into_iter().try_fold(zero, |sum, (minor, back)| {
        let amount = Money::of_minor(minor, currency);
        if back.is_some() {
            sum.minus(amount)
        } else {
            sum.plus(amount)
        }
    });
    Ok(sum.map_err(|error: MoneyError| error)?)
}
