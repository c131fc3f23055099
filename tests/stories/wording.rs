//! Whatever the graph shows as a code has a text in both languages, and so has whatever can be
//! looked for and not found.

use std::collections::BTreeSet;
use std::path::Path;

use domain::wording::Language;

/// The keys of the catalogue in `language`.
fn keys(language: Language) -> BTreeSet<String> {
    let folder = Path::new("../domain/wording").join(language.code());
    let files = std::fs::read_dir(folder).expect("the catalogue's folder");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    texts
        .flat_map(|text| {
            let text = text.expect("UTF-8");
            let keys = text.lines().filter_map(|line| line.split_once(" = "));
            keys.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        })
        .collect()
}

/// The enums of the schema with their values, as keys of the catalogue. An order of a list is an
/// argument alone: nobody reads it.
fn codes_of_the_schema() -> BTreeSet<String> {
    let schema = include_str!("../../graphql/schema.graphql");
    let enums = schema
        .split("\nenum ")
        .skip(1)
        .map(|rest| rest.split("\n}").next());
    let mut codes = BTreeSet::new();
    for text in enums.map(|text| text.expect("values")) {
        let (name, values) = text.split_once(" {").expect("a name");
        if name.ends_with("Order") {
            continue;
        }
        let is_value = |line: &&str| {
            let code =
                |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
            !line.is_empty() && line.bytes().all(code)
        };
        let values = values.lines().map(str::trim).filter(is_value);
        codes.extend(values.map(|value| format!("{name}-{value}")));
    }
    codes
}

/// The words with which the sources name what is not found or exists already.
fn things(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            things(&path, found);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("UTF-8");
        for opening in [
            "not_found(\"",
            "already_exists(\"",
            "asked_by(\"",
            "Place::at(\"",
            "kind: \"",
        ] {
            let words = source.split(opening).skip(1);
            found.extend(words.map(|rest| {
                let word = rest.split('"').next().expect("a word");
                format!("thing-{word}")
            }));
        }
    }
}

#[test]
fn every_code_that_the_graph_shows_has_a_text_in_both_languages() {
    let codes = codes_of_the_schema();
    assert!(codes.contains("SubmissionState-DRAFT") && codes.len() > 300);
    for language in Language::ALL {
        let missing: Vec<_> = codes.difference(&keys(language)).cloned().collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
    }
}

#[test]
fn everything_that_can_be_looked_for_has_a_name_in_both_languages() {
    let mut found = BTreeSet::new();
    for room in ["domain", "store", "graphql", "api"] {
        things(&Path::new("..").join(room).join("src"), &mut found);
    }
    assert!(found.contains("thing-GATE_TEMPLATE") && found.len() > 15);
    for language in Language::ALL {
        let missing: Vec<_> = found.difference(&keys(language)).cloned().collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
    }
}
