//! What can be done with a tranche.

use super::{Action, Asker};
use crate::access::Operation;
use crate::gate::Hands;
use crate::refusal::Refusal;
use crate::tranche::{ReleaseFacts, release};

impl Asker<'_> {
    /// What can be done with a tranche; `hands` are those of the gate that its milestone stands on.
    #[must_use]
    pub fn on_tranche(
        &self,
        facts: &ReleaseFacts,
        policy_version: u32,
        hands: Option<&Hands<'_>>,
    ) -> Vec<Action> {
        let judged = |operation, rule: &dyn Fn() -> Result<(), Refusal>| {
            let answer = facts.award.ensure_allows(operation);
            (operation, answer.and_then(|()| rule()))
        };
        let state = facts.state;
        self.actions([
            judged(Operation::ReleaseTranche, &|| {
                release(facts, policy_version)?;
                facts.ensure_may_release(self.person)?;
                hands.map_or(Ok(()), |hands| hands.ensure_may_release(self.person))
            }),
            judged(Operation::RevokeRelease, &|| state.revoke().map(drop)),
            judged(Operation::WithholdTranche, &|| state.withhold().map(drop)),
            judged(Operation::RestoreTranche, &|| state.restore().map(drop)),
            judged(Operation::LapseTranche, &|| {
                state.lapse_after(facts.close_out, self.today).map(drop)
            }),
        ])
    }
}
