//! Early warning of slip: what of each budget year's money of a theme will be paid too late for it.
//!
//! Every tranche that is still to be paid is forecast as its award shows it; awards are read by the
//! page, so that a large theme takes longer, not more memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::calendar::{FiscalYear, jst_date};
use domain::closing::{Awaited, Slip, slip};
use domain::id::{AwardId, ProgrammeId, ThemeId, TrancheId};
use domain::payment::Forecast;
use domain::tranche::{ReleaseFacts, TrancheState};
use domain::{Coded, Refusal};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::outlook::{Times, foreseen};
use super::{Sight, past, plan};
use crate::dossier::AwardDossier;
use crate::entity::{award, theme, tranche};
use crate::error::Error;

/// Awards that are read at once.
const AWARDS_A_PAGE: u64 = 200;

/// What is forecast of each budget year of the theme, as seen at `now`; none for whoever does not work
/// with its books.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_theme(
    db: &impl ConnectionTrait,
    sight: &Sight,
    theme: ThemeId,
    now: DateTime<Utc>,
) -> Result<Option<BTreeMap<FiscalYear, Slip>>, Error> {
    let (programme, id) = (theme::Column::ProgrammeId, theme::Column::Id);
    let row = theme::Entity::find()
        .filter(theme::Column::Id.eq(theme.uuid()))
        .filter(sight.of_theme(Role::BOOKKEEPERS, programme, id))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let past = past::stage_times(db, ProgrammeId::new(row.programme_id)).await?;
    let times = Times::from([(row.programme_id, past)]);
    let today = jst_date(now);
    let mut awaited = Vec::new();
    let mut last = None;
    loop {
        let rows = unpaid(db, theme, last).await?;
        let Some(end) = rows.last() else { break };
        last = Some(end.id);
        let dossiers = AwardDossier::load_many(db, &rows, today).await?;
        let facts = plan::facts_of(db, &dossiers, now).await?;
        let forecasts = foreseen(db, (&dossiers, &facts), &times, today).await?;
        for dossier in &dossiers {
            let award = AwardId::new(dossier.row.id);
            awaited.extend(of_award(facts.get(&award), forecasts.get(&award)));
        }
    }
    Ok(Some(slip(awaited).map_err(Refusal::from)?))
}

/// The next awards of the theme, after the one with the id `last`, of which something is still to be
/// paid.
async fn unpaid(
    db: &impl ConnectionTrait,
    theme: ThemeId,
    last: Option<Uuid>,
) -> Result<Vec<award::Model>, Error> {
    let over = [TrancheState::Settled, TrancheState::Lapsed].map(Coded::code);
    let award = Expr::col((award::Entity, award::Column::Id));
    let waiting = Query::select()
        .expr(Expr::value(1))
        .from(tranche::Entity)
        .and_where(Expr::col((tranche::Entity, tranche::Column::AwardId)).eq(award))
        .and_where(tranche::Column::State.is_not_in(over))
        .to_owned();
    let mut rows = award::Entity::find()
        .filter(award::Column::ThemeId.eq(theme.uuid()))
        .filter(Expr::exists(waiting));
    if let Some(last) = last {
        rows = rows.filter(award::Column::Id.gt(last));
    }
    let rows = rows.order_by_asc(award::Column::Id).limit(AWARDS_A_PAGE);
    Ok(rows.all(db).await?)
}

/// What an award still waits for.
fn of_award<'a>(
    facts: Option<&'a OfAward<ReleaseFacts>>,
    forecasts: Option<&'a OfAward<Forecast>>,
) -> impl Iterator<Item = Awaited> + 'a {
    let facts = facts.into_iter().flat_map(|facts| facts.iter());
    let waiting = facts
        .filter(|(_, facts)| !matches!(facts.state, TrancheState::Settled | TrancheState::Lapsed));
    waiting.map(move |(tranche, facts)| {
        let forecast = forecasts.and_then(|forecasts| forecasts.get(tranche));
        Awaited {
            budget_year: facts.budget_year,
            close_out: facts.close_out,
            amount: facts.payable(),
            paid_on: forecast.map(|forecast| (forecast.median_on, forecast.slow_on)),
        }
    })
}

/// Something of each tranche of an award.
type OfAward<T> = Arc<BTreeMap<TrancheId, T>>;
