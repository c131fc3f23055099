//! What holds after every act: no account is below zero, every transfer is one of the chart, every live
//! release has its one transfer and a passed gate, and no award is paid above what is decided. At the
//! end `verify` finds nothing, and what a closed award was paid and did not give back is what it keeps.

use std::collections::BTreeMap;

use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::ledger::{Account, AccountKind, Balances, RecordKind, TransferKind};
use domain::milestone::MilestoneStateCode;
use domain::{Coded, Currency};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entity::{decided_amount, milestone, tranche, tranche_release};

use super::act::{Act, TrancheDeed};
use super::history::History;
use crate::builders::{Granted, millions, year};
use crate::stories::exports::calendar::ensure_calendar_agrees;
use crate::stories::exports::published::{ensure_as_planned, ensure_within_decisions};

/// Where money of an award is that was released and did not come back.
const PAID_OR_PAYABLE: [AccountKind; 6] = [
    AccountKind::Payable,
    AccountKind::InTransit,
    AccountKind::Advanced,
    AccountKind::Granted,
    AccountKind::Returnable,
    AccountKind::WrittenOff,
];

impl History<'_> {
    /// Looks at everything after `act`.
    pub(super) async fn check(&self, act: Act) {
        let transfers = self.world.transfers().await;
        let balances = Balances::of(&transfers).expect("balances");
        let overdrawn: Vec<_> = balances.overdrawn().collect();
        assert!(overdrawn.is_empty(), "{act:?}: {overdrawn:?}");
        for transfer in &transfers {
            transfer.ensure_allowed().expect("a transfer of the chart");
        }
        let mut released = BTreeMap::new();
        for transfer in &transfers {
            let is_release = matches!(
                transfer.kind,
                TransferKind::Release | TransferKind::ReleaseRetention
            );
            if is_release && transfer.record_kind == RecordKind::Release {
                released
                    .entry(transfer.record)
                    .or_insert_with(Vec::new)
                    .push(transfer.amount.minor());
            }
        }
        self.check_releases(act, &released).await;
        let releases = Act::Tranche {
            award: 0,
            pick: 0,
            deed: TrancheDeed::Release,
        };
        let may_release = matches!(act, Act::Pay { .. })
            || std::mem::discriminant(&act) == std::mem::discriminant(&releases);
        if may_release {
            for award in &self.awards {
                self.check_limit(act, award, &balances).await;
            }
        }
    }

    /// What an offer sets aside of its first year: so much committed and so much retained for each award.
    pub(super) async fn check_offered(&self, expected: [(i64, i64); 2]) {
        let balances = Balances::of(&self.world.transfers().await).expect("balances");
        let of = |account| balances.balance(account).minor();
        let set_aside = self.awards.each_ref().map(|award| {
            let committed = Account::committed(award.id, year(2026), Currency::JPY);
            let retained = Account::retained(award.id, year(2026), Currency::JPY);
            (of(committed), of(retained))
        });
        assert_eq!(set_aside, expected);
    }

    /// Every release has exactly its transfer, and none that stands is without a passed gate.
    async fn check_releases(&self, act: Act, released: &BTreeMap<uuid::Uuid, Vec<i64>>) {
        let db = self.world.store.reads();
        let releases = tranche_release::Entity::find()
            .all(db)
            .await
            .expect("releases");
        assert_eq!(released.len(), releases.len(), "{act:?}");
        let tranches = tranche::Entity::find().all(db).await.expect("tranches");
        let milestones = milestone::Entity::find().all(db).await.expect("milestones");
        for release in releases {
            let told = released.get(&release.id).map(Vec::as_slice);
            assert_eq!(told, Some(&[release.amount_minor][..]), "{act:?}");
            if release.revoked_at.is_some() {
                continue;
            }
            let of = tranches.iter().find(|row| row.id == release.tranche_id);
            let of = of.expect("a tranche").milestone_id;
            let gated = milestones.iter().filter(|row| Some(row.id) == of);
            for milestone in gated {
                assert_eq!(
                    milestone.state,
                    MilestoneStateCode::Passed.code(),
                    "{act:?}"
                );
            }
        }
    }

    async fn check_limit(&self, act: Act, award: &Granted, balances: &Balances) {
        let paid: i64 = balances
            .iter()
            .filter(|(account, _)| account.owner == award.id.uuid())
            .filter(|(account, _)| PAID_OR_PAYABLE.contains(&account.kind))
            .map(|(_, balance)| balance.minor())
            .sum();
        let decided = decided_amount::Entity::find()
            .filter(decided_amount::Column::AwardId.eq(award.id.uuid()))
            .order_by_desc(decided_amount::Column::Ordinal)
            .one(self.world.store.reads())
            .await
            .expect("an answer")
            .expect("a decided amount");
        assert!(
            paid <= decided.amount_minor,
            "{act:?}: {paid} of {}",
            decided.amount_minor
        );
    }

    /// Looks at what is only true at the end.
    pub(super) async fn check_at_end(&self) {
        let transfers = self.world.transfers().await;
        let balances = Balances::of(&transfers).expect("balances");
        for award in &self.awards {
            if award.row(&self.world).await.state != AwardStateCode::Closed.code() {
                continue;
            }
            let none = millions(0);
            let amounts = FiveAmounts::of(award.id, (none, none), [], &transfers);
            let granted = balances.balance(Account::granted(award.id, Currency::JPY));
            let agree = amounts.and_then(|amounts| amounts.agree_at_close(granted));
            assert!(agree.expect("amounts"), "{}", award.number);
        }
        ensure_within_decisions(&self.world.store, 8).await;
        ensure_as_planned(&self.world.store).await;
        ensure_calendar_agrees(&self.world.store, 8).await;
        self.world.assert_in_order().await;
    }
}
