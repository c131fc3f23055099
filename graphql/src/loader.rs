//! Children of many parents at once: one loader for the whole request, with a kind of key for each
//! kind of child.
//!
//! Loaders live as long as their request and read with its viewer's sight, so nothing that one
//! viewer may see can reach another. They start no batch themselves: a batch is queued when the
//! first of its keys is asked for, and [`waves`](crate::waves) runs it when no more keys can come.

use core::hash::Hash;
use core::time::Duration;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Refusal;
use domain::closing::{FiveAmounts, OwedReport};
use domain::criterion::Criterion;
use domain::gate::ConflictKind;
use domain::id::{
    AwardId, DeterminationId, EnvelopeId, GateId, LetterheadId, MilestoneId, OrganizationId,
    OriginatorId, PayeeAccountId, PaymentBatchId, PaymentInstructionId, PersonId, PlanVersionId,
    ProgrammeId, PublisherId, ReceiptId, ReleaseId, ReportId, ReturnOrderId, SettlementLineId,
    SubmissionId, ThemeId, TrancheId,
};
use domain::report::{EnvelopeLine, PaymentCalendarLine};
use domain::tranche::ReleaseFacts;
use store::Store;
use store::read::Sight;
use store::read::award::{self, AwardView};
use store::read::batch::{self, BatchView, InstructionView, SettlementLineView};
use store::read::closing::{self, DeterminationView};
use store::read::envelope;
use store::read::export;
use store::read::five_amounts;
use store::read::forecast::{self, Standing};
use store::read::gate::{self, ConditionView, GateView, SittingView};
use store::read::letterhead::{self, LetterheadView};
use store::read::notice::{self, NoticedAct};
use store::read::originator::{self, OriginatorView};
use store::read::outlook::{self, Forecasts};
use store::read::payee::{self, PayeeAccountView};
use store::read::people::{self, OrganizationView, PersonView};
use store::read::plan::{self, PlanView};
use store::read::plan_version::{self, PlanVersionView};
use store::read::programme::{self, ThemeView};
use store::read::publisher::{self, PublisherView};
use store::read::receipt::{self, ReceiptView};
use store::read::registry::{self, AffiliationView, RoleGrantView, ServiceTokenView};
use store::read::release::{self, ReleaseView};
use store::read::report::{self, ReportView};
use store::read::returns::{self, ReturnOrderView};
use store::read::rules::{self, GateTemplateView, PolicyVersionView};
use store::read::submission::{self, EvidenceView, SubmissionView};
use store::read::wind_down::{self, WindDownView};

use crate::fault;
use crate::session::Session;
use crate::waves::Batch;

/// The loader of a request.
pub(crate) type Loaders = DataLoader<Reads, HashMapCache>;

/// What the loader reads with.
pub(crate) struct Reads {
    store: Store,
    /// What the viewer may see; the anonymous meet nothing but the public part.
    sight: Option<Sight>,
    now: DateTime<Utc>,
    today: NaiveDate,
}

/// What belongs to an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PlanOf(pub(crate) AwardId);

/// The people named in an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ParticipantsOf(pub(crate) AwardId);

/// The plan versions of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PlanVersionsOf(pub(crate) AwardId);

/// The policy versions of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PoliciesOf(pub(crate) ProgrammeId);

/// Who pays for a programme, version by version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OriginatorsOf(pub(crate) ProgrammeId);

/// Who publishes for a programme, version by version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PublishersOf(pub(crate) ProgrammeId);

/// In whose name a programme's notices are issued, version by version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LetterheadsOf(pub(crate) ProgrammeId);

/// The gate templates of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TemplatesOf(pub(crate) ThemeId);

/// Where a person belongs and belonged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AffiliationsOf(pub(crate) PersonId);

/// The roles that were granted to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RoleGrantsOf(pub(crate) PersonId);

/// The tokens of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ServiceTokensOf(pub(crate) PersonId);

/// What the releases of an award's tranches would be decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReleaseFactsOf(pub(crate) AwardId);

/// The reports of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReportsOf(pub(crate) AwardId);

/// The reports that an award owes by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReportsOwedBy(pub(crate) AwardId);

/// The five amounts of an award, as they are or as they stood at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FiveAmountsOf(pub(crate) AwardId, pub(crate) Option<DateTime<Utc>>);

/// The payment calendar of an award, as it is or as it stood at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PaymentCalendarOf(pub(crate) AwardId, pub(crate) Option<DateTime<Utc>>);

/// The determinations of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DeterminationsOf(pub(crate) AwardId);

/// The orders to return of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReturnOrdersOf(pub(crate) AwardId);

/// The notices of an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NoticesOf(pub(crate) AwardId);

/// The releases of a tranche.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReleasesOf(pub(crate) TrancheId);

/// The decision on costs of winding down that a tranche stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WindDownOf(pub(crate) TrancheId);

/// The rows of a payment batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PaymentsOf(pub(crate) PaymentBatchId);

/// What an exported payment batch says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContentOf(pub(crate) PaymentBatchId);

/// When the tranches of an award will be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ForecastsOf(pub(crate) AwardId);

/// Every payment of a tranche.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PaymentsOfTranche(pub(crate) TrancheId);

/// The answers of the bank to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AnswersOf(pub(crate) PaymentInstructionId);

/// The gates of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GatesOf(pub(crate) MilestoneId);

/// What a gate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SittingOf(pub(crate) GateId);

/// The conditions of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ConditionsOf(pub(crate) MilestoneId);

/// The versions of a milestone's submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SubmissionsOf(pub(crate) MilestoneId);

/// The criteria by which a submission is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CriteriaOf(pub(crate) SubmissionId);

/// Where an award stands, as far as commands on it look beyond its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StandingOf(pub(crate) AwardId);

/// What the record shows between the viewer and the award of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ConflictOf(pub(crate) GateId);

/// Whether what a gate made of its milestone can still be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FallOf(pub(crate) GateId);

/// Whether a version of a plan could be put in force as things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AdoptableOf(pub(crate) PlanVersionId);

/// The evidence of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EvidenceOf(pub(crate) SubmissionId);

/// The loader for the request of `session` to `store`; its batches go to `queue`.
pub(crate) fn of(session: &Session, store: Store, queue: Sender<Batch>) -> Loaders {
    let reads = Reads {
        store,
        sight: session.sight().ok(),
        now: session.now,
        today: session.today(),
    };
    // When a queue is gone, so is its request.
    let queue = move |batch| drop(queue.send(batch));
    // Kept for the request: many fields of an object look at the same rows. A batch takes its keys
    // when it is first polled, which is in its wave; nothing else may start it or cut it.
    DataLoader::with_cache(reads, queue, HashMapCache::default())
        .delay(Duration::ZERO)
        .max_batch_size(usize::MAX)
}

/// Forgets what was read so far: a command has just changed something, and what its payload shows
/// is to be as it is now.
pub(crate) fn forget(ctx: &Context<'_>) {
    if let Some(loaders) = ctx.data_opt::<Loaders>() {
        forget_all(loaders);
    }
}

/// The one value for `key`, read together with its neighbours' values.
///
/// # Errors
/// The fault of the read.
pub(crate) async fn load<K>(
    ctx: &Context<'_>,
    key: K,
) -> Result<Option<<Reads as Loader<K>>::Value>>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Reads: Loader<K, Error = Arc<store::Error>>,
{
    let loaders = ctx
        .data_opt::<Loaders>()
        .ok_or_else(|| fault::unwired("loaders"))?;
    loaders
        .load_one(key)
        .await
        .map_err(|error| fault::fault(&error))
}

/// Reads of things that are met only within something that the viewer may see. Names do not change
/// within a request.
macro_rules! loads {
    ($($key:ty => $value:ty: $read:path;)+) => { $(
        impl Loader<$key> for Reads {
            type Value = $value;
            type Error = Arc<store::Error>;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Self::Error> {
                $read(self.store.reads(), keys).await.map_err(Arc::new)
            }
        }
    )+ };
}

/// Reads that the viewer's sight is part of.
macro_rules! sighted {
    ($($key:ty => $value:ty: |$reads:ident, $sight:ident, $keys:ident| $read:expr;)+) => {
        fn forget_all(loaders: &Loaders) {
            $( loaders.clear::<$key>(); )+
        }

        $(
        impl Loader<$key> for Reads {
            type Value = $value;
            type Error = Arc<store::Error>;

            async fn load(&self, $keys: &[$key]) -> Result<HashMap<$key, $value>, Self::Error> {
                let ($reads, Some($sight)) = (self, &self.sight) else {
                    return Ok(HashMap::new());
                };
                $read.map_err(Arc::new)
            }
        }
        )+
    };
}

loads! {
    PersonId => PersonView: people::named;
    OrganizationId => OrganizationView: people::bodies;
    ThemeId => ThemeView: programme::themes_by_id;
}

sighted! {
    AwardId => AwardView: |reads, sight, ids| {
        let found = award::by_id(reads.store.reads(), sight, ids, reads.today).await;
        found.map(|views| views.into_iter().map(|view| (view.id, view)).collect())
    };
    PlanOf => Arc<PlanView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = plan::plans(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| keyed(found, PlanOf))
    };
    ParticipantsOf => Vec<PersonView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = people::of_awards(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    PlanVersionsOf => Vec<PlanVersionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = plan_version::of_awards(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    PoliciesOf => Vec<PolicyVersionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = rules::policies(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    OriginatorsOf => Vec<OriginatorView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = originator::of_programmes(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    OriginatorId => OriginatorView: |reads, sight, ids| {
        originator::by_id(reads.store.reads(), sight, ids).await
    };
    PublishersOf => Vec<PublisherView>: |reads, _sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = publisher::of_programmes(reads.store.reads(), &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    PublisherId => PublisherView: |reads, _sight, ids| {
        publisher::by_id(reads.store.reads(), ids).await
    };
    LetterheadsOf => Vec<LetterheadView>: |reads, _sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = letterhead::of_programmes(reads.store.reads(), &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    LetterheadId => LetterheadView: |reads, _sight, ids| {
        letterhead::by_id(reads.store.reads(), ids).await
    };
    NoticesOf => Vec<NoticedAct>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = notice::of_awards(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    TemplatesOf => Vec<GateTemplateView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = rules::templates(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    AffiliationsOf => Vec<AffiliationView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = registry::affiliations(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    RoleGrantsOf => Vec<RoleGrantView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = registry::role_grants(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ServiceTokensOf => Vec<ServiceTokenView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = registry::service_tokens(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ReleaseFactsOf => Arc<BTreeMap<TrancheId, ReleaseFacts>>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = plan::release_facts(reads.store.reads(), sight, &ids, reads.now).await;
        found.map(|found| keyed(found, ReleaseFactsOf))
    };
    ForecastsOf => Forecasts: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = outlook::forecasts(reads.store.reads(), sight, &ids, reads.now).await;
        found.map(|found| keyed(found, ForecastsOf))
    };
    EnvelopeId => EnvelopeLine: |reads, sight, ids| {
        envelope::by_id(reads.store.reads(), sight, ids).await
    };
    ReleaseId => ReleaseView: |reads, sight, ids| {
        release::by_id(reads.store.reads(), sight, ids).await
    };
    ReportId => ReportView: |reads, sight, ids| {
        report::by_id(reads.store.reads(), sight, ids).await
    };
    ReportsOf => Vec<ReportView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = report::of_awards(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ReportsOwedBy => Vec<OwedReport>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = report::owed_by_law(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    FiveAmountsOf => FiveAmounts: |reads, sight, keys| async {
        let (db, mut found) = (reads.store.reads(), HashMap::new());
        for (as_of, ids) in by_instant(bare(keys, |key| (key.0, key.1))) {
            let stood = five_amounts::of_awards(db, sight, &ids, as_of).await?;
            found.extend(keyed(stood, |award| FiveAmountsOf(award, as_of)));
        }
        Ok(found)
    }
    .await;
    PaymentCalendarOf => Vec<PaymentCalendarLine>: |reads, sight, keys| async {
        let (db, mut found) = (reads.store.reads(), HashMap::new());
        for (as_of, ids) in by_instant(bare(keys, |key| (key.0, key.1))) {
            // A command of the same request may just have changed it, or one of a server whose clock is ahead.
            let instant = as_of.unwrap_or_else(|| reads.store.now() + TimeDelta::minutes(1));
            let stood = export::payment_calendars(db, sight, &ids, instant).await?;
            found.extend(keyed(stood, |award| PaymentCalendarOf(award, as_of)));
        }
        Ok(found)
    }
    .await;
    DeterminationId => DeterminationView: |reads, sight, ids| {
        closing::determinations_by_id(reads.store.reads(), sight, ids).await
    };
    DeterminationsOf => Vec<DeterminationView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = closing::determinations(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ReturnOrderId => ReturnOrderView: |reads, sight, ids| {
        returns::by_id(reads.store.reads(), sight, ids, reads.today).await
    };
    ReturnOrdersOf => Vec<ReturnOrderView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = returns::of_awards(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ReceiptId => ReceiptView: |reads, sight, ids| {
        receipt::by_id(reads.store.reads(), sight, ids).await
    };
    PayeeAccountId => PayeeAccountView: |reads, sight, ids| {
        payee::by_id(reads.store.reads(), sight, ids).await
    };
    PaymentBatchId => BatchView: |reads, sight, ids| {
        batch::by_id(reads.store.reads(), sight, ids).await
    };
    PaymentsOf => Vec<InstructionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = batch::rows_of(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    ContentOf => String: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = batch::contents(reads.store.reads(), sight, &ids).await;
        found.map(|found| keyed(found, ContentOf))
    };
    PaymentsOfTranche => Vec<InstructionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = batch::payments_of_tranches(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    AnswersOf => Vec<SettlementLineView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = batch::lines_of_payments(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    PaymentInstructionId => InstructionView: |reads, sight, ids| {
        batch::payments_by_id(reads.store.reads(), sight, ids).await
    };
    SettlementLineId => SettlementLineView: |reads, sight, ids| {
        batch::lines_by_id(reads.store.reads(), sight, ids).await
    };
    ReleasesOf => Vec<ReleaseView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = release::of_tranches(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    WindDownOf => WindDownView: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = wind_down::of_tranches(reads.store.reads(), sight, &ids).await;
        found.map(|found| keyed(found, WindDownOf))
    };
    GateId => GateView: |reads, sight, ids| gate::by_id(reads.store.reads(), sight, ids).await;
    GatesOf => Vec<GateView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = gate::of_milestones(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    SittingOf => Arc<SittingView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = gate::sittings(reads.store.reads(), sight, &ids).await;
        found.map(|found| keyed(found, SittingOf))
    };
    ConditionsOf => Vec<ConditionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = gate::conditions(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    StandingOf => Arc<Standing>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = forecast::standings(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| keyed(found, StandingOf))
    };
    AdoptableOf => core::result::Result<(), Refusal>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = forecast::adoptable(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| keyed(found, AdoptableOf))
    };
    ConflictOf => Option<ConflictKind>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = forecast::conflicts(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| keyed(found, ConflictOf))
    };
    FallOf => core::result::Result<(), Refusal>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = forecast::falls(reads.store.reads(), sight, &ids, reads.today).await;
        found.map(|found| keyed(found, FallOf))
    };
    SubmissionId => SubmissionView: |reads, sight, ids| {
        submission::by_id(reads.store.reads(), sight, ids).await
    };
    SubmissionsOf => Vec<SubmissionView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = submission::of_milestones(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    CriteriaOf => Vec<Criterion>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = submission::criteria(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
    EvidenceOf => Vec<EvidenceView>: |reads, sight, keys| {
        let ids = bare(keys, |key| key.0);
        let found = submission::evidence_of(reads.store.reads(), sight, &ids).await;
        found.map(|found| listed(keys, found, |key| key.0))
    };
}

fn bare<K, I>(keys: &[K], id: impl Fn(&K) -> I) -> Vec<I> {
    keys.iter().map(id).collect()
}

fn keyed<I, K: Eq + Hash, V>(found: HashMap<I, V>, key: impl Fn(I) -> K) -> HashMap<K, V> {
    found
        .into_iter()
        .map(|(id, value)| (key(id), value))
        .collect()
}

/// The awards that are asked for as of each instant, or as they are.
fn by_instant(
    asked: Vec<(AwardId, Option<DateTime<Utc>>)>,
) -> BTreeMap<Option<DateTime<Utc>>, Vec<AwardId>> {
    let mut instants: BTreeMap<_, Vec<AwardId>> = BTreeMap::new();
    for (award, as_of) in asked {
        instants.entry(as_of).or_default().push(award);
    }
    instants
}

/// A list for every key, an empty one where nothing was found, so that nothing is asked for twice.
fn listed<K, I, V>(
    keys: &[K],
    mut found: HashMap<I, Vec<V>>,
    id: impl Fn(&K) -> I,
) -> HashMap<K, Vec<V>>
where
    K: Clone + Eq + Hash,
    I: Eq + Hash,
{
    keys.iter()
        .map(|key| (key.clone(), found.remove(&id(key)).unwrap_or_default()))
        .collect()
}
