//! Offers an award with its plan (Act 6), and commits the years whose money is appropriated.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::access::Operation;
use domain::award::{AwardState, DecidedAmount, DecisionDirection, Plan};
use domain::calendar::FiscalYear;
use domain::id::{AwardId, GateTemplateId, OrganizationId, PersonId, ThemeId};
use domain::ledger::RecordKind;
use domain::template::{GateTemplate, PublicationState};
use domain::{Coded, LocalizedText, Money, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dossier::{AwardDossier, PinnedPolicy, latest_policy, place_of_theme};
use crate::entity::{
    award, award_participant, envelope, gate_template, organization, person, programme, theme,
};
use crate::error::Error;
use crate::gathered::Written;
use crate::mapping;
use crate::persist::commitment;
use crate::persist::decided_amount::{self, Decision};
use crate::persist::plan::{self as plans, Adoption};
use crate::root::{Locked, Place, RootKind};
use crate::search;
use crate::work::Work;
use crate::wrapper::Command;

/// Offers an award. Without a plan of its own it takes the plan of its gate template.
#[derive(Debug, Clone, Serialize)]
pub struct OfferAward {
    /// The theme.
    pub theme: ThemeId,
    /// The applicant body.
    pub organization: OrganizationId,
    /// What the award is for.
    pub title: LocalizedText,
    /// The reference of the application.
    pub application_reference: Option<String>,
    /// The amount applied for.
    pub applied: Money,
    /// The amount decided.
    pub decided: Money,
    /// The day of the decision; its fiscal year numbers the award.
    pub decided_on: NaiveDate,
    /// The people named in the award.
    pub participants: Vec<PersonId>,
    /// The published version of a gate template of the theme that it follows. Without one, and
    /// without a plan, it follows the last published under the theme's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate_template: Option<GateTemplateId>,
    /// The plan, where it is not the template's.
    pub plan: Option<Plan>,
    /// The number, where an import brings one.
    pub number: Option<String>,
}

/// An award was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardOffered {
    /// The award.
    pub award: AwardId,
    /// Its number.
    pub number: String,
}

impl Command for OfferAward {
    const OPERATION: Operation = Operation::OfferAward;
    type Root = theme::Model;
    type Outcome = AwardOffered;

    async fn place(&self, tx: &DatabaseTransaction) -> Result<Place, Error> {
        let place = place_of_theme(tx, self.theme)
            .await?
            .reading(RootKind::Organization, self.organization);
        // Its plan may reach into any year for which the theme has money.
        let envelopes = envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(self.theme.uuid()))
            .all(tx)
            .await?;
        Ok(envelopes.iter().fold(place, |place, row| {
            place.writing(RootKind::Envelope, row.id)
        }))
    }

    async fn run(
        &self,
        theme: Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<AwardOffered, Error> {
        let (award, _) = self.offer(&theme, work).await?;
        Ok(AwardOffered {
            award: award.id.into(),
            number: award.number.clone(),
        })
    }
}

impl OfferAward {
    /// Makes the award, and answers it with its dossier.
    ///
    /// # Errors
    /// What stands against the offer.
    pub(super) async fn offer(
        &self,
        theme: &Locked<theme::Model>,
        work: &mut Work<'_>,
    ) -> Result<(Locked<award::Model>, AwardDossier), Error> {
        ensure_published(theme)?;
        let envelope = self.envelope(work).await?;
        if !self.decided.is_positive() {
            return Err(Refusal::AmountNotPositive {}.into());
        }
        if self.decided_on > work.today() {
            return Err(Refusal::DateInFuture {
                date: self.decided_on,
            }
            .into());
        }
        self.ensure_currency(&envelope)?;
        let policy = latest_policy(work.tx(), theme.programme_id.into()).await?;
        let template = self.template(work, theme).await?;
        let plan = self.plan(template.as_ref().map(|(_, document)| document))?;
        let number = self.number(work, &envelope, theme).await?;
        let rounds_max = template
            .as_ref()
            .map_or(policy.parameters.rounds_max, |(_, document)| {
                document.rounds_max
            });
        let row = self
            .insert(
                work,
                theme,
                &policy,
                number,
                template.map(|(id, _)| id),
                rounds_max,
            )
            .await?;
        let award = Locked::created(row);
        work.chain_to(RootKind::Award, award.id);
        let first = DecidedAmount {
            ordinal: 1,
            amount: self.decided,
        };
        let decision = Decision {
            direction: DecisionDirection::Initial,
            decided_on: self.decided_on,
            change: None,
        };
        decided_amount::append(work, &award, first, decision).await?;
        let mut dossier = AwardDossier::begin(&award, policy, (first, work.today()))?;
        let version = plans::record_approved(work, &dossier, 1, &plan, "").await?;
        plans::adopt(
            work,
            &award,
            &mut dossier,
            (version, Adoption::Decision),
            &plan,
        )
        .await?;
        let record = (RecordKind::Award, award.id);
        commitment::commit_appropriated_years(work, &dossier, record).await?;
        Ok((award, dossier))
    }

    /// The people named in the award, each once, all of the programme.
    async fn participants(
        &self,
        work: &Work<'_>,
        theme: &theme::Model,
    ) -> Result<Vec<person::Model>, Error> {
        let named: BTreeSet<PersonId> = self.participants.iter().copied().collect();
        let known = person::Entity::find()
            .filter(person::Column::ProgrammeId.eq(theme.programme_id))
            .filter(person::Column::Id.is_in(named.iter().map(|person| person.uuid())))
            .order_by_asc(person::Column::Id)
            .all(work.tx())
            .await?;
        if known.len() == named.len() {
            Ok(known)
        } else {
            Err(Error::not_found("PERSON"))
        }
    }

    /// The applicant body, whose lock is held.
    async fn body(&self, work: &Work<'_>) -> Result<organization::Model, Error> {
        organization::Entity::find_by_id(self.organization.uuid())
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::not_found("ORGANIZATION"))
    }

    /// Applied and decided are amounts of the programme's currency, as the envelope is.
    fn ensure_currency(&self, envelope: &envelope::Model) -> Result<(), Refusal> {
        let expected = &envelope.currency;
        [self.applied, self.decided]
            .iter()
            .map(|amount| amount.currency())
            .find(|currency| currency.code() != expected)
            .map_or(Ok(()), |found| {
                Err(Refusal::CurrencyMismatch {
                    expected: expected.clone(),
                    found: found.to_string(),
                })
            })
    }

    /// The envelope of the decision's year, whose lock is held: awards are numbered on it.
    async fn envelope(&self, work: &Work<'_>) -> Result<envelope::Model, Error> {
        let year = FiscalYear::of(self.decided_on);
        envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(self.theme.uuid()))
            .filter(envelope::Column::FiscalYear.eq(i64::from(year.get())))
            .one(work.tx())
            .await?
            .filter(|row| work.holds(row.id))
            .ok_or_else(|| Refusal::EnvelopeMissing { budget_year: year }.into())
    }

    /// The template that the award follows: the one it names; with a plan alone, none.
    async fn template(
        &self,
        work: &Work<'_>,
        theme: &theme::Model,
    ) -> Result<Option<(Uuid, GateTemplate)>, Error> {
        if self.plan.is_some() && self.gate_template.is_none() {
            return Ok(None);
        }
        let published = gate_template::Entity::find()
            .filter(gate_template::Column::ThemeId.eq(theme.id))
            .filter(gate_template::Column::State.eq(PublicationState::Published.code()))
            .order_by_desc(gate_template::Column::Version)
            .all(work.tx())
            .await?;
        for row in published {
            let document: GateTemplate = mapping::document(&row.document)?;
            let is_followed = match self.gate_template {
                Some(named) => row.id == named.uuid(),
                None => document.code == theme.code,
            };
            if is_followed {
                return Ok(Some((row.id, document)));
            }
        }
        Err(Error::not_found("GATE_TEMPLATE"))
    }

    fn plan(&self, template: Option<&GateTemplate>) -> Result<Plan, Error> {
        let plan = match (&self.plan, template) {
            (Some(plan), _) => plan.clone(),
            (None, Some(template)) => template.plan(self.decided, self.decided_on)?,
            (None, None) => return Err(Refusal::PlanWithoutMilestones {}.into()),
        };
        plan.ensure_sound(self.decided)?;
        Ok(plan)
    }

    /// The award's number, such as `HTC-R07-SAMD-0001`: counted on the locked envelope and never
    /// used again, also not after a withdrawal.
    async fn number(
        &self,
        work: &Work<'_>,
        envelope: &envelope::Model,
        theme: &theme::Model,
    ) -> Result<String, Error> {
        if let Some(number) = &self.number {
            return self.ensure_free(work, theme, number.clone()).await;
        }
        let programme = programme::Entity::find_by_id(theme.programme_id)
            .one(work.tx())
            .await?
            .ok_or_else(|| Error::corrupt("the theme's programme is missing"))?;
        let counter = envelope.awards_numbered + 1;
        envelope::ActiveModel {
            id: Set(envelope.id),
            awards_numbered: Set(counter),
            ..Default::default()
        }
        .update(work.tx())
        .await?;
        let year = FiscalYear::of(self.decided_on).era_code();
        Ok(format!(
            "{}-{year}-{}-{counter:04}",
            programme.code, theme.code
        ))
    }

    async fn ensure_free(
        &self,
        work: &Work<'_>,
        theme: &theme::Model,
        number: String,
    ) -> Result<String, Error> {
        let taken = award::Entity::find()
            .filter(award::Column::ProgrammeId.eq(theme.programme_id))
            .filter(award::Column::Number.eq(&number))
            .one(work.tx())
            .await?;
        match taken {
            None => Ok(number),
            Some(_) => Err(Refusal::AlreadyExists {
                kind: "AWARD".to_owned(),
            }
            .into()),
        }
    }

    async fn insert(
        &self,
        work: &mut Work<'_>,
        theme: &theme::Model,
        policy: &PinnedPolicy,
        number: String,
        gate_template: Option<Uuid>,
        rounds_max: u16,
    ) -> Result<award::Model, Error> {
        let people = self.participants(work, theme).await?;
        let body = self.body(work).await?;
        let named: Vec<_> = people.iter().collect();
        let search = search::of_award(&number, &self.title, &body, &named);
        let row = award::ActiveModel {
            id: Set(work.ids.next()),
            programme_id: Set(theme.programme_id),
            theme_id: Set(theme.id),
            organization_id: Set(self.organization.uuid()),
            number: Set(number),
            title_ja: Set(self.title.ja.clone()),
            title_en: Set(self.title.en.clone()),
            application_reference: Set(self.application_reference.clone()),
            applied_minor: Set(self.applied.minor()),
            currency: Set(self.decided.currency().code().to_owned()),
            decided_on: Set(self.decided_on),
            notice_received_on: Set(None),
            state: Set(AwardState::Offered.code().code().to_owned()),
            suspended_until: Set(None),
            state_reason: Set(None),
            state_since: Set(Some(work.occurred_at())),
            withdrawal_ends_on: Set(None),
            accepted_at: Set(None),
            accepted_by: Set(None),
            gate_template_id: Set(gate_template),
            policy_version_id: Set(policy.id.uuid()),
            rounds_max: Set(i64::from(rounds_max)),
            search: Set(Some(search)),
            offered_by: Set(work.person_uuid()),
            revision: Set(1),
            recorded_at: Set(work.recorded_at()),
            command_id: Set(work.command().uuid()),
        }
        .insert_in(work)
        .await?;
        for person in people {
            award_participant::ActiveModel {
                award_id: Set(row.id),
                person_id: Set(person.id),
                programme_id: Set(theme.programme_id),
                recorded_at: Set(work.recorded_at()),
                command_id: Set(work.command().uuid()),
            }
            .insert_in(work)
            .await?;
        }
        Ok(row)
    }
}

fn ensure_published(theme: &theme::Model) -> Result<(), Error> {
    if mapping::code::<PublicationState>(&theme.state)? == PublicationState::Published {
        Ok(())
    } else {
        Err(Refusal::ThemeNotPublished {}.into())
    }
}
