//! Where the demonstration plays: the programme, its themes and its money.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::{jst_date, start_of_jst_day};
use domain::id::{ProgrammeId, ThemeId};
use domain::template::GateTemplate;
use domain::{Currency, FiscalYear, LocalizedText, Money, Policy};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::command::{
    BootstrapAdministrator, DefineEnvelope, DefineGateTemplate, DefineTheme, PublishGateTemplate,
    PublishTheme,
};
use store::entity::programme;
use store::{Error, Store};

use super::people::{self, Cast};
use super::{ISSUER, PERSONAS, PROGRAMME, SeedError};
use crate::act::act;
use crate::themes::themes;

/// Days before the seeding on which the programme began: before every award's decision.
const BEGAN_DAYS_AGO: i64 = 300;

/// What each theme has in each year, in yen.
const APPROPRIATED: i64 = 1_000_000_000;

/// A theme in force.
#[derive(Debug)]
pub(super) struct Theme {
    pub(super) id: ThemeId,
    pub(super) template: GateTemplate,
}

/// The programme with everything that awards need.
#[derive(Debug)]
pub(super) struct Setting {
    /// The day of the seeding.
    pub(super) today: NaiveDate,
    /// AI-based software as a medical device.
    pub(super) samd: Theme,
    /// Medicines for infectious-disease crises.
    pub(super) amr: Theme,
    pub(super) cast: Cast,
}

impl Setting {
    /// The day so many days from the seeding; a negative number lies before it.
    pub(super) fn day(&self, offset: i64) -> NaiveDate {
        day(self.today, offset)
    }

    /// Ten in the morning of that day.
    pub(super) fn at(&self, offset: i64) -> DateTime<Utc> {
        at(self.today, offset)
    }
}

fn day(today: NaiveDate, offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    let moved = if offset < 0 {
        today.checked_sub_days(days)
    } else {
        today.checked_add_days(days)
    };
    moved.unwrap_or(today)
}

fn at(today: NaiveDate, offset: i64) -> DateTime<Utc> {
    start_of_jst_day(day(today, offset)) + TimeDelta::hours(10)
}

/// Whether there is a programme, of whatever kind.
pub(super) async fn is_there(store: &Store) -> Result<bool, Error> {
    Ok(programme::Entity::find().count(store.reads()).await? > 0)
}

/// Makes the programme.
pub(super) async fn make(store: &Store) -> Result<Setting, SeedError> {
    let today = jst_date(store.now());
    let began = at(today, -BEGAN_DAYS_AGO);
    let title = LocalizedText::new(
        "ヘルステック・チャレンジ（実演）",
        "Healthtech Challenge (demonstration)",
    );
    let programme = store
        .ensure_programme(PROGRAMME, &title, Currency::JPY)
        .await?;
    let administrator = bootstrap(store, programme, began).await?;
    let cast = people::make(store, programme, administrator, began).await?;
    let mut opened = Vec::new();
    for template in themes()? {
        opened.push(open(store, programme, &cast, template, today).await?);
    }
    let mut take = |code: &str| {
        let found = opened
            .iter()
            .position(|theme: &Theme| theme.template.code == code);
        found
            .map(|position| opened.swap_remove(position))
            .ok_or_else(|| Error::not_found("THEME"))
    };
    Ok(Setting {
        today,
        samd: take("SAMD")?,
        amr: take("AMR")?,
        cast,
    })
}

async fn bootstrap(
    store: &Store,
    programme: ProgrammeId,
    began: DateTime<Utc>,
) -> Result<domain::id::PersonId, Error> {
    let persona = PERSONAS
        .iter()
        .find(|persona| persona.subject == "administrator")
        .ok_or_else(|| Error::not_found("PERSON"))?;
    let command = BootstrapAdministrator {
        programme,
        policy: Policy::default(),
        name: LocalizedText::new(persona.name_ja, persona.name_en),
        email: None,
        identity: Some((ISSUER.to_owned(), persona.subject.to_owned())),
    };
    Ok(act(store, None, began, None, &command).await?.administrator)
}

/// Drafts the theme as its officer, publishes it as the director, and appropriates its money: for
/// every year from the programme's beginning to the one after this.
async fn open(
    store: &Store,
    programme: ProgrammeId,
    cast: &Cast,
    template: GateTemplate,
    today: NaiveDate,
) -> Result<Theme, SeedError> {
    let (began, officer, director) = (
        at(today, -BEGAN_DAYS_AGO),
        Some(cast.officer),
        Some(cast.director),
    );
    let define = DefineTheme {
        programme,
        code: template.code.clone(),
        title: template.title.clone(),
    };
    let theme = act(store, officer, began, None, &define).await?.theme;
    let define = DefineGateTemplate {
        theme,
        document: template.clone(),
    };
    let defined = act(store, officer, began, None, &define).await?;
    let publish = PublishGateTemplate {
        gate_template: defined.gate_template,
    };
    act(store, director, began, None, &publish).await?;
    act(store, director, began, None, &PublishTheme { theme }).await?;
    let mut year = FiscalYear::of(day(today, -BEGAN_DAYS_AGO));
    while year <= FiscalYear::of(today).next() {
        let envelope = DefineEnvelope {
            theme,
            fiscal_year: year,
            appropriated: Money::of_minor(APPROPRIATED, Currency::JPY),
            consultation_reference: Some(format!(
                "概算払協議 {}-{}",
                template.code,
                year.era_code()
            )),
        };
        act(store, director, began, None, &envelope).await?;
        year = year.next();
    }
    Ok(Theme {
        id: theme,
        template,
    })
}
