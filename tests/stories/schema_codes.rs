//! The codes that the schema admits are the codes that the domain knows.

use std::collections::{BTreeMap, BTreeSet};

use domain::Coded;
use domain::access::{Role, ScopeKind};
use domain::award::{AwardStateCode, DecisionDirection, PlanState};
use domain::bank::DepositKind;
use domain::closing::{ChargeEntry, ChargeKind, ReductionCause, ReportKind, ReturnKind};
use domain::criterion::EvidenceKind;
use domain::gate::{ConditionState, ConflictKind, GateState, RecusalGround, Seat, VoidCause};
use domain::ledger::DecommitReason;
use domain::milestone::{MilestoneStateCode, Outcome, PlanChangeAnswer, SubmissionState};
use domain::payment::{
    BatchState, Contradiction, InstructionState, LineState, PayeeAccountState, ReturnReason,
    UnmatchedReason,
};
use domain::report::ExportState;
use domain::template::PublicationState;
use domain::tranche::{PaymentBasis, TrancheKind, TrancheState};

use crate::harness::database::Backend;
use crate::stories::schema_snapshot::constraints;

type Codes = BTreeSet<String>;

fn of<C: Coded>() -> Codes {
    C::ALL.iter().map(|value| value.code().to_owned()).collect()
}

fn literal(codes: &[&str]) -> Codes {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn expected() -> BTreeMap<String, Codes> {
    let columns: [(&str, Codes); 33] = [
        ("audit_event_actor_kind", literal(&["PERSON", "SYSTEM"])),
        (
            "audit_event_chain_kind",
            literal(&[
                "AWARD",
                "BATCH",
                "ENVELOPE",
                "ORGANIZATION",
                "PERSON",
                "PROGRAMME",
                "THEME",
            ]),
        ),
        ("award_state", of::<AwardStateCode>()),
        ("conflict_declaration_conflict", of::<ConflictKind>()),
        ("decided_amount_direction", of::<DecisionDirection>()),
        ("evidence_kind", of::<EvidenceKind>()),
        ("export_state", of::<ExportState>()),
        ("gate_condition_state", of::<ConditionState>()),
        ("gate_decision_outcome", of::<Outcome>()),
        ("gate_member_seat", of::<Seat>()),
        ("gate_state", of::<GateState>()),
        ("gate_template_state", of::<PublicationState>()),
        ("gate_void_cause", of::<VoidCause>()),
        ("ledger_transfer_reason", of::<DecommitReason>()),
        ("milestone_outcome", of::<Outcome>()),
        ("milestone_plan_change_answer", of::<PlanChangeAnswer>()),
        ("milestone_state", of::<MilestoneStateCode>()),
        ("originator_deposit_kind", of::<DepositKind>()),
        ("plan_version_state", of::<PlanState>()),
        ("recommendation_outcome", of::<Outcome>()),
        ("recusal_conflict", of::<ConflictKind>()),
        ("recusal_ground", of::<RecusalGround>()),
        (
            "report_answer_answer",
            literal(&["CORRECTION_ORDERED", "ACCEPTED"]),
        ),
        ("report_kind", of::<ReportKind>()),
        ("return_order_kind", of::<ReturnKind>()),
        ("return_charge_charge", of::<ChargeKind>()),
        ("return_charge_entry", of::<ChargeEntry>()),
        ("return_reduction_cause", of::<ReductionCause>()),
        ("role_grant_role", of::<Role>()),
        ("role_grant_scope_kind", of::<ScopeKind>()),
        ("sign_off_outcome", of::<Outcome>()),
        ("submission_state", of::<SubmissionState>()),
        ("theme_state", of::<PublicationState>()),
    ];
    let money = [
        ("payee_account_deposit_kind", of::<DepositKind>()),
        ("payee_account_state", of::<PayeeAccountState>()),
        ("payment_batch_state", of::<BatchState>()),
        ("payment_instruction_state", of::<InstructionState>()),
        ("settlement_line_contradiction", of::<Contradiction>()),
        ("settlement_line_result", literal(&["RETURNED", "SETTLED"])),
        ("settlement_line_return_reason", of::<ReturnReason>()),
        ("settlement_line_state", of::<LineState>()),
        ("settlement_line_unmatched_reason", of::<UnmatchedReason>()),
        ("tranche_kind", of::<TrancheKind>()),
        ("tranche_release_payment_basis", of::<PaymentBasis>()),
        ("tranche_state", of::<TrancheState>()),
    ];
    columns
        .into_iter()
        .chain(money)
        .map(|(column, codes)| (format!("{column}_code"), codes))
        .collect()
}

/// The texts in quotes: in `CHECK (state IN ('DRAFT', ..))` as in PostgreSQL's own rendering.
fn quoted(condition: &str) -> Codes {
    condition
        .split('\'')
        .skip(1)
        .step_by(2)
        .map(ToOwned::to_owned)
        .collect()
}

on_both! {
    async fn the_schema_admits_exactly_the_domains_codes(db: TestDatabase) {
        let backend: Backend = db.backend;
        let db = db.connect().await;
        let found: BTreeMap<String, Codes> = constraints(backend, &db)
            .await
            .into_iter()
            .filter(|(name, _)| name.ends_with("_code") && name != "programme_code")
            .map(|(name, condition)| (name, quoted(&condition)))
            .filter(|(_, codes)| !codes.is_empty())
            .collect();
        assert_eq!(found, expected());
    }
}
