//! The history of an award while it is imported: its rows are in memory, and each act is decided
//! by the command of its kind.
//!
//! Whatever those commands would load is kept here instead, and they keep it true. Nothing else can
//! see the award or change it meanwhile, because it is not there yet.

mod acts;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::{Actor, Scope};
use domain::calendar::jst_date;
use domain::gate::Recommendation;
use domain::id::{MilestoneId, PersonId, TrancheId};
use domain::{InputRule, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::import_award_history::{
    Act, AwardHistoryImported, Deed, ImportAwardHistory, MilestoneDeed,
};
use super::{
    AcceptAward, AttachEvidence, AwardOffered, ConveneGate, DecideGate, DeclareConflict,
    DraftSubmission, OfferAward, RecommendGate, ReleaseTranche, SignGate, SubmitMilestone,
    SuspendAward,
};
use crate::dossier::{AwardDossier, GateDossier, OnRecord};
use crate::entity::{award, envelope, evidence, submission, theme};
use crate::error::Error;
use crate::input::invalid;
use crate::root::Locked;
use crate::work::Work;
use crate::wrapper::Command;

/// What a milestone has come to.
#[derive(Debug, Default)]
struct Case {
    /// Its last submission.
    submission: Option<submission::Model>,
    /// The evidence of that.
    pieces: Vec<evidence::Model>,
    /// Its last gate.
    gate: Option<GateDossier>,
    /// What that gate's panel recommended, and who for it.
    recommended: Option<(Recommendation, PersonId)>,
    /// Who decided on it.
    decided_by: BTreeSet<PersonId>,
}

/// Goes on in the name of whoever acted next, at that time.
fn turn(
    work: &mut Work<'_>,
    on_record: &OnRecord,
    (at, by): (DateTime<Utc>, PersonId),
) -> Result<(), Refusal> {
    let date = jst_date(at);
    if at > work.recorded_at() {
        return Err(Refusal::DateInFuture { date });
    }
    let actor = Actor::System {
        on_behalf_of: Some(by),
    };
    work.turn_to(actor, on_record.roles(by, date), at);
    Ok(())
}

/// An award being imported.
pub(super) struct Chronicle<'a> {
    work: Work<'a>,
    award: Locked<award::Model>,
    dossier: AwardDossier,
    on_record: OnRecord,
    envelopes: Vec<envelope::Model>,
    cases: BTreeMap<MilestoneId, Case>,
}

impl<'a> Chronicle<'a> {
    /// Offers the award.
    ///
    /// # Errors
    /// What stands against the offer.
    pub(super) async fn begin(
        import: &ImportAwardHistory,
        theme: &Locked<theme::Model>,
        work: &mut Work<'a>,
    ) -> Result<Self, Error> {
        let people: BTreeSet<Uuid> = import.people().map(PersonId::uuid).collect();
        let people: Vec<Uuid> = people.into_iter().collect();
        let mut on_record = OnRecord::load(work.tx(), &people).await?;
        let envelopes = envelope::Entity::find()
            .filter(envelope::Column::ThemeId.eq(theme.id))
            .all(work.tx())
            .await?;
        let mut own = work.gathering();
        let scope = Scope::theme(theme.programme_id.into(), theme.id.into());
        let first = (import.offered_at, import.offered_by);
        turn(&mut own, &on_record, first)?;
        own.authority().may_run(OfferAward::OPERATION, &scope)?;
        let (award, dossier) = import.offer.offer(theme, &mut own).await?;
        let gathered = own.gathered.iter();
        let named = gathered.flat_map(|gathered| gathered.award_participant.iter());
        on_record.name(named.cloned());
        let mut chronicle = Self {
            work: own,
            award,
            dossier,
            on_record,
            envelopes,
            cases: BTreeMap::new(),
        };
        let outcome = AwardOffered {
            award: chronicle.award.id.into(),
            number: chronicle.award.number.clone(),
        };
        chronicle.chain(&import.offer, &outcome).await?;
        Ok(chronicle)
    }

    /// Does what was done next.
    ///
    /// # Errors
    /// What stands against it; [`Refusal::InvalidInput`] when it was done before the act that
    /// precedes it.
    pub(super) async fn follow(&mut self, act: &Act) -> Result<(), Error> {
        if act.at < self.work.occurred_at() {
            return Err(invalid("acts", InputRule::OrderOfTime).into());
        }
        turn(&mut self.work, &self.on_record, (act.at, act.by))?;
        self.dossier
            .bring_to_today(&mut self.work, &self.award)
            .await?;
        match &act.deed {
            Deed::Accept { notice_received_on } => {
                let accept = AcceptAward {
                    award: self.award.id.into(),
                    notice_received_on: *notice_received_on,
                };
                self.accept(&accept).await
            }
            Deed::For { milestone, deed } => {
                let milestone = self.milestone(*milestone)?;
                self.follow_milestone(milestone, deed, act.by).await
            }
            Deed::Release { tranche } => {
                let tranche = self.tranche(*tranche)?;
                self.release(&ReleaseTranche { tranche }).await
            }
            Deed::Suspend {
                until,
                consequence,
                reason,
            } => {
                let suspend = SuspendAward {
                    award: self.award.id.into(),
                    until: *until,
                    consequence: consequence.clone(),
                    reason: reason.clone(),
                };
                self.suspend(&suspend).await
            }
        }
    }

    async fn follow_milestone(
        &mut self,
        milestone: MilestoneId,
        deed: &MilestoneDeed,
        by: PersonId,
    ) -> Result<(), Error> {
        match deed.clone() {
            MilestoneDeed::Draft {
                narrative,
                kpi_values,
            } => {
                let draft = DraftSubmission {
                    milestone,
                    narrative,
                    kpi_values,
                    expected_version: None,
                };
                self.draft(&draft).await
            }
            MilestoneDeed::Attach {
                sha256,
                size_bytes,
                media_type,
                kind,
                file_name,
            } => {
                let attach = AttachEvidence {
                    submission: self.submission(milestone)?.id.into(),
                    sha256,
                    size_bytes,
                    media_type,
                    kind,
                    file_name,
                };
                self.attach(milestone, &attach).await
            }
            MilestoneDeed::Submit => self.submit(&SubmitMilestone { milestone }).await,
            MilestoneDeed::Convene { roster } => {
                self.convene(&ConveneGate { milestone, roster }).await
            }
            MilestoneDeed::Declare { conflict } => {
                let declare = DeclareConflict {
                    gate: self.gate(milestone)?.row.id.into(),
                    conflict,
                    note: None,
                };
                self.declare(milestone, &declare, by).await
            }
            MilestoneDeed::Sign {
                outcome,
                findings,
                reason,
            } => {
                let gate = self.gate(milestone)?;
                let sign = SignGate {
                    gate: gate.row.id.into(),
                    seal: gate.seal,
                    outcome,
                    findings,
                    reason,
                };
                self.sign(milestone, &sign, by).await
            }
            MilestoneDeed::Recommend {
                pick,
                reason,
                terms,
            } => {
                let recommend = RecommendGate {
                    gate: self.gate(milestone)?.row.id.into(),
                    pick,
                    reason,
                    terms,
                };
                self.recommend(milestone, &recommend, by).await
            }
            MilestoneDeed::Decide {
                outcome,
                remainder,
                reason,
            } => {
                let decide = DecideGate {
                    gate: self.gate(milestone)?.row.id.into(),
                    outcome,
                    terms: None,
                    remainder,
                    reason,
                };
                self.decide(milestone, &decide, by).await
            }
        }
    }

    /// Writes everything at once.
    ///
    /// # Errors
    /// When the database refuses a row.
    pub(super) async fn write(mut self) -> Result<AwardHistoryImported, Error> {
        let gathered = self.work.gathered.take().unwrap_or_default();
        let events = gathered.audit_event.iter().count();
        gathered.write(self.work.tx()).await?;
        Ok(AwardHistoryImported {
            award: self.award.id.into(),
            number: self.award.number.clone(),
            events,
        })
    }

    /// The milestone with this ordinal.
    fn milestone(&self, ordinal: u16) -> Result<MilestoneId, Error> {
        let mut milestones = self.dossier.milestones.iter();
        milestones
            .find(|entry| entry.row.ordinal == i64::from(ordinal))
            .map(|entry| entry.row.id.into())
            .ok_or_else(|| Error::not_found("MILESTONE"))
    }

    /// The tranche with this ordinal.
    fn tranche(&self, ordinal: u16) -> Result<TrancheId, Error> {
        let mut tranches = self.dossier.tranches.iter();
        tranches
            .find(|entry| entry.row.ordinal == i64::from(ordinal))
            .map(|entry| entry.row.id.into())
            .ok_or_else(|| Error::not_found("TRANCHE"))
    }

    /// The milestone's last submission.
    fn submission(&self, milestone: MilestoneId) -> Result<&submission::Model, Error> {
        let case = self.cases.get(&milestone);
        case.and_then(|case| case.submission.as_ref())
            .ok_or_else(|| Error::not_found("SUBMISSION"))
    }

    /// The milestone's last gate.
    fn gate(&self, milestone: MilestoneId) -> Result<&GateDossier, Error> {
        let case = self.cases.get(&milestone);
        case.and_then(|case| case.gate.as_ref())
            .ok_or_else(|| Error::not_found("GATE"))
    }
}
