//! What an award reports so that it is paid: ahead of the money, and by the days of the law.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::FiscalYear;
use domain::closing::{ReportContent, ReportKind};
use domain::id::{AwardId, PersonId};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::Error;
use store::command::{AcceptReport, PrescribeReport, SubmitReport};
use store::entity::{award, award_participant, payment_instruction};

use super::super::closing::costs;
use super::super::setting::REASON;
use super::{Due, Teller};
use crate::by_law::{Missing, missing};

impl Teller<'_> {
    /// Before it is first paid, an award reports that it has spent the whole of what was decided, ahead
    /// of the money: so the use of earlier money never stands against the next payment. What the law asks
    /// for until `day` is handed in as well, in time if it still can.
    pub(super) async fn report(&self, day: NaiveDate, rows: &[Due]) -> Result<(), Error> {
        let awards: BTreeSet<Uuid> = rows.iter().map(|due| due.award).collect();
        let db = self.office.store.reads();
        let paid: Vec<Uuid> = payment_instruction::Entity::find()
            .select_only()
            .column(payment_instruction::Column::AwardId)
            .filter(payment_instruction::Column::AwardId.is_in(awards.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        let rows = award::Entity::find()
            .filter(award::Column::Id.is_in(awards))
            .order_by_asc(award::Column::Number)
            .all(db)
            .await?;
        for row in rows.iter().filter(|row| !paid.contains(&row.id)) {
            self.report_on(day, row).await?;
        }
        let mut missing = missing(db, &rows, day).await?;
        for row in &rows {
            for report in missing.remove(&row.id).unwrap_or_default() {
                self.report_by_law(day, row, report).await?;
            }
        }
        Ok(())
    }

    /// The result is told on its last day at the earliest, when the last payments are known; of most
    /// awards it is left to a work list.
    async fn report_by_law(
        &self,
        day: NaiveDate,
        row: &award::Model,
        report: Missing,
    ) -> Result<(), Error> {
        let (kind, year) = (report.kind, report.budget_year);
        let in_time = day.min(report.due_on);
        match kind {
            ReportKind::Result if day < report.due_on => Ok(()),
            ReportKind::Result => self.report_result_of(row, year, in_time).await,
            _ => {
                let content = spent(row.applied_minor)?;
                self.hand_in(in_time, row, (kind, year), content).await
            }
        }
    }

    async fn report_on(&self, day: NaiveDate, row: &award::Model) -> Result<(), Error> {
        let award = AwardId::new(row.id);
        let (kind, budget_year) = (ReportKind::Status, FiscalYear::of(day));
        let prescribe = PrescribeReport {
            award,
            kind,
            budget_year,
            due_on: day,
            reason: REASON.to_owned(),
        };
        let name = format!("{}-asked", row.number);
        self.act(self.cast.officer, day, &name, &prescribe).await?;
        let content = spent(row.applied_minor)?;
        self.hand_in(day, row, (kind, budget_year), content).await
    }

    /// Hands a report in, and accepts it.
    pub(in super::super) async fn hand_in(
        &self,
        day: NaiveDate,
        row: &award::Model,
        (kind, budget_year): (ReportKind, FiscalYear),
        content: ReportContent,
    ) -> Result<(), Error> {
        let of = format!("{}-{kind}-{}", row.number, budget_year.get());
        let submit = SubmitReport {
            award: AwardId::new(row.id),
            kind,
            budget_year,
            content,
        };
        let by = self.representative(row).await?;
        let name = format!("{of}-handed-in");
        let submitted = self.act(by, day, &name, &submit).await?;
        let accept = AcceptReport {
            report: submitted.report,
        };
        let name = format!("{of}-accepted");
        self.act(self.cast.officer, day, &name, &accept).await?;
        Ok(())
    }

    /// Who of those named in the award was registered first: its representative.
    async fn representative(&self, award: &award::Model) -> Result<PersonId, Error> {
        let named = award_participant::Entity::find()
            .filter(award_participant::Column::AwardId.eq(award.id))
            .order_by_asc(award_participant::Column::PersonId)
            .one(self.office.store.reads())
            .await?;
        let named = named.ok_or_else(|| Error::not_found("PERSON"))?;
        Ok(named.person_id.into())
    }
}

/// A report that so many yen were spent.
pub(in super::super) fn spent(minor: i64) -> Result<ReportContent, Error> {
    Ok(ReportContent {
        narrative: "架空の報告 / made-up report".to_owned(),
        expenditure: Some(costs(minor)?),
        tax_credit: None,
    })
}
