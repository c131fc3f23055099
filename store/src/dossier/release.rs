//! What a release looks at, gathered under the award's lock.

use chrono::NaiveDate;
use domain::calendar::jst_date;
use domain::ledger::{Account, AccountKind};
use domain::tranche::{GateFact, ReleaseFacts, TrancheKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{AwardDossier, SealedDossier, TrancheEntry};
use crate::entity::envelope;
use crate::error::Error;
use crate::persist::ledger;

/// The facts on which the release of `tranche` is decided on `today`.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn release_facts(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
    today: NaiveDate,
) -> Result<ReleaseFacts, Error> {
    let award = dossier.row.id.into();
    let source = match tranche.kind {
        TrancheKind::Retention => Account::retained(award, tranche.budget_year, dossier.currency),
        _ => Account::committed(award, tranche.budget_year, dossier.currency),
    };
    let envelope = envelope::Entity::find()
        .filter(envelope::Column::ThemeId.eq(dossier.row.theme_id))
        .filter(envelope::Column::FiscalYear.eq(tranche.row.budget_year))
        .one(db)
        .await?;
    Ok(ReleaseFacts {
        today,
        award: dossier.award,
        award_since: None,
        kind: tranche.kind,
        state: tranche.state,
        state_since: jst_date(tranche.row.state_since),
        amount: tranche.amount,
        budget_year: tranche.budget_year,
        gate: gate_fact(db, dossier, tranche).await?,
        committed: ledger::balance(db, &source).await?,
        decided: dossier.decided.amount,
        paid_or_payable: paid_or_payable(db, dossier).await?,
        consultation_reference: envelope.and_then(|row| row.consultation_reference),
    })
}

async fn gate_fact(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
    tranche: &TrancheEntry,
) -> Result<Option<GateFact>, Error> {
    let Some(milestone) = tranche.row.milestone_id else {
        return Ok(None);
    };
    let position = dossier.position(milestone.into())?;
    let entry = dossier.milestone(milestone.into())?;
    let seal_intact = match (entry.state.submission(), entry.state.seal()) {
        (Some(submission), Some(seal)) => {
            SealedDossier::load(db, submission).await?.is_intact(seal)
        }
        _ => true,
    };
    Ok(Some(GateFact {
        milestone: entry.state.clone(),
        since: jst_date(entry.row.state_since),
        seal_intact,
        earlier_resolved: dossier.earlier_resolved(position),
    }))
}

/// What is paid, in transit or payable already. Nothing is returned before there are orders to.
async fn paid_or_payable(
    db: &impl ConnectionTrait,
    dossier: &AwardDossier,
) -> Result<domain::Money, Error> {
    let kinds = [
        AccountKind::Payable,
        AccountKind::InTransit,
        AccountKind::Advanced,
        AccountKind::Granted,
    ];
    ledger::balance_of_owner(db, dossier.row.id, &kinds, dossier.currency).await
}
