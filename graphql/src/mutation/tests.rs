use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    InputValueDefinition, ServiceDocument, TypeKind, TypeSystemDefinition,
};
use domain::Coded;
use domain::access::Operation;

use crate::refusal::camel;

/// Commands that have another door, see the module.
const WITHOUT: [Operation; 5] = [
    Operation::BootstrapAdministrator,
    Operation::ImportAwardHistory,
    Operation::AttachEvidence,
    Operation::BeginExport,
    Operation::EndExport,
];

fn document() -> ServiceDocument {
    parse_schema(crate::sdl()).expect("the schema reads back")
}

fn kind<'a>(document: &'a ServiceDocument, name: &str) -> Option<&'a TypeKind> {
    let definitions = document.definitions.iter();
    let mut types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(&definition.node),
        _ => None,
    });
    types
        .find(|definition| definition.name.node == name)
        .map(|definition| &definition.kind)
}

fn input<'a>(document: &'a ServiceDocument, name: &str) -> Vec<&'a InputValueDefinition> {
    let Some(TypeKind::InputObject(input)) = kind(document, name) else {
        panic!("there is no input {name}");
    };
    input.fields.iter().map(|field| &field.node).collect()
}

#[test]
fn every_command_has_a_mutation_and_a_key_where_it_needs_one() {
    let document = document();
    let Some(TypeKind::Object(mutation)) = kind(&document, "Mutation") else {
        panic!("there are no mutations");
    };
    let fields = || mutation.fields.iter().map(|field| &field.node);
    for operation in Operation::ALL {
        let name = camel(&operation.code().to_ascii_lowercase());
        let field = fields().find(|field| field.name.node == name);
        assert_eq!(field.is_none(), WITHOUT.contains(operation), "{name}");
        let Some(field) = field else { continue };
        let [argument] = field.arguments.as_slice() else {
            panic!("{name} takes one input");
        };
        let stem = name[..1].to_uppercase() + &name[1..];
        assert_eq!(argument.node.name.node, "input");
        assert_eq!(argument.node.ty.node.to_string(), format!("{stem}Input!"));
        assert_eq!(field.ty.node.to_string(), format!("{stem}Result!"));
        let input = input(&document, &format!("{stem}Input"));
        let key = input
            .iter()
            .find(|field| field.name.node == "idempotencyKey");
        let key = key.expect("a key").ty.node.to_string();
        let needed = operation.needs_idempotency_key();
        assert_eq!(key, if needed { "String!" } else { "String" }, "{name}");
    }
    assert_eq!(fields().count(), Operation::ALL.len() - WITHOUT.len());
}

#[test]
fn nobody_may_say_when_a_command_occurred() {
    let document = document();
    let definitions = document.definitions.iter();
    let inputs = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => match &definition.node.kind {
            TypeKind::InputObject(input) => Some(input),
            _ => None,
        },
        _ => None,
    });
    let fields: Vec<_> = inputs.flat_map(|input| &input.fields).collect();
    assert!(fields.len() > Operation::ALL.len());
    let says_when = |name: &str| matches!(name, "occurredAt" | "recordedAt");
    assert!(!fields.iter().any(|field| says_when(&field.node.name.node)));
}

#[test]
fn an_edit_names_the_version_that_was_read() {
    let input = input(&document(), "DraftSubmissionInput")
        .iter()
        .map(|field| field.name.to_string())
        .collect::<Vec<_>>();
    assert!(input.contains(&"expectedVersion".to_owned()), "{input:?}");
}
