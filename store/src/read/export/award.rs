//! The statement of awards: the five amounts, and where what was paid is now.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::award::AwardStateCode;
use domain::closing::FiveAmounts;
use domain::ledger::{AccountKind, Balances, Transfer};
use domain::report::AwardStatementLine;
use domain::{Coded, Money};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::body::bodies;
use super::{Books, Page};
use crate::dossier::{decided_in_force, ledger_of};
use crate::entity::{audit_event, award, theme};
use crate::error::Error;
use crate::mapping::{code, money};
use crate::persist::award::AWARD_MOVED;
use crate::read::five_amounts;
use crate::root::RootKind;

/// Awards of a page at most: each brings its transfers along.
const AWARDS_MAX: u64 = 200;

/// The lines after the award `after`, in the order of the awards' ids.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn awards(
    db: &impl ConnectionTrait,
    books: &Books,
    after: Option<Uuid>,
) -> Result<Page<AwardStatementLine, Uuid>, Error> {
    let as_of = books.as_of;
    let rows = award::Entity::find()
        .filter(books.sight.awards_whole())
        .filter(award::Column::RecordedAt.lte(as_of))
        .apply_if(after, |select, last| {
            select.filter(award::Column::Id.gt(last))
        })
        .order_by_asc(award::Column::Id)
        .limit(AWARDS_MAX)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let organizations: Vec<Uuid> = rows.iter().map(|row| row.organization_id).collect();
    let bodies = bodies(db, &organizations).await?;
    let themes = theme_codes(db, &rows).await?;
    let states = states(db, &ids, as_of).await?;
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
        let theme = themes.get(&row.theme_id).cloned();
        let [advanced, granted, returnable] = held(row.id, applied, moved)?;
        Ok(AwardStatementLine {
            theme_code: theme.ok_or_else(|| missing("theme"))?,
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
    let lines = lines.collect::<Result<_, Error>>()?;
    Ok((lines, ids.last().copied()))
}

async fn theme_codes(
    db: &impl ConnectionTrait,
    awards: &[award::Model],
) -> Result<BTreeMap<Uuid, String>, Error> {
    let themes = theme::Entity::find()
        .filter(theme::Column::Id.is_in(awards.iter().map(|row| row.theme_id)))
        .all(db)
        .await?;
    Ok(themes.into_iter().map(|row| (row.id, row.code)).collect())
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

/// The state that each award was last moved to by then, by its audit chain: the award's own row knows
/// only the state of today. One that is not named was never moved.
async fn states(
    db: &impl ConnectionTrait,
    awards: &[Uuid],
    as_of: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, AwardStateCode>, Error> {
    let text = Expr::col(audit_event::Column::Event).cast_as(Alias::new("TEXT"));
    let events = audit_event::Entity::find()
        .filter(audit_event::Column::ChainKind.eq(RootKind::Award.code()))
        .filter(audit_event::Column::ChainId.is_in(awards.iter().copied()))
        .filter(audit_event::Column::RecordedAt.lte(as_of))
        .filter(text.like(format!("%\"{AWARD_MOVED}\"%")))
        .order_by_asc(audit_event::Column::Sequence)
        .all(db)
        .await?;
    let mut states = BTreeMap::new();
    for row in events {
        let happened = row.event["happened"].as_array().into_iter().flatten();
        let moves = happened.filter(|event| event["event"] == AWARD_MOVED);
        for facts in moves.map(|event| &event["facts"]) {
            let state = facts["to"].as_str().unwrap_or_default();
            let of: Option<Uuid> = facts["id"].as_str().and_then(|id| id.parse().ok());
            let nobody = || Error::corrupt(format_args!("event {} moves no award", row.id));
            states.insert(of.ok_or_else(nobody)?, code(state)?);
        }
    }
    Ok(states)
}
