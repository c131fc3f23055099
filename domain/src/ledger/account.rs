//! The accounts between which money moves.

use core::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::FiscalYear;
use crate::code::coded;
use crate::id::{AwardId, OrganizationId, ProgrammeId, ThemeId};
use crate::money::Currency;

coded! {
    /// What an account holds.
    pub enum AccountKind {
        /// What parliament appropriated to the programme for a year; goes below zero by design.
        Appropriation = "APPROPRIATION",
        /// What a theme may commit in a year.
        Envelope = "ENVELOPE",
        /// What is committed to an award in a year and not yet released.
        Committed = "COMMITTED",
        /// What is held back of an award until its amount is determined.
        Retained = "RETAINED",
        /// What is released and not yet sent.
        Payable = "PAYABLE",
        /// What was sent to the bank and not yet settled.
        InTransit = "IN_TRANSIT",
        /// What an award was paid on estimate.
        Advanced = "ADVANCED",
        /// What an award was paid and may keep.
        Granted = "GRANTED",
        /// What an award was ordered to return.
        Returnable = "RETURNABLE",
        /// What came back to the State.
        Treasury = "TREASURY",
        /// What was given up as not recoverable.
        WrittenOff = "WRITTEN_OFF",
        /// Surcharges and late charges levied; goes below zero by design.
        ChargesLevied = "CHARGES_LEVIED",
        /// Surcharges and late charges not yet collected.
        ChargesReceivable = "CHARGES_RECEIVABLE",
        /// Money received from a payer and not yet applied; goes below zero by design.
        Unapplied = "UNAPPLIED",
    }
}

impl AccountKind {
    /// Whether the account belongs to one budget year.
    #[must_use]
    pub const fn has_budget_year(self) -> bool {
        matches!(
            self,
            Self::Appropriation
                | Self::Envelope
                | Self::Committed
                | Self::Retained
                | Self::Payable
                | Self::InTransit
        )
    }

    /// Whether the account belongs to one award.
    #[must_use]
    pub const fn is_an_awards(self) -> bool {
        matches!(
            self,
            Self::Committed
                | Self::Retained
                | Self::Payable
                | Self::InTransit
                | Self::Advanced
                | Self::Granted
                | Self::Returnable
                | Self::WrittenOff
                | Self::ChargesReceivable
        )
    }

    /// Whether the account may go below zero.
    #[must_use]
    pub const fn may_be_negative(self) -> bool {
        matches!(
            self,
            Self::Appropriation | Self::ChargesLevied | Self::Unapplied
        )
    }

    /// The account's name in a printed ledger, for people: the code in lower case.
    #[must_use]
    pub fn label(self) -> String {
        crate::code::Coded::code(self).to_ascii_lowercase()
    }
}

/// One account: what it holds, whose it is, of which budget year, in which currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Account {
    /// What it holds.
    pub kind: AccountKind,
    /// The programme, theme, award or payer whose account it is.
    pub owner: Uuid,
    /// The budget year, for kinds that have one.
    pub budget_year: Option<FiscalYear>,
    /// The currency.
    pub currency: Currency,
}

impl Account {
    /// The appropriation of a programme for a year.
    #[must_use]
    pub const fn appropriation(
        programme: ProgrammeId,
        year: FiscalYear,
        currency: Currency,
    ) -> Self {
        Self::yearly(AccountKind::Appropriation, programme.uuid(), year, currency)
    }

    /// The envelope of a theme for a year.
    #[must_use]
    pub const fn envelope(theme: ThemeId, year: FiscalYear, currency: Currency) -> Self {
        Self::yearly(AccountKind::Envelope, theme.uuid(), year, currency)
    }

    /// What is committed to an award in a year.
    #[must_use]
    pub const fn committed(award: AwardId, year: FiscalYear, currency: Currency) -> Self {
        Self::yearly(AccountKind::Committed, award.uuid(), year, currency)
    }

    /// What is retained of an award in a year.
    #[must_use]
    pub const fn retained(award: AwardId, year: FiscalYear, currency: Currency) -> Self {
        Self::yearly(AccountKind::Retained, award.uuid(), year, currency)
    }

    /// What is payable to an award in a year.
    #[must_use]
    pub const fn payable(award: AwardId, year: FiscalYear, currency: Currency) -> Self {
        Self::yearly(AccountKind::Payable, award.uuid(), year, currency)
    }

    /// What an award was paid on estimate.
    #[must_use]
    pub const fn advanced(award: AwardId, currency: Currency) -> Self {
        Self::lasting(AccountKind::Advanced, award.uuid(), currency)
    }

    /// What an award was paid and may keep.
    #[must_use]
    pub const fn granted(award: AwardId, currency: Currency) -> Self {
        Self::lasting(AccountKind::Granted, award.uuid(), currency)
    }

    /// What an award was ordered to return.
    #[must_use]
    pub const fn returnable(award: AwardId, currency: Currency) -> Self {
        Self::lasting(AccountKind::Returnable, award.uuid(), currency)
    }

    /// What of an award was given up as not recoverable.
    #[must_use]
    pub const fn written_off(award: AwardId, currency: Currency) -> Self {
        Self::lasting(AccountKind::WrittenOff, award.uuid(), currency)
    }

    /// Surcharges and late charges that an award has not paid yet.
    #[must_use]
    pub const fn charges_receivable(award: AwardId, currency: Currency) -> Self {
        Self::lasting(AccountKind::ChargesReceivable, award.uuid(), currency)
    }

    /// Surcharges and late charges that a programme levied.
    #[must_use]
    pub const fn charges_levied(programme: ProgrammeId, currency: Currency) -> Self {
        Self::lasting(AccountKind::ChargesLevied, programme.uuid(), currency)
    }

    /// What came back to the State from a programme.
    #[must_use]
    pub const fn treasury(programme: ProgrammeId, currency: Currency) -> Self {
        Self::lasting(AccountKind::Treasury, programme.uuid(), currency)
    }

    /// What a body paid in and was not applied to anything it owed.
    #[must_use]
    pub const fn unapplied(payer: OrganizationId, currency: Currency) -> Self {
        Self::lasting(AccountKind::Unapplied, payer.uuid(), currency)
    }

    const fn lasting(kind: AccountKind, owner: Uuid, currency: Currency) -> Self {
        Self {
            kind,
            owner,
            budget_year: None,
            currency,
        }
    }

    /// The account of this kind of an award: that of `year`, where the kind has one for each.
    #[must_use]
    pub fn of_award(
        kind: AccountKind,
        award: AwardId,
        year: FiscalYear,
        currency: Currency,
    ) -> Self {
        Self {
            kind,
            owner: award.uuid(),
            budget_year: kind.has_budget_year().then_some(year),
            currency,
        }
    }

    const fn yearly(kind: AccountKind, owner: Uuid, year: FiscalYear, currency: Currency) -> Self {
        Self {
            kind,
            owner,
            budget_year: Some(year),
            currency,
        }
    }
}

impl fmt::Display for Account {
    /// For people, with the owner's bare id: `committed:<owner>:2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.label(), self.owner)?;
        self.budget_year
            .map_or(Ok(()), |year| write!(f, ":{}", year.get()))
    }
}
