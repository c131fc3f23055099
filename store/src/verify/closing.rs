//! Replays every determination, and holds what awards keep against what they were paid.
//!
//! By pages of awards: a large programme takes longer, not more memory.

use std::collections::BTreeMap;

use domain::award::AwardStateCode;
use domain::calculation::CalculationSheet;
use domain::closing::{DeterminationBasis, FiveAmounts, YearLedger, YearRecords};
use domain::finding::FindingCode;
use domain::ledger::{Account, Balances, Transfer};
use domain::{Coded, Money, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Verification;
use super::page::for_each_page;
use crate::dossier::{ledger_of, year_records};
use crate::entity::{award, determination};
use crate::error::Error;
use crate::mapping;

pub(super) async fn check(
    db: &impl ConnectionTrait,
    verification: &mut Verification,
) -> Result<(), Error> {
    for_each_page!(db, award, |rows| {
        let page = Page::load(db, &rows, verification).await?;
        for row in &rows {
            page.check_determinations(row.id, verification)?;
            if row.state == AwardStateCode::Closed.code() {
                page.check_amounts(row, verification)?;
            }
        }
    });
    Ok(())
}

/// What is there of a page of awards.
struct Page {
    transfers: BTreeMap<Uuid, Vec<Transfer>>,
    /// To which budget years their records belong.
    records: YearRecords,
    /// The determinations of each award, by their versions.
    determinations: BTreeMap<Uuid, Vec<determination::Model>>,
}

impl Page {
    async fn load(
        db: &impl ConnectionTrait,
        awards: &[award::Model],
        verification: &mut Verification,
    ) -> Result<Self, Error> {
        let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
        let mut determinations: BTreeMap<Uuid, Vec<determination::Model>> = BTreeMap::new();
        let rows = determination::Entity::find()
            .filter(determination::Column::AwardId.is_in(ids.iter().copied()))
            .order_by_asc(determination::Column::Version)
            .all(db)
            .await?;
        for row in rows {
            determinations.entry(row.award_id).or_default().push(row);
        }
        Ok(Self {
            transfers: transfers(db, awards, verification).await?,
            records: year_records(db, &ids).await?,
            determinations,
        })
    }

    fn transfers(&self, award: Uuid) -> Option<&[Transfer]> {
        self.transfers.get(&award).map(Vec::as_slice)
    }

    /// Every sheet replays, and the version in force of each year covers what was paid out of it.
    fn check_determinations(
        &self,
        award: Uuid,
        verification: &mut Verification,
    ) -> Result<(), Error> {
        let of_award = self.determinations.get(&award);
        let mut in_force: BTreeMap<i64, &determination::Model> = BTreeMap::new();
        for row in of_award.into_iter().flatten() {
            verification.count("determinations");
            let place = format!("determination {}", row.id);
            let sheet = mapping::document::<CalculationSheet<DeterminationBasis>>(&row.calculation);
            if let Some(sheet) = verification.readable(&place, sheet)?
                && (!sheet.replays() || sheet.result.minor() != row.fixed_minor)
            {
                let detail = format!("its sheet does not give {}", row.fixed_minor);
                verification.find(FindingCode::DeterminationWrong, place, detail);
            }
            in_force.insert(row.budget_year, row);
        }
        let Some(transfers) = self.transfers(award) else {
            return Ok(());
        };
        for row in in_force.values() {
            let place = format!("determination {}", row.id);
            let covered = self.uncovered(row, transfers);
            if let Some(Some(detail)) = verification.readable(&place, covered)? {
                verification.find(FindingCode::DeterminationWrong, place, detail);
            }
        }
        Ok(())
    }

    /// What of the year was paid and is not covered by the determination in force, or covered beyond it.
    fn uncovered(
        &self,
        row: &determination::Model,
        transfers: &[Transfer],
    ) -> Result<Option<String>, Error> {
        let fixed = mapping::money(row.fixed_minor, &row.currency)?;
        let year = mapping::fiscal_year(row.budget_year)?;
        let of = (row.award_id.into(), year, fixed.currency());
        let money = YearLedger::of(of, transfers, &self.records)
            .map_err(Refusal::from)?
            .money;
        let is_covered = money.advanced.is_zero() && money.granted.minor() <= fixed.minor();
        Ok((!is_covered).then(|| {
            let (advanced, granted) = (money.advanced, money.granted);
            format!("{fixed} fixed, {granted} granted, {advanced} paid and not covered")
        }))
    }

    /// A closed award keeps what it was paid and did not give back.
    fn check_amounts(
        &self,
        row: &award::Model,
        verification: &mut Verification,
    ) -> Result<(), Error> {
        let Some(transfers) = self.transfers(row.id) else {
            return Ok(());
        };
        verification.count("five amounts");
        let place = format!("award {}", row.number);
        let disagreement = self.disagreement(row, transfers);
        if let Some(Some(detail)) = verification.readable(&place, disagreement)? {
            verification.find(FindingCode::AmountsDisagree, place, detail);
        }
        Ok(())
    }

    fn disagreement(
        &self,
        row: &award::Model,
        transfers: &[Transfer],
    ) -> Result<Option<String>, Error> {
        let mut in_force: BTreeMap<i64, Money> = BTreeMap::new();
        for row in self.determinations.get(&row.id).into_iter().flatten() {
            let fixed = mapping::money(row.fixed_minor, &row.currency)?;
            in_force.insert(row.budget_year, fixed);
        }
        let applied = mapping::money(row.applied_minor, &row.currency)?;
        let award = row.id.into();
        // What was decided plays no part here.
        let sums = (applied, Money::zero(applied.currency()));
        let amounts = FiveAmounts::of(award, sums, in_force.into_values(), transfers)
            .map_err(Refusal::from)?;
        let balances = Balances::of(transfers).map_err(Refusal::from)?;
        let kept = balances.balance(Account::granted(award, applied.currency()));
        let agree = amounts.agree_at_close(kept).map_err(Refusal::from)?;
        Ok((!agree).then(|| {
            let FiveAmounts {
                paid,
                fixed,
                returned,
                written_off,
                ..
            } = amounts;
            format!(
                "{paid} paid, {returned} returned, {written_off} given up and {fixed} fixed, but {kept} kept"
            )
        }))
    }
}

/// The transfers of each of these awards; of one whose transfers cannot be read, none, and it is named.
async fn transfers(
    db: &impl ConnectionTrait,
    awards: &[award::Model],
    verification: &mut Verification,
) -> Result<BTreeMap<Uuid, Vec<Transfer>>, Error> {
    let ids: Vec<Uuid> = awards.iter().map(|row| row.id).collect();
    match ledger_of(db, &ids, None).await {
        // One that cannot be read hides the whole page: each by itself then.
        Err(Error::Corrupt(_)) => {}
        all => return all,
    }
    let mut readable = BTreeMap::new();
    for row in awards {
        let of_award = ledger_of(db, &[row.id], None).await;
        let of_award = verification.readable(&format!("award {}", row.number), of_award)?;
        readable.extend(of_award.into_iter().flatten());
    }
    Ok(readable)
}
