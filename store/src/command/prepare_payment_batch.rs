//! Puts released tranches together as a batch of payments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::{Operation, Scope};
use domain::bank::ensure_value_date;
use domain::calendar::FiscalYear;
use domain::id::{PaymentBatchId, PaymentInstructionId, ProgrammeId, ReleaseId, ThemeId};
use domain::payment::{
    BatchContent, BatchState, BlockedRows, Clearing, Duty, FixedBatch, InstructionState,
    PaymentRow, ensure_may_take,
};
use domain::{Coded, InputRule, Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::{
    AwardDossier, MovedAwards, Payables, PayeeAccounts, duties_of, ensure_accounts_intact, kept_of,
    left_of, originator_in_force, theme_of, with_awards,
};
use crate::entity::{
    award, payee_account, payment_batch, payment_instruction, programme, tranche_release,
};
use crate::error::Error;
use crate::input::invalid;
use crate::mapping;
use crate::persist::tranche as tranches;
use crate::root::{Locked, Place, RootKind};
use crate::work::Work;
use crate::wrapper::Command;

/// Rows that are written by one statement; a row has twenty parameters of the 32,766 that SQLite takes.
const ROWS_A_STATEMENT: usize = 500;

/// Prepares a batch: one row a release, each bound to the account in force.
#[derive(Debug, Clone, Serialize)]
pub struct PreparePaymentBatch {
    /// The programme.
    pub programme: ProgrammeId,
    /// What is to be paid, in this order.
    pub releases: Vec<ReleaseId>,
    /// The day on which the bank is to pay.
    pub value_date: NaiveDate,
}

/// A batch was prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchPrepared {
    /// The batch.
    pub payment_batch: PaymentBatchId,
    /// Its number.
    pub number: String,
    /// What its rows pay together.
    pub total: Money,
}

impl Command for PreparePaymentBatch {
    const OPERATION: Operation = Operation::PreparePaymentBatch;
    type Root = programme::Model;
    type Outcome = PaymentBatchPrepared;

    /// A release that is not there is told only to whoever may prepare: for everybody else, and for
    /// finance of one theme, it is as if it were another theme's.
    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let releases = self.found(tx).await?;
        let awards = award::Entity::find()
            .filter(award::Column::Id.is_in(releases.values().map(|row| row.award_id)))
            .all(tx)
            .await?;
        let are_all_there = self.releases.iter().all(|id| releases.contains_key(id));
        let scope = Scope {
            theme: theme_of(awards.iter()).filter(|_| are_all_there),
            ..Scope::programme(self.programme)
        };
        let place = Place::at("PROGRAMME", self.programme, scope);
        Ok(with_awards(place, &awards))
    }

    async fn run(
        &self,
        programme: Locked<programme::Model>,
        work: &mut Work<'_>,
    ) -> Result<PaymentBatchPrepared, Error> {
        ensure_value_date(self.value_date, work.today())?;
        originator_in_force(work.tx(), programme.id).await?;
        let releases = self.releases(work.tx()).await?;
        let duties = duties_of(work.tx(), releases.iter().map(|row| row.id)).await?;
        let person = work.natural_person()?;
        ensure_may_take(Duty::Preparer, person, &duties)?;
        let named = releases.iter().map(|row| row.award_id).collect();
        let mut awards = MovedAwards::open(work, named).await?;
        let (ordinal, number) = next_number(work, &programme).await?;
        let payables = Payables::load(work, &awards, self.value_date).await?;
        let returned = returned(work.tx(), &releases).await?;
        let kept = kept_of(work.tx(), releases.iter().map(|row| row.id)).await?;
        ensure_payable(&releases, &mut awards, &payables)?;
        let mut payments = Vec::with_capacity(releases.len());
        for (place, release) in (1_usize..).zip(&releases) {
            let (_, dossier) = awards.of(release.award_id)?;
            let account = payables.account_to_pay(dossier, release.tranche_id.into())?;
            if let Some(returned) = returned.get(&release.tranche_id) {
                let accounts = payables.accounts(dossier);
                ensure_cleared(accounts, returned, account)?;
            }
            let reference = format!("{number}-{place:04}");
            let amount = left_of(release, &kept)?;
            payments.push(payment((release, amount), account, reference)?);
        }
        let content = BatchContent {
            number: &number,
            value_date: self.value_date,
            rows: &payments,
        };
        let fixed = content.fix()?;
        let accounts = payments.iter().map(|row| row.payee_account.uuid());
        ensure_accounts_intact(work.tx(), accounts).await?;
        let theme = awards.theme();
        let id = self
            .insert(work, &programme, theme, (ordinal, &number), &fixed)
            .await?;
        insert_rows(work, &programme, id, &payments).await?;
        for payment in &payments {
            let (award, dossier) = awards.of(payment.award.uuid())?;
            let after = InstructionState::Instructed.tranche();
            tranches::store_state(work, award, dossier, payment.tranche, after, None).await?;
        }
        work.chain_to(RootKind::Batch, id);
        Ok(PaymentBatchPrepared {
            payment_batch: id,
            number,
            total: fixed.total,
        })
    }
}

impl PreparePaymentBatch {
    /// The releases that are there.
    async fn found(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<BTreeMap<ReleaseId, tranche_release::Model>, Error> {
        let rows = tranche_release::Entity::find()
            .filter(tranche_release::Column::Id.is_in(self.releases.iter().map(|id| id.uuid())))
            .filter(tranche_release::Column::ProgrammeId.eq(self.programme.uuid()))
            .all(db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.id.into(), row)).collect())
    }

    /// The releases, in the order in which they were named.
    async fn releases(
        &self,
        db: &impl ConnectionTrait,
    ) -> Result<Vec<tranche_release::Model>, Error> {
        let mut found = self.found(db).await?;
        let mut named = BTreeSet::new();
        if !self.releases.iter().all(|id| named.insert(id)) {
            return Err(invalid("releases", InputRule::Duplicate).into());
        }
        let next = |id: &ReleaseId| found.remove(id).ok_or_else(|| Error::not_found("RELEASE"));
        self.releases.iter().map(next).collect()
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        programme: &Locked<programme::Model>,
        theme: Option<ThemeId>,
        (ordinal, number): (i64, &str),
        fixed: &FixedBatch,
    ) -> Result<PaymentBatchId, Error> {
        let id: PaymentBatchId = work.ids.next();
        payment_batch::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            theme_id: Set(theme.map(ThemeId::uuid)),
            fiscal_year: Set(i64::from(FiscalYear::of(work.today()).get())),
            ordinal: Set(ordinal),
            number: Set(number.to_owned()),
            state: Set(BatchState::Prepared.code().to_owned()),
            value_date: Set(self.value_date),
            rows_count: Set(i64::try_from(fixed.count).map_err(Error::corrupt)?),
            total_minor: Set(fixed.total.minor()),
            currency: Set(fixed.total.currency().code().to_owned()),
            digest: Set(fixed.digest.to_string()),
            prepared_by: Set(work.natural_person()?.uuid()),
            occurred_at: Set(work.occurred_at()),
            state_since: Set(work.occurred_at()),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
            ..Default::default()
        }
        .insert(work.tx())
        .await?;
        let facts = serde_json::json!({ "id": id, "number": number, "digest": fixed.digest });
        work.record("BATCH_PREPARED", facts);
        Ok(id)
    }
}

/// The place of the next batch in its programme and year, and its number, such as
/// `HTC-PB-R07-0001`. The programme is locked: nobody else counts at the same time.
async fn next_number(
    work: &Work<'_>,
    programme: &Locked<programme::Model>,
) -> Result<(i64, String), Error> {
    let year = FiscalYear::of(work.today());
    let last = payment_batch::Entity::find()
        .filter(payment_batch::Column::ProgrammeId.eq(programme.id))
        .filter(payment_batch::Column::FiscalYear.eq(i64::from(year.get())))
        .order_by_desc(payment_batch::Column::Ordinal)
        .one(work.tx())
        .await?;
    let ordinal = last.map_or(1, |row| row.ordinal + 1);
    let number = format!("{}-PB-{}-{ordinal:04}", programme.code, year.era_code());
    Ok((ordinal, number))
}

/// Refuses a batch of which a release is taken back, in a batch already, or may not be paid.
fn ensure_payable(
    releases: &[tranche_release::Model],
    awards: &mut MovedAwards,
    payables: &Payables,
) -> Result<(), Error> {
    let mut blocked = BlockedRows::default();
    for (place, release) in (1..).zip(releases) {
        let (_, dossier) = awards.of(release.award_id)?;
        ensure_instructable(dossier, release)?;
        let row = payables.blocked(dossier, release.tranche_id.into(), place)?;
        blocked.0.extend(row);
    }
    Ok(blocked.ensure_none()?)
}

/// Refuses a release that was taken back, or whose tranche is in a batch.
fn ensure_instructable(
    dossier: &AwardDossier,
    release: &tranche_release::Model,
) -> Result<(), Error> {
    if release.revoked_at.is_some() {
        return Err(Refusal::TrancheNotReleased {}.into());
    }
    let entry = dossier.tranche(release.tranche_id.into())?;
    entry.state.instruct()?;
    Ok(())
}

/// The payment of what `release` still pays.
fn payment(
    (release, amount): (&tranche_release::Model, Money),
    account: &payee_account::Model,
    reference: String,
) -> Result<PaymentRow, Error> {
    Ok(PaymentRow {
        award: release.award_id.into(),
        tranche: release.tranche_id.into(),
        release: release.id.into(),
        payee_account: account.id.into(),
        account: mapping::account_details(account)?,
        amount,
        reference,
    })
}

/// The payment of each tranche of `releases` that the bank returned last, also where the tranche was
/// released anew since.
async fn returned(
    db: &impl ConnectionTrait,
    releases: &[tranche_release::Model],
) -> Result<BTreeMap<Uuid, payment_instruction::Model>, Error> {
    use payment_instruction::Column::{State, StateSince, TrancheId};
    // In the order of time: the last of each tranche stays.
    let rows = payment_instruction::Entity::find()
        .filter(TrancheId.is_in(releases.iter().map(|row| row.tranche_id)))
        .filter(State.eq(InstructionState::Bounced.code()))
        .order_by_asc(StateSince)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.tranche_id, row)).collect())
}

/// Refuses what the bank returned already, until its cause is cleared.
fn ensure_cleared(
    accounts: Option<&PayeeAccounts>,
    returned: &payment_instruction::Model,
    account: &payee_account::Model,
) -> Result<(), Error> {
    let accounts =
        accounts.ok_or_else(|| Error::corrupt(format_args!("{} was paid", returned.reference)))?;
    let clearing = Clearing {
        bounced_version: accounts.version_of(returned.payee_account_id)?,
        version_in_force: mapping::version(account.version)?,
        reason: returned.clear_reason.as_deref().unwrap_or_default(),
    };
    Ok(clearing.ensure_cleared()?)
}

async fn insert_rows(
    work: &mut Work<'_>,
    programme: &Locked<programme::Model>,
    batch: PaymentBatchId,
    payments: &[PaymentRow],
) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(payments.len());
    for (place, payment) in (1_i64..).zip(payments) {
        let id: PaymentInstructionId = work.ids.next();
        rows.push(payment_instruction::ActiveModel {
            id: Set(id.uuid()),
            programme_id: Set(programme.id),
            batch_id: Set(batch.uuid()),
            award_id: Set(payment.award.uuid()),
            tranche_id: Set(payment.tranche.uuid()),
            release_id: Set(payment.release.uuid()),
            payee_account_id: Set(payment.payee_account.uuid()),
            ordinal: Set(place),
            amount_minor: Set(payment.amount.minor()),
            currency: Set(payment.amount.currency().code().to_owned()),
            row_hash: Set(payment.hash().to_string()),
            reference: Set(payment.reference.clone()),
            state: Set(InstructionState::Instructed.code().to_owned()),
            state_since: Set(work.occurred_at()),
            cleared_by: Set(None),
            cleared_at: Set(None),
            clear_reason: Set(None),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        });
    }
    for some in rows.chunks(ROWS_A_STATEMENT) {
        payment_instruction::Entity::insert_many(some.iter().cloned())
            .exec_without_returning(work.tx())
            .await?;
    }
    Ok(())
}
