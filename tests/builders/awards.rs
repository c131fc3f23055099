//! Awards, offered, accepted or past their withdrawal term.

use domain::LocalizedText;
use domain::award::{Plan, PlannedMilestone, PlannedTranche};
use domain::id::{AwardId, MilestoneId, PersonId, TrancheId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::command::{AcceptAward, OfferAward};
use store::entity::{award, milestone, tranche as tranche_row};

use super::{World, millions, planned, tranche};

/// An award to be made; see [`World::award`].
#[must_use]
pub(crate) struct AwardBuilder<'a> {
    world: &'a World,
    advance: Option<PlannedTranche>,
    milestones: Vec<PlannedMilestone>,
    retention: Option<PlannedTranche>,
    is_default: bool,
    participants: Vec<PersonId>,
    number: Option<String>,
}

/// An award that was made.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    /// The award.
    pub(crate) id: AwardId,
    /// Its number.
    pub(crate) number: String,
    /// The plan it was offered with.
    pub(crate) plan: Plan,
    /// Its advance.
    pub(crate) advance: Option<TrancheId>,
    /// Its milestones, in order.
    pub(crate) milestones: Vec<MilestoneId>,
    /// Their tranches, in order.
    pub(crate) tranches: Vec<TrancheId>,
    /// Its retention.
    pub(crate) retention: Option<TrancheId>,
}

impl<'a> AwardBuilder<'a> {
    pub(super) const fn new(world: &'a World) -> Self {
        Self {
            world,
            advance: None,
            milestones: Vec::new(),
            retention: None,
            is_default: true,
            participants: Vec::new(),
            number: None,
        }
    }

    /// With an advance of `amount` millions out of 2026.
    pub(crate) fn advance(self, amount: i64) -> Self {
        self.advance_of(amount, 2026)
    }

    /// With an advance of `amount` millions out of `budget_year`.
    pub(crate) fn advance_of(mut self, amount: i64, budget_year: i32) -> Self {
        self.is_default = false;
        self.advance = Some(tranche(amount, budget_year));
        self
    }

    /// With one more milestone, of `amount` millions out of `budget_year`.
    pub(crate) fn milestone(self, amount: i64, budget_year: i32) -> Self {
        let ordinal = u16::try_from(self.milestones.len() + 1).expect("an ordinal");
        self.planned(planned(ordinal, amount, budget_year))
    }

    /// With one more milestone, as it is planned.
    pub(crate) fn planned(mut self, milestone: PlannedMilestone) -> Self {
        self.is_default = false;
        self.milestones.push(milestone);
        self
    }

    /// With a retention of `amount` millions out of 2026.
    pub(crate) fn retention(mut self, amount: i64) -> Self {
        self.is_default = false;
        self.retention = Some(tranche(amount, 2026));
        self
    }

    /// Naming `person` in the award.
    pub(crate) fn naming(mut self, person: PersonId) -> Self {
        self.participants.push(person);
        self
    }

    /// With a number of its own, as an import brings it.
    pub(crate) fn numbered(mut self, number: &str) -> Self {
        self.number = Some(number.to_owned());
        self
    }

    /// The command that offers it.
    pub(crate) fn command(&self) -> OfferAward {
        let plan = self.plan();
        let decided = plan.total(millions(0)).expect("a sum");
        OfferAward {
            theme: self.world.theme,
            organization: self.world.bodies.applicant,
            title: LocalizedText::new("診断支援", "Diagnosis support"),
            application_reference: None,
            applied: decided,
            decided,
            decided_on: self.world.clock.today(),
            participants: self.participants.clone(),
            gate_template: None,
            plan: Some(plan),
            number: self.number.clone(),
        }
    }

    /// Offered by the director.
    pub(crate) async fn offered(self) -> Granted {
        let command = self.command();
        let offered = self.world.run(self.world.people.director, &command).await;
        let plan = command.plan.expect("a plan");
        Granted::read(self.world, offered.award, plan).await
    }

    /// Accepted by the representative on the day of the offer.
    pub(crate) async fn accepted(self) -> Granted {
        let world = self.world;
        let granted = self.offered().await;
        let command = AcceptAward {
            award: granted.id,
            notice_received_on: world.clock.today(),
        };
        world.run(world.people.representative, &command).await;
        granted
    }

    /// Accepted, and the withdrawal term over: sixteen days later.
    pub(crate) async fn active(self) -> Granted {
        let world = self.world;
        let granted = self.accepted().await;
        world.clock.pass_days(16);
        granted
    }

    fn plan(&self) -> Plan {
        if self.is_default {
            return Plan {
                advance: Some(tranche(5, 2026)),
                milestones: (1..=3).map(|ordinal| planned(ordinal, 10, 2026)).collect(),
                retention: Some(tranche(5, 2026)),
            };
        }
        Plan {
            advance: self.advance.clone(),
            milestones: self.milestones.clone(),
            retention: self.retention.clone(),
        }
    }
}

impl Granted {
    async fn read(world: &World, id: AwardId, plan: Plan) -> Self {
        let db = world.store.reads();
        let milestones = milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(id.uuid()))
            .order_by_asc(milestone::Column::Ordinal)
            .all(db)
            .await
            .expect("milestones");
        let tranches = tranche_row::Entity::find()
            .filter(tranche_row::Column::AwardId.eq(id.uuid()))
            .all(db)
            .await
            .expect("tranches");
        let of_kind = |kind: &str| {
            let found = tranches.iter().find(|row| row.kind == kind);
            found.map(|row| TrancheId::new(row.id))
        };
        let of_milestone = |milestone: &milestone::Model| {
            let row = tranches
                .iter()
                .find(|row| row.milestone_id == Some(milestone.id));
            TrancheId::new(row.expect("a tranche").id)
        };
        let row = award_row(world, id).await;
        Self {
            id,
            number: row.number,
            plan,
            advance: of_kind("ADVANCE"),
            retention: of_kind("RETENTION"),
            tranches: milestones.iter().map(of_milestone).collect(),
            milestones: milestones.iter().map(|row| row.id.into()).collect(),
        }
    }

    /// The states of its milestones, in order, by code.
    pub(crate) async fn milestone_states(&self, world: &World) -> Vec<String> {
        milestone::Entity::find()
            .filter(milestone::Column::AwardId.eq(self.id.uuid()))
            .order_by_asc(milestone::Column::Ordinal)
            .all(world.store.reads())
            .await
            .expect("milestones")
            .into_iter()
            .map(|row| row.state)
            .collect()
    }

    /// The states of its tranches, in their order, by code.
    pub(crate) async fn tranche_states(&self, world: &World) -> Vec<String> {
        tranche_row::Entity::find()
            .filter(tranche_row::Column::AwardId.eq(self.id.uuid()))
            .order_by_asc(tranche_row::Column::Ordinal)
            .all(world.store.reads())
            .await
            .expect("tranches")
            .into_iter()
            .map(|row| row.state)
            .collect()
    }

    /// Its row, as stored.
    pub(crate) async fn row(&self, world: &World) -> award::Model {
        award_row(world, self.id).await
    }
}

async fn award_row(world: &World, id: AwardId) -> award::Model {
    award::Entity::find_by_id(id.uuid())
        .one(world.store.reads())
        .await
        .expect("an answer")
        .expect("the award")
}
