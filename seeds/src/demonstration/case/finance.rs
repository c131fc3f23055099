//! What finance does: releases, and pays what it released.

use domain::Refusal;
use domain::id::ReleaseId;
use domain::payment::ReturnReason;
use store::Error;
use store::command::{ReleaseTranche, RestoreTranche, RevokeRelease, WithholdTranche};

use super::super::accounts;
use super::super::story::Bundle;
use super::{Case, Command, Paid};

/// Days from a payment to the bank's answer: no holidays last longer.
const ANSWERED_AFTER: i64 = 8;

impl Case<'_> {
    pub(super) async fn release(&mut self, day: i64, paid: Paid) -> Result<(), Error> {
        self.report_years(day).await?;
        let tranche = self.tranche(paid)?;
        let preparer = self.desk.setting.cast.finance_preparer;
        let release = ReleaseTranche { tranche };
        let released = self.desk.clerk.act(preparer, day, &release).await?;
        self.releases.insert(tranche, released.release);
        Ok(())
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
