//! What stands before a story begins.

use domain::access::Actor;
use domain::id::{PersonId, ProgrammeId, ThemeId};
use domain::template::{GateTemplate, Stage};
use domain::{BasisPoints, Currency, LocalizedText, Policy};
use store::command::{
    BootstrapAdministrator, DefineEnvelope, DefineGateTemplate, DefineTheme, PublishGateTemplate,
    PublishTheme,
};
use store::{Command, Request, Store};

use super::people::Registry;
use super::{Bodies, People, TestClock, criteria, millions, year};

/// The parts of a new world.
pub(super) struct Setting {
    pub(super) programme: ProgrammeId,
    pub(super) theme: ThemeId,
    pub(super) bodies: Bodies,
    pub(super) people: People,
}

/// Builds a programme by its commands, each run by whoever may. An envelope holds so many millions of
/// a year.
pub(super) async fn build(store: &Store, clock: &TestClock, envelopes: &[(i32, i64)]) -> Setting {
    let title = LocalizedText::new("医療系スタートアップ支援", "Healthtech Challenge");
    let programme = store
        .ensure_programme("HTC", &title, Currency::JPY)
        .await
        .expect("a programme");
    let bootstrap = BootstrapAdministrator {
        programme,
        policy: Policy::default(),
        name: LocalizedText::new("管理者", "Administrator"),
        email: None,
        identity: None,
    };
    let system = Request::by(Actor::System { on_behalf_of: None });
    let administrator = store
        .execute(&system, &bootstrap)
        .await
        .expect("an administrator")
        .administrator;
    let registry = Registry {
        store,
        programme,
        administrator,
        today: clock.today(),
    };
    let bodies = registry.bodies().await;
    let people = registry.people(&bodies).await;
    let theme = theme(store, programme, &people).await;
    for held in envelopes {
        envelope(store, theme, &people, *held).await;
    }
    Setting {
        programme,
        theme,
        bodies,
        people,
    }
}

async fn run<C: Command>(store: &Store, person: PersonId, key: &str, command: &C) -> C::Outcome {
    let actor = Actor::Person {
        person,
        token: None,
    };
    let request = Request::by(actor).with_key(key);
    let outcome = store.execute(&request, command).await;
    outcome.unwrap_or_else(|error| panic!("{}: {error}", C::OPERATION))
}

async fn theme(store: &Store, programme: ProgrammeId, people: &People) -> ThemeId {
    let command = DefineTheme {
        programme,
        code: "SAMD".to_owned(),
        title: LocalizedText::new("プログラム医療機器", "Software as a medical device"),
    };
    let theme = run(store, people.officer, "theme", &command).await.theme;
    run(store, people.director, "publish", &PublishTheme { theme }).await;
    let command = DefineGateTemplate {
        theme,
        document: template(),
    };
    let gate_template = run(store, people.officer, "template", &command)
        .await
        .gate_template;
    let command = PublishGateTemplate { gate_template };
    run(store, people.director, "publish", &command).await;
    theme
}

async fn envelope(
    store: &Store,
    theme: ThemeId,
    people: &People,
    (fiscal_year, appropriated): (i32, i64),
) {
    let command = DefineEnvelope {
        theme,
        fiscal_year: year(fiscal_year),
        appropriated: millions(appropriated),
        consultation_reference: Some("財計第1号".to_owned()),
    };
    let key = format!("envelope-{fiscal_year}");
    run(store, people.director, &key, &command).await;
}

/// Two stages of 45 % each between an advance and a retention of 5 %.
fn template() -> GateTemplate {
    let stage = |ordinal: u16| Stage {
        ordinal,
        code: format!("S{ordinal}"),
        title: LocalizedText::new("段階", "stage"),
        standard_days: 90,
        default_share_bp: BasisPoints::of(4_500),
        may_go_back: false,
        criteria: criteria(),
    };
    GateTemplate {
        code: "SAMD".to_owned(),
        version: 1,
        title: LocalizedText::new("雛形", "template"),
        rounds_max: 3,
        advance_bp: BasisPoints::of(500),
        retention_bp: BasisPoints::of(500),
        stages: vec![stage(1), stage(2)],
    }
}
