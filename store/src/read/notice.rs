//! Notices: what an act of the authority says to the body that it is for, and the records of gates.
//!
//! A notice is filled from what was recorded with its act: rows that are only ever added, the sheets that
//! were kept, and for the rest the books as they stood when the act was recorded. So the same act is the same
//! notice, whatever followed but what undid it. It is not there before these books are closed, because a command that was begun
//! before the act may still be committed.

mod decision;
mod fixing;
mod gate_record;
mod names;
mod release;
mod return_order;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{AwardId, ProgrammeId};
use domain::report::{BodyIdentifier, Notice, NoticeContent, NoticeKind, NoticedAward};
use domain::{LocalizedText, Refusal};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Sight;
use super::export::body::published;
use super::export::{Reader, ensure_closed};
use super::letterhead;
use crate::entity::{award, programme, theme};
use crate::error::Error;

/// An act of which there is a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticedAct {
    /// Which notice.
    pub kind: NoticeKind,
    /// The record of the act.
    pub id: Uuid,
    /// Its award.
    pub award: AwardId,
    /// The number of the notice.
    pub number: String,
    /// The day of the act.
    pub dated_on: NaiveDate,
}

/// A notice that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledNotice {
    /// The programme of the award.
    pub programme: ProgrammeId,
    /// When the act was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What it says.
    pub notice: Notice,
}

/// An act as its record has it.
#[derive(Debug, Clone)]
struct Act {
    kind: NoticeKind,
    id: Uuid,
    award: Uuid,
    /// Its place among the award's acts of its kind: what follows the award's number in that of the notice.
    series: String,
    dated_on: NaiveDate,
    recorded_at: DateTime<Utc>,
}

impl Act {
    fn number(&self, award_number: &str) -> String {
        format!("{award_number} {}", self.series)
    }
}

/// Which acts are asked for.
#[derive(Debug, Clone, Copy)]
enum Which<'a> {
    /// Those of these awards.
    Awards(&'a [Uuid]),
    /// The one with this record.
    Record(Uuid),
}

impl Which<'_> {
    /// The records of these acts, which name their award in the column `award` and themselves in `id`, as far
    /// as `reader` sees their award whole.
    async fn seen_whole<E: EntityTrait>(
        self,
        db: &impl ConnectionTrait,
        reader: Reader<'_>,
        (award, id): (E::Column, E::Column),
    ) -> Result<Vec<E::Model>, Error> {
        let asked = match self {
            Self::Awards(awards) => award.is_in(awards.iter().copied()),
            Self::Record(record) => id.eq(record),
        };
        let seen = match reader {
            Reader::Person(sight) => Some(sight.of_award_whole(award)),
            Reader::Operator => None,
        };
        let asked = Condition::all().add(asked).add_option(seen);
        Ok(E::find().filter(asked).all(db).await?)
    }
}

/// The acts of each of these awards of which the asker may read the notice, in the order of their recording.
///
/// # Errors
/// When the database does not answer or a row contradicts itself.
pub async fn of_awards(
    db: &impl ConnectionTrait,
    sight: &Sight,
    awards: &[AwardId],
) -> Result<HashMap<AwardId, Vec<NoticedAct>>, Error> {
    let asked = award::Column::Id.is_in(awards.iter().map(|id| id.uuid()));
    let rows = award::Entity::find()
        .filter(asked)
        .filter(sight.awards())
        .all(db)
        .await?;
    let numbers: BTreeMap<Uuid, String> =
        rows.into_iter().map(|row| (row.id, row.number)).collect();
    let ids: Vec<Uuid> = numbers.keys().copied().collect();
    let (reader, which) = (Reader::Person(sight), Which::Awards(&ids));
    let mut acts = bare(decision::find(db, reader, which).await?);
    acts.extend(bare(release::find(db, reader, which).await?));
    acts.extend(bare(fixing::find(db, reader, which).await?));
    acts.extend(bare(return_order::find(db, reader, which).await?));
    acts.extend(bare(gate_record::find(db, reader, which).await?));
    acts.sort_by_key(|act| (act.recorded_at, act.id));
    let mut noticed: HashMap<AwardId, Vec<NoticedAct>> = HashMap::new();
    for act in acts {
        let Some(number) = numbers.get(&act.award) else {
            continue;
        };
        let of_award = noticed.entry(act.award.into()).or_default();
        of_award.push(NoticedAct {
            kind: act.kind,
            id: act.id,
            award: act.award.into(),
            number: act.number(number),
            dated_on: act.dated_on,
        });
    }
    Ok(noticed)
}

/// The notice of the act that is on record as `id`, for whoever may see it. To everybody else it is not there.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::AsOfNotClosed`] at `now` shortly after the act;
/// [`Refusal::ReleaseRevoked`]; [`Refusal::LetterheadMissing`].
pub async fn notice(
    db: &impl ConnectionTrait,
    reader: Reader<'_>,
    (kind, id): (NoticeKind, Uuid),
    now: DateTime<Utc>,
) -> Result<FilledNotice, Error> {
    let which = Which::Record(id);
    let (act, award, content) = match kind {
        NoticeKind::Decision => {
            let found = decision::find(db, reader, which).await?;
            let (act, award, row) = opened(db, found, now).await?;
            let content = decision::content(db, &award, &row).await?;
            (act, award, NoticeContent::Decision(content))
        }
        NoticeKind::Release => {
            let found = release::find(db, reader, which).await?;
            let (act, award, row) = opened(db, found, now).await?;
            let content = release::content(db, &award, &row).await?;
            (act, award, NoticeContent::Release(content))
        }
        NoticeKind::Fixing => {
            let found = fixing::find(db, reader, which).await?;
            let (act, award, row) = opened(db, found, now).await?;
            let content = fixing::content(db, &award, &row).await?;
            (act, award, NoticeContent::Fixing(content))
        }
        NoticeKind::ReturnOrder => {
            let found = return_order::find(db, reader, which).await?;
            let (act, award, row) = opened(db, found, now).await?;
            let content = return_order::content(db, &award, &row).await?;
            (act, award, NoticeContent::ReturnOrder(content))
        }
        NoticeKind::GateRecord => {
            let found = gate_record::find(db, reader, which).await?;
            let (act, award, row) = opened(db, found, now).await?;
            let content = gate_record::content(db, reader, &award, &row).await?;
            (act, award, NoticeContent::GateRecord(Box::new(content)))
        }
    };
    let letterhead = letterhead::in_force(db, award.programme_id, act.recorded_at).await?;
    let letterhead = letterhead.ok_or(Refusal::LetterheadMissing {})?;
    let notice = Notice {
        number: act.number(&award.number),
        dated_on: act.dated_on,
        award: noticed_award(db, &award).await?,
        remarks: letterhead.remarks_of(kind),
        signatories: letterhead.signatories,
        content,
    };
    Ok(FilledNotice {
        programme: award.programme_id.into(),
        recorded_at: act.recorded_at,
        notice,
    })
}

fn bare<R>(found: Vec<(Act, R)>) -> Vec<Act> {
    found.into_iter().map(|(act, _)| act).collect()
}

/// The act that was found, once its books are closed, with its award and its record.
async fn opened<R>(
    db: &impl ConnectionTrait,
    found: Vec<(Act, R)>,
    now: DateTime<Utc>,
) -> Result<(Act, award::Model, R), Error> {
    let (act, row) = found
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("NOTICE"))?;
    ensure_closed(act.recorded_at, now)?;
    let award = award::Entity::find_by_id(act.award).one(db).await?;
    let award = award.ok_or_else(|| Error::corrupt(format_args!("{} has no award", act.id)))?;
    Ok((act, award, row))
}

/// The award as every notice names it. None of this can be changed yet.
async fn noticed_award(
    db: &impl ConnectionTrait,
    award: &award::Model,
) -> Result<NoticedAward, Error> {
    let missing = |what| Error::corrupt(format_args!("award {} has no {what}", award.id));
    let programme = programme::Entity::find_by_id(award.programme_id).one(db);
    let programme = programme.await?.ok_or_else(|| missing("programme"))?;
    let theme = theme::Entity::find_by_id(award.theme_id).one(db);
    let theme = theme.await?.ok_or_else(|| missing("theme"))?;
    let mut bodies = published(db, &[award.organization_id]).await?;
    let body = bodies.remove(&award.organization_id);
    let body = body.ok_or_else(|| missing("body"))?;
    Ok(NoticedAward {
        number: award.number.clone(),
        title: LocalizedText::new(&award.title_ja, &award.title_en),
        programme: LocalizedText::new(programme.title_ja, programme.title_en),
        theme: LocalizedText::new(theme.title_ja, theme.title_en),
        body: body.name,
        body_identifier: match body.identifier {
            BodyIdentifier::CorporateNumber(number) => number.to_string(),
            BodyIdentifier::Registered { scheme, value } => format!("{scheme}-{value}"),
        },
    })
}
