//! What is on record of people: their roles, the bodies they belong to, the awards they are named
//! in.
//!
//! It is read at every step that matters, because people change bodies while a gate sits. The rows
//! are loaded once for whoever is asked about; the questions are then answered for any day.

use chrono::{Months, NaiveDate};
use domain::Refusal;
use domain::access::{Authority, Grant, GrantScope};
use domain::gate::{ConflictKind, Connections, computed_conflict, ensure_outsider};
use domain::id::{OrganizationId, PersonId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::AwardDossier;
use crate::authority;
use crate::entity::{affiliation, award, award_participant, role_grant};
use crate::error::Error;

/// What is on record of some people.
#[derive(Debug, Clone, Default)]
pub struct OnRecord {
    grants: Vec<(Uuid, Grant)>,
    affiliations: Vec<affiliation::Model>,
    named: Vec<award_participant::Model>,
}

impl OnRecord {
    /// The record of `people`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a row holds a code that is none.
    pub async fn load(db: &impl ConnectionTrait, people: &[Uuid]) -> Result<Self, Error> {
        let grants = role_grant::Entity::find()
            .filter(role_grant::Column::PersonId.is_in(people.iter().copied()))
            .all(db)
            .await?;
        Ok(Self {
            grants: grants
                .iter()
                .map(|row| Ok((row.person_id, authority::grant(row)?)))
                .collect::<Result<_, Error>>()?,
            affiliations: affiliation::Entity::find()
                .filter(affiliation::Column::PersonId.is_in(people.iter().copied()))
                .all(db)
                .await?,
            named: award_participant::Entity::find()
                .filter(award_participant::Column::PersonId.is_in(people.iter().copied()))
                .all(db)
                .await?,
        })
    }

    /// The record of `people` and of everybody named in the award.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn beside(
        db: &impl ConnectionTrait,
        dossier: &AwardDossier,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Self, Error> {
        Self::beside_all(db, &[dossier.row.id], people).await
    }

    /// The record of `people` and of everybody named in the `awards` with these ids.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn beside_all(
        db: &impl ConnectionTrait,
        awards: &[Uuid],
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<Self, Error> {
        let named = award_participant::Entity::find()
            .filter(award_participant::Column::AwardId.is_in(awards.iter().copied()))
            .all(db)
            .await?;
        let people = people.into_iter().map(PersonId::uuid);
        let people: Vec<Uuid> = people
            .chain(named.iter().map(|row| row.person_id))
            .collect();
        Self::load(db, &people).await
    }

    /// Adds that people were named in an award that is not stored yet.
    pub(crate) fn name(&mut self, rows: impl IntoIterator<Item = award_participant::Model>) {
        self.named.extend(rows);
    }

    /// The roles of `person` in force on `day`.
    #[must_use]
    pub fn roles(&self, person: PersonId, day: NaiveDate) -> Authority {
        Authority::on(day, self.grants_of(person))
    }

    fn grants_of(&self, person: PersonId) -> impl Iterator<Item = Grant> + '_ {
        let theirs = self
            .grants
            .iter()
            .filter(move |(whose, _)| *whose == person.uuid());
        theirs.map(|(_, grant)| *grant)
    }

    /// The body that `person` belongs to on `day`; of several, the one they joined last.
    #[must_use]
    pub fn body(&self, person: PersonId, day: NaiveDate) -> Option<OrganizationId> {
        self.affiliations
            .iter()
            .filter(|row| row.person_id == person.uuid() && row.from_on <= day)
            .filter(|row| row.until_on.is_none_or(|until| until >= day))
            .max_by_key(|row| (row.from_on, core::cmp::Reverse(row.organization_id)))
            .map(|row| row.organization_id.into())
    }

    /// The conflict that the record shows on `today` between `person` and the award, looking back
    /// `years`.
    #[must_use]
    pub fn conflict(
        &self,
        dossier: &AwardDossier,
        person: PersonId,
        today: NaiveDate,
        years: u16,
    ) -> Option<ConflictKind> {
        self.conflict_with(&dossier.row, person, today, years)
    }

    /// The same of the award that `row` holds.
    pub(crate) fn conflict_with(
        &self,
        row: &award::Model,
        person: PersonId,
        today: NaiveDate,
        years: u16,
    ) -> Option<ConflictKind> {
        let own = self.connections(person, today, years);
        let people: Vec<_> = self
            .named
            .iter()
            .filter(|named| named.award_id == row.id)
            .map(|named| PersonId::new(named.person_id))
            .map(|named| (named, self.connections(named, today, years)))
            .collect();
        let (applicant, award) = (row.organization_id.into(), row.id.into());
        computed_conflict(person, &own, applicant, award, &people)
    }

    /// Refuses a person of the award or of the applicant's body: nobody judges their own.
    ///
    /// # Errors
    /// [`Refusal::ApplicantOnRoster`].
    pub fn ensure_outsider(
        &self,
        dossier: &AwardDossier,
        person: PersonId,
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        // Only what holds today matters here, so the years do not.
        ensure_outsider(self.conflict(dossier, person, today, 0))
    }

    /// Whether `person` belongs to `body` on `today`, or did within the `years` before.
    pub(crate) fn belonged_to(
        &self,
        person: PersonId,
        body: OrganizationId,
        today: NaiveDate,
        years: u16,
    ) -> bool {
        let connections = self.connections(person, today, years);
        connections.recent_bodies.contains(&body)
    }

    /// What connects `person` with others on `today`, looking back `years`.
    fn connections(&self, person: PersonId, today: NaiveDate, years: u16) -> Connections {
        let since = today
            .checked_sub_months(Months::new(u32::from(years) * 12))
            .unwrap_or(today);
        let belonged_since = |day: NaiveDate| {
            self.memberships(person, today)
                .filter(move |(_, until)| until.is_none_or(|until| until >= day))
                .map(|(body, _)| body)
        };
        let theirs = self.named.iter();
        Connections {
            bodies: belonged_since(today).collect(),
            recent_bodies: belonged_since(since).collect(),
            awards: theirs
                .filter(|row| row.person_id == person.uuid())
                .map(|row| row.award_id.into())
                .collect(),
        }
    }

    /// Where `person` belonged by `today`, and until when: by an affiliation, or by a role they
    /// hold for a body.
    fn memberships(
        &self,
        person: PersonId,
        today: NaiveDate,
    ) -> impl Iterator<Item = (OrganizationId, Option<NaiveDate>)> + '_ {
        let affiliated = self
            .affiliations
            .iter()
            .filter(move |row| row.person_id == person.uuid() && row.from_on <= today)
            .map(|row| (row.organization_id.into(), row.until_on));
        let begun = self
            .grants_of(person)
            .filter(move |grant| grant.from <= today);
        let acting = begun.filter_map(|grant| match grant.scope {
            GrantScope::Organization(body) => Some((body, grant.until)),
            GrantScope::Programme(_) | GrantScope::Theme(_) => None,
        });
        affiliated.chain(acting)
    }
}
