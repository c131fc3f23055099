//! What is taken away in files: the books of one programme as they stood at an instant.
//!
//! Every read here is of an instant whose books are closed, and starts from rows that are only ever
//! added. So a file needs no snapshot: it is read page by page, each page by the key of the one before,
//! no connection is held while a slow reader takes its bytes, and memory does not grow with the rows. What
//! the screen shows of now comes by the same reads, and like everything there may have changed since.
//! Pages are in the order of ids and of instants, which both databases sort alike; texts they may not.

mod award;
mod batch;
pub(super) mod body;
mod book;
mod calendar;
mod compared;
mod disbursement;
mod filter;
mod grant;
pub(super) mod history;
mod record;
mod tranche;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Authority, Grant, GrantScope, Role};
use domain::calendar::jst_date;
use domain::id::{PersonId, ProgrammeId};
use domain::{Currency, InputRule, LocalizedText, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::Sight;
use crate::entity::{programme, theme};
use crate::error::Error;

pub use award::awards;
pub use batch::{BatchOrder, OrderedPayment, batch_order, first_taken};
pub use book::{Holders, TransferKey, closing_balances, closing_days, transfers, trial_balance};
pub use calendar::{payment_calendar, payment_calendars};
pub use compared::{
    Two, award_changes, envelope_changes, envelopes, payment_calendar_changes,
    trial_balance_changes,
};
pub use disbursement::{disbursement_changes, disbursements};
pub use filter::LinesWanted;
pub use grant::{grants, is_any_granted};
pub use record::{ExportView, forsaken, is_on_record, record};

/// Rows of a page at most.
const ROWS_MAX: u64 = 1_000;

/// Seconds after which the books of an instant are closed: a command is abandoned well before.
pub const CLOSED_AFTER_SECONDS: i64 = 30;

/// What is seen of the books, and as of when.
type Seen<'a> = (&'a Sight, DateTime<Utc>);

/// Some rows, and the key after which to go on; none when these were the last.
pub type Page<R, K> = (Vec<R>, Option<K>);

/// The last instant whose books are closed at `now`.
#[must_use]
pub fn last_closed(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::seconds(CLOSED_AFTER_SECONDS)
}

/// The books of a programme, as somebody may take them away, as they stood at an instant.
#[derive(Debug, Clone)]
pub struct Books {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: LocalizedText,
    /// The currency of its money.
    pub currency: Currency,
    /// The instant, by the time of recording.
    pub as_of: DateTime<Utc>,
    /// The themes of which they are, by their codes in order; none where they are of the whole programme.
    pub themes: Option<Vec<String>>,
    sight: Sight,
}

/// Who takes them away.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// A person: finance or an auditor. A file says what the books are, the same to everybody who takes the
    /// same part away: the whole programme, or the themes for which alone they hold their role.
    Person(&'a Sight),
    /// Whoever runs the executable on the server's own database.
    Operator,
}

impl Books {
    /// The books of the programme `code`. To whoever may not take them away they are not there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or when the database does not answer.
    pub async fn of(
        db: &impl ConnectionTrait,
        code: &str,
        reader: Reader<'_>,
        as_of: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let programme = programme::Entity::find()
            .filter(programme::Column::Code.eq(code))
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found("PROGRAMME"))?;
        let (sight, themes) = match reader {
            Reader::Operator => (as_auditor(programme.id.into(), as_of), None),
            Reader::Person(sight) => part_of(db, sight, programme.id).await?,
        };
        if sight.authority.grants().is_empty() {
            return Err(Error::not_found("PROGRAMME"));
        }
        Ok(Self {
            programme: programme.id.into(),
            code: programme.code,
            title: LocalizedText::new(&programme.title_ja, &programme.title_en),
            currency: Currency::from_code(&programme.currency).map_err(Error::corrupt)?,
            as_of,
            themes,
            sight,
        })
    }

    /// The books of the same programme for the same reader, as they stood at an earlier instant.
    ///
    /// # Errors
    /// [`Refusal::InvalidInput`] for an instant that is not earlier.
    pub fn since(&self, since: DateTime<Utc>) -> Result<Self, Refusal> {
        if since >= self.as_of {
            return Err(Refusal::InvalidInput {
                field: "since".to_owned(),
                rule: InputRule::Range,
            });
        }
        Ok(Self {
            as_of: since,
            ..self.clone()
        })
    }

    /// What is seen of them, and as of when.
    const fn seen(&self) -> Seen<'_> {
        (&self.sight, self.as_of)
    }

    /// What of the programme its reader takes away.
    #[must_use]
    pub const fn sight(&self) -> &Sight {
        &self.sight
    }
}

/// What `sight` takes away of a programme: the whole of it, or of the themes whose codes are answered.
async fn part_of(
    db: &impl ConnectionTrait,
    sight: &Sight,
    programme: Uuid,
) -> Result<(Sight, Option<Vec<String>>), Error> {
    let within = |scopes: &[GrantScope]| {
        let authority = sight.authority.within(Role::EXPORTERS, scopes);
        Sight::new(sight.person, authority)
    };
    let whole = within(&[GrantScope::Programme(programme.into())]);
    if !whole.authority.grants().is_empty() {
        return Ok((whole, None));
    }
    let themes = theme::Entity::find()
        .filter(theme::Column::ProgrammeId.eq(programme))
        .all(db)
        .await?;
    let scope = |row: &theme::Model| GrantScope::Theme(row.id.into());
    let part = within(&themes.iter().map(scope).collect::<Vec<_>>());
    let grants = part.authority.grants();
    let is_seen = |row: &theme::Model| grants.iter().any(|grant| grant.scope == scope(row));
    let seen = themes.iter().filter(|row| is_seen(row));
    let mut codes: Vec<String> = seen.map(|row| row.code.clone()).collect();
    codes.sort();
    Ok((part, Some(codes)))
}

/// What an auditor of the programme sees.
fn as_auditor(programme: ProgrammeId, as_of: DateTime<Utc>) -> Sight {
    let day = jst_date(as_of);
    let grant = Grant {
        role: Role::Auditor,
        scope: GrantScope::Programme(programme),
        from: day,
        until: None,
    };
    Sight::new(PersonId::new(Uuid::nil()), Authority::on(day, [grant]))
}

/// Refuses an instant whose books are not closed at `now`.
///
/// # Errors
/// [`Refusal::AsOfNotClosed`].
pub fn ensure_closed(as_of: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if as_of > last_closed(now) {
        return Err(Refusal::AsOfNotClosed {});
    }
    Ok(())
}
