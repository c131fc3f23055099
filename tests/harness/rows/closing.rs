//! The budget of a year, a report that was handed in and accepted, a visit, a determination and an
//! order to return.

use serde_json::json;
use store::entity::{
    budget, determination, receipt, receipt_refund, report, report_answer, report_version,
    return_charge, return_order, return_reduction, set_off, site_visit, tax_credit_return,
};
use uuid::Uuid;

use super::{
    AWARD, COMMAND, ORGANIZATION, PERSON, PLAN, PROGRAMME, TRANCHE, day, id, instant, text,
};

const BUDGET: Uuid = id(120);
const DETERMINATION: Uuid = id(125);
const ORDER: Uuid = id(126);
const RECEIPT: Uuid = id(127);
const RELEASE: Uuid = id(113);
const REPORT: Uuid = id(121);
const VERSION: Uuid = id(122);

pub(super) fn budget() -> budget::Model {
    budget::Model {
        id: BUDGET,
        programme_id: PROGRAMME,
        award_id: AWARD,
        budget_year: 2026,
        version: 1,
        plan_version_id: PLAN,
        approved: json!({ "figure": "0.10", "名": [1, null] }),
        standard_minor: i64::MAX,
        currency: text("JPY"),
        rate_numerator: 2,
        rate_denominator: 3,
        reason: text("decided"),
        set_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report() -> report::Model {
    report::Model {
        id: REPORT,
        programme_id: PROGRAMME,
        award_id: AWARD,
        kind: text("STATUS"),
        budget_year: 2026,
        due_on: day(),
        reason: Some(text("asked for")),
        prescribed_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report_version() -> report_version::Model {
    report_version::Model {
        id: VERSION,
        programme_id: PROGRAMME,
        award_id: AWARD,
        report_id: REPORT,
        version: 1,
        arrived_on: day(),
        content: json!({ "figure": "0.10", "名": [1, null] }),
        submitted_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn report_answer() -> report_answer::Model {
    report_answer::Model {
        id: id(123),
        programme_id: PROGRAMME,
        award_id: AWARD,
        report_version_id: VERSION,
        answer: text("ACCEPTED"),
        reason: None,
        due_on: None,
        answered_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn site_visit() -> site_visit::Model {
    site_visit::Model {
        id: id(124),
        programme_id: PROGRAMME,
        award_id: AWARD,
        visited_on: day(),
        findings: text("in order"),
        noted_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn determination() -> determination::Model {
    determination::Model {
        id: DETERMINATION,
        programme_id: PROGRAMME,
        award_id: AWARD,
        budget_year: 2026,
        version: 1,
        budget_id: BUDGET,
        report_version_id: VERSION,
        fixed_minor: i64::MAX,
        currency: text("JPY"),
        calculation: json!({ "figure": "0.10", "名": [1, null] }),
        reason: text("accepted"),
        determined_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn return_order() -> return_order::Model {
    return_order::Model {
        id: ORDER,
        programme_id: PROGRAMME,
        award_id: AWARD,
        budget_year: 2026,
        kind: text("OVERPAYMENT"),
        determination_id: Some(DETERMINATION),
        amount_minor: i64::MAX,
        granted_minor: 0,
        currency: text("JPY"),
        receipts: json!([{ "名": "0.10" }]),
        ordered_on: day(),
        due_on: day(),
        reason: text("overpaid"),
        ordered_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn receipt() -> receipt::Model {
    receipt::Model {
        id: RECEIPT,
        programme_id: PROGRAMME,
        organization_id: ORGANIZATION,
        amount_minor: i64::MAX,
        currency: text("JPY"),
        received_on: day(),
        reference: text("R-1"),
        return_order_id: None,
        recorded_by: Some(PERSON),
        taken_back_by: None,
        taken_back_at: None,
        taken_back_reason: None,
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn receipt_refund() -> receipt_refund::Model {
    receipt_refund::Model {
        id: id(128),
        programme_id: PROGRAMME,
        receipt_id: RECEIPT,
        amount_minor: 1,
        currency: text("JPY"),
        refunded_on: day(),
        reference: text("F-1"),
        reason: text("too much"),
        refunded_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn return_reduction() -> return_reduction::Model {
    return_reduction::Model {
        id: id(129),
        programme_id: PROGRAMME,
        award_id: AWARD,
        return_order_id: ORDER,
        sequence: Some(1),
        cause: text("REPAID"),
        reduced_on: day(),
        amount_minor: 1,
        currency: text("JPY"),
        receipt_id: Some(RECEIPT),
        set_off_id: None,
        reinstated_year: None,
        reference: None,
        reason: None,
        reduced_by: None,
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn return_charge() -> return_charge::Model {
    return_charge::Model {
        id: id(130),
        programme_id: PROGRAMME,
        award_id: AWARD,
        return_order_id: ORDER,
        sequence: Some(1),
        charge: text("LATE_CHARGE"),
        entry: text("LEVIED"),
        charged_on: day(),
        amount_minor: i64::MAX,
        currency: text("JPY"),
        calculation: Some(json!({ "figure": "0.10", "名": [1, null] })),
        receipt_id: Some(RECEIPT),
        set_off_id: None,
        reference: None,
        reason: None,
        charged_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn tax_credit_return() -> tax_credit_return::Model {
    tax_credit_return::Model {
        id: id(131),
        programme_id: PROGRAMME,
        award_id: AWARD,
        return_order_id: ORDER,
        report_version_id: VERSION,
        calculation: json!({ "figure": "0.10", "名": [1, null] }),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}

pub(super) fn set_off() -> set_off::Model {
    set_off::Model {
        id: id(132),
        programme_id: PROGRAMME,
        award_id: AWARD,
        tranche_id: TRANCHE,
        release_id: RELEASE,
        budget_year: 2026,
        kept_minor: 1,
        currency: text("JPY"),
        set_off_on: day(),
        reason: text("overdue"),
        set_off_by: Some(PERSON),
        occurred_at: instant(),
        recorded_at: instant(),
        command_id: COMMAND,
    }
}
