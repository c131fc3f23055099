//! The determination of the amount (額の確定, Act 15).
//!
//! One determination stands for one budget year of one award, in versions. It says what the award
//! may keep of the year; what follows from it for the money of the year is computed with it, so that
//! every yen of the year is fixed, still to be paid, to be returned or given back, and none twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Budget, ExpenditureStatement, Movement, ReturnOrder};
use crate::award::Award;
use crate::calculation::{Calculation, CalculationSheet, CalculationStepCode, Steps};
use crate::code::Coded;
use crate::id::{AwardId, ThemeId};
use crate::ledger::{Account, AccountKind, DecommitReason, RecordKind, TransferKind};
use crate::money::{Currency, GrantCosts, Money, MoneyError};
use crate::refusal::Refusal;
use crate::tranche::{TrancheKind, TrancheState};

/// What a determination is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeterminationBasis {
    /// The budget in the plan in force.
    pub budget: Budget,
    /// What was spent.
    pub spent: ExpenditureStatement,
    /// The programme's unit below which a grant is cut off, in minor units.
    pub grant_unit: i64,
    /// What is decided of the budget year, its decommitted parts included.
    pub decided: Money,
    /// What of that was decommitted.
    pub decommitted: Money,
    /// What the whole award may still fix: what is decided in force, a cancelled part not in it, less
    /// what its other years fix. Sheets of before it was asked do not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_in_force: Option<Money>,
}

impl DeterminationBasis {
    /// The sum over the categories of the lesser of approved and actual cost: what one category did
    /// not use never covers what another overspent. A category that was not approved counts nothing.
    fn eligible(&self, steps: &mut Steps) -> Result<Money, MoneyError> {
        let approved = &self.budget.approved;
        let lesser = self.spent.actual.eligible().map(|(category, actual)| {
            let approved = approved.eligible_of(category);
            let inputs = [
                category.code().to_owned(),
                approved.amount(),
                actual.amount(),
            ];
            let result = approved.lesser(actual)?;
            Ok(steps.note(CalculationStepCode::LesserOfCategory, inputs, result))
        });
        let parts = lesser.collect::<Result<Vec<Money>, MoneyError>>()?;
        let eligible = Money::sum(approved.currency(), parts)?;
        Ok(steps.note(CalculationStepCode::SumOfCategories, [], eligible))
    }
}

impl Calculation for DeterminationBasis {
    fn compute(&self, steps: &mut Steps) -> Result<Money, MoneyError> {
        let costs = GrantCosts {
            standard: self.budget.standard,
            eligible: self.eligible(steps)?,
            total: self.spent.actual.total(),
            income: self.spent.actual.income(),
        };
        let inputs = [
            costs.standard.amount(),
            costs.eligible.amount(),
            costs.total.amount(),
            costs.income.amount(),
            self.budget.rate.to_string(),
            self.grant_unit.to_string(),
        ];
        let grant = costs.grant_amount(self.budget.rate, self.grant_unit)?;
        steps.note(CalculationStepCode::GrantAmount, inputs, grant);
        let inputs = [self.decided.amount(), self.decommitted.amount()];
        let mut limit = self.decided.excess_over(self.decommitted)?;
        steps.note(CalculationStepCode::DecidedNotDecommitted, inputs, limit);
        if let Some(left) = self.left_in_force {
            let inputs = [limit.amount(), left.amount()];
            limit = limit.lesser(left)?;
            steps.note(CalculationStepCode::LeftInForce, inputs, limit);
        }
        let fixed = grant.lesser(limit)?;
        let inputs = [grant.amount(), limit.amount()];
        Ok(steps.note(CalculationStepCode::FixedAmount, inputs, fixed))
    }
}

/// Where the money of the budget year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMoney {
    /// Paid on estimate and covered by no determination yet.
    pub advanced: Money,
    /// Covered by the determination in force, if there is one.
    pub granted: Money,
    /// Payable or in transit.
    pub under_way: Money,
    /// Committed and not released.
    pub committed: Money,
    /// Retained.
    pub retained: Money,
    /// Ordered back and not rescinded: it is neither kept nor due again.
    pub ordered_back: Money,
}

/// What follows for the payments of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Nothing is left to pay or to return.
    Even,
    /// More is fixed than paid: the rest is payable (精算払).
    Payable {
        /// What is to be released of the retention.
        from_retained: Money,
        /// What is to be released of the committed money, by a final tranche.
        from_committed: Money,
    },
    /// More is paid than fixed: it is ordered back (Act 18, paragraph 2).
    ReturnDue {
        /// What of it was paid on estimate.
        from_advanced: Money,
        /// What of it an earlier determination had covered.
        from_granted: Money,
    },
}

/// A determination with everything that follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determination {
    /// The fixed amount and how it came about.
    pub sheet: CalculationSheet<DeterminationBasis>,
    /// What was paid on estimate and is covered now.
    pub to_fix: Money,
    /// What is still to be paid or to be returned.
    pub settlement: Settlement,
    /// What the award keeps after all of each order for overpayment, which is rescinded so far; in the
    /// order in which they were given.
    pub to_rescind: Vec<Money>,
    /// What of the retention goes back to the envelope.
    pub retained_to_decommit: Money,
    /// What of the committed money goes back to the envelope.
    pub committed_to_decommit: Money,
}

/// Whether a budget year can be determined as far as its `tranches` go: while the award runs, none of
/// them waits to be released but the retention, which waits for the determination itself.
///
/// # Errors
/// [`Refusal::YearNotPaidOut`].
pub fn ensure_year_paid_out(
    award: &Award,
    tranches: impl IntoIterator<Item = (TrancheKind, TrancheState)>,
) -> Result<(), Refusal> {
    let mut waiting = tranches
        .into_iter()
        .filter(|(kind, state)| *kind != TrancheKind::Retention && state.is_unreleased());
    if !award.is_over() && waiting.next().is_some() {
        return Err(Refusal::YearNotPaidOut {});
    }
    Ok(())
}

/// Determines the amount of a budget year, for whose overpayment `ordered_back` stand, in the order of
/// their making.
///
/// # Errors
/// [`Refusal::BudgetYearDiffers`]; [`Refusal::FixedAfterReturn`] when more is fixed than is held and
/// outstanding; [`Refusal::PaymentUnderWay`] while anything is on its way, because no determination
/// would cover what arrives after it: it is revoked or settled first; [`Refusal::AccountOverdrawn`]
/// when the year holds less than is still to be paid; otherwise when the amounts do not fit.
pub fn determine(
    basis: DeterminationBasis,
    money: &YearMoney,
    ordered_back: &[ReturnOrder],
    policy_version: u32,
) -> Result<Determination, Refusal> {
    if basis.spent.budget_year != basis.budget.budget_year {
        return Err(Refusal::BudgetYearDiffers {
            expected: basis.budget.budget_year,
            found: basis.spent.budget_year,
        });
    }
    let sheet = CalculationSheet::of(policy_version, basis)?;
    let settlement = money.settlement(sheet.result)?;
    let (from_retained, from_committed) = settlement.to_release(sheet.result.currency());
    let to_rescind = money.kept_of(ordered_back, sheet.result)?;
    let rescinded = Money::sum(sheet.result.currency(), to_rescind.iter().copied())?;
    let covered = money.granted.plus(rescinded)?;
    Ok(Determination {
        to_fix: sheet.result.excess_over(covered)?.lesser(money.advanced)?,
        to_rescind,
        sheet,
        settlement,
        retained_to_decommit: money.retained.minus(from_retained)?,
        committed_to_decommit: money.committed.minus(from_committed)?,
    })
}

impl YearMoney {
    /// What was paid and not ordered back.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn paid(&self) -> Result<Money, MoneyError> {
        self.advanced.plus(self.granted)
    }

    /// What is still to be paid where `fixed` is fixed.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn due(&self, fixed: Money) -> Result<Money, MoneyError> {
        fixed.excess_over(self.paid()?.plus(self.ordered_back)?)
    }

    /// Requires that `amount` was paid out of the year and not ordered back yet: what another year
    /// paid is ordered back under that year.
    ///
    /// # Errors
    /// [`Refusal::ReturnAboveReceipts`], or when the amounts do not fit.
    pub fn ensure_holds(&self, amount: Money) -> Result<(), Refusal> {
        let held = self.paid()?;
        if amount.compare(held)?.is_gt() {
            return Err(Refusal::ReturnAboveReceipts {
                received: held.amount(),
            });
        }
        Ok(())
    }

    fn settlement(&self, fixed: Money) -> Result<Settlement, Refusal> {
        if self.under_way.is_positive() {
            return Err(Refusal::PaymentUnderWay {
                under_way: self.under_way.amount(),
            });
        }
        let overpaid = self.paid()?.excess_over(fixed)?;
        if overpaid.is_positive() {
            let from_granted = self.granted.excess_over(fixed)?;
            return Ok(Settlement::ReturnDue {
                from_advanced: overpaid.minus(from_granted)?,
                from_granted,
            });
        }
        let due = self.due(fixed)?;
        if due.is_zero() {
            return Ok(Settlement::Even);
        }
        let from_retained = due.lesser(self.retained)?;
        let from_committed = due.minus(from_retained)?;
        if from_committed.compare(self.committed)?.is_gt() {
            return Err(Refusal::AccountOverdrawn {
                account: AccountKind::Committed,
            });
        }
        Ok(Settlement::Payable {
            from_retained,
            from_committed,
        })
    }
}

impl Determination {
    /// The amount that is fixed.
    #[must_use]
    pub const fn fixed(&self) -> Money {
        self.sheet.result
    }

    /// What the determination itself moves: what it covers, and what goes back to the envelope. What
    /// is payable is released by its tranche, what is due back by its return order. What goes back is
    /// taken out of the year's own accounts first, then out of those of later years in which money of
    /// the year was `carried` over.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn movements(
        &self,
        award: AwardId,
        theme: ThemeId,
        carried: &BTreeMap<Account, Money>,
    ) -> Result<Vec<Movement>, MoneyError> {
        let record = RecordKind::Determination;
        let year = self.sheet.basis.budget.budget_year;
        let currency = self.fixed().currency();
        let sides = (
            Account::advanced(award, currency),
            Account::granted(award, currency),
        );
        let mut movements = Vec::new();
        movements.extend(Movement::of(record, TransferKind::Fix, sides, self.to_fix));
        let (from_retained, from_committed) = self.settlement.to_release(currency);
        for (own, left, mut back) in [
            (
                Account::retained(award, year, currency),
                from_retained,
                self.retained_to_decommit,
            ),
            (
                Account::committed(award, year, currency),
                from_committed,
                self.committed_to_decommit,
            ),
        ] {
            let of_kind = carried
                .iter()
                .filter(|(account, _)| account.kind == own.kind);
            let later: Vec<(Account, Money)> = of_kind.map(|(at, held)| (*at, *held)).collect();
            let held_later = Money::sum(currency, later.iter().map(|(_, held)| *held))?;
            let held = left.plus(back)?.minus(held_later)?;
            for (account, held) in [(own, held)].into_iter().chain(later) {
                let part = back.lesser(held)?;
                back = back.minus(part)?;
                let to = Account::envelope(theme, account.budget_year.unwrap_or(year), currency);
                let sides = (account, to);
                movements.extend(Movement::decommit(
                    record,
                    DecommitReason::Fixing,
                    sides,
                    part,
                ));
            }
        }
        Ok(movements)
    }
}

impl Settlement {
    /// What is still to be released: of the retention, and of the committed money.
    #[must_use]
    pub const fn to_release(self, currency: Currency) -> (Money, Money) {
        match self {
            Self::Payable {
                from_retained,
                from_committed,
            } => (from_retained, from_committed),
            Self::Even | Self::ReturnDue { .. } => (Money::zero(currency), Money::zero(currency)),
        }
    }
}
