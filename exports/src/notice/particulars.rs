//! What each notice about money says beyond the award that it is about.

use domain::calculation::{CalculationStep, CalculationStepCode};
use domain::closing::ReturnKind;
use domain::report::{
    DecisionNotice, FixingNotice, NoticeSentence, NoticeWord, NoticedTranche, ReleaseNotice,
    ReturnOrderNotice,
};
use domain::tranche::PaymentBasis;

use super::sheet::{Block, Cells};
use super::words::Words;

/// The sentence that does the act, and what follows it.
pub(super) type Particulars = (NoticeSentence, Vec<Block>);

/// What the law makes a condition of every grant (Act 7, 11, 14, 22).
const CONDITIONS: [NoticeSentence; 9] = [
    NoticeSentence::GatesPassedFirst,
    NoticeSentence::ReallocationApproved,
    NoticeSentence::ChangeApproved,
    NoticeSentence::AbandonmentApproved,
    NoticeSentence::DelayReported,
    NoticeSentence::NoOtherUse,
    NoticeSentence::ResultsReported,
    NoticeSentence::TaxCreditReported,
    NoticeSentence::AssetsKept,
];

pub(super) fn decision(decision: &DecisionNotice, words: Words) -> Particulars {
    let mut rows = vec![
        words.field(NoticeWord::Applied, words.money(decision.applied)),
        words.field(NoticeWord::Decided, words.money(decision.decided)),
    ];
    let mut opening = NoticeSentence::GrantDecided;
    if let Some(change) = &decision.change {
        opening = NoticeSentence::DecisionModified;
        rows.extend([
            words.field(NoticeWord::DecidedBefore, words.money(change.before)),
            words.field(NoticeWord::Direction, words.of(change.direction)),
            words.field(NoticeWord::Article, words.of(change.article)),
            words.field(NoticeWord::Reason, &change.reason),
        ]);
    }
    let (first, last) = decision.planned;
    rows.extend([
        words.field(NoticeWord::PlannedFrom, words.date(first)),
        words.field(NoticeWord::PlannedUntil, words.date(last)),
    ]);
    let days = decision.withdrawal_days;
    rows.extend(days.map(|days| words.field(NoticeWord::WithdrawalDays, days.to_string())));
    let beside = (!decision.beside.is_zero()).then(|| Block::Fields {
        rows: vec![words.field(NoticeWord::Beside, words.money(decision.beside))],
    });
    let laid_down = CONDITIONS.map(|condition| words.of(condition)).into_iter();
    let more = decision.conditions.iter().map(|text| words.text(text));
    let blocks = [
        Some(Block::Fields { rows }),
        Some(tranches(&decision.tranches, words)),
        beside,
        words.list(NoticeWord::Conditions, laid_down.chain(more).collect()),
    ];
    (opening, blocks.into_iter().flatten().collect())
}

pub(super) fn release(release: &ReleaseNotice, words: Words) -> Particulars {
    let opening = match release.basis {
        PaymentBasis::Estimate => NoticeSentence::PaidOnEstimate,
        PaymentBasis::Settlement => NoticeSentence::PaidOnSettlement,
    };
    let mut rows = vec![words.field(NoticeWord::Released, words.money(release.released))];
    if let Some(revoked) = release.revoked {
        let said = [words.date(revoked.on), words.money(revoked.rest)];
        rows.push(words.field(NoticeWord::RestRevoked, words.joined(&said)));
        rows.push(words.field(NoticeWord::KeptForDebt, words.money(revoked.kept)));
    }
    rows.push(words.field(NoticeWord::PaymentBasis, words.of(release.basis)));
    if let Some(reference) = &release.consultation_reference {
        rows.push(words.field(NoticeWord::Consultation, reference));
    }
    rows.extend([
        words.field(NoticeWord::Share, release.share.to_string()),
        words.field(NoticeWord::Decided, words.money(release.decided)),
        words.field(NoticeWord::PaidBefore, words.money(release.paid_before)),
        words.field(
            NoticeWord::PolicyVersion,
            release.policy_version.to_string(),
        ),
    ]);
    let tranche = core::slice::from_ref(&release.tranche);
    let blocks = vec![
        Block::Fields { rows },
        tranches(tranche, words),
        calculation(&release.steps, words),
    ];
    (opening, blocks)
}

pub(super) fn fixing(fixing: &FixingNotice, words: Words) -> Particulars {
    let mut rows = vec![
        words.field(NoticeWord::Fixed, words.money(fixing.fixed)),
        words.field(NoticeWord::BudgetYear, words.year(fixing.budget_year)),
        words.field(NoticeWord::Version, fixing.version.to_string()),
        words.field(NoticeWord::Paid, words.money(fixing.paid)),
    ];
    for (label, amount) in [
        (NoticeWord::OrderedBack, fixing.ordered_back),
        (NoticeWord::Rescinded, fixing.rescinded),
        (NoticeWord::BackOtherwise, fixing.back_otherwise),
    ] {
        rows.extend((!amount.is_zero()).then(|| words.field(label, words.money(amount))));
    }
    rows.extend([
        words.field(NoticeWord::Payable, words.money(fixing.payable)),
        words.field(NoticeWord::ToReturn, words.money(fixing.to_return)),
        words.field(NoticeWord::PolicyVersion, fixing.policy_version.to_string()),
    ]);
    if !fixing.reason.is_empty() {
        rows.push(words.field(NoticeWord::Reason, &fixing.reason));
    }
    let blocks = vec![Block::Fields { rows }, calculation(&fixing.steps, words)];
    (NoticeSentence::AmountFixed, blocks)
}

pub(super) fn return_order(order: &ReturnOrderNotice, words: Words) -> Particulars {
    let opening = match order.kind {
        ReturnKind::Cancellation => NoticeSentence::ReturnAfterCancellation,
        ReturnKind::Overpayment => NoticeSentence::ReturnOfOverpayment,
        ReturnKind::ConsumptionTax => NoticeSentence::ReturnOfTax,
        ReturnKind::GoodFaith if order.after_act_10 => NoticeSentence::ReturnInGoodFaith,
        ReturnKind::GoodFaith => NoticeSentence::ReturnUnderConditions,
    };
    let mut rows = vec![words.field(NoticeWord::Ordered, words.money(order.ordered))];
    for part in &order.rescissions {
        let said = [
            words.date(part.on),
            words.money(part.amount),
            part.reason.clone(),
        ];
        rows.push(words.field(NoticeWord::Rescinded, words.joined(&said)));
    }
    if !order.rescissions.is_empty() {
        rows.push(words.field(NoticeWord::Stands, words.money(order.stands)));
    }
    rows.extend([
        words.field(NoticeWord::ReturnDueOn, words.date(order.due_on)),
        words.field(NoticeWord::ReturnKind, words.of(order.kind)),
        words.field(NoticeWord::BudgetYear, words.year(order.budget_year)),
        words.field(NoticeWord::Reason, &order.reason),
    ]);
    let mut sentences = vec![NoticeSentence::LateChargeRuns];
    if let Some(terms) = order.surcharge {
        rows.push(words.field(NoticeWord::Surcharge, words.charge(terms)));
        sentences.insert(0, NoticeSentence::SurchargeRuns);
    }
    rows.push(words.field(NoticeWord::LateCharge, words.charge(order.late_charge)));
    let receipts = order.receipts.iter();
    let receipts = words.table(
        NoticeWord::Receipts,
        [
            (NoticeWord::ReceivedOn, Cells::Words),
            (NoticeWord::Amount, Cells::Amounts),
        ],
        receipts
            .map(|receipt| [words.date(receipt.on), words.money(receipt.amount)])
            .collect(),
    );
    let nothing_left = order.stands.is_zero();
    let mut blocks: Vec<_> = nothing_left
        .then(|| words.paragraph(NoticeSentence::OrderRescinded))
        .into_iter()
        .chain([Block::Fields { rows }, receipts])
        .collect();
    blocks.extend(sentences.into_iter().map(|text| words.paragraph(text)));
    (opening, blocks)
}

fn tranches(tranches: &[NoticedTranche], words: Words) -> Block {
    let row = |tranche: &NoticedTranche| {
        let milestone = tranche.milestone.as_ref();
        [
            tranche.ordinal.to_string(),
            words.of(tranche.kind),
            milestone.map_or_else(String::new, |title| words.text(title)),
            tranche
                .due_on
                .map_or_else(String::new, |day| words.date(day)),
            words.year(tranche.budget_year),
            words.money(tranche.amount),
        ]
    };
    words.table(
        NoticeWord::Tranches,
        [
            (NoticeWord::Ordinal, Cells::Words),
            (NoticeWord::Kind, Cells::Words),
            (NoticeWord::Milestone, Cells::Prose),
            (NoticeWord::DueOn, Cells::Words),
            (NoticeWord::BudgetYear, Cells::Words),
            (NoticeWord::Amount, Cells::Amounts),
        ],
        tranches.iter().map(row).collect(),
    )
}

/// The steps of a calculation sheet, each with the figures that it starts from.
fn calculation(steps: &[CalculationStep], words: Words) -> Block {
    let row = |step: &CalculationStep| {
        let currency = step.result.currency();
        let inputs = step.inputs.iter().zip(input_labels(step.step));
        let inputs: Vec<_> = inputs
            .map(|(input, label)| words.labelled(*label, &words.figure(input, currency)))
            .collect();
        [
            words.of(step.step),
            words.joined(&inputs),
            words.money(step.result),
        ]
    };
    words.table(
        NoticeWord::Calculation,
        [
            (NoticeWord::Step, Cells::Prose),
            (NoticeWord::Inputs, Cells::Prose),
            (NoticeWord::Result, Cells::Amounts),
        ],
        steps.iter().map(row).collect(),
    )
}

/// What the figures are that a step starts from, in the order of its sheet.
const fn input_labels(step: CalculationStepCode) -> &'static [NoticeWord] {
    match step {
        CalculationStepCode::FloorOfShare => &[NoticeWord::Tranche, NoticeWord::Share],
        CalculationStepCode::LesserOfCategory => &[
            NoticeWord::CostCategory,
            NoticeWord::Approved,
            NoticeWord::Actual,
        ],
        CalculationStepCode::SumOfCategories => &[],
        CalculationStepCode::GrantAmount => &[
            NoticeWord::Standard,
            NoticeWord::EligibleCost,
            NoticeWord::TotalCost,
            NoticeWord::Income,
            NoticeWord::Rate,
            NoticeWord::GrantUnit,
        ],
        CalculationStepCode::DecidedNotDecommitted => {
            &[NoticeWord::Decided, NoticeWord::Decommitted]
        }
        CalculationStepCode::LeftInForce => &[NoticeWord::Limit, NoticeWord::Decided],
        CalculationStepCode::FixedAmount => &[NoticeWord::GrantAmount, NoticeWord::Limit],
        CalculationStepCode::DaysOfPart => {
            &[NoticeWord::ReceivedOn, NoticeWord::Until, NoticeWord::Days]
        }
        CalculationStepCode::FloorOfDays => &[NoticeWord::DailyRate],
        CalculationStepCode::NoTaxCredit => &[NoticeWord::Reason],
        CalculationStepCode::SubsidisedTaxCredit => &[
            NoticeWord::TaxablePurchases,
            NoticeWord::TaxInPrice,
            NoticeWord::CreditShare,
            NoticeWord::Rate,
        ],
    }
}
