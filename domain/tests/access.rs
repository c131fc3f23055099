//! Who may run which command: the table of the programme's decisions, and how far a grant reaches.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::access::{Actor, Authority, Grant, GrantScope, Operation, Role, Scope, ScopeKind};
use domain::{Coded, Codes, Policy, Refusal};

use crate::support::{body, date, person, today, uuid};

/// The table of `decisions.md`, row by row.
#[expect(clippy::too_many_lines, reason = "a table: one row a role")]
fn decided_table() -> Vec<(Role, Vec<Operation>)> {
    use Operation::*;
    let researcher = vec![DraftSubmission, AttachEvidence];
    let mut representative = vec![
        AcceptAward,
        RecordNotice,
        WithdrawAward,
        SubmitMilestone,
        WithdrawSubmission,
        ProposePlanChange,
        SubmitReport,
        ProposePayeeAccount,
        WithdrawPayeeAccount,
    ];
    representative.extend(&researcher);
    vec![
        (Role::Representative, representative),
        (Role::Researcher, researcher),
        (
            Role::FinanceContact,
            vec![ProposePayeeAccount, WithdrawPayeeAccount],
        ),
        (
            Role::Officer,
            vec![
                DefineTheme,
                DefineGateTemplate,
                // The office holds the receipt of a notice that is not answered.
                RecordNotice,
                ConveneGate,
                ReplaceMember,
                RecuseMember,
                VoidGate,
                DischargeCondition,
                ExtendCondition,
                PrescribeReport,
                OrderCorrection,
                AcceptReport,
                NoteSiteVisit,
            ],
        ),
        (
            Role::Director,
            vec![
                PublishTheme,
                PublishGateTemplate,
                PublishPolicy,
                DefineOriginator,
                DefinePublisher,
                DefineLetterhead,
                DefineEnvelope,
                CommitYear,
                OfferAward,
                SuspendAward,
                ResumeAward,
                EndAward,
                GrantWindDown,
                ModifyDecision,
                DecideGate,
                DecideFollowUp,
                VoidGate,
                ResumeHold,
                ExtendHold,
                ExtendCondition,
                WaiveCondition,
                DeclareConditionUnmet,
                ContinueAfterFailure,
                ApprovePlanChange,
                RefusePlanChange,
                LapseTranche,
                CarryOverTranche,
                CloseYear,
                SetBudget,
                CompleteAward,
                DetermineAmount,
                CloseAward,
                CancelAward,
                OrderReturn,
                WaiveCharge,
                WriteOffReturn,
                RescindReturn,
                SetOff,
            ],
        ),
        (
            Role::Reviewer,
            vec![DeclareConflict, RecuseMember, SignGate],
        ),
        (
            Role::Chair,
            vec![
                RecommendGate,
                DischargeCondition,
                DeclareConflict,
                RecuseMember,
                SignGate,
            ],
        ),
        (
            Role::FinancePreparer,
            vec![
                ReleaseTranche,
                ReleaseForSetOff,
                RevokeRelease,
                WithholdTranche,
                RestoreTranche,
                ConfirmPayeeAccount,
                RejectPayeeAccount,
                PreparePaymentBatch,
                ReviewPaymentBatch,
                CancelPaymentBatch,
                ExportPaymentBatch,
                ImportSettlement,
                RecordSettlement,
                ResolveSettlementLine,
                ClearBounce,
                TakeBackSettlement,
                RecordReceipt,
                ApplyReceipt,
                RepayReturn,
                RefundReceipt,
                TakeBackReceipt,
            ],
        ),
        (
            Role::FinanceApprover,
            vec![
                ConfirmPayeeAccount,
                RejectPayeeAccount,
                ReviewPaymentBatch,
                ApprovePaymentBatch,
                CancelPaymentBatch,
                ClearBounce,
                TakeBackSettlement,
                ExportPaymentBatch,
                ApplyReceipt,
                RefundReceipt,
                TakeBackReceipt,
            ],
        ),
        (Role::Auditor, vec![]),
        (
            Role::Administrator,
            vec![
                RegisterOrganization,
                RegisterPerson,
                RecordAffiliation,
                GrantRole,
                EndRole,
                IssueServiceToken,
                RevokeServiceToken,
            ],
        ),
    ]
}

#[test]
fn every_role_opens_exactly_the_commands_that_were_decided() {
    let table = decided_table();
    let roles: BTreeSet<Role> = table.iter().map(|(role, _)| *role).collect();
    assert_eq!(roles.len(), Role::ALL.len());
    for (role, decided) in table {
        let opened: BTreeSet<Operation> = Operation::ALL
            .iter()
            .copied()
            .filter(|operation| operation.roles().contains(&role))
            .collect();
        assert_eq!(opened, decided.into_iter().collect(), "{role}");
    }
}

#[test]
fn the_role_table_is_as_checked_in() {
    let mut table = String::from("| command |");
    for role in Role::ALL {
        write!(table, " {role} |").expect("a string takes all");
    }
    table.push_str(" idempotency key |\n|---|");
    table.push_str(&"---|".repeat(Role::ALL.len() + 1));
    for operation in Operation::ALL {
        write!(table, "\n| {operation} |").expect("a string takes all");
        for role in Role::ALL {
            let cell = if operation.roles().contains(role) {
                "yes"
            } else {
                ""
            };
            write!(table, " {cell} |").expect("a string takes all");
        }
        let key = if operation.needs_idempotency_key() {
            "required"
        } else {
            ""
        };
        write!(table, " {key} |").expect("a string takes all");
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_first_policy_is_as_checked_in() {
    let policy = serde_json::to_string_pretty(&Policy::default()).unwrap();
    insta::assert_snapshot!(policy);
}

#[test]
fn auditors_run_nothing_and_nobody_bootstraps_or_imports() {
    for operation in Operation::ALL {
        assert!(!operation.roles().contains(&Role::Auditor), "{operation}");
    }
    assert_eq!(Operation::BootstrapAdministrator.roles(), &[]);
    assert_eq!(Operation::ImportAwardHistory.roles(), &[]);
}

#[test]
fn no_role_has_both_a_hand_on_the_decision_and_one_on_the_money() {
    for role in Role::ALL {
        let opens = |operation: Operation| operation.roles().contains(role);
        let judges = opens(Operation::RecommendGate) || opens(Operation::DecideGate);
        assert!(!(judges && opens(Operation::ReleaseTranche)), "{role}");
    }
}

#[test]
fn a_role_is_granted_where_it_belongs_and_nowhere_else() {
    use ScopeKind::{Organization, Programme, Theme};
    for role in Role::ALL {
        let scopes: &[ScopeKind] = match role {
            Role::Representative | Role::Researcher | Role::FinanceContact => &[Organization],
            Role::Administrator | Role::Auditor => &[Programme],
            _ => &[Programme, Theme],
        };
        for scope in ScopeKind::ALL {
            assert_eq!(
                role.may_be_granted_for(*scope),
                scopes.contains(scope),
                "{role} {scope}"
            );
        }
    }
}

fn scope() -> Scope {
    Scope {
        programme: uuid(1).into(),
        theme: Some(uuid(2).into()),
        organization: Some(body(3)),
    }
}

fn grant(role: Role, scope: GrantScope) -> Grant {
    Grant {
        role,
        scope,
        from: date("2026-04-01"),
        until: Some(date("2026-06-30")),
    }
}

#[test]
fn a_grant_reaches_its_own_scope_on_its_days_with_both_ends_included() {
    let here = [
        GrantScope::Programme(uuid(1).into()),
        GrantScope::Theme(uuid(2).into()),
        GrantScope::Organization(body(3)),
    ];
    let elsewhere = [
        GrantScope::Programme(uuid(9).into()),
        GrantScope::Theme(uuid(9).into()),
        GrantScope::Organization(body(9)),
    ];
    for (reach, expected) in here
        .map(|s| (s, true))
        .into_iter()
        .chain(elsewhere.map(|s| (s, false)))
    {
        let authority = Authority::on(today(), [grant(Role::Director, reach)]);
        assert_eq!(
            authority.holds(Role::Director, &scope()),
            expected,
            "{reach:?}"
        );
    }
    for (day, expected) in [
        ("2026-03-31", false),
        ("2026-04-01", true),
        ("2026-06-30", true),
        ("2026-07-01", false),
    ] {
        let authority = Authority::on(date(day), [grant(Role::Director, here[0])]);
        assert_eq!(authority.holds(Role::Director, &scope()), expected, "{day}");
    }
}

#[test]
fn who_may_not_is_told_which_roles_may() {
    let officer = grant(Role::Officer, GrantScope::Theme(uuid(2).into()));
    let authority = Authority::on(today(), [officer]);
    assert_eq!(authority.may_run(Operation::ConveneGate, &scope()), Ok(()));
    assert_eq!(
        authority.may_run(Operation::DecideGate, &scope()),
        Err(Refusal::RoleRequired {
            operation: Operation::DecideGate,
            roles: Codes(vec![Role::Director]),
        })
    );
}

#[test]
fn the_system_in_nobodys_name_is_no_person() {
    let nobody = Actor::System { on_behalf_of: None };
    assert_eq!(nobody.natural_person(), Err(Refusal::PersonRequired {}));
    let somebody = Actor::System {
        on_behalf_of: Some(person(5)),
    };
    assert_eq!(somebody.natural_person(), Ok(person(5)));
}
