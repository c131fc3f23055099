//! What the bank answers: nearly everything arrives, and some of it comes back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use domain::payment::{InstructionState, ReturnReason};
use domain::{Coded, Currency, Money};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{BankLine, ClearBounce, ImportSettlement};
use store::entity::{award, payment_batch, payment_instruction, tranche};

use super::super::setting::{REASON, is_of_each_ten, place};
use super::{Due, Teller};

/// Of each ten awards the one whose payment for its first milestone comes back on its way.
const BOUNCED: u64 = 3;

/// Of each ten awards the one whose payment for its first milestone comes back after it had arrived.
const SENT_BACK: u64 = 6;

/// The place in an award of the tranche that comes back: it is the first milestone's.
const TRANCHE: i64 = 2;

impl Teller<'_> {
    /// The bank says of every payment of which it said nothing yet what became of it, in one file; and a
    /// day later of some that had arrived that they came back after all.
    pub(super) async fn take_answers(
        &self,
        day: NaiveDate,
        batch: &payment_batch::Model,
    ) -> Result<(), Error> {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let sent = self.payments_in(batch, InstructionState::Sent).await?;
        let comes_back = self.coming_back(&sent, BOUNCED).await?;
        for row in sent {
            let comes_back = comes_back.contains(&row.id);
            first.push(line(batch, row, comes_back));
        }
        self.import(day, format!("{}.csv", batch.number), first)
            .await?;
        let settled = self.payments_in(batch, InstructionState::Settled).await?;
        let comes_back = self.coming_back(&settled, SENT_BACK).await?;
        for row in settled {
            if comes_back.contains(&row.id) {
                second.push(line(batch, row, true));
            }
        }
        let next = day + TimeDelta::days(1);
        self.import(next, format!("{}-2.csv", batch.number), second)
            .await
    }

    /// What came back may be paid again: whose cause was not cleared is cleared, by who neither recorded
    /// the return nor approves. Says what came back, and since when it may be paid.
    pub(super) async fn clear(
        &self,
        day: NaiveDate,
        batch: &payment_batch::Model,
    ) -> Result<Vec<(NaiveDate, Due)>, Error> {
        let mut cleared = Vec::new();
        for row in self.payments_in(batch, InstructionState::Bounced).await? {
            if row.cleared_at.is_none() {
                let clear = ClearBounce {
                    payment_instruction: row.id.into(),
                    reason: REASON.to_owned(),
                };
                self.once(self.cast.finance_reviewer, day, &clear).await?;
            }
            let due = Due {
                release: row.release_id.into(),
                award: row.award_id,
            };
            cleared.push((day, due));
        }
        Ok(cleared)
    }

    async fn payments_in(
        &self,
        batch: &payment_batch::Model,
        state: InstructionState,
    ) -> Result<Vec<payment_instruction::Model>, Error> {
        Ok(payment_instruction::Entity::find()
            .filter(payment_instruction::Column::BatchId.eq(batch.id))
            .filter(payment_instruction::Column::State.eq(state.code()))
            .order_by_asc(payment_instruction::Column::Ordinal)
            .all(self.office.store.reads())
            .await?)
    }

    /// Which of `payments` come back: of some awards one tranche, the first time that it is paid.
    async fn coming_back(
        &self,
        payments: &[payment_instruction::Model],
        of_each_ten: u64,
    ) -> Result<BTreeSet<Uuid>, Error> {
        let db = self.office.store.reads();
        let awards: BTreeMap<Uuid, String> = award::Entity::find()
            .filter(award::Column::Id.is_in(payments.iter().map(|row| row.award_id)))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, row.number))
            .collect();
        let mut coming = BTreeSet::new();
        for row in payments {
            let number = awards.get(&row.award_id);
            let number = number.ok_or_else(|| Error::not_found("AWARD"))?;
            if is_of_each_ten(place(number)?, of_each_ten) && self.may_come_back(row).await? {
                coming.insert(row.id);
            }
        }
        Ok(coming)
    }

    /// Whether a payment is for the tranche that comes back, and the first one for it.
    async fn may_come_back(&self, row: &payment_instruction::Model) -> Result<bool, Error> {
        let db = self.office.store.reads();
        let paid = tranche::Entity::find_by_id(row.tranche_id).one(db).await?;
        if paid.is_none_or(|paid| paid.ordinal != TRANCHE) {
            return Ok(false);
        }
        let times = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::ReleaseId.eq(row.release_id))
            .count(db)
            .await?;
        Ok(times == 1)
    }

    /// Takes a file of the bank in, unless it has no line.
    async fn import(
        &self,
        day: NaiveDate,
        name: String,
        lines: Vec<BankLine>,
    ) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let import = ImportSettlement {
            programme: self.office.programme,
            name,
            part: None,
            lines,
        };
        self.once(self.cast.finance_preparer, day, &import).await?;
        Ok(())
    }
}

fn line(
    batch: &payment_batch::Model,
    row: payment_instruction::Model,
    comes_back: bool,
) -> BankLine {
    BankLine {
        reference: row.reference,
        value_date: batch.value_date,
        amount: Money::of_minor(row.amount_minor, Currency::JPY),
        returned: comes_back.then_some(ReturnReason::DepositsStopped),
        return_text: None,
    }
}
