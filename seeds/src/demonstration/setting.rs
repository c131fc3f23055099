//! Where the demonstration plays: the programme, its themes and its money.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::{jst_date, start_of_jst_day};
use domain::id::{GateTemplateId, ProgrammeId, ThemeId};
use domain::template::GateTemplate;
use domain::{Currency, FiscalYear, LocalizedText};
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
use crate::programme::{Programme, programme as programme_data};
use crate::themes::{self, themes};

/// Days before the seeding on which the programme began: before every award's decision.
const BEGAN_DAYS_AGO: i64 = 300;

/// A ladder in force.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) id: GateTemplateId,
    pub(super) document: GateTemplate,
}

/// A theme in force.
#[derive(Debug)]
pub(super) struct Theme {
    pub(super) id: ThemeId,
    code: String,
    templates: BTreeMap<String, Template>,
}

impl Theme {
    /// The ladder of this code.
    pub(super) fn template(&self, code: &str) -> Result<&Template, Error> {
        let template = self.templates.get(code);
        template.ok_or_else(|| Error::not_found("GATE_TEMPLATE"))
    }

    /// The ladder that its awards climb unless they name another.
    pub(super) fn own_template(&self) -> Result<&Template, Error> {
        self.template(&self.code)
    }
}

/// The programme with everything that awards need.
#[derive(Debug)]
pub(super) struct Setting {
    /// The day of the seeding.
    pub(super) today: NaiveDate,
    /// By code.
    themes: BTreeMap<String, Theme>,
    pub(super) cast: Cast,
}

impl Setting {
    /// The theme of this code.
    pub(super) fn theme(&self, code: &str) -> Result<&Theme, Error> {
        let theme = self.themes.get(code);
        theme.ok_or_else(|| Error::not_found("THEME"))
    }

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
    let data = programme_data()?;
    let administrator = bootstrap(store, programme, &data, began).await?;
    let cast = people::make(store, programme, administrator, began).await?;
    let mut opened = BTreeMap::new();
    for theme in themes()? {
        let code = theme.code.clone();
        let theme = open(store, programme, &cast, theme, began).await?;
        appropriate(store, &cast, &theme, &data, today).await?;
        opened.insert(code, theme);
    }
    Ok(Setting {
        today,
        themes: opened,
        cast,
    })
}

async fn bootstrap(
    store: &Store,
    programme: ProgrammeId,
    data: &Programme,
    began: DateTime<Utc>,
) -> Result<domain::id::PersonId, Error> {
    let persona = PERSONAS
        .iter()
        .find(|persona| persona.subject == "administrator")
        .ok_or_else(|| Error::not_found("PERSON"))?;
    let command = BootstrapAdministrator {
        programme,
        policy: data.policy.clone(),
        name: LocalizedText::new(persona.name_ja, persona.name_en),
        email: None,
        identity: Some((ISSUER.to_owned(), persona.subject.to_owned())),
    };
    Ok(act(store, None, began, None, &command).await?.administrator)
}

/// Drafts the theme with its templates as its officer, and publishes them as the director.
async fn open(
    store: &Store,
    programme: ProgrammeId,
    cast: &Cast,
    theme: themes::Theme,
    began: DateTime<Utc>,
) -> Result<Theme, SeedError> {
    let (officer, director) = (Some(cast.officer), Some(cast.director));
    let define = DefineTheme {
        programme,
        code: theme.code.clone(),
        title: theme.title,
    };
    let id = act(store, officer, began, None, &define).await?.theme;
    let mut templates = BTreeMap::new();
    for document in theme.templates {
        let define = DefineGateTemplate {
            theme: id,
            document: document.clone(),
        };
        let defined = act(store, officer, began, None, &define).await?;
        let publish = PublishGateTemplate {
            gate_template: defined.gate_template,
        };
        act(store, director, began, None, &publish).await?;
        let template = Template {
            id: defined.gate_template,
            document,
        };
        templates.insert(template.document.code.clone(), template);
    }
    let publish = PublishTheme { theme: id };
    act(store, director, began, None, &publish).await?;
    Ok(Theme {
        id,
        code: theme.code,
        templates,
    })
}

/// Appropriates the theme's money as the director.
async fn appropriate(
    store: &Store,
    cast: &Cast,
    theme: &Theme,
    data: &Programme,
    today: NaiveDate,
) -> Result<(), SeedError> {
    let (began, seeded) = (at(today, -BEGAN_DAYS_AGO), FiscalYear::of(today));
    let of_theme = data.envelopes.iter();
    for planned in of_theme.filter(|planned| planned.theme == theme.code) {
        let define = DefineEnvelope {
            theme: theme.id,
            fiscal_year: planned.fiscal_year(seeded),
            appropriated: planned.appropriated,
            consultation_reference: planned.reference(seeded),
        };
        act(store, Some(cast.director), began, None, &define).await?;
    }
    Ok(())
}
