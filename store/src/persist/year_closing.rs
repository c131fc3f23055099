//! Closing a budget year: what the plan lists, written for all awards of a theme together.
//!
//! A theme may have thousands of tranches, and a command ten seconds: so nothing here is a statement
//! for each of them.

use domain::Coded;
use domain::closing::{CarryOver, YearEnd, YearEndPlan};
use domain::id::{AwardId, CarryOverId, TrancheId, YearClosingId};
use domain::tranche::{TrancheKind, TrancheState};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::carry_over::{self, Carrier};
use super::ledger::{self, Posting};
use crate::entity::{tranche, year_closing};
use crate::error::Error;
use crate::read::tranche::is_determined;
use crate::work::Work;

/// Most tranches that one statement names.
const TRANCHES_MAX: usize = 1_000;

/// Posts what `plan` lists and puts the year's closing on record; the awards whose money it moves are
/// locked.
///
/// # Errors
/// When the ledger refuses or the database does not answer.
pub(crate) async fn close(
    work: &mut Work<'_>,
    year_end: &YearEnd,
    plan: &YearEndPlan,
    requests: &[CarryOver],
) -> Result<YearClosingId, Error> {
    let programme = year_end.programme.uuid();
    let closing: YearClosingId = work.ids.next();
    let ids: Vec<CarryOverId> = requests.iter().map(|_| work.ids.next()).collect();
    let carried = plan.carry_overs.iter().zip(&ids);
    let carried = carried.map(|(movement, id)| Posting::of(movement, id.uuid()));
    let rest = plan.movements.iter();
    let rest = rest.map(|movement| Posting::of(movement, closing.uuid()));
    let postings: Vec<Posting> = carried.chain(rest).collect();
    ledger::post_together(work, programme, year_end.accounts(), postings).await?;
    let moved: Vec<Uuid> = requests
        .iter()
        .filter_map(|request| request.tranche.map(TrancheId::uuid))
        .collect();
    move_to_next_year(work, year_end, &moved).await?;
    let lapsing: Vec<Uuid> = plan.lapsing().map(TrancheId::uuid).collect();
    lapse(work, &lapsing).await?;
    for (request, id) in requests.iter().zip(ids) {
        let carrier = Carrier {
            programme,
            theme: year_end.theme,
            award: request.tranche.and_then(|id| award_of(year_end, id)),
            budget_year: year_end.budget_year,
        };
        carry_over::insert(work, carrier, request, id).await?;
    }
    // The ledger refuses what would move in a closed year, so this comes last.
    insert(work, year_end, plan, closing).await?;
    work.record(
        "YEAR_CLOSED",
        serde_json::json!({
            "id": closing,
            "budget_year": year_end.budget_year,
            "carried_over": plan.carried_over,
            "decommitted": plan.decommitted,
            "lapsed": plan.lapsed,
            "tranches_lapsed": lapsing.len(),
        }),
    );
    Ok(closing)
}

fn award_of(year_end: &YearEnd, tranche: TrancheId) -> Option<AwardId> {
    let mut awards = year_end.awards.iter();
    let found = awards.find(|(_, held)| held.tranches.iter().any(|one| one.tranche == tranche));
    found.map(|(award, _)| *award)
}

/// What is carried over is paid out of the next year; of what waits for a determination, what was
/// determined already goes on settling the year that it settled.
async fn move_to_next_year(
    work: &Work<'_>,
    year_end: &YearEnd,
    tranches: &[Uuid],
) -> Result<(), Error> {
    for some in tranches.chunks(TRANCHES_MAX) {
        let next = i64::from(year_end.budget_year.next().get());
        tranche::Entity::update_many()
            .col_expr(tranche::Column::BudgetYear, Expr::value(next))
            .col_expr(tranche::Column::Revision, next_revision())
            .filter(tranche::Column::Id.is_in(some.iter().copied()))
            .exec(work.tx())
            .await?;
        let closed = i64::from(year_end.budget_year.get());
        let settlements = TrancheKind::ALL.iter();
        let settlements = settlements.filter(|kind| kind.waits_for_determination());
        tranche::Entity::update_many()
            .col_expr(tranche::Column::SettlesYear, Expr::value(closed))
            .filter(tranche::Column::Id.is_in(some.iter().copied()))
            .filter(tranche::Column::SettlesYear.is_null())
            .filter(tranche::Column::Kind.is_in(settlements.map(|kind| kind.code())))
            .filter(is_determined(Expr::value(closed)))
            .exec(work.tx())
            .await?;
    }
    Ok(())
}

async fn lapse(work: &Work<'_>, tranches: &[Uuid]) -> Result<(), Error> {
    for some in tranches.chunks(TRANCHES_MAX) {
        let lapsed = tranche::ActiveModel {
            state: Set(TrancheState::Lapsed.code().to_owned()),
            state_reason: Set(None),
            state_since: Set(work.occurred_at()),
            ..Default::default()
        };
        tranche::Entity::update_many()
            .set(lapsed)
            .col_expr(tranche::Column::Revision, next_revision())
            .filter(tranche::Column::Id.is_in(some.iter().copied()))
            .exec(work.tx())
            .await?;
    }
    Ok(())
}

fn next_revision() -> Expr {
    Expr::col(tranche::Column::Revision).add(1)
}

async fn insert(
    work: &Work<'_>,
    year_end: &YearEnd,
    plan: &YearEndPlan,
    id: YearClosingId,
) -> Result<(), Error> {
    let row = year_closing::ActiveModel {
        id: Set(id.uuid()),
        programme_id: Set(year_end.programme.uuid()),
        theme_id: Set(year_end.theme.uuid()),
        budget_year: Set(i64::from(year_end.budget_year.get())),
        closed_on: Set(work.today()),
        carried_over_minor: Set(plan.carried_over.minor()),
        decommitted_minor: Set(plan.decommitted.minor()),
        lapsed_minor: Set(plan.lapsed.minor()),
        currency: Set(year_end.envelope.currency().code().to_owned()),
        closed_by: Set(work.person_uuid()),
        occurred_at: Set(work.occurred_at()),
        recorded_at: Set(work.recorded_at()),
        command_id: Set(work.command().uuid()),
    };
    row.insert(work.tx()).await?;
    Ok(())
}
