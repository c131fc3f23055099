//! One row of every table, fitting together: an award whose only milestone has just passed its gate
//! and whose tranche nobody has released.
//!
//! For stories about the schema itself. Stories about the programme run its commands.

mod awards;
mod closing;
mod gates;
mod money;
mod payments;
mod people;
mod themes;
mod year;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, Set};
use store::entity::{
    affiliation, audit_event, award, award_participant, budget, carry_over, conflict_declaration,
    decided_amount, determination, envelope, evidence, export, gate, gate_condition, gate_decision,
    gate_member, gate_template, idempotency_key, ledger_transfer, letterhead, milestone,
    milestone_version, organization, organization_identifier, originator, payee_account,
    payment_batch, payment_instruction, person, plan_version, policy_version, programme, publisher,
    receipt, receipt_refund, recommendation, recusal, report, report_answer, report_version,
    return_charge, return_order, return_reduction, role_grant, service_token, set_off,
    settlement_file, settlement_line, sign_off, site_visit, submission, tax_credit_return, theme,
    tranche, tranche_release, wind_down, year_closing,
};
use uuid::Uuid;

pub(crate) use payments::confirmed_account;

/// A hash for where any will do.
pub(crate) const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The id of row `row`.
pub(crate) const fn id(row: u128) -> Uuid {
    Uuid::from_u128(row)
}

/// An instant with all its microseconds, at which everything happens.
pub(crate) fn instant() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_780_000_000_123_456).expect("an instant")
}

/// The day on which everything happens.
pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 28).expect("a day")
}

const PROGRAMME: Uuid = id(1);
const ORGANIZATION: Uuid = id(2);
const PERSON: Uuid = id(3);
const POLICY: Uuid = id(4);
const THEME: Uuid = id(5);
const TEMPLATE: Uuid = id(6);
const AWARD: Uuid = id(7);
const PLAN: Uuid = id(8);
const MILESTONE: Uuid = id(9);
const MILESTONE_VERSION: Uuid = id(10);
const TRANCHE: Uuid = id(11);
const SUBMISSION: Uuid = id(12);
const GATE: Uuid = id(13);
const DECISION: Uuid = id(14);
const COMMAND: Uuid = id(15);

/// The rows, in the order in which they can be made.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) programme: programme::Model,
    pub(crate) organization: organization::Model,
    pub(crate) organization_identifier: organization_identifier::Model,
    pub(crate) person: person::Model,
    pub(crate) affiliation: affiliation::Model,
    pub(crate) role_grant: role_grant::Model,
    pub(crate) service_token: service_token::Model,
    pub(crate) policy_version: policy_version::Model,
    pub(crate) theme: theme::Model,
    pub(crate) gate_template: gate_template::Model,
    pub(crate) envelope: envelope::Model,
    pub(crate) award: award::Model,
    pub(crate) award_participant: award_participant::Model,
    pub(crate) plan_version: plan_version::Model,
    pub(crate) milestone: milestone::Model,
    pub(crate) milestone_version: milestone_version::Model,
    pub(crate) tranche: tranche::Model,
    pub(crate) decided_amount: decided_amount::Model,
    pub(crate) wind_down: wind_down::Model,
    pub(crate) submission: submission::Model,
    pub(crate) evidence: evidence::Model,
    pub(crate) gate: gate::Model,
    pub(crate) gate_member: gate_member::Model,
    pub(crate) conflict_declaration: conflict_declaration::Model,
    pub(crate) recusal: recusal::Model,
    pub(crate) sign_off: sign_off::Model,
    pub(crate) recommendation: recommendation::Model,
    pub(crate) gate_decision: gate_decision::Model,
    pub(crate) gate_condition: gate_condition::Model,
    pub(crate) tranche_release: tranche_release::Model,
    pub(crate) budget: budget::Model,
    pub(crate) report: report::Model,
    pub(crate) report_version: report_version::Model,
    pub(crate) report_answer: report_answer::Model,
    pub(crate) site_visit: site_visit::Model,
    pub(crate) carry_over: carry_over::Model,
    pub(crate) year_closing: year_closing::Model,
    pub(crate) payee_account: payee_account::Model,
    pub(crate) originator: originator::Model,
    pub(crate) publisher: publisher::Model,
    pub(crate) letterhead: letterhead::Model,
    pub(crate) payment_batch: payment_batch::Model,
    pub(crate) payment_instruction: payment_instruction::Model,
    pub(crate) settlement_file: settlement_file::Model,
    pub(crate) settlement_line: settlement_line::Model,
    pub(crate) determination: determination::Model,
    pub(crate) return_order: return_order::Model,
    pub(crate) receipt: receipt::Model,
    pub(crate) receipt_refund: receipt_refund::Model,
    pub(crate) set_off: set_off::Model,
    pub(crate) export: export::Model,
    pub(crate) return_reduction: return_reduction::Model,
    pub(crate) return_charge: return_charge::Model,
    pub(crate) tax_credit_return: tax_credit_return::Model,
    pub(crate) ledger_transfer: ledger_transfer::Model,
    pub(crate) audit_event: audit_event::Model,
    pub(crate) idempotency_key: idempotency_key::Model,
}

/// Inserts `model`.
pub(crate) async fn insert<M, A>(db: &DatabaseConnection, model: M) -> Result<M, DbErr>
where
    M: IntoActiveModel<A> + Send,
    A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send,
    A::Entity: EntityTrait<Model = M>,
    M: sea_orm::ModelTrait<Entity = A::Entity>,
{
    model.into_active_model().insert(db).await
}

macro_rules! insert_all {
    ($db:ident, $rows:ident, $($table:ident),+ $(,)?) => {
        $( insert($db, $rows.$table.clone()).await.expect(stringify!($table)); )+
    };
}

impl Rows {
    /// Inserts everything but the release, what was kept of it, its instruction and what the bank said of
    /// it; the milestone opens first and passes at the end, because it and its gate point at each other.
    pub(crate) async fn insert(&self, db: &DatabaseConnection) {
        let passed = self.milestone.clone();
        let open = Self {
            milestone: opened(passed.clone()),
            ..self.clone()
        };
        insert_all!(
            db,
            open,
            programme,
            organization,
            organization_identifier,
            person,
            affiliation,
            role_grant,
            service_token,
            policy_version,
            theme,
            gate_template,
            envelope,
            award,
            award_participant,
            plan_version,
            milestone,
            milestone_version,
            tranche,
            decided_amount,
            wind_down,
            submission,
            evidence,
            gate,
            gate_member,
            conflict_declaration,
            recusal,
            sign_off,
            recommendation,
            gate_decision,
            gate_condition,
            budget,
            report,
            report_version,
            report_answer,
            site_visit,
            carry_over,
            year_closing,
            payee_account,
            originator,
            publisher,
            letterhead,
            payment_batch,
            settlement_file,
            determination,
            return_order,
            receipt,
            receipt_refund,
            export,
            return_reduction,
            return_charge,
            tax_credit_return,
            ledger_transfer,
            audit_event,
            idempotency_key,
        );
        update_milestone(db, passed)
            .await
            .expect("a passed milestone");
    }
}

/// `milestone` as it was before anything was submitted.
pub(crate) fn opened(milestone: milestone::Model) -> milestone::Model {
    milestone::Model {
        state: "OPEN".to_owned(),
        submission_id: None,
        seal: None,
        gate_id: None,
        outcome: None,
        share_bp: None,
        ..milestone
    }
}

/// Writes every column of `milestone`.
pub(crate) async fn update_milestone(
    db: &DatabaseConnection,
    milestone: milestone::Model,
) -> Result<milestone::Model, DbErr> {
    let key = Set(milestone.id);
    let mut row = milestone.into_active_model().reset_all();
    row.id = key;
    row.update(db).await
}

/// Owned text.
fn text(text: &str) -> String {
    text.to_owned()
}

/// One row of every table.
pub(crate) fn one_of_each() -> Rows {
    Rows {
        programme: people::programme(),
        organization: people::organization(),
        organization_identifier: people::organization_identifier(),
        person: people::person(),
        affiliation: people::affiliation(),
        role_grant: people::role_grant(),
        service_token: people::service_token(),
        policy_version: themes::policy_version(),
        theme: themes::theme(),
        gate_template: themes::gate_template(),
        envelope: themes::envelope(),
        award: awards::award(),
        award_participant: awards::award_participant(),
        plan_version: awards::plan_version(),
        milestone: awards::milestone(),
        milestone_version: awards::milestone_version(),
        tranche: awards::tranche(),
        decided_amount: awards::decided_amount(),
        wind_down: awards::wind_down(),
        submission: gates::submission(),
        evidence: gates::evidence(),
        gate: gates::gate(),
        gate_member: gates::gate_member(),
        conflict_declaration: gates::conflict_declaration(),
        recusal: gates::recusal(),
        sign_off: gates::sign_off(),
        recommendation: gates::recommendation(),
        gate_decision: gates::gate_decision(),
        gate_condition: gates::gate_condition(),
        tranche_release: money::tranche_release(),
        budget: closing::budget(),
        report: closing::report(),
        report_version: closing::report_version(),
        report_answer: closing::report_answer(),
        site_visit: closing::site_visit(),
        carry_over: year::carry_over(),
        year_closing: year::year_closing(),
        payee_account: payments::payee_account(),
        originator: payments::originator(),
        publisher: payments::publisher(),
        letterhead: payments::letterhead(),
        payment_batch: payments::payment_batch(),
        payment_instruction: payments::payment_instruction(),
        settlement_file: payments::settlement_file(),
        settlement_line: payments::settlement_line(),
        determination: closing::determination(),
        return_order: closing::return_order(),
        receipt: closing::receipt(),
        receipt_refund: closing::receipt_refund(),
        set_off: closing::set_off(),
        export: year::export(),
        return_reduction: closing::return_reduction(),
        return_charge: closing::return_charge(),
        tax_credit_return: closing::tax_credit_return(),
        ledger_transfer: money::ledger_transfer(),
        audit_event: money::audit_event(),
        idempotency_key: money::idempotency_key(),
    }
}
