//! What finance released and takes back before it is paid, and releases anew.

use chrono::TimeDelta;
use domain::Coded;
use domain::award::AwardStateCode;
use domain::calendar::jst_date;
use domain::id::TrancheId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{ReleaseTranche, RevokeRelease};
use store::entity::{award, payment_instruction, tranche, tranche_release};

use super::super::setting::{NUMBERS_BEGIN, REASON, is_of_each_ten, place};
use super::Teller;

/// Of each ten awards the one whose advance is released twice.
const REVOKED: u64 = 9;

impl Teller<'_> {
    /// Revokes the advance of some awards the day after it was released, and releases it again.
    ///
    /// Under keys: a run that broke off between the two goes on with the second.
    pub(in super::super) async fn revoke_some(&self) -> Result<(), Error> {
        let awards = award::Entity::find()
            .filter(award::Column::ProgrammeId.eq(self.office.programme.uuid()))
            .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
            .filter(award::Column::State.eq(AwardStateCode::Active.code()))
            .order_by_asc(award::Column::Number)
            .all(self.office.store.reads())
            .await?;
        for row in awards {
            if is_of_each_ten(place(&row.number)?, REVOKED) {
                self.revoke(&row).await?;
            }
        }
        Ok(())
    }

    async fn revoke(&self, row: &award::Model) -> Result<(), Error> {
        let db = self.office.store.reads();
        let advance = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(row.id))
            .filter(tranche::Column::Ordinal.eq(1))
            .one(db)
            .await?;
        let advance = advance.ok_or_else(|| Error::not_found("TRANCHE"))?;
        let releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::TrancheId.eq(advance.id))
            .all(db)
            .await?;
        // Two: it was done before.
        let [release] = &releases[..] else {
            return Ok(());
        };
        let instructed = payment_instruction::Entity::find()
            .filter(payment_instruction::Column::ReleaseId.eq(release.id))
            .one(db)
            .await?;
        let day = jst_date(release.occurred_at) + TimeDelta::days(1);
        if instructed.is_some() || day >= self.first_day {
            return Ok(());
        }
        let tranche = TrancheId::new(advance.id);
        let preparer = self.cast.finance_preparer;
        let named = |what: &str| format!("{}-{what}", row.number);
        let revoke = RevokeRelease {
            tranche,
            reason: REASON.to_owned(),
        };
        self.act(preparer, day, &named("revoke"), &revoke).await?;
        let release = ReleaseTranche { tranche };
        self.act(preparer, day, &named("release-anew"), &release)
            .await?;
        Ok(())
    }
}
