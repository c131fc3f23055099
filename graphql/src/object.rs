//! The objects of the graph: read models shown field by field.

mod action;
mod ageing;
mod award;
mod bank;
mod calendar;
mod closing;
mod disbursement;
mod envelope;
mod forecast;
mod gate;
mod history;
mod ledger;
mod letterhead;
mod milestone;
mod node;
mod notice;
mod originator;
mod panel;
mod payment;
mod people;
mod plan_version;
mod portfolio;
mod programme;
mod publisher;
mod reference;
mod registry;
mod report;
mod returns;
mod rules;
mod slip;
mod submission;
mod task;
mod tranche;
mod year_end;

pub use action::Action;
pub use ageing::{FiveAmounts, PaidNotFixed};
pub use award::Award;
pub use bank::{BankPlace, NameCharacter, NamePreview};
pub use calendar::{PaymentCalendar, PaymentCalendarLine};
pub use closing::{Determination, DeterminationSheet};
pub use disbursement::{
    DisbursementChange, DisbursementGroup, DisbursementLine, DisbursementReport, DisbursementTotal,
    Reading,
};
pub use envelope::Envelope;
pub use forecast::{ForecastBasis, ForecastStage, PaymentForecast};
pub use gate::Gate;
pub use history::{AuditChain, AuditEvent, Fact, Happening};
pub use ledger::{Balance, Ledger, TrialBalanceLine};
pub use letterhead::{Letterhead, Remark, Signatory};
pub use milestone::{Criterion, KpiTarget, Milestone, Missing, Round};
pub use node::AnyNode;
pub use notice::Notice;
pub use originator::Originator;
pub use panel::{
    Condition, Decision, Finding, LaidCondition, OutcomeVotes, OwnConflict, PanelMember, Quorum,
    Recommendation, Terms, Vote, VoteFinding,
};
pub use payment::{PayeeAccount, Payment, PaymentBatch, SettlementLine};
pub use people::{Organization, Person, ViewerObject, ViewerRole};
pub use plan_version::{Plan, PlanVersion, PlannedMilestone, PlannedTranche};
pub use portfolio::{MilestonesInState, PortfolioLine, PortfolioStage, Slip};
pub use programme::{Programme, PublicTotal, Theme};
pub use publisher::Publisher;
pub use reference::Ref;
pub use registry::{Affiliation, RoleGrant, ServiceToken};
pub use report::{CostLine, Costs, OwedReport, Report, ReportRound, TaxCredit};
pub use returns::{DatedAmount, Receipt, ReturnCharge, ReturnOrder, ReturnReduction};
pub use rules::{GateTemplate, MonthDay, PolicyParameters, PolicyVersion, Stage};
pub use slip::{ForecastSpend, SlipForecast};
pub use submission::{Evidence, KpiReached, Submission};
pub use task::{Task, TaskConnection, TaskEdge, TaskSubject};
pub use tranche::{Blocker, CalculationSheet, CalculationStep, Release, Tranche, WindDown};
pub use year_end::{YearEndAward, YearEndBlocker, YearEndHeld, YearEndPreview, YearEndTranche};
