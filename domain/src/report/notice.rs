//! Notices: what an act of the authority says to the body it is for (Act 8, 15, 18), and the record
//! of a gate.
//!
//! A notice speaks of one act that is on record. Nothing of it is the day on which it is read or
//! made: the same act is the same notice for ever, but for what undid it. What the law makes every notice say stands in
//! the catalogues ([`NoticeSentence`](super::NoticeSentence)); here is what differs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{GateRecord, NoticeKind};
use crate::award::DecisionDirection;
use crate::calculation::CalculationStep;
use crate::calendar::FiscalYear;
use crate::closing::{ChargeTerms, DatedAmount, ReturnKind};
use crate::ledger::DecommitReason;
use crate::money::{BasisPoints, Money};
use crate::text::LocalizedText;
use crate::tranche::{PaymentBasis, TrancheKind};

/// A notice or a record, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The number of the document, such as that of the award with the act's place in its series.
    /// Of all documents it is the only one with this number.
    pub number: String,
    /// The day of the act; it is the date of the document.
    pub dated_on: NaiveDate,
    /// What it is about.
    pub award: NoticedAward,
    /// In whose name it is issued, in their order.
    pub signatories: Vec<Signatory>,
    /// What the programme adds to such notices, such as where an objection is lodged. Ministries
    /// word it, not this program: the Act excludes the Administrative Procedure Act (24-2) and has
    /// an objection of its own for local governments only (25).
    pub remarks: Vec<LocalizedText>,
    /// What the act says.
    pub content: NoticeContent,
}

impl Notice {
    /// Which notice it is.
    #[must_use]
    pub const fn kind(&self) -> NoticeKind {
        match self.content {
            NoticeContent::Decision(_) => NoticeKind::Decision,
            NoticeContent::Release(_) => NoticeKind::Release,
            NoticeContent::Fixing(_) => NoticeKind::Fixing,
            NoticeContent::ReturnOrder(_) => NoticeKind::ReturnOrder,
            NoticeContent::GateRecord(_) => NoticeKind::GateRecord,
        }
    }
}

/// The award that a notice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticedAward {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: LocalizedText,
    /// The programme's title.
    pub programme: LocalizedText,
    /// The theme's title.
    pub theme: LocalizedText,
    /// The applicant body's name.
    pub body: LocalizedText,
    /// The body's corporate number, or its identifier in another scheme.
    pub body_identifier: String,
}

/// In whose name a notice is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The office, such as 厚生労働大臣.
    pub office: LocalizedText,
    /// Who holds it, where the notice names them.
    pub person: Option<LocalizedText>,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeContent {
    /// The grant decision or a change of it (交付決定通知書, Act 8).
    Decision(DecisionNotice),
    /// The release of a tranche for payment (支払通知書; 概算払, Accounts Act 22).
    Release(ReleaseNotice),
    /// The determination of the amount (額の確定通知書, Act 15).
    Fixing(FixingNotice),
    /// An order to return money (返還命令書, Act 18).
    ReturnOrder(ReturnOrderNotice),
    /// What a panel found and the authority decided (ゲート審査記録).
    GateRecord(Box<GateRecord>),
}

/// The grant decision as it stands after one value of the decided amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionNotice {
    /// What was applied for.
    pub applied: Money,
    /// The decided amount after the act.
    pub decided: Money,
    /// What the act changed; none for the first decision.
    pub change: Option<DecisionChange>,
    /// The planned first and last day.
    pub planned: (NaiveDate, NaiveDate),
    /// The tranches of the plan in force, in their order.
    pub tranches: Vec<NoticedTranche>,
    /// The decided amount less that of all the tranches: below zero where a part was cancelled, which leaves
    /// the plan as it is (Act 17). With it they add up.
    pub beside: Money,
    /// Conditions beyond those of the law (Act 7), which every notice has.
    pub conditions: Vec<LocalizedText>,
    /// Days within which the application may be withdrawn, counted from the day after the notice
    /// was received (Act 9; Ordinance 6 of 2000, rule 3); none for a change, which opens no new term.
    pub withdrawal_days: Option<u32>,
}

/// A change of the decided amount (Act 7, 10 or 17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionChange {
    /// Up or down.
    pub direction: DecisionDirection,
    /// The article that it rests on.
    pub article: DecommitReason,
    /// The decided amount before.
    pub before: Money,
    /// Why (Act 21-2).
    pub reason: String,
}

/// A tranche as a notice names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticedTranche {
    /// Its place in the award, from 1.
    pub ordinal: u16,
    /// What is paid for.
    pub kind: TrancheKind,
    /// The title of its milestone, where it has one.
    pub milestone: Option<LocalizedText>,
    /// The day on which its milestone is due, where it has one.
    pub due_on: Option<NaiveDate>,
    /// The budget year that it is paid out of.
    pub budget_year: FiscalYear,
    /// Its amount.
    pub amount: Money,
}

/// A tranche that is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseNotice {
    /// The tranche.
    pub tranche: NoticedTranche,
    /// What of it is paid.
    pub released: Money,
    /// Whether it is paid before or after the determination of its year.
    pub basis: PaymentBasis,
    /// The reference of the consultation on a payment on estimate (Accounts Act 22).
    pub consultation_reference: Option<String>,
    /// The share of the tranche that was earned.
    pub share: BasisPoints,
    /// The decided amount in force.
    pub decided: Money,
    /// What was paid of the award before.
    pub paid_before: Money,
    /// The policy version of the calculation.
    pub policy_version: u32,
    /// How the amount came about, as its sheet has it.
    pub steps: Vec<CalculationStep>,
    /// What does not come any more, where the rest was revoked after a part was kept for a debt.
    pub revoked: Option<RevokedRest>,
}

/// The rest of a release of which a part was kept for a debt (Act 20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevokedRest {
    /// The day on which it was revoked.
    pub on: NaiveDate,
    /// How much does not come.
    pub rest: Money,
    /// What was kept for the debt, and so is paid.
    pub kept: Money,
}

/// The amount of a budget year, fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixingNotice {
    /// The budget year.
    pub budget_year: FiscalYear,
    /// Which determination of the year it is, from 1.
    pub version: u32,
    /// The fixed amount.
    pub fixed: Money,
    /// What of the budget year was paid, also where it was ordered back since.
    pub paid: Money,
    /// What of that was ordered back and not rescinded before the determination.
    pub ordered_back: Money,
    /// What of that the determination rescinds.
    pub rescinded: Money,
    /// What of the fixed amount stays ordered back for another reason than overpayment.
    pub back_otherwise: Money,
    /// What is still to be paid (精算払); zero where nothing is.
    pub payable: Money,
    /// What is paid above the fixed amount and is to be returned (Act 18, paragraph 2); zero where
    /// nothing is.
    pub to_return: Money,
    /// Why it was fixed so; empty where the calculation says it all.
    pub reason: String,
    /// The policy version of the calculation.
    pub policy_version: u32,
    /// How the amount came about, as its sheet has it.
    pub steps: Vec<CalculationStep>,
}

/// Money that is to be returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOrderNotice {
    /// Why it is to be returned.
    pub kind: ReturnKind,
    /// The budget year that it was paid out of.
    pub budget_year: FiscalYear,
    /// The principal.
    pub ordered: Money,
    /// The last day on which it is paid in time (Act 18).
    pub due_on: NaiveDate,
    /// Whether the decision was cancelled for a change of circumstances before (Act 10).
    pub after_act_10: bool,
    /// What of it was rescinded since, in the order of recording: nobody pays what is not owed.
    pub rescissions: Vec<Rescission>,
    /// What is left of the order after that.
    pub stands: Money,
    /// The reason that is given to the body (Act 21-2).
    pub reason: String,
    /// The receipts that the principal is charged to, the latest first (Order 10).
    pub receipts: Vec<DatedAmount>,
    /// The terms of the surcharge, where the return bears one (Act 19, paragraph 1).
    pub surcharge: Option<ChargeTerms>,
    /// The terms of the late charge (Act 19, paragraph 2).
    pub late_charge: ChargeTerms,
}

/// A part of an order that was rescinded, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescission {
    /// Its day.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// Why (Act 21-2).
    pub reason: String,
}
