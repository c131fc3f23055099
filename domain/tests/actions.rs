//! What can be done next: every command is offered on what it acts on, and on nothing else.

use std::collections::BTreeSet;

use domain::access::{
    Asker, Authority, AwardFacts, ConditionFacts, GateFacts, Grant, GrantScope, MilestoneFacts,
    Operation, PlanVersionFacts, Role, Scope,
};
use domain::award::PlanState;
use domain::gate::{Condition, ConditionDraft, ConditionState, GateState, Verifier};
use domain::milestone::MilestoneState;
use domain::tranche::WindDownFacts;
use domain::{Coded, Policy, Refusal};

use crate::support::{
    CHAIR, award, body, criteria, date, gate, panel, passed, person, release_facts, today, uuid,
    yen,
};

/// The commands that make something, or act on people, themes, money and payments as such.
const BOUND_TO_NOTHING: [Operation; 58] = [
    Operation::BeginExport,
    Operation::EndExport,
    Operation::BootstrapAdministrator,
    Operation::PublishPolicy,
    Operation::DefineTheme,
    Operation::PublishTheme,
    Operation::DefineGateTemplate,
    Operation::PublishGateTemplate,
    Operation::DefineOriginator,
    Operation::DefinePublisher,
    Operation::DefineLetterhead,
    Operation::DefineEnvelope,
    Operation::RegisterOrganization,
    Operation::RegisterPerson,
    Operation::RecordAffiliation,
    Operation::GrantRole,
    Operation::EndRole,
    Operation::IssueServiceToken,
    Operation::RevokeServiceToken,
    Operation::OfferAward,
    Operation::ImportAwardHistory,
    // What ends a budget year is on the list of the year end.
    Operation::CarryOverTranche,
    Operation::CloseYear,
    // What closes an award is on the lists of reports and returns.
    Operation::SetBudget,
    Operation::PrescribeReport,
    Operation::SubmitReport,
    Operation::OrderCorrection,
    Operation::AcceptReport,
    Operation::NoteSiteVisit,
    Operation::CompleteAward,
    Operation::ProposePayeeAccount,
    Operation::ConfirmPayeeAccount,
    Operation::RejectPayeeAccount,
    Operation::WithdrawPayeeAccount,
    Operation::PreparePaymentBatch,
    Operation::ReviewPaymentBatch,
    Operation::ApprovePaymentBatch,
    Operation::CancelPaymentBatch,
    Operation::ExportPaymentBatch,
    Operation::ImportSettlement,
    Operation::RecordSettlement,
    Operation::ResolveSettlementLine,
    Operation::ClearBounce,
    Operation::TakeBackSettlement,
    Operation::ReleaseForSetOff,
    Operation::SetOff,
    Operation::DetermineAmount,
    Operation::CloseAward,
    Operation::CancelAward,
    Operation::OrderReturn,
    Operation::RecordReceipt,
    Operation::ApplyReceipt,
    Operation::RepayReturn,
    Operation::RefundReceipt,
    Operation::TakeBackReceipt,
    Operation::WaiveCharge,
    Operation::WriteOffReturn,
    Operation::RescindReturn,
];

fn scope() -> Scope {
    Scope {
        programme: uuid(1).into(),
        theme: Some(uuid(2).into()),
        organization: Some(body(3)),
    }
}

/// Somebody with these roles, everywhere.
fn holder(roles: &[Role]) -> Authority {
    let grant = |role: &Role| Grant {
        role: *role,
        scope: if role.is_applicant_side() {
            GrantScope::Organization(body(3))
        } else {
            GrantScope::Programme(uuid(1).into())
        },
        from: date("2026-04-01"),
        until: None,
    };
    Authority::on(today(), roles.iter().map(grant))
}

/// What the costs of winding an award down may be.
fn wind_down() -> WindDownFacts {
    WindDownFacts {
        decided: yen(50_000_000),
        paid_or_payable: yen(10_000_000),
        still_payable: yen(0),
        granted: BTreeSet::new(),
        determined: BTreeSet::new(),
    }
}

/// What `authority` is offered on one thing of each kind, kind by kind.
fn offered(authority: &Authority) -> Vec<Vec<Operation>> {
    let (award, panel, policy, criteria) = (award(), panel(), Policy::default(), criteria());
    let milestone = passed(10_000);
    let condition = Condition {
        id: uuid(7).into(),
        terms: ConditionDraft {
            text: "承認".to_owned(),
            due_on: today(),
            blocking: false,
            verifier: Verifier::Chair,
        },
        state: ConditionState::Open,
    };
    let gate_facts = GateFacts {
        award: &award,
        state: GateState::Convened,
        panel: &panel,
        criteria: &criteria,
        policy: &policy,
        deadline_on: today(),
        seal_intact: true,
        recommended_by: None,
        conflict: None,
    };
    let asker = Asker {
        person: person(CHAIR),
        authority,
        scope: scope(),
        today: today(),
    };
    let actions = [
        asker.on_award(&AwardFacts {
            award: &award,
            tranches: &[],
            years: &[],
            wind_down: &wind_down(),
            plan_change_open: false,
        }),
        asker.on_milestone(&MilestoneFacts {
            award: &award,
            state: &milestone,
            rounds_max: 3,
            criteria: &criteria,
            draft: None,
            seal_intact: true,
            gate: Some(&gate_facts),
        }),
        asker.on_submission(&award, &MilestoneState::Open { round: 1 }, true),
        asker.on_gate(&gate_facts, &Ok(())),
        asker.on_tranche(&release_facts(), 1, None),
        asker.on_condition(&ConditionFacts {
            condition: &condition,
            gate: gate(1),
            facts: &gate_facts,
            milestone: &milestone,
        }),
        asker.on_plan_version(&PlanVersionFacts {
            award: &award,
            state: PlanState::Proposed,
            proposed_by: None,
            adoptable: Err(Refusal::TrancheUnderSeal {}),
        }),
    ];
    let names = |actions: &Vec<domain::access::Action>| {
        actions.iter().map(|action| action.operation).collect()
    };
    actions.iter().map(names).collect()
}

#[test]
fn every_command_is_an_action_on_one_kind_of_thing_or_bound_to_nothing() {
    let everything = offered(&holder(Role::ALL)).concat();
    let bound: BTreeSet<Operation> = everything.iter().copied().collect();
    assert_eq!(bound.len(), everything.len(), "no command is offered twice");
    for operation in Operation::ALL {
        let is_bound = bound.contains(operation);
        assert_ne!(
            is_bound,
            BOUND_TO_NOTHING.contains(operation),
            "{operation}"
        );
    }
}

#[test]
fn a_role_is_offered_what_it_opens_and_nothing_else() {
    for role in Role::ALL {
        let opened = Operation::ALL.iter().filter(|operation| {
            operation.roles().contains(role) && !BOUND_TO_NOTHING.contains(operation)
        });
        let offered: BTreeSet<Operation> =
            offered(&holder(&[*role])).concat().into_iter().collect();
        assert_eq!(offered, opened.copied().collect(), "{role}");
    }
}
