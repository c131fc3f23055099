//! The end of a budget year for one envelope: what is carried over, what goes back, what lapses.
//!
//! A preview and the act are the same function: the plan of a year end is computed from balances and
//! requests, and closing the year posts exactly what the plan lists.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Movement;
use crate::calendar::FiscalYear;
use crate::id::{AwardId, ProgrammeId, ThemeId};
use crate::ledger::{Account, DecommitReason, RecordKind, TransferKind};
use crate::money::{Money, MoneyError};
use crate::refusal::Refusal;

/// What an award still holds of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwardYear {
    /// Committed and not released.
    pub committed: Money,
    /// Retained.
    pub retained: Money,
}

/// Which money is to be carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CarryOverFrom {
    /// What the envelope has left.
    Envelope,
    /// What is committed to an award.
    Committed(AwardId),
    /// What is retained of an award.
    Retained(AwardId),
}

/// A carry-over that was approved: by item, reason, amount and reference (Public Finance Act 43).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryOver {
    /// Which money.
    pub from: CarryOverFrom,
    /// How much.
    pub amount: Money,
    /// The budget item (事項).
    pub item: String,
    /// Why it could not be spent in the year.
    pub reason: String,
    /// The reference of the approval.
    pub reference: String,
}

/// The money of one envelope at the end of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEnd {
    /// The programme.
    pub programme: ProgrammeId,
    /// The theme.
    pub theme: ThemeId,
    /// The year that ends.
    pub budget_year: FiscalYear,
    /// What the envelope has left.
    pub envelope: Money,
    /// What its awards hold.
    pub awards: BTreeMap<AwardId, AwardYear>,
}

/// What closing a year does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEndPlan {
    /// The transfers, in the order in which they are posted.
    pub movements: Vec<Movement>,
    /// What is carried over.
    pub carried_over: Money,
    /// What goes back from awards to the envelope.
    pub decommitted: Money,
    /// What lapses.
    pub lapsed: Money,
}

impl YearEnd {
    /// Whether the year may be closed on `today`: money committed in it may be spent until
    /// `close_out`.
    ///
    /// # Errors
    /// [`Refusal::YearStillOpen`].
    pub fn ensure_closable(close_out: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if today > close_out {
            Ok(())
        } else {
            Err(Refusal::YearStillOpen { until: close_out })
        }
    }

    /// What closing the year does: what is requested is carried over, what awards still hold goes
    /// back to the envelope, and what the envelope then has lapses.
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], [`Refusal::CarryOverUnfounded`] or
    /// [`Refusal::CarryOverAboveBalance`]; otherwise when the amounts do not fit.
    pub fn plan(&self, requests: &[CarryOver]) -> Result<YearEndPlan, Refusal> {
        let mut left = self.balances();
        let mut movements = Vec::new();
        for request in requests {
            movements.extend(self.carry_over(request, &mut left)?);
        }
        let currency = self.envelope.currency();
        let carried_over = Money::sum(currency, requests.iter().map(|request| request.amount))?;
        let envelope = self.envelope_of(self.budget_year);
        let held = self.awards.keys().flat_map(|award| {
            [
                CarryOverFrom::Committed(*award),
                CarryOverFrom::Retained(*award),
            ]
        });
        let mut decommitted = Money::zero(currency);
        for from in held {
            let amount = left.get(&from).copied().unwrap_or(Money::zero(currency));
            movements.extend(Movement::decommit(
                RecordKind::Envelope,
                DecommitReason::YearEnd,
                (self.account(from, self.budget_year), envelope),
                amount,
            ));
            decommitted = decommitted.plus(amount)?;
        }
        let rest = left.get(&CarryOverFrom::Envelope).copied();
        let lapsed = rest.unwrap_or(Money::zero(currency)).plus(decommitted)?;
        let appropriation = Account::appropriation(self.programme, self.budget_year, currency);
        movements.extend(Movement::of(
            RecordKind::Envelope,
            TransferKind::Lapse,
            (envelope, appropriation),
            lapsed,
        ));
        Ok(YearEndPlan {
            movements,
            carried_over,
            decommitted,
            lapsed,
        })
    }

    /// What each account holds of the year.
    fn balances(&self) -> BTreeMap<CarryOverFrom, Money> {
        let held = self.awards.iter().flat_map(|(award, held)| {
            [
                (CarryOverFrom::Committed(*award), held.committed),
                (CarryOverFrom::Retained(*award), held.retained),
            ]
        });
        let envelope = (CarryOverFrom::Envelope, self.envelope);
        held.chain([envelope]).collect()
    }

    /// Carries over what is requested, out of what is `left`.
    fn carry_over(
        &self,
        request: &CarryOver,
        left: &mut BTreeMap<CarryOverFrom, Money>,
    ) -> Result<Option<Movement>, Refusal> {
        if !request.amount.is_positive() {
            return Err(Refusal::AmountNotPositive {});
        }
        let texts = [&request.item, &request.reason, &request.reference];
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Err(Refusal::CarryOverUnfounded {});
        }
        let sides = (
            self.account(request.from, self.budget_year),
            self.account(request.from, self.budget_year.next()),
        );
        let held = left.get(&request.from).copied();
        let balance = held.unwrap_or(Money::zero(self.envelope.currency()));
        let rest = balance.minus(request.amount)?;
        if rest.is_negative() {
            return Err(Refusal::CarryOverAboveBalance {
                account: sides.0.kind,
                balance: balance.amount(),
            });
        }
        left.insert(request.from, rest);
        let kind = TransferKind::CarryOver;
        Ok(Movement::of(
            RecordKind::CarryOver,
            kind,
            sides,
            request.amount,
        ))
    }

    fn account(&self, from: CarryOverFrom, year: FiscalYear) -> Account {
        let currency = self.envelope.currency();
        match from {
            CarryOverFrom::Envelope => self.envelope_of(year),
            CarryOverFrom::Committed(award) => Account::committed(award, year, currency),
            CarryOverFrom::Retained(award) => Account::retained(award, year, currency),
        }
    }

    fn envelope_of(&self, year: FiscalYear) -> Account {
        Account::envelope(self.theme, year, self.envelope.currency())
    }
}

impl YearEndPlan {
    /// Everything that leaves the year.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.carried_over.plus(self.lapsed)
    }
}
