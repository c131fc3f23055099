//! What a document may cost, measured on the parsed document before anything runs: a refused one costs
//! no resolver. Fragments are measured once each and counted wherever they are spread, so that a chain
//! of fragments that doubles at every link is refused by its size and not by trying it.

use crate::configuration::Configuration;
use async_graphql::{
    Name, Positioned, Value,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use serde_json::Map;
use std::collections::BTreeMap;

/// The limits; each is the highest number that passes.
#[derive(Debug, Clone, Copy)]
pub struct DocumentLimits {
    /// Lexical tokens.
    pub tokens: u64,
    /// Fields inside one another.
    pub depth: u64,
    /// Fields asked for, each list counted `first` times.
    pub complexity: u64,
    /// Aliases.
    pub aliases: u64,
    /// Fields at the root.
    pub root_fields: u64,
    /// Directives.
    pub directives: u64,
}

impl From<&Configuration> for DocumentLimits {
    fn from(configuration: &Configuration) -> Self {
        Self {
            tokens: configuration.limit_tokens.into(),
            depth: configuration.limit_depth.into(),
            complexity: configuration.limit_complexity.into(),
            aliases: configuration.limit_aliases.into(),
            root_fields: configuration.limit_root_fields.into(),
            directives: configuration.limit_directives.into(),
        }
    }
}

/// A limit that was passed, or a document that has no measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// A number is too high.
    Limit {
        /// Says which.
        code: &'static str,
        /// What is counted, in words.
        counted: &'static str,
        /// The highest that passes.
        limit: u64,
        /// What the document has; `u64::MAX` stands for that and more.
        found: u64,
    },
    /// A fragment contains itself.
    FragmentCycle,
}

/// What a selection costs, fragments included.
#[derive(Debug, Default, Clone, Copy)]
struct Cost {
    depth: u64,
    complexity: u64,
    /// Fields, spreads and inline fragments as often as they are visited; whoever walks the document
    /// later walks this many.
    visits: u64,
    aliases: u64,
    directives: u64,
    /// Fields of this level itself, which at an operation are the root fields.
    fields: u64,
}

impl Cost {
    /// Beside each other.
    fn add(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.saturating_add(other.complexity),
            visits: self.visits.saturating_add(other.visits),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            fields: self.fields.saturating_add(other.fields),
        }
    }
}

/// Refuses a document of which any operation passes a limit.
///
/// # Errors
/// The first limit passed.
pub(super) fn check(
    document: &ExecutableDocument,
    variables: Option<&Map<String, serde_json::Value>>,
    limits: &DocumentLimits,
) -> Result<(), Excess> {
    for (_, operation) in document.operations.iter() {
        let mut measure = Measure {
            document,
            operation: &operation.node,
            variables,
            known: BTreeMap::new(),
        };
        let mut cost = measure.selections(&operation.node.selection_set)?;
        cost.directives = cost
            .directives
            .saturating_add(length(&operation.node.directives));
        within(cost, limits)?;
        // A fragment that this operation does not spread is still walked by the validation.
        for name in document.fragments.keys() {
            within(
                Cost {
                    fields: 0,
                    ..measure.fragment(name)?
                },
                limits,
            )?;
        }
    }
    Ok(())
}

fn within(cost: Cost, limits: &DocumentLimits) -> Result<(), Excess> {
    let compared = [
        (
            "DOCUMENT_TOO_DEEP",
            "levels of fields",
            limits.depth,
            cost.depth,
        ),
        (
            "DOCUMENT_TOO_MANY_ROOT_FIELDS",
            "fields at the root",
            limits.root_fields,
            cost.fields,
        ),
        (
            "DOCUMENT_TOO_MANY_ALIASES",
            "aliases",
            limits.aliases,
            cost.aliases,
        ),
        (
            "DOCUMENT_TOO_MANY_DIRECTIVES",
            "directives",
            limits.directives,
            cost.directives,
        ),
        (
            "DOCUMENT_TOO_COMPLEX",
            "fields, each list counted `first` times",
            limits.complexity,
            cost.complexity.max(cost.visits),
        ),
    ];
    match compared
        .into_iter()
        .find(|(_, _, limit, found)| found > limit)
    {
        Some((code, counted, limit, found)) => Err(Excess::Limit {
            code,
            counted,
            limit,
            found,
        }),
        None => Ok(()),
    }
}

/// Measures one operation; the numbers behind `first` are its variables'.
struct Measure<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: Option<&'a Map<String, serde_json::Value>>,
    /// `None` while a fragment is being measured: meeting it again is a cycle.
    known: BTreeMap<&'a Name, Option<Cost>>,
}

impl<'a> Measure<'a> {
    fn selections(&mut self, set: &'a Positioned<SelectionSet>) -> Result<Cost, Excess> {
        let mut total = Cost::default();
        for selection in &set.node.items {
            let mut cost = match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node)?
                }
                Selection::InlineFragment(inline) => self.selections(&inline.node.selection_set)?,
            };
            cost.visits = cost.visits.saturating_add(1);
            cost.directives = cost
                .directives
                .saturating_add(length(selection.node.directives()));
            total = total.add(cost);
        }
        Ok(total)
    }

    fn field(&mut self, field: &'a Field) -> Result<Cost, Excess> {
        let inner = self.selections(&field.selection_set)?;
        let times = self.page_size(field);
        Ok(Cost {
            depth: inner.depth.saturating_add(1),
            complexity: inner.complexity.saturating_mul(times).saturating_add(1),
            aliases: inner.aliases.saturating_add(field.alias.is_some().into()),
            fields: 1,
            ..inner
        })
    }

    /// A fragment that does not exist costs nothing: the validation names it.
    fn fragment(&mut self, name: &'a Name) -> Result<Cost, Excess> {
        match self.known.get(name) {
            Some(Some(cost)) => return Ok(*cost),
            Some(None) => return Err(Excess::FragmentCycle),
            None => {}
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Cost::default());
        };
        self.known.insert(name, None);
        let mut cost = self.selections(&fragment.node.selection_set)?;
        cost.directives = cost
            .directives
            .saturating_add(length(&fragment.node.directives));
        self.known.insert(name, Some(cost));
        Ok(cost)
    }

    /// How many rows a field asks for by `first`; 1 for what is no list. What is not a number is left
    /// to the validation.
    fn page_size(&self, field: &Field) -> u64 {
        let Some(argument) = field.get_argument("first") else {
            return 1;
        };
        let value = argument
            .node
            .clone()
            .into_const_with(|name| self.variable(&name).ok_or(()));
        match value {
            Ok(Value::Number(number)) => number.as_u64().unwrap_or(1).max(1),
            _ => 1,
        }
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        if let Some(value) = self
            .variables
            .and_then(|variables| variables.get(name.as_str()))
        {
            return Value::from_json(value.clone()).ok();
        }
        let mut definitions = self.operation.variable_definitions.iter();
        let definition = definitions.find(|definition| definition.node.name.node == *name)?;
        definition
            .node
            .default_value
            .as_ref()
            .map(|default| default.node.clone())
    }
}

fn length<T>(list: &[T]) -> u64 {
    list.len().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
