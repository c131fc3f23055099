//! The end of a budget year for one envelope: what is carried over, what goes back, what lapses.
//!
//! A preview and the act are the same function: the plan of a year end is computed from balances and
//! requests, and closing the year posts exactly what the plan lists.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{CarryOver, Movement, YearEndBlocker, YearEndBlockerCode};
use crate::calendar::FiscalYear;
use crate::code::Codes;
use crate::id::{AwardId, ProgrammeId, ThemeId, TrancheId};
use crate::ledger::{Account, AccountKind, DecommitReason, RecordKind, TransferKind};
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::tranche::{TrancheKind, TrancheState};

/// A tranche of the year whose money still waits for a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrancheYear {
    /// The tranche.
    pub tranche: TrancheId,
    /// Its kind.
    pub kind: TrancheKind,
    /// Its state.
    pub state: TrancheState,
    /// What it can still take: its amount, or the part of it that was earned.
    pub need: Money,
}

/// What an award still holds of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardYear {
    /// Committed and not released.
    pub committed: Money,
    /// Retained.
    pub retained: Money,
    /// Released and not sent.
    pub payable: Money,
    /// Sent and not settled.
    pub in_transit: Money,
    /// Its tranches that wait for a release, in order.
    pub tranches: Vec<TrancheYear>,
}

impl AwardYear {
    /// An award that holds nothing of the year.
    #[must_use]
    pub const fn nothing(currency: Currency) -> Self {
        let none = Money::zero(currency);
        Self {
            committed: none,
            retained: none,
            payable: none,
            in_transit: none,
            tranches: Vec::new(),
        }
    }
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
    /// The last day on which its money may be spent.
    pub close_out: NaiveDate,
    /// The day on which it was closed, if it was.
    pub closed_on: Option<NaiveDate>,
    /// The earliest year before it that is still open, if one is.
    pub earlier_open: Option<FiscalYear>,
    /// Whether the theme has an envelope for the next year.
    pub has_next: bool,
    /// What the envelope has left.
    pub envelope: Money,
    /// What its awards hold.
    pub awards: BTreeMap<AwardId, AwardYear>,
}

/// What closing a year does to a tranche.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrancheFate {
    /// The tranche, as it stood before.
    pub before: TrancheYear,
    /// What is carried over for it: above zero, it goes on as a tranche of the next year; otherwise
    /// it lapses.
    pub carried_over: Money,
    /// What was held for it and goes back to the envelope.
    pub decommitted: Money,
}

/// What closing a year does to an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardFate {
    /// What is carried over.
    pub carried_over: Money,
    /// What goes back to the envelope.
    pub decommitted: Money,
    /// The same by tranche.
    pub tranches: Vec<TrancheFate>,
}

/// What closing a year does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearEndPlan {
    /// One transfer for each carry-over that was asked for, in the same order.
    pub carry_overs: Vec<Movement>,
    /// The other transfers, in the order in which they are posted after those.
    pub movements: Vec<Movement>,
    /// What becomes of each award.
    pub awards: BTreeMap<AwardId, AwardFate>,
    /// What is carried over in all.
    pub carried_over: Money,
    /// What goes back from awards to the envelope.
    pub decommitted: Money,
    /// What lapses.
    pub lapsed: Money,
}

impl YearEnd {
    /// Everything that stands against closing the year on `today`.
    #[must_use]
    pub fn blockers(&self, today: NaiveDate) -> Vec<YearEndBlocker> {
        use YearEndBlockerCode::{
            AlreadyClosed, CloseOutNotReached, EarlierYearOpen, MoneyInTransit, MoneyPayable,
        };
        let whole = |stands: bool, code| stands.then(|| YearEndBlocker::of(code));
        let dated = whole(today <= self.close_out, CloseOutNotReached);
        let of_year = [
            whole(self.closed_on.is_some(), AlreadyClosed),
            dated.map(|blocker| YearEndBlocker {
                until: Some(self.close_out),
                ..blocker
            }),
            whole(self.earlier_open.is_some(), EarlierYearOpen),
        ];
        let of_awards = self.awards.iter().flat_map(|(award, held)| {
            [
                (held.payable, MoneyPayable),
                (held.in_transit, MoneyInTransit),
            ]
            .into_iter()
            .filter(|(amount, _)| !amount.is_zero())
            .map(|(amount, code)| YearEndBlocker {
                held: Some((*award, amount)),
                ..YearEndBlocker::of(code)
            })
        });
        of_year.into_iter().flatten().chain(of_awards).collect()
    }

    /// Whether the year may be closed on `today`.
    ///
    /// # Errors
    /// [`Refusal::YearEndBlocked`] with the code of every blocker, each once.
    pub fn ensure_closable(&self, today: NaiveDate) -> Result<(), Refusal> {
        let mut codes: Vec<_> = self
            .blockers(today)
            .iter()
            .map(|blocker| blocker.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            Ok(())
        } else {
            Err(Refusal::YearEndBlocked {
                blockers: Codes(codes),
            })
        }
    }

    /// What closing the year does: what is requested is carried over, what awards still hold goes
    /// back to the envelope, and what the envelope then has lapses.
    ///
    /// # Errors
    /// [`Refusal::AmountNotPositive`], [`Refusal::CarryOverUnfounded`],
    /// [`Refusal::CarryOverAboveBalance`], [`Refusal::NotFound`] for a tranche that does not wait for
    /// money of the year, or [`Refusal::EnvelopeMissing`] without an envelope to carry over into;
    /// otherwise when the amounts do not fit.
    pub fn plan(&self, requests: &[CarryOver]) -> Result<YearEndPlan, Refusal> {
        let mut left = self.rests();
        let carry_overs = requests
            .iter()
            .map(|request| self.carry_over(request, &mut left))
            .collect::<Result<Vec<_>, _>>()?;
        let mut movements = Vec::new();
        let mut awards = BTreeMap::new();
        for (award, held) in &self.awards {
            let accounts = [AccountKind::Committed, AccountKind::Retained];
            let accounts = accounts.map(|kind| self.account(*award, kind, self.budget_year));
            for account in accounts {
                movements.extend(Movement::decommit(
                    RecordKind::YearClosing,
                    DecommitReason::YearEnd,
                    (account, self.envelope_of(self.budget_year)),
                    left.of(account),
                ));
            }
            awards.insert(*award, self.fate(*award, held, &left)?);
        }
        let currency = self.envelope.currency();
        let decommitted = awards.values().map(|fate| fate.decommitted);
        let decommitted = Money::sum(currency, decommitted)?;
        let envelope = self.envelope_of(self.budget_year);
        let lapsed = left.of(envelope).plus(decommitted)?;
        let appropriation = Account::appropriation(self.programme, self.budget_year, currency);
        movements.extend(Movement::of(
            RecordKind::YearClosing,
            TransferKind::Lapse,
            (envelope, appropriation),
            lapsed,
        ));
        Ok(YearEndPlan {
            carried_over: Money::sum(currency, requests.iter().map(|request| request.amount))?,
            carry_overs,
            movements,
            awards,
            decommitted,
            lapsed,
        })
    }

    /// What each account holds out of which closing the year takes money.
    #[must_use]
    pub fn accounts(&self) -> BTreeMap<Account, Money> {
        let of_awards = self.awards.iter().flat_map(|(award, held)| {
            let account = |kind| self.account(*award, kind, self.budget_year);
            [
                (account(AccountKind::Committed), held.committed),
                (account(AccountKind::Retained), held.retained),
            ]
        });
        let envelope = (self.envelope_of(self.budget_year), self.envelope);
        of_awards.chain([envelope]).collect()
    }

    /// The awards of which closing the year moves money or lets a tranche lapse.
    pub fn holders(&self) -> impl Iterator<Item = AwardId> + '_ {
        let holds = |held: &AwardYear| {
            !held.committed.is_zero() || !held.retained.is_zero() || !held.tranches.is_empty()
        };
        let holders = self.awards.iter().filter(move |(_, held)| holds(held));
        holders.map(|(award, _)| *award)
    }

    fn rests(&self) -> Rests {
        let tranches = self.awards.iter().flat_map(|(award, held)| {
            let waiting = held.tranches.iter();
            waiting.map(|tranche| (tranche.tranche, (*award, *tranche)))
        });
        Rests {
            none: Money::zero(self.envelope.currency()),
            accounts: self.accounts(),
            tranches: tranches.collect(),
            carried: BTreeMap::new(),
        }
    }

    /// Carries over what is requested, out of what is `left`.
    fn carry_over(&self, request: &CarryOver, left: &mut Rests) -> Result<Movement, Refusal> {
        if !self.has_next {
            return Err(Refusal::EnvelopeMissing {
                budget_year: self.budget_year.next(),
            });
        }
        let (from, most) = match request.tranche {
            None => {
                let from = self.envelope_of(self.budget_year);
                (from, left.of(from))
            }
            Some(id) => {
                let unknown = || Refusal::NotFound {
                    kind: "TRANCHE".to_owned(),
                };
                let (award, tranche) = *left.tranches.get(&id).ok_or_else(unknown)?;
                let kind = tranche.kind.held_in();
                let from = self.account(award, kind, self.budget_year);
                (from, left.of(from).lesser(left.need_of(&tranche)?)?)
            }
        };
        let movement = request.movement(from, most)?;
        left.take(from, request)?;
        Ok(movement)
    }

    /// What becomes of an award of which `left` was not carried over: tranches get it in their order,
    /// to see what was held for which.
    fn fate(&self, award: AwardId, held: &AwardYear, left: &Rests) -> Result<AwardFate, Refusal> {
        let currency = self.envelope.currency();
        let account = |kind| self.account(award, kind, self.budget_year);
        let mut rests = BTreeMap::new();
        for kind in [AccountKind::Committed, AccountKind::Retained] {
            rests.insert(kind, left.of(account(kind)));
        }
        let decommitted = Money::sum(currency, rests.values().copied())?;
        let mut tranches = Vec::with_capacity(held.tranches.len());
        for tranche in &held.tranches {
            let rest = rests.entry(tranche.kind.held_in()).or_insert(left.none);
            let part = rest.lesser(left.need_of(tranche)?)?;
            *rest = rest.minus(part)?;
            tranches.push(TrancheFate {
                before: *tranche,
                carried_over: left.carried_for(tranche.tranche),
                decommitted: part,
            });
        }
        Ok(AwardFate {
            carried_over: Money::sum(currency, tranches.iter().map(|fate| fate.carried_over))?,
            decommitted,
            tranches,
        })
    }

    const fn account(&self, award: AwardId, kind: AccountKind, year: FiscalYear) -> Account {
        Account {
            kind,
            owner: award.uuid(),
            budget_year: Some(year),
            currency: self.envelope.currency(),
        }
    }

    const fn envelope_of(&self, year: FiscalYear) -> Account {
        Account::envelope(self.theme, year, self.envelope.currency())
    }
}

/// What is left while a plan is made.
struct Rests {
    none: Money,
    /// What each account of the year holds.
    accounts: BTreeMap<Account, Money>,
    /// The tranches that wait for it, with the award of each.
    tranches: BTreeMap<TrancheId, (AwardId, TrancheYear)>,
    /// What was carried over for each.
    carried: BTreeMap<TrancheId, Money>,
}

impl Rests {
    fn of(&self, account: Account) -> Money {
        self.accounts.get(&account).copied().unwrap_or(self.none)
    }

    fn carried_for(&self, tranche: TrancheId) -> Money {
        self.carried.get(&tranche).copied().unwrap_or(self.none)
    }

    /// What the tranche needs beyond what was carried over for it.
    fn need_of(&self, tranche: &TrancheYear) -> Result<Money, Refusal> {
        Ok(tranche.need.minus(self.carried_for(tranche.tranche))?)
    }

    fn take(&mut self, from: Account, request: &CarryOver) -> Result<(), Refusal> {
        let rest = self.of(from).minus(request.amount)?;
        self.accounts.insert(from, rest);
        if let Some(tranche) = request.tranche {
            let carried = self.carried_for(tranche).plus(request.amount)?;
            self.carried.insert(tranche, carried);
        }
        Ok(())
    }
}

impl YearEndPlan {
    /// Everything that leaves the year.
    ///
    /// # Errors
    /// When the amounts do not fit.
    pub fn total(&self) -> Result<Money, Refusal> {
        Ok(self.carried_over.plus(self.lapsed)?)
    }

    /// The tranches that lapse.
    pub fn lapsing(&self) -> impl Iterator<Item = TrancheId> + '_ {
        let fates = self.awards.values().flat_map(|fate| &fate.tranches);
        fates
            .filter(|fate| fate.carried_over.is_zero())
            .map(|fate| fate.before.tranche)
    }
}
