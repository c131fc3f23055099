//! Where the demonstration plays: the programme, its themes and its money.

use std::collections::BTreeMap;

use domain::id::{GateTemplateId, PersonId, ProgrammeId, ThemeId};
use domain::template::GateTemplate;
use domain::{Currency, FiscalYear, LocalizedText};
use store::command::{
    BootstrapAdministrator, DefineEnvelope, DefineGateTemplate, DefineTheme, PublishGateTemplate,
    PublishTheme,
};
use store::{Error, Store};

use super::clerk::Clerk;
use super::people::{self, Cast};
use super::{ISSUER, PROGRAMME, SeedError, accounts};
use crate::programme::{PlannedEnvelope, Programme, programme as programme_data};
use crate::themes::{self, themes};
use crate::{letterhead, originator, publisher};

/// The day on which the programme began, counted from the seeding: before every award's decision, and
/// more than a year ago, so that awards of two fiscal years are there on whichever day it is seeded.
pub(super) const BEGAN: i64 = -500;

/// A ladder in force.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) id: GateTemplateId,
    pub(super) document: GateTemplate,
}

/// A theme in force.
#[derive(Debug)]
struct Theme {
    id: ThemeId,
    templates: BTreeMap<String, Template>,
}

/// The programme with everything that awards need.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) programme: ProgrammeId,
    administrator: PersonId,
    /// By code.
    themes: BTreeMap<String, Theme>,
    pub(super) cast: Cast,
}

impl Setting {
    /// The theme of this code, and its ladder of that code.
    pub(super) fn theme(&self, code: &str, template: &str) -> Result<(ThemeId, &Template), Error> {
        let theme = self.themes.get(code);
        let theme = theme.ok_or_else(|| Error::not_found("THEME"))?;
        let template = theme.templates.get(template);
        let template = template.ok_or_else(|| Error::not_found("GATE_TEMPLATE"))?;
        Ok((theme.id, template))
    }

    /// The themes, by their codes.
    pub(super) fn theme_ids(&self) -> impl Iterator<Item = ThemeId> + '_ {
        self.themes.values().map(|theme| theme.id)
    }

    /// Does what is done last: from then on the demonstration is whole.
    pub(super) async fn finish(&self, clerk: &Clerk<'_>) -> Result<(), Error> {
        people::make_auditor(clerk, self.programme, self.administrator).await
    }
}

/// The programme itself, made where it is not there.
pub(super) async fn found(store: &Store) -> Result<ProgrammeId, Error> {
    let title = LocalizedText::new(
        "ヘルステック・チャレンジ（実演）",
        "Healthtech Challenge (demonstration)",
    );
    store
        .ensure_programme(PROGRAMME, &title, Currency::JPY)
        .await
}

/// Makes everything that awards need.
pub(super) async fn make(clerk: &Clerk<'_>, programme: ProgrammeId) -> Result<Setting, SeedError> {
    let data = programme_data()?;
    let administrator = bootstrap(clerk, programme, &data).await?;
    let cast = people::make(clerk, programme, administrator).await?;
    accounts::make(clerk, &cast).await?;
    originate(clerk, programme, &cast).await?;
    publish(clerk, programme, &cast).await?;
    issue(clerk, programme, &cast).await?;
    let mut opened = BTreeMap::new();
    for theme in themes()? {
        let code = theme.code.clone();
        let theme = open(clerk, programme, &cast, theme).await?;
        for envelope in data.envelopes.iter().filter(|one| one.theme == code) {
            appropriate(clerk, &cast, theme.id, envelope).await?;
        }
        opened.insert(code, theme);
    }
    Ok(Setting {
        programme,
        administrator,
        themes: opened,
        cast,
    })
}

async fn bootstrap(
    clerk: &Clerk<'_>,
    programme: ProgrammeId,
    data: &Programme,
) -> Result<PersonId, Error> {
    let persona = people::persona("administrator")?;
    let bootstrap = BootstrapAdministrator {
        programme,
        policy: data.policy.clone(),
        name: LocalizedText::new(persona.name_ja, persona.name_en),
        email: None,
        identity: Some((ISSUER.to_owned(), persona.subject.to_owned())),
    };
    Ok(clerk.act(None, BEGAN, &bootstrap).await?.administrator)
}

/// Says who publishes the awards as open data.
async fn publish(clerk: &Clerk<'_>, programme: ProgrammeId, cast: &Cast) -> Result<(), Error> {
    let define = publisher::definition(programme)?;
    clerk.act(cast.director, BEGAN, &define).await?;
    Ok(())
}

/// Says in whose name notices are issued.
async fn issue(clerk: &Clerk<'_>, programme: ProgrammeId, cast: &Cast) -> Result<(), Error> {
    let define = letterhead::definition(programme);
    clerk.act(cast.director, BEGAN, &define).await?;
    Ok(())
}

/// Says from which account everything is paid.
async fn originate(clerk: &Clerk<'_>, programme: ProgrammeId, cast: &Cast) -> Result<(), Error> {
    let define = originator::definition(programme)?;
    clerk.act(cast.director, BEGAN, &define).await?;
    Ok(())
}

/// Drafts the theme with its templates as its officer, and publishes them as the director.
async fn open(
    clerk: &Clerk<'_>,
    programme: ProgrammeId,
    cast: &Cast,
    theme: themes::Theme,
) -> Result<Theme, Error> {
    let (officer, director) = (cast.officer, cast.director);
    let define = DefineTheme {
        programme,
        code: theme.code,
        title: theme.title,
    };
    let id = clerk.act(officer, BEGAN, &define).await?.theme;
    let mut templates = BTreeMap::new();
    for document in theme.templates {
        let define = DefineGateTemplate {
            theme: id,
            document: document.clone(),
        };
        let gate_template = clerk.act(officer, BEGAN, &define).await?.gate_template;
        let publish = PublishGateTemplate { gate_template };
        clerk.act(director, BEGAN, &publish).await?;
        let code = document.code.clone();
        let template = Template {
            id: gate_template,
            document,
        };
        templates.insert(code, template);
    }
    let publish = PublishTheme { theme: id };
    clerk.act(director, BEGAN, &publish).await?;
    Ok(Theme { id, templates })
}

/// Appropriates a theme's money of one year. What the data says of last year was so in the years
/// before it too, as far as the programme goes back.
async fn appropriate(
    clerk: &Clerk<'_>,
    cast: &Cast,
    theme: ThemeId,
    envelope: &PlannedEnvelope,
) -> Result<(), Error> {
    let first = clerk.year(BEGAN);
    let mut seeded = clerk.year(0);
    loop {
        let fiscal_year = envelope.fiscal_year(seeded);
        if fiscal_year < first {
            return Ok(());
        }
        let define = DefineEnvelope {
            theme,
            fiscal_year,
            appropriated: envelope.appropriated,
            consultation_reference: envelope.reference(seeded),
        };
        clerk.act(cast.director, BEGAN, &define).await?;
        if envelope.year != -1 {
            return Ok(());
        }
        seeded = FiscalYear::new(seeded.get().saturating_sub(1));
    }
}
