//! What becomes of the money of some finished awards of scale: reported, determined, returned, given up
//! or misused, and closed where nothing is left.
//!
//! Nothing stays owed: it would hold whatever else the body is paid, and the next awards with it.
//! By the commands of everyday, under keys: a run that broke off says the same again, and goes on.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use domain::award::{AwardStateCode, CancellationGround};
use domain::closing::{
    ChargeEntry, ChargeKind, CostCategory, Costs, NoTaxCreditReason, ReportContent, ReportKind,
    ReturnKind, TaxCredit,
};
use domain::id::{AwardId, ReturnOrderId};
use domain::milestone::MilestoneStateCode;
use domain::tranche::{TrancheKind, TrancheState};
use domain::{Coded, Currency, FiscalYear, Money, Rate, Refusal};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Error;
use store::command::{
    AcceptReport, ApplyReceipt, CancelAward, CloseAward, CompleteAward, DetermineAmount,
    OrderReturn, RecordReceipt, SetBudget, SubmitReport, WaiveCharge, WriteOffReturn,
};
use store::entity::{award, milestone, return_charge, return_order, tranche, tranche_release};

use super::payments::Teller;
use super::setting::NUMBERS_BEGIN;

/// One award in so many, by its number, is looked at; and of the first awards all are, so that every
/// ending is there also where few were asked for.
const ONE_IN: u64 = 20;

const REASON: &str = "規模試験のため / for a test of scale";

/// How an award ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// What was paid was spent: it is closed.
    ToTheYen,
    /// A tenth was not spent, and is paid back: it is closed.
    PaidBack,
    /// A tenth was not spent, is ordered back and given up: it is closed.
    GivenUp,
    /// Everything planned was spent: what was held back is payable.
    Settled,
    /// It is cancelled for misuse; all that was paid comes back, and the surcharge is waived.
    Misused,
}

impl Ending {
    fn of(turn: u64) -> Self {
        match turn % 8 {
            0..3 => Self::ToTheYen,
            3..5 => Self::PaidBack,
            5 => Self::GivenUp,
            6 => Self::Settled,
            _ => Self::Misused,
        }
    }

    /// The ending of the award with this number; none of one that is paid and not looked at again.
    fn of_number(number: &str) -> Result<Option<Self>, Error> {
        let place: u64 = number
            .trim_start_matches(NUMBERS_BEGIN)
            .parse()
            .map_err(Error::corrupt)?;
        let turn = if place < ONE_IN {
            Some(place)
        } else {
            place.is_multiple_of(ONE_IN).then_some(place / ONE_IN)
        };
        Ok(turn.map(Self::of))
    }

    /// What was spent of a year of which so much was planned and paid.
    const fn spent(self, (planned, paid): (i64, i64)) -> i64 {
        match self {
            Self::ToTheYen => paid,
            Self::Settled => planned,
            Self::PaidBack | Self::GivenUp | Self::Misused => paid / 10 * 9,
        }
    }
}

/// What is planned and what was released of each year, in yen.
type Years = BTreeMap<FiscalYear, (i64, i64)>;

/// A finished award with its money.
struct Finished {
    row: award::Model,
    years: Years,
}

impl Teller<'_> {
    /// Brings some of the finished awards to their ends.
    ///
    /// # Errors
    /// When a command is refused or the database does not answer.
    pub(super) async fn close(&self) -> Result<(), Error> {
        let rows = award::Entity::find()
            .filter(award::Column::ProgrammeId.eq(self.office.programme.uuid()))
            .filter(award::Column::Number.starts_with(NUMBERS_BEGIN))
            .filter(award::Column::State.ne(AwardStateCode::Closed.code()))
            .order_by_asc(award::Column::Number)
            .all(self.office.store.reads())
            .await?;
        for row in rows {
            let Some(ending) = Ending::of_number(&row.number)? else {
                continue;
            };
            if let Some(finished) = self.finished(row).await? {
                self.end(&finished, ending).await?;
            }
        }
        Ok(())
    }

    /// The award with its money, once its milestones are passed and what they earned has arrived.
    async fn finished(&self, row: award::Model) -> Result<Option<Finished>, Error> {
        let db = self.office.store.reads();
        let milestones = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(row.id))
            .all(db)
            .await?;
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(row.id))
            .all(db)
            .await?;
        let is_passed = |row: &milestone::Model| row.state == MilestoneStateCode::Passed.code();
        let is_done = |row: &tranche::Model| {
            row.kind == TrancheKind::Retention.code() || row.state == TrancheState::Settled.code()
        };
        if !milestones.iter().all(is_passed) || !tranches.iter().all(is_done) {
            return Ok(None);
        }
        let years = self.years(&row, &tranches).await?;
        Ok(Some(Finished { row, years }))
    }

    /// The money of the award with these tranches, by year.
    async fn years(&self, row: &award::Model, tranches: &[tranche::Model]) -> Result<Years, Error> {
        let paid = self.paid(row).await?;
        let mut years = Years::new();
        for tranche in tranches {
            let year = i32::try_from(tranche.budget_year).map_err(Error::corrupt)?;
            let (planned, arrived) = years.entry(FiscalYear::new(year)).or_default();
            *planned += tranche.amount_minor;
            *arrived += paid.get(&tranche.id).copied().unwrap_or_default();
        }
        Ok(years)
    }

    /// The body of an award whose work is over reports on the result, as far as it is of `year`.
    pub(super) async fn report_result_of(
        &self,
        row: &award::Model,
        year: FiscalYear,
        day: NaiveDate,
    ) -> Result<(), Error> {
        let tranches = tranche::Entity::find()
            .filter(tranche::Column::AwardId.eq(row.id))
            .all(self.office.store.reads())
            .await?;
        let years = self.years(row, &tranches).await?;
        let money = years.get(&year).copied().unwrap_or_default();
        // What an award that is not looked at again was paid it spent.
        let ending = Ending::of_number(&row.number)?.unwrap_or(Ending::ToTheYen);
        let spent = ending.spent(money);
        self.report_result(row, year, (money.0, spent), day).await
    }

    /// What the live releases of the award's tranches paid, retention left out, in yen.
    async fn paid(&self, row: &award::Model) -> Result<BTreeMap<Uuid, i64>, Error> {
        let releases = tranche_release::Entity::find()
            .filter(tranche_release::Column::AwardId.eq(row.id))
            .filter(tranche_release::Column::RevokedAt.is_null())
            .all(self.office.store.reads())
            .await?;
        let paid = releases.into_iter();
        Ok(paid.map(|row| (row.tranche_id, row.amount_minor)).collect())
    }

    async fn end(&self, finished: &Finished, ending: Ending) -> Result<(), Error> {
        if ending == Ending::Misused {
            return self.cancel(finished).await;
        }
        let (award, day) = (AwardId::new(finished.row.id), self.last_day());
        let director = self.cast.director;
        let named = |what: &str| format!("{}-{what}", finished.row.number);
        for (year, money) in &finished.years {
            let spent = ending.spent(*money);
            self.report_result(&finished.row, *year, (money.0, spent), day)
                .await?;
        }
        let complete = CompleteAward { award };
        self.act(director, day, &named("complete"), &complete)
            .await?;
        for year in finished.years.keys() {
            let determine = DetermineAmount {
                award,
                budget_year: *year,
                return_due_on: Some(day + TimeDelta::days(30)),
                reason: REASON.to_owned(),
            };
            let name = named(&format!("determine-{}", year.get()));
            let determined = self.act(director, day, &name, &determine).await?;
            if determined.fixed.is_positive() {
                self.report_tax_credit(&finished.row, *year).await?;
            }
        }
        match ending {
            Ending::PaidBack => self.pay_back(finished).await?,
            Ending::GivenUp => self.give_up(finished).await?,
            _ => {}
        }
        if ending != Ending::Settled {
            let close = CloseAward { award };
            self.act(director, day, &named("close"), &close).await?;
        }
        Ok(())
    }

    /// The budget of a year, and the report that so much of what is planned was spent: once, on the
    /// first day for which it is asked for.
    async fn report_result(
        &self,
        row: &award::Model,
        budget_year: FiscalYear,
        (planned, spent): (i64, i64),
        day: NaiveDate,
    ) -> Result<(), Error> {
        let award = AwardId::new(row.id);
        let named = |what: &str| format!("{}-{what}-{}", row.number, budget_year.get());
        let budget = SetBudget {
            award,
            budget_year,
            approved: costs(planned)?,
            standard: yen(planned),
            rate: Rate::new(1, 1).map_err(Refusal::from)?,
            reason: REASON.to_owned(),
        };
        self.act(self.cast.director, day, &named("budget"), &budget)
            .await?;
        let submit = SubmitReport {
            award,
            kind: ReportKind::Result,
            budget_year,
            content: ReportContent {
                narrative: "架空の実績報告 / made-up result report".to_owned(),
                expenditure: Some(costs(spent)?),
                tax_credit: None,
            },
        };
        let by = self.representative(row).await?;
        let submitted = self.act(by, day, &named("result"), &submit).await?;
        let accept = AcceptReport {
            report: submitted.report,
        };
        self.act(self.cast.officer, day, &named("accept"), &accept)
            .await?;
        Ok(())
    }

    /// The report that no tax was credited for what a year fixes.
    async fn report_tax_credit(
        &self,
        row: &award::Model,
        budget_year: FiscalYear,
    ) -> Result<(), Error> {
        let day = self.last_day();
        let named = |what: &str| format!("{}-{what}-{}", row.number, budget_year.get());
        let submit = SubmitReport {
            award: AwardId::new(row.id),
            kind: ReportKind::TaxCredit,
            budget_year,
            content: ReportContent {
                narrative: "架空の報告 / made-up report".to_owned(),
                expenditure: None,
                tax_credit: Some(TaxCredit::None {
                    reason: NoTaxCreditReason::NotTaxable,
                    currency: Currency::JPY,
                }),
            },
        };
        let by = self.representative(row).await?;
        let submitted = self.act(by, day, &named("tax-credit"), &submit).await?;
        let accept = AcceptReport {
            report: submitted.report,
        };
        let accepted = named("tax-credit-accept");
        self.act(self.cast.officer, day, &accepted, &accept).await?;
        Ok(())
    }

    /// What was paid is ordered back and paid.
    async fn cancel(&self, finished: &Finished) -> Result<(), Error> {
        let (row, day) = (&finished.row, self.last_day());
        let award = AwardId::new(row.id);
        let director = self.cast.director;
        let named = |what: &str| format!("{}-{what}", row.number);
        let cancel = CancelAward {
            award,
            ground: CancellationGround::OtherUse,
            part: None,
            reason: REASON.to_owned(),
        };
        self.act(director, day, &named("cancel"), &cancel).await?;
        for (year, (_, paid)) in finished.years.iter().filter(|(_, (_, paid))| *paid > 0) {
            let order = OrderReturn {
                award,
                kind: ReturnKind::Cancellation,
                budget_year: *year,
                amount: Some(yen(*paid)),
                due_on: day + TimeDelta::days(20),
                reason: REASON.to_owned(),
            };
            let name = named(&format!("order-{}", year.get()));
            self.act(director, day, &name, &order).await?;
        }
        self.pay_back(finished).await?;
        self.waive(finished).await?;
        let close = CloseAward { award };
        self.act(director, day, &named("close"), &close).await?;
        Ok(())
    }

    /// The orders to return of the award, the first one first.
    async fn orders(&self, finished: &Finished) -> Result<Vec<return_order::Model>, Error> {
        Ok(return_order::Entity::find()
            .filter(return_order::Column::AwardId.eq(finished.row.id))
            .order_by_asc(return_order::Column::Id)
            .all(self.office.store.reads())
            .await?)
    }

    /// The director gives up what was ordered back of the award.
    async fn give_up(&self, finished: &Finished) -> Result<(), Error> {
        for order in self.orders(finished).await? {
            let write_off = WriteOffReturn {
                return_order: ReturnOrderId::new(order.id),
                reference: format!("{}-{}", finished.row.number, order.budget_year),
                reason: REASON.to_owned(),
            };
            let name = format!("{}-give-up-{}", finished.row.number, order.budget_year);
            let director = self.cast.director;
            self.act(director, self.last_day(), &name, &write_off)
                .await?;
        }
        Ok(())
    }

    /// The director waives the surcharge that the payments levied.
    async fn waive(&self, finished: &Finished) -> Result<(), Error> {
        let levied = return_charge::Entity::find()
            .filter(return_charge::Column::AwardId.eq(finished.row.id))
            .filter(return_charge::Column::Entry.eq(ChargeEntry::Levied.code()))
            .order_by_asc(return_charge::Column::Id)
            .all(self.office.store.reads())
            .await?;
        for row in levied {
            let waive = WaiveCharge {
                return_order: ReturnOrderId::new(row.return_order_id),
                charge: ChargeKind::Surcharge,
                amount: yen(row.amount_minor),
                reference: format!("{}-{}", finished.row.number, row.id),
                reason: REASON.to_owned(),
            };
            let name = format!("{}-waive-{}", finished.row.number, row.id);
            let director = self.cast.director;
            self.act(director, self.last_day(), &name, &waive).await?;
        }
        Ok(())
    }

    /// The body pays what was ordered back of the award.
    async fn pay_back(&self, finished: &Finished) -> Result<(), Error> {
        let (row, day) = (&finished.row, self.last_day());
        for order in self.orders(finished).await? {
            let record = RecordReceipt {
                organization: row.organization_id.into(),
                amount: yen(order.amount_minor),
                received_on: day,
                reference: format!("{}-{}", row.number, order.budget_year),
            };
            let named = |what: &str| format!("{}-{what}-{}", row.number, order.budget_year);
            let preparer = self.cast.finance_preparer;
            let recorded = self.act(preparer, day, &named("receive"), &record).await?;
            let apply = ApplyReceipt {
                receipt: recorded.receipt,
                return_order: ReturnOrderId::new(order.id),
            };
            let approver = self.cast.finance_approver;
            self.act(approver, day, &named("apply"), &apply).await?;
        }
        Ok(())
    }

    /// The day before the programme was made: everything that was paid has arrived by then.
    fn last_day(&self) -> NaiveDate {
        self.first_day - TimeDelta::days(1)
    }
}

const fn yen(minor: i64) -> Money {
    Money::of_minor(minor, Currency::JPY)
}

/// So many yen for work done by others, as the whole cost.
pub(super) fn costs(minor: i64) -> Result<Costs, Error> {
    let by_category = BTreeMap::from([(CostCategory::Outsourcing, yen(minor))]);
    Ok(Costs::new(by_category, yen(minor), yen(0))?)
}
