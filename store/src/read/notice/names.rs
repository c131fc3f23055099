//! The people and bodies that the record of a gate names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::gate::{ConditionDraft, ConditionState, Panel, Seat, Verifier};
use domain::id::{OrganizationId, PersonId};
use domain::report::{NoticedCondition, PanelMember};
use domain::{Coded, LocalizedText};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::super::people::{self, OrganizationView, PersonView};
use crate::error::Error;

/// The names in a record.
pub(super) struct Names {
    people: HashMap<PersonId, PersonView>,
    bodies: HashMap<OrganizationId, OrganizationView>,
}

impl Names {
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        panel: &Panel,
        acted: [Option<Uuid>; 2],
        conditions: &[ConditionDraft],
    ) -> Result<Self, Error> {
        let mut people: BTreeSet<PersonId> =
            panel.members.iter().map(|member| member.person).collect();
        people.extend(acted.into_iter().flatten().map(PersonId::new));
        let verifiers = conditions.iter().map(|condition| condition.verifier);
        people.extend(verifiers.filter_map(|verifier| match verifier {
            Verifier::Named(person) => Some(person),
            Verifier::Chair => None,
        }));
        let people: Vec<PersonId> = people.into_iter().collect();
        let bodies: Vec<OrganizationId> = panel
            .members
            .iter()
            .filter_map(|member| member.body)
            .collect();
        Ok(Self {
            people: people::named(db, &people).await?,
            bodies: people::bodies(db, &bodies).await?,
        })
    }

    pub(super) fn person(&self, id: Option<Uuid>) -> Option<LocalizedText> {
        self.named(id?.into())
    }

    fn named(&self, id: PersonId) -> Option<LocalizedText> {
        self.people.get(&id).map(|person| person.name.clone())
    }

    /// The roster by seat and person, each with the vote that counted.
    pub(super) fn members(&self, panel: &Panel) -> Vec<PanelMember> {
        let place = |seat| Seat::ALL.iter().position(|known| *known == seat);
        let mut members: Vec<_> = panel.members.iter().collect();
        members.sort_by_key(|member| (place(member.seat), member.person));
        let votes: BTreeMap<PersonId, _> = panel
            .votes()
            .map(|(member, vote)| (member.person, (vote.outcome, vote.reason.clone())))
            .collect();
        members
            .into_iter()
            .filter_map(|member| {
                let body = member.body.and_then(|body| self.bodies.get(&body));
                Some(PanelMember {
                    name: self.named(member.person)?,
                    body: body.map(|body| body.name.clone()),
                    seat: member.seat,
                    declared: member.declared,
                    recused: member.recused,
                    replaced: member.replaced,
                    vote: votes.get(&member.person).cloned(),
                })
            })
            .collect()
    }

    /// The conditions as they were laid down.
    pub(super) fn conditions(&self, laid_down: &[ConditionDraft]) -> Vec<NoticedCondition> {
        let condition = |draft: &ConditionDraft| NoticedCondition {
            text: draft.text.clone(),
            due_on: draft.due_on,
            blocking: draft.blocking,
            verifier: match draft.verifier {
                Verifier::Named(person) => self.named(person),
                Verifier::Chair => None,
            },
            state: ConditionState::Open,
        };
        laid_down.iter().map(condition).collect()
    }
}
