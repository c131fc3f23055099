//! What the finance preparer does.

use store::Error;
use store::command::{ReleaseTranche, RestoreTranche, RevokeRelease, WithholdTranche};

use super::{Case, Command, Paid};

impl Case<'_> {
    pub(super) async fn release(&self, day: i64, paid: Paid) -> Result<(), Error> {
        let tranche = self.tranche(paid)?;
        self.prepare(day, &ReleaseTranche { tranche }).await
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
