//! What a programme lays down: the versions of its policy and of its themes' gate templates.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::access::Role;
use domain::id::{GateTemplateId, PersonId, PolicyVersionId, ProgrammeId, ThemeId};
use domain::template::{GateTemplate, PublicationState};
use domain::{Coded, Policy};
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::Sight;
use crate::entity::{gate_template, policy_version, theme};
use crate::error::Error;
use crate::mapping;

/// One version of a programme's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersionView {
    /// Names it.
    pub id: PolicyVersionId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its number, from 1.
    pub version: u32,
    /// Its parameters.
    pub parameters: Policy,
    /// Who published it; nobody where the system did.
    pub published_by: Option<PersonId>,
    /// When it came into force.
    pub published_at: DateTime<Utc>,
}

/// One version of a theme's gate template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateTemplateView {
    /// Names it.
    pub id: GateTemplateId,
    /// Its theme.
    pub theme: ThemeId,
    /// Its number within the theme, from 1.
    pub version: u32,
    /// Whether it is in force.
    pub state: PublicationState,
    /// The ladder.
    pub ladder: GateTemplate,
    /// Who drafted it.
    pub defined_by: Option<PersonId>,
    /// Who published it.
    pub published_by: Option<PersonId>,
}

/// The policy versions of each of these programmes, the latest first; for the programme's side.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn policies(
    db: &impl ConnectionTrait,
    sight: &Sight,
    programmes: &[ProgrammeId],
) -> Result<HashMap<ProgrammeId, Vec<PolicyVersionView>>, Error> {
    let theirs = policy_version::Column::ProgrammeId.is_in(programmes.iter().map(|id| id.uuid()));
    let mut found: HashMap<ProgrammeId, Vec<PolicyVersionView>> = HashMap::new();
    for view in find_policies(db, sight, theirs.into()).await? {
        found.entry(view.programme).or_default().push(view);
    }
    Ok(found)
}

/// A policy version; for the programme's side.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn policy_version(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: PolicyVersionId,
) -> Result<Option<PolicyVersionView>, Error> {
    let named = policy_version::Column::Id.eq(id.uuid());
    Ok(find_policies(db, sight, named.into()).await?.pop())
}

/// The template versions of each of these themes, the latest first: published ones for everybody who
/// is signed in, drafts for those who work on the theme.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn templates(
    db: &impl ConnectionTrait,
    sight: &Sight,
    themes: &[ThemeId],
) -> Result<HashMap<ThemeId, Vec<GateTemplateView>>, Error> {
    let theirs = gate_template::Column::ThemeId.is_in(themes.iter().map(|id| id.uuid()));
    let mut found: HashMap<ThemeId, Vec<GateTemplateView>> = HashMap::new();
    for view in find_templates(db, sight, theirs.into()).await? {
        found.entry(view.theme).or_default().push(view);
    }
    Ok(found)
}

/// A template version, for the same eyes as in [`templates`].
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn template(
    db: &impl ConnectionTrait,
    sight: &Sight,
    id: GateTemplateId,
) -> Result<Option<GateTemplateView>, Error> {
    let named = gate_template::Column::Id.eq(id.uuid());
    Ok(find_templates(db, sight, named.into()).await?.pop())
}

async fn find_policies(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<PolicyVersionView>, Error> {
    let side: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| !role.is_applicant_side())
        .collect();
    let rows = policy_version::Entity::find()
        .filter(asked)
        .filter(sight.of_programme(&side, policy_version::Column::ProgrammeId))
        .order_by_desc(policy_version::Column::Version)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PolicyVersionView {
                id: row.id.into(),
                programme: row.programme_id.into(),
                version: mapping::version(row.version)?,
                parameters: mapping::document(&row.parameters)?,
                published_by: row.published_by.map(Into::into),
                published_at: row.occurred_at,
            })
        })
        .collect()
}

async fn find_templates(
    db: &impl ConnectionTrait,
    sight: &Sight,
    asked: Condition,
) -> Result<Vec<GateTemplateView>, Error> {
    use gate_template::Column::{ProgrammeId, State, ThemeId, Version};
    let office = [Role::Officer, Role::Director, Role::Auditor];
    let open = Query::select()
        .column(theme::Column::Id)
        .from(theme::Entity)
        .cond_where(theme::Column::State.eq(PublicationState::Published.code()))
        .to_owned();
    let published = State
        .eq(PublicationState::Published.code())
        .and(ThemeId.in_subquery(open));
    let rows = gate_template::Entity::find()
        .filter(asked)
        .filter(
            Condition::any()
                .add(published)
                .add(sight.of_theme(&office, ProgrammeId, ThemeId)),
        )
        .order_by_desc(Version)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(GateTemplateView {
                id: row.id.into(),
                theme: row.theme_id.into(),
                version: mapping::version(row.version)?,
                state: mapping::code(&row.state)?,
                ladder: mapping::document(&row.document)?,
                defined_by: row.defined_by.map(Into::into),
                published_by: row.published_by.map(Into::into),
            })
        })
        .collect()
}
