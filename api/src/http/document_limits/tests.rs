use super::*;
use async_graphql::parser::parse_query;
use serde_json::json;
use std::fmt::Write;

const LIMITS: DocumentLimits = DocumentLimits {
    tokens: 1000,
    depth: 5,
    complexity: 100,
    aliases: 4,
    root_fields: 3,
    directives: 3,
};

fn outcome(document: &str) -> Result<(), Excess> {
    with_variables(document, &json!({}))
}

fn with_variables(document: &str, variables: &serde_json::Value) -> Result<(), Excess> {
    check(
        &parse_query(document).unwrap(),
        variables.as_object(),
        &LIMITS,
    )
}

fn code(document: &str) -> &'static str {
    match outcome(document) {
        Ok(()) => "none",
        Err(Excess::Limit { code, .. }) => code,
        Err(Excess::FragmentCycle) => "FRAGMENT_CYCLE",
    }
}

#[test]
fn the_limit_itself_passes_and_one_more_does_not() {
    for (passes, fails, expected) in [
        ("{a{b{c{d{e}}}}}", "{a{b{c{d{e{f}}}}}}", "DOCUMENT_TOO_DEEP"),
        ("{a b c}", "{a b c d}", "DOCUMENT_TOO_MANY_ROOT_FIELDS"),
        (
            "{a{w:b x:b y:b z:b}}",
            "{a{v:b w:b x:b y:b z:b}}",
            "DOCUMENT_TOO_MANY_ALIASES",
        ),
        (
            "{a @x @y @z}",
            "query @w {a @x @y @z}",
            "DOCUMENT_TOO_MANY_DIRECTIVES",
        ),
        (
            "{a(first:99){b}}",
            "{a(first:100){b}}",
            "DOCUMENT_TOO_COMPLEX",
        ),
    ] {
        assert_eq!(code(passes), "none", "{passes}");
        assert_eq!(code(fails), expected, "{fails}");
    }
}

#[test]
fn what_was_found_and_what_is_allowed_are_both_said() {
    let Err(Excess::Limit { limit, found, .. }) = outcome("{a{b{c{d{e{f}}}}}}") else {
        panic!("passed")
    };
    assert_eq!((limit, found), (5, 6));
}

#[test]
fn fragments_hide_nothing() {
    assert_eq!(
        code("{...F} fragment F on Q {a{...G}} fragment G on A {b{c{d{e{f}}}}}"),
        "DOCUMENT_TOO_DEEP"
    );
    assert_eq!(
        code("{...F ...F} fragment F on Q {a b}"),
        "DOCUMENT_TOO_MANY_ROOT_FIELDS"
    );
    assert_eq!(
        code("{... on Q {a b} ... {c d}}"),
        "DOCUMENT_TOO_MANY_ROOT_FIELDS"
    );
    assert_eq!(
        code("{a{...F ...F ...F}} fragment F on A {x:b y:b}"),
        "DOCUMENT_TOO_MANY_ALIASES"
    );
    assert_eq!(
        code("{a{...F @x ...F @y}} fragment F on A @z {b}"),
        "DOCUMENT_TOO_MANY_DIRECTIVES"
    );
}

#[test]
fn fragments_that_contain_themselves_are_refused_even_unused() {
    assert_eq!(code("{...F} fragment F on Q {a{...F}}"), "FRAGMENT_CYCLE");
    assert_eq!(
        code("{...F} fragment F on Q {...G} fragment G on Q {...F}"),
        "FRAGMENT_CYCLE"
    );
    assert_eq!(code("{a} fragment F on Q {...F}"), "FRAGMENT_CYCLE");
}

#[test]
fn fragments_that_double_at_every_link_are_refused_at_once() {
    let mut document = String::from("{a{...F0}}");
    for link in 0..60 {
        write!(
            document,
            " fragment F{link} on A {{...F{} ...F{}}}",
            link + 1,
            link + 1
        )
        .unwrap();
    }
    document.push_str(" fragment F60 on A {b}");
    assert_eq!(code(&document), "DOCUMENT_TOO_COMPLEX");
}

#[test]
fn lists_multiply_and_the_number_may_be_a_variable() {
    let nested = "query($n:Int=2){a(first:$n){b(first:10){c}}}";
    assert_eq!(with_variables(nested, &json!({})), Ok(()));
    assert_eq!(with_variables(nested, &json!({"n": 9})), Ok(()));
    let Err(Excess::Limit { code, found, .. }) = with_variables(nested, &json!({"n": 10})) else {
        panic!("passed")
    };
    assert_eq!((code, found), ("DOCUMENT_TOO_COMPLEX", 111));
    assert!(with_variables(nested, &json!({"n": u64::MAX})).is_err());
}

#[test]
fn every_operation_of_a_document_keeps_the_limits() {
    assert_eq!(
        code("query A{a} query B{a b c d}"),
        "DOCUMENT_TOO_MANY_ROOT_FIELDS"
    );
    assert_eq!(
        code("query A{a b c} query B{a b c}"),
        "none",
        "only one of them runs"
    );
}
