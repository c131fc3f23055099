//! What the viewer can do next.

use async_graphql::{Result, SimpleObject};
use domain::access::{Action as Rule, Asker, Operation, Scope};

use crate::coded::Coded;
use crate::refusal::{Refusal, Refused};
use crate::session::{Session, Viewer};

/// Something that the viewer's role opens. A forecast: the command asks the rules again.
#[derive(Debug, Clone, SimpleObject)]
pub struct Action {
    /// The command.
    name: Coded<Operation>,
    /// Whether nothing that is known now stands against it.
    allowed: bool,
    /// What stands against it.
    blocked_by: Option<Refusal>,
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
        blocked_by: rule
            .blocked_by
            .map(|refusal| Refused::from(refusal).shown(session.language)),
    };
    Ok(rules(&asker).into_iter().map(shown).collect())
}

fn asker<'a>(session: &Session, viewer: &'a Viewer, scope: Scope) -> Asker<'a> {
    Asker {
        person: viewer.person,
        authority: &viewer.authority,
        scope,
        today: session.today(),
    }
}
