//! The statement of awards: the five amounts, and where what was paid is now.

use std::collections::BTreeMap;

use domain::Money;
use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::ledger::{AccountKind, Balances, Transfer};
use domain::report::AwardStatementLine;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::body::bodies;
use super::history::states;
use super::{Books, Page};
use crate::dossier::{decided_in_force, ledger_of};
use crate::entity::{award, theme};
use crate::error::Error;
use crate::mapping::money;
use crate::persist::award::AWARD_MOVED;
use crate::read::disbursement::DisbursementFilter;
use crate::read::five_amounts;

/// Awards of a page at most: each brings its transfers along.
const AWARDS_MAX: u64 = 200;

/// The lines of the awards that `asked` names, after the award `after`, in the order of the awards' ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn awards(
    db: &impl ConnectionTrait,
    books: &Books,
    asked: &DisbursementFilter,
    after: Option<Uuid>,
) -> Result<Page<AwardStatementLine, Uuid>, Error> {
    let rows = page_of(db, books, asked.awards(), after).await?;
    let next = rows.last().map(|row| row.id);
    Ok((statement(db, books, rows).await?, next))
}

/// The lines of the awards `rows`.
pub(super) async fn statement(
    db: &impl ConnectionTrait,
    books: &Books,
    rows: Vec<award::Model>,
) -> Result<Vec<AwardStatementLine>, Error> {
    let as_of = books.as_of;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let organizations: Vec<Uuid> = rows.iter().map(|row| row.organization_id).collect();
    let bodies = bodies(db, &organizations).await?;
    let themes = themes(db, &rows).await?;
    let states = states::<AwardStateCode>(db, &ids, AWARD_MOVED, as_of).await?;
    let decided = decided_in_force(db, &ids, Some(as_of)).await?;
    let fixed = five_amounts::fixed(db, &ids, Some(as_of)).await?;
    let transfers = ledger_of(db, &ids, Some(as_of)).await?;
    let lines = rows.into_iter().map(|row| {
        let missing = |what| Error::corrupt(format_args!("award {} has no {what}", row.id));
        let (decided, _) = decided.get(&row.id).ok_or_else(|| missing("amount"))?;
        let fixed = fixed.get(&row.id).into_iter().flatten();
        let moved = transfers.get(&row.id).map_or(&[][..], Vec::as_slice);
        let applied = money(row.applied_minor, &row.currency)?;
        let amounts = FiveAmounts::of(
            row.id.into(),
            (applied, decided.amount),
            fixed.map(|(_, fixed)| *fixed),
            moved,
        );
        let body = bodies.get(&row.organization_id).cloned();
        let theme = themes.get(&row.theme_id);
        let [advanced, granted, returnable] = held(row.id, applied, moved)?;
        Ok(AwardStatementLine {
            theme_code: theme.ok_or_else(|| missing("theme"))?.code.clone(),
            body: body.ok_or_else(|| missing("body"))?,
            state: states
                .get(&row.id)
                .copied()
                .unwrap_or(AwardStateCode::Offered),
            amounts: amounts.map_err(Error::corrupt)?,
            advanced,
            granted,
            returnable,
            award_number: row.number,
        })
    });
    lines.collect()
}

/// The awards that are `asked` for, after the award `after`, in the order of their ids.
pub(super) async fn page_of(
    db: &impl ConnectionTrait,
    books: &Books,
    asked: Condition,
    after: Option<Uuid>,
) -> Result<Vec<award::Model>, Error> {
    Ok(award::Entity::find()
        .filter(books.sight.awards_whole())
        .filter(asked)
        .filter(award::Column::RecordedAt.lte(books.as_of))
        .apply_if(after, |select, last| {
            select.filter(award::Column::Id.gt(last))
        })
        .order_by_asc(award::Column::Id)
        .limit(AWARDS_MAX)
        .all(db)
        .await?)
}

/// The themes of `awards`.
pub(super) async fn themes(
    db: &impl ConnectionTrait,
    awards: &[award::Model],
) -> Result<BTreeMap<Uuid, theme::Model>, Error> {
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(awards.iter().map(|row| row.theme_id)))
        .all(db)
        .await?;
    Ok(themes.into_iter().map(|row| (row.id, row)).collect())
}

/// What is advanced, granted and returnable of an award, in the currency of `like`.
fn held(award: Uuid, like: Money, transfers: &[Transfer]) -> Result<[Money; 3], Error> {
    let balances = Balances::of(transfers).map_err(Error::corrupt)?;
    let kinds = [
        AccountKind::Advanced,
        AccountKind::Granted,
        AccountKind::Returnable,
    ];
    Ok(kinds.map(|kind| {
        balances.balance(domain::ledger::Account {
            kind,
            owner: award,
            budget_year: None,
            currency: like.currency(),
        })
    }))
}
