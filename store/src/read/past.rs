//! What the stages from a submission to the money took in a programme's past.
//!
//! Only the latest passings count: they say how the programme works now, and they are found at the end
//! of an index, however many there were.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Coded;
use domain::calendar::jst_date;
use domain::closing::{ReportKind, ReportStateCode};
use domain::id::ProgrammeId;
use domain::payment::{BankResultCode, LineState, PaymentStage, StageTimes};
use sea_orm::sea_query::{Expr, IntoColumnRef, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult};

use crate::entity::{
    determination, gate, gate_decision, payment_batch, payment_instruction, report, report_answer,
    report_version, settlement_line, submission, tranche_release,
};
use crate::error::Error;

/// The most passings of a stage that are looked at.
const PASSINGS_MAX: u64 = 200;

/// A stage that was passed between two instants.
#[derive(FromQueryResult)]
struct Passed {
    began_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
}

/// A stage whose end the bank dates.
#[derive(FromQueryResult)]
struct Booked {
    began_at: DateTime<Utc>,
    ended_on: NaiveDate,
}

/// What the stages took in the past of `programme`, by the latest passings of each.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn stage_times(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<StageTimes, Error> {
    let mut times = StageTimes::default();
    let stages = [
        (PaymentStage::Convening, convenings(programme)),
        (PaymentStage::Decision, decisions(programme)),
        (PaymentStage::Acceptance, acceptances(programme)),
        (PaymentStage::Determination, determinations(programme)),
        (PaymentStage::Release, releases(programme)),
        (PaymentStage::Sending, sendings(programme)),
    ];
    let backend = db.get_database_backend();
    for (stage, statement) in stages {
        let rows = Passed::find_by_statement(backend.build(&statement));
        for row in rows.all(db).await? {
            times.add(stage, days(row.began_at, jst_date(row.ended_at)));
        }
    }
    let rows = Booked::find_by_statement(backend.build(&settlements(programme)));
    for row in rows.all(db).await? {
        times.add(PaymentStage::Settlement, days(row.began_at, row.ended_on));
    }
    Ok(times)
}

/// Days from the one to the other; 0 where the record has them the other way round.
fn days(began_at: DateTime<Utc>, ended_on: NaiveDate) -> u16 {
    let days = (ended_on.max(jst_date(began_at)) - jst_date(began_at)).num_days();
    u16::try_from(days).unwrap_or(u16::MAX)
}

/// That two columns hold the same.
fn same(one: impl IntoColumnRef, other: impl IntoColumnRef) -> Expr {
    // In here only: its `max` would stand beside that of dates.
    use sea_orm::sea_query::ExprTrait;
    Expr::col(one).equals(other)
}

/// The latest of what `ended` dates, from when `began` says.
fn latest(
    began: impl IntoColumnRef,
    ended: impl IntoColumnRef + Copy,
    called: &'static str,
) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col(began), "began_at")
        .expr_as(Expr::col(ended), called)
        .order_by(ended, Order::Desc)
        .limit(PASSINGS_MAX)
        .to_owned()
}

/// From the submission to the first sitting on it.
fn convenings(programme: ProgrammeId) -> SelectStatement {
    let ended = (gate::Entity, gate::Column::ConvenedAt);
    latest(
        (submission::Entity, submission::Column::SubmittedAt),
        ended,
        "ended_at",
    )
    .from(gate::Entity)
    .inner_join(
        submission::Entity,
        same(
            (submission::Entity, submission::Column::Id),
            (gate::Entity, gate::Column::SubmissionId),
        ),
    )
    .and_where(gate::Column::ProgrammeId.eq(programme.uuid()))
    .and_where(gate::Column::Sitting.eq(1_i64))
    .and_where(submission::Column::SubmittedAt.is_not_null())
    .to_owned()
}

/// From the convening to the gate's first decision.
fn decisions(programme: ProgrammeId) -> SelectStatement {
    let ended = (gate_decision::Entity, gate_decision::Column::OccurredAt);
    latest((gate::Entity, gate::Column::ConvenedAt), ended, "ended_at")
        .from(gate_decision::Entity)
        .inner_join(
            gate::Entity,
            same(
                (gate::Entity, gate::Column::Id),
                (gate_decision::Entity, gate_decision::Column::GateId),
            ),
        )
        .and_where(gate_decision::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(gate_decision::Column::Ordinal.eq(1_i64))
        .to_owned()
}

/// From the arrival of a report that closes a year to its acceptance.
fn acceptances(programme: ProgrammeId) -> SelectStatement {
    let ended = (report_answer::Entity, report_answer::Column::OccurredAt);
    let began = (report_version::Entity, report_version::Column::OccurredAt);
    let closing = ReportKind::ALL.iter().filter(|kind| kind.closes_year());
    latest(began, ended, "ended_at")
        .from(report_answer::Entity)
        .inner_join(
            report_version::Entity,
            same(
                (report_version::Entity, report_version::Column::Id),
                (
                    report_answer::Entity,
                    report_answer::Column::ReportVersionId,
                ),
            ),
        )
        .inner_join(
            report::Entity,
            same(
                (report::Entity, report::Column::Id),
                (report_version::Entity, report_version::Column::ReportId),
            ),
        )
        .and_where(report_answer::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(report_answer::Column::Answer.eq(ReportStateCode::Accepted.code()))
        .and_where(report::Column::Kind.is_in(closing.map(|kind| kind.code())))
        .to_owned()
}

/// From the acceptance of its report to the first determination of a year.
fn determinations(programme: ProgrammeId) -> SelectStatement {
    let ended = (determination::Entity, determination::Column::OccurredAt);
    let began = (report_answer::Entity, report_answer::Column::OccurredAt);
    latest(began, ended, "ended_at")
        .from(determination::Entity)
        .inner_join(
            report_answer::Entity,
            same(
                (
                    report_answer::Entity,
                    report_answer::Column::ReportVersionId,
                ),
                (
                    determination::Entity,
                    determination::Column::ReportVersionId,
                ),
            ),
        )
        .and_where(determination::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(determination::Column::Version.eq(1_i64))
        .to_owned()
}

/// From the decision that a gate passed by to the release that stands.
fn releases(programme: ProgrammeId) -> SelectStatement {
    let ended = (tranche_release::Entity, tranche_release::Column::OccurredAt);
    let began = (gate_decision::Entity, gate_decision::Column::OccurredAt);
    latest(began, ended, "ended_at")
        .from(tranche_release::Entity)
        .inner_join(
            gate_decision::Entity,
            same(
                (gate_decision::Entity, gate_decision::Column::GateId),
                (tranche_release::Entity, tranche_release::Column::GateId),
            ),
        )
        .and_where(tranche_release::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(tranche_release::Column::RevokedAt.is_null())
        .and_where(gate_decision::Column::Ordinal.eq(1_i64))
        .to_owned()
}

/// From the release to the sending of its batch.
fn sendings(programme: ProgrammeId) -> SelectStatement {
    let ended = (payment_batch::Entity, payment_batch::Column::ExportedAt);
    let began = (tranche_release::Entity, tranche_release::Column::OccurredAt);
    latest(began, ended, "ended_at")
        .from(payment_batch::Entity)
        .inner_join(
            payment_instruction::Entity,
            same(
                (
                    payment_instruction::Entity,
                    payment_instruction::Column::BatchId,
                ),
                (payment_batch::Entity, payment_batch::Column::Id),
            ),
        )
        .inner_join(
            tranche_release::Entity,
            same(
                (tranche_release::Entity, tranche_release::Column::Id),
                (
                    payment_instruction::Entity,
                    payment_instruction::Column::ReleaseId,
                ),
            ),
        )
        .and_where(payment_batch::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(payment_batch::Column::ExportedAt.is_not_null())
        .to_owned()
}

/// From the sending to the day on which the bank booked the arrival.
fn settlements(programme: ProgrammeId) -> SelectStatement {
    let ended = (settlement_line::Entity, settlement_line::Column::ValueDate);
    let began = (payment_batch::Entity, payment_batch::Column::ExportedAt);
    latest(began, ended, "ended_on")
        .from(settlement_line::Entity)
        .inner_join(
            payment_instruction::Entity,
            same(
                (payment_instruction::Entity, payment_instruction::Column::Id),
                (
                    settlement_line::Entity,
                    settlement_line::Column::InstructionId,
                ),
            ),
        )
        .inner_join(
            payment_batch::Entity,
            same(
                (payment_batch::Entity, payment_batch::Column::Id),
                (
                    payment_instruction::Entity,
                    payment_instruction::Column::BatchId,
                ),
            ),
        )
        .and_where(settlement_line::Column::ProgrammeId.eq(programme.uuid()))
        .and_where(settlement_line::Column::State.eq(LineState::Matched.code()))
        .and_where(settlement_line::Column::Result.eq(BankResultCode::Settled.code()))
        .and_where(settlement_line::Column::TakenBackAt.is_null())
        .and_where(payment_batch::Column::ExportedAt.is_not_null())
        .to_owned()
}
