//! The plan of a replayed award: its labels in order, each with one criterion and the nominal
//! amount.

use domain::award::{Plan, PlannedMilestone, PlannedTranche};
use domain::criterion::Criterion;
use domain::{BasisPoints, LocalizedText, Money};

use super::history::Application;

/// The one criterion of every replayed milestone.
pub(super) const CRITERION: &str = "DELIVERABLES";

/// The title by which a label is found again.
pub(super) fn title(label: u16) -> LocalizedText {
    LocalizedText::new(
        format!("マイルストーン {label}"),
        format!("Milestone {label}"),
    )
}

/// The plan of `application`: ordinals from 1, because a label may be 0 and labels have gaps.
pub(super) fn of(application: &Application, nominal_amount: Money) -> Plan {
    let milestones = (1_u16..)
        .zip(&application.milestones)
        .map(|(ordinal, milestone)| PlannedMilestone {
            ordinal,
            title: title(milestone.label),
            due_on: milestone.due_on,
            criteria: vec![criterion()],
            tranche: PlannedTranche {
                amount: nominal_amount,
                budget_year: milestone.budget_year(),
            },
        });
    Plan {
        advance: None,
        milestones: milestones.collect(),
        retention: None,
    }
}

fn criterion() -> Criterion {
    Criterion {
        code: CRITERION.to_owned(),
        title: LocalizedText::new(
            "合意した成果物が納められていること",
            "The agreed deliverables are delivered",
        ),
        weight_bp: BasisPoints::WHOLE,
        payable_share_bp: BasisPoints::WHOLE,
        blocking: true,
        kpi: None,
        evidence_kinds: Vec::new(),
    }
}
