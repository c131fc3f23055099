//! The catalogues: Fluent files built into the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::Language;

type Catalogue = FluentBundle<FluentResource>;

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../wording/", $language, "/closing.ftl")),
            include_str!(concat!("../../wording/", $language, "/faults.ftl")),
            include_str!(concat!("../../wording/", $language, "/findings.ftl")),
            include_str!(concat!("../../wording/", $language, "/gates.ftl")),
            include_str!(concat!("../../wording/", $language, "/inputs.ftl")),
            include_str!(concat!("../../wording/", $language, "/money.ftl")),
            include_str!(concat!("../../wording/", $language, "/notices.ftl")),
            include_str!(concat!("../../wording/", $language, "/people.ftl")),
            include_str!(concat!("../../wording/", $language, "/refusals.ftl")),
            include_str!(concat!("../../wording/", $language, "/reports.ftl")),
            include_str!(concat!("../../wording/", $language, "/states.ftl")),
            include_str!(concat!("../../wording/", $language, "/tasks.ftl")),
            include_str!(concat!("../../wording/", $language, "/things.ftl")),
        ]
    };
}

static JA: LazyLock<Catalogue> = LazyLock::new(|| catalogue(Language::Ja, files!("ja")));
static EN: LazyLock<Catalogue> = LazyLock::new(|| catalogue(Language::En, files!("en")));

/// Lines that do not parse and keys that come twice are left out here; a test finds both as texts
/// that are missing or that differ from their file.
fn catalogue<const N: usize>(language: Language, files: [&str; N]) -> Catalogue {
    let locale = language.code().parse().unwrap_or_default();
    let mut catalogue = Catalogue::new_concurrent(vec![locale]);
    // The marks that isolate right-to-left text are noise in mail, in files and on labels.
    catalogue.set_use_isolating(false);
    for file in files {
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
        let _twice = catalogue.add_resource(resource);
    }
    catalogue
}

/// The text under `key` with `facts` filled in, if there is one.
pub(super) fn text(key: &str, facts: &[(&str, String)], language: Language) -> Option<String> {
    let catalogue = match language {
        Language::Ja => &*JA,
        Language::En => &*EN,
    };
    let pattern = catalogue.get_message(key)?.value()?;
    let mut arguments = FluentArgs::new();
    for (name, value) in facts {
        arguments.set(*name, value.as_str());
    }
    // A fact that is missing is written by its name; the test of the catalogues refuses such texts.
    let mut faults = Vec::new();
    let text = catalogue.format_pattern(pattern, Some(&arguments), &mut faults);
    Some(text.into_owned())
}
