//! Replaces a member of a gate's roster while the panel still votes.

use domain::Refusal;
use domain::access::Operation;
use domain::gate::Panel;
use domain::id::{GateId, PersonId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::roster::{self, RosterSeat};
use crate::dossier::{AwardDossier, GateDossier, OnRecord, load_panel, place_of};
use crate::entity::{award, gate_member};
use crate::error::Error;
use crate::persist::gate::void_sign_offs;
use crate::root::{Locked, Place};
use crate::work::Work;
use crate::wrapper::Command;

/// Lets one person take another's place. The vote of whoever leaves no longer counts.
#[derive(Debug, Clone, Serialize)]
pub struct ReplaceMember {
    /// The gate.
    pub gate: GateId,
    /// Who leaves.
    pub leaving: PersonId,
    /// Who takes a seat instead.
    pub joining: RosterSeat,
    /// Why.
    pub reason: String,
}

/// A roster was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterChanged {
    /// The gate.
    pub gate: GateId,
    /// Whether the quorum can be met by those who may judge.
    pub quorum_reachable: bool,
}

impl Command for ReplaceMember {
    const OPERATION: Operation = Operation::ReplaceMember;
    type Root = award::Model;
    type Outcome = RosterChanged;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        place_of(tx, self.gate).await
    }

    async fn run(
        &self,
        award: Locked<award::Model>,
        work: &mut Work<'_>,
    ) -> Result<RosterChanged, Error> {
        Refusal::require_reason(&self.reason)?;
        let dossier = AwardDossier::open(work, &award).await?;
        dossier.ensure_allows(Self::OPERATION)?;
        let gate = GateDossier::load(work.tx(), self.gate).await?;
        gate.state.ensure_convened()?;
        self.ensure_sits(&gate.panel)?;
        let policy = &gate.sealed.policy.parameters;
        let (seat, today) = (&self.joining, work.today());
        let on_record = OnRecord::beside(work.tx(), &dossier, [seat.person]).await?;
        let joining = roster::candidate(&on_record, &dossier, policy, seat, today)?;
        let mut changed = Panel::default();
        changed.members.extend(
            gate.panel
                .members
                .iter()
                .filter(|member| member.person != self.leaving && !member.replaced)
                .chain(core::iter::once(&joining))
                .cloned(),
        );
        changed.ensure_convenable()?;
        self.leave(work, &award).await?;
        roster::take_seat(work, &award, self.gate, &joining).await?;
        let panel = load_panel(work.tx(), self.gate).await?;
        Ok(RosterChanged {
            gate: self.gate,
            quorum_reachable: panel.quorum(policy).is_reachable(),
        })
    }
}

impl ReplaceMember {
    fn ensure_sits(&self, panel: &Panel) -> Result<(), Refusal> {
        let named = |person| move |member: &&domain::gate::Member| member.person == person;
        // Whoever sat here once, replaced or not, does not sit again.
        if panel
            .members
            .iter()
            .any(|member| named(self.joining.person)(&member))
        {
            return Err(Refusal::MemberTwiceOnRoster {});
        }
        match panel.members.iter().find(named(self.leaving)) {
            Some(member) if member.replaced => Err(Refusal::MemberReplaced {}),
            Some(_) => Ok(()),
            None => Err(Refusal::NotOnRoster {}),
        }
    }

    async fn leave(&self, work: &mut Work<'_>, _award: &Locked<award::Model>) -> Result<(), Error> {
        gate_member::Entity::update_many()
            .col_expr(
                gate_member::Column::ReplacedAt,
                Expr::value(work.occurred_at()),
            )
            .filter(gate_member::Column::GateId.eq(self.gate.uuid()))
            .filter(gate_member::Column::PersonId.eq(self.leaving.uuid()))
            .exec(work.tx())
            .await?;
        let leaving = Some(self.leaving.uuid());
        void_sign_offs(work, self.gate.uuid(), leaving, &self.reason).await?;
        work.record(
            "MEMBER_REPLACED",
            serde_json::json!({
                "gate": self.gate,
                "leaving": self.leaving,
                "joining": self.joining.person,
                "reason": self.reason,
            }),
        );
        Ok(())
    }
}
