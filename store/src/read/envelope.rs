//! Envelopes, with what became of their money.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Role;
use domain::calendar::FiscalYear;
use domain::id::{EnvelopeId, ThemeId};
use domain::report::EnvelopeLine;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, FromQueryResult, Order};
use uuid::Uuid;

use super::Sight;
use super::flow::{self, FLOW, FlowFilter, FlowRow};
use crate::entity::{envelope, theme, year_closing};
use crate::error::Error;

/// Which envelopes are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnvelopeFilter {
    /// Of one theme.
    pub theme: Option<ThemeId>,
    /// Of one fiscal year.
    pub fiscal_year: Option<FiscalYear>,
    /// As they stood at an instant, by the time of recording.
    pub as_of: Option<DateTime<Utc>>,
}

/// The envelopes that the asker may see, by fiscal year and theme, all figures from one statement.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn list(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &EnvelopeFilter,
) -> Result<Vec<EnvelopeLine>, Error> {
    let mut asked = Condition::all();
    if let Some(theme) = filter.theme {
        asked = asked.add(envelope::Column::ThemeId.eq(theme.uuid()));
    }
    if let Some(year) = filter.fiscal_year {
        asked = asked.add(envelope::Column::FiscalYear.eq(i64::from(year.get())));
    }
    if let Some(as_of) = filter.as_of {
        asked = asked.add(envelope::Column::RecordedAt.lte(as_of));
    }
    let flows = FlowFilter {
        theme: filter.theme,
        budget_year: filter.fiscal_year,
        as_of: filter.as_of,
    };
    find(db, sight, asked, flows).await
}

/// The envelopes with these ids, as they are now.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn by_id(
    db: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[EnvelopeId],
) -> Result<HashMap<EnvelopeId, EnvelopeLine>, Error> {
    let asked = envelope::Column::Id.is_in(ids.iter().map(|id| id.uuid()));
    let asked = Condition::all().add(asked);
    let lines = find(db, sight, asked, FlowFilter::default()).await?;
    Ok(lines
        .into_iter()
        .map(|line| (line.envelope, line))
        .collect())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    theme_id: Uuid,
    code: String,
    fiscal_year: i64,
    currency: String,
    closed_on: Option<NaiveDate>,
    #[sea_orm(nested)]
    flow: FlowRow,
}

async fn find(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
    flows: FlowFilter,
) -> Result<Vec<EnvelopeLine>, Error> {
    let column = |column| (envelope::Entity, column);
    let mut statement = Query::select();
    statement
        .column(column(envelope::Column::Id))
        .column(column(envelope::Column::ThemeId))
        .column((theme::Entity, theme::Column::Code))
        .column(column(envelope::Column::FiscalYear))
        .column(column(envelope::Column::Currency))
        .column((year_closing::Entity, year_closing::Column::ClosedOn))
        .from(envelope::Entity)
        .left_join(year_closing::Entity, closing(flows.as_of))
        .inner_join(
            theme::Entity,
            Expr::col((theme::Entity, theme::Column::Id)).equals(column(envelope::Column::ThemeId)),
        )
        .join_subquery(
            sea_orm::JoinType::LeftJoin,
            flow::flows(flows),
            Alias::new(FLOW),
            flow::is_of(
                Expr::col(column(envelope::Column::ThemeId)),
                Expr::col(column(envelope::Column::FiscalYear)),
            ),
        )
        .cond_where(sight.of_theme(
            Role::BOOKKEEPERS,
            envelope::Column::ProgrammeId,
            envelope::Column::ThemeId,
        ))
        .cond_where(asked)
        .order_by(column(envelope::Column::FiscalYear), Order::Asc)
        .order_by((theme::Entity, theme::Column::Code), Order::Asc)
        .order_by(column(envelope::Column::Id), Order::Asc);
    flow::select(&mut statement);
    let rows = Row::find_by_statement(db.get_database_backend().build(&statement))
        .all(db)
        .await?;
    // The rows of an envelope follow each other, one for each of its flows.
    rows.chunk_by(|one, next| one.id == next.id)
        .map(line)
        .collect()
}

/// That a closing is the envelope's, recorded until `as_of`.
fn closing(as_of: Option<DateTime<Utc>>) -> Condition {
    let same = |closing, envelope| {
        Expr::col((year_closing::Entity, closing)).equals((envelope::Entity, envelope))
    };
    let of_theme = same(year_closing::Column::ThemeId, envelope::Column::ThemeId);
    let of_year = same(
        year_closing::Column::BudgetYear,
        envelope::Column::FiscalYear,
    );
    let until = as_of.map(|as_of| year_closing::Column::RecordedAt.lte(as_of));
    Condition::all()
        .add(of_theme)
        .add(of_year)
        .add_option(until)
}

fn line(rows: &[Row]) -> Result<EnvelopeLine, Error> {
    let [first, ..] = rows else {
        return Err(Error::corrupt("an envelope of nothing"));
    };
    Ok(EnvelopeLine {
        envelope: first.id.into(),
        theme: first.theme_id.into(),
        theme_code: first.code.clone(),
        fiscal_year: super::fiscal_year(first.fiscal_year)?,
        closed_on: first.closed_on,
        figures: flow::figures(&first.currency, rows.iter().map(|row| &row.flow))?,
    })
}
