//! What finance does: releases, and pays what it released.

use domain::Refusal;
use domain::id::{PaymentBatchId, ReleaseId, TrancheId};
use domain::payment::ReturnReason;
use store::Error;
use store::command::{
    ClearBounce, ReleaseForSetOff, ReleaseTranche, RestoreTranche, RevokeRelease, SetOff,
    TrancheReleased, WithholdTranche,
};

use super::super::accounts;
use super::super::story::Bundle;
use super::{Case, Command, Paid};

/// Days from a payment to the bank's answer: no holidays last longer.
const ANSWERED_AFTER: i64 = 8;

impl Case<'_> {
    pub(super) async fn release(&mut self, day: i64, paid: Paid) -> Result<(), Error> {
        let tranche = self.tranche(paid)?;
        self.release_by(day, tranche, &ReleaseTranche { tranche })
            .await
    }

    pub(super) async fn release_for_set_off(&mut self, day: i64, paid: Paid) -> Result<(), Error> {
        let tranche = self.tranche(paid)?;
        self.release_by(day, tranche, &ReleaseForSetOff { tranche })
            .await
    }

    async fn release_by<C: Command<Outcome = TrancheReleased>>(
        &mut self,
        day: i64,
        tranche: TrancheId,
        release: &C,
    ) -> Result<(), Error> {
        self.report_years(day).await?;
        let preparer = self.desk.setting.cast.finance_preparer;
        let released = self.desk.clerk.act(preparer, day, release).await?;
        self.releases.insert(tranche, released.release);
        Ok(())
    }

    pub(super) async fn set_off(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let set_off = SetOff {
            tranche: self.tranche(paid)?,
            reason: "期限を過ぎた返還金があるため（適正化法第20条） / a return is overdue (Act 20)"
                .to_owned(),
        };
        self.direct(day, &set_off).await
    }

    /// Pays in a batch of its own, and takes the bank's answer: that it arrived, or why it came back.
    pub(super) async fn pay(
        &mut self,
        day: i64,
        paid: Paid,
        returned: Option<ReturnReason>,
    ) -> Result<(), Error> {
        self.report_years(day).await?;
        let release = self.released(paid)?;
        let batch = self.desk.send(day, vec![release]).await?;
        self.batches.insert(self.tranche(paid)?, batch);
        self.desk
            .answer(day + ANSWERED_AFTER, batch, returned)
            .await?;
        if returned.is_none() {
            let total = self.desk.total(batch).await?;
            self.arrived = self.arrived.plus(total).map_err(Refusal::from)?;
            self.paid_years.extend(self.year_of_tranche(paid));
        }
        Ok(())
    }

    /// The bank, which had said that it arrived, says that it came back after all.
    pub(super) async fn send_back(
        &mut self,
        day: i64,
        paid: Paid,
        reason: ReturnReason,
    ) -> Result<(), Error> {
        let batch = self.batch(paid)?;
        self.desk.answer(day, batch, Some(reason)).await?;
        let total = self.desk.total(batch).await?;
        self.arrived = self.arrived.minus(total).map_err(Refusal::from)?;
        Ok(())
    }

    /// Neither who recorded the return nor who approves the next payment clears it.
    pub(super) async fn clear(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let reviewer = self.desk.setting.cast.finance_reviewer;
        for payment in self.desk.payments(self.batch(paid)?).await? {
            let clear = ClearBounce {
                payment_instruction: payment.id.into(),
                reason: "口座への入金が再び可能となった / the account takes deposits again"
                    .to_owned(),
            };
            self.desk.clerk.act(reviewer, day, &clear).await?;
        }
        Ok(())
    }

    fn batch(&self, paid: Paid) -> Result<PaymentBatchId, Error> {
        let batch = self.batches.get(&self.tranche(paid)?).copied();
        batch.ok_or_else(|| Error::not_found("PAYMENT_BATCH"))
    }

    pub(super) fn bundle(&mut self, paid: Paid, bundle: Bundle) -> Result<(), Error> {
        let release = self.released(paid)?;
        self.bundled.push((bundle, release));
        Ok(())
    }

    pub(super) async fn change_account(&self, day: i64) -> Result<(), Error> {
        let desk = self.desk;
        accounts::change(desk.clerk, &desk.setting.cast, self.story.applicant, day).await
    }

    pub(super) async fn propose_account(&self, day: i64) -> Result<(), Error> {
        let desk = self.desk;
        accounts::propose(desk.clerk, &desk.setting.cast, self.story.applicant, day).await
    }

    fn released(&self, paid: Paid) -> Result<ReleaseId, Error> {
        let release = self.releases.get(&self.tranche(paid)?).copied();
        release.ok_or_else(|| Error::not_found("RELEASE"))
    }

    pub(super) async fn revoke(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let revoke = RevokeRelease {
            tranche: self.tranche(paid)?,
            reason: "添付書類の差替えのため / because an attachment is exchanged".to_owned(),
        };
        self.prepare(day, &revoke).await
    }

    pub(super) async fn withhold(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let withhold = WithholdTranche {
            tranche: self.tranche(paid)?,
            reason: "実績の確認を要するため / until the expenditure is checked".to_owned(),
        };
        self.prepare(day, &withhold).await
    }

    pub(super) async fn restore(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let restore = RestoreTranche {
            tranche: self.tranche(paid)?,
            reason: "確認が済んだため / the check is done".to_owned(),
        };
        self.prepare(day, &restore).await
    }

    async fn prepare<C: Command>(&self, day: i64, command: &C) -> Result<(), Error> {
        let preparer = self.desk.setting.cast.finance_preparer;
        self.desk.clerk.act(preparer, day, command).await?;
        Ok(())
    }
}
