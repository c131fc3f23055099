//! The record of a gate: one for each decision of the authority on it.
//!
//! It is the gate as the decision left it: conditions as they were laid down, votes as they were counted. That
//! the gate was voided since is the one thing of later that it says, because nobody may take it for one that
//! stands.

use std::collections::BTreeMap;

use domain::access::{Eyes, GateSight};
use domain::calendar::jst_date;
use domain::criterion::Criterion;
use domain::gate::{ConflictKind, Panel, Recommendation, Terms};
use domain::milestone::Outcome;
use domain::report::{AgreedFinding, GateAct, GateRecord, NoticeKind, PanelRecord, Voiding};
use domain::{Coded, LocalizedText};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::super::export::Reader;
use super::super::gate::seen;
use super::names::Names;
use super::release::sealed_milestone;
use super::{Act, Which};
use crate::dossier::{GateDossier, panel_at, recommendation, scope_of};
use crate::entity::{award, gate, gate_decision, milestone, recommendation, submission};
use crate::error::Error;
use crate::mapping;

/// A decision with its gate.
pub(super) struct Decided {
    row: gate_decision::Model,
    gate: gate::Model,
    milestone_ordinal: i64,
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    which: Which<'_>,
) -> Result<Vec<(Act, Decided)>, Error> {
    let asked = match which {
        Which::Awards(awards) => gate::Column::AwardId.is_in(awards.iter().copied()),
        Which::Record(record) => {
            let of_record = Query::select()
                .column(gate_decision::Column::GateId)
                .from(gate_decision::Entity)
                .cond_where(gate_decision::Column::Id.eq(record))
                .to_owned();
            gate::Column::Id.in_subquery(of_record)
        }
    };
    let seen = match reader {
        Reader::Person(sight) => Some(seen(sight)),
        Reader::Operator => None,
    };
    let gates = gate::Entity::find()
        .filter(Condition::all().add(asked).add_option(seen))
        .all(db)
        .await?;
    let gates: BTreeMap<Uuid, gate::Model> = gates.into_iter().map(|row| (row.id, row)).collect();
    let rows = gate_decision::Entity::find()
        .filter(gate_decision::Column::GateId.is_in(gates.keys().copied()))
        .all(db)
        .await?;
    let milestones: Vec<(Uuid, i64)> = milestone::Entity::find()
        .select_only()
        .columns([milestone::Column::Id, milestone::Column::Ordinal])
        .filter(milestone::Column::Id.is_in(gates.values().map(|gate| gate.milestone_id)))
        .into_tuple()
        .all(db)
        .await?;
    let submissions: Vec<(Uuid, i64)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::Id, submission::Column::Version])
        .filter(submission::Column::Id.is_in(gates.values().map(|gate| gate.submission_id)))
        .into_tuple()
        .all(db)
        .await?;
    let milestones: BTreeMap<Uuid, i64> = milestones.into_iter().collect();
    let submissions: BTreeMap<Uuid, i64> = submissions.into_iter().collect();
    let wanted = rows.into_iter().filter(|row| match which {
        Which::Awards(_) => true,
        Which::Record(record) => row.id == record,
    });
    wanted
        .map(|row| {
            let gate = mapping::required(gates.get(&row.gate_id), "the gate of a decision")?;
            let milestone = milestones.get(&gate.milestone_id);
            let milestone = *mapping::required(milestone, "the milestone of a gate")?;
            let version = submissions.get(&gate.submission_id);
            let version = mapping::required(version, "the submission of a gate")?;
            let (sitting, ordinal) = (gate.sitting, row.ordinal);
            let act = Act {
                kind: NoticeKind::GateRecord,
                id: row.id,
                award: gate.award_id,
                series: format!("審査{milestone}-{version}-{sitting}-{ordinal}"),
                dated_on: jst_date(row.occurred_at),
                recorded_at: row.recorded_at,
            };
            let decided = Decided {
                gate: gate.clone(),
                milestone_ordinal: milestone,
                row,
            };
            Ok((act, decided))
        })
        .collect()
}

/// What was found, recommended and decided. Who voted what, what was recommended and who decided is in it
/// only for whoever may see the votes of the gate.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    award: &award::Model,
    decided: &Decided,
) -> Result<GateRecord, Error> {
    let Decided { row, gate, .. } = decided;
    let GateDossier {
        panel: judges,
        sealed,
        ..
    } = GateDossier::load(db, gate.id.into()).await?;
    let version = sealed_milestone(db, gate.submission_id).await?;
    let recommended_row = recommendation::Entity::find()
        .filter(recommendation::Column::GateId.eq(gate.id))
        .one(db)
        .await?;
    let recommended_row = mapping::required(recommended_row, "the recommendation of a decision")?;
    let recommended = recommendation(&recommended_row)?;
    let panel = panel_at(db, gate.id, row.recorded_at).await?;
    let outcome: Outcome = mapping::code(&row.outcome)?;
    let terms: Terms = mapping::document(&row.terms)?;
    let (decided_on, tally) = (jst_date(row.occurred_at), &recommended.tally);
    let ruling = terms.ruling(outcome, tally, &sealed.criteria, decided_on)?;
    let laid_down = match outcome {
        Outcome::ConditionalGo => terms.conditions.as_slice(),
        _ => &[],
    };
    let acted = [recommended_row.recommended_by, row.decided_by];
    let names = Names::load(db, &panel, acted, laid_down).await?;
    let sees_panel = sees_panel(reader, award, &judges);
    let quorum = panel.quorum(&sealed.policy.parameters);
    Ok(GateRecord {
        milestone_ordinal: mapping::ordinal(decided.milestone_ordinal)?,
        milestone: LocalizedText::new(version.title_ja, version.title_en),
        round: mapping::version(gate.round)?,
        sitting: mapping::version(gate.sitting)?,
        convened_on: jst_date(gate.convened_at),
        seal: mapping::seal(&gate.seal)?,
        policy_version: sealed.policy.version,
        panel: sees_panel.then(|| PanelRecord {
            eligible: quorum.eligible,
            votes_needed: quorum.votes_needed,
            votes: tally.by_outcome.clone(),
            members: names.members(&panel),
        }),
        findings: findings(&sealed.criteria, &recommended),
        recommendation: sees_panel.then(|| GateAct {
            on: jst_date(recommended_row.occurred_at),
            person: names.person(recommended_row.recommended_by),
            outcome: recommended.outcome,
            reason: recommended_row.reason.clone(),
        }),
        decision: Some(GateAct {
            on: decided_on,
            person: names.person(row.decided_by).filter(|_| sees_panel),
            outcome,
            reason: row.reason.clone().unwrap_or_default(),
        }),
        departs: sees_panel.then_some(row.departs),
        share: ruling.share(),
        conditions: names.conditions(laid_down),
        voided: voided(gate, sees_panel)?,
    })
}

/// Whether `reader` sees everybody's votes and seats, where these are the `judges` today.
fn sees_panel(reader: Reader<'_>, award: &award::Model, judges: &Panel) -> bool {
    let Reader::Person(sight) = reader else {
        return true;
    };
    let (person, authority) = (sight.person, &sight.authority);
    let decided = (true, true);
    let sight = GateSight::of(person, authority, &scope_of(award), judges, decided);
    [sight.roster, sight.votes] == [Eyes::Everybody; 2]
}

/// What the panel agreed on, in the order of the criteria.
fn findings(criteria: &[Criterion], recommended: &Recommendation) -> Vec<AgreedFinding> {
    let agreed = &recommended.tally.findings;
    let finding = |criterion: &Criterion| AgreedFinding {
        code: criterion.code.clone(),
        criterion: criterion.title.clone(),
        blocking: criterion.blocking,
        met: agreed.get(&criterion.code).copied().unwrap_or_default(),
    };
    criteria.iter().map(finding).collect()
}

/// That the gate is void. Why a late conflict voided it tells of a member, so that nobody reads the reason who
/// does not see the panel; gates of before have the code of the conflict there, which the roster says in words.
fn voided(gate: &gate::Model, sees_panel: bool) -> Result<Option<Voiding>, Error> {
    let (Some(at), Some(cause)) = (gate.voided_at, &gate.void_cause) else {
        return Ok(None);
    };
    Ok(Some(Voiding {
        on: jst_date(at),
        cause: mapping::code(cause)?,
        reason: gate
            .void_reason
            .clone()
            .filter(|reason| sees_panel && ConflictKind::from_code(reason).is_none()),
    }))
}
