//! Where the scale programme plays: its themes with their money, its people and bodies, its files.
//!
//! It is set up by commands under keys, so that a later run finds it as it is, and grows with the
//! number of awards. Its days are counted from the one on which the programme was made, which is known
//! before anything is set up: a run that broke off at any point says the same on a later day.

use bytes::Bytes;
use chrono::{NaiveDate, TimeDelta};
use domain::calendar::{jst_date, start_of_jst_day};
use domain::criterion::EvidenceKind;
use domain::id::{ProgrammeId, ThemeId};
use domain::template::GateTemplate;
use domain::{Currency, FiscalYear, KpiValue, LocalizedText, Money};
use futures_util::stream;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::command::{
    DefineEnvelope, DefineGateTemplate, DefineTheme, PublishGateTemplate, PublishTheme,
};
use store::vault::Vault;
use store::{Error, Store};

use super::ScaleError;
use super::payments::Teller;
use super::people::{Body, Cast, Office};
use crate::act::act;
use crate::data;
use crate::demonstration::{self, evidence};
use crate::originator;

/// Milestones of an award: the stages of the template.
pub(super) const MILESTONES: u16 = 5;

/// The greatest decided amount, in yen.
pub(super) const DECIDED_MAX: i64 = 100_000_000;

/// Themes. Awards of one are imported one after the other, because a theme is locked for an award
/// of it; so this is how many can be imported at a time.
pub(super) const THEMES: u64 = 4;

/// Awards of a theme for which money is appropriated at a time.
const BLOCK: u64 = 250;

/// What is appropriated for so many, in yen: enough for all of them to be paid in one year.
const APPROPRIATED: i64 = DECIDED_MAX * 250;

/// Bodies at the beginning, and one more for so many awards.
const BODIES: (u64, u64) = (4, 25);

/// Days from the beginning of what is told to the day on which the programme was made: more than any
/// award takes.
const BEGAN_DAYS_BEFORE: i64 = 1_500;

/// Largest file, in bytes; those made here have a few hundred.
const FILE_BYTES_MAX: u64 = 1_000_000;

/// The ladder of all its themes.
const TEMPLATE: &str = include_str!("../../data/scale.yaml");

/// A made-up file in the vault.
#[derive(Debug, Clone)]
pub(super) struct StoredFile {
    pub(super) milestone: u16,
    pub(super) kind: EvidenceKind,
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) size_bytes: u64,
    pub(super) media_type: String,
}

/// The scale programme with everything that its awards need.
#[derive(Debug)]
pub(super) struct Setting {
    /// The day on which the programme was made.
    first_day: NaiveDate,
    pub(super) template: GateTemplate,
    pub(super) cast: Cast,
    /// What is reached of a figure that is not met.
    pub(super) nothing: KpiValue,
    themes: Vec<ThemeId>,
    bodies: Vec<Body>,
    files: Vec<StoredFile>,
}

/// What the numbers of its awards begin with.
pub(super) const NUMBERS_BEGIN: &str = "SCALE-";

/// The reason of everything for which one has to be given.
pub(super) const REASON: &str = "規模試験のため / for a test of scale";

/// The place of the award with this number, from 1.
///
/// # Errors
/// When it is none of scale.
pub(super) fn place(number: &str) -> Result<u64, Error> {
    number
        .trim_start_matches(NUMBERS_BEGIN)
        .parse()
        .map_err(Error::corrupt)
}

/// Whether, of each ten awards, the one at this place is the one that is meant.
pub(super) const fn is_of_each_ten(place: u64, meant: u64) -> bool {
    place % 10 == meant
}

/// The number of the award with this index; no award that is offered later gets one like it.
pub(super) fn number(index: u64) -> String {
    format!("{NUMBERS_BEGIN}{:06}", index + 1)
}

impl Setting {
    /// The body of the award with this index. Bodies join as awards do, so that the body of an award
    /// does not depend on how many follow.
    pub(super) fn body_of(&self, index: u64) -> Option<Body> {
        let (first, each) = BODIES;
        let there = first + index / each;
        let place = super::draw::Draw(index).below("body", there);
        self.bodies.get(usize::try_from(place).ok()?).copied()
    }

    /// The theme of the award with this index.
    pub(super) fn theme_of(&self, index: u64) -> Option<ThemeId> {
        self.themes
            .get(usize::try_from(index % THEMES).ok()?)
            .copied()
    }

    /// The files that show a milestone.
    pub(super) fn files_of(&self, milestone: u16) -> impl Iterator<Item = &StoredFile> {
        self.files
            .iter()
            .filter(move |file| file.milestone == milestone)
    }

    /// Pays what the awards of `programme` released and brings some to their ends, until nothing is left
    /// to be paid: what is held back is released at an end. `progress` hears how much is paid.
    ///
    /// # Errors
    /// When a command is refused or the database does not answer.
    pub(super) async fn pay(
        &self,
        store: &Store,
        programme: ProgrammeId,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<u64, Error> {
        let office = office(store, programme, self.first_day);
        let teller = Teller {
            office: &office,
            cast: &self.cast,
            first_day: self.first_day,
        };
        teller.revoke_some().await?;
        let mut paid = 0;
        loop {
            // First, so that nothing is owed for an end that a run broke off in.
            teller.close().await?;
            let paid_now = teller
                .pay(|now, all| progress(paid + now, paid + all))
                .await?;
            if paid_now == 0 {
                return Ok(paid);
            }
            paid += paid_now;
        }
    }

    /// So many days before the programme was made.
    pub(super) fn day_before(&self, days: i64) -> NaiveDate {
        self.first_day - TimeDelta::days(days)
    }
}

/// Sets everything up for `awards` awards in `programme`, as far as it is not there.
///
/// # Errors
/// When a command is refused or the database or the vault does not answer.
pub(super) async fn make(
    store: &Store,
    vault: &Vault,
    programme: ProgrammeId,
    awards: u64,
) -> Result<Setting, ScaleError> {
    let template = data::read("scale.yaml", TEMPLATE, GateTemplate::ensure_sound)?;
    let first_day = demonstration::first_day(store, programme).await?;
    let office = office(store, programme, first_day);
    let cast = office.cast().await?;
    originate(&office, &cast).await?;
    let mut opened = Vec::new();
    for place in 1..=THEMES {
        let ladder = of_theme(&template, place);
        let theme = open(&office, &cast, ladder, first_day, awards.div_ceil(THEMES)).await?;
        opened.push(theme);
    }
    let mut bodies = Vec::new();
    let (first, each) = BODIES;
    for number in 0..first + awards / each {
        bodies.push(office.body(&cast, number).await?);
    }
    Ok(Setting {
        first_day,
        files: files(store, vault, &template).await?,
        template,
        cast,
        nothing: KpiValue::parse("0")?,
        themes: opened,
        bodies,
    })
}

/// Says from which account everything is paid, unless the programme has said it.
async fn originate(office: &Office<'_>, cast: &Cast) -> Result<(), Error> {
    use store::entity::originator::{Column, Entity};
    let defined = Entity::find().filter(Column::ProgrammeId.eq(office.programme.uuid()));
    if defined.one(office.store.reads()).await?.is_some() {
        return Ok(());
    }
    let define = originator::definition(office.programme)?;
    let key = office.key("originator");
    act(
        office.store,
        Some(cast.director),
        office.began,
        key,
        &define,
    )
    .await?;
    Ok(())
}

/// Who runs what is set up once, and pays.
fn office(store: &Store, programme: ProgrammeId, first_day: NaiveDate) -> Office<'_> {
    Office {
        store,
        programme,
        began: start_of_jst_day(first_day - TimeDelta::days(BEGAN_DAYS_BEFORE)),
    }
}

/// The ladder of the theme at `place`, from 1: the same for all but the code and the title.
fn of_theme(template: &GateTemplate, place: u64) -> GateTemplate {
    let stem = template.code.trim_end_matches(char::is_numeric);
    GateTemplate {
        code: format!("{stem}{place}"),
        title: LocalizedText::new(
            format!("規模試験テーマ{place}"),
            format!("Scale test theme {place}"),
        ),
        ..template.clone()
    }
}

async fn open(
    office: &Office<'_>,
    cast: &Cast,
    template: GateTemplate,
    today: NaiveDate,
    awards: u64,
) -> Result<ThemeId, Error> {
    let (store, began) = (office.store, office.began);
    let (officer, director) = (Some(cast.officer), Some(cast.director));
    let code = template.code.clone();
    let key = |what: &str| office.key(&format!("{code}-{what}"));
    let define = DefineTheme {
        programme: office.programme,
        code: code.clone(),
        title: template.title.clone(),
    };
    let theme = act(store, officer, began, key("theme"), &define)
        .await?
        .theme;
    let document = template;
    let define = DefineGateTemplate { theme, document };
    let defined = act(store, officer, began, key("template"), &define).await?;
    let publish = PublishGateTemplate {
        gate_template: defined.gate_template,
    };
    act(store, director, began, key("template-published"), &publish).await?;
    let publish = PublishTheme { theme };
    act(store, director, began, key("published"), &publish).await?;
    let appropriated = Money::of_minor(APPROPRIATED, Currency::JPY);
    for block in 1..=awards.div_ceil(BLOCK) {
        let mut year = FiscalYear::of(jst_date(began));
        // Later years stay plan, as those of real awards do.
        while year <= FiscalYear::of(today).next() {
            let era = year.era_code();
            let envelope = DefineEnvelope {
                theme,
                fiscal_year: year,
                appropriated,
                consultation_reference: Some(format!("概算払協議 {code}-{era}")),
            };
            let key = key(&format!("envelope-{era}-{block}"));
            act(store, director, began, key, &envelope).await?;
            year = year.next();
        }
    }
    Ok(theme)
}

/// One file for each kind of evidence that a stage asks for; every award shows the same ones.
async fn files(
    store: &Store,
    vault: &Vault,
    template: &GateTemplate,
) -> Result<Vec<StoredFile>, Error> {
    let mut files = Vec::new();
    for stage in &template.stages {
        let criteria = stage.criteria.iter();
        for kind in criteria.flat_map(|criterion| criterion.evidence_kinds.iter().copied()) {
            let file = evidence::file(kind, &format!("scale test, {}", stage.title.en));
            let bytes = Ok::<_, core::convert::Infallible>(Bytes::from(file.bytes));
            let upload = store.entropy().uuid();
            let stored = vault
                .store(upload, stream::iter([bytes]), FILE_BYTES_MAX)
                .await?;
            files.push(StoredFile {
                milestone: stage.ordinal,
                kind,
                name: file.name,
                sha256: stored.sha256,
                size_bytes: stored.size_bytes,
                media_type: stored.media_type.as_str().to_owned(),
            });
        }
    }
    Ok(files)
}
