//! What the viewer can do next.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject};
use domain::access::{Action as Rule, Asker, GateFacts, Operation, Role, Scope};
use domain::gate::ConflictKind;
use domain::id::GateId;
use store::read::award::AwardView;
use store::read::gate::{GateView, SittingView};

use crate::coded::Coded;
use crate::loader::{ConflictOf, SittingOf, load};
use crate::refusal::{Refusal, Refused};
use crate::session::{Session, Viewer};

/// Something that the viewer's role opens. A forecast: the command asks the rules again. Where it
/// has a choice, such as which outcome or which year, one of the choices is open.
#[derive(Debug, Clone, SimpleObject)]
pub struct Action {
    /// The command.
    name: Coded<Operation>,
    /// Whether nothing that is known now stands against it.
    allowed: bool,
    /// What stands against it.
    blocked_by: Option<Refusal>,
    /// Who can clear that; null where it is for another person, for time or for good, and where the
    /// blockers of a tranche say it one by one.
    cleared_by: Option<Coded<Role>>,
}

/// The actions that `rules` finds for the viewer in `scope`.
pub(super) fn actions(
    session: &Session,
    scope: Scope,
    rules: impl FnOnce(&Asker<'_>) -> Vec<Rule>,
) -> Result<Vec<Action>> {
    let asker = asker(session, session.viewer()?, scope);
    let shown = |rule: Rule| Action {
        name: Coded(rule.operation),
        allowed: rule.blocked_by.is_none(),
        cleared_by: rule.cleared_by().map(Coded),
        blocked_by: rule
            .blocked_by
            .map(|refusal| Refused::from(refusal).shown(session.language)),
    };
    Ok(rules(&asker).into_iter().map(shown).collect())
}

/// Whether a role of the viewer opens one of `operations` in `scope`: the facts of the others need
/// not be read.
pub(super) fn opens(session: &Session, scope: &Scope, operations: &[Operation]) -> Result<bool> {
    let authority = &session.viewer()?.authority;
    let mut operations = operations.iter();
    Ok(operations.any(|operation| authority.may_run(*operation, scope).is_ok()))
}

fn asker<'a>(session: &Session, viewer: &'a Viewer, scope: Scope) -> Asker<'a> {
    Asker {
        person: viewer.person,
        authority: &viewer.authority,
        scope,
        today: session.today(),
    }
}

/// A gate with everything that forecasts look at.
pub(super) struct Sitting {
    award: AwardView,
    gate: GateView,
    held: Arc<SittingView>,
    conflict: Option<ConflictKind>,
}

impl Sitting {
    /// The gate `id`, if the viewer sees it.
    pub(super) async fn find(ctx: &Context<'_>, id: GateId) -> Result<Option<Self>> {
        let Some(gate) = load(ctx, id).await? else {
            return Ok(None);
        };
        let (award, held) = (
            load(ctx, gate.award).await?,
            load(ctx, SittingOf(id)).await?,
        );
        let (Some(award), Some(held)) = (award, held) else {
            return Ok(None);
        };
        Ok(Some(Self {
            award,
            gate,
            held,
            conflict: load(ctx, ConflictOf(id)).await?.flatten(),
        }))
    }

    /// What the domain looks at.
    pub(super) fn facts(&self) -> GateFacts<'_> {
        GateFacts {
            award: &self.award.life,
            state: self.gate.state,
            panel: &self.held.panel,
            criteria: &self.held.criteria,
            policy: &self.held.policy,
            deadline_on: self.gate.deadline_on,
            seal_intact: self.held.seal_intact,
            recommended_by: self.held.recommendation.as_ref().and_then(|view| view.by),
            conflict: self.conflict,
        }
    }

    /// Where its award belongs.
    pub(super) const fn scope(&self) -> Scope {
        self.award.scope
    }
}
