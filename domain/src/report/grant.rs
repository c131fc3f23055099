//! An award as the public may see it.
//!
//! Only what is published: no account, no person, no finding of a panel, and no draft.

use chrono::{DateTime, NaiveDate, Utc};

use crate::corporate_number::CorporateNumber;
use crate::id::{TrancheId, TransferId};
use crate::money::Money;
use crate::text::LocalizedText;
use crate::tranche::TrancheKind;

/// A body as open data names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedBody {
    /// How it is identified.
    pub identifier: BodyIdentifier,
    /// Its name.
    pub name: LocalizedText,
}

/// How a body is identified in open data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyIdentifier {
    /// By its Japanese corporate number.
    CorporateNumber(CorporateNumber),
    /// By its identifier in the register of another country.
    Registered {
        /// The register, by its code in the list of org-id.guide.
        scheme: String,
        /// The identifier within it.
        value: String,
    },
}

/// A tranche of an award, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTranche {
    /// The tranche.
    pub id: TrancheId,
    /// Its place in the award, from 1.
    pub ordinal: u16,
    /// What is paid for.
    pub kind: TrancheKind,
    /// The title of its milestone, where it has one; what it is otherwise.
    pub title: LocalizedText,
    /// How much of it is paid or can still be. Those of an award never come to more than is decided.
    pub amount: Money,
    /// The day on which it was decided.
    pub committed_on: NaiveDate,
    /// The day on which its milestone is due, where it has one.
    pub due_on: Option<NaiveDate>,
    /// The payments that arrived and stayed.
    pub payments: Vec<PublishedPayment>,
}

/// A payment that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPayment {
    /// The transfer of the ledger by which it arrived.
    pub transfer: TransferId,
    /// The day on which it arrived.
    pub paid_on: NaiveDate,
    /// The amount.
    pub amount: Money,
}

/// An award with its tranches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedGrant {
    /// The award's number.
    pub award_number: String,
    /// Its title.
    pub title: LocalizedText,
    /// The code of its theme.
    pub theme_code: String,
    /// The title of its theme.
    pub theme_title: LocalizedText,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// What was applied for.
    pub applied: Money,
    /// The decided amount in force.
    pub decided: Money,
    /// What was paid: settled or set off, less what the bank returned.
    pub paid: Money,
    /// The planned first and last day.
    pub planned: (NaiveDate, NaiveDate),
    /// The body that receives it.
    pub recipient: PublishedBody,
    /// Its tranches in their order.
    pub tranches: Vec<PublishedTranche>,
    /// When any of this was last recorded.
    pub recorded_at: DateTime<Utc>,
}
