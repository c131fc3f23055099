//! The reports that the law asks for, for imports that hand them in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::closing::ReportKind;
use domain::{Coded, FiscalYear};
use sea_orm::prelude::{Expr, Uuid};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use store::Error;
use store::dossier::owed_reports;
use store::entity::{award, report, report_answer, report_version};
use store::mapping;

/// A report that is not accepted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Missing {
    pub(crate) kind: ReportKind,
    pub(crate) budget_year: FiscalYear,
    pub(crate) due_on: NaiveDate,
}

/// What the law asks for until `day`, by award: what is not on record, and what a run that broke off
/// left handed in and not accepted.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub(crate) async fn missing(
    db: &impl ConnectionTrait,
    rows: &[award::Model],
    day: NaiveDate,
) -> Result<BTreeMap<Uuid, Vec<Missing>>, Error> {
    let mut missing: BTreeMap<Uuid, Vec<Missing>> = BTreeMap::new();
    for (award, owed) in owed_reports(db, rows, day).await? {
        let of_award = owed.into_iter().map(|owed| Missing {
            kind: owed.term.kind(),
            budget_year: owed.budget_year,
            due_on: owed.term.due_on(),
        });
        missing.insert(award, of_award.collect());
    }
    let answered = Query::select()
        .column((report_version::Entity, report_version::Column::ReportId))
        .from(report_version::Entity)
        .inner_join(
            report_answer::Entity,
            Expr::col((report_version::Entity, report_version::Column::Id)).equals((
                report_answer::Entity,
                report_answer::Column::ReportVersionId,
            )),
        )
        .to_owned();
    let by_law = ReportKind::ALL.iter().filter(|kind| kind.closes_year());
    let left = report::Entity::find()
        .filter(report::Column::AwardId.is_in(rows.iter().map(|row| row.id)))
        .filter(report::Column::Kind.is_in(by_law.map(|kind| kind.code())))
        .filter(report::Column::Id.not_in_subquery(answered))
        .all(db)
        .await?;
    for row in left {
        missing.entry(row.award_id).or_default().push(Missing {
            kind: mapping::code(&row.kind)?,
            budget_year: mapping::fiscal_year(row.budget_year)?,
            due_on: row.due_on,
        });
    }
    Ok(missing)
}
