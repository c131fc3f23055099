//! Which lines of the disbursement report a file has, as people name them: by codes and numbers.

use chrono::NaiveDate;
use domain::calendar::FiscalYear;
use domain::tranche::{TrancheKind, TrancheState};
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::Books;
use crate::entity::{award, organization, organization_identifier, theme};
use crate::error::Error;
use crate::read::disbursement::DisbursementFilter;

/// Characters of a scheme at most.
const SCHEME_CHARS_MAX: usize = 40;

/// Which lines; what is empty does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinesWanted {
    /// The code of a theme.
    pub theme: Option<String>,
    /// The year whose budget pays.
    pub budget_year: Option<FiscalYear>,
    /// The number of an award.
    pub award: Option<String>,
    /// The corporate number of a body, or its identifier in another register as reports write it: `ROR-03vek6s52`.
    pub body: Option<String>,
    /// A kind of tranche.
    pub kind: Option<TrancheKind>,
    /// How far the money has come.
    pub state: Option<TrancheState>,
    /// The first value date.
    pub value_from: Option<NaiveDate>,
    /// The last value date.
    pub value_until: Option<NaiveDate>,
}

impl LinesWanted {
    /// The same by ids, as of the instant of the books.
    ///
    /// # Errors
    /// [`Refusal::NotFound`](domain::Refusal::NotFound) for what the programme does not have, or when
    /// the database does not answer.
    pub async fn resolve(
        &self,
        db: &impl ConnectionTrait,
        books: &Books,
    ) -> Result<DisbursementFilter, Error> {
        let programme = books.programme.uuid();
        let mut filter = DisbursementFilter {
            budget_year: self.budget_year,
            kind: self.kind,
            state: self.state,
            value_from: self.value_from,
            value_until: self.value_until,
            as_of: Some(books.as_of),
            ..DisbursementFilter::default()
        };
        if let Some(code) = &self.theme {
            let themes = books.themes.as_ref();
            let named =
                themes.map(|codes| theme::Column::Code.is_in(codes.iter().map(String::as_str)));
            let found = theme::Entity::find()
                .filter(theme::Column::ProgrammeId.eq(programme))
                .filter(theme::Column::Code.eq(code))
                .filter(Condition::all().add_option(named))
                .one(db)
                .await?;
            let found = found.ok_or_else(|| Error::not_found("THEME"))?;
            filter.theme = Some(found.id.into());
        }
        if let Some(number) = &self.award {
            let found = award::Entity::find()
                .filter(books.sight().awards_whole())
                .filter(award::Column::Number.eq(number))
                .one(db)
                .await?;
            let found = found.ok_or_else(|| Error::not_found("AWARD"))?;
            filter.award = Some(found.id.into());
        }
        if let Some(number) = &self.body {
            let of_themes = books.themes.as_ref().map(|_| {
                let bodies = Query::select()
                    .column(award::Column::OrganizationId)
                    .from(award::Entity)
                    .cond_where(books.sight().awards_whole())
                    .to_owned();
                organization::Column::Id.in_subquery(bodies)
            });
            let found = organization::Entity::find()
                .filter(organization::Column::ProgrammeId.eq(programme))
                .filter(identified(number))
                .filter(Condition::all().add_option(of_themes))
                .one(db)
                .await?;
            let found = found.ok_or_else(|| Error::not_found("ORGANIZATION"))?;
            filter.organization = Some(found.id.into());
        }
        Ok(filter)
    }
}

/// That a body has this corporate number, or this identifier in another register, as reports write it.
fn identified(identifier: &str) -> Condition {
    use organization_identifier::Column::{OrganizationId, Scheme, Value};
    let condition = Condition::any().add(organization::Column::CorporateNumber.eq(identifier));
    // A scheme and a value may each hold hyphens.
    let hyphens = identifier.match_indices('-').take(SCHEME_CHARS_MAX);
    let parted = hyphens.filter_map(|(at, hyphen)| {
        let (scheme, rest) = identifier.split_at_checked(at)?;
        let value = rest.strip_prefix(hyphen)?;
        Some(Scheme.eq(scheme).and(Value.eq(value)))
    });
    let Some(registered) = parted.reduce(ExprTrait::or) else {
        return condition;
    };
    let bodies = Query::select()
        .column(OrganizationId)
        .from(organization_identifier::Entity)
        .and_where(registered)
        .to_owned();
    condition.add(organization::Column::Id.in_subquery(bodies))
}
